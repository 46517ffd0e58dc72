//! What an action was given: read from its form, checked, and carried out.

use access::Actor;
use catalog::{Catalog, TeamId};
use jiff::Timestamp;
use requests::{Change, Outcome, RequestError, RequestState, StoredFile};

use super::Action;
use crate::app::App;
use crate::form::Posted;
use crate::page::Faults;
use crate::photos;
use crate::refusal::Refusal;
use crate::visit::Visit;

/// What an action was given, checked.
#[derive(Clone)]
pub(in crate::desk) enum Order {
    Plain,
    Service(catalog::ServiceId),
    Team(TeamId),
    Refusal { reason: String, suggestion: Option<TeamId> },
    At(Timestamp),
    Pause { reason: String, until: Option<Timestamp> },
    Elsewhere { reference: String, system: Option<String> },
    Closing { outcome: String, note: String, original: String },
    Text(String),
    Photos(Vec<StoredFile>),
}

/// Reads the form of an action.
pub(in crate::desk) async fn read_order(
    app: &App,
    visit: &Visit,
    posted: &Posted,
    action: Action,
) -> Result<Result<Order, Faults>, Refusal> {
    if action != Action::Photos {
        return Ok(Reading { visit, posted, action, faults: Faults::default() }.order());
    }
    let name = action.field("photos");
    let files = posted.files(&name).map(|file| file.bytes.clone()).collect();
    let kept = photos::keep(app, files, 0).await?;
    let mut faults = Faults::default();
    match kept {
        Ok(kept) if kept.is_empty() => faults.add(name, visit.language.say("report-photos-missing")),
        Ok(kept) => return Ok(Ok(Order::Photos(kept))),
        Err(problem) => faults.add(name, problem.text(visit.language)),
    }
    Ok(Err(faults))
}

/// Reads the fields of one form.
struct Reading<'a> {
    visit: &'a Visit,
    posted: &'a Posted,
    action: Action,
    faults: Faults,
}

impl Reading<'_> {
    fn order(mut self) -> Result<Order, Faults> {
        let order = match self.action {
            Action::Triage
            | Action::Accept
            | Action::Start
            | Action::Resume
            | Action::Hide
            | Action::Show => Some(Order::Plain),
            Action::ChangeService => self.service().map(Order::Service),
            Action::Assign => self.team(true).flatten().map(Order::Team),
            Action::Refuse => {
                let reason = self.text("reason");
                self.team(false).map(|suggestion| Order::Refusal { reason, suggestion })
            }
            Action::Schedule => self.moment("at", true).flatten().map(Order::At),
            Action::Pause => {
                let reason = self.text("reason");
                self.moment("until", false).map(|until| Order::Pause { reason, until })
            }
            Action::OrderWork => {
                let system = Some(self.text("system")).filter(|text| !text.is_empty());
                Some(Order::Elsewhere { reference: self.text("reference"), system })
            }
            Action::Close => Some(Order::Closing {
                outcome: self.text("outcome"),
                note: self.text("note"),
                original: self.text("original"),
            }),
            Action::Reopen => Some(Order::Text(self.text("reason"))),
            Action::PublicNote | Action::InternalNote => Some(Order::Text(self.text("note"))),
            Action::Photos => None,
        };
        order.ok_or(self.faults)
    }

    fn text(&self, name: &str) -> String {
        self.posted.text(&self.action.field(name)).to_owned()
    }

    fn wrong(&mut self, name: &str, key: &str) {
        self.faults.add(self.action.field(name), self.visit.language.say(key));
    }

    fn service(&mut self) -> Option<catalog::ServiceId> {
        let code = self.text("service");
        let service = self.visit.catalog.service_by_code(&code).map(|service| service.id);
        if service.is_none() {
            self.wrong("service", "fault-service");
        }
        service
    }

    fn team(&mut self, is_required: bool) -> Option<Option<TeamId>> {
        let code = self.text("team");
        if code.is_empty() && !is_required {
            return Some(None);
        }
        let team = self.visit.catalog.team_by_code(&code).map(|team| team.id);
        if team.is_none() {
            self.wrong("team", "fault-team");
        }
        team.map(Some)
    }

    fn moment(&mut self, name: &str, is_required: bool) -> Option<Option<Timestamp>> {
        let text = self.text(name);
        if text.is_empty() && !is_required {
            return Some(None);
        }
        let at = catalog::read_instant(&text, &self.visit.catalog.jurisdiction.zone);
        if at.is_none() {
            self.wrong(name, "fault-answer-date");
        }
        at.map(Some)
    }
}

/// One action on one request, as somebody asked for it.
#[derive(Clone)]
pub(in crate::desk) struct Task {
    pub(in crate::desk) number: String,
    /// The version its form was made for; nothing for what only adds to a request, whatever happened to it since.
    pub(in crate::desk) expected: Option<i64>,
    pub(in crate::desk) action: Action,
    pub(in crate::desk) order: Order,
}

impl Task {
    /// Does it, within one transaction.
    pub(in crate::desk) fn carry_out(
        &self,
        tx: &mut db::Tx<'_>,
        now: Timestamp,
        by: &Actor,
        catalog: &Catalog,
    ) -> Result<RequestState, RequestError> {
        let jurisdiction = &catalog.jurisdiction.id;
        // What one may not see answers like what does not exist.
        let Some(request) = requests::find_by_number(tx, by, jurisdiction, &self.number)?.map(|view| view.id)
        else {
            return Err(RequestError::NoSuchNumber(self.number.clone()));
        };
        let change = Change { now, by, catalog, request, expected: self.expected };
        match (self.action, &self.order) {
            (Action::Triage, _) => requests::triage(tx, &change),
            (Action::ChangeService, Order::Service(service)) => {
                requests::change_service(tx, &change, *service)
            }
            (Action::Assign, Order::Team(team)) => requests::assign(tx, &change, *team),
            (Action::Accept, _) => requests::accept(tx, &change),
            (Action::Refuse, Order::Refusal { reason, suggestion }) => {
                requests::refuse(tx, &change, reason, *suggestion)
            }
            (Action::Schedule, Order::At(at)) => requests::schedule(tx, &change, *at),
            (Action::Start, _) => requests::start(tx, &change),
            (Action::Pause, Order::Pause { reason, until }) => requests::pause(tx, &change, reason, *until),
            (Action::Resume, _) => requests::resume(tx, &change),
            (Action::OrderWork, Order::Elsewhere { reference, system }) => {
                requests::order_work(tx, &change, reference, system.as_deref())
            }
            (Action::Close, Order::Closing { outcome, note, original }) => {
                let outcome = read_outcome(tx, catalog, outcome, original)?;
                requests::close(tx, &change, outcome, note)
            }
            (Action::Reopen, Order::Text(reason)) => requests::reopen(tx, &change, reason),
            (Action::PublicNote, Order::Text(note)) => requests::add_public_note(tx, &change, note),
            (Action::InternalNote, Order::Text(note)) => requests::add_internal_note(tx, &change, note),
            (Action::Photos, Order::Photos(photos)) => requests::files::add_file(tx, &change, photos),
            (Action::Hide, _) => requests::set_confidential(tx, &change, true),
            (Action::Show, _) => requests::set_confidential(tx, &change, false),
            // Each action reads its own kind of order, so the others cannot meet.
            _ => Err(RequestError::TextMissing { field: "form" }),
        }
    }
}

fn read_outcome(
    tx: &mut db::Tx<'_>,
    catalog: &Catalog,
    outcome: &str,
    original: &str,
) -> Result<Outcome, RequestError> {
    Ok(match outcome {
        "done" => Outcome::Done,
        "no_action_needed" => Outcome::NoActionNeeded,
        "not_ours" => Outcome::NotOurs,
        "could_not" => Outcome::CouldNot,
        "withdrawn" => Outcome::Withdrawn,
        "duplicate" => {
            let of = requests::id_of(tx, &catalog.jurisdiction.id, original)?;
            Outcome::Duplicate { of: of.ok_or(RequestError::TextMissing { field: "original" })? }
        }
        _ => return Err(RequestError::TextMissing { field: "outcome" }),
    })
}
