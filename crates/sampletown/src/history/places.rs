//! Where requests are: along streets, more often where many people pass, and at a few places again and again.

use crate::behaviour::PlaceHabit;
use crate::chance::{Chance, Purpose, running_total};
use crate::town::{House, Location, Segment, Side, Town, Use};

/// Weights of all places, ready to draw from.
pub(crate) struct Places<'a> {
    town: &'a Town,
    by_traffic: Vec<f64>,
    by_homes: Vec<f64>,
    corners: Vec<f64>,
    /// For each service the segments where it is reported again and again.
    hot: Vec<Vec<usize>>,
}

/// The share of requests of the `Hot` habit that are at a hot spot.
const AT_HOT_SPOT: f64 = 0.55;

impl<'a> Places<'a> {
    pub(crate) fn new(town: &'a Town, services: usize) -> Self {
        let by_traffic = running_total(town.segments.iter().map(|segment| traffic(town, segment)));
        let by_homes = running_total(town.segments.iter().map(homes));
        let corners = running_total(town.intersections.iter().map(|corner| {
            let main = corner.streets.iter().filter(|&&street| town.streets[street].main).count();
            1.0 + 4.0 * main as f64
        }));
        let hot = (0..services).map(|service| hot_spots(town, &by_traffic, service)).collect();
        Self { town, by_traffic, by_homes, corners, hot }
    }

    /// A place for a request for this service; `None` when it is about no place.
    pub(crate) fn draw(&self, chance: &mut Chance, habit: PlaceHabit, service: usize) -> Option<Location> {
        match habit {
            PlaceHabit::Street => self.house_on(chance, &self.by_traffic),
            PlaceHabit::Home => self.house_on(chance, &self.by_homes),
            PlaceHabit::Corner => {
                let corner = chance.weighted(&self.corners);
                self.town.intersections.get(corner).map(|corner| self.town.corner(corner))
            }
            PlaceHabit::Park => self.park(chance),
            PlaceHabit::Hot if chance.yes(AT_HOT_SPOT) => self.hot_spot(chance, service),
            PlaceHabit::Hot => self.house_on(chance, &self.by_traffic),
            PlaceHabit::None => None,
        }
    }

    /// The name of some street, for requests that mention one without being about it.
    pub(crate) fn any_street(&self, chance: &mut Chance) -> &'a str {
        &chance.pick(&self.town.streets).name
    }

    fn house_on(&self, chance: &mut Chance, weights: &[f64]) -> Option<Location> {
        let segment = chance.weighted(weights);
        self.house(chance, segment)
    }

    fn house(&self, chance: &mut Chance, segment: usize) -> Option<Location> {
        let ends = self.town.segments.get(segment)?;
        let on_left = match (&ends.left, &ends.right) {
            (Some(_), Some(_)) => chance.yes(0.5),
            (left, _) => left.is_some(),
        };
        let side = if on_left { &ends.left } else { &ends.right }.as_ref()?;
        self.town.address(House { segment, on_left, nth: chance.below(side.count) })
    }

    /// The worst spot is drawn most often, the next ones less and less.
    fn hot_spot(&self, chance: &mut Chance, service: usize) -> Option<Location> {
        let spots = &self.hot[service];
        let rank = (chance.unit() * chance.unit() * spots.len() as f64) as usize;
        self.house(chance, *spots.get(rank)?)
    }

    fn park(&self, chance: &mut Chance) -> Option<Location> {
        let park = self.town.parks.get(chance.index(self.town.parks.len()))?;
        Some(self.town.park_location(park))
    }
}

fn hot_spots(town: &Town, by_traffic: &[f64], service: usize) -> Vec<usize> {
    let mut chance = Chance::of(town.seed, Purpose::HotSpots, service as u64);
    let count = 6 + town.population as usize / 3_000;
    (0..count).map(|_| chance.weighted(by_traffic)).collect()
}

/// People and cars that pass. A bridge has no addresses, and so no requests.
fn traffic(town: &Town, segment: &Segment) -> f64 {
    let road = if town.streets[segment.street].main { 3.0 } else { 1.0 };
    sides(segment).map(|side| road * footfall(side.used_for)).sum()
}

fn footfall(used_for: Use) -> f64 {
    match used_for {
        Use::Downtown => 3.5,
        Use::Shops => 2.0,
        Use::Homes => 1.0,
        Use::Works => 0.7,
    }
}

fn homes(segment: &Segment) -> f64 {
    sides(segment)
        .map(|side| if side.used_for == Use::Works { 0.1 } else { 1.0 } * f64::from(side.count))
        .sum()
}

fn sides(segment: &Segment) -> impl Iterator<Item = &Side> {
    segment.left.iter().chain(&segment.right)
}
