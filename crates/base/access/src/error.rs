//! Why something was refused, in the words of this crate.

use crate::keys::KeyId;
use crate::people::PersonId;
use crate::permission::Permission;

/// Why an operation on people, sessions or keys was refused.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The caller may not do this here.
    #[error("the caller lacks the permission {permission}")]
    NotAllowed {
        /// What would have been needed.
        permission: Permission,
    },
    /// The caller may do this, but signed in too long ago for something this weighty.
    #[error("this needs a sign-in within the last 10 minutes")]
    SignInTooOld,
    /// The old password was wrong.
    #[error("the old password is not right")]
    WrongPassword,
    /// The code of the authenticator was wrong, or came too late.
    #[error("the code is not right")]
    WrongCode,
    /// What a browser said about a passkey does not hold.
    #[error("the passkey was not made for this, or is somebody's already")]
    BadPasskey,
    /// Nobody carries more than this.
    #[error("nobody has more than {most} passkeys")]
    TooManyPasskeys {
        /// How many one may have.
        most: i64,
    },
    /// There is no second factor in use.
    #[error("no second factor is in use")]
    NoSecondFactor,
    /// A link that would set a password was used, replaced or withdrawn, has run out, or never was one.
    #[error("the link does not work (any more)")]
    LinkSpent,
    /// Somebody else in this jurisdiction signs in with this address.
    #[error("somebody already signs in with this e-mail address")]
    EmailTaken,
    /// Nobody of this jurisdiction has this id.
    #[error("no person {0}")]
    UnknownPerson(PersonId),
    /// A person needs at least one role; to end access, disable them.
    #[error("a person needs at least one role")]
    NoRole,
    /// Nobody would be left who could let anybody in.
    #[error("a jurisdiction keeps at least one administrator who can sign in")]
    LastAdministrator,
    /// No key of this jurisdiction has this id.
    #[error("no key {0}")]
    UnknownKey(KeyId),
    /// A key needs at least one scope.
    #[error("a key needs at least one scope")]
    NoScope,
    /// A key that has expired before it is made is a mistake.
    #[error("the key would already have expired")]
    ExpiryPassed,
    /// The store failed.
    #[error("the store of people failed")]
    Store(#[from] db::Error),
}
