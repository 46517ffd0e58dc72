//! A picture of a forecast: the last of the past, the mean, a fan of ranges, and the parts where they are few.

use forecasting::{Interval, Series};

use super::forecast_out::time;
use super::forecast_sums::Forecasted;
use super::plot::{self, Chart, Drawn};

/// Intervals of the past beside each interval ahead.
const PAST_SHARE: usize = 2;
/// Parts that are drawn, at most; more lines than these cannot be told apart.
const PARTS_MAX: usize = 4;

/// The picture of forecasts that follow a series, the total first.
pub fn chart(series: &Series, forecasts: &[Forecasted]) -> Chart {
    let (interval, total) = (series.interval(), &forecasts[0].forecast);
    let ahead = total.intervals.len();
    let records: Vec<_> = series.records().collect();
    let past = &records[records.len().saturating_sub(PAST_SHARE * ahead.max(7))..];
    let counts: Vec<f64> = past.iter().map(|(_, count)| *count).collect();
    let before = |ahead: Vec<f64>| [vec![f64::NAN; past.len()], ahead].concat();
    let mut drawn = bands(&forecasts[0], past.len());
    drawn.push(plot::Series {
        name: "came".to_owned(),
        values: [counts, vec![f64::NAN; ahead]].concat(),
        drawn: Drawn::Past,
    });
    let lines = [(&forecasts[0], "expected".to_owned())].into_iter().chain(parts(forecasts));
    drawn.extend(lines.map(|(one, name)| {
        let means = one.forecast.intervals.iter().map(|one| one.mean).collect();
        plot::Series { name, values: before(means), drawn: Drawn::Line }
    }));
    let times = past.iter().map(|(at, _)| *at).chain(total.intervals.iter().map(|one| one.at));
    Chart {
        title: title(&forecasts[0]),
        description: description(interval, &forecasts[0]),
        vertical: format!("contacts in {interval}"),
        times: times.map(|at| time(interval, at)).collect(),
        series: drawn,
        ahead_from: Some(past.len()),
    }
}

/// The parts by name, when they are few.
fn parts(forecasts: &[Forecasted]) -> impl Iterator<Item = (&Forecasted, String)> {
    let few = forecasts.len() <= 1 + PARTS_MAX;
    forecasts[1..].iter().filter(move |_| few).map(|one| (one, one.labels.join(", ")))
}

/// Ranges from the widest inwards: pairs of quantiles that lie opposite each other.
fn bands(total: &Forecasted, past: usize) -> Vec<plot::Series> {
    let levels = &total.forecast.probabilities;
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by(|a, b| levels[*a].total_cmp(&levels[*b]));
    let pairs = (0..order.len() / 2).map(|at| (order[at], order[order.len() - 1 - at]));
    let edge = |level: usize| {
        let quantiles = total.forecast.intervals.iter().map(move |one| one.quantiles[level]);
        vec![f64::NAN; past].into_iter().chain(quantiles).collect::<Vec<f64>>()
    };
    let band = |(low, high): (usize, usize)| plot::Series {
        name: format!("{:.0} % range", 100.0 * (levels[high] - levels[low])),
        values: edge(low),
        drawn: Drawn::Band { upper: edge(high) },
    };
    pairs.map(band).collect()
}

fn title(total: &Forecasted) -> String {
    let days = &total.forecast.days;
    let day = |at: usize| days[at].date.strftime("%a %Y-%m-%d").to_string();
    format!("Contacts expected from {} to {}", day(0), day(days.len() - 1))
}

fn description(interval: Interval, total: &Forecasted) -> String {
    let intervals = &total.forecast.intervals;
    let sum: f64 = intervals.iter().map(|one| one.mean).sum();
    let most = intervals.iter().max_by(|a, b| a.mean.total_cmp(&b.mean));
    let most = most.map_or_else(String::new, |most| {
        format!("; the most at {}: {:.0}", time(interval, most.at), most.mean)
    });
    let (count, mean) = (intervals.len(), sum / intervals.len() as f64);
    format!(
        "{sum:.0} contacts in {count} intervals of {interval}, {mean:.1} each on average{most}. The dark line on the left is what came before; shaded bands are ranges."
    )
}
