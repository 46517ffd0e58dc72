//! The map of the town: streets with their house numbers, parks, the river and the public buildings.

use db::Db;
use geography::{Geometry, Point};
use places::{Details, FeatureKind, MapFeature, SideDetails};

use super::{BY, FillError, FillSettings};
use crate::town::geojson::geometry;
use crate::town::{FacilityKind, Outline, Segment, Side, Spot, Town};

/// Under which name the features are known; there is no file they came from.
const SOURCE: &str = "sample-town";

/// Features in one transaction.
const PIECE: usize = 2_000;

pub(super) fn write(db: &Db, town: &Town, settings: &FillSettings) -> Result<(), FillError> {
    let kinds = [
        (FeatureKind::Street, streets(town)?),
        (FeatureKind::Park, parks(town)?),
        (FeatureKind::Water, river(town)?),
        (FeatureKind::Landmark, landmarks(town)?),
    ];
    for (kind, features) in kinds {
        for piece in features.chunks(PIECE) {
            let (id, piece) = (settings.jurisdiction.clone(), piece.to_vec());
            db.write_now(move |tx| places::put(tx, &BY, &id, kind, SOURCE, &piece))?;
        }
    }
    Ok(())
}

fn streets(town: &Town) -> Result<Vec<MapFeature>, FillError> {
    let segments = town.segments.iter().enumerate();
    segments.map(|(nth, segment)| street(town, nth, segment)).collect()
}

fn street(town: &Town, nth: usize, segment: &Segment) -> Result<MapFeature, FillError> {
    let street = &town.streets[segment.street];
    let [from, to] = town.ends(segment);
    let side = |side: &Option<Side>| side.as_ref().map(|side| side_details(town, side)).unwrap_or_default();
    Ok(MapFeature {
        code: format!("S{nth}"),
        name: Some(street.name.clone()),
        sort: None,
        details: Details {
            main: street.main,
            left: side(&segment.left),
            right: side(&segment.right),
            zip: None,
        },
        geometry: Geometry::Lines(vec![vec![point(from)?, point(to)?]]),
    })
}

fn side_details(town: &Town, side: &Side) -> SideDetails {
    SideDetails { numbers: Some((side.low, side.high())), zip: town.zip_of(side).map(str::to_owned) }
}

fn parks(town: &Town) -> Result<Vec<MapFeature>, FillError> {
    let parks = town.parks.iter().enumerate().filter(|(_, park)| !park.outlines.is_empty());
    parks.map(|(nth, park)| area(format!("P{nth}"), &park.name, &park.outlines)).collect()
}

fn river(town: &Town) -> Result<Vec<MapFeature>, FillError> {
    let has_water = !town.water.is_empty();
    has_water.then(|| area("W1".to_owned(), &town.river, &town.water)).into_iter().collect()
}

fn landmarks(town: &Town) -> Result<Vec<MapFeature>, FillError> {
    let landmark = |(nth, facility): (usize, &crate::town::Facility)| {
        Ok(MapFeature {
            code: format!("L{nth}"),
            name: Some(facility.name.clone()),
            sort: Some(sort(facility.kind).to_owned()),
            details: Details::default(),
            geometry: Geometry::Points(vec![point(facility.location.spot)?]),
        })
    };
    town.facilities.iter().enumerate().map(landmark).collect()
}

fn area(code: String, name: &str, outlines: &[Outline]) -> Result<MapFeature, FillError> {
    let geometry = Geometry::from_geojson(&geometry(outlines).to_string())?;
    Ok(MapFeature { code, name: Some(name.to_owned()), sort: None, details: Details::default(), geometry })
}

fn point(spot: Spot) -> Result<Point, FillError> {
    Ok(Point::new(spot.latitude, spot.longitude)?)
}

fn sort(kind: FacilityKind) -> &'static str {
    match kind {
        FacilityKind::CityHall => "city-hall",
        FacilityKind::PoliceStation => "police",
        FacilityKind::FireStation => "fire",
        FacilityKind::Library => "library",
        FacilityKind::School => "school",
        FacilityKind::RecreationCenter => "recreation",
        FacilityKind::WorksYard => "works",
        FacilityKind::TransferStation => "transfer-station",
        FacilityKind::AnimalShelter => "animal-shelter",
    }
}
