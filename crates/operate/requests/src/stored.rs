//! A request as it lies in the store, before anybody may see it.
//!
//! Private to this crate: outside, only the [views](crate::views) exist, each a type of its own, so that a page for
//! the public cannot show by mistake what staff know.

use catalog::{Answers, DepartmentId, PublicLevel, ServiceId, TeamId};
use db::Row;
use geography::Point;
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::channel::Channel;
use crate::life_cycle::State;
use crate::masking::PublicText;
use crate::place::Place;
use crate::request::RequestId;
use crate::store::point;

/// One row, as read.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) id: RequestId,
    pub(crate) number: String,
    pub(crate) requested_at: Timestamp,
    pub(crate) channel: Channel,
    pub(crate) description: Option<PublicText>,
    pub(crate) place: Place,
    pub(crate) coarse: Option<Point>,
    pub(crate) districts: Vec<(String, String)>,
    pub(crate) answers: Answers,
    pub(crate) media_urls: Vec<String>,
    pub(crate) version: i64,
    pub(crate) state: State,
    pub(crate) service: ServiceId,
    pub(crate) department: DepartmentId,
    pub(crate) team: Option<TeamId>,
    pub(crate) confidential: bool,
    pub(crate) public_level: PublicLevel,
    pub(crate) updated_at: Timestamp,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) promised_at: Option<Timestamp>,
    pub(crate) first_response_due_at: Option<Timestamp>,
    pub(crate) first_response_at: Option<Timestamp>,
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) due_rank: Timestamp,
    pub(crate) files: i64,
}

/// The columns of [`Stored`], in the order in which [`read`] takes them.
macro_rules! columns {
    () => {
        "r.id, r.number, r.requested_at, r.channel, r.description, r.public_description, r.address, r.address_id,
         r.zip, r.place_words, r.latitude, r.longitude, r.coarse_latitude, r.coarse_longitude, r.districts, r.answers,
         r.media_urls, r.version, r.state, r.service_id, r.department_id, r.team_id, r.confidential, r.public_level,
         r.updated_at, r.closed_at, r.promised_at, r.first_response_due_at, r.first_response_at, r.due_at, r.due_rank,
         r.files"
    };
}
pub(crate) use columns;

/// Reads a row of [`columns`].
pub(crate) fn read(row: &Row<'_>) -> Result<Stored, db::Error> {
    let description: Option<String> = row.get(4)?;
    let masked = row.get(5)?;
    Ok(Stored {
        id: row.get(0)?,
        number: row.get(1)?,
        requested_at: row.get(2)?,
        channel: row.get(3)?,
        description: description.map(|text| PublicText::stored(text, masked)),
        place: Place {
            point: point(row, 10)?,
            address: row.get(6)?,
            address_id: row.get(7)?,
            zip: row.get(8)?,
            words: row.get(9)?,
        },
        coarse: point(row, 12)?,
        districts: json(row, 14)?.unwrap_or_default(),
        answers: json(row, 15)?.unwrap_or_default(),
        media_urls: json(row, 16)?.unwrap_or_default(),
        version: row.get(17)?,
        state: json(row, 18)?.ok_or_else(|| row.misfit(18, "a state", "it is null".into()))?,
        service: row.get(19)?,
        department: row.get(20)?,
        team: row.get(21)?,
        confidential: row.get(22)?,
        public_level: row.get(23)?,
        updated_at: row.get(24)?,
        closed_at: row.get(25)?,
        promised_at: row.get(26)?,
        first_response_due_at: row.get(27)?,
        first_response_at: row.get(28)?,
        due_at: row.get(29)?,
        due_rank: row.get(30)?,
        files: row.get(31)?,
    })
}

fn json<T: DeserializeOwned>(row: &Row<'_>, index: usize) -> Result<Option<T>, db::Error> {
    let text: Option<String> = row.get(index)?;
    let value = text.map(|text| serde_json::from_str(&text)).transpose();
    value.map_err(|e| row.misfit(index, "JSON of ours", e.into()))
}

impl Stored {
    /// How much of it the public may see; `None` for nothing at all.
    pub(crate) fn published(&self) -> Option<PublicLevel> {
        Some(self.public_level).filter(|level| !self.confidential && *level != PublicLevel::Hidden)
    }
}
