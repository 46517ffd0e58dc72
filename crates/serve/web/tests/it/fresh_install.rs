//! AUTH-09: nothing opens a fresh install but the people somebody with the machine has added.

use access::Role;
use http::StatusCode;

use crate::town::{PASSWORD, Town, in_town};

const NAMES: [&str; 6] =
    ["admin", "administrator", "root", "admin@elmwood.example", "administrator@elmwood.example", "townline"];
const PASSWORDS: [&str; 6] = ["", "admin", "password", "townline", "changeme", PASSWORD];
const SETUP_PAGES: [&str; 6] = ["/setup", "/install", "/register", "/sign-up", "/admin/setup", "/first-run"];

async fn no_page_adds_anybody(town: &Town<'_>) {
    let mut browser = town.browser();
    for path in SETUP_PAGES {
        browser.get(path).await.expect(StatusCode::NOT_FOUND);
        browser.post(path, &[("email", "eve@mail.example")]).await.expect(StatusCode::NOT_FOUND);
    }
}

#[test]
fn auth_09_a_fresh_install_has_no_account_and_no_page_that_makes_the_first() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        for (name, password) in NAMES.into_iter().zip(PASSWORDS).chain([(NAMES[3], PASSWORDS[1])]) {
            let refused = browser.post("/sign-in", &[("email", name), ("password", password)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {password}");
            browser.get("/admin").await.expect(StatusCode::SEE_OTHER);
        }
        no_page_adds_anybody(town).await;
        town.staff(Role::Administrator).await;
        no_page_adds_anybody(town).await;
    });
}

#[test]
fn az_08_a_role_taken_away_counts_from_the_next_request() {
    in_town(async |town: &Town<'_>| {
        town.add_person(Role::Administrator, &town.home).await;
        let mut lead = town.staff(Role::Supervisor).await;
        lead.page("/admin/services").await;
        let (now, home) = (web::Clock::now(&*town.clock), town.home.clone());
        let demoted = town.db.write(move |tx| {
            let person = access::people::list(tx, &home, None, 10)?.remove(1);
            access::people::set_roles(tx, now, &crate::town::PROGRAM, &home, person.id, &[Role::Crew])
        });
        demoted.await.unwrap();
        lead.get("/admin/services").await.expect(StatusCode::SEE_OTHER);
        lead.sign_in(&format!("supervisor@{}", town.home)).await;
        lead.get("/admin/services").await.expect(StatusCode::FORBIDDEN);
    });
}
