//! Doing one thing to many requests, each on its own and by rights that are looked at again each time.

use access::sessions;
use access::{Actor, Permission};
use db::Tx;
use requests::{Change, Refusal as Step, RequestError};

use super::Picked;
use super::store::{self, Bulk, BulkId, Item};
use crate::desk::actions::{Action, Order, Task, take_off_the_map};
use crate::page::Fault;
use crate::refusal::Refusal;
use crate::request_faults::{Told, told};
use crate::visit::Visit;

/// What came of one request: its version afterwards, or why not.
type Done = Result<i64, RequestError>;

/// Somebody who changes many requests.
pub(super) struct Carrier<'v> {
    visit: &'v Visit,
}

impl<'v> Carrier<'v> {
    pub(super) fn new(visit: &'v Visit) -> Self {
        Self { visit }
    }

    /// Does it to each. A text that no request could take is a fault of the form, found at the first of them.
    pub(super) async fn carry(
        &self,
        action: Action,
        order: &Order,
        picked: Vec<Picked>,
    ) -> Result<Result<BulkId, Fault>, Refusal> {
        let mut bulk = None;
        let mut refused = Vec::new();
        for (position, Picked { number, version }) in (1_i64..).zip(picked) {
            let task = Task { number: number.clone(), expected: Some(version), action, order: order.clone() };
            match self.change_one(action, task, bulk, position).await {
                Ok(begun) => {
                    bulk = Some(begun);
                    if action == Action::Hide {
                        take_off_the_map(&self.visit.app, self.visit, &number).await?;
                    }
                }
                Err(error) => match self.why(error)? {
                    Ok(key) => refused.push((position, number, key)),
                    Err(fault) => return Ok(Err(fault)),
                },
            }
        }
        Ok(Ok(self.note_refused(action, bulk, refused).await?))
    }

    /// The change and the note of it, together or not at all.
    async fn change_one(
        &self,
        action: Action,
        task: Task,
        bulk: Option<BulkId>,
        position: i64,
    ) -> Result<BulkId, RequestError> {
        let visit = self.visit.clone();
        let done = self.visit.app.db.write(move |tx| {
            let by = whoever_asks(tx, &visit, action.needs())?;
            let state = task.carry_out(tx, visit.now, &by, &visit.catalog)?;
            let bulk = begun(tx, &visit, action, bulk)?;
            let (version, number) = (Some(state.version), task.number.clone());
            let item = Item { position, number, version, refusal: None, undoing: None };
            store::note(tx, visit.jurisdiction(), bulk, &item)?;
            Ok::<_, RequestError>(bulk)
        });
        done.await
    }

    async fn note_refused(
        &self,
        action: Action,
        bulk: Option<BulkId>,
        refused: Vec<(i64, String, &'static str)>,
    ) -> Result<BulkId, Refusal> {
        let visit = self.visit.clone();
        let noted = self.visit.app.db.write(move |tx| {
            let bulk = begun(tx, &visit, action, bulk)?;
            for (position, number, key) in &refused {
                let refusal = Some((*key).to_owned());
                let item = Item {
                    position: *position,
                    number: number.clone(),
                    version: None,
                    refusal,
                    undoing: None,
                };
                store::note(tx, visit.jurisdiction(), bulk, &item)?;
            }
            Ok::<_, RequestError>(bulk)
        });
        noted.await.map_err(|error| Refusal::request(&self.visit.app, &error))
    }

    /// Takes back what was done to each, where nobody has gone on since.
    pub(super) async fn take_back(&self, bulk: &Bulk) -> Result<(), Refusal> {
        let (visit, id) = (self.visit.clone(), bulk.id);
        let begun =
            self.visit.app.db.write(move |tx| store::begin_undo(tx, visit.now, visit.jurisdiction(), id));
        if !begun.await.map_err(|error| Refusal::store(&self.visit.app, &error))? {
            return Ok(());
        }
        for item in bulk.done() {
            let came = match self.take_one_back(bulk, item.clone()).await {
                Ok(_) => "undone",
                Err(error) => self.why(error)?.unwrap_or("failed"),
            };
            if came != "undone" {
                self.note_undoing(bulk.id, item.position, came).await?;
            }
        }
        Ok(())
    }

    async fn take_one_back(&self, bulk: &Bulk, item: Item) -> Done {
        let (visit, id) = (self.visit.clone(), bulk.id);
        let reason = self.visit.language.say("bulk-undo-reason").into_owned();
        let done = self.visit.app.db.write(move |tx| {
            let by = whoever_asks(tx, &visit, Permission::ViewWork)?;
            let found = requests::find_by_number(tx, &by, visit.jurisdiction(), &item.number)?;
            let request = found.ok_or_else(|| RequestError::NoSuchNumber(item.number.clone()))?.id;
            let change =
                Change { now: visit.now, by: &by, catalog: &visit.catalog, request, expected: item.version };
            let state = requests::undo(tx, &change, &reason)?;
            store::note_undoing(tx, visit.jurisdiction(), id, item.position, "undone")?;
            Ok::<_, RequestError>(state.version)
        });
        done.await
    }

    async fn note_undoing(&self, bulk: BulkId, position: i64, came: &'static str) -> Result<(), Refusal> {
        let visit = self.visit.clone();
        let noted = self
            .visit
            .app
            .db
            .write(move |tx| store::note_undoing(tx, visit.jurisdiction(), bulk, position, came));
        noted.await.map_err(|error| Refusal::store(&self.visit.app, &error))
    }

    /// Why one was refused, as the key of its words; or what is wrong with the form itself.
    fn why(&self, error: RequestError) -> Result<Result<&'static str, Fault>, Refusal> {
        Ok(Ok(match error {
            RequestError::Unknown(_) | RequestError::NoSuchNumber(_) => "unknown",
            RequestError::NotAllowed(_) => "not-allowed",
            RequestError::Stale { .. } => "changed",
            RequestError::Refused(Step::NobodyAssigned { .. }) => "nobody-assigned",
            RequestError::Refused(Step::NotFromHere { .. }) | RequestError::NothingToUndo { .. } => "not-now",
            RequestError::UnknownTeam(_) => "no-team",
            other => match told(self.visit, &other, "form") {
                Told::Fault(fault) => return Ok(Err(fault)),
                Told::Refusal(refusal) => return Err(refusal),
            },
        }))
    }
}

/// The person behind the session as it is now: a session that ended or a role that was taken away since the form was
/// sent counts at once.
fn whoever_asks(tx: &mut Tx<'_>, visit: &Visit, needs: Permission) -> Result<Actor, RequestError> {
    let found = match &visit.session {
        Some(token) => sessions::find(tx, visit.now, visit.jurisdiction(), token)?,
        None => None,
    };
    found.map(Actor::Person).ok_or(RequestError::NotAllowed(needs))
}

fn begun(
    tx: &mut Tx<'_>,
    visit: &Visit,
    action: Action,
    bulk: Option<BulkId>,
) -> Result<BulkId, RequestError> {
    match (bulk, &visit.staff) {
        (Some(bulk), _) => Ok(bulk),
        (None, Some(staff)) => {
            Ok(store::begin(tx, visit.now, visit.jurisdiction(), staff.person_id, action)?)
        }
        (None, None) => Err(RequestError::NotAllowed(action.needs())),
    }
}
