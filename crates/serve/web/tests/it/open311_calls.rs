//! Open311 as it is mounted: keys, formats, photos, jurisdictions, CORS.

use access::Scope;
use axum::body::Body;
use http::{Request, StatusCode};

use crate::browser::Browser;
use crate::report::picture;
use crate::town::{Town, in_town};

#[test]
fn a_request_is_made_with_a_key_and_read_by_anybody_in_both_formats() {
    in_town(async |town: &Town<'_>| {
        let key = town.key(&[Scope::Open311Create]).await;
        let mut app = town.browser();
        let fields = [
            ("api_key", key.as_str()),
            ("service_code", "pothole"),
            ("address_string", "5 Elm Street"),
            ("description", "A hole"),
            ("attribute[where]", "bike"),
            ("email", "luis@mail.example"),
        ];
        let made = app.post("/open311/v2/requests.json", &fields).await.expect(StatusCode::OK);
        let made: serde_json::Value = serde_json::from_slice(&made.bytes).unwrap();
        let number = made[0]["service_request_id"].as_str().unwrap().to_owned();
        for ending in ["json", "xml"] {
            let read =
                app.get(&format!("/open311/v2/requests/{number}.{ending}")).await.expect(StatusCode::OK);
            assert!(read.text().contains("A hole") && !read.text().contains("luis@mail.example"));
            assert_eq!(read.header("access-control-allow-origin"), "*");
            let list =
                app.get(&format!("/open311/v2/requests.{ending}?status=open")).await.expect(StatusCode::OK);
            assert!(list.text().contains(&number));
            app.get(&format!("/open311/v2/services.{ending}")).await.expect(StatusCode::OK);
            app.get(&format!("/open311/v2/services/pothole.{ending}")).await.expect(StatusCode::OK);
            let found = app.get(&format!("/open311/discovery.{ending}")).await.expect(StatusCode::OK);
            assert!(found.text().contains("https://elmwood.example/open311/v2"));
        }
        town.browser().page(&format!("/requests/{number}")).await;
    });
}

#[test]
fn without_a_good_key_nothing_is_made() {
    in_town(async |town: &Town<'_>| {
        let mut app = town.browser();
        let before = town.row_counts().await;
        for key in ["", "tl_wrong_wrong"] {
            let fields = [("api_key", key), ("service_code", "pothole")];
            let refused = app.post("/open311/v2/requests.xml", &fields).await.expect(StatusCode::FORBIDDEN);
            assert!(refused.text().contains("<code>403</code>"));
            assert_eq!(refused.header("content-type"), "text/xml; charset=utf-8");
        }
        assert_eq!(town.row_counts().await, before);
    });
}

#[test]
fn auth_10_a_revoked_key_is_dead_within_five_seconds() {
    in_town(async |town: &Town<'_>| {
        let key = town.key(&[Scope::Open311Create]).await;
        let fields =
            [("api_key", key.as_str()), ("service_code", "graffiti"), ("address_string", "5 Elm Street")];
        let mut app = town.browser();
        app.post("/open311/v2/requests.json", &fields).await.expect(StatusCode::OK);
        let (now, home) = (web::Clock::now(&*town.clock), town.home.clone());
        town.db
            .write(move |tx| {
                let id = access::keys::list(tx, &home)?[0].id;
                access::keys::revoke(tx, now, &crate::town::PROGRAM, &home, id)
            })
            .await
            .unwrap();
        town.clock.advance(jiff::SignedDuration::from_secs(5));
        app.post("/open311/v2/requests.json", &fields).await.expect(StatusCode::FORBIDDEN);
    });
}

#[test]
fn photos_come_by_multipart_and_are_published_by_name() {
    in_town(async |town: &Town<'_>| {
        let key = town.key(&[Scope::Open311Create]).await;
        let mut app = town.browser();
        let fields = [
            ("api_key", key.as_str()),
            ("service_code", "pothole"),
            ("address_string", "5 Elm Street"),
            ("attribute[where]", "bike"),
        ];
        let made =
            app.upload("/open311/v2/requests.json", &fields, &[("media", "hole.jpg", &picture())]).await;
        made.expect(StatusCode::OK);
        let list = app.get("/open311/v2/requests.json").await.expect(StatusCode::OK);
        let list: serde_json::Value = serde_json::from_slice(&list.bytes).unwrap();
        let url = list[0]["media_url"].as_str().unwrap();
        let path = url.strip_prefix("https://elmwood.example").unwrap();
        let photo = app.get(path).await.expect(StatusCode::OK);
        assert_eq!(
            (photo.header("content-type"), photo.header("x-content-type-options")),
            ("image/jpeg", "nosniff")
        );
        let mut neighbour = Browser::new(town.front.clone(), "oakville.example");
        neighbour.get(path).await.expect(StatusCode::NOT_FOUND);
        let bad =
            app.upload("/open311/v2/requests.json", &fields, &[("media", "x.jpg", b"not a picture")]).await;
        bad.expect(StatusCode::BAD_REQUEST);
    });
}

#[test]
fn the_jurisdiction_is_named_by_the_call_or_by_its_address() {
    in_town(async |town: &Town<'_>| {
        let mut app = Browser::new(town.front.clone(), "api.example");
        let ours = app.get("/open311/v2/services.json?jurisdiction_id=oakville.example").await;
        ours.expect(StatusCode::OK);
        app.get("/open311/v2/services.json?jurisdiction_id=nowhere.example")
            .await
            .expect(StatusCode::NOT_FOUND);
        let mut app = town.browser();
        app.get("/open311/v2/services.json?jurisdiction_id=oakville.example")
            .await
            .expect(StatusCode::NOT_FOUND);
        app.get("/j/oakville.example/open311/v2/services.json").await.expect(StatusCode::OK);
    });
}

#[test]
fn a_cookie_of_staff_opens_nothing_here() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(access::Role::Administrator).await;
        let fields = [("service_code", "pothole"), ("address_string", "x")];
        boss.post("/open311/v2/requests.json", &fields).await.expect(StatusCode::FORBIDDEN);
        let wrong = Request::put("/open311/v2/requests.json").body(Body::empty()).unwrap();
        let wrong = boss.send(wrong).await.expect(StatusCode::METHOD_NOT_ALLOWED);
        assert!(wrong.text().starts_with("[{\"code\":405"), "{}", wrong.text());
    });
}

#[test]
fn az_02_each_scope_of_a_key_opens_its_own_calls_only() {
    in_town(async |town: &Town<'_>| {
        let mut app = town.browser();
        for scope in Scope::ALL {
            let key = town.key(&[*scope]).await;
            for (path, own) in [
                ("/open311/v2/requests.json", Scope::Open311Create),
                ("/open311/v2/servicerequestupdates.json", Scope::Open311Update),
            ] {
                let answer = app.post(path, &[("api_key", &key)]).await;
                // With the right key the call is found wanting in other ways.
                let expected = if *scope == own { StatusCode::BAD_REQUEST } else { StatusCode::FORBIDDEN };
                assert_eq!(answer.status, expected, "{scope} {path}: {}", answer.text());
            }
        }
    });
}
