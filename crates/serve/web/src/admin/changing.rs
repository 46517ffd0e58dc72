//! Changing the catalog from a form: carried out with its audit entry, and what is wrong said at its field.

use access::{Actor, JurisdictionId};
use catalog::{CatalogError, Flaw, Step, Wrong};
use db::Tx;
use jiff::Timestamp;
use requests::RequestError;

use crate::page::Faults;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};
use crate::words::Language;

/// Who changes which catalog, and when.
pub(super) struct Editor {
    pub(super) now: Timestamp,
    pub(super) by: Actor,
    pub(super) home: JurisdictionId,
}

/// Carries out a change of the catalog, which residents see at once. What a form can mend comes back as faults.
pub(super) async fn change<T: Send + 'static>(
    visit: &Visit,
    staff: &Staff,
    operation: impl Fn(&mut Tx<'_>, &Editor) -> Result<T, RequestError> + Send + 'static,
) -> Result<Result<T, Faults>, Refusal> {
    let editor = Editor { now: visit.now, by: staff.actor(), home: visit.jurisdiction().clone() };
    match visit.app.db.write(move |tx| operation(tx, &editor)).await {
        Ok(done) => {
            visit.app.tenants.forget(visit.jurisdiction());
            Ok(Ok(done))
        }
        Err(RequestError::Catalog(CatalogError::Flaw(flaw))) => Ok(Err(faults(&flaw, visit.language))),
        Err(RequestError::Catalog(error)) => Err(Refusal::catalog(&visit.app, &error)),
        Err(error) => Err(Refusal::request(&visit.app, &error)),
    }
}

/// Fields that exist once for each language.
const WORDED: [&str; 9] =
    ["name", "description", "group", "keywords", "text", "hint", "whom", "advice", "contact"];

/// A flaw, beside the field of the form that it is about.
pub(super) fn faults(flaw: &Flaw, language: Language) -> Faults {
    let mut faults = Faults::default();
    faults.add(field_of(flaw), flaw_words(&flaw.wrong, language));
    faults
}

/// `values[2].name` stands in the field `values-2-name-en`.
fn field_of(flaw: &Flaw) -> String {
    let step = |step: &Step| match step {
        Step::Name(name) => name.clone(),
        Step::Item(item) => item.to_string(),
    };
    let name = flaw.field.steps().iter().map(step).collect::<Vec<_>>().join("-");
    let last = name.rsplit('-').next().unwrap_or_default();
    if WORDED.contains(&last) { format!("{name}-{}", Language::English.tag()) } else { name }
}

/// What is wrong with a proposed entry, as far as our forms can cause it.
pub(super) fn flaw_words(wrong: &Wrong, language: Language) -> String {
    match wrong {
        Wrong::Empty => language.say("fault-missing"),
        Wrong::TooLong { max } => language.with("fault-too-long", "max", max),
        Wrong::TooMany { max } => language.with("fault-too-many", "max", max),
        Wrong::ForbiddenCharacter { .. } => language.say("fault-unreadable"),
        Wrong::NotACode { .. } => language.say("fault-code"),
        Wrong::Duplicate { .. } => language.say("fault-duplicate"),
        Wrong::NoChoices { .. } => language.say("fault-no-choices"),
        Wrong::ConditionNotAbove { .. } => language.say("fault-condition-above"),
        Wrong::ConditionNotOnList { .. } => language.say("fault-condition-list"),
        Wrong::NotAUrl { .. } => language.say("fault-url"),
        Wrong::NotAPhoneNumber { .. } => language.say("fault-phone-number"),
        Wrong::NotAZone { .. } => language.say("fault-zone"),
        Wrong::NotAHost { .. } => language.say("fault-host"),
        Wrong::BadCalendar { reason } => language.with("fault-calendar", "reason", reason),
        Wrong::OutOfRange { from, to } => language.with_two("fault-range", "from", from, "to", to),
        Wrong::EndsBeforeItBegins => language.say("fault-ends-first"),
        Wrong::NotAnAllowance { .. } => language.say("fault-allowance"),
        Wrong::NotAMoment { .. } => language.say("fault-answer-date"),
        Wrong::Backdated => language.say("fault-backdated"),
        Wrong::Unknown { .. } => language.say("fault-unknown"),
        Wrong::NotALanguage { .. }
        | Wrong::ChoicesNotTaken { .. }
        | Wrong::ShownOnlyRequired
        | Wrong::NotHere { .. } => language.say("fault-not-taken"),
    }
    .into_owned()
}
