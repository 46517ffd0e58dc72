//! Boosted regression trees over binned features: small trees, each fitted to what those before it left.
//!
//! Features are cut into at most [`BINS`] bins of about equal weight, so that a split is found by one pass over the rows and one over
//! the bins. Everything is in a fixed order; the same rows give the same trees to the last bit.
//!
//! # Source
//! J. H. Friedman (2001) for boosting; binned splits as in G. Ke et al. (2017).

/// Bins of a feature, at most.
const BINS: usize = 32;
/// Splits below each other in a tree.
const DEPTH: usize = 3;
/// Trees.
const ROUNDS: usize = 30;
/// Share of a leaf's mean that is taken.
const RATE: f64 = 0.13;
/// Share of all weight that both sides of a split need, and weight by which leaves are drawn towards nothing.
const LEAF_SHARE_MIN: f64 = 0.015;
const CAUTION_SHARE: f64 = 0.01;
const NODES: usize = 1 << DEPTH;

/// Rows to learn from: one list of values for each feature, NaN where there is none.
pub(crate) struct Rows {
    pub(crate) features: Vec<Vec<f64>>,
    pub(crate) targets: Vec<f64>,
    pub(crate) weights: Vec<f64>,
}

/// A fitted sum of trees.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Boosted {
    cuts: Vec<Vec<f64>>,
    base: f64,
    trees: Vec<Tree>,
}

/// A complete tree of [`DEPTH`] levels of splits.
#[derive(Debug, Clone, PartialEq)]
struct Tree {
    /// The split of each inner node, level by level; the children of node `n` are `2n + 1` and `2n + 2`.
    splits: Vec<Split>,
    leaves: [f64; NODES],
}

/// Rows whose bin is not above go to the first child.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Split {
    feature: usize,
    bin: u8,
}

/// Weight and weighted sum of what is left to explain.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    weight: f64,
    left: f64,
}

impl Boosted {
    /// Fits to rows; `None` without weight.
    pub(crate) fn fit(rows: &Rows) -> Option<Boosted> {
        let all: f64 = rows.weights.iter().sum();
        if all <= 0.0 {
            return None;
        }
        let cuts: Vec<Vec<f64>> = rows.features.iter().map(|values| cuts(values)).collect();
        let binned: Vec<Vec<u8>> =
            rows.features.iter().zip(&cuts).map(|(values, cuts)| bins(values, cuts)).collect();
        let base = rows.targets.iter().zip(&rows.weights).map(|(y, w)| y * w).sum::<f64>() / all;
        let mut left: Vec<f64> = rows.targets.iter().map(|target| target - base).collect();
        let mut grower = Grower { binned: &binned, weights: &rows.weights, all, node: Vec::new() };
        let trees = (0..ROUNDS).map(|_| grower.grow(&mut left)).collect();
        Some(Boosted { cuts, base, trees })
    }

    /// What the trees say about a row of values, one for each feature.
    pub(crate) fn predict(&self, row: &[f64]) -> f64 {
        let bins: Vec<u8> = row.iter().zip(&self.cuts).map(|(value, cuts)| bin(*value, cuts)).collect();
        self.base + self.trees.iter().map(|tree| tree.leaf(&bins)).sum::<f64>()
    }
}

impl Tree {
    fn leaf(&self, bins: &[u8]) -> f64 {
        let mut node = 0;
        for _ in 0..DEPTH {
            let split = self.splits[node];
            node = 2 * node + 1 + usize::from(bins[split.feature] > split.bin);
        }
        self.leaves[node + 1 - NODES]
    }
}

/// Values that part the rows into bins of about equal size.
fn cuts(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    // The first bin is for what is missing.
    let at = |nth: usize| sorted.get(nth * sorted.len() / (BINS - 1)).copied();
    let mut cuts: Vec<f64> = (0..BINS - 1).filter_map(at).collect();
    cuts.dedup();
    cuts
}

/// 0 for what is missing or below all cuts, then one for each cut reached.
fn bin(value: f64, cuts: &[f64]) -> u8 {
    cuts.partition_point(|cut| *cut <= value) as u8
}

fn bins(values: &[f64], cuts: &[f64]) -> Vec<u8> {
    values.iter().map(|value| bin(*value, cuts)).collect()
}

/// Grows tree after tree over the same rows.
struct Grower<'r> {
    binned: &'r [Vec<u8>],
    weights: &'r [f64],
    all: f64,
    /// The node of the current level that each row has come to.
    node: Vec<u8>,
}

impl Grower<'_> {
    /// Grows a tree for what is left, and takes from it what the tree explains.
    fn grow(&mut self, left: &mut [f64]) -> Tree {
        self.node = vec![0; left.len()];
        let mut splits = Vec::with_capacity(NODES - 1);
        let weighted: Vec<f64> = left.iter().zip(self.weights).map(|(left, weight)| left * weight).collect();
        for level in 0..DEPTH {
            let best = self.best_splits(1 << level, &weighted);
            for (row, node) in self.node.iter_mut().enumerate() {
                let split = best[usize::from(*node)];
                *node = 2 * *node + u8::from(self.binned[split.feature][row] > split.bin);
            }
            splits.extend(best);
        }
        let leaves = self.leaves(left);
        for (left, node) in left.iter_mut().zip(&self.node) {
            *left -= leaves[usize::from(*node)];
        }
        Tree { splits, leaves }
    }

    /// The best split of each node of a level; `weighted` is what is left of each row times its weight.
    fn best_splits(&self, nodes: usize, weighted: &[f64]) -> Vec<Split> {
        // A split above all bins sends every row to the first child: none is worth more than nothing.
        let mut best = vec![(0.0, Split { feature: 0, bin: u8::MAX }); nodes];
        for (feature, bins) in self.binned.iter().enumerate() {
            let mut sums = [[Sum::default(); BINS]; NODES];
            for (((bin, node), weight), left) in bins.iter().zip(&self.node).zip(self.weights).zip(weighted) {
                let sum = &mut sums[usize::from(*node)][usize::from(*bin)];
                sum.weight += weight;
                sum.left += left;
            }
            for (best, sums) in best.iter_mut().zip(&sums) {
                self.try_cuts(feature, sums, best);
            }
        }
        best.into_iter().map(|(_, split)| split).collect()
    }

    fn try_cuts(&self, feature: usize, sums: &[Sum; BINS], best: &mut (f64, Split)) {
        let whole = sums.iter().fold(Sum::default(), |all, sum| all.and(*sum));
        let (mut low, least) = (Sum::default(), LEAF_SHARE_MIN * self.all);
        for (bin, sum) in sums.iter().enumerate().take(BINS - 1) {
            low = low.and(*sum);
            let high = Sum { weight: whole.weight - low.weight, left: whole.left - low.left };
            if low.weight >= least && high.weight >= least {
                let gain = self.worth(low) + self.worth(high) - self.worth(whole);
                // Gains that differ by rounding only must not decide.
                if gain > best.0 * (1.0 + 1e-9) + 1e-12 {
                    *best = (gain, Split { feature, bin: bin as u8 });
                }
            }
        }
    }

    fn worth(&self, sum: Sum) -> f64 {
        sum.left * sum.left / (sum.weight + CAUTION_SHARE * self.all)
    }

    fn leaves(&self, left: &[f64]) -> [f64; NODES] {
        let mut sums = [Sum::default(); NODES];
        for ((node, weight), left) in self.node.iter().zip(self.weights).zip(left) {
            let sum = &mut sums[usize::from(*node)];
            sum.weight += weight;
            sum.left += weight * left;
        }
        sums.map(|sum| RATE * sum.left / (sum.weight + CAUTION_SHARE * self.all))
    }
}

impl Sum {
    fn and(self, other: Sum) -> Sum {
        Sum { weight: self.weight + other.weight, left: self.left + other.left }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two features of which only their interplay says anything.
    fn interplay() -> Rows {
        let pair = |n: u32| (f64::from(n % 2), f64::from(n / 2 % 2), f64::from(n % 7));
        let rows: Vec<(f64, f64, f64)> = (0..400).map(pair).collect();
        Rows {
            targets: rows
                .iter()
                .map(|(a, b, c)| if *a * *b == 1.0 { 1.0 + 0.01 * c } else { -1.0 })
                .collect(),
            weights: vec![1.0; 400],
            features: vec![
                rows.iter().map(|row| row.0).collect(),
                rows.iter().map(|row| row.1).collect(),
                rows.iter().map(|row| row.2).collect(),
            ],
        }
    }

    #[test]
    fn what_two_features_say_together_is_found() {
        let boosted = Boosted::fit(&interplay()).unwrap();
        assert!(boosted.predict(&[1.0, 1.0, 3.0]) > 0.9, "{}", boosted.predict(&[1.0, 1.0, 3.0]));
        assert!(boosted.predict(&[1.0, 0.0, 3.0]) < -0.9 && boosted.predict(&[0.0, 1.0, 3.0]) < -0.9);
    }

    #[test]
    fn a_missing_value_goes_with_the_smallest_and_no_weight_means_no_trees() {
        let boosted = Boosted::fit(&interplay()).unwrap();
        assert!(boosted.predict(&[f64::NAN, 1.0, 0.0]).is_finite());
        assert_eq!(Boosted::fit(&Rows { weights: vec![0.0; 400], ..interplay() }), None);
    }
}
