//! Draws that come out the same on every machine.
//!
//! The generator is `ChaCha8`, whose output is fixed by its seed. On top of it only additions, multiplications,
//! divisions and square roots are used: IEEE 754 defines those to the last bit, while `ln`, `sin` and `exp` of the
//! platform may differ in it. Each purpose has its own stream, so that one more draw for a street name moves no house.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// What a stream of draws is for. The number is part of every generated town: never renumber one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Lattice = 1,
    Outline = 2,
    River = 3,
    Parks = 4,
    Streets = 5,
    StreetNames = 6,
    Districts = 7,
    Facilities = 8,
    TownName = 9,
    People = 10,
    HotSpots = 11,
    Weather = 12,
    Storm = 13,
    DayCounts = 14,
    Requests = 15,
    Recent = 16,
}

/// One stream of draws.
#[derive(Debug)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of `seed` for one purpose; `part` tells the days (or kinds) within it apart.
    pub(crate) fn of(seed: u64, purpose: Purpose, part: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&(purpose as u64).to_le_bytes());
        key[16..24].copy_from_slice(&part.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number in `0 <= x < 1`.
    pub(crate) fn unit(&mut self) -> f64 {
        // 53 bits are what an f64 can hold exactly.
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number in `0 <= x < bound`; 0 when the bound is 0.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        // Multiply and shift; the bias of at most bound / 2^32 does not matter for a sample.
        ((u64::from(self.0.next_u32()) * u64::from(bound)) >> 32) as u32
    }

    pub(crate) fn index(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    pub(crate) fn yes(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of `items`, all equally likely. The slice must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.index(items.len())]
    }

    /// One of several sentences, as [`Chance::pick`].
    pub(crate) fn line<'a>(&mut self, lines: &'a [String]) -> &'a str {
        &lines[self.index(lines.len())]
    }

    /// A nearly normal draw, mean 0 and deviation 1: twelve uniform draws, summed. It never leaves -6..6, which
    /// suits us: no request stays open for a century.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..6).map(|_| self.two_units()).sum::<f64>() - 6.0
    }

    fn two_units(&mut self) -> f64 {
        let bits = self.0.next_u64();
        ((bits >> 32) as f64 + (bits & 0xffff_ffff) as f64) / (1_u64 << 32) as f64
    }

    /// A draw whose logarithm is normal: `median` is its middle, `spread` the deviation of the logarithm.
    pub(crate) fn log_normal(&mut self, median: f64, spread: f64) -> f64 {
        median * exp(spread * self.normal())
    }

    /// The place in a running total (as [`running_total`] makes it) that a draw falls into.
    pub(crate) fn weighted(&mut self, totals: &[f64]) -> usize {
        let last = totals.last().copied().unwrap_or(0.0);
        let mark = self.unit() * last;
        totals.partition_point(|&total| total <= mark).min(totals.len().saturating_sub(1))
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.index(last + 1));
        }
    }
}

/// Weights as a running total, the form in which [`Chance::weighted`] draws quickly.
pub(crate) fn running_total(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    weights
        .into_iter()
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect()
}

/// `e^x` by a Taylor series of `x / 1024` and ten squarings: exact enough (12 digits) and the same everywhere.
fn exp(x: f64) -> f64 {
    let small = x / 1024.0;
    let mut power = 1.0 + small * (1.0 + small / 2.0 * (1.0 + small / 3.0 * (1.0 + small / 4.0)));
    for _ in 0..10 {
        power *= power;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_exponential_agrees_with_the_platform_to_nine_digits() {
        for step in -60..=60 {
            let x = f64::from(step) / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-9, "e^{x}");
        }
    }

    #[test]
    fn normal_draws_have_mean_zero_and_deviation_one() {
        let mut chance = Chance::of(1, Purpose::Requests, 0);
        let draws: Vec<f64> = (0..40_000).map(|_| chance.normal()).collect();
        let mean = draws.iter().sum::<f64>() / 40_000.0;
        let variance = draws.iter().map(|x| x * x).sum::<f64>() / 40_000.0;
        // Four standard errors of a mean of 40,000 draws are 0.02; of the variance, 0.03.
        assert!(mean.abs() < 0.02, "{mean}");
        assert!((variance - 1.0).abs() < 0.03, "{variance}");
    }

    #[test]
    fn a_weighted_draw_never_falls_on_a_weight_of_zero() {
        let totals = running_total([0.0, 1.0, 0.0, 3.0, 0.0]);
        let mut chance = Chance::of(2, Purpose::Requests, 0);
        let mut counts = [0; 5];
        for _ in 0..10_000 {
            counts[chance.weighted(&totals)] += 1;
        }
        assert_eq!([counts[0], counts[2], counts[4]], [0, 0, 0]);
        assert!(counts[3] > counts[1] * 2);
    }
}
