//! Reasons not to take a report, as fields of a form and back.

use catalog::{Stopper, Text};

use crate::admin::worded;
use crate::form::Posted;
use crate::page::{Choice, Field, Page, Shape, chosen};

const URL_MAX: usize = 2_000;
const PHONE_MAX: usize = 40;

/// The fields of a stopper; their names begin with `prefix`.
pub(super) fn fields(page: &Page, prefix: &str, stopper: Option<&Stopper>) -> Vec<Field> {
    let nothing = Text::nothing();
    let (kind, whom, url, phone, number, advice) = match stopper {
        None => ("", &nothing, "", "", "", &nothing),
        Some(Stopper::NotOurs { whom, url, phone, advice }) => (
            "not-ours",
            whom,
            url.as_deref().unwrap_or_default(),
            phone.as_deref().unwrap_or_default(),
            "",
            advice,
        ),
        Some(Stopper::Emergency { number, advice }) => {
            ("emergency", &nothing, "", "", number.as_str(), advice)
        }
    };
    let name = |field: &str| format!("{prefix}-{field}");
    let line = |field: &str, key: &str, value: &str, max| Field::line(page, &name(field), key, value, max);
    let mut fields = vec![Field::new(page, &name("kind"), "stopper-kind", Shape::List(kinds(page, kind)))];
    fields.push(line("number", "stopper-number", number, PHONE_MAX));
    fields.extend(worded::lines(page, &name("whom"), "stopper-whom", whom));
    fields.push(line("url", "stopper-url", url, URL_MAX).kind("url", "off"));
    fields.push(line("phone", "stopper-phone", phone, PHONE_MAX).kind("tel", "off"));
    fields.extend(worded::paragraphs(page, &name("advice"), "stopper-advice", advice));
    fields
}

fn kinds(page: &Page, kind: &str) -> Vec<Choice> {
    let choice = |value: &str| {
        let word = if value.is_empty() { "none" } else { value };
        Choice::new(value, page.say(&format!("stopper-kind-{word}")))
    };
    chosen(["", "emergency", "not-ours"].map(choice).to_vec(), &[kind])
}

/// The stopper that was typed, over the words that were there.
pub(super) fn given(posted: &Posted, prefix: &str, old: Option<&Stopper>) -> Option<Stopper> {
    let nothing = Text::nothing();
    let (old_whom, old_advice) = match old {
        Some(Stopper::NotOurs { whom, advice, .. }) => (whom, advice),
        Some(Stopper::Emergency { advice, .. }) => (&nothing, advice),
        None => (&nothing, &nothing),
    };
    let name = |field: &str| format!("{prefix}-{field}");
    let text = |field: &str| posted.given(&name(field)).map(str::to_owned);
    let advice = worded::given(posted, &name("advice"), old_advice);
    match posted.text(&name("kind")) {
        "emergency" => Some(Stopper::Emergency { number: text("number").unwrap_or_default(), advice }),
        "not-ours" => {
            let whom = worded::given(posted, &name("whom"), old_whom);
            Some(Stopper::NotOurs { whom, url: text("url"), phone: text("phone"), advice })
        }
        _ => None,
    }
}
