//! What we say instead of taking a request that nobody here could act on.
//!
//! A resident who reports a state highway or a gas leak to the wrong desk loses days. A stopper tells them at
//! once whom to ask, before they have typed anything else.

use serde::{Deserialize, Serialize};

use crate::flaw::{Flaw, Wrong};
use crate::text::Text;
use crate::words::{check_name, check_optional_prose, check_phone, check_url};

/// A reason not to take a request, with the way onward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Stopper {
    /// Somebody else owns this: a utility, the state, a neighboring town.
    NotOurs {
        /// Whom to ask.
        whom: Text,
        /// Where they can be reached on the web.
        url: Option<String>,
        /// Where they can be called.
        phone: Option<String>,
        /// What else to say; may be empty.
        advice: Text,
    },
    /// Life or property is in danger now: nobody should wait for us.
    Emergency {
        /// The number to call.
        number: String,
        /// What else to say; may be empty.
        advice: Text,
    },
}

impl Stopper {
    pub(crate) fn check(&self) -> Result<(), Flaw> {
        match self {
            Stopper::NotOurs { whom, url, phone, advice } => {
                check_name(whom, "whom")?;
                optionally(url.as_deref(), check_url).map_err(|wrong| wrong.at("url"))?;
                optionally(phone.as_deref(), check_phone).map_err(|wrong| wrong.at("phone"))?;
                check_optional_prose(advice, "advice")
            }
            Stopper::Emergency { number, advice } => {
                check_phone(number).map_err(|wrong| wrong.at("number"))?;
                check_optional_prose(advice, "advice")
            }
        }
    }
}

fn optionally(given: Option<&str>, check: impl Fn(&str) -> Result<(), Wrong>) -> Result<(), Wrong> {
    given.map_or(Ok(()), check)
}
