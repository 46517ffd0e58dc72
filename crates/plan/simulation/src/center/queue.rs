//! A queue: contacts of one kind, how long they take and wait, and what becomes of those who are not served at once.

use super::{Arrivals, Curve, Law};

/// Contacts of one kind on one channel.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    pub(crate) name: String,
    pub(crate) channel: Channel,
    pub(crate) arrivals: Arrivals,
    pub(crate) handle: Law,
    pub(crate) after_contact: Option<Law>,
    pub(crate) patience: Patience,
    pub(crate) answer_within_s: f64,
    pub(crate) counted: Counted,
    /// Finished within this after it came, or late.
    pub(crate) deadline_s: Option<f64>,
    /// Contacts that wait when the time begins.
    pub(crate) backlog: u32,
    /// With so many waiting, the next hears a busy tone.
    pub(crate) waiting_max: Option<u32>,
    pub(crate) menu: Option<Menu>,
    pub(crate) again: Option<Again>,
    pub(crate) call_back: Option<CallBack>,
    pub(crate) switch: Option<Switch>,
    pub(crate) transfer: Option<Transfer>,
    /// Teams that may take its contacts, the ablest first.
    pub(crate) reach: Vec<Reach>,
    /// Waits after which more teams may; rising.
    pub(crate) widens_after_s: Vec<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    Phone,
    /// Several at once with one agent.
    Chat,
    Email,
}

/// How those who give up count in the service level; the names are those of `townline staff --counted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    OverOffered,
    OverAnswered,
    LessShortAbandons,
    AnsweredOrAbandoned,
}

impl Counted {
    /// As it is written in files and results.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OverOffered => "over-offered",
            Self::OverAnswered => "over-answered",
            Self::LessShortAbandons => "less-short-abandons",
            Self::AnsweredOrAbandoned => "answered-or-abandoned",
        }
    }
}

/// How long contacts are willing to wait.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Patience {
    /// Nobody gives up where this is absent.
    pub(crate) length: Option<Law>,
    /// Share that leaves at once when it would have to wait.
    pub(crate) at_once: Curve,
}

/// A recorded menu before the queue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Menu {
    pub(crate) lasts: Law,
    /// Share that gets what it wanted there.
    pub(crate) contained: Curve,
    /// Share that hangs up there.
    pub(crate) hang_up: Curve,
}

/// Trying again after giving up, hearing a busy tone, or not getting in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Again {
    pub(crate) share: Curve,
    pub(crate) after: Law,
    pub(crate) times: u8,
}

/// The offer to be called back instead of holding the line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CallBack {
    /// Offered on entry when somebody has already waited so long.
    pub(crate) offer_after_s: f64,
    pub(crate) accept: Curve,
    /// Of those who accept, the share that names a later time instead of keeping the place in the queue.
    pub(crate) later: Curve,
    pub(crate) later_after: Option<Law>,
    /// Share of attempts that find somebody.
    pub(crate) reached: Curve,
    /// How long an attempt keeps the agent before anybody answers.
    pub(crate) attempt: Law,
    pub(crate) attempts: u8,
    pub(crate) again_after: Law,
    pub(crate) counted: CallBackCounts,
}

/// When the wait of somebody who is called back ends, for the service level and the speed of answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallBackCounts {
    /// When it is promised.
    Promise,
    /// At the first attempt.
    FirstAttempt,
    /// When the person answers.
    Answer,
}

/// Going to another queue after giving up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Switch {
    pub(crate) to: u16,
    pub(crate) share: Curve,
    pub(crate) after: Law,
}

/// Being passed on to another queue after the conversation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Transfer {
    pub(crate) to: u16,
    pub(crate) share: Curve,
}

/// A team that may take a queue's contacts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reach {
    pub(crate) team: u16,
    /// 1 is the ablest.
    pub(crate) level: u8,
    /// Only those who have waited so long.
    pub(crate) after_s: f64,
}
