//! Probabilities of the number of contacts in the system.

/// Probabilities of the number of contacts in the system; below `first` all are zero.
#[derive(Debug, Clone)]
pub(super) struct Distribution {
    pub(super) first: usize,
    pub(super) shares: Vec<f64>,
}

/// Probabilities below this are dropped at both ends; over a week of steps they add up to less than 1e-12.
const DROPPED: f64 = 1e-22;

impl Distribution {
    pub(super) fn mean(&self, of: &dyn Fn(usize) -> f64) -> f64 {
        self.shares.iter().enumerate().map(|(nth, share)| share * of(self.first + nth)).sum()
    }

    pub(super) fn drop_ends(&mut self) {
        let kept = |share: &f64| *share > DROPPED;
        let begin = self.shares.iter().position(kept).unwrap_or(0);
        let end = self.shares.iter().rposition(kept).map_or(self.shares.len(), |last| last + 1);
        self.shares.truncate(end);
        self.shares.drain(..begin);
        self.first += begin;
    }
}

/// One event later: an arrival, an ending, or nothing. Arrivals beyond the last state have no weight and are left out.
pub(super) fn next_event(now: &mut [f64], up: f64, down: &[f64]) {
    let (mut arrived, last) = (0.0, now.len() - 1);
    for state in 0..=last {
        let here = now[state];
        let leaving = if state == last { down[state] } else { up + down[state] };
        let ended = if state == last { 0.0 } else { down[state + 1] * now[state + 1] };
        now[state] = here * (1.0 - leaving) + arrived + ended;
        arrived = up * here;
    }
}
