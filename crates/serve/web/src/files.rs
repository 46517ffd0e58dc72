//! Sending a photo to somebody who was found to be allowed to see it.

use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use requests::files::{FileError, MediaType};
use requests::{FileName, RequestError};

use crate::app::App;
use crate::refusal::Refusal;

/// Sends the file whose type is what the check for this viewer answered (UPL-05).
pub(crate) async fn send(
    app: &App,
    kind: Result<MediaType, RequestError>,
    name: FileName,
) -> Result<Response, Refusal> {
    let kind = kind.map_err(|error| Refusal::request(app, &error))?;
    let files = app.files.clone();
    let read = tokio::task::spawn_blocking(move || files.get(name)).await;
    let bytes = match read.map_err(|error| Refusal::broken(app, &error))? {
        Ok(bytes) => bytes,
        Err(FileError::Unknown) => return Err(Refusal::NotFound),
        Err(error) => return Err(Refusal::broken(app, &error)),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind.as_str()));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    // Whether it may be seen can change at any time, so it is asked for again each time.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}
