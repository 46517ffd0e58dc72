//! `GET /map/style/{light|dark|contrast|print}.json`: how our tiles are drawn, for our own pages and any map program.
//!
//! One drawing in several colours: the layers name their colours, and each palette says what they are. Names on the map
//! are drawn with the fonts of whoever looks, so no font is fetched from anywhere.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::{Map, Value};

use crate::refusal::Refusal;
use crate::visit::Visit;

const STYLE: &str = include_str!("style.json");
const PALETTES: &str = include_str!("palettes.json");

/// `GET /map/style/{name}`
pub(crate) async fn show(visit: Visit, Path(name): Path<String>) -> Result<Response, Refusal> {
    let style = name.strip_suffix(".json").and_then(|palette| drawn(palette, &visit.base));
    let style = style.ok_or(Refusal::NotFound)?;
    let headers = [(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "public, max-age=600")];
    Ok((headers, style.to_string()).into_response())
}

/// The style in the colours of a palette; `None` when there is no such palette.
fn drawn(palette: &str, base: &str) -> Option<Value> {
    let mut palettes: Map<String, Value> = serde_json::from_str(PALETTES).expect("a test reads the palettes");
    let Value::Object(mut words) = palettes.remove(palette)? else { return None };
    words.insert("tiles".to_owned(), format!("{base}/tiles/{{z}}/{{x}}/{{y}}.mvt").into());
    words.insert("requests".to_owned(), format!("{base}/tiles/requests/{{z}}/{{x}}/{{y}}.mvt").into());
    let mut style: Value = serde_json::from_str(STYLE).expect("a test reads the style");
    fill(&mut style, &words);
    Some(style)
}

/// Puts in for every `@name` what the palette says.
fn fill(value: &mut Value, words: &Map<String, Value>) {
    match value {
        Value::String(text) => {
            if let Some(word) = text.strip_prefix('@').and_then(|name| words.get(name)) {
                *value = word.clone();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, words)),
        Value::Object(members) => members.values_mut().for_each(|member| fill(member, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_palette_has_every_colour_of_the_style() {
        for palette in ["light", "dark", "contrast", "print"] {
            let style = drawn(palette, "/j/elmwood.example").expect(palette).to_string();
            assert!(!style.contains("\"@"), "{palette}: {style}");
            assert!(style.contains("/j/elmwood.example/tiles/{z}/{x}/{y}.mvt"));
        }
        assert!(drawn("sepia", "").is_none());
    }
}
