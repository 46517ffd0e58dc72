//! A picture of numbers over time as SVG: title, axes, legend, and words for those who cannot see it.

mod paths;
mod scale;

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use jiff::civil::Date;
use scale::Scale;

/// How a series is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawn {
    /// A line from value to value.
    Line,
    /// The same, thin and dark: what really came.
    Past,
    /// Constant over each interval.
    Steps,
    /// An area between the values and these upper ones.
    Band {
        /// The upper edge.
        upper: Vec<f64>,
    },
}

/// Values over the same intervals as all others of the chart; those that are not finite leave a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// In the legend.
    pub name: String,
    /// One value for each interval.
    pub values: Vec<f64>,
    /// How it looks.
    pub drawn: Drawn,
}

/// A chart over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What a reader should see in it, in a sentence or two.
    pub description: String,
    /// Name and unit of the vertical axis.
    pub vertical: String,
    /// The name of each interval.
    pub times: Vec<String>,
    /// The first is drawn lowest.
    pub series: Vec<Series>,
    /// The first interval that is yet to come, where the past is shown too.
    pub ahead_from: Option<usize>,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 480.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 70.0;
const BOTTOM: f64 = 70.0;

/// Told apart by people who see few colors, and by dashes without any (Okabe and Ito).
const LOOKS: [(&str, &str); 5] =
    [("#0072b2", ""), ("#d55e00", "7 4"), ("#009e73", "2 3"), ("#7b4a8b", "9 3 2 3"), ("#333333", "4 2")];

const PAST: (&str, &str) = ("#333333", "");

/// Time labels that fit under the chart.
const LABELS_MAX: usize = 6;
/// From this many days on, the days are labelled.
const LABELS_MIN: usize = 3;

impl Chart {
    /// Writes the picture to a file.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        std::fs::write(path, self.svg()).with_context(|| format!("the picture {}", path.display()))
    }

    /// The picture as text.
    pub fn svg(&self) -> String {
        let scale = Scale::new(self);
        let mut svg = String::new();
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        // Writing into a string cannot fail.
        let _ = write!(
            svg,
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title description" font-family="sans-serif" font-size="13" fill="#222">
<title id="title">{title}</title>
<desc id="description">{description}</desc>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>
<text x="{LEFT}" y="26" font-size="18" font-weight="bold">{title}</text>
"##
        );
        self.axes(&scale, &mut svg);
        for (series, look) in self.looks() {
            series.draw(&scale, look, &mut svg);
        }
        self.legend(&mut svg);
        svg.push_str("</svg>\n");
        svg
    }

    fn axes(&self, scale: &Scale, svg: &mut String) {
        for tick in scale.ticks() {
            let y = scale.y(tick);
            let right = WIDTH - RIGHT;
            let _ = writeln!(
                svg,
                r##"<line x1="{LEFT}" y1="{y:.1}" x2="{right}" y2="{y:.1}" stroke="#ddd"/><text x="{:.1}" y="{:.1}" text-anchor="end">{tick}</text>"##,
                LEFT - 8.0,
                y + 4.0
            );
        }
        for (nth, label) in self.labels() {
            let (x, y) = (scale.x(nth as f64), HEIGHT - BOTTOM);
            let _ = writeln!(
                svg,
                r##"<line x1="{x:.1}" y1="{y}" x2="{x:.1}" y2="{:.1}" stroke="#222"/><text x="{x:.1}" y="{:.1}" font-size="11" text-anchor="start">{}</text>"##,
                y + 5.0,
                y + 19.0,
                escaped(&label)
            );
        }
        if let Some(nth) = self.ahead_from {
            let (x, bottom) = (scale.x(nth as f64), HEIGHT - BOTTOM);
            let _ = writeln!(
                svg,
                r##"<line x1="{x:.1}" y1="{TOP}" x2="{x:.1}" y2="{bottom}" stroke="#777" stroke-dasharray="4 4"/>"##
            );
        }
        let (bottom, right, middle) = (HEIGHT - BOTTOM, WIDTH - RIGHT, (TOP + HEIGHT - BOTTOM) / 2.0);
        let _ = writeln!(
            svg,
            r##"<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="#222"/>
<text x="{:.1}" y="{:.1}" text-anchor="middle">time</text>
<text transform="translate(18 {middle}) rotate(-90)" text-anchor="middle">{}</text>"##,
            (LEFT + right) / 2.0,
            HEIGHT - 18.0,
            escaped(&self.vertical)
        );
    }

    /// Where days begin, or evenly spaced intervals where they are few.
    fn labels(&self) -> Vec<(usize, String)> {
        let day = |nth: usize| self.times[nth].get(..10).and_then(|day| day.parse::<Date>().ok());
        let begins = |nth: &usize| *nth == 0 || day(*nth) != day(*nth - 1);
        let days: Vec<usize> = (0..self.times.len()).filter(begins).collect();
        let fits = |nth: &usize| *nth as f64 <= 0.92 * self.times.len() as f64;
        if days.len() < LABELS_MIN || day(0).is_none() {
            let every = self.times.len().div_ceil(LABELS_MAX).max(1);
            return (0..self.times.len()).step_by(every).map(|nth| (nth, self.times[nth].clone())).collect();
        }
        let every = days.len().div_ceil(LABELS_MAX).max(1);
        let named = |nth: usize| Some((nth, day(nth)?.strftime("%a %Y-%m-%d").to_string()));
        days.into_iter().step_by(every).filter(fits).filter_map(named).collect()
    }

    /// Each series with its color and dashes; ranges lie on each other in one color.
    fn looks(&self) -> impl Iterator<Item = (&Series, (&'static str, &'static str))> {
        let looks = self.series.iter().scan(0, |lines, series| match series.drawn {
            Drawn::Past => Some(PAST),
            Drawn::Band { .. } => Some(LOOKS[0]),
            Drawn::Line | Drawn::Steps => {
                *lines += 1;
                Some(LOOKS[(*lines - 1) % LOOKS.len()])
            }
        });
        self.series.iter().zip(looks)
    }

    fn legend(&self, svg: &mut String) {
        let mut x = LEFT;
        for (series, (color, dashes)) in self.looks() {
            let width = if series.is_band() { 10.0 } else { 2.5 };
            let opacity = if width > 5.0 { 0.25 } else { 1.0 };
            let _ = writeln!(
                svg,
                r#"<line x1="{x:.0}" y1="48" x2="{:.0}" y2="48" stroke="{color}" stroke-width="{width}" stroke-opacity="{opacity}" stroke-dasharray="{dashes}"/><text x="{:.0}" y="52">{}</text>"#,
                x + 28.0,
                x + 34.0,
                escaped(&series.name)
            );
            x += 60.0 + 7.5 * series.name.chars().count() as f64;
        }
    }
}

impl Series {
    fn is_band(&self) -> bool {
        matches!(self.drawn, Drawn::Band { .. })
    }

    fn draw(&self, scale: &Scale, (color, dashes): (&str, &str), svg: &mut String) {
        let path = match &self.drawn {
            Drawn::Line | Drawn::Past => paths::line(scale, &self.values),
            Drawn::Steps => paths::steps(scale, &self.values),
            Drawn::Band { upper } => paths::band(scale, &self.values, upper),
        };
        let look = match self.drawn {
            Drawn::Band { .. } => format!(r#"fill="{color}" fill-opacity="0.25""#),
            Drawn::Line | Drawn::Past | Drawn::Steps => {
                let width = if self.drawn == Drawn::Past { 1 } else { 2 };
                format!(r#"fill="none" stroke="{color}" stroke-width="{width}" stroke-dasharray="{dashes}""#)
            }
        };
        let _ = writeln!(svg, r#"<path d="{path}" {look}/>"#);
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_from_outside_cannot_become_markup() {
        let chart = Chart {
            title: "<script>".to_owned(),
            description: "a & b".to_owned(),
            vertical: "agents".to_owned(),
            times: vec!["08:00".to_owned()],
            series: vec![Series { name: "\"x\"".to_owned(), values: vec![f64::NAN], drawn: Drawn::Steps }],
            ahead_from: None,
        };
        let svg = chart.svg();
        assert!(svg.contains("&lt;script&gt;") && svg.contains("a &amp; b") && !svg.contains("NaN"), "{svg}");
    }
}
