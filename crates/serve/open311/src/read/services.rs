//! Services of another server.

use super::tree::{ListOf, spread};
use super::{Limits, Node, ReadError, parse};

/// A service as another server describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceRecord {
    /// As text, leading zeros kept.
    pub service_code: String,
    /// The code again where the server gives no name.
    pub service_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// It has questions.
    pub metadata: bool,
    /// `realtime`, `batch`, `blackbox` in lower case; absent when not said.
    pub kind: Option<String>,
    /// Split at the commas.
    pub keywords: Vec<String>,
    /// One heading, or several in mySociety's form.
    pub groups: Vec<String>,
}

const LIST: ListOf =
    ListOf { what: "services", wrappers: &["services"], item: "service", marks: &["service_code"] };

/// Reads a list of services. Entries without a code, which nothing could refer to, are left out.
///
/// # Errors
/// When the document as a whole cannot be read.
pub fn services(document: &[u8], limits: &Limits) -> Result<Vec<ServiceRecord>, ReadError> {
    let root = parse(document, limits)?;
    Ok(LIST.entries(&root)?.into_iter().filter_map(service).collect())
}

fn service(node: &Node) -> Option<ServiceRecord> {
    let service_code = node.text("service_code")?;
    Some(ServiceRecord {
        service_name: node.text("service_name").unwrap_or_else(|| service_code.clone()),
        service_code,
        description: node.text("description"),
        metadata: node.flag("metadata"),
        kind: node.text("type").map(|kind| kind.to_ascii_lowercase()),
        keywords: node.text("keywords").iter().flat_map(|words| split(words)).collect(),
        groups: groups(node),
    })
}

fn split(words: &str) -> Vec<String> {
    words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn groups(node: &Node) -> Vec<String> {
    let listed = node.get("groups");
    let nested = listed.into_iter().flat_map(|groups| groups.every("group").chain(spread(groups)));
    let mut names: Vec<String> = Vec::new();
    for group in nested.chain(node.get("group")) {
        // An object here is the container of nested elements, which have been taken one by one.
        if let (false, Some(name)) = (matches!(group, Node::Object(_)), group.own_text())
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}
