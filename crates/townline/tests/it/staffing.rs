//! Staffing from the command line: what goes in, what comes out, and what is refused.

use crate::program::{Program, shared};
use serde_json::Value;
use testkit::Engine;

const WEEK: &str = "timestamp,mean,q10,q90
2026-05-04 08:00,60,48,72
2026-05-04 08:30,180,160,199
2026-05-04 09:00,240,218,262
2026-05-05 08:00,0,0,0
2026-05-05 08:30,90,75,104
";

fn program() -> Program {
    Program::on(Engine::Sqlite)
}

fn plan(program: &Program, forecast: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["staff", "plan", "--forecast", forecast, "--format", "json"];
    arguments.extend(more);
    serde_json::from_str(&program.succeeds(&arguments)).unwrap()
}

#[test]
fn every_case_of_the_reference_has_an_answer() {
    let out = program().succeeds(&["staff", "evaluate", &shared("reference/queueing.json")]);
    let answers: Value = serde_json::from_str(&out).unwrap();
    let results = answers["results"].as_array().unwrap();
    assert!(results.len() >= 72);
    for result in results {
        assert!(result["result"].is_object(), "{result}");
    }
}

#[test]
fn a_case_that_cannot_be_solved_does_not_stop_the_rest() {
    let cases = r#"{"cases": [
        {"id": "a", "kind": "erlang_d", "input": {}},
        {"id": "b", "kind": "erlang_b", "input": {"servers": 1, "offered_load": 1}},
        {"id": "c", "kind": "erlang_a", "input": {"agents": 3, "calls": 1, "interval_s": 60, "aht_s": 60, "mean_patience_s": 0, "threshold_s": 20}},
        {"id": "d", "kind": "erlang_c", "input": {"agents": 3, "calls": 10, "interval_s": 1800, "aht_s": 600, "threshold_s": 20, "color": "red"}},
        {"kind": "erlang_b", "input": {"servers": 2.5, "offered_load": 1}}]}"#;
    let ran = program().run_with_input(&["staff", "evaluate", "-"], cases);
    assert_eq!(ran.code, 0, "{ran:?}");
    let answers: Value = serde_json::from_str(&ran.out).unwrap();
    let error = |nth: usize| answers["results"][nth]["error"].as_str().unwrap().to_owned();
    assert!(error(0).contains("erlang_d"));
    assert_eq!(answers["results"][1]["result"]["blocking"], 0.5);
    assert!(error(2).contains("mean_patience_s is 0"), "{}", error(2));
    assert_eq!(answers["results"][3]["result"], serde_json::json!({ "stable": false }));
    assert_eq!(answers["results"][3]["ignored_fields"], serde_json::json!(["color"]));
    assert!(error(4).contains("case 5") && error(4).contains("servers is 2.5"), "{}", error(4));
}

#[test]
fn a_plan_says_which_target_asked_for_the_agents() {
    let program = program();
    let forecast = program.write("week.csv", WEEK);
    let targets = ["--aht", "240", "--patience", "120", "--target", "80/20", "--max-occupancy", "0.8"];
    let planned = plan(&program, &forecast, &targets);
    let rows = planned["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0]["load_erlangs"], 8.0);
    assert!(rows[2]["binding"].as_str().unwrap().contains("occupancy"), "{}", rows[2]);
    assert!(rows[2]["occupancy"].as_f64().unwrap() <= 0.8);
    assert!(rows[2]["service_level"].as_f64().unwrap() >= 0.8);
    assert_eq!(rows[3]["agents"], 0);
    let notes = planned["notes"].to_string();
    assert!(
        notes.contains("1 gap in")
            && notes.contains("2026-05-05 08:00")
            && notes.contains("intervals that expect nobody: 1"),
        "{notes}"
    );
}

#[test]
fn shrinkage_by_cause_and_cost_add_up() {
    let program = program();
    let forecast = program.write("week.csv", WEEK);
    let arguments = [
        "--aht",
        "240",
        "--target",
        "80/20",
        "--cost-per-hour",
        "30",
        "--shrinkage",
        "breaks=0.1,training=0.15",
    ];
    let planned = plan(&program, &forecast, &arguments);
    for row in planned["rows"].as_array().unwrap() {
        let (agents, scheduled) = (row["agents"].as_f64().unwrap(), row["scheduled"].as_f64().unwrap());
        assert_eq!(scheduled, (agents / 0.75 - 1e-9).ceil());
        assert_eq!(row["cost"].as_f64().unwrap(), scheduled * 15.0);
    }
    let totals = &planned["totals"];
    assert_eq!(totals["cost"].as_f64().unwrap(), totals["paid_hours"].as_f64().unwrap() * 30.0);
    let breaks = totals["paid_hours_away_by_cause"]["breaks"].as_f64().unwrap();
    assert!((breaks - totals["paid_hours"].as_f64().unwrap() * 0.1).abs() < 1e-9);
}

#[test]
fn the_way_through_the_day_asks_for_fewer_agents_on_the_way_up_and_keeps_the_target() {
    let program = program();
    let forecast = program
        .write("up.csv", "timestamp,count\n2026-05-04 08:00,20\n2026-05-04 08:05,80\n2026-05-04 08:10,80\n");
    let arguments = ["--aht", "300", "--patience", "120", "--target", "80/20"];
    let steady = plan(&program, &forecast, &arguments);
    let through = plan(&program, &forecast, &[&arguments[..], &["--model", "transient"]].concat());
    let agents = |planned: &Value, nth: usize| planned["rows"][nth]["agents"].as_u64().unwrap();
    assert!(agents(&through, 1) < agents(&steady, 1));
    assert!(through["rows"][1]["service_level"].as_f64().unwrap() >= 0.8);
}

#[test]
fn a_plan_is_written_as_csv_table_and_picture() {
    let program = program();
    let forecast = program.write("week.csv", WEEK);
    let picture = program.path("week.svg");
    let common =
        ["staff", "plan", "--forecast", &forecast, "--aht", "240", "--patience", "2m", "--target", "80/20"];
    let csv =
        program.succeeds(&[&common[..], &["--format", "csv", "--plot", picture.to_str().unwrap()]].concat());
    assert!(
        csv.starts_with("timestamp,contacts,load_erlangs,agents,scheduled,binding,service_level"),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 6);
    let table = program.run(&common);
    assert!(table.out.contains("2026-05-04 09:00") && table.err.contains("note: 1 gap in"), "{table:?}");
    let svg = std::fs::read_to_string(picture).unwrap();
    for part in
        ["<title", "<desc", "role=\"img\"", "agents at work", "load from q10 to q90", "2026-05-04 08:30"]
    {
        assert!(svg.contains(part), "{part} is missing");
    }
}

const QUEUES: &str = "timestamp,channel,mean,aht
2026-05-04 08:00,all,80,0.5
2026-05-04 08:00,phone,60,240
2026-05-04 08:00,web,20,300
2026-05-04 08:30,all,240,0.5
2026-05-04 08:30,phone,180,240
2026-05-04 08:30,web,60,300
";

#[test]
fn queues_are_planned_apart_or_as_a_pool_that_needs_no_more() {
    let program = program();
    let forecast = program.write("queues.csv", QUEUES);
    let arguments = ["--queues", "channel", "--patience", "120", "--target", "80/20", "--fractions"];
    let apart = plan(&program, &forecast, &arguments);
    let rows = apart["rows"].as_array().unwrap();
    // Rows that sum over the queues are left out.
    let queues: Vec<&str> = rows.iter().map(|row| row["queue"].as_str().unwrap()).collect();
    assert_eq!(queues, ["phone", "web", "phone", "web"]);
    for row in rows {
        let (whole, parts) = (row["agents"].as_f64().unwrap(), row["agents_fraction"].as_f64().unwrap());
        assert!(parts <= whole && parts >= whole - 1.0, "{row}");
    }
    let pooled = plan(&program, &forecast, &[&arguments[..], &["--pooled"]].concat());
    for (nth, row) in pooled["rows"].as_array().unwrap().iter().enumerate() {
        let number = |name: &str| row[name].as_f64().unwrap();
        let alone: f64 = (0..2).map(|queue| rows[2 * nth + queue]["agents"].as_f64().unwrap()).sum();
        assert_eq!(number("agents_apart"), alone);
        assert!(number("agents") <= alone, "{row}");
        assert!(
            (number("agents_for_phone") + number("agents_for_web") - number("agents")).abs() < 1e-9,
            "{row}"
        );
    }
    let hint = program.refuses(&["staff", "plan", "--forecast", &forecast, "--target", "80/20"]);
    assert!(hint.contains("line 3") || hint.contains("--queues"), "{hint}");
}

#[test]
fn work_that_may_wait_fills_the_gaps_and_is_done_by_its_deadline() {
    let program = program();
    let forecast = program.write("week.csv", WEEK);
    let mail = "timestamp,count\n2026-05-04 07:00,10\n2026-05-04 08:30,30\n2026-05-05 08:00,5\n";
    let mail = program.write("mail.csv", mail);
    let common = ["--aht", "240", "--patience", "120", "--target", "80/20", "--deferred", &mail];
    let arguments =
        [&common[..], &["--deferred-aht", "360", "--deadline", "90m", "--backlog", "20"]].concat();
    let planned = plan(&program, &forecast, &arguments);
    let rows = planned["rows"].as_array().unwrap();
    let sum = |name: &str| rows.iter().map(|row| row[name].as_f64().unwrap()).sum::<f64>();
    // 65 pieces of six minutes.
    let left = rows[4]["deferred_left_hours"].as_f64().unwrap();
    assert!((sum("deferred_done_hours") + left - 6.5).abs() < 1e-9, "{planned}");
    assert!(rows[0]["agents_deferred"].as_f64().unwrap() > 0.0);
    for row in rows {
        let people = row["agents"].as_f64().unwrap() + row["agents_deferred"].as_f64().unwrap();
        assert_eq!(row["scheduled"].as_f64().unwrap(), people);
    }
    let notes = planned["notes"].to_string();
    assert!(notes.contains("10.0 pieces of deferred work come while closed"), "{notes}");
    let late = program.write("late.csv", "timestamp,count\n2026-06-01 08:00,10\n");
    let arguments = ["--aht", "240", "--target", "80/20", "--deferred", &late, "--deadline", "4h"];
    let said = program.refuses(&[&["staff", "plan", "--forecast", &forecast][..], &arguments].concat());
    assert!(said.contains("late.csv: line 2") && said.contains("after the last interval"), "{said}");
}

#[test]
fn chats_need_fewer_agents_than_calls_of_the_same_length() {
    let program = program();
    let forecast = program.write("chats.csv", WEEK);
    let arguments = ["--patience", "90", "--target", "80/30"];
    let chats = plan(&program, &forecast, &[&arguments[..], &["--chat", "300,380,470"]].concat());
    let calls = plan(&program, &forecast, &[&arguments[..], &["--aht", "300"]].concat());
    let one_at_a_time = plan(&program, &forecast, &[&arguments[..], &["--chat", "300"]].concat());
    for nth in [0, 1, 2, 4] {
        let agents = |planned: &Value| planned["rows"][nth]["agents"].as_u64().unwrap();
        assert!(agents(&chats) < agents(&calls), "{nth}");
        assert_eq!(agents(&one_at_a_time), agents(&calls));
        assert!(chats["rows"][nth]["service_level"].as_f64().unwrap() >= 0.8);
    }
    let arguments = ["--chat", "300,0", "--target", "80/30"];
    let said = program.refuses(&[&["staff", "plan", "--forecast", &forecast][..], &arguments].concat());
    assert!(said.contains("chat"), "{said}");
}

#[test]
fn a_forecast_that_cannot_be_used_is_named_with_line_and_field() {
    let program = program();
    let check = |text: &str, expected: &[&str]| {
        let forecast = program.write("bad.csv", text);
        let said =
            program.refuses(&["staff", "plan", "--forecast", &forecast, "--aht", "240", "--target", "80/20"]);
        for words in expected {
            assert!(said.contains(words), "{said} does not say {words}");
        }
    };
    check(
        "timestamp,mean\n2026-05-04 08:00,5\n2026-05-04 08:30,-1\n",
        &["bad.csv", "line 3", "contacts", "-1"],
    );
    check("timestamp,mean\n2026-05-04 08:00,NaN\n2026-05-04 08:30,1\n", &["line 2", "NaN"]);
    check("timestamp,mean\n2026-05-04 08:30,5\n2026-05-04 08:00,1\n", &["line 3", "not after"]);
    check("timestamp,mean\n2026-05-04 08:30,5\n2026-05-04 08:30,1\n", &["line 3", "not after"]);
    check("timestamp,mean\nyesterday,5\n", &["line 2", "timestamp", "yesterday"]);
    check("timestamp,calls\n2026-05-04 08:30,5\n", &["line 1", "mean or count", "calls"]);
    check("time,mean\n2026-05-04 08:30,5\n", &["line 1", "timestamp"]);
    check("timestamp,mean\n2026-05-04 08:00,5\n", &["--interval"]);
    check("timestamp,mean\n", &["no interval"]);
    check(
        "timestamp,mean\n2026-05-04 08:00,5\n2026-05-04 08:30,1\n2026-05-04 09:10,1\n",
        &["line 4", "multiple"],
    );
    check("timestamp,mean,aht\n2026-05-04 08:00,5,0\n2026-05-04 08:30,1,200\n", &["line 2", "aht"]);
    check("timestamp,mean\n2026-05-04 08:00,5,7\n", &["line: 2"]);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let program = program();
    let forecast = program.write("week.csv", WEEK);
    let check = |arguments: &[&str], expected: &str| {
        let said = program.refuses(&[&["staff", "plan", "--forecast", &forecast], arguments].concat());
        assert!(said.contains(expected), "{said}");
    };
    check(&["--target", "80/20"], "--aht");
    check(&["--aht", "240"], "target");
    check(&["--aht", "240", "--max-abandon", "0.05"], "gives up");
    check(&["--aht", "240", "--target", "80/20", "--model", "transient"], "--patience");
    check(&["--aht", "240", "--patience", "60", "--asa", "20", "--model", "transient"], "target_asa_s");
    check(
        &["--aht", "240", "--patience", "uniform:60", "--target", "80/20", "--model", "transient"],
        "exponential patience only",
    );
    check(&["--aht", "240", "--patience", "0", "--target", "80/20"], "no length of time");
    check(&["--aht", "NaN", "--target", "80/20"], "NaN");
    check(&["--aht", "240", "--max-occupancy", "0"], "max_occupancy");
    check(&["--aht", "240", "--target", "80/20", "--shrinkage", "1"], "shrinkage");
    let missing =
        program.refuses(&["staff", "plan", "--forecast", "nowhere.csv", "--aht", "1", "--target", "80/20"]);
    assert!(missing.contains("nowhere.csv"), "{missing}");
    assert!(
        program.run_with_input(&["staff", "evaluate", "-"], "{\"cases\": [{NaN}]}").err.contains("line 1")
    );
}

#[test]
fn one_more_and_one_less_are_shown_with_their_cost() {
    let program = program();
    let common = ["staff", "compare", "--calls", "100", "--aht", "180", "--agents", "11", "--around", "1"];
    let table = program.run(&[&common[..], &["--cost-per-hour", "30", "--format", "csv"]].concat());
    assert_eq!(table.code, 0, "{table:?}");
    let rows: Vec<&str> = table.out.lines().skip(1).collect();
    assert!(rows[0].starts_with("10,,,,,,150.00") && rows[1].starts_with("11,0."), "{table:?}");
    assert!(rows[2].ends_with(",180.00") && table.err.contains("1 rows have no steady state"), "{table:?}");
    assert!(
        program
            .refuses(&["staff", "compare", "--calls", "-1", "--aht", "180", "--agents", "11"])
            .contains("calls")
    );
}

#[test]
fn patience_is_read_from_records_and_wrong_lines_are_named() {
    let program = program();
    let records = program.write("queue.csv", "wait_s,abandoned\n100,no\n20,yes\n60,1\n");
    let out = program.succeeds(&["staff", "patience", &records, "--format", "csv"]);
    assert!(out.lines().nth(1).unwrap().starts_with("3,2,90.0,"), "{out}");
    let patient = program.write("patient.csv", "wait_s,abandoned\n100,no\n");
    let said = program.run(&["staff", "patience", &patient]);
    assert!(said.code == 0 && said.err.contains("nobody gave up"), "{said:?}");
    for (text, expected) in [
        ("wait_s,abandoned\n5,no\nNaN,no\n", "line 3"),
        ("wait_s,abandoned\n5,perhaps\n", "perhaps"),
        ("wait_s\n5\n", "no column abandoned"),
    ] {
        let said = program.refuses(&["staff", "patience", &program.write("bad.csv", text)]);
        assert!(said.contains(expected), "{said}");
    }
}
