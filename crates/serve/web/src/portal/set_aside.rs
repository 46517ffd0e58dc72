//! What was typed into a form and could not be taken, put aside for the page that shows the form again.
//!
//! A form is answered by leading to a page, so that the back button never asks whether to send it once more. Where a
//! form has no draft of its own, what was typed waits for a day under a key that only the address of that page holds.

use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::report::CHECK;
use super::report::draft::{self, DraftKey};
use crate::form::Posted;
use crate::page::{Fault, Faults, go_to};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

/// What was typed, and what was wrong with it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct SetAside {
    typed: Vec<(String, String)>,
    faults: Vec<(String, String)>,
}

impl SetAside {
    /// These fields of a form, and why it was not taken.
    pub(crate) fn new(posted: &Posted, fields: &[&str], fault: Fault) -> Self {
        let typed = fields.iter().map(|name| ((*name).to_owned(), posted.text(name).to_owned()));
        Self { typed: typed.collect(), faults: vec![(fault.field, fault.text)] }
    }

    /// What the address of the page leads to; nothing when its day is over.
    pub(crate) async fn read(visit: &Visit, query: &Query) -> Result<Self, Refusal> {
        let Some(key) = query.get(CHECK).and_then(DraftKey::read) else { return Ok(Self::default()) };
        let (now, jurisdiction) = (visit.now, visit.jurisdiction().clone());
        let found = visit.app.db.read(move |tx| draft::find(tx, now, &jurisdiction, &key)).await;
        Ok(found.map_err(|error| Refusal::store(&visit.app, &error))?.unwrap_or_default())
    }

    /// What was typed into a field.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.typed.iter().find(|(known, _)| known == field).map_or("", |(_, text)| text.as_str())
    }

    /// What was wrong.
    pub(crate) fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        for (field, text) in &self.faults {
            faults.add(field.as_str(), text.as_str());
        }
        faults
    }

    /// Leads to the page at `path`, which shows it again.
    pub(crate) async fn show_again(self, visit: &Visit, path: &str) -> Result<Response, Refusal> {
        let (now, jurisdiction) = (visit.now, visit.jurisdiction().clone());
        let begun = visit.app.db.write(move |tx| draft::begin(tx, now, &jurisdiction, &self)).await;
        let key = begun.map_err(|error| Refusal::store(&visit.app, &error))?;
        Ok(go_to(visit, &format!("{path}?{CHECK}={}", key.as_str())))
    }
}
