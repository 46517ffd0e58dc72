//! The headers every answer carries, whatever it is.

use axum::response::Response;
use http::HeaderValue;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, VARY, X_CONTENT_TYPE_OPTIONS,
};

/// Everything comes from our own origin; nothing is inline; nobody may frame us.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

/// What is not a page may do nothing at all when somebody opens it in a browser.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

const YEAR_OF_HTTPS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");
const NO_SNIFFING: HeaderValue = HeaderValue::from_static("nosniff");
/// Private links must not travel to other sites. Stricter values would also hide the origin of our
/// own forms, which the check against forged requests needs.
const REFERRER: HeaderValue = HeaderValue::from_static("same-origin");
const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
const SAME_ORIGIN: HeaderValue = HeaderValue::from_static("same-origin");
const SENSORS: HeaderValue =
    HeaderValue::from_static("camera=(self), geolocation=(self), microphone=(), payment=(), usb=()");

/// How long the answer may be kept, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// By nobody: it is signed in, or behind a private link.
    Never,
    /// By anybody who asks again each time; it depends on the language.
    Checked,
    /// The handler has said so itself.
    AsSaid,
}

/// Adds what is missing; a handler that set a stricter value keeps it.
pub(crate) fn harden(response: &mut Response, keeping: Keeping) {
    let is_page =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let headers = response.headers_mut();
    headers.insert(STRICT_TRANSPORT_SECURITY, YEAR_OF_HTTPS);
    headers.insert(X_CONTENT_TYPE_OPTIONS, NO_SNIFFING);
    headers.insert(REFERRER_POLICY, REFERRER);
    let policy = if is_page { PAGE_POLICY } else { DATA_POLICY };
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(policy));
    if is_page {
        headers.insert(OPENER, SAME_ORIGIN);
        headers.insert(RESOURCE, SAME_ORIGIN);
        headers.insert(PERMISSIONS, SENSORS);
    }
    keep(response, keeping);
}

fn keep(response: &mut Response, keeping: Keeping) {
    let headers = response.headers_mut();
    match keeping {
        Keeping::Never => {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        Keeping::Checked => {
            headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
            headers.entry(VARY).or_insert(HeaderValue::from_static("Accept-Language, Cookie"));
        }
        Keeping::AsSaid => {
            headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
        }
    }
}
