//! Every change asks for permission, leaves an audit entry and moves the version on.

use access::{Actor, Role, audit};
use catalog::file::{apply, parse};
use catalog::{
    CatalogError, Change, DepartmentDraft, NoticeDraft, PublicLevel, ServiceDraft, Text, departments,
    notices, services,
};

use crate::town::{EXAMPLE, PROGRAM, Town, in_town, maple_falls, now, service, signed_in};

fn parks() -> DepartmentDraft {
    DepartmentDraft { code: "parks".to_owned(), name: Text::new("en", "Parks"), calendar: None, active: true }
}

fn actions(town: &Town<'_>) -> Vec<String> {
    town.read(|tx, id| {
        let sql = "select action from audit_entry where jurisdiction_id = $1 order by lane, seq limit 500";
        Ok(tx.query(sql, db::params![id], |row| row.get(0))?)
    })
    .unwrap()
}

#[test]
fn a_change_moves_the_version_on_and_a_repetition_does_not() {
    in_town(|town| {
        let (version, entries) = (town.version(), actions(town).len());
        let save = || town.write(|tx, id| departments::save(tx, now(), &PROGRAM, id, &parks())).unwrap();
        let first = save();
        assert_eq!((first.change, town.version()), (Change::Added, version + 1));
        let second = save();
        assert_eq!((second.id, second.change, town.version()), (first.id, Change::Unchanged, version + 1));
        assert_eq!(actions(town).len(), entries + 1);
    });
}

#[test]
fn the_audit_chain_holds_and_names_what_was_made_public() {
    in_town(|town| {
        let mut draft = service_draft(town, "marriage-record");
        draft.public = PublicLevel::Full;
        town.write(move |tx, id| services::save(tx, now(), &PROGRAM, id, &draft)).unwrap();
        let detail = town
            .read(|tx, id| {
                let sql =
                    "select detail from audit_entry where jurisdiction_id = $1 and object = $2 and at = $3
                    order by lane, seq limit 9";
                Ok(tx.query(sql, db::params![id, "service:marriage-record", now()], |row| {
                    row.get::<String>(0)
                })?)
            })
            .unwrap()
            .pop()
            .unwrap();
        let detail: serde_json::Value = serde_json::from_str(&detail).unwrap();
        assert_eq!((&detail["public_before"], &detail["public"]), (&"hidden".into(), &"full".into()));
        town.read(|tx, id| {
            assert!(audit::verify(tx, id).is_ok());
            Ok(())
        })
        .unwrap();
    });
}

fn service_draft(town: &Town<'_>, code: &str) -> ServiceDraft {
    let catalog = town.catalog();
    catalog.draft_of(service(&catalog, code))
}

#[test]
fn a_draft_of_a_service_saved_as_it_is_changes_nothing() {
    in_town(|town| {
        let catalog = town.catalog();
        for service in catalog.services() {
            let draft = catalog.draft_of(service);
            let saved = town.write(move |tx, id| services::save(tx, now(), &PROGRAM, id, &draft)).unwrap();
            assert_eq!(saved.change, Change::Unchanged, "{}", service.code);
        }
    });
}

#[test]
fn priv_02_new_services_are_hidden() {
    in_town(|town| {
        town.apply("language = \"en\"\n[[service]]\ncode = \"x\"\nname = \"X\"\ndepartment = \"town-clerk\"")
            .unwrap();
        assert_eq!(service(&town.catalog(), "x").public, PublicLevel::Hidden);
    });
}

#[test]
fn az_01_only_those_who_manage_the_catalog_change_it() {
    in_town(|town| {
        for role in Role::ALL {
            let by = signed_in(&maple_falls(), &[*role]);
            let saved = town.write(move |tx, id| departments::save(tx, now(), &by, id, &parks()));
            assert_eq!(saved.is_ok(), *role == Role::Administrator, "{role}");
        }
        let saved = town.write(|tx, id| departments::save(tx, now(), &Actor::Resident, id, &parks()));
        assert!(matches!(saved, Err(CatalogError::Access(_))));
    });
}

#[test]
fn az_07_an_administrator_next_door_changes_nothing_here() {
    in_town(|town| {
        let stranger = signed_in(&"elmhill.example".parse().unwrap(), &[Role::Administrator]);
        let before = town.version();
        let refused = [
            {
                let by = stranger.clone();
                town.write(move |tx, id| departments::save(tx, now(), &by, id, &parks()).map(drop))
            },
            {
                let (by, file) = (stranger.clone(), parse(EXAMPLE).unwrap());
                town.write(move |tx, id| apply(tx, now(), &by, id, &file).map(drop))
            },
            town.write(move |tx, id| notices::remove(tx, now(), &stranger, id, "storm")),
        ];
        assert!(refused.iter().all(|one| matches!(one, Err(CatalogError::Access(_)))), "{refused:?}");
        assert_eq!(town.version(), before);
    });
}

#[test]
fn notices_are_changed_and_taken_away() {
    in_town(|town| {
        let draft = NoticeDraft {
            code: "storm".to_owned(),
            service: None,
            text: Text::new("en", "The storm is over."),
            from: now(),
            until: None,
        };
        let change = town.write(move |tx, id| notices::save(tx, now(), &PROGRAM, id, &draft)).unwrap();
        assert_eq!(change, Change::Changed);
        assert_eq!(town.catalog().notices(now(), None)[0].text.in_language("en"), "The storm is over.");
        let remove = || town.write(|tx, id| notices::remove(tx, now(), &PROGRAM, id, "storm"));
        remove().unwrap();
        assert!(matches!(remove(), Err(CatalogError::Unknown { kind: "notice", .. })));
    });
}
