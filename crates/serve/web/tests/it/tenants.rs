//! Several governments behind one door never mix.

use access::Role;
use http::StatusCode;

use crate::browser::Browser;
use crate::report::{number_on, reports};
use crate::town::{Town, in_town};

#[test]
fn the_host_name_the_prefix_or_the_default_says_whose_page_it_is() {
    in_town(async |town: &Town<'_>| {
        for (host, path, name) in [
            ("elmwood.example", "/", "Elmwood"),
            ("OAKVILLE.example:8443", "/", "Oakville"),
            ("unknown.example", "/", "Elmwood"),
            ("elmwood.example", "/j/oakville.example/", "Oakville"),
            ("elmwood.example", "/j/oakville.example", "Oakville"),
        ] {
            let page = Browser::new(town.front.clone(), host).page(path).await;
            assert!(page.text().contains(&format!("What can {name} do for you?")), "{host}{path}");
        }
        let page = town.browser().page("/j/oakville.example/requests").await;
        assert!(page.text().contains("href=\"/j/oakville.example/report\""), "links stay in their town");
        town.browser().get("/j/nowhere.example/").await.expect(StatusCode::NOT_FOUND);
    });
}

#[test]
fn az_07_nothing_of_one_town_can_be_reached_through_the_other() {
    in_town(async |town: &Town<'_>| {
        let receipt = reports(&mut town.browser()).await;
        let number = number_on(&town.browser().page(&receipt).await);
        let mut ana = town.staff(Role::Dispatcher).await;
        for path in [format!("/requests/{number}"), receipt.clone(), format!("/desk/requests/{number}")] {
            let foreign = ana.get(&format!("/j/oakville.example{path}")).await;
            assert_ne!(foreign.status, StatusCode::OK, "{path}");
        }
        let list = ana.page("/j/oakville.example/requests").await;
        assert!(!list.text().contains(&number));
        // A session of Elmwood is no session in Oakville.
        let desk = ana.get("/j/oakville.example/desk").await.expect(StatusCode::SEE_OTHER);
        assert!(desk.location().starts_with("/j/oakville.example/sign-in"));
    });
}
