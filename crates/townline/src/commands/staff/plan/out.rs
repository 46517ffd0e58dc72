//! Writing a plan: a row an interval (and queue), totals, and a picture.

use std::path::Path;

use serde_json::{Map, Value, json};
use staffing::Target;

use crate::planning::blending::BlendedInterval;
use crate::planning::forecast_in::Forecast;
use crate::planning::named;
use crate::planning::plot::{Chart, Drawn, Series};
use crate::planning::pool::PooledInterval;
use crate::planning::staff_plan::{PlannedInterval, StaffRules};
use crate::planning::table_out::{Cell, Column, Table};

/// A plan with what belongs to its rows.
pub struct Answer {
    /// Names of the queues, in the order of their plans.
    pub names: Vec<String>,
    pub planned: Planned,
    pub blended: Option<Blended>,
}

/// Teams of their own, or one for all.
pub enum Planned {
    Queues(Vec<Vec<PlannedInterval>>),
    Pool(Vec<PooledInterval>),
}

/// Deferred work beside the only queue.
pub struct Blended {
    pub intervals: Vec<BlendedInterval>,
    /// Contacts that came while the center was closed.
    pub moved: f64,
}

/// Intervals with the names of their queues, by time.
type Rows<'a> = Vec<(&'a str, &'a PlannedInterval)>;

impl Answer {
    fn rows(&self) -> Rows<'_> {
        match &self.planned {
            Planned::Pool(intervals) => intervals.iter().map(|interval| ("pool", &interval.pool)).collect(),
            Planned::Queues(plans) => {
                let named = self.names.iter().zip(plans);
                let mut rows: Rows =
                    named.flat_map(|(name, plan)| plan.iter().map(move |one| (name.as_str(), one))).collect();
                rows.sort_by_key(|(_, interval)| interval.at_s);
                rows
            }
        }
    }

    fn several(&self) -> bool {
        self.names.len() > 1 || !self.names[0].is_empty()
    }

    pub fn notes(&self, queues: &[(String, Forecast)], agents_min: u32) -> Vec<String> {
        // Queues of one file mostly have the same gaps; each is told once.
        let mut notes: Vec<String> = Vec::new();
        for note in queues.iter().flat_map(|(_, forecast)| &forecast.notes) {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
        let silent = self.rows().iter().filter(|(_, interval)| interval.contacts == 0.0).count();
        if silent > 0 {
            notes.push(format!(
                "intervals that expect nobody: {silent}; they get {agents_min} agents, see --min-agents"
            ));
        }
        if let Some(blended) = &self.blended {
            let extra = blended.intervals.first().map_or(0, |one| one.extra_agents);
            notes.push(format!(
                "deferred work needs {extra} agents more than calls; its deadline counts open time"
            ));
            if blended.moved > 0.0 {
                let moved = blended.moved;
                notes.push(format!(
                    "{moved:.1} pieces of deferred work come while closed, and wait for the next interval"
                ));
            }
        }
        notes
    }

    pub fn table(&self) -> Table {
        let mut columns = Column::all([("timestamp", 0)]);
        if self.several() {
            columns.push(Column::new("queue", 0));
        }
        columns.extend(Column::all([
            ("contacts", 1),
            ("load_erlangs", 2),
            ("agents", 0),
            ("scheduled", 0),
            ("binding", 0),
            ("service_level", 4),
            ("asa_s", 1),
            ("abandoned", 4),
            ("occupancy", 4),
            ("cost", 2),
        ]));
        let rows = self.rows();
        let fractions = rows.iter().any(|(_, interval)| interval.agents_fraction.is_some());
        if fractions {
            columns.push(Column::new("agents_fraction", 2));
        }
        columns.extend(self.further_columns());
        let mut table = Table::new(columns);
        for (nth, (queue, interval)) in rows.into_iter().enumerate() {
            let mut row = row(interval);
            if self.several() {
                row.insert(1, Cell::Text(queue.to_owned()));
            }
            if fractions {
                row.push(Cell::Number(interval.agents_fraction));
            }
            row.extend(self.further_cells(nth));
            table.add(row);
        }
        table
    }

    /// What stands beside a pool or deferred work.
    fn further_columns(&self) -> Vec<Column> {
        let mut columns = Vec::new();
        if let Planned::Pool(_) = &self.planned {
            columns.push(Column::new("agents_apart", 0));
            columns.extend(self.names.iter().map(|name| Column::new(format!("agents_for_{name}"), 2)));
        }
        if self.blended.is_some() {
            columns.extend(Column::all([
                ("agents_deferred", 0),
                ("deferred_done_hours", 2),
                ("deferred_left_hours", 2),
            ]));
        }
        columns
    }

    fn further_cells(&self, nth: usize) -> Vec<Cell> {
        let mut cells = Vec::new();
        if let Planned::Pool(intervals) = &self.planned {
            cells.push(Cell::Whole(intervals[nth].alone.into()));
            cells.extend(intervals[nth].shares.iter().map(|share| Cell::Number(Some(*share))));
        }
        if let Some(blended) = &self.blended {
            let BlendedInterval { extra_agents, done_hours, left_hours } = blended.intervals[nth];
            cells.push(Cell::Whole(extra_agents.into()));
            cells.extend([done_hours, left_hours].map(|hours| Cell::Number(Some(hours))));
        }
        cells
    }

    /// Sums over the plan, for the JSON document.
    pub fn totals(&self, rules: &StaffRules, interval_s: f64) -> Map<String, Value> {
        let rows = self.rows();
        let hours = |people: fn(&PlannedInterval) -> u32| {
            rows.iter().map(|(_, interval)| f64::from(people(interval))).sum::<f64>() * interval_s / 3600.0
        };
        let paid_hours = hours(|interval| interval.scheduled);
        let causes = rules
            .shrinkage
            .causes()
            .iter()
            .map(|cause| (cause.name.clone(), json!(cause.share * paid_hours)));
        let totals = json!({
            "contacts": rows.iter().map(|(_, interval)| interval.contacts).sum::<f64>(),
            "agent_hours": hours(|interval| interval.agents),
            "paid_hours": paid_hours,
            "paid_hours_away_by_cause": Map::from_iter(causes),
            "agents_max": rows.iter().map(|(_, interval)| interval.agents).max(),
            "cost": rows.iter().map(|(_, interval)| interval.cost).sum::<f64>(),
        });
        Map::from_iter([("totals".to_owned(), totals)])
    }
}

fn row(interval: &PlannedInterval) -> Vec<Cell> {
    let reached = interval.reached;
    vec![
        Cell::Text(interval.time.clone()),
        Cell::Number(Some(interval.contacts)),
        Cell::Number(Some(interval.load_erlangs)),
        Cell::Whole(interval.agents.into()),
        Cell::Whole(interval.scheduled.into()),
        Cell::Text(interval.binding.iter().map(|target| target_name(*target)).collect::<Vec<_>>().join("+")),
        Cell::Number(reached.map(|reached| reached.service_level)),
        Cell::Number(reached.and_then(|reached| reached.asa_s)),
        Cell::Number(reached.map(|reached| reached.abandon_share)),
        Cell::Number(reached.map(|reached| reached.occupancy)),
        Cell::Number(Some(interval.cost)),
    ]
}

fn target_name(target: Target) -> &'static str {
    match target {
        Target::SteadyState => "steady-state",
        Target::ServiceLevel => "service-level",
        Target::Asa => "asa",
        Target::Abandonment => "abandonment",
        Target::Occupancy => "occupancy",
    }
}

/// The picture of a plan; of several queues, their sums.
pub fn chart(answer: &Answer, forecast: &Path) -> Chart {
    let intervals = &summed(&answer.rows());
    let values = |of: fn(&PlannedInterval) -> f64| intervals.iter().map(of).collect::<Vec<f64>>();
    let busiest = intervals.iter().max_by(|a, b| a.agents.cmp(&b.agents));
    let description = busiest.map_or_else(String::new, |most| {
        format!(
            "Agents needed in {} intervals from {} on. The most, {} agents at work for a load of {:.1} Erlang, are needed at {}.",
            intervals.len(), intervals[0].time, most.agents, most.load_erlangs, most.time
        )
    });
    let series = |name: &str, values, drawn| Series { name: name.to_owned(), values, drawn };
    let ranges: Option<Vec<(f64, f64)>> = intervals.iter().map(|interval| interval.load_range).collect();
    let band = ranges.map(|ranges| {
        let (low, upper) = ranges.into_iter().unzip();
        series("load from q10 to q90", low, Drawn::Band { upper })
    });
    let lines = [
        series("load in Erlang", values(|interval| interval.load_erlangs), Drawn::Line),
        series("agents scheduled", values(|interval| f64::from(interval.scheduled)), Drawn::Steps),
        series("agents at work", values(|interval| f64::from(interval.agents)), Drawn::Steps),
    ];
    Chart {
        title: format!("Agents needed for {}", named(forecast)),
        description,
        vertical: "agents, Erlang".to_owned(),
        times: intervals.iter().map(|interval| interval.time.clone()).collect(),
        series: band.into_iter().chain(lines).collect(),
        ahead_from: None,
    }
}

/// Queues of the same time as one.
fn summed(rows: &Rows) -> Vec<PlannedInterval> {
    let mut sums: Vec<PlannedInterval> = Vec::new();
    for (_, interval) in rows {
        match sums.last_mut().filter(|sum| sum.at_s == interval.at_s) {
            Some(sum) => {
                sum.load_erlangs += interval.load_erlangs;
                sum.agents += interval.agents;
                sum.scheduled += interval.scheduled;
                // Ranges of several queues do not add up.
                sum.load_range = None;
            }
            None => sums.push((*interval).clone()),
        }
    }
    sums
}
