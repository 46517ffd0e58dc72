//! Macros for the newtypes that other crates keep in columns.

/// Defines the id of one kind of thing: a UUIDv7 in a type of its own.
///
/// ```
/// db::uuid_type!(
///     /// Names one service request.
///     pub struct RequestId
/// );
/// let id: RequestId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
/// assert_eq!(id.to_string(), "01890a5d-ac96-774b-bcce-b302099a8057");
/// ```
#[macro_export]
macro_rules! uuid_type {
    ($(#[$meta:meta])* $vis:vis struct $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive($crate::macros::serde::Serialize, $crate::macros::serde::Deserialize)]
        #[serde(crate = "::db::macros::serde", transparent)]
        $vis struct $name($crate::macros::uuid::Uuid);

        impl $name {
            /// The UUID inside.
            $vis fn uuid(self) -> $crate::macros::uuid::Uuid {
                self.0
            }
        }

        impl From<$crate::macros::uuid::Uuid> for $name {
            fn from(uuid: $crate::macros::uuid::Uuid) -> Self {
                Self(uuid)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::macros::uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl $crate::Param for $name {
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Uuid(self.0)
            }
        }

        impl $crate::Column for $name {
            fn read(row: &$crate::Row<'_>, index: usize) -> Result<Option<Self>, $crate::Error> {
                Ok(<$crate::macros::uuid::Uuid as $crate::Column>::read(row, index)?.map(Self))
            }
        }
    };
}

/// Lets a type with `as_str()` and `FromStr` stand in a `text` column.
#[macro_export]
macro_rules! text_type {
    ($name:ty, $expected:literal) => {
        impl $crate::Param for $name {
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(self.as_str())
            }
        }

        impl $crate::Column for $name {
            fn read(row: &$crate::Row<'_>, index: usize) -> Result<Option<Self>, $crate::Error> {
                <String as $crate::Column>::read(row, index)?
                    .map(|text| text.parse::<$name>())
                    .transpose()
                    .map_err(|e| row.misfit(index, $expected, e.to_string().into()))
            }
        }
    };
}
