//! Proof that a change was asked for by one of our own pages.
//!
//! Two checks stand one behind the other. Browsers say where a request comes from (`Sec-Fetch-Site`,
//! `Origin`), and that is checked here for every unsafe route that a browser may call. Forms of
//! signed-in people also carry a token made from their session, which [`crate::form::Posted`] compares, so that
//! a browser that says nothing is refused too.

use http::HeaderMap;
use http::header::{HOST, ORIGIN};

/// Whether the browser's own words allow a change.
pub(crate) fn comes_from_us(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(http::HeaderValue::as_bytes);
    if site.is_some_and(|site| site != b"same-origin" && site != b"none") {
        return false;
    }
    // No origin: not a browser of today. The form token decides for those who are signed in.
    headers.get(ORIGIN).is_none_or(|origin| is_ours(origin.as_bytes(), headers))
}

fn is_ours(origin: &[u8], headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST).map(http::HeaderValue::as_bytes) else {
        return false;
    };
    let place = origin.strip_prefix(b"https://").or_else(|| origin.strip_prefix(b"http://"));
    place.is_some_and(|place| place.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn check(headers: &[(&'static str, &'static str)], expected: bool) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        assert_eq!(comes_from_us(&map), expected, "{headers:?}");
    }

    #[test]
    fn sess_06_only_our_own_pages_may_ask_for_changes() {
        check(&[("host", "town.example"), ("origin", "https://town.example")], true);
        check(&[("host", "town.example:81"), ("origin", "http://TOWN.example:81")], true);
        check(&[("host", "town.example"), ("sec-fetch-site", "same-origin")], true);
        check(&[("host", "town.example"), ("sec-fetch-site", "none")], true);
        check(&[("host", "town.example")], true);
        check(&[("host", "town.example"), ("origin", "https://evil.example")], false);
        check(&[("host", "town.example"), ("origin", "null")], false);
        check(&[("host", "town.example"), ("origin", "https://town.example.evil.example")], false);
        check(&[("host", "town.example"), ("sec-fetch-site", "cross-site")], false);
        check(&[("host", "town.example"), ("sec-fetch-site", "same-site")], false);
        check(&[("origin", "https://town.example")], false);
    }
}
