//! The shapes of series as SVG paths; a value that is not finite lifts the pen.

use std::fmt::Write;

use super::scale::Scale;

pub(super) fn line(scale: &Scale, values: &[f64]) -> String {
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

pub(super) fn steps(scale: &Scale, values: &[f64]) -> String {
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

pub(super) fn band(scale: &Scale, lower: &[f64], upper: &[f64]) -> String {
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
