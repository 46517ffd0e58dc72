//! Reporting, step by step: place, service, whether it is known, details, photos, contact, review.
//!
//! Each step is a page of its own, filled from the [draft](draft) and sent back to it, so that going back,
//! reloading or losing the connection loses nothing. What was sent is kept even when it is wrong, and every form is
//! answered by leading to a page: that page finds the faults again, and the back button never asks whether to send a
//! form once more. A step that does not apply is skipped.

pub(crate) mod contact;
pub(crate) mod details;
pub(crate) mod draft;
pub(crate) mod known;
pub(crate) mod offline;
pub(crate) mod photos;
pub(crate) mod place;
pub(crate) mod review;
pub(crate) mod service;
pub(crate) mod stopped;

use std::cmp::Ordering;

use askama::Template;
use axum::response::Response;
use catalog::{Photo, Service};
use http::StatusCode;

use self::draft::{Draft, DraftKey};
use crate::page::{Faults, Page, go_to, show};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// One step of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Place,
    Service,
    Known,
    Details,
    Photos,
    Contact,
    Review,
}

impl Step {
    const ALL: [Step; 7] =
        [Step::Place, Step::Service, Step::Known, Step::Details, Step::Photos, Step::Contact, Step::Review];

    fn as_str(self) -> &'static str {
        match self {
            Step::Place => "place",
            Step::Service => "service",
            Step::Known => "known",
            Step::Details => "details",
            Step::Photos => "photos",
            Step::Contact => "contact",
            Step::Review => "review",
        }
    }

    /// The step under which this one is listed on top of the page.
    fn listed(self) -> Step {
        if self == Step::Known { Step::Service } else { self }
    }

    fn word(self) -> String {
        format!("report-step-{}", self.as_str())
    }
}

/// In the address of a step that is shown again because something in it is to be mended.
pub(crate) const CHECK: &str = "check";

/// A report on its way: the draft and the key to it.
pub(crate) struct Report {
    pub(crate) visit: Visit,
    pub(crate) key: DraftKey,
    pub(crate) draft: Draft,
}

impl Report {
    /// The draft behind the key in the address.
    pub(crate) async fn open(visit: Visit, key: &str) -> Result<Self, Refusal> {
        let key = DraftKey::read(key).ok_or(Refusal::NotFound)?;
        let (now, jurisdiction, wanted) = (visit.now, visit.jurisdiction().clone(), key.clone());
        let found = visit.app.db.read(move |tx| draft::find(tx, now, &jurisdiction, &wanted)).await;
        let found = found.map_err(|error| Refusal::store(&visit.app, &error))?;
        Ok(Self { draft: found.ok_or(Refusal::NotFound)?, visit, key })
    }

    /// The service that was chosen, if it still takes requests.
    pub(crate) fn service(&self) -> Option<&Service> {
        let code = self.draft.service.as_deref()?;
        self.visit.catalog.service_by_code(code).filter(|service| service.active)
    }

    /// The first step that is not done yet.
    fn next(&self) -> Step {
        Step::ALL.into_iter().find(|step| !self.is_done(*step)).unwrap_or(Step::Review)
    }

    fn is_done(&self, step: Step) -> bool {
        let draft = &self.draft;
        match step {
            Step::Place => {
                draft.place.as_ref().is_some_and(|place| place::faults(&self.visit, place).is_empty())
            }
            Step::Service => self.service().is_some_and(Service::is_offered),
            Step::Known => draft.has_known,
            Step::Details => draft.has_details,
            Step::Photos => !self.asks_photo() || draft.has_photos,
            Step::Contact => {
                let faults = |part| contact::faults(part, self.visit.language);
                draft.contact.as_ref().is_some_and(|part| faults(part).is_empty())
            }
            Step::Review => false,
        }
    }

    /// Whether the chosen service wants to see the problem.
    pub(crate) fn asks_photo(&self) -> bool {
        self.service().is_some_and(|service| service.photo != Photo::NotAsked)
    }

    /// What was refused at this field the last time, if the page is asked for it.
    pub(crate) fn refused(&self, fields: &[&str]) -> Faults {
        let mut faults = Faults::default();
        if let Some(refused) = self.draft.refused.as_ref().filter(|one| fields.contains(&one.field.as_str()))
        {
            faults.add(refused.field.clone(), refused.text.clone());
        }
        faults
    }

    /// Refuses to jump ahead: somebody who does is brought to the first step that is not done.
    pub(crate) fn require(self, step: Step) -> Result<Self, Box<Response>> {
        let next = self.next();
        if next < step { Err(Box::new(go_to(&self.visit, &self.path(next)))) } else { Ok(self) }
    }

    pub(crate) fn path(&self, step: Step) -> String {
        format!("/report/{}/{}", self.key.as_str(), step.as_str())
    }

    /// Keeps the draft and goes on to what is still to be done.
    pub(crate) async fn go_on(mut self) -> Result<Response, Refusal> {
        self.draft.refused = None;
        if self.next() == Step::Known && known::similar(&self).await?.is_empty() {
            self.draft.has_known = true;
        }
        self.save().await?;
        Ok(go_to(&self.visit, &self.path(self.next())))
    }

    /// Keeps the draft and shows the step again, with what is wrong.
    pub(crate) async fn stay(self, step: Step) -> Result<Response, Refusal> {
        self.save().await?;
        Ok(go_to(&self.visit, &format!("{}?{CHECK}=yes", self.path(step))))
    }

    /// Keeps the draft.
    pub(crate) async fn save(&self) -> Result<(), Refusal> {
        let (jurisdiction, key, draft) =
            (self.visit.jurisdiction().clone(), self.key.clone(), self.draft.clone());
        let saved = self.visit.app.db.write(move |tx| draft::save(tx, &jurisdiction, &key, &draft)).await;
        match saved.map_err(|error| Refusal::store(&self.visit.app, &error))? {
            true => Ok(()),
            false => Err(Refusal::NotFound),
        }
    }
}

/// One entry of the list of steps on top of each page.
pub(crate) struct StepLink {
    word: String,
    /// Where it stands to the present one, for the style sheet: `done`, `current`, or empty.
    class: &'static str,
    /// Where to change it, once it has been done.
    url: Option<String>,
}

/// The page of one step: its heading, what to know before, and its form.
#[derive(Template)]
#[template(path = "portal/report/step.html")]
struct StepPage {
    page: Page,
    steps: Vec<StepLink>,
    /// The present step, counted from 1.
    place_in_steps: usize,
    /// The step before this one.
    back: Option<String>,
    heading: String,
    has_faults: bool,
    lead: Vec<String>,
    notices: Vec<String>,
    /// More to show above the form, already HTML.
    above: String,
    form: crate::page::FormBox,
    scripts: &'static [&'static str],
}

/// What a step shows.
pub(crate) struct StepView {
    pub(crate) step: Step,
    pub(crate) lead: Vec<String>,
    pub(crate) notices: Vec<String>,
    pub(crate) above: String,
    pub(crate) form: crate::page::FormBox,
    /// What makes the step quicker where scripts run; it works without.
    pub(crate) scripts: &'static [&'static str],
}

impl StepView {
    pub(crate) fn new(step: Step, form: crate::page::FormBox) -> Self {
        Self { step, lead: Vec::new(), notices: Vec::new(), above: String::new(), form, scripts: &[] }
    }

    /// Shows the step; without a report it is the very first one.
    pub(crate) fn show(
        self,
        page: Page,
        visit: &Visit,
        report: Option<&Report>,
    ) -> Result<Response, Refusal> {
        let heading = page.say(&format!("report-{}-heading", self.step.as_str())).into_owned();
        let steps = step_links(&page, report, self.step);
        let has_faults = self.form.has_faults();
        let Self { lead, notices, above, form, scripts, .. } = self;
        let place_in_steps = steps.iter().take_while(|step| step.class != "current").count() + 1;
        let before = if self.step == Step::Known { 1 } else { 2 };
        let before = place_in_steps.checked_sub(before).and_then(|index| steps.get(index));
        let back = before.and_then(|step| step.url.clone());
        let template = StepPage {
            page,
            steps,
            place_in_steps,
            back,
            heading,
            has_faults,
            lead,
            notices,
            above,
            form,
            scripts,
        };
        show(&visit.app, StatusCode::OK, &template)
    }
}

fn step_links(page: &Page, report: Option<&Report>, current: Step) -> Vec<StepLink> {
    let shown = |step: &Step| match step {
        // Most people never see it, and nobody has to come back to it.
        Step::Known => false,
        Step::Photos => {
            report.and_then(Report::service).is_none_or(|service| service.photo != Photo::NotAsked)
        }
        _ => true,
    };
    let link = |step: Step| StepLink {
        word: page.say(&step.word()).into_owned(),
        class: match step.cmp(&current.listed()) {
            Ordering::Less => "done",
            Ordering::Equal => "current",
            Ordering::Greater => "",
        },
        url: report
            .filter(|report| step != current && step <= report.next())
            .map(|report| page.url(&report.path(step))),
    };
    Step::ALL.into_iter().filter(shown).map(link).collect()
}

/// What is told beside a service: notices in force now.
pub(crate) fn notices(visit: &Visit, service: Option<&Service>) -> Vec<String> {
    let notices = visit.catalog.notices(visit.now, service);
    notices.into_iter().map(|notice| notice.text.in_language(visit.language.tag()).to_owned()).collect()
}
