//! Every mistake in a catalog file is refused, with the line and the field where it is.

use catalog::CatalogError;
use catalog::file::{FileError, parse};

use crate::town::{EXAMPLE, Town, in_an_empty_town, in_town};

/// Puts `wrong` in the place of `right` in the example and expects the message on the line where that is.
fn check(right: &str, wrong: &str, message: &str) {
    let line = line_of(right);
    let error = parse(&EXAMPLE.replacen(right, wrong, 1)).unwrap_err();
    assert_eq!((error.line, error.wrong.to_string().as_str()), (line, message));
}

fn line_of(piece: &str) -> usize {
    let start = EXAMPLE.find(piece).unwrap_or_else(|| panic!("the example has no {piece:?}"));
    EXAMPLE[..start].lines().count() + usize::from(EXAMPLE[..start].ends_with('\n') || start == 0)
}

#[test]
fn the_example_is_accepted() {
    let file = parse(EXAMPLE).unwrap();
    assert_eq!(
        (file.departments.len(), file.teams.len(), file.services.len(), file.notices.len()),
        (2, 3, 7, 2)
    );
}

#[test]
fn misspelled_fields_are_refused() {
    let error = parse(&EXAMPLE.replacen("required = true", "requird = true", 1)).unwrap_err();
    assert_eq!(error.line, line_of("required = true"));
    let words = error.wrong.to_string();
    assert!(words.starts_with("requird: unknown field `requird`, expected one of"), "{words}");
}

#[test]
fn values_of_the_wrong_type_name_their_field() {
    check(
        "required = true",
        "required = \"yes\"",
        "required: invalid type: string \"yes\", expected a boolean",
    );
    check("code = \"where\"", "code = 3", "code: invalid type: integer `3`, expected a string");
    check(
        "public = \"full\"",
        "public = \"everybody\"",
        "public: 'everybody' is not one of hidden, summary, full",
    );
    check(
        "datatype = \"number\"",
        "datatype = \"decimal\"",
        "datatype: 'decimal' is not one of string, text, number, datetime, singlevaluelist, multivaluelist",
    );
}

#[test]
fn text_that_is_no_toml_is_refused_on_its_line() {
    let error = parse("language = \"en\"\n\n[[service]\n").unwrap_err();
    assert_eq!(error.line, 3, "{error}");
}

#[test]
fn flaws_of_an_entry_name_the_way_to_their_field() {
    check(
        "code = \"depth\"",
        "code = \"where\"",
        "service[0].question[2].code: 'where' is already used above",
    );
    check(
        "condition = { question = \"where\", any_of = [\"lane\"] }",
        "condition = { question = \"depth\", any_of = [\"lane\"] }",
        "service[0].question[1].condition.question: the condition names 'depth', which is not a question above this one",
    );
    check(
        "condition = { question = \"where\", any_of = [\"lane\"] }",
        "condition = { question = \"where\", any_of = [\"roof\"] }",
        "service[0].question[1].condition.any_of: there is no value 'roof'",
    );
    check(
        "{ key = \"bike\", name",
        "{ key = \"lane\", name",
        "service[0].question[0].values[1].key: 'lane' is already used above",
    );
    check(
        "url = \"https://power.example/outages\"",
        "url = \"javascript:alert(1)\"",
        "service[4].stopper.url: 'javascript:alert(1)' is not a web address beginning with https:// or http://",
    );
    check(
        "resolution = \"24 hours\"",
        "resolution = \"soon\"",
        "service[1].target[0].resolution: 'soon' is not an allowance such as '4 working hours' or '3 working days'",
    );
    check(
        "from = 2026-05-08T06:30:00",
        "from = 06:30:00",
        "notice[1].from: '06:30:00' is not a date, or a date with a time",
    );
    check(
        "code = \"roads-south\"",
        "code = \"roads-north\"",
        "team[1].code: 'roads-north' is already used above",
    );
    check("name = \"Front desk\"", "name = \"\"", "team[2].name: must not be empty");
}

#[test]
fn calendars_that_contradict_themselves_are_refused() {
    check(
        "friday = \"09:00-13:00\"",
        "friday = \"09:00-13:00,12:00-14:00\"",
        "friday: the periods 09:00-13:00 and 12:00-14:00 overlap",
    );
    let text = "language = \"en\"\n\n[calendar.never]\nzone = \"America/New_York\"\n";
    let error = parse(text).unwrap_err();
    let message =
        "line 3: calendar.never: the calendar cannot be used: it is closed on every day of the week";
    assert_eq!(error.to_string(), message);
}

#[test]
fn a_stopper_has_the_fields_of_its_kind_only() {
    check(
        "kind = \"emergency\", number = \"911\"",
        "kind = \"emergency\"",
        "service[5].stopper.number: must not be empty",
    );
    check(
        "kind = \"emergency\", number",
        "kind = \"not-ours\", number",
        "service[5].stopper.number: does not belong here: only an emergency has a number to call",
    );
}

#[test]
fn a_required_text_that_is_only_shown_is_refused() {
    check(
        "variable = false",
        "required = true\nvariable = false",
        "service[1].question[0].required: a text that is only shown cannot require an answer",
    );
}

/// Puts `wrong` in the place of `right` in the example, applies it, and expects the message on that line.
fn check_applied(town: &Town<'_>, right: &str, wrong: &str, message: &str) {
    match town.apply(&EXAMPLE.replacen(right, wrong, 1)) {
        Err(CatalogError::File(FileError { line, wrong })) => {
            assert_eq!((line, wrong.to_string().as_str()), (line_of(right), message));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_only_the_store_can_know_is_refused_with_its_line() {
    in_an_empty_town(|town| {
        for (right, wrong, message) in [
            ("team = \"clerks\"", "team = \"typists\"", "service[3].team: there is no team 'typists'"),
            (
                "default_calendar = \"town-hall\"",
                "default_calendar = \"moon\"",
                "default_calendar: there is no calendar 'moon'",
            ),
            (
                "department = \"public-works\"\n\n[[team]]\ncode = \"roads-south\"",
                "department = \"parks\"\n\n[[team]]\ncode = \"roads-south\"",
                "team[0].department: there is no department 'parks'",
            ),
            ("service = \"pothole\"", "service = \"hole\"", "notice[0].service: there is no service 'hole'"),
            (
                "until = 2026-06-01T00:00:00",
                "until = 2026-03-01T00:00:00",
                "notice[0].until: ends before it begins",
            ),
        ] {
            check_applied(town, right, wrong, message);
        }
    });
}

#[test]
fn nothing_of_a_refused_file_is_kept() {
    in_town(|town| {
        let before = (town.version(), town.export());
        let broken =
            EXAMPLE.replacen("Pothole", "Hole", 1).replacen("service = \"pothole\"", "service = \"none\"", 1);
        assert!(town.apply(&broken).is_err());
        assert_eq!((town.version(), town.export()), before);
    });
}
