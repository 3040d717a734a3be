//! One partition this node leads: its log, and the machine that says what of it is committed.
//!
//! Responsible for holding the two together. Not responsible for finding the partition, nor for
//! who may use it.
//!
//! N1  the state lock is held from before an append until the watermark has moved, so that an
//!     append that need not be synced never pulls the watermark past one that must
//! N2  readers take no lock: log end and watermark are published

mod hidden;
mod produce;
mod produce_refusal;
mod read;
mod turn;

use std::{
    fmt,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI32, AtomicI64, Ordering},
    },
    time::Duration,
};

use arc_swap::{ArcSwap, Guard};
use ottla_config::TopicConfig;
use ottla_replication::{Leader, LeaderUpdate, Settings};
use ottla_storage::{Log, LogConfig, StorageError};
use ottla_types::{
    BrokerId, ErrorCode, LeaderEpoch, Now, Offset, PartitionIndex, RequestToken, Saturate, TopicId,
    TopicPartition, Uuid,
};
use parking_lot::Mutex;

use crate::{fetch_wait::FetchWait, output::Output};

use hidden::Hidden;
pub(crate) use produce::{Acks, Append, Produced, timestamp_type};
pub(crate) use produce_refusal::{FirstBatch, ProduceRefusal, first_batch};
pub(crate) use read::{FoundOffset, OffsetQuery, ReadBound, ReadOutcome, ReadWish};
use turn::Turn;

/// What names a partition, and where it lives.
#[derive(Clone, Debug)]
pub(crate) struct PartitionIdentity {
    pub(crate) topic: Arc<str>,
    pub(crate) topic_id: TopicId,
    pub(crate) index: PartitionIndex,
    pub(crate) leader: BrokerId,
}

/// Where a partition lives; another one when it was moved to another log directory.
#[derive(Debug)]
pub(crate) struct Home {
    pub(crate) log: Log,
    /// Id of the log directory.
    pub(crate) directory: Uuid,
}

/// The log of a partition at one time.
#[derive(Debug)]
pub struct CurrentLog(Guard<Arc<Home>>);

impl CurrentLog {
    /// Whether the other one is the same log.
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for CurrentLog {
    type Target = Log;

    fn deref(&self) -> &Log {
        &self.0.log
    }
}

/// A hosted partition.
pub struct Partition {
    identity: PartitionIdentity,
    home: ArcSwap<Home>,
    config: ArcSwap<TopicConfig>,
    state: Mutex<State>,
    high_watermark: AtomicI64,
    leader_epoch: AtomicI32,
    turn: Turn,
    /// Whether its index entries are to be shown, and nobody has begun to.
    is_to_be_shown: AtomicBool,
    /// Set once the topic is gone: nothing may be appended or waited for.
    retired: AtomicBool,
    lag_time_max: Duration,
}

struct State {
    leader: Leader,
    fetches: Vec<Arc<FetchWait>>,
    hidden: Hidden,
}

impl fmt::Debug for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Partition({}-{})",
            self.identity.topic, self.identity.index.0
        )
    }
}

impl Partition {
    pub(crate) fn new(
        identity: PartitionIdentity,
        home: Home,
        config: Arc<TopicConfig>,
        leader: Leader,
        lag_time_max: Duration,
    ) -> Self {
        let high_watermark = leader.high_watermark();
        let epoch = leader.leader_epoch();
        Self {
            identity,
            home: ArcSwap::from_pointee(home),
            config: ArcSwap::new(config),
            high_watermark: AtomicI64::new(high_watermark.0),
            leader_epoch: AtomicI32::new(epoch.0),
            state: Mutex::new(State {
                leader,
                fetches: Vec::new(),
                hidden: Hidden::default(),
            }),
            turn: Turn::default(),
            is_to_be_shown: AtomicBool::new(false),
            retired: AtomicBool::new(false),
            lag_time_max,
        }
    }

    /// Name of the topic.
    #[must_use]
    pub fn topic(&self) -> &str {
        &self.identity.topic
    }

    pub(crate) fn topic_shared(&self) -> &Arc<str> {
        &self.identity.topic
    }

    /// Name of the topic, and index.
    #[must_use]
    pub fn name(&self) -> TopicPartition {
        TopicPartition {
            topic: Arc::clone(&self.identity.topic),
            partition: self.identity.index,
        }
    }

    /// Id of the topic.
    #[must_use]
    pub fn topic_id(&self) -> TopicId {
        self.identity.topic_id
    }

    /// Index within the topic.
    #[must_use]
    pub fn index(&self) -> PartitionIndex {
        self.identity.index
    }

    /// Id of the log directory it lives in.
    #[must_use]
    pub fn directory(&self) -> Uuid {
        self.home.load().directory
    }

    /// The log.
    #[must_use]
    pub fn log(&self) -> CurrentLog {
        CurrentLog(self.home.load())
    }

    /// First offset not known to be committed.
    #[must_use]
    pub fn high_watermark(&self) -> Offset {
        Offset(self.high_watermark.load(Ordering::Acquire))
    }

    pub(crate) fn leader_epoch(&self) -> LeaderEpoch {
        LeaderEpoch(self.leader_epoch.load(Ordering::Acquire))
    }

    pub(crate) fn leader_and_epoch(&self) -> (i32, i32) {
        (self.identity.leader.0, self.leader_epoch().0)
    }

    /// The topic's configuration.
    pub(crate) fn config(&self) -> Arc<TopicConfig> {
        self.config.load_full()
    }

    /// Takes over a changed topic configuration.
    pub(crate) fn reconfigure(
        &self,
        config: Arc<TopicConfig>,
        log_config: Arc<LogConfig>,
        out: &mut Vec<Output>,
    ) {
        self.log().update_config(log_config);
        let settings = leader_settings(&config, self.lag_time_max);
        self.config.store(config);
        let mut state = self.state.lock();
        state.leader.settings_changed(settings);
        self.publish(&mut state, out);
    }

    /// Bytes of the log.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.log().size()
    }

    /// How far the log end stands behind the watermark, in records.
    pub(crate) fn lag(&self) -> i64 {
        self.high_watermark()
            .0
            .saturating_sub(self.log().log_end_offset().0)
            .max(0)
    }

    /// Has what was appended so far synced; who asks before that begins shares it.
    pub(crate) fn ask_sync(self: &Arc<Self>, out: &mut Vec<Output>) {
        if self.turn.ask() {
            out.push(Output::Sync(Arc::clone(self)));
        }
    }

    /// Makes everything appended so far survive a power cut. Blocks; called by a flusher, who then tells
    /// the node.
    ///
    /// # Errors
    /// What the log says; it takes no more writes after that.
    pub fn sync(&self) -> Result<Offset, StorageError> {
        self.turn.begin();
        let log = self.log();
        match log.flush() {
            // Nobody waits for the log of a deleted topic.
            Err(StorageError::Closed) if self.is_retired() => Ok(log.durable_end_offset()),
            // It was moved meanwhile, whole and synced, and may have been appended to since.
            Err(StorageError::Closed) => self.log().flush(),
            flushed => flushed,
        }
    }

    /// Has the index entries shown that others do not see yet.
    fn ask_to_show(self: &Arc<Self>, out: &mut Vec<Output>) {
        if self.log().has_hidden_index_entries()
            && !self.is_to_be_shown.swap(true, Ordering::AcqRel)
        {
            out.push(Output::ShowIndex(Arc::clone(self)));
        }
    }

    /// Writes index entries to the files, where others see them.
    pub(crate) fn show_index_entries(&self) -> Result<(), StorageError> {
        self.is_to_be_shown.store(false, Ordering::Release);
        match self.log().show_index_entries() {
            // Its topic was deleted, or it was moved meanwhile.
            Err(StorageError::Closed) => Ok(()),
            shown => shown,
        }
    }

    /// A sync came to its end. What was appended meanwhile gets another.
    pub(crate) fn sync_ended(self: &Arc<Self>, out: &mut Vec<Output>) {
        if self.turn.end() {
            out.push(Output::Sync(Arc::clone(self)));
        }
    }

    /// Gives the partition another log if `make` does, which gets the present one and a way to install
    /// another; nothing is appended meanwhile.
    pub(crate) fn change_home<E>(
        &self,
        out: &mut Vec<Output>,
        make: impl FnOnce(&Log, Box<dyn FnOnce(Home) + '_>) -> Result<bool, E>,
    ) -> Result<bool, E> {
        let mut state = self.state.lock();
        let old = self.home.load_full();
        let install = Box::new(|home| self.home.store(Arc::new(home)));
        let is_changed = make(&old.log, install)?;
        if is_changed {
            old.log.abandon();
            state.leader.synced(self.log().durable_end_offset());
            self.publish(&mut state, out);
        }
        Ok(is_changed)
    }

    /// Whether the topic is gone.
    pub(crate) fn is_retired(&self) -> bool {
        self.retired.load(Ordering::Acquire)
    }

    /// Notes that the log is durable up to `end`.
    pub(crate) fn synced(&self, end: Offset, out: &mut Vec<Output>) {
        let mut state = self.state.lock();
        state.leader.synced(end);
        self.publish(&mut state, out);
    }

    /// Publishes the watermark and wakes who waited for it.
    fn publish(&self, state: &mut State, out: &mut Vec<Output>) {
        let watermark = state.leader.high_watermark();
        let before = self.high_watermark.swap(watermark.0, Ordering::AcqRel);
        if watermark.0 > before {
            let bytes = state.hidden.show(watermark);
            state.fetches.retain(|wait| match wait.arrived(bytes) {
                Some(token) => {
                    out.push(Output::Wake(token));
                    false
                }
                None => true,
            });
        }
        for (token, _) in state.leader.completed() {
            out.push(Output::Wake(token));
        }
    }

    /// Whether an acks=all append that ends before `required` is acknowledged; `None`: not yet.
    pub(crate) fn acknowledged(&self, required: Offset) -> Option<Result<(), ErrorCode>> {
        if self.high_watermark() >= required {
            return Some(Ok(()));
        }
        self.check_in_service().err().map(Err)
    }

    /// Forgets an acks=all wait.
    pub(crate) fn stop_waiting(&self, token: RequestToken) {
        self.state.lock().leader.forget(token);
    }

    /// Counts down `wait` for every byte that becomes visible. `false`: nothing will any more.
    #[must_use]
    pub(crate) fn subscribe(&self, wait: &Arc<FetchWait>) -> bool {
        let mut state = self.state.lock();
        if self.check_in_service().is_err() {
            return false;
        }
        state.fetches.push(Arc::clone(wait));
        true
    }

    /// Whether anything may be appended or waited for.
    fn check_in_service(&self) -> Result<(), ErrorCode> {
        if self.retired.load(Ordering::Acquire) {
            return Err(ErrorCode::NOT_LEADER_OR_FOLLOWER);
        }
        match self.log().fault() {
            Some(_) => Err(ErrorCode::KAFKA_STORAGE_ERROR),
            None => Ok(()),
        }
    }

    pub(crate) fn unsubscribe(&self, wait: &Arc<FetchWait>) {
        self.state
            .lock()
            .fetches
            .retain(|other| !Arc::ptr_eq(other, wait));
    }

    /// Ends service: everybody who waits is woken and finds the partition gone. The log touches no
    /// file from here on: its directory may soon be that of another topic.
    pub(crate) fn retire(&self, out: &mut Vec<Output>) {
        self.retired.store(true, Ordering::Release);
        self.wake_all(out);
        self.log().abandon();
    }

    /// Takes up the partition's record of a new metadata image, in which this broker still leads.
    pub(crate) fn update(&self, now: Now, update: &LeaderUpdate, out: &mut Vec<Output>) {
        let mut state = self.state.lock();
        state.leader.update(now.mono, update);
        let epoch = state.leader.leader_epoch();
        if epoch > self.leader_epoch() && self.log().assign_epoch(epoch).is_ok() {
            self.leader_epoch.store(epoch.0, Ordering::Release);
        }
        self.publish(&mut state, out);
    }

    /// Ends every wait: the log takes no more appends here.
    pub(crate) fn wake_all(&self, out: &mut Vec<Output>) {
        let mut state = self.state.lock();
        state.leader.resign();
        out.extend(
            state
                .fetches
                .drain(..)
                .filter_map(|wait| wait.wake())
                .map(Output::Wake),
        );
        out.extend(
            state
                .leader
                .completed()
                .into_iter()
                .map(|(token, _)| Output::Wake(token)),
        );
    }

    /// Sees to it that a failure of the log is followed up.
    pub(crate) fn note_failure(self: &Arc<Self>, out: &mut Vec<Output>) {
        if self.log().fault().is_some() {
            out.push(Output::LogFailed(Arc::clone(self)));
        }
    }

    /// Raises the log start to `before`, or to the watermark; gives the new low watermark.
    pub(crate) fn delete_records(&self, before: Option<Offset>) -> Result<Offset, ErrorCode> {
        if self.config.load().cleanup.delete {
            let watermark = self.high_watermark();
            // No move to another directory may miss the new start.
            let _state = self.state.lock();
            let before = before.unwrap_or(watermark);
            if before.0 < 0 || before > watermark {
                return Err(ErrorCode::OFFSET_OUT_OF_RANGE);
            }
            self.log()
                .delete_records_before(before)
                .map_err(|_| ErrorCode::KAFKA_STORAGE_ERROR)?;
            return Ok(self.log().log_start_offset());
        }
        Err(ErrorCode::POLICY_VIOLATION)
    }

    /// Rolls and deletes segments that are due.
    pub(crate) fn apply_retention(&self, now: Now) -> Result<(), StorageError> {
        self.log().expire_producers(now);
        self.log().roll_if_old(now)?;
        self.log().apply_retention(now, self.high_watermark())?;
        self.log().delete_pending(now)?;
        Ok(())
    }
}

/// A topic's configuration in the terms of its leader.
pub(crate) fn leader_settings(config: &TopicConfig, lag_time_max: Duration) -> Settings {
    Settings {
        min_insync_replicas: config.min_insync_replicas.saturate(),
        lag_time_max,
        sync_for_ack: config.acks_all_sync,
    }
}
