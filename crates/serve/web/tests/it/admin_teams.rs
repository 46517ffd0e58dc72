//! Departments and teams: added, renamed, retired, with what hangs on them in sight.

use access::Role;
use http::StatusCode;

use crate::html;
use crate::town::{Town, in_town};

#[test]
fn a_department_and_its_team_are_added_renamed_retired_and_taken_up_again() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let form = boss.page("/admin/add-department").await;
        let fields = [("name-en", "Parks & Trees"), ("name-es", "Parques"), ("calendar", "")];
        let answer = boss.submit(&form, "/admin/departments", &fields).await;
        assert_eq!(answer.location(), "/admin/departments/parks-trees");
        let form = boss.page("/admin/add-team").await;
        let fields = [("name-en", "Gardeners"), ("name-es", ""), ("department", "parks-trees")];
        let answer = boss.submit(&form, "/admin/add-team", &fields).await;
        assert!(boss.follow(&answer).await.text().contains("Gardeners"));
        let path = "/admin/departments/parks-trees";
        let department = boss.page(path).await;
        assert!(department.text().contains("Gardeners"), "the team hangs on it");
        let renamed = [("name-en", "Parks"), ("name-es", "Parques"), ("calendar", "works")];
        boss.submit(&department, path, &renamed).await.expect(StatusCode::SEE_OTHER);
        let department = boss.page(path).await;
        let answer = boss.submit(&department, &format!("{path}/retire"), &[]).await;
        assert!(boss.follow(&answer).await.text().contains("This department is retired"));
        let offered = boss.page("/admin/add-team").await.text();
        assert!(!offered.contains("value=\"parks-trees\""), "nothing new hangs on a retired department");
        let answer = boss.submit(&boss.clone().page(path).await, &format!("{path}/restore"), &[]).await;
        assert!(!boss.follow(&answer).await.text().contains("This department is retired"));
        let log = boss.page("/admin/audit?object=department:parks-trees").await.text();
        assert_eq!(log.matches("department.saved").count(), 4, "{log}");
    });
}

#[test]
fn a_second_department_of_the_same_name_is_another_one() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let form = boss.page("/admin/add-department").await;
        for expected in ["/admin/departments/works-2", "/admin/departments/works-3"] {
            let fields = [("name-en", "Works"), ("name-es", ""), ("calendar", "")];
            let answer = boss.submit(&form, "/admin/departments", &fields).await;
            assert_eq!(answer.location(), expected);
        }
    });
}

#[test]
fn a_retired_team_gets_no_more_requests_and_its_page_says_what_it_has() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let team = boss.page("/admin/teams/roads").await;
        assert!(team.text().contains("/admin/services/pothole") && team.text().contains("Open requests"));
        boss.submit(&team, "/admin/teams/roads/retire", &[]).await.expect(StatusCode::SEE_OTHER);
        let home = town.home.clone();
        let routed = town.db.read(move |tx| {
            let catalog = catalog::Catalog::load(tx, &home)?;
            let pothole = catalog.service_by_code("pothole").unwrap();
            Ok::<_, catalog::CatalogError>(catalog.route(pothole, None).is_some())
        });
        assert!(!routed.await.unwrap());
    });
}

#[test]
fn names_that_cannot_be_are_refused_at_their_field_and_nothing_is_kept() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let before = town.row_counts().await;
        let form = boss.page("/admin/add-department").await;
        let fields = [("name-en", ""), ("name-es", ""), ("calendar", "")];
        let wrong = boss.submit(&form, "/admin/departments", &fields).await;
        let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
        html::check(&wrong);
        assert!(wrong.contains("href=\"#name-en\""));
        let form = boss.page("/admin/add-team").await;
        let fields = [("name-en", "x"), ("name-es", ""), ("department", "nowhere")];
        let wrong = boss.submit(&form, "/admin/add-team", &fields).await;
        assert!(wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text().contains("href=\"#department\""));
        for path in ["/admin/departments/nothing", "/admin/teams/nothing"] {
            boss.get(path).await.expect(StatusCode::NOT_FOUND);
        }
        assert_eq!(town.row_counts().await, before);
    });
}
