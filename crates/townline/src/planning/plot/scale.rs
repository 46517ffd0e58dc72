//! From values to places on the picture.

use super::{BOTTOM, Chart, Drawn, HEIGHT, LEFT, RIGHT, TOP, WIDTH};

/// Values to places on the picture; the vertical axis begins at zero.
pub(super) struct Scale {
    intervals: f64,
    step: f64,
    top: f64,
}

impl Scale {
    pub(super) fn new(chart: &Chart) -> Self {
        let upper = chart.series.iter().flat_map(|series| match &series.drawn {
            Drawn::Band { upper } => upper.iter(),
            Drawn::Line | Drawn::Past | Drawn::Steps => [].iter(),
        });
        let values = chart.series.iter().flat_map(|series| &series.values).chain(upper);
        let largest = values.copied().filter(|value| value.is_finite()).fold(0.0, f64::max);
        let step = round_step(largest / 6.0);
        let top = f64::max(step, (largest / step).ceil() * step);
        Self { intervals: chart.times.len().max(1) as f64, step, top }
    }

    pub(super) fn x(&self, interval: f64) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * interval / self.intervals
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top
    }

    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> {
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
}
