//! Several governments in one store.

use access::{JurisdictionId, Role};
use catalog::{Catalog, CatalogError, Change, JurisdictionDraft, Text, jurisdictions};

use crate::town::{EXAMPLE, PROGRAM, Town, in_town, maple_falls, now, signed_in};

fn elm_hill() -> JurisdictionId {
    "elmhill.example".parse().unwrap()
}

fn draft(host: &str) -> JurisdictionDraft {
    JurisdictionDraft {
        hosts: vec![host.to_owned()],
        ..JurisdictionDraft::new(Text::new("es", "Loma del Olmo"), "America/Chicago")
    }
}

fn add(town: &Town<'_>, draft: JurisdictionDraft) -> Result<(), CatalogError> {
    town.write(move |tx, _| jurisdictions::add(tx, now(), &PROGRAM, &elm_hill(), &draft, None))
}

#[test]
fn the_first_jurisdiction_is_the_default_until_another_is_made_so() {
    in_town(|town| {
        add(town, draft("311.elmhill.example")).unwrap();
        let defaults = || -> Vec<(String, bool)> {
            let listed = town.read(|tx, _| jurisdictions::list(tx)).unwrap();
            listed.into_iter().map(|one| (one.id.to_string(), one.is_default)).collect()
        };
        let (elm, maple) = (elm_hill().to_string(), maple_falls().to_string());
        assert_eq!(defaults(), [(elm.clone(), false), (maple.clone(), true)]);
        town.write(|tx, _| jurisdictions::make_default(tx, now(), &PROGRAM, &elm_hill())).unwrap();
        assert_eq!(defaults(), [(elm, true), (maple, false)]);
    });
}

#[test]
fn a_jurisdiction_begins_with_a_calendar_in_its_own_zone() {
    in_town(|town| {
        add(town, draft("311.elmhill.example")).unwrap();
        let catalog = town.read(|tx, _| Catalog::load(tx, &elm_hill())).unwrap();
        assert_eq!(catalog.default_calendar().zone_name(), "America/Chicago");
        assert_eq!(catalog.jurisdiction.zone_name(), "America/Chicago");
        assert_eq!(catalog.jurisdiction.default_language(), "es");
        assert_eq!(catalog.jurisdiction.hosts, ["311.elmhill.example"]);
    });
}

#[test]
fn a_jurisdiction_is_added_once() {
    in_town(|town| {
        add(town, draft("311.elmhill.example")).unwrap();
        let refused = add(town, draft("other.elmhill.example")).unwrap_err();
        assert!(matches!(refused, CatalogError::JurisdictionTaken(id) if id == elm_hill()));
    });
}

#[test]
fn az_07_two_jurisdictions_cannot_answer_on_one_host() {
    in_town(|town| {
        add(town, draft("311.elmhill.example")).unwrap();
        let refused = town
            .write(|tx, id| {
                let mut taken = JurisdictionDraft::new(Text::new("en", "Maple Falls"), "America/New_York");
                taken.hosts = vec!["311.elmhill.example".to_owned()];
                jurisdictions::save(tx, now(), &PROGRAM, id, &taken)
            })
            .unwrap_err();
        assert!(matches!(refused, CatalogError::HostTaken(host) if host == "311.elmhill.example"));
    });
}

#[test]
fn az_07_catalogs_with_the_same_codes_do_not_mix() {
    in_town(|town| {
        add(town, draft("311.elmhill.example")).unwrap();
        let before = (town.version(), town.export());
        let file = catalog::file::parse(&EXAMPLE.replacen("Pothole", "Bache grande", 1)).unwrap();
        town.write(move |tx, _| catalog::file::apply(tx, now(), &PROGRAM, &elm_hill(), &file)).unwrap();
        assert_eq!((town.version(), town.export()), before);
        let other = town.read(|tx, _| Catalog::load(tx, &elm_hill())).unwrap();
        assert!(
            other.service_by_code("pothole").unwrap().id
                != town.catalog().service_by_code("pothole").unwrap().id
        );
    });
}

#[test]
fn saving_what_is_already_said_changes_nothing() {
    in_town(|town| {
        add(town, draft("311.elmhill.example")).unwrap();
        let save = |draft: JurisdictionDraft| {
            town.write(move |tx, _| jurisdictions::save(tx, now(), &PROGRAM, &elm_hill(), &draft)).unwrap()
        };
        assert_eq!(save(draft("311.elmhill.example")), Change::Unchanged);
        assert_eq!(save(draft("new.elmhill.example")), Change::Changed);
        let found = town.read(|tx, _| jurisdictions::find(tx, &elm_hill())).unwrap().unwrap();
        assert_eq!(found.hosts, ["new.elmhill.example"]);
    });
}

#[test]
fn impossible_details_are_refused_with_their_field() {
    in_town(|town| {
        let valid = || draft("311.elmhill.example");
        for (draft, message) in [
            (
                JurisdictionDraft { zone: "Mars/Olympus".to_owned(), ..valid() },
                "zone: 'Mars/Olympus' is not a time zone",
            ),
            (JurisdictionDraft { languages: Vec::new(), ..valid() }, "languages: must not be empty"),
            (draft("bad host"), "hosts: 'bad host' is not a host name"),
            (JurisdictionDraft { name: Text::nothing(), ..valid() }, "name: must not be empty"),
        ] {
            let refused = add(town, draft).unwrap_err().to_string();
            assert!(refused.starts_with(message), "{refused}");
        }
    });
}

#[test]
fn an_administrator_cannot_make_their_town_the_default_for_everybody() {
    in_town(|town| {
        add(town, draft("311.elmhill.example")).unwrap();
        let by = signed_in(&elm_hill(), &[Role::Administrator]);
        let refused =
            town.write(move |tx, _| jurisdictions::make_default(tx, now(), &by, &elm_hill())).unwrap_err();
        assert!(matches!(refused, CatalogError::Access(_)), "{refused}");
    });
}
