//! What residents' programs send: reports with a place in town, a description and answers to the service's questions.

use std::sync::Arc;

use anyhow::ensure;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::town::{BASE, Known, Question, SEED, Service, Town, VARIETY, one_of, refusal};
use crate::{http, load};

/// How many places reports come from.
const PLACES: usize = 256;

/// Names and values of a form.
type Fields = Vec<(String, String)>;

/// Calls that a town takes.
pub(crate) struct Reports {
    /// The calls, ready to be written.
    pub(crate) requests: Arc<[Vec<u8>]>,
    /// Which services take none, and what they said.
    pub(crate) refusing: Vec<String>,
}

impl Reports {
    /// Reports as residents' programs send them, and which services refuse such (emergencies, somebody else's).
    ///
    /// Each service is tried first, so this creates requests.
    pub(crate) fn to(town: &Town, keys: &[String]) -> anyhow::Result<Self> {
        let mut draw = StdRng::seed_from_u64(SEED);
        let (mut taking, mut refusing) = (Vec::new(), Vec::new());
        for service in town.services.iter().filter(|service| !service.questions.is_empty()) {
            match try_report(town, &mut draw, service, &keys[0])? {
                Ok(taken) => taking.push(taken),
                Err(said) => refusing.push(said),
            }
        }
        ensure!(!taking.is_empty(), "no service with a question takes a report: {}", refusing.join("; "));
        let places = places_in_town(town, &taking[0], &keys[0])?;
        let requests = (0..VARIETY).map(|nth| {
            let (report, place) = (one_of(&mut draw, &taking), one_of(&mut draw, &places));
            // Neighbours on a connection share a key, as a program's calls do.
            filled_in(&mut draw, report, place, &keys[nth * keys.len() / VARIETY])
        });
        Ok(Reports { requests: requests.collect(), refusing })
    }
}

/// Answers that the service takes a report with; otherwise what it said. An answer may mean that somebody
/// must call for help instead, so several are tried.
fn try_report(
    town: &Town,
    draw: &mut StdRng,
    service: &Service,
    key: &str,
) -> anyhow::Result<Result<Fields, String>> {
    let mut said = String::new();
    for _ in 0..8 {
        let mut report = vec![("service_code".to_owned(), service.code.clone())];
        report.extend(service.questions.iter().map(|question| question.answer(draw)));
        let place = one_of(draw, &town.known);
        let (status, body) = load::ask(town.address, &filled_in(draw, &report, place, key))?;
        if status == 200 {
            return Ok(Ok(report));
        }
        said = refusal(&service.code, status, &body);
    }
    Ok(Err(said))
}

/// Places where a report is taken. Some that are shown are only near the real ones, and may lie across the border.
fn places_in_town<'t>(town: &'t Town, report: &Fields, key: &str) -> anyhow::Result<Vec<&'t Known>> {
    let mut draw = StdRng::seed_from_u64(SEED);
    let mut places = Vec::new();
    for place in town.known.iter().step_by(town.known.len().div_ceil(PLACES)) {
        let (status, _) = load::ask(town.address, &filled_in(&mut draw, report, place, key))?;
        places.extend((status == 200).then_some(place));
    }
    ensure!(!places.is_empty(), "no place lies in the town");
    Ok(places)
}

/// A report as a program sends it.
fn filled_in(draw: &mut StdRng, service_and_answers: &Fields, place: &Known, key: &str) -> Vec<u8> {
    let (latitude, longitude) = (place.latitude.to_string(), place.longitude.to_string());
    let description = *one_of(draw, &DESCRIPTIONS);
    let mut fields =
        vec![("api_key", key), ("lat", &*latitude), ("long", &*longitude), ("description", description)];
    fields.extend(service_and_answers.iter().map(|(name, value)| (&**name, &**value)));
    http::post(&format!("{BASE}/requests.json"), &fields)
}

impl Question {
    fn answer(&self, draw: &mut StdRng) -> (String, String) {
        let one_key =
            |draw: &mut StdRng| self.keys.get(draw.random_range(0..self.keys.len().max(1))).cloned();
        let value = match self.datatype.as_str() {
            "number" => draw.random_range(1..30).to_string(),
            "datetime" => "2026-05-08T16:00:00Z".to_owned(),
            "singlevaluelist" | "multivaluelist" => one_key(draw).unwrap_or_default(),
            _ => "Beside the blue door, on the left".to_owned(),
        };
        (format!("attribute[{}]", self.code), value)
    }
}

/// What residents write; of the usual length.
const DESCRIPTIONS: [&str; 6] = [
    "There is a deep hole in the right lane just before the crossing. Two cars swerved around it this morning.",
    "The lamp in front of our house has been dark for a week. It is very hard to see the steps at night.",
    "Somebody left a mattress and several bags of rubbish beside the bus stop. It has been like this for days.",
    "Water runs out of the street next to the hydrant, day and night.",
    "A large branch broke off in the storm & now hangs over the sidewalk. Children pass here on their way to school.",
    "El contenedor no fue recogido el martes; la calle está llena de bolsas. ¿Cuándo pasará el camión?",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_answered_with_one_of_its_keys() {
        let (code, datatype) = ("SIZE".to_owned(), "singlevaluelist".to_owned());
        let question = Question { code, datatype, keys: vec!["big".to_owned()] };
        let answer = question.answer(&mut StdRng::seed_from_u64(1));
        assert_eq!(answer, ("attribute[SIZE]".to_owned(), "big".to_owned()));
    }
}
