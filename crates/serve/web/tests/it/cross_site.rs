//! SESS-06: no change is made that was not asked for by a page of ours, and none by reading.

use access::Role;
use axum::body::Body;
use http::header::CONTENT_TYPE;
use http::{Method, Request, StatusCode};

use crate::browser::encoded;
use crate::matrix::sample_path;
use crate::town::{Town, in_town};

#[test]
fn sess_06_every_change_asked_for_by_another_site_is_refused() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let before = town.row_counts().await;
        for route in web::table().iter().filter(|route| route.method != Method::GET) {
            let path = sample_path(route);
            let token = boss.form_token();
            for (name, value) in
                [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
            {
                let request = Request::post(&path).header(name, value);
                let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
                let body = Body::from(encoded(&[("form-token", &token)]));
                boss.send(request.body(body).unwrap()).await.expect(StatusCode::FORBIDDEN);
            }
        }
        assert_eq!(town.row_counts().await, before);
    });
}

#[test]
fn sess_06_a_form_without_the_sessions_token_is_refused() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let other = town.staff(Role::Agent).await;
        let before = town.row_counts().await;
        let foreign = other.form_token();
        let no_body_read = ["/sign-in"];
        for route in web::table().iter().filter(|route| route.method != Method::GET && route.is_for_people())
        {
            let path = sample_path(route);
            if no_body_read.contains(&route.path) {
                continue;
            }
            for token in ["", "x", foreign.as_str()] {
                let answer = boss.post(&path, &[("form-token", token)]).await;
                let is_refused =
                    answer.status == StatusCode::FORBIDDEN || answer.status == StatusCode::NOT_FOUND;
                assert!(is_refused, "{path}: {}", answer.status);
            }
        }
        assert_eq!(town.row_counts().await, before);
    });
}

#[test]
fn sess_06_reading_changes_nothing_but_who_read_the_audit_log() {
    in_town(async |town: &Town<'_>| {
        let receipt = crate::report::reports(&mut town.browser()).await;
        let mut boss = town.staff(Role::Administrator).await;
        let mut ana = town.staff(Role::Supervisor).await;
        let before = town.row_counts().await;
        for route in web::table().iter().filter(|route| route.method == Method::GET) {
            for browser in [&mut boss, &mut ana] {
                browser.get(&sample_path(route)).await;
            }
        }
        for path in [receipt.as_str(), receipt.strip_suffix("/receipt").unwrap()] {
            boss.get(path).await.expect(StatusCode::OK);
        }
        // The list, the file and the check of the log, by the one of the two who may see it.
        let mut expected = before;
        *expected.last_mut().unwrap() += 3;
        assert_eq!(town.row_counts().await, expected);
    });
}

#[test]
fn api_06_other_sites_may_read_what_machines_read_and_nothing_with_a_cookie() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        for route in web::table() {
            let path = sample_path(route);
            let body = Body::from(encoded(&[("form-token", &boss.form_token())]));
            let request = Request::builder().method(route.method.clone()).uri(&path);
            let request = request.header("origin", "https://evil.example");
            let answer = boss
                .send(request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body).unwrap())
                .await;
            let is_public_reading = route.path.starts_with("/open311") && route.method == Method::GET;
            let expected = if is_public_reading { "*" } else { "" };
            assert_eq!(answer.header("access-control-allow-origin"), expected, "{} {path}", route.method);
            assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
        }
    });
}
