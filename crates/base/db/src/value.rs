//! Values on their way into a statement, in the few shapes that both engines store alike.

use bytes::BufMut;
use jiff::Timestamp;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// Why a column's content did not fit the type asked for.
pub(crate) type ColumnError = Box<dyn std::error::Error + Send + Sync>;

/// Microseconds from 1970-01-01 to 2000-01-01, where PostgreSQL's clock starts.
pub(crate) const POSTGRES_EPOCH_MICROS: i64 = 946_684_800_000_000;

/// One value bound to a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// `boolean`.
    Bool(bool),
    /// `bigint`.
    Int(i64),
    /// `double precision`.
    Real(f64),
    /// `text`.
    Text(&'a str),
    /// `bytea`.
    Bytes(&'a [u8]),
    /// `uuid`.
    Uuid(Uuid),
    /// `timestamptz`, in microseconds since 1970-01-01 UTC.
    Instant(i64),
}

/// A value that outlives the operation that bound it: a statement sent ahead of its answer carries its own.
#[derive(Debug)]
pub(crate) enum OwnedValue {
    Short(Value<'static>),
    Text(String),
    Bytes(Vec<u8>),
}

impl From<Value<'_>> for OwnedValue {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Null => Self::Short(Value::Null),
            Value::Bool(v) => Self::Short(Value::Bool(v)),
            Value::Int(v) => Self::Short(Value::Int(v)),
            Value::Real(v) => Self::Short(Value::Real(v)),
            Value::Uuid(v) => Self::Short(Value::Uuid(v)),
            Value::Instant(v) => Self::Short(Value::Instant(v)),
            Value::Text(v) => Self::Text(v.to_owned()),
            Value::Bytes(v) => Self::Bytes(v.to_vec()),
        }
    }
}

impl Param for OwnedValue {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Short(v) => *v,
            Self::Text(v) => Value::Text(v),
            Self::Bytes(v) => Value::Bytes(v),
        }
    }
}

/// Something that can be bound to a statement.
pub trait Param {
    /// The value as the engines know it.
    fn value(&self) -> Value<'_>;
}

macro_rules! copied_param {
    ($($type:ty => |$v:ident| $value:expr),* $(,)?) => {$(
        impl Param for $type {
            fn value(&self) -> Value<'_> { let $v = *self; $value }
        }
    )*};
}

copied_param! {
    bool => |v| Value::Bool(v),
    i64 => |v| Value::Int(v),
    i32 => |v| Value::Int(v.into()),
    u32 => |v| Value::Int(v.into()),
    u16 => |v| Value::Int(v.into()),
    f64 => |v| Value::Real(v),
    Uuid => |v| Value::Uuid(v),
    Timestamp => |v| Value::Instant(v.as_microsecond()),
}

impl Param for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Param for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Param for [u8] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl Param for Vec<u8> {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<const N: usize> Param for [u8; N] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<T: Param + ?Sized> Param for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl<T: Param> Param for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Param::value)
    }
}

impl Param for Value<'_> {
    fn value(&self) -> Value<'_> {
        *self
    }
}

/// Binds values to the `$1`, `$2`, … of a statement.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$(&$value as &dyn $crate::Param),*] as &[&dyn $crate::Param]
    };
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::ValueRef;
        let value = match self {
            Value::Null => ValueRef::Null,
            Value::Bool(v) => ValueRef::Integer(i64::from(*v)),
            Value::Int(v) | Value::Instant(v) => ValueRef::Integer(*v),
            Value::Real(v) => ValueRef::Real(*v),
            Value::Text(v) => ValueRef::Text(v.as_bytes()),
            Value::Bytes(v) => ValueRef::Blob(v),
            Value::Uuid(v) => ValueRef::Blob(v.as_bytes()),
        };
        Ok(rusqlite::types::ToSqlOutput::Borrowed(value))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, ColumnError> {
        match self {
            Value::Null => return Ok(IsNull::Yes),
            Value::Bool(v) => out.put_u8(u8::from(*v)),
            Value::Int(v) => put_int(*v, kind, out)?,
            Value::Real(v) => out.put_f64(*v),
            Value::Text(v) => out.put_slice(v.as_bytes()),
            Value::Bytes(v) => out.put_slice(v),
            Value::Uuid(v) => out.put_slice(v.as_bytes()),
            Value::Instant(v) => out.put_i64(*v - POSTGRES_EPOCH_MICROS),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl ToSql for OwnedValue {
    fn to_sql(&self, kind: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, ColumnError> {
        self.value().to_sql(kind, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// PostgreSQL tells how wide it wants a whole number; `limit $1` and `$1::int` differ.
fn put_int(v: i64, kind: &Type, out: &mut bytes::BytesMut) -> Result<(), ColumnError> {
    match *kind {
        Type::INT4 => out.put_i32(v.try_into()?),
        Type::INT2 => out.put_i16(v.try_into()?),
        Type::FLOAT8 => {
            // Whole numbers beyond 2^53 never meet a float column here.
            #[expect(clippy::cast_precision_loss, reason = "counts and coordinates are far below 2^53")]
            out.put_f64(v as f64);
        }
        _ => out.put_i64(v),
    }
    Ok(())
}
