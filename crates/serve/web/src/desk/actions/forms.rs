//! The forms of a request: which are shown follows from its state and the rights of the reader.

use catalog::Catalog;
use requests::StaffView;

use super::{Action, LINE_MAX, NOTE_MAX, REASON_MAX};
use crate::desk::request_page::{Extras, path};
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen};
use crate::visit::Visit;

/// One form on the page of a request.
pub(in crate::desk) struct ActionForm {
    pub(in crate::desk) action: &'static str,
    pub(in crate::desk) heading: String,
    pub(in crate::desk) form: FormBox,
    /// Forms that were sent and came back are shown open.
    pub(in crate::desk) is_open: bool,
}

/// Every form the reader may use now.
pub(in crate::desk) fn forms(
    visit: &Visit,
    page: &Page,
    request: &StaffView,
    extras: &Extras,
) -> Vec<ActionForm> {
    let usable = |action: &Action| visit.may(action.needs()) && action.fits(request);
    Action::ALL
        .into_iter()
        .filter(usable)
        .map(|action| action_form(visit, page, request, action, extras))
        .collect()
}

fn action_form(
    visit: &Visit,
    page: &Page,
    request: &StaffView,
    action: Action,
    extras: &Extras,
) -> ActionForm {
    let word = action.as_str();
    let attempt = extras.attempt.as_ref().filter(|attempt| attempt.action == action);
    let none = (Posted::default(), Faults::default());
    let (typed, faults) = attempt.map_or((&none.0, &none.1), |attempt| (&attempt.posted, &attempt.faults));
    let fields = Typing { visit, page, typed, action }.fields(request);
    let form =
        FormBox::new(page, &format!("{}/{word}", path(&request.number)), &format!("action-{word}-button"))
            .faults(faults)
            .hidden("version", request.version.to_string())
            .hidden("list", &extras.list)
            .fields(fields.into_iter().map(|field| field.faults(faults)));
    let form = if action == Action::Photos { form.with_files() } else { form };
    let heading = page.say(&format!("action-{word}")).into_owned();
    ActionForm { action: word, heading, form: form.quiet(), is_open: attempt.is_some() }
}

/// What a form needs to show its fields with what was typed before.
pub(in crate::desk) struct Typing<'a> {
    pub(in crate::desk) visit: &'a Visit,
    pub(in crate::desk) page: &'a Page,
    pub(in crate::desk) typed: &'a Posted,
    pub(in crate::desk) action: Action,
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
        let is_offered = |word: &&&str| request.team.is_some() || !matches!(**word, "done" | "could_not");
        self.outcome_choice(&words.iter().filter(is_offered).copied().collect::<Vec<_>>())
    }

    fn outcome_choice(&self, words: &[&str]) -> Field {
        let choice =
            |word: &&str| Choice::new(*word, self.page.say(&format!("outcome-{}", word.replace('_', "-"))));
        let choices = chosen(words.iter().map(choice).collect(), &[&self.value("outcome")]);
        self.labelled("outcome", Shape::OneOf(choices))
    }

    /// The fields for many requests at once: whether each can have what is chosen is said for each afterwards.
    pub(in crate::desk) fn fields_for_many(&self) -> Vec<Field> {
        let fields = match self.action {
            Action::Assign => vec![self.list("team", self.teams(false))],
            Action::Pause => vec![self.lines("reason", REASON_MAX), self.moment("until")],
            Action::Close => vec![
                self.outcome_choice(&["done", "could_not", "no_action_needed", "not_ours"]),
                self.lines("note", NOTE_MAX).hint(self.page, "action-close-note-hint"),
            ],
            Action::InternalNote => vec![self.lines("note", NOTE_MAX)],
            _ => Vec::new(),
        };
        fields.into_iter().map(Field::filter).collect()
    }
}

/// Every active service, for a list.
pub(in crate::desk) fn service_choices(page: &Page, catalog: &Catalog) -> Vec<Choice> {
    let services = catalog.active_services();
    services.map(|service| Choice::new(&service.code, service.name.in_language(page.tag()))).collect()
}
