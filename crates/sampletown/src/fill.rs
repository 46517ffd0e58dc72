//! Writes a made-up town into a database: jurisdiction, districts, map, catalog, demo sign-ins, two years of past requests
//! and a few dozen recent ones in every state.
//!
//! The past comes in as an import of another system's records would; the recent requests go through the real
//! operations one by one, so that their timelines, promises and audit entries are the product's own.

mod error;
mod ground;
mod map;
mod past;
mod people;
mod recent;

use std::sync::Arc;

use access::{Actor, JurisdictionId};
use catalog::Catalog;
use db::Db;
use geography::Point;
use jiff::Timestamp;
use requests::Place;

use crate::history::HistorySettings;
use crate::staff::StaffMember;
use crate::town::{Location, Town};

pub use error::FillError;

/// What to fill a database with.
#[derive(Debug, Clone)]
pub struct FillSettings {
    /// Chooses the town.
    pub seed: u64,
    /// How many people live there.
    pub population: u32,
    /// Under which name the town is kept; there must be none of this name yet.
    pub jurisdiction: JurisdictionId,
    /// When the town is looked at: the history ends here.
    pub now: Timestamp,
    /// Past requests; as many as such a town has in two years when not said.
    pub requests: Option<u64>,
    /// Password of all demo sign-ins.
    pub password: String,
}

/// How far the filling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Streets and districts are drawn, the catalog and the people are in.
    Ground,
    /// So many past requests of so many are in.
    Past {
        /// Written so far.
        done: u64,
        /// To be written in all.
        of: u64,
    },
    /// The recent requests are in: all is done.
    Recent,
}

/// What a filled database holds.
#[derive(Debug)]
pub struct Filled {
    /// The town that was made.
    pub town: Arc<Town>,
    /// Demo sign-ins, one for each role.
    pub staff: Vec<StaffMember>,
    /// Past requests written.
    pub past: u64,
    /// Recent requests written.
    pub recent: u64,
}

/// How the filling signs its work in the audit log.
const BY: Actor = Actor::System("sample-town");

/// Fills a migrated database. Blocks; `progress` is called now and then.
///
/// # Errors
/// [`FillError`]; when the jurisdiction exists already nothing is changed. An error later on leaves what was written
/// until then.
pub fn fill(
    db: &Db,
    settings: &FillSettings,
    progress: &mut dyn FnMut(Progress),
) -> Result<Filled, FillError> {
    let town = Arc::new(Town::new(settings.seed, settings.population)?);
    ground::write(db, &town, settings)?;
    map::write(db, &town, settings)?;
    let people = Arc::new(people::write(db, &town, settings)?);
    let catalog = Arc::new(load_catalog(db, &settings.jurisdiction)?);
    progress(Progress::Ground);
    let past = past::write(db, &town, &catalog, history_settings(&town, settings), progress)?;
    let recent = recent::write(db, &town, &catalog, &people, settings)?;
    progress(Progress::Recent);
    Ok(Filled { staff: town.staff(), town, past, recent })
}

fn load_catalog(db: &Db, id: &JurisdictionId) -> Result<Catalog, FillError> {
    let id = id.clone();
    db.read_now(move |tx| Ok(Catalog::load(tx, &id)?))
}

fn history_settings(town: &Town, settings: &FillSettings) -> HistorySettings {
    let usual = HistorySettings::usual(town, settings.now);
    HistorySettings { requests: settings.requests.unwrap_or(usual.requests), ..usual }
}

fn place(location: &Location) -> Result<Place, FillError> {
    Ok(Place {
        point: Some(Point::new(location.spot.latitude, location.spot.longitude)?),
        address: Some(location.address.clone()),
        zip: Some(location.zip.clone()),
        ..Place::default()
    })
}
