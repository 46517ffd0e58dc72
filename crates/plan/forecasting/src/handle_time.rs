//! Handle time: how long a contact keeps an agent, for the same intervals ahead as a forecast of contacts.
//!
//! The mean handle time of an interval is a level times its weekday times its time of day, each a ratio of seconds that
//! came to seconds that were expected, so that an interval of fifty contacts says ten times as much as one of five. How
//! fast the level is followed, and how wide ranges must be, is what past origins would have asked for.
//!
//! It knows no holidays and no seasons of the year: handle time moves with staff, tools and topics, which a level follows.
//! On days with unusual topics it errs towards the usual.

use jiff::civil::DateTime;

use crate::gamma_poisson::normal_quantile;
use crate::series::weekday;
use crate::{DAYS_MIN, Forecast, ForecastError, Interval};

/// Contacts of one past interval with what they took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Handled {
    /// When the interval begins.
    pub at: DateTime,
    /// Contacts handled; with none, the mean says nothing.
    pub contacts: f64,
    /// Their mean handle time in seconds.
    pub mean_s: f64,
}

/// Handle time of an interval ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct HandleTimeForecast {
    /// When it begins, in local time.
    pub at: DateTime,
    /// Mean seconds a contact keeps an agent.
    pub mean_s: f64,
    /// Seconds that the interval's mean does not exceed with each of the probabilities of the contacts' forecast. Narrow
    /// where many contacts are expected, wide where few are.
    pub quantiles_s: Vec<f64>,
}

/// What past handle times say about those to come.
#[derive(Debug)]
pub struct HandleTimes {
    interval: Interval,
    effects: Effects,
    spread: Spread,
    /// What came over what was expected, in standard deviations, ascending.
    scores: Vec<f64>,
}

/// Days after which a day counts half in the level: the candidates.
const HALF_LIVES: [f64; 4] = [7.0, 21.0, 60.0, 180.0];
/// Days after which a day counts half in weekdays and times of day.
const PATTERN_HALF_LIFE: f64 = 120.0;
/// Contacts a weekday or time of day needs until it is believed half.
const CAUTION_CONTACTS: f64 = 60.0;
/// From this many contacts on an interval says no more: what moves it is no longer chance.
const CONTACTS_THAT_SAY_ALL: f64 = 100.0;
/// A mean further from what was expected than this factor counts as if it were that far.
const CAPPED_AT: f64 = 3.0;
/// Past origins, and neighboring intervals that err alike.
const ORIGINS: usize = 12;
const ALIKE: f64 = 10.0;
/// Independent errors from which on they outweigh the normal shape.
const CAUTION_ERRORS: f64 = 10.0;
/// Days looked back at.
const LOOK_BACK_DAYS: i32 = 500;

/// Factors that multiply to the mean handle time.
#[derive(Debug, Clone)]
struct Effects {
    level_s: f64,
    weekday: [f64; 7],
    slot: Vec<f64>,
}

/// Squared relative error: that of one contact, shared by all of the interval, and what no number of them averages out.
#[derive(Debug, Clone, Copy)]
struct Spread {
    of_a_contact: f64,
    of_the_interval: f64,
}

/// A record with its age and what it says.
#[derive(Debug, Clone, Copy)]
struct Record {
    day: i32,
    weekday: usize,
    slot: usize,
    contacts: f64,
    mean_s: f64,
}

impl HandleTimes {
    /// Learns from records in order of time, for forecasts of up to `horizon_days`.
    ///
    /// # Errors
    /// [`ForecastError::HandleTime`] for a mean that is not above zero where there are contacts, [`ForecastError::Count`],
    /// [`ForecastError::TooShort`] below [`DAYS_MIN`] days with contacts.
    pub fn new(interval: Interval, handled: &[Handled], horizon_days: usize) -> Result<Self, ForecastError> {
        let records = records(interval, handled)?;
        let rehearsed = HALF_LIVES.map(|half_life| rehearse(&records, interval, half_life, horizon_days));
        let error = |errors: &[(f64, f64)]| -> f64 { errors.iter().map(|(off, n)| off.abs() * n).sum() };
        let best =
            (0..HALF_LIVES.len()).min_by(|a, b| error(&rehearsed[*a]).total_cmp(&error(&rehearsed[*b])));
        let best = best.expect("there are half-lives");
        let spread = Spread::of(&rehearsed[best]);
        let scores = rehearsed[best].iter().map(|(off, contacts)| off / spread.deviation(*contacts));
        let mut scores: Vec<f64> = scores.collect();
        scores.sort_by(f64::total_cmp);
        let effects = Effects::learn(&records, interval, HALF_LIVES[best]);
        Ok(Self { interval, effects, spread, scores })
    }

    /// Handle time in each interval of a forecast of contacts.
    pub fn forecast(&self, contacts: &Forecast) -> Vec<HandleTimeForecast> {
        let of = |at: DateTime, contacts_mean: f64| {
            let mean_s = self.effects.expected_s(weekday(at.date()), slot(self.interval, at));
            let deviation = self.spread.deviation(contacts_mean);
            let quantile = |p: &f64| mean_s * (1.0 + self.score_for(*p) * deviation).max(0.0);
            let quantiles_s = contacts.probabilities.iter().map(quantile).collect();
            HandleTimeForecast { at, mean_s, quantiles_s }
        };
        contacts.intervals.iter().map(|one| of(one.at, one.mean)).collect()
    }

    /// The score that had this share of past errors below it, drawn towards the normal where they are few.
    fn score_for(&self, probability: f64) -> f64 {
        let normal = normal_quantile(probability);
        let independent = self.scores.len() as f64 / ALIKE;
        let believed = independent / (independent + CAUTION_ERRORS);
        let at = probability * (self.scores.len() as f64 + 1.0) - 1.0;
        let seen = self.scores.get((at.round().max(0.0) as usize).min(self.scores.len().saturating_sub(1)));
        seen.map_or(normal, |seen| believed * seen + (1.0 - believed) * normal)
    }
}

fn records(interval: Interval, handled: &[Handled]) -> Result<Vec<Record>, ForecastError> {
    let mut records = Vec::with_capacity(handled.len());
    for Handled { at, contacts, mean_s } in handled.iter().copied() {
        if !contacts.is_finite() || contacts < 0.0 {
            return Err(ForecastError::Count { at, count: contacts });
        }
        if contacts > 0.0 && !(mean_s.is_finite() && mean_s > 0.0) {
            return Err(ForecastError::HandleTime { at, mean_s });
        }
        let day = crate::columns::days_between(handled[0].at.date(), at.date());
        let (weekday, slot) = (weekday(at.date()), slot(interval, at));
        records.push(Record { day, weekday, slot, contacts, mean_s });
    }
    records.retain(|record| record.contacts > 0.0);
    let last = records.last().map_or(0, |record| record.day);
    records.retain(|record| record.day > last - LOOK_BACK_DAYS);
    match days(&records).len() {
        days if days < DAYS_MIN => Err(ForecastError::TooShort { days, needed: DAYS_MIN }),
        _ => Ok(records),
    }
}

fn days(records: &[Record]) -> Vec<i32> {
    let mut days: Vec<i32> = records.iter().map(|record| record.day).collect();
    days.dedup();
    days
}

fn slot(interval: Interval, at: DateTime) -> usize {
    (at.hour() as usize * 60 + at.minute() as usize) / interval.minutes() as usize
}

/// Relative errors of forecasts of past origins, with the contacts they rest on.
fn rehearse(records: &[Record], interval: Interval, half_life: f64, horizon_days: usize) -> Vec<(f64, f64)> {
    let days = days(records);
    let earliest = (days.len() / 2).max(7);
    let latest = days.len().saturating_sub(horizon_days.max(1)).max(days.len() * 2 / 3).max(earliest);
    let step = (latest - earliest).div_ceil(ORIGINS).max(1);
    let mut errors = Vec::new();
    for origin in (earliest..=latest).step_by(step).filter(|origin| *origin < days.len()) {
        let split = records.partition_point(|record| record.day < days[origin]);
        let effects = Effects::learn(&records[..split], interval, half_life);
        let until = days.get(origin + horizon_days.max(1)).copied().unwrap_or(i32::MAX);
        for record in records[split..].iter().take_while(|record| record.day < until) {
            errors.push((record.mean_s / effects.of(record) - 1.0, record.contacts));
        }
    }
    errors
}

impl Record {
    /// How much it says, this many days later.
    fn weight(&self, today: i32, half_life: f64) -> f64 {
        let says = self.contacts / (1.0 + self.contacts / CONTACTS_THAT_SAY_ALL);
        says * (-f64::from(today - self.day) / half_life).exp2()
    }
}

impl Effects {
    fn learn(records: &[Record], interval: Interval, half_life: f64) -> Self {
        let mut effects = Effects { level_s: 1.0, weekday: [1.0; 7], slot: vec![1.0; interval.per_day()] };
        let today = records.last().map_or(0, |record| record.day);
        effects.level_s = effects.ratio(records, today, PATTERN_HALF_LIFE, 1e6);
        // Two rounds: weekdays and times of day are nearly independent of each other.
        for _ in 0..2 {
            effects.relearn(records, today, |record| record.weekday, |effects| &mut effects.weekday);
            effects.relearn(records, today, |record| record.slot, |effects| &mut effects.slot);
        }
        effects.level_s *= effects.ratio(records, today, half_life, CAPPED_AT);
        effects
    }

    /// Corrects the factors of one kind, as far as there is enough to learn from.
    fn relearn(
        &mut self,
        records: &[Record],
        today: i32,
        kind: impl Fn(&Record) -> usize,
        factors: impl Fn(&mut Effects) -> &mut [f64],
    ) {
        let mut sums = vec![(0.0, 0.0); factors(self).len()];
        for record in records {
            let (weight, expected_s) = (record.weight(today, PATTERN_HALF_LIFE), self.of(record));
            let sum = &mut sums[kind(record)];
            sum.0 += weight * capped(record.mean_s, expected_s, CAPPED_AT) / expected_s;
            sum.1 += weight;
        }
        for (factor, (came, expected)) in factors(self).iter_mut().zip(sums) {
            *factor *= (came + CAUTION_CONTACTS) / (expected + CAUTION_CONTACTS);
        }
    }

    /// Seconds that came over seconds expected, recent days first.
    fn ratio(&self, records: &[Record], today: i32, half_life: f64, cap: f64) -> f64 {
        let (mut came, mut expected) = (0.0, 0.0);
        for record in records {
            let (weight, expected_s) = (record.weight(today, half_life), self.of(record));
            came += weight * capped(record.mean_s, expected_s, cap);
            expected += weight * expected_s;
        }
        if expected > 0.0 { came / expected } else { 1.0 }
    }

    fn of(&self, record: &Record) -> f64 {
        self.expected_s(record.weekday, record.slot)
    }

    fn expected_s(&self, weekday: usize, slot: usize) -> f64 {
        self.level_s * self.weekday[weekday] * self.slot[slot]
    }
}

fn capped(seconds: f64, expected_s: f64, cap: f64) -> f64 {
    seconds.clamp(expected_s / cap, expected_s * cap)
}

impl Spread {
    /// Squared errors as a straight line over one by the contacts; both parts are at least a hundredth of a percent.
    fn of(errors: &[(f64, f64)]) -> Self {
        let (mut n, mut x, mut y, mut xx, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (off, contacts) in errors {
            let (inverse, square) = (1.0 / contacts.max(1.0), off.clamp(-1.0, CAPPED_AT - 1.0).powi(2));
            n += 1.0;
            x += inverse;
            y += square;
            xx += inverse * inverse;
            xy += inverse * square;
        }
        if n == 0.0 {
            return Spread { of_a_contact: 1.0, of_the_interval: 0.01 };
        }
        let varies = xx - x * x / n;
        let slope = if varies > 1e-9 { ((xy - x * y / n) / varies).max(0.0) } else { 0.0 };
        let start = (y - slope * x) / n;
        match start > 0.0 {
            true => Spread { of_a_contact: slope, of_the_interval: start.max(1e-4) },
            false => Spread { of_a_contact: y / x, of_the_interval: 1e-4 },
        }
    }

    fn deviation(self, contacts: f64) -> f64 {
        (self.of_the_interval + self.of_a_contact / contacts.max(1.0)).sqrt()
    }
}
