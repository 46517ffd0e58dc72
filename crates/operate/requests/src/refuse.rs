//! A team gives back what it was handed, and says why.

use access::Permission;
use catalog::TeamId;
use db::Tx;

use crate::change::{Change, record, take, team_at_work};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;
use crate::text;

/// The team that has the request says that it is not theirs, why, and perhaps whose it is; triage decides again.
///
/// # Errors
/// A missing reason, an unknown suggestion, permission, life cycle, version, or the store's.
pub fn refuse(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    reason: &str,
    suggestion: Option<TeamId>,
) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::AnswerHandOver)?;
    let reason = text::required_paragraphs("reason", reason, text::REASON_LETTERS_MAX)?;
    let suggestion =
        suggestion.map(|team| team_at_work(change.catalog, team)).transpose()?.map(|team| team.id);
    record(tx, change, &request, Event::Refused { reason, suggestion })
}
