//! `townline staff compare`: one more agent, one less, and what each costs.

use clap::Args;
use serde_json::Map;
use staffing::{Alternative, Demand, Patience, Queue, ServiceLevel, Shrinkage, one_more_one_less};

use super::arguments::{Counted, patience, seconds, shrinkage};
use crate::commands::BadInput;
use crate::planning::table_out::{Cell, Column, Format, Table};

/// What a few agents more or fewer reach and cost in one interval.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: townline staff compare --calls 288 --interval 30m --aht 222 --patience 120 --agents 39 --around 3 --cost-per-hour 31.50 --shrinkage 0.3"
)]
pub struct Compare {
    /// Mean contacts in the interval.
    #[arg(long)]
    calls: f64,
    /// Length of the interval.
    #[arg(long, value_parser = seconds, default_value = "30m")]
    interval: f64,
    /// Mean handle time in seconds, talk and after-work together.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    aht: f64,
    /// As in plan; without it nobody gives up.
    #[arg(long, value_parser = patience)]
    patience: Option<Patience>,
    /// Agents in the middle of the table.
    #[arg(long)]
    agents: u32,
    /// How many more and fewer are shown.
    #[arg(long, default_value_t = 2)]
    around: u32,
    /// Time limit of the service level.
    #[arg(long, value_parser = seconds, default_value = "20s")]
    within: f64,
    /// How those who give up count in it.
    #[arg(long, value_enum, default_value = "over-offered")]
    counted: Counted,
    /// Share of paid time away from contacts, as in plan; paid hours are not rounded here.
    #[arg(long, value_parser = shrinkage, default_value = "0")]
    shrinkage: Shrinkage,
    /// Cost of a paid hour.
    #[arg(long, default_value_t = 0.0)]
    cost_per_hour: f64,
    /// How the table is written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl Compare {
    pub fn run(self) -> anyhow::Result<()> {
        let bad = |error: staffing::StaffingError| BadInput(error.to_string());
        let demand = Demand::new(self.calls, self.interval, self.aht).map_err(bad)?;
        let queue = Queue::new(demand, self.patience.unwrap_or(Patience::ENDLESS));
        let paid = 1.0 / (1.0 - self.shrinkage.total());
        let found =
            one_more_one_less(&queue, self.agents, self.around, self.within, self.cost_per_hour, paid);
        let found = found.map_err(bad)?;
        let mut table = Table::new(columns());
        for alternative in &found {
            table.add(self.row(alternative, demand.contacts()));
        }
        let unstable = found.iter().filter(|alternative| alternative.measures.is_none()).count();
        let note = format!("{unstable} rows have no steady state: the queue would grow without end");
        let notes = if unstable > 0 { vec![note] } else { Vec::new() };
        table.print(self.format, &notes, Map::new())
    }

    fn row(&self, alternative: &Alternative, contacts: f64) -> Vec<Cell> {
        let measures = alternative.measures;
        let counted = ServiceLevel::from(self.counted);
        vec![
            Cell::Whole(alternative.agents.into()),
            Cell::Number(measures.map(|measures| measures.within.share(counted))),
            Cell::Number(measures.map(|measures| measures.asa_s)),
            Cell::Number(measures.map(|measures| measures.abandon_share)),
            Cell::Number(measures.map(|measures| measures.abandon_share * contacts)),
            Cell::Number(measures.map(|measures| measures.occupancy)),
            Cell::Number(Some(alternative.cost)),
        ]
    }
}

fn columns() -> Vec<Column> {
    let columns = [
        ("agents", 0),
        ("service_level", 4),
        ("asa_s", 1),
        ("abandoned", 4),
        ("abandoned_contacts", 1),
        ("occupancy", 4),
        ("cost", 2),
    ];
    Column::all(columns)
}
