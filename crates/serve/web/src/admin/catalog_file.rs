//! The catalog as a file: taken out, and brought in after showing what would change.

use askama::Template;
use axum::response::{IntoResponse, Response};
use catalog::file::{self, CatalogFile, Changes, Difference, FileWrong};
use catalog::{CatalogError, Change};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use requests::RequestError;

use super::changing::{Editor, change, flaw_words};
use crate::form::Posted;
use crate::page::{Faults, Field, FormBox, FormPage, Page, Shape, go_to};
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

const PATH: &str = "/admin/catalog";

/// `GET /admin/catalog`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    file_page(&visit, &Faults::default())
}

#[derive(Template)]
#[template(path = "admin/catalog_file.html")]
struct Download {
    page: Page,
}

fn file_page(visit: &Visit, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let download = Download { page: page.clone() }.render();
    let download = download.map_err(|error| Refusal::broken(&visit.app, &error))?;
    let file = Field::new(&page, "file", "catalog-file", Shape::File { accept: ".toml" })
        .hint(&page, "catalog-file-hint")
        .required();
    let form = FormBox::new(&page, PATH, "catalog-look-button")
        .faults(faults)
        .with_files()
        .field(file.faults(faults));
    FormPage::new(&page, page.say("admin-catalog"), form)
        .back("/admin", "admin-title")
        .above(download)
        .show(visit)
}

/// `GET /admin/catalog.toml`
pub(crate) async fn export(visit: Visit) -> Result<Response, Refusal> {
    let home = visit.jurisdiction().clone();
    let text = visit.app.db.read(move |tx| file::export(tx, &home)).await;
    let text = text.map_err(|error| Refusal::catalog(&visit.app, &error))?;
    let headers = [
        (CONTENT_TYPE, "application/toml; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"catalog.toml\""),
    ];
    Ok((headers, text).into_response())
}

#[derive(Template)]
#[template(path = "admin/catalog_changes.html")]
struct Found {
    page: Page,
    differences: Vec<Difference>,
    unchanged: i64,
}

impl Found {
    fn word(&self, difference: &Difference) -> String {
        let key = if difference.change == Change::Added { "catalog-added" } else { "catalog-changed" };
        let kind = self.page.say(&format!("entry-{}", difference.kind.replace('_', "-")));
        self.page.with_two(key, "kind", &kind, "code", &difference.code).into_owned()
    }
}

/// `POST /admin/catalog`: shows what the file would change.
pub(crate) async fn look(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let text = match posted.files("file").next().map(|file| String::from_utf8(file.bytes.clone())) {
        Some(Ok(text)) => text,
        Some(Err(_)) => return file_page(&visit, &at_file(visit.language.say("fault-unreadable"))),
        None => return file_page(&visit, &at_file(visit.language.say("ics-missing"))),
    };
    let changes = match read(&visit, &text) {
        Ok(file) => tried(&visit, &staff, file).await?,
        Err(faults) => Err(faults),
    };
    let Changes { differences, unchanged, .. } = match changes {
        Ok(changes) => changes,
        Err(faults) => return file_page(&visit, &faults),
    };
    let page = Page::new(&visit);
    let is_empty = differences.is_empty();
    let unchanged = i64::try_from(unchanged).unwrap_or(i64::MAX);
    let found = Found { page: page.clone(), differences, unchanged }.render();
    let found = found.map_err(|error| Refusal::broken(&visit.app, &error))?;
    let to = if is_empty { PATH.to_owned() } else { format!("{PATH}/apply") };
    let form = if is_empty {
        FormBox::new(&page, &to, "catalog-look-button")
            .with_files()
            .field(Field::new(&page, "file", "catalog-file", Shape::File { accept: ".toml" }).required())
    } else {
        FormBox::new(&page, &to, "catalog-apply-button").hidden("text", text)
    };
    FormPage::new(&page, page.say("catalog-look-title"), form)
        .back(PATH, "admin-catalog")
        .above(found)
        .show(&visit)
}

fn at_file(text: impl Into<String>) -> Faults {
    let mut faults = Faults::default();
    faults.add("file", text);
    faults
}

fn read(visit: &Visit, text: &str) -> Result<CatalogFile, Faults> {
    file::parse(text).map_err(|error| at_line(visit, &error))
}

fn at_line(visit: &Visit, error: &file::FileError) -> Faults {
    let why = match &error.wrong {
        FileWrong::Flaw(flaw) => format!("{}: {}", flaw.field, flaw_words(&flaw.wrong, visit.language)),
        // What the reader of TOML says is about its own syntax, in its own words.
        FileWrong::Shape { field, message } => format!("{field}: {message}"),
        FileWrong::TooLong { max_bytes } => {
            visit.language.with("fault-too-long", "max", max_bytes).into_owned()
        }
    };
    at_file(visit.language.with_two("catalog-line", "line", &error.line, "why", &why))
}

/// How trying a file ends: always without keeping anything.
enum Tried {
    Would(Changes),
    Failed(RequestError),
}

impl From<db::Error> for Tried {
    fn from(error: db::Error) -> Self {
        Tried::Failed(error.into())
    }
}

/// Applies the file in a transaction that is then given up.
async fn tried(visit: &Visit, staff: &Staff, file: CatalogFile) -> Result<Result<Changes, Faults>, Refusal> {
    let (now, by, home) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let done = visit.app.db.write(move |tx| -> Result<(), Tried> {
        let applied = requests::apply_catalog_file(tx, now, &by, &home, &file);
        Err(applied.map_or_else(Tried::Failed, Tried::Would))
    });
    match done.await {
        Ok(()) => Ok(Ok(Changes::default())),
        Err(Tried::Would(changes)) => Ok(Ok(changes)),
        Err(Tried::Failed(RequestError::Catalog(CatalogError::File(error)))) => {
            Ok(Err(at_line(visit, &error)))
        }
        Err(Tried::Failed(error)) => Err(Refusal::request(&visit.app, &error)),
    }
}

/// `POST /admin/catalog/apply`: brings in the file that was looked at.
pub(crate) async fn apply(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let file = match read(&visit, posted.text("text")) {
        Ok(file) => file,
        Err(faults) => return file_page(&visit, &faults),
    };
    // Tried once more: what it names may have gone since it was looked at.
    if let Err(faults) = tried(&visit, &staff, file.clone()).await? {
        return file_page(&visit, &faults);
    }
    let done = change(&visit, &staff, move |tx, editor| {
        let Editor { now, by, home } = editor;
        requests::apply_catalog_file(tx, *now, by, home, &file).map(|_| ())
    });
    match done.await? {
        Ok(()) => Ok(go_to(&visit, "/admin/services")),
        Err(faults) => file_page(&visit, &faults),
    }
}
