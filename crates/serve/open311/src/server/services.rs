//! `GET services`

use access::Actor;
use catalog::{Catalog, PublicLevel, Service};

use super::place::point;
use super::{Call, language, visibility};
use crate::problem::Problem;
use crate::wire::{Document, ServiceEntry};

pub(super) fn answer(catalog: &Catalog, actor: &Actor, call: &Call) -> Result<Document, Problem> {
    let language = language(call, catalog)?;
    let group = call.params.text("group")?;
    // With a point: what is offered there, which is nothing on somebody else's land.
    let offered_there = point(&call.params)?.is_none_or(|point| catalog.place(point).inside);
    let wanted = |service: &&Service| {
        let in_group = |group| service.group.in_language(language).eq_ignore_ascii_case(group);
        offered_there && visibility::sees_service(actor, catalog, service) && group.is_none_or(in_group)
    };
    Ok(Document::Services(catalog.services().iter().filter(wanted).map(|one| entry(one, language)).collect()))
}

fn entry(service: &Service, language: &str) -> ServiceEntry {
    let group = service.group.in_language(language);
    ServiceEntry {
        service_code: service.code.clone(),
        service_name: service.name.in_language(language).to_owned(),
        description: service.description.in_language(language).to_owned(),
        metadata: service.has_questions(),
        kind: service.kind.as_str(),
        keywords: keywords(service, language),
        group: (!group.is_empty()).then(|| group.to_owned()),
    }
}

/// The words to find it by, and mySociety's flags for what only some callers see.
fn keywords(service: &Service, language: &str) -> Vec<String> {
    let mut words = service.keywords.in_language(language).to_vec();
    if service.public == PublicLevel::Hidden {
        words.push("private".to_owned());
    }
    if !service.is_offered() {
        words.push("inactive".to_owned());
    }
    words
}
