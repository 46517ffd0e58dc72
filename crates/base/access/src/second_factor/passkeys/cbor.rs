//! The part of CBOR (RFC 8949) that authenticators write: numbers, texts, bytes, lists and maps of stated length.

/// Deeper than any authenticator nests.
const DEPTH_MAX: usize = 8;

/// One value, borrowed from the bytes it was read from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Number(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    List(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
    /// True, false, null and their like, which nothing here asks for.
    Simple(u64),
}

impl<'a> Value<'a> {
    /// What a map holds under this key.
    pub(super) fn get(&self, key: &Value<'_>) -> Option<&Value<'a>> {
        match self {
            Value::Map(pairs) => pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// Reads one value; answers it with the bytes after it. Nothing when the bytes are cut short, nested too deep, or
/// something that authenticators do not write (stated nowhere how long, tagged, or with fractions).
pub(super) fn read(bytes: &[u8]) -> Option<(Value<'_>, &[u8])> {
    read_within(bytes, DEPTH_MAX)
}

fn read_within(bytes: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    let (argument, rest) = argument(first & 31, rest)?;
    Some(match first >> 5 {
        0 => (Value::Number(i64::try_from(argument).ok()?), rest),
        1 => (Value::Number(-1 - i64::try_from(argument).ok()?), rest),
        2 => {
            let (bytes, rest) = rest.split_at_checked(usize::try_from(argument).ok()?)?;
            (Value::Bytes(bytes), rest)
        }
        3 => {
            let (bytes, rest) = rest.split_at_checked(usize::try_from(argument).ok()?)?;
            (Value::Text(str::from_utf8(bytes).ok()?), rest)
        }
        4 => list(argument, rest, depth.checked_sub(1)?)?,
        5 => map(argument, rest, depth.checked_sub(1)?)?,
        7 if first & 31 < 25 => (Value::Simple(argument), rest),
        _ => return None,
    })
}

/// The number in, or after, the first byte.
fn argument(short: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    let long = match short {
        0..24 => return Some((u64::from(short), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let (bytes, rest) = rest.split_at_checked(long)?;
    Some((bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)), rest))
}

fn list(count: u64, mut rest: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    // No room is set aside for what is only announced.
    let mut values = Vec::new();
    for _ in 0..count {
        let (value, after) = read_within(rest, depth)?;
        values.push(value);
        rest = after;
    }
    Some((Value::List(values), rest))
}

fn map(count: u64, mut rest: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    let mut pairs: Vec<(Value<'_>, Value<'_>)> = Vec::new();
    for _ in 0..count {
        let (key, after) = read_within(rest, depth)?;
        let (value, after) = read_within(after, depth)?;
        // A key given twice would mean one thing here and another elsewhere.
        if pairs.iter().any(|(known, _)| *known == key) {
            return None;
        }
        pairs.push((key, value));
        rest = after;
    }
    Some((Value::Map(pairs), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(hex: &str) -> Option<Value<'static>> {
        let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap().leak();
        read(bytes).filter(|(_, rest)| rest.is_empty()).map(|(value, _)| value)
    }

    #[test]
    fn the_examples_of_rfc_8949_come_out() {
        for (hex, number) in [
            ("17", 23),
            ("1818", 24),
            ("1903e8", 1_000),
            ("1a000f4240", 1_000_000),
            ("20", -1),
            ("3903e7", -1_000),
        ] {
            assert_eq!(whole(hex), Some(Value::Number(number)), "{hex}");
        }
        assert_eq!(whole("4401020304"), Some(Value::Bytes(&[1, 2, 3, 4])));
        assert_eq!(whole("6449455446"), Some(Value::Text("IETF")));
        assert_eq!(whole("f5"), Some(Value::Simple(21)));
        let numbers = Value::List([1, 2, 3].map(Value::Number).to_vec());
        assert_eq!(whole("83010203"), Some(numbers));
        let map = whole("a201020304").unwrap();
        assert_eq!(map.get(&Value::Number(3)), Some(&Value::Number(4)));
        assert_eq!(map.get(&Value::Number(4)), None);
    }

    #[test]
    fn what_no_authenticator_writes_is_refused() {
        for (hex, why) in [
            ("", "nothing"),
            ("5f42010243030405ff", "a length that is not stated"),
            ("c074", "a tag"),
            ("fb3ff199999999999a", "a fraction"),
            ("1bffffffffffffffff", "a number too large"),
            ("62c328", "no UTF-8"),
            ("a2010201", "cut short"),
            ("a201020103", "a key given twice"),
            ("9bffffffffffffffff", "more than there is"),
        ] {
            assert_eq!(whole(hex), None, "{why}");
        }
        assert_eq!(whole(&format!("{}00", "81".repeat(9))), None, "nested too deep");
        assert!(whole(&format!("{}00", "81".repeat(8))).is_some());
    }

    proptest! {
        #[test]
        fn inp_09_no_bytes_make_the_reader_of_authenticators_panic(bytes: Vec<u8>) {
            if let Some((_, rest)) = read(&bytes) {
                prop_assert!(rest.len() < bytes.len());
            }
        }
    }
}
