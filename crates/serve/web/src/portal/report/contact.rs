//! Shall we tell you? Nobody has to say who they are.

use axum::extract::Path;
use axum::response::Response;
use requests::{Contact, RequestError};

use super::draft::ContactPart;
use super::{Report, Step, StepView};
use crate::form::{Posted, one_line};
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen};
use crate::refusal::Refusal;
use crate::visit::Visit;
use crate::words::Language;

const LINE_MAX: usize = 300;

/// `GET /report/{draft}/contact`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>) -> Result<Response, Refusal> {
    match Report::open(visit, &key).await?.require(Step::Contact) {
        Ok(report) => form(&report, report.draft.contact.as_ref(), &Faults::default()),
        Err(elsewhere) => Ok(*elsewhere),
    }
}

/// `POST /report/{draft}/contact`
pub(crate) async fn take(visit: Visit, Path(key): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let mut report = match Report::open(visit, &key).await?.require(Step::Contact) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let part = ContactPart {
        is_wanted: posted.text("wanted") == "yes",
        name: one_line(posted.text("name")),
        email: one_line(posted.text("email")),
        phone: one_line(posted.text("phone")),
    };
    let mut faults = Faults::default();
    if !matches!(posted.text("wanted"), "yes" | "no") {
        faults.add("wanted", report.visit.language.say("report-contact-choose"));
    } else if part.is_wanted {
        faults = check(&part, report.visit.language);
    }
    if !faults.is_empty() {
        return form(&report, Some(&part), &faults);
    }
    report.draft.contact = Some(part);
    report.go_on().await
}

fn check(part: &ContactPart, language: Language) -> Faults {
    let mut faults = Faults::default();
    if part.email.is_empty() && part.phone.is_empty() {
        faults.add("email", language.say("report-contact-missing"));
    }
    // Each alone, so that every wrong field is marked at once.
    let alone = |name: &str, email: &str, phone: &str| Contact {
        name: Some(name.to_owned()),
        email: Some(email.to_owned()),
        phone: Some(phone.to_owned()),
        language: None,
    };
    for (field, contact) in [
        ("name", alone(&part.name, "", "")),
        ("email", alone("", &part.email, "")),
        ("phone", alone("", "", &part.phone)),
    ] {
        if let Err(error) = contact.checked() {
            faults.add(field, fault(&error, language));
        }
    }
    faults
}

fn fault(error: &RequestError, language: Language) -> String {
    match error {
        RequestError::NotAnEmailAddress => language.say("fault-email"),
        RequestError::NotAPhoneNumber => language.say("fault-phone"),
        RequestError::TextTooLong { letters_max, .. } => language.with("fault-too-long", "max", letters_max),
        _ => language.say("fault-unreadable"),
    }
    .into_owned()
}

impl ContactPart {
    /// The contact as a request keeps it; nothing when the person wants to stay unknown.
    pub(crate) fn contact(&self, language: Language) -> Option<Contact> {
        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        self.is_wanted.then(|| Contact {
            name: given(&self.name),
            email: given(&self.email),
            phone: given(&self.phone),
            language: Some(language.tag().to_owned()),
        })
    }
}

fn form(report: &Report, part: Option<&ContactPart>, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(&report.visit);
    let choice = part.map_or("", |part| if part.is_wanted { "yes" } else { "no" });
    let empty = ContactPart::default();
    let part = part.unwrap_or(&empty);
    let choices = vec![
        Choice::new("yes", page.say("report-contact-yes")),
        Choice::new("no", page.say("report-contact-no")).hint(page.say("report-contact-no-hint")),
    ];
    let wanted =
        Field::new(&page, "wanted", "report-contact-wanted", Shape::OneOf(chosen(choices, &[choice])))
            .required();
    let form = FormBox::new(&page, &report.path(Step::Contact), "button-continue")
        .faults(faults)
        .field(wanted.faults(faults))
        .fields(contact_fields(&page, part).map(|field| field.faults(faults)));
    let mut view = StepView::new(Step::Contact, form);
    view.status = faults.status();
    view.lead = vec![page.say("report-contact-lead").into_owned()];
    view.show(page, &report.visit, Some(report))
}

/// Name, e-mail and telephone, as the portal and the desk ask for them.
pub(crate) fn contact_fields(page: &Page, part: &ContactPart) -> [Field; 3] {
    [
        Field::line(page, "name", "contact-name", &part.name, LINE_MAX).kind("text", "name"),
        Field::line(page, "email", "contact-email", &part.email, LINE_MAX)
            .kind("email", "email")
            .hint(page, "contact-email-hint"),
        Field::line(page, "phone", "contact-phone", &part.phone, LINE_MAX).kind("tel", "tel"),
    ]
}
