//! Whatever is sent, the answer is clear, nothing is stored, and it is never a failure of ours.

use axum::body::Body;
use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};

use crate::html;
use crate::matrix::sample_path;
use crate::report::picture;
use crate::town::{Town, in_town};

#[test]
fn a_wrong_place_is_refused_at_its_field() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        let long = "x".repeat(301);
        for (fields, field) in [
            (vec![("address", "  "), ("words", "\u{200b}")], "address"),
            (vec![("address", long.as_str())], "address"),
            (vec![("address", "1 Elm"), ("zip", long.as_str())], "zip"),
            (vec![("latitude", "91"), ("longitude", "0")], "address"),
            (vec![("latitude", "NaN"), ("longitude", "0")], "address"),
            (vec![("latitude", "north"), ("longitude", "0")], "address"),
        ] {
            let answer = browser.post("/report", &fields).await;
            let wrong = browser.follow(&answer).await;
            assert!(wrong.text().contains(&format!("href=\"#{field}\"")), "{fields:?}\n{}", wrong.text());
        }
        assert_eq!(town.row_counts().await[0], 0, "no request came of it");
    });
}

#[test]
fn bodies_that_cannot_be_read_are_refused() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        let before = town.row_counts().await;
        for (kind, body) in [
            ("application/json", "{}"),
            ("text/xml", "<a/>"),
            ("application/x-www-form-urlencoded", "address=%ff%fe"),
            ("multipart/form-data", "no boundary"),
            (
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"address\"\r\n\r\nhalf",
            ),
        ] {
            let request =
                browser.unsafe_request("/report").header(CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
            let refused = browser.send(request).await.expect(StatusCode::BAD_REQUEST);
            html::check(&refused.text());
        }
        assert_eq!(town.row_counts().await, before);
    });
}

#[test]
fn hostile_files_are_refused_whatever_they_are_called() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        let page = browser.page("/report").await;
        let answer = browser.submit(&page, "/report", &[("address", "1 Elm Street")]).await;
        let service = answer.location();
        let page = browser.page(&service).await;
        let answer = browser.submit(&page, &service, &[("service", "graffiti")]).await;
        let page = browser.follow(&answer).await;
        let answer = browser.submit(&page, &page.path.clone(), &[("description", "x")]).await;
        let photos = answer.location();
        let good = picture();
        let truncated = &good[..good.len() / 2];
        for bytes in
            [&b"<svg onload=alert(1)>"[..], b"%PDF-1.7", b"PK\x03\x04", b"\xff\xd8\xff garbage", truncated]
        {
            let refused =
                browser.upload(&photos, &[], &[("photos", "../../etc/passwd\u{202e}gnp.exe", bytes)]).await;
            let text = browser.follow(&refused).await.text();
            assert!(text.contains("href=\"#photos\""));
        }
        let six = vec![("photos", "a.png", good.as_slice()); 6];
        let refused = browser.upload(&photos, &[], &six).await;
        assert!(browser.follow(&refused).await.text().contains("href=\"#photos\""));
        let taken = browser.upload(&photos, &[], &six[..1]).await;
        assert!(taken.location().ends_with("/contact"), "{}", taken.location());
    });
}

#[test]
fn out_01_parameters_are_never_given_back_raw() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        let hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
        for route in web::table().iter().filter(|route| route.method == Method::GET && route.is_for_people())
        {
            let names = ["q", "status", "service", "district", "from", "after", "return", "lang", "x"];
            let query = names.map(|name| format!("{name}={hostile}")).join("&");
            let answer = browser.get(&format!("{}?{query}", sample_path(route))).await;
            assert!(answer.status.as_u16() < 500, "{}", answer.path);
            // Scripts of ours always say where they come from.
            assert!(!answer.text().contains("<script>"), "{}", answer.path);
        }
    });
}

#[test]
fn inp_06_what_residents_write_is_shown_as_text() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        let page = browser.page("/report").await;
        let hostile = "<img src=x onerror=alert(1)> {{7*7}} ${7*7}";
        let answer = browser.submit(&page, "/report", &[("address", hostile)]).await;
        let page = browser.follow(&answer).await;
        let back = browser.page(&page.path.replace("/service", "/place")).await;
        assert!(!back.text().contains("<img") && html::unescaped(&back.text()).contains(hostile));
    });
}
