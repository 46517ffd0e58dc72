//! Importing, on real files and on hostile ones.

use crate::program::{Program, TOWN, last_line, shared};
use testkit::Engine;

const BOSTON: &str = "boston.gov";

fn count(program: &Program, sql: &'static str) -> i64 {
    program.database().read_now(move |tx| tx.query_one(sql, &[], |row| row.get(0))).unwrap()
}

fn boston(program: &Program) {
    program.succeeds(&["jurisdiction", "add", BOSTON, "--name", "Boston", "--zone", "America/New_York"]);
    for (file, kind, field) in [
        ("geo/boston_wards.geojson", "ward", "WARD"),
        ("geo/boston_police_districts.geojson.gz", "police", "DISTRICT"),
    ] {
        let file = shared(&format!("data/boston-311/{file}"));
        program.succeeds(&[
            "districts",
            "import",
            &file,
            "--jurisdiction",
            BOSTON,
            "--kind",
            kind,
            "--field",
            field,
        ]);
    }
}

#[test]
fn bostons_records_are_in_twice_the_same() {
    Program::on_both(|program| {
        boston(program);
        let file = shared("data/boston-311/boston_311_2011h2.csv.gz");
        let arguments = ["import", "requests", &file, "--jurisdiction", BOSTON, "--format", "boston"];
        let first = program.succeeds(&arguments);
        assert_eq!(last_line(&first), "imported 58251, unchanged 0, rejected 0");
        let events = count(program, "select count(*) from request_event");
        let again = program.succeeds(&arguments);
        assert_eq!(last_line(&again), "imported 0, unchanged 58251, rejected 0");
        assert_eq!(count(program, "select count(*) from service_request"), 58_251);
        assert_eq!(count(program, "select count(*) from request_event"), events);
        // The figures of the file itself: ../shared/data/README.md.
        assert_eq!(count(program, "select count(*) from service_request where status = 'closed'"), 54_570);
        assert_eq!(count(program, "select count(*) from service_request where latitude is null"), 4_775);
        assert_eq!(count(program, "select count(*) from service_request where channel = 'phone'"), 28_136);
        assert_eq!(count(program, "select count(distinct service_id) from service_request"), 141);
    });
}

#[test]
fn an_imported_request_keeps_number_times_team_note_and_target() {
    let program = Program::on(Engine::Sqlite);
    boston(&program);
    let file = shared("data/boston-311/boston_311_2011h2.csv.gz");
    program.succeeds(&["import", "requests", &file, "--jurisdiction", BOSTON, "--format", "boston"]);
    let found: (String, String, String, String) = program
        .database()
        .read_now(|tx| {
            tx.query_one(
                "select cast(r.requested_at as text), cast(r.closed_at as text), cast(r.promised_at as text), t.name
                 from service_request r join team t on t.jurisdiction_id = r.jurisdiction_id and t.id = r.team_id
                 where r.number = '101000295613'",
                &[],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
        })
        .map_err(|e: db::Error| e)
        .unwrap();
    let micros = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_microsecond().to_string();
    // 2011-07-01 01:32:33, 05:06:58 and 2011-07-15 01:32:32 in Boston, four hours behind UTC.
    assert_eq!(found.0, micros("2011-07-01T05:32:33Z"));
    assert_eq!(found.1, micros("2011-07-01T09:06:58Z"));
    assert_eq!(found.2, micros("2011-07-15T05:32:32Z"));
    assert!(found.3.contains("PWDx_Street Light Outages"), "{}", found.3);
}

const MAPPING: &str = r#"
time_format = "%m/%d/%Y %H:%M"

[columns]
number = "Id"
requested = "Opened"
service = "Type"
closed = "Closed"
note = "Note"
latitude = "Lat"
longitude = "Lon"
channel = "How"

[channels]
phone = ["Call"]
"#;

#[test]
fn bad_rows_go_to_the_rejects_file_with_line_and_reason_and_the_rest_is_in() {
    Program::on_both(|program| {
        program.add_town();
        let mapping = program.write("mapping.toml", MAPPING);
        let file = program.write(
            "requests.csv",
            "Id,Opened,Type,Closed,Note,Lat,Lon,How\n\
             1,05/08/2026 16:00,Pothole,,,42.5,-71.1,Call\n\
             2,31/31/2026 16:00,Pothole,,,42.5,-71.1,Call\n\
             ,05/08/2026 16:00,Pothole,,,42.5,-71.1,Call\n\
             4,05/08/2026 16:00,Pothole,,,142.5,-71.1,Call\n\
             5,05/08/2026 16:00,Pothole,,,42.5,-71.1,Pigeon\n\
             6,05/08/2026 16:00,Pothole\n\
             7,05/08/2026 16:00,=cmd|' /C calc'!A0,05/09/2026 10:00,\"Filled, in two layers\",,,Call\n",
        );
        let rejects = program.path("rejects.csv").to_str().unwrap().to_owned();
        let out = program.succeeds(&[
            "import",
            "requests",
            &file,
            "--jurisdiction",
            TOWN,
            "--format",
            &mapping,
            "--rejects",
            &rejects,
        ]);
        assert_eq!(last_line(&out), "imported 2, unchanged 0, rejected 5");
        let written = std::fs::read_to_string(&rejects).unwrap();
        let begins: Vec<&str> =
            written.lines().skip(1).map(|line| line.split(",\"").next().unwrap()).collect();
        assert_eq!(begins.len(), 5, "{written}");
        for (line, named) in begins.iter().zip(["3,Opened", "4,Id,is empty", "5,Lat", "6,How", "7,line"]) {
            assert!(line.starts_with(named), "{line} should begin with {named}");
        }
        // What a mapping brings in stays hidden until somebody decides otherwise.
        assert_eq!(count(program, "select count(*) from service_request where public_level = 'hidden'"), 2);
    });
}

#[test]
fn a_changed_row_is_brought_up_to_date() {
    Program::on_both(|program| {
        program.add_town();
        let mapping = program.write("mapping.toml", MAPPING);
        let arguments = |file: &str| {
            program.succeeds(&["import", "requests", file, "--jurisdiction", TOWN, "--format", &mapping])
        };
        let header = "Id,Opened,Type,Closed,Note,Lat,Lon,How\n";
        let open = program.write("a.csv", &format!("{header}1,05/08/2026 16:00,Pothole,,,42.5,-71.1,Call\n"));
        let closed = program.write(
            "b.csv",
            &format!("{header}1,05/08/2026 16:00,Pothole,05/09/2026 10:00,Filled,42.5,-71.1,Call\n"),
        );
        assert_eq!(last_line(&arguments(&open)), "imported 1, unchanged 0, rejected 0");
        assert_eq!(last_line(&arguments(&closed)), "imported 1, unchanged 0, rejected 0");
        assert_eq!(count(program, "select count(*) from service_request where status = 'closed'"), 1);
        assert_eq!(last_line(&arguments(&closed)), "imported 0, unchanged 1, rejected 0");
    });
}

#[test]
fn other_servers_lists_are_read_in_json_and_xml() {
    Program::on_both(|program| {
        program.add_town();
        for (format, file, imported) in [
            ("open311-json", "spec/fixtures/boston/requests_extended_2026.json", 50),
            ("open311-json", "spec/fixtures/chicago/requests.json", 2),
            ("open311-xml", "spec/fixtures/toronto/requests_many.xml", 2),
        ] {
            let file = shared(file);
            let out =
                program.succeeds(&["import", "requests", &file, "--jurisdiction", TOWN, "--format", format]);
            assert_eq!(last_line(&out), format!("imported {imported}, unchanged 0, rejected 0"), "{file}");
        }
    });
}

#[test]
fn a_file_or_mapping_that_cannot_be_used_is_refused_with_its_name() {
    let program = Program::on(Engine::Sqlite).with_town();
    let mapping = program.write("mapping.toml", MAPPING);
    let other = program.write("other.csv", "A,B\n1,2\n");
    for (file, format, named) in [
        (other.as_str(), mapping.as_str(), "Id"),
        (other.as_str(), "bosten", "bosten"),
        (other.as_str(), "open311-json", "Open311"),
        ("missing.csv", mapping.as_str(), "missing.csv"),
    ] {
        let refused =
            program.refuses(&["import", "requests", file, "--jurisdiction", TOWN, "--format", format]);
        assert!(refused.contains(named), "{refused} should name {named}");
    }
    assert!(
        program
            .refuses(&["import", "requests", &other, "--jurisdiction", "b.example", "--format", "boston"])
            .contains("b.example")
    );
}
