//! Taking in a request: the busiest operation of the product, three rows and no question to the catalog's tables.
//!
//! It has two halves. [`NewRequest::check`] settles everything that the catalog decides and may run on any thread;
//! [`create`] stores the outcome and is all that the one writer of a small center has to do.

use access::{Actor, JurisdictionId, Permission, audit};
use catalog::{Answers, Catalog, Photo, Placed, Service, ServiceId};
use db::Tx;
use jiff::Timestamp;

use crate::change::{Change, require, to_the_microsecond};
use crate::channel::Channel;
use crate::clock::{Clock, Promise};
use crate::contact::{self, Contact};
use crate::details::{self, Details};
use crate::error::RequestError;
use crate::event::{Event, Intake};
use crate::files::{self, StoredFile};
use crate::idempotency::{self, Claim, IdempotencyKey};
use crate::masking::PublicText;
use crate::news;
use crate::number;
use crate::place::Place;
use crate::request::RequestId;
use crate::request_state::RequestState;
use crate::row::{Current, service_of};
use crate::store::{self, EventRow, Received, Step};
use crate::text;
use crate::tracking::TrackingToken;

/// What somebody reports.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// What is asked for.
    pub service: ServiceId,
    /// Where.
    pub place: Place,
    /// In the reporter's words; may be empty.
    pub description: String,
    /// Answers to the service's questions, checked by [`catalog::Service::check_answers`].
    pub answers: Answers,
    /// Who reports, if they tell.
    pub contact: Option<Contact>,
    /// How it reaches us.
    pub channel: Channel,
    /// Links to pictures that stay elsewhere.
    pub media_urls: Vec<String>,
    /// Pictures already in the file store.
    pub files: Vec<StoredFile>,
    /// Hide it from the public whatever the service says.
    pub confidential: bool,
    /// Lets the caller send the same report twice without making two requests.
    pub idempotency: Option<IdempotencyKey>,
}

/// What whoever reported gets back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Its name inside.
    pub id: RequestId,
    /// Its name outside, short enough to read out.
    pub number: String,
    /// The private link; this is the only time it can be shown.
    pub tracking: TrackingToken,
    /// By when the resident was told to expect what.
    pub promise: Option<Promise>,
    /// When it came in.
    pub requested_at: Timestamp,
    /// True when an idempotency key showed that this is the first result once more.
    pub repeated: bool,
}

/// Most links to pictures elsewhere.
const MEDIA_URLS_MAX: usize = 10;

/// A report in which everything has been checked and settled: only storing it is left.
#[derive(Debug)]
pub struct Report {
    received_at: Timestamp,
    details: Details,
    contact: Option<Contact>,
    files: Vec<StoredFile>,
    idempotency: Option<IdempotencyKey>,
    promise: Option<Promise>,
    received: EventRow,
    current: Current,
}

impl NewRequest {
    /// Checks a report and settles place, promise, team and what the public may read of it.
    ///
    /// # Errors
    /// What is wrong with the report, by field.
    pub fn check(self, catalog: &Catalog, now: Timestamp) -> Result<Report, RequestError> {
        let received_at = to_the_microsecond(now);
        let service = service_of(catalog, self.service)?;
        if !service.active || service.stopper_for(&self.answers).is_some() {
            return Err(RequestError::NotOffered { code: service.code.clone() });
        }
        files::check_count(self.files.len())?;
        check_photo(service, &self)?;
        let place = self.place.checked()?;
        let placed = placed(catalog, &place)?;
        let intake = intake(catalog, service, received_at, &self, placed.as_ref())?;
        let state = RequestState::at_intake(received_at, &intake);
        let contact = self.contact.as_ref().map_or(Ok(None), Contact::checked)?;
        let description = text::paragraphs("description", &self.description, text::DESCRIPTION_LETTERS_MAX)?;
        let known = Contact::known(contact.as_ref(), catalog);
        let details = Details {
            channel: self.channel,
            description: description.map(|text| PublicText::new(text, &known)),
            place,
            districts: details::districts(placed.as_ref())?,
            answers: details::answers(&self.answers)?,
            media_urls: details::media_urls(&media_urls(&self.media_urls)?)?,
        };
        Ok(Report {
            received_at,
            details,
            contact,
            files: self.files,
            idempotency: self.idempotency,
            promise: intake.promise,
            current: Current::of(&state, catalog)?,
            received: EventRow::of(&Event::Received(intake), &state)?,
        })
    }
}

/// Takes in a request.
///
/// # Errors
/// The caller may not, an idempotency key was used for something else, or the store failed; nothing is stored then.
pub fn create(
    tx: &mut Tx<'_>,
    by: &Actor,
    catalog: &Catalog,
    report: &Report,
) -> Result<Created, RequestError> {
    let jurisdiction = &catalog.jurisdiction.id;
    require(by, jurisdiction, Permission::CreateRequest)?;
    let now = report.received_at;
    let id = RequestId::from(tx.new_id(now));
    let secret = tx.random();
    if let Some(key) = &report.idempotency
        && let Some(first) =
            idempotency::claim(tx, now, by, jurisdiction, key, &Claim { request: id, secret })?
    {
        return created_before(tx, jurisdiction, &first);
    }
    let number = insert(tx, jurisdiction, id, secret, report)?;
    let change = Change { now, by, catalog, request: id, expected: None };
    record_intake(tx, &change, report)?;
    attach(tx, &change, report)?;
    let tracking = TrackingToken::new(&number, secret);
    Ok(Created { id, number, tracking, promise: report.promise, requested_at: now, repeated: false })
}

/// A caller or a letter cannot bring a photo along; a page or an app can.
fn check_photo(service: &Service, new: &NewRequest) -> Result<(), RequestError> {
    let can_bring = matches!(new.channel, Channel::Web | Channel::App);
    let has_one = !(new.files.is_empty() && new.media_urls.is_empty());
    if service.photo == Photo::Required && can_bring && !has_one {
        return Err(RequestError::PhotoMissing { code: service.code.clone() });
    }
    Ok(())
}

fn intake(
    catalog: &Catalog,
    service: &Service,
    now: Timestamp,
    new: &NewRequest,
    placed: Option<&Placed<'_>>,
) -> Result<Intake, RequestError> {
    let team = catalog.route(service, placed).map(|routing| routing.team);
    Ok(Intake {
        service: service.id,
        department: team
            .and_then(|team| catalog.team(team))
            .map_or(service.department, |team| team.department),
        team,
        channel: new.channel,
        confidential: new.confidential,
        promise: catalog.promise(service, now)?.map(Promise::from),
        clock: clock(catalog, service, now),
        updated_at: None,
        files: i64::try_from(new.files.len()).expect("at most a handful of files"),
    })
}

/// The clock of the target in force when a request came in.
pub(crate) fn clock(catalog: &Catalog, service: &Service, received_at: Timestamp) -> Option<Clock> {
    let target = catalog.target_at(service, received_at)?;
    target.resolution.map(|allowance| Clock::Runs { from: received_at, allowance })
}

/// Where the place is in the government's own division of its land; nothing when there is no point.
pub(crate) fn placed<'c>(catalog: &'c Catalog, place: &Place) -> Result<Option<Placed<'c>>, RequestError> {
    let placed = place.point.map(|point| catalog.place(point));
    match placed {
        Some(placed) if !placed.inside => Err(RequestError::OutsideJurisdiction),
        placed => Ok(placed),
    }
}

fn media_urls(urls: &[String]) -> Result<Vec<String>, RequestError> {
    let checked = urls.iter().filter_map(|url| text::line("media_url", url).transpose());
    checked.take(MEDIA_URLS_MAX).map(|url| url.and_then(web_address)).collect()
}

fn web_address(url: String) -> Result<String, RequestError> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !url.contains([' ', '"', '<', '>', '\\']) => Ok(url),
        _ => Err(RequestError::NotAWebAddress(url)),
    }
}

/// Inserts the row under the next number that no imported request holds.
fn insert(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: RequestId,
    secret: [u8; 16],
    report: &Report,
) -> Result<String, RequestError> {
    loop {
        let number = number::next(tx, jurisdiction)?;
        let received = Received {
            id,
            number: &number,
            requested_at: report.received_at,
            details: &report.details,
            tracking_hash: Some(TrackingToken::new(&number, secret).hash()),
            import_digest: None,
        };
        if store::insert(tx, jurisdiction, &received, &report.current)? {
            return Ok(number);
        }
    }
}

fn record_intake(tx: &mut Tx<'_>, change: &Change<'_>, report: &Report) -> Result<(), RequestError> {
    let at = Step { seq: 1, at: change.now, author: &change.by.label() };
    store::append(tx, change.jurisdiction(), change.request, &at, &report.received)?;
    let entry = audit::Entry {
        jurisdiction: change.jurisdiction(),
        actor: change.by,
        action: report.received.topic,
        object: format!("request:{}", change.request),
        detail: String::new(),
    };
    Ok(audit::append(tx, change.now, &entry)?)
}

/// What only some reports bring: a contact (who is then told that it arrived) and pictures.
fn attach(tx: &mut Tx<'_>, change: &Change<'_>, report: &Report) -> Result<(), RequestError> {
    if let Some(contact) = &report.contact {
        contact::add(tx, change.jurisdiction(), change.request, contact)?;
        if contact.is_reachable() {
            news::put(tx, change, change.request, 1, "request.received")?;
        }
    }
    files::add_rows(tx, change, &report.files)
}

/// The first result of a create that is sent once more.
fn created_before(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    first: &Claim,
) -> Result<Created, RequestError> {
    let history = store::history(tx, jurisdiction, first.request)?;
    let state = RequestState::fold(&history)?;
    let number: String = tx.query_one(
        "select number from service_request where jurisdiction_id = $1 and id = $2",
        db::params![jurisdiction, first.request],
        |row| row.get(0),
    )?;
    Ok(Created {
        id: first.request,
        tracking: TrackingToken::new(&number, first.secret),
        number,
        promise: state.promise,
        requested_at: state.received_at,
        repeated: true,
    })
}
