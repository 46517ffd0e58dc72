//! Targets: how fast a service should be answered and done, and what that promises for one request.
//!
//! A target is never edited. A new version supersedes it from a date on, so that "what did we promise in March"
//! always has one answer. Durations may count working or calendar time; the allowance itself says which.

use calendar::Allowance;
use jiff::Timestamp;

/// One version of a service's target.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// 1, 2, 3… within the service.
    pub version: i64,
    /// From when it applies.
    pub effective_from: Timestamp,
    /// How soon somebody looks at a request.
    pub first_response: Option<Allowance>,
    /// How soon it is done; the resident is told the date that follows from this.
    pub resolution: Option<Allowance>,
}

/// A target as an editor or a file proposes it. With neither allowance it says: from then on, no target.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTarget {
    /// See [`Target::effective_from`].
    pub effective_from: Timestamp,
    /// See [`Target::first_response`].
    pub first_response: Option<Allowance>,
    /// See [`Target::resolution`].
    pub resolution: Option<Allowance>,
}

/// What a target means for one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// The version of the service's target it comes from.
    pub target_version: i64,
    /// By when somebody will have looked at it.
    pub first_response_at: Option<Timestamp>,
    /// By when it will be done; what the resident is told.
    pub resolve_at: Option<Timestamp>,
}

/// The target that applies at an instant: among those that have begun, the one written last.
///
/// Going by the version rather than by the date lets a correction overtake a version that was planned for later.
pub(crate) fn in_force(targets: &[Target], at: Timestamp) -> Option<&Target> {
    targets.iter().filter(|target| target.effective_from <= at).max_by_key(|target| target.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(version: i64, from: &str) -> Target {
        let allowance = |text: &str| Some(text.parse().unwrap());
        Target {
            version,
            effective_from: from.parse().unwrap(),
            first_response: allowance("4 working hours"),
            resolution: allowance("3 working days"),
        }
    }

    fn check(targets: &[Target], at: &str, version: Option<i64>) {
        assert_eq!(in_force(targets, at.parse().unwrap()).map(|t| t.version), version, "{at}");
    }

    #[test]
    fn a_target_applies_from_its_first_instant_until_the_next_one() {
        let targets = [target(1, "2026-01-01T05:00:00Z"), target(2, "2026-07-01T04:00:00Z")];
        check(&targets, "2026-01-01T04:59:59.999999Z", None);
        check(&targets, "2026-01-01T05:00:00Z", Some(1));
        check(&targets, "2026-07-01T03:59:59Z", Some(1));
        check(&targets, "2026-07-01T04:00:00Z", Some(2));
    }

    #[test]
    fn a_correction_overtakes_a_version_planned_for_later() {
        let targets = [
            target(1, "2026-01-01T00:00:00Z"),
            target(2, "2026-07-01T00:00:00Z"),
            target(3, "2026-05-01T00:00:00Z"),
        ];
        check(&targets, "2026-06-01T00:00:00Z", Some(3));
        check(&targets, "2026-08-01T00:00:00Z", Some(3));
    }
}
