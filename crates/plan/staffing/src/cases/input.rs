//! One case's input: fields by name, each checked for its type as it is taken.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::CaseError;

/// The fields of a case, and which of them have been asked for.
pub(super) struct Input<'c> {
    fields: &'c Map<String, Value>,
    prefix: &'static str,
    taken: RefCell<BTreeSet<&'static str>>,
}

impl<'c> Input<'c> {
    pub(super) fn new(fields: &'c Map<String, Value>) -> Self {
        Self { fields, prefix: "", taken: RefCell::default() }
    }

    /// A field that is itself an object.
    pub(super) fn object(&self, field: &'static str, prefix: &'static str) -> Result<Input<'c>, CaseError> {
        let fields = self.value(field)?.as_object().ok_or_else(|| self.wrong(field, "an object"))?;
        Ok(Input { fields, prefix, taken: RefCell::default() })
    }

    pub(super) fn number(&self, field: &'static str) -> Result<f64, CaseError> {
        self.value(field)?.as_f64().ok_or_else(|| self.wrong(field, "a number"))
    }

    /// A number that may be missing or null.
    pub(super) fn number_if_any(&self, field: &'static str) -> Result<Option<f64>, CaseError> {
        self.if_any(field, |field| self.number(field))
    }

    pub(super) fn whole(&self, field: &'static str) -> Result<u32, CaseError> {
        whole(self.value(field)?).ok_or_else(|| self.wrong(field, "a whole number from 0 on"))
    }

    pub(super) fn whole_or(&self, field: &'static str, default: u32) -> Result<u32, CaseError> {
        Ok(self.if_any(field, |field| self.whole(field))?.unwrap_or(default))
    }

    pub(super) fn numbers(&self, field: &'static str) -> Result<Vec<f64>, CaseError> {
        self.list(field, Value::as_f64, "a list of numbers")
    }

    pub(super) fn wholes(&self, field: &'static str) -> Result<Vec<u32>, CaseError> {
        self.list(field, whole, "a list of whole numbers from 0 on")
    }

    pub(super) fn word(&self, field: &'static str) -> Result<&'c str, CaseError> {
        self.value(field)?.as_str().ok_or_else(|| self.wrong(field, "a text"))
    }

    pub(super) fn word_if_any(&self, field: &'static str) -> Result<Option<&'c str>, CaseError> {
        self.if_any(field, |field| self.word(field))
    }

    /// Fields that nobody asked for.
    pub(super) fn ignored(&self) -> Vec<String> {
        let taken = self.taken.borrow();
        self.fields.keys().filter(|field| !taken.contains(field.as_str())).cloned().collect()
    }

    pub(super) fn wrong(&self, field: &'static str, must_be: &'static str) -> CaseError {
        let found = self.fields.get(field).cloned().unwrap_or(Value::Null);
        CaseError::Wrong { field: format!("{}{field}", self.prefix), found, must_be }
    }

    fn value(&self, field: &'static str) -> Result<&'c Value, CaseError> {
        self.taken.borrow_mut().insert(field);
        self.fields.get(field).ok_or_else(|| CaseError::Missing { field: format!("{}{field}", self.prefix) })
    }

    fn if_any<T>(
        &self,
        field: &'static str,
        take: impl Fn(&'static str) -> Result<T, CaseError>,
    ) -> Result<Option<T>, CaseError> {
        self.taken.borrow_mut().insert(field);
        if self.fields.get(field).is_none_or(Value::is_null) { Ok(None) } else { take(field).map(Some) }
    }

    fn list<T>(
        &self,
        field: &'static str,
        item: impl Fn(&'c Value) -> Option<T>,
        must_be: &'static str,
    ) -> Result<Vec<T>, CaseError> {
        let wrong = || self.wrong(field, must_be);
        let values = self.value(field)?.as_array().ok_or_else(wrong)?;
        values.iter().map(|value| item(value).ok_or_else(wrong)).collect()
    }
}

/// Also a whole number written with a decimal point.
fn whole(value: &Value) -> Option<u32> {
    let number = value.as_f64()?;
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
