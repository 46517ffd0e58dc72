use access::{AccessError, Actor, Email, Permission, Role, people, sessions, sign_in};
use jiff::SignedDuration;
use testkit::on_both;

use crate::town::{CONSOLE, RIGHT, Town, attempt, cheap, hash, shelbyville, source, springfield};

const NEW: &str = "umbrella tractor saffron bell";

#[test]
fn a_person_is_found_by_address_with_their_roles_in_order() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let id = town.hires("Ana", &[Role::Planner, Role::Agent, Role::Planner]);
        let found = town
            .write(|tx, _| {
                let email = Email::new("ANA@springfield.example").unwrap();
                Ok(people::find_by_email(tx, &springfield(), &email)?)
            })
            .unwrap()
            .unwrap();
        assert_eq!((found.id, found.roles), (id, vec![Role::Agent, Role::Planner]));
        assert_eq!((found.name.as_str(), found.disabled_at), ("Ana", None));
    });
}

#[test]
fn two_people_of_one_jurisdiction_cannot_share_an_address() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        town.hires_in(shelbyville(), "Ana", &[Role::Agent]);
        let again = people::NewPerson {
            jurisdiction: springfield(),
            email: Email::new("Ana@Springfield.example").unwrap(),
            name: "Another Ana".into(),
            password: hash(RIGHT, cheap()),
            roles: vec![Role::Agent],
        };
        let refused = town.write(move |tx, now| people::add(tx, now, &CONSOLE, &again));
        assert!(matches!(refused, Err(AccessError::EmailTaken)));
        assert_eq!(town.actions(), ["person.added"]);
    });
}

#[test]
fn people_are_listed_by_address_page_after_page() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        for name in ["Dora", "Ana", "Cem", "Bo"] {
            town.hires(name, &[Role::Agent]);
        }
        let (first, second) = town
            .write(|tx, _| {
                let first = people::list(tx, &springfield(), None, 3)?;
                let second = people::list(tx, &springfield(), Some(&first[2].email), 3)?;
                Ok((first, second))
            })
            .unwrap();
        let names = |page: Vec<people::Person>| page.into_iter().map(|p| p.name).collect::<Vec<_>>();
        assert_eq!(names(first), ["Ana", "Bo", "Cem"]);
        assert_eq!(names(second), ["Dora"]);
    });
}

#[test]
fn az_01_only_somebody_who_manages_people_may_add_or_change_them() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let cem = town.hires("Cem", &[Role::Crew]);
        for role in Role::ALL.iter().filter(|role| **role != Role::Administrator) {
            let name = format!("{role}");
            town.hires(&name, &[*role]);
            let by = town.actor(&name);
            let refused = town.write(move |tx, now| people::disable(tx, now, &by, &springfield(), cem));
            assert!(matches!(refused, Err(AccessError::NotAllowed { permission: Permission::ManagePeople })));
        }
    });
}

#[test]
fn az_03_a_foreign_person_is_answered_like_a_missing_one() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Root", &[Role::Administrator]);
        let foreign = town.hires_in(shelbyville(), "Ana", &[Role::Agent]);
        let by = town.actor("Root");
        let foreigner = by.clone();
        let missing = town.write(move |tx, now| people::disable(tx, now, &by, &springfield(), foreign));
        assert!(matches!(missing, Err(AccessError::UnknownPerson(id)) if id == foreign));
        let abroad = town.write(move |tx, now| people::disable(tx, now, &foreigner, &shelbyville(), foreign));
        assert!(matches!(abroad, Err(AccessError::NotAllowed { .. })));
    });
}

#[test]
fn sess_08_roles_are_not_changed_on_an_old_sign_in() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Root", &[Role::Administrator]);
        let ana = town.hires("Ana", &[Role::Agent]);
        let by = town.actor("Root");
        town.wait(SignedDuration::from_mins(10));
        let refused = town
            .write(move |tx, now| people::set_roles(tx, now, &by, &springfield(), ana, &[Role::Director]));
        assert!(matches!(refused, Err(AccessError::SignInTooOld)));
    });
}

type Change = fn(&mut db::Tx<'_>, jiff::Timestamp, &Actor, access::PersonId) -> Result<(), AccessError>;

#[test]
fn sess_04_new_roles_a_new_password_or_disabling_end_every_session_of_that_person() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Root", &[Role::Administrator]);
        let ana = town.hires("Ana", &[Role::Agent]);
        let changes: [Change; 3] = [
            |tx, now, by, ana| people::set_roles(tx, now, by, &springfield(), ana, &[Role::Supervisor]),
            |tx, now, by, ana| people::set_password(tx, now, by, &springfield(), ana, &hash(RIGHT, cheap())),
            |tx, now, by, ana| people::disable(tx, now, by, &springfield(), ana),
        ];
        for change in changes {
            let (one, other) = (town.signs_in("Ana").token, town.signs_in("Ana").token);
            let by = town.actor("Root");
            town.write(move |tx, now| change(tx, now, &by, ana)).unwrap();
            for token in [one, other] {
                let found = town.write(move |tx, now| Ok(sessions::find(tx, now, &springfield(), &token)?));
                assert_eq!(found.unwrap(), None);
            }
        }
    });
}

#[test]
fn the_last_administrator_can_neither_be_disabled_nor_demoted() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let root = town.hires("Root", &[Role::Administrator]);
        let second = town.hires("Second", &[Role::Administrator]);
        town.write(move |tx, now| people::disable(tx, now, &CONSOLE, &springfield(), second)).unwrap();
        let disabled = town.write(move |tx, now| people::disable(tx, now, &CONSOLE, &springfield(), root));
        assert!(matches!(disabled, Err(AccessError::LastAdministrator)));
        let demoted = town
            .write(move |tx, now| people::set_roles(tx, now, &CONSOLE, &springfield(), root, &[Role::Agent]));
        assert!(matches!(demoted, Err(AccessError::LastAdministrator)));
        assert!(town.tries(&attempt("Root", "203.0.113.7", None), RIGHT).is_in());
    });
}

#[test]
fn a_person_without_a_role_is_refused() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let ana = town.hires("Ana", &[Role::Agent]);
        let refused =
            town.write(move |tx, now| people::set_roles(tx, now, &CONSOLE, &springfield(), ana, &[]));
        assert!(matches!(refused, Err(AccessError::NoRole)));
    });
}

#[test]
fn somebody_enabled_again_signs_in_with_the_old_password() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Root", &[Role::Administrator]);
        let ana = town.hires("Ana", &[Role::Agent]);
        let here = attempt("Ana", "203.0.113.7", None);
        town.write(move |tx, now| people::disable(tx, now, &CONSOLE, &springfield(), ana)).unwrap();
        assert!(!town.tries(&here, RIGHT).is_in());
        town.write(move |tx, now| people::enable(tx, now, &CONSOLE, &springfield(), ana)).unwrap();
        assert!(town.tries(&here, RIGHT).is_in());
    });
}

#[test]
fn auth_01_a_password_is_changed_by_giving_the_old_one_and_ends_every_session() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let session = town.signs_in("Ana");
        assert!(matches!(
            changes_password(&town, &session, "something else entirely"),
            Err(AccessError::WrongPassword)
        ));
        assert!(town.tries(&attempt("Ana", "203.0.113.7", None), RIGHT).is_in());

        changes_password(&town, &session, RIGHT).unwrap();
        let token = session.token;
        let found = town.write(move |tx, now| Ok(sessions::find(tx, now, &springfield(), &token)?));
        assert_eq!(found.unwrap(), None);
        assert!(!town.tries(&attempt("Ana", "203.0.113.7", None), RIGHT).is_in());
        assert!(town.tries(&attempt("Ana", "203.0.113.7", None), NEW).is_in());
    });
}

#[test]
fn a_verdict_over_ones_own_password_changes_nobody_elses() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        town.hires("Bo", &[Role::Agent]);
        let own = town.begins(&attempt("Bo", "203.0.113.7", None)).unwrap().check(RIGHT, cheap());
        let ana = town.actor("Ana");
        let refused =
            town.write(move |tx, now| people::change_password(tx, now, &ana, &own, &hash(NEW, cheap())));
        assert!(matches!(refused, Err(AccessError::WrongPassword)));
    });
}

fn changes_password(town: &Town<'_>, session: &sign_in::NewSession, old: &str) -> Result<(), AccessError> {
    let who = session.who.clone();
    let begun =
        town.write(move |tx, now| Ok(sign_in::begin_again(tx, now, &who, &source("203.0.113.7"), cheap())?))?;
    let sign_in::Begun::Challenge(challenge) = begun else { panic!("limited") };
    let verdict = challenge.check(old, cheap());
    let by = Actor::Person(session.who.clone());
    town.write(move |tx, now| people::change_password(tx, now, &by, &verdict, &hash(NEW, cheap())))
}

#[test]
fn aud_01_each_change_of_a_person_leaves_exactly_one_entry() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Root", &[Role::Administrator]);
        let ana = town.hires("Ana", &[Role::Agent]);
        town.write(move |tx, now| people::set_roles(tx, now, &CONSOLE, &springfield(), ana, &[Role::Crew]))
            .unwrap();
        town.write(move |tx, now| {
            people::set_password(tx, now, &CONSOLE, &springfield(), ana, &hash(RIGHT, cheap()))
        })
        .unwrap();
        for _ in 0..2 {
            town.write(move |tx, now| people::disable(tx, now, &CONSOLE, &springfield(), ana)).unwrap();
        }
        town.write(move |tx, now| people::enable(tx, now, &CONSOLE, &springfield(), ana)).unwrap();
        assert_eq!(
            town.actions(),
            [
                "person.added",
                "person.added",
                "person.disabled",
                "person.enabled",
                "person.password-set",
                "person.roles-changed"
            ]
        );
    });
}
