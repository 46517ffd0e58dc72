//! API-05: only the declared methods and parameters, by their own names.

use axum::body::Body;
use http::{Method, Request, StatusCode};

use crate::browser::Browser;
use crate::html;
use crate::matrix::sample_path;
use crate::town::{Town, in_town};

const METHODS: [Method; 8] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
    Method::TRACE,
];

fn declares(path: &str, method: &Method) -> bool {
    let method = if *method == Method::HEAD { &Method::GET } else { method };
    // The catch-all of Open311 answers reads of every path below it.
    web::table().iter().any(|route| route.path == path && route.method == *method)
}

async fn send(browser: &mut Browser, method: &Method, path: &str) -> crate::browser::Answer {
    let request =
        Request::builder().method(method.clone()).uri(path).header("origin", "https://elmwood.example");
    let request = request.header("x-http-method-override", "DELETE").header("x-method-override", "PUT");
    browser.send(request.body(Body::empty()).unwrap()).await
}

#[test]
fn api_05_every_path_answers_its_declared_methods_and_refuses_all_others() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        for route in web::table() {
            let path = sample_path(route);
            for method in METHODS {
                let answer = send(&mut browser, &method, &path).await;
                let is_refused = answer.status == StatusCode::METHOD_NOT_ALLOWED;
                assert_eq!(is_refused, !declares(route.path, &method), "{method} {path}: {}", answer.status);
                assert!(!is_refused || !answer.header("allow").is_empty(), "{method} {path} names no method");
            }
        }
    });
}

#[test]
fn api_05_head_has_the_permission_and_the_answer_of_get_without_its_body() {
    in_town(async |town: &Town<'_>| {
        let mut stranger = town.browser();
        let mut crew = town.staff(access::Role::Crew).await;
        for route in web::table().iter().filter(|route| route.method == Method::GET) {
            let path = sample_path(route);
            for browser in [&mut stranger, &mut crew] {
                let (head, get) =
                    (send(browser, &Method::HEAD, &path).await, send(browser, &Method::GET, &path).await);
                assert_eq!((head.status, head.location()), (get.status, get.location()), "{path}");
                assert!(head.bytes.is_empty(), "{path}");
            }
        }
    });
}

#[test]
fn api_05_a_parameter_given_twice_is_refused_by_name() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        for path in ["/requests?status=open&q=x&status=closed", "/find?q=a&q=b", "/map?x=1&x=2"] {
            let refused = browser.get(path).await.expect(StatusCode::BAD_REQUEST);
            html::check(&refused.text());
        }
        let before = town.row_counts().await;
        let twice = [("address", "1 Elm Street"), ("address", "2 Elm Street")];
        browser.post("/report", &twice).await.expect(StatusCode::BAD_REQUEST);
        assert_eq!(town.row_counts().await, before);
        // What is made for several choices may come several times.
        let mut boss = town.staff(access::Role::Administrator).await;
        let token = boss.form_token();
        let roles = [("form-token", token.as_str()), ("roles", "agent"), ("roles", "crew")];
        boss.post("/admin/people", &roles).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn methods_that_are_not_in_the_table_are_refused_by_name() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        for (method, path, allow) in [
            (Method::PUT, "/report", "GET, HEAD, POST"),
            (Method::DELETE, "/requests/10005", "GET, HEAD"),
            (Method::TRACE, "/", "GET, HEAD"),
            (Method::POST, "/", "GET, HEAD"),
            (Method::GET, "/sign-out", "POST"),
        ] {
            let request = Request::builder().method(method.clone()).uri(path).body(Body::empty()).unwrap();
            let refused = browser.send(request).await.expect(StatusCode::METHOD_NOT_ALLOWED);
            assert_eq!(refused.header("allow"), allow, "{method} {path}");
            html::check(&refused.text());
        }
        let head = Request::head("/requests").body(Body::empty()).unwrap();
        assert!(browser.send(head).await.expect(StatusCode::OK).bytes.is_empty());
        let api = browser.get("/api/v1/nothing").await.expect(StatusCode::NOT_FOUND);
        assert_eq!(api.header("content-type"), "application/problem+json; charset=utf-8");
        let body: serde_json::Value = serde_json::from_slice(&api.bytes).unwrap();
        assert_eq!(
            (body["status"].as_u64(), body["title"].as_str()),
            (Some(404), Some("This page does not exist"))
        );
    });
}
