use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sampletown::town::{DistrictKind, FacilityKind, Outline, Spot, Town, TownError};

/// A hash that nobody can change by updating a library: 64-bit FNV-1a.
fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn description(town: &Town) -> String {
    let mut text = format!("{} {}\n", town.name, town.river);
    for district in &town.districts {
        writeln!(text, "{} {}", district.code, district.name).unwrap();
        for spot in district.outlines.iter().flat_map(|outline| &outline.outer) {
            writeln!(text, "{} {}", spot.latitude, spot.longitude).unwrap();
        }
    }
    for house in town.houses() {
        let address = town.address(house).unwrap();
        writeln!(
            text,
            "{} {} {} {}",
            address.address, address.zip, address.spot.latitude, address.spot.longitude
        )
        .unwrap();
    }
    for facility in &town.facilities {
        writeln!(text, "{} {}", facility.name, facility.location.address).unwrap();
    }
    text
}

/// Even-odd rule, written here a second time so that the town is not tested with its own code.
fn contains(outlines: &[Outline], spot: Spot) -> bool {
    let crossings = |ring: &[Spot]| {
        ring.windows(2)
            .filter(|edge| {
                let (a, b) = (edge[0], edge[1]);
                (a.latitude > spot.latitude) != (b.latitude > spot.latitude)
                    && spot.longitude
                        < a.longitude
                            + (spot.latitude - a.latitude) / (b.latitude - a.latitude)
                                * (b.longitude - a.longitude)
            })
            .count()
    };
    outlines.iter().any(|outline| {
        (crossings(&outline.outer) + outline.holes.iter().map(|hole| crossings(hole)).sum::<usize>()) % 2 == 1
    })
}

#[test]
fn the_same_seed_and_population_give_the_same_town_on_every_machine() {
    let town = Town::new(311, 500).unwrap();
    // Changes only when the generator is changed on purpose.
    assert_eq!(format!("{:016x}", fingerprint(&description(&town))), "d249ae98de1cc20e");
}

#[test]
fn another_seed_gives_another_town() {
    let (one, other) = (Town::new(1, 500).unwrap(), Town::new(2, 500).unwrap());
    assert_ne!(description(&one), description(&other));
}

#[test]
fn every_address_lies_in_exactly_one_district_of_each_kind_and_it_is_the_one_named() {
    for seed in 1..=4 {
        let town = Town::new(seed, 6_000).unwrap();
        for house in town.houses() {
            let address = town.address(house).unwrap();
            for kind in DistrictKind::ALL {
                let around: Vec<&str> = town
                    .districts_of_kind(kind)
                    .filter(|district| contains(&district.outlines, address.spot))
                    .map(|district| district.code.as_str())
                    .collect();
                assert_eq!(
                    around,
                    [town.district_of(kind, &address).unwrap()],
                    "seed {seed}: {}",
                    address.address
                );
            }
        }
    }
}

#[test]
fn districts_of_each_kind_tile_the_town_without_gap_or_overlap() {
    let area = |outlines: &[Outline]| -> f64 {
        let ring = |spots: &[Spot]| -> f64 {
            spots
                .windows(2)
                .map(|e| e[0].longitude * e[1].latitude - e[1].longitude * e[0].latitude)
                .sum::<f64>()
        };
        outlines.iter().map(|o| ring(&o.outer) + o.holes.iter().map(|h| ring(h)).sum::<f64>()).sum::<f64>()
            / 2.0
    };
    for seed in 1..=6 {
        let town = Town::new(seed, 20_000).unwrap();
        let whole = area(&town.boundary);
        for kind in DistrictKind::ALL {
            let parts: f64 = town.districts_of_kind(kind).map(|district| area(&district.outlines)).sum();
            // Both are sums over the same corners; only rounding of the sums differs.
            assert!((parts / whole - 1.0).abs() < 1e-6, "seed {seed}, {kind:?}: {parts} of {whole}");
        }
    }
}

#[test]
fn every_district_is_one_piece() {
    let town = Town::new(5, 60_000).unwrap();
    for district in &town.districts {
        assert_eq!(district.outlines.len(), 1, "{:?} {}", district.kind, district.code);
    }
}

#[test]
fn wards_hold_about_equally_many_homes() {
    let town = Town::new(311, 60_000).unwrap();
    let mut homes: BTreeMap<String, u32> = BTreeMap::new();
    for house in town.houses() {
        let address = town.address(house).unwrap();
        *homes.entry(town.district_of(DistrictKind::Ward, &address).unwrap().to_owned()).or_default() += 1;
    }
    assert_eq!(homes.len(), 8);
    let (least, most) = (homes.values().min().unwrap(), homes.values().max().unwrap());
    // Regions grow in turns, but one that is hemmed in stops early.
    assert!(*most < least * 3, "{homes:?}");
}

#[test]
fn there_is_about_one_home_for_every_two_or_three_people() {
    for population in [500, 6_000, 60_000] {
        let homes = Town::new(311, population).unwrap().houses().count() as f64;
        let people_per_home = f64::from(population) / homes;
        assert!((1.8..2.8).contains(&people_per_home), "{population}: {people_per_home}");
    }
}

#[test]
fn no_address_is_given_twice() {
    let town = Town::new(311, 60_000).unwrap();
    let mut seen = BTreeSet::new();
    for house in town.houses() {
        let address = town.address(house).unwrap().address;
        assert!(seen.insert(address.clone()), "{address}");
    }
}

#[test]
fn house_numbers_rise_along_a_segment_with_odd_numbers_on_the_left() {
    let town = Town::new(9, 6_000).unwrap();
    for segment in &town.segments {
        for (side, parity) in [(&segment.left, 1), (&segment.right, 0)] {
            let Some(side) = side else { continue };
            assert_eq!(side.low % 2, parity);
            assert_eq!(side.step % 2, 0);
            assert!(side.high() / 100 == side.low / 100 && side.count >= 1, "{side:?}");
        }
    }
}

#[test]
fn the_town_has_a_city_hall_a_river_parks_and_a_yard_for_each_street_crew() {
    let town = Town::new(311, 60_000).unwrap();
    let count = |kind| town.facilities.iter().filter(|facility| facility.kind == kind).count();
    assert_eq!(count(FacilityKind::CityHall), 1);
    assert_eq!(count(FacilityKind::WorksYard), town.districts_of_kind(DistrictKind::Works).count());
    assert!(town.parks.len() >= 10 && !town.river.is_empty());
    assert!(town.labelled_name().contains("made-up"));
}

#[test]
fn even_the_smallest_towns_have_houses_parks_wards_and_corners() {
    for seed in 0..150 {
        let town = Town::new(seed, Town::POPULATION_MIN).unwrap();
        assert!(town.houses().count() > 50, "seed {seed}");
        assert!(!town.parks.is_empty() && !town.intersections.is_empty(), "seed {seed}");
        assert_eq!(town.districts_of_kind(DistrictKind::Ward).count(), 3, "seed {seed}");
        assert!(town.districts.iter().all(|district| !district.outlines.is_empty()), "seed {seed}");
    }
}

#[test]
fn streets_of_a_town_of_millions_still_have_names_of_their_own() {
    let town = Town::new(311, 2_000_000).unwrap();
    let names: BTreeSet<&str> = town.streets.iter().map(|street| street.name.as_str()).collect();
    assert_eq!(names.len(), town.streets.len());
}

#[test]
fn a_population_out_of_range_is_refused() {
    assert_eq!(Town::new(1, 199).unwrap_err(), TownError::Population { asked: 199 });
    assert_eq!(Town::new(1, 5_000_001).unwrap_err(), TownError::Population { asked: 5_000_001 });
}
