use access::{Permission, Role, Scope};
use requests::{
    Contact, Created, Filter, NewRequest, Order, Outcome, Page, Place, PublicPlace, RequestError, timeline,
};

use crate::town::{FRIDAY, Town, at, in_town};

/// Planted in everything private; must never come out where the public can read.
const CANARY: &str = "Canarybird";

fn report_with_canaries(town: &Town<'_>, service: &str) -> Created {
    let contact = Contact {
        name: Some(format!("{CANARY} Delgado")),
        email: Some("canarybird@mail.example".to_owned()),
        phone: Some("617-555-0123".to_owned()),
        language: Some("es".to_owned()),
    };
    let description = format!("I am {CANARY}, call 617 555 0123 or canarybird@mail.example about the hole");
    let place = Place { zip: Some("02118".to_owned()), ..town.new_request(service).place };
    let new = NewRequest { contact: Some(contact), description, place, ..town.new_request(service) };
    town.create(at(FRIDAY), new).unwrap()
}

fn everything_public(town: &Town<'_>, number: &str) -> String {
    let number = number.to_owned();
    town.read(move |tx, id| {
        let page = requests::find_public(tx, id, &number)?;
        let list = requests::list_public(tx, id, &Filter::default(), &Page::first(10))?;
        let told = timeline::public(tx, id, &number)?;
        let updates = requests::updates(tx, id, &requests::Range::default(), 10)?;
        let texts = serde_json::to_string(&(page, list.items, told)).unwrap();
        Ok(format!("{texts}{updates:?}"))
    })
    .unwrap()
}

#[test]
fn priv_04_nothing_public_names_or_reaches_the_reporter() {
    in_town(|town| {
        let created = report_with_canaries(town, "pothole");
        town.act(&town.ana(), at(FRIDAY), created.id, |tx, change| {
            requests::add_public_note(tx, change, "Canarybird's hole was measured, questions to 617-635-4500")
        })
        .unwrap();
        town.act(&town.ana(), at(FRIDAY), created.id, |tx, change| {
            requests::add_internal_note(tx, change, "Secretbird lives next door")
        })
        .unwrap();
        town.act(&town.ana(), at(FRIDAY), created.id, |tx, change| {
            requests::close(tx, change, Outcome::Done, "Filled; told Canarybird at 617-555-0123 so")
        })
        .unwrap();
        let public = everything_public(town, &created.number);
        for private in ["anarybird", "555", "Delgado", "Secretbird", "mail.example"] {
            assert!(!public.contains(private), "{private} in {public}");
        }
        assert!(public.contains("about the hole") && public.contains("617-635-4500"));
    });
}

#[test]
fn priv_02_a_summary_has_no_words_no_address_and_only_a_coarse_place() {
    in_town(|town| {
        let created = report_with_canaries(town, "graffiti");
        let public = everything_public(town, &created.number);
        assert!(!public.contains("hole") && !public.contains("02118"));
        assert!(!public.contains("42.36,") && !public.contains("-71.06}"), "{public}");
    });
}

#[test]
fn priv_02_a_changed_level_takes_effect_on_requests_that_are_already_there() {
    in_town(|town| {
        let (created, secret) = (report_with_canaries(town, "noise"), report_with_canaries(town, "noise"));
        town.act(&town.ana(), at(FRIDAY), secret.id, |tx, change| {
            requests::set_confidential(tx, change, true)
        })
        .unwrap();
        let later =
            town.with_catalog(|text| text.replace("code = \"noise\"", "code = \"noise\"\npublic = \"full\""));
        let (ana, noise) = (later.ana(), later.service("noise"));
        let changed = later
            .write(move |tx, catalog| requests::apply_public_level(tx, at(FRIDAY), &ana, catalog, noise))
            .unwrap();
        assert_eq!(changed, 1);
        let find = |number: &str| {
            let number = number.to_owned();
            later.read(move |tx, id| requests::find_public(tx, id, &number)).unwrap()
        };
        assert!(find(&created.number).is_some());
        assert!(find(&secret.number).is_none());
        later
            .act(&later.ana(), at(FRIDAY), secret.id, |tx, change| {
                requests::set_confidential(tx, change, false)
            })
            .unwrap();
        assert!(find(&secret.number).is_some());
    });
}

#[test]
fn az_04_a_confidential_request_does_not_exist_for_those_who_may_not_see_it() {
    in_town(|town| {
        let id = report_with_canaries(town, "pothole").id;
        town.act(&town.ana(), at(FRIDAY), id, |tx, change| requests::set_confidential(tx, change, true))
            .unwrap();
        let dispatcher = town.person(&[Role::Dispatcher]);
        assert!(!dispatcher.may(Permission::ViewConfidential));
        let touched = town.act(&dispatcher, at(FRIDAY), id, requests::accept);
        assert!(matches!(touched, Err(RequestError::Unknown(_))));
        let opened = {
            let dispatcher = dispatcher.clone();
            town.read(move |tx, jurisdiction| requests::find(tx, &dispatcher, jurisdiction, id))
        };
        assert!(matches!(opened, Err(RequestError::Unknown(_))));
        let listed = town.read(move |tx, jurisdiction| {
            requests::list(tx, &dispatcher, jurisdiction, &Filter::default(), Order::Newest, &Page::first(9))
        });
        assert_eq!(listed.unwrap().items, []);
        let partner = town.key(&[Scope::Open311Private]);
        let listed = town.read(move |tx, jurisdiction| {
            requests::list_for_partner(tx, &partner, jurisdiction, &Filter::default(), &Page::first(9))
        });
        assert_eq!(listed.unwrap().items, []);
    });
}

#[test]
fn a_partner_sees_what_a_service_hides_but_never_who_reported() {
    in_town(|town| {
        let number = report_with_canaries(town, "noise").number;
        let partner = town.key(&[Scope::Open311Private]);
        let seen = {
            let number = number.clone();
            town.read(move |tx, id| requests::find_for_partner(tx, &partner, id, &number)).unwrap().unwrap()
        };
        let seen = serde_json::to_string(&seen).unwrap();
        assert!(seen.contains("about the hole") && !seen.contains("anarybird"));
        let stranger = town.key(&[Scope::Open311Create]);
        let refused = town.read(move |tx, id| requests::find_for_partner(tx, &stranger, id, &number));
        assert!(matches!(refused, Err(RequestError::NotAllowed(Permission::ViewUnpublished))));
    });
}

#[test]
fn aud_01_looking_at_who_reported_is_on_record_and_not_for_everybody() {
    in_town(|town| {
        let id = report_with_canaries(town, "pothole").id;
        let reveal = |role| {
            let by = town.person(&[role]);
            town.write(move |tx, catalog| {
                requests::contact::reveal(tx, at(FRIDAY), &by, &catalog.jurisdiction.id, id)
            })
        };
        assert!(matches!(reveal(Role::Crew), Err(RequestError::NotAllowed(Permission::ViewPersonalData))));
        let contact = reveal(Role::Agent).unwrap().unwrap();
        assert_eq!(contact.email.as_deref(), Some("canarybird@mail.example"));
        let viewed: i64 = town
            .db
            .read_now(|tx| {
                let count = "select count(*) from audit_entry where action = 'request.contact_viewed'";
                tx.query_one(count, &[], |row| row.get(0))
            })
            .unwrap_or_else(|e: db::Error| panic!("{e}"));
        assert_eq!(viewed, 1);
    });
}

#[test]
fn aud_04_neither_the_history_nor_the_audit_chain_holds_contact_details() {
    in_town(|town| {
        report_with_canaries(town, "pothole");
        let texts: Vec<String> = town
            .db
            .read_now(|tx| {
                let texts =
                    "select event from request_event union all select object || detail from audit_entry";
                tx.query(texts, &[], |row| row.get(0))
            })
            .unwrap_or_else(|e: db::Error| panic!("{e}"));
        assert!(texts.iter().all(|text| !text.to_lowercase().contains("canarybird")));
    });
}

#[test]
fn the_reporter_sees_their_own_words_whole() {
    in_town(|town| {
        let created = report_with_canaries(town, "noise");
        let reporter = town.reporter(&created);
        let view = town.read(move |tx, _| requests::find_reported(tx, &reporter)).unwrap();
        assert!(view.is_private && view.description.unwrap().contains(CANARY));
    });
}

#[test]
fn priv_03_pins_are_the_public_list_with_the_same_places_and_nothing_hidden() {
    in_town(|town| {
        for service in ["pothole", "graffiti", "noise"] {
            report_with_canaries(town, service);
        }
        let pins = town.read(requests::public_pins).unwrap();
        let of = |service: &str| pins.iter().find(|pin| pin.service == town.service(service));
        assert_eq!(pins.len(), 2);
        assert!(of("pothole").unwrap().is_exact && !of("graffiti").unwrap().is_exact);
        let filter = Filter { ids: pins.iter().map(|pin| pin.id).collect(), ..Filter::default() };
        let listed =
            town.read(move |tx, id| requests::list_public(tx, id, &filter, &Page::first(10))).unwrap();
        for request in &listed.items {
            let place = match &request.place {
                PublicPlace::Exact(place) => place.point,
                PublicPlace::Coarse(point) => *point,
            };
            assert_eq!(place, pins.iter().find(|pin| pin.service == request.service).map(|pin| pin.point));
        }
        assert_eq!(listed.items.len(), 2);
    });
}
