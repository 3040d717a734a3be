//! The way back to a parked request, from any thread.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::Waker,
};

use ottla_types::RequestToken;
use parking_lot::Mutex;

/// Wakes parked requests by their token. Clones share one registry.
///
/// A token names a connection and a request of it; nothing is registered per request.
#[derive(Clone, Default)]
pub struct Wakers {
    registry: Arc<Registry>,
}

impl Wakers {
    /// A registry without connections. Make one before the service and the server, which both
    /// need it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Has the request of this token resumed. A token whose request was answered, or whose
    /// connection is gone, is ignored.
    pub fn wake(&self, token: RequestToken) {
        let id = token.0 >> SEQUENCE_BITS;
        let mailbox = self.registry.shard(id).lock().get(&id).cloned();
        if let Some(mailbox) = mailbox {
            mailbox.post(token);
        }
    }

    /// Adds a connection.
    pub(crate) fn register(&self, group: Group) -> Registration {
        let id = self.registry.next_id.fetch_add(1, Ordering::Relaxed);
        let mailbox = Arc::new(Mailbox {
            group,
            mail: Mutex::default(),
            stopping: AtomicBool::new(false),
        });
        let known = Arc::clone(&mailbox);
        self.registry.shard(id).lock().insert(id, known);
        Registration {
            wakers: self.clone(),
            id,
            mailbox,
        }
    }

    /// A name for connections that stop together.
    pub(crate) fn new_group(&self) -> Group {
        Group(self.registry.next_group.fetch_add(1, Ordering::Relaxed))
    }

    /// Tells the connections of a group to answer what they have and end.
    pub(crate) fn stop(&self, group: Group) {
        for shard in &self.registry.shards {
            let mailboxes: Vec<_> = shard.lock().values().map(Arc::clone).collect();
            for mailbox in mailboxes.iter().filter(|mailbox| mailbox.group == group) {
                mailbox.stop();
            }
        }
    }
}

impl fmt::Debug for Wakers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wakers").finish_non_exhaustive()
    }
}

/// The token of the request `sequence` of a connection.
///
/// Sequences come again after a million requests; a connection has at most some dozens waiting.
pub(crate) fn token(connection_id: u64, sequence: u64) -> RequestToken {
    RequestToken((connection_id << SEQUENCE_BITS) | (sequence & SEQUENCE_MASK))
}

/// How far the sequence number of a token is behind `first`, modulo the numbers there are.
pub(crate) fn sequence_distance(first: u64, token: RequestToken) -> u64 {
    token.0.wrapping_sub(first) & SEQUENCE_MASK
}

/// A connection's entry in the registry, for as long as it lives.
#[derive(Debug)]
pub(crate) struct Registration {
    wakers: Wakers,
    id: u64,
    mailbox: Arc<Mailbox>,
}

impl Registration {
    /// The number of the connection.
    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    pub(crate) fn mailbox(&self) -> &Arc<Mailbox> {
        &self.mailbox
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.wakers.registry.shard(self.id).lock().remove(&self.id);
    }
}

/// The connections of one listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Group(u64);

/// What other threads leave for a connection's task.
#[derive(Debug)]
pub(crate) struct Mailbox {
    group: Group,
    mail: Mutex<Mail>,
    stopping: AtomicBool,
}

#[derive(Debug, Default)]
struct Mail {
    tokens: Vec<RequestToken>,
    waker: Option<Waker>,
}

impl Mailbox {
    /// Moves the woken tokens to `into`, and remembers whom to wake for the next.
    pub(crate) fn collect(&self, waker: &Waker, into: &mut Vec<RequestToken>) {
        let mut mail = self.mail.lock();
        into.append(&mut mail.tokens);
        match &mut mail.waker {
            Some(known) => known.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
    }

    fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        let waker = self.mail.lock().waker.clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    fn post(&self, token: RequestToken) {
        let mut mail = self.mail.lock();
        // Many partitions may wake one request; tell its task once.
        if mail.tokens.contains(&token) {
            return;
        }
        mail.tokens.push(token);
        let waker = mail.waker.clone();
        drop(mail);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

struct Registry {
    next_id: AtomicU64,
    next_group: AtomicU64,
    shards: [Mutex<BTreeMap<u64, Arc<Mailbox>>>; SHARDS],
}

impl Default for Registry {
    fn default() -> Self {
        Self {
            // Token 0 belongs to no request.
            next_id: AtomicU64::new(1),
            next_group: AtomicU64::new(0),
            shards: std::array::from_fn(|_| Mutex::default()),
        }
    }
}

impl Registry {
    fn shard(&self, id: u64) -> &Mutex<BTreeMap<u64, Arc<Mailbox>>> {
        &self.shards[usize::from(id.to_le_bytes()[0]) % SHARDS]
    }
}

const SHARDS: usize = 16;
const SEQUENCE_BITS: u32 = 20;
const SEQUENCE_MASK: u64 = (1 << SEQUENCE_BITS) - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_find_their_connection_and_no_other() {
        let wakers = Wakers::new();
        let group = wakers.new_group();
        let (first, second) = (wakers.register(group), wakers.register(group));
        wakers.wake(token(second.id(), 7));
        wakers.wake(token(second.id(), 7));
        wakers.wake(token(second.id() + 100, 7));

        let mut got = Vec::new();
        first.mailbox().collect(Waker::noop(), &mut got);
        assert_eq!(got, []);
        second.mailbox().collect(Waker::noop(), &mut got);
        assert_eq!(got, [token(second.id(), 7)]);

        let mailbox = Arc::clone(second.mailbox());
        let stale = token(second.id(), 8);
        drop(second);
        wakers.wake(stale);
        got.clear();
        mailbox.collect(Waker::noop(), &mut got);
        assert_eq!(got, []);
    }

    #[test]
    fn one_group_stops_and_the_other_does_not() {
        let wakers = Wakers::new();
        let groups = [wakers.new_group(), wakers.new_group()];
        let connections = groups.map(|group| wakers.register(group));
        wakers.stop(groups[0]);
        let stopping = connections
            .each_ref()
            .map(|one| one.mailbox().is_stopping());
        assert_eq!(stopping, [true, false]);
    }

    #[test]
    fn sequence_numbers_come_round() {
        for first in [0, 5, SEQUENCE_MASK - 1, SEQUENCE_MASK, 3 * SEQUENCE_MASK] {
            for ahead in [0, 1, 3, 63] {
                let named = token(9, first + ahead);
                assert_eq!(sequence_distance(first, named), ahead);
            }
        }
    }
}
