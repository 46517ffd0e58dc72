//! The catalog of the made-up town, as the catalog file format has it.

use crate::town::{DistrictKind, Town};

/// The catalog without the crews, whose number depends on the size of the town.
const BASE: &str = include_str!("../data/catalog.toml");

/// Teams that have one crew in each works district.
const CREWS: [Crew; 2] = [
    Crew { team: "STREETS", department: "PUBLIC-WORKS", en: "Street crew", es: "Cuadrilla de calles" },
    Crew { team: "CLEAN-UP", department: "SANITATION", en: "Clean-up crew", es: "Cuadrilla de limpieza" },
];

struct Crew {
    team: &'static str,
    department: &'static str,
    en: &'static str,
    es: &'static str,
}

impl Town {
    /// The town's catalog file: departments, teams, services with their questions and targets, calendars and a notice
    /// that says the town is made up. One crew of some teams is added for each works district, and the services
    /// they share are routed by district.
    pub fn catalog_toml(&self) -> String {
        let lines = BASE.lines().map(|line| match line.strip_prefix("#by-works-district ") {
            Some(team) => self.routes(team),
            None if line == "#crews-by-works-district" => CREWS.iter().map(|crew| self.crews(crew)).collect(),
            None => line.to_owned(),
        });
        lines.map(|line| line + "\n").collect()
    }

    fn crews(&self, crew: &Crew) -> String {
        let Crew { team, department, en, es } = crew;
        let crews = self.districts_of_kind(DistrictKind::Works).map(|district| {
            let code = &district.code;
            format!(
                "\n[[team]]\ncode = \"{team}-{code}\"\nname = {{ en = \"{en} {code}\", es = \"{es} {code}\" }}\n\
                 department = \"{department}\"\n"
            )
        });
        crews.collect()
    }

    fn routes(&self, team: &str) -> String {
        let kind = DistrictKind::Works.as_str();
        let routes = self.districts_of_kind(DistrictKind::Works).map(|district| {
            let code = &district.code;
            format!("    {{ kind = \"{kind}\", code = \"{code}\", team = \"{team}-{code}\" }},\n")
        });
        format!("routes = [\n{}]", routes.collect::<String>())
    }
}
