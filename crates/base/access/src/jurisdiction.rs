//! The name of a government served: the first column of every table.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Names one jurisdiction (tenant) and is its Open311 `jurisdiction_id`, such as `springfield.example`.
///
/// Holds 1 to 63 characters out of `a-z`, `0-9`, `.` and `-`, and begins with a letter or digit, so
/// that it can stand in a path, a host name and a file name without quoting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct JurisdictionId(String);

/// Why a text is not a [`JurisdictionId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a jurisdiction id has 1 to 63 characters out of a-z, 0-9, '.' and '-' and begins with a letter or digit, not {text:?}"
)]
pub struct BadJurisdictionId {
    /// The text that was offered.
    pub text: String,
}

impl JurisdictionId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for JurisdictionId {
    type Err = BadJurisdictionId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.to_owned().try_into()
    }
}

impl TryFrom<String> for JurisdictionId {
    type Error = BadJurisdictionId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-';
        // A leading dot hides or climbs folders, a leading dash looks like a command's option.
        let plain_start = text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        if text.len() <= 63 && text.bytes().all(allowed) && plain_start {
            Ok(Self(text))
        } else {
            Err(BadJurisdictionId { text })
        }
    }
}

impl From<JurisdictionId> for String {
    fn from(id: JurisdictionId) -> Self {
        id.0
    }
}

impl fmt::Display for JurisdictionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

db::text_type!(JurisdictionId, "a jurisdiction id");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_could_escape_a_path_or_a_host_name_are_refused() {
        for text in ["", "..", ".x", "-x", "Boston", "a/b", "a b", "ä", "a\0", &"x".repeat(64)] {
            assert!(text.parse::<JurisdictionId>().is_err(), "{text:?} was taken");
        }
    }

    #[test]
    fn an_id_survives_serde_and_a_bad_one_does_not_enter_by_it() {
        let id: JurisdictionId = "boston.gov".parse().unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""boston.gov""#);
        assert_eq!(serde_json::from_str::<JurisdictionId>(r#""boston.gov""#).unwrap(), id);
        assert!(serde_json::from_str::<JurisdictionId>(r#""Boston""#).is_err());
    }
}
