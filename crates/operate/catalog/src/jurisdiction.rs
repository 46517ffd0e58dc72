//! The governments served: one row each, and everything else hangs from it.

use std::collections::BTreeSet;

use access::{Actor, JurisdictionId, Permission};
use calendar::{CalendarSpec, Hours};
use db::{Row, Tx, params};
use geography::Shape;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendars;
use crate::change::{Change, Edit};
use crate::error::CatalogError;
use crate::flaw::{Flaw, Wrong};
use crate::json::{from_json, to_json};
use crate::limits::{ROWS_ASKED, whole};
use crate::text::Text;
use crate::words::{check_host, check_language, check_name, check_optional_prose};

/// Code of the calendar that every jurisdiction begins with.
const FIRST_CALENDAR: &str = "office";
const HOSTS_MAX: usize = 20;
const LANGUAGES_MAX: usize = 50;

/// One government, as the rest of the product sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Jurisdiction {
    /// Its Open311 `jurisdiction_id`.
    pub id: JurisdictionId,
    /// What it is called.
    pub name: Text,
    /// The zone of its wall clocks.
    pub zone: TimeZone,
    /// Languages it speaks, the default first; never empty.
    pub languages: Vec<String>,
    /// How else it can be reached; may be empty.
    pub contact: Text,
    /// Host names on which it answers.
    pub hosts: Vec<String>,
    /// Its land, if known.
    pub boundary: Option<Shape>,
    /// Code of the calendar for everything that names no other.
    pub default_calendar: String,
    /// True for the one that answers when nobody says which is meant.
    pub is_default: bool,
    /// When anything of its catalog last changed.
    pub changed_at: Timestamp,
}

/// What can be said about a jurisdiction by those who run it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JurisdictionDraft {
    /// See [`Jurisdiction::name`].
    pub name: Text,
    /// An IANA name such as `America/New_York`.
    pub zone: String,
    /// See [`Jurisdiction::languages`].
    pub languages: Vec<String>,
    /// See [`Jurisdiction::contact`].
    pub contact: Text,
    /// See [`Jurisdiction::hosts`].
    pub hosts: Vec<String>,
}

/// One line of the list of jurisdictions: enough to find the right one and to know whether its catalog changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedJurisdiction {
    /// See [`Jurisdiction::id`].
    pub id: JurisdictionId,
    /// See [`Jurisdiction::name`].
    pub name: Text,
    /// See [`Jurisdiction::hosts`].
    pub hosts: Vec<String>,
    /// See [`Jurisdiction::is_default`].
    pub is_default: bool,
    /// See [`crate::version`].
    pub catalog_version: i64,
}

const FIND: &str = "
    select jurisdiction_id, name, zone, languages, contact, boundary, default_calendar, is_default, changed_at
    from jurisdiction
    where jurisdiction_id = $1";

const LIST: &str = "
    select jurisdiction_id, name, is_default, catalog_version
    from jurisdiction
    order by jurisdiction_id limit $1";

const HOSTS: &str = "select host from jurisdiction_host where jurisdiction_id = $1 order by host limit $2";

const ALL_HOSTS: &str = "
    select jurisdiction_id, host from jurisdiction_host order by jurisdiction_id, host limit $1";

const INSERT: &str = "
    insert into jurisdiction (jurisdiction_id, name, zone, languages, contact, boundary, default_calendar, is_default,
        catalog_version, changed_at, added_at)
    select $1, $2, $3, $4, $5, $6, $7, not exists (select 1 from jurisdiction where is_default), 1, $8, $8
    on conflict (jurisdiction_id) do nothing";

const UPDATE: &str = "
    update jurisdiction set name = $2, zone = $3, languages = $4, contact = $5
    where jurisdiction_id = $1";

const SET_BOUNDARY: &str = "update jurisdiction set boundary = $2 where jurisdiction_id = $1";

const NO_DEFAULT: &str =
    "update jurisdiction set is_default = false where is_default and jurisdiction_id <> $1";

const MAKE_DEFAULT: &str = "update jurisdiction set is_default = true where jurisdiction_id = $1";

const FORGET_HOSTS: &str = "delete from jurisdiction_host where jurisdiction_id = $1";

const ADD_HOST: &str = "
    insert into jurisdiction_host (jurisdiction_id, host) values ($1, $2)
    on conflict (host) do nothing";

/// Begins to serve a government. The first one becomes the default. It gets one calendar, `office` (working days
/// from 09:00 to 17:00, no holidays), as a start.
///
/// # Errors
/// [`CatalogError::JurisdictionTaken`], [`CatalogError::HostTaken`], [`CatalogError::Flaw`], permission or store.
pub fn add(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    id: &JurisdictionId,
    draft: &JurisdictionDraft,
    boundary: Option<&Shape>,
) -> Result<(), CatalogError> {
    by.require(id, Permission::ManageJurisdiction)?;
    draft.check()?;
    let (name, languages, contact) = draft.columns();
    let boundary = boundary.map(Shape::to_geojson);
    let row = params![id, name, &draft.zone, languages, contact, boundary, FIRST_CALENDAR, now];
    if tx.exec(INSERT, row)? == 0 {
        return Err(CatalogError::JurisdictionTaken(id.clone()));
    }
    put_hosts(tx, id, &draft.hosts)?;
    let edit = Edit::begin(tx, now, by, id, Permission::ManageJurisdiction)?;
    edit.record(tx, "jurisdiction.added", format!("jurisdiction:{id}"), "{}".to_owned())?;
    calendars::save_in(tx, &edit, FIRST_CALENDAR, &first_calendar(&draft.zone)).map(|_| ())
}

/// Changes what is said about a jurisdiction.
///
/// # Errors
/// [`CatalogError::HostTaken`], [`CatalogError::Flaw`], permission or store.
pub fn save(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    id: &JurisdictionId,
    draft: &JurisdictionDraft,
) -> Result<Change, CatalogError> {
    let edit = Edit::begin(tx, now, by, id, Permission::ManageJurisdiction)?;
    draft.check()?;
    let old = find(tx, id)?.ok_or_else(|| CatalogError::UnknownJurisdiction(id.clone()))?;
    if old.draft().says_the_same(draft) {
        return Ok(Change::Unchanged);
    }
    let (name, languages, contact) = draft.columns();
    tx.exec_one(UPDATE, params![id, name, &draft.zone, languages, contact])?;
    tx.exec(FORGET_HOSTS, params![id])?;
    put_hosts(tx, id, &draft.hosts)?;
    edit.record_saved(tx, "jurisdiction.saved", format!("jurisdiction:{id}"), Change::Changed)?;
    Ok(Change::Changed)
}

/// Sets the jurisdiction's land, or forgets it.
///
/// # Errors
/// [`CatalogError::UnknownJurisdiction`], permission or store.
pub fn set_boundary(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    id: &JurisdictionId,
    boundary: Option<&Shape>,
) -> Result<(), CatalogError> {
    let edit = Edit::begin(tx, now, by, id, Permission::ManageJurisdiction)?;
    let boundary = boundary.map(Shape::to_geojson);
    let detail = serde_json::json!({ "known": boundary.is_some() }).to_string();
    tx.exec_one(SET_BOUNDARY, params![id, boundary])?;
    edit.record(tx, "jurisdiction.boundary-set", format!("jurisdiction:{id}"), detail)
}

/// Makes this the jurisdiction that answers when nobody says which is meant.
///
/// # Errors
/// [`CatalogError::UnknownJurisdiction`], permission or store. Only the program itself may do this: it changes what
/// the others' visitors see.
pub fn make_default(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    id: &JurisdictionId,
) -> Result<(), CatalogError> {
    let edit = Edit::begin(tx, now, by, id, Permission::ManageJurisdiction)?;
    if !matches!(by, Actor::System(_)) {
        return Err(access::AccessError::NotAllowed { permission: Permission::ManageJurisdiction }.into());
    }
    tx.exec(NO_DEFAULT, params![id])?;
    tx.exec_one(MAKE_DEFAULT, params![id])?;
    edit.record(tx, "jurisdiction.made-default", format!("jurisdiction:{id}"), "{}".to_owned())
}

/// One jurisdiction.
///
/// # Errors
/// [`CatalogError::Damaged`] when what is stored cannot be read; otherwise the store's.
pub fn find(tx: &mut Tx<'_>, id: &JurisdictionId) -> Result<Option<Jurisdiction>, CatalogError> {
    let found = tx.query_opt(FIND, params![id], |row| Ok((read(row)?, row.get::<String>(2)?)))?;
    let Some((mut jurisdiction, zone)) = found else { return Ok(None) };
    let damaged = |_| CatalogError::Damaged { kind: "zone", code: zone.clone() };
    jurisdiction.zone = TimeZone::get(&zone).map_err(damaged)?;
    if jurisdiction.languages.is_empty() {
        return Err(CatalogError::Damaged { kind: "languages of", code: id.to_string() });
    }
    jurisdiction.hosts = tx.query(HOSTS, params![id, ROWS_ASKED], |row| row.get(0))?;
    Ok(Some(jurisdiction))
}

/// All jurisdictions, by id.
///
/// # Errors
/// The store's.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<ListedJurisdiction>, CatalogError> {
    let mut listed = whole("jurisdictions", tx.query(LIST, params![ROWS_ASKED], read_listed)?)?;
    let hosts: Vec<(JurisdictionId, String)> =
        tx.query(ALL_HOSTS, params![ROWS_ASKED], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (id, host) in whole("hosts", hosts)? {
        if let Ok(found) = listed.binary_search_by(|one| one.id.cmp(&id)) {
            listed[found].hosts.push(host);
        }
    }
    Ok(listed)
}

fn put_hosts(tx: &mut Tx<'_>, id: &JurisdictionId, hosts: &[String]) -> Result<(), CatalogError> {
    for host in hosts {
        if tx.exec(ADD_HOST, params![id, host])? == 0 {
            return Err(CatalogError::HostTaken(host.clone()));
        }
    }
    Ok(())
}

fn first_calendar(zone: &str) -> CalendarSpec {
    let hours: Hours = "09:00-17:00".parse().expect("these are opening hours");
    CalendarSpec::working_days(zone, &hours)
}

fn read(row: &Row<'_>) -> Result<Jurisdiction, db::Error> {
    let boundary: Option<String> = row.get(5)?;
    let boundary = boundary.as_deref().map(Shape::from_geojson).transpose();
    Ok(Jurisdiction {
        id: row.get(0)?,
        name: from_json(row, 1)?,
        zone: TimeZone::UTC,
        languages: from_json(row, 3)?,
        contact: from_json(row, 4)?,
        hosts: Vec::new(),
        boundary: boundary.map_err(|e| row.misfit(5, "a GeoJSON shape", e.into()))?,
        default_calendar: row.get(6)?,
        is_default: row.get(7)?,
        changed_at: row.get(8)?,
    })
}

fn read_listed(row: &Row<'_>) -> Result<ListedJurisdiction, db::Error> {
    Ok(ListedJurisdiction {
        id: row.get(0)?,
        name: from_json(row, 1)?,
        hosts: Vec::new(),
        is_default: row.get(2)?,
        catalog_version: row.get(3)?,
    })
}

impl Jurisdiction {
    /// The language of those who ask for none.
    pub fn default_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// The name of the zone, as it was given.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// What is said about it, to be edited.
    pub fn draft(&self) -> JurisdictionDraft {
        JurisdictionDraft {
            name: self.name.clone(),
            zone: self.zone_name().to_owned(),
            languages: self.languages.clone(),
            contact: self.contact.clone(),
            hosts: self.hosts.clone(),
        }
    }
}

impl JurisdictionDraft {
    /// The least that must be known; its language is that of the name.
    pub fn new(name: Text, zone: impl Into<String>) -> Self {
        let language = name.iter().next().map_or("en", |(language, _)| language).to_owned();
        Self {
            name,
            zone: zone.into(),
            languages: vec![language],
            contact: Text::nothing(),
            hosts: Vec::new(),
        }
    }

    /// Checks everything that can be checked without the store.
    ///
    /// # Errors
    /// The first flaw, with its field.
    pub fn check(&self) -> Result<(), Flaw> {
        check_name(&self.name, "name")?;
        check_optional_prose(&self.contact, "contact")?;
        if TimeZone::get(&self.zone).is_err() {
            return Err(Wrong::NotAZone { zone: self.zone.clone() }.at("zone"));
        }
        if self.languages.is_empty() {
            return Err(Wrong::Empty.at("languages"));
        }
        check_list("languages", &self.languages, LANGUAGES_MAX, check_language)?;
        check_list("hosts", &self.hosts, HOSTS_MAX, check_host)
    }

    fn columns(&self) -> (String, String, String) {
        (to_json(&self.name), to_json(&self.languages), to_json(&self.contact))
    }

    /// Equal, but for the order of the hosts, which means nothing.
    fn says_the_same(&self, other: &Self) -> bool {
        let hosts = |draft: &Self| draft.hosts.iter().cloned().collect::<BTreeSet<String>>();
        let rest = |draft: &Self| Self { hosts: Vec::new(), ..draft.clone() };
        hosts(self) == hosts(other) && rest(self) == rest(other)
    }
}

fn check_list(
    name: &str,
    list: &[String],
    max: usize,
    check: impl Fn(&str) -> Result<(), Wrong>,
) -> Result<(), Flaw> {
    if list.len() > max {
        return Err(Wrong::TooMany { max }.at(name));
    }
    for (item, one) in list.iter().enumerate() {
        check(one).map_err(|wrong| wrong.at(name))?;
        if list[..item].contains(one) {
            return Err(Wrong::Duplicate { code: one.clone() }.at(name));
        }
    }
    Ok(())
}
