//! A changed wording is a new version; everything else keeps it.

use catalog::Question;

use crate::town::{EXAMPLE, Town, in_town, service};

fn where_question(town: &Town<'_>) -> Question {
    let catalog = town.catalog();
    service(&catalog, "pothole").question("where").unwrap().clone()
}

fn change(town: &Town<'_>, from: &str, to: &str) {
    assert!(EXAMPLE.contains(from), "{from}");
    town.apply(&EXAMPLE.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_changed_wording_is_a_new_version() {
    in_town(|town| {
        assert_eq!(where_question(town).version, 1);
        change(town, "Where in the street is it?", "Where exactly is it?");
        let question = where_question(town);
        assert_eq!((question.version, question.text.in_language("en")), (2, "Where exactly is it?"));
        assert_eq!(question.order, 1);
    });
}

#[test]
fn a_changed_choice_is_a_new_version_too() {
    in_town(|town| {
        change(town, "In a bicycle lane", "In a bike lane");
        assert_eq!(where_question(town).version, 2);
    });
}

#[test]
fn making_a_question_optional_keeps_its_version() {
    in_town(|town| {
        change(town, "datatype = \"singlevaluelist\"\nrequired = true", "datatype = \"singlevaluelist\"");
        let question = where_question(town);
        assert_eq!((question.version, question.required), (1, false));
    });
}

#[test]
fn a_question_taken_back_up_goes_on_where_it_was() {
    in_town(|town| {
        let depth = "[[service.question]]\ncode = \"depth\"";
        let start = EXAMPLE.find(depth).unwrap();
        let end = start + EXAMPLE[start..].find("# Targets are never").unwrap();
        let without = format!("{}{}", &EXAMPLE[..start], &EXAMPLE[end..]);
        town.apply(&without).unwrap();
        assert_eq!(service(&town.catalog(), "pothole").questions.len(), 2);
        town.apply(EXAMPLE).unwrap();
        assert_eq!(service(&town.catalog(), "pothole").question("depth").unwrap().version, 1);
        town.apply(&without).unwrap();
        change(town, "How deep is it, in inches?", "How deep is it, in centimetres?");
        assert_eq!(service(&town.catalog(), "pothole").question("depth").unwrap().version, 2);
    });
}

#[test]
fn every_wording_ever_asked_is_kept() {
    in_town(|town| {
        change(town, "Where in the street is it?", "Where exactly is it?");
        let wordings = town
            .read(|tx, id| {
                let sql = "select wording from question where jurisdiction_id = $1 and code = $2 order by version limit 9";
                Ok(tx.query(sql, db::params![id, "where"], |row| row.get::<String>(0))?)
            })
            .unwrap();
        assert_eq!(wordings.len(), 2);
        assert!(wordings[0].contains("Where in the street is it?"), "{wordings:?}");
    });
}
