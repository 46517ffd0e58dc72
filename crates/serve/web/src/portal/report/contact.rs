//! Shall we tell you? By e-mail, by text message, or not at all: nobody has to say who they are.

use axum::extract::Path;
use axum::response::Response;
use catalog::PublicLevel;
use requests::{Contact, RequestError};

use super::draft::{ContactPart, Way};
use super::{CHECK, Report, Step, StepView};
use crate::form::{Posted, one_line};
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};
use crate::words::Language;

const LINE_MAX: usize = 300;

/// `GET /report/{draft}/contact`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, query: Query) -> Result<Response, Refusal> {
    let report = match Report::open(visit, &key).await?.require(Step::Contact) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let part = report.draft.contact.clone().unwrap_or_default();
    let is_checked = query.get(CHECK).is_some();
    let found = if is_checked { faults(&part, report.visit.language) } else { Faults::default() };
    form(&report, &part, &found)
}

/// `POST /report/{draft}/contact`
pub(crate) async fn take(visit: Visit, Path(key): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let mut report = match Report::open(visit, &key).await?.require(Step::Contact) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    report.draft.contact = Some(read(&posted));
    if report.is_done(Step::Contact) { report.go_on().await } else { report.stay(Step::Contact).await }
}

/// What was sent in this step.
pub(super) fn read(posted: &Posted) -> ContactPart {
    ContactPart {
        way: Way::read(posted.text("wanted")),
        name: one_line(posted.text("name")),
        email: one_line(posted.text("email")),
        phone: one_line(posted.text("phone")),
        language: Language::from_tag(posted.text("language")).map_or("", Language::tag).to_owned(),
    }
}

/// What is wrong with how somebody can be reached; what the chosen way does not need is not looked at.
pub(crate) fn faults(part: &ContactPart, language: Language) -> Faults {
    let mut faults = Faults::default();
    let (email, phone) = match part.way {
        Way::Unsaid => {
            faults.add("wanted", language.say("report-contact-choose"));
            return faults;
        }
        Way::None => return faults,
        Way::Email => (part.email.as_str(), ""),
        Way::Sms => ("", part.phone.as_str()),
    };
    if email.is_empty() && phone.is_empty() {
        let (field, key) = match part.way {
            Way::Sms => ("phone", "report-contact-no-phone"),
            Way::Email | Way::None | Way::Unsaid => ("email", "report-contact-no-email"),
        };
        faults.add(field, language.say(key));
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
        ("email", alone("", email, "")),
        ("phone", alone("", "", phone)),
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

impl Way {
    fn read(text: &str) -> Self {
        match text {
            "email" => Way::Email,
            "sms" => Way::Sms,
            "no" => Way::None,
            _ => Way::Unsaid,
        }
    }

    /// What the form calls it.
    fn as_str(self) -> &'static str {
        match self {
            Way::Unsaid => "",
            Way::Email => "email",
            Way::Sms => "sms",
            Way::None => "no",
        }
    }
}

impl ContactPart {
    /// The contact as a request keeps it: no more than the chosen way needs, and nothing when the person wants to
    /// stay unknown.
    pub(crate) fn contact(&self, page_language: Language) -> Option<Contact> {
        let given =
            |text: &String, is_needed: bool| Some(text.clone()).filter(|text| is_needed && !text.is_empty());
        let language = Language::from_tag(&self.language).unwrap_or(page_language);
        matches!(self.way, Way::Email | Way::Sms).then(|| Contact {
            name: given(&self.name, true),
            email: given(&self.email, self.way == Way::Email),
            phone: given(&self.phone, self.way == Way::Sms),
            language: Some(language.tag().to_owned()),
        })
    }
}

fn form(report: &Report, part: &ContactPart, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(&report.visit);
    let form = FormBox::new(&page, &report.path(Step::Contact), "button-continue")
        .faults(faults)
        .fields(fields(&page, part).map(|field| field.faults(faults)));
    let mut view = StepView::new(Step::Contact, form);
    view.lead = vec![page.say("report-contact-lead").into_owned(), public_words(&page, report)];
    view.show(page, &report.visit, Some(report))
}

/// How somebody wants to hear from us, and how they can be reached.
pub(super) fn fields(page: &Page, part: &ContactPart) -> [Field; 5] {
    let [name, email, phone] = contact_fields(page, part);
    [way_field(page, part.way), name, email, phone, language_field(page, part)]
}

fn way_field(page: &Page, way: Way) -> Field {
    let unsent = |is_sent: bool, key: &str| if is_sent { "".into() } else { page.say(key) };
    let choices = vec![
        Choice::new("email", page.say("report-contact-email"))
            .hint(unsent(page.sends().email, "sends-no-email")),
        Choice::new("sms", page.say("report-contact-sms")).hint(unsent(page.sends().sms, "sends-no-sms")),
        Choice::new("no", page.say("report-contact-no")).hint(page.say("report-contact-no-hint")),
    ];
    let shape = Shape::OneOf(chosen(choices, &[way.as_str()]));
    Field::new(page, "wanted", "report-contact-wanted", shape).required()
}

fn language_field(page: &Page, part: &ContactPart) -> Field {
    let choices =
        Language::ALL.iter().map(|language| Choice::new(language.tag(), language.own_name())).collect();
    let tag = if part.language.is_empty() { page.tag() } else { part.language.as_str() };
    Field::new(page, "language", "report-contact-language", Shape::List(chosen(choices, &[tag]))).filter()
}

/// What anybody will be able to read of this report.
fn public_words(page: &Page, report: &Report) -> String {
    let key = match report.service().map(|service| service.public) {
        Some(PublicLevel::Full) => "report-public-full",
        Some(PublicLevel::Summary) => "report-public-summary",
        Some(PublicLevel::Hidden) | None => "report-public-hidden",
    };
    page.say(key).into_owned()
}

/// Name, e-mail and telephone.
fn contact_fields(page: &Page, part: &ContactPart) -> [Field; 3] {
    [
        Field::line(page, "name", "contact-name", &part.name, LINE_MAX).kind("text", "name"),
        Field::line(page, "email", "contact-email", &part.email, LINE_MAX)
            .kind("email", "email")
            .hint(page, "contact-email-hint"),
        Field::line(page, "phone", "contact-phone", &part.phone, LINE_MAX).kind("tel", "tel"),
    ]
}
