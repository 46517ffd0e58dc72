//! Reads a tile back, by the text of the specification and without the writer's code.

use std::collections::BTreeMap;

#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct ReadLayer {
    pub(crate) name: String,
    pub(crate) version: u64,
    pub(crate) extent: u64,
    pub(crate) features: Vec<ReadFeature>,
}

#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct ReadFeature {
    pub(crate) id: Option<u64>,
    pub(crate) kind: u64,
    pub(crate) tags: BTreeMap<String, String>,
    /// Paths as drawn; an area's rings without the closing corner.
    pub(crate) paths: Vec<Vec<[i64; 2]>>,
    pub(crate) closed: usize,
}

enum Value<'a> {
    Number(u64),
    Fixed(u64),
    Bytes(&'a [u8]),
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn varint(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.0[0];
            self.0 = &self.0[1..];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return value;
            }
        }
        panic!("a number of more than 64 bits");
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = (u64, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let key = self.varint();
        let value = match key & 7 {
            0 => Value::Number(self.varint()),
            1 => Value::Fixed(u64::from_le_bytes(self.take(8).try_into().unwrap())),
            2 => {
                let length = self.varint() as usize;
                Value::Bytes(self.take(length))
            }
            other => panic!("wire type {other}"),
        };
        Some((key >> 3, value))
    }
}

pub(crate) fn decode(tile: &[u8]) -> Vec<ReadLayer> {
    Reader(tile)
        .map(|(field, value)| match (field, value) {
            (3, Value::Bytes(layer)) => read_layer(layer),
            (field, _) => panic!("field {field} in a tile"),
        })
        .collect()
}

fn read_layer(bytes: &[u8]) -> ReadLayer {
    let (mut layer, mut keys, mut values, mut features) = (ReadLayer::default(), vec![], vec![], vec![]);
    for (field, value) in Reader(bytes) {
        match (field, value) {
            (1, Value::Bytes(name)) => layer.name = text(name),
            (2, Value::Bytes(feature)) => features.push(feature),
            (3, Value::Bytes(key)) => keys.push(text(key)),
            (4, Value::Bytes(value)) => values.push(read_value(value)),
            (5, Value::Number(extent)) => layer.extent = extent,
            (15, Value::Number(version)) => layer.version = version,
            (field, _) => panic!("field {field} in a layer"),
        }
    }
    layer.features = features.into_iter().map(|feature| read_feature(feature, &keys, &values)).collect();
    layer
}

fn read_value(bytes: &[u8]) -> String {
    match Reader(bytes).next().unwrap() {
        (1, Value::Bytes(value)) => text(value),
        (3, Value::Fixed(bits)) => f64::from_bits(bits).to_string(),
        (5, Value::Number(count)) => count.to_string(),
        (7, Value::Number(flag)) => (flag == 1).to_string(),
        (field, _) => panic!("field {field} in a value"),
    }
}

fn read_feature(bytes: &[u8], keys: &[String], values: &[String]) -> ReadFeature {
    let mut feature = ReadFeature::default();
    for (field, value) in Reader(bytes) {
        match (field, value) {
            (1, Value::Number(id)) => feature.id = Some(id),
            (2, Value::Bytes(tags)) => {
                for pair in packed(tags).chunks(2) {
                    feature.tags.insert(keys[pair[0] as usize].clone(), values[pair[1] as usize].clone());
                }
            }
            (3, Value::Number(kind)) => feature.kind = kind,
            (4, Value::Bytes(commands)) => draw(&packed(commands), &mut feature),
            (field, _) => panic!("field {field} in a feature"),
        }
    }
    feature
}

fn draw(commands: &[u64], feature: &mut ReadFeature) {
    let (mut at, mut next) = ([0_i64; 2], commands.iter());
    let unzigzag = |value: u64| (value >> 1) as i64 ^ -((value & 1) as i64);
    while let Some(command) = next.next() {
        let (id, count) = (command & 7, command >> 3);
        assert!(count > 0, "a command that does nothing");
        for _ in 0..count {
            if id == 7 {
                feature.closed += 1;
                continue;
            }
            at = at.map(|along| along + unzigzag(*next.next().unwrap()));
            match id {
                1 => feature.paths.push(vec![at]),
                2 => feature.paths.last_mut().unwrap().push(at),
                other => panic!("command {other}"),
            }
        }
    }
}

fn packed(bytes: &[u8]) -> Vec<u64> {
    let mut reader = Reader(bytes);
    let mut values = Vec::new();
    while !reader.0.is_empty() {
        values.push(reader.varint());
    }
    values
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Twice the area of a ring, positive when it is wound clockwise as seen.
pub(crate) fn doubled_area(ring: &[[i64; 2]]) -> i64 {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}
