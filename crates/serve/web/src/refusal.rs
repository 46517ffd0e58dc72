//! Why a call was not done, and how that is said: as a page, as problem details, or as Open311 does.
//!
//! Handlers return a [`Refusal`]; the gate, which knows the visitor's language, gives it its body. What a
//! refusal says is stable and plain; the cause of a failure goes to the log under the same correlation id.

use std::error::Error as StdError;

use askama::Template;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{ALLOW, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use serde_json::json;

use crate::headers::{Keeping, harden};
use crate::page::Page;
use crate::visit::Visit;
use crate::words::Language;

/// A reason to answer something else than what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is nothing here, or nothing this caller may know of.
    NotFound,
    /// A link to set a password with that was used, replaced or has run out.
    LinkSpent,
    /// The path exists, but not for this method.
    MethodNotAllowed,
    /// Only for signed-in staff.
    SignInNeeded,
    /// Needs a sign-in within the last ten minutes.
    FreshSignInNeeded,
    /// Signed in, and their second factor is to be set up before anything else.
    SecondFactorNeeded,
    /// Signed in, but this is not theirs to do.
    NotAllowed,
    /// The change was not asked for by one of our pages.
    Forged,
    /// The body or query could not be read; the word names the field or the part.
    Unreadable(String),
    /// The body is larger than this route takes.
    TooLarge {
        /// The limit.
        max_bytes: usize,
    },
    /// The body did not arrive in time, or the answer was not ready in time.
    TooSlow,
    /// Somebody else changed the same thing first.
    Changed,
    /// The state of things does not allow this (any more).
    NotNow,
    /// This source calls too often.
    TooMany {
        /// Seconds until it may call again.
        retry_s: u64,
    },
    /// The server is full, the store is away: worth trying again.
    Unavailable,
    /// The question would take longer than anybody waits for it.
    TooMuch,
    /// The disk is nearly full, and what is left is for what residents write.
    NoRoom,
    /// Our fault.
    Broken {
        /// Finds the cause in the log.
        correlation: String,
    },
}

const RETRY_WHEN_UNAVAILABLE_S: u64 = 5;
/// Somebody has to make room first.
const RETRY_WHEN_FULL_S: u64 = 600;

impl Refusal {
    /// The status of each refusal, to be checked at a glance.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Refusal::NotFound | Refusal::LinkSpent => StatusCode::NOT_FOUND,
            Refusal::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::SignInNeeded | Refusal::FreshSignInNeeded => StatusCode::UNAUTHORIZED,
            Refusal::NotAllowed | Refusal::SecondFactorNeeded | Refusal::Forged => StatusCode::FORBIDDEN,
            Refusal::Unreadable(_) => StatusCode::BAD_REQUEST,
            Refusal::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Refusal::Changed | Refusal::NotNow => StatusCode::CONFLICT,
            Refusal::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Unavailable | Refusal::TooMuch | Refusal::NoRoom => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code of each refusal; also the key of its words.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Refusal::NotFound => "not-found",
            Refusal::LinkSpent => "link-spent",
            Refusal::MethodNotAllowed => "method-not-allowed",
            Refusal::SignInNeeded => "sign-in-needed",
            Refusal::FreshSignInNeeded => "fresh-sign-in-needed",
            Refusal::SecondFactorNeeded => "second-factor-needed",
            Refusal::NotAllowed => "not-allowed",
            Refusal::Forged => "forged",
            Refusal::Unreadable(_) => "unreadable",
            Refusal::TooLarge { .. } => "too-large",
            Refusal::TooSlow => "too-slow",
            Refusal::Changed => "changed",
            Refusal::NotNow => "not-now",
            Refusal::TooMany { .. } => "too-many",
            Refusal::Unavailable => "unavailable",
            Refusal::TooMuch => "too-much",
            Refusal::NoRoom => "no-room",
            Refusal::Broken { .. } => "broken",
        }
    }

    /// Every code.
    #[cfg(test)]
    const CODES: [&'static str; 18] = [
        "not-found",
        "link-spent",
        "method-not-allowed",
        "sign-in-needed",
        "fresh-sign-in-needed",
        "second-factor-needed",
        "not-allowed",
        "forged",
        "unreadable",
        "too-large",
        "too-slow",
        "changed",
        "not-now",
        "too-many",
        "unavailable",
        "too-much",
        "no-room",
        "broken",
    ];

    /// The failure of something inside, logged once with all its causes.
    pub(crate) fn broken(visit_app: &crate::app::App, error: &dyn StdError) -> Refusal {
        let correlation = visit_app.correlation_id();
        tracing::error!(correlation, cause = %chain(error), "a request failed");
        Refusal::Broken { correlation }
    }

    /// A failure of the store: worth trying again when it is only busy or away.
    pub(crate) fn store(app: &crate::app::App, error: &db::Error) -> Refusal {
        let Some(refusal) = Refusal::of_the_moment(error) else {
            return Refusal::broken(app, error);
        };
        tracing::warn!(cause = %chain(error), "the store did not answer");
        refusal
    }

    /// What another question, or the same one a little later, may get an answer to.
    fn of_the_moment(error: &db::Error) -> Option<Refusal> {
        if error.is_out_of_time() {
            return Some(Refusal::TooMuch);
        }
        (error.is_passing() || error.is_full()).then_some(Refusal::Unavailable)
    }

    /// A failure of people, sessions or keys that no form can mend.
    pub(crate) fn access(app: &crate::app::App, error: &access::AccessError) -> Refusal {
        match error {
            access::AccessError::NotAllowed { .. } => Refusal::NotAllowed,
            access::AccessError::SignInTooOld => Refusal::FreshSignInNeeded,
            access::AccessError::NoSecondFactor => Refusal::NotNow,
            access::AccessError::UnknownPerson(_) | access::AccessError::UnknownKey(_) => Refusal::NotFound,
            access::AccessError::Store(error) => Refusal::store(app, error),
            other => Refusal::broken(app, other),
        }
    }

    /// The town's map could not be read.
    pub(crate) fn map(app: &crate::app::App, error: &places::PlacesError) -> Refusal {
        match error {
            places::PlacesError::Store(error) => Refusal::store(app, error),
            other => Refusal::broken(app, other),
        }
    }

    /// A failure around a request that no form can mend.
    pub(crate) fn request(app: &crate::app::App, error: &requests::RequestError) -> Refusal {
        use requests::RequestError;
        use requests::files::FileError;
        match error {
            RequestError::Unknown(_) | RequestError::File(FileError::Unknown) => Refusal::NotFound,
            RequestError::NotAllowed(_) => Refusal::NotAllowed,
            RequestError::Stale { .. } => Refusal::Changed,
            RequestError::Refused(_) => Refusal::NotNow,
            RequestError::Store(error) => Refusal::store(app, error),
            other => Refusal::broken(app, other),
        }
    }

    /// A failure around the catalog that no form can mend.
    pub(crate) fn catalog(app: &crate::app::App, error: &catalog::CatalogError) -> Refusal {
        use catalog::CatalogError;
        match error {
            CatalogError::UnknownJurisdiction(_) | CatalogError::UnknownService(_) => Refusal::NotFound,
            CatalogError::Unknown { .. } => Refusal::NotFound,
            CatalogError::Access(error) => Refusal::access(app, error),
            CatalogError::Store(error) => Refusal::store(app, error),
            other => Refusal::broken(app, other),
        }
    }

    fn retry_s(&self) -> Option<u64> {
        match self {
            Refusal::TooMany { retry_s } => Some(*retry_s),
            Refusal::Unavailable => Some(RETRY_WHEN_UNAVAILABLE_S),
            Refusal::NoRoom => Some(RETRY_WHEN_FULL_S),
            _ => None,
        }
    }

    /// The whole answer for a visitor.
    pub(crate) fn answer(&self, visit: &Visit) -> Response {
        let body = if let Some(body) = self.for_machines(&visit.path, visit.language) {
            body
        } else if *self == Refusal::SignInNeeded || *self == Refusal::FreshSignInNeeded {
            return sign_in_first(visit, self);
        } else if *self == Refusal::SecondFactorNeeded {
            return crate::page::go_to(visit, crate::desk::second_factor::PATH);
        } else {
            let page = RefusalPage { page: Page::new(visit), refusal: self };
            html(&page)
        };
        self.finished(body)
    }

    /// The whole answer when nobody knows whose visitor it is.
    pub(crate) fn answer_without_visit(&self, path: &str) -> Response {
        let language = Language::English;
        let body = self.for_machines(path, language);
        let body = body.unwrap_or_else(|| html(&BarePage { language, refusal: self }));
        let mut response = self.finished(body);
        harden(&mut response, Keeping::Never);
        response
    }

    fn for_machines(&self, path: &str, language: Language) -> Option<Response> {
        if path.starts_with("/open311/") {
            return Some(crate::api::refusal(self, path));
        }
        path.starts_with("/api/").then(|| self.problem_details(language))
    }

    /// RFC 9457.
    fn problem_details(&self, language: Language) -> Response {
        let mut body = json!({
            "type": format!("urn:townline:problem:{}", self.code()),
            "title": self.title(language),
            "status": self.status().as_u16(),
            "detail": self.advice(language),
        });
        if let Refusal::Broken { correlation } = self {
            body["correlation_id"] = json!(correlation);
        }
        if let Refusal::Unreadable(field) = self {
            body["field"] = json!(field);
        }
        ([(CONTENT_TYPE, "application/problem+json; charset=utf-8")], body.to_string()).into_response()
    }

    fn title(&self, language: Language) -> String {
        language.say(&format!("refusal-{}-title", self.code())).into_owned()
    }

    fn advice(&self, language: Language) -> String {
        language.say(&format!("refusal-{}-advice", self.code())).into_owned()
    }

    fn correlation(&self) -> Option<&str> {
        match self {
            Refusal::Broken { correlation } => Some(correlation),
            _ => None,
        }
    }

    fn finished(&self, mut response: Response) -> Response {
        *response.status_mut() = self.status();
        if let Some(retry_s) = self.retry_s() {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_s));
        }
        response
    }
}

/// A marked empty answer; the gate fills it in.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        response.extensions_mut().insert(self);
        response
    }
}

/// Where to go back to after signing in: only a page that was asked for by reading it.
fn sign_in_first(visit: &Visit, refusal: &Refusal) -> Response {
    let query = if visit.query.is_empty() { String::new() } else { format!("?{}", visit.query) };
    // A form cannot be sent again by going back to its address; its page can be read again.
    let path = if visit.is_read { visit.path.as_str() } else { page_of(&visit.path) };
    let return_to = format!("{}{path}{query}", visit.base);
    let return_to: String = form_urlencoded::byte_serialize(return_to.as_bytes()).collect();
    let why = if *refusal == Refusal::FreshSignInNeeded { "&again=1" } else { "" };
    let place = visit.url(&format!("/sign-in?return={return_to}{why}"));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(LOCATION, place);
    }
    response
}

/// The page whose form is sent to this address.
fn page_of(path: &str) -> &str {
    let is_page = |path: &str| crate::routes::methods_of(path).contains("GET");
    let parents = std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(parent, _)| parent));
    parents.into_iter().find(|path| is_page(path)).unwrap_or("/")
}

/// Says which methods a path does answer.
pub(crate) fn allow(response: &mut Response, methods: &str) {
    if let Ok(value) = HeaderValue::from_str(methods) {
        response.headers_mut().insert(ALLOW, value);
    }
}

#[derive(Template)]
#[template(path = "page/refusal.html")]
struct RefusalPage<'a> {
    page: Page,
    refusal: &'a Refusal,
}

impl RefusalPage<'_> {
    fn title(&self) -> String {
        self.refusal.title(self.page.language())
    }

    fn advice(&self) -> String {
        self.refusal.advice(self.page.language())
    }
}

#[derive(Template)]
#[template(path = "page/bare.html")]
struct BarePage<'a> {
    language: Language,
    refusal: &'a Refusal,
}

impl BarePage<'_> {
    fn title(&self) -> String {
        self.refusal.title(self.language)
    }

    fn advice(&self) -> String {
        self.refusal.advice(self.language)
    }

    fn style(&self) -> std::borrow::Cow<'static, str> {
        crate::assets::name("townline.css")
    }
}

fn html(page: &impl Template) -> Response {
    // Rendering into a string fails only when a value's own formatting does, and ours do not.
    let text = page.render().unwrap_or_default();
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}

/// An error and everything beneath it, on one line.
pub(crate) fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_in_each_language_what_happened_and_what_to_do() {
        for language in Language::ALL {
            for code in Refusal::CODES {
                for part in ["title", "advice"] {
                    assert!(
                        language.knows(&format!("refusal-{code}-{part}")),
                        "{} {code} {part}",
                        language.tag()
                    );
                }
            }
        }
    }

    #[test]
    fn ovl_09_a_question_that_was_cut_off_is_answered_with_advice() {
        const ENDLESS: &str = "
            with recursive n(i) as (select cast(1 as bigint) union all select i + 1 from n where i < 2000000000)
            select count(*) from n";
        testkit::on_both(&[], |db| {
            let limited = db.limited(std::time::Duration::from_millis(20));
            let cut_off = limited.read_now(|tx| tx.query_one(ENDLESS, &[], |row| row.get::<i64>(0)));
            let refusal = Refusal::of_the_moment(&cut_off.unwrap_err()).unwrap();
            assert_eq!((refusal.status().as_u16(), refusal.code()), (503, "too-much"));
        });
    }

    #[test]
    fn a_chain_of_errors_is_logged_on_one_line_with_every_cause() {
        let cause = std::io::Error::other("the disk is gone");
        let error = requests::files::FileError::Store(cause);
        assert_eq!(chain(&error), "the file store failed: the disk is gone");
    }
}
