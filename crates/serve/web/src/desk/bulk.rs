//! One change of many requests: chosen in the work list, done one by one, told one by one, and taken back if it was a
//! mistake.
//!
//! Each request is changed in a transaction of its own, in which the session and the rights of whoever asked are looked
//! at again (AZ-08). What was refused is listed by number and reason, never by what is in it.

mod carry;
mod outcome_page;
mod store;

use std::fmt;

use axum::extract::Path;
use axum::response::Response;

use self::carry::Carrier;
use self::store::BulkId;
use super::actions::{Action, Typing, read_order};
use super::work_list;
use crate::form::Posted;
use crate::page::{Choice, Fault, Faults, Field, Page, Shape, Summary, chosen, go_to};
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};

/// More requests than a page of the list has.
const PICKED_MAX: usize = 100;
/// What can be done to many at once.
const ACTIONS: [Action; 5] =
    [Action::Assign, Action::Pause, Action::Close, Action::InternalNote, Action::Hide];

/// A request somebody chose, as they saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picked {
    pub(crate) number: String,
    pub(crate) version: i64,
}

impl Picked {
    /// Those that a form names, in its order.
    pub(crate) fn read(posted: &Posted) -> Vec<Picked> {
        let read = |text: &str| {
            let (number, version) = text.rsplit_once('.')?;
            Some(Picked { number: number.to_owned(), version: version.parse().ok()? })
        };
        posted.all("request").filter_map(read).collect()
    }
}

impl fmt::Display for Picked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.number, self.version)
    }
}

/// The part of the work list that changes what is chosen in it.
pub(crate) struct Panel {
    pub(crate) summary: Summary,
    pub(crate) list: String,
    pub(crate) action: Field,
    /// The fields of each action, by its name.
    pub(crate) fields: Vec<(&'static str, Vec<Field>)>,
}

/// The panel with what this person may do; nothing where that is nothing.
pub(crate) fn panel(
    visit: &Visit,
    page: &Page,
    list: &str,
    typed: &Posted,
    faults: &Faults,
) -> Option<Panel> {
    let usable: Vec<Action> = ACTIONS.into_iter().filter(|action| visit.may(action.needs())).collect();
    let name =
        |action: &Action| Choice::new(action.as_str(), page.say(&format!("action-{}", action.as_str())));
    let choices = std::iter::once(Choice::new("", page.say("choose-one"))).chain(usable.iter().map(name));
    let choices = chosen(choices.collect(), &[typed.text("action")]);
    let fields = |action: &Action| {
        let fields = Typing { visit, page, typed, action: *action }.fields_for_many();
        (action.as_str(), fields.into_iter().map(|field| field.faults(faults)).collect())
    };
    (!usable.is_empty()).then(|| Panel {
        summary: faults.summary(page),
        list: list.to_owned(),
        action: Field::new(page, "action", "bulk-action", Shape::List(choices)).filter().faults(faults),
        fields: usable.iter().map(fields).filter(|(_, fields): &(_, Vec<_>)| !fields.is_empty()).collect(),
    })
}

/// `POST /desk/bulk`
pub(crate) async fn take(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let picked = Picked::read(&posted);
    let (action, mut faults) = chosen_action(&visit, &posted, &picked);
    let Some(action) = action.filter(|_| faults.is_empty()) else {
        return again(&visit, &staff, &posted, &faults).await;
    };
    if !visit.may(action.needs()) {
        return Err(Refusal::NotAllowed);
    }
    let order = match read_order(&visit.app, &visit, &posted, action).await? {
        Ok(order) => order,
        Err(faults) => return again(&visit, &staff, &posted, &faults).await,
    };
    match Carrier::new(&visit).carry(action, &order, picked).await? {
        Ok(bulk) => Ok(go_to(&visit, &path(bulk))),
        Err(Fault { field, text }) => {
            faults.add(action.field(&field), text);
            again(&visit, &staff, &posted, &faults).await
        }
    }
}

fn chosen_action(visit: &Visit, posted: &Posted, picked: &[Picked]) -> (Option<Action>, Faults) {
    let mut faults = Faults::default();
    if picked.is_empty() {
        faults.add("pick-1", visit.language.say("bulk-nothing-picked"));
    } else if picked.len() > PICKED_MAX {
        faults.add("pick-1", visit.language.with("bulk-too-many", "max", &PICKED_MAX));
    }
    let action = ACTIONS.into_iter().find(|action| action.as_str() == posted.text("action"));
    if action.is_none() {
        faults.add("action", visit.language.say("bulk-no-action"));
    }
    (action, faults)
}

async fn again(visit: &Visit, staff: &Staff, posted: &Posted, faults: &Faults) -> Result<Response, Refusal> {
    work_list::page(visit, staff, &Query::parse(posted.text("list")), posted, faults).await
}

fn path(bulk: BulkId) -> String {
    format!("/desk/bulk/{bulk}")
}

/// `GET /desk/bulk/{id}`: what came of it.
pub(crate) async fn show(visit: Visit, staff: Staff, Path(id): Path<String>) -> Result<Response, Refusal> {
    let bulk = read(&visit, &staff, &id).await?;
    outcome_page::show(&visit, &bulk)
}

/// `POST /desk/bulk/{id}/undo`: takes back what was done, while that is allowed and nobody else went on.
pub(crate) async fn undo(
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    let bulk = read(&visit, &staff, &id).await?;
    if bulk.undone_at.is_none() {
        if !bulk.can_be_undone(visit.now) {
            return Err(Refusal::NotNow);
        }
        Carrier::new(&visit).take_back(&bulk).await?;
    }
    Ok(go_to(&visit, &path(bulk.id)))
}

/// One's own only: what others did is in the histories of the requests.
async fn read(visit: &Visit, staff: &Staff, id: &str) -> Result<store::Bulk, Refusal> {
    let id: BulkId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (home, person) = (visit.jurisdiction().clone(), staff.0.person_id);
    let found = visit.app.db.read(move |tx| store::find(tx, &home, person, id)).await;
    found.map_err(|error| Refusal::store(&visit.app, &error))?.ok_or(Refusal::NotFound)
}
