//! The history of a request with the words that only staff may read.

use requests::{Event, Recorded};

use super::team_name;
use crate::page::Page;
use crate::portal::view::{self, Moment};
use crate::visit::Visit;

/// One event, with the words that only staff may read.
pub(super) fn moment(visit: &Visit, page: &Page, recorded: &Recorded) -> Moment {
    let (what, text) = match &recorded.event {
        Event::Refused { reason, suggestion } => {
            let team = team_name(visit, page, *suggestion);
            (page.with("happening-refused", "team", &team).into_owned(), Some(reason.clone()))
        }
        Event::InternalNote { note } => {
            (page.say("happening-internal-note").into_owned(), Some(note.clone()))
        }
        Event::ConfidentialSet { confidential: true } => (page.say("happening-hidden").into_owned(), None),
        Event::ConfidentialSet { confidential: false } => (page.say("happening-shown").into_owned(), None),
        Event::WorkOrdered { reference, .. } => {
            (page.say("happening-work-ordered").into_owned(), Some(reference.clone()))
        }
        event => (open_words(visit, page, event), event_text(event)),
    };
    let is_end = matches!(recorded.event, Event::Closed { .. });
    Moment { at: recorded.at, who: view::author(page, recorded.by.kind()), what, text, is_end }
}

fn open_words(visit: &Visit, page: &Page, event: &Event) -> String {
    let what = requests::timeline::happening(event);
    what.map_or_else(String::new, |what| view::happening(visit, page, &what))
}

fn event_text(event: &Event) -> Option<String> {
    match event {
        Event::Closed { note, .. } | Event::PublicNote { note } => Some(note.whole().to_owned()),
        Event::Paused { reason, .. } | Event::Reopened { reason } => Some(reason.clone()),
        Event::InformationAdded { text } => Some(text.clone()),
        _ => None,
    }
}
