//! The weather of the made-up town, day by day, and one storm with a name.
//!
//! The weather of a date depends on the seed and the date alone, so that histories of different lengths agree. The
//! climate is that of the inland plains: cold dry winters, hot summers, most rain from May to August.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::chance::{Chance, Purpose};

/// Middle of the daily highs of each month, in degrees Celsius.
const HIGHS_C: [f64; 12] = [2.0, 4.0, 10.0, 16.0, 21.0, 27.0, 31.0, 30.0, 25.0, 17.0, 9.0, 3.0];
/// Probability of rain or snow on a day of each month.
const WET: [f64; 12] = [0.16, 0.17, 0.22, 0.28, 0.34, 0.33, 0.30, 0.27, 0.23, 0.20, 0.17, 0.16];
/// From the high of a day to its low.
const NIGHT_DROP_C: f64 = 12.0;
/// How strongly a storm is felt from the day it comes, as a share of its first day.
const STORM_FORCE: [f64; 6] = [1.0, 0.8, 0.45, 0.25, 0.14, 0.07];
const STORM_NAMES: [&str; 6] = ["Amaranth", "Borodin", "Calliope", "Ferdinand", "Isolde", "Lysander"];

/// The weather of one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weather {
    /// Highest temperature.
    pub high_c: f64,
    /// Lowest temperature.
    pub low_c: f64,
    /// Rain in millimetres.
    pub rain_mm: f64,
    /// New snow in centimetres.
    pub snow_cm: f64,
    /// Strongest wind.
    pub wind_km_h: f64,
}

/// The one great storm of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storm {
    /// "Storm Calliope".
    pub name: String,
    /// The day it comes.
    pub on: Date,
}

impl Weather {
    /// The weather of a date, storms aside.
    pub fn on(seed: u64, date: Date) -> Weather {
        let mut chance = Chance::of(seed, Purpose::Weather, day_number(date));
        let month = date.month() as usize - 1;
        let high_c = usual_high(date) + warm_spell(seed, date) + chance.between(-2.5, 2.5);
        let wet = chance.yes(WET[month]);
        // Squared, so that most wet days bring little and a few bring much.
        let strength = chance.unit();
        let water_mm = if wet { 1.0 + 38.0 * strength * strength * strength } else { 0.0 };
        let snows = high_c - NIGHT_DROP_C / 2.0 < 0.0;
        Weather {
            high_c,
            low_c: high_c - NIGHT_DROP_C + chance.between(-2.0, 2.0),
            rain_mm: if snows { 0.0 } else { water_mm },
            // A millimetre of water makes about a centimetre of snow; winter air holds a third of the water.
            snow_cm: if snows { water_mm / 3.0 } else { 0.0 },
            wind_km_h: 12.0 + 45.0 * chance.unit() * chance.unit() + if wet { 8.0 } else { 0.0 },
        }
    }
}

impl Storm {
    /// The storm of the year before `end`: on a day from June to September, at least 60 days before.
    pub fn before(seed: u64, end: Date) -> Storm {
        let mut chance = Chance::of(seed, Purpose::Storm, 0);
        // The four months are the same days every year, so the storm does not move while `end` moves on.
        let into_season = i64::from(chance.below(110));
        let name = format!("Storm {}", chance.pick(&STORM_NAMES));
        let in_year = |year: i16| Date::constant(year, 6, 5).saturating_add(into_season.days());
        let this_year = in_year(end.year());
        let on = if this_year <= end.saturating_sub(60.days()) { this_year } else { in_year(end.year() - 1) };
        Storm { name, on }
    }

    /// How strongly the storm is felt on a date: 1 on its first day, falling to 0 within a week.
    pub fn force(&self, date: Date) -> f64 {
        usize::try_from(days_between(self.on, date))
            .ok()
            .and_then(|day| STORM_FORCE.get(day))
            .copied()
            .unwrap_or(0.0)
    }
}

/// Days from the first date to the second.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

/// Days since 1970, used to give each date its own draws.
pub(crate) fn day_number(date: Date) -> u64 {
    days_between(Date::constant(1970, 1, 1), date).unsigned_abs()
}

/// Between the middles of two months the usual high changes evenly.
fn usual_high(date: Date) -> f64 {
    let (month, day) = (date.month() as usize - 1, f64::from(date.day()));
    let (other, weight) = if day < 15.0 {
        ((month + 11) % 12, (15.0 - day) / 30.0)
    } else {
        ((month + 1) % 12, (day - 15.0) / 30.0)
    };
    HIGHS_C[month] * (1.0 - weight) + HIGHS_C[other] * weight
}

/// Warm and cold spells of a few days.
fn warm_spell(seed: u64, date: Date) -> f64 {
    let day = day_number(date);
    // Another part of the same purpose: dates stay far below this.
    let spell = |number: u64| Chance::of(seed, Purpose::Weather, 1_000_000 + number).between(-7.0, 7.0);
    let into = (day % 5) as f64 / 5.0;
    spell(day / 5) * (1.0 - into) + spell(day / 5 + 1) * into
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: Date, count: i64) -> impl Iterator<Item = Date> {
        (0..count).map(move |day| from.saturating_add(day.days()))
    }

    #[test]
    fn summers_are_hot_and_winters_bring_snow() {
        let mean_high = |month: i8| {
            days(Date::constant(2020, month, 1), 28).map(|date| Weather::on(5, date).high_c).sum::<f64>()
                / 28.0
        };
        assert!(mean_high(7) > mean_high(1) + 20.0);
        let snowy = |from: Date| days(from, 90).filter(|&date| Weather::on(5, date).snow_cm > 0.0).count();
        assert!(snowy(Date::constant(2020, 12, 1)) >= 5);
        assert_eq!(snowy(Date::constant(2020, 6, 1)), 0);
    }

    #[test]
    fn the_storm_lies_in_summer_of_the_last_two_years_and_well_before_the_end() {
        for seed in 0..20 {
            for end in days(Date::constant(2024, 1, 1), 500).step_by(7) {
                let storm = Storm::before(seed, end);
                let age = days_between(storm.on, end);
                assert!((60..=600).contains(&age), "{end}: {}", storm.on);
                assert!((6..=9).contains(&storm.on.month()), "{}", storm.on);
            }
        }
    }
}
