//! Plain forecasts that every other must beat, always shown beside ours.

use crate::Series;
use crate::accuracy::SCORED_LEVELS;
use crate::future::DayAhead;
use crate::series::weekday;

/// A plain way to forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// The same interval of the same weekday, last time.
    SeasonalNaive,
    /// Its mean over the last six times.
    SeasonalMean,
    /// Exponential smoothing of each interval of each weekday, at the rate that served its past best.
    ExponentialSmoothing,
}

const MEAN_OF: usize = 6;
const SMOOTHING_RATES: [f64; 5] = [0.05, 0.1, 0.2, 0.35, 0.6];
/// Errors one week ahead that quantiles are taken from, most recent first.
const ERRORS_KEPT: usize = 2000;

/// Mean and quantiles at [`SCORED_LEVELS`] of an interval.
pub(crate) type Plain = (f64, [f64; SCORED_LEVELS.len()]);

impl Baseline {
    /// All of them.
    pub const ALL: [Baseline; 3] =
        [Baseline::SeasonalNaive, Baseline::SeasonalMean, Baseline::ExponentialSmoothing];

    /// What reports call it.
    pub fn name(self) -> &'static str {
        match self {
            Baseline::SeasonalNaive => "seasonal naive",
            Baseline::SeasonalMean => "seasonal mean",
            Baseline::ExponentialSmoothing => "exponential smoothing",
        }
    }

    /// Forecasts the open intervals of the days ahead.
    pub(crate) fn forecast(self, series: &Series, ahead: &[DayAhead]) -> Vec<Plain> {
        let tracks = tracks(series);
        let rate = match self {
            Baseline::ExponentialSmoothing => best_rate(&tracks),
            Baseline::SeasonalNaive | Baseline::SeasonalMean => 0.0,
        };
        let errors = relative_errors(&tracks, |past| self.next(past, rate));
        let spread = SCORED_LEVELS.map(|level| 1.0 + quantile(&errors, level));
        let slots = series.interval().per_day();
        let mut found = Vec::new();
        for day in ahead {
            for slot in (0..slots).filter(|slot| day.open[*slot]) {
                let mean = self.next(&tracks[weekday(day.date) * slots + slot], rate).unwrap_or(0.0);
                found.push((mean, spread.map(|factor| mean * factor)));
            }
        }
        found
    }

    fn next(self, past: &[f64], rate: f64) -> Option<f64> {
        match self {
            Baseline::SeasonalNaive => past.last().copied(),
            Baseline::SeasonalMean => mean(&past[past.len().saturating_sub(MEAN_OF)..]),
            Baseline::ExponentialSmoothing => smoothed(past, rate),
        }
    }
}

/// The counts of each interval of each weekday, in order of time.
fn tracks(series: &Series) -> Vec<Vec<f64>> {
    let slots = series.interval().per_day();
    let mut tracks = vec![Vec::new(); 7 * slots];
    for day in series.days() {
        for (slot, count) in day.counts.iter().enumerate() {
            tracks[day.weekday() * slots + slot].extend(count);
        }
    }
    tracks
}

/// Mean absolute error of the seasonal naive forecast inside the history.
pub(crate) fn naive_error(series: &Series) -> f64 {
    let errors: Vec<f64> = tracks(series)
        .iter()
        .flat_map(|track| track.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect::<Vec<f64>>())
        .collect();
    mean(&errors).unwrap_or(0.0)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn smoothed(past: &[f64], rate: f64) -> Option<f64> {
    let (first, rest) = past.split_first()?;
    Some(rest.iter().fold(*first, |level, count| level + rate * (count - level)))
}

fn best_rate(tracks: &[Vec<f64>]) -> f64 {
    let error = |rate: f64| -> f64 { tracks.iter().map(|track| one_step_error(track, rate)).sum() };
    let errors = SMOOTHING_RATES.map(error);
    let best = (0..errors.len()).min_by(|a, b| errors[*a].total_cmp(&errors[*b])).expect("there are rates");
    SMOOTHING_RATES[best]
}

fn one_step_error(track: &[f64], rate: f64) -> f64 {
    let Some((first, rest)) = track.split_first() else { return 0.0 };
    let (mut level, mut error) = (*first, 0.0);
    for count in rest {
        error += (count - level).abs();
        level += rate * (count - level);
    }
    error
}

/// Errors relative to forecasts a week ahead inside the history, ascending.
fn relative_errors(tracks: &[Vec<f64>], next: impl Fn(&[f64]) -> Option<f64>) -> Vec<f64> {
    let mut errors = Vec::new();
    let longest = tracks.iter().map(Vec::len).max().unwrap_or(0);
    for back in 1..longest {
        for track in tracks.iter().filter(|track| track.len() > back) {
            let at = track.len() - back;
            if let Some(forecast) = next(&track[..at]).filter(|forecast| *forecast > 0.0) {
                errors.push(track[at] / forecast - 1.0);
            }
        }
        if errors.len() > ERRORS_KEPT {
            break;
        }
    }
    errors.sort_by(f64::total_cmp);
    errors
}

fn quantile(ascending: &[f64], level: f64) -> f64 {
    match ascending.len() {
        0 => 0.0,
        len => ascending[((len - 1) as f64 * level).round() as usize],
    }
}
