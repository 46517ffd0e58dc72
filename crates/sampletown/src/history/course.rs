//! What becomes of a request: handed over, refused now and then, worked on, closed for a reason, sometimes reopened.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::behaviour::{Notes, ServiceBehaviour};
use crate::chance::{Chance, running_total};

/// Something that happened to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happening,
}

/// What can happen after a request came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// Handed to the team that does such work.
    Assigned,
    /// Given back by the team, with the reason; it is then assigned again.
    Refused {
        /// Why.
        reason: String,
    },
    /// Taken by the team.
    Accepted,
    /// Stopped for a reason outside the team.
    Waiting {
        /// What is waited for.
        reason: String,
    },
    /// Taken up after waiting.
    Resumed,
    /// Closed.
    Closed {
        /// Why.
        ending: Ending,
        /// What the resident was told.
        note: String,
    },
    /// Opened again.
    Reopened {
        /// Why.
        reason: String,
    },
}

/// Why a request was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Fixed.
    Done,
    /// Nothing had to be done.
    NoActionNeeded,
    /// Somebody else's.
    NotOurs,
    /// Reported before.
    Duplicate {
        /// Number of the earlier request.
        of: String,
    },
    /// It could not be done.
    CouldNot,
    /// The resident no longer wants it.
    Withdrawn,
}

// Shares of requests to which these happen.
const REFUSED: f64 = 0.04;
const WAITING: f64 = 0.05;
const STUCK: f64 = 0.04;
const REOPENED: f64 = 0.03;
/// Done, no action needed, not ours, could not, withdrawn.
const ENDINGS: [f64; 5] = [0.83, 0.09, 0.035, 0.03, 0.015];
/// For services without a target.
const USUAL_ALLOWANCE_H: i64 = 72;

/// All that a course depends on.
pub(super) struct CourseOf<'a> {
    pub(super) service: &'a ServiceBehaviour,
    pub(super) notes: &'a Notes,
    pub(super) requested_at: Timestamp,
    pub(super) due_at: Option<Timestamp>,
    pub(super) now: Timestamp,
    pub(super) zone: &'a TimeZone,
    pub(super) storm_force: f64,
    pub(super) address: &'a str,
    pub(super) duplicate_of: Option<String>,
}

impl CourseOf<'_> {
    /// The steps until `now`; what would come later has not happened.
    pub(super) fn run(&self, chance: &mut Chance) -> Vec<Step> {
        let mut steps = match &self.duplicate_of {
            Some(number) => self.duplicate(chance, number),
            None => self.work(chance),
        };
        steps.retain(|step| step.at < self.now);
        steps
    }

    fn duplicate(&self, chance: &mut Chance, number: &str) -> Vec<Step> {
        let at = self.after(self.requested_at, chance.log_normal(2.5, 0.8));
        let note = chance.line(&self.notes.duplicate).replace("{number}", number);
        vec![Step {
            at,
            what: Happening::Closed { ending: Ending::Duplicate { of: number.to_owned() }, note },
        }]
    }

    fn work(&self, chance: &mut Chance) -> Vec<Step> {
        let hours = self.hours_to_close(chance);
        let mut steps = Vec::with_capacity(4);
        let accepted_at = self.hand_over(chance, hours, &mut steps);
        let paused = self.maybe_wait(chance, accepted_at, hours, &mut steps);
        let wanted = self.after(self.requested_at, hours + paused);
        let closed_at = self.at_work(chance, wanted, steps.last().map_or(accepted_at, |step| step.at), hours);
        let (ending, note) = self.ending(chance);
        let reopens = ending == Ending::Done && chance.yes(REOPENED);
        steps.push(Step { at: closed_at, what: Happening::Closed { ending, note } });
        if reopens {
            self.reopen(chance, closed_at, &mut steps);
        }
        steps
    }

    /// Around the target: most before it, some after, a few long after. Crews are slower after a storm.
    fn hours_to_close(&self, chance: &mut Chance) -> f64 {
        let allowed = self.due_at.map_or(SignedDuration::from_hours(USUAL_ALLOWANCE_H), |due| {
            due.duration_since(self.requested_at)
        });
        let allowed_h = (allowed.as_secs() as f64 / 3600.0).max(1.0);
        let storm = 1.0 + 0.8 * self.storm_force;
        let stuck = if chance.yes(STUCK) { chance.between(5.0, 140.0) } else { 1.0 };
        allowed_h * chance.log_normal(self.service.pace, self.service.spread) * storm * stuck
    }

    /// Assigned soon, refused now and then, accepted; gives the time of acceptance.
    fn hand_over(&self, chance: &mut Chance, hours: f64, steps: &mut Vec<Step>) -> Timestamp {
        // Never more than the first tenth of the whole, so that urgent matters stay quick.
        let soon = |chance: &mut Chance, median: f64| chance.log_normal(median, 0.7).min(hours / 10.0);
        let mut at = self.after(self.requested_at, soon(chance, 0.5));
        steps.push(Step { at, what: Happening::Assigned });
        if chance.yes(REFUSED) {
            at = self.after(at, soon(chance, 5.0));
            steps.push(Step {
                at,
                what: Happening::Refused { reason: chance.line(&self.notes.refused).to_owned() },
            });
            at = self.after(at, soon(chance, 2.0));
            steps.push(Step { at, what: Happening::Assigned });
        }
        at = self.after(at, soon(chance, 3.0));
        steps.push(Step { at, what: Happening::Accepted });
        at
    }

    /// Hours spent waiting, if any.
    fn maybe_wait(&self, chance: &mut Chance, accepted: Timestamp, hours: f64, steps: &mut Vec<Step>) -> f64 {
        if hours < 30.0 || !chance.yes(WAITING) {
            return 0.0;
        }
        let begins = self.after(accepted, hours * 0.3);
        let lasts = chance.between(20.0, 240.0);
        steps.push(Step {
            at: begins,
            what: Happening::Waiting { reason: chance.line(&self.notes.waiting).to_owned() },
        });
        steps.push(Step { at: self.after(begins, lasts), what: Happening::Resumed });
        lasts
    }

    fn ending(&self, chance: &mut Chance) -> (Ending, String) {
        let notes = self.notes;
        let (ending, notes) = match chance.weighted(&running_total(ENDINGS)) {
            0 => (Ending::Done, &self.service.done),
            1 => (Ending::NoActionNeeded, &notes.no_action),
            2 => (Ending::NotOurs, &notes.not_ours),
            3 => (Ending::CouldNot, &notes.could_not),
            _ => (Ending::Withdrawn, &notes.withdrawn),
        };
        (ending, chance.line(notes).replace("{address}", self.address))
    }

    fn reopen(&self, chance: &mut Chance, closed_at: Timestamp, steps: &mut Vec<Step>) {
        let at = self.after(closed_at, chance.between(6.0, 200.0));
        let wanted = self.after(at, chance.log_normal(50.0, 0.6));
        let closed_again = self.at_work(chance, wanted, at, 48.0);
        let note = chance.line(&self.service.done).replace("{address}", self.address);
        steps.push(Step {
            at,
            what: Happening::Reopened { reason: chance.line(&self.notes.reopened).to_owned() },
        });
        steps.push(Step { at: closed_again, what: Happening::Closed { ending: Ending::Done, note } });
    }

    /// Moves a closing into working time: by day, and for anything that is not urgent not at the weekend.
    fn at_work(
        &self,
        chance: &mut Chance,
        wanted: Timestamp,
        not_before: Timestamp,
        hours: f64,
    ) -> Timestamp {
        let earliest = self.after(not_before, 0.15);
        if hours < 14.0 {
            return wanted.max(earliest);
        }
        let mut date = wanted.to_zoned(self.zone.clone()).date();
        loop {
            let second = chance.between(7.2 * 3600.0, 16.8 * 3600.0) as i64;
            let local = date.at(0, 0, 0, 0).saturating_add(second.seconds());
            let at = self.zone.to_ambiguous_timestamp(local).compatible().unwrap_or(wanted);
            if at >= earliest && !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                return at;
            }
            date = date.saturating_add(1.day());
        }
    }

    fn after(&self, from: Timestamp, hours: f64) -> Timestamp {
        from.saturating_add(SignedDuration::from_secs((hours * 3600.0) as i64)).unwrap_or(self.now)
    }
}
