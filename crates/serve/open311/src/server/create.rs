//! `POST requests`, in two steps, because it is the busiest call of all.
//!
//! [`prepare`] and [`PreparedRequest::check`] read and check everything against the catalog in memory and may run on
//! any thread at once; what is then left for the single writer is `requests::create`. Between the two, pictures are
//! cleaned and put on stable storage ([`PreparedRequest::keep_photos`]).

use access::{Actor, Permission};
use catalog::{Answers, Catalog, Service, ServiceKind, Stopper};
use jiff::Timestamp;
use requests::files::{FileName, FileStore};
use requests::{Channel, Contact, Created, IdempotencyKey, NewRequest, Place, Report};

use super::caller::require_key;
use super::place::point;
use super::refusal::Refusal;
use super::{Answer, Call, language, notice, uploads, visibility};
use crate::form::decode::one_line;
use crate::form::{Params, Upload};
use crate::problem::Problem;
use crate::route::Format;
use crate::wire::{Document, Receipt};

/// The specification's limit for descriptions, in characters.
const DESCRIPTION_CHARS_MAX: usize = 4_000;
const MEDIA_URLS_MAX: usize = 10;
/// mySociety's clients say with this that the reporter could not point at a place.
const NOT_PINPOINTED: &str = "#NOTPINPOINTED#";

/// A new request in which everything is checked that can be checked without the store.
#[derive(Debug)]
pub struct PreparedRequest {
    new: NewRequest,
    uploads: Vec<Upload>,
    format: Format,
    kind: ServiceKind,
    service_notice: Option<String>,
    account_id: Option<String>,
}

/// Reads and checks a new request, in the order: key, service, answers, place, the rest.
///
/// `idempotency_key` is the header of that name; mySociety's clients, which have none, send their own id as an
/// attribute, and sending that twice makes one request as well.
///
/// # Errors
/// What is wrong, with one entry for each attribute.
pub fn prepare(
    catalog: &Catalog,
    now: Timestamp,
    actor: &Actor,
    call: Call,
    idempotency_key: Option<&str>,
) -> Result<PreparedRequest, Problem> {
    let params = &call.params;
    require_key(params, actor, &catalog.jurisdiction.id, Permission::CreateRequest)?;
    let service = service(catalog, actor, params)?;
    let answers = answers(catalog, service, params)?;
    let language = language(&call, catalog)?;
    refuse_stopped(service, &answers, language)?;
    let new = NewRequest {
        service: service.id,
        place: place(params)?,
        description: description(params)?,
        contact: contact(params)?,
        channel: Channel::App,
        media_urls: media_urls(params)?,
        files: Vec::new(),
        confidential: false,
        idempotency: idempotency(params, &answers, idempotency_key)?,
        answers,
    };
    uploads::check(params.files())?;
    Ok(PreparedRequest {
        new,
        format: call.format,
        kind: service.kind,
        service_notice: notice::text(catalog, now, service, language),
        account_id: line(params, "account_id")?,
        uploads: call.params.into_files(),
    })
}

impl PreparedRequest {
    /// Whether [`PreparedRequest::keep_photos`] has something to do.
    pub fn has_photos(&self) -> bool {
        !self.uploads.is_empty()
    }

    /// Cleans the uploaded pictures and puts them into the store. Takes computing and disk time: run it where
    /// that may take a while. Without pictures it does nothing.
    ///
    /// # Errors
    /// 400 or 413 for a file that cannot be taken: then the whole request is refused and nothing half done.
    pub fn keep_photos(
        mut self,
        store: &FileStore,
        next_name: impl FnMut() -> FileName,
    ) -> Result<PreparedRequest, Refusal> {
        self.new.files = uploads::keep(&std::mem::take(&mut self.uploads), store, next_name)?;
        Ok(self)
    }

    /// Settles what is to be stored, and what the client is told of it afterwards.
    ///
    /// # Errors
    /// What is wrong with the request.
    pub fn check(self, catalog: &Catalog, now: Timestamp) -> Result<(Report, Reply), Refusal> {
        let Self { new, format, kind, service_notice, account_id, .. } = self;
        Ok((new.check(catalog, now)?, Reply { format, kind, service_notice, account_id }))
    }
}

/// What a client gets for a stored request: an id, a token or neither, by the kind of service.
#[derive(Debug)]
pub struct Reply {
    format: Format,
    kind: ServiceKind,
    service_notice: Option<String>,
    account_id: Option<String>,
}

impl Reply {
    /// The answer, once the request is stored.
    pub fn to(self, created: Created) -> Answer {
        let receipt = Receipt {
            service_request_id: (self.kind == ServiceKind::Realtime).then_some(created.number),
            token: (self.kind == ServiceKind::Batch).then(|| created.tracking.to_string()),
            service_notice: self.service_notice,
            account_id: self.account_id,
        };
        Answer::new(200, self.format, &Document::Receipt(receipt))
    }
}

fn service<'c>(catalog: &'c Catalog, actor: &Actor, params: &Params) -> Result<&'c Service, Problem> {
    let code = params.text("service_code")?.ok_or_else(|| Problem::missing("service_code"))?;
    let service = visibility::service(catalog, actor, code)?;
    // A key that sees services of the past still cannot ask for them.
    if service.active { Ok(service) } else { Err(Problem::unknown("service_code", code)) }
}

fn answers(catalog: &Catalog, service: &Service, params: &Params) -> Result<Answers, Problem> {
    service.check_answers(&params.attributes(), &catalog.jurisdiction.zone).map_err(|problems| {
        let said = problems.iter().map(ToString::to_string).collect();
        Problem::all_bad(said).unwrap_or_else(|| Problem::bad("attribute", "not acceptable"))
    })
}

/// Whom to ask instead, where the service or a chosen answer says so.
fn refuse_stopped(service: &Service, answers: &Answers, language: &str) -> Result<(), Problem> {
    let advice = match service.stopper_for(answers) {
        None => return Ok(()),
        Some(Stopper::Emergency { number, advice }) => {
            format!("not taken here; call {number}. {}", advice.in_language(language))
        }
        Some(Stopper::NotOurs { whom, url, phone, advice }) => {
            let reach =
                [url.as_deref(), phone.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
            format!(
                "not taken here; ask {} {reach}. {}",
                whom.in_language(language),
                advice.in_language(language)
            )
        }
    };
    Err(Problem::bad("service_code", advice.trim()))
}

/// A point, an address, an address id, or several of them: then the point is the position.
fn place(params: &Params) -> Result<Place, Problem> {
    let point = point(params)?;
    let address = line(params, "address_string")?;
    let elsewhere = point.is_some() || address.is_some();
    let address_id = line(params, "address_id")?.filter(|id| !(elsewhere && id == NOT_PINPOINTED));
    if !elsewhere && address_id.is_none() {
        return Err(Problem::missing("lat and long, address_string or address_id"));
    }
    Ok(Place { point, address, address_id, zip: line(params, "zipcode")?, words: None })
}

fn description(params: &Params) -> Result<String, Problem> {
    let text = params.text("description")?.unwrap_or_default();
    if text.len() > DESCRIPTION_CHARS_MAX && text.chars().count() > DESCRIPTION_CHARS_MAX {
        return Err(Problem::bad("description", &format!("longer than {DESCRIPTION_CHARS_MAX} characters")));
    }
    Ok(text.to_owned())
}

fn contact(params: &Params) -> Result<Option<Contact>, Problem> {
    // mySociety's clients write a hyphen for a last name they do not know.
    let names = [line(params, "first_name")?, line(params, "last_name")?.filter(|name| name != "-")];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let contact = Contact {
        name: (!name.is_empty()).then_some(name),
        email: line(params, "email")?,
        phone: line(params, "phone")?,
        language: line(params, "locale")?,
    };
    let told = contact.name.is_some() || contact.email.is_some() || contact.phone.is_some();
    Ok(told.then_some(contact))
}

/// Links are kept as links and never fetched. Uploads take their place.
fn media_urls(params: &Params) -> Result<Vec<String>, Problem> {
    if !params.files().is_empty() {
        return Ok(Vec::new());
    }
    let urls: Vec<String> = params.every("media_url").map(|url| one_line(url).into_owned()).collect();
    if urls.len() > MEDIA_URLS_MAX {
        return Err(Problem::bad("media_url", &format!("more than {MEDIA_URLS_MAX} links")));
    }
    match urls.iter().find(|url| !is_web_address(url)) {
        Some(url) => Err(Problem::bad(
            "media_url",
            &format!("not an http or https link: {}", crate::problem::shortened(url)),
        )),
        None => Ok(urls),
    }
}

pub(super) fn is_web_address(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    rest.is_some() && url.len() > "https://".len() && !url.contains(char::is_whitespace)
}

fn idempotency(
    params: &Params,
    answers: &Answers,
    header: Option<&str>,
) -> Result<Option<IdempotencyKey>, Problem> {
    let key = match (header, senders_id(answers)) {
        (Some(header), _) => IdempotencyKey::new(header, &params.fingerprint()),
        // The same id with a corrected text is still the same report.
        (None, Some(id)) => IdempotencyKey::new(&format!("fixmystreet_id:{id}"), b""),
        (None, None) => return Ok(None),
    };
    key.map(Some).map_err(|error| Problem::bad("Idempotency-Key", &error.to_string()))
}

/// mySociety's own id of the report, whether we asked for it or not.
fn senders_id(answers: &Answers) -> Option<&str> {
    const CODE: &str = "fixmystreet_id";
    let asked = answers.to(CODE).and_then(|answer| answer.keys().next());
    let extra = answers.extra.iter().find(|extra| extra.code == CODE);
    let id = asked.or_else(|| extra.and_then(|extra| extra.values.first()).map(String::as_str))?;
    (id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(id)
}

fn line(params: &Params, name: &str) -> Result<Option<String>, Problem> {
    let line = params.text(name)?.map(|text| one_line(text).into_owned());
    Ok(line.filter(|text| !text.is_empty()))
}
