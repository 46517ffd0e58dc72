//! Who does the work: departments and their teams.

use crate::flaw::Flaw;
use crate::text::Text;
use crate::words::{check_code, check_name};

db::uuid_type!(
    /// Names one department of one jurisdiction.
    pub struct DepartmentId
);
db::uuid_type!(
    /// Names one team of one jurisdiction.
    pub struct TeamId
);

/// A part of the government that answers for services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// The department's id.
    pub id: DepartmentId,
    /// Unique in the jurisdiction and never changed.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// Code of the calendar its services run on, where it differs from the jurisdiction's.
    pub calendar: Option<String>,
    /// False when it no longer gets new services.
    pub active: bool,
}

/// The people who get a request handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The team's id.
    pub id: TeamId,
    /// Unique in the jurisdiction and never changed.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// The department it belongs to.
    pub department: DepartmentId,
    /// False when it no longer gets requests.
    pub active: bool,
}

/// A department as an editor or a file proposes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentDraft {
    /// See [`Department::code`].
    pub code: String,
    /// See [`Department::name`].
    pub name: Text,
    /// See [`Department::calendar`].
    pub calendar: Option<String>,
    /// See [`Department::active`].
    pub active: bool,
}

/// A team as an editor or a file proposes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamDraft {
    /// See [`Team::code`].
    pub code: String,
    /// See [`Team::name`].
    pub name: Text,
    /// Code of its department.
    pub department: String,
    /// See [`Team::active`].
    pub active: bool,
}

impl DepartmentDraft {
    /// Checks everything that can be checked without the rest of the catalog.
    ///
    /// # Errors
    /// The first flaw, with its field.
    pub fn check(&self) -> Result<(), Flaw> {
        check_code(&self.code).map_err(|wrong| wrong.at("code"))?;
        check_name(&self.name, "name")
    }
}

impl TeamDraft {
    /// Checks everything that can be checked without the rest of the catalog.
    ///
    /// # Errors
    /// The first flaw, with its field.
    pub fn check(&self) -> Result<(), Flaw> {
        check_code(&self.code).map_err(|wrong| wrong.at("code"))?;
        check_name(&self.name, "name")
    }
}
