//! XML into a tree (INP-04): no document type, no entities beyond XML's own five and character references, so the
//! text can never grow while it is read. Attributes and namespaces are ignored, except `nil="true"`.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Limits, Node, ReadError};

pub(super) fn parse(text: &str, limits: &Limits) -> Result<Node, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut builder = Builder { limits, open: Vec::new(), root: None, nodes: 0 };
    loop {
        let event = reader
            .read_event()
            .map_err(|error| ReadError::Xml { offset: reader.error_position(), what: error.to_string() })?;
        if matches!(event, Event::Eof) {
            return builder.finish(reader.buffer_position());
        }
        builder.take(&event, reader.buffer_position())?;
    }
}

struct Builder<'a> {
    limits: &'a Limits,
    open: Vec<Element>,
    root: Option<(String, Node)>,
    nodes: usize,
}

struct Element {
    name: String,
    nil: bool,
    text: String,
    children: Vec<(String, Node)>,
}

impl Builder<'_> {
    fn take(&mut self, event: &Event<'_>, offset: u64) -> Result<(), ReadError> {
        match event {
            Event::Start(start) => self.begin(start, offset),
            Event::Empty(start) => {
                self.begin(start, offset)?;
                self.end();
                Ok(())
            }
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => self.text(&text.xml10_content(), offset),
            Event::CData(text) => self.text(&text.xml10_content(), offset),
            Event::GeneralRef(reference) => self.text(&referenced(reference)?, offset),
            Event::Decl(declaration) => utf8_only(declaration),
            Event::DocType(_) => Err(ReadError::DocumentType),
            Event::Comment(_) | Event::PI(_) | Event::Eof => Ok(()),
        }
    }

    fn begin(&mut self, start: &BytesStart<'_>, offset: u64) -> Result<(), ReadError> {
        let Limits { depth_max, nodes_max, .. } = *self.limits;
        self.nodes += 1;
        if self.open.len() >= depth_max {
            return Err(ReadError::TooDeep { depth_max });
        }
        if self.nodes > nodes_max {
            return Err(ReadError::TooManyNodes { nodes_max });
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(ReadError::Xml { offset, what: "a second root element".to_owned() });
        }
        let name = AsRef::<str>::as_ref(&start.local_name()).to_owned();
        self.open.push(Element { name, nil: is_nil(start), text: String::new(), children: Vec::new() });
        Ok(())
    }

    /// The parser has checked that start and end tags match.
    fn end(&mut self) {
        let Some(element) = self.open.pop() else { return };
        let node = if element.nil {
            Node::Empty
        } else if !element.children.is_empty() {
            Node::Object(element.children)
        } else if element.text.trim().is_empty() {
            Node::Empty
        } else {
            Node::Text(element.text)
        };
        match self.open.last_mut() {
            Some(parent) => parent.children.push((element.name, node)),
            None => self.root = Some((element.name, node)),
        }
    }

    fn text(&mut self, text: &str, offset: u64) -> Result<(), ReadError> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(ReadError::Xml { offset, what: "text outside the root element".to_owned() }),
        }
        Ok(())
    }

    /// The root becomes the only member of an object, as in JSON that was wrapped.
    fn finish(self, offset: u64) -> Result<Node, ReadError> {
        match self.root {
            Some(root) if self.open.is_empty() => Ok(Node::Object(vec![root])),
            _ => Err(ReadError::Xml { offset, what: "it ends too early".to_owned() }),
        }
    }
}

fn is_nil(start: &BytesStart<'_>) -> bool {
    start.attributes().with_checks(false).flatten().any(|attribute| {
        AsRef::<str>::as_ref(&attribute.key.local_name()) == "nil" && attribute.value.as_ref() == "true"
    })
}

fn referenced(reference: &BytesRef<'_>) -> Result<String, ReadError> {
    let unknown = || ReadError::Entity(reference.to_string());
    if let Some(character) = reference.resolve_char_ref().map_err(|_| unknown())? {
        return Ok(character.to_string());
    }
    let text = match &**reference {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(unknown()),
    };
    Ok(text.to_owned())
}

fn utf8_only(declaration: &quick_xml::events::BytesDecl<'_>) -> Result<(), ReadError> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if ["utf-8", "utf8", "us-ascii"].contains(&name.to_ascii_lowercase().as_str()) => {
            Ok(())
        }
        Some(_) => Err(ReadError::NotUtf8),
    }
}
