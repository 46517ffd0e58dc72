//! The files a page loads: embedded in the executable and named by their content.
//!
//! A name never changes its bytes, so browsers may keep them for a year.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("../../../../ui/townline.css");
const ICON: &str = include_str!("../../../../ui/icon.svg");

/// One embedded file.
struct Asset {
    name: String,
    kind: &'static str,
    bytes: &'static str,
}

impl Asset {
    fn new(stem: &str, ending: &str, kind: &'static str, bytes: &'static str) -> Self {
        let digest = HEXLOWER.encode(&Sha256::digest(bytes.as_bytes())[..8]);
        Self { name: format!("{stem}-{digest}.{ending}"), kind, bytes }
    }
}

static ASSETS: LazyLock<[Asset; 2]> = LazyLock::new(|| {
    [
        Asset::new("townline", "css", "text/css; charset=utf-8", STYLE),
        Asset::new("icon", "svg", "image/svg+xml; charset=utf-8", ICON),
    ]
});

/// The file name of the stylesheet, with the hash of its content.
pub(crate) fn style_name() -> &'static str {
    &ASSETS[0].name
}

/// The file name of the icon.
pub(crate) fn icon_name() -> &'static str {
    &ASSETS[1].name
}

/// `GET /assets/{name}`
pub(crate) async fn show(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => {
            let forever = (CACHE_CONTROL, "public, max-age=31536000, immutable");
            ([(CONTENT_TYPE, asset.kind), forever], asset.bytes).into_response()
        }
        None => (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "text/plain; charset=utf-8")], "").into_response(),
    }
}
