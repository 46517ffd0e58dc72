//! How much guessing is allowed (AUTH-05): a leaking bucket for each account, source network and device.
//!
//! A bucket holds some attempts at once and forgives one every so often. It is kept as the instant at
//! which it will be empty again, so one statement both tests and charges it, and attempts made at the same
//! moment cannot slip past each other. An attempt is charged before its password is looked at and
//! given back when it was right. Whoever presents the device they signed in on before has a bucket of
//! their own, which a stranger cannot fill.

use jiff::{SignedDuration, Timestamp};

use super::{DeviceToken, SourceNetwork};
use crate::jurisdiction::JurisdictionId;
use crate::people::{self, PersonId};
use crate::secret::fingerprint;

/// What a bucket holds and how fast it forgives.
#[derive(Debug, Clone, Copy)]
struct Size {
    at_once: i64,
    forgives_every: SignedDuration,
}

/// At most 20 + 60 wrong guesses at one account in any hour, and the same from one known device.
const ACCOUNT: Size = Size { at_once: 20, forgives_every: SignedDuration::from_mins(1) };
/// A whole office behind one address can mistype on a Monday morning.
const SOURCE: Size = Size { at_once: 100, forgives_every: SignedDuration::from_secs(12) };
/// Whoever types codes knows the password already; of a million codes, three are right at a time.
const CODE: Size = Size { at_once: 5, forgives_every: SignedDuration::from_mins(10) };

/// One thing that attempts are charged to.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    subject: String,
    size: Size,
}

/// What became of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charge {
    Taken,
    Limited {
        /// Until one more attempt fits.
        wait: SignedDuration,
        /// True for the first attempt refused since one was taken.
        first: bool,
    },
}

impl Bucket {
    /// The typed address is kept as a hash, because people type their password there by mistake.
    pub(super) fn account(typed: &str) -> Self {
        let hash = data_encoding::HEXLOWER.encode(&fingerprint(people::fold(typed).as_bytes()));
        Self { subject: format!("account:{hash}"), size: ACCOUNT }
    }

    pub(super) fn source(source: &SourceNetwork) -> Self {
        Self { subject: format!("source:{}", source.as_str()), size: SOURCE }
    }

    pub(super) fn device(device: &DeviceToken) -> Self {
        let hash = data_encoding::HEXLOWER.encode(&device.fingerprint());
        Self { subject: format!("device:{hash}"), size: ACCOUNT }
    }

    pub(super) fn code(person: PersonId) -> Self {
        Self { subject: format!("code:{person}"), size: CODE }
    }

    /// Charges one attempt, unless the bucket is full.
    pub(super) fn charge(
        &self,
        tx: &mut db::Tx<'_>,
        now: Timestamp,
        jurisdiction: &JurisdictionId,
    ) -> Result<Charge, db::Error> {
        const CHARGE: &str = "
            insert into sign_in_attempt (jurisdiction_id, subject, forgiven_at_us, limited)
            values ($1, $2, $3, false)
            on conflict (jurisdiction_id, subject) do update set
                limited = false,
                forgiven_at_us = case when sign_in_attempt.forgiven_at_us > $4
                    then sign_in_attempt.forgiven_at_us else $4 end + $5
            where sign_in_attempt.forgiven_at_us <= $6";
        let (now_us, cost_us) = (now.as_microsecond(), self.cost_us());
        let first = now_us + cost_us;
        let latest = now_us + cost_us * (self.size.at_once - 1);
        let charged =
            tx.exec(CHARGE, db::params![jurisdiction, self.subject, first, now_us, cost_us, latest])?;
        if charged == 1 { Ok(Charge::Taken) } else { self.limited(tx, latest, jurisdiction) }
    }

    fn limited(
        &self,
        tx: &mut db::Tx<'_>,
        latest: i64,
        jurisdiction: &JurisdictionId,
    ) -> Result<Charge, db::Error> {
        const FULL: &str = "
            select forgiven_at_us from sign_in_attempt where jurisdiction_id = $1 and subject = $2";
        const MARK: &str = "
            update sign_in_attempt set limited = true
            where jurisdiction_id = $1 and subject = $2 and limited = false";
        let forgiven_at_us: i64 =
            tx.query_one(FULL, db::params![jurisdiction, self.subject], |row| row.get(0))?;
        let first = tx.exec(MARK, db::params![jurisdiction, self.subject])? == 1;
        Ok(Charge::Limited { wait: SignedDuration::from_micros(forgiven_at_us - latest), first })
    }

    fn cost_us(&self) -> i64 {
        i64::try_from(self.size.forgives_every.as_micros()).expect("the sizes above are minutes")
    }
}

/// Gives charges back.
pub(super) fn forgive(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    buckets: &[Bucket],
) -> Result<(), db::Error> {
    const FORGIVE: &str = "
        update sign_in_attempt set forgiven_at_us = forgiven_at_us - $3
        where jurisdiction_id = $1 and subject = $2";
    buckets.iter().try_for_each(|bucket| {
        tx.exec(FORGIVE, db::params![jurisdiction, bucket.subject, bucket.cost_us()]).map(|_| ())
    })
}
