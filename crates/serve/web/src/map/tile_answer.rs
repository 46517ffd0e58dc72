//! Which tile was asked for, and how it is answered.

use std::io::Write;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};
use tiles::TileId;

use crate::refusal::Refusal;

const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/vnd.mapbox-vector-tile");

/// The tile in a path of zoom, column and `row.mvt`.
pub(crate) fn tile_id(z: &str, x: &str, name: &str) -> Result<TileId, Refusal> {
    let row = name.strip_suffix(".mvt").ok_or(Refusal::NotFound)?;
    let read = || TileId::new(z.parse().ok()?, x.parse().ok()?, row.parse().ok()?);
    read().ok_or(Refusal::NotFound)
}

/// A tile as it is kept and sent: packed, with the name of its content.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    plain: Bytes,
    packed: Bytes,
    etag: HeaderValue,
}

impl Packed {
    /// Packs the bytes of a tile.
    pub(crate) fn new(plain: Vec<u8>) -> Packed {
        let etag = format!("\"{}\"", HEXLOWER.encode(&Sha256::digest(&plain)[..12]));
        Packed {
            packed: packed(&plain).into(),
            plain: plain.into(),
            etag: HeaderValue::from_str(&etag).expect("figures and letters in quotes"),
        }
    }

    /// Bytes of memory.
    pub(crate) fn len(&self) -> usize {
        self.plain.len() + self.packed.len()
    }

    /// The answer: the tile, or that the caller has it already.
    pub(crate) fn answer(&self, asked: &HeaderMap, keep: &'static str) -> Response {
        let has_it = asked.get(IF_NONE_MATCH).is_some_and(|known| lists(known, &self.etag));
        let takes_packed =
            asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_packed = takes_packed.contains("gzip");
        let mut response = if has_it {
            StatusCode::NOT_MODIFIED.into_response()
        } else if is_packed {
            self.packed.clone().into_response()
        } else {
            self.plain.clone().into_response()
        };
        let headers = response.headers_mut();
        headers.insert(ETAG, self.etag.clone());
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        if !has_it {
            headers.insert(CONTENT_TYPE, MEDIA_TYPE);
        }
        if is_packed && !has_it {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}

/// Whether a list of names holds this one; a proxy may have marked it as weak.
fn lists(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else { return false };
    known.split(',').map(|name| name.trim().trim_start_matches("W/")).any(|name| name == etag || name == "*")
}

fn packed(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(plain).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}
