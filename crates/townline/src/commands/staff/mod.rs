//! `townline staff`: how many agents, without a server or a database.

mod arguments;
mod compare;
mod evaluate;
mod patience;
mod plan;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Agents for each interval of a forecast, with what they reach and cost.
    Plan(Box<plan::Plan>),
    /// One more agent, one less, and what each costs.
    Compare(compare::Compare),
    /// How long callers wait before they give up, from records.
    Patience(patience::PatienceCommand),
    /// Works out cases written as JSON, one answer for each.
    Evaluate(evaluate::Evaluate),
}

impl Staff {
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Staff::Plan(command) => command.run(),
            Staff::Compare(command) => command.run(),
            Staff::Patience(command) => command.run(),
            Staff::Evaluate(command) => command.run(),
        }
    }
}
