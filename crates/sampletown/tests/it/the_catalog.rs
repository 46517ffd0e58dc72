use std::collections::BTreeSet;

use catalog::file::CatalogFile;
use catalog::{Datatype, PublicLevel, Stopper};
use sampletown::town::{DistrictKind, Town};

fn file(town: &Town) -> CatalogFile {
    catalog::file::parse(&town.catalog_toml()).unwrap()
}

#[test]
fn the_catalog_is_as_full_as_that_of_a_real_city() {
    let file = file(&Town::new(311, 60_000).unwrap());
    let groups: BTreeSet<&str> =
        file.services.iter().map(|service| service.draft.group.in_language("en")).collect();
    assert_eq!((file.services.len(), groups.len()), (44, 8));
    assert_eq!(file.departments.len(), 8);
    assert!(!file.notices.is_empty(), "a notice says that the town is made up");
}

#[test]
fn every_service_is_named_described_and_findable_in_english_and_spanish() {
    for service in file(&Town::new(311, 500).unwrap()).services {
        let draft = service.draft;
        for language in ["en", "es"] {
            assert!(draft.name.exactly(language).is_some(), "{} has a name in {language}", draft.code);
            assert!(
                draft.description.exactly(language).is_some(),
                "{} is described in {language}",
                draft.code
            );
            assert!(
                draft.keywords.exactly(language).is_some_and(|words| !words.is_empty()),
                "{}",
                draft.code
            );
        }
    }
}

#[test]
fn questions_of_every_type_conditions_stoppers_and_public_levels_all_occur() {
    let services = file(&Town::new(311, 500).unwrap()).services;
    let questions = || services.iter().flat_map(|service| &service.draft.questions);
    for datatype in Datatype::ALL {
        assert!(questions().any(|question| question.datatype == datatype), "{datatype:?}");
    }
    assert!(questions().any(|question| question.condition.is_some()));
    assert!(questions().any(|question| !question.variable));
    assert!(questions().any(|question| question.values.iter().any(|choice| choice.stopper.is_some())));
    let stops =
        |wanted: fn(&Stopper) -> bool| services.iter().any(|s| s.draft.stopper.as_ref().is_some_and(wanted));
    assert!(stops(|stopper| matches!(stopper, Stopper::Emergency { .. })));
    assert!(stops(|stopper| matches!(stopper, Stopper::NotOurs { .. })));
    for level in [PublicLevel::Hidden, PublicLevel::Summary, PublicLevel::Full] {
        assert!(services.iter().any(|service| service.draft.public == level), "{level:?}");
    }
}

#[test]
fn everything_that_is_taken_in_has_a_target_and_nothing_else_has_one() {
    for service in file(&Town::new(311, 500).unwrap()).services {
        assert_eq!(service.draft.stopper.is_none(), !service.targets.is_empty(), "{}", service.draft.code);
    }
}

#[test]
fn each_works_district_has_its_own_street_crew() {
    let town = Town::new(311, 120_000).unwrap();
    let file = file(&town);
    let pothole = file.services.iter().find(|service| service.draft.code == "POTHOLE").unwrap();
    let districts: Vec<&str> = town.districts_of_kind(DistrictKind::Works).map(|d| d.code.as_str()).collect();
    let routed: Vec<&str> = pothole.draft.routes.iter().map(|route| route.code.as_str()).collect();
    assert_eq!(routed, districts);
    for route in &pothole.draft.routes {
        assert!(file.teams.iter().any(|team| team.code == route.team), "{}", route.team);
    }
}
