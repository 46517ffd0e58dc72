//! How residents ask for each service and how crews answer, read from `data/behaviour.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::weather::Weather;

/// All services that a history has requests for.
#[derive(Debug, Deserialize)]
pub(crate) struct Behaviour {
    pub(crate) notes: Notes,
    service: Vec<ServiceBehaviour>,
}

/// What is said whatever the service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notes {
    pub(crate) no_action: Vec<String>,
    pub(crate) not_ours: Vec<String>,
    pub(crate) could_not: Vec<String>,
    pub(crate) withdrawn: Vec<String>,
    pub(crate) duplicate: Vec<String>,
    pub(crate) refused: Vec<String>,
    pub(crate) waiting: Vec<String>,
    pub(crate) reopened: Vec<String>,
    pub(crate) tails_en: Vec<String>,
    pub(crate) tails_es: Vec<String>,
}

/// One service. The fields are explained at the head of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceBehaviour {
    pub(crate) code: String,
    pub(crate) share: f64,
    pub(crate) place: PlaceHabit,
    pub(crate) pace: f64,
    pub(crate) spread: f64,
    #[serde(default = "no_season")]
    pub(crate) season: [f64; 12],
    #[serde(default)]
    pub(crate) storm: f64,
    #[serde(default)]
    weather: BTreeMap<WeatherCause, f64>,
    pub(crate) en: Vec<String>,
    pub(crate) es: Vec<String>,
    pub(crate) done: Vec<String>,
}

/// Where requests for a service are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PlaceHabit {
    /// Along streets, main roads more often.
    Street,
    /// Where people live.
    Home,
    /// At intersections.
    Corner,
    /// In a park.
    Park,
    /// At a few places again and again.
    Hot,
    /// About no place.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WeatherCause {
    Rain,
    Snow,
    Cold,
    Wind,
}

fn no_season() -> [f64; 12] {
    [1.0; 12]
}

impl Behaviour {
    /// The file that ships with the crate.
    pub(crate) fn bundled() -> Behaviour {
        toml::from_str(include_str!("../data/behaviour.toml")).expect("the bundled file is parsed by a test")
    }

    pub(crate) fn services(&self) -> &[ServiceBehaviour] {
        &self.service
    }
}

impl ServiceBehaviour {
    /// How much more is asked for on a day with this weather than on a mild one.
    pub(crate) fn weather_factor(&self, weather: &Weather) -> f64 {
        self.weather.iter().fold(1.0, |sum, (cause, strength)| sum + strength * cause.amount(weather))
    }
}

impl WeatherCause {
    fn amount(self, weather: &Weather) -> f64 {
        match self {
            WeatherCause::Rain => weather.rain_mm / 10.0,
            WeatherCause::Snow => weather.snow_cm,
            WeatherCause::Cold => ((-5.0 - weather.low_c) / 10.0).clamp(0.0, 2.0),
            WeatherCause::Wind => ((weather.wind_km_h - 35.0) / 10.0).max(0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_file_is_complete() {
        let behaviour = Behaviour::bundled();
        assert_eq!(behaviour.services().len(), 39);
        for service in behaviour.services() {
            assert!(service.share > 0.0 && service.pace > 0.0 && service.spread > 0.0, "{}", service.code);
            assert!(
                service.en.len() >= 3 && service.es.len() >= 2 && service.done.len() >= 2,
                "{}",
                service.code
            );
        }
    }

    #[test]
    fn texts_use_only_the_slots_that_are_filled() {
        for service in Behaviour::bundled().services() {
            for text in service.en.iter().chain(&service.es).chain(&service.done) {
                let rest = text.replace("{address}", "").replace("{street}", "").replace("{days}", "");
                assert!(!rest.contains(['{', '}']), "{}: {text}", service.code);
            }
        }
    }
}
