//! Weighted least squares with a prior, gathered row by row.
//!
//! Rows are sparse: of some two hundred columns a day touches about forty. The normal equations can be solved after any
//! row, which gives the coefficients as they would have been known on that day at the cost of one factorization.

/// One row: columns that are not zero, with their values.
pub(crate) type SparseRow = Vec<(usize, f64)>;

/// `X'WX` and `X'Wy` of the rows so far.
#[derive(Debug, Clone)]
pub(crate) struct NormalEquations {
    columns: usize,
    /// Lower triangle, row by row, of a full square.
    gram: Vec<f64>,
    moments: Vec<f64>,
}

impl NormalEquations {
    pub(crate) fn new(columns: usize) -> Self {
        Self { columns, gram: vec![0.0; columns * columns], moments: vec![0.0; columns] }
    }

    /// Takes in a row with its target; the columns of the row are in ascending order.
    pub(crate) fn add(&mut self, row: &[(usize, f64)], target: f64, weight: f64) {
        for (at, &(i, x)) in row.iter().enumerate() {
            let weighted = weight * x;
            self.moments[i] += weighted * target;
            let line = &mut self.gram[i * self.columns..];
            for &(j, other) in &row[..=at] {
                line[j] += weighted * other;
            }
        }
    }

    /// Coefficients with the prior's precision multiplied by `strength`.
    pub(crate) fn solve(&self, prior: &Prior, strength: f64) -> Vec<f64> {
        let mut lower = self.gram.clone();
        for &(i, j, precision) in &prior.entries {
            lower[i * self.columns + j] += strength * precision;
        }
        factorize(&mut lower, self.columns);
        back_substitute(&lower, &self.moments)
    }
}

/// Precision of the coefficients before any data: lower-triangle entries `(i, j, value)` with `i >= j`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prior {
    entries: Vec<(usize, usize, f64)>,
}

impl Prior {
    /// The coefficient is near zero, with this standard deviation.
    pub(crate) fn near_zero(&mut self, column: usize, deviation: f64) {
        self.entries.push((column, column, deviation.powi(-2)));
    }

    /// The coefficient is near that of the column before it: a random walk with steps of this deviation.
    pub(crate) fn near_previous(&mut self, column: usize, deviation: f64) {
        let precision = deviation.powi(-2);
        self.entries.push((column, column, precision));
        self.entries.push((column - 1, column - 1, precision));
        self.entries.push((column, column - 1, -precision));
    }
}

/// Cholesky factor in place of the lower triangle.
fn factorize(a: &mut [f64], n: usize) {
    // A pivot this small belongs to a column without data and without a prior; it stays at zero.
    const PIVOT_MIN: f64 = 1e-12;
    for i in 0..n {
        let (above, rest) = a.split_at_mut(i * n);
        let line = &mut rest[..n];
        for j in 0..i {
            let other = &above[j * n..j * n + j];
            let dot: f64 = dot(&line[..j], other);
            line[j] = (line[j] - dot) / above[j * n + j];
        }
        let squares = dot(&line[..i], &line[..i]);
        line[i] = (line[i] - squares).max(PIVOT_MIN).sqrt();
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a4.remainder().iter().zip(b4.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a4.zip(b4) {
        for lane in 0..4 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    rest + (sums[0] + sums[1]) + (sums[2] + sums[3])
}

fn back_substitute(lower: &[f64], moments: &[f64]) -> Vec<f64> {
    let n = moments.len();
    let mut x = moments.to_vec();
    for i in 0..n {
        let known = dot(&lower[i * n..i * n + i], &x[..i]);
        x[i] = (x[i] - known) / lower[i * n + i];
    }
    for i in (0..n).rev() {
        x[i] /= lower[i * n + i];
        let (solved, here) = (x[i], i * n);
        for (value, factor) in x[..i].iter_mut().zip(&lower[here..here + i]) {
            *value -= factor * solved;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_exact_points_is_found() {
        let mut equations = NormalEquations::new(2);
        for x in 0..5 {
            let x = f64::from(x);
            equations.add(&[(0, 1.0), (1, x)], 3.0 - 2.0 * x, 1.0);
        }
        let found = equations.solve(&Prior::default(), 1.0);
        assert!((found[0] - 3.0).abs() < 1e-10 && (found[1] + 2.0).abs() < 1e-10, "{found:?}");
    }

    #[test]
    fn a_column_without_data_stays_at_its_prior() {
        let mut equations = NormalEquations::new(3);
        equations.add(&[(0, 1.0)], 4.0, 1e6);
        let mut prior = Prior::default();
        (0..3).for_each(|column| prior.near_zero(column, 10.0));
        prior.near_previous(1, 0.001);
        let found = equations.solve(&prior, 1.0);
        assert!((found[1] - found[0]).abs() < 1e-3, "the walk carries the level on: {found:?}");
        assert_eq!(found[2], 0.0);
    }
}
