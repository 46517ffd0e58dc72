//! The jurisdiction with its boundary, districts and catalog.

use catalog::file::CatalogFile;
use catalog::{JurisdictionDraft, Text, districts, jurisdictions};
use db::Db;
use geography::{NamedShape, Shape, read_districts};

use super::{BY, FillError, FillSettings};
use crate::town::{DistrictKind, Town, ZONE};

type DistrictsOfKind = (&'static str, Vec<NamedShape>);

/// Writes all of it in one transaction.
pub(super) fn write(db: &Db, town: &Town, settings: &FillSettings) -> Result<(), FillError> {
    let (id, now) = (settings.jurisdiction.clone(), settings.now);
    let draft = jurisdiction(town);
    let boundary = Shape::from_geojson(&town.boundary_geojson())?;
    let all_districts = all_districts(town)?;
    let file: CatalogFile = catalog::file::parse(&town.catalog_toml())?;
    db.write_now(move |tx| {
        jurisdictions::add(tx, now, &BY, &id, &draft, Some(&boundary))?;
        for (kind, shapes) in &all_districts {
            districts::import(tx, now, &BY, &id, kind, shapes)?;
        }
        catalog::file::apply(tx, now, &BY, &id, &file)?;
        Ok(())
    })
}

fn jurisdiction(town: &Town) -> JurisdictionDraft {
    let contact =
        "City Hall does not exist. This is a demonstration with made-up streets, people and requests.";
    let contacto =
        "El ayuntamiento no existe. Esto es una demostración con calles, personas y solicitudes inventadas.";
    JurisdictionDraft {
        name: Text::new("en", town.labelled_name())
            .with("es", format!("{} (una ciudad inventada)", town.name)),
        zone: ZONE.to_owned(),
        languages: vec!["en".to_owned(), "es".to_owned()],
        contact: Text::new("en", contact).with("es", contacto),
        hosts: Vec::new(),
    }
}

fn all_districts(town: &Town) -> Result<Vec<DistrictsOfKind>, FillError> {
    let of_kind = |kind: DistrictKind| {
        let file = read_districts(&town.districts_geojson(kind), "code")?;
        Ok((kind.as_str(), file.districts))
    };
    DistrictKind::ALL.into_iter().map(of_kind).collect()
}
