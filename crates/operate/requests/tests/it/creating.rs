use access::{Actor, Role, audit};
use catalog::PublicLevel;
use jiff::Timestamp;
use requests::{IdempotencyKey, NewRequest, Place, RequestError, Status, number};

use crate::town::{FRIDAY, at, in_town, in_two_towns};

#[test]
fn a_report_gets_a_short_number_a_private_link_and_a_promise() {
    in_town(|town| {
        let created = town.report("pothole");
        assert!(number::is_ours(&created.number) && created.number.len() == 5, "{}", created.number);
        let promise = created.promise.unwrap();
        // One working hour is left on Friday; the third working day after it is Wednesday.
        assert_eq!(promise.first_response_at, Some(at("2026-05-11T16:00:00Z")));
        assert_eq!(promise.resolve_at, Some(at("2026-05-13T21:00:00Z")));
        assert_eq!(town.reporter(&created).request(), created.id);
    });
}

#[test]
fn a_service_with_a_team_is_handed_over_at_once_and_others_wait_for_triage() {
    in_town(|town| {
        let status = |service| town.view(town.report(service).id).state.status();
        assert_eq!(status("pothole"), Status::Assigned);
        assert_eq!(status("graffiti"), Status::Received);
    });
}

#[test]
fn what_is_wrong_with_a_report_is_named_and_nothing_is_stored() {
    in_town(|town| {
        let good = || town.new_request("pothole");
        let refused = |new: NewRequest| town.create(at(FRIDAY), new).unwrap_err();
        let retired = refused(NewRequest { service: town.service("retired"), ..good() });
        assert!(matches!(retired, RequestError::NotOffered { .. }));
        let stopped = refused(NewRequest { service: town.service("power"), ..good() });
        assert!(matches!(stopped, RequestError::NotOffered { .. }));
        let unreadable = refused(NewRequest { description: "a\0b".to_owned(), ..good() });
        assert!(matches!(unreadable, RequestError::TextUnreadable { field: "description" }));
        let long = refused(NewRequest { description: "x".repeat(4001), ..good() });
        assert!(matches!(long, RequestError::TextTooLong { letters_max: 4000, .. }));
        let link = refused(NewRequest { media_urls: vec!["javascript:alert(1)".to_owned()], ..good() });
        assert!(matches!(link, RequestError::NotAWebAddress(_)));
        let address = Place { address: Some("a\nb".to_owned()), ..Place::default() };
        assert!(matches!(
            refused(NewRequest { place: address, ..good() }),
            RequestError::TextUnreadable { field: "address" }
        ));
        let stored: i64 = town
            .db
            .read_now(|tx| tx.query_one("select count(*) from service_request", &[], |r| r.get(0)))
            .unwrap_or_else(|e: db::Error| panic!("{e}"));
        assert_eq!(stored, 0);
    });
}

#[test]
fn a_number_that_an_imported_request_holds_is_skipped() {
    in_town(|town| {
        let first = town.report("pothole");
        let taken = number::with_check_digit(1001);
        let record = crate::importing::record(town, &taken);
        town.write(move |tx, catalog| {
            requests::import::put_batch(
                tx,
                at(FRIDAY),
                &crate::town::PROGRAM,
                catalog,
                std::slice::from_ref(&record),
            )
        })
        .unwrap();
        assert_eq!(first.number, number::with_check_digit(1000));
        assert_eq!(town.report("pothole").number, number::with_check_digit(1002));
    });
}

#[test]
fn aud_01_each_report_leaves_exactly_one_audit_entry() {
    in_town(|town| {
        let before = audited(town, "request.received");
        town.report("pothole");
        town.report_by("noise", "Rosa");
        assert_eq!(audited(town, "request.received") - before, 2);
        let id = town.id();
        town.db.read_now(move |tx| audit::verify(tx, &id)).unwrap();
    });
}

fn audited(town: &crate::town::Town<'_>, action: &'static str) -> i64 {
    let count = "select count(*) from audit_entry where action = $1";
    town.db
        .read_now(move |tx| tx.query_one(count, db::params![action], |row| row.get(0)))
        .unwrap_or_else(|e: db::Error| panic!("{e}"))
}

fn keyed(new: NewRequest, key: &str, body: &str) -> NewRequest {
    NewRequest { idempotency: Some(IdempotencyKey::new(key, body.as_bytes()).unwrap()), ..new }
}

#[test]
fn api_02_the_same_key_and_body_give_the_first_result_once_more() {
    in_town(|town| {
        let send =
            |key: &str, body: &str| town.create(at(FRIDAY), keyed(town.new_request("pothole"), key, body));
        let first = send("k1", "body").unwrap();
        let again = send("k1", "body").unwrap();
        assert!(again.repeated && !first.repeated);
        assert_eq!((again.id, &again.number, &again.tracking), (first.id, &first.number, &first.tracking));
        assert_eq!(again.promise, first.promise);
        assert!(matches!(send("k1", "other"), Err(RequestError::IdempotencyKeyReused)));
        assert_ne!(send("k2", "body").unwrap().id, first.id);
    });
}

#[test]
fn api_02_a_key_belongs_to_its_caller_and_its_jurisdiction() {
    in_two_towns(|town, next_door| {
        let new = keyed(town.new_request("pothole"), "k", "body");
        let mine = town.create(at(FRIDAY), new.clone()).unwrap();
        let agent = town.person(&[Role::Agent]);
        let theirs = town
            .write(move |tx, catalog| {
                requests::create(tx, &agent, catalog, &new.clone().check(catalog, at(FRIDAY))?)
            })
            .unwrap();
        let abroad = keyed(next_door.new_request("pothole"), "k", "body");
        let abroad = next_door.create(at(FRIDAY), abroad).unwrap();
        assert!(mine.id != theirs.id && mine.id != abroad.id && theirs.id != abroad.id);
    });
}

#[test]
fn api_02_a_key_is_forgotten_after_seven_days() {
    in_town(|town| {
        let send =
            |now: Timestamp| town.create(now, keyed(town.new_request("pothole"), "k", "body")).unwrap();
        let first = send(at(FRIDAY));
        let kept = requests::idempotency::KEPT;
        assert_eq!(send(at(FRIDAY) + kept).id, first.id);
        let later = at(FRIDAY) + kept + crate::town::hours(1);
        assert_ne!(send(later).id, first.id);
        let swept = town.write(move |tx, _| requests::idempotency::sweep(tx, later + kept * 2, 10)).unwrap();
        assert_eq!(swept, 1);
    });
}

#[test]
fn api_02_a_hundred_parallel_calls_with_one_key_make_one_request() {
    in_town(|town| {
        let ids: Vec<_> = std::thread::scope(|scope| {
            let calls: Vec<_> = (0..100)
                .map(|_| {
                    scope.spawn(|| {
                        town.create(at(FRIDAY), keyed(town.new_request("pothole"), "k", "b")).unwrap().id
                    })
                })
                .collect();
            calls.into_iter().map(|call| call.join().unwrap()).collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]));
    });
}

#[test]
fn a_report_from_another_jurisdictions_staff_is_refused() {
    in_two_towns(|town, next_door| {
        let stranger: Actor = next_door.ana();
        let new = town.new_request("pothole");
        let refused = town.write(move |tx, catalog| {
            requests::create(tx, &stranger, catalog, &new.clone().check(catalog, at(FRIDAY))?)
        });
        assert!(matches!(refused, Err(RequestError::NotAllowed(_))));
    });
}

#[test]
fn az_07_a_link_of_one_town_opens_nothing_in_the_next() {
    in_two_towns(|town, next_door| {
        let token = town.report("pothole").tracking;
        let opened = next_door.read(move |tx, id| requests::reporter(tx, id, &token)).unwrap();
        assert_eq!(opened, None);
    });
}

#[test]
fn priv_02_a_services_level_decides_what_is_public_and_confidential_hides_it() {
    in_town(|town| {
        let level = |number: String| {
            let public = town.read(move |tx, id| requests::find_public(tx, id, &number)).unwrap();
            public.map(|view| if view.details.is_some() { PublicLevel::Full } else { PublicLevel::Summary })
        };
        assert_eq!(level(town.report("pothole").number), Some(PublicLevel::Full));
        assert_eq!(level(town.report("graffiti").number), Some(PublicLevel::Summary));
        assert_eq!(level(town.report("noise").number), None);
        let secret = NewRequest { confidential: true, ..town.new_request("pothole") };
        assert_eq!(level(town.create(at(FRIDAY), secret).unwrap().number), None);
    });
}
