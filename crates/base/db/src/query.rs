//! SQL text that cannot contain what somebody typed.
//!
//! A statement is either a constant of the program or a [`Query`] put together from such constants;
//! values from outside can only be bound. That is how INP-01 of the security checklist is kept by the
//! compiler rather than by care.

use jiff::Timestamp;
use uuid::Uuid;

use crate::value::{Param, Value};

/// The text of one statement, made only of constants of the program.
#[derive(Debug, Clone, Copy)]
pub struct Sql<'a>(&'a str);

impl<'a> Sql<'a> {
    pub(crate) fn text(self) -> &'a str {
        self.0
    }
}

impl From<&'static str> for Sql<'static> {
    fn from(text: &'static str) -> Self {
        Sql(text)
    }
}

impl<'a> From<&'a Query> for Sql<'a> {
    fn from(query: &'a Query) -> Self {
        Sql(&query.text)
    }
}

/// A query whose conditions depend on what was asked for.
///
/// ```
/// let mut query = db::Query::new("select id from job where jurisdiction_id = ").bind("springfield.example");
/// let state = Some("dead");
/// if let Some(state) = state {
///     query = query.text(" and state = ").bind(state);
/// }
/// assert_eq!(query.to_string(), "select id from job where jurisdiction_id = $1 and state = $2");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Query {
    text: String,
    values: Vec<Owned>,
}

impl Query {
    /// Begins with a constant piece of SQL.
    pub fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Adds a constant piece of SQL.
    #[must_use]
    pub fn text(mut self, text: &'static str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Adds a value, as the next `$n`.
    #[must_use]
    pub fn bind(mut self, value: impl Param) -> Self {
        self.values.push(Owned::from(value.value()));
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Adds values in parentheses, separated by commas: what follows `in`. An empty list matches nothing.
    ///
    /// Lists are filled up to the next power of two with their last value, so that lists of any length
    /// need only a few prepared statements.
    #[must_use]
    pub fn bind_list<P: Param>(mut self, values: impl IntoIterator<Item = P>) -> Self {
        let mut list: Vec<Owned> = values.into_iter().map(|v| Owned::from(v.value())).collect();
        let Some(last) = list.last().cloned() else {
            return self.text("(null)");
        };
        list.resize(list.len().next_power_of_two(), last);
        for (position, value) in list.into_iter().enumerate() {
            self.text.push(if position == 0 { '(' } else { ',' });
            self = self.bind(value);
        }
        self.text(")")
    }

    pub(crate) fn params(&self) -> Vec<&dyn Param> {
        self.values.iter().map(|value| value as &dyn Param).collect()
    }
}

impl std::fmt::Display for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// A bound value that outlives the borrow it came from.
#[derive(Debug, Clone)]
enum Owned {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(Uuid),
    Instant(Timestamp),
}

impl From<Value<'_>> for Owned {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Null => Owned::Null,
            Value::Bool(v) => Owned::Bool(v),
            Value::Int(v) => Owned::Int(v),
            Value::Real(v) => Owned::Real(v),
            Value::Text(v) => Owned::Text(v.to_owned()),
            Value::Bytes(v) => Owned::Bytes(v.to_owned()),
            Value::Uuid(v) => Owned::Uuid(v),
            Value::Instant(v) => {
                Owned::Instant(Timestamp::from_microsecond(v).expect("it was an instant when it was bound"))
            }
        }
    }
}

impl Param for Owned {
    fn value(&self) -> Value<'_> {
        match self {
            Owned::Null => Value::Null,
            Owned::Bool(v) => Value::Bool(*v),
            Owned::Int(v) => Value::Int(*v),
            Owned::Real(v) => Value::Real(*v),
            Owned::Text(v) => Value::Text(v),
            Owned::Bytes(v) => Value::Bytes(v),
            Owned::Uuid(v) => Value::Uuid(*v),
            Owned::Instant(v) => v.value(),
        }
    }
}
