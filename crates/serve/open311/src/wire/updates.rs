//! `service_request_updates`: mySociety's extension, what happened to requests, between two systems.

use jiff::Timestamp;

use super::pen::Pen;
use crate::route::Format;
use crate::times;

/// One step of one request that the other side may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateEntry {
    /// Unique and stable: the other side knows by it what it has seen.
    pub update_id: String,
    /// The number of the request.
    pub service_request_id: String,
    /// One of the extended statuses, in lower case.
    pub status: &'static str,
    /// When it happened.
    pub updated_datetime: Timestamp,
    /// Public text; may be empty.
    pub description: String,
    /// A picture.
    pub media_url: Option<String>,
}

/// The answer to a posted update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateReceipt {
    /// Our id of the stored update.
    pub update_id: String,
    /// What the client sent as its account, repeated.
    pub account_id: Option<String>,
}

const ROOT: &str = "service_request_updates";
const ITEM: &str = "request_update";

pub(super) fn write(updates: &[UpdateEntry], format: Format) -> Vec<u8> {
    Pen::list_document(format, ROOT, ITEM, updates, |pen, update| {
        pen.text("update_id", Some(&update.update_id));
        pen.text("service_request_id", Some(&update.service_request_id));
        pen.text("status", Some(update.status));
        pen.text("updated_datetime", Some(&times::write(update.updated_datetime)));
        pen.text("description", Some(&update.description));
        pen.text("media_url", update.media_url.as_deref());
    })
}

pub(super) fn write_receipts(receipts: &[UpdateReceipt], format: Format) -> Vec<u8> {
    Pen::list_document(format, ROOT, ITEM, receipts, |pen, receipt| {
        pen.text("update_id", Some(&receipt.update_id));
        pen.text_if_any("account_id", receipt.account_id.as_deref());
    })
}
