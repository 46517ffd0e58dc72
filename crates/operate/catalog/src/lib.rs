//! What a government offers, who does it, and how fast.
//!
//! A newcomer should start at [`Catalog`]: everything one jurisdiction offers, as one immutable value. It answers
//! which [`Service`] a code means, what that service asks ([`Question`], [`Service::check_answers`]), in which
//! districts a point lies and which team works there ([`Catalog::place`], [`Catalog::route`]), and by when the work
//! is promised ([`Catalog::promise`]).
//!
//! The catalog is changed entry by entry ([`departments`], [`teams`], [`services`], [`targets`], [`calendars`],
//! [`notices`], [`districts`], [`jurisdictions`]) or as a whole from a text file ([`mod@file`]). Either way a proposed
//! entry is a *draft* that is checked first; what is wrong is a [`Flaw`] that names the field. Every change asks for
//! permission, leaves an audit entry and moves the jurisdiction's catalog [`version`] on, all in one transaction.
//!
//! Two things never change under a resident's feet: the wording of a question that was answered (each wording is a
//! version, and [`Answers`] carry theirs), and a target that a promise was made from (a new one supersedes it from a
//! date on).

mod answers;
pub mod brand;
pub mod calendars;
mod catalog;
mod change;
mod code;
mod colour;
mod department;
pub mod departments;
pub mod districts;
mod ensure;
mod error;
pub mod file;
mod flaw;
mod json;
mod jurisdiction;
mod limits;
mod moment;
mod notice;
mod question;
mod questions;
mod service;
pub mod services;
mod stopper;
mod target;
pub mod targets;
pub mod teams;
mod text;
mod words;

pub use answers::{
    ATTRIBUTES_MAX, Answer, AnswerProblem, AnswerProblemKind, AnswerValue, Answers, ExtraAnswer, LINE_MAX,
    PARAGRAPH_MAX, VALUES_MAX,
};
pub use catalog::{BORDER_TOLERANCE_M, Catalog, Placed, Routing};
pub use change::{Change, Saved, version};
pub use code::code_for;
pub use colour::{Colour, NotAColour};
pub use department::{Department, DepartmentDraft, DepartmentId, Team, TeamDraft, TeamId};
pub use ensure::{MetService, ensure_department, ensure_service, ensure_team};
pub use error::CatalogError;
pub use flaw::{Field, Flaw, Step, Wrong};
pub use jurisdiction::{Jurisdiction, JurisdictionDraft, ListedJurisdiction};
pub use moment::read_instant;
pub use notice::{Notice, NoticeDraft};
pub use question::{Choice, Condition, Datatype, Question, QuestionDraft, UnknownWord};
pub use service::{Photo, PublicLevel, Route, RouteDraft, Service, ServiceDraft, ServiceId, ServiceKind};
pub use stopper::Stopper;
pub use target::{NewTarget, Promise, Target};
pub use text::{Keywords, PerLanguage, Text};

/// Adding, changing and listing jurisdictions.
pub mod jurisdictions {
    pub use crate::jurisdiction::{add, find, list, make_default, save, set_boundary};
}

/// Adding, changing and removing notices.
pub mod notices {
    pub use crate::notice::{remove, save};
}

/// The tables of this crate.
pub static SCHEMA: db::Schema = db::Schema {
    name: "catalog",
    needs: &[&access::SCHEMA],
    migrations: &[
        db::Migration { name: "0001_catalog", sql: include_str!("../migrations/0001_catalog.sql") },
        db::Migration {
            name: "0002_duplicate_radius",
            sql: include_str!("../migrations/0002_duplicate_radius.sql"),
        },
        db::Migration { name: "0003_brand", sql: include_str!("../migrations/0003_brand.sql") },
    ],
};
