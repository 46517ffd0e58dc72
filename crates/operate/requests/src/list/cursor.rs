//! Where one page of a list ends and the next begins.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::Order;
use crate::request::RequestId;
use crate::row::due_rank;
use crate::stored::Stored;
use crate::views::StaffView;

/// A place in a list, to go on from. Means nothing to whoever holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The due time or the time of the last event, in lists ordered by it.
    pub(super) rank: Option<Timestamp>,
    pub(super) id: RequestId,
}

impl Cursor {
    pub(super) fn behind(last: &Stored, order: Order) -> Self {
        let rank = match order {
            Order::Newest => None,
            Order::Due => Some(last.due_rank),
            Order::Updated => Some(last.updated_at),
        };
        Self { rank, id: last.id }
    }

    /// The place of one request, whether it is in the list or not.
    pub(super) fn at(request: &StaffView, order: Order) -> Self {
        let rank = match order {
            Order::Newest => None,
            Order::Due => Some(due_rank(request.due_at)),
            Order::Updated => Some(request.updated_at),
        };
        Self { rank, id: request.id }
    }
}

/// The text is no cursor of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a place in a list")]
pub struct NotACursor;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rank {
            Some(rank) => write!(f, "{}.{}", rank.as_microsecond(), self.id.uuid().simple()),
            None => write!(f, "{}", self.id.uuid().simple()),
        }
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (rank, id) = match text.split_once('.') {
            Some((rank, id)) => (Some(instant(rank)?), id),
            None => (None, text),
        };
        Ok(Self { rank, id: id.parse().map_err(|_| NotACursor)? })
    }
}

fn instant(micros: &str) -> Result<Timestamp, NotACursor> {
    let micros = micros.parse().map_err(|_| NotACursor)?;
    Timestamp::from_microsecond(micros).map_err(|_| NotACursor)
}
