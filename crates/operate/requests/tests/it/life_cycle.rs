use std::collections::BTreeSet;

use access::{Actor, Role, Scope};
use db::Tx;
use jiff::Timestamp;
use proptest::test_runner::{Config, TestRunner};
use requests::{
    Change, Event, Move, Outcome, Recorded, RequestError, RequestId, RequestState, Status, timeline,
};

use crate::town::{FRIDAY, Town, at, hours, in_town, in_two_towns};

const NOTE: &str = "We filled the hole beside the bus stop this morning.";

/// The life cycle as the documents declare it, written down a second time.
const DECLARED: &str = "
    received:     triage assign close
    triaged:      assign pause close
    assigned:     accept refuse assign triage close
    accepted:     schedule start order_work pause assign close
    refused:      triage assign close
    scheduled:    start schedule order_work pause assign close
    in_progress:  schedule order_work pause assign close
    waiting:      resume close
    work_ordered: start schedule pause assign close
    closed:       reopen";

fn declared(status: Status) -> BTreeSet<String> {
    let line = DECLARED.lines().find_map(|line| line.trim().strip_prefix(&format!("{status}:")));
    line.unwrap().split_whitespace().map(str::to_owned).collect()
}

/// Where each move leads, without looking at the code: `before` is the status in which a wait began.
fn leads_to(step: Move, before: Option<Status>, had_team: bool) -> Status {
    match step {
        Move::Triage => Status::Triaged,
        Move::Assign => Status::Assigned,
        Move::Accept => Status::Accepted,
        Move::Refuse => Status::Refused,
        Move::Schedule => Status::Scheduled,
        Move::Start => Status::InProgress,
        Move::Pause => Status::Waiting,
        Move::Resume => before.unwrap(),
        Move::OrderWork => Status::WorkOrdered,
        Move::Close => Status::Closed,
        Move::Reopen if had_team => Status::Assigned,
        Move::Reopen => Status::Received,
    }
}

fn make(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    step: Move,
    team: catalog::TeamId,
) -> Result<RequestState, RequestError> {
    match step {
        Move::Triage => requests::triage(tx, change),
        Move::Assign => requests::assign(tx, change, team),
        Move::Accept => requests::accept(tx, change),
        Move::Refuse => requests::refuse(tx, change, "Not a town street", Some(team)),
        Move::Schedule => requests::schedule(tx, change, change.now + hours(30)),
        Move::Start => requests::start(tx, change),
        Move::Pause => requests::pause(tx, change, "Waiting for the gas company", None),
        Move::Resume => requests::resume(tx, change),
        Move::OrderWork => requests::order_work(tx, change, "WO-7", Some("Works")),
        Move::Close => requests::close(tx, change, Outcome::NoActionNeeded, NOTE),
        Move::Reopen => requests::reopen(tx, change, "Still there"),
    }
}

fn try_step(
    town: &Town<'_>,
    now: Timestamp,
    id: RequestId,
    step: Move,
) -> Result<RequestState, RequestError> {
    let team = town.team("roads");
    town.act(&town.ana(), now, id, move |tx, change| make(tx, change, step, team))
}

#[test]
fn api_03_random_walks_accept_exactly_the_declared_moves_and_replaying_them_gives_the_row() {
    in_town(|town| {
        let mut runner =
            TestRunner::new(Config { cases: 30, failure_persistence: None, ..Config::default() });
        let step = (proptest::sample::select(Move::ALL.to_vec()), 0_i64..200);
        let walk = (proptest::bool::ANY, proptest::collection::vec(step, 1..25));
        runner
            .run(&walk, |(with_team, steps)| {
                walk_and_check(town, if with_team { "pothole" } else { "graffiti" }, &steps);
                Ok(())
            })
            .unwrap();
    });
}

fn walk_and_check(town: &Town<'_>, service: &str, steps: &[(Move, i64)]) {
    let id = town.report(service).id;
    let mut now = at(FRIDAY);
    let (mut status, mut before) = (town.view(id).state.status(), None);
    for (step, pass) in steps {
        now += hours(*pass);
        let had_team = town.view(id).team.is_some();
        let allowed = declared(status).contains(step.as_str());
        assert_eq!(try_step(town, now, id, *step).is_ok(), allowed, "{step} from {status}");
        if allowed {
            let next = leads_to(*step, before, had_team);
            before = if *step == Move::Pause { Some(status) } else { before };
            status = next;
        }
        assert_eq!(town.view(id).state.status(), status, "after {step}");
        replaying_gives_the_row(town, id);
    }
}

/// The history, folded, says what the row says, and the due time computed from it is the stored one (TIME-03).
pub(crate) fn replaying_gives_the_row(town: &Town<'_>, id: RequestId) {
    let row = town.view(id);
    let state = RequestState::fold(&town.history(id)).unwrap();
    let service = town.catalog.service(state.service).unwrap();
    assert_eq!(row.version, state.version);
    assert_eq!(row.state, state.state);
    assert_eq!((row.service, row.department, row.team), (state.service, state.department, state.team()));
    assert_eq!((row.updated_at, row.closed_at), (state.updated_at, state.closed_at));
    assert_eq!(row.first_response_at, state.first_response_at);
    assert_eq!(row.promised_at, state.promise.and_then(|promise| promise.resolve_at));
    assert_eq!(row.due_at, state.due_at(town.catalog.calendar_for(service)).unwrap());
    assert_eq!(row.confidential, state.confidential);
}

#[test]
fn api_03_a_change_that_has_not_seen_the_latest_version_is_refused() {
    in_town(|town| {
        let id = town.report("pothole").id;
        let edit = |expected| {
            let ana = town.ana();
            town.write(move |tx, catalog| {
                requests::accept(tx, &Change { now: at(FRIDAY), by: &ana, catalog, request: id, expected })
            })
        };
        assert!(matches!(edit(Some(7)), Err(RequestError::Stale { expected: 7, found: 1 })));
        assert_eq!(edit(Some(1)).unwrap().version, 2);
        assert!(matches!(edit(Some(1)), Err(RequestError::Stale { expected: 1, found: 2 })));
    });
}

#[test]
fn api_03_of_many_racing_edits_each_accepted_one_is_in_the_history_and_no_other() {
    in_town(|town| {
        let id = town.report("pothole").id;
        let accepted: usize = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..8)
                .map(|racer| {
                    scope.spawn(move || {
                        let race = |turn: usize| {
                            let ana = town.ana();
                            let expected = Some(town.view(id).version);
                            let note = format!("racer {racer} turn {turn}");
                            town.write(move |tx, catalog| {
                                let change =
                                    Change { now: at(FRIDAY), by: &ana, catalog, request: id, expected };
                                requests::add_internal_note(tx, &change, &note)
                            })
                        };
                        (0..25).filter(|turn| race(*turn).is_ok()).count()
                    })
                })
                .collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).sum()
        });
        let history = town.history(id);
        assert_eq!(history.len(), accepted + 1);
        let notes: BTreeSet<String> =
            history.iter().skip(1).map(|next| format!("{:?}", next.event)).collect();
        assert_eq!(notes.len(), accepted, "two edits became one");
        replaying_gives_the_row(town, id);
    });
}

#[test]
fn the_whole_way_from_report_to_reopening_is_told_to_each_reader_in_its_own_words() {
    in_town(|town| {
        let created = town.report_by("graffiti", "Rosa");
        let ana = town.ana();
        let (roads, trees) = (town.team("roads"), town.team("trees"));
        let id = created.id;
        let go = |hour: i64,
                  op: fn(&mut Tx<'_>, &Change<'_>, catalog::TeamId) -> Result<RequestState, RequestError>,
                  team| {
            town.act(&ana, at(FRIDAY) + hours(hour), id, move |tx, change| op(tx, change, team)).unwrap()
        };
        go(1, |tx, change, _| requests::triage(tx, change), trees);
        go(2, requests::assign, trees);
        go(3, |tx, change, team| requests::refuse(tx, change, "A road sign", Some(team)), roads);
        go(4, requests::assign, roads);
        go(5, |tx, change, _| requests::accept(tx, change), roads);
        go(6, |tx, change, _| requests::add_internal_note(tx, change, "Third time here"), roads);
        go(7, |tx, change, _| requests::close(tx, change, Outcome::Done, NOTE), roads);
        town.act_as_reporter(at(FRIDAY) + hours(8), &created, |tx, change| {
            requests::reopen_as_reporter(tx, change, "It is still there", requests::REOPEN_DAYS)
        })
        .unwrap();
        let view = town.view(id);
        assert_eq!((view.state.status(), view.team), (Status::Assigned, Some(roads)));
        assert_eq!(view.first_response_at, Some(at(FRIDAY) + hours(1)));

        let number = created.number.clone();
        let public = town.read(move |tx, id| timeline::public(tx, id, &number)).unwrap().unwrap();
        let public = serde_json::to_string(&public).unwrap();
        for hidden in ["road sign", "Third time", "still there", "bus stop"] {
            assert!(!public.contains(hidden), "{hidden}: {public}");
        }
        let reporter = town.reporter(&created);
        let reported = town.read(move |tx, _| timeline::reported(tx, &reporter)).unwrap();
        let reported = serde_json::to_string(&reported).unwrap();
        assert!(reported.contains("It is still there") && reported.contains("bus stop"));
        assert!(!reported.contains("Third time") && !reported.contains("road sign"));
        let told: Vec<String> = town.news().into_iter().map(|news| news.event).collect();
        assert_eq!(told, ["request.received", "request.accepted", "request.closed", "request.reopened"]);
    });
}

#[test]
fn az_01_each_move_needs_its_permission() {
    in_town(|town| {
        let refused = |by: &Actor, step: Move| {
            let id = town.report("pothole").id;
            let team = town.team("roads");
            matches!(
                town.act(by, at(FRIDAY), id, move |tx, change| make(tx, change, step, team)),
                Err(RequestError::NotAllowed(_))
            )
        };
        for step in Move::ALL {
            assert!(refused(&Actor::Resident, step), "a stranger may {step}");
            assert!(refused(&town.person(&[Role::Auditor]), step), "an auditor may {step}");
            assert!(refused(&town.key(&[Scope::Open311Create]), step), "a creating key may {step}");
        }
        assert!(refused(&town.person(&[Role::Crew]), Move::Assign));
        assert!(!refused(&town.person(&[Role::Crew]), Move::Accept));
    });
}

#[test]
fn az_07_the_staff_next_door_cannot_touch_a_request() {
    in_two_towns(|town, next_door| {
        let id = town.report("pothole").id;
        let refused = town.act(&next_door.ana(), at(FRIDAY), id, requests::accept);
        assert!(matches!(refused, Err(RequestError::NotAllowed(_))));
        let missing = next_door.act(&next_door.ana(), at(FRIDAY), id, requests::accept);
        assert!(matches!(missing, Err(RequestError::Unknown(_))));
    });
}

#[test]
fn history_never_runs_backwards_when_clocks_differ() {
    in_town(|town| {
        let id = town.report("pothole").id;
        let earlier = at(FRIDAY) - hours(1);
        town.act(&town.ana(), earlier, id, requests::accept).unwrap();
        assert_eq!(town.history(id).last().unwrap().at, at(FRIDAY));
    });
}

#[test]
fn a_history_with_a_gap_or_without_its_beginning_is_no_history() {
    in_town(|town| {
        let id = town.report("pothole").id;
        town.act(&town.ana(), at(FRIDAY), id, requests::accept).unwrap();
        let history = town.history(id);
        assert!(RequestState::fold(&[]).is_err());
        assert!(RequestState::fold(&history[1..]).is_err());
        let late = Recorded { seq: 3, ..history[1].clone() };
        assert!(RequestState::fold(&[history[0].clone(), late]).is_err());
        let again = Recorded { seq: 2, ..history[0].clone() };
        assert!(RequestState::fold(&[history[0].clone(), again]).is_err());
        let impossible = Recorded { event: Event::Resumed, ..history[1].clone() };
        assert!(RequestState::fold(&[history[0].clone(), impossible]).is_err());
    });
}

#[test]
fn changing_the_service_moves_the_clock_but_never_the_promise() {
    in_town(|town| {
        let created = town.report("pothole");
        let graffiti = town.service("graffiti");
        town.act(&town.ana(), at(FRIDAY), created.id, move |tx, change| {
            requests::change_service(tx, change, graffiti)
        })
        .unwrap();
        let view = town.view(created.id);
        assert_eq!(view.promised_at, created.promise.unwrap().resolve_at);
        assert_eq!(view.due_at, Some(at(FRIDAY) + hours(48)));
        replaying_gives_the_row(town, created.id);
    });
}
