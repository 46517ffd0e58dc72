//! Following a request that somebody else reported.

use std::fmt;
use std::str::FromStr;

use access::{Actor, JurisdictionId, audit};
use db::{Tx, params};
use jiff::Timestamp;

use crate::contact::email_address;
use crate::error::RequestError;
use crate::find;
use crate::request::RequestId;
use crate::text;
use crate::tracking::{NotAToken, TrackingToken};

/// Lets a follower leave again: goes into every message they get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveToken(TrackingToken);

impl LeaveToken {
    /// The number of the request that is followed.
    pub fn number(&self) -> &str {
        self.0.number()
    }
}

const FOLLOW: &str = "
    insert into request_follower (jurisdiction_id, request_id, email, language, since, leave_hash)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (jurisdiction_id, request_id, email) do nothing";

/// Follows a public request by e-mail; `None` when the address follows it already.
///
/// # Errors
/// [`RequestError::NotAnEmailAddress`]; [`RequestError::NoSuchNumber`], also when it is not public; the store's.
pub fn follow(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    number: &str,
    email: &str,
    language: Option<&str>,
) -> Result<Option<LeaveToken>, RequestError> {
    let email = email_address(text::required_line("email", email)?)?;
    let language = language.map_or(Ok(None), |language| text::line("language", language))?;
    let stored = find::by_number(tx, jurisdiction, number)?.filter(|stored| stored.published().is_some());
    let request = stored.ok_or_else(|| RequestError::NoSuchNumber(number.to_owned()))?.id;
    let token = TrackingToken::new(number, tx.random());
    let added = tx.exec(FOLLOW, params![jurisdiction, request, email, language, now, token.hash()])?;
    if added == 0 {
        return Ok(None);
    }
    write_audit(tx, now, jurisdiction, request, "request.followed")?;
    Ok(Some(LeaveToken(token)))
}

const LEAVE: &str = "
    delete from request_follower
    where jurisdiction_id = $1 and leave_hash = $3
      and request_id = (select id from service_request where jurisdiction_id = $1 and number = $2)
    returning request_id";

/// Stops following; `false` when the token opens nothing (any more).
///
/// # Errors
/// The store's.
pub fn unfollow(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    token: &LeaveToken,
) -> Result<bool, RequestError> {
    let left =
        tx.query_opt(LEAVE, params![jurisdiction, token.0.number(), token.0.hash()], |row| row.get(0))?;
    if let Some(request) = left {
        write_audit(tx, now, jurisdiction, request, "request.unfollowed")?;
    }
    Ok(left.is_some())
}

fn write_audit(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    request: RequestId,
    action: &'static str,
) -> Result<(), RequestError> {
    let object = format!("request:{request}");
    let entry = audit::Entry { jurisdiction, actor: &Actor::Resident, action, object, detail: String::new() };
    Ok(audit::append(tx, now, &entry)?)
}

impl fmt::Display for LeaveToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for LeaveToken {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        text.parse().map(Self)
    }
}
