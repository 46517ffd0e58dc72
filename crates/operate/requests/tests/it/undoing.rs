//! Steps that are taken back by further events.

use access::{Actor, Role};
use requests::{Change, Event, Outcome, RequestError, RequestId, RequestState, State, Status};

use crate::town::{FRIDAY, Town, at, hours, in_town};

fn undo(town: &Town<'_>, by: &Actor, request: RequestId) -> Result<RequestState, RequestError> {
    town.act(by, at(FRIDAY) + hours(1), request, |tx, change| {
        requests::undo(tx, change, "Pressed by mistake")
    })
}

fn assign(town: &Town<'_>, request: RequestId, team: &str) {
    let team = town.team(team);
    town.act(&town.ana(), at(FRIDAY), request, move |tx, change| requests::assign(tx, change, team)).unwrap();
}

#[test]
fn a_hand_over_goes_back_to_whoever_had_the_request_before() {
    in_town(|town| {
        let request = town.report("pothole").id;
        assign(town, request, "trees");
        let state = undo(town, &town.ana(), request).unwrap();
        assert_eq!(state.state, State::Assigned { team: town.team("roads") });
        let nobodys = town.report("graffiti").id;
        assign(town, nobodys, "trees");
        assert_eq!(undo(town, &town.ana(), nobodys).unwrap().state, State::Triaged);
    });
}

#[test]
fn the_step_and_its_opposite_both_stay_in_the_history() {
    in_town(|town| {
        let request = town.report("pothole").id;
        let before = town.view(request);
        let note = "Nothing was found at the corner, twice.";
        town.act(&town.ana(), at(FRIDAY), request, move |tx, change| {
            requests::close(tx, change, Outcome::NoActionNeeded, note)
        })
        .unwrap();
        undo(town, &town.ana(), request).unwrap();
        let after = town.view(request);
        assert_eq!((after.state, after.promised_at), (before.state, before.promised_at));
        let history = town.history(request);
        assert!(matches!(history[1].event, Event::Closed { .. }));
        assert!(matches!(&history[2].event, Event::Reopened { reason } if reason == "Pressed by mistake"));
    });
}

#[test]
fn a_pause_ends_and_hiding_is_turned_round() {
    in_town(|town| {
        let (ana, request) = (town.ana(), town.report("pothole").id);
        town.act(&ana, at(FRIDAY), request, requests::accept).unwrap();
        town.act(&ana, at(FRIDAY), request, |tx, change| requests::pause(tx, change, "Frost", None)).unwrap();
        assert_eq!(undo(town, &ana, request).unwrap().state.status(), Status::Accepted);
        town.act(&ana, at(FRIDAY), request, |tx, change| requests::set_confidential(tx, change, true))
            .unwrap();
        assert!(!undo(town, &ana, request).unwrap().confidential);
    });
}

#[test]
fn what_has_no_opposite_or_was_followed_by_something_else_is_not_undone() {
    in_town(|town| {
        let (ana, request) = (town.ana(), town.report("pothole").id);
        assert!(matches!(undo(town, &ana, request), Err(RequestError::NothingToUndo { version: 1 })));
        assign(town, request, "trees");
        let by = ana;
        let late = town.write(move |tx, catalog| {
            let (now, expected) = (at(FRIDAY), Some(1));
            requests::undo(tx, &Change { now, by: &by, catalog, request, expected }, "Too late")
        });
        assert!(matches!(late, Err(RequestError::Stale { expected: 1, found: 2 })));
    });
}

#[test]
fn az_08_the_step_back_needs_its_own_right() {
    in_town(|town| {
        let request = town.report("pothole").id;
        let note = "Nothing was found at the corner, twice.";
        town.act(&town.ana(), at(FRIDAY), request, move |tx, change| {
            requests::close(tx, change, Outcome::NoActionNeeded, note)
        })
        .unwrap();
        // Crews close requests; opening them again is for the office.
        let crew = town.person(&[Role::Crew]);
        assert!(matches!(undo(town, &crew, request), Err(RequestError::NotAllowed(_))));
        assert_eq!(town.view(request).state.status(), Status::Closed);
    });
}
