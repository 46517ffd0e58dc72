//! Every route there is.
//!
//! The router is built from this table and from nothing else, so a route that is not listed here does not
//! exist, and one that is listed says who may take it. Tests walk the table as every role.

use std::sync::LazyLock;
use std::time::Duration;

use access::{Permission, Scope};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use http::Method;

use crate::app::App;
use crate::gate::{self, ANSWER_WITHIN, Gate, UPLOAD_WITHIN, class_of};
use crate::headers::Keeping;
use crate::load::Class;
use crate::meters::Meter;
use crate::rates::{Rate, Rates};
use crate::{admin, api, assets, brand, desk, health, portal};

/// Who may take a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Anybody.
    Public,
    /// Whoever holds the unguessable part of the path; a wrong one answers like a missing page.
    PrivateLink,
    /// Another system, with a key of this scope.
    Key(Scope),
    /// Any signed-in member of staff.
    Session,
    /// A signed-in member of staff who may do this.
    Staff(Permission),
    /// Callers on this machine, unless the operator opened it.
    ThisMachine,
}

/// How large a body may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// There is none.
    None,
    /// A form.
    Form,
    /// A call of a machine, perhaps with photos.
    Call,
    /// A form with one file of text.
    File,
    /// A form with photos.
    Photos,
}

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// One row of the table.
pub struct Route {
    /// The method; `HEAD` comes with `GET`.
    pub method: Method,
    /// The pattern of the path.
    pub path: &'static str,
    /// Who may take it.
    pub needs: Needs,
    /// Whether the sign-in must be recent (SESS-08).
    pub fresh: bool,
    /// What gives way first in a storm.
    pub class: Class,
    body: Body,
    signs_in: bool,
    is_asset: bool,
    is_tile: bool,
    handler: fn() -> MethodRouter<App>,
}

impl Route {
    fn new(method: Method, path: &'static str, needs: Needs, handler: fn() -> MethodRouter<App>) -> Self {
        let changes = method != Method::GET;
        let body = if changes { Body::Form } else { Body::None };
        let class = class_of(&needs, changes);
        Self {
            method,
            path,
            needs,
            fresh: false,
            class,
            body,
            signs_in: false,
            is_asset: false,
            is_tile: false,
            handler,
        }
    }

    fn page(path: &'static str, needs: Needs, handler: fn() -> MethodRouter<App>) -> Self {
        Self::new(Method::GET, path, needs, handler)
    }

    fn form(path: &'static str, needs: Needs, handler: fn() -> MethodRouter<App>) -> Self {
        Self::new(Method::POST, path, needs, handler)
    }

    fn fresh(mut self) -> Self {
        self.fresh = true;
        self
    }

    fn class(mut self, class: Class) -> Self {
        self.class = class;
        self
    }

    fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    fn signs_in(mut self) -> Self {
        self.signs_in = true;
        self
    }

    fn asset(mut self) -> Self {
        self.is_asset = true;
        self
    }

    /// A piece of the map: the same for everybody, and asked for by the dozen.
    fn tile(mut self) -> Self {
        self.is_tile = true;
        self
    }

    /// Whether a browser with cookies takes it: then language, session and origin count.
    pub fn is_for_people(&self) -> bool {
        !self.is_asset
            && !self.is_tile
            && !matches!(self.needs, Needs::ThisMachine | Needs::Key(_))
            && !self.path.starts_with("/open311")
    }

    pub(crate) fn keeping(&self) -> Keeping {
        match self.needs {
            Needs::PrivateLink | Needs::Session | Needs::Staff(_) => Keeping::Never,
            _ if self.signs_in => Keeping::Never,
            _ if self.is_for_people() => Keeping::Checked,
            _ => Keeping::AsSaid,
        }
    }

    /// The largest body, in bytes.
    pub(crate) fn body_max(&self) -> usize {
        match self.body {
            Body::None => 0,
            Body::Form => 256 * KIB,
            Body::File => 2 * MIB,
            Body::Call | Body::Photos => 26 * MIB,
        }
    }

    pub(crate) fn within(&self) -> Duration {
        match self.body {
            Body::None | Body::Form => ANSWER_WITHIN,
            Body::File | Body::Call | Body::Photos => UPLOAD_WITHIN,
        }
    }

    /// How often one source may take it, with a name for the bucket. Keys have buckets of their own.
    pub(crate) fn rate(&self, rates: &Rates) -> Option<(&'static str, Rate)> {
        match (self.needs, &self.method) {
            (Needs::ThisMachine | Needs::Key(_), _) => None,
            _ if self.is_asset => None,
            _ if self.is_tile => Some(("draw", rates.drawing)),
            _ if self.signs_in && self.method == Method::POST => Some(("sign-in", rates.signing_in)),
            (_, &Method::GET) => Some(("read", rates.reading)),
            _ => Some(("write", rates.writing)),
        }
    }
}

/// The table, in the order of the menu.
pub fn table() -> &'static [Route] {
    static TABLE: LazyLock<Vec<Route>> = LazyLock::new(|| {
        let rooms = [health_routes(), portal_routes(), desk_routes(), admin_routes(), api_routes()];
        rooms.into_iter().flatten().collect()
    });
    &TABLE
}

fn health_routes() -> Vec<Route> {
    use Needs::{Public, ThisMachine};
    vec![
        Route::page("/healthz", Public, || get(health::alive)).asset().class(Class::Intake),
        Route::page("/readyz", Public, || get(health::ready)).asset().class(Class::Intake),
        Route::page("/metrics", ThisMachine, || get(health::metrics)),
        Route::page("/assets/{name}", Public, || get(assets::show)).asset(),
        Route::page("/brand/{name}", Public, || get(brand::show)).asset(),
    ]
}

fn portal_routes() -> Vec<Route> {
    use crate::map::{base_tiles, request_tiles, style};
    use Needs::{PrivateLink, Public};
    use portal::report::{contact, details, known, offline, photos, place, review, service, stopped};
    use portal::{
        find, follow, home, map, my_requests, places, requests_list, single_request, track, worker,
    };
    vec![
        Route::page("/", Public, || get(home::show)),
        Route::page("/worker.js", Public, || get(worker::show)).asset(),
        Route::page("/find", Public, || get(find::show)),
        Route::page("/report", Public, || get(place::begin)).class(Class::Intake),
        Route::form("/report", Public, || post(place::start)),
        Route::page("/report/offline", Public, || get(offline::show)).class(Class::Intake),
        Route::form("/report/offline", Public, || post(offline::take)).body(Body::Photos),
        Route::page("/report/{draft}/place", PrivateLink, || get(place::show)).class(Class::Intake),
        Route::form("/report/{draft}/place", PrivateLink, || post(place::take)),
        Route::page("/report/{draft}/service", PrivateLink, || get(service::show)).class(Class::Intake),
        Route::form("/report/{draft}/service", PrivateLink, || post(service::take)),
        Route::page("/report/{draft}/stopped", PrivateLink, || get(stopped::show)).class(Class::Intake),
        Route::page("/report/{draft}/known", PrivateLink, || get(known::show)).class(Class::Intake),
        Route::form("/report/{draft}/known", PrivateLink, || post(known::take)),
        Route::page("/report/{draft}/details", PrivateLink, || get(details::show)).class(Class::Intake),
        Route::form("/report/{draft}/details", PrivateLink, || post(details::take)),
        Route::page("/report/{draft}/photos", PrivateLink, || get(photos::show)).class(Class::Intake),
        Route::form("/report/{draft}/photos", PrivateLink, || post(photos::take)).body(Body::Photos),
        Route::page("/report/{draft}/contact", PrivateLink, || get(contact::show)).class(Class::Intake),
        Route::form("/report/{draft}/contact", PrivateLink, || post(contact::take)),
        Route::page("/report/{draft}/review", PrivateLink, || get(review::show)).class(Class::Intake),
        Route::form("/report/{draft}/review", PrivateLink, || post(review::send)),
        Route::page("/requests", Public, || get(requests_list::show)),
        Route::page("/requests.atom", Public, || get(requests_list::feed::show)),
        Route::page("/requests.geojson", Public, || get(requests_list::data::show)),
        Route::page("/requests/{number}", Public, || get(single_request::show)),
        Route::form("/requests/{number}/follow", Public, || post(follow::begin)),
        Route::page("/following/{token}", PrivateLink, || get(follow::show)),
        Route::page("/unfollow/{token}", PrivateLink, || get(follow::ask)),
        Route::form("/unfollow/{token}", PrivateLink, || post(follow::leave)),
        Route::page("/photos/{name}", Public, || get(single_request::photo)),
        Route::page("/map", Public, || get(map::show)),
        Route::page("/map/style/{name}", Public, || get(style::show)).tile(),
        Route::page("/tiles/{z}/{x}/{name}", Public, || get(base_tiles::show)).tile(),
        Route::page("/tiles/requests/{z}/{x}/{name}", Public, || get(request_tiles::show)).tile(),
        Route::page("/places", Public, || get(places::show)).class(Class::Intake),
        Route::page("/places.json", Public, || get(places::tell)).class(Class::Intake),
        Route::page("/my-requests", Public, || get(my_requests::show)).signs_in(),
        Route::form("/my-requests", Public, || post(my_requests::ask)).signs_in(),
        Route::page("/my-requests/asked", Public, || get(my_requests::asked)),
        Route::page("/my-requests/link/{token}", PrivateLink, || get(my_requests::open)),
        Route::form("/my-requests/link/{token}", PrivateLink, || post(my_requests::begin)).signs_in(),
        Route::form("/my-requests/sign-out", Public, || post(my_requests::leave)),
        Route::page("/track/{token}", PrivateLink, || get(track::show)),
        Route::page("/track/{token}/receipt", PrivateLink, || get(track::receipt)).class(Class::Intake),
        Route::page("/track/{token}/files/{name}", PrivateLink, || get(track::photo)),
        Route::form("/track/{token}/information", PrivateLink, || post(track::add_information))
            .body(Body::Photos),
        Route::form("/track/{token}/not-fixed", PrivateLink, || post(track::not_fixed)),
        Route::form("/track/{token}/survey", PrivateLink, || post(track::take_survey)),
        Route::form("/track/{token}/withdraw", PrivateLink, || post(track::withdraw)),
    ]
}

fn desk_routes() -> Vec<Route> {
    use Needs::{PrivateLink, Public, Session, Staff};
    use Permission::{CreateRequest, ViewPersonalData, ViewWork};
    use desk::actions::{self, Action};
    use desk::{
        bulk, go, intake, live, passkeys, password_link, request_page, second_factor, second_step, sign_in,
        style_page, views, work_list,
    };
    let act = |path, action: Action, handler| Route::form(path, Staff(action.needs()), handler);
    vec![
        Route::page("/sign-in", Public, || get(sign_in::show)).signs_in(),
        Route::form("/sign-in", Public, || post(sign_in::take)).signs_in(),
        Route::form("/sign-in/code", Public, || post(second_step::take_code)).signs_in(),
        Route::form("/sign-in/passkey", Public, || post(second_step::take_passkey)).signs_in(),
        Route::page("/password/{purpose}/{token}", PrivateLink, || get(password_link::show)),
        Route::form("/password/{purpose}/{token}", PrivateLink, || post(password_link::take))
            .signs_in()
            .class(Class::Staff),
        Route::form("/sign-out", Session, || post(sign_in::leave)),
        Route::page("/style", Staff(ViewWork), || get(style_page::show)),
        Route::page("/account/second-factor", Session, || get(second_factor::show)),
        Route::form("/account/second-factor/offer", Session, || post(second_factor::offer)).fresh(),
        Route::form("/account/second-factor/confirm", Session, || post(second_factor::confirm)).fresh(),
        Route::form("/account/second-factor/recovery-codes", Session, || post(second_factor::renew)).fresh(),
        Route::form("/account/passkeys/offer", Session, || post(passkeys::offer)).fresh(),
        Route::form("/account/passkeys", Session, || post(passkeys::add)).fresh(),
        Route::form("/account/passkeys/{id}/remove", Session, || post(passkeys::remove)).fresh(),
        Route::page("/desk", Staff(ViewWork), || get(work_list::show)),
        Route::page("/desk/go", Staff(ViewWork), || get(go::show)),
        Route::page("/desk/live", Staff(ViewWork), || get(live::list)),
        Route::page("/desk/requests/{number}/live", Staff(ViewWork), || get(live::request)),
        Route::page("/desk/views", Staff(ViewWork), || get(views::show)),
        Route::form("/desk/views", Staff(ViewWork), || post(views::save)),
        Route::form("/desk/views/default", Staff(ViewWork), || post(views::set_default)),
        Route::form("/desk/views/{id}/share", Staff(ViewWork), || post(views::share)),
        Route::form("/desk/views/{id}/remove", Staff(ViewWork), || post(views::remove)),
        Route::form("/desk/bulk", Staff(ViewWork), || post(bulk::take)),
        Route::page("/desk/bulk/{id}", Staff(ViewWork), || get(bulk::show)),
        Route::form("/desk/bulk/{id}/undo", Staff(ViewWork), || post(bulk::undo)),
        Route::page("/desk/new", Staff(CreateRequest), || get(intake::show)),
        Route::form("/desk/new", Staff(CreateRequest), || post(intake::take)),
        Route::page("/desk/new/{number}", Staff(CreateRequest), || get(intake::read_out::show)),
        Route::page("/desk/requests/{number}", Staff(ViewWork), || get(request_page::show)),
        Route::page("/desk/requests/{number}/files/{name}", Staff(ViewWork), || get(request_page::photo)),
        Route::form("/desk/requests/{number}/contact", Staff(ViewPersonalData), || {
            post(request_page::reveal)
        }),
        act("/desk/requests/{number}/triage", Action::Triage, || post(actions::triage)),
        act("/desk/requests/{number}/service", Action::ChangeService, || post(actions::change_service)),
        act("/desk/requests/{number}/assign", Action::Assign, || post(actions::assign)),
        act("/desk/requests/{number}/accept", Action::Accept, || post(actions::accept)),
        act("/desk/requests/{number}/refuse", Action::Refuse, || post(actions::refuse)),
        act("/desk/requests/{number}/schedule", Action::Schedule, || post(actions::schedule)),
        act("/desk/requests/{number}/start", Action::Start, || post(actions::start)),
        act("/desk/requests/{number}/pause", Action::Pause, || post(actions::pause)),
        act("/desk/requests/{number}/resume", Action::Resume, || post(actions::resume)),
        act("/desk/requests/{number}/order-work", Action::OrderWork, || post(actions::order_work)),
        act("/desk/requests/{number}/close", Action::Close, || post(actions::close)),
        act("/desk/requests/{number}/reopen", Action::Reopen, || post(actions::reopen)),
        act("/desk/requests/{number}/public-note", Action::PublicNote, || post(actions::public_note)),
        act("/desk/requests/{number}/internal-note", Action::InternalNote, || post(actions::internal_note)),
        act("/desk/requests/{number}/photos", Action::Photos, || post(actions::add_photos))
            .body(Body::Photos),
        act("/desk/requests/{number}/hide", Action::Hide, || post(actions::hide)),
        act("/desk/requests/{number}/show", Action::Show, || post(actions::show)),
    ]
}

fn admin_routes() -> Vec<Route> {
    use Needs::Staff;
    use Permission::{
        ManageCatalog, ManageJobs, ManageJurisdiction, ManageKeys, ManagePeople, ManageTargets, ReadAudit,
        ViewSettings,
    };
    use admin::calendars::ics;
    use admin::services::{editor, questions, routing};
    use admin::{
        audit, calendars, departments, home, jobs, keys, link_made, notices, people, services, targets,
        teams, town,
    };
    vec![
        Route::page("/admin", Staff(ViewSettings), || get(home::show)),
        Route::page("/admin/town", Staff(ManageJurisdiction), || get(town::show)),
        Route::form("/admin/town", Staff(ManageJurisdiction), || post(town::save)),
        Route::page("/admin/brand", Staff(ManageJurisdiction), || get(admin::brand::show)),
        Route::form("/admin/brand", Staff(ManageJurisdiction), || post(admin::brand::save)).body(Body::File),
        Route::page("/admin/people", Staff(ManagePeople), || get(people::list)),
        Route::form("/admin/people", Staff(ManagePeople), || post(people::invite)).fresh(),
        Route::page("/admin/people/{id}", Staff(ManagePeople), || get(people::show)),
        Route::form("/admin/people/{id}/roles", Staff(ManagePeople), || post(people::set_roles)).fresh(),
        Route::form("/admin/people/{id}/link", Staff(ManagePeople), || post(link_made::make)).fresh(),
        Route::form("/admin/people/{id}/disable", Staff(ManagePeople), || post(people::disable)),
        Route::form("/admin/people/{id}/enable", Staff(ManagePeople), || post(people::enable)).fresh(),
        Route::form("/admin/people/{id}/second-factor/reset", Staff(ManagePeople), || {
            post(people::reset_second_factor)
        })
        .fresh(),
        Route::page("/admin/keys", Staff(ManageKeys), || get(keys::list)),
        Route::form("/admin/keys", Staff(ManageKeys), || post(keys::add)).fresh(),
        Route::form("/admin/keys/{id}/revoke", Staff(ManageKeys), || post(keys::revoke)),
        Route::page("/admin/departments", Staff(ViewSettings), || get(departments::list)),
        Route::form("/admin/departments", Staff(ManageCatalog), || post(departments::add)),
        Route::page("/admin/add-department", Staff(ManageCatalog), || get(departments::begin)),
        Route::page("/admin/departments/{code}", Staff(ManageCatalog), || get(departments::show)),
        Route::form("/admin/departments/{code}", Staff(ManageCatalog), || post(departments::save)),
        Route::form("/admin/departments/{code}/retire", Staff(ManageCatalog), || post(departments::retire)),
        Route::form("/admin/departments/{code}/restore", Staff(ManageCatalog), || post(departments::restore)),
        Route::page("/admin/add-team", Staff(ManageCatalog), || get(teams::begin)),
        Route::form("/admin/add-team", Staff(ManageCatalog), || post(teams::add)),
        Route::page("/admin/teams/{code}", Staff(ManageCatalog), || get(teams::show)),
        Route::form("/admin/teams/{code}", Staff(ManageCatalog), || post(teams::save)),
        Route::form("/admin/teams/{code}/retire", Staff(ManageCatalog), || post(teams::retire)),
        Route::form("/admin/teams/{code}/restore", Staff(ManageCatalog), || post(teams::restore)),
        Route::page("/admin/services", Staff(ViewSettings), || get(services::list)),
        Route::page("/admin/add-service", Staff(ManageCatalog), || get(services::begin)),
        Route::form("/admin/add-service", Staff(ManageCatalog), || post(services::add)),
        Route::page("/admin/services/{code}", Staff(ManageCatalog), || get(editor::show)),
        Route::form("/admin/services/{code}", Staff(ManageCatalog), || post(editor::save)),
        Route::page("/admin/services/{code}/add-question", Staff(ManageCatalog), || get(questions::begin)),
        Route::form("/admin/services/{code}/add-question", Staff(ManageCatalog), || post(questions::add)),
        Route::page("/admin/services/{code}/questions/{question}", Staff(ManageCatalog), || {
            get(questions::show)
        }),
        Route::form("/admin/services/{code}/questions/{question}", Staff(ManageCatalog), || {
            post(questions::save)
        }),
        Route::form("/admin/services/{code}/questions/{question}/up", Staff(ManageCatalog), || {
            post(questions::up)
        }),
        Route::form("/admin/services/{code}/questions/{question}/down", Staff(ManageCatalog), || {
            post(questions::down)
        }),
        Route::form("/admin/services/{code}/questions/{question}/remove", Staff(ManageCatalog), || {
            post(questions::remove)
        }),
        Route::page("/admin/services/{code}/teams", Staff(ManageCatalog), || get(routing::show)),
        Route::form("/admin/services/{code}/teams", Staff(ManageCatalog), || post(routing::save)),
        Route::page("/admin/targets", Staff(ViewSettings), || get(targets::list)),
        Route::form("/admin/targets", Staff(ManageTargets), || post(targets::set)),
        Route::page("/admin/calendars", Staff(ViewSettings), || get(calendars::list)),
        Route::page("/admin/add-calendar", Staff(ManageTargets), || get(calendars::begin)),
        Route::form("/admin/add-calendar", Staff(ManageTargets), || post(calendars::add)),
        Route::page("/admin/calendars/{code}", Staff(ManageTargets), || get(calendars::show)),
        Route::form("/admin/calendars/{code}", Staff(ManageTargets), || post(calendars::save)),
        Route::form("/admin/calendars/{code}/ics", Staff(ManageTargets), || post(ics::look)).body(Body::File),
        Route::form("/admin/calendars/{code}/holidays", Staff(ManageTargets), || post(ics::keep))
            .body(Body::File),
        Route::page("/admin/notices", Staff(ViewSettings), || get(notices::list)),
        Route::page("/admin/add-notice", Staff(ManageCatalog), || get(notices::begin)),
        Route::form("/admin/add-notice", Staff(ManageCatalog), || post(notices::add)),
        Route::page("/admin/notices/{code}", Staff(ManageCatalog), || get(notices::show)),
        Route::form("/admin/notices/{code}", Staff(ManageCatalog), || post(notices::save)),
        Route::form("/admin/notices/{code}/remove", Staff(ManageCatalog), || post(notices::remove)),
        Route::page("/admin/catalog", Staff(ManageCatalog), || get(admin::catalog_file::show)),
        Route::form("/admin/catalog", Staff(ManageCatalog), || post(admin::catalog_file::look))
            .body(Body::File),
        Route::form("/admin/catalog/apply", Staff(ManageCatalog), || post(admin::catalog_file::apply))
            .body(Body::File),
        Route::page("/admin/catalog.toml", Staff(ManageCatalog), || get(admin::catalog_file::export)),
        Route::page("/admin/jobs", Staff(ManageJobs), || get(jobs::list)),
        Route::form("/admin/jobs/{id}/retry", Staff(ManageJobs), || post(jobs::retry)),
        Route::form("/admin/jobs/{id}/discard", Staff(ManageJobs), || post(jobs::discard)),
        Route::page("/admin/audit", Staff(ReadAudit), || get(audit::list)),
        Route::page("/admin/audit.csv", Staff(ReadAudit), || get(audit::export)).class(Class::Analysis),
        Route::page("/admin/audit/state", Staff(ReadAudit), || get(audit::state)).class(Class::Analysis),
    ]
}

fn api_routes() -> Vec<Route> {
    use Needs::{Key, Public};
    use Scope::{Open311Create, Open311Update};
    vec![
        Route::page("/open311/{*rest}", Public, || get(api::answer)),
        Route::page("/open311/v2/requests.json", Public, || get(api::answer)),
        Route::form("/open311/v2/requests.json", Key(Open311Create), || post(api::answer)).body(Body::Call),
        Route::page("/open311/v2/requests.xml", Public, || get(api::answer)),
        Route::form("/open311/v2/requests.xml", Key(Open311Create), || post(api::answer)).body(Body::Call),
        Route::page("/open311/v2/servicerequestupdates.json", Public, || get(api::answer)),
        Route::form("/open311/v2/servicerequestupdates.json", Key(Open311Update), || post(api::answer))
            .body(Body::Call),
        Route::page("/open311/v2/servicerequestupdates.xml", Public, || get(api::answer)),
        Route::form("/open311/v2/servicerequestupdates.xml", Key(Open311Update), || post(api::answer))
            .body(Body::Call),
    ]
}

/// The router with every route behind its gate.
pub(crate) fn router(app: &App) -> Router {
    let mut router = Router::new();
    for route in table() {
        let gate = Gate { app: app.clone(), route, meter: Meter::of(route) };
        let guarded = (route.handler)()
            .route_layer(DefaultBodyLimit::max(route.body_max()))
            .route_layer(from_fn_with_state(gate, gate::pass));
        router = router.route(route.path, guarded);
    }
    router
        .fallback(gate::nothing_here)
        .method_not_allowed_fallback(gate::wrong_method)
        .with_state(app.clone())
}

/// The methods a path answers, as an `Allow` header writes them.
pub(crate) fn methods_of(path: &str) -> String {
    let mut methods: Vec<&str> = Vec::new();
    for route in table().iter().filter(|route| matches(route.path, path)) {
        if route.method == Method::GET {
            methods.extend(["GET", "HEAD"]);
        } else {
            methods.push(route.method.as_str());
        }
    }
    methods.sort_unstable();
    methods.dedup();
    methods.join(", ")
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(rest), Some(_)) if rest.starts_with("{*") => return true,
            (Some(part), Some(given)) if part == given || part.starts_with('{') => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn az_01_no_path_is_listed_twice_for_one_method() {
        let mut rows: Vec<_> = table().iter().map(|route| (route.method.as_str(), route.path)).collect();
        let count = rows.len();
        rows.sort_unstable();
        rows.dedup();
        assert_eq!(rows.len(), count);
    }

    #[test]
    fn sess_06_whatever_is_asked_for_with_get_has_no_body() {
        for route in table() {
            assert_eq!(
                route.method == Method::GET,
                route.body == Body::None,
                "{} {}",
                route.method,
                route.path
            );
        }
    }
}
