//! When contacts of a queue come: at rates that are constant from piece to piece, in days that are busier or calmer.

use super::{DAY_S, HOUR_S};

/// Contacts of one queue over the whole time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Arrivals {
    /// One after the other from the start; the last ends with the arrivals.
    pub(crate) pieces: Vec<Piece>,
    /// Standard deviation of a day's own factor, whose mean is 1.
    pub(crate) day_spread: f64,
    /// Times in which nobody gets in, as begin and end.
    pub(crate) outages: Vec<(f64, f64)>,
}

/// A time with one rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Piece {
    pub(crate) until_s: f64,
    pub(crate) per_second: f64,
}

/// More contacts than usual for a while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Storm {
    pub(crate) from_s: f64,
    pub(crate) until_s: f64,
    /// Times the usual.
    pub(crate) factor: f64,
    /// Contacts on top, spread evenly.
    pub(crate) contacts: f64,
}

/// What is usual, by weekday and time of day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Usual {
    pub(crate) per_hour: super::Curve,
    pub(crate) by_weekday: super::Curve,
}

impl Arrivals {
    /// The pieces that the usual and the storms make together.
    pub(crate) fn new(usual: &Usual, storms: &[Storm], horizon_s: f64, day_spread: f64) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut from_s = 0.0;
        while from_s < horizon_s {
            let until_s = f64::min(horizon_s, next_change(usual, storms, from_s));
            let per_second = rate(usual, storms, from_s);
            match pieces.last_mut() {
                Some(last) if last.per_second == per_second => last.until_s = until_s,
                _ => pieces.push(Piece { until_s, per_second }),
            }
            from_s = until_s;
        }
        Self { pieces, day_spread, outages: Vec::new() }
    }

    /// Contacts expected in all.
    pub(crate) fn expected(&self) -> f64 {
        let mut from_s = 0.0;
        let counts = self.pieces.iter().map(|piece| {
            let length_s = piece.until_s - from_s;
            from_s = piece.until_s;
            piece.per_second * length_s
        });
        counts.sum()
    }

    /// Whether nobody gets in at this time.
    pub(crate) fn is_out(&self, at_s: f64) -> bool {
        self.outages.iter().any(|(from_s, until_s)| (*from_s..*until_s).contains(&at_s))
    }
}

fn rate(usual: &Usual, storms: &[Storm], at_s: f64) -> f64 {
    let usual = usual.per_hour.at(at_s) * usual.by_weekday.at(at_s) / HOUR_S;
    let now = storms.iter().filter(|storm| (storm.from_s..storm.until_s).contains(&at_s));
    now.fold(usual, |rate, storm| rate * storm.factor + storm.contacts / (storm.until_s - storm.from_s))
}

fn next_change(usual: &Usual, storms: &[Storm], from_s: f64) -> f64 {
    let edges = storms.iter().flat_map(|storm| [storm.from_s, storm.until_s]).filter(|edge| *edge > from_s);
    let usual = f64::min(usual.per_hour.next_change(from_s), usual.by_weekday.next_change(from_s));
    edges.fold(usual, f64::min)
}

/// The day, counted from the start, that a time falls on.
pub(crate) fn day_of(at_s: f64) -> u64 {
    (at_s / DAY_S) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::center::Curve;

    #[test]
    fn a_storm_multiplies_and_adds_within_its_hours() {
        let usual = Usual { per_hour: Curve::Constant(36.0), by_weekday: Curve::Constant(1.0) };
        let storm = Storm { from_s: 3600.0, until_s: 7200.0, factor: 2.0, contacts: 100.0 };
        let arrivals = Arrivals::new(&usual, &[storm], 10_800.0, 0.0);
        assert_eq!(arrivals.pieces.len(), 3);
        assert!((arrivals.expected() - (36.0 + 72.0 + 100.0 + 36.0)).abs() < 1e-9);
    }
}
