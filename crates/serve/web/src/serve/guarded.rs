//! A socket that gives up on peers who dawdle.
//!
//! hyper limits how long an idle connection may wait for its next request. This wrapper adds the two
//! limits hyper does not have: how long the head of a request may take once its first byte (or the
//! connection itself) has arrived, and how long a peer may refuse to take any byte of an answer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// Counts the beginnings and ends of requests on one connection, for the socket to look at: while a
/// request is being answered, reading may take as long as its route allows.
#[derive(Clone, Default)]
pub(crate) struct Turns(Arc<AtomicUsize>);

impl Turns {
    /// A whole head has arrived.
    pub(crate) fn begin(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }

    /// The answer is ready to be written.
    pub(crate) fn end(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }

    fn count(&self) -> usize {
        self.0.load(Ordering::Acquire)
    }
}

/// The socket together with its two deadlines.
pub(crate) struct Guarded {
    socket: TcpStream,
    turns: Turns,
    turns_seen: usize,
    head_within: Duration,
    stall_within: Duration,
    head_since: Option<Instant>,
    head_alarm: Option<Pin<Box<Sleep>>>,
    stall_alarm: Option<Pin<Box<Sleep>>>,
}

impl Guarded {
    /// Wraps a connection that was accepted just now.
    pub(crate) fn new(
        socket: TcpStream,
        turns: Turns,
        head_within: Duration,
        stall_within: Duration,
    ) -> Self {
        let head_since = Some(Instant::now());
        Self {
            socket,
            turns,
            turns_seen: 0,
            head_within,
            stall_within,
            head_since,
            head_alarm: None,
            stall_alarm: None,
        }
    }

    /// Odd counts mean that a request is being answered.
    fn is_answering(&self) -> bool {
        self.turns_seen % 2 == 1
    }

    /// A head that was complete no longer runs against its deadline.
    fn follow_turns(&mut self) {
        let turns = self.turns.count();
        if turns != self.turns_seen {
            self.turns_seen = turns;
            self.head_since = None;
            self.head_alarm = None;
        }
    }

    fn head_is_late(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(since) = self.head_since else {
            return false;
        };
        let due = since + self.head_within;
        let alarm = self.head_alarm.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(due)));
        alarm.as_mut().poll(cx).is_ready()
    }

    fn note_arrival(&mut self) {
        if !self.is_answering() && self.head_since.is_none() {
            self.head_since = Some(Instant::now());
        }
    }

    fn watch_stall<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stall_alarm = None;
            return written;
        }
        let within = self.stall_within;
        let alarm = self.stall_alarm.get_or_insert_with(|| Box::pin(tokio::time::sleep(within)));
        ready!(alarm.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Guarded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        this.follow_turns();
        let before = buf.filled().len();
        let read = Pin::new(&mut this.socket).poll_read(cx, buf);
        if read.is_pending() && this.head_is_late(cx) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        if buf.filled().len() > before {
            this.note_arrival();
        }
        read
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(cx, buf);
        self.watch_stall(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(cx, bufs);
        self.watch_stall(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}
