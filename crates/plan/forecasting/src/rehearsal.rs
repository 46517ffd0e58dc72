//! Forecasts of past origins, made as they would have been made then.
//!
//! Rehearsals say which member deserves how much of the forecast (a [`Scheme`](crate::local::Scheme) each, and the trees of
//! [`lags`]) and how wide ranges must be. The calendar coefficients are those of a day not after the origin; they are solved
//! for at a handful of days only, because they hardly move from week to week, and trees learn at two of them.

use crate::Known;
use crate::lags::{self, Days};
use crate::local::{Local, Past, SCHEMES};
use crate::regression::{DayTotal, Regression, product};
use crate::trees::Boosted;

/// Origins rehearsed, at most.
const ORIGINS_MAX: usize = 24;
/// Days of history before the first rehearsal, at least.
pub(crate) const DAYS_BEFORE_MIN: usize = 10;
/// Rehearsals look back over at most this many days: older errors say little about today's.
const LOOK_BACK_DAYS: usize = 400;
/// Multiplications that solving for coefficients may take in all.
const SOLVING_BUDGET: usize = 7_000_000;
/// How strongly a scheme is preferred for being better; large means that the best takes all.
const PREFERENCE: f64 = 25.0;

/// Times at which trees learn for rehearsals.
const TREES_LEARNED: usize = 2;

/// Share of the rehearsed time after which a rehearsal counts half for the ranges: later ones knew more.
const FADING: f64 = 0.17;

/// The schemes, and the trees last.
pub(crate) const MEMBERS: usize = SCHEMES.len() + 1;
pub(crate) const TREES: usize = SCHEMES.len();

/// A member's share of the forecast.
pub(crate) type Shares = [f64; MEMBERS];

/// A day forecast at a past origin by every member.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rehearsed {
    /// Days of history at the origin.
    pub(crate) origin: usize,
    /// The day that was forecast, counted like the history.
    pub(crate) day: usize,
    /// Mean of a full day, by member; `NaN` for trees that have too little to learn from.
    pub(crate) means: [f64; MEMBERS],
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
pub(crate) fn rehearse(
    totals: &[DayTotal],
    regression: &Regression,
    known: &Known,
    horizon: usize,
) -> Vec<Rehearsed> {
    let origins = origins(totals.len(), horizon);
    let solved = solved_at(&origins, regression.columns.count());
    let coefficients = regression.coefficients_after(&solved);
    let mut rehearsed = Vec::new();
    let (mut trees, mut learned) = (None, 0);
    for (nth, (at, coefficients)) in solved.iter().zip(&coefficients).enumerate() {
        let next = solved.get(nth + 1).copied().unwrap_or(usize::MAX);
        let past = past(totals, regression, coefficients);
        let days = Days::new(totals, &past, known);
        if nth * TREES_LEARNED >= learned * solved.len() {
            trees = days.learn(*at, horizon, regression.dispersion);
            learned += 1;
        }
        let stage =
            Stage { totals, regression, coefficients, past: &past, days: &days, trees: trees.as_ref() };
        for origin in origins.iter().copied().filter(|origin| (*at..next).contains(origin)) {
            stage.rehearse(origin, horizon, &mut rehearsed);
        }
    }
    rehearsed
}

/// What is known at some past origins.
struct Stage<'a> {
    totals: &'a [DayTotal],
    regression: &'a Regression,
    coefficients: &'a [f64],
    past: &'a [Past],
    days: &'a Days<'a>,
    trees: Option<&'a Boosted>,
}

impl Stage<'_> {
    fn rehearse(&self, origin: usize, horizon: usize, rehearsed: &mut Vec<Rehearsed>) {
        let dispersion = self.regression.dispersion;
        let locals = SCHEMES.map(|scheme| Local::learn(scheme, &self.past[..origin], dispersion));
        for day in origin..(origin + horizon).min(self.totals.len()) {
            let base = self.regression.center + product(&self.regression.rows[day], self.coefficients);
            let weekday = crate::series::weekday(self.totals[day].day.date);
            let of_trees = self
                .trees
                .map_or(f64::NAN, |trees| lags::ratio(trees, &self.days.features(day, origin)).ln());
            let mut added = [of_trees; MEMBERS];
            for (added, local) in added.iter_mut().zip(&locals) {
                *added = local.ahead(weekday, day + 1 - origin);
            }
            rehearsed.push(Rehearsed {
                origin,
                day,
                means: added.map(|added| (base + added).min(30.0).exp()),
            });
        }
    }
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

/// What each member's errors on past origins make it worth; trees that could not learn are worth nothing.
pub(crate) fn shares(rehearsed: &[Rehearsed], totals: &[DayTotal], trees_learned: bool) -> Shares {
    let mut errors = [0.0; MEMBERS];
    for one in rehearsed {
        let total = &totals[one.day];
        for (error, mean) in errors.iter_mut().zip(one.means) {
            *error += (mean * total.exposure - total.contacts).abs();
        }
    }
    if !trees_learned || rehearsed.is_empty() || errors[TREES].is_nan() {
        errors[TREES] = f64::INFINITY;
    }
    let best = errors.iter().copied().fold(f64::INFINITY, f64::min);
    let worth = |error: f64| match error.is_finite() {
        true if best > 0.0 => (PREFERENCE * (1.0 - error / best)).exp(),
        finite => f64::from(u8::from(finite)),
    };
    let worth = errors.map(worth);
    let sum: f64 = worth.iter().sum();
    worth.map(|worth| worth / sum)
}

/// The members' means, each with its share.
pub(crate) fn combined(means: &[f64; MEMBERS], shares: &Shares) -> f64 {
    let shared = means.iter().zip(shares).filter(|(_, share)| **share > 0.0);
    shared.map(|(mean, share)| mean * share).sum()
}

/// How much a rehearsal counts for the ranges: half for each [`FADING`] of the rehearsed time.
pub(crate) fn weight(one: &Rehearsed, rehearsed: &[Rehearsed]) -> f64 {
    let (first, last) = (rehearsed[0].origin, rehearsed[rehearsed.len() - 1].origin);
    let age = (last - one.origin) as f64 / ((last - first).max(1) as f64);
    (-age / FADING).exp2()
}
