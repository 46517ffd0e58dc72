//! `townline staff plan`: agents for each interval of a forecast.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::{Map, Value, json};
use staffing::{Patience, ServiceLevel, ServiceLevelTarget, Shrinkage, Target, Targets};

use super::arguments::{Counted, ShareWithin, patience, seconds, shrinkage};
use crate::commands::BadInput;
use crate::planning::forecast_in::{self, Forecast};
use crate::planning::named;
use crate::planning::plot::{Chart, Drawn, Series};
use crate::planning::staff_plan::{self, Model, PlannedInterval, StaffRules};
use crate::planning::table_out::{Cell, Column, Format, Table};

/// Agents for each interval of a forecast, the target that asked for them, what they reach and cost.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: townline staff plan --forecast week.csv --aht 222 --patience 120 --target 80/20 --max-occupancy 0.88 --shrinkage breaks=0.12,training=0.05 --cost-per-hour 31.50 --plot week.svg"
)]
pub struct Plan {
    /// CSV with timestamp and mean (as forecast writes it) or count, and aht if it changes; - is standard input.
    #[arg(long, value_name = "FILE")]
    forecast: PathBuf,
    /// The column that contacts come from, such as q90, instead of mean or count.
    #[arg(long)]
    column: Option<String>,
    /// Length of an interval, such as 30m; otherwise the shortest distance of two times.
    #[arg(long, value_parser = seconds)]
    interval: Option<f64>,
    /// Mean handle time in seconds, talk and after-work together.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    aht: Option<f64>,
    /// Mean patience in seconds, or a distribution: uniform:180, deterministic:30, hyperexponential:0.3,10,240, balking:0.15,180.
    #[arg(long, value_parser = patience)]
    patience: Option<Patience>,
    /// Otherwise erlang-a where patience is given, and erlang-c where it is not.
    #[arg(long, value_enum)]
    model: Option<ModelName>,
    /// Service level: percent within seconds, 80/20.
    #[arg(long, value_name = "PERCENT/SECONDS")]
    target: Option<ShareWithin>,
    /// How those who give up count in it.
    #[arg(long, value_enum, default_value = "over-offered")]
    counted: Counted,
    /// Longest average speed of answer.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    asa: Option<f64>,
    /// Largest share that may give up, 0.05.
    #[arg(long, value_name = "SHARE")]
    max_abandon: Option<f64>,
    /// Largest share of their time in which agents may be busy, 0.88.
    #[arg(long, value_name = "SHARE")]
    max_occupancy: Option<f64>,
    /// Share of paid time away from contacts: 0.3, or by cause, breaks=0.1,training=0.05.
    #[arg(long, value_parser = shrinkage, default_value = "0")]
    shrinkage: Shrinkage,
    /// Fewest agents, also where nobody is expected.
    #[arg(long, default_value_t = 0)]
    min_agents: u32,
    /// Cost of a paid hour.
    #[arg(long, default_value_t = 0.0)]
    cost_per_hour: f64,
    /// How the plan is written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Also draws it.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

/// Models by the names of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ModelName {
    /// Nobody gives up; each interval in its steady state.
    ErlangC,
    /// Contacts give up; each interval in its steady state.
    ErlangA,
    /// Contacts give up; what one interval leaves, the next begins with.
    Transient,
}

impl Plan {
    pub fn run(self) -> anyhow::Result<()> {
        let rules = self.rules()?;
        let forecast = forecast_in::read(&self.forecast, self.column.as_deref(), self.interval)?;
        let intervals = staff_plan::plan(&forecast, &rules)
            .map_err(|error| BadInput(format!("{}: {error}", named(&self.forecast))))?;
        let notes = notes(&forecast, &intervals, rules.agents_min);
        if let Some(path) = &self.plot {
            chart(&intervals, &self.forecast).write(path)?;
        }
        table(&intervals).print(self.format, &notes, totals(&intervals, &rules, forecast.interval_s))
    }

    fn rules(&self) -> Result<StaffRules, BadInput> {
        let (patience, model) = self.model_and_patience()?;
        let counted = ServiceLevel::from(self.counted);
        let service_level = self.target.map(|target| ServiceLevelTarget {
            share: target.share,
            within_s: target.within_s,
            counted,
        });
        let targets = Targets {
            service_level,
            asa_s_max: self.asa,
            abandon_share_max: self.max_abandon,
            occupancy_max: self.max_occupancy,
        };
        if targets == Targets::default() {
            let none = "give a target: --target 80/20, --asa, --max-abandon or --max-occupancy, or several";
            return Err(BadInput(none.to_owned()));
        }
        if !(self.cost_per_hour >= 0.0 && self.cost_per_hour.is_finite()) {
            return Err(BadInput(format!(
                "--cost-per-hour is {}, but must be 0 or more",
                self.cost_per_hour
            )));
        }
        Ok(StaffRules {
            handle_s: self.aht,
            patience,
            targets,
            model,
            shrinkage: self.shrinkage.clone(),
            agents_min: self.min_agents,
            cost_per_hour: self.cost_per_hour,
        })
    }

    fn model_and_patience(&self) -> Result<(Patience, Model), BadInput> {
        match (self.model, self.patience) {
            (None, patience) => Ok((patience.unwrap_or(Patience::ENDLESS), Model::SteadyState)),
            (Some(ModelName::ErlangC), None) => Ok((Patience::ENDLESS, Model::SteadyState)),
            (Some(ModelName::ErlangC), Some(_)) => Err(BadInput(
                "nobody gives up in erlang-c; leave --patience out, or take erlang-a".to_owned(),
            )),
            (Some(ModelName::ErlangA), Some(patience)) => Ok((patience, Model::SteadyState)),
            (Some(ModelName::Transient), Some(patience)) if !patience.is_exponential() => Err(BadInput(
                "transient follows exponential patience only: give its mean, as in --patience 120".to_owned(),
            )),
            (Some(ModelName::Transient), Some(patience)) => Ok((patience, Model::Transient)),
            (Some(ModelName::ErlangA | ModelName::Transient), None) => {
                Err(BadInput("this model needs --patience".to_owned()))
            }
        }
    }
}

fn notes(forecast: &Forecast, intervals: &[PlannedInterval], agents_min: u32) -> Vec<String> {
    let mut notes = forecast.notes.clone();
    let silent = intervals.iter().filter(|interval| interval.contacts == 0.0).count();
    if silent > 0 {
        notes.push(format!(
            "intervals that expect nobody: {silent}; they get {agents_min} agents, see --min-agents"
        ));
    }
    notes
}

fn table(intervals: &[PlannedInterval]) -> Table {
    let columns = [
        ("timestamp", 0),
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
    ];
    let mut table = Table::new(Column::all(columns));
    for interval in intervals {
        table.add(row(interval));
    }
    table
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

/// Sums over the plan, for the JSON document.
fn totals(intervals: &[PlannedInterval], rules: &StaffRules, interval_s: f64) -> Map<String, Value> {
    let hours = |people: fn(&PlannedInterval) -> u32| {
        intervals.iter().map(|interval| f64::from(people(interval))).sum::<f64>() * interval_s / 3600.0
    };
    let paid_hours = hours(|interval| interval.scheduled);
    let causes =
        rules.shrinkage.causes().iter().map(|cause| (cause.name.clone(), json!(cause.share * paid_hours)));
    let totals = json!({
        "contacts": intervals.iter().map(|interval| interval.contacts).sum::<f64>(),
        "agent_hours": hours(|interval| interval.agents),
        "paid_hours": paid_hours,
        "paid_hours_away_by_cause": Map::from_iter(causes),
        "agents_max": intervals.iter().map(|interval| interval.agents).max(),
        "cost": intervals.iter().map(|interval| interval.cost).sum::<f64>(),
    });
    Map::from_iter([("totals".to_owned(), totals)])
}

fn chart(intervals: &[PlannedInterval], forecast: &Path) -> Chart {
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
