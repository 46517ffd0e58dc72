//! One request as a handler sees it: who is served, in which language, on whose behalf.

use std::convert::Infallible;
use std::ops::Deref;
use std::sync::Arc;

use access::sessions::{CsrfToken, SessionToken};
use access::{Actor, JurisdictionId, Permission, SignedIn};
use axum::extract::FromRequestParts;
use catalog::Catalog;
use http::request::Parts;
use jiff::Timestamp;

use crate::app::App;
use crate::refusal::Refusal;
use crate::routes::Route;
use crate::source::Source;
use crate::theme::Theme;
use crate::words::Language;

/// One request, as the gate let it in. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Visit(Arc<Visiting>);

/// What a [`Visit`] holds.
#[derive(Clone)]
pub(crate) struct Visiting {
    pub(crate) app: App,
    pub(crate) catalog: Arc<Catalog>,
    /// What stands before every path of this jurisdiction: empty, or `/j/{id}`.
    pub(crate) base: String,
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    pub(crate) now: Timestamp,
    pub(crate) source: Source,
    pub(crate) staff: Option<SignedIn>,
    /// What the browser of a signed-in person holds, to look again whether the session goes on.
    pub(crate) session: Option<SessionToken>,
    /// The token for the forms of a signed-in person.
    pub(crate) form_token: Option<CsrfToken>,
    /// The path below `base`.
    pub(crate) path: String,
    pub(crate) query: String,
    /// Whether the call only reads.
    pub(crate) is_read: bool,
    pub(crate) route: Option<&'static Route>,
}

impl Visit {
    pub(crate) fn new(visiting: Visiting) -> Self {
        Self(Arc::new(visiting))
    }

    /// The same visit in a session that began in the middle of it.
    pub(crate) fn in_session(&self, token: &SessionToken) -> Self {
        Self::new(Visiting {
            session: Some(token.clone()),
            form_token: Some(token.csrf()),
            ..(*self.0).clone()
        })
    }

    /// The same visit at a later instant.
    pub(crate) fn at(&self, now: Timestamp) -> Self {
        Self::new(Visiting { now, ..(*self.0).clone() })
    }

    /// The same visit with the rights that its person has now.
    pub(crate) fn as_now(&self, staff: SignedIn) -> Self {
        Self::new(Visiting { staff: Some(staff), ..(*self.0).clone() })
    }

    /// The jurisdiction that is served.
    pub(crate) fn jurisdiction(&self) -> &JurisdictionId {
        &self.catalog.jurisdiction.id
    }

    /// Whether the caller may do this here.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.staff
            .as_ref()
            .is_some_and(|staff| staff.roles.iter().any(|role| role.permissions().contains(permission)))
    }

    /// An address within this jurisdiction.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

impl Deref for Visit {
    type Target = Visiting;

    fn deref(&self) -> &Visiting {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        // The router is built from the table only, and each of its routes passes the gate.
        parts.extensions.get::<Visit>().cloned().ok_or(Refusal::NotFound)
    }
}

/// A signed-in member of staff. A handler that takes one cannot be reached by anybody else.
#[derive(Clone)]
pub(crate) struct Staff(pub(crate) SignedIn);

impl Staff {
    /// The person as the operations want them.
    pub(crate) fn actor(&self) -> Actor {
        Actor::Person(self.0.clone())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Staff {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let visit = parts.extensions.get::<Visit>();
        let staff = visit.and_then(|visit| visit.staff.clone());
        staff.map(Staff).ok_or(Refusal::SignInNeeded)
    }
}

/// The query string as pairs, in order; anything is accepted and nothing is echoed.
#[derive(Clone)]
pub(crate) struct Query(pub(crate) Vec<(String, String)>);

impl Query {
    /// The pairs of a query string kept as text.
    pub(crate) fn parse(text: &str) -> Self {
        Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// The first value that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, value)| known == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Query::parse(parts.uri.query().unwrap_or_default()))
    }
}
