//! People, keys, services, targets, jobs and the audit log.

use access::Role;
use http::StatusCode;
use jiff::SignedDuration;

use crate::browser::Browser;
use crate::html;
use crate::password_links;
use crate::town::{PASSWORD, Town, in_town};

#[test]
fn an_administrator_invites_somebody_who_can_then_sign_in_until_access_ends() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let link = password_links::invites(&mut boss, "nia@elmwood.example", "agent").await;
        let mut nia = town.browser();
        let form = nia.page(&link).await;
        let fields = [("password", PASSWORD), ("password-again", PASSWORD)];
        nia.submit(&form, &link, &fields).await.expect(StatusCode::SEE_OTHER);
        nia.sign_in("nia@elmwood.example").await;
        nia.page("/desk").await;
        let (link, person) = password_links::page_of(&mut boss, "nia@elmwood.example").await;
        let answer = boss.submit(&person, &format!("{link}/disable"), &[]).await;
        assert!(boss.follow(&answer).await.text().contains("Disabled since"));
        // SESS-04: the session ended with the access.
        assert!(nia.get("/desk").await.location().starts_with("/sign-in"));
    });
}

#[test]
fn bad_new_people_are_refused_by_field() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let page = boss.page("/admin/people").await;
        let good = [("name", "Nia"), ("email", "nia@elmwood.example"), ("roles", "agent")];
        for (index, (value, field)) in [("", "name"), ("nia", "email"), ("", "roles")].into_iter().enumerate()
        {
            let mut fields = good;
            fields[index].1 = value;
            let wrong =
                boss.submit(&page, "/admin/people", &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
            html::check(&wrong.text());
            assert!(wrong.text().contains(&format!("href=\"#{field}\"")), "{field}\n{}", wrong.text());
        }
    });
}

#[test]
fn auth_10_a_key_is_shown_once_and_can_be_revoked() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let page = boss.page("/admin/keys").await;
        let fields = [("label", "Pothole app"), ("scopes", "open311:create"), ("expires", "")];
        let made = boss.submit(&page, "/admin/keys", &fields).await.expect(StatusCode::OK);
        html::check(&made.text());
        assert!(made.text().contains("tl_"));
        let list = boss.page("/admin/keys").await;
        assert!(list.text().contains("Pothole app") && !list.text().contains("class=\"link-box\""));
        let revoke = html::tags(&list.text()).into_iter().find(|tag| tag.contains("/revoke\"")).unwrap();
        let action = html::attribute(&revoke, "action").unwrap();
        let answer = boss.submit(&list, &action, &[]).await;
        assert!(boss.follow(&answer).await.text().contains("Revoked"));
    });
}

#[test]
fn sess_08_weighty_changes_need_a_fresh_sign_in() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let page = boss.page("/admin/keys").await;
        town.clock.advance(SignedDuration::from_mins(11));
        let before = town.row_counts().await;
        for route in web::table().iter().filter(|route| route.fresh) {
            let path = route.path.replace("{id}", "00000000-0000-0000-0000-000000000001");
            let token = boss.form_token();
            let answer = boss.post(&path, &[("form-token", &token)]).await.expect(StatusCode::SEE_OTHER);
            assert!(answer.location().contains("again=1"), "{path}");
        }
        let fields = [("label", "x"), ("scopes", "open311:create")];
        boss.submit(&page, "/admin/keys", &fields).await.expect(StatusCode::UNAUTHORIZED);
        assert_eq!(town.row_counts().await, before);
    });
}

#[test]
fn services_and_targets_change_what_residents_see_at_once() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        boss.page("/admin").await;
        assert!(boss.page("/admin/services").await.text().contains("Graffiti"));
        let form = boss.page("/admin/services/graffiti").await;
        let fields = [
            ("name-en", "Paint on walls"),
            ("name-es", "Grafiti"),
            ("public", "full"),
            ("department", "works"),
            ("active", "yes"),
        ];
        boss.submit(&form, "/admin/services/graffiti", &fields).await.expect(StatusCode::SEE_OTHER);
        assert!(town.browser().page("/find?q=paint").await.text().contains("Paint on walls"));
        let empty = [("name-en", ""), ("name-es", ""), ("public", "full"), ("department", "works")];
        let wrong = boss.submit(&form, "/admin/services/graffiti", &empty).await;
        assert!(wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text().contains("href=\"#name-en\""));
        let targets = boss.page("/admin/targets").await;
        let fields = [
            ("service", "graffiti"),
            ("first_response", ""),
            ("resolution", "2 calendar days"),
            ("effective_from", ""),
        ];
        boss.submit(&targets, "/admin/targets", &fields).await.expect(StatusCode::SEE_OTHER);
        assert!(boss.page("/admin/targets").await.text().contains("2 calendar days"));
        let fields =
            [("service", "graffiti"), ("first_response", "soon"), ("resolution", ""), ("effective_from", "")];
        let wrong =
            boss.submit(&targets, "/admin/targets", &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        html::check(&wrong.text());
        assert!(wrong.text().contains("href=\"#first_response\"") && wrong.text().contains("soon"));
    });
}

/// A job that has failed for good.
async fn dead_job(town: &Town<'_>) {
    let (now, home) = (web::Clock::now(&*town.clock), town.home.clone());
    town.db
        .write(move |tx| {
            let job = db::jobs::NewJob {
                jurisdiction: home.as_str(),
                kind: "mail",
                payload: "{}",
                run_at: now,
                key: None,
            };
            db::jobs::enqueue(tx, now, &job)?;
            for round in 0..60 {
                let later = now + SignedDuration::from_hours(24 * round);
                for claimed in db::jobs::claim(tx, later, SignedDuration::from_mins(1), 10)? {
                    let _ = db::jobs::failed(tx, later, &claimed, "the mail server said no")?;
                }
            }
            Ok::<_, db::Error>(())
        })
        .await
        .unwrap();
}

#[test]
fn dead_jobs_are_shown_and_decided_on_and_the_chain_is_whole() {
    in_town(async |town: &Town<'_>| {
        dead_job(town).await;
        let mut boss = town.staff(Role::Administrator).await;
        let jobs = boss.page("/admin/jobs").await;
        assert!(jobs.text().contains("the mail server said no"));
        let retry = html::tags(&jobs.text()).into_iter().find(|tag| tag.contains("/retry\"")).unwrap();
        let action = html::attribute(&retry, "action").unwrap();
        let answer = boss.submit(&jobs, &action, &[]).await;
        assert!(boss.follow(&answer).await.text().contains("There are none."));
        assert!(boss.page("/admin/jobs?state=waiting").await.text().contains("mail"));
        assert!(boss.page("/admin/audit?action=job.retried").await.text().contains("job.retried"));
        assert!(boss.page("/admin/audit/state").await.text().contains("The log is whole."));
    });
}

#[test]
fn an_unknown_account_and_a_wrong_password_look_the_same() {
    in_town(async |town: &Town<'_>| {
        let email = town.add_person(Role::Agent, &town.home).await;
        let mut browser = town.browser();
        let wrong = async |browser: &mut Browser, email: &str| {
            let answer =
                browser.post("/sign-in", &[("email", email), ("password", "no no no no no no")]).await;
            answer.expect(StatusCode::UNPROCESSABLE_ENTITY).text().replace(email, "EMAIL")
        };
        let known = wrong(&mut browser, &email).await;
        html::check(&known);
        assert_eq!(known, wrong(&mut browser, "nobody@elmwood.example").await);
    });
}
