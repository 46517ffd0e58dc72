use access::{Actor, JurisdictionId};
use catalog::*;
use geography::Point;
use jiff::{SignedDuration, Timestamp};
use requests::import::*;
use requests::*;
use std::sync::Arc;
use std::time::Instant;

fn cpu() -> f64 {
    let s = std::fs::read_to_string("/proc/self/stat").unwrap();
    let f: Vec<&str> = s.rsplit(')').next().unwrap().split_whitespace().collect();
    (f[11].parse::<f64>().unwrap() + f[12].parse::<f64>().unwrap()) / 100.0
}
fn main() {
    let url = std::env::args().nth(1).unwrap();
    let rows: i64 = std::env::args().nth(2).unwrap().parse().unwrap();
    let db = db::Db::open(&url, [7; 32]).unwrap();
    db.migrate(&[&requests::SCHEMA]).unwrap();
    let id: JurisdictionId = "elm.example".parse().unwrap();
    let by = Actor::System("import");
    let now: Timestamp = "2026-05-08T20:00:00Z".parse().unwrap();
    let mut toml = String::from(
        "language = \"en\"\ndefault_calendar = \"w\"\n[calendar.w]\nzone = \"America/New_York\"\nholidays=[\"us-federal\"]\n[calendar.w.hours]\n",
    );
    for d in ["monday", "tuesday", "wednesday", "thursday", "friday"] {
        toml += &format!("{d} = \"09:00-17:00\"\n");
    }
    toml += "[[department]]\ncode = \"works\"\nname = \"Works\"\n";
    for t in 0..40 {
        toml += &format!("[[team]]\ncode = \"t{t}\"\nname = \"T{t}\"\ndepartment = \"works\"\n");
    }
    for s in 0..100 {
        toml += &format!(
            "[[service]]\ncode = \"s{s}\"\nname = \"S{s}\"\npublic = \"{}\"\ndepartment = \"works\"\nteam = \"t{}\"\n[[service.target]]\nfrom = 2020-01-01\nfirst_response=\"4 working hours\"\nresolution = \"3 working days\"\n",
            if s % 4 == 0 { "summary" } else { "full" },
            s % 40
        );
    }
    let i2 = id.clone();
    let catalog = db
        .write_now(move |tx| {
            if jurisdictions::find(tx, &i2)?.is_none() {
                jurisdictions::add(
                    tx,
                    now,
                    &Actor::System("x"),
                    &i2,
                    &JurisdictionDraft::new(Text::new("en", "Elm"), "America/New_York"),
                    None,
                )?;
                file::apply(tx, now, &Actor::System("x"), &i2, &file::parse(&toml).unwrap())?;
            }
            Catalog::load(tx, &i2)
        })
        .unwrap();
    let catalog = Arc::new(catalog);
    let services: Vec<ServiceId> =
        (0..100).map(|s| catalog.service_by_code(&format!("s{s}")).unwrap().id).collect();
    let start: Timestamp = "2024-05-08T00:00:00Z".parse().unwrap();
    let mut seed = 12345_u64;
    let mut rnd = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as f64 / (1u64 << 53) as f64
    };
    let have: i64 = db
        .read_now(|tx| tx.query_one("select count(*) from service_request", &[], |r| r.get(0)))
        .unwrap_or_else(|e: db::Error| panic!("{e}"));
    let t = Instant::now();
    let c0 = cpu();
    let mut n = have;
    while n < rows {
        let batch: Vec<ImportedRequest> = (n..(n + 500).min(rows)).map(|n| {
            let requested_at = start + SignedDuration::from_secs(n * 63_000_000 / rows);
            let u = rnd(); let s = ((u * u * 100.0) as usize).min(99);
            // clustered in the middle
            let lat = 42.30 + (rnd() + rnd()) * 0.05; let lon = -71.12 + (rnd() + rnd()) * 0.05;
            let open = n > rows * 94 / 100 || n % 50 == 0;
            ImportedRequest { number: format!("{}", 101_000_000_000 + n), service: services[s], department: None, team: catalog.service(services[s]).unwrap().team, channel: Channel::Phone, requested_at, updated_at: None, target_at: Some(requested_at + SignedDuration::from_hours(72)), description: "There is a big hole in the street right by the bus stop, it has been there for weeks now".into(), place: Place { point: Point::new(lat, lon).ok(), address: Some("12 Elm Street Boston MA".into()), zip: Some("02118".into()), ..Place::default() }, answers: Answers::default(), media_urls: vec![], confidential: false,
              steps: if open { vec![] } else { vec![closing(&catalog, requested_at + SignedDuration::from_secs((rnd() * 900_000.0) as i64), Outcome::Done, "Case Resolved. Pothole was filled by district crew").unwrap()] } }
        }).collect();
        let len = batch.len() as i64;
        let c = catalog.clone();
        let by = by.clone();
        let tally = db.write_now(move |tx| put_batch(tx, now, &by, &c, &batch)).unwrap();
        assert!(tally.rejected.is_empty(), "{:?}", tally.rejected);
        n += len;
    }
    if n > have {
        println!(
            "import cpu {:.1} us/row; {:.0} rows/s",
            (cpu() - c0) * 1e6 / (n - have) as f64,
            (n - have) as f64 / t.elapsed().as_secs_f64()
        );
    }
    if url.starts_with("postgres") {
        let _ = std::process::Command::new("true");
    }

    // creates, 64 threads
    let per = 400;
    for round in 0..2 {
        let t = Instant::now();
        let c0 = cpu();
        std::thread::scope(|s| {
            for th in 0..64 {
                let (db, catalog, services) = (&db, &catalog, &services);
                s.spawn(move || for k in 0..per {
            let new = NewRequest { service: services[(th * 7 + k) % 100], place: Place { point: Point::new(42.35 + th as f64 / 2000.0, -71.06).ok(), address: Some("12 Elm Street Boston MA".into()), ..Place::default() }, description: "There is a big hole in the street right by the bus stop, it has been there for weeks now".into(), answers: Answers::default(), contact: None, channel: Channel::App, media_urls: vec![], files: vec![], confidential: false, idempotency: None };
            let c = catalog.clone();
            let now = now + SignedDuration::from_millis((k * 64 + th) as i64 + round * 100_000);
            db.write_now(move |tx| create(tx, now, &Actor::Resident, &c, &new)).unwrap();
        });
            }
        });
        println!(
            "create cpu {:.1} us each; {:.0}/s",
            (cpu() - c0) * 1e6 / (64 * per) as f64,
            (64 * per) as f64 / t.elapsed().as_secs_f64()
        );
    }
    let by = Actor::System("x");
    let center = Point::new(42.35, -71.07).unwrap();
    let near = |r| Some(Area::Near { center, radius_m: r });
    let dates = Range {
        from: Some("2025-11-01T00:00:00Z".parse().unwrap()),
        until: Some("2026-01-20T00:00:00Z".parse().unwrap()),
    };
    let page = Page::first(50);
    let public: Vec<(&str, Filter, Page)> = vec![
        ("newest", Filter::default(), page.clone()),
        ("page 20", Filter::default(), Page::number(20, 50)),
        ("page 1000", Filter::default(), Page::number(1000, 50)),
        ("dates", Filter { requested: dates, ..Filter::default() }, page.clone()),
        ("service", Filter { services: vec![services[3]], ..Filter::default() }, page.clone()),
        (
            "rare service+closed+dates+1km",
            Filter {
                services: vec![services[95]],
                open: Some(false),
                requested: dates,
                area: near(1000.0),
                ..Filter::default()
            },
            page.clone(),
        ),
        (
            "hot service+closed+dates+1km",
            Filter {
                services: vec![services[0]],
                open: Some(false),
                requested: dates,
                area: near(1000.0),
                ..Filter::default()
            },
            page.clone(),
        ),
        (
            "service+open+dates+1km",
            Filter {
                services: vec![services[3]],
                open: Some(true),
                requested: dates,
                area: near(1000.0),
                ..Filter::default()
            },
            page.clone(),
        ),
        (
            "service+closed+150m",
            Filter { services: vec![services[3]], open: Some(false), area: near(150.0), ..Filter::default() },
            page.clone(),
        ),
        (
            "3 services closed dates",
            Filter {
                services: vec![services[3], services[50], services[90]],
                open: Some(false),
                requested: dates,
                ..Filter::default()
            },
            page.clone(),
        ),
        ("1km", Filter { area: near(1000.0), ..Filter::default() }, page.clone()),
        ("100m open", Filter { open: Some(true), area: near(100.0), ..Filter::default() }, page.clone()),
        ("3km dates", Filter { requested: dates, area: near(3000.0), ..Filter::default() }, page.clone()),
        (
            "empty corner",
            Filter {
                area: Some(Area::Near { center: Point::new(42.301, -71.119).unwrap(), radius_m: 100.0 }),
                ..Filter::default()
            },
            page.clone(),
        ),
        (
            "updated last days",
            Filter {
                updated: Range { from: Some("2026-05-04T00:00:00Z".parse().unwrap()), until: None },
                ..Filter::default()
            },
            page.clone(),
        ),
        ("open", Filter { open: Some(true), ..Filter::default() }, page.clone()),
        ("open dates 2025", Filter { open: Some(true), requested: dates, ..Filter::default() }, page.clone()),
        (
            "60 numbers",
            Filter {
                numbers: (0..60).map(|k| format!("{}", 101_000_000_000_i64 + k * 1000)).collect(),
                ..Filter::default()
            },
            page.clone(),
        ),
    ];
    for (name, filter, page) in public {
        let id = id.clone();
        let found = {
            let (id, f, p) = (id.clone(), filter.clone(), page.clone());
            db.read_now(move |tx| list_public(tx, &id, &f, &p)).unwrap().items.len()
        };
        let mut times: Vec<f64> = (0..40)
            .map(|_| {
                let (id, f, p) = (id.clone(), filter.clone(), page.clone());
                let t = Instant::now();
                db.read_now(move |tx| list_public(tx, &id, &f, &p)).unwrap();
                t.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:35} {found:3} rows p50 {:.2} ms max {:.2}", times[20], times[39]);
    }
    let team = catalog.team_by_code("t3").unwrap().id;
    let staff: Vec<(&str, Filter, Order)> = vec![
        ("staff due all", Filter::default(), Order::Due),
        ("staff due team", Filter { hands: Some(Hands::Team(team)), ..Filter::default() }, Order::Due),
        ("staff due nobody", Filter { hands: Some(Hands::Nobody), ..Filter::default() }, Order::Due),
        (
            "staff overdue team",
            Filter { hands: Some(Hands::Team(team)), overdue_at: Some(now), ..Filter::default() },
            Order::Due,
        ),
        (
            "staff waiting newest",
            Filter { statuses: vec![Status::Waiting], open: Some(true), ..Filter::default() },
            Order::Newest,
        ),
        ("staff team newest", Filter { hands: Some(Hands::Team(team)), ..Filter::default() }, Order::Newest),
        (
            "staff text 90d",
            Filter { text: Some("zzz".into()), requested: dates, ..Filter::default() },
            Order::Newest,
        ),
    ];
    for (name, filter, order) in staff {
        let mut times: Vec<f64> = (0..20)
            .map(|_| {
                let (id, f, by) = (id.clone(), filter.clone(), by.clone());
                let t = Instant::now();
                db.read_now(move |tx| list(tx, &by, &id, &f, order, &Page::first(50))).unwrap();
                t.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:35} p50 {:.2} ms max {:.2}", times[10], times[19]);
    }
    let (i2, by2) = (id.clone(), by.clone());
    let t = Instant::now();
    db.read_now(move |tx| workload(tx, &by2, &i2, None, now)).unwrap();
    println!("workload {:.2} ms", t.elapsed().as_secs_f64() * 1e3);
    let i2 = id.clone();
    let t = Instant::now();
    db.read_now(move |tx| typical::measure(tx, now, &i2)).unwrap();
    println!("typical {:.2} ms", t.elapsed().as_secs_f64() * 1e3);
    let i2 = id.clone();
    let t = Instant::now();
    db.read_now(move |tx| updates(tx, &i2, &dates, 1000)).unwrap();
    println!("updates {:.2} ms", t.elapsed().as_secs_f64() * 1e3);
}
