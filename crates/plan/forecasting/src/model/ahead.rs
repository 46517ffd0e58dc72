//! Forecasting from a fit: the days ahead with their reasons, their intervals, and the weeks they make up.

use super::Fitted;
use crate::ForecastError;
use crate::columns::Group;
use crate::forecast::{DayForecast, Forecast, IntervalForecast, Reasons, WeekForecast, monday};
use crate::future::{self, DayAhead};
use crate::lags::{self, Days};
use crate::local::Local;
use crate::rehearsal;
use crate::series::{start_of, weekday};

impl Fitted {
    /// Forecasts these days, which follow the series in order of time.
    ///
    /// # Errors
    /// [`ForecastError::RegressorGap`], [`ForecastError::IntervalRegressorGap`], [`ForecastError::Quantile`],
    /// [`ForecastError::Nothing`] without a day.
    pub fn forecast(&self, ahead: &[DayAhead], probabilities: &[f64]) -> Result<Forecast, ForecastError> {
        check_probabilities(probabilities)?;
        if ahead.is_empty() {
            return Err(ForecastError::Nothing);
        }
        for regressor in &self.known.interval_regressors {
            regressor.check(ahead.iter().flat_map(|day| day.times(self.series.interval())))?;
        }
        let coming = future::coming(self.series.days(), ahead, &self.opening);
        let ahead_coming = &coming[self.series.days().len()..];
        let days =
            Days::new(&self.totals, &self.past, &self.known).and_ahead(ahead.iter().map(|day| day.date));
        // The rest of the day that the series ends in is no day further ahead than the day itself.
        let begun = usize::from(ahead[0].date == self.series.last_date());
        let mut forecast = Forecast {
            probabilities: probabilities.to_vec(),
            intervals: Vec::new(),
            days: Vec::new(),
            weeks: Vec::new(),
        };
        for (index, (day, coming)) in ahead.iter().zip(ahead_coming).enumerate() {
            let row = self.regression.columns.row(*coming, &self.known)?;
            let lead = index + 1 - begun;
            let by_trees = self.by_trees(&days, index);
            let reasons = self.reasons(&row, day, lead, by_trees);
            self.add_day(&mut forecast, day, reasons, lead.max(1));
        }
        self.add_weeks(&mut forecast, begun);
        Ok(forecast)
    }

    fn add_day(&self, forecast: &mut Forecast, day: &DayAhead, reasons: Reasons, lead: usize) {
        let mean = reasons.mean();
        let full = mean / reasons.part.max(1e-12);
        let shares = self.shares(day.date);
        for (slot, _) in day.open.iter().enumerate().filter(|(_, open)| **open) {
            let mean = full * shares[slot];
            let quantiles = self.ranges.intervals.quantiles(&forecast.probabilities, mean, lead);
            let at = start_of(self.series.interval(), day.date, slot);
            forecast.intervals.push(IntervalForecast { at, mean, quantiles });
        }
        let quantiles = self.ranges.days.quantiles(&forecast.probabilities, mean, lead);
        forecast.days.push(DayForecast { date: day.date, mean, quantiles, reasons });
    }

    fn add_weeks(&self, forecast: &mut Forecast, begun: usize) {
        let mut leads = Vec::new();
        for (index, day) in forecast.days.iter().enumerate() {
            let monday = monday(day.date);
            match forecast.weeks.last_mut().filter(|week| week.monday == monday) {
                Some(week) => {
                    week.days += 1;
                    week.mean += day.mean;
                }
                None => {
                    leads.push((index + 1 - begun.min(index)).max(1));
                    let quantiles = Vec::new();
                    forecast.weeks.push(WeekForecast { monday, days: 1, mean: day.mean, quantiles });
                }
            }
        }
        for (week, lead) in forecast.weeks.iter_mut().zip(leads) {
            week.quantiles = self.ranges.weeks.quantiles(&forecast.probabilities, week.mean, lead);
        }
    }

    fn reasons(&self, row: &[(usize, f64)], day: &DayAhead, lead: usize, by_trees: f64) -> Reasons {
        let weekday = weekday(day.date);
        let mut sums = [0.0; Group::ALL.len()];
        for (column, value) in row {
            sums[self.regression.columns.group(*column) as usize] += value * self.coefficients[*column];
        }
        let local = self.combined(by_trees, |local| local.ahead(weekday, lead).exp()).ln();
        // What trees say of a day has no level of its own.
        let level = self.combined(self.locals[0].level.exp(), |local| local.level.exp()).ln();
        // All schemes share one weekday pattern.
        let weekday_lately = self.locals[0].weekday[weekday];
        let of = |group: Group| sums[group as usize];
        Reasons {
            level: (self.regression.center + of(Group::Level) + level).exp(),
            weekday: (of(Group::Weekday) + weekday_lately).exp(),
            year: of(Group::Year).exp(),
            month: of(Group::Month).exp(),
            holiday: of(Group::Holiday).exp(),
            event: of(Group::Event).exp(),
            recent: (local - level - weekday_lately).exp(),
            part: self.part(day),
        }
    }

    fn combined(&self, by_trees: f64, of: impl Fn(&Local) -> f64) -> f64 {
        let mut members = [by_trees; rehearsal::MEMBERS];
        members.iter_mut().zip(&self.locals).for_each(|(member, local)| *member = of(local));
        rehearsal::combined(&members, &self.shares)
    }

    /// The factor that trees put on the calendar for a day ahead; 1 without trees.
    fn by_trees(&self, days: &Days, index: usize) -> f64 {
        let count = self.totals.len();
        self.trees.as_ref().map_or(1.0, |trees| lags::ratio(trees, &days.features(count + index, count)))
    }

    fn part(&self, day: &DayAhead) -> f64 {
        let open = day.open.iter().zip(self.shares(day.date)).filter(|(open, _)| **open);
        open.map(|(_, share)| share).sum()
    }
}

fn check_probabilities(probabilities: &[f64]) -> Result<(), ForecastError> {
    match probabilities.iter().find(|p| !(**p > 0.0 && **p < 1.0)) {
        Some(p) => Err(ForecastError::Quantile(*p)),
        None => Ok(()),
    }
}
