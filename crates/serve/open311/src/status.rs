//! The words for where a request stands: `open` and `closed` in GeoReport, a finer list in mySociety's extension.

/// A status of the extension. Each belongs to one of the two of GeoReport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExtendedStatus {
    /// Waiting for somebody.
    Open,
    /// Finished, without saying how.
    Closed,
    /// Repaired.
    Fixed,
    /// Being worked on.
    InProgress,
    /// Will be worked on.
    Planned,
    /// Will be worked on at a known time.
    ActionScheduled,
    /// Being looked into.
    Investigating,
    /// Reported before.
    Duplicate,
    /// Somebody else's.
    NotResponsible,
    /// Nothing will be done.
    NoFurtherAction,
    /// Handed on inside the government.
    InternalReferral,
    /// Not sorted yet.
    ForTriage,
    /// Withdrawn.
    Cancelled,
    /// Taken up again.
    Reopen,
    /// Only a word about it; it stands as it stood.
    Unchanged,
}

impl ExtendedStatus {
    /// Every status, in the order of the specification.
    pub const ALL: [ExtendedStatus; 15] = [
        ExtendedStatus::Open,
        ExtendedStatus::Closed,
        ExtendedStatus::Fixed,
        ExtendedStatus::InProgress,
        ExtendedStatus::Planned,
        ExtendedStatus::ActionScheduled,
        ExtendedStatus::Investigating,
        ExtendedStatus::Duplicate,
        ExtendedStatus::NotResponsible,
        ExtendedStatus::NoFurtherAction,
        ExtendedStatus::InternalReferral,
        ExtendedStatus::ForTriage,
        ExtendedStatus::Cancelled,
        ExtendedStatus::Reopen,
        ExtendedStatus::Unchanged,
    ];

    /// The word as it is written out.
    pub fn as_str(self) -> &'static str {
        match self {
            ExtendedStatus::Open => "open",
            ExtendedStatus::Closed => "closed",
            ExtendedStatus::Fixed => "fixed",
            ExtendedStatus::InProgress => "in_progress",
            ExtendedStatus::Planned => "planned",
            ExtendedStatus::ActionScheduled => "action_scheduled",
            ExtendedStatus::Investigating => "investigating",
            ExtendedStatus::Duplicate => "duplicate",
            ExtendedStatus::NotResponsible => "not_councils_responsibility",
            ExtendedStatus::NoFurtherAction => "no_further_action",
            ExtendedStatus::InternalReferral => "internal_referral",
            ExtendedStatus::ForTriage => "for_triage",
            ExtendedStatus::Cancelled => "cancelled",
            ExtendedStatus::Reopen => "reopen",
            ExtendedStatus::Unchanged => "unchanged",
        }
    }

    /// Reads a word in any case, with underscores, hyphens or blanks.
    pub fn read(text: &str) -> Option<ExtendedStatus> {
        let word = text.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        ExtendedStatus::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether GeoReport itself would say `closed`.
    pub fn is_closed(self) -> bool {
        match self {
            ExtendedStatus::Closed
            | ExtendedStatus::Fixed
            | ExtendedStatus::Duplicate
            | ExtendedStatus::NotResponsible
            | ExtendedStatus::NoFurtherAction
            | ExtendedStatus::InternalReferral
            | ExtendedStatus::Cancelled => true,
            ExtendedStatus::Open
            | ExtendedStatus::InProgress
            | ExtendedStatus::Planned
            | ExtendedStatus::ActionScheduled
            | ExtendedStatus::Investigating
            | ExtendedStatus::ForTriage
            | ExtendedStatus::Reopen
            | ExtendedStatus::Unchanged => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_read_back_in_any_spelling() {
        for status in ExtendedStatus::ALL {
            assert_eq!(ExtendedStatus::read(status.as_str()), Some(status));
            assert_eq!(ExtendedStatus::read(&status.as_str().to_uppercase().replace('_', " ")), Some(status));
        }
        assert_eq!(ExtendedStatus::read("whatever"), None);
    }
}
