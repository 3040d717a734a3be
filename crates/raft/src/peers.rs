//! Requests on their way: one at a time to each destination.

use std::collections::BTreeMap;

use ottla_types::Mono;

use crate::{
    io::{Destination, RequestId},
    timing::Timing,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Peers {
    states: BTreeMap<Destination, Peer>,
    next_id: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Peer {
    Waiting { id: RequestId, until: Mono },
    BackingOff { until: Mono },
}

impl Peers {
    pub(crate) const fn new() -> Self {
        Self {
            states: BTreeMap::new(),
            next_id: 0,
        }
    }

    /// An id for a request to `to`, unless one is on its way or the last one just failed.
    pub(crate) fn begin(
        &mut self,
        now: Mono,
        to: Destination,
        timing: &Timing,
    ) -> Option<RequestId> {
        if self.states.contains_key(&to) {
            return None;
        }
        let id = RequestId(self.next_id);
        self.next_id += 1;
        let until = now + timing.request_timeout;
        self.states.insert(to, Peer::Waiting { id, until });
        Some(id)
    }

    /// An answer to `id` came: whom from, if it was still awaited.
    pub(crate) fn answered(&mut self, id: RequestId) -> Option<Destination> {
        let to = self.states.iter().find_map(|(to, peer)| match peer {
            Peer::Waiting { id: waiting, .. } if *waiting == id => Some(*to),
            Peer::Waiting { .. } | Peer::BackingOff { .. } => None,
        })?;
        self.states.remove(&to);
        Some(to)
    }

    pub(crate) fn back_off(&mut self, now: Mono, to: Destination, timing: &Timing) {
        let until = now + timing.retry_backoff;
        self.states.insert(to, Peer::BackingOff { until });
    }

    pub(crate) fn is_idle(&self) -> bool {
        !self
            .states
            .values()
            .any(|peer| matches!(peer, Peer::Waiting { .. }))
    }

    /// Forgets everything on its way: the role that asked is gone.
    pub(crate) fn forget(&mut self) {
        self.states.clear();
    }

    /// Ends what is due: a lost request may be repeated at once, it waited long enough.
    pub(crate) fn expire(&mut self, now: Mono) {
        self.states.retain(|_, peer| peer.until() > now);
    }

    pub(crate) fn next_deadline(&self) -> Option<Mono> {
        self.states.values().map(|peer| peer.until()).min()
    }
}

impl Peer {
    const fn until(&self) -> Mono {
        match self {
            Self::Waiting { until, .. } | Self::BackingOff { until } => *until,
        }
    }
}
