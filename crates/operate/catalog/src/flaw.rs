//! What can be wrong with a proposed catalog entry, and in which field.
//!
//! The same checks serve the admin pages and the catalog file: a page shows the flaw beside the field, the file
//! reader turns the field into a line number.

use std::fmt;

/// A rule that a proposed entry breaks, with the way to the field that breaks it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {wrong}")]
pub struct Flaw {
    /// Where: from the entry down to the field.
    pub field: Field,
    /// What is wrong there.
    pub wrong: Wrong,
}

/// The way to a field, as in `service[2].question[0].code` (counted from zero).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field(Vec<Step>);

/// One step on the way to a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into the field of this name.
    Name(String),
    /// Into the list item at this position, counted from zero.
    Item(usize),
}

/// A rule of the catalog that was broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Words or a code are needed here.
    #[error("must not be empty")]
    Empty,
    /// Longer than we store or show.
    #[error("must not be longer than {max} characters")]
    TooLong {
        /// The longest that is accepted, in characters.
        max: usize,
    },
    /// A list is longer than we store or show.
    #[error("must not have more than {max} items")]
    TooMany {
        /// The most that are accepted.
        max: usize,
    },
    /// A control or direction-changing character, which could disguise what is shown.
    #[error("must not contain the character U+{code_point:04X}")]
    ForbiddenCharacter {
        /// The character's number.
        code_point: u32,
    },
    /// A code outside the accepted alphabet.
    #[error(
        "'{code}' is not a code: use letters, digits, '.', '_', '-' and ':', beginning with a letter or digit"
    )]
    NotACode {
        /// The code as given.
        code: String,
    },
    /// A tag that is not a language.
    #[error("'{tag}' is not a language tag such as 'en' or 'pt-BR'")]
    NotALanguage {
        /// The tag as given.
        tag: String,
    },
    /// The same code or key twice in one list.
    #[error("'{code}' is already used above")]
    Duplicate {
        /// The repeated code.
        code: String,
    },
    /// A reference to something that does not exist.
    #[error("there is no {kind} '{code}'")]
    Unknown {
        /// What was looked for, in our words: `team`, `calendar`…
        kind: &'static str,
        /// The code that was not found.
        code: String,
    },
    /// A list question without anything to choose.
    #[error("a question of type {datatype} needs values to choose from")]
    NoChoices {
        /// The question's type.
        datatype: &'static str,
    },
    /// Choices on a question that has none.
    #[error("a question of type {datatype} takes no values")]
    ChoicesNotTaken {
        /// The question's type.
        datatype: &'static str,
    },
    /// A text that is only shown cannot need an answer.
    #[error("a text that is only shown cannot require an answer")]
    ShownOnlyRequired,
    /// A condition can only look back, otherwise two questions could wait for each other.
    #[error("the condition names '{code}', which is not a question above this one")]
    ConditionNotAbove {
        /// The named question.
        code: String,
    },
    /// A condition on particular answers of a question that has no list of them.
    #[error("the condition lists answers, but question '{code}' has no values to choose from")]
    ConditionNotOnList {
        /// The named question.
        code: String,
    },
    /// A field that this kind of entry does not have.
    #[error("does not belong here: {why}")]
    NotHere {
        /// When it would belong here.
        why: &'static str,
    },
    /// An address that is not a web address.
    #[error("'{url}' is not a web address beginning with https:// or http://")]
    NotAUrl {
        /// The address as given.
        url: String,
    },
    /// A telephone number with other characters than people dial and print.
    #[error("'{number}' is not a telephone number")]
    NotAPhoneNumber {
        /// The number as given.
        number: String,
    },
    /// A host name that no browser would send.
    #[error("'{host}' is not a host name")]
    NotAHost {
        /// The host as given.
        host: String,
    },
    /// A time zone the time zone database does not have.
    #[error("'{zone}' is not a time zone such as 'America/New_York'")]
    NotAZone {
        /// The zone as given.
        zone: String,
    },
    /// A date or time that cannot be, such as a local time without a date.
    #[error("'{given}' is not a date, or a date with a time")]
    NotAMoment {
        /// The value as given.
        given: String,
    },
    /// An allowance nobody can read.
    #[error("'{given}' is not an allowance such as '4 working hours' or '3 working days'")]
    NotAnAllowance {
        /// The value as given.
        given: String,
    },
    /// Opening hours that contradict themselves.
    #[error("the calendar cannot be used: {reason}")]
    BadCalendar {
        /// What the calendar said.
        reason: String,
    },
    /// A number that is too small or too large.
    #[error("must be between {from} and {to}")]
    OutOfRange {
        /// The smallest that is taken.
        from: i64,
        /// The largest that is taken.
        to: i64,
    },
    /// An end that is not after its beginning.
    #[error("ends before it begins")]
    EndsBeforeItBegins,
    /// A target that would change what was promised for times gone by.
    #[error("a target cannot begin in the past once the service has one; let it begin now or later")]
    Backdated,
}

impl Wrong {
    /// This flaw, in the field of this name.
    pub fn at(self, field: &str) -> Flaw {
        Flaw { field: Field(vec![Step::Name(field.to_owned())]), wrong: self }
    }
}

impl Flaw {
    /// The same flaw seen from one level up: inside the field `name`.
    #[must_use]
    pub fn inside(mut self, name: &str) -> Self {
        self.field.0.insert(0, Step::Name(name.to_owned()));
        self
    }

    /// The same flaw seen from one level up: inside item number `item` of the list `name`.
    #[must_use]
    pub fn inside_item(mut self, name: &str, item: usize) -> Self {
        self.field.0.insert(0, Step::Item(item));
        self.inside(name)
    }
}

impl Field {
    /// The steps from the entry down.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Name(name) if position == 0 => f.write_str(name)?,
                Step::Name(name) => write!(f, ".{name}")?,
                Step::Item(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}
