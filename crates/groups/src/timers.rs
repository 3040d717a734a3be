//! Deadlines by name: setting one again moves it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ottla_types::Mono;

use crate::journal::WriteId;

/// What a deadline is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TimerKey {
    /// A member, joined or only promised, must be heard of.
    Session { group: Arc<str>, member: Arc<str> },
    /// The join phase of a group ends.
    Join(Arc<str>),
    /// Every member must have asked for its assignment.
    Sync(Arc<str>),
    /// An append must have been committed.
    Write(WriteId),
    /// Expired offsets and groups are looked for.
    Expiry,
}

/// The deadlines of one coordinator.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Timers {
    by_key: BTreeMap<TimerKey, Mono>,
    by_time: BTreeSet<(Mono, TimerKey)>,
}

impl Timers {
    pub(crate) fn set(&mut self, key: TimerKey, at: Mono) {
        self.cancel(&key);
        self.by_time.insert((at, key.clone()));
        self.by_key.insert(key, at);
    }

    pub(crate) fn cancel(&mut self, key: &TimerKey) {
        if let Some(at) = self.by_key.remove(key) {
            self.by_time.remove(&(at, key.clone()));
        }
    }

    pub(crate) fn next(&self) -> Option<Mono> {
        self.by_time.first().map(|(at, _)| *at)
    }

    /// Takes the earliest deadline that is not later than `now`.
    pub(crate) fn pop_due(&mut self, now: Mono) -> Option<TimerKey> {
        if self.next()? > now {
            return None;
        }
        let (_, key) = self.by_time.pop_first()?;
        self.by_key.remove(&key);
        Some(key)
    }

    pub(crate) fn clear(&mut self) {
        self.by_key.clear();
        self.by_time.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_set_again_moves() {
        let mut timers = Timers::default();
        timers.set(TimerKey::Expiry, Mono(5));
        timers.set(TimerKey::Join("g".into()), Mono(7));
        timers.set(TimerKey::Expiry, Mono(9));
        assert_eq!(timers.next(), Some(Mono(7)));
        assert_eq!(timers.pop_due(Mono(6)), None);
        assert_eq!(timers.pop_due(Mono(9)), Some(TimerKey::Join("g".into())));
        timers.cancel(&TimerKey::Expiry);
        assert_eq!(timers.pop_due(Mono(99)), None);
    }
}
