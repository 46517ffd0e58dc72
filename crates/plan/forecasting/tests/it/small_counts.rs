//! Intervals in which hardly anybody calls.

use forecasting::{Accuracy, Known, Method, Origins, Outcome};

use crate::made_up::{monday, series};
use jiff::ToSpan;
use jiff::civil::DateTime;

/// Chance that is the same in every run.
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A Poisson count.
    fn count(&mut self, mean: f64) -> f64 {
        let (least, mut product, mut count) = ((-mean).exp(), self.share(), 0.0);
        while product > least {
            product *= self.share();
            count += 1.0;
        }
        count
    }
}

fn hours(mean: f64) -> Vec<(DateTime, f64)> {
    let mut chance = Chance(11);
    let days = (0..140).map(|day| monday().saturating_add(day.days()));
    let working = days.filter(|date| date.weekday().to_monday_zero_offset() < 5);
    let hours = working.flat_map(|date| (8..18).map(move |hour| date.at(hour, 0, 0, 0)));
    hours.map(|at| (at, chance.count(mean * (1.2 - 0.01 * f64::from(at.hour() - 12).powi(2))))).collect()
}

#[test]
fn ranges_of_a_few_contacts_hold_as_often_as_they_say() {
    for mean in [3.0, 5.0, 8.0, 15.0] {
        let series = series(60, &hours(mean));
        let origins = Origins { count: 14, step: 30, horizon: 50 }.of(&series).unwrap();
        let outcomes: Vec<Outcome> = origins
            .iter()
            .flat_map(|origin| origin.outcomes(Method::Townline, &Known::default()).unwrap())
            .collect();
        let accuracy = Accuracy::over(outcomes.iter(), 1.0).unwrap();
        assert!((0.76..=0.85).contains(&accuracy.cover80), "mean {mean}: {accuracy:?}");
    }
}
