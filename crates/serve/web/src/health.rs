//! What machines ask about the program itself.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;

use crate::app::App;
use crate::disk::DiskRoom;
use crate::refusal::{Refusal, chain};

const PLAIN: [(http::HeaderName, &str); 1] = [(CONTENT_TYPE, "text/plain; charset=utf-8")];

/// `GET /healthz`: the process runs. Asks nobody else.
pub(crate) async fn alive() -> Response {
    (PLAIN, "ok\n").into_response()
}

/// `GET /readyz`: the store answers, so work may be sent here.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    let asked = app.db.read(|tx| tx.query_one("select 1", db::params![], |row| row.get::<i64>(0))).await;
    match asked {
        Ok(_) => match app.disk.room() {
            DiskRoom::Plenty => (PLAIN, "ready\n").into_response(),
            // Intake goes on, so work may still be sent here.
            room => (PLAIN, format!("ready\n{}\n", room.words())).into_response(),
        },
        Err(error) => {
            tracing::warn!(cause = %chain(&error), "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, PLAIN, "not ready: the store does not answer\n").into_response()
        }
    }
}

/// `GET /metrics`, in the text format of Prometheus.
pub(crate) async fn metrics(State(app): State<App>) -> Result<Response, Refusal> {
    let text = app.metrics.as_ref().ok_or(Refusal::NotFound)?;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text()).into_response())
}
