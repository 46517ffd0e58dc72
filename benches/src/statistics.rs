//! Percentiles of what was measured: every sample is kept and sorted, nothing is estimated.

use std::time::Duration;

/// Durations in ascending order; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    /// Sorts what was measured; `None` when nothing was.
    pub(crate) fn new(mut measured: Vec<Duration>) -> Option<Self> {
        measured.sort_unstable();
        (!measured.is_empty()).then_some(Self(measured))
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The smallest sample that at least `percent` of all samples do not exceed (nearest rank).
    pub(crate) fn percentile(&self, percent: u32) -> Duration {
        let rank = (self.0.len() * percent as usize).div_ceil(100);
        self.0[rank.clamp(1, self.0.len()) - 1]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn milliseconds(of: impl IntoIterator<Item = u64>) -> Samples {
        Samples::new(of.into_iter().map(Duration::from_millis).collect()).unwrap()
    }

    #[test]
    fn of_one_to_a_hundred_the_nth_percentile_is_n() {
        let samples = milliseconds((1..=100).rev());
        for percent in 1..=100 {
            assert_eq!(samples.percentile(percent), Duration::from_millis(percent.into()));
        }
    }

    #[test]
    fn between_two_ranks_the_slower_sample_counts() {
        let samples = milliseconds([10, 20, 30]);
        assert_eq!(samples.percentile(50), Duration::from_millis(20));
        assert_eq!(samples.percentile(67), Duration::from_millis(30));
        assert_eq!(samples.percentile(99), Duration::from_millis(30));
    }

    #[test]
    fn nothing_measured_has_no_percentiles() {
        assert_eq!(Samples::new(Vec::new()), None);
    }

    proptest! {
        #[test]
        fn a_percentile_is_the_smallest_sample_with_enough_below_it(
            measured in prop::collection::vec(0_u64..1_000, 1..200), percent in 1_u32..=100
        ) {
            let samples = milliseconds(measured.clone());
            let found = samples.percentile(percent).as_millis() as u64;
            let share_up_to = |bound: u64| measured.iter().filter(|&&one| one <= bound).count() * 100;
            let needed = measured.len() * percent as usize;
            prop_assert!(measured.contains(&found));
            prop_assert!(share_up_to(found) >= needed);
            let below = measured.iter().filter(|&&one| one < found).max();
            prop_assert!(below.is_none_or(|&below| share_up_to(below) < needed));
        }
    }
}
