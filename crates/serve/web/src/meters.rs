//! The numbers each route keeps about itself.

use std::time::Duration;

use http::StatusCode;
use metrics::{Counter, Histogram, counter, histogram};

use crate::routes::Route;

/// The series of one route, looked up once when the router is built.
#[derive(Clone)]
pub(crate) struct Meter {
    seconds: Histogram,
    by_class: [Counter; 5],
}

const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

impl Meter {
    /// Labelled with the pattern of the path, never with the path itself, which may hold a secret.
    pub(crate) fn of(route: &Route) -> Self {
        let method = route.method.as_str().to_owned();
        let seconds =
            histogram!("townline_request_seconds", "method" => method.clone(), "route" => route.path);
        let by_class = CLASSES.map(|class| {
            counter!("townline_requests_total", "method" => method.clone(), "route" => route.path, "status" => class)
        });
        Self { seconds, by_class }
    }

    /// Counts one answer.
    pub(crate) fn note(&self, status: StatusCode, took: Duration) {
        self.seconds.record(took.as_secs_f64());
        let class = usize::from(status.as_u16() / 100).saturating_sub(1).min(4);
        self.by_class[class].increment(1);
    }
}
