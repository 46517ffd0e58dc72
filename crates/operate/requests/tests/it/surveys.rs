use requests::survey::{self, ANSWERS_MIN, Answer, Satisfaction};
use requests::{Created, ReporterChange, RequestError};

use crate::town::{FRIDAY, Town, at, in_town};

fn withdrawn(town: &Town<'_>) -> Created {
    let created = town.report("pothole");
    let reporter = town.reporter(&created);
    town.write(move |tx, catalog| {
        let change = ReporterChange { now: at(FRIDAY), by: &reporter, catalog };
        requests::withdraw(tx, &change, "It is gone by itself, thank you all.")
    })
    .unwrap();
    created
}

fn answer(town: &Town<'_>, created: &Created, answer: Answer) -> Result<bool, RequestError> {
    let reporter = town.reporter(created);
    town.write(move |tx, catalog| {
        survey::answer(tx, &ReporterChange { now: at(FRIDAY), by: &reporter, catalog }, &answer)
    })
}

fn summary(town: &Town<'_>) -> Option<survey::Summary> {
    let pothole = town.service("pothole");
    town.read(move |tx, home| survey::summary(tx, at(FRIDAY), home, pothole)).unwrap()
}

const FIXED: Answer = Answer { fixed: true, satisfaction: None };

#[test]
fn a_reporter_answers_once_and_the_first_answer_stands() {
    in_town(|town| {
        let created = withdrawn(town);
        let first = Answer { fixed: false, satisfaction: Satisfaction::new(2) };
        assert!(answer(town, &created, first).unwrap());
        assert!(!answer(town, &created, FIXED).unwrap());
        let reporter = town.reporter(&created);
        assert_eq!(town.read(move |tx, _| survey::of(tx, &reporter)).unwrap(), Some(first));
        assert_eq!([0, 6].map(Satisfaction::new), [None, None]);
    });
}

#[test]
fn an_open_request_has_nothing_to_answer_about() {
    in_town(|town| {
        let created = town.report("pothole");
        assert!(matches!(answer(town, &created, FIXED), Err(RequestError::StillOpen)));
    });
}

#[test]
fn fewer_than_five_answers_are_counted_for_nobody() {
    in_town(|town| {
        for answered in 0..ANSWERS_MIN {
            assert_eq!(summary(town), None, "after {answered}");
            let fixed = answered != 1;
            answer(town, &withdrawn(town), Answer { fixed, satisfaction: None }).unwrap();
        }
        assert_eq!(summary(town), Some(survey::Summary { answers: 5, fixed: 4 }));
    });
}
