use jiff::SignedDuration;
use requests::import::{ImportedRequest, closing, put_batch};
use requests::typical::{self, CLOSINGS_MIN, WINDOW};
use requests::{Outcome, Status};

use crate::importing::record;
use crate::town::{FRIDAY, PROGRAM, Town, at, hours, in_town};

/// As many closings as given, the n-th after n days.
fn closings(town: &Town<'_>, service: &str, count: usize, outcome: Outcome, back: SignedDuration) {
    let records: Vec<ImportedRequest> = (1..=i64::try_from(count).unwrap())
        .map(|day| {
            let closed_at = at(FRIDAY) - back;
            let requested_at = closed_at - hours(24 * day);
            let steps = vec![closing(&town.catalog, closed_at, outcome, "").unwrap()];
            let number = format!("{service}-{}-{}-{day}", outcome.as_str(), back.as_hours());
            ImportedRequest { service: town.service(service), requested_at, steps, ..record(town, &number) }
        })
        .collect();
    town.write(move |tx, catalog| put_batch(tx, at(FRIDAY), &PROGRAM, catalog, &records)).unwrap();
}

#[test]
fn eight_of_ten_recent_real_closings_make_the_typical_time() {
    in_town(|town| {
        closings(town, "pothole", 10, Outcome::Done, hours(1));
        // Too old, not done, too few.
        closings(town, "pothole", 10, Outcome::Done, WINDOW + hours(1));
        closings(town, "pothole", 10, Outcome::NotOurs, hours(1));
        closings(town, "graffiti", CLOSINGS_MIN - 1, Outcome::Done, hours(1));
        let measured = town.read(|tx, id| typical::measure(tx, at(FRIDAY), id)).unwrap();
        town.write(move |tx, catalog| typical::keep(tx, at(FRIDAY), &catalog.jurisdiction.id, &measured))
            .unwrap();
        let (pothole, graffiti) = (town.service("pothole"), town.service("graffiti"));
        let of = |service| town.read(move |tx, id| typical::of(tx, id, service)).unwrap();
        let typical = of(pothole).unwrap();
        assert_eq!((typical.days(), typical.closings), (8, 10));
        assert_eq!(of(graffiti), None);
        assert_eq!(town.read(typical::all).unwrap().len(), 1);
    });
}

#[test]
fn measuring_again_forgets_what_no_longer_holds() {
    in_town(|town| {
        closings(town, "pothole", 10, Outcome::Done, hours(1));
        for (now, services) in [(at(FRIDAY), 1), (at(FRIDAY) + WINDOW, 0)] {
            let measured = town.read(move |tx, id| typical::measure(tx, now, id)).unwrap();
            town.write(move |tx, catalog| typical::keep(tx, now, &catalog.jurisdiction.id, &measured))
                .unwrap();
            assert_eq!(town.read(typical::all).unwrap().len(), services);
        }
        assert_eq!(town.view(first(town)).state.status(), Status::Closed);
    });
}

fn first(town: &Town<'_>) -> requests::RequestId {
    town.read(|tx, id| requests::id_of(tx, id, "pothole-done-1-1")).unwrap().unwrap()
}
