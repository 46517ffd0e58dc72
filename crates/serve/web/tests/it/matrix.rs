//! AZ-01 and AZ-02: every route, asked for by everybody, against the checked-in table of expectations.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use access::Role;
use http::{Method, StatusCode};
use web::{Needs, Route};

use crate::browser::Browser;
use crate::town::{Town, in_town};

/// The expectations: one line for each route, one letter for each caller.
const EXPECTED: &str = include_str!("matrix.txt");

/// A path for a pattern, naming things that do not exist.
pub(crate) fn sample_path(route: &Route) -> String {
    let named = [
        ("{draft}", "aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("{token}", "10005.0000-0000-0000-0000-0000-0000-00"),
        ("{purpose}", "reset"),
        ("{number}", "10005"),
        ("{name}", "00000000000000000000000000000000"),
        ("{id}", "00000000-0000-0000-0000-000000000001"),
        ("{code}", "nothing"),
        ("{question}", "nothing"),
        ("{z}", "14"),
        ("{x}", "4956"),
        ("{*rest}", "v2/services.xml"),
    ];
    named.iter().fold(route.path.to_owned(), |path, (pattern, value)| path.replace(pattern, value))
}

/// What somebody met at the gate.
fn letter(route: &Route, status: StatusCode, location: &str) -> char {
    match status {
        StatusCode::SEE_OTHER if location.starts_with("/sign-in") && route.path != "/sign-out" => 's',
        StatusCode::FORBIDDEN => '-',
        // The handler ran: it answered, or did not find what the made-up path names.
        _ => '+',
    }
}

async fn ask(browser: &mut Browser, route: &Route) -> char {
    let path = sample_path(route);
    let answer = if route.method == Method::GET {
        browser.get(&path).await
    } else {
        let token = browser.cookie("__Host-townline-session").is_some().then(|| browser.form_token());
        browser.post(&path, &[("form-token", token.as_deref().unwrap_or_default())]).await
    };
    assert!(answer.status.as_u16() < 500, "{} {path}\n{}", route.method, answer.text());
    letter(route, answer.status, &answer.location())
}

#[test]
fn az_02_every_route_answers_every_caller_as_the_table_says() {
    in_town(async |town: &Town<'_>| {
        let oakville = "oakville.example".parse().unwrap();
        let foreign = town.add_person(Role::Administrator, &oakville).await;
        let mut abroad = Browser::new(town.front.clone(), "oakville.example");
        abroad.sign_in(&foreign).await;
        let mut foreigner = town.browser();
        let session = abroad.cookie("__Host-townline-session").unwrap().to_owned();
        let mut callers = vec![("anonymous", town.browser())];
        foreigner.set_cookie("__Host-townline-session", &session);
        for role in Role::ALL {
            callers.push((role.as_str(), town.staff(*role).await));
        }
        let mut found = String::new();
        for route in web::table() {
            write!(found, "{:<5}{:<46}", route.method.as_str(), route.path).unwrap();
            for (name, browser) in &mut callers {
                // Signing out would end the caller's visit to the rest of the table.
                let letter = if route.path == "/sign-out" && *name != "anonymous" {
                    '+'
                } else {
                    ask(browser, route).await
                };
                write!(found, " {letter}").unwrap();
            }
            let abroad = ask_foreign(&mut foreigner, route).await;
            writeln!(found, " {abroad}").unwrap();
        }
        compare(&found);
    });
}

/// The session of another town must be worth nothing: the same as no session.
async fn ask_foreign(browser: &mut Browser, route: &Route) -> char {
    let mut visitor = browser.clone();
    let path = sample_path(route);
    let answer =
        if route.method == Method::GET { visitor.get(&path).await } else { visitor.post(&path, &[]).await };
    letter(route, answer.status, &answer.location())
}

fn compare(found: &str) {
    let rows = |text: &str| -> BTreeMap<String, String> {
        let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        rows.map(|row| {
            let mut words = row.split_whitespace();
            let key = format!("{} {}", words.next().unwrap(), words.next().unwrap());
            (key, words.collect::<Vec<_>>().join(" "))
        })
        .collect()
    };
    let (found_rows, expected) = (rows(found), rows(EXPECTED));
    let differs: Vec<_> = found_rows.iter().filter(|(key, row)| expected.get(*key) != Some(row)).collect();
    let gone: Vec<_> = expected.keys().filter(|key| !found_rows.contains_key(*key)).collect();
    assert!(
        differs.is_empty() && gone.is_empty(),
        "differs: {differs:#?}\ngone: {gone:#?}\nthe whole table:\n{found}"
    );
}

#[test]
fn az_01_the_table_of_expectations_follows_from_the_permissions() {
    let header: Vec<&str> = EXPECTED
        .lines()
        .find(|line| line.starts_with("# method"))
        .unwrap()
        .split_whitespace()
        .skip(3)
        .collect();
    for row in EXPECTED.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = row.split_whitespace().collect();
        let route =
            web::table().iter().find(|route| route.method.as_str() == words[0] && route.path == words[1]);
        let Needs::Staff(permission) = route.unwrap().needs else { continue };
        for (caller, letter) in header.iter().zip(&words[2..]) {
            let expected = match caller.parse::<Role>() {
                Ok(role) if role.permissions().contains(permission) => "+",
                Ok(_) => "-",
                Err(_) => "s",
            };
            assert_eq!(*letter, expected, "{caller} at {row}");
        }
    }
}
