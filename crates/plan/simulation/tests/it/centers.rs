//! Small centers, and running them.

use simulation::{Center, Estimate, QueueCounts, Replication, Simulator, Subject, Summary};

/// A center with one queue `calls` and one team, always at work.
pub(crate) fn one_queue(horizon: &str, per_hour: f64, queue: &str, agents: u32) -> String {
    format!(
        "horizon = \"{horizon}\"\n[[queue]]\nname = \"calls\"\narrivals = {{ per_hour = {per_hour:?} }}\n{queue}\n\
         [[team]]\nname = \"team\"\nskills = {{ calls = 1 }}\nagents = {agents}\n"
    )
}

pub(crate) fn read(text: &str) -> Center {
    Center::read(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) fn lives(text: &str, count: u64) -> Vec<Replication> {
    let center = read(text);
    let mut simulator = Simulator::new(&center);
    (0..count).map(|number| simulator.replicate(1, number).unwrap()).collect()
}

/// Counts of the queues in one life.
pub(crate) fn life(text: &str) -> Vec<QueueCounts> {
    lives(text, 1).remove(0).queues
}

pub(crate) fn summary(text: &str, count: u64) -> Summary {
    Summary::of(&read(text), &lives(text, count))
}

pub(crate) fn of_queue(summary: &Summary, queue: &str, name: &str) -> Estimate {
    let figure = summary.figure(&Subject::Queue(queue.to_owned()), name);
    figure.unwrap_or_else(|| panic!("no figure {name}")).estimate.unwrap()
}

/// The exact value must lie in the 99.9 % interval: 1.68 times the 95 % one. The seed is fixed, so this holds or not, always.
pub(crate) fn agrees(what: &str, found: Estimate, exact: f64) {
    let band = 1.68 * found.half_width.unwrap();
    let off = found.mean - exact;
    assert!(off.abs() <= band, "{what}: {} is {off} from {exact}, beyond {band}", found.mean);
}
