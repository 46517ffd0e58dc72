//! A catalog written out and read in again is the same catalog.

use catalog::file::Changes;
use catalog::{Keywords, ServiceDraft, Text, services};
use jiff::ToSpan;

use crate::town::{EXAMPLE, PROGRAM, at, in_an_empty_town, in_town, now, service};

#[test]
fn an_exported_catalog_imported_elsewhere_exports_the_same_text() {
    in_town(|town| {
        let first = town.export();
        in_an_empty_town(|other| {
            other.apply(&first).unwrap();
            assert_eq!(other.export(), first);
        });
    });
}

#[test]
fn a_file_applied_twice_changes_nothing_the_second_time() {
    in_town(|town| {
        let version = town.version();
        let changes = town.apply(EXAMPLE).unwrap();
        assert_eq!(changes, Changes { unchanged: 22, ..Changes::default() });
        assert_eq!(town.version(), version);
    });
}

#[test]
fn the_export_of_a_catalog_changes_nothing_where_it_came_from() {
    in_town(|town| {
        let text = town.export();
        let changes = town.apply(&text).unwrap();
        assert_eq!((changes.added, changes.changed), (0, 0), "{text}");
    });
}

#[test]
fn what_a_file_does_not_mention_stays() {
    in_town(|town| {
        let one_more = "
            language = \"en\"
            [[service]]
            code = \"bench\"
            name = \"Broken bench\"
            department = \"public-works\"";
        assert_eq!(town.apply(one_more).unwrap().added, 1);
        assert_eq!(town.catalog().services().len(), 8);
    });
}

#[test]
fn the_hour_that_comes_twice_keeps_its_instant() {
    in_an_empty_town(|town| {
        let notice = |from: &str| {
            format!("language = \"en\"\n[[notice]]\ncode = \"n\"\ntext = \"Clocks change.\"\nfrom = {from}\n")
        };
        // 01:30 is shown twice on this night in New York; this is the second time.
        town.apply(&notice("2026-11-01T01:30:00-05:00")).unwrap();
        assert_eq!(town.catalog().all_notices()[0].from, at("2026-11-01T06:30:00Z"));
        let text = town.export();
        assert!(text.contains("from = 2026-11-01T06:30:00Z"), "{text}");
        town.apply(&text).unwrap();
        assert_eq!(town.catalog().all_notices()[0].from, at("2026-11-01T06:30:00Z"));
    });
}

#[test]
fn dates_in_a_file_begin_at_midnight_in_the_town() {
    in_town(|town| {
        let catalog = town.catalog();
        let pothole = catalog.service_by_code("pothole").unwrap();
        let midnight = at("2026-07-01T04:00:00Z");
        assert_eq!(catalog.targets(pothole)[1].effective_from, midnight);
        let just_before = midnight.checked_sub(1.microsecond()).unwrap();
        assert_eq!(catalog.target_at(pothole, just_before).unwrap().version, 1);
    });
}

#[test]
fn words_that_look_like_toml_come_back_as_they_were() {
    in_town(|town| {
        let nasty = [
            "\"quoted\" and \\ back\\slashed",
            "it's '''three''' and \"\"\"three\"\"\"",
            "# no comment = [x]",
            " blanks around ",
            "tab\tand\nlines\n",
            "\n\nleading lines",
            "{ en = \"x\" }",
            "naïve 公園 🐿️ \u{200D}",
            "\\u0041",
        ];
        for words in nasty {
            let mut draft = ServiceDraft::new("nasty", Text::new("en", "Nasty"), "town-clerk");
            draft.description = Text::new("en", words).with("es", words);
            draft.keywords = Keywords::new("en", vec![words.replace(['\n', '\t', ','], " ")]);
            town.write(move |tx, id| services::save(tx, now(), &PROGRAM, id, &draft)).unwrap();
            let (text, before) = (town.export(), service(&town.catalog(), "nasty").clone());
            town.apply(&text).unwrap();
            assert_eq!(*service(&town.catalog(), "nasty"), before, "{text}");
            assert_eq!(town.export(), text);
        }
    });
}
