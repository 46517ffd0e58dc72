//! The districts of a town as people read them: kinds by their names, codes in the order of their numbers.

use std::borrow::Cow;

use crate::form::query_string;
use crate::page::{Choice, Page};
use crate::visit::Visit;

/// All districts of one kind.
pub(super) struct Kind {
    /// Its word in addresses and tiles: `police-district`.
    pub(super) code: String,
    /// "Police districts".
    pub(super) name: String,
    /// Each district's name and the way to its part of the map.
    pub(super) districts: Vec<(String, String)>,
}

/// Every kind, by name.
pub(super) fn kinds(visit: &Visit, page: &Page) -> Vec<Kind> {
    let districts = visit.catalog.districts();
    let kind = |kind: &str| Kind {
        code: kind.to_owned(),
        name: kind_name(page, kind),
        districts: named(visit, kind).into_iter().map(|(name, value)| (name, link(page, &value))).collect(),
    };
    let mut kinds: Vec<Kind> = districts.kinds().into_iter().map(kind).collect();
    kinds.sort_by(|a, b| a.name.cmp(&b.name));
    kinds
}

/// What a filter offers: anywhere, or one district.
pub(super) fn choices(visit: &Visit, page: &Page) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", page.say("filter-district-all"))];
    let kinds = kinds(visit, page);
    for kind in &kinds {
        choices.extend(
            named(visit, &kind.code)
                .into_iter()
                .map(|(name, value)| Choice::new(value, format!("{}: {name}", kind.name))),
        );
    }
    choices
}

/// The districts of one kind as (name, `kind:code`), in the order of their numbers, then of their names.
fn named(visit: &Visit, kind: &str) -> Vec<(String, String)> {
    let mut districts: Vec<_> = visit.catalog.districts().iter().filter(|one| one.kind == kind).collect();
    districts.sort_by_cached_key(|district| number_and_rest(&district.code));
    let name = |district: &&geography::District| {
        let name = match &district.name {
            Some(name) if *name != district.code => format!("{} {name}", district.code),
            _ => district.code.clone(),
        };
        (name, format!("{kind}:{}", district.code))
    };
    districts.iter().map(name).collect()
}

/// "2" before "10", and "10A" behind "10".
fn number_and_rest(code: &str) -> (u64, String) {
    let figures = code.len() - code.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (code[..figures].parse().unwrap_or(u64::MAX), code[figures..].to_owned())
}

/// Kinds that most towns have are called by our words, the others by their own.
pub(crate) fn kind_name(page: &Page, kind: &str) -> String {
    let key = match kind {
        "ward" => "district-kind-ward",
        "neighborhood" => "district-kind-neighborhood",
        "police" | "police-district" => "district-kind-police",
        "zip" => "district-kind-zip",
        "works" | "works-district" => "district-kind-works",
        "precinct" => "district-kind-precinct",
        "council" | "council-district" => "district-kind-council",
        _ => return spelled_out(kind),
    };
    page.say(key).into_owned()
}

fn spelled_out(kind: &str) -> String {
    let words = kind.replace(['-', '_'], " ");
    let mut letters = words.chars();
    let first: Cow<'_, str> =
        letters.next().map_or("".into(), |first| first.to_uppercase().to_string().into());
    format!("{first}{}", letters.as_str())
}

fn link(page: &Page, value: &str) -> String {
    page.url(&format!("/map{}", query_string([("district", value)])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_are_in_the_order_of_their_numbers() {
        let mut codes = ["10", "B", "2", "10A", "A", "1-2", "1-10"];
        codes.sort_by_key(|code| number_and_rest(code));
        assert_eq!(codes, ["1-10", "1-2", "2", "10", "10A", "A", "B"]);
        assert_eq!(spelled_out("street_sweeping-zone"), "Street sweeping zone");
    }
}
