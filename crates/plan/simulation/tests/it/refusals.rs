//! Files that cannot be used, each with the line, the field and the words that are said.

use simulation::{Center, SimulationError, Simulator};

use crate::centers::{one_queue, read};

/// A sound center; line 1 is the horizon, 5 the calls, 12 the team.
const SOUND: &str = "horizon = \"1d\"
[[queue]]
name = \"calls\"
skill = \"general\"
arrivals = { per_hour = 60 }
handle = \"3m\"
patience = \"2m\"
[[team]]
name = \"team\"
skills = { general = 1 }
shift = [
  { agents = 4, from = \"08:00\", to = \"16:00\", breaks = [{ at = \"12:00\", for = \"30m\" }] },
]
";

fn refused(text: &str, line: usize, words: &[&str]) {
    let error = Center::read(text).expect_err("this center must be refused");
    let said = error.to_string();
    assert_eq!(error.line, line, "{said}");
    for words in words {
        assert!(said.contains(words), "{said} does not say {words}");
    }
}

fn changed(from: &str, to: &str, line: usize, words: &[&str]) {
    assert!(SOUND.contains(from), "{from}");
    refused(&SOUND.replacen(from, to, 1), line, words);
}

#[test]
fn the_sound_center_is_read() {
    assert!(Center::read(SOUND).is_ok());
}

#[test]
fn a_skill_that_nobody_has_is_named_where_it_is_asked_for() {
    changed("skill = \"general\"", "skill = \"permits\"", 10, &["team.skills.general", "no queue asks"]);
    let two = SOUND.to_owned()
        + "[[queue]]\nname = \"permits\"\narrivals = { per_hour = 1 }\nhandle = \"3m\"\npatience = \"1m\"\n";
    refused(&two, 15, &["queue.name", "nobody has the skill \"permits\""]);
    changed(
        "patience = \"2m\"",
        "patience = \"2m\"\noverflow = [{ after = \"1m\", skill = \"chief\" }]",
        8,
        &["nobody has the skill \"chief\""],
    );
}

#[test]
fn zero_agents_and_impossible_shifts_are_refused() {
    changed("agents = 4", "agents = 0", 12, &["team.shift.agents", "is 0", "1 to 100000"]);
    changed("agents = 4", "agents = 4.5", 12, &["4.5"]);
    changed("to = \"16:00\"", "to = \"08:00\"", 12, &["team.shift.to", "shorter than a day"]);
    changed("to = \"16:00\"", "to = \"25:00\"", 12, &["25:00", "time of day"]);
    changed("at = \"12:00\"", "at = \"18:00\"", 12, &["team.shift.breaks.at", "outside the shift"]);
    changed("for = \"30m\"", "for = \"9h\"", 12, &["outside the shift"]);
    changed("shift = [", "agents = 3\nshift = [", 11, &["team.agents", "shifts say how many"]);
}

#[test]
fn endless_patience_without_the_people_for_it_is_refused() {
    let words = ["queue.patience", "nobody gives up", "72 hours of work", "30 hours"];
    changed("patience = \"2m\"", "patience = \"endless\"", 7, &words);
    changed("patience = \"2m\"", "patience = inf", 7, &["queue.patience", "inf"]);
    changed("patience = \"2m\"", "patience = 0", 7, &["queue.patience", "is 0"]);
    changed("patience = \"2m\"\n", "", 2, &["queue.patience", "missing"]);
}

#[test]
fn more_contacts_than_fit_are_refused() {
    changed("per_hour = 60", "per_hour = 9e8", 5, &["queue.arrivals", "contacts would come"]);
    changed("per_hour = 60", "per_hour = -1", 5, &["per_hour", "-1"]);
    changed("per_hour = 60", "per_hour = nan", 5, &["per_hour", "NaN"]);
    changed("per_hour = 60", "per_hour = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]", 5, &["11 values", "24"]);
}

#[test]
fn a_line_that_grows_without_end_stops_the_run_and_says_which() {
    // The e-mail of a year, and one agent who has time for a hundredth of it.
    let text = one_queue("366d", 2000.0, "channel = \"email\"\nhandle = \"3m\"", 1);
    let center = read(&text);
    let error = Simulator::new(&center).replicate(1, 0).unwrap_err();
    let SimulationError::Overgrown { queue, waiting, .. } = &error;
    assert!(queue == "calls" && *waiting > 3_000_000, "{error}");
    assert!(error.to_string().contains("too few agents"));
}

#[test]
fn typing_mistakes_are_found() {
    changed("patience", "pateince", 7, &["pateince", "patience"]);
    changed("horizon = \"1d\"", "horizon = \"1 day\"", 1, &["horizon", "1 day"]);
    changed("handle = \"3m\"", "handle = { means = \"3m\" }", 6, &["queue.handle", "mean"]);
    changed("handle = \"3m\"", "handle = true", 6, &["queue.handle", "length of time"]);
    changed("name = \"calls\"", "name = \"calls\"\nchannel = \"fax\"", 4, &["fax", "phone, chat or email"]);
    changed("name = \"calls\"", "name = \"calls\"\nname = \"calls\"", 4, &["duplicate"]);
    changed("skills = { general = 1 }", "skills = { general = 0 }", 10, &["general", "from 1"]);
    changed("skills = { general = 1 }", "skills = {}", 10, &["at least one skill"]);
    refused("", 1, &["horizon", "missing"]);
    refused("horizon = \"1d\"", 1, &["without a queue"]);
    refused("horizon = \"1d\"\nqueue = 3", 2, &["queue", "list"]);
    refused(&(SOUND.to_owned() + SOUND.split_once('\n').unwrap().1), 15, &["\"calls\" is there twice"]);
}

#[test]
fn what_refers_to_something_must_find_it() {
    let with = |more: &str| format!("patience = \"2m\"\n{more}");
    let more =
        |field: &str, line: usize, words: &[&str]| changed("patience = \"2m\"", &with(field), line, words);
    more("transfer = { to = \"nowhere\", share = 0.1 }", 8, &["no queue \"nowhere\""]);
    more("transfer = { to = \"calls\", share = 1 }", 8, &["transfer.share", "0.95"]);
    more("call_back = { offer_after = \"1m\", accept = 2 }", 8, &["accept", "from 0 to 1"]);
    more("call_back = { offer_after = \"1m\", accept = 1, later = 0.5 }", 8, &["later_after", "missing"]);
    more("bullseye = [\"60s\", \"30s\"]", 8, &["bullseye", "longer wait"]);
    let storm = |text: &str| SOUND.to_owned() + text;
    refused(
        &storm("[[storm]]\nfrom = \"tue 10:00\"\nfor = \"1h\"\nfactor = 2\n"),
        15,
        &["storm.from", "outside"],
    );
    refused(&storm("[[storm]]\nfrom = \"1h\"\nfor = \"1h\"\n"), 14, &["factor", "missing"]);
    refused(&storm("[[outage]]\nqueues = [\"phones\"]\nfrom = \"1h\"\nfor = \"1h\"\n"), 15, &["phones"]);
}
