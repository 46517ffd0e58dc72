//! Teams and their shifts out of the file.

use super::entry::{Entry, Field};
use super::{CenterError, Wrong};
use crate::center::{CHATS_MAX, Chats, DAY_S, Fatigue, HOUR_S, RosterLine, RosterStep, Team};

/// Agents of a center; the event agenda is made for no more.
const AGENTS_MAX: u32 = 100_000;

/// A skill of a team, with the field that gives it.
pub(super) struct Skill<'t> {
    pub(super) name: &'t str,
    /// 1 is the ablest.
    pub(super) level: u8,
    pub(super) field: Field<'t>,
}

/// A team with what its skills are called.
pub(super) struct ReadTeam<'t> {
    pub(super) team: Team,
    pub(super) skills: Vec<Skill<'t>>,
}

/// A shift of some agents.
struct Shift {
    agents: u32,
    days: [bool; 7],
    from_s: f64,
    until_s: f64,
    breaks: Vec<Break>,
}

/// A break, for each agent a little later than for the one before.
struct Break {
    after_s: f64,
    length_s: f64,
    spread_s: f64,
}

/// Reads a team and adds what its agents do to the roster; `before` agents belong to other teams.
pub(super) fn read<'t>(
    entry: &Entry<'t>,
    before: u32,
    horizon_s: f64,
    roster: &mut Vec<RosterLine>,
) -> Result<ReadTeam<'t>, CenterError> {
    let name = entry.needed("name")?.text()?.to_owned();
    let skills = skills(&entry.needed("skills")?)?;
    let shifts = entry.entries("shift")?;
    let shifts = shifts.iter().map(shift).collect::<Result<Vec<_>, _>>()?;
    let on_shifts: u32 = shifts.iter().map(|shift| shift.agents).sum();
    let agents = match entry.field("agents") {
        Some(field) if shifts.is_empty() => agents(&field)?,
        Some(field) => return Err(field.not_a("left out, as the shifts say how many agents there are")),
        None if shifts.is_empty() => return Err(entry.lacks("agents, or shift")),
        None => on_shifts,
    };
    let absent = entry.optional("absent", Field::share)?.unwrap_or(0.0);
    let first_line = roster.len();
    let mut first = before;
    for shift in &shifts {
        shift.add_to(roster, first, horizon_s);
        first += shift.agents;
    }
    let hours = if shifts.is_empty() { f64::from(agents) * horizon_s / HOUR_S } else { 0.0 };
    let staffed_hours = hours + (1.0 - absent) * hours_of(&roster[first_line..], horizon_s);
    let team = Team {
        name,
        agents,
        first_agent: before,
        pace: entry.optional("pace", pace)?.unwrap_or(1.0),
        absent,
        chats: chats(entry)?,
        fatigue: entry.optional("fatigue", fatigue)?,
        always: shifts.is_empty(),
        links: Vec::new(),
        staffed_hours,
    };
    entry.nothing_else().map(|()| ReadTeam { team, skills })
}

fn agents(field: &Field<'_>) -> Result<u32, CenterError> {
    field.whole("a whole number of agents from 1 to 100000", 1, AGENTS_MAX)
}

fn pace(field: &Field<'_>) -> Result<f64, CenterError> {
    field.number("above 0 and at most 10", |pace| pace > 0.0 && pace <= 10.0)
}

fn skills<'t>(field: &Field<'t>) -> Result<Vec<Skill<'t>>, CenterError> {
    let entry = field.entry()?;
    let skill = |(name, field): (&'t str, Field<'t>)| {
        let level = field.whole("a level from 1, the ablest, to 9", 1, 9)? as u8;
        Ok(Skill { name, level, field })
    };
    let skills = entry.all().map(skill).collect::<Result<Vec<_>, CenterError>>()?;
    if skills.is_empty() {
        Err(field.not_a("at least one skill, such as { general = 1 }"))
    } else {
        Ok(skills)
    }
}

/// `chats` at once, each at a pace that depends on how many there are.
fn chats(entry: &Entry<'_>) -> Result<Option<Chats>, CenterError> {
    let Some(field) = entry.field("chats") else {
        return match entry.field("chat_pace") {
            Some(pace) => Err(pace.not_a("left out, as the team takes no chats in parallel")),
            None => Ok(None),
        };
    };
    let most = field.whole("a whole number of chats at once from 1 to 16", 1, CHATS_MAX as u32)? as usize;
    let Some(field) = entry.field("chat_pace") else { return Ok(Some(Chats { pace: vec![1.0; most] })) };
    let pace = field.list()?.iter().map(pace).collect::<Result<Vec<_>, _>>()?;
    if pace.len() != most {
        return Err(field.wrong(Wrong::WrongLength { found: pace.len(), expected: most }));
    }
    Ok(Some(Chats { pace }))
}

fn fatigue(field: &Field<'_>) -> Result<Fatigue, CenterError> {
    let entry = field.entry()?;
    let above =
        entry.needed("above")?.number("at least 0 and below 1", |share| (0.0..1.0).contains(&share))?;
    let slower = entry.needed("slower")?.number("from 0 to 10", |slower| (0.0..=10.0).contains(&slower))?;
    let over_s = entry.optional("over", Field::duration)?.unwrap_or(HOUR_S);
    entry.nothing_else().map(|()| Fatigue { above, slower, over_s })
}

fn shift(entry: &Entry<'_>) -> Result<Shift, CenterError> {
    let agents = agents(&entry.needed("agents")?)?;
    let days = entry.optional("days", Field::weekdays)?.unwrap_or([true; 7]);
    let (from, to) = (entry.needed("from")?, entry.needed("to")?);
    let (from_s, to_s) = (from.clock()?, to.clock()?);
    if to_s == from_s {
        return Err(to.not_a("another time than from; a shift is shorter than a day"));
    }
    // A shift that ends before it begins ends on the next day.
    let length_s = (to_s - from_s).rem_euclid(DAY_S);
    let breaks = entry.entries("breaks")?;
    let breaks = breaks.iter().map(|one| rest(one, from_s, length_s)).collect::<Result<Vec<_>, _>>()?;
    entry.nothing_else().map(|()| Shift { agents, days, from_s, until_s: from_s + length_s, breaks })
}

fn rest(entry: &Entry<'_>, from_s: f64, shift_s: f64) -> Result<Break, CenterError> {
    let at = entry.needed("at")?;
    let after_s = (at.clock()? - from_s).rem_euclid(DAY_S);
    let length_s = entry.needed("for")?.duration()?;
    let spread_s = entry.optional("spread", Field::duration_or_zero)?.unwrap_or(0.0);
    if after_s + spread_s + length_s > shift_s {
        return Err(at.wrong(Wrong::Outside { of: "the shift" }));
    }
    entry.nothing_else().map(|()| Break { after_s, length_s, spread_s })
}

impl Shift {
    /// What its agents, the first of whom has the number `first`, do on each day. The week before ended as each week does, so
    /// a shift of its last night is still at work when the time begins.
    fn add_to(&self, roster: &mut Vec<RosterLine>, first: u32, horizon_s: f64) {
        let days = (horizon_s / DAY_S).ceil() as i32;
        for day in (-1..days).filter(|day| self.days[day.rem_euclid(7) as usize]) {
            let begins_s = f64::from(day) * DAY_S + self.from_s;
            let ends_s = f64::from(day) * DAY_S + self.until_s;
            if ends_s <= 0.0 || begins_s >= horizon_s {
                continue;
            }
            for nth in 0..self.agents {
                let line = |at_s, step| RosterLine { at_s, agent: first + nth, step };
                roster.push(line(f64::max(0.0, begins_s), RosterStep::Comes));
                roster.push(line(ends_s, RosterStep::Leaves));
                let share = f64::from(nth) / f64::from(self.agents);
                let breaks = self.breaks.iter().map(|rest| {
                    let at_s = begins_s + rest.after_s + rest.spread_s * share;
                    line(at_s, RosterStep::Break { length_s: rest.length_s })
                });
                roster.extend(breaks.filter(|rest| rest.at_s > 0.0));
            }
        }
    }
}

/// Hours on duty before the end.
fn hours_of(lines: &[RosterLine], horizon_s: f64) -> f64 {
    let seconds = lines.iter().map(|line| match line.step {
        RosterStep::Comes => -line.at_s,
        RosterStep::Leaves => f64::min(line.at_s, horizon_s),
        RosterStep::Break { length_s } if line.at_s < horizon_s => -length_s,
        RosterStep::Break { .. } => 0.0,
    });
    seconds.sum::<f64>() / HOUR_S
}
