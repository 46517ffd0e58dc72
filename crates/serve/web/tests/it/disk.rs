//! OVL-06: a disk that runs low takes less and less, and everything again once there is room.

use std::sync::atomic::Ordering;

use access::{Role, Scope};
use http::StatusCode;

use crate::html;
use crate::report::{picture, reports};
use crate::town::{Town, in_town};

fn leaves(town: &Town<'_>, percent: i64) {
    town.free_percent.store(percent, Ordering::SeqCst);
}

#[test]
fn ovl_06_photos_are_refused_below_five_percent_and_taken_again_above() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let page = rosa.page("/report").await;
        let answer = rosa.submit(&page, "/report", &[("address", "1 Elm Street")]).await;
        let page = rosa.follow(&answer).await;
        let answer = rosa.submit(&page, &page.path.clone(), &[("service", "graffiti")]).await;
        let page = rosa.follow(&answer).await;
        let photos = rosa.submit(&page, &page.path.clone(), &[("description", "x")]).await.location();
        let photo = [("photos", "wall.png", &picture()[..])];
        leaves(town, 4);
        let refused = rosa.upload(&photos, &[], &photo).await;
        let refused = rosa.follow(&refused).await;
        html::check(&refused.text());
        assert!(refused.text().contains("Photos cannot be taken just now"), "{}", refused.text());
        let key = town.key(&[Scope::Open311Create]).await;
        let fields =
            [("api_key", key.as_str()), ("service_code", "graffiti"), ("address_string", "5 Elm Street")];
        let call = rosa.upload("/open311/v2/requests.json", &fields, &[("media", "a.png", &picture())]).await;
        assert!(call.expect(StatusCode::SERVICE_UNAVAILABLE).text().starts_with("[{\"code\":503"));
        rosa.post("/open311/v2/requests.json", &fields).await.expect(StatusCode::OK);
        leaves(town, 6);
        let taken = rosa.upload(&photos, &[], &photo).await;
        assert!(!rosa.follow(&taken).await.text().contains("Photos cannot be taken"), "{}", taken.location());
    });
}

#[test]
fn ovl_06_below_two_percent_residents_report_in_words_and_staff_read() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        leaves(town, 1);
        let token = ana.form_token();
        let refused = ana.post("/desk/new", &[("form-token", &token)]).await;
        let refused = refused.expect(StatusCode::SERVICE_UNAVAILABLE);
        html::check(&refused.text());
        assert!(!refused.header("retry-after").is_empty());
        ana.page("/desk").await;
        let mut rosa = town.browser();
        let page = rosa.page("/report").await;
        rosa.submit(&page, "/report", &[("address", "1 Elm Street")]).await.expect(StatusCode::SEE_OTHER);
        let ready = rosa.get("/readyz").await.expect(StatusCode::OK);
        assert!(ready.text().contains("less than 2 % free"), "{}", ready.text());
        leaves(town, 50);
        reports(&mut rosa).await;
        // It is looked at again, and names no service.
        let again = ana.post("/desk/new", &[("form-token", &token)]).await;
        again.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(rosa.get("/readyz").await.text(), "ready\n");
    });
}
