//! The one timer of a connection.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use ottla_types::Mono;
use tokio::time::{Instant, Sleep, sleep_until};

/// Wakes its task at a deadline that changes often.
///
/// It is set only when a deadline comes before the one it is set for, and may fire early: who
/// uses it looks at the clock.
#[derive(Debug, Default)]
pub(crate) struct Timer {
    sleep: Option<Pin<Box<Sleep>>>,
    /// What `sleep` is set for, if it runs.
    set_for: Option<Mono>,
}

impl Timer {
    /// Ready when it is time to look at the clock.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>, now: Mono, deadline: Mono) -> Poll<()> {
        if deadline <= now {
            return Poll::Ready(());
        }
        if self.set_for.is_none_or(|set_for| deadline < set_for) {
            self.set(now, deadline);
        }
        if let Some(sleep) = &mut self.sleep {
            ready!(sleep.as_mut().poll(cx));
            self.set_for = None;
        }
        Poll::Ready(())
    }

    fn set(&mut self, now: Mono, deadline: Mono) {
        let at = Instant::now() + deadline.since(now);
        match &mut self.sleep {
            Some(sleep) => sleep.as_mut().reset(at),
            none => *none = Some(Box::pin(sleep_until(at))),
        }
        self.set_for = Some(deadline);
    }
}
