//! How long something takes, as a distribution whose mean may change with the time of day.

use crate::center::Curve;
use crate::chance::{Draws, Ziggurat};

/// A length of time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Law {
    pub(crate) mean_s: Curve,
    pub(crate) shape: Shape,
}

/// What lengths of mean 1 look like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    Exponential,
    /// Always the mean.
    Exactly,
    /// Anything from `low` to `high` as likely, their mean being 1.
    Uniform {
        low: f64,
        high: f64,
    },
    /// The logarithm is normal with this standard deviation.
    Lognormal {
        sigma: f64,
    },
    /// A share has an exponential length with the mean `first`, the others with the mean `second`.
    Mix {
        first_share: f64,
        first: f64,
        second: f64,
    },
}

impl Law {
    /// A length for something that begins at `now_s`.
    #[inline]
    pub(crate) fn draw(&self, now_s: f64, ziggurat: &Ziggurat, draws: &mut Draws) -> f64 {
        let mean_s = self.mean_s.at(now_s);
        match self.shape {
            Shape::Exponential => mean_s * ziggurat.exponential(draws),
            Shape::Exactly => mean_s,
            _ => mean_s * self.shape.rarer(ziggurat, draws),
        }
    }
}

impl Shape {
    /// The lognormal shape whose standard deviation is `spread` times its mean.
    pub(crate) fn lognormal(spread: f64) -> Self {
        Self::Lognormal { sigma: libm::log(1.0 + spread * spread).sqrt() }
    }

    fn rarer(self, ziggurat: &Ziggurat, draws: &mut Draws) -> f64 {
        match self {
            Self::Exponential => ziggurat.exponential(draws),
            Self::Exactly => 1.0,
            Self::Uniform { low, high } => low + (high - low) * draws.share(),
            Self::Lognormal { sigma } => libm::exp(sigma * draws.normal() - 0.5 * sigma * sigma),
            Self::Mix { first_share, first, second } => {
                let mean = if draws.happens(first_share) { first } else { second };
                mean * ziggurat.exponential(draws)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_has_the_mean_one() {
        let ziggurat = Ziggurat::new();
        let shapes = [
            Shape::Exponential,
            Shape::Exactly,
            Shape::Uniform { low: 0.5, high: 1.5 },
            Shape::lognormal(0.8),
            Shape::Mix { first_share: 0.3, first: 0.1, second: 0.97 / 0.7 },
        ];
        for shape in shapes {
            let (mut draws, count) = (Draws::new(5), 400_000);
            let sum: f64 = (0..count).map(|_| shape.rarer(&ziggurat, &mut draws)).sum();
            // No shape here has a standard deviation above 1.3: five standard errors.
            assert!((sum / f64::from(count) - 1.0).abs() < 6.5 / f64::from(count).sqrt(), "{shape:?}");
        }
    }
}
