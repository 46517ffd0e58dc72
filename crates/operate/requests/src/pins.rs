//! Where everything is that the public may see: enough to put it on a map and to count it.

use access::JurisdictionId;
use catalog::{PublicLevel, ServiceId};
use db::{Row, Tx, params};
use geography::Point;

use crate::error::RequestError;
use crate::place::coarse;
use crate::request::RequestId;
use crate::store::point;

/// One public request on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PublicPin {
    /// Ascends with time.
    pub id: RequestId,
    /// What it is about.
    pub service: ServiceId,
    /// Whether it is still open.
    pub is_open: bool,
    /// Whether the point is where it was reported; otherwise it is the middle of a cell of the coarse grid (PRIV-03).
    pub is_exact: bool,
    /// The place that the public knows.
    pub point: Point,
}

/// The most pins of one map, the newest of each service left out beyond that; far more than any city's.
const PINS_MAX: i64 = 20_000_000;

/// Reads nothing but the index of services, in its order. The coarse place is a pure function of the exact one, so that
/// it is the same here as in its column.
const PUBLIC: &str = "
    select id, service_id, is_open, public_level, latitude, longitude
    from service_request
    where jurisdiction_id = $1 and public_level <> 'hidden' and latitude is not null
    order by service_id, id limit $2";

/// All public requests with a place, in no order that means anything to people.
///
/// # Errors
/// What the store refuses.
pub fn public_pins(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Vec<PublicPin>, RequestError> {
    let rows = tx.query(PUBLIC, params![jurisdiction, PINS_MAX], pin)?;
    Ok(rows.into_iter().flatten().collect())
}

fn pin(row: &Row<'_>) -> Result<Option<PublicPin>, db::Error> {
    let level: PublicLevel = row.get(3)?;
    let is_exact = level == PublicLevel::Full;
    let Some(exact) = point(row, 4)? else { return Ok(None) };
    Ok(Some(PublicPin {
        id: row.get(0)?,
        service: row.get(1)?,
        is_open: row.get(2)?,
        is_exact,
        point: if is_exact { exact } else { coarse(exact) },
    }))
}
