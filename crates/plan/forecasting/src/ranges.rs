//! Ranges that are right as often as they say.
//!
//! A gamma-Poisson distribution gives the shape of a range; past origins say how wide it must be. Dispersion grows with
//! the lead, and the scores of what really came in ([`Place::score`]) tell which score a stated probability needs: split
//! conformal calibration, drawn towards the normal where the past origins are few.

use crate::gamma_poisson;

/// A forecast of a past origin beside what came.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Days ahead; the first is 1.
    pub(crate) lead: usize,
    pub(crate) mean: f64,
    pub(crate) actual: f64,
    /// How much it counts; late origins, which knew more, count more.
    pub(crate) weight: f64,
}

/// How wide ranges must be, by lead.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ranges {
    /// Dispersion of the first day ahead, and how much each further day adds.
    dispersion: (f64, f64),
    /// Scores of what came, ascending, each with the share of weight up to and half into it.
    scores: Vec<(f64, f64)>,
    /// How many of them are worth as much as independent ones.
    independent: f64,
    /// By how much scores lie further from the middle than rehearsals say.
    widened: f64,
}

/// Past origins, counted as independent, from which on they outweigh the normal shape.
const CAUTION: f64 = 10.0;
/// Errors count as at most this many times the typical one, so that one storm does not widen every range.
const CAPPED_AT: f64 = 9.0;
const DISPERSION_MIN: f64 = 1e-4;

impl Ranges {
    /// Learns from past origins; `alike` of their places stand for one independent observation. Without any place the
    /// `fallback` dispersion is used.
    pub(crate) fn learn(places: &[Place], alike: f64, fallback: f64) -> Ranges {
        let dispersion = if places.len() < 10 { (fallback, 0.1 * fallback) } else { by_lead(places) };
        let mut ranges = Ranges { dispersion, scores: Vec::new(), independent: 0.0, widened: 1.0 };
        ranges.scores = ranges.scored(places);
        ranges.independent = effective_count(places) / alike;
        ranges
    }

    /// The count that is not exceeded with this probability.
    pub(crate) fn quantile(&self, probability: f64, mean: f64, lead: usize) -> f64 {
        if mean <= 0.0 {
            return 0.0;
        }
        gamma_poisson::at_score(self.widened * self.score_for(probability), mean, self.dispersion_at(lead))
    }

    /// The counts not exceeded with each of these probabilities.
    pub(crate) fn quantiles(&self, probabilities: &[f64], mean: f64, lead: usize) -> Vec<f64> {
        probabilities.iter().map(|level| self.quantile(*level, mean, lead)).collect()
    }

    /// The same, with scores further from the middle by this factor.
    pub(crate) fn widened(self, by: f64) -> Ranges {
        Ranges { widened: by, ..self }
    }

    /// The same with this much less dispersion.
    pub(crate) fn narrowed(&self, by: f64) -> Ranges {
        let first = (self.dispersion.0 - by).max(DISPERSION_MIN);
        Ranges { dispersion: (first, self.dispersion.1), ..self.clone() }
    }

    fn dispersion_at(&self, lead: usize) -> f64 {
        self.dispersion.0 + self.dispersion.1 * (lead.max(1) - 1) as f64
    }

    /// The score that had this share of past outcomes below it.
    fn score_for(&self, probability: f64) -> f64 {
        let normal = gamma_poisson::normal_quantile(probability);
        let Some(seen) = self.seen(probability) else { return normal };
        let believed = self.independent / (self.independent + CAUTION);
        believed * seen + (1.0 - believed) * normal
    }

    fn scored(&self, places: &[Place]) -> Vec<(f64, f64)> {
        let score = |place: &Place| {
            let mean = place.mean.max(1e-6);
            (gamma_poisson::score(place.actual, mean, self.dispersion_at(place.lead)), place.weight)
        };
        let mut scores: Vec<(f64, f64)> = places.iter().map(score).collect();
        scores.sort_by(|a, b| a.0.total_cmp(&b.0));
        // The outcome to come has a weight too, and may fall below or above all others.
        let heaviest = scores.iter().map(|score| score.1).fold(0.0, f64::max);
        let total: f64 = scores.iter().map(|score| score.1).sum::<f64>() + heaviest;
        let mut below = 0.5 * heaviest;
        for (_, weight) in &mut scores {
            let here = *weight;
            *weight = (below + 0.5 * here) / total;
            below += here;
        }
        scores
    }

    fn seen(&self, probability: f64) -> Option<f64> {
        let (first, last) = (self.scores.first()?, self.scores.last()?);
        let above = self.scores.partition_point(|(_, share)| *share < probability);
        let (low, high) = match (above.checked_sub(1), self.scores.get(above)) {
            (Some(low), Some(high)) => (&self.scores[low], high),
            (None, _) => return Some(first.0),
            (_, None) => return Some(last.0),
        };
        let share = (probability - low.1) / (high.1 - low.1).max(1e-12);
        Some(low.0 + share * (high.0 - low.0))
    }
}

/// How many equal weights would know as much.
fn effective_count(places: &[Place]) -> f64 {
    let sum: f64 = places.iter().map(|place| place.weight).sum();
    let squares: f64 = places.iter().map(|place| place.weight.powi(2)).sum();
    if squares > 0.0 { sum.powi(2) / squares } else { 0.0 }
}

/// A line through the squared relative errors beyond chance, by lead; never falling.
fn by_lead(places: &[Place]) -> (f64, f64) {
    let beyond = |place: &Place| {
        let mean = place.mean.max(0.5);
        (((place.actual - place.mean).powi(2) - mean) / mean.powi(2), place.weight * mean / (1.0 + mean))
    };
    let mut sizes: Vec<f64> = places.iter().map(|place| beyond(place).0.abs()).collect();
    let middle = sizes.len() / 2;
    let cap = CAPPED_AT * 2.0 * *sizes.select_nth_unstable_by(middle, f64::total_cmp).1 + DISPERSION_MIN;
    let (mut n, mut x, mut y, mut xx, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for place in places {
        let (value, weight) = beyond(place);
        let (value, lead) = (value.min(cap), (place.lead - 1) as f64);
        n += weight;
        x += weight * lead;
        y += weight * value;
        xx += weight * lead * lead;
        xy += weight * lead * value;
    }
    let spread = xx - x * x / n;
    let slope = if spread > 1e-9 { ((xy - x * y / n) / spread).max(0.0) } else { 0.0 };
    let start = (y - slope * x) / n;
    match start < DISPERSION_MIN {
        true => (DISPERSION_MIN, (y / x.max(1e-9)).clamp(0.0, slope)),
        false => (start, slope),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_as_many_past_outcomes_as_it_says() {
        // Outcomes spread evenly over 80..120 around a mean of 100: twice as wide as chance alone.
        let places: Vec<Place> = (0..400)
            .map(|n| Place { lead: 1 + n % 3, mean: 100.0, actual: 80.0 + 0.1 * n as f64, weight: 1.0 })
            .collect();
        let ranges = Ranges::learn(&places, 1.0, 0.01);
        let (low, high) = (ranges.quantile(0.1, 100.0, 2), ranges.quantile(0.9, 100.0, 2));
        assert!((low - 84.0).abs() < 1.0 && (high - 116.0).abs() < 1.0, "{low} to {high}");
    }

    #[test]
    fn nothing_is_expected_where_nothing_comes() {
        assert_eq!(Ranges::learn(&[], 1.0, 0.1).quantile(0.9, 0.0, 1), 0.0);
    }
}
