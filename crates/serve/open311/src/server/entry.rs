//! A request as the public may see it, put into the fields of GeoReport.

use catalog::Catalog;
use jiff::Timestamp;
use requests::timeline::{Happening, PublicEntry};
use requests::views::PublicOutcome;
use requests::{Place, PublicDetails, PublicPlace, PublicView};

use super::{Site, notice};
use crate::wire::{ExtendedEntry, NoteEntry, RequestEntry, SubmittedAnswer};

/// What all entries of one answer have in common.
pub(super) struct Context<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) site: &'a Site,
    pub(super) now: Timestamp,
    pub(super) language: &'a str,
    pub(super) extensions: bool,
}

impl Context<'_> {
    /// One entry; what happened to it is only told with a single one, because a list would read every history.
    pub(super) fn entry(&self, view: PublicView, history: Option<Vec<PublicEntry>>) -> RequestEntry {
        let service = self.catalog.service(view.service);
        let extended = self.extensions.then(|| self.extended(&view, history));
        let at = position(view.place);
        let media_url = view.details.as_ref().and_then(|details| self.pictures(details).into_iter().next());
        let details = view.details;
        RequestEntry {
            service_request_id: view.number,
            status: if view.status.is_open() { "open" } else { "closed" },
            status_notes: details.as_ref().and_then(|details| details.closing_note.clone()),
            service_name: service.map_or("", |service| service.name.in_language(self.language)).to_owned(),
            service_code: service.map_or("", |service| service.code.as_str()).to_owned(),
            description: details.and_then(|details| details.description),
            agency_responsible: self.agency(view.department),
            service_notice: service.and_then(|one| notice::text(self.catalog, self.now, one, self.language)),
            requested_datetime: view.requested_at,
            updated_datetime: view.closed_at.unwrap_or(view.updated_at),
            expected_datetime: view.promised_at,
            address: at.address,
            address_id: at.address_id,
            zipcode: at.zip,
            lat: at.point.map(|point| point.latitude()),
            long: at.point.map(|point| point.longitude()),
            media_url,
            extended,
        }
    }

    fn agency(&self, department: catalog::DepartmentId) -> Option<String> {
        Some(self.catalog.department(department)?.name.in_language(self.language).to_owned())
    }

    fn extended(&self, view: &PublicView, history: Option<Vec<PublicEntry>>) -> ExtendedEntry {
        let details = view.details.as_ref();
        ExtendedEntry {
            attributes: details.map(|details| self.attributes(details)).unwrap_or_default(),
            detailed_status: view.status.as_str(),
            outcome: view.outcome.map(outcome),
            channel: details.map(|details| details.channel.as_str()),
            districts: details.map(|details| details.districts.clone()).unwrap_or_default(),
            media_urls: details.map(|details| self.pictures(details)).unwrap_or_default(),
            notes: history.map(|history| history.into_iter().map(note).collect()),
        }
    }

    fn attributes(&self, details: &PublicDetails) -> Vec<SubmittedAnswer> {
        let chosen =
            details.choices.iter().flat_map(|answer| answer.values.iter().map(move |value| (answer, value)));
        chosen
            .map(|(answer, value)| SubmittedAnswer {
                label: answer.question_text.in_language(self.language).to_owned(),
                name: answer.code.clone(),
                value: value.shown(self.language).to_owned(),
                code: value.key.clone(),
            })
            .collect()
    }

    /// Pictures in our store first, then links to pictures elsewhere.
    fn pictures(&self, details: &PublicDetails) -> Vec<String> {
        let ours = details.photos.iter().map(|photo| format!("{}{}", self.site.photos_url, photo.name));
        ours.chain(details.media_urls.iter().cloned()).collect()
    }
}

/// The reporter's description of the place stands in for an address that nobody gave.
fn position(place: PublicPlace) -> Place {
    match place {
        PublicPlace::Exact(mut place) => {
            place.address = place.address.or_else(|| place.words.take());
            place
        }
        PublicPlace::Coarse(point) => Place { point, ..Place::default() },
    }
}

fn outcome(outcome: PublicOutcome) -> &'static str {
    match outcome {
        PublicOutcome::Done => "done",
        PublicOutcome::NoActionNeeded => "no_action_needed",
        PublicOutcome::NotOurs => "not_ours",
        PublicOutcome::Duplicate => "duplicate",
        PublicOutcome::CouldNot => "could_not",
        PublicOutcome::Withdrawn => "withdrawn",
    }
}

fn note(entry: PublicEntry) -> NoteEntry {
    NoteEntry { datetime: entry.at, kind: kind(&entry.what), description: entry.text }
}

fn kind(what: &Happening) -> &'static str {
    match what {
        Happening::Received => "submitted",
        Happening::Triaged => "triaged",
        Happening::Assigned { .. } => "assigned",
        Happening::Accepted => "accepted",
        Happening::Scheduled { .. } => "scheduled",
        Happening::Started => "started",
        Happening::Paused { .. } => "paused",
        Happening::Resumed => "resumed",
        Happening::WorkOrdered => "work_ordered",
        Happening::Closed { .. } => "closed",
        Happening::Reopened => "opened",
        Happening::Note | Happening::InformationAdded => "activity",
        Happening::FilesAdded { .. } => "media_added",
        Happening::ServiceChanged { .. } => "service_changed",
    }
}
