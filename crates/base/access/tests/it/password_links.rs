//! AUTH-07: links with which people set their own password, up to their last second and not beyond.

use access::password_links::{self, Invited, LinkToken, NewLink, Purpose};
use access::{AccessError, Actor, Email, JurisdictionId, PersonId, Role, people, sessions};
use jiff::SignedDuration;

use crate::town::{CONSOLE, RIGHT, Town, Tried, address, attempt, cheap, hash, shelbyville, springfield};

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const NEW: &str = "lantern pebble saxophone dune";

fn in_town(test: impl Fn(&Town<'_>)) {
    testkit::on_both(&[&access::SCHEMA], |db| test(&Town::new(db)));
}

fn invites(town: &Town<'_>, name: &str, by: &Actor) -> Result<NewLink, AccessError> {
    let invited = Invited {
        jurisdiction: springfield(),
        email: Email::new(&address(name)).unwrap(),
        name: name.to_owned(),
        roles: vec![Role::Agent],
    };
    let by = by.clone();
    town.write(move |tx, now| password_links::invite(tx, now, &by, &invited))
}

fn makes(town: &Town<'_>, person: PersonId) -> NewLink {
    town.write(move |tx, now| password_links::make(tx, now, &CONSOLE, &springfield(), person)).unwrap()
}

fn opens(town: &Town<'_>, home: JurisdictionId, purpose: Purpose, token: &LinkToken) -> bool {
    let token = token.clone();
    let found = town.write(move |tx, now| Ok(password_links::open(tx, now, &home, purpose, &token)?));
    found.unwrap().is_some()
}

fn sets(town: &Town<'_>, home: JurisdictionId, purpose: Purpose, token: &LinkToken) -> bool {
    let (token, password) = (token.clone(), hash(NEW, cheap()));
    let set =
        town.write(move |tx, now| password_links::set_password(tx, now, &home, purpose, &token, &password));
    match set {
        Ok(()) => true,
        Err(AccessError::LinkSpent) => false,
        Err(other) => panic!("{other}"),
    }
}

fn may_come_in(town: &Town<'_>, name: &str, password: &str) -> bool {
    town.tries(&attempt(name, "203.0.113.7", None), password).is_in()
}

#[test]
fn auth_07_somebody_invited_sets_their_own_password_and_comes_in_with_no_other() {
    in_town(|town| {
        let link = invites(town, "Nia", &CONSOLE).unwrap();
        assert!(matches!(town.tries(&attempt("Nia", "203.0.113.7", None), RIGHT), Tried::Refused));
        for _ in 0..5 {
            assert!(opens(town, springfield(), Purpose::Invitation, &link.token), "looking uses nothing up");
        }
        assert!(sets(town, springfield(), Purpose::Invitation, &link.token));
        assert!(may_come_in(town, "Nia", NEW));
        assert_eq!(
            town.actions(),
            ["person.invitation-accepted", "person.invited", "sign-in.accepted", "sign-in.refused"]
        );
    });
}

#[test]
fn auth_07_a_link_works_up_to_its_last_second_and_not_in_it() {
    in_town(|town| {
        for (name, lasts) in [("Ana", SignedDuration::from_mins(60)), ("Nia", SignedDuration::from_hours(72))]
        {
            let mut links = Vec::new();
            for _ in 0..2 {
                let link = match name {
                    "Ana" => makes(town, town.hires(&format!("Ana{}", links.len()), &[Role::Agent])),
                    _ => invites(town, &format!("Nia{}", links.len()), &CONSOLE).unwrap(),
                };
                assert_eq!(link.ends_at, town.now() + lasts);
                links.push(link);
            }
            town.wait(lasts - SECOND);
            assert!(opens(town, springfield(), links[0].purpose, &links[0].token));
            assert!(sets(town, springfield(), links[0].purpose, &links[0].token), "{name}");
            town.wait(SECOND);
            assert!(!opens(town, springfield(), links[1].purpose, &links[1].token));
            assert!(!sets(town, springfield(), links[1].purpose, &links[1].token), "{name}");
            town.wait(SECOND);
            assert!(!sets(town, springfield(), links[1].purpose, &links[1].token), "{name}");
        }
    });
}

#[test]
fn auth_07_a_link_works_once_for_its_purpose_its_person_and_its_town() {
    in_town(|town| {
        let ana = town.hires("Ana", &[Role::Agent]);
        town.hires_in(shelbyville(), "Ana", &[Role::Agent]);
        let link = makes(town, ana);
        assert_eq!(link.purpose, Purpose::Reset);
        assert!(!opens(town, springfield(), Purpose::Invitation, &link.token));
        assert!(!sets(town, springfield(), Purpose::Invitation, &link.token));
        assert!(!opens(town, shelbyville(), Purpose::Reset, &link.token));
        assert!(!sets(town, shelbyville(), Purpose::Reset, &link.token));
        assert!(sets(town, springfield(), Purpose::Reset, &link.token));
        assert!(!opens(town, springfield(), Purpose::Reset, &link.token));
        assert!(!sets(town, springfield(), Purpose::Reset, &link.token));
        assert!(may_come_in(town, "Ana", NEW) && !may_come_in(town, "Ana", RIGHT));
    });
}

#[test]
fn auth_07_a_newer_link_another_password_and_the_end_of_access_void_a_link() {
    in_town(|town| {
        town.hires("Root", &[Role::Administrator]);
        let ana = town.hires("Ana", &[Role::Agent]);
        let older = makes(town, ana);
        let newer = makes(town, ana);
        assert!(!sets(town, springfield(), Purpose::Reset, &older.token));
        assert!(opens(town, springfield(), Purpose::Reset, &newer.token));
        let other = hash(NEW, cheap());
        town.write(move |tx, now| people::set_password(tx, now, &CONSOLE, &springfield(), ana, &other))
            .unwrap();
        assert!(!sets(town, springfield(), Purpose::Reset, &newer.token));
        let link = makes(town, ana);
        town.write(move |tx, now| people::disable(tx, now, &CONSOLE, &springfield(), ana)).unwrap();
        assert!(!sets(town, springfield(), Purpose::Reset, &link.token));
        town.write(move |tx, now| people::enable(tx, now, &CONSOLE, &springfield(), ana)).unwrap();
        assert!(!sets(town, springfield(), Purpose::Reset, &link.token), "not even when access is back");
    });
}

#[test]
fn auth_07_a_link_is_bound_to_the_address_it_was_made_for() {
    in_town(|town| {
        let ana = town.hires("Ana", &[Role::Agent]);
        let link = makes(town, ana);
        town.write(move |tx, _| {
            let moved = "update person set email = $3 where jurisdiction_id = $1 and id = $2";
            Ok(tx.exec_one(moved, db::params![springfield(), ana, "eve@springfield.example"])?)
        })
        .unwrap();
        assert!(!opens(town, springfield(), Purpose::Reset, &link.token));
        assert!(!sets(town, springfield(), Purpose::Reset, &link.token));
    });
}

#[test]
fn auth_07_a_link_is_stored_as_a_hash_and_what_is_not_its_secret_opens_nothing() {
    in_town(|town| {
        let link = invites(town, "Nia", &CONSOLE).unwrap();
        let secret = link.token.reveal();
        assert!(!town.db.holds(&secret));
        for text in ["", " ", "\0", "A", &secret[1..], &format!("{secret}="), &format!(" {secret}")] {
            assert_eq!(LinkToken::read(text), None, "{text:?}");
        }
        let blank = LinkToken::read(&"A".repeat(43)).unwrap();
        assert!(!opens(town, springfield(), Purpose::Invitation, &blank));
        assert!(!sets(town, springfield(), Purpose::Invitation, &blank));
    });
}

#[test]
fn auth_07_using_a_link_ends_every_session_of_that_person() {
    in_town(|town| {
        let ana = town.hires("Ana", &[Role::Agent]);
        let session = town.signs_in("Ana");
        let link = makes(town, ana);
        assert!(sets(town, springfield(), Purpose::Reset, &link.token));
        let found = town.write(move |tx, now| Ok(sessions::find(tx, now, &springfield(), &session.token)?));
        assert!(found.unwrap().is_none());
    });
}

#[test]
fn auth_07_links_are_made_on_a_fresh_sign_in_by_those_who_manage_people() {
    in_town(|town| {
        town.hires("Root", &[Role::Administrator]);
        let ana = town.hires("Ana", &[Role::Agent]);
        let (root, agent) = (town.actor("Root"), town.actor("Ana"));
        assert!(matches!(invites(town, "Nia", &agent), Err(AccessError::NotAllowed { .. })));
        let make = |by: Actor, home, person| {
            town.write(move |tx, now| password_links::make(tx, now, &by, &home, person).map(drop))
        };
        assert!(matches!(make(agent, springfield(), ana), Err(AccessError::NotAllowed { .. })));
        assert!(matches!(make(root.clone(), shelbyville(), ana), Err(AccessError::NotAllowed { .. })));
        assert!(matches!(make(CONSOLE, shelbyville(), ana), Err(AccessError::UnknownPerson(_))));
        assert!(matches!(invites(town, "Ana", &root), Err(AccessError::EmailTaken)));
        town.wait(SignedDuration::from_mins(10));
        assert!(matches!(invites(town, "Nia", &root), Err(AccessError::SignInTooOld)));
        assert!(matches!(make(root, springfield(), ana), Err(AccessError::SignInTooOld)));
    });
}

#[test]
fn an_administrator_who_has_not_come_yet_does_not_count_as_one() {
    in_town(|town| {
        let root = town.hires("Root", &[Role::Administrator]);
        let invited = Invited {
            jurisdiction: springfield(),
            email: Email::new(&address("Nia")).unwrap(),
            name: "Nia".to_owned(),
            roles: vec![Role::Administrator],
        };
        let link = town.write(move |tx, now| password_links::invite(tx, now, &CONSOLE, &invited)).unwrap();
        let ends = || town.write(move |tx, now| people::disable(tx, now, &CONSOLE, &springfield(), root));
        assert!(matches!(ends(), Err(AccessError::LastAdministrator)));
        assert!(sets(town, springfield(), Purpose::Invitation, &link.token));
        ends().unwrap();
    });
}

#[test]
fn links_that_ran_out_are_swept_and_no_other() {
    in_town(|town| {
        makes(town, town.hires("Ana", &[Role::Agent]));
        invites(town, "Nia", &CONSOLE).unwrap();
        town.wait(SignedDuration::from_mins(60));
        assert_eq!(town.write(|tx, now| Ok(access::sweep(tx, now)?)).unwrap().password_links, 1);
    });
}
