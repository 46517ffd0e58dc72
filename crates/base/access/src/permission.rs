//! Who may do what: the one table that every route, job and command asks.
//!
//! A [`Permission`] is one thing somebody may do. People get theirs from [`Role`]s, keys from
//! [`Scope`]s; both tables are written out here in full and matched without a catch-all, so a new role
//! or scope does not compile before somebody decided what it may do. What is not listed is refused.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// Defines an enum of named things with `ALL`, `as_str`, `FromStr` and `Display`.
macro_rules! named {
    (
        $(#[$meta:meta])*
        pub enum $name:ident, $unknown:ident, $what:literal {
            $($(#[$doc:meta])* $variant:ident = $text:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every one there is, in the order of the list above.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The name used in settings, columns and addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[doc = concat!("Why a text is not ", $what, ".")]
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error("{text:?} is not {}", $what)]
        pub struct $unknown {
            /// The text that was offered.
            pub text: String,
        }

        impl FromStr for $name {
            type Err = $unknown;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let known = Self::ALL.iter().copied().find(|one| one.as_str() == text);
                known.ok_or_else(|| $unknown { text: text.to_owned() })
            }
        }
    };
}

named! {
    /// What a person is employed to do; somebody may have several.
    pub enum Role, UnknownRole, "a role" {
        /// Answers residents and takes in requests.
        Agent = "agent",
        /// Leads the agents of a shift.
        Supervisor = "supervisor",
        /// Hands work to teams and follows it to its end.
        Dispatcher = "dispatcher",
        /// Does the work outside, city staff or contractor.
        Crew = "crew",
        /// Writes the answers of the knowledge base.
        Editor = "editor",
        /// Forecasts, staffs and budgets.
        Planner = "planner",
        /// Answers for the whole service.
        Director = "director",
        /// Sets up catalog, calendars, people and integrations.
        Administrator = "administrator",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
    }
}

named! {
    /// What an API key was made for.
    pub enum Scope, UnknownScope, "a scope" {
        /// Send in requests through Open311, as a city's app does.
        Open311Create = "open311:create",
        /// Exchange service request updates, as a contractor's system does.
        Open311Update = "open311:update",
        /// Read requests that are not public through Open311, without contact details.
        Open311Private = "open311:private",
        /// Read requests as staff see them, without contact details.
        RequestsRead = "requests:read",
        /// Bring in the records of another system.
        RequestsImport = "requests:import",
        /// Take out requests in bulk, without contact details.
        RequestsExport = "requests:export",
    }
}

named! {
    /// One thing somebody may do.
    pub enum Permission, UnknownPermission, "a permission" {
        /// See what residents see: services, public requests, notices.
        ViewPublic = "view-public",
        /// Take in a request, for oneself or for a caller.
        CreateRequest = "create-request",
        /// Add words to a request one holds the private link of, or follow it.
        AddInformation = "add-information",
        /// See requests that their service keeps from the public, in the partners' view.
        ViewUnpublished = "view-unpublished",
        /// See work lists and request pages with their internal notes, without contact details.
        ViewWork = "view-work",
        /// See who reported and how to reach them.
        ViewPersonalData = "view-personal-data",
        /// See requests marked confidential.
        ViewConfidential = "view-confidential",
        /// Say which service, place and cause a request is about.
        TriageRequest = "triage-request",
        /// Hand a request to a team.
        AssignRequest = "assign-request",
        /// Accept or refuse a hand-over.
        AnswerHandOver = "answer-hand-over",
        /// Schedule, start, pause, resume, and order work.
        WorkRequest = "work-request",
        /// Close a request with its outcome and note.
        CloseRequest = "close-request",
        /// Open a closed request again.
        ReopenRequest = "reopen-request",
        /// Mark a request confidential, or no longer so.
        SetConfidential = "set-confidential",
        /// Write a note that only staff read.
        WriteInternalNote = "write-internal-note",
        /// Write a note that the resident and the public may read.
        WritePublicNote = "write-public-note",
        /// Add a photo or file to a request.
        AttachFile = "attach-file",
        /// Exchange updates with a partner's system.
        ExchangeUpdates = "exchange-updates",
        /// Bring in records in bulk.
        ImportRequests = "import-requests",
        /// Take out requests in bulk, without contact details.
        ExportRequests = "export-requests",
        /// Take out requests in bulk with contact details.
        ExportPersonalData = "export-personal-data",
        /// Change articles and playbooks.
        EditKnowledge = "edit-knowledge",
        /// See plans, forecasts and scorecards.
        ViewPlan = "view-plan",
        /// Change plans, budgets and rosters.
        ChangePlan = "change-plan",
        /// See the settings pages without changing them.
        ViewSettings = "view-settings",
        /// Add people, give them roles, end their access.
        ManagePeople = "manage-people",
        /// Make and revoke API keys.
        ManageKeys = "manage-keys",
        /// Change departments, teams, services, questions and notices.
        ManageCatalog = "manage-catalog",
        /// Change service targets and calendars.
        ManageTargets = "manage-targets",
        /// Change a jurisdiction's name, boundary and districts.
        ManageJurisdiction = "manage-jurisdiction",
        /// Run dead jobs again or give them up.
        ManageJobs = "manage-jobs",
        /// Read and verify the audit chain.
        ReadAudit = "read-audit",
    }
}

// Up to 64 permissions fit in the set below.
const _: () = assert!(Permission::ALL.len() <= 64);

impl Permission {
    const fn bit(self) -> u64 {
        1 << (self as u8)
    }

    /// True when whoever has only this permission cannot alter anything with it.
    pub const fn only_reads(self) -> bool {
        use Permission as P;
        match self {
            P::ViewPublic | P::ViewUnpublished | P::ViewWork | P::ViewPersonalData | P::ViewConfidential => {
                true
            }
            P::ExportRequests | P::ExportPersonalData | P::ViewPlan | P::ViewSettings | P::ReadAudit => true,
            P::CreateRequest | P::AddInformation | P::TriageRequest | P::AssignRequest => false,
            P::AnswerHandOver | P::WorkRequest | P::CloseRequest | P::ReopenRequest => false,
            P::SetConfidential | P::WriteInternalNote | P::WritePublicNote | P::AttachFile => false,
            P::ExchangeUpdates | P::ImportRequests | P::EditKnowledge | P::ChangePlan => false,
            P::ManagePeople | P::ManageKeys | P::ManageCatalog | P::ManageTargets => false,
            P::ManageJurisdiction | P::ManageJobs => false,
        }
    }
}

/// A set of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Permissions(u64);

impl Permissions {
    /// No permission at all.
    pub const NONE: Permissions = Permissions(0);

    /// Exactly these.
    pub const fn of(list: &[Permission]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < list.len() {
            bits |= list[i].bit();
            i += 1;
        }
        Self(bits)
    }

    /// Every permission there is.
    pub const fn all() -> Self {
        Self::of(Permission::ALL)
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, other: Permissions) -> Self {
        Self(self.0 | other.0)
    }

    /// True when `permission` is among them.
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// The permissions one by one, in the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |p| self.contains(*p))
    }
}

use Permission as P;

/// Anybody at all, with or without an account. For the moves on a request the private link decides which one.
pub(crate) const RESIDENT: Permissions =
    Permissions::of(&[P::ViewPublic, P::CreateRequest, P::AddInformation, P::ReopenRequest, P::AttachFile]);

const AGENT: Permissions = RESIDENT.and(Permissions::of(&[
    P::ViewUnpublished,
    P::ViewWork,
    P::ViewPersonalData,
    P::TriageRequest,
    P::CloseRequest,
    P::SetConfidential,
    P::WriteInternalNote,
    P::WritePublicNote,
]));

const SUPERVISOR: Permissions = AGENT.and(Permissions::of(&[
    P::ViewConfidential,
    P::AssignRequest,
    P::ExportRequests,
    P::ViewPlan,
    P::ViewSettings,
]));

const DISPATCHER: Permissions =
    AGENT.and(Permissions::of(&[P::AssignRequest, P::AnswerHandOver, P::WorkRequest, P::ExportRequests]));

// Crews work from the place and the words of a request; who reported it is not theirs to know.
const CREW: Permissions = Permissions::of(&[
    P::ViewPublic,
    P::ViewUnpublished,
    P::ViewWork,
    P::AnswerHandOver,
    P::WorkRequest,
    P::CloseRequest,
    P::WriteInternalNote,
    P::AttachFile,
]);

const EDITOR: Permissions = Permissions::of(&[P::ViewPublic, P::EditKnowledge, P::ViewSettings]);

const PLANNER: Permissions = Permissions::of(&[
    P::ViewPublic,
    P::ViewUnpublished,
    P::ExportRequests,
    P::ViewPlan,
    P::ChangePlan,
    P::ViewSettings,
]);

const DIRECTOR: Permissions = Permissions::of(&[
    P::ViewPublic,
    P::ViewUnpublished,
    P::ViewWork,
    P::ExportRequests,
    P::ViewPlan,
    P::ViewSettings,
]);

// Sets the house up but does not work cases: in a small town the same person simply also has a role that does.
const ADMINISTRATOR: Permissions = Permissions::of(&[
    P::ViewPublic,
    P::ViewUnpublished,
    P::ViewWork,
    P::ViewPersonalData,
    P::ViewConfidential,
    P::SetConfidential,
    P::ImportRequests,
    P::ExportRequests,
    P::ExportPersonalData,
    P::EditKnowledge,
    P::ViewPlan,
    P::ViewSettings,
    P::ManagePeople,
    P::ManageKeys,
    P::ManageCatalog,
    P::ManageTargets,
    P::ManageJurisdiction,
    P::ManageJobs,
    P::ReadAudit,
]);

const AUDITOR: Permissions = Permissions::of(&[
    P::ViewPublic,
    P::ViewUnpublished,
    P::ViewWork,
    P::ViewPersonalData,
    P::ViewConfidential,
    P::ExportRequests,
    P::ViewPlan,
    P::ViewSettings,
    P::ReadAudit,
]);

impl Role {
    /// What this role may do: one row of the permission table.
    pub const fn permissions(self) -> Permissions {
        match self {
            Role::Agent => AGENT,
            Role::Supervisor => SUPERVISOR,
            Role::Dispatcher => DISPATCHER,
            Role::Crew => CREW,
            Role::Editor => EDITOR,
            Role::Planner => PLANNER,
            Role::Director => DIRECTOR,
            Role::Administrator => ADMINISTRATOR,
            Role::Auditor => AUDITOR,
        }
    }
}

impl Scope {
    /// What a key of this scope may do: one row of the permission table.
    pub const fn permissions(self) -> Permissions {
        match self {
            Scope::Open311Create => Permissions::of(&[P::ViewPublic, P::CreateRequest, P::AttachFile]),
            // An update from a partner can carry any move of the work, so it needs the right to each.
            Scope::Open311Update => Permissions::of(&[
                P::ViewPublic,
                P::ViewUnpublished,
                P::ExchangeUpdates,
                P::AnswerHandOver,
                P::WorkRequest,
                P::CloseRequest,
                P::ReopenRequest,
                P::WritePublicNote,
                P::AttachFile,
            ]),
            Scope::Open311Private => Permissions::of(&[P::ViewPublic, P::ViewUnpublished]),
            Scope::RequestsRead => Permissions::of(&[P::ViewPublic, P::ViewUnpublished, P::ViewWork]),
            Scope::RequestsImport => Permissions::of(&[P::ViewPublic, P::ImportRequests]),
            Scope::RequestsExport => Permissions::of(&[P::ViewPublic, P::ViewUnpublished, P::ExportRequests]),
        }
    }
}

/// What several roles together may do.
pub(crate) fn of_roles(roles: &[Role]) -> Permissions {
    roles.iter().fold(Permissions::NONE, |all, role| all.and(role.permissions()))
}

/// What several scopes together may do.
pub(crate) fn of_scopes(scopes: &[Scope]) -> Permissions {
    scopes.iter().fold(Permissions::NONE, |all, scope| all.and(scope.permissions()))
}

/// The items of a comma-separated column that this program knows; a name it does not know grants nothing.
pub(crate) fn known<T: FromStr + Ord>(joined: &str) -> Vec<T> {
    let set: BTreeSet<T> = joined.split(',').filter_map(|name| name.parse().ok()).collect();
    set.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn az_01_the_auditor_reads_everything_but_contact_exports_and_changes_nothing() {
        let auditor = Role::Auditor.permissions();
        assert!(auditor.iter().all(Permission::only_reads));
        let unread: Vec<_> =
            Permission::ALL.iter().filter(|p| p.only_reads() && !auditor.contains(**p)).collect();
        assert_eq!(unread, [&Permission::ExportPersonalData]);
    }

    #[test]
    fn az_01_every_permission_that_is_not_a_machines_belongs_to_some_role() {
        let people = of_roles(Role::ALL);
        let unused: Vec<_> = Permission::ALL.iter().filter(|p| !people.contains(**p)).collect();
        assert_eq!(unused, [&Permission::ExchangeUpdates]);
    }

    #[test]
    fn az_04_crews_planners_editors_directors_and_keys_never_see_who_reported() {
        let hidden =
            [Permission::ViewPersonalData, Permission::ViewConfidential, Permission::ExportPersonalData];
        let roles = [Role::Crew, Role::Planner, Role::Editor, Role::Director].map(Role::permissions);
        for set in roles.into_iter().chain(Scope::ALL.iter().map(|s| s.permissions())) {
            assert!(hidden.iter().all(|p| !set.contains(*p)));
        }
    }

    #[test]
    fn only_the_administrator_manages_people_keys_and_settings() {
        let managing = [
            Permission::ManagePeople,
            Permission::ManageKeys,
            Permission::ManageCatalog,
            Permission::ManageTargets,
            Permission::ManageJurisdiction,
            Permission::ManageJobs,
            Permission::ExportPersonalData,
            Permission::ImportRequests,
        ];
        for role in Role::ALL {
            let expected = *role == Role::Administrator;
            assert!(managing.iter().all(|p| role.permissions().contains(*p) == expected), "{role}");
        }
    }

    #[test]
    fn crews_only_make_the_moves_of_the_work() {
        let crew = Role::Crew.permissions();
        for refused in [Permission::TriageRequest, Permission::AssignRequest, Permission::ReopenRequest] {
            assert!(!crew.contains(refused), "{refused}");
        }
        assert!(crew.contains(Permission::WorkRequest) && crew.contains(Permission::CloseRequest));
    }

    #[test]
    fn api_07_a_creating_key_reads_nothing_that_the_public_does_not() {
        let create = Scope::Open311Create.permissions();
        assert!(create.iter().filter(|p| p.only_reads()).eq([Permission::ViewPublic]));
    }

    #[test]
    fn names_and_values_match_one_to_one() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(*role));
        }
        for scope in Scope::ALL {
            assert_eq!(scope.as_str().parse(), Ok(*scope));
        }
        let names: BTreeSet<_> = Permission::ALL.iter().map(|p| p.as_str()).collect();
        assert_eq!(names.len(), Permission::ALL.len());
        assert_eq!(Permissions::all().iter().count(), Permission::ALL.len());
    }

    #[test]
    fn a_role_this_program_does_not_know_grants_nothing() {
        assert_eq!(known::<Role>("crew,owner,agent,crew"), [Role::Agent, Role::Crew]);
        assert!("owner".parse::<Role>().is_err());
        assert_eq!(known::<Role>(""), []);
    }
}
