//! Tiles of the map: a full one cut in this process, and those of a large town over loopback.

use std::hint::black_box;
use std::time::Instant;

use anyhow::Context;
use geography::Point;
use tiles::{Drawing, Layer, Tag, TileId, encode, project};

use super::{Bench, Requests};
use crate::http;
use crate::load::Load;
use crate::report::Row;
use crate::settings::Engine;
use crate::statistics::Samples;
use crate::town::Town;

/// A tile of 5,000 points.
const CUT_LIMIT_MS: f64 = 20.0;
/// Requests counted or shown, whatever the filter.
const REQUESTS_LIMIT_MS: f64 = 50.0;

const POINTS: u32 = 5_000;
const CUTS: usize = 500;

pub(super) fn measure(bench: &mut Bench, engine: Engine) -> anyhow::Result<()> {
    if engine == Engine::Sqlite {
        let samples = full_tile().context("nothing was cut")?;
        for percent in [50, 99] {
            let what = format!("a tile of {POINTS} points with names, cut, p{percent}");
            bench.report.row(Row::milliseconds(what, samples.percentile(percent), CUT_LIMIT_MS));
        }
    }
    let stock = bench.large_town(engine)?;
    let server = stock.serve()?;
    let town = Town::look(server.address)?;
    let places: Vec<Point> =
        town.known.iter().filter_map(|known| Point::new(known.latitude, known.longitude).ok()).collect();
    let kinds: [(&str, Requests); 3] = [
        ("requests", around(&places, "/requests", "")),
        ("open requests", around(&places, "/requests", "?status=open")),
        ("base map", around(&places, "", "")),
    ];
    let whole = bench.settings.load(1);
    let load = Load { measured: whole.measured / kinds.len() as u32, ..whole };
    for (kind, requests) in kinds {
        let loaded = bench.load(kind, &server, load, &requests)?;
        for percent in [50, 99] {
            let what = format!("{}: tile of {kind}, zoom 10 to 16, p{percent}", engine.name());
            bench.report.row(Row::milliseconds(what, loaded.samples.percentile(percent), REQUESTS_LIMIT_MS));
        }
    }
    Ok(())
}

/// How long it takes to cut and write a tile full of named points.
fn full_tile() -> Option<Samples> {
    let tile = TileId::new(14, 4956, 6062)?;
    let [low, high] = tile.corners();
    let along = |nth: u32, of: u32, axis: usize| {
        low[axis] + (high[axis] - low[axis]) * (f64::from(nth % of) + 0.5) / f64::from(of)
    };
    // Two steps without a common measure spread the points over the whole tile.
    let points: Vec<(Drawing, String)> = (0..POINTS)
        .map(|nth| {
            (Drawing::spot([along(nth * 71, 997, 0), along(nth * 31, 991, 1)]), format!("{nth} Elm Street"))
        })
        .collect();
    let cut = || {
        let mut layer = Layer::new("addresses", tile);
        for (form, name) in &points {
            layer.add(None, form, &[("name", Tag::Text(name)), ("open", Tag::Flag(true))]);
        }
        black_box(encode(&[layer]));
    };
    let timed = (0..CUTS).map(|_| {
        let begun = Instant::now();
        cut();
        begun.elapsed()
    });
    Samples::new(timed.collect())
}

/// The tiles around these places at every zoom that people look at.
fn around(places: &[Point], kind: &str, query: &str) -> Requests {
    let tile = |place: &Point, z: u8| {
        let tile = TileId::holding(z, project([place.longitude(), place.latitude()]));
        http::get(&format!("/tiles{kind}/{z}/{}/{}.mvt{query}", tile.x(), tile.y()))
    };
    places.iter().flat_map(|place| (10..=16).map(move |z| tile(place, z))).collect()
}
