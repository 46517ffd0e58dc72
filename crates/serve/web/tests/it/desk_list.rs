//! The work list: views under a name, many requests at once and the way back, and the short way to anything.

use access::Role;
use http::StatusCode;
use jiff::SignedDuration;

use crate::browser::{Answer, Browser};
use crate::html;
use crate::report::{number_on, reports};
use crate::town::{Town, in_town};

/// Reports from so many residents; their numbers.
async fn reported(town: &Town<'_>, count: usize) -> Vec<String> {
    let mut numbers = Vec::new();
    for _ in 0..count {
        let receipt = reports(&mut town.browser()).await;
        numbers.push(number_on(&town.browser().page(&receipt).await));
    }
    numbers
}

/// What choosing a request in the list sends.
fn pick(list: &Answer, number: &str) -> String {
    let text = list.text();
    let picks = html::tags(&text).into_iter().filter(|tag| tag.contains("name=\"request\""));
    let mut values = picks.map(|tag| html::attribute(&tag, "value").unwrap());
    values
        .find(|value| value.starts_with(&format!("{number}.")))
        .unwrap_or_else(|| panic!("{number}\n{text}"))
}

/// Chooses requests in the list as it was shown, and does something to all of them.
async fn change(browser: &mut Browser, list: &Answer, numbers: &[String], fields: &[(&str, &str)]) -> Answer {
    let picks: Vec<String> = numbers.iter().map(|number| pick(list, number)).collect();
    let mut all: Vec<(&str, &str)> = picks.iter().map(|pick| ("request", pick.as_str())).collect();
    all.extend_from_slice(fields);
    browser.submit(list, "/desk/bulk", &all).await
}

const CLOSING: [(&str, &str); 3] = [
    ("action", "close"),
    ("close-outcome", "no_action_needed"),
    ("close-note", "The neighbours filled the hole themselves."),
];

async fn save(browser: &mut Browser, list: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.page(list).await;
    browser.submit(&page, "/desk/views", fields).await
}

#[test]
fn a_view_is_kept_under_a_name_and_opens_the_desk_of_its_owner_only() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Dispatcher).await;
        let mut ben = town.staff(Role::Supervisor).await;
        let fields = [("view-name", "Late on the roads"), ("view-default", "yes")];
        let kept = save(&mut ana, "/desk?due=late&team=roads", &fields).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(kept.location(), "/desk?due=late&team=roads");
        assert_eq!(ana.get("/desk").await.location(), "/desk?due=late&team=roads");
        let list = ana.page("/desk?team=roads&due=late").await.text();
        assert!(list.contains("aria-current=\"page\">Late on the roads"), "{list}");
        assert!(!ben.page("/desk").await.text().contains("Late on the roads"));
        assert!(ana.page("/desk?state=open").await.text().contains("Work list"));
    });
}

#[test]
fn a_shared_view_is_seen_by_colleagues_and_changed_by_its_owner_only() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Dispatcher).await;
        let mut ben = town.staff(Role::Supervisor).await;
        save(&mut ana, "/desk?state=waiting", &[("view-name", "Waiting"), ("view-shared", "yes")]).await;
        let bens = ben.page("/desk/views").await;
        assert!(bens.text().contains("Shared by a colleague") && !bens.text().contains("/remove"));
        let anas = ana.page("/desk/views").await.text();
        let start = anas.find("/desk/views/").unwrap();
        let remove = html::tags(&anas).into_iter().find_map(|tag| html::attribute(&tag, "action"));
        assert!(remove.is_some() && start > 0);
        let remove = html::tags(&anas)
            .into_iter()
            .filter_map(|tag| html::attribute(&tag, "action"))
            .find(|action| action.ends_with("/remove"))
            .unwrap();
        let token = ben.form_token();
        ben.post(&remove, &[("form-token", &token)]).await.expect(StatusCode::NOT_FOUND);
        let default = ben.submit(&bens, "/desk/views/default", &[]).await;
        assert_eq!(default.status, StatusCode::SEE_OTHER);
        assert_eq!(ben.get("/desk").await.location(), "/desk?state=waiting");
        let page = ana.page("/desk/views").await;
        ana.submit(&page, &remove, &[]).await.expect(StatusCode::SEE_OTHER);
        ben.page("/desk").await;
    });
}

#[test]
fn a_view_without_a_name_comes_back_with_what_it_chooses() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        let wrong = save(&mut ana, "/desk?q=oak", &[("view-name", "  ")]).await;
        let text = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
        html::check(&text);
        assert!(text.contains("href=\"#view-name\"") && text.contains("value=\"q=oak\""));
    });
}

#[test]
fn az_08_many_are_changed_one_by_one_and_what_was_refused_is_listed_without_its_content() {
    in_town(async |town: &Town<'_>| {
        let numbers = reported(town, 3).await;
        let mut ana = town.staff(Role::Dispatcher).await;
        let list = ana.page("/desk").await;
        // Somebody else goes on with one of them after the list was shown.
        let mut ben = town.staff(Role::Supervisor).await;
        let page = ben.page(&format!("/desk/requests/{}", numbers[1])).await;
        let assign = format!("/desk/requests/{}/assign", numbers[1]);
        ben.submit(&page, &assign, &[("assign-team", "trees")]).await.expect(StatusCode::SEE_OTHER);
        let answer = change(&mut ana, &list, &numbers, &CLOSING).await;
        let text = ana.follow(&answer).await.text();
        assert!(text.contains("2 requests were changed."), "{text}");
        assert!(text.contains("Somebody changed it meanwhile.") && !text.contains("Elm Street"), "{text}");
        let open = ana.page("/desk").await.text();
        let left: Vec<bool> = numbers.iter().map(|number| open.contains(number.as_str())).collect();
        assert_eq!(left, [false, true, false]);
    });
}

#[test]
fn az_08_a_role_taken_away_counts_for_every_item_of_a_bulk_change() {
    in_town(async |town: &Town<'_>| {
        let numbers = reported(town, 1).await;
        let mut director = town.staff(Role::Director).await;
        let list = director.page("/desk").await;
        assert!(!list.text().contains("name=\"request\""), "who may change nothing has nothing to choose");
        let token = director.form_token();
        let pick = format!("{}.1", numbers[0]);
        let fields = [("form-token", token.as_str()), ("request", &pick), CLOSING[0], CLOSING[1], CLOSING[2]];
        director.post("/desk/bulk", &fields).await.expect(StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_change_of_many_is_taken_back_by_further_events_within_ten_minutes() {
    in_town(async |town: &Town<'_>| {
        let numbers = reported(town, 2).await;
        let mut ana = town.staff(Role::Dispatcher).await;
        let list = ana.page("/desk").await;
        let answer = change(&mut ana, &list, &numbers, &CLOSING).await;
        let page = ana.follow(&answer).await;
        let undo = format!("{}/undo", answer.location());
        town.clock.advance(SignedDuration::from_mins(5));
        // One of them goes on before the mistake is noticed.
        let opened = ana.page(&format!("/desk/requests/{}", numbers[0])).await;
        let reopen = format!("/desk/requests/{}/reopen", numbers[0]);
        ana.submit(&opened, &reopen, &[("reopen-reason", "It is back")]).await.expect(StatusCode::SEE_OTHER);
        let done = ana.submit(&page, &undo, &[]).await;
        let text = ana.follow(&done).await.text();
        assert!(text.contains("One request was taken back.") && text.contains("Not taken back"), "{text}");
        let history = ana.page(&format!("/desk/requests/{}", numbers[1])).await.text();
        assert!(history.contains("The neighbours filled the hole") && history.contains("made by mistake"));
        // Pressing twice changes nothing more.
        let before = town.row_counts().await;
        ana.submit(&page, &undo, &[]).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(town.row_counts().await, before);
    });
}

#[test]
fn a_change_of_many_is_not_taken_back_later_or_by_somebody_else() {
    in_town(async |town: &Town<'_>| {
        let numbers = reported(town, 1).await;
        let mut ana = town.staff(Role::Dispatcher).await;
        let list = ana.page("/desk").await;
        let fields = [("action", "assign"), ("assign-team", "trees")];
        let answer = change(&mut ana, &list, &numbers, &fields).await;
        let page = ana.follow(&answer).await;
        let undo = format!("{}/undo", answer.location());
        let mut ben = town.staff(Role::Supervisor).await;
        ben.get(&answer.location()).await.expect(StatusCode::NOT_FOUND);
        let token = ben.form_token();
        ben.post(&undo, &[("form-token", &token)]).await.expect(StatusCode::NOT_FOUND);
        town.clock.advance(SignedDuration::from_mins(11));
        ana.submit(&page, &undo, &[]).await.expect(StatusCode::CONFLICT);
        assert!(!ana.page(&answer.location()).await.text().contains("/undo"));
    });
}

#[test]
fn a_change_of_many_that_cannot_be_taken_keeps_what_was_chosen_and_typed() {
    in_town(async |town: &Town<'_>| {
        let numbers = reported(town, 2).await;
        let mut ana = town.staff(Role::Dispatcher).await;
        let list = ana.page("/desk").await;
        let short = [CLOSING[0], CLOSING[1], ("close-note", "done.")];
        let wrong = change(&mut ana, &list, &numbers[..1], &short).await;
        let text = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
        html::check(&text);
        assert!(text.contains("href=\"#close-note\"") && text.contains("done."), "{text}");
        assert_eq!(text.matches("\" checked>").count(), 2, "one request and one outcome");
        let nothing = ana.submit(&list, "/desk/bulk", &[("action", "")]).await;
        let text = nothing.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
        assert!(text.contains("Choose at least one request.") && text.contains("Choose what to do."));
    });
}

#[test]
fn the_list_leads_from_one_request_to_the_next_even_after_it_was_closed() {
    in_town(async |town: &Town<'_>| {
        let numbers = reported(town, 3).await;
        let mut ana = town.staff(Role::Dispatcher).await;
        let list = ana.page("/desk?state=all&q=elm").await.text();
        let mut order = numbers.clone();
        order.sort_by_key(|number| list.find(&format!(">{number}<")).unwrap());
        let path = format!("/desk/requests/{}?list=state%3Dall%26q%3Delm", order[1]);
        assert!(list.contains(&path), "{list}");
        let page = ana.page(&path).await;
        for (number, rel) in [(&order[0], "prev"), (&order[2], "next")] {
            let link = format!("/desk/requests/{number}?list=state%3Dall%26q%3Delm\" rel=\"{rel}\"");
            assert!(page.text().contains(&link), "{link}\n{}", page.text());
        }
        let close = format!("/desk/requests/{}/close", order[1]);
        let closed = ana.submit(&page, &close, &CLOSING[1..]).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(closed.location(), path);
    });
}

#[test]
fn a_number_leads_to_its_request_and_words_to_pages_and_views() {
    in_town(async |town: &Town<'_>| {
        let numbers = reported(town, 1).await;
        let mut ana = town.staff(Role::Dispatcher).await;
        save(&mut ana, "/desk?q=oak", &[("view-name", "Oak Avenue")]).await;
        let request = ana.get(&format!("/desk/go?q={}", numbers[0])).await;
        assert_eq!(request.location(), format!("/desk/requests/{}", numbers[0]));
        let page = ana.page("/desk/go?q=view+oak").await.text();
        assert!(page.contains("/desk?q=oak") && page.contains("View: Oak Avenue"));
        assert!(ana.page("/desk/go?q=xylophone").await.text().contains("Nothing"));
        let part = ana.get("/desk/go?q=new&part=list").await.text();
        assert!(part.contains("/desk/new") && !part.contains("<html"));
        let mut crew = town.staff(Role::Crew).await;
        assert!(!crew.page("/desk/go").await.text().contains("href=\"/desk/new\""));
    });
}
