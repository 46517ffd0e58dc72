//! Pages that hear of changes while they are open, by server-sent events.
//!
//! A stream carries no content: it says which state its page should show, and a page that shows another one asks for
//! itself again, through the same gate as ever. Each look asks anew who is there, so a stream ends at most one look
//! after its session did, on every node (SESS-04). How many streams one person and all people may hold is bounded.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use access::{PersonId, SignedIn, sessions};
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use db::Tx;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};
use hyper::body::Frame;
use requests::RequestError;
use serde::Serialize;
use tokio::sync::{mpsc, watch};

use crate::cross_site;
use crate::refusal::{Refusal, chain};
use crate::visit::{Visit, Visiting};

/// What open pages may take.
#[derive(Debug, Clone, Copy)]
pub struct LiveLimits {
    /// From one look to the next; a session that ended is noticed within it.
    pub look_every: Duration,
    /// Streams that one person may hold: pages in the background give theirs up.
    pub per_person_max: usize,
    /// Streams that everybody together may hold.
    pub total_max: usize,
}

impl Default for LiveLimits {
    fn default() -> Self {
        Self { look_every: Duration::from_secs(2), per_person_max: 6, total_max: 1_000 }
    }
}

/// Looks that say nothing new before one says that the connection lives.
const QUIET_LOOKS_MAX: u32 = 7;
/// Messages that wait for a slow reader; one who does not take them is let go.
const WAITING_MAX: usize = 4;
/// Tells browsers and proxies apart from pages that are kept back until they are whole.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The streams that are open now.
pub(crate) struct Streams {
    limits: LiveLimits,
    open: Mutex<HashMap<PersonId, usize>>,
    /// True once the server stops: streams never end by themselves.
    closing: watch::Sender<bool>,
}

/// One open stream; dropping it makes room.
struct Seat {
    streams: Arc<Streams>,
    person: PersonId,
}

impl Streams {
    pub(crate) fn new(limits: LiveLimits) -> Arc<Self> {
        Arc::new(Self { limits, open: Mutex::default(), closing: watch::Sender::new(false) })
    }

    /// Ends every stream, now and from now on.
    pub(crate) fn close(&self) {
        self.closing.send_replace(true);
    }

    fn enter(self: &Arc<Self>, person: PersonId) -> Option<Seat> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let own = open.entry(person).or_default();
        if *own >= self.limits.per_person_max || all >= self.limits.total_max {
            return None;
        }
        *own += 1;
        Some(Seat { streams: Arc::clone(self), person })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = open.get_mut(&self.person) {
            *own -= 1;
            if *own == 0 {
                open.remove(&self.person);
            }
        }
    }
}

/// What a page listens for.
pub(crate) trait Watched: Send + Sync + 'static {
    /// What is told when it differs from what was told before.
    type State: Serialize + PartialEq + Send + 'static;

    /// The state now, as this person may see it; `None` when there is nothing for them any more.
    ///
    /// Runs in a reading transaction, right after the session was found alive.
    fn look(&self, tx: &mut Tx<'_>, visit: &Visit) -> Result<Option<Self::State>, RequestError>;

    /// What else is to be noted at each look, and at the end.
    fn note(&self, visit: &Visit, is_over: bool) -> impl Future<Output = Result<(), RequestError>> + Send;
}

/// The answer that goes on until the page is left, the session ends, or the server stops.
pub(crate) fn stream(visit: &Visit, headers: &HeaderMap, watched: impl Watched) -> Result<Response, Refusal> {
    if !cross_site::comes_from_us(headers) {
        return Err(Refusal::Forged);
    }
    let person = visit.staff.as_ref().ok_or(Refusal::SignInNeeded)?.person_id;
    let streams = &visit.app.streams;
    let seat = streams.enter(person).ok_or(Refusal::Unavailable)?;
    let (sender, receiver) = mpsc::channel(WAITING_MAX);
    let teller = Teller { visit: visit.clone(), watched, sender, closing: streams.closing.subscribe() };
    tokio::spawn(async move {
        teller.tell(seat.streams.limits.look_every).await;
        drop(seat);
    });
    let kind = (CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    let body = Body::new(Messages(receiver));
    Ok(([kind, (UNBUFFERED, HeaderValue::from_static("no"))], body).into_response())
}

/// What stands on the other side of a body that is not whole yet.
struct Messages(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Messages {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.poll_recv(cx).map(|message| message.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// Looks again and again, and tells what is new.
struct Teller<W: Watched> {
    visit: Visit,
    watched: W,
    sender: mpsc::Sender<Bytes>,
    closing: watch::Receiver<bool>,
}

/// What one look found.
enum Look<S> {
    State(S),
    /// The session has ended, or what was looked at is no longer this person's to see.
    Over,
}

impl<W: Watched> Teller<W> {
    async fn tell(mut self, look_every: Duration) {
        let watched = Arc::new(self.watched);
        let mut pace = tokio::time::interval(look_every);
        pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let (mut told, mut quiet_looks) = (None, 0);
        loop {
            tokio::select! {
                _ = pace.tick() => {}
                _ = self.closing.wait_for(|closing| *closing) => break,
                () = self.sender.closed() => break,
            }
            // A new instant for each look: the visit began when the page was opened.
            let visit = self.visit.at(self.visit.app.clock.now());
            let message = match look(&visit, &watched).await {
                Ok(Look::State(state)) if told.as_ref() == Some(&state) => {
                    quiet_looks += 1;
                    // A reader who has not taken what was told before needs no sign of life on top.
                    if quiet_looks < QUIET_LOOKS_MAX || self.sender.capacity() < WAITING_MAX {
                        continue;
                    }
                    Bytes::from_static(b":\n\n")
                }
                Ok(Look::State(state)) => {
                    let message = event(&state);
                    told = Some(state);
                    message
                }
                Ok(Look::Over) => {
                    // Whether the reader still takes it is no concern: the stream ends either way.
                    let _ = self.sender.try_send(Bytes::from_static(b"event: over\ndata: {}\n\n"));
                    break;
                }
                Err(error) => {
                    tracing::debug!(cause = %chain(&error), "an open page could not look");
                    break;
                }
            };
            quiet_looks = 0;
            if self.sender.try_send(message).is_err() {
                break;
            }
        }
        if let Err(error) = watched.note(&self.visit.at(self.visit.app.clock.now()), true).await {
            tracing::debug!(cause = %chain(&error), "the end of an open page could not be noted");
        }
    }
}

fn event(state: &impl Serialize) -> Bytes {
    let data = serde_json::to_string(state).expect("states are made of texts and numbers");
    Bytes::from(format!("event: state\ndata: {data}\n\n"))
}

async fn look<W: Watched>(visit: &Visit, watched: &Arc<W>) -> Result<Look<W::State>, RequestError> {
    let (seen, looking) = (visit.clone(), Arc::clone(watched));
    let found = visit.app.db.read(move |tx| {
        let Some(staff) = still_here(tx, &seen)? else { return Ok(None) };
        looking.look(tx, &seen.as_now(staff))
    });
    let Some(state) = found.await? else { return Ok(Look::Over) };
    watched.note(visit, false).await?;
    Ok(Look::State(state))
}

/// Whoever opened the page, with the rights they have now, as long as their session goes on.
fn still_here(tx: &mut Tx<'_>, visit: &Visiting) -> Result<Option<SignedIn>, RequestError> {
    let Some(token) = &visit.session else { return Ok(None) };
    let jurisdiction = &visit.catalog.jurisdiction.id;
    Ok(sessions::find(tx, visit.now, jurisdiction, token)?)
}
