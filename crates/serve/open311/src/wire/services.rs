//! `services`: what can be asked for.

use super::pen::Pen;
use crate::route::Format;

/// One service of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceEntry {
    /// What a new request names; unique in the jurisdiction.
    pub service_code: String,
    /// What people call it.
    pub service_name: String,
    /// What it is for.
    pub description: String,
    /// There are questions to fetch from the definition.
    pub metadata: bool,
    /// `realtime`, `batch` or `blackbox`: what posting a request answers with.
    pub kind: &'static str,
    /// Words by which it is found.
    pub keywords: Vec<String>,
    /// The heading it stands under.
    pub group: Option<String>,
}

pub(super) fn write(services: &[ServiceEntry], format: Format) -> Vec<u8> {
    Pen::list_document(format, "services", "service", services, |pen, service| {
        pen.text("service_code", Some(&service.service_code));
        pen.text("service_name", Some(&service.service_name));
        pen.text("description", Some(&service.description));
        pen.flag("metadata", service.metadata);
        pen.text("type", Some(service.kind));
        pen.text("keywords", Some(&service.keywords.join(", ")));
        pen.text("group", service.group.as_deref());
    })
}
