//! `POST servicerequestupdates`: another system tells what it did with a request.
//!
//! Sending the same `update_id` again gets the same answer and does nothing. A word that still means "open" never
//! fails: where the life cycle has no such move, only the text is kept. A word that closes must come with a
//! description that tells the resident something, as for our own people. The names and addresses that may come
//! along belong to nobody we know, and are not kept.

use access::{Actor, Permission};
use catalog::Catalog;
use db::{Tx, params};
use jiff::Timestamp;
use requests::files::{FileName, FileStore, StoredFile};
use requests::{Change, RequestId};

use super::apply::apply;
use super::caller::require_key;
use super::create::is_web_address;
use super::list::window::time;
use super::refusal::Refusal;
use super::{Answer, Call, uploads};
use crate::form::decode::one_line;
use crate::form::{Params, Upload};
use crate::problem::{Problem, shortened};
use crate::route::Format;
use crate::status::ExtendedStatus;
use crate::wire::{Document, UpdateReceipt};

/// The public id of one event of one request.
pub(super) fn event_id(number: &str, seq: i64) -> String {
    format!("{number}.{seq}")
}

/// Longer ids would not fit an index of either engine comfortably; mySociety's are numbers.
const UPDATE_ID_BYTES_MAX: usize = 255;

/// An update in which everything is checked that can be checked without the store.
#[derive(Debug)]
pub struct PreparedUpdate {
    number: String,
    update_id: String,
    sent_at: Timestamp,
    status: ExtendedStatus,
    text: String,
    account_id: Option<String>,
    uploads: Vec<Upload>,
    files: Vec<StoredFile>,
    format: Format,
}

/// Reads and checks an update.
///
/// # Errors
/// 403 without a key that may exchange updates, 400 for what is missing or cannot be read.
pub fn prepare(catalog: &Catalog, actor: &Actor, call: Call) -> Result<PreparedUpdate, Problem> {
    let params = &call.params;
    require_key(params, actor, &catalog.jurisdiction.id, Permission::ExchangeUpdates)?;
    let zone = &catalog.jurisdiction.zone;
    let missing = || Problem::missing("updated_datetime");
    uploads::check(params.files())?;
    Ok(PreparedUpdate {
        number: required(params, "service_request_id")?,
        update_id: update_id(params)?,
        sent_at: time(params, "updated_datetime", zone)?.ok_or_else(missing)?.first,
        status: status(params)?,
        text: text(params)?,
        account_id: params.text("account_id")?.map(|text| one_line(text).into_owned()),
        files: Vec::new(),
        format: call.format,
        uploads: call.params.into_files(),
    })
}

fn required(params: &Params, name: &str) -> Result<String, Problem> {
    let text = params.text(name)?.map(|text| one_line(text).into_owned());
    text.filter(|text| !text.is_empty()).ok_or_else(|| Problem::missing(name))
}

/// Bromley's clients use another name for it.
fn update_id(params: &Params) -> Result<String, Problem> {
    let name = if params.text("update_id")?.is_some() { "update_id" } else { "update_id_ext" };
    let id = required(params, name).map_err(|_| Problem::missing("update_id"))?;
    if id.len() > UPDATE_ID_BYTES_MAX {
        return Err(Problem::bad("update_id", &format!("longer than {UPDATE_ID_BYTES_MAX} bytes")));
    }
    Ok(id)
}

fn status(params: &Params) -> Result<ExtendedStatus, Problem> {
    let word = required(params, "status")?;
    ExtendedStatus::read(&word)
        .ok_or_else(|| Problem::bad("status", &format!("unknown: {}", shortened(&word))))
}

/// What is said, with links to pictures below it.
fn text(params: &Params) -> Result<String, Problem> {
    let mut text = params.text("description")?.unwrap_or_default().to_owned();
    for url in params.every("media_url") {
        if !is_web_address(url) {
            return Err(Problem::bad("media_url", &format!("not an http or https link: {}", shortened(url))));
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(url);
    }
    Ok(text)
}

const CLAIM: &str = "
    insert into open311_update (jurisdiction_id, sender, update_id, request_id, sent_at, received_at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (jurisdiction_id, sender, update_id) do nothing";

const EARLIER: &str = "
    select request_id, answered from open311_update
    where jurisdiction_id = $1 and sender = $2 and update_id = $3";

const ANSWERED: &str = "
    update open311_update set answered = $4
    where jurisdiction_id = $1 and sender = $2 and update_id = $3";

impl PreparedUpdate {
    /// Whether [`PreparedUpdate::keep_photos`] has something to do.
    pub fn has_photos(&self) -> bool {
        !self.uploads.is_empty()
    }

    /// As for a new request: cleans the uploaded pictures and puts them into the store.
    ///
    /// # Errors
    /// 400 or 413 for a file that cannot be taken.
    pub fn keep_photos(
        mut self,
        store: &FileStore,
        next_name: impl FnMut() -> FileName,
    ) -> Result<PreparedUpdate, Refusal> {
        self.files = uploads::keep(&std::mem::take(&mut self.uploads), store, next_name)?;
        Ok(self)
    }

    /// Makes the update happen, once.
    ///
    /// # Errors
    /// 404 for an unknown request, 400 for what the life cycle or an honest closing does not allow.
    pub fn commit(
        &self,
        tx: &mut Tx<'_>,
        now: Timestamp,
        actor: &Actor,
        catalog: &Catalog,
    ) -> Result<Answer, Refusal> {
        let jurisdiction = &catalog.jurisdiction.id;
        let unknown = || Problem::unknown("service_request_id", &self.number);
        let request = requests::id_of(tx, jurisdiction, &self.number)?.ok_or_else(unknown)?;
        let sender = actor.label();
        let claim = params![jurisdiction, sender, &self.update_id, request, self.sent_at, now];
        let update_id = if tx.exec(CLAIM, claim)? == 0 {
            self.answered_before(tx, catalog, &sender, request)?
        } else {
            let id = self.happen(tx, &Change { now, by: actor, catalog, request, expected: None })?;
            tx.exec_one(ANSWERED, params![jurisdiction, sender, &self.update_id, &id])?;
            id
        };
        let receipt = UpdateReceipt { update_id, account_id: self.account_id.clone() };
        Ok(Answer::new(200, self.format, &Document::UpdateReceipt(receipt)))
    }

    /// Our id of an update is that of the event it became, by which we also send it out; without an event it is
    /// a name of its own.
    fn happen(&self, tx: &mut Tx<'_>, change: &Change<'_>) -> Result<String, Refusal> {
        let mut after = apply(tx, change, self.status, &self.text)?;
        if !self.files.is_empty() {
            after = Some(requests::add_file(tx, change, &self.files)?);
        }
        Ok(match after {
            Some(state) => event_id(&self.number, state.version),
            None => tx.new_id(change.now).to_string(),
        })
    }

    fn answered_before(
        &self,
        tx: &mut Tx<'_>,
        catalog: &Catalog,
        sender: &str,
        request: RequestId,
    ) -> Result<String, Refusal> {
        let (first, answered): (RequestId, String) =
            tx.query_one(EARLIER, params![&catalog.jurisdiction.id, sender, &self.update_id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if first == request {
            Ok(answered)
        } else {
            Err(Problem::bad("update_id", "it was used for another request").into())
        }
    }
}
