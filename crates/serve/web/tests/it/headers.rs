//! OUT-05 and SESS-01: the headers of every answer, over the whole table of routes.

use access::Role;
use http::{Method, StatusCode};

use crate::browser::Answer;
use crate::matrix::sample_path;
use crate::town::{Town, in_town};

fn check(answer: &Answer) {
    let path = &answer.path;
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains", "{path}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
    let kind = answer.header("content-type");
    if kind.starts_with("text/html") {
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(policy.contains("form-action 'self'"), "{path}");
    }
    if !answer.bytes.is_empty() {
        assert!(kind.starts_with("image/") || kind.ends_with("charset=utf-8"), "{path}: {kind}");
    }
    assert!(!answer.header("cache-control").is_empty(), "{path}");
}

#[test]
fn out_05_every_route_answers_with_the_security_headers() {
    in_town(async |town: &Town<'_>| {
        let mut stranger = town.browser();
        let mut boss = town.staff(Role::Administrator).await;
        for route in web::table() {
            let path = sample_path(route);
            for browser in [&mut stranger, &mut boss] {
                let answer = if route.method == Method::GET {
                    browser.get(&path).await
                } else {
                    browser.post(&path, &[]).await
                };
                assert!(answer.status != StatusCode::INTERNAL_SERVER_ERROR, "{path}\n{}", answer.text());
                check(&answer);
            }
            let signed_in = boss.get(&path).await;
            if route.is_for_people() {
                assert_eq!(signed_in.header("cache-control"), "no-store", "{path}");
            }
        }
        for path in ["/nothing/here", "/open311/v2/nothing", "/api/v1/nothing", "/j/nowhere.example/x"] {
            check(&stranger.get(path).await.expect(StatusCode::NOT_FOUND));
        }
    });
}

#[test]
fn sess_01_cookies_are_bound_to_host_https_and_site() {
    in_town(async |town: &Town<'_>| {
        let email = town.add_person(Role::Agent, &town.home).await;
        let mut browser = town.browser();
        let password = crate::town::PASSWORD;
        let answer = browser.post("/sign-in?lang=es", &[("email", &email), ("password", password)]).await;
        let cookies: Vec<&str> =
            answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
        assert_eq!(cookies.len(), 3, "{cookies:?}");
        for cookie in cookies {
            assert!(cookie.starts_with("__Host-") && !cookie.contains("Domain"), "{cookie}");
            for part in ["Path=/", "Secure", "HttpOnly", "SameSite="] {
                assert!(cookie.contains(part), "{cookie} lacks {part}");
            }
            assert!(cookie.contains("SameSite=Strict") || cookie.contains("language"), "{cookie}");
        }
    });
}

#[test]
fn sess_02_a_token_planted_before_signing_in_opens_nothing_after_it() {
    in_town(async |town: &Town<'_>| {
        let email = town.add_person(Role::Agent, &town.home).await;
        let mut browser = town.browser();
        browser.sign_in(&email).await;
        let first = browser.cookie("__Host-townline-session").unwrap().to_owned();
        browser.sign_in(&email).await;
        assert_ne!(browser.cookie("__Host-townline-session").unwrap(), first);
        let mut attacker = town.browser();
        attacker.set_cookie("__Host-townline-session", &first);
        attacker.get("/desk").await.expect(StatusCode::SEE_OTHER);
    });
}

#[test]
fn assets_are_kept_for_ever_under_the_name_of_their_content() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        let page = browser.page("/").await;
        let tags = crate::html::tags(&page.text());
        for tag in tags.iter().filter(|tag| tag.contains("/assets/")) {
            let names = ["href", "src", "data-device"];
            let address = names.iter().find_map(|name| crate::html::attribute(tag, name)).unwrap();
            let asset = browser.get(address.split('#').next().unwrap()).await.expect(StatusCode::OK);
            assert!(asset.header("cache-control").contains("immutable"));
        }
        browser.get("/assets/townline-0000.css").await.expect(StatusCode::NOT_FOUND);
    });
}
