//! Every piece our pages are made of, in every state, on one page: for whoever builds pages, and for the
//! browser tests, which look at it in every language and theme.

use askama::Template;
use axum::response::Response;
use http::StatusCode;

use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, Switch, chosen, show as show_page};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// Colours by what they are for, as the style sheet names them.
const COLOURS: [&str; 20] = [
    "ground",
    "panel",
    "ink",
    "ink-soft",
    "line",
    "line-soft",
    "bar",
    "link",
    "link-seen",
    "act",
    "act-over",
    "wrong",
    "wrong-ground",
    "good",
    "good-ground",
    "late",
    "late-ground",
    "note",
    "note-ground",
    "focus",
];

/// Icons by their names in `ui/icons.mjs`.
pub(crate) const ICONS: [&str; 13] = [
    "campaign",
    "search",
    "history",
    "schedule",
    "info",
    "warning",
    "error",
    "check_circle",
    "location_on",
    "photo_camera",
    "print",
    "map",
    "settings",
];

/// Statuses of requests with the class of the badge that shows them.
const BADGES: [(&str, &str); 4] = [
    ("status-received", "open"),
    ("status-in-progress", "open"),
    ("due-passed", "late"),
    ("status-closed", "closed"),
];

#[derive(Template)]
#[template(path = "desk/style_page.html")]
struct StylePage {
    page: Page,
    themes: Vec<Switch>,
    form: FormBox,
    wrong: FormBox,
}

/// `GET /style`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let template = StylePage {
        themes: page.themes(),
        form: form(&page, &Faults::default(), ""),
        wrong: form(&page, &faults(&page), "wrong-"),
        page,
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

/// A form with every kind of field; sent nowhere but back here.
fn form(page: &Page, faults: &Faults, prefix: &str) -> FormBox {
    let name = |name: &str| format!("{prefix}{name}");
    let choices = |ids: [&str; 3]| {
        let words = ["status-received", "status-waiting", "status-closed"];
        ids.into_iter().zip(words).map(|(id, key)| Choice::new(id, page.say(key))).collect::<Vec<_>>()
    };
    let line = |value: &str| Shape::Line {
        kind: "email",
        autocomplete: "email",
        value: value.to_owned(),
        chars_max: 100,
    };
    let label = |key: &str| page.say(key).into_owned();
    FormBox::new(page, "/style", "button-continue").faults(faults).fields([
        Field::labelled(page, name("email"), label("contact-email"), line("ana@example"))
            .hint(page, "contact-email-hint")
            .required()
            .faults(faults),
        Field::labelled(
            page,
            name("lines"),
            label("report-details-description"),
            Shape::Lines { value: String::new(), chars_max: 1_000 },
        )
        .faults(faults),
        Field::labelled(
            page,
            name("one"),
            label("filter-status"),
            Shape::OneOf(chosen(choices(["a", "b", "c"]), &["a"])),
        )
        .faults(faults),
        Field::labelled(
            page,
            name("any"),
            label("style-any"),
            Shape::AnyOf(chosen(choices(["a", "b", "c"]), &["b", "c"])),
        )
        .faults(faults),
        Field::labelled(page, name("list"), label("column-status"), Shape::List(choices(["a", "b", "c"])))
            .faults(faults),
        Field::labelled(page, name("photos"), label("report-photos-label"), Shape::Photos)
            .hint(page, "report-photos-hint")
            .faults(faults),
    ])
}

fn faults(page: &Page) -> Faults {
    let mut faults = Faults::default();
    for (field, key) in [
        ("wrong-email", "fault-email"),
        ("wrong-lines", "report-details-missing"),
        ("wrong-one", "fault-answer-required"),
        ("wrong-any", "fault-answer-required"),
        ("wrong-list", "fault-answer-unknown"),
        ("wrong-photos", "photo-not-a-picture"),
    ] {
        faults.add(field, page.say(key));
    }
    faults
}
