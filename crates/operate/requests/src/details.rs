//! What came in and never changes, in the shape in which it is stored.

use catalog::{Answers, Placed};
use serde::Serialize;

use crate::channel::Channel;
use crate::error::RequestError;
use crate::masking::PublicText;
use crate::place::Place;

/// The columns of a request that say what was reported.
#[derive(Debug)]
pub(crate) struct Details {
    pub(crate) channel: Channel,
    pub(crate) description: Option<PublicText>,
    pub(crate) place: Place,
    /// JSON: kind and code of each district that holds the place.
    pub(crate) districts: Option<String>,
    /// JSON: see [`answers`].
    pub(crate) answers: Option<String>,
    /// JSON: links to pictures that stay elsewhere.
    pub(crate) media_urls: Option<String>,
}

/// Kind and code of each district that holds the place.
pub(crate) fn districts(placed: Option<&Placed<'_>>) -> Result<Option<String>, RequestError> {
    let districts = placed.map_or(&[][..], |placed| &placed.districts);
    json_unless("districts", districts, districts.is_empty())
}

/// The answers with the wording they were asked with.
pub(crate) fn answers(answers: &Answers) -> Result<Option<String>, RequestError> {
    json_unless("answers", answers, answers.is_empty())
}

/// Links to pictures that stay elsewhere.
pub(crate) fn media_urls(urls: &[String]) -> Result<Option<String>, RequestError> {
    json_unless("media_urls", urls, urls.is_empty())
}

fn json_unless<T: Serialize + ?Sized>(
    what: &'static str,
    value: &T,
    nothing: bool,
) -> Result<Option<String>, RequestError> {
    if nothing {
        return Ok(None);
    }
    serde_json::to_string(value).map(Some).map_err(|source| RequestError::Damaged { what, source })
}
