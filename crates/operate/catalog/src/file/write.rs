//! Writing a catalog as a file: one settled form, in which fields that say the usual thing are left out.

use std::collections::BTreeMap;
use std::fmt::Write;

use access::JurisdictionId;
use calendar::CalendarSpec;
use db::Tx;
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::catalog::Catalog;
use crate::error::CatalogError;
use crate::moment::read_instant;
use crate::notice::Notice;
use crate::question::{Choice, Question};
use crate::service::{Photo, Route, Service, ServiceKind};
use crate::stopper::Stopper;
use crate::target::Target;
use crate::text::{Keywords, PerLanguage, Text};

/// The jurisdiction's catalog as the text of a catalog file.
///
/// # Errors
/// As [`Catalog::load`].
pub fn export(tx: &mut Tx<'_>, id: &JurisdictionId) -> Result<String, CatalogError> {
    let catalog = Catalog::load(tx, id)?;
    Ok(Writer::new(&catalog).write())
}

struct Writer<'c> {
    catalog: &'c Catalog,
    language: &'c str,
    out: String,
}

impl<'c> Writer<'c> {
    fn new(catalog: &'c Catalog) -> Self {
        Self { catalog, language: catalog.jurisdiction.default_language(), out: String::new() }
    }

    fn write(mut self) -> String {
        self.field("language", &quoted(self.language));
        self.field("default_calendar", &quoted(&self.catalog.jurisdiction.default_calendar));
        self.calendars();
        self.departments();
        self.teams();
        let mut services: Vec<&Service> = self.catalog.services().iter().collect();
        services.sort_by_key(|service| &service.code);
        services.into_iter().for_each(|service| self.service(service));
        self.catalog.all_notices().iter().for_each(|notice| self.notice(notice));
        self.out
    }

    fn calendars(&mut self) {
        for named in self.catalog.calendars() {
            let table = BTreeMap::from([("calendar", BTreeMap::from([(&named.code, &named.spec)]))]);
            self.out.push('\n');
            self.out.push_str(&calendar_table(&table));
        }
    }

    fn departments(&mut self) {
        for department in self.catalog.departments() {
            self.heading("department");
            self.field("code", &quoted(&department.code));
            self.text("name", &department.name);
            self.optional("calendar", department.calendar.as_deref());
            self.flag("active", department.active, true);
        }
    }

    fn teams(&mut self) {
        for team in self.catalog.teams() {
            self.heading("team");
            self.field("code", &quoted(&team.code));
            self.text("name", &team.name);
            let department = self.catalog.department(team.department);
            self.optional("department", department.map(|one| one.code.as_str()));
            self.flag("active", team.active, true);
        }
    }

    fn service(&mut self, service: &Service) {
        self.heading("service");
        self.field("code", &quoted(&service.code));
        self.text("name", &service.name);
        self.text("description", &service.description);
        self.text("group", &service.group);
        self.keywords("keywords", &service.keywords);
        self.optional("icon", service.icon.as_deref());
        // Written also when it is the usual one: nobody should have to know what is public by default.
        self.field("public", &quoted(service.public.as_str()));
        self.unless("kind", service.kind.as_str(), ServiceKind::default().as_str());
        self.unless("photo", service.photo.as_str(), Photo::default().as_str());
        let department = self.catalog.department(service.department);
        self.optional("department", department.map(|one| one.code.as_str()));
        self.optional(
            "team",
            service.team.and_then(|team| self.catalog.team(team)).map(|one| one.code.as_str()),
        );
        self.optional("calendar", service.calendar.as_deref());
        if let Some(radius_m) = service.duplicate_radius_m {
            self.field("duplicate_radius_m", &radius_m.to_string());
        }
        self.flag("active", service.active, true);
        let routes: Vec<String> = service.routes.iter().map(|route| self.route(route)).collect();
        self.list("routes", &routes);
        if let Some(stopper) = &service.stopper {
            let stopper = self.stopper(stopper);
            self.field("stopper", &stopper);
        }
        service.questions.iter().for_each(|question| self.question(question));
        self.catalog.targets(service).iter().for_each(|target| self.target(target));
    }

    fn question(&mut self, question: &Question) {
        self.heading("service.question");
        self.field("code", &quoted(&question.code));
        self.field("datatype", &quoted(question.datatype.as_str()));
        self.flag("variable", question.variable, true);
        self.flag("required", question.required, false);
        self.text("text", &question.text);
        self.text("hint", &question.hint);
        let values: Vec<String> = question.values.iter().map(|choice| self.choice(choice)).collect();
        self.list("values", &values);
        if let Some(condition) = &question.condition {
            let any_of = array(condition.any_of.iter().map(|key| quoted(key)));
            let fields = [("question", quoted(&condition.question)), ("any_of", any_of)];
            self.field("condition", &inline(fields));
        }
    }

    fn target(&mut self, target: &Target) {
        self.heading("service.target");
        self.field("from", &moment(target.effective_from, &self.catalog.jurisdiction.zone));
        let text = |allowance: Option<calendar::Allowance>| allowance.map(|a| a.to_string());
        self.optional("first_response", text(target.first_response).as_deref());
        self.optional("resolution", text(target.resolution).as_deref());
    }

    fn notice(&mut self, notice: &Notice) {
        let zone = &self.catalog.jurisdiction.zone;
        self.heading("notice");
        self.field("code", &quoted(&notice.code));
        let service = notice.service.and_then(|id| self.catalog.service(id));
        self.optional("service", service.map(|one| one.code.as_str()));
        self.text("text", &notice.text);
        self.field("from", &moment(notice.from, zone));
        if let Some(until) = notice.until {
            self.field("until", &moment(until, zone));
        }
    }

    fn route(&self, route: &Route) -> String {
        let team = self.catalog.team(route.team).map_or("", |team| team.code.as_str());
        inline([("kind", quoted(&route.kind)), ("code", quoted(&route.code)), ("team", quoted(team))])
    }

    fn choice(&self, choice: &Choice) -> String {
        let mut fields = vec![("key", quoted(&choice.key)), ("name", self.words(&choice.name))];
        fields.extend(choice.stopper.iter().map(|stopper| ("stopper", self.stopper(stopper))));
        inline(fields)
    }

    fn stopper(&self, stopper: &Stopper) -> String {
        let (mut fields, advice) = match stopper {
            Stopper::NotOurs { whom, url, phone, advice } => {
                let mut fields = vec![("kind", quoted("not-ours")), ("whom", self.words(whom))];
                fields.extend(url.iter().map(|url| ("url", quoted(url))));
                fields.extend(phone.iter().map(|phone| ("phone", quoted(phone))));
                (fields, advice)
            }
            Stopper::Emergency { number, advice } => {
                (vec![("kind", quoted("emergency")), ("number", quoted(number))], advice)
            }
        };
        if !advice.is_empty() {
            fields.push(("advice", self.words(advice)));
        }
        inline(fields)
    }

    fn heading(&mut self, name: &str) {
        writeln!(self.out, "\n[[{name}]]").expect("a string takes all text");
    }

    fn field(&mut self, name: &str, value: &str) {
        writeln!(self.out, "{name} = {value}").expect("a string takes all text");
    }

    fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.field(name, &quoted(value));
        }
    }

    fn unless(&mut self, name: &str, value: &str, usual: &str) {
        if value != usual {
            self.field(name, &quoted(value));
        }
    }

    fn flag(&mut self, name: &str, value: bool, usual: bool) {
        if value != usual {
            self.field(name, if value { "true" } else { "false" });
        }
    }

    /// A list with one item on each line.
    fn list(&mut self, name: &str, items: &[String]) {
        if !items.is_empty() {
            let lines: String = items.iter().map(|item| format!("    {item},\n")).collect();
            self.field(name, &format!("[\n{lines}]"));
        }
    }

    fn text(&mut self, name: &str, text: &Text) {
        if !text.is_empty() {
            let words = self.words(text);
            self.field(name, &words);
        }
    }

    fn keywords(&mut self, name: &str, keywords: &Keywords) {
        if !keywords.is_empty() {
            let list = |words: &Vec<String>| array(words.iter().map(|word| quoted(word)));
            let lists = per_language(keywords, self.language, list);
            self.field(name, &lists);
        }
    }

    fn words(&self, text: &Text) -> String {
        per_language(text, self.language, |words| quoted(words))
    }
}

/// Plain when it is only in the language of the file, else a table with that language first.
fn per_language<T: Clone>(value: &PerLanguage<T>, language: &str, write: impl Fn(&T) -> String) -> String {
    let ordered = value.clone().led_by(language);
    let entries: Vec<(&str, String)> = ordered.iter().map(|(language, one)| (language, write(one))).collect();
    match entries.as_slice() {
        [(only, words)] if *only == language => words.clone(),
        _ => inline(entries),
    }
}

fn inline<'f>(fields: impl IntoIterator<Item = (&'f str, String)>) -> String {
    let fields: Vec<String> = fields.into_iter().map(|(name, value)| format!("{name} = {value}")).collect();
    if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
}

fn array(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn calendar_table(table: &BTreeMap<&str, BTreeMap<&String, &CalendarSpec>>) -> String {
    toml::to_string(table).expect("a calendar holds only text, lists and tables")
}

/// As on the jurisdiction's wall where that is exact, else in UTC.
fn moment(instant: Timestamp, zone: &TimeZone) -> String {
    let local = instant.to_zoned(zone.clone());
    let written = if local.time() == Time::midnight() {
        local.date().to_string()
    } else {
        local.datetime().to_string()
    };
    // One hour each autumn has two readings; there the zone must be said.
    if read_instant(&written, zone) == Some(instant) { written } else { instant.to_string() }
}
