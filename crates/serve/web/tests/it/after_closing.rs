//! What residents see and say once their report was closed: the work in pictures, and whether it is fixed.

use access::Role;

use crate::html;
use crate::report::{number_on, picture, reports};
use crate::town::{Town, in_town};

/// A closed report with a photo of the crew; the path of its private link and its number.
async fn closed(town: &Town<'_>) -> (String, String) {
    let mut rosa = town.browser();
    let receipt = reports(&mut rosa).await;
    let number = number_on(&rosa.page(&receipt).await);
    let mut ana = town.staff(Role::Dispatcher).await;
    let desk = format!("/desk/requests/{number}");
    for (action, fields) in [
        ("assign", &[("assign-team", "roads")][..]),
        ("accept", &[]),
        ("start", &[]),
        ("close", &[("close-outcome", "done"), ("close-note", "We filled the hole with new asphalt.")]),
    ] {
        let page = ana.page(&desk).await;
        let answer = ana.submit(&page, &format!("{desk}/{action}"), fields).await;
        ana.follow(&answer).await;
    }
    let action = format!("{desk}/photos");
    let hidden = html::hidden_fields(&ana.page(&desk).await.text(), &action);
    let hidden: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = ana.upload(&action, &hidden, &[("photos-photos", "a.png", &picture())]).await;
    ana.follow(&answer).await;
    (receipt.strip_suffix("/receipt").unwrap().to_owned(), number)
}

#[test]
fn photos_of_the_crew_stand_beside_those_that_came_with_the_report() {
    in_town(async |town: &Town<'_>| {
        let (track, number) = closed(town).await;
        for path in [track, format!("/requests/{number}")] {
            let page = town.browser().page(&path).await.text();
            let (before, after) = (page.find(">Before<"), page.find(">After<"));
            let photos: Vec<usize> = page.match_indices("<img ").map(|(at, _)| at).collect();
            let (Some(before), Some(after)) = (before, after) else { panic!("{path}:\n{page}") };
            assert!(
                matches!(photos[..], [one, other] if before < one && one < after && after < other),
                "{path}"
            );
        }
    });
}

#[test]
fn the_one_who_reported_is_asked_once_whether_it_is_fixed() {
    in_town(async |town: &Town<'_>| {
        let (track, _) = closed(town).await;
        let mut rosa = town.browser();
        let page = rosa.page(&track).await;
        let action = format!("{track}/survey");
        let answer = rosa.submit(&page, &action, &[("satisfaction", "2")]).await;
        let again = rosa.follow(&answer).await;
        assert!(again.text().contains("href=\"#fixed\""), "an answer is needed:\n{}", again.text());
        let chosen = html::tags(&again.text()).into_iter().find(|tag| tag.contains("value=\"2\"")).unwrap();
        assert!(chosen.contains("checked"), "what was chosen stays");
        let answer = rosa.submit(&again, &action, &[("fixed", "no"), ("satisfaction", "2")]).await;
        let thanked = rosa.follow(&answer).await.text();
        assert!(thanked.contains("You told us that it is not fixed") && !thanked.contains(&action));
        assert!(thanked.contains("/not-fixed"), "and it can be opened again");
        // One answer is a secret of the one who gave it.
        assert!(!thanked.contains("people who answered"));
    });
}
