//! What a life has promised so far, and what becomes of it when the disk refuses.

use std::{
    error::Error,
    sync::{Arc, Mutex, PoisonError},
};

use ottla_storage::Log;

use super::{
    contents::contents,
    faults::{Faults, Kind},
};

/// What was promised so far. Whoever lives on a recorded disk keeps it up to date.
#[derive(Debug)]
pub struct Promises<P> {
    now: Mutex<Arc<P>>,
    faults: Option<Arc<Faults>>,
}

/// A life is over before its last act: the disk failed, and only a new start will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended;

/// What a call said that was refused.
type Refusal = Box<dyn Error + Send + Sync>;

impl<P: Clone> Promises<P> {
    pub(super) const fn new(promise: Arc<P>) -> Self {
        Self {
            now: Mutex::new(promise),
            faults: None,
        }
    }

    /// Of a life on a disk that fails.
    pub(super) fn beside(faults: Arc<Faults>) -> Self
    where
        P: Default,
    {
        Self {
            now: Mutex::default(),
            faults: Some(faults),
        }
    }

    /// Changes what is promised from here on.
    pub fn change<T>(&self, change: impl FnOnce(&mut P) -> T) -> T {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut now))
    }

    /// What is promised now.
    pub fn now(&self) -> Arc<P> {
        Arc::clone(&self.now.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the disk does, on a disk that fails.
    pub(super) fn fault(&self) -> Option<Kind> {
        self.faults.as_ref().map(|faults| faults.id().kind)
    }

    /// The disk is well from here on.
    pub(super) fn heal(&self) {
        if let Some(faults) = &self.faults {
            faults.heal();
        }
    }

    /// Makes a call that nothing but the disk may refuse. It is made once more then, the disk being well
    /// again, and must succeed; but nobody goes on in a directory in which a sync has failed.
    pub(super) fn attempt<T, E: Into<Refusal>>(
        &self,
        mut call: impl FnMut() -> Result<T, E>,
    ) -> Result<T, Ended> {
        let (faults, refusal) = match self.first(&mut call) {
            Ok(value) => return Ok(value),
            Err(refused) => refused,
        };
        faults.heal();
        if faults.is_failed_sync() {
            return Err(Ended);
        }
        Ok(once_more(&refusal, call))
    }

    /// Makes such a call of a log. If it is refused, the log either has taken itself out of service for
    /// that, and says so to everybody, or goes on: reads at once, the rest when the disk is well again.
    pub(super) fn attempt_on<T, E: Into<Refusal>>(
        &self,
        log: &Log,
        mut call: impl FnMut() -> Result<T, E>,
    ) -> Result<T, Ended> {
        let (faults, refusal) = match self.first(&mut call) {
            Ok(value) => return Ok(value),
            Err(refused) => refused,
        };
        if faults.id().kind == Kind::NoSpace && log.fault().is_none() {
            contents(log).expect("reads go on without space");
        }
        faults.heal();
        let Some(fault) = log.fault() else {
            assert!(
                !faults.is_failed_sync(),
                "a failed sync did not take the log out: {refusal}"
            );
            return Ok(once_more(&refusal, call));
        };
        assert!(
            faults.is_told_by(fault),
            "out of service for {fault}, not {refusal}"
        );
        let is_told =
            |refusal: Refusal| assert!(faults.is_told_by(&*refusal), "then for {refusal}");
        is_told(
            call()
                .err()
                .expect("a refusal from a log out of service")
                .into(),
        );
        is_told(log.flush().expect_err("a refused flush").into());
        let read = log.read(log.log_start_offset(), 1, log.log_end_offset(), true);
        is_told(read.expect_err("a refused read").into());
        Err(Ended)
    }

    /// What the disk, and nothing else, may refuse.
    fn first<T, E: Into<Refusal>>(
        &self,
        call: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, (&Faults, Refusal)> {
        let refusal = match call() {
            Ok(value) => return Ok(value),
            Err(error) => error.into(),
        };
        match &self.faults {
            Some(faults) if faults.is_told_by(&*refusal) => Err((faults, refusal)),
            _ => panic!("refused: {refusal:?}"),
        }
    }
}

fn once_more<T, E: Into<Refusal>>(before: &Refusal, mut call: impl FnMut() -> Result<T, E>) -> T {
    call().unwrap_or_else(|again| {
        let again = again.into();
        panic!("refused for {before:?}, and for {again:?} on a disk that is well")
    })
}
