//! Counts whose rate is itself uncertain: Poisson with a gamma-distributed mean (the negative binomial).
//!
//! `mean` is contacts, `dispersion` the squared share by which the rate varies, so that the variance is
//! `mean + dispersion * mean²`. Places in the distribution are told as standard normal scores.
//!
//! # Source
//! E. B. Wilson and M. M. Hilferty (1931) for the cube-root normal form of the gamma; P. J. Acklam's rational form of the
//! normal quantile, whose relative error is below 1.2e-9.

/// Below this mean a count is treated as the whole number it is; above it, its neighbors make no difference.
const WHOLE_BELOW: f64 = 40.0;

/// Where a count lies, as a standard normal score; inside ±6.
pub(crate) fn score(count: f64, mean: f64, dispersion: f64) -> f64 {
    if mean < WHOLE_BELOW {
        let below = cumulative(count - 1.0, mean, dispersion);
        let here = cumulative(count, mean, dispersion);
        return normal_quantile((0.5 * (below + here)).clamp(1e-9, 1.0 - 1e-9));
    }
    let shape = shape(mean, dispersion);
    (3.0 * shape.sqrt() * ((count / mean).cbrt() - 1.0 + 1.0 / (9.0 * shape))).clamp(-6.0, 6.0)
}

/// The count that lies at a standard normal score.
pub(crate) fn at_score(score: f64, mean: f64, dispersion: f64) -> f64 {
    if mean < WHOLE_BELOW {
        return middle_at(normal_cumulative(score), mean, dispersion);
    }
    let shape = shape(mean, dispersion);
    mean * (1.0 - 1.0 / (9.0 * shape) + score / (3.0 * shape.sqrt())).max(0.0).powi(3)
}

/// Shape of the gamma distribution with the same mean and variance.
fn shape(mean: f64, dispersion: f64) -> f64 {
    mean / (1.0 + dispersion * mean)
}

/// The count that lies at this probability, between whole numbers in proportion.
///
/// A whole number stands in the middle of its own probability, as in [`score`]. The smallest whole number that is reached with
/// a probability would make every range of small counts too wide: of ranges that should hold 80 %, those of a mean of five
/// would hold 87 %. In the middle, some hold a little less than they say and others a little more.
///
/// # Source
/// Y. Ma, M. G. Genton and E. Parzen (2011) for quantiles of the mid-distribution.
fn middle_at(probability: f64, mean: f64, dispersion: f64) -> f64 {
    let (mut below, mut middle_before) = (0.0, 0.0);
    for (count, term) in terms(mean, dispersion).enumerate() {
        let middle = below + 0.5 * term;
        if middle >= probability || count > 10_000 {
            let share =
                if count == 0 { 1.0 } else { (probability - middle_before) / (middle - middle_before) };
            return count as f64 - (1.0 - share).clamp(0.0, 1.0);
        }
        (below, middle_before) = (below + term, middle);
    }
    mean
}

fn cumulative(count: f64, mean: f64, dispersion: f64) -> f64 {
    if count < 0.0 {
        return 0.0;
    }
    let terms = terms(mean, dispersion).take(count.min(10_000.0) as usize + 1);
    terms.sum::<f64>().min(1.0)
}

/// Probabilities of 0, 1, 2… contacts.
fn terms(mean: f64, dispersion: f64) -> impl Iterator<Item = f64> {
    // Without dispersion it is Poisson; the limit is close enough to need no form of its own.
    let dispersion = dispersion.max(1e-9);
    let (shape, odds) = (1.0 / dispersion, dispersion * mean / (1.0 + dispersion * mean));
    let first = (-shape * (dispersion * mean).ln_1p()).exp();
    (0_u32..).scan(first, move |term, count| {
        let here = *term;
        let count = f64::from(count);
        *term *= (shape + count) / (count + 1.0) * odds;
        Some(here)
    })
}

/// Probability of a standard normal value below `z`.
pub(crate) fn normal_cumulative(z: f64) -> f64 {
    // Series near the middle, continued fraction in the tails.
    if z.abs() > 3.0 {
        let tail = (-0.5 * z * z).exp() / (std::f64::consts::TAU.sqrt() * fraction(z.abs()));
        return if z > 0.0 { 1.0 - tail } else { tail };
    }
    let (mut term, mut sum, mut odd) = (z, z, 1.0);
    while term.abs() > 1e-17 * sum.abs() {
        odd += 2.0;
        term *= z * z / odd;
        sum += term;
    }
    0.5 + sum * (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt()
}

fn fraction(z: f64) -> f64 {
    (1..60).rev().fold(z, |below, level| z + f64::from(level) / below)
}

/// The standard normal value below which a share `p` lies.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] =
        [7.784_695_709_041_462e-3, 3.224_671_290_700_398e-1, 2.445_134_137_142_996, 3.754_408_661_907_416];
    let horner = |start: f64, by: f64, of: &[f64]| of.iter().fold(start, |sum, c| sum * by + c);
    let tail = |p: f64| {
        let q = (-2.0 * p.ln()).sqrt();
        horner(0.0, q, &C) / (horner(0.0, q, &D) * q + 1.0)
    };
    if p < 0.02425 {
        tail(p)
    } else if p > 1.0 - 0.02425 {
        -tail(1.0 - p)
    } else {
        let (q, r) = (p - 0.5, (p - 0.5).powi(2));
        q * horner(0.0, r, &A) / (horner(0.0, r, &B) * r + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(ours: f64, exact: f64, within: f64) {
        assert!((ours - exact).abs() < within, "{ours} instead of {exact}");
    }

    #[test]
    fn the_normal_distribution_agrees_with_printed_tables() {
        close(normal_quantile(0.9), 1.281_551_565_5, 1e-8);
        close(normal_quantile(0.01), -2.326_347_874_0, 1e-8);
        close(normal_cumulative(1.96), 0.975_002_104_9, 1e-9);
        close(normal_cumulative(-3.5), 2.326_290_79e-4, 1e-11);
        close(normal_cumulative(0.0), 0.5, 1e-15);
    }

    #[test]
    fn a_poisson_count_has_poisson_probabilities() {
        // Without dispersion: P(0) = e^-2, P(1) = 2 e^-2.
        close(cumulative(1.0, 2.0, 0.0), 3.0 * (-2.0_f64).exp(), 1e-6);
        // The middle of 2 lies at 3 e^-2 + e^-2 = 0.541, that of 1 at 2 e^-2 = 0.271.
        close(middle_at(0.541_341_1, 2.0, 0.0), 2.0, 1e-5);
        close(middle_at(0.406_005_8, 2.0, 0.0), 1.5, 1e-5);
        assert_eq!(middle_at(0.01, 2.0, 0.0), 0.0);
    }

    #[test]
    fn large_counts_and_small_counts_meet() {
        // Just below the switch the whole-number form, just above it the smooth one.
        for score in [-1.28, 0.0, 1.28] {
            close(at_score(score, 39.99, 0.05), at_score(score, 40.01, 0.05), 1.0);
        }
    }
}
