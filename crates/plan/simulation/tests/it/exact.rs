//! Simulations beside exact solutions of the same model, which the crate `staffing` works out.

use crate::centers::{agrees, lives, of_queue, one_queue, read, summary};
use simulation::{Simulator, Summary};
use staffing::{
    ChatTeam, Day, Demand, FiniteLines, Patience, Queue, ServiceLevel, SkillClass, StaffedInterval,
    two_skills, waits_by_priority,
};

const LIVES: u64 = 30;
const WITHIN_S: f64 = 20.0;

/// A steady queue, long enough that the beginning with nobody there does not count.
fn steady(per_hour: f64, queue: &str, agents: u32) -> String {
    "warm_up = \"6h\"\n".to_owned() + &one_queue("4d", per_hour, queue, agents)
}

fn check(per_hour: f64, handle_s: f64, agents: u32, patience: Patience, patience_in_toml: &str) {
    let queue = format!("handle = {handle_s:?}\nanswer_within = {WITHIN_S:?}\n{patience_in_toml}");
    let found = summary(&steady(per_hour, &queue, agents), LIVES);
    let exact = Queue::new(Demand::new(per_hour, 3600.0, handle_s).unwrap(), patience);
    let exact = exact.measures(agents, WITHIN_S).unwrap();
    let of = |name| of_queue(&found, "calls", name);
    agrees("service level", of("service_level"), exact.within.share(ServiceLevel::OverOffered));
    agrees("speed of answer", of("speed_of_answer_s"), exact.asa_s);
    agrees("wait", of("wait_s"), exact.wait_all_s);
    agrees("occupancy", of("occupancy"), exact.occupancy);
    if exact.abandon_share > 0.0 {
        agrees("abandoned", of("abandoned_share"), exact.abandon_share);
    }
}

#[test]
fn callers_with_exponential_patience_wait_as_erlang_a_says() {
    check(720.0, 60.0, 13, Patience::exponential(120.0).unwrap(), "patience = \"2m\"");
    check(60.0, 300.0, 8, Patience::exponential(300.0).unwrap(), "patience = \"5m\"");
    // Overload: twice the load.
    check(240.0, 300.0, 10, Patience::exponential(60.0).unwrap(), "patience = \"1m\"");
}

#[test]
fn patient_callers_wait_as_erlang_c_says() {
    check(200.0, 180.0, 14, Patience::ENDLESS, "patience = \"endless\"");
}

#[test]
fn other_kinds_of_patience_have_their_own_waits() {
    check(720.0, 60.0, 13, Patience::deterministic(30.0).unwrap(), "patience = { exactly = \"30s\" }");
    check(300.0, 180.0, 14, Patience::uniform(180.0).unwrap(), "patience = { to = \"3m\" }");
    check(
        400.0,
        170.0,
        20,
        Patience::hyperexponential(0.3, 10.0, 240.0).unwrap(),
        "patience = { mix = [{ share = 0.3, mean = \"10s\" }, { share = 0.7, mean = \"4m\" }] }",
    );
    check(
        400.0,
        170.0,
        20,
        Patience::with_balking(0.15, 180.0).unwrap(),
        "patience = \"3m\"\nleave_at_once = 0.15",
    );
}

#[test]
fn a_caller_too_many_hears_a_busy_tone_as_often_as_with_finite_lines() {
    let queue = "handle = \"3m\"\npatience = \"90s\"\nwaiting_max = 6";
    let found = lives(&steady(240.0, queue, 14), LIVES);
    let demand = Demand::new(240.0, 3600.0, 180.0).unwrap();
    let exact = FiniteLines::new(demand, Some(90.0), 14, 20).unwrap().measures(20.0).unwrap();
    let (came, busy): (u64, u64) = found
        .iter()
        .fold((0, 0), |(came, busy), life| (came + life.queues[0].came, busy + life.queues[0].busy_tone));
    let share = busy as f64 / came as f64;
    // Some 680,000 calls; busy tones come in bunches, so ten times the variance of independent ones.
    let band = 3.3 * (10.0 * exact.blocked_share / came as f64).sqrt();
    assert!((share - exact.blocked_share).abs() < band, "{share} {}", exact.blocked_share);
}

#[test]
fn urgent_calls_wait_as_long_as_cobham_says_and_the_others_too() {
    let queue = |name: &str, per_hour: f64, priority: u32| {
        format!(
            "[[queue]]\nname = \"{name}\"\nskill = \"all\"\npriority = {priority}\narrivals = {{ per_hour = {per_hour:?} }}\n\
             handle = \"5m\"\npatience = \"endless\"\n"
        )
    };
    let center = format!(
        "horizon = \"5d\"\nwarm_up = \"6h\"\n{}{}[[team]]\nname = \"t\"\nskills = {{ all = 1 }}\nagents = 10\n",
        queue("urgent", 36.0, 1),
        queue("others", 60.0, 2)
    );
    let found = summary(&center, LIVES);
    let exact = waits_by_priority(10, &[36.0, 60.0], 3600.0, 300.0).unwrap();
    for (name, exact) in ["urgent", "others"].into_iter().zip(exact.asa_s) {
        agrees(name, of_queue(&found, name, "speed_of_answer_s"), exact.unwrap());
    }
}

#[test]
fn two_skills_and_a_cross_trained_team_come_out_as_solved() {
    let queue = |name: &str, contacts: f64, patience_s: f64, priority: u32| {
        format!(
            "[[queue]]\nname = \"{name}\"\npriority = {priority}\narrivals = {{ per_hour = {:?} }}\nhandle = \"5m\"\n\
             patience = {patience_s:?}\n",
            2.0 * contacts
        )
    };
    let team = |name: &str, skills: &str, agents: u32| {
        format!("[[team]]\nname = \"{name}\"\nskills = {{ {skills} }}\nagents = {agents}\n")
    };
    let center = format!(
        "horizon = \"6d\"\nwarm_up = \"6h\"\n{}{}{}{}{}",
        queue("one", 48.0, 120.0, 1),
        queue("two", 36.0, 180.0, 2),
        team("first", "one = 1", 6),
        team("second", "two = 1", 5),
        team("both", "one = 2, two = 2", 3)
    );
    let found = summary(&center, LIVES);
    let class = |contacts, mean_patience_s, agents| SkillClass { contacts, mean_patience_s, agents };
    let exact = two_skills([class(48.0, 120.0, 6), class(36.0, 180.0, 5)], 3, 1800.0, 300.0).unwrap();
    for (name, exact) in ["one", "two"].into_iter().zip(exact.classes) {
        agrees(name, of_queue(&found, name, "abandoned_share"), exact.abandon_share);
        agrees(name, of_queue(&found, name, "wait_s"), exact.wait_all_s);
    }
}

#[test]
fn one_agent_with_three_chats_is_as_busy_as_solved() {
    // With one agent, "evenly spread" holds by itself.
    let center = "horizon = \"20d\"\nwarm_up = \"6h\"\n[[queue]]\nname = \"chat\"\nchannel = \"chat\"\nhandle = 400\npatience = \"2m\"\n\
        answer_within = 30\narrivals = { per_hour = 15 }\n\
        [[team]]\nname = \"t\"\nskills = { chat = 1 }\nagents = 1\nchats = 3\nchat_pace = [1, 1.25, 1.625]\n";
    let found = summary(center, LIVES);
    let team = ChatTeam::new(1, &[400.0, 500.0, 650.0]).unwrap();
    let exact = team.measures(15.0, 3600.0, Patience::exponential(120.0).unwrap(), 30.0).unwrap();
    agrees("abandoned", of_queue(&found, "chat", "abandoned_share"), exact.abandon_share);
    agrees("service level", of_queue(&found, "chat", "service_level"), exact.answered_within);
    agrees("length", of_queue(&found, "chat", "talk_s"), exact.chat_mean_s);
    agrees("occupancy", of_queue(&found, "chat", "occupancy"), exact.agent_busy_share);
}

#[test]
fn a_morning_with_rising_load_and_staff_comes_out_as_solved() {
    let center = "horizon = \"2h\"\n[[queue]]\nname = \"calls\"\nhandle = \"4m\"\npatience = \"2m\"\n\
        arrivals = { per_hour = [300, 420, 420, 270, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, \
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }\n\
        [[team]]\nname = \"t\"\nskills = { calls = 1 }\n\
        shift = [{ agents = 20, from = \"00:00\", to = \"12:00\" }, { agents = 5, from = \"01:00\", to = \"12:00\" }]\n";
    let mut day = Day::new(1800.0, 240.0, Some(120.0), 20.0, 0).unwrap();
    let mut abandoned = 0.0;
    // Two more hours without arrivals, until nobody is left.
    for (contacts, agents) in
        [(150.0, 20), (210.0, 20), (210.0, 25), (135.0, 25)].into_iter().chain([(0.0, 25); 4])
    {
        abandoned += day.pass(StaffedInterval { contacts, agents }).unwrap().abandoned;
    }
    let found = summary(center, 2_000);
    agrees("offered", of_queue(&found, "calls", "offered"), 705.0);
    agrees("abandoned", of_queue(&found, "calls", "abandoned"), abandoned);
}

#[test]
fn the_interval_holds_the_exact_value_about_as_often_as_it_says() {
    let text = "warm_up = \"2h\"\n".to_owned()
        + &one_queue("14h", 60.0, "handle = \"5m\"\npatience = \"5m\"\nanswer_within = 20", 8);
    let center = read(&text);
    let mut simulator = Simulator::new(&center);
    let exact = Queue::new(Demand::new(60.0, 3600.0, 300.0).unwrap(), Patience::exponential(300.0).unwrap());
    let exact = exact.measures(8, 20.0).unwrap();
    let expected = [
        ("abandoned_share", exact.abandon_share),
        ("service_level", exact.within.share(ServiceLevel::OverOffered)),
        ("wait_s", exact.wait_all_s),
        ("occupancy", exact.occupancy),
    ];
    let mut inside = [0; 4];
    for seed in 0..1000 {
        let lives: Vec<_> = (0..10).map(|number| simulator.replicate(seed, number).unwrap()).collect();
        let summary = Summary::of(&center, &lives);
        for ((name, exact), inside) in expected.iter().zip(&mut inside) {
            let found = of_queue(&summary, "calls", name);
            *inside += i32::from((found.mean - exact).abs() <= found.half_width.unwrap());
        }
    }
    // 93 to 97 % of a thousand seeds: almost three standard errors to either side.
    assert!(inside.iter().all(|inside| (930..=970).contains(inside)), "{inside:?}");
}
