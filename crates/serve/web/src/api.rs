//! The room of machines: Open311 GeoReport v2, mounted below `/open311/`.
//!
//! The protocol itself is the business of the `open311` crate. Here its calls are read from HTTP, given their
//! jurisdiction and caller, run inside a read or a write, and sent back. Query strings may hold keys, so
//! nothing of an address is ever logged.

use std::sync::Arc;

use access::{Actor, JurisdictionId};
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::response::Response;
use catalog::Catalog;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CONTENT_TYPE, HOST, HeaderMap, HeaderName,
};
use http::{HeaderValue, Method, StatusCode};
use open311::form::{BodyKind, Params, Upload};
use open311::problem::Problem;
use open311::route::{Format, Resource, route};
use open311::server::{self, Answer, Call, Site, SiteKind, create, updates_in};
use requests::{FileName, files::FILES_MAX};

use crate::app::App;
use crate::disk::DiskRoom;
use crate::front::Prefixed;
use crate::outside;
use crate::refusal::{Refusal, chain};
use crate::visit::Visit;

const ENDPOINT: &str = "/open311/v2";
const API_KEY_HEADER: &str = "x-api-key";
const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// Everything under `/open311/`, whatever the method: the protocol has its own answers for what is wrong.
pub(crate) async fn answer(State(app): State<App>, visit: Visit, request: Request) -> Response {
    let format = Format::of_path(request.uri().path());
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let answered = match call(&app, &visit, request).await {
        Ok(answer) => answer,
        Err(problem) => problem.answer(format),
    };
    send(answered, is_read)
}

/// One call with all that it is about.
struct Placed {
    call: Call,
    catalog: Arc<Catalog>,
    actor: Actor,
    site: Site,
    idempotency_key: Option<String>,
}

async fn call(app: &App, visit: &Visit, request: Request) -> Result<Answer, Problem> {
    let below =
        request.uri().path().strip_prefix(ENDPOINT).or_else(|| request.uri().path().strip_prefix("/open311"));
    let (resource, format) = below.and_then(route).ok_or_else(Problem::no_such_path)?;
    let allowed = resource.allowed_methods();
    let method = request.method().clone();
    if !allowed.split(", ").any(|known| known == method.as_str()) {
        return Err(Problem::method_not_allowed(allowed));
    }
    let placed = place(app, visit, request, resource, format).await?;
    match (&method, &placed.call.resource) {
        (&Method::POST, Resource::Requests) => take_request(app, visit, placed).await,
        (&Method::POST, _) => take_update(app, visit, placed).await,
        _ => read(app, visit, placed).await,
    }
}

async fn place(
    app: &App,
    visit: &Visit,
    request: Request,
    resource: Resource,
    format: Format,
) -> Result<Placed, Problem> {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    let prefix = parts.extensions.get::<Prefixed>().map(|prefixed| prefixed.0.clone());
    let query = Params::from_query(parts.uri.query().unwrap_or_default())?;
    let params = match parts.method {
        Method::POST => with_body(query, Request::from_parts(parts, body), visit).await?,
        _ => query,
    };
    let params = match headers.get(API_KEY_HEADER).and_then(|key| key.to_str().ok()) {
        Some(key) => params.with_key_from_header(key),
        None => params,
    };
    let host = text_of(&headers, HOST);
    let catalog = catalog_of(app, visit, &params, prefix.as_ref(), host).await?;
    let actor = caller(app, visit, &catalog, &params).await?;
    let site = site(app, visit, &headers, &catalog);
    let idempotency_key = text_of(&headers, HeaderName::from_static(IDEMPOTENCY_HEADER)).map(str::to_owned);
    Ok(Placed { call: Call { resource, format, params }, catalog, actor, site, idempotency_key })
}

fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The jurisdiction that the call names, or that its address names.
async fn catalog_of(
    app: &App,
    visit: &Visit,
    params: &Params,
    prefix: Option<&JurisdictionId>,
    host: Option<&str>,
) -> Result<Arc<Catalog>, Problem> {
    let directory = app.tenants.directory();
    let by_address = prefix.or_else(|| directory.of_host(host));
    let wanted = match (by_address, params.text("jurisdiction_id")?) {
        // Nobody says which: then the one that answers for unnamed addresses is meant.
        (None, None) if directory.has_default(app.tenants.default()) => visit.jurisdiction(),
        (by_address, _) => server::jurisdiction(params, directory.ids(), by_address)?,
    };
    if wanted == visit.jurisdiction() {
        return Ok(visit.catalog.clone());
    }
    let found = app.tenants.catalog(&app.db, visit.now, wanted).await;
    found.map_err(|error| {
        tracing::error!(cause = %chain(&error), "the catalog could not be read");
        Problem::unavailable(5)
    })
}

/// Whoever holds the key that was shown; each key has its own pace.
async fn caller(app: &App, visit: &Visit, catalog: &Catalog, params: &Params) -> Result<Actor, Problem> {
    let Some(presented) = params.api_key() else {
        return Ok(Actor::Resident);
    };
    let holder = app.keys.find(&app.db, visit.now, &catalog.jurisdiction.id, presented.key).await;
    let holder = holder.map_err(|error| told(&error.into()))?;
    let rates = &app.settings.rates;
    let is_exempt = visit.source.is_this_machine() && !rates.limit_this_machine;
    if !is_exempt {
        let taken = match &holder {
            Some(holder) => app.buckets.take(("key", holder.key.uuid()), rates.key, visit.now),
            // Guessing keys is slowed like sending forms.
            None => {
                app.buckets.take((visit.jurisdiction(), visit.source, "bad-key"), rates.writing, visit.now)
            }
        };
        taken.map_err(|retry_s| Problem::too_many(u32::try_from(retry_s).unwrap_or(u32::MAX)))?;
    }
    Ok(server::caller(params, holder.map(Arc::unwrap_or_clone)))
}

fn site(app: &App, visit: &Visit, headers: &HeaderMap, catalog: &Catalog) -> Site {
    let root = outside::root(&app.settings, headers);
    let base = if visit.jurisdiction() == &catalog.jurisdiction.id {
        visit.base.clone()
    } else {
        format!("/j/{}", catalog.jurisdiction.id)
    };
    Site {
        base_url: format!("{root}{base}{ENDPOINT}"),
        photos_url: format!("{root}{base}/photos/"),
        key_service: catalog.jurisdiction.contact.in_default().to_owned(),
        kind: SiteKind::Production,
    }
}

async fn with_body(params: Params, request: Request, visit: &Visit) -> Result<Params, Problem> {
    let kind = text_of(request.headers(), CONTENT_TYPE).map(str::to_owned);
    let limit_bytes = visit.route.map_or(0, crate::routes::Route::body_max);
    match BodyKind::of(kind.as_deref())? {
        BodyKind::UrlEncoded => {
            let limit_bytes = limit_bytes.min(FORM_BYTES_MAX);
            let body = to_bytes(request.into_body(), limit_bytes).await;
            params.with_form(&body.map_err(|_| Problem::too_large("the body", limit_bytes))?)
        }
        BodyKind::Multipart => with_parts(params, request, limit_bytes).await,
    }
}

/// A call without photos.
const FORM_BYTES_MAX: usize = 1024 * 1024;

async fn with_parts(params: Params, request: Request, limit_bytes: usize) -> Result<Params, Problem> {
    let unreadable = || Problem::new(400, "the multipart body could not be read");
    let too_large = |status: StatusCode| match status {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large("the body", limit_bytes),
        _ => unreadable(),
    };
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = multipart.next_field().await.map_err(|error| too_large(error.status()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let is_file = file_name.is_some();
        let bytes = part.bytes().await.map_err(|error| too_large(error.status()))?.to_vec();
        if is_file {
            files.push(Upload { field: name, file_name, bytes });
        } else {
            fields.push((name, bytes));
        }
    }
    params.with_parts(fields, files)
}

async fn read(app: &App, visit: &Visit, placed: Placed) -> Result<Answer, Problem> {
    let now = visit.now;
    let Placed { call, catalog, actor, site, .. } = placed;
    let answered = app.db.read(move |tx| server::get(tx, &catalog, now, &actor, &site, &call)).await;
    answered.map_err(|refusal| told(&refusal))
}

async fn take_request(app: &App, visit: &Visit, placed: Placed) -> Result<Answer, Problem> {
    let now = visit.now;
    let Placed { call, catalog, actor, idempotency_key, .. } = placed;
    let mut prepared = create::prepare(&catalog, now, &actor, call, idempotency_key.as_deref())?;
    if prepared.has_photos() {
        let (names, _turn) = photo_names(app).await?;
        let files = app.files.clone();
        prepared = off_thread(app, move || {
            let mut names = names.into_iter();
            prepared.keep_photos(&files, || next_of(&mut names))
        })
        .await?;
    }
    let (report, reply) = prepared.check(&catalog, now).map_err(|refusal| told(&refusal))?;
    let created = app.db.write(move |tx| requests::create(tx, &actor, &catalog, &report)).await;
    created.map(|created| reply.to(created)).map_err(|error| told(&error.into()))
}

async fn take_update(app: &App, visit: &Visit, placed: Placed) -> Result<Answer, Problem> {
    let now = visit.now;
    let Placed { call, catalog, actor, .. } = placed;
    let mut prepared = updates_in::prepare(&catalog, &actor, call)?;
    if prepared.has_photos() {
        let (names, _turn) = photo_names(app).await?;
        let files = app.files.clone();
        prepared = off_thread(app, move || {
            let mut names = names.into_iter();
            prepared.keep_photos(&files, || next_of(&mut names))
        })
        .await?;
    }
    let answered = app.db.write(move |tx| prepared.commit(tx, now, &actor, &catalog)).await;
    answered.map_err(|refusal| told(&refusal))
}

/// Somebody has to make room first.
const NO_ROOM_RETRY_S: u32 = 600;

/// Unguessable names for the photos of one submission, and a turn at decoding them.
async fn photo_names(app: &App) -> Result<(Vec<FileName>, tokio::sync::SemaphorePermit<'_>), Problem> {
    if app.disk.room() >= DiskRoom::NoPhotos {
        return Err(Problem::unavailable(NO_ROOM_RETRY_S));
    }
    let turn = app.decoding.acquire().await.map_err(|_| Problem::unavailable(5))?;
    let drawn = app
        .db
        .write(|tx| Ok::<_, db::Error>((0..FILES_MAX).map(|_| tx.random::<16>()).collect::<Vec<_>>()))
        .await;
    let drawn = drawn.map_err(|error| told(&error.into()))?;
    Ok((drawn.into_iter().map(FileName::random).collect(), turn))
}

fn next_of(names: &mut std::vec::IntoIter<FileName>) -> FileName {
    names.next().expect("a submission holds no more files than names were drawn")
}

async fn off_thread<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Result<T, server::Refusal> + Send + 'static,
) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|refusal| told(&refusal)),
        Err(error) => {
            Refusal::broken(app, &error);
            Err(Problem::internal())
        }
    }
}

fn told(refusal: &server::Refusal) -> Problem {
    if refusal.is_ours() {
        tracing::error!(cause = %chain(refusal), "an Open311 call failed");
    }
    refusal.problem()
}

fn send(answer: Answer, is_read: bool) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    if is_read {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*"));
    }
    response
}

/// A refusal of the gate in the form the protocol knows.
pub(crate) fn refusal(refusal: &Refusal, path: &str) -> Response {
    let problem = match refusal {
        Refusal::TooLarge { max_bytes } => Problem::too_large("the body", *max_bytes),
        Refusal::TooMany { retry_s } => Problem::too_many(u32::try_from(*retry_s).unwrap_or(u32::MAX)),
        Refusal::Unavailable => Problem::unavailable(5),
        Refusal::NotFound => Problem::no_such_path(),
        Refusal::Broken { .. } => Problem::internal(),
        other => Problem::new(other.status().as_u16(), other.code()),
    };
    send(problem.answer(Format::of_path(path)), false)
}
