//! The fields of a call, in the order in which a caller tells it.

use catalog::Service;
use requests::Channel;

use crate::form::{Posted, one_line};
use crate::page::{Choice, Field, Page, Shape, chosen};
use crate::visit::Visit;
use crate::words::Language;

const LINE_MAX: usize = 300;
const TEXT_MAX: usize = 4_000;
/// Ways in which somebody else's words reach an agent.
const CHANNELS: [Channel; 7] = [
    Channel::Phone,
    Channel::WalkIn,
    Channel::Email,
    Channel::Letter,
    Channel::Sms,
    Channel::Social,
    Channel::Staff,
];

/// What was typed so far.
pub(super) struct Typed<'a> {
    pub(super) page: &'a Page,
    pub(super) visit: &'a Visit,
    pub(super) posted: &'a Posted,
}

impl Typed<'_> {
    pub(super) fn chosen_service(&self) -> Option<&Service> {
        let service = self.visit.catalog.service_by_code(self.posted.text("service"));
        service.filter(|service| service.active)
    }

    /// By group, as the catalog has them; scripts make a search of it.
    pub(super) fn service(&self) -> Field {
        let tag = self.page.tag();
        let choice = |service: &Service| {
            let (name, group) = (service.name.in_language(tag), service.group.in_language(tag));
            let label = if group.is_empty() { name.to_owned() } else { format!("{group}: {name}") };
            Choice::new(&service.code, label)
        };
        let first = Choice::new("", self.page.say("choose-one"));
        let services = std::iter::once(first).chain(self.visit.catalog.active_services().map(choice));
        let services = chosen(services.collect(), &[self.posted.text("service")]);
        Field::new(self.page, "service", "fact-service", Shape::List(services)).required()
    }

    pub(super) fn place(&self) -> Vec<Field> {
        let line = |name: &str, words: &str| {
            Field::line(self.page, name, words, self.posted.text(name), LINE_MAX).kind("text", "off").filter()
        };
        vec![line("address", "desk-new-address"), line("words", "desk-new-words")]
    }

    pub(super) fn description(&self) -> Field {
        let typed = self.posted.text("description");
        Field::lines(self.page, "description", "desk-new-description", typed, TEXT_MAX).filter()
    }

    /// Who calls, in which language, and how.
    pub(super) fn caller(&self) -> Vec<Field> {
        let line = |name: &str, words: &str| {
            let typed = one_line(self.posted.text(name));
            Field::line(self.page, name, words, &typed, LINE_MAX).kind("text", "off").filter()
        };
        vec![
            line("name", "desk-new-name"),
            line("phone", "contact-phone"),
            line("email", "contact-email"),
            self.language(),
            self.channel(),
        ]
    }

    fn language(&self) -> Field {
        let choices = Language::ALL.iter().map(|one| Choice::new(one.tag(), one.own_name())).collect();
        let tag = self.posted.given("language").unwrap_or(self.page.tag());
        Field::new(self.page, "language", "desk-new-language", Shape::List(chosen(choices, &[tag]))).filter()
    }

    fn channel(&self) -> Field {
        let choice = |channel: Channel| {
            let word = channel.as_str();
            Choice::new(word, self.page.say(&format!("channel-{}", word.replace('_', "-"))))
        };
        let now = self.posted.given("channel").unwrap_or(Channel::Phone.as_str());
        let channels = chosen(CHANNELS.into_iter().map(choice).collect(), &[now]);
        Field::new(self.page, "channel", "desk-new-channel", Shape::List(channels)).filter()
    }
}
