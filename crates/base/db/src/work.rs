//! One operation on its way through the queue to a database thread and back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::error::Error;
use crate::tx::{Trouble, Tx};

/// What becomes of an operation's statements.
pub(crate) enum Verdict {
    Keep,
    Undo,
    /// Undo, and run it again: it lost a race that it may win next time.
    StartOver,
}

/// An operation whose types the queue need not know.
pub(crate) trait Work: Send {
    /// Runs it; the result is kept inside until it may be told.
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict;
    /// How long it may take; as long as it wants when nothing is said.
    fn within(&self) -> Option<Duration>;
    /// True when nobody waits for the answer any more.
    fn is_abandoned(&self) -> bool;
    /// Tells the result.
    fn answer(self: Box<Self>);
    /// Tells that the store failed.
    fn refused(self: Box<Self>, error: Error);
}

pub(crate) struct Operation<F, T, E> {
    run: F,
    within: Option<Duration>,
    result: Option<Result<T, E>>,
    caller: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Operation<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E>,
    E: From<Error>,
{
    pub(crate) fn new(run: F, within: Option<Duration>) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (caller, answer) = oneshot::channel();
        (Self { run, within, result: None, caller }, answer)
    }

    fn attempt(&self, tx: &mut Tx<'_>) -> Result<T, E> {
        let result =
            catch_unwind(AssertUnwindSafe(|| (self.run)(tx))).unwrap_or_else(|_| Err(Error::Panicked.into()));
        if result.is_ok() && tx.trouble().is_some() {
            return Err(Error::WentOn.into());
        }
        result
    }
}

impl<F, T, E> Work for Operation<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict {
        let result = self.attempt(tx);
        let verdict = match (&result, tx.trouble()) {
            (Ok(_), _) => Verdict::Keep,
            (Err(_), Some(Trouble::WorthAnotherTry)) => Verdict::StartOver,
            (Err(_), _) => Verdict::Undo,
        };
        self.result = Some(result);
        verdict
    }

    fn within(&self) -> Option<Duration> {
        self.within
    }

    fn is_abandoned(&self) -> bool {
        self.caller.is_closed()
    }

    fn answer(self: Box<Self>) {
        let result = self.result.unwrap_or_else(|| Err(Error::Shut.into()));
        // The caller may have gone meanwhile; what was committed stays.
        let _ = self.caller.send(result);
    }

    fn refused(self: Box<Self>, error: Error) {
        let _ = self.caller.send(Err(error.into()));
    }
}

/// Tells everybody of a group how its commit ended.
pub(crate) fn tell(group: Vec<Box<dyn Work>>, committed: Result<(), Error>) {
    match committed {
        Ok(()) => group.into_iter().for_each(|work| work.answer()),
        Err(error) => refuse_all(group, error),
    }
}

/// Tells everybody of a group that nothing of it was stored.
pub(crate) fn refuse_all(group: Vec<Box<dyn Work>>, error: Error) {
    let source = Arc::new(error);
    for work in group {
        work.refused(Error::Commit { source: Arc::clone(&source) });
    }
}
