use catalog::Answers;
use requests::import::{ImportedRequest, Step, Tally, closing, put_batch};
use requests::{Channel, Event, Outcome, Place, RequestError, RequestId, Status};

use crate::life_cycle::replaying_gives_the_row;
use crate::town::{FRIDAY, PROGRAM, Town, at, hours, in_town};

/// A record as a city publishes it: still open, with a team and a target.
pub(crate) fn record(town: &Town<'_>, number: &str) -> ImportedRequest {
    ImportedRequest {
        number: number.to_owned(),
        service: town.service("pothole"),
        department: None,
        team: Some(town.team("roads")),
        channel: Channel::Phone,
        requested_at: at("2011-07-01T05:32:00Z"),
        updated_at: None,
        target_at: Some(at("2011-07-05T12:30:00Z")),
        description: String::new(),
        place: Place { address: Some("12 Elm St".to_owned()), ..Place::default() },
        answers: Answers::default(),
        media_urls: Vec::new(),
        confidential: false,
        steps: Vec::new(),
    }
}

fn closed(town: &Town<'_>, number: &str) -> ImportedRequest {
    let step =
        closing(&town.catalog, at("2011-07-03T10:00:00Z"), Outcome::Done, "Case Resolved. Call 617-555-0123");
    ImportedRequest { steps: vec![step.unwrap()], ..record(town, number) }
}

fn put(town: &Town<'_>, records: Vec<ImportedRequest>) -> Tally {
    town.write(move |tx, catalog| put_batch(tx, at(FRIDAY), &PROGRAM, catalog, &records)).unwrap()
}

fn id(town: &Town<'_>, number: &'static str) -> RequestId {
    town.read(move |tx, jurisdiction| requests::id_of(tx, jurisdiction, number)).unwrap().unwrap()
}

#[test]
fn a_record_keeps_its_number_times_channel_team_note_and_target() {
    in_town(|town| {
        let tally = put(town, vec![closed(town, "101000295613")]);
        assert_eq!((tally.added, tally.rejected.len()), (1, 0));
        let view = town.view(id(town, "101000295613"));
        assert_eq!((view.state.status(), view.channel), (Status::Closed, Channel::Phone));
        assert_eq!(view.requested_at, at("2011-07-01T05:32:00Z"));
        assert_eq!(
            (view.closed_at, view.updated_at),
            (Some(at("2011-07-03T10:00:00Z")), at("2011-07-03T10:00:00Z"))
        );
        assert_eq!(
            (view.promised_at, view.team),
            (Some(at("2011-07-05T12:30:00Z")), Some(town.team("roads")))
        );
        replaying_gives_the_row(town, view.id);
        let public = town.read(|tx, id| requests::find_public(tx, id, "101000295613")).unwrap().unwrap();
        assert_eq!(public.details.unwrap().closing_note.unwrap(), "Case Resolved. Call […]");
        assert!(town.news().is_empty());
    });
}

#[test]
fn the_same_records_twice_change_nothing() {
    in_town(|town| {
        let records = || vec![record(town, "A-1"), closed(town, "A-2")];
        put(town, records());
        let before = (town.view(id(town, "A-1")), town.view(id(town, "A-2")));
        let tally = put(town, records());
        assert_eq!((tally.added, tally.unchanged, tally.changed), (0, 2, 0));
        assert_eq!((town.view(id(town, "A-1")), town.view(id(town, "A-2"))), before);
    });
}

#[test]
fn a_record_that_was_closed_or_corrected_since_continues_its_history() {
    in_town(|town| {
        put(town, vec![record(town, "A-1")]);
        let moved = Place { address: Some("14 Elm St".to_owned()), ..Place::default() };
        let changed =
            ImportedRequest { place: moved, service: town.service("graffiti"), ..closed(town, "A-1") };
        assert_eq!(put(town, vec![changed.clone()]).changed, 1);
        let view = town.view(id(town, "A-1"));
        assert_eq!((view.state.status(), view.service), (Status::Closed, town.service("graffiti")));
        assert_eq!((view.place.address.as_deref(), view.version), (Some("14 Elm St"), 3));
        replaying_gives_the_row(town, view.id);
        assert_eq!(put(town, vec![changed]).unchanged, 1);
    });
}

#[test]
fn whole_histories_come_in_and_impossible_ones_do_not() {
    in_town(|town| {
        let step = |hour, event| Step { at: at("2011-07-01T05:32:00Z") + hours(hour), event };
        let worked = ImportedRequest {
            steps: vec![step(1, Event::Accepted), step(2, Event::Started)],
            ..record(town, "A-1")
        };
        let impossible = ImportedRequest { steps: vec![step(1, Event::Resumed)], ..record(town, "A-2") };
        let nameless = record(town, " ");
        let tally = put(town, vec![impossible, worked, nameless]);
        let rejected: Vec<usize> = tally.rejected.iter().map(|(place, _)| *place).collect();
        assert_eq!((tally.added, rejected), (1, vec![0, 2]));
        assert_eq!(town.view(id(town, "A-1")).state.status(), Status::InProgress);
        let missing = town.read(|tx, id| requests::id_of(tx, id, "A-2")).unwrap();
        assert_eq!(missing, None, "half a record was kept");
    });
}

#[test]
fn a_request_of_our_own_is_never_overwritten_by_a_record() {
    in_town(|town| {
        let ours = town.report("pothole");
        let tally = put(town, vec![closed(town, &ours.number)]);
        assert!(
            matches!(&tally.rejected[..], [(0, RequestError::ImportDiverged { number })] if *number == ours.number)
        );
        assert_eq!(town.view(ours.id).state.status(), Status::Assigned);
    });
}

#[test]
fn a_batch_is_one_entry_in_the_audit_chain() {
    in_town(|town| {
        put(town, (0..50).map(|n| closed(town, &format!("A-{n}"))).collect());
        let entries: i64 = town
            .db
            .read_now(|tx| {
                let count = "select count(*) from audit_entry where action = 'request.imported'";
                tx.query_one(count, &[], |row| row.get(0))
            })
            .unwrap_or_else(|e: db::Error| panic!("{e}"));
        assert_eq!(entries, 1);
    });
}

#[test]
fn only_those_who_may_import_do() {
    in_town(|town| {
        let dispatcher = town.person(&[access::Role::Dispatcher]);
        let records = vec![record(town, "A-1")];
        let refused =
            town.write(move |tx, catalog| put_batch(tx, at(FRIDAY), &dispatcher, catalog, &records));
        assert!(matches!(refused, Err(RequestError::NotAllowed(_))));
    });
}
