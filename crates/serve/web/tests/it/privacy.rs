//! PRIV-10, PRIV-11, PRIV-12, UPL-06 and UPL-07: what is kept, what is asked of others, what stands in addresses.

use std::net::IpAddr;

use access::Role;
use http::{Method, StatusCode};
use jiff::SignedDuration;

use crate::browser::Browser;
use crate::html;
use crate::matrix::sample_path;
use crate::report::{number_on, picture, reports};
use crate::town::{Town, in_town};

#[test]
fn priv_10_where_and_with_what_somebody_reported_is_kept_nowhere() {
    in_town(async |town: &Town<'_>| {
        for peer in ["203.0.113.77", "2001:db8:77:77::1"] {
            let mut rosa = town.browser();
            rosa.peer = peer.parse::<IpAddr>().unwrap();
            reports(&mut rosa).await;
            for trace in [peer, "2001:db8:77:77", crate::browser::AGENT] {
                assert!(!town.db.holds(trace), "{trace} is stored");
            }
        }
        assert!(town.db.holds("12 Elm Street"), "the search finds what is there");
    });
}

fn addresses(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for tag in html::tags(text).into_iter().filter(|tag| !tag.starts_with("a ")) {
        for name in ["src", "href", "action", "srcset", "data", "poster", "formaction"] {
            found.extend(html::attribute(&tag, name).map(|address| (tag.clone(), address)));
        }
    }
    found
}

#[test]
fn priv_11_no_page_loads_anything_from_anybody_else() {
    in_town(async |town: &Town<'_>| {
        reports(&mut town.browser()).await;
        for mut browser in [town.browser(), town.staff(Role::Administrator).await] {
            for route in web::table().iter().filter(|route| route.method == Method::GET) {
                let answer = browser.get(&sample_path(route)).await;
                // A feed names itself in full; nothing is loaded for it.
                if !answer.header("content-type").starts_with("text/html") {
                    continue;
                }
                for (tag, address) in addresses(&answer.text()) {
                    let is_ours = address.starts_with('/') && !address.starts_with("//");
                    assert!(is_ours || address.starts_with('#'), "{}: <{tag}>", answer.path);
                }
                check_styles(&mut browser, &answer.text()).await;
            }
        }
    });
}

async fn check_styles(browser: &mut Browser, page: &str) {
    for (tag, address) in addresses(page) {
        if tag.contains("rel=\"stylesheet\"") {
            let text = browser.get(&address).await.expect(StatusCode::OK).text();
            assert!(!text.contains("@import") && !text.contains("//"), "{address} reaches out");
        }
    }
}

#[test]
fn priv_12_nothing_personal_stands_in_an_address() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let number = number_on(&rosa.page(&receipt).await);
        let mut ana = town.staff(Role::Agent).await;
        let page = ana.page(&format!("/desk/requests/{number}")).await;
        let action = format!("/desk/requests/{number}/contact");
        assert!(ana.submit(&page, &action, &[]).await.text().contains("rosa@mail.example"));
        for address in rosa.addresses.iter().chain(&ana.addresses) {
            for personal in ["rosa", "mail.example", "D%C3%ADaz", "Elm"] {
                assert!(!address.contains(personal), "{personal} in {address}");
            }
        }
        assert!(rosa.addresses.len() > 10 && ana.addresses.len() > 3);
    });
}

#[test]
fn priv_12_signing_out_clears_what_the_browser_kept() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        let token = ana.form_token();
        let left = ana.post("/sign-out", &[("form-token", &token)]).await;
        assert_eq!(left.header("clear-site-data"), "\"cache\", \"storage\"");
        assert_eq!(ana.cookie("__Host-townline-session"), None);
        assert!(!ana.page("/").await.text().contains("Some agent"));
    });
}

/// As far as the step at which photos are added; answers its address.
async fn at_the_photos(browser: &mut Browser) -> String {
    let page = browser.page("/report").await;
    let answer = browser.submit(&page, "/report", &[("address", "1 Elm Street")]).await;
    let page = browser.follow(&answer).await;
    let answer = browser.submit(&page, &page.path.clone(), &[("service", "graffiti")]).await;
    let page = browser.follow(&answer).await;
    browser.submit(&page, &page.path.clone(), &[("description", "x")]).await.location()
}

#[test]
fn upl_06_no_name_near_that_of_a_photo_opens_anything() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let number = number_on(&rosa.page(&receipt).await);
        let public = rosa.page(&format!("/requests/{number}")).await.text();
        let photo = html::tags(&public).into_iter().find(|tag| tag.starts_with("img")).unwrap();
        let photo = html::attribute(&photo, "src").unwrap();
        rosa.get(&photo).await.expect(StatusCode::OK);
        let (path, name) = photo.rsplit_once('/').unwrap();
        for position in 0..name.len() {
            let other = if &name[position..=position] == "0" { "1" } else { "0" };
            let near = format!("{path}/{}{other}{}", &name[..position], &name[position + 1..]);
            rosa.get(&near).await.expect(StatusCode::NOT_FOUND);
        }
        let track = receipt.strip_suffix("/receipt").unwrap();
        town.browser().get(&format!("{track}x/files/{name}")).await.expect(StatusCode::NOT_FOUND);
    });
}

#[test]
fn upl_07_photos_of_an_unfinished_report_belong_to_its_address_and_end_with_its_day() {
    in_town(async |town: &Town<'_>| {
        let (mut rosa, mut eve) = (town.browser(), town.browser());
        let (rosas, eves) = (at_the_photos(&mut rosa).await, at_the_photos(&mut eve).await);
        assert_ne!(rosas, eves);
        let photo = [("photos", "hole.png", &picture()[..])];
        rosa.upload(&rosas, &[], &photo).await.expect(StatusCode::SEE_OTHER);
        let guess = rosas.replace("/photos", "x/photos");
        eve.upload(&guess, &[], &photo).await.expect(StatusCode::NOT_FOUND);
        assert!(eve.page(&eves).await.text().contains("name=\"photos\""));
        assert!(!eve.page(&eves).await.text().contains("name=\"remove\""), "eve sees no photo of rosa's");
        town.clock.advance(SignedDuration::from_hours(24));
        rosa.get(&rosas).await.expect(StatusCode::NOT_FOUND);
        rosa.upload(&rosas, &[], &photo).await.expect(StatusCode::NOT_FOUND);
        let (now, home) = (web::Clock::now(&*town.clock), town.home.clone());
        let swept = town.db.write(move |tx| web::sweep_drafts(tx, now, &home)).await.unwrap();
        assert_eq!(swept, 2);
    });
}
