use requests::{LeaveToken, Outcome, RequestError, news};

use crate::town::{FRIDAY, Town, at, hours, in_town};

const NOTE: &str = "We filled the hole beside the bus stop this morning.";

fn follow(town: &Town<'_>, number: &str, email: &'static str) -> Result<Option<LeaveToken>, RequestError> {
    let number = number.to_owned();
    town.write(move |tx, catalog| {
        requests::follow(tx, at(FRIDAY), &catalog.jurisdiction.id, &number, email, Some("es"))
    })
}

fn listeners(town: &Town<'_>, id: requests::RequestId) -> Vec<String> {
    let all = town.read(move |tx, jurisdiction| news::listeners(tx, jurisdiction, id)).unwrap();
    all.into_iter().filter_map(|listener| listener.contact.email).collect()
}

#[test]
fn followers_hear_of_the_request_until_they_leave() {
    in_town(|town| {
        let created = town.report("pothole");
        let token = follow(town, &created.number, "sam@mail.example").unwrap().unwrap();
        assert_eq!(follow(town, &created.number, "sam@mail.example").unwrap(), None);
        assert_eq!(listeners(town, created.id), ["sam@mail.example"]);
        town.act(&town.ana(), at(FRIDAY), created.id, requests::accept).unwrap();
        assert_eq!(town.news().len(), 1);

        let token: LeaveToken = token.to_string().parse().unwrap();
        let leave = || {
            let token = token.clone();
            town.write(move |tx, catalog| {
                requests::unfollow(tx, at(FRIDAY), &catalog.jurisdiction.id, &token)
            })
            .unwrap()
        };
        assert!(leave());
        assert!(!leave());
        town.act(&town.ana(), at(FRIDAY), created.id, requests::start).unwrap();
        assert_eq!(town.news().len(), 1, "nobody waits to hear of it");
    });
}

#[test]
fn a_request_that_is_not_public_cannot_be_followed() {
    in_town(|town| {
        let hidden = town.report("noise").number;
        for number in [hidden.as_str(), "99999"] {
            assert!(matches!(follow(town, number, "sam@mail.example"), Err(RequestError::NoSuchNumber(_))));
        }
        let public = town.report("pothole").number;
        assert!(matches!(follow(town, &public, "sam"), Err(RequestError::NotAnEmailAddress)));
    });
}

#[test]
fn whoever_waits_for_a_duplicate_hears_of_its_original() {
    in_town(|town| {
        let (original, twin) = (town.report("pothole"), town.report_by("pothole", "Rosa"));
        follow(town, &twin.number, "sam@mail.example").unwrap();
        let of = original.id;
        town.act(&town.ana(), at(FRIDAY), twin.id, move |tx, change| {
            requests::close(tx, change, Outcome::Duplicate { of }, NOTE)
        })
        .unwrap();
        assert_eq!(listeners(town, original.id), ["rosa@mail.example", "sam@mail.example"]);
        town.act(&town.ana(), at(FRIDAY) + hours(1), original.id, requests::accept).unwrap();
        let heard = town.news().pop().unwrap();
        assert_eq!((heard.request, heard.event.as_str()), (original.id, "request.accepted"));
        // Taken up again, it is no duplicate any more.
        town.act(&town.ana(), at(FRIDAY), twin.id, |tx, change| requests::reopen(tx, change, "Another hole"))
            .unwrap();
        assert_eq!(listeners(town, original.id), Vec::<String>::new());
    });
}

#[test]
fn no_message_in_the_outbox_holds_a_name_or_an_address() {
    in_town(|town| {
        town.report_by("pothole", "Rosa");
        let payloads =
            town.db.read_now(|tx| tx.query("select payload from outbox", &[], |row| row.get::<String>(0)));
        let payloads = payloads.unwrap_or_else(|e: db::Error| panic!("{e}"));
        assert!(payloads.len() == 1 && !payloads[0].to_lowercase().contains("rosa"));
    });
}
