//! A picture of a forecast: the last of the history, the mean, and a fan of ranges.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use forecasting::{Forecast, Interval, Series};
use jiff::civil::DateTime;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 48.0;
/// Intervals of history beside each interval forecast.
const HISTORY_SHARE: usize = 2;
const HISTORY_COLOR: &str = "#333333";
const MEAN_COLOR: &str = "#0072b2";
const DATE_LABELS: usize = 7;
/// Room that the label of a day takes.
const LABEL_WIDTH: f64 = 100.0;

/// Writes the picture of a forecast that follows a series.
pub fn write(path: &Path, series: &Series, forecast: &Forecast) -> anyhow::Result<()> {
    std::fs::write(path, svg(series, forecast)).with_context(|| format!("the picture {}", path.display()))
}

/// A point in time order: closed hours take no room.
struct Plot<'a> {
    interval: Interval,
    history: Vec<(DateTime, f64)>,
    forecast: &'a Forecast,
    top: f64,
}

fn svg(series: &Series, forecast: &Forecast) -> String {
    let records: Vec<(DateTime, f64)> = series.records().collect();
    let shown = records.len().min(HISTORY_SHARE * forecast.intervals.len().max(7));
    let history = records[records.len() - shown..].to_vec();
    let highest =
        |ours: &forecasting::IntervalForecast| ours.quantiles.iter().copied().fold(ours.mean, f64::max);
    let ahead = forecast.intervals.iter().map(highest);
    let top = history.iter().map(|(_, count)| *count).chain(ahead).fold(1.0, f64::max);
    Plot { interval: series.interval(), history, forecast, top: round_up(top) }.draw()
}

impl Plot<'_> {
    fn draw(&self) -> String {
        let mut text = String::new();
        self.head(&mut text);
        self.axes(&mut text);
        self.fan(&mut text);
        let first = self.history.len();
        self.line(&mut text, HISTORY_COLOR, 1.0, self.history.iter().enumerate().map(|(x, (_, y))| (x, *y)));
        let means = self.forecast.intervals.iter().enumerate().map(|(x, one)| (first + x, one.mean));
        self.line(&mut text, MEAN_COLOR, 2.0, means);
        self.legend(&mut text);
        text.push_str("</svg>\n");
        text
    }

    fn head(&self, text: &mut String) {
        let (first, last) =
            (self.forecast.intervals[0].at, self.forecast.intervals[self.forecast.intervals.len() - 1].at);
        let total: f64 = self.forecast.days.iter().map(|day| day.mean).sum();
        let title = format!("Contacts expected from {} to {}", self.day(first), self.day(last));
        let count = self.forecast.intervals.len();
        let mean = total / count as f64;
        let peak = self.forecast.intervals.iter().max_by(|a, b| a.mean.total_cmp(&b.mean));
        let peak = peak
            .map(|peak| format!("; the most at {}: {:.0}", self.moment(peak.at), peak.mean))
            .unwrap_or_default();
        let _ = write!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"title desc\" font-family=\"sans-serif\" font-size=\"13\">\n\
             <title id=\"title\">{title}</title>\n\
             <desc id=\"desc\">{total:.0} contacts in {count} intervals of {}, {mean:.1} each on average{peak}. The dark line on the left is what came before; shaded bands are ranges.</desc>\n\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n\
             <text x=\"{LEFT}\" y=\"24\" font-size=\"17\" font-weight=\"bold\">{title}</text>\n",
            self.interval
        );
    }

    fn axes(&self, text: &mut String) {
        for step in 0..=4 {
            let value = self.top * f64::from(step) / 4.0;
            let y = self.y(value);
            let _ = writeln!(
                text,
                "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#dddddd\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>",
                WIDTH - RIGHT,
                LEFT - 8.0,
                y + 4.0
            );
        }
        let _ = writeln!(
            text,
            "<text x=\"{}\" y=\"{:.1}\" transform=\"rotate(-90 16 {:.1})\" text-anchor=\"middle\">contacts in {}</text>",
            16,
            HEIGHT / 2.0,
            HEIGHT / 2.0,
            self.interval
        );
        let times: Vec<DateTime> = self.times().collect();
        let begins = |at: usize| at == 0 || times[at - 1].date() != times[at].date();
        let days: Vec<usize> = (0..times.len()).filter(|at| begins(*at)).collect();
        let days =
            days.into_iter().filter(|at| self.x(*at) < WIDTH - RIGHT - LABEL_WIDTH).collect::<Vec<_>>();
        for at in days.iter().step_by(days.len().div_ceil(DATE_LABELS).max(1)) {
            let _ = writeln!(
                text,
                "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                self.x(*at),
                HEIGHT - BOTTOM + 20.0,
                self.day(times[*at])
            );
        }
        let now = self.x(self.history.len());
        let _ = writeln!(
            text,
            "<line x1=\"{now:.1}\" x2=\"{now:.1}\" y1=\"{TOP}\" y2=\"{}\" stroke=\"#999999\" stroke-dasharray=\"4 4\"/>",
            HEIGHT - BOTTOM
        );
    }

    /// Bands from the outermost pair of quantiles inwards.
    fn fan(&self, text: &mut String) {
        let first = self.history.len();
        for (low, high) in self.pairs() {
            let intervals = || self.forecast.intervals.iter().enumerate();
            let up = intervals().map(|(x, one)| (first + x, one.quantiles[high]));
            let down = intervals().rev().map(|(x, one)| (first + x, one.quantiles[low]));
            let points: Vec<String> = up.chain(down).map(|(x, y)| self.point(x, y)).collect();
            let _ = writeln!(
                text,
                "<polygon points=\"{}\" fill=\"{MEAN_COLOR}\" fill-opacity=\"0.2\"/>",
                points.join(" ")
            );
        }
    }

    /// Indices of quantiles that lie opposite each other, the widest pair first.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let levels = &self.forecast.probabilities;
        let mut order: Vec<usize> = (0..levels.len()).collect();
        order.sort_by(|a, b| levels[*a].total_cmp(&levels[*b]));
        (0..order.len() / 2).map(|at| (order[at], order[order.len() - 1 - at])).collect()
    }

    /// A line that breaks where days do, when there are several intervals a day.
    fn line(&self, text: &mut String, color: &str, width: f64, points: impl Iterator<Item = (usize, f64)>) {
        let points: Vec<String> = points.map(|(x, y)| self.point(x, y)).collect();
        let _ = writeln!(
            text,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"/>",
            points.join(" ")
        );
    }

    fn legend(&self, text: &mut String) {
        let bands = self.pairs().into_iter().map(|(low, high)| {
            let level = |at: usize| 100.0 * self.forecast.probabilities[at];
            format!("{:.0} % range", level(high) - level(low))
        });
        let names = ["came".to_owned(), "expected".to_owned()].into_iter().chain(bands);
        for (index, name) in names.enumerate() {
            let x = LEFT + 130.0 * index as f64;
            let (color, opacity) = match index {
                0 => (HISTORY_COLOR, 1.0),
                1 => (MEAN_COLOR, 1.0),
                band => (MEAN_COLOR, 0.2 * (band - 1) as f64),
            };
            let _ = writeln!(
                text,
                "<rect x=\"{x}\" y=\"38\" width=\"18\" height=\"10\" fill=\"{color}\" fill-opacity=\"{opacity}\"/><text x=\"{}\" y=\"48\">{name}</text>",
                x + 24.0
            );
        }
    }

    fn times(&self) -> impl Iterator<Item = DateTime> + '_ {
        self.history.iter().map(|(at, _)| *at).chain(self.forecast.intervals.iter().map(|one| one.at))
    }

    fn x(&self, index: usize) -> f64 {
        let last = (self.history.len() + self.forecast.intervals.len() - 1).max(1) as f64;
        LEFT + (WIDTH - LEFT - RIGHT) * index as f64 / last
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top
    }

    fn point(&self, x: usize, y: f64) -> String {
        format!("{:.1},{:.1}", self.x(x), self.y(y))
    }

    fn day(&self, at: DateTime) -> String {
        at.strftime("%a %Y-%m-%d").to_string()
    }

    fn moment(&self, at: DateTime) -> String {
        at.strftime(if self.interval.is_day() { "%a %Y-%m-%d" } else { "%a %Y-%m-%d %H:%M" }).to_string()
    }
}

/// The next number above that a quarter of an axis can be labelled with.
fn round_up(top: f64) -> f64 {
    let power = 10_f64.powf(top.log10().floor());
    let steps = [1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0];
    steps.into_iter().map(|step| step * power).find(|step| *step >= top).unwrap_or(10.0 * power)
}
