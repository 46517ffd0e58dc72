//! Why a request was closed, and the note that tells the resident.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::RequestError;
use crate::request::RequestId;
use crate::text;

/// Why a request was closed. `Done` alone says that something was fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was asked for is done.
    Done,
    /// Looked at; nothing had to be done.
    NoActionNeeded,
    /// Somebody else's business; the note says whose.
    NotOurs,
    /// Another request is about the same thing; its news reach whoever asked for this one.
    Duplicate {
        /// The other request.
        of: RequestId,
    },
    /// We tried, or would have to, and cannot.
    CouldNot,
    /// Whoever asked no longer wants it.
    Withdrawn,
}

impl Outcome {
    /// The name in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::NoActionNeeded => "no_action_needed",
            Outcome::NotOurs => "not_ours",
            Outcome::Duplicate { .. } => "duplicate",
            Outcome::CouldNot => "could_not",
            Outcome::Withdrawn => "withdrawn",
        }
    }

    /// Whether it claims that a team worked on the request.
    pub fn needs_a_team(self) -> bool {
        matches!(self, Outcome::Done | Outcome::CouldNot)
    }

    /// The request that this one doubles.
    pub fn duplicate_of(self) -> Option<RequestId> {
        match self {
            Outcome::Duplicate { of } => Some(of),
            _ => None,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A closing note that tells the resident something: long enough, and more than a stock phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingNote(String);

/// Shortest note that can say what was done and where.
const NOTE_LETTERS_MIN: usize = 15;
/// Words beyond the stock phrases without which a note says nothing about this request.
const OWN_WORDS_MIN: usize = 3;

/// Words that closing notes are made of when nobody took the time: "Case closed. Issue resolved per policy, thank you."
const STOCK_WORDS: [&str; 54] = [
    "a",
    "action",
    "all",
    "and",
    "as",
    "been",
    "by",
    "case",
    "city",
    "close",
    "closed",
    "complete",
    "completed",
    "completing",
    "crew",
    "department",
    "done",
    "duplicate",
    "finished",
    "fixed",
    "for",
    "has",
    "have",
    "in",
    "inspected",
    "is",
    "issue",
    "it",
    "job",
    "n",
    "na",
    "no",
    "noted",
    "of",
    "ok",
    "our",
    "per",
    "policy",
    "problem",
    "report",
    "request",
    "resolved",
    "service",
    "sr",
    "successfully",
    "team",
    "thank",
    "thanks",
    "the",
    "this",
    "ticket",
    "was",
    "work",
    "you",
];

impl ClosingNote {
    /// Checks a note. Says nothing about style: only that there is something in it for the reader.
    ///
    /// # Errors
    /// [`RequestError::NoteTooShort`], [`RequestError::NoteSaysNothing`], or a problem of the text itself.
    pub fn new(note: &str) -> Result<Self, RequestError> {
        let note = text::paragraphs("note", note, text::NOTE_LETTERS_MAX)?.unwrap_or_default();
        let letters = note.chars().filter(|c| c.is_alphanumeric()).count();
        if letters < NOTE_LETTERS_MIN {
            return Err(RequestError::NoteTooShort { letters, letters_min: NOTE_LETTERS_MIN });
        }
        if own_words(&note) < OWN_WORDS_MIN {
            return Err(RequestError::NoteSaysNothing);
        }
        Ok(Self(note))
    }

    /// The note.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Different words of the note that are no stock phrase. Languages without spaces count by character.
fn own_words(note: &str) -> usize {
    let lower = note.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut own: Vec<&str> = words.filter(|word| !STOCK_WORDS.contains(word)).flat_map(pieces).collect();
    own.sort_unstable();
    own.dedup();
    own.len()
}

fn pieces(word: &str) -> Vec<&str> {
    if word.chars().any(|c| c >= '\u{2e80}') {
        word.split("").filter(|c| !c.is_empty()).collect()
    } else {
        vec![word]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_phrases_are_refused() {
        for note in [
            "Case closed. The issue has been resolved, thank you.",
            "Closed closed closed closed closed",
            "Work completed by crew per policy.",
        ] {
            assert!(matches!(ClosingNote::new(note), Err(RequestError::NoteSaysNothing)), "{note}");
        }
        assert!(matches!(ClosingNote::new("done."), Err(RequestError::NoteTooShort { letters: 4, .. })));
    }

    #[test]
    fn notes_that_say_something_pass_in_any_language() {
        for note in [
            "We filled the pothole at 12 Elm Street this morning.",
            "Se tapó el bache frente al número 12.",
            "已於今天上午修補榆樹街十二號前的路面坑洞。",
        ] {
            assert_eq!(ClosingNote::new(note).unwrap().as_str(), note);
        }
    }
}
