//! Two kinds of contacts, a team for each, and a third team that can take both (a "W").
//!
//! An arrival takes a free agent of its own team, else a free cross-trained one, else it waits. A freed agent of a team takes
//! the next of its own class; a freed cross-trained agent takes class 1 first. Handle times are the same everywhere.

use crate::StaffingError;
use crate::bounds::{at_most_max, not_negative, positive};

/// One class of contacts with its own team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkillClass {
    /// Mean contacts offered in the interval.
    pub contacts: f64,
    /// Mean patience in seconds.
    pub mean_patience_s: f64,
    /// Agents who take only this class.
    pub agents: u32,
}

/// What one class experiences. Shares are of its offered contacts, times in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkillMeasures {
    /// Share that finds neither an own nor a cross-trained agent free.
    pub wait_probability: f64,
    /// Share that gives up.
    pub abandon_share: f64,
    /// Mean time in queue of all.
    pub wait_all_s: f64,
    /// Mean number waiting.
    pub queue_mean: f64,
    /// Busy share of the class's own team; `None` without one.
    pub occupancy: Option<f64>,
}

/// Both classes and the team they share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoSkills {
    /// Class 1, which cross-trained agents prefer, and class 2.
    pub classes: [SkillMeasures; 2],
    /// Busy share of the cross-trained team; `None` without one.
    pub occupancy_both: Option<f64>,
}

/// More states than this are not worked out.
const STATES_MAX: u64 = 1_500_000;

/// The iteration ends when a sweep moves less than this share of the probability.
const SETTLED: f64 = 1e-14;

/// With many states rounding alone moves more than that; below this share, a sweep that no longer helps is the last.
const STALLED: f64 = 1e-11;

/// Some tens of sweeps are usual.
const SWEEPS_MAX: usize = 2_000;

/// The exact steady state of two classes with their own teams and `agents_both` cross-trained agents.
///
/// Relative error about 1e-10. Takes some milliseconds for teams of ten, seconds for teams of a hundred.
///
/// # Errors
/// When a number is out of range, nobody works, or there would be too many states.
///
/// # Source
/// The "W" of O. Garnett and A. Mandelbaum, *An introduction to skills-based routing* (2000); solved as a Markov chain by
/// line relaxation with aggregation.
pub fn two_skills(
    classes: [SkillClass; 2],
    agents_both: u32,
    interval_s: f64,
    handle_s: f64,
) -> Result<TwoSkills, StaffingError> {
    let system = System::new(classes, agents_both, interval_s, handle_s)?;
    let layers = if system.rate == [0.0; 2] { system.start() } else { system.solve() };
    Ok(system.measures(&layers))
}

struct System {
    /// Arrivals in a second by class.
    rate: [f64; 2],
    theta: [f64; 2],
    /// Contacts that one agent finishes in a second.
    service_rate: f64,
    own: [usize; 2],
    both: usize,
    /// Most contacts of each class in own service and waiting that have any weight.
    most: [usize; 2],
}

/// Probabilities with a fixed number of busy cross-trained agents, by contacts of class 1 and class 2 that are with their own
/// team or waiting.
struct Layer {
    rows: usize,
    columns: usize,
    shares: Vec<f64>,
}

impl System {
    fn new(
        classes: [SkillClass; 2],
        agents_both: u32,
        interval_s: f64,
        handle_s: f64,
    ) -> Result<Self, StaffingError> {
        let (interval_s, handle_s) = (positive("interval_s", interval_s)?, positive("aht_s", handle_s)?);
        let [one, two] = classes;
        let mut system = Self {
            rate: [
                not_negative("calls_1", one.contacts)? / interval_s,
                not_negative("calls_2", two.contacts)? / interval_s,
            ],
            theta: [
                positive("mean_patience_1_s", one.mean_patience_s)?.recip(),
                positive("mean_patience_2_s", two.mean_patience_s)?.recip(),
            ],
            service_rate: handle_s.recip(),
            own: [
                at_most_max("agents_only_1", one.agents)? as usize,
                at_most_max("agents_only_2", two.agents)? as usize,
            ],
            both: at_most_max("agents_both", agents_both)? as usize,
            most: [0; 2],
        };
        positive("agents", (system.own[0] + system.own[1] + system.both) as f64)?;
        system.most = [system.most_of(0)?, system.most_of(1)?];
        system.check_size()?;
        Ok(system)
    }

    /// Contacts of a class beyond which the weight is below 1e-18 even if its own team were alone.
    fn most_of(&self, class: usize) -> Result<usize, StaffingError> {
        let drain = self.own[class] as f64 * self.service_rate;
        let (mut ln, mut top, mut waiting) = (0.0, 0.0, 0_usize);
        while ln > top - 42.0 && self.rate[class] > 0.0 {
            waiting += 1;
            ln += (self.rate[class] / (drain + waiting as f64 * self.theta[class])).ln();
            top = f64::max(top, ln);
            if waiting as u64 > STATES_MAX {
                return Err(StaffingError::TooLarge { states: waiting as u64, states_max: STATES_MAX });
            }
        }
        Ok(self.own[class] + waiting)
    }

    fn check_size(&self) -> Result<(), StaffingError> {
        let product = |a: usize, b: usize| (a as u64 + 1).saturating_mul(b as u64 + 1);
        let states = product(self.own[0], self.own[1])
            .saturating_mul(self.both as u64)
            .saturating_add(product(self.most[0], self.most[1]));
        if states > STATES_MAX {
            return Err(StaffingError::TooLarge { states, states_max: STATES_MAX });
        }
        Ok(())
    }

    /// Everybody idle.
    fn start(&self) -> Vec<Layer> {
        let mut layers: Vec<Layer> = (0..=self.both).map(|busy| self.empty_layer(busy)).collect();
        layers[0].shares[0] = 1.0;
        layers
    }

    fn empty_layer(&self, busy_both: usize) -> Layer {
        let most = if busy_both == self.both { self.most } else { self.own };
        let (rows, columns) = (most[0] + 1, most[1] + 1);
        Layer { rows, columns, shares: vec![0.0; rows * columns] }
    }

    fn solve(&self) -> Vec<Layer> {
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

    /// Rate at which contacts of a class leave their own team or the queue by themselves or to a cross-trained agent.
    fn down(&self, class: usize, state: [usize; 2], busy_both: usize) -> f64 {
        let served = state[class].min(self.own[class]);
        let waiting = state[class] - served;
        let first_waits = class == 1 && state[0] > self.own[0];
        let taken = if waiting > 0 && !first_waits { busy_both as f64 * self.service_rate } else { 0.0 };
        served as f64 * self.service_rate + waiting as f64 * self.theta[class] + taken
    }

    /// Rate at which a cross-trained agent becomes free.
    fn freed(&self, state: [usize; 2], busy_both: usize) -> f64 {
        let waiting = state[0] > self.own[0] || state[1] > self.own[1];
        if waiting { 0.0 } else { busy_both as f64 * self.service_rate }
    }

    /// Rate at which a class takes another place of its own team or queue.
    fn up(&self, class: usize, state: [usize; 2], busy_both: usize) -> f64 {
        let to_both = busy_both < self.both && state[class] == self.own[class];
        if to_both || (busy_both == self.both && state[class] == self.most[class]) {
            0.0
        } else {
            self.rate[class]
        }
    }

    /// Rate at which a cross-trained agent takes an arrival.
    fn taken(&self, state: [usize; 2], busy_both: usize) -> f64 {
        let full = |class: usize| state[class] == self.own[class];
        let rate = |class: usize| if full(class) { self.rate[class] } else { 0.0 };
        if busy_both < self.both { rate(0) + rate(1) } else { 0.0 }
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

    fn measures(&self, layers: &[Layer]) -> TwoSkills {
        let mut waits = [0.0; 2];
        let (mut queue, mut busy_own, mut busy_both) = ([0.0; 2], [0.0; 2], 0.0);
        for (busy, layer) in layers.iter().enumerate() {
            for (state, share) in layer.states() {
                busy_both += busy as f64 * share;
                for class in 0..2 {
                    let served = state[class].min(self.own[class]);
                    let all_taken = busy == self.both && state[class] >= self.own[class];
                    waits[class] += if all_taken { share } else { 0.0 };
                    queue[class] += (state[class] - served) as f64 * share;
                    busy_own[class] += served as f64 * share;
                }
            }
        }
        let of = |busy: f64, agents: usize| (agents > 0).then(|| busy / agents as f64);
        let classes = [0, 1].map(|class| {
            let wait_all_s = if self.rate[class] > 0.0 { queue[class] / self.rate[class] } else { 0.0 };
            SkillMeasures {
                wait_probability: waits[class],
                abandon_share: self.theta[class] * wait_all_s,
                wait_all_s,
                queue_mean: queue[class],
                occupancy: of(busy_own[class], self.own[class]),
            }
        });
        TwoSkills { classes, occupancy_both: of(busy_both, self.both) }
    }
}

/// A line of states in one layer.
#[derive(Debug, Clone, Copy)]
enum Line {
    /// All numbers of class 2 beside one of class 1.
    Row(usize),
    /// All numbers of class 1 beside one of class 2.
    Column(usize),
}

impl Line {
    fn class_along(self) -> usize {
        match self {
            Line::Row(_) => 1,
            Line::Column(_) => 0,
        }
    }

    fn length(self, layer: &Layer) -> usize {
        match self {
            Line::Row(_) => layer.columns,
            Line::Column(_) => layer.rows,
        }
    }

    fn state(self, nth: usize) -> [usize; 2] {
        match self {
            Line::Row(row) => [row, nth],
            Line::Column(column) => [nth, column],
        }
    }
}

impl Layer {
    fn get(&self, state: [usize; 2]) -> f64 {
        self.shares[state[0] * self.columns + state[1]]
    }

    fn set(&mut self, state: [usize; 2], share: f64) {
        self.shares[state[0] * self.columns + state[1]] = share;
    }

    fn states(&self) -> impl Iterator<Item = ([usize; 2], f64)> {
        let columns = self.columns;
        self.shares.iter().enumerate().map(move |(nth, share)| ([nth / columns, nth % columns], *share))
    }
}

fn for_each(layers: &mut [Layer], mut visit: impl FnMut(usize, [usize; 2], &mut f64)) {
    for (busy, layer) in layers.iter_mut().enumerate() {
        let columns = layer.columns;
        for (nth, share) in layer.shares.iter_mut().enumerate() {
            visit(busy, [nth / columns, nth % columns], share);
        }
    }
}

fn neighbor(state: [usize; 2], class: usize, by: isize) -> Option<[usize; 2]> {
    let mut next = state;
    next[class] = state[class].checked_add_signed(by)?;
    Some(next)
}

/// Factors that make the flow up from each number equal the flow down from the next.
fn chain(up: &[f64], down: &[f64]) -> Vec<f64> {
    let mut scales = vec![1.0];
    for (up, down) in up.iter().zip(&down[1..]) {
        let before = scales[scales.len() - 1];
        scales.push(if *down > 0.0 { before * up / down } else { 0.0 });
    }
    scales
}

fn normalize(layers: &mut [Layer]) {
    let total: f64 = layers.iter().flat_map(|layer| &layer.shares).sum();
    for layer in layers {
        layer.shares.iter_mut().for_each(|share| *share /= total);
    }
}
