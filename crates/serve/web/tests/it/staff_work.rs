//! The whole way at the desk: refuse, accept, work, close; and the resident who says that it is not fixed.

use access::Role;
use http::StatusCode;

use crate::browser::{Answer, Browser};
use crate::html;
use crate::report::{number_on, picture, reports};
use crate::town::{Town, in_town};

/// One action at the desk, as its form on the page sends it.
async fn act(browser: &mut Browser, number: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.page(&format!("/desk/requests/{number}")).await;
    let answer = browser.submit(&page, &format!("/desk/requests/{number}/{action}"), fields).await;
    browser.follow(&answer).await
}

#[test]
fn a_request_goes_the_whole_way_and_back() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let number = number_on(&rosa.page(&receipt).await);
        let track = receipt.strip_suffix("/receipt").unwrap().to_owned();
        let mut ana = town.staff(Role::Dispatcher).await;
        assert!(ana.page("/desk").await.text().contains(&number));
        act(&mut ana, &number, "assign", &[("assign-team", "trees")]).await;
        let page =
            act(&mut ana, &number, "refuse", &[("refuse-reason", "No tree here"), ("refuse-team", "roads")])
                .await;
        assert!(page.text().contains("No tree here"));
        act(&mut ana, &number, "assign", &[("assign-team", "roads")]).await;
        act(&mut ana, &number, "accept", &[]).await;
        act(&mut ana, &number, "schedule", &[("schedule-at", "2026-05-12T08:00")]).await;
        act(&mut ana, &number, "start", &[]).await;
        act(
            &mut ana,
            &number,
            "pause",
            &[("pause-reason", "Waiting for asphalt"), ("pause-until", "2026-05-12")],
        )
        .await;
        assert!(rosa.page(&track).await.text().contains("Waiting for asphalt"));
        act(&mut ana, &number, "resume", &[]).await;
        act(&mut ana, &number, "internal-note", &[("internal-note-note", "Ask for the CANARY crew")]).await;
        act(&mut ana, &number, "public-note", &[("public-note-note", "The crew comes on Tuesday.")]).await;
        let fields = [
            ("close-outcome", "done"),
            ("close-note", "We filled the hole at 12 Elm Street with new asphalt."),
        ];
        act(&mut ana, &number, "close", &fields).await;
        let status = rosa.page(&track).await;
        for shown in ["Done", "We filled the hole", "The crew comes on Tuesday."] {
            assert!(status.text().contains(shown), "the status page lacks {shown}");
        }
        let public = town.browser().page(&format!("/requests/{number}")).await;
        for page in [&status, &public] {
            assert!(
                !page.text().contains("CANARY") && !page.text().contains("No tree here"),
                "{}",
                page.text()
            );
        }
        let action = format!("{track}/not-fixed");
        let wrong = rosa.submit(&status, &action, &[("reason", "")]).await;
        assert!(rosa.follow(&wrong).await.text().contains("href=\"#reason\""));
        let answer = rosa.submit(&status, &action, &[("reason", "The hole is back")]).await;
        assert!(rosa.follow(&answer).await.text().contains("It was opened again."));
        assert!(ana.page(&format!("/desk/requests/{number}")).await.text().contains("The hole is back"));
    });
}

#[test]
fn a_resident_adds_words_and_photos_and_withdraws() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let track = receipt.strip_suffix("/receipt").unwrap().to_owned();
        let action = format!("{track}/information");
        let answer =
            rosa.upload(&action, &[("text", "It is growing")], &[("photos", "b.png", &picture())]).await;
        let page = rosa.follow(&answer).await;
        assert!(page.text().contains("It is growing") && page.text().contains("A photo was added."));
        let wrong =
            rosa.upload(&action, &[("text", "kept")], &[("photos", "b.exe", b"MZ not a picture")]).await;
        let text = rosa.follow(&wrong).await.text();
        assert!(text.contains("kept") && text.contains("href=\"#photos\""), "what was typed stays");
        let answer = rosa.submit(&page, &format!("{track}/withdraw"), &[]).await;
        assert!(rosa.follow(&answer).await.text().contains("Withdrawn"));
    });
}

#[test]
fn two_people_cannot_overwrite_each_other_unseen() {
    in_town(async |town: &Town<'_>| {
        let receipt = reports(&mut town.browser()).await;
        let number = number_on(&town.browser().page(&receipt).await);
        let mut ana = town.staff(Role::Dispatcher).await;
        let mut ben = town.staff(Role::Supervisor).await;
        let seen_by_both = ana.page(&format!("/desk/requests/{number}")).await;
        let bens = ben.page(&format!("/desk/requests/{number}")).await;
        let action = format!("/desk/requests/{number}/assign");
        ana.submit(&seen_by_both, &action, &[("assign-team", "roads")]).await.expect(StatusCode::SEE_OTHER);
        let late = ben
            .submit(&bens, &action, &[("assign-team", "trees")])
            .await
            .expect(StatusCode::PRECONDITION_FAILED);
        html::check(&late.text());
        assert!(late.text().contains("Somebody changed this request while you were writing"));
        assert!(late.text().contains("<option value=\"trees\" selected>"), "what was chosen stays");
        let again = ben.submit(&late, &action, &[("assign-team", "trees")]).await;
        assert!(ben.follow(&again).await.text().contains("Trees"));
    });
}

#[test]
fn a_note_is_added_to_what_somebody_else_did_meanwhile() {
    in_town(async |town: &Town<'_>| {
        let receipt = reports(&mut town.browser()).await;
        let number = number_on(&town.browser().page(&receipt).await);
        let mut ana = town.staff(Role::Dispatcher).await;
        let mut ben = town.staff(Role::Supervisor).await;
        let bens = ben.page(&format!("/desk/requests/{number}")).await;
        act(&mut ana, &number, "assign", &[("assign-team", "trees")]).await;
        let action = format!("/desk/requests/{number}/internal-note");
        let answer = ben.submit(&bens, &action, &[("internal-note-note", "The caller rang twice")]).await;
        let page = ben.follow(&answer).await;
        assert!(page.text().contains("The caller rang twice") && page.text().contains("Trees"));
    });
}

#[test]
fn what_was_typed_for_a_step_that_is_gone_is_shown_beside_what_happened() {
    in_town(async |town: &Town<'_>| {
        let receipt = reports(&mut town.browser()).await;
        let number = number_on(&town.browser().page(&receipt).await);
        let mut ana = town.staff(Role::Dispatcher).await;
        let mut ben = town.staff(Role::Supervisor).await;
        let bens = ben.page(&format!("/desk/requests/{number}")).await;
        let close = [
            ("close-outcome", "no_action_needed"),
            ("close-note", "The neighbours filled the hole themselves."),
        ];
        act(&mut ana, &number, "close", &close).await;
        let action = format!("/desk/requests/{number}/close");
        let bens_note =
            [("close-outcome", "not_ours"), ("close-note", "This stretch belongs to the county.")];
        let late = ben.submit(&bens, &action, &bens_note).await.expect(StatusCode::PRECONDITION_FAILED);
        html::check(&late.text());
        for shown in ["The neighbours filled the hole themselves.", "This stretch belongs to the county."] {
            assert!(late.text().contains(shown), "{shown}");
        }
    });
}

#[test]
fn a_form_that_could_not_be_taken_comes_back_open_with_what_was_typed() {
    in_town(async |town: &Town<'_>| {
        let receipt = reports(&mut town.browser()).await;
        let number = number_on(&town.browser().page(&receipt).await);
        let mut ana = town.staff(Role::Dispatcher).await;
        let page = ana.page(&format!("/desk/requests/{number}")).await;
        let action = format!("/desk/requests/{number}/close");
        for (fields, field) in [
            ([("close-outcome", "no_action_needed"), ("close-note", "done.")], "close-note"),
            (
                [
                    ("close-outcome", "no_action_needed"),
                    ("close-note", "Case closed. The issue has been resolved."),
                ],
                "close-note",
            ),
            (
                [("close-outcome", "flying"), ("close-note", "We looked at the hole and it is gone.")],
                "close-outcome",
            ),
            (
                [
                    ("close-outcome", "duplicate"),
                    ("close-note", "Another neighbour told us yesterday already."),
                ],
                "close-original",
            ),
        ] {
            let wrong = ana.submit(&page, &action, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
            html::check(&wrong.text());
            assert!(wrong.text().contains(&format!("href=\"#{field}\"")), "{fields:?}\n{}", wrong.text());
            assert!(wrong.text().contains("<details open") && wrong.text().contains(fields[1].1));
        }
    });
}

#[test]
fn only_who_may_see_contacts_is_shown_them_and_it_is_on_record() {
    in_town(async |town: &Town<'_>| {
        let receipt = reports(&mut town.browser()).await;
        let number = number_on(&town.browser().page(&receipt).await);
        let mut ana = town.staff(Role::Agent).await;
        let page = ana.page(&format!("/desk/requests/{number}")).await;
        assert!(!page.text().contains("rosa@mail.example"));
        let action = format!("/desk/requests/{number}/contact");
        let shown = ana.submit(&page, &action, &[]).await.expect(StatusCode::OK);
        html::check(&shown.text());
        assert!(shown.text().contains("rosa@mail.example"));
        let mut crew = town.staff(Role::Crew).await;
        let page = crew.page(&format!("/desk/requests/{number}")).await;
        assert!(!page.text().contains(&action));
        let token = crew.form_token();
        crew.post(&action, &[("form-token", &token)]).await.expect(StatusCode::FORBIDDEN);
        let mut auditor = town.staff(Role::Auditor).await;
        assert!(auditor.page("/admin/audit").await.text().contains("request.contact_viewed"));
    });
}

#[test]
fn sess_03_what_was_typed_survives_the_end_of_the_session() {
    in_town(async |town: &Town<'_>| {
        let receipt = reports(&mut town.browser()).await;
        let number = number_on(&town.browser().page(&receipt).await);
        let mut ana = town.staff(Role::Dispatcher).await;
        let page = ana.page(&format!("/desk/requests/{number}")).await;
        town.clock.advance(jiff::SignedDuration::from_mins(61));
        let action = format!("/desk/requests/{number}/internal-note");
        let typed = [("internal-note-note", "Ask the school & its \"neighbours\"\nfirst")];
        let interrupted = ana.submit(&page, &action, &typed).await.expect(StatusCode::UNAUTHORIZED);
        html::check(&interrupted.text());
        let email = format!("{}@{}", Role::Dispatcher, town.home);
        let wrong = [("email", email.as_str()), ("password", "not this one at all")];
        let again =
            ana.submit(&interrupted, "/sign-in", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        let right = [("email", email.as_str()), ("password", crate::town::PASSWORD)];
        let offered = ana.submit(&again, "/sign-in", &right).await.expect(StatusCode::OK);
        html::check(&offered.text());
        assert!(!ana.page(&format!("/desk/requests/{number}")).await.text().contains("Ask the school"));
        let answer = ana.submit(&offered, &action, &[]).await;
        let page = ana.follow(&answer).await;
        assert!(html::unescaped(&page.text()).contains("Ask the school & its \"neighbours\""));
    });
}
