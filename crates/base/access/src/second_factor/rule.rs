//! Who needs a second factor, and from when.

use jiff::{SignedDuration, Timestamp};

use crate::AccessError;
use crate::actor::Actor;
use crate::audit::{self, Entry};
use crate::jurisdiction::JurisdictionId;
use crate::permission::{Permission, Permissions, Role};

/// How long a new person, or everybody after the rule has changed, may put it off.
pub const GRACE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What only somebody with two factors may do: see who reported, and change how the house is set up.
const GUARDED: Permissions = Permissions::of(&[
    Permission::ViewPersonalData,
    Permission::ExportPersonalData,
    Permission::ManagePeople,
    Permission::ManageKeys,
    Permission::ManageCatalog,
    Permission::ManageTargets,
    Permission::ManageJurisdiction,
    Permission::ManageJobs,
]);

/// What a jurisdiction asks of its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Whether the roles that need a second factor must have one.
    pub required: bool,
    /// Since when; nobody is asked before [`GRACE`] after this is over.
    pub set_at: Timestamp,
}

/// What holds where nobody has set anything: it is required, and always was.
pub const RULE_OF_NOBODY: Rule = Rule { required: true, set_at: Timestamp::UNIX_EPOCH };

impl Role {
    /// Whether this role sees contact data or changes settings (AUTH-04).
    pub fn needs_second_factor(self) -> bool {
        GUARDED.iter().any(|guarded| self.permissions().contains(guarded))
    }
}

/// Whether somebody without a second factor must set one up before anything else.
pub fn owes(now: Timestamp, rule: Rule, added_at: Timestamp, roles: &[Role]) -> bool {
    let since = added_at.max(rule.set_at);
    rule.required && now.duration_since(since) >= GRACE && roles.iter().any(|role| role.needs_second_factor())
}

/// The rule of a jurisdiction.
///
/// # Errors
/// What the store refuses.
pub fn rule(tx: &mut db::Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Rule, db::Error> {
    const RULE: &str = "select required, set_at from second_factor_rule where jurisdiction_id = $1";
    let found = tx.query_opt(RULE, db::params![jurisdiction], |row| {
        Ok(Rule { required: row.get(0)?, set_at: row.get(1)? })
    })?;
    Ok(found.unwrap_or(RULE_OF_NOBODY))
}

/// Says whether a second factor is required; everybody has [`GRACE`] from now.
///
/// # Errors
/// Without [`Permission::ManagePeople`] or a fresh sign-in.
pub fn set_rule(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    required: bool,
) -> Result<(), AccessError> {
    const SET: &str = "
        insert into second_factor_rule (jurisdiction_id, required, set_at) values ($1, $2, $3)
        on conflict (jurisdiction_id) do update set required = excluded.required, set_at = excluded.set_at";
    by.require(jurisdiction, Permission::ManagePeople)?;
    by.require_fresh(now)?;
    tx.exec_one(SET, db::params![jurisdiction, required, now])?;
    let action = if required { "second-factor.required" } else { "second-factor.optional" };
    let object = format!("jurisdiction:{jurisdiction}");
    Ok(audit::append(tx, now, &Entry { jurisdiction, actor: by, action, object, detail: "{}".to_owned() })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auth_04_every_role_that_sees_contact_data_or_changes_settings_needs_a_second_factor() {
        let needing: Vec<&str> =
            Role::ALL.iter().filter(|role| role.needs_second_factor()).map(|role| role.as_str()).collect();
        assert_eq!(needing, ["agent", "supervisor", "dispatcher", "administrator", "auditor"]);
    }

    #[test]
    fn auth_04_it_can_be_put_off_for_fourteen_days_and_not_a_second_longer() {
        let added: Timestamp = "2026-05-08T08:00:00Z".parse().unwrap();
        let second = SignedDuration::from_secs(1);
        let rule = RULE_OF_NOBODY;
        assert!(!owes(added + GRACE - second, rule, added, &[Role::Agent]));
        assert!(owes(added + GRACE, rule, added, &[Role::Agent]));
        assert!(!owes(added + GRACE, rule, added, &[Role::Crew, Role::Planner]));
        // A rule that is new gives everybody time; one that is off asks nobody.
        let new = Rule { required: true, set_at: added + GRACE };
        assert!(!owes(added + GRACE, new, added, &[Role::Agent]));
        assert!(!owes(added + GRACE, Rule { required: false, ..rule }, added, &[Role::Agent]));
    }
}
