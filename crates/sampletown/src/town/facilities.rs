//! Public buildings, spread over the town.

use super::{DistrictKind, House, Location, Town, Use};
use crate::chance::{Chance, Purpose};

/// What a public building is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacilityKind {
    /// Council and counters; the 311 center sits here.
    CityHall,
    /// One in each police district.
    PoliceStation,
    /// One in each works district, and one more.
    FireStation,
    /// One for about 20,000 people.
    Library,
    /// One for about 8,000 people.
    School,
    /// Sports and after-school care.
    RecreationCenter,
    /// Where a street crew keeps its trucks.
    WorksYard,
    /// Where residents bring what the trucks do not take.
    TransferStation,
    /// Where lost animals are brought.
    AnimalShelter,
}

/// A public building.
#[derive(Debug, Clone, PartialEq)]
pub struct Facility {
    /// What it is for.
    pub kind: FacilityKind,
    /// "Ropewalk Hill Library".
    pub name: String,
    /// Where it stands.
    pub location: Location,
}

pub(super) fn place(town: &Town) -> Vec<Facility> {
    let mut sites = Sites { town, chance: Chance::of(town.seed, Purpose::Facilities, 0), built: Vec::new() };
    sites.one(FacilityKind::CityHall, Use::Downtown, format!("{} City Hall", town.name));
    sites.in_each(DistrictKind::Police, FacilityKind::PoliceStation, "Station");
    sites.in_each(DistrictKind::Works, FacilityKind::FireStation, "Fire Station");
    sites.in_each(DistrictKind::Works, FacilityKind::WorksYard, "Yard");
    sites.some(FacilityKind::Library, 20_000, "Library");
    sites.some(FacilityKind::School, 8_000, "School");
    sites.some(FacilityKind::RecreationCenter, 25_000, "Recreation Center");
    sites.one(FacilityKind::TransferStation, Use::Works, format!("{} Transfer Station", town.name));
    sites.one(FacilityKind::AnimalShelter, Use::Works, format!("{} Animal Shelter", town.name));
    sites.built
}

struct Sites<'a> {
    town: &'a Town,
    chance: Chance,
    built: Vec<Facility>,
}

impl Sites<'_> {
    fn one(&mut self, kind: FacilityKind, used_for: Use, name: String) {
        if let Some(location) =
            self.site(|segment_use, _| segment_use == used_for).or_else(|| self.site(|_, _| true))
        {
            self.built.push(Facility { kind, name, location });
        }
    }

    fn in_each(&mut self, districts: DistrictKind, kind: FacilityKind, suffix: &str) {
        for district in self.town.districts_of_kind(districts) {
            let site = self.site(|_, site| is_in(self.town, districts, site, &district.code));
            if let Some(location) = site {
                self.built.push(Facility { kind, name: format!("{} {suffix}", district.name), location });
            }
        }
    }

    fn some(&mut self, kind: FacilityKind, people_each: u32, suffix: &str) {
        let neighborhoods: Vec<_> = self.town.districts_of_kind(DistrictKind::Neighborhood).collect();
        let count = (self.town.population / people_each).max(1) as usize;
        for nth in 0..count {
            let neighborhood = neighborhoods[nth % neighborhoods.len()];
            let site =
                self.site(|_, site| is_in(self.town, DistrictKind::Neighborhood, site, &neighborhood.code));
            if let Some(location) = site {
                let number = nth / neighborhoods.len();
                let name = match number {
                    0 => format!("{} {suffix}", neighborhood.name),
                    _ => format!("{} {suffix} {}", neighborhood.name, number + 1),
                };
                self.built.push(Facility { kind, name, location });
            }
        }
    }

    /// A house that suits: the first from a random segment onwards.
    fn site(&mut self, suits: impl Fn(Use, &Location) -> bool) -> Option<Location> {
        let segments = self.town.segments.len();
        let start = self.chance.index(segments);
        (0..segments).map(|step| (start + step) % segments).find_map(|segment| {
            [true, false].into_iter().find_map(|on_left| {
                let side = if on_left {
                    &self.town.segments[segment].left
                } else {
                    &self.town.segments[segment].right
                };
                let side = side.as_ref()?;
                let site = self.town.address(House { segment, on_left, nth: side.count / 2 })?;
                suits(side.used_for, &site).then_some(site)
            })
        })
    }
}

fn is_in(town: &Town, kind: DistrictKind, site: &Location, code: &str) -> bool {
    town.district_of(kind, site) == Some(code)
}
