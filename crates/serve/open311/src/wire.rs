//! The documents of GeoReport v2 as values, and how each is written as XML and as JSON.
//!
//! JSON follows the "Spark" convention: the root disappears, lists are arrays also with one member and with
//! none, ids are strings, flags are booleans, what is empty is `null`.

mod pen;

mod definition;
mod discovery;
mod errors;
mod requests;
mod services;
mod updates;

pub use definition::{AttributeEntry, Definition, ValueEntry};
pub use discovery::{Discovery, Endpoint};
pub use errors::ErrorEntry;
pub use requests::{ExtendedEntry, NoteEntry, Receipt, RequestEntry, SubmittedAnswer, TokenEntry};
pub use services::ServiceEntry;
pub use updates::{UpdateEntry, UpdateReceipt};

use crate::route::Format;

/// Everything that the server answers with.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// Where the endpoints are.
    Discovery(Discovery),
    /// The services on offer.
    Services(Vec<ServiceEntry>),
    /// The questions of one service.
    Definition(Definition),
    /// Requests; a single one is a list of one.
    Requests(Vec<RequestEntry>),
    /// What the sender of a new request gets back.
    Receipt(Receipt),
    /// What has become of a token.
    Token(TokenEntry),
    /// What happened to requests.
    Updates(Vec<UpdateEntry>),
    /// What the sender of an update gets back.
    UpdateReceipt(UpdateReceipt),
    /// What was wrong with the call.
    Errors(Vec<ErrorEntry>),
}

impl Document {
    /// The bytes of this document in a format, always UTF-8.
    pub fn write(&self, format: Format) -> Vec<u8> {
        use std::slice::from_ref;
        match self {
            Document::Discovery(discovery) => discovery::write(discovery, format),
            Document::Services(services) => services::write(services, format),
            Document::Definition(definition) => definition::write(definition, format),
            Document::Requests(requests) => requests::write(requests, format),
            Document::Receipt(receipt) => requests::write_receipts(from_ref(receipt), format),
            Document::Token(token) => requests::write_tokens(from_ref(token), format),
            Document::Updates(updates) => updates::write(updates, format),
            Document::UpdateReceipt(receipt) => updates::write_receipts(from_ref(receipt), format),
            Document::Errors(errors) => errors::write(errors, format),
        }
    }
}
