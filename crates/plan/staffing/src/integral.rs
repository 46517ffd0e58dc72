//! Integrals of functions with one peak that fall off exponentially or faster on both sides of it, as all densities of waiting times here do.
//!
//! From the peak outward the range is cut into panels over which the function falls by no more than a fixed factor,
//! and each panel takes twenty Gauss-Legendre points. For such functions that gives all but the last digit or two of
//! `f64`, however narrow or wide the peak is; what lies further out than `exp(-FALL_MAX)` of it is left out.

/// Nodes in (0, 1) with their weights; the rule is symmetric.
const GAUSS_LEGENDRE_20: [(f64, f64); 10] = [
    (0.993_128_599_185_094_9, 0.017_614_007_139_152_118),
    (0.963_971_927_277_913_8, 0.040_601_429_800_386_94),
    (0.912_234_428_251_326, 0.062_672_048_334_109_06),
    (0.839_116_971_822_218_8, 0.083_276_741_576_704_75),
    (0.746_331_906_460_150_8, 0.101_930_119_817_240_43),
    (0.636_053_680_726_515, 0.118_194_531_961_518_42),
    (0.510_867_001_950_827_1, 0.131_688_638_449_176_63),
    (0.373_706_088_715_419_56, 0.142_096_109_318_382_05),
    (0.227_785_851_141_645_08, 0.149_172_986_472_603_75),
    (0.076_526_521_133_497_33, 0.152_753_387_130_725_85),
];

/// The logarithm falls by no more than this over a panel.
const FALL_IN_PANEL: f64 = 20.0;

/// Where the logarithm has fallen by this, the rest is below the rounding error.
const FALL_MAX: f64 = 40.0;

/// A function with one peak, given by its logarithm.
pub(crate) struct Peaked<F> {
    /// Logarithm of the function.
    pub(crate) ln: F,
    /// Near zero the function changes its shape over this length; longer panels are tried further out.
    pub(crate) finest: f64,
    /// The length of a first try where `finest` is infinite.
    pub(crate) first_step: f64,
}

impl<F: Fn(f64) -> f64> Peaked<F> {
    /// Calls `visit(x, weight)` for each node between `from` and `to` (which may be infinite), whose peak lies at `peak`.
    pub(crate) fn nodes(&self, from: f64, to: f64, peak: f64, visit: &mut impl FnMut(f64, f64)) {
        let peak = peak.clamp(from, to);
        if to > peak {
            self.walk(peak, to, visit);
        }
        if from < peak {
            self.walk(peak, from, visit);
        }
    }

    fn walk(&self, peak: f64, end: f64, visit: &mut impl FnMut(f64, f64)) {
        let top = (self.ln)(peak);
        let (mut x, mut height, mut step) = (peak, top, f64::INFINITY);
        while x != end && top - height < FALL_MAX {
            let next = self.next(x, height, end, step);
            if next == x {
                // The rest is narrower than the spacing of numbers.
                break;
            }
            panel(x, next, visit);
            step = 4.0 * (next - x).abs();
            x = next;
            height = (self.ln)(x);
        }
    }

    /// Where the panel that begins at `x` ends.
    fn next(&self, x: f64, height: f64, end: f64, step_max: f64) -> f64 {
        let mut step = step_max.min(2.0 * self.finest + 0.5 * x);
        if step.is_infinite() {
            step = self.first_step;
        }
        loop {
            let next = if (end - x).abs() <= step { end } else { x + step.copysign(end - x) };
            let fall = height - (self.ln)(next);
            if fall <= FALL_IN_PANEL || next == x {
                return next;
            }
            step = (next - x).abs() * f64::max(1e-3, 0.9 * (FALL_IN_PANEL / fall).sqrt());
        }
    }
}

/// The nodes of one panel; `from` may be the larger end, weights are positive all the same.
fn panel(from: f64, to: f64, visit: &mut impl FnMut(f64, f64)) {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from).abs());
    for (node, weight) in GAUSS_LEGENDRE_20 {
        visit(middle - half * node, half * weight);
        visit(middle + half * node, half * weight);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ln: impl Fn(f64) -> f64, peak: f64, finest: f64, expected: f64) {
        let mut sum = 0.0;
        let curve = Peaked { ln, finest, first_step: 1.0 };
        curve.nodes(0.0, f64::INFINITY, peak, &mut |x, weight| sum += weight * (curve.ln)(x).exp());
        assert!((sum / expected - 1.0).abs() < 1e-14, "{sum} {expected}");
    }

    #[test]
    fn exponential_and_normal_curves_of_any_width_integrate_to_their_areas() {
        for scale in [1e-9, 0.3, 1.0, 40.0, 1e7] {
            check(|x| -x / scale, 0.0, f64::INFINITY, scale);
            check(|x| -x / scale, 0.0, 7.0, scale);
            check(|x| -x * x / (2.0 * scale * scale), 0.0, f64::INFINITY, scale * 1.253_314_137_315_500_3);
        }
    }

    #[test]
    fn a_peak_inside_the_range_is_taken_from_both_sides() {
        // x^20 exp(-x), whose area is 20 factorial.
        check(|x: f64| 20.0 * x.ln() - x, 20.0, 1.0, 2_432_902_008_176_640_000.0);
    }
}
