//! What a form or an Open311 client sends, against the questions of the example catalog.

use catalog::{AnswerProblem, Answers, Question, QuestionDraft, Service, Stopper};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

use crate::town::EXAMPLE;

/// A service of the example as it would be loaded; answer checking needs no store.
fn service(code: &str) -> Service {
    let file = catalog::file::parse(EXAMPLE).unwrap();
    let draft =
        file.services.into_iter().map(|service| service.draft).find(|draft| draft.code == code).unwrap();
    Service {
        id: Uuid::nil().into(),
        code: draft.code,
        name: draft.name,
        description: draft.description,
        group: draft.group,
        keywords: draft.keywords,
        icon: draft.icon,
        public: draft.public,
        kind: draft.kind,
        photo: draft.photo,
        department: Uuid::nil().into(),
        team: None,
        routes: Vec::new(),
        calendar: draft.calendar,
        duplicate_radius_m: draft.duplicate_radius_m,
        stopper: draft.stopper,
        active: draft.active,
        questions: (1_u32..).zip(draft.questions).map(|(order, draft)| question(order, draft)).collect(),
    }
}

fn question(order: u32, draft: QuestionDraft) -> Question {
    Question {
        code: draft.code,
        version: 1,
        datatype: draft.datatype,
        variable: draft.variable,
        required: draft.required,
        order,
        text: draft.text,
        hint: draft.hint,
        values: draft.values,
        condition: draft.condition,
    }
}

fn given(attributes: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    let values = |list: &[&str]| list.iter().map(|value| (*value).to_owned()).collect();
    attributes.iter().map(|(code, list)| ((*code).to_owned(), values(list))).collect()
}

fn check(code: &str, attributes: &[(&str, &[&str])]) -> Result<Answers, Vec<AnswerProblem>> {
    service(code).check_answers(&given(attributes), &TimeZone::get("America/New_York").unwrap())
}

/// Expects the answers as `code=key,key` and the extra ones as `code?value`.
fn check_taken(code: &str, attributes: &[(&str, &[&str])], expected: &[&str]) {
    let answers = check(code, attributes).unwrap_or_else(|problems| panic!("{problems:?}"));
    let kept =
        answers.answers.iter().map(|a| format!("{}={}", a.code, a.keys().collect::<Vec<_>>().join(",")));
    let extra = answers.extra.iter().map(|e| format!("{}?{}", e.code, e.values.join(",")));
    assert_eq!(kept.chain(extra).collect::<Vec<_>>(), expected);
}

/// Expects these problems, in words.
fn check_refused(code: &str, attributes: &[(&str, &[&str])], expected: &[&str]) {
    let problems = check(code, attributes).expect_err("these answers must be refused");
    assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
}

#[test]
fn every_missing_required_answer_is_named() {
    check_refused("dead-animal", &[], &["animals required"]);
    check_refused("dead-animal", &[("animals", &["", "  "])], &["animals required"]);
    check_refused("marriage-record", &[("purpose", &["school"])], &["names required"]);
}

#[test]
fn a_list_takes_keys_and_not_names() {
    check_taken("pothole", &[("where", &["bike"])], &["where=bike"]);
    check_refused(
        "pothole",
        &[("where", &["In a bicycle lane"])],
        &["where has no value 'In a bicycle lane'"],
    );
}

#[test]
fn several_values_are_for_multi_value_lists_only() {
    check_taken("dead-animal", &[("animals", &["pet", "deer", "pet"])], &["animals=pet,deer"]);
    check_taken("dead-animal", &[("animals", &["pet"]), ("animals", &["deer"])], &["animals=pet,deer"]);
    check_taken("pothole", &[("where", &["bike", "bike"])], &["where=bike"]);
    check_refused(
        "pothole",
        &[("where", &["bike", "lane"])],
        &["where takes one value, 2 different ones were given"],
    );
}

#[test]
fn an_empty_choice_of_an_optional_list_is_no_answer() {
    check_taken("pothole", &[("where", &["lane"]), ("swerving", &[""])], &["where=lane"]);
}

#[test]
fn numbers_are_decimal_and_kept_as_typed() {
    for number in ["3", "-0.50", "+12.25", ".5", "007"] {
        check_taken(
            "pothole",
            &[("where", &["bike"]), ("depth", &[number])],
            &["where=bike", &format!("depth={number}")],
        );
    }
    for number in ["three", "1,5", "NaN", "inf", "1e9", "0x10", "1.", "--1", ".", "1 2", &"9".repeat(41)] {
        check_refused("pothole", &[("where", &["bike"]), ("depth", &[number])], &["depth must be a number"]);
    }
}

#[test]
fn times_without_a_zone_are_those_of_the_town() {
    for (typed, kept) in [
        ("2026-05-08T14:30", "2026-05-08T14:30:00-04:00"),
        ("2026-05-08T14:30:00Z", "2026-05-08T10:30:00-04:00"),
        ("2026-01-08", "2026-01-08T00:00:00-05:00"),
        ("2026-05-08T14:30:00 02:00", "2026-05-08T08:30:00-04:00"),
    ] {
        check_taken("missed-trash", &[("set-out", &[typed])], &[&format!("set-out={kept}")]);
    }
    check_refused(
        "missed-trash",
        &[("set-out", &["yesterday"])],
        &["set-out must be a date or a date with a time, such as 2026-05-08T14:30:00Z"],
    );
}

#[test]
fn a_line_has_no_breaks_and_a_text_keeps_them() {
    check_taken(
        "marriage-record",
        &[("names", &["Rosa Lee\nSam Lee"]), ("purpose", &["For school.\r\nIt is \u{7}urgent."])],
        &["names=Rosa Lee Sam Lee", "purpose=For school.\nIt is  urgent."],
    );
}

#[test]
fn inp_02_lengths_are_counted_in_characters() {
    let line = "é".repeat(1_000);
    check_taken("marriage-record", &[("names", &[&line])], &[&format!("names={line}")]);
    let long = "é".repeat(1_001);
    check_refused(
        "marriage-record",
        &[("names", &[&long])],
        &["names must not be longer than 1000 characters"],
    );
}

#[test]
fn a_question_whose_condition_is_not_met_is_not_asked() {
    check_taken("pothole", &[("where", &["lane"]), ("swerving", &["yes"])], &["where=lane", "swerving=yes"]);
    // The answer is not lost, but it does not count, and a wrong one does no harm.
    check_taken(
        "pothole",
        &[("where", &["bike"]), ("swerving", &["perhaps"])],
        &["where=bike", "swerving?perhaps"],
    );
}

#[test]
fn a_required_question_that_is_not_asked_is_not_missing() {
    let mut service = service("pothole");
    service.questions[1].required = true;
    let zone = TimeZone::UTC;
    assert!(service.check_answers(&given(&[("where", &["bike"])]), &zone).is_ok());
    assert!(service.check_answers(&given(&[("where", &["lane"])]), &zone).is_err());
}

#[test]
fn the_form_shows_a_conditional_question_once_its_condition_is_met() {
    let service = service("pothole");
    let codes = |attributes: &[(&str, &[&str])]| -> Vec<String> {
        service.questions_asked(&given(attributes)).iter().map(|q| q.code.clone()).collect()
    };
    assert_eq!(codes(&[]), ["where", "depth"]);
    assert_eq!(codes(&[("where", &["lane"])]), ["where", "swerving", "depth"]);
}

#[test]
fn codes_we_never_asked_for_are_kept_as_extra() {
    check_taken(
        "pothole",
        &[("uprn", &["100", "200"]), ("where", &["bike"]), ("empty", &[""])],
        &["where=bike", "uprn?100,200"],
    );
}

#[test]
fn text_that_is_only_shown_takes_no_answer() {
    check_taken(
        "dead-animal",
        &[("safety", &["ok"]), ("animals", &["deer"])],
        &["animals=deer", "safety?ok"],
    );
}

#[test]
fn inp_09_a_flood_of_attributes_is_refused_before_any_work() {
    let flood: Vec<(String, Vec<String>)> =
        (0..201).map(|n| (format!("a{n}"), vec!["x".to_owned()])).collect();
    let problems = service("power-outage").check_answers(&flood, &TimeZone::UTC).unwrap_err();
    assert_eq!(problems[0].to_string(), "attribute must not have more than 200 items");
    let values: Vec<String> = (0..100_000).map(|n| n.to_string()).collect();
    let problems =
        service("power-outage").check_answers(&[("a".to_owned(), values)], &TimeZone::UTC).unwrap_err();
    assert_eq!(problems[0].to_string(), "a must not have more than 500 items");
}

#[test]
fn an_answer_keeps_the_words_it_was_asked_with_in_every_language() {
    let answers = check("pothole", &[("where", &["lane"])]).unwrap();
    let answer = answers.to("where").unwrap();
    assert_eq!(answer.question_text.in_language("es"), "¿En qué parte de la calle está?");
    assert_eq!(answer.values[0].shown("es"), "En un carril");
    assert_eq!(answer.version, 1);
}

#[test]
fn answers_survive_being_stored_as_json() {
    let answers = check("pothole", &[("where", &["lane"]), ("depth", &["3"]), ("uprn", &["1"])]).unwrap();
    let json = serde_json::to_string(&answers).unwrap();
    assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
}

#[test]
fn a_chosen_value_can_show_that_somebody_else_must_be_asked() {
    let service = service("pothole");
    let stopper = |key: &str| service.stopper_for(&check("pothole", &[("where", &[key])]).unwrap()).cloned();
    assert_eq!(stopper("lane"), None);
    let Some(Stopper::NotOurs { whom, phone, .. }) = stopper("state") else { panic!("Route 9 is not ours") };
    assert_eq!((whom.in_language("es"), phone.as_deref()), ("State Highway Office", Some("+1 555 0100")));
}

proptest! {
    #[test]
    fn whatever_is_sent_is_answered_and_nothing_filled_in_is_lost(
        attributes in proptest::collection::vec(
            ("where|swerving|depth|[a-z]{1,5}", proptest::collection::vec("lane|bike|yes|[ -~é\\n]{0,12}", 0..3)), 0..6),
    ) {
        let zone = TimeZone::UTC;
        let service = service("pothole");
        if let Ok(answers) = service.check_answers(&attributes, &zone) {
            let kept = |code: &str| answers.to(code).is_some() || answers.extra.iter().any(|e| e.code == code);
            for (code, values) in &attributes {
                prop_assert!(values.iter().all(|value| value.trim().is_empty()) || kept(code));
            }
            // Checking what was accepted once more changes nothing.
            let again: Vec<(String, Vec<String>)> =
                answers.answers.iter().map(|a| (a.code.clone(), a.keys().map(str::to_owned).collect())).collect();
            prop_assert_eq!(service.check_answers(&again, &zone).unwrap().answers, answers.answers);
        }
    }
}
