//! Work that waits, and work that failed too often: run it again or give it up.

use access::Actor;
use access::audit::{self, Entry};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use db::Tx;
use db::jobs::{self, Counts, Job, JobId, State as JobState};
use http::StatusCode;
use jiff::Timestamp;

use crate::app::App;
use crate::form::Posted;
use crate::page::{FormBox, Page, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};

const ROWS_MAX: i64 = 200;

struct Line {
    job: Job,
    retry: Option<FormBox>,
    discard: Option<FormBox>,
}

#[derive(Template)]
#[template(path = "admin/jobs.html")]
struct JobsPage {
    page: Page,
    counts: Counts,
    is_waiting: bool,
    jobs: Vec<Line>,
}

/// `GET /admin/jobs`: the dead ones, or with `?state=waiting` those that wait.
pub(crate) async fn list(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let is_waiting = query.get("state") == Some("waiting");
    let state = if is_waiting { JobState::Waiting } else { JobState::Dead };
    let jurisdiction = visit.jurisdiction().clone();
    let found = visit.app.db.read(move |tx| {
        let id = jurisdiction.as_str();
        Ok::<_, db::Error>((jobs::counts(tx, id)?, jobs::list(tx, id, Some(state), ROWS_MAX)?))
    });
    let (counts, found) = found.await.map_err(|error| Refusal::store(&visit.app, &error))?;
    let page = Page::new(&visit);
    let jobs = found.into_iter().map(|job| line(&page, job)).collect();
    show_page(&visit.app, StatusCode::OK, &JobsPage { counts, is_waiting, jobs, page })
}

fn line(page: &Page, job: Job) -> Line {
    let form = |action: &str| {
        let path = format!("/admin/jobs/{}/{action}", job.id);
        (job.is_dead).then(|| FormBox::new(page, &path, &format!("job-{action}-button")).quiet())
    };
    Line { retry: form("retry"), discard: form("discard"), job }
}

/// `POST /admin/jobs/{id}/retry`
pub(crate) async fn retry(
    app: State<App>,
    visit: Visit,
    staff: Staff,
    id: Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    decide(app.0, visit, staff, &id.0, "job.retried", jobs::retry).await
}

/// `POST /admin/jobs/{id}/discard`
pub(crate) async fn discard(
    app: State<App>,
    visit: Visit,
    staff: Staff,
    id: Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    decide(app.0, visit, staff, &id.0, "job.discarded", |tx, _, home, id| jobs::discard(tx, home, id)).await
}

type Decision = fn(&mut Tx<'_>, Timestamp, &str, JobId) -> Result<bool, db::Error>;

/// Carries out the decision and puts it on record, both or neither.
async fn decide(
    app: App,
    visit: Visit,
    staff: Staff,
    id: &str,
    action: &'static str,
    decision: Decision,
) -> Result<Response, Refusal> {
    let id: JobId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (now, by, home): (_, Actor, _) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let done = app.db.write(move |tx| {
        let done = decision(tx, now, home.as_str(), id)?;
        if done {
            let object = format!("job:{id}");
            audit::append(
                tx,
                now,
                &Entry { jurisdiction: &home, actor: &by, action, object, detail: String::new() },
            )?;
        }
        Ok::<_, db::Error>(done)
    });
    match done.await.map_err(|error| Refusal::store(&app, &error))? {
        true => Ok(go_to(&visit, "/admin/jobs")),
        false => Err(Refusal::NotFound),
    }
}
