//! The files a page loads: made by `make ui`, embedded in the executable, named by their content.
//!
//! A name never changes its bytes, so browsers may keep them for a year.

use std::borrow::Cow;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};

/// One embedded file.
struct Asset {
    /// The name it is served under: `townline-0123456789abcdef.css`.
    name: &'static str,
    bytes: &'static [u8],
    /// The same, packed with gzip.
    packed: Option<&'static [u8]>,
}

static ASSETS: &[Asset] = &include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const PLAIN: &str = "text/plain; charset=utf-8";

/// The name a file of ours is served under today: `townline.css` gives `townline-0123456789abcdef.css`.
///
/// A file that does not exist keeps its name, and the page is shown without it; a test walks every name that is
/// asked for.
pub(crate) fn name(file: &str) -> Cow<'static, str> {
    let named = |asset: &&Asset| {
        let parts = asset.name.rsplit_once('-').zip(asset.name.rsplit_once('.'));
        parts.is_some_and(|((stem, _), (_, ending))| {
            file.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.')) == Some(ending)
        })
    };
    ASSETS.iter().find(named).map_or_else(|| Cow::Owned(file.to_owned()), |asset| Cow::Borrowed(asset.name))
}

/// The text of a file of ours, by the name it has in the sources.
pub(crate) fn text(file: &str) -> Option<&'static str> {
    let name = name(file);
    let asset = ASSETS.iter().find(|asset| asset.name == name)?;
    str::from_utf8(asset.bytes).ok()
}

/// A script that runs beside a page, as the one that reads the tiles of a map does, is bound by the policy it came
/// with: it may ask us, and nobody else.
pub(crate) const SCRIPT_POLICY: &str = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/// The media type of a file, by the end of its name.
fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "woff2" => "font/woff2",
        "json" => "application/json; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// `GET /assets/{name}`
pub(crate) async fn show(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return (StatusCode::NOT_FOUND, [(CONTENT_TYPE, PLAIN)], "").into_response();
    };
    let accepts = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let packed = asset.packed.filter(|_| accepts.contains("gzip"));
    let mut response = packed.unwrap_or(asset.bytes).into_response();
    let said = response.headers_mut();
    said.insert(CONTENT_TYPE, HeaderValue::from_static(kind(asset.name)));
    said.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    said.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if asset.name.ends_with(".js") {
        said.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(SCRIPT_POLICY));
    }
    if packed.is_some() {
        said.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_the_name_it_has_in_the_sources() {
        for file in ["townline.css", "icon.svg", "icons.svg", "search.js"] {
            let served = name(file);
            let (stem, ending) = file.split_once('.').expect("an ending");
            assert!(served.starts_with(&format!("{stem}-")) && served.ends_with(ending), "{served}");
        }
        assert_eq!(name("townline.js"), "townline.js");
    }
}
