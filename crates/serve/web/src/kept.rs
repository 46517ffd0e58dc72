//! What somebody had typed when their session ended: carried through the sign-in and offered again (SESS-03).

use axum::body::{Body, to_bytes};
use http::header::CONTENT_TYPE;
use http::request::Parts;

use crate::form::{Posted, TOKEN_FIELD};
use crate::page::FormBox;
use crate::routes::Route;
use crate::visit::Visit;

const PATH_FIELD: &str = "kept-path";
const BODY_FIELD: &str = "kept-body";

/// A form that was sent without a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Where it was sent, below the base of the jurisdiction.
    path: String,
    /// Its fields, without the token of the session that is gone.
    fields: Vec<(String, String)>,
}

impl Kept {
    /// The form in a body, if it is one and holds anything. Passwords are typed again, not carried along.
    pub(crate) async fn read(visit: &Visit, head: &Parts, body: Body) -> Option<Self> {
        let kind = head.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let is_form = kind.starts_with("application/x-www-form-urlencoded") && !visit.is_read;
        let max_bytes = visit.route.map_or(0, Route::body_max);
        let body = if is_form { to_bytes(body, max_bytes).await.ok()? } else { return None };
        let pairs = form_urlencoded::parse(&body).into_owned();
        let fields: Vec<_> =
            pairs.filter(|(name, _)| name != TOKEN_FIELD && !name.contains("password")).collect();
        (!fields.is_empty()).then(|| Self { path: visit.path.clone(), fields })
    }

    /// What the sign-in form brought along.
    pub(crate) fn carried(posted: &Posted) -> Option<Self> {
        let path = crate::desk::sign_in::local_path(posted.given(PATH_FIELD)?)?.to_owned();
        let fields = form_urlencoded::parse(posted.text(BODY_FIELD).as_bytes()).into_owned().collect();
        Some(Self { path, fields })
    }

    /// The sign-in form, bringing this along.
    pub(crate) fn carry(&self, form: FormBox) -> FormBox {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish();
        form.hidden(PATH_FIELD, &self.path).hidden(BODY_FIELD, body)
    }

    /// Where the form goes once somebody has signed in.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Every field with what was typed.
    pub(crate) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }
}
