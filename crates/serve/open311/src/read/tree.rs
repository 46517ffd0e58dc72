//! The one shape into which XML and JSON are read: an element with the same child twice, and an array, are both
//! just several values of one name.

use super::ReadError;

/// A value of a foreign document. Numbers and flags are kept as their text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Empty,
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// The first member of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.every(name).next()
    }

    /// Every member of that name.
    pub(crate) fn every<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Node> {
        let members = match self {
            Node::Object(members) => members.as_slice(),
            Node::Empty | Node::Text(_) | Node::List(_) => &[],
        };
        members.iter().filter(move |(member, _)| member == name).map(|(_, value)| value)
    }

    /// The trimmed text of a member; nothing when it is absent, null or blank.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).and_then(Node::own_text)
    }

    /// The trimmed text of this value, or what its children say: some servers nest a name one level deeper.
    pub(crate) fn own_text(&self) -> Option<String> {
        match self {
            Node::Empty => None,
            Node::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Node::List(items) => joined(items.iter()),
            Node::Object(members) => joined(members.iter().map(|(_, value)| value)),
        }
    }

    /// `true` in any of the words that servers have for it.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| matches!(text.to_ascii_lowercase().as_str(), "true" | "1" | "yes"))
    }
}

fn joined<'a>(nodes: impl Iterator<Item = &'a Node>) -> Option<String> {
    let texts: Vec<_> = nodes.filter_map(Node::own_text).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// What a list is called, and how one of its members is recognised.
pub(crate) struct ListOf {
    pub(crate) what: &'static str,
    pub(crate) wrappers: &'static [&'static str],
    pub(crate) item: &'static str,
    /// A bare object with one of these members is itself the only entry.
    pub(crate) marks: &'static [&'static str],
}

impl ListOf {
    /// Finds the entries of a list that is bare, wrapped, empty, or a single object.
    pub(crate) fn entries<'a>(&self, root: &'a Node) -> Result<Vec<&'a Node>, ReadError> {
        if let Some(refusal) = refusal(root) {
            return Err(ReadError::Refused(refusal));
        }
        let wrapped = self.wrappers.iter().find_map(|wrapper| root.get(wrapper));
        self.members(wrapped.unwrap_or(root)).ok_or(ReadError::NotAListOf(self.what))
    }

    fn members<'a>(&self, list: &'a Node) -> Option<Vec<&'a Node>> {
        match list {
            Node::Empty => Some(Vec::new()),
            Node::Text(text) => text.trim().is_empty().then(Vec::new),
            Node::List(items) => Some(items.iter().collect()),
            Node::Object(members) if members.is_empty() => Some(Vec::new()),
            Node::Object(_) if list.get(self.item).is_some() => {
                Some(list.every(self.item).flat_map(spread).collect())
            }
            Node::Object(_) => self.marks.iter().any(|mark| list.get(mark).is_some()).then(|| vec![list]),
        }
    }
}

/// A list under a single name is as good as the name repeated.
pub(crate) fn spread(node: &Node) -> Vec<&Node> {
    match node {
        Node::List(items) => items.iter().collect(),
        Node::Empty | Node::Text(_) | Node::Object(_) => vec![node],
    }
}

/// The description in an error document: an array, an object, or a bare `error` element.
fn refusal(root: &Node) -> Option<String> {
    let first = match root {
        Node::List(items) => items.first()?,
        Node::Empty | Node::Text(_) | Node::Object(_) => root,
    };
    let said =
        |node: &Node| node.text("description").or_else(|| node.text("message")).or_else(|| node.own_text());
    if let Some(errors) = first.get("errors").or_else(|| first.get("error")) {
        let error = errors.get("error").unwrap_or(errors);
        return spread(error).first().and_then(|error| said(error)).or_else(|| Some(String::new()));
    }
    (first.get("code").is_some() && first.get("service_code").is_none() && first.get("description").is_some())
        .then(|| said(first).unwrap_or_default())
}
