//! Why a database could not be filled.

use access::AccessError;
use access::passwords::PasswordProblem;
use access::people::BadEmail;
use catalog::file::FileError;
use catalog::{AnswerProblem, CatalogError};
use geography::GeographyError;
use requests::RequestError;

use crate::town::TownError;

/// Why a database could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// There is no such town.
    #[error(transparent)]
    Town(#[from] TownError),
    /// The password of the demo sign-ins breaks the rules for passwords.
    #[error("the password of the demo sign-ins")]
    Password(#[from] PasswordProblem),
    /// An address of a demo sign-in is none.
    #[error("the address of a demo sign-in")]
    Email(#[from] BadEmail),
    /// A shape of the town was refused.
    #[error("a shape of the town")]
    Shape(#[from] GeographyError),
    /// The catalog of the town was refused.
    #[error("the catalog of the town")]
    CatalogFile(#[from] FileError),
    /// The catalog could not be written; the jurisdiction may exist already.
    #[error("the catalog of the town could not be written")]
    Catalog(#[from] CatalogError),
    /// The map could not be written.
    #[error("the map of the town could not be written")]
    Map(#[from] places::PlacesError),
    /// A demo sign-in could not be made.
    #[error("the demo sign-ins could not be made")]
    Access(#[from] AccessError),
    /// The history has requests for a service that the catalog does not have.
    #[error("the catalog of the town has no service {0}")]
    NoSuchService(String),
    /// A service of the town asks something the sample does not know to answer.
    #[error("answers to the questions of a service: {0:?}")]
    Answers(Vec<AnswerProblem>),
    /// A request was refused.
    #[error("a request of the town was refused")]
    Request(#[from] RequestError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] db::Error),
}
