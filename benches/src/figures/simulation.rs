//! How fast a center is lived through, and how often intervals hold the exact value. On one core, in processor time.

use std::time::Duration;

use anyhow::Context;
use simulation::{Center, Simulator, Subject, Summary};
use staffing::{Demand, Measures, Patience, Queue, ServiceLevel};

use crate::process::Cpu;
use crate::report::{Bar, Report, Row, Unit};

const MM50: &str = include_str!("../../centers/mm50.toml");
const ROUTED: &str = include_str!("../../centers/routed.toml");
const WEEK: &str = include_str!("../../centers/week.toml");

/// Lives that are measured together; the kernel's processor times are coarse.
const MM50_LIVES: u64 = 12;
const ROUTED_LIVES: u64 = 12;
const WEEK_LIVES: u64 = 50;

/// Seeds whose intervals are looked at, and replications of each.
const SEEDS: u64 = 200;
const REPLICATIONS: u64 = 20;
const WITHIN_S: f64 = 20.0;

/// Cases of the reference with abandonment: agents, calls an hour, handle time, patience.
const EXACT: [(u32, f64, f64, f64); 4] =
    [(50, 2880.0, 60.0, 120.0), (14, 200.0, 180.0, 90.0), (8, 60.0, 300.0, 300.0), (5, 120.0, 300.0, 45.0)];

pub(super) fn measure(report: &mut Report) -> anyhow::Result<()> {
    let (events, took) = lived(MM50, MM50_LIVES)?;
    let rate = events as f64 / took.as_secs_f64();
    report.row(Row::new("simulation, M/M/50+M, events", Unit::PerSecond, rate, Bar::AtLeast(10e6)));
    let (events, took) = lived(ROUTED, ROUTED_LIVES)?;
    let rate = events as f64 / took.as_secs_f64();
    let what = "simulation with skills, priorities, call-backs, breaks, events";
    report.row(Row::new(what, Unit::PerSecond, rate, Bar::AtLeast(3e6)));
    let (events, took) = lived(WEEK, WEEK_LIVES)?;
    let contacts = Center::read(WEEK)?.expected_contacts();
    report.note(format_args!("the week: {contacts:.0} contacts, {} events", events / WEEK_LIVES));
    report.row(Row::milliseconds("simulation, a week of 200 agents", took / WEEK_LIVES as u32, 50.0));
    cover(report)
}

/// Events of so many lives, and the processor time they took.
fn lived(center: &str, lives: u64) -> anyhow::Result<(u64, Duration)> {
    let center = Center::read(center)?;
    let mut simulator = Simulator::new(&center);
    // The first life finds memory that all others use again.
    simulator.replicate(1, lives)?;
    let before = Cpu::of_this_thread()?;
    let mut events = 0;
    for number in 0..lives {
        events += simulator.replicate(1, number)?.events;
    }
    let cpu = Cpu::of_this_thread()?.since(before);
    Ok((events, cpu.user + cpu.system))
}

/// How many of 200 seeds have the exact value in their 95 % interval, by figure, over all cases.
fn cover(report: &mut Report) -> anyhow::Result<()> {
    let mut inside: Vec<(&str, u64)> = exact_figures(&exact(EXACT[0])?).map(|(name, _)| (name, 0)).to_vec();
    for case in EXACT {
        let exact = exact_figures(&exact(case)?);
        let center = Center::read(&steady(case))?;
        let mut simulator = Simulator::new(&center);
        for seed in 0..SEEDS {
            let lives = (0..REPLICATIONS).map(|number| simulator.replicate(seed, number));
            let summary = Summary::of(&center, &lives.collect::<Result<Vec<_>, _>>()?);
            for ((name, exact), (_, inside)) in exact.iter().zip(&mut inside) {
                *inside += u64::from(holds(&summary, name, *exact)?);
            }
        }
    }
    for (name, inside) in inside {
        let share = inside as f64 / (SEEDS * EXACT.len() as u64) as f64;
        let what = format!("simulation, {name}: 95 % intervals with the exact value, off by");
        report.note(format_args!("{name}: {inside} of {} intervals hold it", SEEDS * EXACT.len() as u64));
        report.row(Row::new(what, Unit::Share, (share - 0.95).abs(), Bar::AtMost(0.02)));
    }
    Ok(())
}

/// Long enough for some four thousand calls after the beginning with nobody there.
fn steady((agents, per_hour, handle_s, patience_s): (u32, f64, f64, f64)) -> String {
    let hours = (4_000.0 / per_hour).ceil() + 2.0;
    format!(
        "horizon = \"{hours}h\"\nwarm_up = \"2h\"\n[[queue]]\nname = \"calls\"\narrivals = {{ per_hour = {per_hour:?} }}\n\
         handle = {handle_s:?}\npatience = {patience_s:?}\nanswer_within = {WITHIN_S:?}\n\
         [[team]]\nname = \"team\"\nskills = {{ calls = 1 }}\nagents = {agents}\n"
    )
}

fn exact((agents, per_hour, handle_s, patience_s): (u32, f64, f64, f64)) -> anyhow::Result<Measures> {
    let queue = Queue::new(Demand::new(per_hour, 3600.0, handle_s)?, Patience::exponential(patience_s)?);
    Ok(queue.measures(agents, WITHIN_S)?)
}

fn exact_figures(exact: &Measures) -> [(&'static str, f64); 5] {
    [
        ("service_level", exact.within.share(ServiceLevel::OverOffered)),
        ("abandoned_share", exact.abandon_share),
        ("wait_s", exact.wait_all_s),
        ("speed_of_answer_s", exact.asa_s),
        ("occupancy", exact.occupancy),
    ]
}

fn holds(summary: &Summary, name: &str, exact: f64) -> anyhow::Result<bool> {
    let figure = summary.figure(&Subject::Queue("calls".to_owned()), name).context("a figure")?;
    let estimate = figure.estimate.context("an estimate")?;
    Ok((estimate.mean - exact).abs() <= estimate.half_width.context("an interval")?)
}
