//! Fields of a TOML table, each with its line, so that whatever is wrong can be pointed at.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{CenterError, Wrong};

/// A table of the file; remembers which of its fields were asked for.
pub(super) struct Entry<'t> {
    text: &'t str,
    table: &'t DeTable<'t>,
    line: usize,
    path: String,
    asked: RefCell<Vec<&'static str>>,
}

/// The value of a field.
#[derive(Clone)]
pub(super) struct Field<'t> {
    text: &'t str,
    value: &'t DeValue<'t>,
    line: usize,
    path: String,
}

impl<'t> Entry<'t> {
    pub(super) fn root(text: &'t str, table: &'t Spanned<DeTable<'t>>) -> Self {
        Self { text, table: table.get_ref(), line: 1, path: String::new(), asked: RefCell::default() }
    }

    /// The field of that name, if it is there.
    pub(super) fn field(&self, name: &'static str) -> Option<Field<'t>> {
        self.asked.borrow_mut().push(name);
        let (key, value) = self.table.iter().find(|(key, _)| key.get_ref() == name)?;
        Some(Field {
            text: self.text,
            value: value.get_ref(),
            line: line_at(self.text, key.span().start),
            path: join(&self.path, name),
        })
    }

    /// The field of that name; it must be there.
    pub(super) fn needed(&self, name: &'static str) -> Result<Field<'t>, CenterError> {
        self.field(name).ok_or_else(|| self.misspelt(name).unwrap_or_else(|| self.lacks(name)))
    }

    /// What the field of that name says, if it is there.
    pub(super) fn optional<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&Field<'t>) -> Result<T, CenterError>,
    ) -> Result<Option<T>, CenterError> {
        self.field(name).as_ref().map(read).transpose()
    }

    /// Every field as a name and its value: for tables whose names are the planner's own.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'t str, Field<'t>)> {
        self.table.iter().map(|(key, value)| {
            let (name, line) = (key.get_ref().as_ref(), line_at(self.text, key.span().start));
            let path = join(&self.path, name);
            (name, Field { text: self.text, value: value.get_ref(), line, path })
        })
    }

    /// The entries of a list of tables; none where it is absent.
    pub(super) fn entries(&self, name: &'static str) -> Result<Vec<Entry<'t>>, CenterError> {
        match self.field(name) {
            Some(list) => list.list()?.into_iter().map(|item| item.entry()).collect(),
            None => Ok(Vec::new()),
        }
    }

    /// Refuses fields that nobody asked for.
    pub(super) fn nothing_else(&self) -> Result<(), CenterError> {
        let asked = self.asked.borrow();
        let unknown = self.all().filter(|(name, _)| !asked.contains(name)).map(|(_, field)| field);
        match unknown.min_by_key(|field| field.line) {
            Some(field) => Err(field.wrong(Wrong::Unknown { known: asked.join(", ") })),
            None => Ok(()),
        }
    }

    /// A field with nearly the letters of one that is missing.
    fn misspelt(&self, meant: &'static str) -> Option<CenterError> {
        let asked = self.asked.borrow();
        let (_, field) = self.all().find(|(name, _)| !asked.contains(name) && differ_little(name, meant))?;
        Some(field.wrong(Wrong::Misspelt { meant }))
    }

    pub(super) fn lacks(&self, name: &str) -> CenterError {
        CenterError { line: self.line, field: join(&self.path, name), wrong: Wrong::Missing }
    }
}

impl<'t> Field<'t> {
    /// An error about this field.
    pub(super) fn wrong(&self, wrong: Wrong) -> CenterError {
        CenterError { line: self.line, field: self.path.clone(), wrong }
    }

    pub(super) fn not_a(&self, expected: &'static str) -> CenterError {
        self.wrong(Wrong::NotA { expected })
    }

    pub(super) fn text(&self) -> Result<&'t str, CenterError> {
        match self.value {
            DeValue::String(text) => Ok(text.as_ref()),
            _ => Err(self.not_a("a text in quotes")),
        }
    }

    /// The number, whole or not, if it is one.
    pub(super) fn number_if_any(&self) -> Option<f64> {
        match self.value {
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number as f64)
            }
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        }
    }

    /// A number for which `fits` holds.
    pub(super) fn number(
        &self,
        must_be: &'static str,
        fits: impl Fn(f64) -> bool,
    ) -> Result<f64, CenterError> {
        let value = self.number_if_any().ok_or_else(|| self.not_a("a number"))?;
        if value.is_finite() && fits(value) {
            return Ok(value);
        }
        Err(self.wrong(Wrong::OutOfRange { value, must_be }))
    }

    /// A whole number from `least` to `most`.
    pub(super) fn whole(&self, must_be: &'static str, least: u32, most: u32) -> Result<u32, CenterError> {
        let fits = |value: f64| value.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(&value);
        Ok(self.number(must_be, fits)? as u32)
    }

    /// The values of a list.
    pub(super) fn list(&self) -> Result<Vec<Field<'t>>, CenterError> {
        let DeValue::Array(values) = self.value else { return Err(self.not_a("a list")) };
        let item = |value: &'t Spanned<DeValue<'t>>| Field {
            text: self.text,
            value: value.get_ref(),
            line: line_at(self.text, value.span().start),
            path: self.path.clone(),
        };
        Ok(values.iter().map(item).collect())
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.value, DeValue::Array(_))
    }

    pub(super) fn is_table(&self) -> bool {
        matches!(self.value, DeValue::Table(_))
    }

    /// The table that this field is.
    pub(super) fn entry(&self) -> Result<Entry<'t>, CenterError> {
        let DeValue::Table(table) = self.value else { return Err(self.not_a("a table")) };
        let (text, line, path) = (self.text, self.line, self.path.clone());
        Ok(Entry { text, table, line, path, asked: RefCell::default() })
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Whether two names have the same letters, but for two.
fn differ_little(one: &str, other: &str) -> bool {
    let count = |name: &str, letter: u8| name.bytes().filter(|byte| *byte == letter).count();
    let letters = b'_'..=b'z';
    letters.map(|letter| count(one, letter).abs_diff(count(other, letter))).sum::<usize>() <= 2
}

pub(super) fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
