//! The made-up town itself: streets with house numbers, land, districts, facilities and people.
//!
//! [`Town::new`] is a pure function of a seed and a population, and gives the same town on every machine. Nothing in
//! it is copied from a real place: it stands on empty grassland, its names come from our own word lists, its postal
//! codes begin with a prefix that is not in use, and its people have `example.org` addresses.

mod facilities;
pub(crate) mod geojson;
mod land;
mod lattice;
mod people;
mod regions;
mod streets;
mod words;

pub use facilities::{Facility, FacilityKind};
pub use land::Use;
pub use lattice::Spot;
pub use people::MadeUpPerson;
pub use regions::Outline;
pub use streets::{Segment, Side, Street};

use crate::chance::{Chance, Purpose};
use land::Land;
use lattice::Lattice;

/// The time zone in which the town lies.
pub const ZONE: &str = "America/Chicago";

/// Why a town cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TownError {
    /// Too few people to fill the wards, or more than the street names last for.
    #[error("a sample town has {min} to {max} people, not {asked}", min = Town::POPULATION_MIN, max = Town::POPULATION_MAX)]
    Population {
        /// The population asked for.
        asked: u32,
    },
}

/// The ways in which the town is divided; each covers it without gap or overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DistrictKind {
    /// Elects a council member.
    Ward,
    /// What people call the part of town they live in.
    Neighborhood,
    /// Has its own police station.
    Police,
    /// A postal code.
    Zip,
    /// Has its own street crew.
    Works,
}

impl DistrictKind {
    /// All kinds, in the order in which districts are written.
    pub const ALL: [DistrictKind; 5] = [
        DistrictKind::Ward,
        DistrictKind::Neighborhood,
        DistrictKind::Police,
        DistrictKind::Zip,
        DistrictKind::Works,
    ];

    /// The word used in files and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            DistrictKind::Ward => "ward",
            DistrictKind::Neighborhood => "neighborhood",
            DistrictKind::Police => "police-district",
            DistrictKind::Zip => "zip",
            DistrictKind::Works => "works-district",
        }
    }

    /// How many districts of this kind a town of this size has.
    fn count(self, population: u32) -> usize {
        let one_for_every = |people: u32, min: u32, max: u32| (population / people).clamp(min, max) as usize;
        match self {
            DistrictKind::Ward => one_for_every(7_500, 3, 50),
            DistrictKind::Neighborhood => one_for_every(4_300, 4, 200),
            DistrictKind::Police => one_for_every(15_000, 2, 26),
            DistrictKind::Zip => one_for_every(14_000, 2, 80),
            DistrictKind::Works => one_for_every(25_000, 2, 12),
        }
    }
}

/// One district.
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    /// What it is a district for.
    pub kind: DistrictKind,
    /// Short code, unique within the kind.
    pub code: String,
    /// The name people use.
    pub name: String,
    /// Its outlines, along the middle of streets.
    pub outlines: Vec<Outline>,
}

/// A park.
#[derive(Debug, Clone, PartialEq)]
pub struct Park {
    /// "Seesaw Commons".
    pub name: String,
    /// Its outlines.
    pub outlines: Vec<Outline>,
    /// The middle of one of its blocks, for requests about the park.
    pub middle: Spot,
    block: usize,
}

/// A corner where two or more streets meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Intersection {
    /// Indexes into [`Town::streets`], at least two.
    pub streets: Vec<usize>,
    /// Where the middle lines meet.
    pub spot: Spot,
    block: usize,
}

/// A house number, named by its segment, side and place in the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct House {
    /// Index into [`Town::segments`].
    pub segment: usize,
    /// On the side with odd numbers.
    pub on_left: bool,
    /// Position in the row of houses, from 0.
    pub nth: u32,
}

/// A place of the town as requests name it.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// "214 Alder Street" or "Alder Street & Wren Road".
    pub address: String,
    /// Where it is.
    pub spot: Spot,
    /// Postal code.
    pub zip: String,
    block: usize,
}

/// The town.
#[derive(Debug)]
pub struct Town {
    /// The seed it was made from.
    pub seed: u64,
    /// The population it was made for.
    pub population: u32,
    /// Name without any label: "Heronmere".
    pub name: String,
    /// All streets, each name once.
    pub streets: Vec<Street>,
    /// All segments of all streets.
    pub segments: Vec<Segment>,
    /// All corners where streets meet.
    pub intersections: Vec<Intersection>,
    /// The parks.
    pub parks: Vec<Park>,
    /// Name of the river that crosses the town.
    pub river: String,
    /// Where it flows.
    pub water: Vec<Outline>,
    /// The town line.
    pub boundary: Vec<Outline>,
    /// Districts of all kinds, in the order of [`DistrictKind::ALL`] and then by code.
    pub districts: Vec<District>,
    /// Public buildings.
    pub facilities: Vec<Facility>,
    lattice: Lattice,
    /// For each kind, the index into `districts` of the district that has the block.
    district_of: [Vec<Option<usize>>; 5],
}

impl Town {
    /// The smallest population.
    pub const POPULATION_MIN: u32 = 200;
    /// The largest population.
    pub const POPULATION_MAX: u32 = 5_000_000;

    /// The town of this seed and population.
    ///
    /// # Errors
    /// [`TownError::Population`] outside of 200 to 5,000,000 people.
    pub fn new(seed: u64, population: u32) -> Result<Town, TownError> {
        if !(Self::POPULATION_MIN..=Self::POPULATION_MAX).contains(&population) {
            return Err(TownError::Population { asked: population });
        }
        // About 31 people for each block of ground, water and parks included: some 1,600 a square kilometre.
        let lattice = Lattice::new(seed, (population / 31) as usize);
        let (land, park_count) = land::plan(seed, &lattice);
        let network = streets::lay_out(seed, &lattice, &land, population);
        let homes = homes_by_block(&land, &network.segments);
        let (districts, district_of) = draw_districts(seed, &lattice, &homes, population);
        let mut town = Town {
            seed,
            population,
            name: town_name(seed),
            intersections: intersections(&lattice, &homes, &network),
            streets: network.streets,
            segments: network.segments,
            parks: parks(seed, &lattice, &land, park_count),
            river: Chance::of(seed, Purpose::River, 1).pick(words::RIVERS).to_string(),
            water: regions::outlines(&lattice, |block| land[block] == Land::Water),
            boundary: regions::outlines(&lattice, |block| land[block] != Land::Outside),
            districts,
            facilities: Vec::new(),
            lattice,
            district_of,
        };
        town.facilities = facilities::place(&town);
        Ok(town)
    }

    /// Name with its label, as it must be shown: "Heronmere (a made-up town)".
    pub fn labelled_name(&self) -> String {
        format!("{} (a made-up town)", self.name)
    }

    /// All house numbers.
    pub fn houses(&self) -> impl Iterator<Item = House> + '_ {
        self.segments.iter().enumerate().flat_map(|(segment, ends)| {
            [(true, &ends.left), (false, &ends.right)].into_iter().flat_map(move |(on_left, side)| {
                let count = side.as_ref().map_or(0, |side| side.count);
                (0..count).map(move |nth| House { segment, on_left, nth })
            })
        })
    }

    /// The address of a house; `None` when there is no such house.
    pub fn address(&self, house: House) -> Option<Location> {
        let segment = self.segments.get(house.segment)?;
        let side = if house.on_left { &segment.left } else { &segment.right }.as_ref()?;
        if house.nth >= side.count {
            return None;
        }
        let along = (f64::from(house.nth) + 0.5) / f64::from(side.count);
        let number = side.low + side.step * house.nth;
        Some(Location {
            address: format!("{number} {}", self.streets[segment.street].name),
            spot: streets::house_position(&self.lattice, segment, house.on_left, along).on_earth(),
            zip: self.code_at(DistrictKind::Zip, side.block).unwrap_or_default().to_owned(),
            block: side.block,
        })
    }

    /// The corners between which a segment runs, in the direction in which its house numbers rise.
    pub fn ends(&self, segment: &Segment) -> [Spot; 2] {
        [segment.from, segment.to].map(|corner| self.lattice.at(corner).on_earth())
    }

    /// The postal code of one side of a segment.
    pub fn zip_of(&self, side: &Side) -> Option<&str> {
        self.code_at(DistrictKind::Zip, side.block)
    }

    /// The corner as a place.
    pub fn corner(&self, intersection: &Intersection) -> Location {
        let names: Vec<&str> =
            intersection.streets.iter().take(2).map(|&street| self.streets[street].name.as_str()).collect();
        Location {
            address: names.join(" & "),
            spot: intersection.spot,
            zip: self.code_at(DistrictKind::Zip, intersection.block).unwrap_or_default().to_owned(),
            block: intersection.block,
        }
    }

    /// The park as a place, named instead of addressed.
    pub fn park_location(&self, park: &Park) -> Location {
        Location {
            address: park.name.clone(),
            spot: park.middle,
            zip: self.code_at(DistrictKind::Zip, park.block).unwrap_or_default().to_owned(),
            block: park.block,
        }
    }

    /// Code of the district a place counts to; a corner counts to one of the blocks around it.
    pub fn district_of(&self, kind: DistrictKind, place: &Location) -> Option<&str> {
        self.code_at(kind, place.block)
    }

    /// The districts of one kind.
    pub fn districts_of_kind(&self, kind: DistrictKind) -> impl Iterator<Item = &District> {
        self.districts.iter().filter(move |district| district.kind == kind)
    }

    fn code_at(&self, kind: DistrictKind, block: usize) -> Option<&str> {
        let district = self.district_of[kind as usize][block]?;
        Some(&self.districts[district].code)
    }
}

fn town_name(seed: u64) -> String {
    let mut chance = Chance::of(seed, Purpose::TownName, 0);
    format!("{}{}", chance.pick(words::TOWN_FIRST), chance.pick(words::TOWN_SECOND))
}

/// Homes on each block; `None` outside the town.
fn homes_by_block(land: &[Land], segments: &[Segment]) -> Vec<Option<u32>> {
    let mut homes: Vec<Option<u32>> = land.iter().map(|&land| (land != Land::Outside).then_some(0)).collect();
    for side in segments.iter().flat_map(|segment| [&segment.left, &segment.right]).flatten() {
        if let Some(homes) = &mut homes[side.block] {
            *homes += side.count;
        }
    }
    homes
}

type DistrictOfBlock = [Vec<Option<usize>>; 5];

fn draw_districts(
    seed: u64,
    lattice: &Lattice,
    homes: &[Option<u32>],
    population: u32,
) -> (Vec<District>, DistrictOfBlock) {
    let mut districts = Vec::new();
    let district_of = DistrictKind::ALL.map(|kind| {
        let mut chance = Chance::of(seed, Purpose::Districts, kind as u64);
        let region_of = regions::divide(&mut chance, lattice, homes, kind.count(population));
        let first = districts.len();
        let count = region_of.iter().flatten().max().map_or(0, |&last| last + 1);
        let names = district_names(kind, &mut chance, count);
        for (region, (code, name)) in names.into_iter().enumerate() {
            let outlines = regions::outlines(lattice, |block| region_of[block] == Some(region));
            districts.push(District { kind, code, name, outlines });
        }
        region_of.into_iter().map(|region| region.map(|region| first + region)).collect()
    });
    (districts, district_of)
}

/// Codes and names of the districts of one kind.
fn district_names(kind: DistrictKind, chance: &mut Chance, count: usize) -> Vec<(String, String)> {
    let mut pairs: Vec<String> = words::NEIGHBORHOOD_FIRST
        .iter()
        .flat_map(|first| words::NEIGHBORHOOD_SECOND.iter().map(move |second| format!("{first} {second}")))
        .collect();
    chance.shuffle(&mut pairs);
    (0..count)
        .map(|nth| match kind {
            DistrictKind::Ward => (format!("{}", nth + 1), format!("Ward {}", nth + 1)),
            DistrictKind::Neighborhood => (pairs[nth].clone(), pairs[nth].clone()),
            DistrictKind::Police => {
                let letter = char::from(b'A' + nth as u8);
                (letter.to_string(), format!("Police District {letter}"))
            }
            // No postal code of the United States begins with 003.
            DistrictKind::Zip => (format!("{:05}", 311 + nth), format!("{:05}", 311 + nth)),
            DistrictKind::Works => (format!("W{}", nth + 1), format!("Works District {}", nth + 1)),
        })
        .collect()
}

fn intersections(lattice: &Lattice, homes: &[Option<u32>], network: &streets::Network) -> Vec<Intersection> {
    let mut streets_at = vec![Vec::new(); (lattice.columns + 1) * (lattice.rows + 1)];
    let mut block_at = vec![None; streets_at.len()];
    for segment in &network.segments {
        for corner in [segment.from, segment.to] {
            let streets: &mut Vec<usize> = &mut streets_at[corner];
            if !streets.contains(&segment.street) {
                streets.push(segment.street);
            }
        }
    }
    for block in (0..lattice.blocks()).filter(|&block| homes[block].is_some()) {
        for corner in lattice.corners_of(block) {
            block_at[corner] = Some(block);
        }
    }
    let meeting = streets_at.into_iter().enumerate().filter(|(_, streets)| streets.len() >= 2);
    meeting
        .filter_map(|(corner, streets)| {
            Some(Intersection { streets, spot: lattice.at(corner).on_earth(), block: block_at[corner]? })
        })
        .collect()
}

fn parks(seed: u64, lattice: &Lattice, land: &[Land], count: usize) -> Vec<Park> {
    let mut names: Vec<String> = words::PARKS
        .iter()
        .flat_map(|first| words::PARK_TYPES.iter().map(move |kind| format!("{first} {kind}")))
        .collect();
    Chance::of(seed, Purpose::Parks, 1).shuffle(&mut names);
    (0..count)
        .filter_map(|park| {
            let block = land.iter().position(|&land| land == Land::Park(park))?;
            // Past the 132 plain names a number tells the parks of a very large town apart.
            let round = park / names.len();
            let name = &names[park % names.len()];
            Some(Park {
                name: if round == 0 { name.clone() } else { format!("{name} {}", round + 1) },
                outlines: regions::outlines(lattice, |block| land[block] == Land::Park(park)),
                middle: lattice.middle(block).on_earth(),
                block,
            })
        })
        .collect()
}
