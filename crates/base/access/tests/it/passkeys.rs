//! AUTH-04: passkeys, from making one to losing it, with an authenticator in software.

use access::second_factor::passkeys::{self, Assertion, Passkey, Registration, Site};
use access::second_factor::{self, Added};
use access::sign_in::{self, PasskeyAsked, Presented, STEP_LIMIT, StepAttempt, StepToken, Stepped};
use access::{AccessError, Role, SignedIn};
use jiff::SignedDuration;
use testkit::{Authenticator, on_both};

use crate::town::{CONSOLE, RIGHT, Town, Tried, attempt, seal, source, springfield};

const OFFICE: &str = "203.0.113.7";
const HERE: &str = "https://311.springfield.example";

fn in_town(test: impl Fn(&Town<'_>)) {
    on_both(&[&access::SCHEMA], |db| test(&Town::new(db)));
}

fn here() -> Site {
    Site::new(HERE).unwrap()
}

fn challenge(town: &Town<'_>, who: &SignedIn) -> Vec<u8> {
    let who = who.clone();
    let offer = town.write(move |tx, now| passkeys::offer(tx, now, &who, &here())).unwrap();
    offer.challenge.to_vec()
}

fn adds(
    town: &Town<'_>,
    who: &SignedIn,
    (client_data, attestation): (Vec<u8>, Vec<u8>),
) -> Result<Added, AccessError> {
    let (who, made) = (who.clone(), Registration { client_data, attestation });
    town.write(move |tx, now| passkeys::add(tx, now, &who, "Key ring", &here(), &made, &source(OFFICE)))
}

/// Ana, with a passkey and codes on paper.
fn ana_with_passkey(town: &Town<'_>, authenticator: &Authenticator) -> Vec<String> {
    town.hires("Ana", &[Role::Agent]);
    let who = town.signs_in("Ana").who;
    let added = adds(town, &who, authenticator.register(&challenge(town, &who), HERE)).unwrap();
    added.codes.unwrap().reveal()
}

fn gives_password(town: &Town<'_>) -> StepToken {
    match town.tries(&attempt("Ana", OFFICE, None), RIGHT) {
        Tried::CodeNeeded(step) => step,
        other => panic!("a second step should be asked for: {other:?}"),
    }
}

fn asked(town: &Town<'_>, step: &StepToken, site: &Site) -> Option<PasskeyAsked> {
    let (step, site) = (step.clone(), site.clone());
    town.write(move |tx, now| Ok(sign_in::passkey_asked(tx, now, &springfield(), &step, &site)?)).unwrap()
}

fn presents(town: &Town<'_>, step: &StepToken, presented: Presented) -> Stepped {
    let attempt = StepAttempt { jurisdiction: springfield(), step: step.clone(), presented, device: None };
    town.write(move |tx, now| sign_in::finish_step(tx, now, &attempt, None, &seal())).unwrap()
}

fn signed(authenticator: &Authenticator, challenge: &[u8], count: u32) -> Presented {
    let signed = authenticator.sign(challenge, HERE, count);
    let assertion = Assertion {
        credential: authenticator.credential(),
        client_data: signed.client_data,
        authenticator_data: signed.authenticator_data,
        signature: signed.signature,
    };
    Presented::Passkey(here(), Box::new(assertion))
}

fn list(town: &Town<'_>, name: &str) -> Vec<Passkey> {
    let email = access::Email::new(&crate::town::address(name)).unwrap();
    town.write(move |tx, _| {
        let person = access::people::find_by_email(tx, &springfield(), &email)?.unwrap();
        Ok(passkeys::list(tx, &springfield(), person.id)?)
    })
    .unwrap()
}

#[test]
fn auth_04_with_a_passkey_the_password_alone_opens_nothing_and_both_open() {
    in_town(|town| {
        let authenticator = Authenticator::new(1);
        assert_eq!(ana_with_passkey(town, &authenticator).len(), 10);
        let step = gives_password(town);
        let asked = asked(town, &step, &here()).unwrap();
        assert_eq!(asked.credentials, [authenticator.credential()]);
        let answer = signed(&authenticator, &asked.challenge, 1);
        assert!(matches!(presents(town, &step, answer.clone()), Stepped::SignedIn(_)));
        assert!(matches!(presents(town, &step, answer), Stepped::Expired), "the step is used up");
        assert_eq!(list(town, "Ana")[0].used_at, Some(town.now()));
    });
}

#[test]
fn auth_04_what_a_passkey_signed_once_opens_nothing_again() {
    in_town(|town| {
        let authenticator = Authenticator::new(1);
        ana_with_passkey(town, &authenticator);
        let step = gives_password(town);
        let first = asked(town, &step, &here()).unwrap().challenge;
        let strange = signed(&Authenticator::new(2), &first, 1);
        assert!(matches!(presents(town, &step, strange), Stepped::Refused));
        let late = signed(&authenticator, &first, 1);
        assert!(matches!(presents(town, &step, late), Stepped::Refused), "asked anew after each attempt");
        let second = asked(town, &step, &here()).unwrap().challenge;
        assert_ne!(first, second);
        assert!(matches!(presents(town, &step, signed(&authenticator, &second, 7)), Stepped::SignedIn(_)));
        let step = gives_password(town);
        let third = asked(town, &step, &here()).unwrap().challenge;
        let copied = signed(&authenticator, &third, 7);
        assert!(matches!(presents(town, &step, copied), Stepped::Refused), "a count that stands still");
    });
}

#[test]
fn auth_04_a_passkey_of_one_host_is_not_asked_for_at_another() {
    in_town(|town| {
        let authenticator = Authenticator::new(1);
        ana_with_passkey(town, &authenticator);
        let step = gives_password(town);
        let phishing = Site::new("https://311-springfield.example").unwrap();
        assert!(asked(town, &step, &phishing).is_none());
        let challenge = asked(town, &step, &here()).unwrap().challenge;
        let there = authenticator.sign(&challenge, "https://311-springfield.example", 1);
        let assertion = Assertion {
            credential: authenticator.credential(),
            client_data: there.client_data,
            authenticator_data: there.authenticator_data,
            signature: there.signature,
        };
        let refused = presents(town, &step, Presented::Passkey(phishing, Box::new(assertion)));
        assert!(matches!(refused, Stepped::Refused));
    });
}

#[test]
fn auth_04_an_offer_is_taken_once_and_by_its_owner_within_ten_minutes() {
    in_town(|town| {
        town.hires("Ana", &[Role::Agent]);
        town.hires("Eve", &[Role::Agent]);
        let (ana, eve) = (town.signs_in("Ana").who, town.signs_in("Eve").who);
        let (one, other) = (Authenticator::new(1), Authenticator::new(2));
        let bad =
            |result: Result<Added, AccessError>| assert!(matches!(result, Err(AccessError::BadPasskey)));
        bad(adds(town, &ana, one.register(&[0; 32], HERE)));
        let hers = challenge(town, &ana);
        bad(adds(town, &eve, one.register(&hers, HERE)));
        let made = one.register(&hers, HERE);
        adds(town, &ana, made.clone()).unwrap();
        challenge(town, &ana);
        bad(adds(town, &ana, made));
        let again = challenge(town, &eve);
        bad(adds(town, &eve, one.register(&again, HERE)));
        let late = challenge(town, &eve);
        town.wait(SignedDuration::from_mins(9));
        let fresh = SignedIn { signed_in_at: town.now(), ..eve };
        town.wait(SignedDuration::from_mins(1));
        bad(adds(town, &fresh, other.register(&late, HERE)));
    });
}

#[test]
fn auth_04_app_and_passkey_stand_beside_each_other_and_paper_behind_both() {
    in_town(|town| {
        let authenticator = Authenticator::new(1);
        let codes = ana_with_passkey(town, &authenticator);
        let step = gives_password(town);
        let asked = asked(town, &step, &here()).unwrap();
        let session = match presents(town, &step, signed(&authenticator, &asked.challenge, 1)) {
            Stepped::SignedIn(session) => *session,
            other => panic!("{other:?}"),
        };
        let id = list(town, "Ana")[0].id;
        let who = session.who.clone();
        town.write(move |tx, now| passkeys::remove(tx, now, &who, id, &source(OFFICE))).unwrap();
        // Nothing is left: the password alone opens again, until it is owed, and paper opens nothing.
        assert!(town.tries(&attempt("Ana", OFFICE, None), RIGHT).is_in());
        let person = session.who.person_id;
        let standing =
            town.write(move |tx, _| Ok(second_factor::standing(tx, &springfield(), person)?)).unwrap();
        assert_eq!((standing.since, standing.has_app, standing.recovery_codes), (None, false, 0));
        assert_eq!(codes.len(), 10);
    });
}

#[test]
fn auth_04_paper_opens_when_the_passkey_is_lost_and_a_reset_takes_the_passkey_away() {
    in_town(|town| {
        town.hires("Root", &[Role::Administrator]);
        let codes = ana_with_passkey(town, &Authenticator::new(1));
        let step = gives_password(town);
        let session = match presents(town, &step, Presented::Code(codes[0].clone())) {
            Stepped::SignedIn(session) => *session,
            other => panic!("{other:?}"),
        };
        let person = session.who.person_id;
        town.write(move |tx, now| second_factor::reset(tx, now, &CONSOLE, &springfield(), person)).unwrap();
        assert_eq!(list(town, "Ana"), []);
        assert!(town.tries(&attempt("Ana", OFFICE, None), RIGHT).is_in());
    });
}

#[test]
fn auth_05_passkeys_cannot_be_tried_for_long_and_a_step_ends() {
    in_town(|town| {
        ana_with_passkey(town, &Authenticator::new(1));
        let step = gives_password(town);
        let guess = |count| signed(&Authenticator::new(2), &[count as u8; 32], count);
        for count in 0..5 {
            assert!(matches!(presents(town, &step, guess(count)), Stepped::Refused));
        }
        assert!(matches!(presents(town, &step, guess(6)), Stepped::TooMany { .. }));
        town.wait(STEP_LIMIT);
        assert!(asked(town, &step, &here()).is_none());
        assert!(matches!(presents(town, &step, guess(7)), Stepped::Expired));
    });
}

#[test]
fn sess_08_passkeys_are_changed_on_a_fresh_sign_in_only() {
    in_town(|town| {
        let authenticator = Authenticator::new(1);
        town.hires("Ana", &[Role::Agent]);
        let who = town.signs_in("Ana").who;
        let made = authenticator.register(&challenge(town, &who), HERE);
        town.wait(SignedDuration::from_mins(10));
        assert!(matches!(adds(town, &who, made), Err(AccessError::SignInTooOld)));
        let again = who.clone();
        let offered = town.write(move |tx, now| passkeys::offer(tx, now, &again, &here()).map(drop));
        assert!(matches!(offered, Err(AccessError::SignInTooOld)));
        let id = uuid::Uuid::from_u128(1).into();
        let removed =
            town.write(move |tx, now| passkeys::remove(tx, now, &who, id, &source(OFFICE)).map(drop));
        assert!(matches!(removed, Err(AccessError::SignInTooOld)));
    });
}
