use requests::{Outcome, Refusal, RequestError, RequestId, Status};

use crate::life_cycle::replaying_gives_the_row;
use crate::town::{FRIDAY, Town, at, hours, in_town, in_two_towns};

const NOTE: &str = "We filled the hole beside the bus stop this morning.";

fn close(
    town: &Town<'_>,
    id: RequestId,
    outcome: Outcome,
    note: &'static str,
) -> Result<Status, RequestError> {
    town.act(&town.ana(), at(FRIDAY), id, move |tx, change| requests::close(tx, change, outcome, note))
        .map(|state| state.state.status())
}

#[test]
fn what_no_team_ever_had_cannot_be_closed_as_done() {
    in_town(|town| {
        let id = town.report("graffiti").id;
        let refused = close(town, id, Outcome::Done, NOTE);
        assert!(matches!(refused, Err(RequestError::Refused(Refusal::NobodyAssigned { outcome: "done" }))));
        assert_eq!(close(town, id, Outcome::NotOurs, NOTE).unwrap(), Status::Closed);
    });
}

#[test]
fn a_note_that_says_nothing_does_not_close_a_request() {
    in_town(|town| {
        let id = town.report("pothole").id;
        let empty = close(town, id, Outcome::Done, "ok");
        assert!(matches!(empty, Err(RequestError::NoteTooShort { .. })));
        let stock = close(town, id, Outcome::Done, "Case closed. Issue resolved, thank you.");
        assert!(matches!(stock, Err(RequestError::NoteSaysNothing)));
        assert_eq!(town.view(id).state.status(), Status::Assigned);
    });
}

#[test]
fn a_duplicate_needs_another_request_that_is_no_duplicate_itself() {
    in_two_towns(|town, next_door| {
        let (original, twin) = (town.report("pothole").id, town.report("pothole").id);
        let abroad = next_door.report("pothole").id;
        for missing in [twin, abroad] {
            let refused = close(town, twin, Outcome::Duplicate { of: missing }, NOTE);
            assert!(matches!(refused, Err(RequestError::NoSuchOriginal(of)) if of == missing));
        }
        close(town, twin, Outcome::Duplicate { of: original }, NOTE).unwrap();
        let chained = close(town, original, Outcome::Duplicate { of: twin }, NOTE);
        assert!(
            matches!(chained, Err(RequestError::DuplicateOfDuplicate { original: of }) if of == original)
        );
        replaying_gives_the_row(town, twin);
    });
}

#[test]
fn the_reporter_may_reopen_within_ninety_days_and_must_say_why() {
    in_town(|town| {
        let created = town.report("pothole");
        close(town, created.id, Outcome::Done, NOTE).unwrap();
        let reopen = |hour: i64, why: &'static str| {
            town.act_as_reporter(at(FRIDAY) + hours(hour), &created, move |tx, change| {
                requests::reopen_as_reporter(tx, change, why, requests::REOPEN_DAYS)
            })
        };
        assert!(matches!(reopen(1, " "), Err(RequestError::TextMissing { field: "reason" })));
        let late = reopen(24 * 90 + 1, "Still there");
        assert!(matches!(late, Err(RequestError::ReopenTooLate { days_max: 90, .. })));
        assert_eq!(reopen(24 * 90, "Still there").unwrap().state.status(), Status::Assigned);
        assert!(matches!(reopen(1, "Again"), Err(RequestError::Refused(_))));
    });
}

#[test]
fn the_reporter_may_withdraw_at_any_time_before_the_end() {
    in_town(|town| {
        let created = town.report("graffiti");
        let withdraw =
            || town.act_as_reporter(at(FRIDAY), &created, |tx, change| requests::withdraw(tx, change, ""));
        assert_eq!(withdraw().unwrap().state.status(), Status::Closed);
        assert!(matches!(withdraw(), Err(RequestError::Refused(_))));
        assert_eq!(town.history(created.id)[1].by.label(), "resident");
    });
}

#[test]
fn what_a_resident_adds_to_a_closed_request_reaches_staff() {
    in_town(|town| {
        let created = town.report("pothole");
        close(town, created.id, Outcome::Done, NOTE).unwrap();
        town.act_as_reporter(at(FRIDAY), &created, |tx, change| {
            requests::add_information(tx, change, "There is a second hole")
        })
        .unwrap();
        assert!(format!("{:?}", town.history(created.id)).contains("second hole"));
        replaying_gives_the_row(town, created.id);
    });
}
