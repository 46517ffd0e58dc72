//! How long staffing takes: a requirement, all measures, a week of three queues. On one core, inside this program.

use std::hint::black_box;
use std::time::{Duration, Instant};

use staffing::{Demand, Patience, Queue, ServiceLevel, ServiceLevelTarget, Targets};

use crate::report::{Report, Row};
use crate::statistics::Samples;

/// Repetitions that are timed together, so that the clock's own time does not count.
const TOGETHER: u32 = 64;
const SAMPLES: usize = 201;

/// Queues of the week: contacts in the busiest half-hour, handle time, patience.
const QUEUES: [(f64, f64, f64); 3] = [(240.0, 222.0, 120.0), (60.0, 410.0, 240.0), (900.0, 180.0, 90.0)];
const WEEK: u32 = 672;

pub(super) fn measure(report: &mut Report) -> anyhow::Result<()> {
    let within_s = 20.0;
    let target = ServiceLevelTarget { share: 0.8, within_s, counted: ServiceLevel::OverOffered };
    let targets = Targets { service_level: Some(target), ..Targets::default() };
    for (load, limit_us) in [(10.0, 1.0), (1000.0, 20.0)] {
        let queue = Queue::new(Demand::new(load, 180.0, 180.0)?, Patience::ENDLESS);
        let took = median(|| black_box(targets.requirement(black_box(&queue))).is_ok());
        report.row(Row::microseconds(format!("Erlang C requirement, {load} Erlang, 80/20"), took, limit_us));
    }
    let queue = Queue::new(Demand::new(28_800.0, 1800.0, 300.0)?, Patience::exponential(120.0)?);
    for agents in [4700, 5000] {
        let took = median(|| black_box(queue.measures(black_box(agents), within_s)).is_ok());
        report.row(Row::microseconds(
            format!("Erlang A, all measures, 4,800 Erlang, {agents} agents"),
            took,
            1000.0,
        ));
    }
    let week = week()?;
    let took = median_of(9, 1, || week.iter().all(|queue| targets.requirement(black_box(queue)).is_ok()));
    report.row(Row::milliseconds("Erlang A requirements of a week, 672 intervals x 3 queues", took, 20.0));
    Ok(())
}

/// Quarter-hours with nights and two peaks a day; no two intervals alike.
fn week() -> anyhow::Result<Vec<Queue>> {
    let mut queues = Vec::new();
    for (busiest, handle_s, patience_s) in QUEUES {
        for interval in 0..WEEK {
            let day = std::f64::consts::TAU * f64::from(interval) / 96.0;
            let shape = 0.42 - 0.4 * day.cos() + 0.15 * (2.0 * day).sin() + 0.0001 * f64::from(interval);
            let contacts = 0.5 * busiest * f64::max(0.01, shape);
            queues.push(Queue::new(
                Demand::new(contacts, 900.0, handle_s)?,
                Patience::exponential(patience_s)?,
            ));
        }
    }
    Ok(queues)
}

fn median(work: impl Fn() -> bool) -> Duration {
    median_of(SAMPLES, TOGETHER, work)
}

/// Median time of one run, over samples of several runs together.
fn median_of(samples: usize, together: u32, work: impl Fn() -> bool) -> Duration {
    let sample = || {
        let start = Instant::now();
        for _ in 0..together {
            assert!(work(), "every queue has an answer");
        }
        start.elapsed() / together
    };
    let samples = Samples::new((0..samples).map(|_| sample()).collect());
    samples.map_or(Duration::ZERO, |samples| samples.percentile(50))
}
