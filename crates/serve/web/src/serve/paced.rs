//! A body that gives up on peers who send it drop by drop.
//!
//! A slow sender would otherwise hold a seat, and a place in its class of work, for as long as its route may take. Time
//! runs only while we wait for the peer, so a server that is slow itself cuts nobody off.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use tokio::time::Sleep;

/// How fast a body must come.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// This many bytes, or the end,
    pub bytes: usize,
    /// within this time; then the next as many.
    pub within: Duration,
}

/// The peer sent less than the pace asks for.
#[derive(Debug, thiserror::Error)]
#[error("the body came too slowly")]
pub(crate) struct TooSlowly;

/// A body with its pace.
pub(crate) struct Paced {
    body: Incoming,
    pace: Pace,
    /// What came since the time began to run.
    came: usize,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    pub(crate) fn new(body: Incoming, pace: Pace) -> Self {
        Self { body, pace, came: 0, alarm: None }
    }

    fn note_arrival(&mut self, bytes: usize) {
        self.came += bytes;
        if self.came >= self.pace.bytes {
            self.came = 0;
            self.alarm = None;
        }
    }
}

impl Body for Paced {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            let bytes =
                frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()).map_or(0, Bytes::len);
            this.note_arrival(bytes);
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let within = this.pace.within;
        let alarm = this.alarm.get_or_insert_with(|| Box::pin(tokio::time::sleep(within)));
        ready!(alarm.as_mut().poll(cx));
        Poll::Ready(Some(Err(Box::new(TooSlowly))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Whether a body that could not be read was one that came too slowly.
pub(crate) fn came_too_slowly(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<TooSlowly>() {
            return true;
        }
        cause = error.source();
    }
    false
}
