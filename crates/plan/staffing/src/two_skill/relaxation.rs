//! Solving the balance of all states: lines exactly, sweep after sweep, with the chains they make up kept in balance.

use super::System;
use super::layer::{Layer, Line, chain, for_each, neighbor, normalize};

/// The iteration ends when a sweep moves less than this share of the probability.
const SETTLED: f64 = 1e-14;

/// With many states rounding alone moves more than that; below this share, a sweep that no longer helps is the last.
const STALLED: f64 = 1e-11;

/// Some tens of sweeps are usual.
const SWEEPS_MAX: usize = 2_000;

impl System {
    pub(super) fn solve(&self) -> Vec<Layer> {
        let mut layers = self.start();
        for layer in &mut layers {
            layer.shares.fill(1.0);
        }
        let mut moved_before = f64::INFINITY;
        for _ in 0..SWEEPS_MAX {
            let before: Vec<Vec<f64>> = layers.iter().map(|layer| layer.shares.clone()).collect();
            self.sweep(&mut layers);
            let after = layers.iter().flat_map(|layer| &layer.shares);
            let moved: f64 = after.zip(before.iter().flatten()).map(|(a, b)| (a - b).abs()).sum();
            if moved < SETTLED || (moved < STALLED && moved >= moved_before) {
                break;
            }
            moved_before = moved;
        }
        layers
    }

    /// Lines in both directions, then the three one-dimensional chains they make up.
    fn sweep(&self, layers: &mut [Layer]) {
        for busy in 0..layers.len() {
            for row in 0..layers[busy].rows {
                self.solve_line(layers, busy, Line::Row(row));
            }
        }
        self.balance_class(layers, 0);
        for busy in (0..layers.len()).rev() {
            for column in 0..layers[busy].columns {
                self.solve_line(layers, busy, Line::Column(column));
            }
        }
        self.balance_class(layers, 1);
        self.balance_layers(layers);
        normalize(layers);
    }

    /// Solves the balance of one line of states exactly, the others taken as they are.
    fn solve_line(&self, layers: &mut [Layer], busy: usize, line: Line) {
        let class = line.class_along();
        let length = line.length(&layers[busy]);
        let mut solved: Vec<(f64, f64)> = Vec::with_capacity(length);
        for nth in 0..length {
            let state = line.state(nth);
            let inflow = self.inflow(layers, busy, state, 1 - class);
            let out = self.out(state, busy);
            let (ratio, amount, from_before) = match nth.checked_sub(1) {
                Some(before) => {
                    let (ratio, amount) = solved[before];
                    (ratio, amount, self.up(class, line.state(before), busy))
                }
                None => (0.0, 0.0, 0.0),
            };
            let from_after = if nth + 1 < length { self.down(class, line.state(nth + 1), busy) } else { 0.0 };
            let pivot = out - from_before * ratio;
            solved.push((from_after / pivot, (inflow + from_before * amount) / pivot));
        }
        let mut after = 0.0;
        for (nth, (ratio, amount)) in solved.iter().enumerate().rev() {
            after = amount + ratio * after;
            layers[busy].set(line.state(nth), after);
        }
    }

    fn out(&self, state: [usize; 2], busy: usize) -> f64 {
        let along = |class: usize| self.up(class, state, busy) + self.down(class, state, busy);
        along(0) + along(1) + self.taken(state, busy) + self.freed(state, busy)
    }

    /// What flows in across the line (by `class`) and from the neighbouring layers.
    fn inflow(&self, layers: &[Layer], busy: usize, state: [usize; 2], class: usize) -> f64 {
        let layer = &layers[busy];
        let mut sum = 0.0;
        if let Some(fewer) = neighbor(state, class, -1) {
            sum += self.up(class, fewer, busy) * layer.get(fewer);
        }
        let more = neighbor(state, class, 1).filter(|more| more[0] < layer.rows && more[1] < layer.columns);
        if let Some(more) = more {
            sum += self.down(class, more, busy) * layer.get(more);
        }
        let in_own = state[0] <= self.own[0] && state[1] <= self.own[1];
        if busy > 0 && in_own {
            sum += self.taken(state, busy - 1) * layers[busy - 1].get(state);
        }
        if busy < self.both {
            sum += self.freed(state, busy + 1) * layers[busy + 1].get(state);
        }
        sum
    }

    /// Scales the states of each number of a class so that as much flows up between neighbouring numbers as down.
    fn balance_class(&self, layers: &mut [Layer], class: usize) {
        let (mut up, mut down) = (vec![0.0; self.most[class] + 1], vec![0.0; self.most[class] + 1]);
        for_each(layers, |busy, state, share| {
            up[state[class]] += self.up(class, state, busy) * *share;
            down[state[class]] += self.down(class, state, busy) * *share;
        });
        let scales = chain(&up, &down);
        for_each(layers, |_, state, share| *share *= scales[state[class]]);
    }

    /// The same for the number of busy cross-trained agents.
    fn balance_layers(&self, layers: &mut [Layer]) {
        let (mut up, mut down) = (vec![0.0; self.both + 1], vec![0.0; self.both + 1]);
        for_each(layers, |busy, state, share| {
            up[busy] += self.taken(state, busy) * *share;
            down[busy] += self.freed(state, busy) * *share;
        });
        let scales = chain(&up, &down);
        for_each(layers, |busy, _, share| *share *= scales[busy]);
    }
}
