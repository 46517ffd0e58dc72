//! The server's methods, one file each: plain functions from parameters to a document.
//!
//! Whoever mounts them routes the path ([`crate::route`]), reads the parameters ([`crate::form`]), finds the
//! [`jurisdiction`] and the [`caller`], and then calls [`get`] inside a read, or for the two POSTs `prepare`
//! outside and `commit` inside a write. Everything comes back as an [`Answer`], a failure by way of
//! [`Refusal::problem`] and [`Problem::answer`](crate::problem::Problem::answer).
//!
//! Checks come in the order format, jurisdiction, key, required parameters, service, answers, place, so that a
//! client is told first what it has to put right first.

mod apply;
mod caller;
pub mod create;
mod definition;
mod discovery;
mod entry;
mod jurisdiction;
mod list;
mod notice;
mod place;
mod refusal;
mod services;
mod single;
mod token;
pub mod updates_in;
mod updates_out;
mod uploads;
mod visibility;

pub use caller::caller;
pub use jurisdiction::jurisdiction;
pub use refusal::Refusal;

use access::Actor;
use catalog::Catalog;
use db::Tx;
use jiff::Timestamp;

use crate::form::Params;
use crate::problem::Problem;
use crate::route::{Format, Resource};
use crate::wire::Document;

/// One call as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What its path names.
    pub resource: Resource,
    /// How it wants to be answered.
    pub format: Format,
    /// Query and body together.
    pub params: Params,
}

/// What the documents must know of the place where they are served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Address of the endpoint without a trailing slash: `https://springfield.example/open311/v2`.
    pub base_url: String,
    /// What the name of a picture is put behind: `https://springfield.example/photos/`.
    pub photos_url: String,
    /// How to get a key, in words or as an address.
    pub key_service: String,
    /// Whether what is reported here is acted upon.
    pub kind: SiteKind,
}

/// What discovery says about an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SiteKind {
    /// Reports are acted upon.
    #[default]
    Production,
    /// For trying out.
    Test,
}

impl SiteKind {
    fn as_str(self) -> &'static str {
        match self {
            SiteKind::Production => "production",
            SiteKind::Test => "test",
        }
    }
}

/// What goes back to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// With the charset.
    pub content_type: &'static str,
    /// Further headers, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The document.
    pub body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(status: u16, format: Format, document: &Document) -> Answer {
        Answer {
            status,
            content_type: format.content_type(),
            headers: Vec::new(),
            body: document.write(format),
        }
    }
}

/// Answers a GET (or, without its body, a HEAD). Needs no more of the store than to read.
///
/// # Errors
/// See [`Refusal`].
pub fn get(
    tx: &mut Tx<'_>,
    catalog: &Catalog,
    now: Timestamp,
    actor: &Actor,
    site: &Site,
    call: &Call,
) -> Result<Answer, Refusal> {
    let document = match &call.resource {
        Resource::Discovery => discovery::answer(catalog, site, call)?,
        Resource::Services => services::answer(catalog, actor, call)?,
        Resource::Service(code) => definition::answer(catalog, actor, call, code)?,
        Resource::Requests => return list::answer(tx, catalog, now, actor, site, call),
        Resource::Request(number) => single::answer(tx, catalog, now, actor, site, call, number)?,
        Resource::Token(token) => token::answer(tx, catalog, token)?,
        Resource::Updates => updates_out::answer(tx, catalog, now, call)?,
    };
    Ok(Answer::new(200, call.format, &document))
}

/// The language that the call asks for, else the jurisdiction's own.
fn language<'a>(call: &'a Call, catalog: &'a Catalog) -> Result<&'a str, Problem> {
    Ok(call.params.text("locale")?.unwrap_or_else(|| catalog.jurisdiction.default_language()))
}

/// Whether the answer may hold more than GeoReport knows; some servers take a list of names for it.
fn extensions(call: &Call) -> Result<bool, Problem> {
    let asked = call.params.text("extensions")?.unwrap_or("false");
    Ok(!["false", "0", "no"].contains(&asked.to_ascii_lowercase().as_str()))
}
