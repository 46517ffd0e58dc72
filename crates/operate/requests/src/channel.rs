//! The ways in which a request reaches us.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How a request reached us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The portal.
    Web,
    /// A mobile app or another program, through Open311.
    App,
    /// Somebody called.
    Phone,
    /// Somebody wrote an e-mail.
    Email,
    /// A text message.
    Sms,
    /// A conversation in writing.
    Chat,
    /// A post on a social network.
    Social,
    /// Paper.
    Letter,
    /// Somebody came by.
    WalkIn,
    /// The government's own people saw it.
    Staff,
    /// Another system of the government, or a device.
    Integration,
}

/// A word that names no channel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no channel")]
pub struct NotAChannel(String);

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 11] = [
        Channel::Web,
        Channel::App,
        Channel::Phone,
        Channel::Email,
        Channel::Sms,
        Channel::Chat,
        Channel::Social,
        Channel::Letter,
        Channel::WalkIn,
        Channel::Staff,
        Channel::Integration,
    ];

    /// The name in the database and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Web => "web",
            Channel::App => "app",
            Channel::Phone => "phone",
            Channel::Email => "email",
            Channel::Sms => "sms",
            Channel::Chat => "chat",
            Channel::Social => "social",
            Channel::Letter => "letter",
            Channel::WalkIn => "walk_in",
            Channel::Staff => "staff",
            Channel::Integration => "integration",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Channel {
    type Err = NotAChannel;

    fn from_str(text: &str) -> Result<Self, NotAChannel> {
        Self::ALL
            .into_iter()
            .find(|channel| channel.as_str() == text)
            .ok_or_else(|| NotAChannel(text.to_owned()))
    }
}

db::text_type!(Channel, "a channel");
