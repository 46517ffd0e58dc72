//! From what was typed to the places that may be meant.

use super::index::Index;
use super::matching::{Fit, landmark_fit, street_fit};
use super::{FoundPlace, PlaceKind};
use crate::address_query::{Query, Wanted};
use crate::streets::along;

/// A place and how well its name fits.
struct Hit {
    fit: Fit,
    place: FoundPlace,
}

pub(super) fn search(index: &Index, typed: &str, limit: usize) -> Vec<FoundPlace> {
    let Some(query) = Query::read(typed) else { return Vec::new() };
    let mut hits = match &query.wanted {
        Wanted::House { number, street } => houses(index, *number, street),
        Wanted::Corner { one, other } => corners(index, one, other),
        Wanted::Name { words } => streets(index, words),
    };
    if !matches!(query.wanted, Wanted::House { .. }) || hits.is_empty() {
        hits.extend(Query::as_name(typed).iter().flat_map(|words| landmarks(index, words)));
    }
    if let (true, Wanted::House { street, .. }) = (hits.is_empty(), &query.wanted) {
        // A number that the street does not have: the street itself is still a help.
        hits = streets(index, street);
        hits.iter_mut().for_each(|hit| hit.place.is_as_typed = false);
    }
    choose(hits, query.zip.as_deref(), limit)
}

/// Those that fit best; a postal code decides between equals where one of them has it.
fn choose(mut hits: Vec<Hit>, zip: Option<&str>, limit: usize) -> Vec<FoundPlace> {
    if zip.is_some() && hits.iter().any(|hit| hit.place.zip.as_deref() == zip) {
        hits.retain(|hit| hit.place.zip.as_deref() == zip);
    }
    // A slip is forgiven only where nothing is meant literally.
    let best = hits.iter().map(|hit| hit.fit).min();
    hits.retain(|hit| match best {
        Some(Fit::Whole) => hit.fit == Fit::Whole,
        Some(Fit::Short | Fit::Beginning) => hit.fit <= Fit::Beginning,
        Some(Fit::OtherType | Fit::Slips) | None => true,
    });
    hits.sort_by(|a, b| {
        (a.fit, a.place.kind, a.place.label.len(), &a.place.label, &a.place.zip).cmp(&(
            b.fit,
            b.place.kind,
            b.place.label.len(),
            &b.place.label,
            &b.place.zip,
        ))
    });
    let mut places: Vec<FoundPlace> = Vec::new();
    for Hit { place, .. } in hits {
        if places.len() < limit && !places.iter().any(|known| known.is_same_place(&place)) {
            places.push(place);
        }
    }
    places
}

/// Streets whose names fit, with how.
fn fitting<'a>(index: &'a Index, words: &'a [String]) -> impl Iterator<Item = (usize, Fit)> + 'a {
    let fit = |(nth, street): (usize, &super::index::Street)| Some((nth, street_fit(words, &street.words)?));
    index.streets.iter().enumerate().filter_map(fit)
}

fn houses(index: &Index, number: u32, words: &[String]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (street, fit) in fitting(index, words) {
        let known = known_houses(index, street, number, fit);
        let guessed = guessed_houses(index, street, number, fit);
        // A known point beats the guess along the same block, but not a second house of this number elsewhere.
        let is_known = |guess: &Hit| {
            known.iter().any(|hit| hit.place.point.distance_m(&guess.place.point) < KNOWN_WITHIN_M)
        };
        let others: Vec<Hit> = guessed.into_iter().filter(|guess| !is_known(guess)).collect();
        hits.extend(known);
        hits.extend(others);
    }
    hits
}

/// A guess along the block is never farther from the house than the block is long.
const KNOWN_WITHIN_M: f64 = 300.0;

fn known_houses(index: &Index, street: usize, number: u32, fit: Fit) -> Vec<Hit> {
    let key = (index.streets[street].words.clone(), number);
    let known = index.houses.get(&key).map(Vec::as_slice).unwrap_or_default();
    let hit = |nth: &usize| {
        let address = &index.addresses[*nth];
        Hit {
            fit,
            place: FoundPlace {
                label: address.address.clone(),
                kind: PlaceKind::Address,
                point: address.point,
                zip: address.zip.clone(),
                is_as_typed: fit == Fit::Whole,
            },
        }
    };
    known.iter().map(hit).collect()
}

fn guessed_houses(index: &Index, street: usize, number: u32, fit: Fit) -> Vec<Hit> {
    let street = &index.streets[street];
    let hit = |nth: &usize| {
        let segment = &index.segments[*nth];
        let (point, hand) = segment.house(number)?;
        Some(Hit {
            fit,
            place: FoundPlace {
                label: format!("{number} {}", street.name),
                kind: PlaceKind::Address,
                point,
                zip: segment.side(hand).zip.clone(),
                is_as_typed: fit == Fit::Whole,
            },
        })
    };
    street.segments.iter().filter_map(hit).collect()
}

fn corners(index: &Index, one: &[String], other: &[String]) -> Vec<Hit> {
    let (ones, others): (Vec<_>, Vec<_>) = (fitting(index, one).collect(), fitting(index, other).collect());
    let mut hits: Vec<Hit> = Vec::new();
    for corner in &index.corners {
        let on = |known: &[(usize, Fit)]| -> Vec<(usize, Fit)> {
            known.iter().filter(|(street, _)| corner.streets.binary_search(street).is_ok()).copied().collect()
        };
        for (a, a_fit) in on(&ones) {
            for (b, b_fit) in on(&others).into_iter().filter(|(b, _)| *b != a) {
                let label = format!("{} & {}", index.streets[a].name, index.streets[b].name);
                let is_listed =
                    hits.iter().any(|hit| hit.place.label == label && corner.is_near(hit.place.point));
                if !is_listed {
                    let fit = a_fit.max(b_fit);
                    let (kind, is_as_typed) = (PlaceKind::Intersection, fit <= Fit::Short);
                    let place = FoundPlace { label, kind, point: corner.point, zip: None, is_as_typed };
                    hits.push(Hit { fit, place });
                }
            }
        }
    }
    hits
}

fn landmarks<'a>(index: &'a Index, words: &'a [String]) -> impl Iterator<Item = Hit> + 'a {
    index.landmarks.iter().filter_map(|named| {
        let fit = landmark_fit(words, &named.words)?;
        let place = FoundPlace {
            label: named.landmark.name.clone(),
            kind: PlaceKind::Landmark,
            point: named.landmark.point,
            zip: None,
            is_as_typed: fit == Fit::Whole,
        };
        Some(Hit { fit, place })
    })
}

fn streets(index: &Index, words: &[String]) -> Vec<Hit> {
    let hit = |(street, fit): (usize, Fit)| {
        let street = &index.streets[street];
        let middle = &index.segments[*street.segments.get(street.segments.len() / 2)?];
        let place = FoundPlace {
            label: street.name.clone(),
            kind: PlaceKind::Street,
            point: along(&middle.line, 0.5),
            zip: None,
            is_as_typed: fit <= Fit::Short,
        };
        Some(Hit { fit, place })
    };
    fitting(index, words).filter_map(hit).collect()
}
