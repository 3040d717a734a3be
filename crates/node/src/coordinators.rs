//! The group coordinators of this node: one for each partition of `__consumer_offsets` it leads.
//!
//! Responsible for carrying requests to the machine, its appends to the log, and its answers back.
//!
//! G1  a machine's append is handed to the log before any later output of it is looked at
//! G2  an answer that depends on an append leaves only after the high watermark has passed it
//! G3  locks are taken in the order machine, partition

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use ottla_config::BrokerConfig;
use ottla_groups::{
    Call as GroupCall, Coordinator, GroupConfig, GroupReply, GroupRequest, Output as GroupOutput,
    WriteId,
};
use ottla_records::{BatchView, Decompressor, batches, control::EndTxnMarker};
use ottla_types::{
    ErrorCode, Mono, Now, Offset, PartitionIndex, RequestToken, Saturate, SplitMix64,
    TopicPartition,
};
use parking_lot::{Mutex, RwLock};

use crate::{node::Node, output::Output, partition::Partition};

/// Bytes read at a time when loading.
const LOAD_BYTES: usize = 1 << 20;

/// All coordinators.
pub(crate) struct Coordinators {
    slots: RwLock<BTreeMap<PartitionIndex, Arc<Slot>>>,
    tickets: AtomicU64,
    config: GroupConfig,
    seed: u64,
}

impl fmt::Debug for Coordinators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coordinators").finish_non_exhaustive()
    }
}

/// Names one question to one coordinator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ticket(u64);

/// One coordinator.
pub(crate) struct Slot {
    partition: Arc<Partition>,
    state: Mutex<State>,
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slot({:?})", self.partition)
    }
}

struct State {
    machine: Coordinator,
    is_loaded: bool,
    /// Set once the partition is gone.
    is_gone: bool,
    /// Partitions that were deleted while this was loading: offsets of theirs may come yet.
    deleted: Vec<TopicPartition>,
    /// Appends on their way, with the offset the watermark has to come to.
    writes: VecDeque<(Offset, WriteId)>,
    /// Who waits for which answer.
    asking: BTreeMap<Ticket, RequestToken>,
    answers: BTreeMap<Ticket, GroupReply>,
}

/// The state of a question after it was put.
#[derive(Debug)]
pub(crate) enum Asked {
    Answered(GroupReply),
    Waiting(Arc<Slot>, Ticket),
}

/// Who asks, as the machine wants to know it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asker<'a> {
    pub(crate) now: Now,
    pub(crate) token: RequestToken,
    pub(crate) api_version: i16,
    pub(crate) client_id: &'a str,
    pub(crate) client_host: &'a str,
}

impl Coordinators {
    pub(crate) fn new(config: &BrokerConfig, seed: u64) -> Self {
        Self {
            slots: RwLock::new(BTreeMap::new()),
            tickets: AtomicU64::new(0),
            config: group_config(config),
            seed,
        }
    }

    /// The coordinator of a partition of the offsets topic.
    pub(crate) fn slot(&self, index: PartitionIndex) -> Option<Arc<Slot>> {
        self.slots.read().get(&index).cloned()
    }

    pub(crate) fn all(&self) -> Vec<Arc<Slot>> {
        self.slots.read().values().cloned().collect()
    }

    /// Puts a question.
    pub(crate) fn ask(
        &self,
        slot: &Arc<Slot>,
        asker: Asker<'_>,
        request: &GroupRequest,
        out: &mut Vec<Output>,
    ) -> Asked {
        let ticket = Ticket(self.tickets.fetch_add(1, Ordering::Relaxed));
        let call = GroupCall {
            token: RequestToken(ticket.0),
            api_version: asker.api_version,
            client_id: asker.client_id,
            client_host: asker.client_host,
        };
        let mut state = slot.state.lock();
        state.machine.handle(asker.now, call, request);
        state.asking.insert(ticket, asker.token);
        slot.drain(asker.now, &mut state, Some(ticket), out);
        match state.answers.remove(&ticket) {
            Some(reply) => Asked::Answered(reply),
            None => Asked::Waiting(Arc::clone(slot), ticket),
        }
    }

    /// This node leads a partition of the offsets topic: its coordinator loads.
    pub(crate) fn partition_came(&self, partition: &Arc<Partition>, out: &mut Vec<Output>) {
        let index = partition.index();
        let salt: u64 = index.0.saturate();
        let seed = self.seed.wrapping_add(salt.wrapping_mul(SplitMix64::STEP));
        let slot = Slot {
            partition: Arc::clone(partition),
            state: Mutex::new(State {
                machine: Coordinator::new(self.config.clone(), seed),
                is_loaded: false,
                is_gone: false,
                deleted: Vec::new(),
                writes: VecDeque::new(),
                asking: BTreeMap::new(),
                answers: BTreeMap::new(),
            }),
        };
        self.slots.write().insert(index, Arc::new(slot));
        out.push(Output::LoadCoordinator(Arc::clone(partition)));
    }

    /// The partition is gone, or another node leads it.
    pub(crate) fn partition_gone(&self, now: Now, partition: &Partition, out: &mut Vec<Output>) {
        let is_ours = |slot: &Arc<Slot>| std::ptr::eq(&raw const *slot.partition, partition);
        let mut slots = self.slots.write();
        let Some(slot) = slots
            .get(&partition.index())
            .filter(|slot| is_ours(slot))
            .cloned()
        else {
            return;
        };
        slots.remove(&partition.index());
        drop(slots);
        let mut state = slot.state.lock();
        state.is_gone = true;
        state.machine.unload();
        slot.drain(now, &mut state, None, out);
    }

    /// The high watermark of a partition may have moved.
    pub(crate) fn watermark_moved(&self, now: Now, partition: &Partition, out: &mut Vec<Output>) {
        let slot = self.slot(partition.index());
        if let Some(slot) = slot.filter(|slot| std::ptr::eq(&raw const *slot.partition, partition))
        {
            let mut state = slot.state.lock();
            slot.drain(now, &mut state, None, out);
        }
    }

    /// The partition takes no more appends.
    pub(crate) fn log_failed(&self, now: Now, partition: &Partition, out: &mut Vec<Output>) {
        let slot = self.slot(partition.index());
        if let Some(slot) = slot.filter(|slot| std::ptr::eq(&raw const *slot.partition, partition))
        {
            let mut state = slot.state.lock();
            while let Some((_, write)) = state.writes.pop_back() {
                state
                    .machine
                    .failed(now, write, ErrorCode::KAFKA_STORAGE_ERROR);
            }
            slot.drain(now, &mut state, None, out);
        }
    }

    /// Partitions of topics were deleted: their offsets go.
    pub(crate) fn partitions_deleted(
        &self,
        now: Now,
        partitions: &[TopicPartition],
        out: &mut Vec<Output>,
    ) {
        for slot in self.all() {
            let mut state = slot.state.lock();
            if !state.is_loaded {
                state.deleted.extend_from_slice(partitions);
                continue;
            }
            state.machine.partitions_deleted(now, partitions);
            slot.drain(now, &mut state, None, out);
        }
    }

    /// Lets time pass for all of them.
    pub(crate) fn tick(&self, now: Now, out: &mut Vec<Output>) {
        for slot in self.all() {
            let mut state = slot.state.lock();
            if state
                .machine
                .next_deadline()
                .is_some_and(|deadline| now.mono >= deadline)
            {
                state.machine.tick(now);
                slot.drain(now, &mut state, None, out);
            }
        }
    }

    /// When [`Self::tick`] has something to do next.
    pub(crate) fn next_deadline(&self) -> Option<Mono> {
        let slots = self.all();
        slots
            .iter()
            .filter_map(|slot| slot.state.lock().machine.next_deadline())
            .min()
    }
}

impl Slot {
    /// The answer to a question, if it is there.
    pub(crate) fn take_answer(&self, ticket: Ticket) -> Option<GroupReply> {
        self.state.lock().answers.remove(&ticket)
    }

    /// Nobody waits for the answer any more.
    pub(crate) fn forget(&self, ticket: Ticket) {
        let mut state = self.state.lock();
        state.asking.remove(&ticket);
        state.answers.remove(&ticket);
    }

    /// Carries out what the machine orders. The asker of `own` is in this call and is not woken.
    fn drain(&self, now: Now, state: &mut State, own: Option<Ticket>, out: &mut Vec<Output>) {
        loop {
            self.note_committed(now, state);
            let Some(order) = state.machine.poll_output() else {
                break;
            };
            match order {
                GroupOutput::Append { write, records, .. } => {
                    match self.partition.append_internal(now, &records, out) {
                        Ok(end) => state.writes.push_back((end, write)),
                        Err(code) => state.machine.failed(now, write, code),
                    }
                }
                GroupOutput::Reply { token, reply } => {
                    let ticket = Ticket(token.0);
                    if let Some(asker) = state.asking.remove(&ticket) {
                        state.answers.insert(ticket, reply);
                        if own != Some(ticket) {
                            out.push(Output::Wake(asker));
                        }
                    }
                }
            }
        }
        if let Some(deadline) = state.machine.next_deadline() {
            out.push(Output::Tick(deadline));
        }
    }

    fn note_committed(&self, now: Now, state: &mut State) {
        let watermark = self.partition.high_watermark();
        while let Some((end, write)) = state.writes.front().copied() {
            if end > watermark {
                break;
            }
            state.writes.pop_front();
            state.machine.committed(now, write);
        }
    }

    /// Replays the log into the machine, which refuses meanwhile: the lock is held only to take up
    /// what was read. Whether there is still somebody to load for.
    fn load(&self) -> Result<bool, ErrorCode> {
        let log = self.partition.log();
        let end = log.log_end_offset();
        let mut next = log.log_start_offset();
        let mut decompressor = Decompressor::new();
        while next < end {
            let slice = log
                .read(next, LOAD_BYTES, end, true)
                .map_err(|_| ErrorCode::KAFKA_STORAGE_ERROR)?;
            if slice.data.is_empty() {
                break;
            }
            let mut state = self.state.lock();
            if state.is_gone {
                return Ok(false);
            }
            for batch in batches(&slice.data) {
                let batch = batch.map_err(|_| ErrorCode::CORRUPT_MESSAGE)?;
                load_batch(&mut state.machine, &batch, &mut decompressor)?;
                next = batch.header().last_offset().plus(1);
            }
        }
        Ok(true)
    }
}

fn load_batch(
    machine: &mut Coordinator,
    batch: &BatchView<'_>,
    decompressor: &mut Decompressor,
) -> Result<(), ErrorCode> {
    let header = batch.header();
    let producer = header.producer_id();
    let records = batch
        .records(decompressor)
        .map_err(|_| ErrorCode::CORRUPT_MESSAGE)?;
    for record in records {
        let record = record.map_err(|_| ErrorCode::CORRUPT_MESSAGE)?;
        let (Some(key), value) = (record.key, record.value) else {
            continue;
        };
        if header.is_control() {
            let marker = value.and_then(|value| EndTxnMarker::parse(key, value));
            if let Some(marker) = marker {
                machine.transaction_completed(producer, marker.committed);
            }
            continue;
        }
        // What cannot be read is passed over, as Apache Kafka does with a warning.
        let _unreadable = if header.is_transactional() {
            machine.load_transactional(key, value, record.offset, producer)
        } else {
            machine.load(key, value, record.offset)
        };
    }
    Ok(())
}

impl Node {
    /// Loads the coordinator of a partition: reads all of its log. Blocks.
    ///
    /// # Errors
    /// When the log cannot be read; the coordinator then refuses as one that loads.
    pub fn load_coordinator(
        &self,
        now: Now,
        partition: &Arc<Partition>,
        out: &mut Vec<Output>,
    ) -> Result<(), ErrorCode> {
        let slot = self.coordinators().slot(partition.index());
        let Some(slot) = slot.filter(|slot| Arc::ptr_eq(&slot.partition, partition)) else {
            return Ok(());
        };
        if !slot.load()? {
            return Ok(());
        }
        let mut state = slot.state.lock();
        if state.is_gone {
            return Ok(());
        }
        state.machine.loaded(now);
        state.is_loaded = true;
        let deleted = std::mem::take(&mut state.deleted);
        if !deleted.is_empty() {
            state.machine.partitions_deleted(now, &deleted);
        }
        slot.drain(now, &mut state, None, out);
        Ok(())
    }

    /// Lets time pass for what waits by the clock.
    pub fn tick(&self, now: Now, out: &mut Vec<Output>) {
        self.coordinators().tick(now, out);
    }

    /// When [`Self::tick`] has something to do next.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Mono> {
        self.coordinators().next_deadline()
    }
}

fn group_config(config: &BrokerConfig) -> GroupConfig {
    let minutes = |minutes: i32| i64::from(minutes).saturating_mul(60_000);
    let millis = |ms: i64| Duration::from_millis(ms.saturate());
    GroupConfig {
        min_session_timeout_ms: config.groups.min_session_timeout_ms,
        max_session_timeout_ms: config.groups.max_session_timeout_ms,
        max_size: config.groups.max_size.saturate(),
        initial_rebalance_delay_ms: config.groups.initial_rebalance_delay_ms,
        offset_metadata_max_size: config.offsets.metadata_max_bytes.saturate(),
        offsets_retention_ms: minutes(config.offsets.retention_minutes),
        offsets_retention_check_interval: millis(config.offsets.retention_check_interval_ms),
        offset_commit_timeout: millis(config.offsets.commit_timeout_ms.into()),
        ..GroupConfig::default()
    }
}
