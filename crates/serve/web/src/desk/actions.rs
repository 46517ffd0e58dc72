//! What staff may do with a request: one form and one route for each move of its life cycle.
//!
//! Which forms are shown follows from the state of the request and the rights of the reader. Every form
//! carries the version it was made for, so that two people cannot overwrite each other unseen.

mod forms;
mod orders;

use access::Permission;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use requests::{Move, RequestError, StaffView};

pub(in crate::desk) use self::forms::{ActionForm, Typing, forms, service_choices};
pub(in crate::desk) use self::orders::{Order, Task, read_order};
use super::request_page::{self, Extras, path_in};
use crate::app::App;
use crate::form::Posted;
use crate::page::{Faults, go_to};
use crate::refusal::Refusal;
use crate::request_faults::{Told, told};
use crate::visit::{Staff, Visit};

const NOTE_MAX: usize = 4_000;
const REASON_MAX: usize = 1_000;
const LINE_MAX: usize = 300;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Triage,
    ChangeService,
    Assign,
    Accept,
    Refuse,
    Schedule,
    Start,
    Pause,
    Resume,
    OrderWork,
    Close,
    Reopen,
    PublicNote,
    InternalNote,
    Photos,
    Hide,
    Show,
}

impl Action {
    /// Every action, the ones that move the work on first.
    pub(crate) const ALL: [Action; 17] = [
        Action::Triage,
        Action::Accept,
        Action::Refuse,
        Action::Assign,
        Action::Schedule,
        Action::Start,
        Action::Pause,
        Action::Resume,
        Action::OrderWork,
        Action::Close,
        Action::Reopen,
        Action::PublicNote,
        Action::InternalNote,
        Action::Photos,
        Action::ChangeService,
        Action::Hide,
        Action::Show,
    ];

    /// The last part of its address, and of the keys of its words.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Action::Triage => "triage",
            Action::ChangeService => "service",
            Action::Assign => "assign",
            Action::Accept => "accept",
            Action::Refuse => "refuse",
            Action::Schedule => "schedule",
            Action::Start => "start",
            Action::Pause => "pause",
            Action::Resume => "resume",
            Action::OrderWork => "order-work",
            Action::Close => "close",
            Action::Reopen => "reopen",
            Action::PublicNote => "public-note",
            Action::InternalNote => "internal-note",
            Action::Photos => "photos",
            Action::Hide => "hide",
            Action::Show => "show",
        }
    }

    /// What one must be allowed to do.
    pub(crate) const fn needs(self) -> Permission {
        match self {
            Action::Triage | Action::ChangeService => Permission::TriageRequest,
            Action::Assign => Permission::AssignRequest,
            Action::Accept | Action::Refuse => Permission::AnswerHandOver,
            Action::Schedule | Action::Start | Action::Pause | Action::Resume | Action::OrderWork => {
                Permission::WorkRequest
            }
            Action::Close => Permission::CloseRequest,
            Action::Reopen => Permission::ReopenRequest,
            Action::PublicNote => Permission::WritePublicNote,
            Action::InternalNote => Permission::WriteInternalNote,
            Action::Photos => Permission::AttachFile,
            Action::Hide | Action::Show => Permission::SetConfidential,
        }
    }

    /// Whether it takes nothing away from what somebody else did meanwhile.
    fn only_adds(self) -> bool {
        matches!(self, Action::InternalNote | Action::Photos)
    }

    /// Whether the request stands where this can be done.
    pub(in crate::desk) fn fits(self, request: &StaffView) -> bool {
        let allows = |step: Move| request.state.allows(step);
        match self {
            Action::Triage => allows(Move::Triage),
            Action::Assign => allows(Move::Assign),
            Action::Accept => allows(Move::Accept),
            Action::Refuse => allows(Move::Refuse),
            Action::Schedule => allows(Move::Schedule),
            Action::Start => allows(Move::Start),
            Action::Pause => allows(Move::Pause),
            Action::Resume => allows(Move::Resume),
            Action::OrderWork => allows(Move::OrderWork),
            Action::Close => allows(Move::Close),
            Action::Reopen => allows(Move::Reopen),
            Action::ChangeService => request.state.is_open(),
            Action::PublicNote | Action::InternalNote | Action::Photos => true,
            Action::Hide => !request.confidential,
            Action::Show => request.confidential,
        }
    }

    /// The name of one of its fields: unique on the page, because all forms stand on one.
    pub(in crate::desk) fn field(self, name: &str) -> String {
        format!("{}-{name}", self.as_str())
    }
}

/// A form that was sent and could not be taken.
pub(crate) struct Attempt {
    action: Action,
    posted: Posted,
    faults: Faults,
    /// The version it was made for, when the request has changed since.
    pub(in crate::desk) outdated: Option<i64>,
}

impl Attempt {
    pub(in crate::desk) fn action(&self) -> Action {
        self.action
    }

    /// What was typed, field by field, for a page that no longer has the form.
    pub(in crate::desk) fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        let typed = self.posted.below(self.action.as_str()).filter(|(_, value)| !value.is_empty());
        typed.filter_map(|(name, value)| Some((name.strip_prefix('-')?, value)))
    }

    pub(in crate::desk) fn status(&self) -> StatusCode {
        if self.outdated.is_some() { StatusCode::PRECONDITION_FAILED } else { self.faults.status() }
    }
}

/// `POST /desk/requests/{number}/…`: one handler for each action, so that the table names its permission.
macro_rules! handlers {
    ($($name:ident => $action:ident,)*) => {
        $(
            pub(crate) async fn $name(
                app: State<App>, visit: Visit, staff: Staff, number: Path<String>, posted: Posted,
            ) -> Result<Response, Refusal> {
                act(app.0, visit, staff, number.0, posted, Action::$action).await
            }
        )*
    };
}

handlers! {
    triage => Triage,
    change_service => ChangeService,
    assign => Assign,
    accept => Accept,
    refuse => Refuse,
    schedule => Schedule,
    start => Start,
    pause => Pause,
    resume => Resume,
    order_work => OrderWork,
    close => Close,
    reopen => Reopen,
    public_note => PublicNote,
    internal_note => InternalNote,
    add_photos => Photos,
    hide => Hide,
    show => Show,
}

async fn act(
    app: App,
    visit: Visit,
    staff: Staff,
    number: String,
    posted: Posted,
    action: Action,
) -> Result<Response, Refusal> {
    let seen: i64 = posted.text("version").parse().map_err(|_| Refusal::Unreadable("version".to_owned()))?;
    let attempt = |posted, faults| Attempt { action, posted, faults, outdated: None };
    let order = match read_order(&app, &visit, &posted, action).await? {
        Ok(order) => order,
        Err(faults) => return again(&visit, &staff, &number, attempt(posted, faults)).await,
    };
    // What only adds is added to whatever happened since: the two are merged, not overwritten.
    let expected = Some(seen).filter(|_| !action.only_adds());
    let task = Task { number: number.clone(), expected, action, order };
    let (now, catalog, by) = (visit.now, visit.catalog.clone(), staff.actor());
    let done = app.db.write(move |tx| task.carry_out(tx, now, &by, &catalog)).await;
    match done {
        Ok(_) => {
            if action == Action::Hide {
                take_off_the_map(&app, &visit, &number).await?;
            }
            Ok(go_to(&visit, &path_in(&number, posted.text("list"))))
        }
        Err(RequestError::Stale { expected, .. }) => {
            let outdated = Some(expected);
            let attempt = Attempt { outdated, ..attempt(posted, Faults::default()) };
            again(&visit, &staff, &number, attempt).await
        }
        Err(error) => match told(&visit, &error, "form") {
            Told::Fault(fault) => {
                let mut faults = Faults::default();
                faults.add(action.field(&fault.field), fault.text);
                again(&visit, &staff, &number, attempt(posted, faults)).await
            }
            Told::Refusal(refusal) => Err(refusal),
        },
    }
}

/// At once, and not when the pins are next renewed.
pub(in crate::desk) async fn take_off_the_map(app: &App, visit: &Visit, number: &str) -> Result<(), Refusal> {
    let (jurisdiction, number) = (visit.jurisdiction().clone(), number.to_owned());
    let hidden = app.db.read(move |tx| requests::id_of(tx, &jurisdiction, &number)).await;
    if let Some(hidden) = hidden.map_err(|error| Refusal::request(app, &error))? {
        app.pin_board.remove(visit.jurisdiction(), hidden);
    }
    Ok(())
}

async fn again(visit: &Visit, staff: &Staff, number: &str, attempt: Attempt) -> Result<Response, Refusal> {
    let list = attempt.posted.text("list").to_owned();
    request_page::page(visit, staff, number, Extras { list, attempt: Some(attempt), contact: None }).await
}
