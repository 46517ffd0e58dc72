//! A figure is a sum over a sum: contacts answered in time over contacts offered. Never a mean of percentages.

use super::student::two_sided_95;

/// What each replication found of a figure.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ratio {
    /// What is counted, replication by replication.
    above: Vec<f64>,
    /// Over what.
    below: Vec<f64>,
}

/// A mean with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate from all replications together.
    pub mean: f64,
    /// Half the width of the interval that holds the truth in 95 of 100 cases; `None` from a single replication.
    pub half_width: Option<f64>,
}

impl Estimate {
    /// The lower end of the interval.
    pub fn low(&self) -> Option<f64> {
        self.half_width.map(|half| self.mean - half)
    }

    /// The upper end of the interval.
    pub fn high(&self) -> Option<f64> {
        self.half_width.map(|half| self.mean + half)
    }
}

impl Ratio {
    /// Adds a replication.
    pub(super) fn add(&mut self, above: f64, below: f64) {
        self.above.push(above);
        self.below.push(below);
    }

    /// The ratio of the sums with its interval by the delta method, Student's with one degree of freedom fewer than
    /// replications; `None` where there was nothing to count.
    pub fn estimate(&self) -> Option<Estimate> {
        let mean = self.mean()?;
        Some(Estimate { mean, half_width: half_width(&self.influences(mean)) })
    }

    /// This less another whose replications met the same contacts: what they have in common drops out.
    pub(super) fn less(&self, other: &Self) -> Option<Estimate> {
        let (mean, other_mean) = (self.mean()?, other.mean()?);
        let (ours, theirs) = (self.influences(mean), other.influences(other_mean));
        let differences: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs).collect();
        Some(Estimate { mean: mean - other_mean, half_width: half_width(&differences) })
    }

    fn mean(&self) -> Option<f64> {
        let below: f64 = self.below.iter().sum();
        (below > 0.0).then(|| self.above.iter().sum::<f64>() / below)
    }

    /// By how much each replication pulls the ratio up or down.
    fn influences(&self, mean: f64) -> Vec<f64> {
        let below = self.below.iter().sum::<f64>() / self.below.len() as f64;
        self.above.iter().zip(&self.below).map(|(x, y)| (x - mean * y) / below).collect()
    }
}

/// For the mean of values whose own mean is zero.
fn half_width(values: &[f64]) -> Option<f64> {
    let degrees = values.len().checked_sub(1).filter(|degrees| *degrees > 0)?;
    let squares: f64 = values.iter().map(|value| value * value).sum();
    let error = (squares / degrees as f64 / values.len() as f64).sqrt();
    Some(two_sided_95(degrees) * error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(pairs: &[(f64, f64)]) -> Ratio {
        let mut ratio = Ratio::default();
        pairs.iter().for_each(|(above, below)| ratio.add(*above, *below));
        ratio
    }

    #[test]
    fn a_mean_of_three_has_the_interval_of_the_book() {
        let estimate = ratio(&[(1.0, 1.0), (2.0, 1.0), (6.0, 1.0)]).estimate().unwrap();
        // Standard deviation sqrt(7), over sqrt(3), times 4.3027.
        assert_eq!(estimate.mean, 3.0);
        assert!((estimate.half_width.unwrap() - 4.302_653 * (7.0_f64 / 3.0).sqrt()).abs() < 1e-5);
    }

    #[test]
    fn large_replications_weigh_more_than_small_ones() {
        assert_eq!(ratio(&[(90.0, 100.0), (1.0, 10.0)]).estimate().unwrap().mean, 91.0 / 110.0);
        assert_eq!(ratio(&[(0.0, 0.0)]).estimate(), None);
        assert_eq!(ratio(&[(1.0, 2.0)]).estimate().unwrap().half_width, None);
    }

    #[test]
    fn what_two_plans_have_in_common_drops_out_of_their_difference() {
        let (a, b) =
            (ratio(&[(5.0, 1.0), (9.0, 1.0), (1.0, 1.0)]), ratio(&[(4.0, 1.0), (8.0, 1.0), (0.0, 1.0)]));
        let difference = a.less(&b).unwrap();
        assert_eq!(difference.mean, 1.0);
        assert!(difference.half_width.unwrap() < 1e-12);
    }
}
