//! The name of a request inside.

db::uuid_type!(
    /// Names one service request. Its first 48 bits are the millisecond in which it was requested.
    pub struct RequestId
);

impl RequestId {
    /// The lowest id that a request of this moment can have: turns a range of times into a range of ids.
    pub fn lowest_at(moment: jiff::Timestamp) -> Self {
        // The same rounding as `Tx::new_id`.
        let millis = u64::try_from(moment.as_millisecond()).unwrap_or(0);
        Self(uuid::Uuid::from_u128(u128::from(millis) << 80))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ids_sort_like_the_milliseconds_they_were_made_in(millis in 0_i64..253_402_000_000_000, chance: [u8; 10]) {
            let id = RequestId(uuid::Builder::from_unix_timestamp_millis(millis.unsigned_abs(), &chance).into_uuid());
            let at = |millis| RequestId::lowest_at(Timestamp::from_millisecond(millis).unwrap());
            prop_assert!(at(millis) <= id && id < at(millis + 1));
        }
    }
}
