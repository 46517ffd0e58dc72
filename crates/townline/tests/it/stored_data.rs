//! PRIV-01 and AZ-06: every column has its label, and every row its jurisdiction.

use std::collections::{BTreeMap, BTreeSet};

use testkit::{Engine, TestDatabase};

use crate::house::root;

/// The tables that belong to the program and not to a jurisdiction.
const OF_NOBODY: [&str; 2] = ["number_sequence", "schema_version"];

/// References that the operations keep whole and the database does not check: the row they name is read or written
/// by the same statement's transaction, on the path that takes thousands of reports a second.
const UNCHECKED: [&str; 16] = [
    "desk_presence.request_id",
    "open311_update.request_id",
    "request_contact.request_id",
    "request_event.request_id",
    "request_file.request_id",
    "request_follower.request_id",
    "request_idempotency.request_id",
    "request_survey.request_id",
    "request_survey.service_id",
    "service_request.department_id",
    "service_request.duplicate_of",
    "service_request.service_id",
    "service_request.team_id",
    "typical_time.service_id",
    "outbox.subject_id",
    "service_request.address_id",
];

type Rows = Vec<(String, String)>;

fn pairs(db: &TestDatabase, sql: &'static str) -> Rows {
    db.read_now(move |tx| tx.query(sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))).unwrap()
}

/// Tables and columns as the migrations made them.
fn columns(engine: Engine) -> BTreeSet<(String, String)> {
    const SQLITE: &str = "
        select t.name, c.name from sqlite_schema as t, pragma_table_info(t.name) as c
        where t.type = 'table' and t.name not like 'sqlite_%'";
    const POSTGRES: &str = "
        select table_name::text, column_name::text from information_schema.columns where table_schema = 'public'";
    let db = TestDatabase::open(engine, &[&web::SCHEMA]);
    pairs(&db, if engine == Engine::Sqlite { SQLITE } else { POSTGRES }).into_iter().collect()
}

/// The rows of the tables of a page: first cell, then the names in the others.
fn labelled(page: &str, heading: &str) -> BTreeMap<String, Vec<String>> {
    let table = page.lines().skip_while(|line| !line.starts_with(heading)).skip(2);
    let rows = table.take_while(|line| line.starts_with('|')).map(|line| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let name = cells.next().unwrap().trim_matches('`').to_owned();
        let names =
            cells.flat_map(|cell| cell.split(", ").filter(|word| !word.is_empty()).map(str::to_owned));
        (name, names.collect())
    });
    rows.collect()
}

fn page() -> String {
    std::fs::read_to_string(root().join("docs/book/data.md")).unwrap()
}

#[test]
fn priv_01_every_column_of_both_engines_has_exactly_one_label() {
    let mut in_the_book = BTreeSet::new();
    for (table, columns) in labelled(&page(), "| table |") {
        let own = if OF_NOBODY.contains(&table.as_str()) { None } else { Some("jurisdiction_id".to_owned()) };
        for column in columns.into_iter().chain(own) {
            assert!(in_the_book.insert((table.clone(), column.clone())), "{table}.{column} has two labels");
        }
    }
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let stored = columns(engine);
        let unlabelled: Vec<_> = stored.difference(&in_the_book).collect();
        let gone: Vec<_> = in_the_book.difference(&stored).collect();
        assert!(
            unlabelled.is_empty() && gone.is_empty(),
            "{engine:?}: {unlabelled:?} have no label; {gone:?} are gone"
        );
    }
}

/// The fields of each kind of event, read from the source: what a struct variant or the struct in it names.
fn event_fields() -> BTreeMap<String, Vec<String>> {
    let source = std::fs::read_to_string(root().join("crates/operate/requests/src/event.rs")).unwrap();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut kind = None;
    for line in source.lines() {
        if line == "pub struct Intake {" {
            kind = Some("Received".to_owned());
        } else if let Some(name) = line.strip_prefix("    ").and_then(|line| line.strip_suffix(" {")) {
            kind = name.chars().all(char::is_alphanumeric).then(|| name.to_owned());
        } else if matches!(line, "    }," | "}") {
            kind = None;
        } else if let (Some(kind), Some((field, _))) = (&kind, line.trim().split_once(": ")) {
            let field = field.trim_start_matches("pub ");
            if field.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                found.entry(kind.clone()).or_default().push(field.to_owned());
            }
        }
    }
    found.into_iter().filter(|(kind, _)| kind.starts_with(char::is_uppercase)).collect()
}

#[test]
fn priv_01_every_field_of_every_event_has_a_label() {
    let sorted = |mut fields: Vec<String>| {
        fields.sort();
        fields
    };
    let in_the_book: BTreeMap<_, _> =
        labelled(&page(), "| event |").into_iter().map(|(kind, fields)| (kind, sorted(fields))).collect();
    let in_the_source: BTreeMap<_, _> =
        event_fields().into_iter().map(|(kind, fields)| (kind, sorted(fields))).collect();
    assert_eq!(in_the_book, in_the_source);
}

#[test]
fn az_06_every_table_begins_its_key_with_a_jurisdiction_that_is_never_null() {
    const TABLES: &str = "
        select t.name, coalesce((select c.name from pragma_table_info(t.name) as c where c.pk = 1 and c.\"notnull\"), '')
        from sqlite_schema as t where t.type = 'table' and t.name not like 'sqlite_%'";
    let db = TestDatabase::open(Engine::Sqlite, &[&web::SCHEMA]);
    for (table, first) in pairs(&db, TABLES) {
        let expected = if OF_NOBODY.contains(&table.as_str()) { "name" } else { "jurisdiction_id" };
        assert_eq!(first, expected, "{table}");
    }
}

#[test]
fn az_06_every_reference_stays_within_its_jurisdiction() {
    const FIRST_COLUMNS: &str = "
        select t.name || ' to ' || f.\"table\", f.\"from\" from sqlite_schema as t, pragma_foreign_key_list(t.name) as f
        where t.type = 'table' and f.seq = 0";
    const REFERRING: &str = "
        select t.name, f.\"from\" from sqlite_schema as t, pragma_foreign_key_list(t.name) as f where t.type = 'table'";
    let db = TestDatabase::open(Engine::Sqlite, &[&web::SCHEMA]);
    for (reference, first) in pairs(&db, FIRST_COLUMNS) {
        assert_eq!(first, "jurisdiction_id", "{reference}");
    }
    let checked: BTreeSet<_> = pairs(&db, REFERRING).into_iter().collect();
    let named: BTreeSet<String> = columns(Engine::Sqlite)
        .into_iter()
        .filter(|(_, column)| {
            (column.ends_with("_id") && column != "jurisdiction_id") || column == "duplicate_of"
        })
        .filter(|column| !checked.contains(column))
        .map(|(table, column)| format!("{table}.{column}"))
        .filter(|column| column != "open311_update.update_id")
        .collect();
    assert_eq!(named, UNCHECKED.into_iter().map(str::to_owned).collect());
}
