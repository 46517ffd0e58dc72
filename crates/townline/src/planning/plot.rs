//! A picture of numbers over time as SVG: title, axes, legend, and words for those who cannot see it.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;

/// How a series is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawn {
    /// A line from value to value.
    Line,
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

/// Time labels that fit under the chart.
const LABELS_MAX: usize = 6;

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
        for (nth, series) in self.series.iter().enumerate() {
            series.draw(&scale, LOOKS[nth % LOOKS.len()], &mut svg);
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
        let every = self.times.len().div_ceil(LABELS_MAX).max(1);
        for (nth, time) in self.times.iter().enumerate().step_by(every) {
            let (x, y) = (scale.x(nth as f64), HEIGHT - BOTTOM);
            let _ = writeln!(
                svg,
                r##"<line x1="{x:.1}" y1="{y}" x2="{x:.1}" y2="{:.1}" stroke="#222"/><text x="{x:.1}" y="{:.1}" font-size="11" text-anchor="start">{}</text>"##,
                y + 5.0,
                y + 19.0,
                escaped(time)
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

    fn legend(&self, svg: &mut String) {
        let mut x = LEFT;
        for (nth, series) in self.series.iter().enumerate() {
            let (color, dashes) = LOOKS[nth % LOOKS.len()];
            let width = if matches!(series.drawn, Drawn::Band { .. }) { 10.0 } else { 2.5 };
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
    fn draw(&self, scale: &Scale, (color, dashes): (&str, &str), svg: &mut String) {
        let path = match &self.drawn {
            Drawn::Line => line(scale, &self.values),
            Drawn::Steps => steps(scale, &self.values),
            Drawn::Band { upper } => band(scale, &self.values, upper),
        };
        let look = match self.drawn {
            Drawn::Band { .. } => format!(r#"fill="{color}" fill-opacity="0.25""#),
            Drawn::Line | Drawn::Steps => {
                format!(r#"fill="none" stroke="{color}" stroke-width="2" stroke-dasharray="{dashes}""#)
            }
        };
        let _ = writeln!(svg, r#"<path d="{path}" {look}/>"#);
    }
}

fn line(scale: &Scale, values: &[f64]) -> String {
    let mut path = String::new();
    let mut pen_down = false;
    for (nth, value) in values.iter().enumerate() {
        if value.is_finite() {
            let order = if pen_down { 'L' } else { 'M' };
            let _ = write!(path, "{order}{:.1} {:.1}", scale.x(nth as f64 + 0.5), scale.y(*value));
        }
        pen_down = value.is_finite();
    }
    path
}

fn steps(scale: &Scale, values: &[f64]) -> String {
    let mut path = String::new();
    let mut pen_down = false;
    for (nth, value) in values.iter().enumerate() {
        if value.is_finite() {
            let (from, to, y) = (scale.x(nth as f64), scale.x(nth as f64 + 1.0), scale.y(*value));
            let _ = if pen_down {
                write!(path, "V{y:.1}H{to:.1}")
            } else {
                write!(path, "M{from:.1} {y:.1}H{to:.1}")
            };
        }
        pen_down = value.is_finite();
    }
    path
}

fn band(scale: &Scale, lower: &[f64], upper: &[f64]) -> String {
    let finite = |values: &[f64]| {
        values.iter().copied().enumerate().filter(|(_, v)| v.is_finite()).collect::<Vec<_>>()
    };
    let (lower, upper) = (finite(lower), finite(upper));
    let mut path = String::new();
    for (order, (nth, value)) in upper.iter().chain(lower.iter().rev()).enumerate() {
        let order = if order == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{order}{:.1} {:.1}", scale.x(*nth as f64 + 0.5), scale.y(*value));
    }
    path + "Z"
}

/// Values to places on the picture; the vertical axis begins at zero.
struct Scale {
    intervals: f64,
    step: f64,
    top: f64,
}

impl Scale {
    fn new(chart: &Chart) -> Self {
        let upper = chart.series.iter().flat_map(|series| match &series.drawn {
            Drawn::Band { upper } => upper.iter(),
            Drawn::Line | Drawn::Steps => [].iter(),
        });
        let values = chart.series.iter().flat_map(|series| &series.values).chain(upper);
        let largest = values.copied().filter(|value| value.is_finite()).fold(0.0, f64::max);
        let step = round_step(largest / 6.0);
        let top = f64::max(step, (largest / step).ceil() * step);
        Self { intervals: chart.times.len().max(1) as f64, step, top }
    }

    fn x(&self, interval: f64) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * interval / self.intervals
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let (step, count) = (self.step, (self.top / self.step).round() as u32);
        // Rounded so that 0.1 + 0.2 does not show.
        (0..=count).map(move |nth| (f64::from(nth) * step * 1e9).round() / 1e9)
    }
}

/// The next of 1, 2, 5, 10… that is at least as large.
fn round_step(wanted: f64) -> f64 {
    if wanted <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(wanted.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0];
    steps
        .into_iter()
        .map(|step| step * power)
        .find(|step| *step >= wanted * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_steps() {
        assert_eq!(round_step(0.7), 1.0);
        assert_eq!(round_step(13.0), 20.0);
        assert_eq!(round_step(0.03), 0.05);
        assert_eq!(round_step(0.0), 1.0);
    }

    #[test]
    fn words_from_outside_cannot_become_markup() {
        let chart = Chart {
            title: "<script>".to_owned(),
            description: "a & b".to_owned(),
            vertical: "agents".to_owned(),
            times: vec!["08:00".to_owned()],
            series: vec![Series { name: "\"x\"".to_owned(), values: vec![f64::NAN], drawn: Drawn::Steps }],
        };
        let svg = chart.svg();
        assert!(svg.contains("&lt;script&gt;") && svg.contains("a &amp; b") && !svg.contains("NaN"), "{svg}");
    }
}
