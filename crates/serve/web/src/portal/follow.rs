//! Hearing about somebody else's report: follow it by e-mail, and stop following it by a private link.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use requests::LeaveToken;

use super::single_request::path;
use crate::app::App;
use crate::form::{Posted, one_line};
use crate::page::{Faults, Field, FormBox, FormPage, Page, show as show_page};
use crate::refusal::Refusal;
use crate::request_faults::{Told, told};
use crate::visit::Visit;

const EMAIL_MAX: usize = 254;

/// The form on the page of a request.
pub(crate) fn form(page: &Page, number: &str, email: &str, faults: &Faults) -> FormBox {
    let field =
        Field::line(page, "email", "contact-email", email, EMAIL_MAX).kind("email", "email").required();
    FormBox::new(page, &format!("{}/follow", path(number)), "follow-button")
        .faults(faults)
        .field(field.faults(faults))
        .quiet()
}

#[derive(Template)]
#[template(path = "portal/following.html")]
struct FollowingPage {
    page: Page,
    request_url: String,
    /// Where to stop it; nothing when the address followed already and has its link.
    leave_url: Option<String>,
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
    let (wanted, address) = (number.clone(), email.clone());
    let begun = app.db.write(move |tx| requests::follow(tx, now, &home, &wanted, &address, Some(tag))).await;
    let page = Page::new(&visit);
    let token = match begun {
        Ok(token) => token,
        Err(error) => match told(&visit, &error, "email") {
            Told::Fault(fault) => {
                let mut faults = Faults::default();
                faults.add(fault.field, fault.text);
                let form = form(&page, &number, &email, &faults);
                return FormPage::new(&page, page.say("follow-heading"), form)
                    .back(&path(&number), "follow-back")
                    .show(&visit);
            }
            Told::Refusal(refusal) => return Err(refusal),
        },
    };
    let template = FollowingPage {
        request_url: page.url(&path(&number)),
        leave_url: token.map(|token| page.url(&format!("/unfollow/{token}"))),
        page,
    };
    show_page(&app, StatusCode::OK, &template)
}

/// `GET /unfollow/{token}`: only asks, because mail programs open links by themselves.
pub(crate) async fn ask(visit: Visit, Path(token): Path<String>) -> Result<Response, Refusal> {
    let token: LeaveToken = token.parse().map_err(|_| Refusal::NotFound)?;
    let page = Page::new(&visit);
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
    let (now, home) = (visit.now, visit.jurisdiction().clone());
    let left = app.db.write(move |tx| requests::unfollow(tx, now, &home, &token)).await;
    // Somebody who is not following any more has what they wanted.
    left.map_err(|error| Refusal::request(&app, &error))?;
    show_page(&app, StatusCode::OK, &UnfollowedPage { page: Page::new(&visit) })
}
