//! What a town looks like: its colour and its logo.

use access::{Actor, JurisdictionId, Permission};
use db::{Row, Tx, params};
use jiff::Timestamp;

use crate::change::{Change, Edit};
use crate::colour::Colour;
use crate::error::CatalogError;
use crate::flaw::Wrong;

/// The largest logo, in bytes: it is loaded with every first page.
pub const LOGO_BYTES_MAX: usize = 100_000;

/// A town's colour and logo; without them it looks as the program does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brand {
    /// The colour of the bar on top, and of links and buttons as far as they stay readable.
    pub colour: Option<Colour>,
    /// The picture beside the town's name.
    pub logo: Option<Logo>,
}

/// A picture that was decoded and written anew, so that nothing but a picture is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// The picture.
    pub bytes: Vec<u8>,
    /// What kind of picture, such as `image/png`.
    pub media_type: String,
}

const FIND: &str = "select colour, logo, logo_type from brand where jurisdiction_id = $1";

const PUT: &str = "
    insert into brand (jurisdiction_id, colour, logo, logo_type) values ($1, $2, $3, $4)
    on conflict (jurisdiction_id) do update set colour = excluded.colour, logo = excluded.logo,
        logo_type = excluded.logo_type";

/// Sets the look of a town.
///
/// # Errors
/// [`CatalogError::Flaw`] when the logo is too large; otherwise permission or store.
pub fn save(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    brand: &Brand,
) -> Result<Change, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageJurisdiction)?;
    if brand.logo.as_ref().is_some_and(|logo| logo.bytes.len() > LOGO_BYTES_MAX) {
        return Err(Wrong::TooLong { max: LOGO_BYTES_MAX }.at("logo").into());
    }
    let old = find(tx, jurisdiction)?;
    let (logo, kind) = brand.logo.as_ref().map(|logo| (logo.bytes.clone(), logo.media_type.clone())).unzip();
    let row = params![jurisdiction, brand.colour.map(|colour| colour.to_string()), logo, kind];
    let record = ("brand.saved", format!("jurisdiction:{jurisdiction}"));
    edit.put(tx, record, Some(&old), brand, |tx| tx.exec_one(PUT, row))
}

/// The look of a town.
///
/// # Errors
/// The store's.
pub(crate) fn find(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Brand, CatalogError> {
    Ok(tx.query_opt(FIND, params![jurisdiction], read)?.unwrap_or_default())
}

fn read(row: &Row<'_>) -> Result<Brand, db::Error> {
    let colour: Option<String> = row.get(0)?;
    let colour = colour.map(|text| text.parse()).transpose();
    let (logo, kind): (Option<Vec<u8>>, Option<String>) = (row.get(1)?, row.get(2)?);
    Ok(Brand {
        colour: colour.map_err(|e: crate::colour::NotAColour| row.misfit(0, "a colour", e.into()))?,
        logo: logo.zip(kind).map(|(bytes, media_type)| Logo { bytes, media_type }),
    })
}
