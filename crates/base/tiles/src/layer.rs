//! A layer of a tile: features with their properties, each key and value written once.

use std::collections::HashMap;

use crate::EXTENT;
use crate::commands;
use crate::drawing::{Drawing, Form};
use crate::protobuf::Message;
use crate::tile_id::TileId;

/// The value of a property.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tag<'a> {
    /// A text.
    Text(&'a str),
    /// A count.
    Count(u64),
    /// A measurement; it must be finite for a browser to use it.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// One layer of one tile.
#[derive(Debug)]
pub struct Layer {
    tile: TileId,
    name: &'static str,
    features: Message,
    keys: Vec<&'static str>,
    values: Values,
    count: usize,
}

#[derive(Debug, Default)]
struct Values {
    /// Each value as its own small message.
    written: Vec<Vec<u8>>,
    places: HashMap<Vec<u8>, u32>,
}

/// Areas and lines smaller than half a pixel are not seen.
const SMALLEST: f64 = 4.0;

impl Layer {
    /// An empty layer of this tile.
    pub fn new(name: &'static str, tile: TileId) -> Layer {
        Layer {
            tile,
            name,
            features: Message::default(),
            keys: Vec::new(),
            values: Values::default(),
            count: 0,
        }
    }

    /// Adds what of the drawing lies in the tile; answers whether that was anything.
    pub fn add(&mut self, id: Option<u64>, drawing: &Drawing, tags: &[(&'static str, Tag<'_>)]) -> bool {
        let is_point = matches!(drawing.form, Form::Points(_));
        if !drawing.touches(self.tile) || (!is_point && drawing.size_in_steps(self.tile.z()) < SMALLEST) {
            return false;
        }
        let (kind, commands) = commands::of(drawing, self.tile);
        if commands.is_empty() {
            return false;
        }
        let mut feature = Message::default();
        if let Some(id) = id {
            feature.number(1, id);
        }
        let tags: Vec<u32> =
            tags.iter().flat_map(|(key, value)| [self.key(key), self.values.place_of(*value)]).collect();
        feature.packed(2, &tags);
        feature.number(3, kind as u64);
        feature.packed(4, &commands);
        self.features.bytes(2, &feature.into_bytes());
        self.count += 1;
        true
    }

    /// How many features were added.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Layers have a handful of keys, so looking through them is quickest.
    fn key(&mut self, key: &'static str) -> u32 {
        let place = self.keys.iter().position(|known| *known == key).unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        place as u32
    }

    fn bytes(&self) -> Vec<u8> {
        let mut layer = Message::default();
        layer.number(15, 2);
        layer.bytes(1, self.name.as_bytes());
        let mut bytes = layer.into_bytes();
        bytes.extend_from_slice(&self.features.clone().into_bytes());
        let mut rest = Message::default();
        self.keys.iter().for_each(|key| rest.bytes(3, key.as_bytes()));
        self.values.written.iter().for_each(|value| rest.bytes(4, value));
        rest.number(5, EXTENT as u64);
        bytes.extend(rest.into_bytes());
        bytes
    }
}

impl Values {
    fn place_of(&mut self, value: Tag<'_>) -> u32 {
        let mut message = Message::default();
        match value {
            Tag::Text(text) => message.bytes(1, text.as_bytes()),
            Tag::Number(number) => message.double(3, number),
            Tag::Count(count) => message.number(5, count),
            Tag::Flag(flag) => message.number(7, u64::from(flag)),
        }
        let bytes = message.into_bytes();
        if let Some(place) = self.places.get(&bytes) {
            return *place;
        }
        let place = self.written.len() as u32;
        self.written.push(bytes.clone());
        self.places.insert(bytes, place);
        place
    }
}

/// The tile's bytes: all layers that have anything in them.
pub fn encode(layers: &[Layer]) -> Vec<u8> {
    let mut tile = Message::default();
    layers.iter().filter(|layer| !layer.is_empty()).for_each(|layer| tile.bytes(3, &layer.bytes()));
    tile.into_bytes()
}
