//! Every way in which a method can fail, and the one table that says what the client is told.

use requests::RequestError;
use requests::files::FileError;

use crate::problem::Problem;

/// Why a method gave no document. Whoever answers logs the two that are our own failures, with their sources.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The client can do something about it.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// A rule of the requests, or a failure below them.
    #[error("a request could not be read or changed")]
    Request(#[from] RequestError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] db::Error),
}

/// How long clients are asked to wait when the store is busy or away.
const RETRY_AFTER_S: u32 = 5;

impl Refusal {
    /// What the client is told. Our own failures say nothing about the inside.
    pub fn problem(&self) -> Problem {
        match self {
            Refusal::Problem(problem) => problem.clone(),
            Refusal::Store(error) => store(error),
            Refusal::Request(error) => request(error),
        }
    }

    /// Whether it is a failure of ours, to be logged, rather than a mistake of the client.
    pub fn is_ours(&self) -> bool {
        self.problem().status >= 500
    }
}

fn store(error: &db::Error) -> Problem {
    if error.is_out_of_time() {
        Problem::new(
            503,
            "this asks for more than can be found in time; narrow it by service, status or dates",
        )
    } else if error.is_passing() || error.is_full() {
        Problem::unavailable(RETRY_AFTER_S)
    } else {
        Problem::internal()
    }
}

/// Names the parameters of GeoReport, where the domain has words of its own.
fn request(error: &RequestError) -> Problem {
    let bad = |parameter: &str| Problem::bad(parameter, &error.to_string());
    match error {
        RequestError::Unknown(_) | RequestError::NoSuchNumber(_) => {
            Problem::new(404, "service_request_id not found")
        }
        RequestError::UnknownService(_) => Problem::new(404, "service_code not found"),
        RequestError::NotAllowed(_) => Problem::forbidden("this api_key may not do this here"),
        RequestError::NotOffered { .. } => bad("service_code"),
        RequestError::PhotoMissing { .. } => Problem::missing("media_url or media"),
        RequestError::OutsideJurisdiction => bad("lat/long"),
        RequestError::TextMissing { field }
        | RequestError::TextUnreadable { field }
        | RequestError::TextTooLong { field, .. } => bad(parameter_of(field)),
        RequestError::NotAnEmailAddress => bad("email"),
        RequestError::NotAPhoneNumber => bad("phone"),
        RequestError::NotAWebAddress(_) => bad("media_url"),
        RequestError::NoteTooShort { .. } | RequestError::NoteSaysNothing => bad("description"),
        RequestError::Refused(_)
        | RequestError::NotInTheFuture { .. }
        | RequestError::NoSuchOriginal(_)
        | RequestError::DuplicateOfDuplicate { .. }
        | RequestError::StillOpen
        | RequestError::ReopenTooLate { .. } => bad("status"),
        RequestError::Stale { .. } => Problem::new(409, error.to_string()),
        RequestError::BadIdempotencyKey => bad("Idempotency-Key"),
        RequestError::IdempotencyKeyReused => {
            Problem::new(422, "Idempotency-Key: it was used for another request")
        }
        RequestError::PageTooDeep { .. } => bad("page"),
        RequestError::File(error) => file("media", error),
        RequestError::Store(error) => store(error),
        RequestError::UnknownTeam(_)
        | RequestError::NothingToUndo { .. }
        | RequestError::ImportDiverged { .. }
        | RequestError::History(_)
        | RequestError::Calendar(_)
        | RequestError::Damaged { .. }
        | RequestError::Catalog(_) => Problem::internal(),
    }
}

fn parameter_of(field: &str) -> &str {
    match field {
        "name" => "first_name and last_name",
        "address" | "place" => "address_string",
        "note" | "reason" => "description",
        "language" => "locale",
        other => other,
    }
}

/// Too much is 413; a file of the wrong kind is 400, because the rest of the form was not stored either.
pub(crate) fn file(field: &str, error: &FileError) -> Problem {
    let said = format!("{field}: {error}");
    match error {
        FileError::TooManyBytes { .. }
        | FileError::TooManyFiles { .. }
        | FileError::TooManyBytesTogether { .. } => Problem::new(413, said),
        FileError::NotAPicture | FileError::TooManyPixels { .. } | FileError::Damaged(_) => {
            Problem::new(400, said)
        }
        FileError::Unknown | FileError::Store(_) => Problem::internal(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_failures_say_nothing_about_the_inside_and_when_to_try_again() {
        let busy = Refusal::from(db::Error::Overloaded);
        assert_eq!(
            (busy.problem().status, busy.problem().retry_after_s, busy.is_ours()),
            (503, Some(5), true)
        );
        let broken = Refusal::from(RequestError::from(db::Error::NoRow));
        assert_eq!((broken.problem().status, broken.is_ours()), (500, true));
        assert_eq!(broken.problem().errors[0].description, "general service error");
    }

    #[test]
    fn a_clients_mistake_is_not_ours() {
        assert!(!Refusal::from(RequestError::OutsideJurisdiction).is_ours());
        let bare = Refusal::from(RequestError::PhotoMissing { code: "DUMPING".to_owned() });
        assert_eq!(bare.problem(), Problem::missing("media_url or media"));
        assert!(!Refusal::from(Problem::missing("service_code")).is_ours());
    }
}
