//! Moving partitions from one log directory to another while they are served.
//!
//! ```text
//!           copied to the end            the controller has it            no append since
//!  Copying ------------------> Asked ---------------------------> (same) -----------------> moved
//!     ^                          |
//!     +------ appends came ------+
//! ```
//!
//! The copy grows in a `-future` directory. When it has caught up, the controller is told of the new
//! directory; when the metadata has it, the copy is made to catch up once more while appends wait, is
//! synced, closed, renamed and opened, and the old directory is removed.
//!
//! M1  the copy becomes current only whole and synced, and only in the directory that the metadata names
//! M2  until then the old replica has everything; whatever ends the process, the next start goes on
//!
//! Responsible for what is copied when. Not responsible for threads, nor for how fast they may copy.
//!
//! Spec: KIP-113 (AlterReplicaLogDirs), KIP-858 (the controller's part).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use ottla_metadata::Topic;
use ottla_storage::{
    AppendError, Fault, Log, ReadError, StorageError, directory::PartitionDirectory,
};
use ottla_types::{
    ErrorCode, LeaderEpoch, Now, Offset, PartitionIndex, TopicId, TopicPartition, Uuid,
};
use parking_lot::Mutex;

use crate::{
    directories::{Copy, Directory, DirectoryError},
    node::Node,
    output::Output,
    partition::Partition,
};

/// Bytes copied at a time.
const CHUNK: usize = 1 << 20;

type Id = (TopicId, PartitionIndex);

/// What the threads that move partitions share.
#[derive(Debug, Default)]
pub(crate) struct Moves {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    all: BTreeMap<Id, Arc<Move>>,
    /// Those that a thread works on.
    busy: BTreeSet<Id>,
    /// The one that was taken last; the next is taken next.
    last: Option<Id>,
}

/// A partition that is being moved.
#[derive(Debug)]
pub struct Move {
    partition: Arc<Partition>,
    /// Place of the log directory it goes to.
    place: usize,
    directory: PartitionDirectory,
    /// The copy, opened when the first bytes are copied.
    copy: Mutex<Option<Arc<Log>>>,
    /// Held for a step, which may take long.
    stepping: Mutex<()>,
    /// Whether the controller was told of the new directory.
    is_asked: AtomicBool,
    /// Whether there is nothing more to do: moved, failed or given up.
    is_over: AtomicBool,
    /// Whether what is left of a move that was given up has to go.
    is_left_over: AtomicBool,
}

/// What a step of a move came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveStep {
    /// So many bytes were copied.
    Copied(u64),
    /// The controller, or somebody else's space, is waited for.
    Waiting,
    /// The partition is in its new directory, or the move was given up.
    Done,
}

/// Why a move does not go on before the next start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each variant is the error it holds")]
pub enum MoveFault {
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Append(#[from] AppendError),
}

impl MoveFault {
    /// As a log that is out of service for it says it.
    fn cause(&self) -> Fault {
        let known = match self {
            Self::Append(AppendError::Storage(error)) | Self::Storage(error) => {
                error.fault().cloned()
            }
            Self::Directory(error) => error.fault(),
            Self::Append(_) | Self::Read(_) => None,
        };
        known.unwrap_or_else(|| {
            let cause = std::io::Error::other(self.to_string());
            Fault::new("move", std::path::Path::new("a partition"), cause)
        })
    }

    /// Whether only space is missing.
    fn is_no_space(&self) -> bool {
        match self {
            Self::Append(AppendError::NoSpace(_)) => true,
            Self::Append(AppendError::Storage(error)) | Self::Storage(error) => {
                error.fault().is_some_and(Fault::is_no_space)
            }
            Self::Directory(error) => error.is_no_space(),
            Self::Append(_) | Self::Read(_) => false,
        }
    }
}

impl Move {
    fn id(&self) -> Id {
        (self.partition.topic_id(), self.partition.index())
    }

    /// The partition.
    #[must_use]
    pub fn name(&self) -> TopicPartition {
        self.partition.name()
    }

    /// Bytes of the copy, and how many records it lacks.
    pub(crate) fn progress(&self) -> (u64, i64) {
        let end = self.partition.log().log_end_offset();
        let copy = self.copy.lock().clone();
        let (size, copied) = copy.map_or((0, Offset(0)), |log| (log.size(), log.log_end_offset()));
        (size, end.0.saturating_sub(copied.0))
    }

    /// The partition.
    pub(crate) const fn partition(&self) -> &Arc<Partition> {
        &self.partition
    }
}

impl Moves {
    fn all(&self) -> Vec<Arc<Move>> {
        self.state.lock().all.values().cloned().collect()
    }

    pub(crate) fn of(&self, partition: &Partition) -> Option<Arc<Move>> {
        let id = (partition.topic_id(), partition.index());
        self.state.lock().all.get(&id).cloned()
    }

    /// Whether the controller was told of the partition's new directory.
    pub(crate) fn is_asked(&self, partition: &Partition) -> bool {
        self.of(partition)
            .is_some_and(|moving| moving.is_asked.load(Ordering::Acquire))
    }

    fn add(&self, moving: Move) {
        let id = moving.id();
        self.state.lock().all.insert(id, Arc::new(moving));
    }

    fn remove(&self, id: Id) {
        self.state.lock().all.remove(&id);
    }

    /// Removes a move, unless another one of the partition has begun.
    fn end(&self, moving: &Move) {
        let mut state = self.state.lock();
        let id = moving.id();
        if state
            .all
            .get(&id)
            .is_some_and(|known| std::ptr::eq(&raw const **known, moving))
        {
            state.all.remove(&id);
        }
    }
}

impl Node {
    /// Has a partition moved into the log directory at `path`, or made there when it comes. Gives the
    /// error code of AlterReplicaLogDirs.
    pub(crate) fn alter_log_dir(
        &self,
        name: &TopicPartition,
        path: &str,
        out: &mut Vec<Output>,
    ) -> ErrorCode {
        let directories = self.directories();
        // The name of the directory that grows would be too long for a file.
        if name.to_string().len() > LONGEST_NAME {
            return ErrorCode::INVALID_TOPIC_EXCEPTION;
        }
        let Some(place) = directories.place_of(path) else {
            return if directories.is_unopened(path) {
                ErrorCode::KAFKA_STORAGE_ERROR
            } else {
                ErrorCode::LOG_DIR_NOT_FOUND
            };
        };
        if directories.home(place).is_ok_and(|home| !home.is_online()) {
            return ErrorCode::KAFKA_STORAGE_ERROR;
        }
        if directories.home(place).is_ok_and(Directory::is_cordoned) {
            return ErrorCode::INVALID_REPLICA_ASSIGNMENT;
        }
        let partition = match self.partition_by_name(&name.topic, name.partition.0) {
            Ok(partition) => partition,
            Err(missing) if missing.error_code == ErrorCode::KAFKA_STORAGE_ERROR => {
                return missing.error_code;
            }
            Err(_) => {
                directories.prefer(name.clone(), place);
                return ErrorCode::REPLICA_NOT_AVAILABLE;
            }
        };
        if partition.log().fault().is_some() {
            return ErrorCode::KAFKA_STORAGE_ERROR;
        }
        match self.begin_move(&partition, place, out) {
            Ok(()) => ErrorCode::NONE,
            Err(_) => ErrorCode::KAFKA_STORAGE_ERROR,
        }
    }

    /// The moves under way, with the ids of the directories they go to.
    pub(crate) fn moves_to_show(&self) -> Vec<(Uuid, Arc<Move>)> {
        let with_directory = |moving: Arc<Move>| {
            let home = self.directories().home(moving.place).ok()?;
            Some((home.id(), moving))
        };
        self.moves()
            .all()
            .into_iter()
            .filter_map(with_directory)
            .collect()
    }

    fn begin_move(
        &self,
        partition: &Arc<Partition>,
        place: usize,
        out: &mut Vec<Output>,
    ) -> Result<(), DirectoryError> {
        if let Some(moving) = self.moves().of(partition) {
            if moving.place == place {
                return Ok(());
            }
            self.give_up(&moving, out);
        }
        let directories = self.directories();
        if directories.home(place)?.id() == partition.directory() {
            return Ok(());
        }
        // With one directory gone nobody knows whether the partition is on its way there already.
        if let Some((gone, _)) = directories.failed().next() {
            return Err(DirectoryError::Offline(gone.path().to_owned()));
        }
        if let Some(gone) = directories.unopened().first() {
            return Err(DirectoryError::Offline(gone.clone()));
        }
        let directory = directories.make_future(place, &partition.name(), partition.topic_id())?;
        self.start_move(partition, place, directory, out);
        Ok(())
    }

    fn start_move(
        &self,
        partition: &Arc<Partition>,
        place: usize,
        directory: PartitionDirectory,
        out: &mut Vec<Output>,
    ) {
        self.moves().add(Move {
            partition: Arc::clone(partition),
            place,
            directory,
            copy: Mutex::new(None),
            stepping: Mutex::new(()),
            is_asked: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            is_left_over: AtomicBool::new(false),
        });
        out.push(Output::Move);
    }

    /// Goes on with a move that an earlier process began.
    pub(crate) fn resume_move(
        &self,
        topic: &Topic,
        partition: &Arc<Partition>,
        out: &mut Vec<Output>,
    ) -> Result<(), DirectoryError> {
        let found = self.directories().resume_future(&partition.name(), topic)?;
        if let Some((place, directory)) = found {
            if self.directories().home(place)?.id() == partition.directory() {
                return self.directories().abandon_future(place, &directory);
            }
            self.start_move(partition, place, directory, out);
        }
        Ok(())
    }

    /// Ends the moves of a topic that is gone.
    pub(crate) fn forget_moves(&self, topic: TopicId, out: &mut Vec<Output>) {
        for moving in self.moves().all() {
            if moving.partition.topic_id() == topic {
                self.give_up(&moving, out);
            }
        }
    }

    fn give_up(&self, moving: &Move, out: &mut Vec<Output>) {
        self.moves().remove(moving.id());
        if moving.is_over.swap(true, Ordering::AcqRel) {
            return;
        }
        if moving.is_asked.load(Ordering::Acquire) && !moving.partition.is_retired() {
            // The controller may have been told of the other directory.
            self.want_directory(&moving.partition, moving.partition.directory());
            self.send_assignments(out);
        }
        moving.is_left_over.store(true, Ordering::Release);
        // Whoever is at a step clears up after it.
        if let Some(_stepping) = moving.stepping.try_lock() {
            self.clear_up(moving);
        }
    }

    /// Removes the copy of a move that was given up. What cannot be removed is a stray at the next start.
    fn clear_up(&self, moving: &Move) {
        if moving.is_left_over.swap(false, Ordering::AcqRel) {
            if let Some(log) = moving.copy.lock().take() {
                log.abandon();
            }
            drop(
                self.directories()
                    .abandon_future(moving.place, &moving.directory),
            );
        }
    }

    /// A move that no other thread works on; it is the caller's until [`Node::put_back_move`].
    pub fn take_move(&self) -> Option<Arc<Move>> {
        let mut state = self.moves().state.lock();
        let is_free = |id: &&Id| !state.busy.contains(*id);
        let after = state.all.keys().filter(|id| Some(**id) > state.last);
        let next = after.chain(state.all.keys()).find(is_free).copied()?;
        state.busy.insert(next);
        state.last = Some(next);
        state.all.get(&next).cloned()
    }

    /// Gives a move back.
    pub fn put_back_move(&self, moving: &Move) {
        self.moves().state.lock().busy.remove(&moving.id());
    }

    /// Does the next step of a move. Blocks.
    ///
    /// # Errors
    /// [`MoveFault`]; the partition stays where it is, and the move goes on at the next start.
    pub fn step_move(
        &self,
        now: Now,
        moving: &Move,
        out: &mut Vec<Output>,
    ) -> Result<MoveStep, MoveFault> {
        let stepped = {
            let _stepping = moving.stepping.lock();
            self.try_step(now, moving, out)
        };
        self.clear_up(moving);
        match stepped {
            Ok(MoveStep::Done) => {
                self.moves().end(moving);
                Ok(MoveStep::Done)
            }
            Err(fault) if fault.is_no_space() => Ok(MoveStep::Waiting),
            // It was given up meanwhile.
            Err(_) if moving.is_over.load(Ordering::Acquire) => Ok(MoveStep::Done),
            Err(fault) => {
                moving.is_over.store(true, Ordering::Release);
                self.moves().end(moving);
                let copy = moving.copy.lock().clone();
                if let Some(broken) = copy.as_ref().and_then(|log| log.fault())
                    && let Ok(home) = self.directories().home(moving.place)
                {
                    self.directories().report(home.id(), broken);
                }
                self.log_failed(now, &moving.partition, out);
                Err(fault)
            }
            stepped => stepped,
        }
    }

    fn try_step(
        &self,
        now: Now,
        moving: &Move,
        out: &mut Vec<Output>,
    ) -> Result<MoveStep, MoveFault> {
        let partition = &moving.partition;
        if moving.is_over.load(Ordering::Acquire) || partition.is_retired() {
            return Ok(MoveStep::Done);
        }
        let current = partition.log();
        if let Some(fault) = current.fault() {
            return Err(StorageError::Latched(fault.clone()).into());
        }
        let copy = self.copy_of(now, moving)?;
        let copied = catch_up(now, &current, &copy, partition.leader_epoch())?;
        if copied > 0 {
            return Ok(MoveStep::Copied(copied));
        }
        if copy.log_end_offset() < current.log_end_offset() {
            return Ok(MoveStep::Waiting);
        }
        drop(current);
        copy.flush()?;
        let destination = self.directories().home(moving.place)?.id();
        moving.is_asked.store(true, Ordering::Release);
        if self.assigned(partition) != Some(destination) {
            self.want_directory(partition, destination);
            self.send_assignments(out);
            return Ok(MoveStep::Waiting);
        }
        let is_moved = self.swap(now, moving, &copy, out)?;
        if is_moved {
            moving.is_over.store(true, Ordering::Release);
            return Ok(MoveStep::Done);
        }
        Ok(MoveStep::Copied(0))
    }

    fn copy_of(&self, now: Now, moving: &Move) -> Result<Arc<Log>, DirectoryError> {
        if let Some(log) = &*moving.copy.lock() {
            return Ok(Arc::clone(log));
        }
        let config = self.directories().log_config(&moving.partition.config());
        let directories = self.directories();
        let log = directories.open_future(now, moving.place, &moving.directory, config)?;
        Ok(Arc::clone(moving.copy.lock().insert(Arc::new(log))))
    }

    /// Where the metadata has this node's replica of the partition.
    fn assigned(&self, partition: &Partition) -> Option<Uuid> {
        let image = self.image();
        let topic = image.topics().by_id(partition.topic_id())?;
        topic
            .partition(partition.index())?
            .directory_of(self.node_id())
    }

    /// Puts the copy in the place of the log, if nothing was appended since it caught up.
    fn swap(
        &self,
        now: Now,
        moving: &Move,
        copy: &Log,
        out: &mut Vec<Output>,
    ) -> Result<bool, MoveFault> {
        let partition = &moving.partition;
        let old = partition.directory();
        let first_dirty = self.directories().first_dirty(partition);
        let path = partition.log().dir().to_owned();
        let config = self.directories().log_config(&partition.config());
        let is_renamed = AtomicBool::new(false);
        let outcome: Result<bool, MoveFault> = partition.change_home(out, |current, install| {
            if partition.is_retired() || copy.log_end_offset() < current.log_end_offset() {
                return Ok(false);
            }
            if let Some(epoch) = current.latest_epoch() {
                copy.assign_epoch(epoch)?;
            }
            // It is opened anew, under its new name.
            *moving.copy.lock() = None;
            let caught_up = Copy {
                directory: &moving.directory,
                log_start: current.log_start_offset().max(copy.log_start_offset()),
                end: copy.close_clean()?,
                high_watermark: partition.high_watermark(),
                is_renamed: &is_renamed,
            };
            self.directories()
                .promote(now, moving.place, &caught_up, config, install)?;
            Ok(true)
        });
        match outcome {
            Ok(false) => Ok(false),
            Ok(true) => {
                self.synced(now, partition, partition.log().durable_end_offset(), out);
                // What is left there is found to be a duplicate at the next start.
                drop(self.directories().leave(partition, old, &path, first_dirty));
                self.follow_failures(now, out);
                Ok(true)
            }
            Err(fault) => {
                // The next start takes the copy if it has its new name: nothing may be appended to the
                // old replica any more.
                if is_renamed.load(Ordering::Acquire) {
                    partition.log().take_out_of_service(&fault.cause());
                }
                Err(fault)
            }
        }
    }
}

/// Copies what the copy lacks, up to [`CHUNK`]; gives how many bytes.
fn catch_up(now: Now, from: &Log, to: &Log, epoch: LeaderEpoch) -> Result<u64, MoveFault> {
    let (start, end) = (from.log_start_offset(), from.log_end_offset());
    if to.log_end_offset() > end {
        to.truncate_to(now, end)?;
    }
    if to.log_end_offset() < start {
        to.truncate_fully_and_start_at(now, start)?;
    }
    if to.log_start_offset() < start {
        to.delete_records_before(start)?;
    }
    if to.log_end_offset() >= end {
        return Ok(0);
    }
    let slice = from.read(to.log_end_offset(), CHUNK, end, true)?;
    if slice.data.is_empty() {
        return Ok(0);
    }
    let before = to.size();
    let appended = match to.append_as_follower(now, &slice.data, epoch) {
        // Records were deleted up to the middle of the first batch.
        Err(AppendError::OffsetsOutOfOrder { first, end })
            if first < end && to.log_start_offset() == end =>
        {
            to.truncate_fully_and_start_at(now, first)?;
            to.append_as_follower(now, &slice.data, epoch)
        }
        appended => appended,
    };
    match appended {
        Ok(_) => Ok(to.size().saturating_sub(before).max(1)),
        // A leader's epoch that the image does not have yet.
        Err(AppendError::Empty) => Ok(0),
        Err(error) => Err(error.into()),
    }
}

/// Names of partitions for which a file name has room behind: `.`, 32 digits and `-future`.
const LONGEST_NAME: usize = 255 - 1 - 32 - 7;
