//! Student's distribution: how far a mean of few replications may be off.

/// The value that a Student variable with so many degrees of freedom (at least one) exceeds in absolute value with
/// probability 5 %.
pub(super) fn two_sided_95(degrees: usize) -> f64 {
    let (mut low, mut high) = (1.9, 13.0);
    // Halving 60 times leaves less than rounding.
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if inside(middle, degrees) < 0.95 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Degrees of freedom beyond which the distribution no longer changes in the third digit.
const MANY: usize = 10_000;

/// Probability that the variable lies from `-t` to `t`: the finite sums for whole degrees of freedom (Abramowitz and Stegun
/// 26.7.3 and 26.7.4).
fn inside(t: f64, degrees: usize) -> f64 {
    let degrees_or_many = degrees.min(MANY);
    let nu = degrees_or_many as f64;
    let angle = libm::atan(t / nu.sqrt());
    let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
    let odd = !degrees_or_many.is_multiple_of(2);
    let (mut term, mut sum) = if odd { (cosine, cosine) } else { (1.0, 1.0) };
    let first = if odd { 3 } else { 2 };
    for n in (first..degrees_or_many.saturating_sub(1)).step_by(2) {
        let n = n as f64;
        term *= cosine * cosine * (n - 1.0) / n;
        sum += term;
    }
    match (odd, degrees_or_many) {
        (true, 1) => 2.0 * angle / std::f64::consts::PI,
        (true, _) => 2.0 / std::f64::consts::PI * (angle + sine * sum),
        (false, _) => sine * sum,
    }
}

#[cfg(test)]
mod tests {
    use super::two_sided_95;

    #[test]
    fn the_values_are_those_of_the_printed_table() {
        let table = [
            (1, 12.706),
            (2, 4.303),
            (3, 3.182),
            (4, 2.776),
            (5, 2.571),
            (9, 2.262),
            (10, 2.228),
            (19, 2.093),
            (29, 2.045),
            (30, 2.042),
            (120, 1.980),
            (1_000_000, 1.960),
        ];
        for (degrees, printed) in table {
            // The table has three digits after the point.
            assert!((two_sided_95(degrees) - printed).abs() < 0.0006, "{degrees}: {}", two_sided_95(degrees));
        }
    }
}
