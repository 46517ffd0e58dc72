//! How a request looks to residents: its status and history in plain words.

use std::borrow::Cow;

use catalog::{Catalog, DepartmentId, ServiceId};
use jiff::Timestamp;
use requests::files::Photo;
use requests::timeline::Happening;
use requests::{AuthorKind, PublicOutcome, Status};

use crate::page::Page;
use crate::visit::Visit;

/// One line of a history.
pub(crate) struct Moment {
    pub(crate) at: Timestamp,
    pub(crate) who: String,
    pub(crate) what: String,
    pub(crate) text: Option<String>,
    /// Whether it ended the matter, for now.
    pub(crate) is_end: bool,
}

/// One photo with its address and the words for those who cannot see it.
pub(crate) struct Picture {
    pub(crate) url: String,
    pub(crate) words: String,
    pub(crate) width: i64,
    pub(crate) height: i64,
    /// Added by staff, to show the work.
    pub(crate) by_staff: bool,
}

/// The name of a service in the reader's language.
pub(crate) fn service_name(catalog: &Catalog, page: &Page, id: ServiceId) -> String {
    catalog.service(id).map_or_else(String::new, |service| service.name.in_language(page.tag()).to_owned())
}

/// The name of a department in the reader's language.
pub(crate) fn department_name(catalog: &Catalog, page: &Page, id: DepartmentId) -> String {
    catalog
        .department(id)
        .map_or_else(String::new, |department| department.name.in_language(page.tag()).to_owned())
}

/// The words for a status.
pub(crate) fn status(page: &Page, status: Status) -> String {
    page.say(&format!("status-{}", key(status.as_str()))).into_owned()
}

/// The class of a status badge: what is over, what is late, what goes on.
pub(crate) fn badge(visit: &Visit, status: Status, due_at: Option<Timestamp>) -> &'static str {
    match (status.is_open(), due_at) {
        (false, _) => "closed",
        (true, Some(due_at)) if due_at < visit.now => "late",
        (true, _) => "open",
    }
}

/// The words for an outcome.
pub(crate) fn outcome(page: &Page, outcome: PublicOutcome) -> String {
    page.say(outcome_key(outcome)).into_owned()
}

fn outcome_key(outcome: PublicOutcome) -> &'static str {
    match outcome {
        PublicOutcome::Done => "outcome-done",
        PublicOutcome::NoActionNeeded => "outcome-no-action-needed",
        PublicOutcome::NotOurs => "outcome-not-ours",
        PublicOutcome::Duplicate => "outcome-duplicate",
        PublicOutcome::CouldNot => "outcome-could-not",
        PublicOutcome::Withdrawn => "outcome-withdrawn",
    }
}

/// Who did something, as far as residents may know.
pub(crate) fn author(page: &Page, by: AuthorKind) -> String {
    let key = match by {
        AuthorKind::Resident => "author-resident",
        AuthorKind::Staff => "author-staff",
        AuthorKind::Partner => "author-partner",
        AuthorKind::System => "author-system",
    };
    page.say(key).into_owned()
}

/// What happened, in one sentence.
pub(crate) fn happening(visit: &Visit, page: &Page, what: &Happening) -> String {
    let catalog = &visit.catalog;
    match what {
        Happening::Received => page.say("happening-received"),
        Happening::Triaged => page.say("happening-triaged"),
        Happening::Assigned { team } => {
            let team = catalog.team(*team).map_or("", |team| team.name.in_language(page.tag()));
            page.with("happening-assigned", "team", team)
        }
        Happening::Accepted => page.say("happening-accepted"),
        Happening::Scheduled { at } => page.with("happening-scheduled", "date", &page.weekday(at)),
        Happening::Started => page.say("happening-started"),
        Happening::Paused { until: None } => page.say("happening-paused"),
        Happening::Paused { until: Some(until) } => {
            page.with("happening-paused-until", "date", &page.day(until))
        }
        Happening::Resumed => page.say("happening-resumed"),
        Happening::WorkOrdered => page.say("happening-work-ordered"),
        Happening::Closed { outcome: why } => page.with("happening-closed", "outcome", &outcome(page, *why)),
        Happening::Reopened => page.say("happening-reopened"),
        Happening::Note => page.say("happening-note"),
        Happening::InformationAdded => page.say("happening-information"),
        Happening::FilesAdded { files } => page.with("happening-files", "count", files),
        Happening::ServiceChanged { service } => {
            page.with("happening-service-changed", "service", &service_name(catalog, page, *service))
        }
    }
    .into_owned()
}

/// The photos of a request: those that came with it, and those staff added to show the work.
pub(crate) struct Pictures {
    before: Vec<Picture>,
    after: Vec<Picture>,
}

/// Photos under one heading; where there is one kind only, it needs none.
pub(crate) struct PictureGroup<'p> {
    pub(crate) heading: Option<Cow<'static, str>>,
    pub(crate) pictures: &'p [Picture],
}

impl Pictures {
    /// Each below `base`.
    pub(crate) fn of(page: &Page, base: &str, number: &str, photos: &[Photo]) -> Self {
        let all = pictures(page, base, number, photos);
        let (after, before) = all.into_iter().partition(|picture| picture.by_staff);
        Self { before, after }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Before and after, each where there is one.
    pub(crate) fn groups(&self, page: &Page) -> Vec<PictureGroup<'_>> {
        let is_both = !self.before.is_empty() && !self.after.is_empty();
        let group = |key: &str, pictures| PictureGroup { heading: is_both.then(|| page.say(key)), pictures };
        let groups = [group("photos-before", &*self.before), group("photos-after", &*self.after)];
        groups.into_iter().filter(|group| !group.pictures.is_empty()).collect()
    }

    /// The first of those that came with the report.
    pub(crate) fn into_first(self) -> Option<Picture> {
        self.before.into_iter().next()
    }
}

/// The photos of a request in the order in which they came, each below `base`.
pub(crate) fn pictures(page: &Page, base: &str, number: &str, photos: &[Photo]) -> Vec<Picture> {
    let count = photos.len();
    let picture = |(index, photo): (usize, &Photo)| Picture {
        url: page.url(&format!("{base}/{}", photo.name)),
        words: photo.description.clone().unwrap_or_else(|| neutral_words(page, index + 1, count, number)),
        width: photo.width,
        height: photo.height,
        by_staff: photo.by_staff,
    };
    photos.iter().enumerate().map(picture).collect()
}

fn neutral_words(page: &Page, index: usize, count: usize, number: &str) -> String {
    let language = page.language();
    language.with_all("photo-alt", &[("index", &index), ("count", &count), ("number", &number)]).into_owned()
}

/// Names in code use underscores, keys of words use hyphens.
pub(crate) fn key(word: &str) -> String {
    word.replace('_', "-")
}
