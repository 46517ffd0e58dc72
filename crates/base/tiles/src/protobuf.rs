//! As much of Protocol Buffers as a tile needs: whole numbers, texts, messages inside messages.

/// A message being written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message(Vec<u8>);

const VARINT: u32 = 0;
const FIXED_64: u32 = 1;
const BYTES: u32 = 2;

impl Message {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn number(&mut self, field: u32, value: u64) {
        varint(&mut self.0, u64::from(field << 3 | VARINT));
        varint(&mut self.0, value);
    }

    pub(crate) fn double(&mut self, field: u32, value: f64) {
        varint(&mut self.0, u64::from(field << 3 | FIXED_64));
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn bytes(&mut self, field: u32, bytes: &[u8]) {
        varint(&mut self.0, u64::from(field << 3 | BYTES));
        varint(&mut self.0, bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    /// A list of numbers in one field.
    pub(crate) fn packed(&mut self, field: u32, values: &[u32]) {
        let mut list = Vec::with_capacity(values.len() * 2);
        values.iter().for_each(|value| varint(&mut list, u64::from(*value)));
        self.bytes(field, &list);
    }
}

/// Seven bits a byte, the lowest first.
fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Small numbers of either sign as small numbers without.
pub(crate) fn zigzag(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)) as u32
}
