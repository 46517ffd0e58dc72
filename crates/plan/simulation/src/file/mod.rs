//! A center out of a TOML file, with everything checked that could be wrong with it.
//!
//! [`entry`] finds fields and their lines, [`values`] reads lengths of time and the like; [`queues`], [`teams`] and [`storms`]
//! read one kind of entry each; [`routing`] works out who may take what. The format is in the book, docs/book/simulation.md.

mod entry;
mod error;
mod queues;
mod routing;
mod storms;
mod teams;
mod values;

pub use error::{CenterError, Wrong};

use toml::de::DeTable;

use crate::center::{Center, DAY_S, RosterLine, RosterStep};
use entry::{Entry, line_at};

/// More contacts than this in one replication are refused.
const CONTACTS_MAX: f64 = 50e6;

/// Queues of a center.
const QUEUES_MAX: usize = 1_000;

/// The longest time that is simulated, the finest intervals, and how many.
const HORIZON_MAX_S: f64 = 366.0 * DAY_S;
const INTERVAL_MIN_S: f64 = 60.0;
const INTERVALS_MAX: f64 = 5_000.0;

impl Center {
    /// Reads a center from the text of its file.
    ///
    /// # Errors
    /// When anything is missing, unknown, out of range or contradicts something else: its line, field and what is wrong.
    pub fn read(text: &str) -> Result<Self, CenterError> {
        let table = DeTable::parse(text).map_err(|error| not_toml(text, &error))?;
        let root = Entry::root(text, &table);
        let name = root.optional("name", |field| Ok(field.text()?.to_owned()))?;
        let horizon_s = horizon(&root)?;
        let interval_s = interval(&root, horizon_s)?;
        let warm_up_s = warm_up(&root, horizon_s)?;
        let (queue_entries, team_entries) = (root.entries("queue")?, root.entries("team")?);
        let names = names(&queue_entries, &root)?;
        let storms = storms::read(&root, &names, horizon_s)?;
        root.nothing_else()?;
        let known = queues::Known { names: &names, horizon_s, storms: &storms };
        let queues =
            queue_entries.iter().map(|entry| queues::read(entry, &known)).collect::<Result<Vec<_>, _>>()?;
        let (teams, roster) = teams(&team_entries, &root, horizon_s)?;
        let (queues, teams) = routing::routed(queues, teams, horizon_s)?;
        let name = name.unwrap_or_else(|| "center".to_owned());
        Ok(Self { name, horizon_s, warm_up_s, interval_s, queues, teams, roster })
    }
}

fn not_toml(text: &str, error: &toml::de::Error) -> CenterError {
    let line = line_at(text, error.span().map_or(0, |span| span.start));
    let message = error.message().lines().collect::<Vec<_>>().join("; ");
    let on_line = text.lines().nth(line - 1).unwrap_or_default();
    let field = on_line.split('=').next().unwrap_or_default().trim().chars().take(80).collect();
    CenterError { line, field, wrong: Wrong::NotToml { message } }
}

fn horizon(root: &Entry<'_>) -> Result<f64, CenterError> {
    let field = root.needed("horizon")?;
    let horizon_s = field.duration()?;
    if horizon_s <= HORIZON_MAX_S {
        Ok(horizon_s)
    } else {
        Err(field.out_of_range(horizon_s, "at most 366 days"))
    }
}

/// Half an hour where nothing is said, or longer where that makes too many intervals.
fn interval(root: &Entry<'_>, horizon_s: f64) -> Result<f64, CenterError> {
    let least_s = f64::max(INTERVAL_MIN_S, horizon_s / INTERVALS_MAX);
    let Some(field) = root.field("interval") else { return Ok(f64::max(1800.0, least_s)) };
    let interval_s = field.duration()?;
    if interval_s >= least_s {
        return Ok(interval_s);
    }
    Err(field.out_of_range(interval_s, "at least a minute, and no more than 5000 to the horizon"))
}

fn warm_up(root: &Entry<'_>, horizon_s: f64) -> Result<f64, CenterError> {
    let Some(field) = root.field("warm_up") else { return Ok(0.0) };
    let warm_up_s = field.duration_or_zero()?;
    if warm_up_s < horizon_s {
        Ok(warm_up_s)
    } else {
        Err(field.out_of_range(warm_up_s, "shorter than horizon"))
    }
}

fn names<'t>(entries: &[Entry<'t>], root: &Entry<'_>) -> Result<Vec<&'t str>, CenterError> {
    if entries.is_empty() {
        return Err(CenterError { wrong: Wrong::NoneAtAll { kind: "queue" }, ..root.lacks("queue") });
    }
    let mut names = Vec::new();
    for entry in entries {
        let field = entry.needed("name")?;
        let name = field.text()?;
        if names.contains(&name) {
            return Err(field.wrong(Wrong::Twice { name: name.to_owned() }));
        }
        names.push(name);
        if names.len() > QUEUES_MAX {
            return Err(field.out_of_range(names.len() as f64, "at most the thousandth queue"));
        }
    }
    Ok(names)
}

/// All teams, and everything their agents do in order of time.
fn teams<'t>(
    entries: &[Entry<'t>],
    root: &Entry<'_>,
    horizon_s: f64,
) -> Result<(Vec<teams::ReadTeam<'t>>, Vec<RosterLine>), CenterError> {
    if entries.is_empty() {
        return Err(CenterError { wrong: Wrong::NoneAtAll { kind: "team" }, ..root.lacks("team") });
    }
    let (mut teams, mut roster, mut agents) = (Vec::<teams::ReadTeam<'_>>::new(), Vec::new(), 0);
    for entry in entries {
        let read = teams::read(entry, agents, horizon_s, &mut roster)?;
        if teams.iter().any(|one| one.team.name == read.team.name) {
            return Err(entry.needed("name")?.wrong(Wrong::Twice { name: read.team.name }));
        }
        agents += read.team.agents;
        teams.push(read);
    }
    let rank = |step: &RosterStep| match step {
        RosterStep::Comes => 0,
        RosterStep::Leaves => 1,
        RosterStep::Break { .. } => 2,
    };
    // At the same instant those who come are there before others leave or pause.
    roster.sort_by(|a, b| a.at_s.total_cmp(&b.at_s).then(rank(&a.step).cmp(&rank(&b.step))));
    Ok((teams, roster))
}
