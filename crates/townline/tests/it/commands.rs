//! The small commands: what they print, what they refuse, and with which exit code.

use crate::program::{Program, TOWN, last_line};
use testkit::Engine;

const WARDS: &str = r#"{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"WARD": 1}, "geometry": {"type": "Polygon", "coordinates": [[[-71, 42], [-70, 42], [-70, 43], [-71, 43], [-71, 42]]]}},
    {"type": "Feature", "properties": {"WARD": 2}, "geometry": null}]}"#;

const CATALOG: &str = r#"
language = "en"

[[department]]
code = "works"
name = "Public Works"

[[service]]
code = "pothole"
name = { en = "Pothole", es = "Bache" }
department = "works"
public = "full"
"#;

#[test]
fn a_jurisdiction_is_added_once() {
    Program::on_both(|program| {
        program.add_town();
        let again =
            program.refuses(&["jurisdiction", "add", TOWN, "--name", "Again", "--zone", "America/New_York"]);
        assert!(again.contains(TOWN), "{again}");
        let no_zone =
            program.refuses(&["jurisdiction", "add", "b.example", "--name", "B", "--zone", "Mars/Base"]);
        assert!(no_zone.contains("zone"), "{no_zone}");
    });
}

#[test]
fn districts_come_from_geojson_and_what_was_left_out_is_said() {
    Program::on_both(|program| {
        program.add_town();
        let file = program.write("wards.geojson", WARDS);
        let arguments =
            ["districts", "import", &file, "--jurisdiction", TOWN, "--kind", "ward", "--field", "WARD"];
        let first = program.run(&arguments);
        assert_eq!(first.out.trim(), "added 1, changed 0, unchanged 0, removed 0");
        assert!(first.err.contains("feature 1"), "{}", first.err);
        assert_eq!(program.succeeds(&arguments).trim(), "added 0, changed 0, unchanged 1, removed 0");
        let wrong =
            ["districts", "import", &file, "--jurisdiction", TOWN, "--kind", "ward", "--field", "WRAD"];
        assert!(program.refuses(&wrong).contains("WRAD"));
    });
}

#[test]
fn a_catalog_goes_in_and_comes_out_the_same() {
    Program::on_both(|program| {
        program.add_town();
        let file = program.write("catalog.toml", CATALOG);
        program.succeeds(&["catalog", "import", &file, "--jurisdiction", TOWN]);
        let exported = program.succeeds(&["catalog", "export", "--jurisdiction", TOWN]);
        let again = program.write("again.toml", &exported);
        program.succeeds(&["catalog", "import", &again, "--jurisdiction", TOWN]);
        assert_eq!(program.succeeds(&["catalog", "export", "--jurisdiction", TOWN]), exported);
        assert!(exported.contains("Bache"), "{exported}");
    });
}

#[test]
fn priv_02_hiding_a_service_hides_the_requests_it_already_has() {
    Program::on_both(|program| {
        program.add_town();
        let file = program.write("a.csv", "n,t,s\n1,2026-05-08T16:00:00Z,pothole\n");
        let mapping =
            program.write("m.toml", "[columns]\nnumber = \"n\"\nrequested = \"t\"\nservice = \"s\"\n");
        let catalog = program.write("catalog.toml", CATALOG);
        program.succeeds(&["catalog", "import", &catalog, "--jurisdiction", TOWN]);
        program.succeeds(&["import", "requests", &file, "--jurisdiction", TOWN, "--format", &mapping]);
        let level = || {
            let sql = "select public_level from service_request";
            program.database().read_now(move |tx| tx.query_one(sql, &[], |row| row.get::<String>(0))).unwrap()
        };
        assert_eq!(level(), "full");
        let hidden =
            program.write("hidden.toml", &CATALOG.replace("public = \"full\"", "public = \"hidden\""));
        program.succeeds(&["catalog", "import", &hidden, "--jurisdiction", TOWN]);
        assert_eq!(level(), "hidden");
    });
}

#[test]
fn a_mistake_in_a_catalog_is_named_with_file_and_line_and_nothing_is_stored() {
    let program = Program::on(Engine::Sqlite).with_town();
    let before = program.succeeds(&["catalog", "export", "--jurisdiction", TOWN]);
    let file = program.write("catalog.toml", &CATALOG.replace("\"works\"\npublic", "\"wokrs\"\npublic"));
    let refused = program.refuses(&["catalog", "import", &file, "--jurisdiction", TOWN]);
    assert!(
        refused.contains("catalog.toml") && refused.contains("line 11") && refused.contains("wokrs"),
        "{refused}"
    );
    assert_eq!(program.succeeds(&["catalog", "export", "--jurisdiction", TOWN]), before);
}

#[test]
fn auth_01_a_person_is_added_with_a_password_from_standard_input() {
    Program::on_both(|program| {
        program.add_town();
        let arguments = ["user", "add", "ana@springfield.example", "--jurisdiction", TOWN, "--role", "agent"];
        let weak = program.run_with_input(&arguments, "short\n");
        assert_eq!(weak.code, 2, "{weak:?}");
        let added = program.run_with_input(&arguments, "seven green lanterns float\n");
        assert_eq!(added.code, 0, "{added:?}");
        let twice = program.run_with_input(&arguments, "seven green lanterns float\n");
        assert_eq!(twice.code, 2, "{twice:?}");
        assert!(!format!("{weak:?}{added:?}{twice:?}").contains("lanterns"));
    });
}

#[test]
fn auth_07_links_to_set_a_password_are_printed_alone_on_standard_output() {
    Program::on_both(|program| {
        program.add_town();
        let ana = ["ana@springfield.example", "--jurisdiction", TOWN];
        let site = ["--public-url", "https://311.example/"];
        let unknown = [&["user", "reset"][..], &ana, &site].concat();
        assert!(program.refuses(&unknown).contains("nobody signs in with this address"));
        let invite = [&["user", "invite"][..], &ana, &["--role", "agent"], &site].concat();
        let first = program.succeeds(&invite);
        let start = format!("https://311.example/j/{TOWN}/password/invitation/");
        assert!(first.starts_with(&start) && first.lines().count() == 1, "{first}");
        assert_eq!(first.trim().len(), start.len() + 43, "256 bits: {first}");
        assert!(program.refuses(&invite).contains("already signs in"));
        // Nobody has set a password yet: what was forgotten is the invitation.
        let again = program.succeeds(&[&["user", "reset"][..], &ana, &site].concat());
        assert!(again.starts_with(&start) && again != first, "{again}");
    });
}

#[test]
fn auth_10_a_key_is_shown_once_alone_on_standard_output() {
    Program::on_both(|program| {
        program.add_town();
        let out = program.succeeds(&["key", "add", "--jurisdiction", TOWN, "--scope", "open311:create"]);
        let key = out.trim();
        assert!(out.lines().count() == 1 && key.len() >= 30 && !key.contains(' '), "{out}");
        let unknown = program.run(&["key", "add", "--jurisdiction", TOWN, "--scope", "everything"]);
        assert_eq!(unknown.code, 2, "{unknown:?}");
        assert!(
            program
                .refuses(&["key", "add", "--jurisdiction", "b.example", "--scope", "open311:create"])
                .contains("b.example")
        );
    });
}

#[test]
fn aud_03_verify_walks_the_chain_and_names_the_broken_entry() {
    Program::on_both(|program| {
        program.add_town();
        let whole = program.succeeds(&["verify"]);
        assert!(last_line(&whole).contains("unbroken"), "{whole}");
        tamper(program);
        let broken = program.run(&["verify"]);
        assert_eq!(broken.code, 1, "{broken:?}");
        assert!(broken.err.contains(TOWN) && broken.err.contains("entry 1"), "{broken:?}");
    });
}

/// Edits the first entry as somebody with the database's own tools would, past the triggers.
fn tamper(program: &Program) {
    let address = program.database().address();
    if let Some(path) = address.strip_prefix("sqlite:") {
        let raw = rusqlite::Connection::open(path).unwrap();
        let triggers: Vec<String> = raw
            .prepare("select name from sqlite_master where type = 'trigger' and tbl_name = 'audit_entry'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for trigger in triggers {
            raw.execute_batch(&format!("drop trigger {trigger}")).unwrap();
        }
        raw.execute_batch("update audit_entry set action = 'nothing' where seq = 1").unwrap();
    } else {
        let mut raw = postgres::Client::connect(address, postgres::NoTls).unwrap();
        raw.batch_execute("alter table audit_entry disable trigger all; update audit_entry set action = 'nothing' where seq = 1").unwrap();
    }
}

#[test]
fn cfg_03_serve_refuses_settings_it_does_not_know() {
    let program = Program::on(Engine::Sqlite);
    let file = program.write("townline.toml", "lisen = \"127.0.0.1:1\"");
    assert!(program.refuses(&["serve", "--config", &file]).contains("lisen"));
    let output = program.command(&["serve"]).env("TOWNLINE_LISEN", "x").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("TOWNLINE_LISEN"));
}

#[test]
fn a_database_that_cannot_be_opened_is_said_plainly_without_its_password() {
    let program = Program::on(Engine::Sqlite);
    let ran = program.run(&["verify", "--database", "postgres://u:secret@127.0.0.1:1/x"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("database") && !ran.err.contains("secret"), "{ran:?}");
}

#[test]
fn auth_04_whether_a_second_factor_is_required_is_set_on_the_machine() {
    Program::on_both(|program| {
        program.add_town();
        let said = program.succeeds(&["jurisdiction", "second-factor", TOWN, "optional"]);
        assert_eq!(said.trim(), format!("the second factor is optional in {TOWN}"));
        program.succeeds(&["jurisdiction", "second-factor", TOWN, "required"]);
        assert!(
            program
                .refuses(&["jurisdiction", "second-factor", "b.example", "optional"])
                .contains("not served")
        );
    });
}

const STREETS: &str = r#"{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"S": "Elm Street", "A": 1, "B": 99}, "geometry": {"type": "LineString", "coordinates": [[-71.1, 42.3], [-71.09, 42.3]]}},
    {"type": "Feature", "properties": {"S": "Oak Avenue"}, "geometry": {"type": "Point", "coordinates": [-71.1, 42.3]}}]}"#;

#[test]
fn a_map_comes_from_geojson_and_the_same_file_again_changes_nothing() {
    Program::on_both(|program| {
        program.add_town();
        let file = program.write("streets.geojson", STREETS);
        let import = |kind: &str, field: &str| {
            let fields = ["--field", field, "--field", "from_left=A", "--field", "to_left=B"];
            let command = ["places", "import", &file, "--jurisdiction", TOWN, "--kind", kind];
            program.run(&[command.as_slice(), fields.as_slice()].concat())
        };
        let first = import("street", "name=S");
        assert_eq!(last_line(&first.out), "imported 1, unchanged 0, rejected 1");
        assert!(first.err.contains("features[1]"), "{}", first.err);
        assert_eq!(last_line(&import("street", "name=S").out), "imported 0, unchanged 1, rejected 1");
        assert!(import("street", "name=NAME").err.contains("NAME"));
        assert!(import("street", "title=S").err.contains("title"));
        assert!(import("canal", "name=S").err.contains("canal"));
    });
}
