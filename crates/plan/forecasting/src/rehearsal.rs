//! Forecasts of past origins, made as they would have been made then.
//!
//! Rehearsals say which [`Scheme`](crate::local::Scheme) deserves how much of the forecast and how wide ranges must be. The
//! calendar coefficients are those of a day not after the origin; they are solved for at a handful of days only, because
//! they hardly move from week to week.

use crate::local::{Local, Past, SCHEMES};
use crate::regression::{DayTotal, Regression, product};

/// Origins rehearsed, at most.
const ORIGINS_MAX: usize = 24;
/// Days of history before the first rehearsal, at least.
pub(crate) const DAYS_BEFORE_MIN: usize = 10;
/// Rehearsals look back over at most this many days: older errors say little about today's.
const LOOK_BACK_DAYS: usize = 400;
/// Multiplications that solving for coefficients may take in all.
const SOLVING_BUDGET: usize = 12_000_000;
/// How strongly a scheme is preferred for being better; large means that the best takes all.
const PREFERENCE: f64 = 25.0;

/// Share of the rehearsed time after which a rehearsal counts half for the ranges: later ones knew more.
const FADING: f64 = 0.17;

/// A scheme's share of the forecast.
pub(crate) type Shares = [f64; SCHEMES.len()];

/// A day forecast at a past origin by every scheme.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rehearsed {
    /// Days of history at the origin.
    pub(crate) origin: usize,
    /// The day that was forecast, counted like the history.
    pub(crate) day: usize,
    /// Mean of a full day, by scheme.
    pub(crate) means: [f64; SCHEMES.len()],
}

/// History as the schemes see it.
pub(crate) fn past(totals: &[DayTotal], regression: &Regression, coefficients: &[f64]) -> Vec<Past> {
    let of = |(day, total): (usize, &DayTotal)| Past {
        contacts: total.contacts,
        expected: regression.mean(&regression.rows[day], coefficients) * total.exposure,
        weekday: crate::series::weekday(total.day.date),
        trust: regression.trust[day],
    };
    totals.iter().enumerate().map(of).collect()
}

/// Rehearses forecasts of up to `horizon` days.
pub(crate) fn rehearse(totals: &[DayTotal], regression: &Regression, horizon: usize) -> Vec<Rehearsed> {
    let origins = origins(totals.len(), horizon);
    let solved = solved_at(&origins, regression.columns.count());
    let coefficients = regression.coefficients_after(&solved);
    let mut rehearsed = Vec::new();
    for (at, coefficients) in solved.iter().zip(&coefficients) {
        let next = solved.iter().find(|next| *next > at).copied().unwrap_or(usize::MAX);
        let past = past(totals, regression, coefficients);
        for origin in origins.iter().copied().filter(|origin| (*at..next).contains(origin)) {
            rehearsed.extend(from_origin(origin, &past, totals, regression, coefficients, horizon));
        }
    }
    rehearsed
}

fn from_origin<'a>(
    origin: usize,
    past: &[Past],
    totals: &'a [DayTotal],
    regression: &'a Regression,
    coefficients: &'a [f64],
    horizon: usize,
) -> impl Iterator<Item = Rehearsed> + 'a {
    let locals = SCHEMES.map(|scheme| Local::learn(scheme, &past[..origin], regression.dispersion));
    let last = (origin + horizon).min(totals.len());
    (origin..last).map(move |day| {
        let base = regression.center + product(&regression.rows[day], coefficients);
        let weekday = crate::series::weekday(totals[day].day.date);
        let means = locals.map(|local| (base + local.ahead(weekday, day + 1 - origin)).min(30.0).exp());
        Rehearsed { origin, day, means }
    })
}

/// Numbers of days after which a forecast is rehearsed, evenly over the recent past.
fn origins(days: usize, horizon: usize) -> Vec<usize> {
    let latest = days.saturating_sub(horizon).max(days * 2 / 3);
    let earliest = (days / 2).max(DAYS_BEFORE_MIN).max(days.saturating_sub(LOOK_BACK_DAYS));
    if earliest > latest || latest >= days {
        return Vec::new();
    }
    let step = (latest - earliest).div_ceil(ORIGINS_MAX).max(1);
    let mut origins: Vec<usize> = (earliest..=latest).rev().step_by(step).collect();
    origins.reverse();
    origins
}

/// At which of the origins coefficients are solved for.
fn solved_at(origins: &[usize], columns: usize) -> Vec<usize> {
    let affordable = (SOLVING_BUDGET / (columns.pow(3) / 6 + 1)).clamp(3, ORIGINS_MAX + 1);
    let every = origins.len().div_ceil(affordable).max(1);
    origins.iter().copied().step_by(every).collect()
}

/// What each scheme's errors on past origins make it worth.
pub(crate) fn shares(rehearsed: &[Rehearsed], totals: &[DayTotal]) -> Shares {
    let mut errors = [0.0; SCHEMES.len()];
    for one in rehearsed {
        let total = &totals[one.day];
        for (error, mean) in errors.iter_mut().zip(one.means) {
            *error += (mean * total.exposure - total.contacts).abs();
        }
    }
    let best = errors.iter().copied().fold(f64::INFINITY, f64::min);
    let worth = errors.map(|error| if best > 0.0 { (PREFERENCE * (1.0 - error / best)).exp() } else { 1.0 });
    let sum: f64 = worth.iter().sum();
    worth.map(|worth| worth / sum)
}

/// The schemes' means, each with its share.
pub(crate) fn combined(means: &[f64; SCHEMES.len()], shares: &Shares) -> f64 {
    means.iter().zip(shares).map(|(mean, share)| mean * share).sum()
}

/// How much a rehearsal counts for the ranges: half for each [`FADING`] of the rehearsed time.
pub(crate) fn weight(one: &Rehearsed, rehearsed: &[Rehearsed]) -> f64 {
    let (first, last) = (rehearsed[0].origin, rehearsed[rehearsed.len() - 1].origin);
    let age = (last - one.origin) as f64 / ((last - first).max(1) as f64);
    (-age / FADING).exp2()
}
