//! Records that wait to be sent, by topic and partition.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use ottla_records::RecordDraft;
use ottla_types::{ErrorCode, Saturate, Uuid};
use tokio::time::{Duration, Instant};

use super::{
    Delivery, ProducerConfig,
    batch::{Identity, PendingBatch, advance, is_compressed, upper_bound},
    delivery::Outcome,
    partitioner::{Sticky, partition_for_key},
};
use crate::{ClientError, ClusterMetadata, TopicMetadata};

/// What became of an append.
pub(super) enum Append {
    /// It is in a batch; `ready` when the sender should look.
    Done { delivery: Delivery, ready: bool },
    /// The topic's partitions are not known yet.
    TopicUnknown,
    /// The buffer is full.
    Full,
}

/// A batch that is to be sent now.
pub(super) struct Drained {
    pub(super) topic: Arc<str>,
    pub(super) topic_id: Uuid,
    pub(super) partition: i32,
    pub(super) batch: PendingBatch,
    pub(super) bytes: Bytes,
}

/// What the sender should do.
pub(super) struct Drain {
    /// Batches by leader.
    pub(super) by_leader: BTreeMap<i32, Vec<Drained>>,
    /// When something will be ready that is not yet.
    pub(super) next: Option<Instant>,
    /// Topics whose leaders are not known.
    pub(super) stale: Vec<Arc<str>>,
    /// Nothing is left, and nothing will come.
    pub(super) finished: bool,
    /// Batches wait for a producer id.
    pub(super) needs_identity: bool,
}

pub(super) struct Accumulator {
    config: ProducerConfig,
    state: Mutex<State>,
}

struct State {
    topics: BTreeMap<Arc<str>, Topic>,
    memory: usize,
    flushing: bool,
    closed: bool,
    identity: Option<Identity>,
    /// Sequences have a gap: a new identity is needed once nothing is in flight.
    renumber: bool,
    in_flight: BTreeMap<i32, usize>,
}

struct Topic {
    id: Uuid,
    partitions: Vec<Partition>,
    available: Vec<usize>,
    sticky: Sticky,
}

#[derive(Default)]
struct Partition {
    leader: Option<i32>,
    queue: VecDeque<PendingBatch>,
    in_flight: usize,
    next_sequence: i32,
    /// After a failure nothing is sent before this time, and then one batch at a time.
    retry_at: Option<Instant>,
    stale: bool,
}

impl Accumulator {
    pub(super) fn new(config: &ProducerConfig) -> Self {
        Self {
            config: config.clone(),
            state: Mutex::new(State {
                topics: BTreeMap::new(),
                memory: 0,
                flushing: false,
                closed: false,
                identity: None,
                renumber: false,
                in_flight: BTreeMap::new(),
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn append(
        &self,
        topic: &str,
        partition: Option<i32>,
        draft: &RecordDraft<'_>,
    ) -> Result<Append, ClientError> {
        let size = upper_bound(draft);
        if size > self.config.max_request_size {
            return Err(self.too_large(size));
        }
        let mut guard = self.lock();
        let state = &mut *guard;
        let Some((name, known)) = state.topics.get_key_value(topic) else {
            return Ok(Append::TopicUnknown);
        };
        let name = Arc::clone(name);
        if let Some(index) = partition
            && usize::try_from(index).map_or(true, |index| index >= known.partitions.len())
        {
            return Ok(Append::TopicUnknown);
        }
        if state.memory.saturating_add(size) > self.config.buffer_memory && state.memory > 0 {
            return Ok(Append::Full);
        }
        let Some(known) = state.topics.get_mut(topic) else {
            return Ok(Append::TopicUnknown);
        };
        let index = known.choose(partition, draft.key, &self.config);
        let Some(queue) = known.partitions.get_mut(index) else {
            return Ok(Append::TopicUnknown);
        };
        let (delivery, added, ready) = queue.append(&self.config, &name, index, draft, size);
        known
            .sticky
            .add(if partition.is_none() { added } else { 0 });
        state.memory = state.memory.saturating_add(added);
        Ok(Append::Done { delivery, ready })
    }

    fn too_large(&self, size: usize) -> ClientError {
        let limit = self.config.max_request_size;
        let text = format!(
            "The message is {size} bytes when serialized which is larger than {limit}, which is the value of the max.request.size configuration."
        );
        ClientError::api_with(ErrorCode::MESSAGE_TOO_LARGE, Some(&text))
    }

    /// Takes over what is known of a topic.
    pub(super) fn learn(&self, name: &str, metadata: &TopicMetadata) {
        self.lock().learn(name, metadata);
    }

    /// Takes over new leaders of the topics that are in use.
    pub(super) fn refresh(&self, metadata: &ClusterMetadata) {
        let mut state = self.lock();
        for (name, topic) in &metadata.topics {
            if topic.error.is_none() && state.topics.contains_key(name) {
                state.learn(name, topic);
            }
        }
    }

    pub(super) fn topics(&self) -> Vec<Arc<str>> {
        self.lock().topics.keys().cloned().collect()
    }

    pub(super) fn set_flushing(&self, flushing: bool) {
        self.lock().flushing = flushing;
    }

    pub(super) fn close(&self) {
        self.lock().closed = true;
    }

    /// Whether nothing waits and nothing is in flight.
    pub(super) fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// Whether a partition with batches to send has no leader.
    pub(super) fn has_stale(&self) -> bool {
        self.lock()
            .topics
            .values()
            .flat_map(|topic| &topic.partitions)
            .any(|partition| {
                !partition.queue.is_empty() && (partition.stale || partition.leader.is_none())
            })
    }

    /// A new identity: sequences start again. Nothing is in flight.
    pub(super) fn set_identity(&self, identity: Identity) {
        let mut state = self.lock();
        state.identity = Some(identity);
        state.renumber = false;
        for partition in state.partitions_mut() {
            partition.next_sequence = 0;
            for batch in &mut partition.queue {
                batch.sequence = None;
            }
        }
    }

    /// The batches to send now.
    pub(super) fn drain(&self, now: Instant) -> Drain {
        let mut guard = self.lock();
        let state = &mut *guard;
        let mut drain = Drain {
            by_leader: BTreeMap::new(),
            next: None,
            stale: Vec::new(),
            finished: state.closed && state.is_empty(),
            needs_identity: false,
        };
        let hurry = state.flushing
            || state.closed
            || state.memory.saturating_mul(10) > self.config.buffer_memory.saturating_mul(9);
        let blocked = self.config.idempotent && (state.identity.is_none() || state.renumber);
        let nothing_in_flight = state.in_flight.values().all(|count| *count == 0);
        for (name, topic) in &mut state.topics {
            for (index, partition) in (0i32..).zip(&mut topic.partitions) {
                let Some(ready_at) = partition.ready_at(&self.config, hurry, now) else {
                    continue;
                };
                if ready_at > now {
                    drain.next = Some(drain.next.map_or(ready_at, |next| next.min(ready_at)));
                    continue;
                }
                let Some(leader) = partition.leader.filter(|_| !partition.stale) else {
                    if drain.stale.last() != Some(name) {
                        drain.stale.push(Arc::clone(name));
                    }
                    continue;
                };
                if blocked {
                    drain.needs_identity |= nothing_in_flight;
                    continue;
                }
                let in_flight = state.in_flight.entry(leader).or_default();
                let batches = drain.by_leader.entry(leader).or_default();
                let started = usize::from(batches.is_empty());
                if in_flight.saturating_add(started) > self.config.max_in_flight {
                    continue;
                }
                if let Some((batch, bytes)) = partition.take(&self.config, state.identity) {
                    *in_flight = in_flight.saturating_add(started);
                    batches.push(Drained {
                        topic: Arc::clone(name),
                        topic_id: topic.id,
                        partition: index,
                        batch,
                        bytes,
                    });
                }
            }
        }
        drain.by_leader.retain(|_, batches| !batches.is_empty());
        drain
    }

    /// One request to `leader` has been answered or lost.
    pub(super) fn landed(&self, leader: i32) {
        if let Some(count) = self.lock().in_flight.get_mut(&leader) {
            *count = count.saturating_sub(1);
        }
    }

    /// The batch is settled.
    pub(super) fn release(&self, topic: &str, partition: i32, batch: &PendingBatch, gap: bool) {
        let mut state = self.lock();
        state.memory = state.memory.saturating_sub(batch.memory);
        state.renumber |= gap && self.config.idempotent;
        if let Some(partition) = state.partition_mut(topic, partition) {
            partition.in_flight = partition.in_flight.saturating_sub(1);
            if partition.in_flight == 0 && !gap {
                partition.retry_at = None;
            }
        }
    }

    /// The batches, parts of one that came back, go to the front again.
    pub(super) fn requeue(
        &self,
        topic: &str,
        partition: i32,
        batches: impl IntoIterator<Item = PendingBatch>,
        backoff: Duration,
        refresh: bool,
    ) {
        let mut state = self.lock();
        let Some(partition) = state.partition_mut(topic, partition) else {
            return;
        };
        partition.in_flight = partition.in_flight.saturating_sub(1);
        partition.retry_at = Some(Instant::now() + backoff);
        partition.stale |= refresh;
        let batches: Vec<_> = batches.into_iter().collect();
        // Earlier batches that came back before this one stay in front of it.
        let place = match batches.first().and_then(|batch| batch.sequence) {
            Some(sequence) => partition
                .queue
                .iter()
                .take_while(|other| {
                    other
                        .sequence
                        .is_some_and(|other| sequence.wrapping_sub(other) > 0)
                })
                .count(),
            None => 0,
        };
        for (offset, batch) in batches.into_iter().enumerate() {
            partition.queue.insert(place + offset, batch);
        }
    }

    /// Batches that have waited too long are taken out to be given up.
    pub(super) fn expired(&self, now: Instant) -> Vec<(Arc<str>, i32, PendingBatch)> {
        let mut guard = self.lock();
        let state = &mut *guard;
        let mut expired = Vec::new();
        for (name, topic) in &mut state.topics {
            for (index, partition) in (0i32..).zip(&mut topic.partitions) {
                while partition.queue.front().is_some_and(|batch| {
                    now.saturating_duration_since(batch.created) >= self.config.delivery_timeout
                }) {
                    let Some(batch) = partition.queue.pop_front() else {
                        break;
                    };
                    state.renumber |= batch.sequence.is_some() && self.config.idempotent;
                    state.memory = state.memory.saturating_sub(batch.memory);
                    expired.push((Arc::clone(name), index, batch));
                }
            }
        }
        expired
    }
}

impl State {
    fn is_empty(&self) -> bool {
        self.topics
            .values()
            .flat_map(|topic| &topic.partitions)
            .all(|partition| partition.queue.is_empty() && partition.in_flight == 0)
    }

    fn partitions_mut(&mut self) -> impl Iterator<Item = &mut Partition> {
        self.topics
            .values_mut()
            .flat_map(|topic| &mut topic.partitions)
    }

    fn partition_mut(&mut self, topic: &str, index: i32) -> Option<&mut Partition> {
        let partitions = &mut self.topics.get_mut(topic)?.partitions;
        partitions.get_mut(usize::try_from(index).ok()?)
    }

    fn learn(&mut self, name: &str, metadata: &TopicMetadata) {
        let topic = self.topics.entry(Arc::from(name)).or_insert_with(|| Topic {
            id: metadata.id,
            partitions: Vec::new(),
            available: Vec::new(),
            sticky: Sticky::default(),
        });
        topic.id = metadata.id;
        let known = metadata.partitions.len();
        let count = topic.partitions.len().max(known);
        topic.partitions.resize_with(count, Partition::default);
        for (partition, told) in topic.partitions.iter_mut().zip(&metadata.partitions) {
            partition.leader = (told.leader >= 0).then_some(told.leader);
            partition.stale = false;
        }
        topic.available = topic
            .partitions
            .iter()
            .enumerate()
            .filter(|(_, partition)| partition.leader.is_some())
            .map(|(index, _)| index)
            .collect();
    }
}

impl Topic {
    fn choose(
        &mut self,
        partition: Option<i32>,
        key: Option<&[u8]>,
        config: &ProducerConfig,
    ) -> usize {
        if let Some(index) = partition {
            return index.saturate();
        }
        match key {
            Some(key) if !config.ignore_keys => partition_for_key(key, self.partitions.len()),
            _ => self
                .sticky
                .choose(&self.available, self.partitions.len(), config.batch_size),
        }
    }
}

impl Partition {
    /// Adds to the last batch, or to a new one when that is full. Also tells the bytes that were
    /// added, and whether the sender should look.
    fn append(
        &mut self,
        config: &ProducerConfig,
        topic: &Arc<str>,
        index: usize,
        draft: &RecordDraft<'_>,
        size: usize,
    ) -> (Delivery, usize, bool) {
        if let Some(batch) = self.queue.back_mut()
            && batch.is_open()
            && batch.size().saturating_add(size) <= config.batch_size
            && batch.attempts == 0
        {
            let before = batch.size();
            if let Some(delivery) = batch.append(draft) {
                let added = batch.size().saturating_sub(before);
                batch.memory = batch.memory.saturating_add(added);
                return (delivery, added, false);
            }
        }
        let partition: i32 = index.saturate();
        let outcome = Arc::new(Outcome::new(Arc::clone(topic), partition));
        let mut batch = PendingBatch::open(config, outcome, Instant::now());
        // An open batch takes its first record.
        let delivery = batch.append(draft).unwrap_or_else(|| Delivery {
            outcome: Arc::new(Outcome::new(Arc::clone(topic), partition)),
            index: 0,
        });
        batch.memory = batch.size();
        let added = batch.memory;
        self.queue.push_back(batch);
        // One more batch than before: the one before is full, or the sender must set its alarm.
        (delivery, added, true)
    }

    /// When the first batch may be sent.
    fn ready_at(&self, config: &ProducerConfig, hurry: bool, now: Instant) -> Option<Instant> {
        let first = self.queue.front()?;
        if self.retry_at.is_some() && self.in_flight > 0 {
            return None;
        }
        if let Some(at) = self.retry_at
            && at > now
        {
            return Some(at);
        }
        let full = self.queue.len() > 1
            || first.attempts > 0
            || !first.is_open()
            || (first.size() >= config.batch_size && !is_compressed(config));
        if full || hurry {
            return Some(now);
        }
        Some(first.created + config.linger)
    }

    fn take(
        &mut self,
        config: &ProducerConfig,
        identity: Option<Identity>,
    ) -> Option<(PendingBatch, Bytes)> {
        let mut batch = self.queue.pop_front()?;
        if config.idempotent && batch.sequence.is_none() {
            batch.sequence = Some(self.next_sequence);
            let count: i32 = batch.count().saturate();
            self.next_sequence = advance(self.next_sequence, count);
        }
        batch.attempts = batch.attempts.saturating_add(1);
        match batch.bytes(identity.filter(|_| config.idempotent)) {
            Ok(bytes) => {
                self.in_flight = self.in_flight.saturating_add(1);
                Some((batch, bytes))
            }
            Err(error) => {
                batch.settle(Err(error));
                None
            }
        }
    }
}
