use access::{AccessError, Actor, KeyHolder, Permission, Role, Scope, keys};
use jiff::{SignedDuration, Timestamp};
use testkit::on_both;

use crate::town::{CONSOLE, Town, shelbyville, springfield};

fn makes(town: &Town<'_>, scopes: &'static [Scope], expires_at: Option<Timestamp>) -> keys::NewKey {
    town.write(move |tx, now| keys::add(tx, now, &CONSOLE, &springfield(), "City app", scopes, expires_at))
        .unwrap()
}

fn find(town: &Town<'_>, presented: &str) -> Option<KeyHolder> {
    let presented = presented.to_owned();
    town.write(move |tx, now| Ok(keys::find(tx, now, &springfield(), &presented)?)).unwrap()
}

#[test]
fn a_presented_key_says_who_is_calling_and_what_they_may_do() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let new = makes(&town, &[Scope::Open311Private, Scope::Open311Create], None);
        let holder = find(&town, &new.key).unwrap();
        assert_eq!((holder.key, holder.label.as_str()), (new.id, "City app"));
        assert_eq!(holder.scopes, [Scope::Open311Create, Scope::Open311Private]);
        assert!(!holder.is_only_for_creating());
        let actor = Actor::Key(holder);
        assert!(actor.require(&springfield(), Permission::CreateRequest).is_ok());
        assert!(actor.require(&springfield(), Permission::ViewPersonalData).is_err());
        assert!(actor.require(&shelbyville(), Permission::CreateRequest).is_err());
    });
}

#[test]
fn auth_10_a_key_is_stored_as_a_hash_beside_its_visible_prefix() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let new = makes(&town, &[Scope::Open311Create], None);
        let (prefix, hash): (String, Vec<u8>) = db
            .read_now(|tx| {
                tx.query_one("select prefix, key_hash from api_key", &[], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
            })
            .map_err(|e: db::Error| e)
            .unwrap();
        assert!(new.key.starts_with(&format!("tl_{prefix}_")));
        assert_eq!(hash.len(), 32);
        // 52 characters of 5 bits each.
        assert_eq!(new.key.rsplit_once('_').unwrap().1.len(), 52);
    });
}

#[test]
fn auth_10_a_key_with_one_letter_changed_opens_nothing() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let key = makes(&town, &[Scope::Open311Create], None).key;
        for position in 0..key.len() {
            let mut wrong = key.clone().into_bytes();
            wrong[position] = if wrong[position] == b'a' { b'b' } else { b'a' };
            assert!(find(&town, &String::from_utf8(wrong).unwrap()).is_none(), "letter {position}");
        }
        for wrong in ["", " ", "tl_", "tl__", "tl_aaaaaaaa_", "tl_\0\0\0\0\0\0\0\0_x"] {
            assert!(find(&town, wrong).is_none(), "{wrong:?}");
        }
    });
}

#[test]
fn auth_10_a_revoked_or_expired_key_opens_nothing() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let revoked = makes(&town, &[Scope::Open311Create], None);
        let expiring =
            makes(&town, &[Scope::Open311Create], Some(town.now() + SignedDuration::from_hours(1)));
        for _ in 0..2 {
            town.write(move |tx, now| keys::revoke(tx, now, &CONSOLE, &springfield(), revoked.id)).unwrap();
        }
        assert!(find(&town, &revoked.key).is_none());
        town.wait(SignedDuration::from_secs(3599));
        assert!(find(&town, &expiring.key).is_some());
        town.wait(SignedDuration::from_secs(1));
        assert!(find(&town, &expiring.key).is_none());
        assert_eq!(town.actions().iter().filter(|action| *action == "key.revoked").count(), 1);
    });
}

#[test]
fn auth_10_the_last_use_is_written_at_most_once_a_minute() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let new = makes(&town, &[Scope::Open311Create], None);
        let holder = find(&town, &new.key).unwrap();
        assert!(holder.is_due_to_be_touched(town.now()));
        town.write(move |tx, now| Ok(keys::touch(tx, now, &holder)?)).unwrap();
        town.wait(SignedDuration::from_secs(59));
        assert!(!find(&town, &new.key).unwrap().is_due_to_be_touched(town.now()));
        town.wait(SignedDuration::from_secs(1));
        assert!(find(&town, &new.key).unwrap().is_due_to_be_touched(town.now()));
    });
}

#[test]
fn az_07_a_key_of_one_jurisdiction_is_unknown_in_another() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let key = makes(&town, &[Scope::Open311Create], None);
        let (id, text) = (key.id, key.key);
        let found = town.write(move |tx, now| Ok(keys::find(tx, now, &shelbyville(), &text)?)).unwrap();
        assert_eq!(found, None);
        let revoked = town.write(move |tx, now| keys::revoke(tx, now, &CONSOLE, &shelbyville(), id));
        assert!(matches!(revoked, Err(AccessError::UnknownKey(unknown)) if unknown == id));
    });
}

#[test]
fn sess_08_a_key_is_made_only_on_a_fresh_sign_in_by_an_administrator() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Root", &[Role::Administrator]);
        town.hires("Ana", &[Role::Supervisor]);
        let (root, ana) = (town.actor("Root"), town.actor("Ana"));
        let makes = |by: Actor| {
            town.write(move |tx, now| {
                keys::add(tx, now, &by, &springfield(), "Export", &[Scope::RequestsExport], None)
            })
        };
        assert!(matches!(makes(ana), Err(AccessError::NotAllowed { permission: Permission::ManageKeys })));
        assert!(makes(root.clone()).is_ok());
        town.wait(SignedDuration::from_mins(10));
        assert!(matches!(makes(root), Err(AccessError::SignInTooOld)));
    });
}

#[test]
fn keys_without_a_scope_or_already_expired_are_refused_and_the_rest_are_listed_newest_first() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let past = town.now();
        let none = town.write(|tx, now| keys::add(tx, now, &CONSOLE, &springfield(), "x", &[], None));
        assert!(matches!(none, Err(AccessError::NoScope)));
        let late = town.write(move |tx, now| {
            keys::add(tx, now, &CONSOLE, &springfield(), "x", &[Scope::RequestsRead], Some(past))
        });
        assert!(matches!(late, Err(AccessError::ExpiryPassed)));
        let first = makes(&town, &[Scope::RequestsRead], None).id;
        town.wait(SignedDuration::from_secs(1));
        let second = makes(&town, &[Scope::RequestsRead], None).id;
        let listed = town.write(|tx, _| Ok(keys::list(tx, &springfield())?)).unwrap();
        assert_eq!(listed.iter().map(|key| key.id).collect::<Vec<_>>(), [second, first]);
        assert_eq!(listed[0].created_by, "system:console");
    });
}
