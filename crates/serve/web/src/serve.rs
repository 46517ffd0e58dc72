//! The accept loop: takes connections, guards them, and stops without dropping anybody's answer.
//!
//! The stock loop of the web framework has no time limits, so one slow reader per socket could hold the
//! server for ever. Here a connection must say what it wants soon, may idle only so long, must take its
//! answer, and counts against a total and against the share of its source network.

mod guarded;
mod paced;
mod seats;

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tower::Service;

use self::guarded::{Guarded, Turns};
pub use self::paced::Pace;
use self::paced::Paced;
pub(crate) use self::paced::came_too_slowly;
use self::seats::{Seat, Seats};
use crate::front::Front;
use crate::source::Peer;

/// Largest request head we read, in bytes.
const HEAD_BYTES_MAX: usize = 32 * 1024;

/// What one connection, one source and the whole server may take.
#[derive(Debug, Clone)]
pub struct ConnectionLimits {
    /// Connections open at once.
    pub total_max: usize,
    /// Connections open at once from one source network (this machine itself is not limited).
    pub per_source_max: usize,
    /// From the first byte of a request (or the opening of the connection) to the end of its head.
    pub head_within: Duration,
    /// From the end of one request to the beginning of the next.
    pub idle_within: Duration,
    /// How fast a body must come.
    pub body_pace: Pace,
    /// How long a peer may take no byte of its answer.
    pub stall_within: Duration,
    /// How long running requests may take to finish once the server is asked to stop.
    pub drain_within: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            total_max: 4096,
            per_source_max: 256,
            head_within: Duration::from_secs(10),
            idle_within: Duration::from_secs(30),
            // A tenth of what the slowest telephone manages.
            body_pace: Pace { bytes: 4 * 1024, within: Duration::from_secs(10) },
            stall_within: Duration::from_secs(30),
            drain_within: Duration::from_secs(25),
        }
    }
}

/// How serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// Every running request was answered.
    Completely,
    /// Some connections were still busy when the time to drain was over.
    CutOff {
        /// How many.
        connections: usize,
    },
}

/// Serves connections from `listener` until `stop` resolves, then lets running requests finish.
pub async fn serve(
    listener: TcpListener,
    front: Front,
    limits: ConnectionLimits,
    stop: impl Future<Output = ()>,
) -> Drained {
    let seats = Seats::new(limits.total_max, limits.per_source_max);
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((socket, address)) => welcome(socket, address, &seats, &front, &limits, graceful.watcher()),
                Err(error) => pause_after(&error).await,
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    front.close_streams();
    drain(graceful, limits.drain_within).await
}

/// Out of file descriptors, most likely: give the others a moment to end.
async fn pause_after(error: &std::io::Error) {
    tracing::warn!(%error, "could not accept a connection");
    tokio::time::sleep(Duration::from_millis(50)).await;
}

fn welcome(
    socket: TcpStream,
    address: SocketAddr,
    seats: &Seats,
    front: &Front,
    limits: &ConnectionLimits,
    watcher: Watcher,
) {
    let Some(seat) = seats.take(address.ip()) else {
        metrics::counter!("townline_connections_refused_total").increment(1);
        return;
    };
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "a connection ended before it began");
        return;
    }
    tokio::spawn(converse(socket, address, seat, front.clone(), limits.clone(), watcher));
}

async fn converse(
    socket: TcpStream,
    address: SocketAddr,
    seat: Seat,
    front: Front,
    limits: ConnectionLimits,
    watcher: Watcher,
) {
    let turns = Turns::default();
    let socket = Guarded::new(socket, turns.clone(), limits.head_within, limits.stall_within);
    let service = Conversation { front, peer: Peer(address.ip()), turns, pace: limits.body_pace };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle_within)
        .max_header_size(HEAD_BYTES_MAX)
        .max_buf_size(4 * HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(socket), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::trace!(%error, "a connection ended early");
    }
    drop(seat);
}

async fn drain(graceful: GracefulShutdown, within: Duration) -> Drained {
    let connections = graceful.count();
    match tokio::time::timeout(within, graceful.shutdown()).await {
        Ok(()) => Drained::Completely,
        Err(_) => Drained::CutOff { connections },
    }
}

/// One connection's view of the front door.
struct Conversation {
    front: Front,
    peer: Peer,
    turns: Turns,
    pace: Pace,
}

type Answering = <Front as Service<Request<Body>>>::Future;

/// An answer on its way; tells the socket when it is ready.
struct Turn {
    answering: Answering,
    turns: Turns,
}

impl Future for Turn {
    type Output = Result<Response, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = Pin::new(&mut self.answering).poll(cx);
        if answer.is_ready() {
            self.turns.end();
        }
        answer
    }
}

impl hyper::service::Service<Request<Incoming>> for Conversation {
    type Response = Response;
    type Error = Infallible;
    type Future = Turn;

    fn call(&self, request: Request<Incoming>) -> Turn {
        self.turns.begin();
        let mut request = request.map(|body| Body::new(Paced::new(body, self.pace)));
        request.extensions_mut().insert(self.peer);
        Turn { answering: self.front.clone().call(request), turns: self.turns.clone() }
    }
}
