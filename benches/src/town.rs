//! What a served town looks like from outside, and what its readers ask.
//!
//! Everything is asked for through Open311, as a stranger would: services, their questions, places and numbers of
//! requests. So the load fits whatever town is served.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, ensure};
use jiff::{Timestamp, ToSpan};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;

use crate::{http, load};

/// Where Open311 is served.
pub(crate) const BASE: &str = "/open311/v2";

/// How many different requests a load repeats: enough that no cache holds the answers.
pub(crate) const VARIETY: usize = 4_096;

/// How many requests a page of a list shows in the figures.
const PAGE_SIZE: usize = 50;

/// How many filtered lists a load repeats, and how many are tried to find them.
const FILTERS: usize = 256;
const FILTERS_DRAWN_MAX: usize = 16_384;

/// How many requests are looked at to learn places and numbers.
const KNOWN_REQUESTS: usize = 2_000;

/// Every run draws the same.
pub(crate) const SEED: u64 = 311;

/// A served town.
pub(crate) struct Town {
    /// Where it is served.
    pub(crate) address: SocketAddr,
    /// What can be asked for.
    pub(crate) services: Vec<Service>,
    /// The newest requests that have a place.
    pub(crate) known: Vec<Known>,
}

/// A service and what it asks.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) code: String,
    pub(crate) questions: Vec<Question>,
}

/// A question about a request.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) code: String,
    pub(crate) datatype: String,
    /// What can be chosen from.
    pub(crate) keys: Vec<String>,
}

/// A request that is already there.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    number: String,
    service_code: String,
    requested_at: Timestamp,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

impl Town {
    /// Looks around.
    pub(crate) fn look(address: SocketAddr) -> anyhow::Result<Self> {
        let listed = list(address, "services.json", &[])?;
        let services =
            listed.iter().map(|service| service_of(address, service)).collect::<anyhow::Result<_>>()?;
        let mut town = Self { address, services, known: Vec::new() };
        let size = 200;
        for page in 1..=KNOWN_REQUESTS / size {
            let query = [("page_size", &*size.to_string()), ("page", &*page.to_string())];
            let requests = list(address, "requests.json", &query)?;
            town.known.extend(requests.iter().filter_map(known));
        }
        ensure!(
            !town.services.is_empty() && !town.known.is_empty(),
            "the town has no services or no requests"
        );
        Ok(town)
    }

    /// The newest page of the public list, for programs.
    pub(crate) fn newest(&self) -> Arc<[Vec<u8>]> {
        let size = PAGE_SIZE.to_string();
        [http::get(&http::target(&format!("{BASE}/requests.json"), &[("page_size", &size)]))].into()
    }

    /// Lists by service, status, dates and place, each another, and each with a full page to show: a small town
    /// would else answer sooner only because it has less to say.
    pub(crate) fn filtered(&self) -> anyhow::Result<Arc<[Vec<u8>]>> {
        let mut draw = StdRng::seed_from_u64(SEED);
        let newest =
            self.known.iter().map(|known| known.requested_at).max().context("no request is known")?;
        let mut full = Vec::new();
        for _ in 0..FILTERS_DRAWN_MAX {
            let filter = self.filter(&mut draw, newest);
            if read_list(self.address, &filter)?.len() == PAGE_SIZE {
                full.push(filter);
            }
            if full.len() == FILTERS {
                return Ok(full.into());
            }
        }
        anyhow::bail!("of {FILTERS_DRAWN_MAX} filtered lists only {} fill a page", full.len())
    }

    /// What somebody asks about who looks at a request: others like it around it, over the last months.
    fn filter(&self, draw: &mut StdRng, newest: Timestamp) -> Vec<u8> {
        let like = one_of(draw, &self.known);
        // Open311 allows 90 days at once; the towns' histories go back two years.
        let end = newest - (24 * draw.random_range(0..600_i64)).hours();
        let start = end - (24 * 90).hours();
        let query = [
            ("service_code", like.service_code.clone()),
            ("status", ["open", "closed"][draw.random_range(0..2)].to_owned()),
            ("start_date", start.strftime("%FT%TZ").to_string()),
            ("end_date", end.strftime("%FT%TZ").to_string()),
            ("lat", like.latitude.to_string()),
            ("long", like.longitude.to_string()),
            ("radius", draw.random_range(500..5_000).to_string()),
            ("page_size", PAGE_SIZE.to_string()),
        ];
        let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, &**value)).collect();
        http::get(&http::target(&format!("{BASE}/requests.json"), &query))
    }

    /// The pages of single requests, each another.
    pub(crate) fn request_pages(&self) -> Arc<[Vec<u8>]> {
        self.known.iter().map(|known| http::get(&format!("/requests/{}", segment(&known.number)))).collect()
    }

    /// How many requests the answers to some of these hold, on average.
    ///
    /// # Errors
    /// An answer that is no list, or none that holds anything: then it would be measured how fast nothing is found.
    pub(crate) fn answers_hold(&self, requests: &[Vec<u8>]) -> anyhow::Result<f64> {
        let tried = requests.iter().step_by(requests.len().div_ceil(64));
        let counts = tried
            .map(|request| Ok(read_list(self.address, request)?.len()))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let sum: usize = counts.iter().sum();
        ensure!(sum > 0, "not one of the lists holds a request");
        Ok(sum as f64 / counts.len() as f64)
    }
}

/// One of several, drawn.
pub(crate) fn one_of<'t, T>(draw: &mut StdRng, things: &'t [T]) -> &'t T {
    &things[draw.random_range(0..things.len())]
}

fn list(address: SocketAddr, path: &str, query: &[(&str, &str)]) -> anyhow::Result<Vec<Value>> {
    read_list(address, &http::get(&http::target(&format!("{BASE}/{path}"), query)))
}

fn read_list(address: SocketAddr, request: &[u8]) -> anyhow::Result<Vec<Value>> {
    match read(address, request)? {
        Value::Array(items) => Ok(items),
        other => anyhow::bail!("no list came but {other}"),
    }
}

fn read(address: SocketAddr, request: &[u8]) -> anyhow::Result<Value> {
    let (status, body) = load::ask(address, request)?;
    let line = String::from_utf8_lossy(request).lines().next().unwrap_or_default().to_owned();
    ensure!(status == 200, "{}", refusal(&line, status, &body));
    serde_json::from_slice(&body).with_context(|| format!("the answer to {line} is no JSON"))
}

/// What was said to something that was not taken.
pub(crate) fn refusal(what: &str, status: u16, body: &[u8]) -> String {
    format!("{what}: {status} {}", String::from_utf8_lossy(body).chars().take(300).collect::<String>())
}

fn service_of(address: SocketAddr, listed: &Value) -> anyhow::Result<Service> {
    let code = text(&listed["service_code"]).context("a service without code")?;
    if listed["metadata"] != Value::Bool(true) {
        return Ok(Service { code, questions: Vec::new() });
    }
    let definition = read(address, &http::get(&format!("{BASE}/services/{}.json", segment(&code))))?;
    let attributes = definition["attributes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let questions =
        attributes.iter().filter(|attribute| attribute["variable"] == Value::Bool(true)).filter_map(question);
    Ok(Service { code, questions: questions.collect() })
}

fn question(attribute: &Value) -> Option<Question> {
    let values = attribute["values"].as_array().map(Vec::as_slice).unwrap_or_default();
    Some(Question {
        code: text(&attribute["code"])?,
        datatype: text(&attribute["datatype"])?,
        keys: values.iter().filter_map(|value| text(&value["key"])).collect(),
    })
}

fn known(request: &Value) -> Option<Known> {
    Some(Known {
        number: text(&request["service_request_id"])?,
        service_code: text(&request["service_code"])?,
        requested_at: request["requested_datetime"].as_str()?.parse().ok()?,
        latitude: request["lat"].as_f64()?,
        longitude: request["long"].as_f64()?,
    })
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A code as one segment of a path.
fn segment(code: &str) -> String {
    // A form writes a blank as a plus, which a path would take literally.
    form_urlencoded::byte_serialize(code.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_without_a_place_is_not_reported_near() {
        assert!(
            known(&json!({"service_request_id": "1", "service_code": "A", "requested_datetime": "2026-05-08T16:00:00Z"}))
                .is_none()
        );
    }

    #[test]
    fn a_code_with_blanks_and_slashes_stays_one_segment() {
        assert_eq!(segment("Parks: dog/cat"), "Parks%3A%20dog%2Fcat");
    }
}
