//! Who was heard of when: the soft state behind fencing and controlled shutdown.
//!
//! Lost with leadership. A new leader gives every unfenced broker a full session.

use std::{collections::BTreeMap, time::Duration};

use ottla_types::{BrokerEpoch, BrokerId, Mono, Offset};

use crate::Image;

/// The sessions of all brokers that were heard of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sessions {
    timeout: Duration,
    contacts: BTreeMap<BrokerId, Contact>,
}

/// The session of one broker.
#[derive(Clone, Debug, PartialEq)]
struct Contact {
    /// Registration the contact was made under.
    epoch: BrokerEpoch,
    last: Mono,
    /// Whether the broker itself was heard of, rather than assumed to be there.
    is_heard: bool,
    /// How far the broker has applied the metadata log.
    metadata_offset: Offset,
    /// Metadata offset at which its controlled shutdown began.
    shutdown_offset: Option<Offset>,
}

impl Sessions {
    pub(crate) fn new(timeout: Duration) -> Self {
        Self {
            timeout,
            contacts: BTreeMap::new(),
        }
    }

    /// Starts anew at a change of leadership: every unfenced broker gets a session.
    ///
    /// The broker of this very node is only assumed to be there, so that its next process need not
    /// wait for the session of the one that died.
    pub(crate) fn assume(&mut self, now: Mono, image: &Image, own: BrokerId) {
        let unfenced = image.cluster().brokers().filter(|broker| !broker.fenced);
        self.contacts = unfenced
            .map(|broker| {
                let mut contact = Contact::new(broker.epoch, now);
                contact.is_heard = broker.id != own;
                (broker.id, contact)
            })
            .collect();
    }

    /// Notes that the broker was heard of under that registration.
    pub(crate) fn hear(&mut self, now: Mono, broker: BrokerId, epoch: BrokerEpoch) {
        let fresh = || Contact::new(epoch, now);
        let contact = self.contacts.entry(broker).or_insert_with(fresh);
        if contact.epoch != epoch {
            *contact = fresh();
        }
        contact.last = now;
        contact.is_heard = true;
    }

    /// Whether the broker was heard of under that registration within the session time.
    pub(crate) fn is_live(&self, now: Mono, broker: BrokerId, epoch: BrokerEpoch) -> bool {
        self.contacts.get(&broker).is_some_and(|contact| {
            contact.epoch == epoch && contact.is_heard && !self.is_expired(now, contact)
        })
    }

    /// Forgets a broker.
    pub(crate) fn forget(&mut self, broker: BrokerId) {
        self.contacts.remove(&broker);
    }

    /// Notes how far the broker has applied the metadata log, and whether it stays unfenced.
    pub(crate) fn note_progress(&mut self, broker: BrokerId, offset: Offset, is_fenced: bool) {
        if let Some(contact) = self.contacts.get_mut(&broker) {
            contact.metadata_offset = offset;
            if is_fenced {
                contact.shutdown_offset = None;
            }
        }
    }

    /// Notes that the broker's controlled shutdown stands at `offset`, unless it began earlier.
    pub(crate) fn begin_shutdown(&mut self, broker: BrokerId, offset: Offset) {
        if let Some(contact) = self.contacts.get_mut(&broker) {
            contact.shutdown_offset.get_or_insert(offset);
        }
    }

    /// Metadata offset at which the broker's controlled shutdown began, if it did.
    pub(crate) fn shutdown_offset(&self, broker: BrokerId) -> Option<Offset> {
        self.contacts.get(&broker)?.shutdown_offset
    }

    /// The lowest metadata offset among unfenced brokers that are not shutting down.
    pub(crate) fn lowest_active_offset(&self, image: &Image) -> Option<Offset> {
        let unfenced = image.cluster().brokers().filter(|broker| !broker.fenced);
        unfenced
            .filter_map(|broker| match self.contacts.get(&broker.id) {
                Some(contact) if contact.shutdown_offset.is_some() => None,
                Some(contact) => Some(contact.metadata_offset),
                None => Some(Offset::NONE),
            })
            .min()
    }

    /// Takes one session that ran out, the stalest first.
    pub(crate) fn take_expired(&mut self, now: Mono) -> Option<(BrokerId, BrokerEpoch)> {
        let stalest = self
            .contacts
            .iter()
            .filter(|(_, contact)| self.is_expired(now, contact))
            .min_by_key(|(id, contact)| (contact.last, **id));
        let (id, epoch) = stalest.map(|(id, contact)| (*id, contact.epoch))?;
        self.contacts.remove(&id);
        Some((id, epoch))
    }

    /// When the next session runs out.
    pub(crate) fn next_deadline(&self) -> Option<Mono> {
        let last = self.contacts.values().map(|contact| contact.last).min()?;
        // A session that is exactly as old as the timeout is still valid.
        Some(last + self.timeout + Duration::from_nanos(1))
    }

    fn is_expired(&self, now: Mono, contact: &Contact) -> bool {
        now.since(contact.last) > self.timeout
    }
}

impl Contact {
    fn new(epoch: BrokerEpoch, last: Mono) -> Self {
        Self {
            epoch,
            last,
            is_heard: true,
            metadata_offset: Offset::NONE,
            shutdown_offset: None,
        }
    }
}
