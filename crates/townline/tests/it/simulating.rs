//! Simulating from the command line: what goes in, what comes out, and what is refused.

use serde_json::Value;
use testkit::Engine;

use crate::program::Program;

const CENTER: &str = r#"name = "Small town"
horizon = "1d"
[[queue]]
name = "calls"
skill = "general"
answer_within = "20s"
arrivals = { per_hour = [0, 0, 0, 0, 0, 0, 0, 0, 40, 60, 60, 50, 40, 50, 50, 40, 0, 0, 0, 0, 0, 0, 0, 0] }
handle = "4m"
patience = "2m"
[[team]]
name = "desk"
skills = { general = 1 }
shift = [{ agents = 5, from = "08:00", to = "16:30" }]
"#;

fn program() -> Program {
    Program::on(Engine::Sqlite)
}

fn json(program: &Program, arguments: &[&str]) -> Value {
    serde_json::from_str(&program.succeeds(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn figure<'a>(document: &'a Value, of: &str, figure: &str) -> &'a Value {
    let rows = document["rows"].as_array().unwrap();
    let found = rows.iter().find(|row| row["of"] == of && row["figure"] == figure);
    found.unwrap_or_else(|| panic!("{of} {figure} in {document}"))
}

#[test]
fn every_figure_has_a_mean_and_an_interval() {
    let program = program();
    let center = program.write("town.toml", CENTER);
    let found = json(&program, &["simulate", &center, "--replications", "40", "--seed", "3"]);
    for name in
        ["offered", "answered", "abandoned", "service_level", "speed_of_answer_s", "wait_s", "occupancy"]
    {
        let row = figure(&found, "calls", name);
        let number = |column: &str| row[column].as_f64().unwrap();
        assert!(number("low") <= number("mean") && number("mean") <= number("high"), "{row}");
    }
    assert_eq!(
        (&found["center"], &found["replications"], &found["seed"]),
        (&"Small town".into(), &40.into(), &3.into())
    );
    assert!(found["events"].as_u64().unwrap() > 20_000 && found["cpu_s"].as_f64().unwrap() > 0.0);
    assert!(found["notes"].to_string().contains("within 20 s, over-offered"), "{}", found["notes"]);
}

#[test]
fn figures_depend_on_the_seed_and_not_on_the_number_of_threads() {
    let program = program();
    let center = program.write("town.toml", CENTER);
    let rows = |more: &[&str]| {
        let mut found = json(&program, &[&["simulate", &center, "--replications", "11"][..], more].concat());
        // Everything but what it cost.
        found["rows"].as_array_mut().unwrap().retain(|row| row["figure"] != "cpu_s");
        found["rows"].take()
    };
    let one = rows(&["--threads", "1"]);
    assert_eq!(one, rows(&["--threads", "2"]));
    assert_eq!(one, rows(&["--threads", "7"]));
    assert_ne!(one, rows(&["--seed", "2"]));
}

#[test]
fn replications_go_on_until_the_interval_is_narrow_enough() {
    let program = program();
    let center = program.write("town.toml", CENTER);
    let width = |found: &Value| {
        let row = figure(found, "calls", "service_level");
        (row["high"].as_f64().unwrap() - row["low"].as_f64().unwrap()) / 2.0
    };
    let few = json(&program, &["simulate", &center, "--replications", "10"]);
    let enough = json(&program, &["simulate", &center, "--replications", "10", "--precision", "0.01"]);
    assert!(width(&few) > 0.01 && width(&enough) <= 0.01);
    assert!(enough["replications"].as_u64().unwrap() > 10);
    let ended = json(
        &program,
        &["simulate", &center, "--replications", "10", "--precision", "0.0001", "--replications-max", "30"],
    );
    assert_eq!(ended["replications"], 30);
    assert!(ended["notes"].to_string().contains("after 30 replications"), "{}", ended["notes"]);
}

#[test]
fn two_plans_are_compared_on_the_same_contacts() {
    let program = program();
    let first = program.write("five.toml", CENTER);
    let second = program.write("six.toml", &CENTER.replace("agents = 5", "agents = 6"));
    let found = json(&program, &["simulate", &first, "--compare", &second]);
    let offered = figure(&found, "calls", "offered");
    assert_eq!((&offered["change"], &offered["clear"]), (&0.0.into(), &"no".into()));
    let level = figure(&found, "calls", "service_level");
    assert!(level["change"].as_f64().unwrap() > 0.0 && level["clear"] == "yes", "{level}");
}

#[test]
fn the_way_through_the_day_and_a_picture_are_written() {
    let program = program();
    let center = program.write("town.toml", CENTER);
    let picture = program.path("town.svg");
    let out = program.succeeds(&[
        "simulate",
        &center,
        "--intervals",
        "--format",
        "csv",
        "--plot",
        picture.to_str().unwrap(),
    ]);
    assert!(
        out.starts_with(
            "from,offered,service_level,abandoned_share,waiting,waiting_9_in_10,backlog,busy,on_duty\n"
        ),
        "{out}"
    );
    assert_eq!(out.lines().count(), 49);
    assert!(
        out.lines().nth(18).unwrap().starts_with("Mon 08:30,")
            && out.lines().nth(18).unwrap().ends_with(",5.00"),
        "{out}"
    );
    let svg = std::fs::read_to_string(picture).unwrap();
    for part in ["<title", "<desc", "Small town", "agents on duty", "At most 5 agents"] {
        assert!(svg.contains(part), "{part} is missing");
    }
}

#[test]
fn a_center_may_come_from_standard_input() {
    let ran = program().run_with_input(&["simulate", "-", "--format", "csv", "--replications", "2"], CENTER);
    assert!(ran.code == 0 && ran.out.starts_with("of,figure,mean,low,high\ncalls,offered,"), "{ran:?}");
    let refused = program().run_with_input(&["simulate", "-"], "horizon = 3\n");
    assert!(refused.code == 2 && refused.err.contains("standard input: line 1: queue"), "{refused:?}");
}

#[test]
fn a_center_that_cannot_be_used_is_named_with_line_and_field() {
    let program = program();
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(CENTER.contains(from));
        let center = program.write("bad.toml", &CENTER.replace(from, to));
        let said = program.refuses(&["simulate", &center]);
        for words in [&["bad.toml"], expected].concat() {
            assert!(said.contains(words), "{said} does not say {words}");
        }
    };
    check("{ general = 1 }", "{ permits = 1 }", &["line 12", "team.skills.permits", "no queue asks"]);
    check("agents = 5", "agents = 0", &["line 13", "team.shift.agents", "is 0"]);
    check("\"2m\"", "\"0s\"", &["line 9", "queue.patience", "is 0"]);
    check("\"2m\"", "inf", &["line 9", "queue.patience", "inf"]);
    check("[0, 0", "[9e8, 0", &["line 7", "queue.arrivals", "contacts would come"]);
    check("to = \"16:30\"", "to = \"08:00\"", &["line 13", "team.shift.to", "shorter than a day"]);
    check("horizon", "horizont", &["line 2", "horizont", "horizon"]);
    check("\"4m\"", "\"4 minutes\"", &["line 8", "queue.handle", "4 minutes"]);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let program = program();
    let center = program.write("town.toml", CENTER);
    for (arguments, expected) in [
        (&["--replications", "0"][..], "--replications"),
        (&["--precision", "0"], "--precision"),
        (&["--precision", "NaN"], "--precision"),
        (&["--threads", "0"], "--threads"),
        (&["--compare", "nowhere.toml"], "nowhere.toml"),
    ] {
        let said = program.refuses(&[&["simulate", &center], arguments].concat());
        assert!(said.contains(expected), "{said}");
    }
}
