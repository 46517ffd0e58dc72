//! What holds for every center.

use std::collections::HashMap;

use proptest::prelude::*;
use simulation::{Happening, QueueCounts, Simulator, What};

use crate::centers::{life, one_queue, read};

/// One of several lines, or none.
fn one_of(lines: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(lines).prop_map(|line| line.to_owned() + "\n")
}

fn queue(name: &'static str, index: usize) -> impl Strategy<Value = String> {
    let channel = one_of(&["channel = \"phone\"", "channel = \"chat\"", "channel = \"email\""]);
    let handle = one_of(&[
        "handle = \"3m\"",
        "handle = { mean = \"5m\", spread = 1.2 }",
        "handle = { exactly = \"2m\" }",
        "handle = [\"1m\", \"8m\"]",
    ]);
    let more = one_of(&[
        "",
        "after_contact = \"40s\"",
        "leave_at_once = 0.2",
        "waiting_max = 3",
        "menu = { lasts = \"30s\", contained = 0.3, hang_up = 0.1 }",
        "backlog = 20",
        "after_contact = { exactly = \"30s\" }\nmenu = { lasts = { exactly = \"30s\" }, contained = 0.1 }",
    ]);
    let elsewhere = one_of(&[
        "",
        "again = { share = 0.7, after = \"5m\" }",
        "switch = { to = \"b\", share = 0.5, after = \"10m\" }",
        "transfer = { to = \"a\", share = 0.3 }",
        "again = { share = 0.5, after = { exactly = \"1m\" } }\ntransfer = { to = \"c\", share = 0.5 }",
    ]);
    let calls = one_of(&[
        "",
        "call_back = { offer_after = \"20s\", accept = 0.6, reached = 0.6, again_after = \"5m\" }",
        "call_back = { offer_after = \"0s\", accept = 0.9, later = 0.5, later_after = \"1h\", reached = 0.5, attempts = 3 }",
    ]);
    let routing = one_of(&[
        "",
        "bullseye = [\"30s\"]",
        "overflow = [{ after = \"45s\", skill = \"c\" }]",
        "priority = 1",
    ]);
    let rate = 1_u32..60;
    (channel, handle, more, elsewhere, calls, routing, rate).prop_map(
        move |(channel, handle, more, elsewhere, calls, routing, rate)| {
            let patience = if channel.contains("email") { "" } else { "patience = \"90s\"\n" };
            let calls = if channel.contains("phone") { calls } else { String::new() };
            let _ = index;
            format!(
                "[[queue]]\nname = \"{name}\"\narrivals = {{ per_hour = {rate}, day_spread = 0.2 }}\n\
                 {channel}{handle}{patience}{more}{elsewhere}{calls}{routing}"
            )
        },
    )
}

fn team(name: &'static str, skill: &'static str) -> impl Strategy<Value = String> {
    let skills = prop::sample::select(vec!["", ", a = 2", ", b = 2", ", c = 3"]);
    let at_work = one_of(&[
        "agents = 1",
        "agents = 3",
        "shift = [{ agents = 2, from = \"06:00\", to = \"14:00\", breaks = [{ at = \"09:00\", for = \"20m\", spread = \"1h\" }] }, { agents = 1, from = \"13:00\", to = \"02:00\" }]",
        "shift = [{ agents = 3, days = \"mon\", from = \"00:00\", to = \"23:59\", breaks = [{ at = \"11:55\", for = \"30m\" }, { at = \"12:00\", for = \"30m\" }] }]",
    ]);
    let more = one_of(&[
        "",
        "chats = 3\nchat_pace = [1, 1.3, 1.9]",
        "chats = 2",
        "fatigue = { above = 0.6, slower = 0.5 }",
        "pace = 1.4\nabsent = 0.2",
    ]);
    (skills, at_work, more).prop_map(move |(others, at_work, more)| {
        let others = if others.starts_with(&format!(", {skill} ")) { "" } else { others };
        format!("[[team]]\nname = \"{name}\"\nskills = {{ {skill} = 1{others} }}\n{at_work}{more}")
    })
}

fn center() -> impl Strategy<Value = String> {
    let queues = (queue("a", 0), queue("b", 1), queue("c", 2));
    let teams = (team("one", "a"), team("two", "b"), team("three", "c"));
    let storms = one_of(&[
        "",
        "[[storm]]\nfrom = \"8h\"\nfor = \"1h\"\nfactor = 10",
        "[[outage]]\nqueues = [\"a\"]\nfrom = \"7h\"\nfor = \"2h\"",
    ]);
    let begin = one_of(&[
        "horizon = \"1d\"",
        "horizon = \"2d\"\nwarm_up = \"3h\"",
        "horizon = \"30h\"\ninterval = \"7m\"",
    ]);
    (begin, queues, teams, storms).prop_map(|(begin, queues, teams, storms)| {
        let ((a, b, c), (one, two, three)) = (queues, teams);
        format!("{begin}{a}{b}{c}{one}{two}{three}{storms}")
    })
}

fn every_contact_is_accounted_for(queue: &QueueCounts) -> Result<(), TestCaseError> {
    prop_assert_eq!(
        queue.came,
        queue.contained + queue.hung_up + queue.turned_away + queue.busy_tone + queue.offered
    );
    prop_assert_eq!(queue.offered, queue.answered + queue.abandoned + queue.not_reached + queue.left_over);
    // Flow: what was begun is finished.
    prop_assert_eq!(queue.answered, queue.finished);
    prop_assert!(queue.answered_within <= queue.answered && queue.abandoned_within <= queue.abandoned);
    prop_assert!(queue.came_again + queue.passed_on <= queue.came);
    prop_assert!(queue.promised >= queue.called_back + queue.not_reached);
    Ok(())
}

/// How many contacts each agent had at most, when the journal is read in its order.
fn most_in_hand(journal: &[Happening]) -> HashMap<u32, usize> {
    let (mut now, mut most) = (HashMap::new(), HashMap::new());
    for step in journal {
        let Some(agent) = step.agent else { continue };
        let held: &mut usize = now.entry(agent).or_default();
        match step.what {
            What::Begins => *held += 1,
            What::Ends => *held -= 1,
            What::Enters | What::GivesUp => {}
        }
        let largest = most.entry(agent).or_default();
        *largest = usize::max(*largest, *held);
    }
    most
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn contacts_are_conserved_nobody_does_more_than_possible_and_time_never_runs_back(
        text in center(), seed in 0_u64..1000
    ) {
        let center = read(&text);
        let (life, journal) = Simulator::new(&center).replicate_with_journal(seed, 0).unwrap();
        life.queues.iter().try_for_each(every_contact_is_accounted_for)?;
        prop_assert!(journal.windows(2).all(|pair| pair[0].at_s <= pair[1].at_s));
        let parallel = center.contacts_in_parallel().max().unwrap_or(1);
        for (agent, most) in most_in_hand(&journal) {
            prop_assert!(most <= parallel, "agent {} had {} in hand", agent, most);
        }
        for team in &life.teams {
            prop_assert!(team.busy_s <= team.on_duty_s * (1.0 + 1e-9) && team.busy_s >= 0.0);
        }
        for interval in &life.intervals {
            prop_assert!(interval.busy <= interval.on_duty);
        }
    }

    #[test]
    fn a_life_is_the_same_with_and_without_a_journal_and_every_time(text in center(), seed in 0_u64..1000) {
        let center = read(&text);
        let mut simulator = Simulator::new(&center);
        let (told, _) = simulator.replicate_with_journal(seed, 3).unwrap();
        prop_assert_eq!(&told, &simulator.replicate(seed, 3).unwrap());
        prop_assert_eq!(&told, &Simulator::new(&center).replicate(seed, 3).unwrap());
    }

    #[test]
    fn one_more_agent_never_makes_patient_callers_wait_longer(
        per_hour in 5.0..90.0, agents in 6_u32..12, spread in 0.2..2.0, seed in 0_u64..1000
    ) {
        // First come first served and nobody leaves: the waits of the same calls fall, one by one (Kiefer and Wolfowitz).
        let queue = format!("handle = {{ mean = \"3m\", spread = {spread:?} }}\npatience = \"endless\"");
        let run = |agents| {
            let center = read(&one_queue("1d", per_hour, &queue, agents));
            Simulator::new(&center).replicate(seed, 0).unwrap().queues[0]
        };
        let (few, many) = (run(agents), run(agents + 1));
        prop_assert_eq!(few.answered, many.answered);
        prop_assert!(many.wait_all_s <= few.wait_all_s + 1e-6);
        prop_assert!(many.answered_within >= few.answered_within);
    }
}

#[test]
fn contacts_that_come_and_go_at_the_same_instant_are_served_before_they_give_up() {
    // Everything is exact: with calls of a minute, patience of a minute and one agent, whoever waits for a call that began
    // when he came is answered in the instant in which he would have given up.
    let text = one_queue(
        "1d",
        0.0,
        "channel = \"chat\"\nbacklog = 2\nhandle = { exactly = \"1m\" }\npatience = { exactly = \"1m\" }",
        1,
    );
    let calls = life(&text)[0];
    assert_eq!((calls.answered, calls.abandoned), (2, 0));
}
