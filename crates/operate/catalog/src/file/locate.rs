//! Finding the line of a field in the text of a catalog file.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::file::{FileError, FileWrong};
use crate::flaw::{Flaw, Step};

/// The flaw with the line of its field; a field that is missing is reported on the line where its entry begins.
pub(super) fn locate(source: &str, flaw: Flaw) -> FileError {
    let offset = match DeTable::parse(source) {
        Ok(root) => offset_of(&root, flaw.field.steps()),
        Err(_) => 0,
    };
    FileError { line: line_at(source, offset), wrong: FileWrong::Flaw(flaw) }
}

/// What the TOML reader refused, with its line and the field on that line.
pub(super) fn refused(source: &str, error: &toml::de::Error) -> FileError {
    let offset = error.span().map_or(0, |span| span.start);
    let line = line_at(source, offset);
    let field = field_on(source.lines().nth(line - 1).unwrap_or_default());
    let message = error.message().lines().collect::<Vec<_>>().join("; ");
    FileError { line, wrong: FileWrong::Shape { field, message } }
}

fn line_at(source: &str, offset: usize) -> usize {
    source.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// `name = "x"` is about `name`, `[[service]]` about `service`; anything else about itself.
fn field_on(line: &str) -> String {
    let before_value = line.split('=').next().unwrap_or_default();
    before_value.trim().trim_matches(['[', ']']).chars().take(80).collect()
}

/// Where the deepest step begins that the text has.
fn offset_of(root: &Spanned<DeTable<'_>>, steps: &[Step]) -> usize {
    let Some((Step::Name(name), rest)) = steps.split_first() else { return 0 };
    in_table(root.get_ref(), name, rest).unwrap_or(0)
}

fn in_table(table: &DeTable<'_>, name: &str, rest: &[Step]) -> Option<usize> {
    let (key, value) = table.iter().find(|(key, _)| key.get_ref().as_ref() == name)?;
    Some(in_value(value, rest).unwrap_or(key.span().start))
}

fn in_value(value: &Spanned<DeValue<'_>>, steps: &[Step]) -> Option<usize> {
    let (step, rest) = steps.split_first()?;
    match step {
        Step::Name(name) => in_table(value.get_ref().as_table()?, name, rest),
        Step::Item(item) => {
            let item = value.get_ref().as_array()?.get(*item)?;
            Some(in_value(item, rest).unwrap_or(item.span().start))
        }
    }
}
