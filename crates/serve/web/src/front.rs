//! The front door: everything that happens before a path is looked up and after an answer is made.
//!
//! It takes the `/j/{id}` prefix off, catches panics, and puts the security headers on answers that did
//! not pass a gate. The rest is the business of the [gate](crate::gate) each route stands behind.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use access::JurisdictionId;
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::uri::PathAndQuery;
use http::{Request, Uri};
use tower::Service;

use crate::app::App;
use crate::panics::CatchPanic;
use crate::refusal::Refusal;
use crate::routes;

/// The whole web application as one service.
#[derive(Clone)]
pub struct Front {
    app: App,
    router: Router,
}

/// The jurisdiction named by a `/j/{id}` prefix that has been taken off.
#[derive(Debug, Clone)]
pub(crate) struct Prefixed(pub(crate) JurisdictionId);

impl Front {
    /// Builds the router from the table of routes.
    pub fn new(app: App) -> Front {
        Front { router: routes::router(&app), app }
    }

    /// Ends the answers that never end by themselves, so that a server that stops need not wait for them.
    pub(crate) fn close_streams(&self) {
        self.app.streams.close();
    }
}

impl Service<Request<Body>> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        if let Some((id, uri)) = without_prefix(request.uri()) {
            request.extensions_mut().insert(Prefixed(id));
            *request.uri_mut() = uri;
        }
        let path = request.uri().path().to_owned();
        let app = self.app.clone();
        let answering = CatchPanic(Box::pin(self.router.call(request)));
        Box::pin(async move {
            match answering.await {
                Ok(answer) => answer,
                Err(_) => Ok(after_panic(&app, &path)),
            }
        })
    }
}

fn after_panic(app: &App, path: &str) -> Response {
    let correlation = app.correlation_id();
    // The path of a private link is itself a secret, so only its first part is logged.
    let room = path.split('/').nth(1).unwrap_or_default();
    tracing::error!(correlation, room, "a handler panicked");
    metrics::counter!("townline_panics_total").increment(1);
    Refusal::Broken { correlation }.answer_without_visit(path)
}

/// `/j/{id}/rest?query` as the id and `/rest?query`.
fn without_prefix(uri: &Uri) -> Option<(JurisdictionId, Uri)> {
    let rest = uri.path().strip_prefix("/j/")?;
    let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
    let id = id.parse().ok()?;
    let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("/{rest}{query}")).ok()?);
    Some((id, Uri::from_parts(parts).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(uri: &str, expected: Option<(&str, &str)>) {
        let found = without_prefix(&uri.parse().expect("a uri"));
        let found = found.map(|(id, uri)| (id.to_string(), uri.to_string()));
        assert_eq!(found, expected.map(|(id, uri)| (id.to_owned(), uri.to_owned())), "{uri}");
    }

    #[test]
    fn the_prefix_names_the_jurisdiction_and_leaves_the_rest_alone() {
        check(
            "/j/springfield.example/requests?status=open",
            Some(("springfield.example", "/requests?status=open")),
        );
        check("/j/springfield.example", Some(("springfield.example", "/")));
        check("/j/springfield.example/a%2Fb.json", Some(("springfield.example", "/a%2Fb.json")));
        check("/jam/springfield", None);
        check("/j/UPPER/requests", None);
        check("/j//requests", None);
    }
}
