//! Forecasts of a total and of its channels, topics and other parts, made to agree with each other.

use std::collections::BTreeMap;

use forecasting::{
    DayAhead, Fitted, Forecast, ForecastError, HandleTimeForecast, HandleTimes, Handled, Known, Series, Sum,
    Surge, coherent,
};
use jiff::civil::DateTime;

use super::parts_in::Part;
use super::series_in::SeriesIn;

/// What stands in place of a label where all parts are summed.
pub const ALL: &str = "all";

/// The forecast of a total, a part or a sum of parts.
#[derive(Debug)]
pub struct Forecasted {
    /// One for each column that tells parts apart, or [`ALL`].
    pub labels: Vec<String>,
    /// Contacts ahead.
    pub forecast: Forecast,
    /// How long they will take, where the file says how long they took.
    pub handle_times: Option<Vec<HandleTimeForecast>>,
    /// Days that the calendar could not explain.
    pub surges: Vec<Surge>,
}

/// What is to be forecast.
pub struct Question<'a> {
    pub contacts: &'a SeriesIn,
    pub known: &'a Known,
    pub ahead: &'a [DayAhead],
    pub probabilities: &'a [f64],
    /// What has come in on the first day ahead.
    pub so_far: Option<&'a SeriesIn>,
}

/// Which parts a sum is of.
struct Group {
    labels: Vec<String>,
    parts: Vec<usize>,
}

impl Question<'_> {
    /// The total first, then sums of parts, then the parts.
    pub fn answer(&self) -> Result<Vec<Forecasted>, ForecastError> {
        let groups = groups(&self.contacts.parts);
        let mut found = Vec::new();
        for group in &groups {
            found.push(self.of_group(group, found.first())?);
        }
        if found.len() > 1 {
            let sum = |(group, one): (&Group, &Forecasted)| Sum {
                forecast: one.forecast.clone(),
                parts: group.parts.clone(),
            };
            let sums: Vec<Sum> = groups.iter().zip(&found).map(sum).collect();
            let agreed = coherent(&sums)?;
            found.iter_mut().zip(agreed).for_each(|(one, forecast)| one.forecast = forecast);
        }
        self.add_handle_times(&groups, &mut found)?;
        Ok(found)
    }

    fn of_group(&self, group: &Group, total: Option<&Forecasted>) -> Result<Forecasted, ForecastError> {
        let series = self.series(group)?;
        let fitted = match (Fitted::new(series, self.known.clone(), self.ahead.len()), total) {
            (Ok(fitted), _) => fitted,
            // Nobody ever asked for this part, or not for years.
            (Err(ForecastError::AllZero), Some(total)) => return Ok(nobody(group, total)),
            (Err(error), _) => return Err(error),
        };
        let mut forecast = fitted.forecast(self.ahead, self.probabilities)?;
        if let Some(so_far) = self.so_far {
            forecast = fitted.same_day(&forecast, &came(so_far, group, &self.contacts.parts))?;
        }
        Ok(Forecasted { labels: group.labels.clone(), forecast, handle_times: None, surges: fitted.surges() })
    }

    fn series(&self, group: &Group) -> Result<Series, ForecastError> {
        match group.parts.as_slice() {
            _ if group.is_total() => Ok(self.contacts.series.clone()),
            [part] => Ok(self.contacts.parts[*part].series.clone()),
            parts => {
                let records = summed(parts.iter().map(|part| &self.contacts.parts[*part].series));
                Series::new(self.contacts.series.interval(), &records)
            }
        }
    }

    /// Those of parts on their own; those of sums as the mean of their parts, each with its contacts.
    fn add_handle_times(&self, groups: &[Group], found: &mut [Forecasted]) -> Result<(), ForecastError> {
        if self.contacts.handled.is_empty() {
            return Ok(());
        }
        let interval = self.contacts.series.interval();
        let learned = |handled: &[Handled]| HandleTimes::new(interval, handled, self.ahead.len());
        let of_all = learned(&self.contacts.handled)?;
        let parts = &self.contacts.parts;
        for (group, one) in groups.iter().zip(found.iter_mut()) {
            let times = match group.parts.as_slice() {
                [part] if !group.is_total() => match learned(&parts[*part].handled) {
                    Err(ForecastError::TooShort { .. }) => of_all.forecast(&one.forecast),
                    times => times?.forecast(&one.forecast),
                },
                _ => of_all.forecast(&one.forecast),
            };
            one.handle_times = Some(times);
        }
        if !parts.is_empty() {
            average_sums(groups, found);
        }
        Ok(())
    }
}

impl Group {
    fn is_total(&self) -> bool {
        self.labels.iter().all(|label| label == ALL)
    }
}

/// Every way to sum over some of the columns, all of them first and none of them last.
fn groups(parts: &[Part]) -> Vec<Group> {
    let columns = parts.first().map_or(0, |part| part.labels.len());
    if columns == 0 {
        return vec![Group { labels: Vec::new(), parts: vec![0] }];
    }
    let mut groups = Vec::new();
    for kept in 0..1_usize << columns {
        let mut by_labels: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (number, part) in parts.iter().enumerate() {
            let label = |(column, label): (usize, &String)| {
                if kept >> column & 1 == 1 { label.clone() } else { ALL.to_owned() }
            };
            let labels = part.labels.iter().enumerate().map(label).collect();
            by_labels.entry(labels).or_default().push(number);
        }
        groups.extend(by_labels.into_iter().map(|(labels, parts)| Group { labels, parts }));
    }
    groups
}

/// Contacts of several series in the same intervals.
fn summed<'a>(series: impl Iterator<Item = &'a Series>) -> Vec<(DateTime, f64)> {
    let mut sums: BTreeMap<DateTime, f64> = BTreeMap::new();
    for (at, count) in series.flat_map(Series::records) {
        *sums.entry(at).or_default() += count;
    }
    sums.into_iter().collect()
}

/// What came today of a group; the parts of today's file may be others.
fn came(so_far: &SeriesIn, group: &Group, parts: &[Part]) -> Vec<(DateTime, f64)> {
    if parts.is_empty() {
        return so_far.series.records().collect();
    }
    let known = group.parts.iter().map(|part| &parts[*part].labels);
    let today: Vec<&Series> = known
        .filter_map(|labels| so_far.parts.iter().find(|part| part.labels == *labels))
        .map(|part| &part.series)
        .collect();
    // A part without a row today had no contacts in the intervals that have passed.
    let nobody = so_far.series.records().map(|(at, _)| (at, 0.0));
    let mut sums: BTreeMap<DateTime, f64> = nobody.collect();
    for (at, count) in summed(today.into_iter()) {
        *sums.entry(at).or_default() += count;
    }
    sums.into_iter().collect()
}

fn nobody(group: &Group, total: &Forecasted) -> Forecasted {
    let mut forecast = total.forecast.clone();
    let zero = |mean: &mut f64, quantiles: &mut [f64]| {
        *mean = 0.0;
        quantiles.fill(0.0);
    };
    forecast.intervals.iter_mut().for_each(|one| zero(&mut one.mean, &mut one.quantiles));
    for day in &mut forecast.days {
        zero(&mut day.mean, &mut day.quantiles);
        day.reasons.level = 0.0;
    }
    forecast.weeks.iter_mut().for_each(|week| zero(&mut week.mean, &mut week.quantiles));
    Forecasted { labels: group.labels.clone(), forecast, handle_times: None, surges: Vec::new() }
}

fn average_sums(groups: &[Group], found: &mut [Forecasted]) {
    let first_part = found.len() - groups[0].parts.len();
    let (sums, parts) = found.split_at_mut(first_part);
    for (group, sum) in groups.iter().zip(sums) {
        let Some(times) = &mut sum.handle_times else { continue };
        for (index, time) in times.iter_mut().enumerate() {
            let of = |part: &usize| {
                let part = &parts[*part];
                let seconds = part.handle_times.as_ref().map_or(0.0, |times| times[index].mean_s);
                (part.forecast.intervals[index].mean, seconds)
            };
            let (mut contacts, mut seconds) = (0.0, 0.0);
            for (mean, each_s) in group.parts.iter().map(of) {
                contacts += mean;
                seconds += mean * each_s;
            }
            if contacts > 0.0 {
                let factor = seconds / contacts / time.mean_s;
                time.mean_s *= factor;
                time.quantiles_s.iter_mut().for_each(|quantile| *quantile *= factor);
            }
        }
    }
}
