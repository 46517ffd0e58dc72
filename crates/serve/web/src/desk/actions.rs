//! What staff may do with a request: one form and one route for each move of its life cycle.
//!
//! Which forms are shown follows from the state of the request and the rights of the reader. Every form
//! carries the version it was made for, so that two people cannot overwrite each other unseen.

use access::{Actor, Permission};
use axum::extract::{Path, State};
use axum::response::Response;
use catalog::{Catalog, TeamId};
use jiff::Timestamp;
use requests::{Change, Move, Outcome, RequestError, RequestId, StaffView, StoredFile};

use super::request_page::{self, path};
use crate::app::App;
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen, go_to};
use crate::photos;
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

    /// Whether the request stands where this can be done.
    fn fits(self, request: &StaffView) -> bool {
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
    fn field(self, name: &str) -> String {
        format!("{}-{name}", self.as_str())
    }
}

/// A form that was sent and could not be taken.
pub(crate) struct Attempt {
    action: Action,
    posted: Posted,
    faults: Faults,
}

impl Attempt {
    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }
}

/// One form on the page of a request.
pub(crate) struct ActionForm {
    pub(crate) heading: String,
    pub(crate) form: FormBox,
    /// Forms that were sent and came back are shown open.
    pub(crate) is_open: bool,
}

/// Every form the reader may use now.
pub(crate) fn forms(
    visit: &Visit,
    page: &Page,
    request: &StaffView,
    attempt: Option<&Attempt>,
) -> Vec<ActionForm> {
    let usable = |action: &Action| visit.may(action.needs()) && action.fits(request);
    Action::ALL
        .into_iter()
        .filter(usable)
        .map(|action| action_form(visit, page, request, action, attempt))
        .collect()
}

fn action_form(
    visit: &Visit,
    page: &Page,
    request: &StaffView,
    action: Action,
    attempt: Option<&Attempt>,
) -> ActionForm {
    let word = action.as_str();
    let attempt = attempt.filter(|attempt| attempt.action == action);
    let none = (Posted::default(), Faults::default());
    let (typed, faults) = attempt.map_or((&none.0, &none.1), |attempt| (&attempt.posted, &attempt.faults));
    let fields = Typing { visit, page, typed, action }.fields(request);
    let form =
        FormBox::new(page, &format!("{}/{word}", path(&request.number)), &format!("action-{word}-button"))
            .faults(faults)
            .hidden("version", request.version.to_string())
            .fields(fields.into_iter().map(|field| field.faults(faults)));
    let form = if action == Action::Photos { form.with_files() } else { form };
    let heading = page.say(&format!("action-{word}")).into_owned();
    ActionForm { heading, form: form.quiet(), is_open: attempt.is_some() }
}

/// What a form needs to show its fields with what was typed before.
struct Typing<'a> {
    visit: &'a Visit,
    page: &'a Page,
    typed: &'a Posted,
    action: Action,
}

impl Typing<'_> {
    fn fields(&self, request: &StaffView) -> Vec<Field> {
        match self.action {
            Action::Triage
            | Action::Accept
            | Action::Start
            | Action::Resume
            | Action::Hide
            | Action::Show => vec![],
            Action::ChangeService => {
                let first = Choice::new("", self.page.say("choose-one"));
                let services = service_choices(self.page, &self.visit.catalog);
                vec![self.list("service", std::iter::once(first).chain(services).collect()).required()]
            }
            Action::Assign => vec![self.list("team", self.teams(false)).required()],
            Action::Refuse => {
                vec![self.lines("reason", REASON_MAX).required(), self.list("team", self.teams(true))]
            }
            Action::Schedule => vec![self.moment("at").required()],
            Action::Pause => vec![self.lines("reason", REASON_MAX).required(), self.moment("until")],
            Action::OrderWork => vec![self.line("reference").required(), self.line("system")],
            Action::Close => vec![
                self.outcomes(request).required(),
                self.lines("note", NOTE_MAX).required().hint(self.page, "action-close-note-hint"),
                self.line("original").hint(self.page, "action-close-original-hint"),
            ],
            Action::Reopen => vec![self.lines("reason", REASON_MAX).required()],
            Action::PublicNote | Action::InternalNote => vec![self.lines("note", NOTE_MAX).required()],
            Action::Photos => vec![self.labelled("photos", Shape::Photos).required()],
        }
    }

    fn labelled(&self, name: &str, shape: Shape) -> Field {
        let label = self.page.say(&format!("action-field-{name}"));
        Field::labelled(self.page, self.action.field(name), label, shape)
    }

    fn value(&self, name: &str) -> String {
        self.typed.text(&self.action.field(name)).to_owned()
    }

    fn line(&self, name: &str) -> Field {
        let value = self.value(name);
        self.labelled(name, Shape::Line { kind: "text", autocomplete: "", value, chars_max: LINE_MAX })
    }

    fn lines(&self, name: &str, chars_max: usize) -> Field {
        self.labelled(name, Shape::Lines { value: self.value(name), chars_max })
    }

    fn moment(&self, name: &str) -> Field {
        let value = self.value(name);
        self.labelled(name, Shape::Line { kind: "datetime-local", autocomplete: "", value, chars_max: 40 })
    }

    fn list(&self, name: &str, choices: Vec<Choice>) -> Field {
        self.labelled(name, Shape::List(chosen(choices, &[&self.value(name)])))
    }

    fn teams(&self, may_be_nobody: bool) -> Vec<Choice> {
        // No team is chosen beforehand: a hurried press must not hand work to the first of the alphabet.
        let first = Choice::new("", self.page.say(if may_be_nobody { "team-none" } else { "choose-one" }));
        let teams = self.visit.catalog.teams().iter().filter(|team| team.active);
        let named = teams.map(|team| Choice::new(&team.code, team.name.in_language(self.page.tag())));
        std::iter::once(first).chain(named).collect()
    }

    /// Only a team can have done something, so these two are offered once there is one.
    fn outcomes(&self, request: &StaffView) -> Field {
        let words = ["done", "could_not", "no_action_needed", "not_ours", "duplicate", "withdrawn"];
        let offered =
            words.iter().filter(|word| request.team.is_some() || !matches!(**word, "done" | "could_not"));
        let choice =
            |word: &&str| Choice::new(*word, self.page.say(&format!("outcome-{}", word.replace('_', "-"))));
        let choices = chosen(offered.map(choice).collect(), &[&self.value("outcome")]);
        self.labelled("outcome", Shape::OneOf(choices))
    }
}

/// Every active service, for a list.
pub(crate) fn service_choices(page: &Page, catalog: &Catalog) -> Vec<Choice> {
    let services = catalog.active_services();
    services.map(|service| Choice::new(&service.code, service.name.in_language(page.tag()))).collect()
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

/// What an action was given, checked.
#[derive(Clone)]
enum Order {
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

async fn act(
    app: App,
    visit: Visit,
    staff: Staff,
    number: String,
    posted: Posted,
    action: Action,
) -> Result<Response, Refusal> {
    let order = match read_order(&app, &visit, &posted, action).await? {
        Ok(order) => order,
        Err(faults) => return again(&visit, &staff, &number, Attempt { action, posted, faults }).await,
    };
    let expected: i64 =
        posted.text("version").parse().map_err(|_| Refusal::Unreadable("version".to_owned()))?;
    let (now, catalog, by) = (visit.now, visit.catalog.clone(), staff.actor());
    let wanted = number.clone();
    let done =
        app.db.write(move |tx| carry_out(tx, now, &by, &catalog, &wanted, expected, action, &order)).await;
    match done {
        Ok(()) => {
            if action == Action::Hide {
                take_off_the_map(&app, &visit, &number).await?;
            }
            Ok(go_to(&visit, &path(&number)))
        }
        Err(error) => match told(&visit, &error, "form") {
            Told::Fault(fault) => {
                let mut faults = Faults::default();
                faults.add(action.field(&fault.field), fault.text);
                again(&visit, &staff, &number, Attempt { action, posted, faults }).await
            }
            Told::Refusal(refusal) => Err(refusal),
        },
    }
}

/// At once, and not when the pins are next renewed.
async fn take_off_the_map(app: &App, visit: &Visit, number: &str) -> Result<(), Refusal> {
    let (jurisdiction, number) = (visit.jurisdiction().clone(), number.to_owned());
    let hidden = app.db.read(move |tx| requests::id_of(tx, &jurisdiction, &number)).await;
    if let Some(hidden) = hidden.map_err(|error| Refusal::request(app, &error))? {
        app.pin_board.remove(visit.jurisdiction(), hidden);
    }
    Ok(())
}

async fn again(visit: &Visit, staff: &Staff, number: &str, attempt: Attempt) -> Result<Response, Refusal> {
    request_page::page(visit, staff, number, Some(&attempt), None).await
}

async fn read_order(
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

#[expect(clippy::too_many_arguments, reason = "everything an operation is told, given once, in one call")]
fn carry_out(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    catalog: &Catalog,
    number: &str,
    expected: i64,
    action: Action,
    order: &Order,
) -> Result<(), RequestError> {
    let jurisdiction = &catalog.jurisdiction.id;
    // What one may not see answers like what does not exist.
    let Some(request) = requests::find_by_number(tx, by, jurisdiction, number)?.map(|view| view.id) else {
        return Err(RequestError::Unknown(RequestId::from(uuid::Uuid::nil())));
    };
    let change = Change { now, by, catalog, request, expected: Some(expected) };
    match (action, order) {
        (Action::Triage, _) => requests::triage(tx, &change),
        (Action::ChangeService, Order::Service(service)) => requests::change_service(tx, &change, *service),
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
        _ => return Err(RequestError::TextMissing { field: "form" }),
    }
    .map(|_| ())
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
