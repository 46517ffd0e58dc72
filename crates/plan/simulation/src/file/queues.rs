//! Queues out of the file.

use super::entry::{Entry, Field};
use super::{CenterError, Wrong, storms};
use crate::center::{
    Again, Arrivals, CallBack, CallBackCounts, Channel, Counted, Curve, Law, Menu, Patience, Queue, Shape,
    Switch, Transfer, Usual,
};

/// What is known when queues are read.
pub(super) struct Known<'k> {
    /// Names of all queues, in order.
    pub(super) names: &'k [&'k str],
    pub(super) horizon_s: f64,
    pub(super) storms: &'k [storms::ReadStorm],
}

/// A queue before it is known who may take its contacts.
pub(super) struct ReadQueue<'t> {
    pub(super) queue: Queue,
    pub(super) skill: (&'t str, Field<'t>),
    /// 1 is the most urgent.
    pub(super) priority: u8,
    /// Waits from which levels 2, 3, … may take a contact; without any, all may at once.
    pub(super) bullseye_s: Vec<f64>,
    /// Skills that may take a contact after a wait.
    pub(super) overflow: Vec<(f64, &'t str, Field<'t>)>,
    /// Where to point when nobody gives up and the work cannot be done.
    pub(super) patience: Field<'t>,
}

const SHARE_BELOW_ONE: &str = "from 0 to 0.95, so that it comes to an end";
const REPEATED_MOST: f64 = 0.95;

/// Urgency where none is given.
const PRIORITY: u8 = 5;

pub(super) fn read<'t>(entry: &Entry<'t>, known: &Known<'_>) -> Result<ReadQueue<'t>, CenterError> {
    let name = entry.needed("name")?;
    let nth = known.names.iter().position(|one| Ok(*one) == name.text()).unwrap_or_default();
    let channel = channel(entry)?;
    let skill = entry.field("skill").unwrap_or_else(|| name.clone());
    let (patience, patience_field) = patience(entry, channel)?;
    let storms: Vec<_> = known.storms.iter().filter(|storm| storm.queues.contains(&nth)).collect();
    let queue = Queue {
        name: name.text()?.to_owned(),
        channel,
        arrivals: arrivals(&entry.needed("arrivals")?, &storms, known.horizon_s)?,
        handle: entry.needed("handle")?.law()?,
        after_contact: entry.optional("after_contact", Field::law)?,
        patience,
        answer_within_s: entry.optional("answer_within", Field::duration_or_zero)?.unwrap_or(20.0),
        counted: entry.optional("counted", counted)?.unwrap_or(Counted::OverOffered),
        deadline_s: entry.optional("deadline", Field::duration)?,
        backlog: entry
            .optional("backlog", |field| field.whole("from 0 to 1000000", 0, 1_000_000))?
            .unwrap_or(0),
        waiting_max: entry.optional("waiting_max", |field| field.whole("from 0 to 1000000", 0, 1_000_000))?,
        menu: entry.optional("menu", menu)?,
        again: entry.optional("again", again)?,
        call_back: entry.optional("call_back", |field| call_back(field, channel))?,
        switch: entry.optional("switch", |field| switch(field, known.names))?,
        transfer: entry.optional("transfer", |field| transfer(field, known.names))?,
        reach: Vec::new(),
        widens_after_s: Vec::new(),
    };
    let read = ReadQueue {
        queue,
        skill: (skill.text()?, skill),
        priority: entry
            .optional("priority", |field| field.whole("from 1, the most urgent, to 9", 1, 9))?
            .map_or(PRIORITY, |priority| priority as u8),
        bullseye_s: entry.optional("bullseye", rings)?.unwrap_or_default(),
        overflow: entry.entries("overflow")?.iter().map(overflow).collect::<Result<_, _>>()?,
        patience: patience_field.unwrap_or(name),
    };
    entry.nothing_else().map(|()| read)
}

fn channel(entry: &Entry<'_>) -> Result<Channel, CenterError> {
    let Some(field) = entry.field("channel") else { return Ok(Channel::Phone) };
    match field.text()? {
        "phone" => Ok(Channel::Phone),
        "chat" => Ok(Channel::Chat),
        "email" => Ok(Channel::Email),
        other => Err(field.no_such(other, "phone, chat or email")),
    }
}

fn counted(field: &Field<'_>) -> Result<Counted, CenterError> {
    let ways = [
        Counted::OverOffered,
        Counted::OverAnswered,
        Counted::LessShortAbandons,
        Counted::AnsweredOrAbandoned,
    ];
    let found = field.text()?;
    let names = "over-offered, over-answered, less-short-abandons or answered-or-abandoned";
    ways.into_iter().find(|way| way.name() == found).ok_or_else(|| field.no_such(found, names))
}

/// Callers and chatters must be given patience, were it `"endless"`; letters wait.
fn patience<'t>(entry: &Entry<'t>, channel: Channel) -> Result<(Patience, Option<Field<'t>>), CenterError> {
    let at_once = entry.optional("leave_at_once", Field::share_curve)?;
    let at_once = at_once.unwrap_or(Curve::Constant(0.0));
    let field = match (entry.field("patience"), channel) {
        (Some(field), Channel::Email) => return Err(field.not_a("left out: an e-mail waits")),
        (None, Channel::Email) => return Ok((Patience { length: None, at_once }, None)),
        (None, Channel::Phone | Channel::Chat) => entry.needed("patience")?,
        (Some(field), Channel::Phone | Channel::Chat) => field,
    };
    let length = if field.text() == Ok("endless") { None } else { Some(field.law()?) };
    Ok((Patience { length, at_once }, Some(field)))
}

fn arrivals(
    field: &Field<'_>,
    storms: &[&storms::ReadStorm],
    horizon_s: f64,
) -> Result<Arrivals, CenterError> {
    let entry = field.entry()?;
    let rate =
        |field: &Field<'_>| field.number("at least 0 and below 1e9", |rate| (0.0..1e9).contains(&rate));
    let per_hour = entry.needed("per_hour")?.curve(rate)?;
    let by_weekday = match entry.field("by_weekday") {
        Some(field) if field.list()?.len() != 7 => {
            let found = field.list()?.len();
            return Err(field.wrong(Wrong::WrongLength { found, expected: 7 }));
        }
        Some(field) => field.curve(rate)?,
        None => Curve::Constant(1.0),
    };
    let spread = |field: &Field<'_>| field.number("from 0 to 2", |spread| (0.0..=2.0).contains(&spread));
    let day_spread = entry.optional("day_spread", spread)?.unwrap_or(0.0);
    entry.nothing_else()?;
    let surges: Vec<_> = storms.iter().filter_map(|storm| storm.surge()).collect();
    let mut arrivals = Arrivals::new(&Usual { per_hour, by_weekday }, &surges, horizon_s, day_spread);
    arrivals.outages = storms.iter().filter_map(|storm| storm.outage()).collect();
    let (expected, most) = (arrivals.expected(), super::CONTACTS_MAX);
    if expected > most { Err(field.wrong(Wrong::TooMany { expected, most })) } else { Ok(arrivals) }
}

fn menu(field: &Field<'_>) -> Result<Menu, CenterError> {
    let entry = field.entry()?;
    let share = |name| Ok(entry.optional(name, Field::share_curve)?.unwrap_or(Curve::Constant(0.0)));
    let menu = Menu {
        lasts: entry.needed("lasts")?.law()?,
        contained: share("contained")?,
        hang_up: share("hang_up")?,
    };
    entry.nothing_else().map(|()| menu)
}

fn again(field: &Field<'_>) -> Result<Again, CenterError> {
    let entry = field.entry()?;
    let again = Again {
        share: entry.needed("share")?.share_curve()?,
        after: entry.needed("after")?.law()?,
        times: entry.optional("times", |field| field.whole("from 1 to 100", 1, 100))?.unwrap_or(3) as u8,
    };
    entry.nothing_else().map(|()| again)
}

fn call_back(field: &Field<'_>, channel: Channel) -> Result<CallBack, CenterError> {
    if channel != Channel::Phone {
        return Err(field.not_a("left out: only callers are called back"));
    }
    let entry = field.entry()?;
    let seconds = |s| Law { mean_s: Curve::Constant(s), shape: Shape::Exponential };
    let law = |name, usual_s| Ok(entry.optional(name, Field::law)?.unwrap_or(seconds(usual_s)));
    let later = entry.optional("later", Field::share_curve)?;
    let later_after = match (&later, entry.field("later_after")) {
        (Some(_), None) => return Err(entry.lacks("later_after")),
        (_, field) => field.as_ref().map(Field::law).transpose()?,
    };
    let call_back = CallBack {
        offer_after_s: entry.needed("offer_after")?.duration_or_zero()?,
        accept: entry.needed("accept")?.share_curve()?,
        later: later.unwrap_or(Curve::Constant(0.0)),
        later_after,
        reached: entry.optional("reached", Field::share_curve)?.unwrap_or(Curve::Constant(1.0)),
        attempt: law("attempt", 30.0)?,
        attempts: entry.optional("attempts", |field| field.whole("from 1 to 20", 1, 20))?.unwrap_or(2) as u8,
        again_after: law("again_after", 900.0)?,
        counted: entry.optional("counted", call_back_counts)?.unwrap_or(CallBackCounts::FirstAttempt),
    };
    entry.nothing_else().map(|()| call_back)
}

fn call_back_counts(field: &Field<'_>) -> Result<CallBackCounts, CenterError> {
    match field.text()? {
        "promise" => Ok(CallBackCounts::Promise),
        "call" => Ok(CallBackCounts::FirstAttempt),
        "answer" => Ok(CallBackCounts::Answer),
        other => Err(field.no_such(other, "promise, call or answer")),
    }
}

fn switch(field: &Field<'_>, names: &[&str]) -> Result<Switch, CenterError> {
    let entry = field.entry()?;
    let switch = Switch {
        to: queue_named(&entry.needed("to")?, names)?,
        share: entry.needed("share")?.share_curve_below(REPEATED_MOST, SHARE_BELOW_ONE)?,
        after: entry.needed("after")?.law()?,
    };
    entry.nothing_else().map(|()| switch)
}

fn transfer(field: &Field<'_>, names: &[&str]) -> Result<Transfer, CenterError> {
    let entry = field.entry()?;
    let transfer = Transfer {
        to: queue_named(&entry.needed("to")?, names)?,
        share: entry.needed("share")?.share_curve_below(REPEATED_MOST, SHARE_BELOW_ONE)?,
    };
    entry.nothing_else().map(|()| transfer)
}

pub(super) fn queue_named(field: &Field<'_>, names: &[&str]) -> Result<u16, CenterError> {
    let name = field.text()?;
    let place = names.iter().position(|known| *known == name);
    let place = place.ok_or_else(|| field.wrong(Wrong::NoSuchQueue { name: name.to_owned() }))?;
    Ok(place as u16)
}

fn rings(field: &Field<'_>) -> Result<Vec<f64>, CenterError> {
    let fields = field.list()?;
    let waits = fields.iter().map(Field::duration).collect::<Result<Vec<_>, _>>()?;
    match waits.windows(2).position(|pair| pair[1] <= pair[0]) {
        Some(nth) => Err(fields[nth + 1].out_of_range(waits[nth + 1], "a longer wait than the one before")),
        None => Ok(waits),
    }
}

fn overflow<'t>(entry: &Entry<'t>) -> Result<(f64, &'t str, Field<'t>), CenterError> {
    let skill = entry.needed("skill")?;
    let overflow = (entry.needed("after")?.duration()?, skill.text()?, skill);
    entry.nothing_else().map(|()| overflow)
}
