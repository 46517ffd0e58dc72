//! Probabilities of states, layer by layer, and the lines and factors that the relaxation works with.

/// Probabilities with a fixed number of busy cross-trained agents, by contacts of class 1 and class 2 that are with their own
/// team or waiting.
pub(super) struct Layer {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) shares: Vec<f64>,
}

/// A line of states in one layer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Line {
    /// All numbers of class 2 beside one of class 1.
    Row(usize),
    /// All numbers of class 1 beside one of class 2.
    Column(usize),
}

impl Line {
    pub(super) fn class_along(self) -> usize {
        match self {
            Line::Row(_) => 1,
            Line::Column(_) => 0,
        }
    }

    pub(super) fn length(self, layer: &Layer) -> usize {
        match self {
            Line::Row(_) => layer.columns,
            Line::Column(_) => layer.rows,
        }
    }

    pub(super) fn state(self, nth: usize) -> [usize; 2] {
        match self {
            Line::Row(row) => [row, nth],
            Line::Column(column) => [nth, column],
        }
    }
}

impl Layer {
    pub(super) fn get(&self, state: [usize; 2]) -> f64 {
        self.shares[state[0] * self.columns + state[1]]
    }

    pub(super) fn set(&mut self, state: [usize; 2], share: f64) {
        self.shares[state[0] * self.columns + state[1]] = share;
    }

    pub(super) fn states(&self) -> impl Iterator<Item = ([usize; 2], f64)> {
        let columns = self.columns;
        self.shares.iter().enumerate().map(move |(nth, share)| ([nth / columns, nth % columns], *share))
    }
}

pub(super) fn for_each(layers: &mut [Layer], mut visit: impl FnMut(usize, [usize; 2], &mut f64)) {
    for (busy, layer) in layers.iter_mut().enumerate() {
        let columns = layer.columns;
        for (nth, share) in layer.shares.iter_mut().enumerate() {
            visit(busy, [nth / columns, nth % columns], share);
        }
    }
}

pub(super) fn neighbor(state: [usize; 2], class: usize, by: isize) -> Option<[usize; 2]> {
    let mut next = state;
    next[class] = state[class].checked_add_signed(by)?;
    Some(next)
}

/// Factors that make the flow up from each number equal the flow down from the next.
pub(super) fn chain(up: &[f64], down: &[f64]) -> Vec<f64> {
    let mut scales = vec![1.0];
    for (up, down) in up.iter().zip(&down[1..]) {
        let before = scales[scales.len() - 1];
        scales.push(if *down > 0.0 { before * up / down } else { 0.0 });
    }
    scales
}

pub(super) fn normalize(layers: &mut [Layer]) {
    let total: f64 = layers.iter().flat_map(|layer| &layer.shares).sum();
    for layer in layers {
        layer.shares.iter_mut().for_each(|share| *share /= total);
    }
}
