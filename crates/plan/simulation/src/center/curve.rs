//! A number that changes with the time of day or week.

use super::DAY_S;

/// A number, or one for each of equal parts of a day or a week.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Curve {
    Constant(f64),
    Repeating { values: Vec<f64>, step_s: f64 },
}

/// Minutes of a day; so many parts of it are the finest.
const MINUTES: usize = 1440;

impl Curve {
    /// So many values spread over a day when that divides it into whole minutes, else over a week (7 values: one for each
    /// weekday, Monday first); `None` where neither fits.
    pub(crate) fn of(values: Vec<f64>) -> Option<Self> {
        let count = values.len();
        let parts_of_a_day = |parts: usize| parts > 0 && MINUTES.is_multiple_of(parts);
        let days = match count {
            1 => return Some(Self::Constant(values[0])),
            _ if parts_of_a_day(count) => 1.0,
            _ if count.is_multiple_of(7) && parts_of_a_day(count / 7) => 7.0,
            _ => return None,
        };
        Some(Self::Repeating { step_s: days * DAY_S / count as f64, values })
    }

    #[inline]
    pub(crate) fn at(&self, time_s: f64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Repeating { values, step_s } => values[(time_s / step_s) as usize % values.len()],
        }
    }

    /// When the value may change next; never for a constant.
    pub(crate) fn next_change(&self, time_s: f64) -> f64 {
        match self {
            Self::Constant(_) => f64::INFINITY,
            Self::Repeating { step_s, .. } => ((time_s / step_s).floor() + 1.0) * step_s,
        }
    }

    /// The mean over its values.
    pub(crate) fn mean(&self) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Repeating { values, .. } => values.iter().sum::<f64>() / values.len() as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_day_or_a_week_by_its_length() {
        let step = |count: usize| match Curve::of(vec![1.0; count]) {
            Some(Curve::Repeating { step_s, .. }) => Some(step_s),
            _ => None,
        };
        assert_eq!(step(24), Some(3600.0));
        assert_eq!(step(7), Some(86_400.0));
        assert_eq!(step(336), Some(1800.0));
        assert_eq!((step(0), step(11), step(1)), (None, None, None));
        assert_eq!(Curve::of(vec![3.0]), Some(Curve::Constant(3.0)));
    }

    #[test]
    fn a_day_comes_again() {
        let curve = Curve::of((0..24).map(f64::from).collect()).unwrap();
        assert_eq!((curve.at(0.0), curve.at(3599.9), curve.at(3600.0)), (0.0, 0.0, 1.0));
        assert_eq!(curve.at(26.5 * 3600.0), 2.0);
        assert_eq!(curve.next_change(26.5 * 3600.0), 27.0 * 3600.0);
    }
}
