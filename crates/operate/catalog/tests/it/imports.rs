//! Departments, teams and services that an import meets.

use access::Role;
use catalog::{CatalogError, MetService, PublicLevel, ensure_department, ensure_service, ensure_team};

use crate::town::{PROGRAM, Town, in_town, maple_falls, now, service, signed_in};

fn meet(town: &Town<'_>, code: Option<&'static str>, name: &'static str) -> catalog::ServiceId {
    town.write(move |tx, id| {
        let department = ensure_department(tx, now(), &PROGRAM, id, "PWDx")?;
        let met =
            MetService { code, name, group: Some("Street Cleaning"), department, public: PublicLevel::Full };
        ensure_service(tx, now(), &PROGRAM, id, &met)
    })
    .unwrap()
}

#[test]
fn a_service_that_is_met_is_made_once() {
    in_town(|town| {
        let first = meet(town, None, "Pick up  Dead Animal ");
        let version = town.version();
        assert_eq!(meet(town, None, "Pick up Dead Animal"), first);
        assert_eq!(town.version(), version);
        let catalog = town.catalog();
        let made = catalog.service(first).unwrap();
        assert_eq!((made.code.as_str(), made.public), ("pick-up-dead-animal", PublicLevel::Full));
        assert_eq!(made.group.in_language("en"), "Street Cleaning");
        assert_eq!(catalog.department(made.department).unwrap().code, "pwdx");
    });
}

#[test]
fn a_service_is_found_by_its_name_in_any_language() {
    in_town(|town| {
        let pothole = service(&town.catalog(), "pothole").id;
        assert_eq!(meet(town, None, "Bache"), pothole);
        assert_eq!(service(&town.catalog(), "pothole").public, PublicLevel::Full);
        assert_eq!(meet(town, Some("pothole"), "Something else"), pothole);
    });
}

#[test]
fn names_with_the_same_letters_get_codes_of_their_own() {
    in_town(|town| {
        let (a, b) = (meet(town, None, "Sign: repair"), meet(town, None, "Sign / Repair"));
        assert_ne!(a, b);
        let catalog = town.catalog();
        assert_eq!(catalog.service(b).unwrap().code, "sign-repair-2");
        // A code that we could not put in an address is replaced by one made from the name.
        let strange = meet(town, Some("a/b"), "公園");
        assert_eq!(town.catalog().service(strange).unwrap().code, "service");
    });
}

#[test]
fn a_team_that_is_met_is_made_once_in_its_department() {
    in_town(|town| {
        let meet = || {
            town.write(|tx, id| {
                let department = ensure_department(tx, now(), &PROGRAM, id, "Public Works")?;
                Ok((
                    department,
                    ensure_team(tx, now(), &PROGRAM, id, department, "PWDx_District 1A: Downtown")?,
                ))
            })
            .unwrap()
        };
        let (department, team) = meet();
        assert_eq!(meet(), (department, team));
        let catalog = town.catalog();
        assert_eq!(catalog.department(department).unwrap().code, "public-works");
        assert_eq!(catalog.team(team).unwrap().department, department);
    });
}

#[test]
fn a_blank_name_is_refused() {
    in_town(|town| {
        let refused = town.write(|tx, id| ensure_department(tx, now(), &PROGRAM, id, " \u{0} ")).unwrap_err();
        assert!(matches!(refused, CatalogError::Flaw(_)), "{refused}");
    });
}

#[test]
fn az_01_only_those_who_import_may_add_what_they_meet() {
    in_town(|town| {
        let agent = signed_in(&maple_falls(), &[Role::Agent, Role::Supervisor]);
        let refused =
            town.write(move |tx, id| ensure_department(tx, now(), &agent, id, "Parks")).unwrap_err();
        assert!(matches!(refused, CatalogError::Access(_)), "{refused}");
    });
}
