//! Rows on their way out, one typed column at a time.

use jiff::Timestamp;
use tokio_postgres::types::{FromSql, Type};
use uuid::Uuid;

use crate::error::Error;
use crate::value::{ColumnError, POSTGRES_EPOCH_MICROS};

/// One row of an answer; lives only inside the closure that maps it.
pub struct Row<'a>(pub(crate) Inner<'a>);

pub(crate) enum Inner<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

/// A type that a column can hold.
pub trait Column: Sized {
    /// Reads column `index`; `None` is SQL's null.
    ///
    /// # Errors
    /// [`Error::Column`] when the content does not fit.
    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, Error>;
}

/// A column that may or may not hold null; what [`Row::get`] answers.
pub trait Field: Sized {
    #[doc(hidden)]
    fn field(row: &Row<'_>, index: usize) -> Result<Self, Error>;
}

impl<T: Column> Field for T {
    fn field(row: &Row<'_>, index: usize) -> Result<Self, Error> {
        T::read(row, index)?.ok_or_else(|| row.misfit(index, "a value", "it is null".into()))
    }
}

impl<T: Column> Field for Option<T> {
    fn field(row: &Row<'_>, index: usize) -> Result<Self, Error> {
        T::read(row, index)
    }
}

impl Row<'_> {
    /// The column at `index`, from 0; ask for an `Option` where it may be null.
    ///
    /// # Errors
    /// [`Error::Column`] when the content does not fit the type asked for.
    pub fn get<T: Field>(&self, index: usize) -> Result<T, Error> {
        T::field(self, index)
    }

    /// The error for content that does not fit; for implementors of [`Column`].
    pub fn misfit(&self, index: usize, expected: &'static str, source: ColumnError) -> Error {
        Error::Column { index, expected, source }
    }

    fn sqlite_or_postgres<S, P>(
        &self,
        index: usize,
        expected: &'static str,
    ) -> Result<Option<Either<S, P>>, Error>
    where
        S: rusqlite::types::FromSql,
        P: for<'b> FromSql<'b>,
    {
        match &self.0 {
            Inner::Sqlite(row) => row
                .get::<_, Option<S>>(index)
                .map(|v| v.map(Either::Sqlite))
                .map_err(|e| self.misfit(index, expected, e.into())),
            Inner::Postgres(row) => row
                .try_get::<_, Option<P>>(index)
                .map(|v| v.map(Either::Postgres))
                .map_err(|e| self.misfit(index, expected, e.into())),
        }
    }
}

enum Either<S, P> {
    Sqlite(S),
    Postgres(P),
}

macro_rules! column {
    ($($type:ty, $expected:literal, $sqlite:ty => $from_sqlite:expr, $postgres:ty => $from_postgres:expr;)*) => {$(
        impl Column for $type {
            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, Error> {
                let found = row.sqlite_or_postgres::<$sqlite, $postgres>(index, $expected)?;
                found
                    .map(|value| match value {
                        Either::Sqlite(v) => $from_sqlite(v),
                        Either::Postgres(v) => $from_postgres(v),
                    })
                    .transpose()
                    .map_err(|e: ColumnError| row.misfit(index, $expected, e))
            }
        }
    )*};
}

column! {
    bool, "true or false", bool => Ok, bool => Ok;
    i64, "a whole number", i64 => Ok, WholeNumber => |v: WholeNumber| Ok(v.0);
    f64, "a number", f64 => Ok, f64 => Ok;
    String, "text", String => Ok, String => Ok;
    Vec<u8>, "bytes", Vec<u8> => Ok, Vec<u8> => Ok;
    Uuid, "a UUID", Vec<u8> => |v: Vec<u8>| Uuid::from_slice(&v).map_err(Into::into), Uuid => Ok;
    Timestamp, "an instant", i64 => instant, Instant => |v: Instant| instant(v.0);
}

fn instant(micros: i64) -> Result<Timestamp, ColumnError> {
    Timestamp::from_microsecond(micros).map_err(Into::into)
}

/// Any of PostgreSQL's whole numbers.
struct WholeNumber(i64);

impl<'a> FromSql<'a> for WholeNumber {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, ColumnError> {
        Ok(WholeNumber(match *kind {
            Type::INT2 => i16::from_be_bytes(raw.try_into()?).into(),
            Type::INT4 => i32::from_be_bytes(raw.try_into()?).into(),
            _ => i64::from_be_bytes(raw.try_into()?),
        }))
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT2 | Type::INT4 | Type::INT8)
    }
}

/// PostgreSQL's instant, as microseconds since 1970-01-01 UTC.
struct Instant(i64);

impl<'a> FromSql<'a> for Instant {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, ColumnError> {
        let since_2000 = i64::from_be_bytes(raw.try_into()?);
        Ok(Instant(since_2000.checked_add(POSTGRES_EPOCH_MICROS).ok_or("infinity is no instant")?))
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::TIMESTAMPTZ
    }
}
