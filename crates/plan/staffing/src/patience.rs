//! How long contacts are willing to wait, as a distribution.

use crate::StaffingError;
use crate::bounds::{positive, share, share_below_one};

/// The time after which a contact that still waits gives up. Times in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Patience(Kind);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Endless,
    Exponential { mean_s: f64 },
    Deterministic { limit_s: f64 },
    Uniform { max_s: f64 },
    Hyperexponential { first_share: f64, first_mean_s: f64, second_mean_s: f64 },
    Balking { balk_share: f64, mean_s: f64 },
}

/// What patience does to a wait of `x` seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Toll {
    /// Share of contacts that have given up by then.
    pub(crate) gone: f64,
    /// Integral of `gone` from 0 to `x`: by how much giving up has shortened the mean wait.
    pub(crate) saved_s: f64,
}

impl Patience {
    /// Nobody ever gives up: Erlang C.
    pub const ENDLESS: Self = Self(Kind::Endless);

    /// Exponential patience with this mean: Erlang A. The usual choice, as only its mean has to be known.
    ///
    /// # Errors
    /// When the mean is not greater than zero.
    pub fn exponential(mean_s: f64) -> Result<Self, StaffingError> {
        Ok(Self(Kind::Exponential { mean_s: positive("mean_patience_s", mean_s)? }))
    }

    /// Everybody gives up after exactly `limit_s`, as when a system ends the wait.
    ///
    /// # Errors
    /// When the limit is not greater than zero.
    pub fn deterministic(limit_s: f64) -> Result<Self, StaffingError> {
        Ok(Self(Kind::Deterministic { limit_s: positive("patience.value_s", limit_s)? }))
    }

    /// Any patience from 0 to `max_s` is as likely as another.
    ///
    /// # Errors
    /// When the maximum is not greater than zero.
    pub fn uniform(max_s: f64) -> Result<Self, StaffingError> {
        Ok(Self(Kind::Uniform { max_s: positive("patience.max_s", max_s)? }))
    }

    /// Two kinds of callers: the share `first_share` has exponential patience with one mean, the rest with another.
    ///
    /// # Errors
    /// When the share does not lie from 0 to 1, or a mean is not greater than zero.
    pub fn hyperexponential(
        first_share: f64,
        first_mean_s: f64,
        second_mean_s: f64,
    ) -> Result<Self, StaffingError> {
        Ok(Self(Kind::Hyperexponential {
            first_share: share("patience.p1", first_share)?,
            first_mean_s: positive("patience.mean1_s", first_mean_s)?,
            second_mean_s: positive("patience.mean2_s", second_mean_s)?,
        }))
    }

    /// The share `balk_share` of those who would have to wait leaves at once, the rest has exponential patience.
    ///
    /// # Errors
    /// When the share does not lie from 0 to below 1, or the mean is not greater than zero.
    pub fn with_balking(balk_share: f64, mean_s: f64) -> Result<Self, StaffingError> {
        Ok(Self(Kind::Balking {
            balk_share: share_below_one("patience.balk", balk_share)?,
            mean_s: positive("patience.mean_s", mean_s)?,
        }))
    }

    /// Whether nobody ever gives up.
    pub fn is_endless(&self) -> bool {
        self.0 == Kind::Endless
    }

    /// Whether giving up is as likely in each further second as in the one before.
    pub fn is_exponential(&self) -> bool {
        matches!(self.0, Kind::Exponential { .. })
    }

    /// Mean patience in seconds; infinite when nobody gives up.
    pub fn mean_s(&self) -> f64 {
        match self.0 {
            Kind::Endless => f64::INFINITY,
            Kind::Exponential { mean_s } => mean_s,
            Kind::Deterministic { limit_s } => limit_s,
            Kind::Uniform { max_s } => 0.5 * max_s,
            Kind::Hyperexponential { first_share, first_mean_s, second_mean_s } => {
                first_share * first_mean_s + (1.0 - first_share) * second_mean_s
            }
            Kind::Balking { balk_share, mean_s } => (1.0 - balk_share) * mean_s,
        }
    }

    /// What a wait of `x` seconds costs in callers.
    pub(crate) fn toll(&self, x: f64) -> Toll {
        match self.0 {
            Kind::Endless => Toll { gone: 0.0, saved_s: 0.0 },
            Kind::Exponential { mean_s } => exponential_toll(x, mean_s),
            Kind::Deterministic { limit_s } => {
                Toll { gone: f64::from(u8::from(x >= limit_s)), saved_s: f64::max(0.0, x - limit_s) }
            }
            Kind::Uniform { max_s } if x < max_s => Toll { gone: x / max_s, saved_s: 0.5 * x * x / max_s },
            Kind::Uniform { max_s } => Toll { gone: 1.0, saved_s: x - 0.5 * max_s },
            Kind::Hyperexponential { first_share, first_mean_s, second_mean_s } => {
                let (first, second) = (exponential_toll(x, first_mean_s), exponential_toll(x, second_mean_s));
                first.mixed(first_share, second)
            }
            Kind::Balking { balk_share, mean_s } => {
                Toll { gone: 1.0, saved_s: x }.mixed(balk_share, exponential_toll(x, mean_s))
            }
        }
    }

    /// The wait by which the share `gone` has given up: where the density of waiting times has its peak.
    pub(crate) fn quantile(&self, gone: f64) -> f64 {
        let exponential = |mean_s: f64, gone: f64| -mean_s * (-gone).ln_1p();
        match self.0 {
            Kind::Endless => f64::INFINITY,
            Kind::Exponential { mean_s } => exponential(mean_s, gone),
            Kind::Deterministic { limit_s } => limit_s,
            Kind::Uniform { max_s } => gone * max_s,
            Kind::Hyperexponential { first_mean_s, second_mean_s, .. } => {
                let (low, high) = (first_mean_s.min(second_mean_s), first_mean_s.max(second_mean_s));
                self.bisect(gone, exponential(low, gone), exponential(high, gone))
            }
            Kind::Balking { balk_share, .. } if gone <= balk_share => 0.0,
            Kind::Balking { balk_share, mean_s } => {
                exponential(mean_s, (gone - balk_share) / (1.0 - balk_share))
            }
        }
    }

    fn bisect(&self, gone: f64, mut low: f64, mut high: f64) -> f64 {
        while high - low > 1e-9 * high {
            let middle = 0.5 * (low + high);
            if self.toll(middle).gone < gone { low = middle } else { high = middle }
        }
        low
    }

    /// Where the distribution has a jump or a kink.
    pub(crate) fn kink_s(&self) -> Option<f64> {
        match self.0 {
            Kind::Deterministic { limit_s } => Some(limit_s),
            Kind::Uniform { max_s } => Some(max_s),
            Kind::Endless
            | Kind::Exponential { .. }
            | Kind::Hyperexponential { .. }
            | Kind::Balking { .. } => None,
        }
    }

    /// The length over which the distribution changes its shape near zero; infinite when it has none.
    pub(crate) fn finest_s(&self) -> f64 {
        match self.0 {
            Kind::Endless | Kind::Deterministic { .. } | Kind::Uniform { .. } => f64::INFINITY,
            Kind::Exponential { mean_s } | Kind::Balking { mean_s, .. } => mean_s,
            Kind::Hyperexponential { first_mean_s, second_mean_s, .. } => first_mean_s.min(second_mean_s),
        }
    }
}

impl Toll {
    /// The share `of_self` pays this one, the others another.
    fn mixed(self, of_self: f64, other: Toll) -> Toll {
        let of_other = 1.0 - of_self;
        Toll {
            gone: of_self * self.gone + of_other * other.gone,
            saved_s: of_self * self.saved_s + of_other * other.saved_s,
        }
    }
}

fn exponential_toll(x: f64, mean_s: f64) -> Toll {
    let waited = x / mean_s;
    let saved = waited_less_gone(waited);
    Toll { gone: waited - saved, saved_s: mean_s * saved }
}

/// `t - (1 - exp(-t))` without the loss of digits for small `t`.
fn waited_less_gone(t: f64) -> f64 {
    if t > 0.25 {
        return t - 1.0 + (-t).exp();
    }
    // t^2/2 - t^3/6 + t^4/24 - …; the first term left out is below 1e-17 of the first.
    let tail = 1.0 - t / 9.0 * (1.0 - t / 10.0 * (1.0 - t / 11.0 * (1.0 - t / 12.0)));
    let series = 1.0
        - t / 3.0
            * (1.0 - t / 4.0 * (1.0 - t / 5.0 * (1.0 - t / 6.0 * (1.0 - t / 7.0 * (1.0 - t / 8.0 * tail)))));
    0.5 * t * t * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_and_the_formula_agree_where_they_meet() {
        let t = 0.25_f64;
        let formula = t - 1.0 + (-t).exp();
        assert!((waited_less_gone(t) / formula - 1.0).abs() < 1e-14);
        assert!((waited_less_gone(1e-8) / 0.5e-16 - 1.0).abs() < 1e-8);
    }

    #[test]
    fn a_quantile_is_where_that_share_has_gone() {
        let mixed = Patience::hyperexponential(0.3, 10.0, 240.0).unwrap();
        let balking = Patience::with_balking(0.15, 180.0).unwrap();
        for patience in
            [Patience::exponential(90.0).unwrap(), Patience::uniform(180.0).unwrap(), mixed, balking]
        {
            for gone in [0.2, 0.5, 0.9, 0.999] {
                let found = patience.toll(patience.quantile(gone)).gone;
                assert!((found - gone).abs() < 1e-8, "{patience:?} {gone} {found}");
            }
        }
        assert_eq!(balking.quantile(0.1), 0.0);
    }
}
