//! A call is taken down on one page, and the caller hears a number and a day.

use access::Role;
use http::StatusCode;

use crate::browser::Browser;
use crate::html;
use crate::town::{Town, in_town};

const CALL: [(&str, &str); 6] = [
    ("channel", "phone"),
    ("service", "pothole"),
    ("address", "3 Oak Avenue"),
    ("q-where", "lane"),
    ("name", "Mr. O'Neil"),
    ("language", "es"),
];

/// Takes a call down, questions and all: the page with what to read out.
async fn taken(ana: &mut Browser) -> crate::browser::Answer {
    let form = ana.page("/desk/new").await;
    let more = ana.submit(&form, "/desk/new", &CALL).await.expect(StatusCode::OK);
    let fields = [&CALL[..], &[("q-size", "9")]].concat();
    let answer = ana.submit(&more, "/desk/new", &fields).await;
    ana.follow(&answer).await
}

#[test]
fn an_agent_takes_a_call_on_one_page_and_reads_the_promise_out_in_the_callers_language() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        let form = ana.page("/desk/new").await;
        let more = ana.submit(&form, "/desk/new", &CALL).await.expect(StatusCode::OK);
        html::check(&more.text());
        assert!(more.text().contains("How wide is it") && more.text().contains("3 Oak Avenue"));
        let wrong = [&CALL[..], &[("q-size", "wide")]].concat();
        let wrong = ana.submit(&more, "/desk/new", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        html::check(&wrong.text());
        assert!(wrong.text().contains("href=\"#q-size\"") && wrong.text().contains("3 Oak Avenue"));
        let page = taken(&mut ana).await;
        let text = page.text();
        assert!(text.contains("lang=\"es\"") && text.contains("Su solicitud tiene el número"), "{text}");
        assert!(text.contains("miércoles, 13 de mayo de 2026"), "{text}");
        let number = page.path.split(['/', '?']).nth(3).unwrap();
        let opened = ana.page(&format!("/desk/requests/{number}")).await.text();
        assert!(opened.contains("3 Oak Avenue") && opened.contains("Phone"));
    });
}

#[test]
fn the_pieces_of_the_page_answer_while_one_types() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        let services = ana.get("/desk/new?part=services&q=hoyo").await.expect(StatusCode::OK).text();
        assert!(services.contains("data-code=\"pothole\"") && !services.contains("<html"), "{services}");
        let token = ana.form_token();
        let asked = [("form-token", token.as_str()), ("part", "questions"), ("service", "pothole")];
        let questions = ana.post("/desk/new", &asked).await.expect(StatusCode::OK).text();
        assert!(questions.contains("Where in the street?") && !questions.contains("How wide"), "{questions}");
        let asked = [&asked[..], &[("q-where", "lane")]].concat();
        let questions = ana.post("/desk/new", &asked).await.expect(StatusCode::OK).text();
        assert!(questions.contains("How wide is it"), "{questions}");
        let known = "/desk/new?part=known&service=pothole&address=3+Oak+Avenue";
        assert!(!ana.get(known).await.text().contains("/desk/requests/"));
        taken(&mut ana).await;
        assert!(ana.get(known).await.text().contains("/desk/requests/"));
    });
}

#[test]
fn what_is_not_taken_here_is_said_and_nothing_is_saved() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        assert!(ana.page("/desk/new?service=power").await.text().contains("The power company"));
        let form = ana.page("/desk/new").await;
        let before = town.row_counts().await;
        let power = ana.submit(&form, "/desk/new", &[("service", "power")]).await.expect(StatusCode::OK);
        assert!(power.text().contains("The power company"));
        let gas = [("service", "pothole"), ("q-where", "gas"), ("shown", "where")];
        let gas = ana.submit(&form, "/desk/new", &gas).await.expect(StatusCode::OK);
        assert!(gas.text().contains("911"));
        let none = ana.submit(&form, "/desk/new", &[("address", "3 Oak Avenue")]).await;
        let none = none.expect(StatusCode::UNPROCESSABLE_ENTITY).text();
        html::check(&none);
        assert!(none.contains("href=\"#service\"") && none.contains("3 Oak Avenue"));
        assert_eq!(town.row_counts().await, before);
    });
}
