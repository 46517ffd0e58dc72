//! Hearing about somebody else's report: follow it by e-mail, and stop following it by a private link.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use requests::LeaveToken;

use super::set_aside::SetAside;
use super::single_request::path;
use crate::app::App;
use crate::form::{Posted, one_line};
use crate::page::{Field, FormBox, FormPage, Page, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::request_faults::{Told, told};
use crate::visit::{Query, Visit};

const EMAIL_MAX: usize = 254;
/// In the address of a request's page: the address that was given follows it already.
pub(crate) const ALREADY: &str = "already-followed";
/// In the address of the page that says so: somebody has stopped following.
const DONE: &str = "done";

/// The form on the page of a request.
pub(crate) fn form(page: &Page, number: &str, kept: &SetAside) -> FormBox {
    let faults = kept.faults();
    let field = Field::line(page, "email", "contact-email", kept.text("email"), EMAIL_MAX)
        .kind("email", "email")
        .required();
    FormBox::new(page, &format!("{}/follow", path(number)), "follow-button")
        .faults(&faults)
        .field(field.faults(&faults))
        .quiet()
}

/// `POST /requests/{number}/follow`
pub(crate) async fn begin(
    State(app): State<App>,
    visit: Visit,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let email = one_line(posted.text("email"));
    let (now, home, tag) = (visit.now, visit.jurisdiction().clone(), visit.language.tag());
    let wanted = number.clone();
    let begun = app.db.write(move |tx| requests::follow(tx, now, &home, &wanted, &email, Some(tag))).await;
    match begun {
        Ok(Some(token)) => Ok(go_to(&visit, &format!("/following/{token}"))),
        Ok(None) => Ok(go_to(&visit, &format!("{}?{ALREADY}=yes", path(&number)))),
        Err(error) => match told(&visit, &error, "email") {
            Told::Fault(fault) => {
                SetAside::new(&posted, &["email"], fault).show_again(&visit, &path(&number)).await
            }
            Told::Refusal(refusal) => Err(refusal),
        },
    }
}

#[derive(Template)]
#[template(path = "portal/following.html")]
struct FollowingPage {
    page: Page,
    request_url: String,
    /// Where to stop it.
    leave_url: String,
}

/// `GET /following/{token}`: shown once somebody follows, with the link to stop it.
pub(crate) async fn show(visit: Visit, Path(token): Path<String>) -> Result<Response, Refusal> {
    let token: LeaveToken = token.parse().map_err(|_| Refusal::NotFound)?;
    let page = Page::new(&visit);
    let template = FollowingPage {
        request_url: page.url(&path(token.number())),
        leave_url: page.url(&format!("/unfollow/{token}")),
        page,
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

/// `GET /unfollow/{token}`: only asks, because mail programs open links by themselves; afterwards it says that it is
/// done.
pub(crate) async fn ask(visit: Visit, Path(token): Path<String>, query: Query) -> Result<Response, Refusal> {
    let token: LeaveToken = token.parse().map_err(|_| Refusal::NotFound)?;
    let page = Page::new(&visit);
    if query.get(DONE).is_some() {
        return show_page(&visit.app, StatusCode::OK, &UnfollowedPage { page });
    }
    let form = FormBox::new(&page, &format!("/unfollow/{token}"), "unfollow-button");
    FormPage::new(&page, page.say("unfollow-heading"), form).lead(page.say("unfollow-text")).show(&visit)
}

#[derive(Template)]
#[template(path = "portal/unfollowed.html")]
struct UnfollowedPage {
    page: Page,
}

/// `POST /unfollow/{token}`
pub(crate) async fn leave(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    let token: LeaveToken = token.parse().map_err(|_| Refusal::NotFound)?;
    let (now, home, leaving) = (visit.now, visit.jurisdiction().clone(), token.to_string());
    let left = app.db.write(move |tx| requests::unfollow(tx, now, &home, &token)).await;
    // Somebody who is not following any more has what they wanted.
    left.map_err(|error| Refusal::request(&app, &error))?;
    Ok(go_to(&visit, &format!("/unfollow/{leaving}?{DONE}=yes")))
}
