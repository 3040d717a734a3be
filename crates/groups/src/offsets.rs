//! Committed offsets: what the log has confirmed, and what is on its way there.
//!
//! O1  the pending values of a slot are in the order of their appends
//! O2  a slot that holds nothing is not kept

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ottla_protocol::messages::OffsetCommitValue;
use ottla_types::{ProducerId, TopicId};

use crate::journal::WriteId;

/// An offset that a group has committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CommittedOffset {
    pub(crate) offset: i64,
    pub(crate) leader_epoch: i32,
    pub(crate) metadata: String,
    pub(crate) commit_timestamp: i64,
    /// Explicit expiry, asked for by OffsetCommit up to version 4.
    pub(crate) expire_timestamp: Option<i64>,
    pub(crate) topic_id: TopicId,
}

impl CommittedOffset {
    pub(crate) fn restore(value: &OffsetCommitValue<'_>) -> Self {
        Self {
            offset: value.offset,
            leader_epoch: value.leader_epoch,
            metadata: value.metadata.to_string(),
            commit_timestamp: value.commit_timestamp,
            expire_timestamp: (value.expire_timestamp != -1).then_some(value.expire_timestamp),
            topic_id: value.topic_id,
        }
    }

    pub(crate) fn to_record(&self) -> OffsetCommitValue<'_> {
        OffsetCommitValue {
            offset: self.offset,
            leader_epoch: self.leader_epoch,
            metadata: self.metadata.as_str().into(),
            commit_timestamp: self.commit_timestamp,
            expire_timestamp: self.expire_timestamp.unwrap_or(-1),
            // The version with an explicit expiry has no topic id.
            topic_id: match self.expire_timestamp {
                Some(_) => TopicId::ZERO,
                None => self.topic_id,
            },
            ..OffsetCommitValue::default()
        }
    }
}

/// Names one offset.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    pub(crate) group: Arc<str>,
    pub(crate) topic: Arc<str>,
    pub(crate) partition: i32,
}

/// Where an offset stands in the order of all commits.
type Sequence = u64;

#[derive(Clone, Debug, PartialEq)]
struct Pending {
    write: WriteId,
    sequence: Sequence,
    value: Option<CommittedOffset>,
}

#[derive(Clone, Debug, PartialEq)]
struct InTransaction {
    producer: ProducerId,
    write: Option<WriteId>,
    sequence: Sequence,
    value: CommittedOffset,
}

/// All that is known of one offset.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    committed: Option<(Sequence, CommittedOffset)>,
    pending: Vec<Pending>,
    transactional: Vec<InTransaction>,
}

impl Entry {
    /// As the log has confirmed it.
    pub(crate) fn committed(&self) -> Option<&CommittedOffset> {
        self.committed.as_ref().map(|(_, value)| value)
    }

    /// With the appends on their way.
    pub(crate) fn latest(&self) -> Option<&CommittedOffset> {
        match self.pending.last() {
            Some(pending) => pending.value.as_ref(),
            None => self.committed(),
        }
    }

    /// Whether a transaction that may still change it is open.
    pub(crate) const fn is_unstable(&self) -> bool {
        !self.transactional.is_empty()
    }

    fn is_vacant(&self) -> bool {
        self.committed.is_none() && self.pending.is_empty() && self.transactional.is_empty()
    }
}

/// The offsets of one group, by topic and partition.
pub(crate) type GroupOffsets = BTreeMap<Arc<str>, BTreeMap<i32, Entry>>;

/// The offsets of all groups of one coordinator.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Offsets {
    groups: BTreeMap<Arc<str>, GroupOffsets>,
    open: BTreeMap<ProducerId, BTreeSet<Slot>>,
    sequence: Sequence,
}

impl Offsets {
    pub(crate) fn group(&self, group: &str) -> Option<&GroupOffsets> {
        self.groups.get(group)
    }

    pub(crate) fn groups(&self) -> impl Iterator<Item = (&Arc<str>, &GroupOffsets)> {
        self.groups.iter()
    }

    pub(crate) fn entry(&self, group: &str, topic: &str, partition: i32) -> Option<&Entry> {
        self.groups.get(group)?.get(topic)?.get(&partition)
    }

    /// A record of the log.
    pub(crate) fn load(&mut self, slot: &Slot, value: Option<CommittedOffset>) {
        let sequence = self.advance();
        self.change(slot, |entry| {
            if value.is_none() {
                entry.transactional.clear();
            }
            entry.committed = value.map(|value| (sequence, value));
        });
    }

    /// A record of the log that belongs to a transaction.
    pub(crate) fn load_transactional(
        &mut self,
        slot: &Slot,
        producer: ProducerId,
        value: CommittedOffset,
    ) {
        self.put_transactional(slot, producer, None, value);
    }

    /// A value, or a tombstone, that is being appended.
    pub(crate) fn put(&mut self, slot: &Slot, write: WriteId, value: Option<CommittedOffset>) {
        let sequence = self.advance();
        let pending = Pending {
            write,
            sequence,
            value,
        };
        self.change(slot, |entry| entry.pending.push(pending));
    }

    pub(crate) fn put_transactional(
        &mut self,
        slot: &Slot,
        producer: ProducerId,
        write: Option<WriteId>,
        value: CommittedOffset,
    ) {
        let sequence = self.advance();
        self.open.entry(producer).or_default().insert(slot.clone());
        let transactional = InTransaction {
            producer,
            write,
            sequence,
            value,
        };
        self.change(slot, |entry| entry.transactional.push(transactional));
    }

    /// What `write` did to `slot` is in the log.
    pub(crate) fn confirm(&mut self, slot: &Slot, write: WriteId) {
        self.change(slot, |entry| {
            for transactional in &mut entry.transactional {
                if transactional.write == Some(write) {
                    transactional.write = None;
                }
            }
            let settled = entry
                .pending
                .iter()
                .take_while(|p| p.write <= write)
                .count();
            for pending in entry.pending.drain(..settled) {
                if pending.value.is_none() {
                    entry
                        .transactional
                        .retain(|t| t.sequence > pending.sequence);
                }
                entry.committed = pending.value.map(|value| (pending.sequence, value));
            }
        });
    }

    /// What `write` did to `slot` never happened.
    pub(crate) fn revert(&mut self, slot: &Slot, write: WriteId) {
        self.change(slot, |entry| {
            entry.pending.retain(|pending| pending.write != write);
            entry.transactional.retain(|t| t.write != Some(write));
        });
    }

    /// The marker of a transaction is in the log. Its offsets count unless a later commit has
    /// overtaken them.
    pub(crate) fn complete(&mut self, producer: ProducerId, is_commit: bool) {
        for slot in self.open.remove(&producer).unwrap_or_default() {
            self.change(&slot, |entry| {
                let mut outcome = None;
                entry.transactional.retain(|t| {
                    if t.producer == producer {
                        outcome = Some((t.sequence, t.value.clone()));
                    }
                    t.producer != producer
                });
                let newest = entry.committed.as_ref().map(|(sequence, _)| *sequence);
                if let Some((sequence, value)) = outcome
                    && is_commit
                    && newest.is_none_or(|newest| sequence > newest)
                {
                    entry.committed = Some((sequence, value));
                }
            });
        }
    }

    fn advance(&mut self) -> Sequence {
        self.sequence += 1;
        self.sequence
    }

    fn change(&mut self, slot: &Slot, change: impl FnOnce(&mut Entry)) {
        let topics = self.groups.entry(Arc::clone(&slot.group)).or_default();
        let partitions = topics.entry(Arc::clone(&slot.topic)).or_default();
        let entry = partitions.entry(slot.partition).or_default();
        change(entry);
        if entry.is_vacant() {
            partitions.remove(&slot.partition);
            if partitions.is_empty() {
                topics.remove(&slot.topic);
            }
            if topics.is_empty() {
                self.groups.remove(&slot.group);
            }
        }
    }
}

#[cfg(test)]
mod tests;
