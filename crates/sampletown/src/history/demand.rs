//! How many requests come in on each day, and for what.

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Zoned};

use crate::behaviour::Behaviour;
use crate::chance::{Chance, Purpose, running_total};
use crate::weather::{Storm, Weather, day_number, days_between};

/// Demand by weekday, Monday first. Monday is heaviest; weekends have the self-service channels only.
const WEEKDAYS: [f64; 7] = [1.32, 1.16, 1.11, 1.07, 1.02, 0.62, 0.50];
/// Growth from year to year.
const GROWTH: f64 = 0.05;
/// The first day of the storm brings this many usual days on top.
const STORM_DAYS: f64 = 3.4;
/// Days differ by about this much for no reason.
const DAY_NOISE: f64 = 0.09;

/// One day's requests.
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) requests: u64,
    /// Running total of the weights of the services.
    pub(super) services: Vec<f64>,
    /// How far the two years have gone, from 0 to 1.
    pub(super) progress: f64,
    pub(super) storm_force: f64,
}

/// Shares out the requests of the whole history over its days.
pub(super) struct Demand {
    seed: u64,
    first: Date,
    storm: Storm,
    /// Running total of requests after each day.
    totals: Vec<u64>,
    next: usize,
}

impl Demand {
    pub(super) fn new(seed: u64, end: &Zoned, requests: u64, storm: &Storm, behaviour: &Behaviour) -> Self {
        let last = end.date();
        let first = last.saturating_sub(2.years());
        let mut demand = Self { seed, first, storm: storm.clone(), totals: Vec::new(), next: 0 };
        let days = days_between(first, last) as usize + 1;
        let mut weights: Vec<f64> = (0..days).map(|day| demand.day_weight(day, days, behaviour)).collect();
        // The last day is not over.
        weights[days - 1] *= share_of_day(end);
        let running = running_total(weights);
        let whole = running[days - 1];
        demand.totals =
            running.iter().map(|total| (total / whole * requests as f64).round() as u64).collect();
        demand
    }

    pub(super) fn next_day(&mut self, behaviour: &Behaviour) -> Option<Day> {
        let day = self.next;
        let total = *self.totals.get(day)?;
        self.next += 1;
        let before = day.checked_sub(1).map_or(0, |before| self.totals[before]);
        let date = self.date(day);
        Some(Day {
            date,
            requests: total - before,
            services: running_total(self.service_weights(date, behaviour)),
            progress: day as f64 / self.totals.len() as f64,
            storm_force: self.storm.force(date),
        })
    }

    fn date(&self, day: usize) -> Date {
        self.first.saturating_add((day as i64).days())
    }

    fn day_weight(&self, day: usize, days: usize, behaviour: &Behaviour) -> f64 {
        let date = self.date(day);
        let growth = 1.0 + GROWTH * (day as f64 / days as f64) * 2.0;
        let noise = Chance::of(self.seed, Purpose::DayCounts, day_number(date)).log_normal(1.0, DAY_NOISE);
        self.service_weights(date, behaviour).into_iter().sum::<f64>() * growth * noise
    }

    /// The weight of each service on a date: its share by season, weather and weekday, and the storm's on top.
    fn service_weights(&self, date: Date, behaviour: &Behaviour) -> Vec<f64> {
        let weather = Weather::on(self.seed, date);
        let month = date.month() as usize - 1;
        let weekday = WEEKDAYS[weekday_index(date.weekday())] * if is_holiday(date) { 0.45 } else { 1.0 };
        let usual_day: f64 = behaviour.services().iter().map(|service| service.share).sum();
        let storm_sum: f64 = behaviour.services().iter().map(|service| service.storm).sum();
        let storm = STORM_DAYS * usual_day * self.storm.force(date) / storm_sum;
        behaviour
            .services()
            .iter()
            .map(|service| {
                let usual =
                    service.share * service.season[month] * service.weather_factor(&weather) * weekday;
                usual + service.storm * storm
            })
            .collect()
    }
}

fn weekday_index(weekday: Weekday) -> usize {
    weekday.to_monday_zero_offset() as usize
}

/// Days on which the center is closed and demand falls: those with a fixed date suffice for the shape.
fn is_holiday(date: Date) -> bool {
    matches!((date.month(), date.day()), (1, 1) | (6, 19) | (7, 4) | (11, 11) | (12, 25))
}

/// The share of a day's requests that has come in at this time.
fn share_of_day(end: &Zoned) -> f64 {
    let hour = f64::from(end.hour()) + f64::from(end.minute()) / 60.0;
    ((hour - 6.0) / 14.0).clamp(0.01, 1.0)
}
