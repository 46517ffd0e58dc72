//! `townline forecast`: files in, forecasts out, and what is said of files that are not right.

use serde_json::Value;

use crate::program::Program;
use testkit::Engine;

/// Hours 8 to 12 of working days, as `timestamp,count` from Monday 2024-01-01 on.
fn office(days: i64) -> String {
    let first = jiff::civil::date(2024, 1, 1);
    let mut text = String::from("timestamp,count\n");
    for date in first.series(jiff::Span::new().days(1)).take(days as usize) {
        if date.weekday().to_monday_zero_offset() < 5 {
            for hour in 8..13 {
                let count = 40 + (i32::from(date.day()) * 3 + hour * 5) % 11
                    - 2 * i32::from(date.weekday().to_monday_zero_offset());
                text.push_str(&format!("{date} {hour:02}:00,{count}\n"));
            }
        }
    }
    text
}

fn program() -> Program {
    Program::on(Engine::Sqlite)
}

/// What is said, on standard error, of a file that cannot be used.
fn refusal(text: &str, arguments: &[&str]) -> String {
    let program = program();
    let file = program.write("calls.csv", text);
    let ran = program.run(&[&["forecast", &file][..], arguments].concat());
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(ran.out, "");
    ran.err
}

#[test]
fn five_open_days_ahead_have_an_interval_each_hour_they_are_open() {
    let program = program();
    let file = program.write("calls.csv", &office(61));
    let text = program.succeeds(&[
        "forecast",
        &file,
        "--interval",
        "60m",
        "--horizon",
        "5d",
        "--quantiles",
        "0.025,0.5,0.9",
    ]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "timestamp,mean,q2.5,q50,q90");
    assert_eq!(lines.len(), 1 + 25);
    // Day 61 is Friday, 1 March.
    assert!(lines[1].starts_with("2024-03-04 08:00,"), "{}", lines[1]);
}

#[test]
fn standard_input_gives_the_same_as_a_file() {
    let program = program();
    let file = program.write("calls.csv", &office(61));
    let of_file = program.succeeds(&["forecast", &file, "--interval", "1h", "--horizon", "10"]);
    let of_input =
        program.run_with_input(&["forecast", "-", "--interval", "1h", "--horizon", "10"], &office(61));
    assert_eq!((of_input.code, of_input.out), (0, of_file));
}

#[test]
fn the_json_document_explains_every_day() {
    let program = program();
    let file = program.write("calls.csv", &office(61));
    let text =
        program.succeeds(&["forecast", &file, "--interval", "1h", "--horizon", "3d", "--format", "json"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    for day in document["days"].as_array().unwrap() {
        let reasons = day["reasons"].as_object().unwrap();
        let product: f64 = reasons.values().map(|factor| factor.as_f64().unwrap()).product();
        assert!((product / day["mean"].as_f64().unwrap() - 1.0).abs() < 1e-9, "{day}");
    }
}

#[test]
fn the_score_stands_beside_the_plain_methods() {
    let program = program();
    let file = program.write("calls.csv", &office(90));
    let arguments = [
        "forecast",
        "score",
        &file,
        "--interval",
        "1h",
        "--origins",
        "4",
        "--step",
        "2d",
        "--horizon",
        "5d",
        "--format",
        "json",
    ];
    let document: Value = serde_json::from_str(&program.succeeds(&arguments)).unwrap();
    let methods = document["methods"].as_array().unwrap();
    let names: Vec<&str> = methods.iter().map(|method| method["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["townline", "seasonal naive", "seasonal mean", "exponential smoothing"]);
    for measure in ["wape", "bias", "mase", "wql", "cover80", "cover95", "cpu_s"] {
        assert!(methods.iter().all(|method| method[measure].is_f64()), "{measure}");
    }
}

#[test]
fn the_picture_has_a_title_and_words_for_those_who_cannot_see_it() {
    let program = program();
    let (file, picture) = (program.write("calls.csv", &office(61)), program.path("calls.svg"));
    program.succeeds(&[
        "forecast",
        &file,
        "--interval",
        "1h",
        "--horizon",
        "5d",
        "--plot",
        picture.to_str().unwrap(),
    ]);
    let svg = std::fs::read_to_string(picture).unwrap();
    for part in [
        "<title id=\"title\">Contacts expected from",
        "<desc id=\"description\">",
        "80 % range",
        "contacts in 60m",
        "came",
    ] {
        assert!(svg.contains(part), "{part} is missing");
    }
}

/// The office with each count shared out to a channel and two topics, and handle times.
fn by_channel_and_topic(days: i64) -> String {
    let mut text = String::from("timestamp,channel,topic,count,aht\n");
    for line in office(days).lines().skip(1) {
        let (at, count) = line.split_once(',').unwrap();
        let count: u32 = count.parse().unwrap();
        for (channel, topic, share, aht) in
            [("phone", "trash", 2, 180), ("phone", "pothole", 3, 240), ("web", "trash", 5, 300)]
        {
            text.push_str(&format!("{at},{channel},{topic},{},{aht}\n", count / share));
        }
    }
    text
}

#[test]
fn channels_and_topics_sum_to_their_total_in_every_interval_and_handle_times_are_their_mean() {
    let program = program();
    let file = program.write("parts.csv", &by_channel_and_topic(61));
    let arguments = ["--interval", "1h", "--horizon", "2d", "--by", "channel,topic"];
    let arguments = [&arguments[..], &["--handle-time-column", "aht", "--format", "json"]].concat();
    let text = program.succeeds(&[&["forecast", &file][..], &arguments].concat());
    let document: Value = serde_json::from_str(&text).unwrap();
    for (kind, key) in [("intervals", "timestamp"), ("days", "date"), ("weeks", "week_from")] {
        let rows = document[kind].as_array().unwrap();
        let mean = |key_of: &Value, channel: &str, topic: &str| {
            let row = rows
                .iter()
                .find(|row| row[key] == *key_of && row["channel"] == channel && row["topic"] == topic);
            row.map_or(0.0, |row| row["mean"].as_f64().unwrap())
        };
        for at in rows.iter().map(|row| &row[key]) {
            let parts = [mean(at, "phone", "trash"), mean(at, "phone", "pothole"), mean(at, "web", "trash")];
            let close = |sum: f64, whole: f64| (sum - whole).abs() < 1e-9 * whole;
            assert!(close(parts.iter().sum(), mean(at, "all", "all")), "{kind} {at}");
            assert!(close(parts[0] + parts[1], mean(at, "phone", "all")), "{kind} {at}");
            assert!(close(parts[0] + parts[2], mean(at, "all", "trash")), "{kind} {at}");
        }
    }
    let first = &document["intervals"][0];
    let seconds = first["aht"].as_f64().unwrap();
    assert!(seconds > 200.0 && seconds < 245.0 && first["aht_q90"].as_f64().unwrap() >= seconds, "{first}");
}

#[test]
fn rows_of_one_time_are_refused_until_it_is_said_what_tells_them_apart() {
    let text = by_channel_and_topic(61);
    let refused = refusal(&text, &["--interval", "1h"]);
    assert!(refused.contains("line 3") && refused.contains("--by or --sum-over"), "{refused}");
    assert!(refusal(&text, &["--interval", "1h", "--by", "channel"]).contains("comes twice"));
    assert!(refusal(&text, &["--interval", "1h", "--by", "chanel"]).contains("timestamp, channel, topic"));
    let empty = "timestamp,channel,count\n2024-01-01 08:00,,3\n";
    assert!(refusal(empty, &["--interval", "1h", "--by", "channel"]).contains("line 2: channel is empty"));
    let slow = "timestamp,count,aht\n2024-01-01 08:00,3,0\n";
    let refused = refusal(slow, &["--interval", "1h", "--handle-time-column", "aht"]);
    assert!(refused.contains("line 2: aht \"0\" is not a number of seconds above 0"), "{refused}");
    let program = program();
    let file = program.write("parts.csv", &text);
    let summed = ["--interval", "1h", "--horizon", "5", "--sum-over", "channel,topic"];
    assert_eq!(program.succeeds(&[&["forecast", &file][..], &summed].concat()).lines().count(), 6);
}

#[test]
fn what_came_today_moves_the_rest_of_the_day() {
    let program = program();
    // Days differ as a whole, so that a morning tells.
    let mut text = String::from("timestamp,count\n");
    for line in office(89).lines().skip(1) {
        let (at, count) = line.split_once(',').unwrap();
        let day: u32 = at[8..10].parse().unwrap();
        text.push_str(&format!("{at},{}\n", count.parse::<u32>().unwrap() * (7 + day * 7 % 11) / 10));
    }
    let file = program.write("calls.csv", &text);
    // Day 90 is Saturday, 30 March; the next open day is the Monday after.
    let today = program.write("today.csv", "timestamp,count\n2024-04-01 08:00,90\n2024-04-01 09:00,90\n");
    let common = ["forecast", &file, "--interval", "1h", "--horizon", "1d"];
    let morning = program.succeeds(&common);
    let noon = program.succeeds(&[&common[..], &["--so-far", &today]].concat());
    assert_eq!((morning.lines().count(), noon.lines().count()), (6, 4));
    let mean = |line: &str| line.split(',').nth(1).unwrap().parse::<f64>().unwrap();
    let at_ten = |text: &str| mean(text.lines().find(|line| line.contains("10:00")).unwrap());
    assert!(at_ten(&noon) > 1.2 * at_ten(&morning), "{morning} {noon}");
    let elsewhere = program.write("today.csv", "timestamp,count\n2024-04-03 08:00,90\n");
    let said = program.refuses(&[&common[..], &["--so-far", &elsewhere]].concat());
    assert!(said.contains("today.csv") && said.contains("the first day ahead"), "{said}");
    assert!(program.refuses(&["forecast", &file, "--so-far", &today]).contains("shorter than a day"));
}

#[test]
fn paydays_and_weather_by_the_hour_are_read_and_what_is_wrong_with_them_is_named() {
    let program = program();
    let file = program.write("calls.csv", &office(61));
    let weather = |days: i64| {
        let mut text = String::from("time,degrees\n");
        for date in jiff::civil::date(2024, 1, 1).series(jiff::Span::new().days(1)).take(days as usize) {
            for hour in 0..24 {
                text.push_str(&format!("{date} {hour:02}:00,{}\n", hour + i32::from(date.day())));
            }
        }
        text
    };
    let common = ["forecast", &file, "--interval", "1h", "--horizon", "5", "--paydays", "15,last"];
    let enough = program.write("weather.csv", &weather(80));
    let arguments = [&common[..], &["--billing-days", "2024-01-03/14", "--regressors", &enough]].concat();
    assert_eq!(program.succeeds(&arguments).lines().count(), 6);
    let short = program.write("weather.csv", &weather(61));
    let said = program.refuses(&[&common[..], &["--regressors", &short]].concat());
    assert!(said.contains("degrees has no value at 2024-03-04T08:00"), "{said}");
    let wrong = program.write("weather.csv", "time,degrees\n2024-01-01 08:00,warm\n");
    let said = program.refuses(&[&common[..], &["--regressors", &wrong]].concat());
    assert!(said.contains("line 2: degrees \"warm\" is not a number"), "{said}");
    assert!(program.refuses(&["forecast", &file, "--paydays", "32"]).contains("no day of the month"));
}

#[test]
fn an_unnamed_holiday_is_told() {
    let program = program();
    let mut text = String::from("timestamp,count\n");
    for date in jiff::civil::date(2022, 1, 1).series(jiff::Span::new().days(1)).take(1000) {
        let quiet = date.month() == 8 && date.weekday().to_monday_zero_offset() == 0 && date.day() <= 7;
        let count = (300 + i32::from(date.day()) * 7 % 11) / if quiet { 4 } else { 1 };
        text.push_str(&format!("{date},{count}\n"));
    }
    let file = program.write("calls.csv", &text);
    let ran = program.run(&["forecast", &file, "--horizon", "7"]);
    assert!(ran.err.contains("Monday between 1 and 7 August is taken for a holiday"), "{ran:?}");
    let ran = program.run(&["forecast", &file, "--horizon", "7", "--unnamed-holidays", "ignore"]);
    assert!(!ran.err.contains("taken for a holiday"), "{ran:?}");
}

#[test]
fn a_wrong_row_is_named_with_file_line_and_field() {
    let wrong =
        |row: &str| refusal(&format!("timestamp,count\n2024-01-01 08:00,1\n{row}\n"), &["--interval", "1h"]);
    for (row, said) in [
        ("2024-01-01 09:00,-3", "line 3: count \"-3\" is negative"),
        ("2024-01-01 09:00,NaN", "line 3: count \"NaN\" is not a finite number"),
        ("2024-01-01 09:00,many", "line 3: count \"many\" is not a number"),
        ("2024-01-01 09:00,", "line 3: count \"\" is empty"),
        ("yesterday,3", "line 3: timestamp \"yesterday\" is not a time"),
        ("2024-01-01 07:00,3", "line 3: timestamp 2024-01-01 07:00 is earlier than the row before"),
        ("2024-01-01 08:00,3", "line 3: timestamp 2024-01-01 08:00 comes twice"),
        ("2024-01-01T09:00Z,3", "line 3: timestamp \"2024-01-01T09:00Z\" has an offset"),
    ] {
        let refusal = wrong(row);
        assert!(refusal.contains("calls.csv") && refusal.contains(said), "{row}: {refusal}");
    }
}

#[test]
fn an_empty_file_and_a_missing_column_are_refused() {
    assert!(refusal("", &[]).contains("empty"));
    assert!(refusal("timestamp,count\n", &[]).contains("no row"));
    assert!(refusal("a,b,c\n1,2,3\n", &[]).contains("--time-column"));
    let refused = refusal("Date,Offered,Handled\n2024-01-01,2,3\n", &["--column", "Offerd"]);
    assert!(refused.contains("Offerd") && refused.contains("Date, Offered, Handled"), "{refused}");
    assert!(refusal(&office(10), &["--interval", "1h"]).contains("at least 14"));
    assert!(refusal(&office(61), &["--interval", "7m"]).contains("7"));
}

#[test]
fn what_is_left_out_is_said() {
    let program = program();
    let text: String = office(61)
        .lines()
        .filter(|line| !line.contains("2024-02-14 10"))
        .map(|line| format!("{line}\n"))
        .collect();
    let file = program.write("calls.csv", &text);
    let ran = program.run(&["forecast", &file, "--interval", "1h", "--horizon", "5"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.err.contains("1 interval without a record inside open hours, left out: 2024-02-14 10:00"),
        "{}",
        ran.err
    );
}

#[test]
fn the_hour_that_comes_twice_is_averaged_when_the_zone_is_known_and_refused_when_not() {
    let mut text = String::from("timestamp,count\n");
    let days = jiff::civil::date(2024, 10, 14).series(jiff::Span::new().days(1)).take(21);
    for date in days {
        for hour in 0..24 {
            text.push_str(&format!("{date} {hour:02}:00,20\n"));
            if date == jiff::civil::date(2024, 11, 3) && hour == 1 {
                text.push_str(&format!("{date} 01:00,40\n"));
            }
        }
    }
    assert!(refusal(&text, &["--interval", "1h"]).contains("--zone"));
    let program = program();
    let file = program.write("calls.csv", &text);
    let ran = program.run(&[
        "forecast",
        &file,
        "--interval",
        "1h",
        "--horizon",
        "24",
        "--zone",
        "America/New_York",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("1 interval averaged") && ran.err.contains("2024-11-03 01:00"), "{}", ran.err);
}
