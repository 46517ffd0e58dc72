//! What the reporter of a recent request says: where, in which words, who they are, and the answers they give.

use catalog::{Answers, Catalog, Datatype, Question, Service};
use jiff::{SignedDuration, Timestamp};
use requests::{Channel, Contact, NewRequest, Place};

use crate::behaviour::{Notes, ServiceBehaviour};
use crate::chance::Chance;
use crate::fill::{FillError, place};
use crate::history::Language;
use crate::history::texts::description;
use crate::town::{Location, MadeUpPerson};

/// How long what is asked about has been going on.
const SINCE_WHEN: SignedDuration = SignedDuration::from_hours(26);

/// Somebody about to report something.
pub(super) struct Reporting<'a> {
    pub(super) seed: u64,
    /// Which of the recent requests it is.
    pub(super) nth: usize,
    pub(super) at: Timestamp,
    pub(super) catalog: &'a Catalog,
    pub(super) service: &'a Service,
    pub(super) habits: &'a ServiceBehaviour,
    pub(super) location: Option<&'a Location>,
    /// A street to mention when the report is about no place.
    pub(super) elsewhere: &'a str,
    pub(super) channel: Channel,
}

impl Reporting<'_> {
    pub(super) fn report(&self, chance: &mut Chance, notes: &Notes) -> Result<NewRequest, FillError> {
        let language = if self.nth % 14 == 5 { Language::Spanish } else { Language::English };
        Ok(NewRequest {
            service: self.service.id,
            place: self.location.map_or_else(|| Ok(Place::default()), place)?,
            description: description(chance, notes, self.habits, language, self.location, self.elsewhere),
            answers: answers(self.service, self.catalog, self.at)?,
            // Every fourth reports without leaving a name.
            contact: (self.nth % 4 != 3).then(|| contact(self.seed, self.nth, language)),
            channel: self.channel,
            media_urls: Vec::new(),
            files: Vec::new(),
            confidential: false,
            idempotency: None,
        })
    }
}

fn contact(seed: u64, nth: usize, language: Language) -> Contact {
    // Far from the numbers that the staff have.
    let person = MadeUpPerson::new(seed, 1_000 + nth as u64);
    Contact {
        name: Some(person.name),
        email: Some(person.email),
        phone: nth.is_multiple_of(2).then_some(person.phone),
        language: Some(language.tag().to_owned()),
    }
}

/// Answers to everything the service asks, found by answering as a resident does: what is asked next may depend on
/// the answer before.
fn answers(service: &Service, catalog: &Catalog, at: Timestamp) -> Result<Answers, FillError> {
    let mut given: Vec<(String, Vec<String>)> = Vec::new();
    loop {
        let open = |question: &&&Question| {
            question.variable && !given.iter().any(|(code, _)| *code == question.code)
        };
        let asked = service.questions_asked(&given);
        let Some(next) = asked.iter().find(open) else { break };
        let answer = (next.code.clone(), vec![answer(next, at)]);
        given.push(answer);
    }
    service.check_answers(&given, &catalog.jurisdiction.zone).map_err(FillError::Answers)
}

fn answer(question: &Question, at: Timestamp) -> String {
    let choice = question.values.iter().find(|choice| choice.stopper.is_none());
    match question.datatype {
        Datatype::SingleValueList | Datatype::MultiValueList => {
            choice.map(|choice| choice.key.clone()).unwrap_or_default()
        }
        Datatype::Number => "3".to_owned(),
        // Something that began before it was reported.
        Datatype::Datetime => at.saturating_sub(SINCE_WHEN).unwrap_or(at).to_string(),
        Datatype::String => "K 1207".to_owned(),
        Datatype::Text => "Two pieces, both near the front steps.".to_owned(),
    }
}
