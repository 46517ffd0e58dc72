//! The script that a browser runs beside our pages, so that [one of them](super::report::offline) opens without a
//! connection.
//!
//! It keeps that page in each language, as a stranger sees it, and the files the page loads; nothing that anybody has
//! asked for, typed or been shown (PRIV-12). Before the script stands what it is to keep, so that a change of the
//! catalog or of a file makes it another script, and browsers keep the new ones.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::assets;
use crate::form::query_string;
use crate::refusal::Refusal;
use crate::visit::Visit;
use crate::words::Language;

const SCRIPT: &str = "offline-worker.js";

/// Everything the page loads.
const FILES: [&str; 10] = [
    "townline.css",
    "icon.svg",
    "icons.svg",
    "portal.js",
    "offline-report.js",
    "device-reports.js",
    "public-sans-latin-400-normal.woff2",
    "public-sans-latin-700-normal.woff2",
    "public-sans-latin-ext-400-normal.woff2",
    "public-sans-latin-ext-700-normal.woff2",
];

/// `GET /worker.js`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let script = assets::text(SCRIPT).ok_or(Refusal::NotFound)?;
    let text = format!("const KEPT = {};\n{script}", kept(&visit));
    let head = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
        (CONTENT_SECURITY_POLICY, assets::SCRIPT_POLICY),
    ];
    Ok((head, text).into_response())
}

/// What is to be kept, under a name that changes with it.
fn kept(visit: &Visit) -> serde_json::Value {
    let page = |language: Language| {
        let query = query_string([("lang", language.tag())]);
        (language.tag(), visit.url(&format!("/report/offline{query}")))
    };
    let pages: serde_json::Map<_, _> =
        Language::ALL.into_iter().map(page).map(|(tag, url)| (tag.to_owned(), url.into())).collect();
    let files = FILES.map(|file| visit.url(&format!("/assets/{}", assets::name(file))));
    let program = env!("CARGO_PKG_VERSION");
    let state = format!("{program}\n{}\n{}", files.join("\n"), visit.catalog.version());
    let name = data_encoding::HEXLOWER.encode(&Sha256::digest(state)[..8]);
    json!({ "base": visit.base, "name": name, "pages": pages, "files": files })
}
