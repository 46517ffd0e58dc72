//! Which pictures belong to which request, and who may open them.

use std::collections::HashMap;

use access::{Actor, JurisdictionId, Permission};
use catalog::PublicLevel;
use db::{Query, Tx, params};
use jiff::Timestamp;
use serde::Serialize;

use super::{FileError, FileName, FileStore, MediaType, StoredFile, check_count};
use crate::change::{Change, ReporterChange, record, require, take, take_as_reporter};
use crate::error::RequestError;
use crate::event::{Author, AuthorKind, Event};
use crate::find;
use crate::request::RequestId;
use crate::request_state::RequestState;
use crate::stored::Stored;
use crate::text;

/// A picture of a request, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Photo {
    /// Its name in the store and in its address.
    pub name: FileName,
    /// How it is encoded.
    pub media_type: MediaType,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
    /// What is in it, for those who cannot see it.
    pub description: Option<String>,
    /// Added by staff, as a rule to show the work that was done.
    #[serde(skip)]
    pub by_staff: bool,
}

const ADD: &str = "
    insert into request_file (
        jurisdiction_id, request_id, name, media_type, width, height, bytes, description, added_at, author)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

pub(crate) fn add_rows(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    files: &[StoredFile],
) -> Result<(), RequestError> {
    for file in files {
        let description = file.description.as_deref().map_or(Ok(None), |d| text::line("description", d))?;
        let by = Author::from(change.by);
        tx.exec_one(
            ADD,
            params![
                change.jurisdiction(),
                change.request,
                file.name,
                file.media_type,
                file.width,
                file.height,
                file.bytes,
                description,
                change.now,
                by.label(),
            ],
        )?;
    }
    Ok(())
}

/// Adds pictures, already in the file store, to a request.
///
/// # Errors
/// Too many at once, permission, version, or the store's.
pub fn add_file(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    files: &[StoredFile],
) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::AttachFile)?;
    check_count(files.len())?;
    let state = record(tx, change, &request, Event::FilesAdded { files: count(files) })?;
    add_rows(tx, change, files)?;
    Ok(state)
}

/// As [`add_file`], by the holder of the private link.
///
/// # Errors
/// Too many at once, or the store's.
pub fn add_file_as_reporter(
    tx: &mut Tx<'_>,
    change: &ReporterChange<'_>,
    files: &[StoredFile],
) -> Result<RequestState, RequestError> {
    let request = take_as_reporter(tx, change)?;
    check_count(files.len())?;
    let change = change.as_resident();
    let state = record(tx, &change, &request, Event::FilesAdded { files: count(files) })?;
    add_rows(tx, &change, files)?;
    Ok(state)
}

fn count(files: &[StoredFile]) -> i64 {
    i64::try_from(files.len()).expect("at most a handful of files")
}

/// The pictures of each of these requests, in the order in which they came.
pub(crate) fn photos_of(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    requests: &[Stored],
) -> Result<HashMap<RequestId, Vec<Photo>>, RequestError> {
    let mut photos: HashMap<RequestId, Vec<Photo>> = HashMap::new();
    let with_files: Vec<RequestId> =
        requests.iter().filter(|stored| stored.files > 0).map(|stored| stored.id).collect();
    if with_files.is_empty() {
        return Ok(photos);
    }
    let query = Query::new(
        "select request_id, name, media_type, width, height, description, author from request_file where jurisdiction_id = ",
    )
    .bind(jurisdiction)
    .text(" and request_id in ")
    .bind_list(with_files)
    .text(" order by request_id, added_at, name limit ")
    .bind(PHOTOS_MAX);
    let rows = tx.select(&query, |row| {
        let photo = Photo {
            name: row.get(1)?,
            media_type: row.get(2)?,
            width: row.get(3)?,
            height: row.get(4)?,
            description: row.get(5)?,
            by_staff: Author::stored(row.get(6)?).kind() == AuthorKind::Staff,
        };
        Ok((row.get::<RequestId>(0)?, photo))
    })?;
    for (request, photo) in rows {
        photos.entry(request).or_default().push(photo);
    }
    Ok(photos)
}

/// Most pictures listed with one page of requests.
const PHOTOS_MAX: i64 = 5_000;

const KIND: &str = "
    select media_type from request_file where jurisdiction_id = $1 and request_id = $2 and name = $3";

/// The type of a picture that anybody may see: its request must be published in full (UPL-05).
///
/// # Errors
/// [`FileError::Unknown`] for every other picture, whether there is one or not; the store's.
pub fn open_for_public(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    number: &str,
    name: FileName,
) -> Result<MediaType, RequestError> {
    let stored = find::by_number(tx, jurisdiction, number)?;
    let published = stored.filter(|stored| stored.published() == Some(PublicLevel::Full));
    open(tx, jurisdiction, published.ok_or(FileError::Unknown)?.id, name)
}

const OWNER: &str = "select request_id from request_file where jurisdiction_id = $1 and name = $2";

/// As [`open_for_public`], by the picture's name alone: addresses of pictures in lists for other systems name no
/// request.
///
/// # Errors
/// As [`open_for_public`].
pub fn open_published(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    name: FileName,
) -> Result<MediaType, RequestError> {
    let owner = tx.query_opt(OWNER, params![jurisdiction, name], |row| row.get(0))?;
    let stored = find::by_id(tx, jurisdiction, owner.ok_or(FileError::Unknown)?)?;
    let published = stored.filter(|stored| stored.published() == Some(PublicLevel::Full));
    open(tx, jurisdiction, published.ok_or(FileError::Unknown)?.id, name)
}

/// The type of a picture that this member of staff may see.
///
/// # Errors
/// [`FileError::Unknown`], permission, or the store's.
pub fn open_for_staff(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    request: RequestId,
    name: FileName,
) -> Result<MediaType, RequestError> {
    require(by, jurisdiction, Permission::ViewWork)?;
    let stored = find::visible_to_staff(tx, by, jurisdiction, request)?;
    open(tx, jurisdiction, stored.id, name)
}

/// The type of a picture that the holder of the private link may see.
///
/// # Errors
/// [`FileError::Unknown`], or the store's.
pub fn open_for_reporter(
    tx: &mut Tx<'_>,
    by: &crate::tracking::Reporter,
    name: FileName,
) -> Result<MediaType, RequestError> {
    open(tx, by.jurisdiction(), by.request(), name)
}

fn open(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    request: RequestId,
    name: FileName,
) -> Result<MediaType, RequestError> {
    let kind = tx.query_opt(KIND, params![jurisdiction, request, name], |row| row.get(0))?;
    Ok(kind.ok_or(FileError::Unknown)?)
}

/// How many names are looked up at once.
const CHUNK: usize = 256;

/// Files older than `before` that no request names: left over by reports that were never sent. For a sweep to remove.
///
/// # Errors
/// The folder's or the store's.
pub fn orphans(tx: &mut Tx<'_>, store: &FileStore, before: Timestamp) -> Result<Vec<FileName>, RequestError> {
    let mut orphans = Vec::new();
    for names in store.names_before(before)?.chunks(CHUNK) {
        let query =
            Query::new("select name from request_file where name in ").bind_list(names.iter().copied());
        let known: Vec<FileName> = tx.select(&query, |row| row.get(0))?;
        orphans.extend(names.iter().filter(|name| !known.contains(name)));
    }
    Ok(orphans)
}
