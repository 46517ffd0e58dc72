//! Living through a center many times, on all processors, until the figures are narrow enough.
//!
//! Which replications are run does not depend on the number of threads or on which is done first: they are numbered, run in
//! batches, and put together in order of their numbers.

use simulation::{Center, Replication, SimulationError, Simulator, Summary};

/// How often a center is lived through.
#[derive(Debug, Clone, Copy)]
pub struct Lives {
    pub seed: u64,
    /// Replications of a batch; without a precision there is one batch.
    pub batch: usize,
    /// Another batch follows until no service level's interval is wider than this to either side.
    pub precision: Option<f64>,
    /// Never more replications than this.
    pub most: usize,
    pub threads: usize,
}

impl Lives {
    /// The figures of a center.
    pub fn summary(&self, center: &Center) -> Result<Summary, SimulationError> {
        let mut all: Vec<Replication> = Vec::new();
        loop {
            let upto =
                if self.precision.is_some() { self.most.min(all.len() + self.batch) } else { self.batch };
            all.extend(self.batch(center, all.len()..upto)?);
            let summary = Summary::of(center, &all);
            let wide = self
                .precision
                .is_some_and(|most| summary.service_level_half_width().is_none_or(|w| w > most));
            if !wide || all.len() >= self.most {
                return Ok(summary);
            }
        }
    }

    /// The figures of two plans that meet the same contacts, equally often.
    pub fn summaries(&self, first: &Center, second: &Center) -> Result<(Summary, Summary), SimulationError> {
        let first = self.summary(first)?;
        let as_often = Lives { batch: first.replications, precision: None, ..*self };
        Ok((first, as_often.summary(second)?))
    }

    fn batch(
        &self,
        center: &Center,
        numbers: std::ops::Range<usize>,
    ) -> Result<Vec<Replication>, SimulationError> {
        let threads = self.threads.clamp(1, numbers.len().max(1));
        let each = |first: usize| {
            let mut simulator = Simulator::new(center);
            let numbers = numbers.clone().skip(first).step_by(threads);
            numbers.map(|number| simulator.replicate(self.seed, number as u64)).collect::<Vec<_>>()
        };
        let lived: Vec<_> = std::thread::scope(|scope| {
            let each = &each;
            let started: Vec<_> = (0..threads).map(|first| scope.spawn(move || each(first))).collect();
            started.into_iter().map(|thread| thread.join().expect("a life does not panic")).collect()
        });
        let mut lived: Vec<_> = lived.into_iter().map(Vec::into_iter).collect();
        numbers.clone().enumerate().filter_map(|(nth, _)| lived[nth % threads].next()).collect()
    }
}
