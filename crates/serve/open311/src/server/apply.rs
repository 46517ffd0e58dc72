//! What a partner's status word makes a request do.
//!
//! A partner knows only the number of a request, not where it stands here. So a move is tried, and where the life
//! cycle does not have it from here the next best thing happens; a refused move has changed nothing.

use db::Tx;
use requests::{Change, Outcome, Refusal, RequestError, RequestState};

use crate::status::ExtendedStatus;

/// What a word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// Nothing changes.
    Keep,
    /// It is theirs and will be done.
    TakeOn,
    /// Somebody works on it now.
    Begin,
    /// It is over, for the first of these reasons that fits.
    End(&'static [Outcome]),
    /// It is not over after all.
    Reopen,
}

/// Only a team can have done something: what ended before one had it needed no action from us.
const FINISHED: &[Outcome] = &[Outcome::Done, Outcome::NoActionNeeded];

fn wish(status: ExtendedStatus) -> Wish {
    match status {
        // Ordinary comments come with "open" too, also from a partner that has not heard yet that we closed it.
        ExtendedStatus::Open | ExtendedStatus::Unchanged | ExtendedStatus::ForTriage => Wish::Keep,
        ExtendedStatus::Investigating | ExtendedStatus::Planned | ExtendedStatus::ActionScheduled => {
            Wish::TakeOn
        }
        ExtendedStatus::InProgress => Wish::Begin,
        ExtendedStatus::Closed | ExtendedStatus::Fixed => Wish::End(FINISHED),
        // Which request it doubles is not said, so it cannot be tied to one.
        ExtendedStatus::Duplicate | ExtendedStatus::NoFurtherAction => Wish::End(&[Outcome::NoActionNeeded]),
        ExtendedStatus::NotResponsible | ExtendedStatus::InternalReferral => Wish::End(&[Outcome::NotOurs]),
        ExtendedStatus::Cancelled => Wish::End(&[Outcome::Withdrawn]),
        ExtendedStatus::Reopen => Wish::Reopen,
    }
}

/// Makes the moves that a word asks for and the life cycle has, and keeps the text. Answers the state after the
/// last thing that happened, or nothing when nothing did.
///
/// # Errors
/// A closing text that says nothing, a reopening without a reason, permission, or the store's.
pub(super) fn apply(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    status: ExtendedStatus,
    text: &str,
) -> Result<Option<RequestState>, RequestError> {
    let moved = match wish(status) {
        Wish::Keep => None,
        Wish::TakeOn => if_allowed(requests::accept(tx, change))?,
        Wish::Begin => begin(tx, change)?,
        // These two take the text with them.
        Wish::End(outcomes) => match end(tx, change, outcomes, text)? {
            Some(closed) => return Ok(Some(closed)),
            None => None,
        },
        Wish::Reopen => match if_allowed(requests::reopen(tx, change, text))? {
            Some(reopened) => return Ok(Some(reopened)),
            None => None,
        },
    };
    if text.is_empty() { Ok(moved) } else { requests::add_public_note(tx, change, text).map(Some) }
}

fn begin(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<Option<RequestState>, RequestError> {
    let accepted = if_allowed(requests::accept(tx, change))?;
    if let Some(started) = if_allowed(requests::start(tx, change))? {
        return Ok(Some(started));
    }
    Ok(if_allowed(requests::resume(tx, change))?.or(accepted))
}

fn end(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    outcomes: &[Outcome],
    note: &str,
) -> Result<Option<RequestState>, RequestError> {
    for outcome in outcomes {
        match requests::close(tx, change, *outcome, note) {
            Err(RequestError::Refused(Refusal::NobodyAssigned { .. })) => {}
            closed => return if_allowed(closed),
        }
    }
    Ok(None)
}

/// A move that does not start where the request stands is no error here.
fn if_allowed(moved: Result<RequestState, RequestError>) -> Result<Option<RequestState>, RequestError> {
    match moved {
        Ok(state) => Ok(Some(state)),
        Err(RequestError::Refused(Refusal::NotFromHere { .. })) => Ok(None),
        Err(other) => Err(other),
    }
}
