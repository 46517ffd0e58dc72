//! What an operation on a request refused, in words for the one who asked for it.

use requests::{Refusal as Step, RequestError};

use crate::page::Fault;
use crate::refusal::Refusal;
use crate::visit::Visit;
use crate::words::Language;

/// How a refusal is told.
pub(crate) enum Told {
    /// At a field of the form, which is shown again with what was typed.
    Fault(Fault),
    /// As a page of its own.
    Refusal(Refusal),
}

/// Every error, once. `otherwise` is the field for what belongs to none in particular.
pub(crate) fn told(visit: &Visit, error: &RequestError, otherwise: &str) -> Told {
    match error {
        RequestError::Unknown(_) | RequestError::NoSuchNumber(_) => Told::Refusal(Refusal::NotFound),
        RequestError::NotAllowed(_) => Told::Refusal(Refusal::NotAllowed),
        RequestError::Stale { .. } => Told::Refusal(Refusal::Changed),
        RequestError::Refused(Step::NotFromHere { .. }) | RequestError::StillOpen => {
            Told::Refusal(Refusal::NotNow)
        }
        RequestError::Store(error) => Told::Refusal(Refusal::store(&visit.app, error)),
        other => match field_and_words(other, visit.language) {
            Some((field, text)) => Told::Fault(Fault { field: field.unwrap_or(otherwise).to_owned(), text }),
            None => Told::Refusal(Refusal::broken(&visit.app, other)),
        },
    }
}

/// The field a fault belongs to, if it is a certain one, and what to say there.
fn field_and_words(error: &RequestError, language: Language) -> Option<(Option<&'static str>, String)> {
    let say = |field, key: &str| Some((field, language.say(key).into_owned()));
    match error {
        RequestError::UnknownService(_) | RequestError::NotOffered { .. } => {
            say(Some("service"), "fault-service")
        }
        RequestError::UnknownTeam(_) => say(Some("team"), "fault-team"),
        RequestError::PhotoMissing { .. } => say(Some("photos"), "report-photos-missing"),
        RequestError::OutsideJurisdiction => say(Some("address"), "report-place-outside"),
        RequestError::TextMissing { field } => say(Some(field), "fault-missing"),
        RequestError::TextUnreadable { field } => say(Some(field), "fault-unreadable"),
        RequestError::TextTooLong { field, letters_max } => {
            Some((Some(field), language.with("fault-too-long", "max", letters_max).into_owned()))
        }
        RequestError::NotAnEmailAddress => say(Some("email"), "fault-email"),
        RequestError::NotAPhoneNumber => say(Some("phone"), "fault-phone"),
        RequestError::NoteTooShort { letters_min, .. } => {
            Some((Some("note"), language.with("fault-note-short", "min", letters_min).into_owned()))
        }
        RequestError::NoteSaysNothing => say(Some("note"), "fault-note-empty"),
        RequestError::NotInTheFuture { .. } => say(None, "fault-past"),
        RequestError::NoSuchOriginal(_) => say(Some("original"), "fault-original"),
        RequestError::DuplicateOfDuplicate { .. } => say(Some("original"), "fault-original-duplicate"),
        RequestError::ReopenTooLate { days_max, .. } => {
            Some((None, language.with("fault-reopen-late", "days", days_max).into_owned()))
        }
        RequestError::Refused(Step::NobodyAssigned { .. }) => say(Some("outcome"), "fault-nobody-assigned"),
        RequestError::File(_) => say(Some("photos"), "photo-damaged"),
        _ => None,
    }
}
