//! AUTH-04: the second factor, from setting it up to losing it.

use access::second_factor::{self, Added, GRACE, totp::Secret};
use access::sign_in::{self, NewSession, Presented, STEP_LIMIT, StepAttempt, StepToken, Stepped};
use access::{AccessError, Actor, InstallationKey, PersonId, Role, SignedIn, sessions};
use jiff::SignedDuration;
use testkit::on_both;

use crate::town::{CONSOLE, RIGHT, Town, Tried, attempt, seal, source, springfield};

const OFFICE: &str = "203.0.113.7";
const STEP: SignedDuration = SignedDuration::from_secs(30);

fn in_town(test: impl Fn(&Town<'_>)) {
    on_both(&[&access::SCHEMA], |db| test(&Town::new(db)));
}

fn offers(town: &Town<'_>, who: &SignedIn) -> Secret {
    let who = who.clone();
    town.write(move |tx, now| second_factor::offer(tx, now, &who, &seal())).unwrap()
}

fn confirms(town: &Town<'_>, who: &SignedIn, code: &str) -> Result<Added, AccessError> {
    let (who, code) = (who.clone(), code.to_owned());
    town.write(move |tx, now| second_factor::confirm(tx, now, &who, &code, &source(OFFICE), &seal()))
}

/// Ana, with an authenticator whose secret is answered, and her codes on paper.
fn ana_with_app(town: &Town<'_>) -> (PersonId, Secret, Vec<String>) {
    let id = town.hires("Ana", &[Role::Agent]);
    let session = town.signs_in("Ana");
    let secret = offers(town, &session.who);
    let confirmed = confirms(town, &session.who, &secret.code_at(town.now())).unwrap();
    (id, secret, confirmed.codes.unwrap().reveal())
}

fn gives_password(town: &Town<'_>) -> StepToken {
    match town.tries(&attempt("Ana", OFFICE, None), RIGHT) {
        Tried::CodeNeeded(step) => step,
        other => panic!("a code should be asked for: {other:?}"),
    }
}

fn gives_code(town: &Town<'_>, step: &StepToken, code: &str) -> Stepped {
    let attempt = StepAttempt {
        jurisdiction: springfield(),
        step: step.clone(),
        presented: Presented::Code(code.to_owned()),
        device: None,
    };
    town.write(move |tx, now| sign_in::finish_step(tx, now, &attempt, None, &seal())).unwrap()
}

#[track_caller]
fn is_in(stepped: Stepped) -> NewSession {
    match stepped {
        Stepped::SignedIn(session) => *session,
        other => panic!("should be let in: {other:?}"),
    }
}

#[test]
fn auth_04_once_set_up_the_password_alone_opens_nothing() {
    in_town(|town| {
        let (id, secret, _) = ana_with_app(town);
        town.wait(STEP);
        let step = gives_password(town);
        town.wait(STEP);
        let session = is_in(gives_code(town, &step, &secret.code_at(town.now())));
        assert_eq!((session.who.person_id, session.who.roles), (id, vec![Role::Agent]));
        let expected = [
            "person.added",
            "second-factor.confirmed",
            "second-factor.offered",
            "sign-in.accepted",
            "sign-in.accepted",
            "sign-in.code-asked",
        ];
        assert_eq!(town.actions(), expected);
        assert!(matches!(gives_code(town, &step, "000000"), Stepped::Expired), "the step is used up");
    });
}

#[test]
fn auth_04_a_code_works_once_even_within_its_half_minute() {
    in_town(|town| {
        let (_, secret, _) = ana_with_app(town);
        let code = secret.code_at(town.now());
        let step = gives_password(town);
        assert!(matches!(gives_code(town, &step, &code), Stepped::Refused), "it confirmed the app already");
        town.wait(STEP);
        let code = secret.code_at(town.now());
        is_in(gives_code(town, &step, &code));
        let step = gives_password(town);
        assert!(matches!(gives_code(town, &step, &code), Stepped::Refused));
        // An earlier one, seen over the shoulder, is void too.
        let earlier = secret.code_at(town.now() - STEP);
        assert!(matches!(gives_code(town, &step, &earlier), Stepped::Refused));
    });
}

#[test]
fn auth_04_a_recovery_code_works_once_and_is_stored_as_a_hash() {
    in_town(|town| {
        let (id, _, codes) = ana_with_app(town);
        assert_eq!(codes.len(), 10);
        for code in &codes {
            assert!(!town.db.holds(code) && !town.db.holds(&code.replace('-', "")), "{code} is stored");
        }
        let step = gives_password(town);
        is_in(gives_code(town, &step, &codes[3].to_uppercase().replace('-', " ")));
        assert!(town.actions().contains(&"sign-in.accepted-by-recovery-code".to_owned()));
        let step = gives_password(town);
        assert!(matches!(gives_code(town, &step, &codes[3]), Stepped::Refused));
        let standing = town.write(move |tx, _| Ok(second_factor::standing(tx, &springfield(), id)?)).unwrap();
        assert_eq!(standing.recovery_codes, 9);
        let who = is_in(gives_code(town, &step, &codes[4])).who;
        let renewed = town.write(move |tx, now| second_factor::renew_codes(tx, now, &who)).unwrap();
        let step = gives_password(town);
        assert!(matches!(gives_code(town, &step, &codes[5]), Stepped::Refused), "the old paper is void");
        is_in(gives_code(town, &step, &renewed.reveal()[0]));
    });
}

#[test]
fn auth_04_until_the_first_code_is_right_nothing_is_in_use() {
    in_town(|town| {
        town.hires("Ana", &[Role::Agent]);
        let who = town.signs_in("Ana").who;
        assert!(matches!(confirms(town, &who, "123456"), Err(AccessError::WrongCode)), "nothing was offered");
        let secret = offers(town, &who);
        let wrong = secret.code_at(town.now() + STEP * 10);
        assert!(matches!(confirms(town, &who, &wrong), Err(AccessError::WrongCode)));
        town.signs_in("Ana");
    });
}

#[test]
fn sess_02_setting_up_a_second_factor_replaces_the_session() {
    in_town(|town| {
        town.hires("Ana", &[Role::Agent]);
        let (elsewhere, here) = (town.signs_in("Ana"), town.signs_in("Ana"));
        let secret = offers(town, &here.who);
        let confirmed = confirms(town, &here.who, &secret.code_at(town.now())).unwrap();
        let lives = |token: &sessions::SessionToken| {
            let token = token.clone();
            town.write(move |tx, now| Ok(sessions::find(tx, now, &springfield(), &token)?)).unwrap().is_some()
        };
        assert!(!lives(&elsewhere.token) && !lives(&here.token) && lives(&confirmed.token));
    });
}

#[test]
fn auth_05_of_a_hundred_guessed_codes_five_at_once_and_six_an_hour_are_looked_at() {
    in_town(|town| {
        let (_, secret, _) = ana_with_app(town);
        let step = gives_password(town);
        let looked_at = |minutes: i64| {
            let guesses =
                (0..100).filter(|_| !matches!(gives_code(town, &step, "x"), Stepped::TooMany { .. }));
            let count = guesses.count();
            town.wait(SignedDuration::from_mins(minutes));
            count
        };
        assert_eq!(looked_at(0), 5);
        town.wait(SignedDuration::from_mins(9));
        assert_eq!(looked_at(0), 0);
        let limited = town.actions().into_iter().filter(|action| action == "sign-in.code-limited").count();
        assert_eq!(limited, 1, "a flood leaves one entry");
        town.wait(SignedDuration::from_mins(60));
        let step = gives_password(town);
        is_in(gives_code(town, &step, &secret.code_at(town.now())));
    });
}

#[test]
fn auth_04_a_step_ends_after_ten_minutes_and_with_a_change_of_the_person() {
    in_town(|town| {
        let (id, secret, _) = ana_with_app(town);
        town.hires("Root", &[Role::Administrator]);
        town.wait(STEP);
        let step = gives_password(town);
        town.wait(STEP_LIMIT);
        assert!(matches!(gives_code(town, &step, &secret.code_at(town.now())), Stepped::Expired));
        let step = gives_password(town);
        town.write(move |tx, now| access::people::disable(tx, now, &CONSOLE, &springfield(), id)).unwrap();
        assert!(matches!(gives_code(town, &step, &secret.code_at(town.now())), Stepped::Expired));
        // A step of one town is worth nothing in the next.
        let foreign = StepAttempt {
            jurisdiction: crate::town::shelbyville(),
            step,
            presented: Presented::Code(secret.code_at(town.now())),
            device: None,
        };
        let stepped =
            town.write(move |tx, now| sign_in::finish_step(tx, now, &foreign, None, &seal())).unwrap();
        assert!(matches!(stepped, Stepped::Expired));
    });
}

#[test]
fn auth_04_after_two_weeks_no_role_counts_until_it_is_set_up() {
    in_town(|town| {
        town.hires("Ana", &[Role::Agent]);
        town.hires("Cruz", &[Role::Crew]);
        town.wait(GRACE);
        let ana = town.signs_in("Ana").who;
        assert!(
            ana.owes_second_factor() && Actor::Person(ana.clone()).permissions() == access::Permissions::NONE
        );
        assert!(!town.signs_in("Cruz").who.owes_second_factor(), "crews see no contact data");
        let secret = offers(town, &ana);
        let token = confirms(town, &ana, &secret.code_at(town.now())).unwrap().token;
        let who = town.write(move |tx, now| Ok(sessions::find(tx, now, &springfield(), &token)?)).unwrap();
        assert_eq!(who.unwrap().roles, [Role::Agent]);
    });
}

#[test]
fn auth_04_a_jurisdiction_can_do_without_and_only_those_who_manage_people_say_so() {
    in_town(|town| {
        town.hires("Ana", &[Role::Agent]);
        let agent = town.actor("Ana");
        let set = |by: Actor, required| {
            town.write(move |tx, now| second_factor::set_rule(tx, now, &by, &springfield(), required))
        };
        assert!(matches!(set(agent, false), Err(AccessError::NotAllowed { .. })));
        set(CONSOLE, false).unwrap();
        town.wait(GRACE + GRACE);
        assert!(!town.signs_in("Ana").who.owes_second_factor());
        set(CONSOLE, true).unwrap();
        assert!(!town.signs_in("Ana").who.owes_second_factor(), "everybody gets time to do it");
        town.wait(GRACE);
        assert!(town.signs_in("Ana").who.owes_second_factor());
    });
}

#[test]
fn sess_08_a_second_factor_is_changed_on_a_fresh_sign_in_only() {
    in_town(|town| {
        town.hires("Ana", &[Role::Agent]);
        let who = town.signs_in("Ana").who;
        let secret = offers(town, &who);
        town.wait(SignedDuration::from_mins(10));
        let refused = confirms(town, &who, &secret.code_at(town.now()));
        assert!(matches!(refused, Err(AccessError::SignInTooOld)));
        let again = who.clone();
        let offered = town.write(move |tx, now| second_factor::offer(tx, now, &again, &seal()).map(drop));
        assert!(matches!(offered, Err(AccessError::SignInTooOld)));
        let codes = town.write(move |tx, now| second_factor::renew_codes(tx, now, &who).map(drop));
        assert!(matches!(codes, Err(AccessError::SignInTooOld)));
    });
}

#[test]
fn auth_04_somebody_who_lost_everything_is_let_in_again_by_an_administrator() {
    in_town(|town| {
        let (id, _, codes) = ana_with_app(town);
        town.hires("Root", &[Role::Administrator]);
        let (root, stranger) = (town.actor("Root"), town.hires("Cruz", &[Role::Crew]));
        let reset = |by: Actor, person| {
            town.write(move |tx, now| second_factor::reset(tx, now, &by, &springfield(), person))
        };
        assert!(matches!(reset(town.actor("Cruz"), id), Err(AccessError::NotAllowed { .. })));
        assert!(matches!(reset(root.clone(), stranger), Err(AccessError::NoSecondFactor)));
        let step = gives_password(town);
        reset(root, id).unwrap();
        assert!(matches!(gives_code(town, &step, &codes[0]), Stepped::Expired));
        town.signs_in("Ana");
    });
}

/// The secret of somebody's app as it is stored.
fn stored_secret(town: &Town<'_>, person: PersonId) -> Vec<u8> {
    const STORED: &str = "select secret from second_factor where jurisdiction_id = $1 and person_id = $2";
    town.write(move |tx, _| Ok(tx.query_one(STORED, db::params![springfield(), person], |row| row.get(0))?))
        .unwrap()
}

#[test]
fn auth_04_the_secret_of_an_app_is_sealed_with_a_key_that_is_not_in_the_database() {
    in_town(|town| {
        let (ana, secret, codes) = ana_with_app(town);
        let plain = data_encoding::BASE32_NOPAD.decode(secret.typed().replace(' ', "").as_bytes()).unwrap();
        let stored = stored_secret(town, ana);
        assert!(stored.windows(plain.len()).all(|part| part != plain), "it stands there as it is");
        town.wait(STEP);
        let step = gives_password(town);
        let other = InstallationKey::new([6; 32]).for_sealing();
        let attempt = |code: &str| StepAttempt {
            jurisdiction: springfield(),
            step: step.clone(),
            presented: Presented::Code(code.to_owned()),
            device: None,
        };
        let with_app = attempt(&secret.code_at(town.now()));
        let paper = attempt(&codes[0]);
        let tried = move |code: StepAttempt| {
            let key = other.clone();
            town.write(move |tx, now| sign_in::finish_step(tx, now, &code, None, &key)).unwrap()
        };
        assert!(matches!(tried(with_app), Stepped::Refused), "without the key nobody checks its codes");
        assert!(matches!(tried(paper), Stepped::SignedIn(_)), "paper helps when the key is lost");
    });
}

#[test]
fn auth_04_the_sealed_secret_of_one_person_is_worth_nothing_in_the_row_of_another() {
    in_town(|town| {
        let (ana, _, _) = ana_with_app(town);
        let eve = town.hires("Eve", &[Role::Crew]);
        let who = town.signs_in("Eve").who;
        let hers = offers(town, &who);
        confirms(town, &who, &hers.code_at(town.now())).unwrap();
        let stored = stored_secret(town, eve);
        town.write(move |tx, _| {
            let planted =
                "update second_factor set secret = $3 where jurisdiction_id = $1 and person_id = $2";
            Ok(tx.exec_one(planted, db::params![springfield(), ana, stored.clone()])?)
        })
        .unwrap();
        town.wait(STEP);
        let step = gives_password(town);
        assert!(matches!(gives_code(town, &step, &hers.code_at(town.now())), Stepped::Refused));
    });
}
