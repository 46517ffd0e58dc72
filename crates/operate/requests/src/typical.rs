//! How long it usually takes: shown beside the promise, because the two often differ.
//!
//! Measured from real closings only (`done`, of the last [`WINDOW`]), as the time within which eight of ten were
//! done; nothing is said about a service with fewer than [`CLOSINGS_MIN`] of them.

use std::collections::BTreeMap;

use access::JurisdictionId;
use catalog::ServiceId;
use db::{Tx, params};
use jiff::{SignedDuration, Timestamp};

use crate::error::RequestError;

/// How far back closings count.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(24 * 120);
/// Fewer closings than this say nothing.
pub const CLOSINGS_MIN: usize = 10;
/// Eight of ten, so that a promise by this figure would be kept four times out of five.
const PERCENTILE: usize = 80;

/// How long requests for one service usually take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typical {
    /// Eight of ten were done within this time.
    pub within: SignedDuration,
    /// How many closings that is read from.
    pub closings: i64,
}

impl Typical {
    /// In whole days, rounded up: the way people say it.
    pub fn days(&self) -> i64 {
        let hours = self.within.as_hours()
            + i64::from(self.within > SignedDuration::from_hours(self.within.as_hours()));
        (hours + 23) / 24
    }
}

const CLOSINGS: &str = "
    select service_id, requested_at, closed_at from service_request
    where jurisdiction_id = $1 and updated_at >= $2 and outcome = 'done' and closed_at >= $2
    order by updated_at desc, id desc limit $3";

/// More closings than this say nothing new.
const CLOSINGS_MAX: i64 = 500_000;

/// Measures every service. Reads many rows: run it as a read, then [`keep`] the result.
///
/// # Errors
/// The store's.
pub fn measure(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
) -> Result<BTreeMap<ServiceId, Typical>, RequestError> {
    let mut taken: BTreeMap<ServiceId, Vec<SignedDuration>> = BTreeMap::new();
    let closings = tx.query(CLOSINGS, params![jurisdiction, now - WINDOW, CLOSINGS_MAX], |row| {
        Ok((row.get::<ServiceId>(0)?, row.get::<Timestamp>(1)?, row.get::<Timestamp>(2)?))
    })?;
    for (service, requested_at, closed_at) in closings {
        taken.entry(service).or_default().push(closed_at.duration_since(requested_at));
    }
    Ok(taken.into_iter().filter_map(|(service, taken)| Some((service, typical(taken)?))).collect())
}

/// The nearest rank: the shortest time that at least eight of ten did not exceed.
fn typical(mut taken: Vec<SignedDuration>) -> Option<Typical> {
    if taken.len() < CLOSINGS_MIN {
        return None;
    }
    taken.sort_unstable();
    let rank = (taken.len() * PERCENTILE).div_ceil(100);
    Some(Typical { within: taken[rank - 1], closings: i64::try_from(taken.len()).ok()? })
}

/// Replaces the kept figures of a jurisdiction by newly measured ones.
///
/// # Errors
/// The store's.
pub fn keep(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    measured: &BTreeMap<ServiceId, Typical>,
) -> Result<(), RequestError> {
    const FORGET: &str = "delete from typical_time where jurisdiction_id = $1";
    const KEEP: &str = "
        insert into typical_time (jurisdiction_id, service_id, minutes, closings, computed_at)
        values ($1, $2, $3, $4, $5)";
    tx.exec(FORGET, params![jurisdiction])?;
    for (service, typical) in measured {
        tx.exec_one(KEEP, params![jurisdiction, service, typical.within.as_mins(), typical.closings, now])?;
    }
    Ok(())
}

/// What is known about one service.
///
/// # Errors
/// The store's.
pub fn of(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    service: ServiceId,
) -> Result<Option<Typical>, RequestError> {
    const OF: &str =
        "select minutes, closings from typical_time where jurisdiction_id = $1 and service_id = $2";
    Ok(tx.query_opt(OF, params![jurisdiction, service], |row| {
        Ok(Typical { within: SignedDuration::from_mins(row.get(0)?), closings: row.get(1)? })
    })?)
}

/// What is known about every service.
///
/// # Errors
/// The store's.
pub fn all(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
) -> Result<BTreeMap<ServiceId, Typical>, RequestError> {
    const ALL: &str = "
        select service_id, minutes, closings from typical_time where jurisdiction_id = $1
        order by service_id limit 100000";
    let rows = tx.query(ALL, params![jurisdiction], |row| {
        let within = SignedDuration::from_mins(row.get(1)?);
        Ok((row.get(0)?, Typical { within, closings: row.get(2)? }))
    })?;
    Ok(rows.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(hours: impl IntoIterator<Item = i64>) -> Option<Typical> {
        typical(hours.into_iter().map(SignedDuration::from_hours).collect())
    }

    #[test]
    fn eight_of_ten_were_done_within_the_typical_time() {
        let typical = hours((1..=10).rev()).unwrap();
        assert_eq!((typical.within, typical.closings), (SignedDuration::from_hours(8), 10));
        assert_eq!(hours(1..=11).unwrap().within, SignedDuration::from_hours(9));
    }

    #[test]
    fn nine_closings_say_nothing() {
        assert_eq!(hours(1..=9), None);
    }

    #[test]
    fn days_are_rounded_up() {
        for (minutes, days) in [(1, 1), (24 * 60, 1), (24 * 60 + 1, 2), (49 * 60, 3)] {
            let typical = Typical { within: SignedDuration::from_mins(minutes), closings: 10 };
            assert_eq!(typical.days(), days, "{minutes} minutes");
        }
    }
}
