//! JSON into a tree, with every limit held while reading and duplicate keys refused (INP-03).

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::{Limits, Node, ReadError};

pub(super) fn parse(text: &str, limits: &Limits) -> Result<Node, ReadError> {
    let overrun = Cell::new(None);
    let nodes = Cell::new(0);
    let mut json = serde_json::Deserializer::from_str(text);
    let seed = Seed { limits, depth: 0, nodes: &nodes, overrun: &overrun };
    let read = seed.deserialize(&mut json).and_then(|node| json.end().map(|()| node));
    read.map_err(|error| {
        overrun.take().unwrap_or_else(|| ReadError::Json {
            line: error.line(),
            column: error.column(),
            what: error.to_string(),
        })
    })
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    limits: &'a Limits,
    depth: usize,
    nodes: &'a Cell<usize>,
    /// Which limit was passed: the parser's own error type cannot carry it.
    overrun: &'a Cell<Option<ReadError>>,
}

impl Seed<'_> {
    fn deeper(self) -> Self {
        Seed { depth: self.depth + 1, ..self }
    }

    fn check<E: serde::de::Error>(&self) -> Result<(), E> {
        let Limits { depth_max, nodes_max, .. } = *self.limits;
        self.nodes.set(self.nodes.get() + 1);
        let overrun = if self.depth > depth_max {
            ReadError::TooDeep { depth_max }
        } else if self.nodes.get() > nodes_max {
            ReadError::TooManyNodes { nodes_max }
        } else {
            return Ok(());
        };
        self.overrun.set(Some(overrun));
        Err(E::custom("over a limit"))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Node, D::Error> {
        self.check()?;
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Empty)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.deeper())? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members: Vec<(String, Node)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if !seen.insert(name.clone()) {
                return Err(A::Error::custom(format_args!("the key {name:?} stands twice in one object")));
            }
            members.push((name, map.next_value_seed(self.deeper())?));
        }
        Ok(Node::Object(members))
    }
}
