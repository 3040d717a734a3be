//! The log of the metadata quorum: records and snapshots on disk.
//!
//! Responsible for framing records into batches, for reading them back, and for snapshots.
//! Not responsible for when a record is committed.
//!
//! N5  nothing is said to be durable before the log was synced
//!
//! Spec: KIP-631, KIP-630 (snapshots).

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use ottla_config::MetadataLog as MetadataLogConfig;
use ottla_metadata::{Image, Position, ReplayFault, VersionedRecord};
use ottla_protocol::{
    RecordError, messages::VotersRecord, metadata::MetadataRecord, quorum_state::QuorumStateError,
};
use ottla_raft::{EpochStart, LogState};
use ottla_records::{
    BatchBuilder, BatchError, BuildError, Decompressor, RecordDraft, batches, control::ControlType,
};
use ottla_storage::{
    AppendError, Cut, Fault, Log, LogConfig, OpenState, ReadError, StorageError,
    fs::FileSystem,
    snapshot::{self, Snapshot, SnapshotError, SnapshotId},
};
use ottla_types::{BrokerId, LeaderEpoch, Now, Offset, Saturate, WallMs};
use ottla_wire::{EncodeError, Reader};

use crate::LogCut;

/// Name of the log's directory.
pub const METADATA_DIRECTORY: &str = "__cluster_metadata-0";

/// Bytes read at a time when replaying.
const REPLAY_BYTES: usize = 1 << 20;

/// Bytes of records for which space is kept at least. An idle cluster writes some 200 a second, a start
/// some 200 for each partition: this lasts for hours, or for 20,000 partitions.
const LEAST_AHEAD: u64 = 4 << 20;

/// Bytes of records for which space is reserved at a time.
const MOST_AHEAD: u64 = 2 * LEAST_AHEAD;

/// Why the metadata log cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each variant is the error it holds")]
pub enum MetadataLogError {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Log(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Batch(#[from] BatchError),
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    #[error("a controller quorum of more than this node does not work yet; the voters are {0:?}")]
    ManyVoters(Vec<BrokerId>),
    #[error("the quorum contradicts itself: {0:?}")]
    Quorum(ottla_raft::Fault),
    #[error("Shutting down because couldn't communicate offline log dir {0} with controllers")]
    DirectoryNotReported(ottla_types::Uuid),
    #[error("quorum-state: {0}")]
    QuorumState(#[from] QuorumStateError),
    #[error("a record of the metadata log cannot be written: {0}")]
    Encode(#[from] EncodeError),
    #[error("the record at offset {offset} of the metadata log cannot be read: {source}")]
    Record { offset: i64, source: RecordError },
    #[error("the record at offset {offset} of the metadata log cannot be read")]
    Framing { offset: i64 },
    #[error(
        "the record at offset {offset} of the metadata log contradicts those before it: {source}"
    )]
    Replay { offset: i64, source: ReplayFault },
}

impl MetadataLogError {
    /// Whether only space is missing: what was refused may be tried again.
    #[must_use]
    pub fn is_no_space(&self) -> bool {
        let of_kind = |error: &std::io::Error| {
            use std::io::ErrorKind::{QuotaExceeded, StorageFull};
            matches!(error.kind(), StorageFull | QuotaExceeded)
        };
        match self {
            Self::Io(error) | Self::Snapshot(SnapshotError::Io(error)) => of_kind(error),
            Self::Log(error) | Self::Append(AppendError::Storage(error)) => {
                error.fault().is_some_and(Fault::is_no_space)
            }
            Self::Append(AppendError::NoSpace(_)) => true,
            _ => false,
        }
    }
}

/// The log and its snapshots.
#[derive(Debug)]
pub(crate) struct MetadataLog {
    fs: Arc<dyn FileSystem>,
    directory: PathBuf,
    log: Log,
    limits: MetadataLogConfig,
    snapshots: Vec<SnapshotId>,
    bytes_since_snapshot: i64,
    snapshot_due_from: WallMs,
    /// Voters that the log or its newest snapshot names, and where.
    voters: Option<LoggedVoters>,
    /// Base offset of the segment that has space reserved, and up to which size.
    allocated: (Offset, u64),
    /// What went when it was opened.
    cut: Option<Cut>,
}

/// A voter set of the log.
#[derive(Clone, Debug)]
pub(crate) struct LoggedVoters {
    /// Offset of its record, `NONE` when it comes from a snapshot.
    pub(crate) offset: Offset,
    pub(crate) record: VotersRecord<'static>,
}

impl MetadataLog {
    /// Opens the log in `directory`, made when it is not there.
    pub(crate) fn open(
        fs: Arc<dyn FileSystem>,
        directory: &Path,
        limits: &MetadataLogConfig,
        now: Now,
    ) -> Result<Self, MetadataLogError> {
        fs.create_dir_all(directory)?;
        let snapshots = snapshot::list(&*fs, directory)?;
        let config = LogConfig {
            segment_bytes: limits.segment_bytes.saturate(),
            segment_ms: limits.segment_ms,
            retention_ms: -1,
            retention_bytes: -1,
            ..LogConfig::default()
        };
        let start = OpenState {
            clean: false,
            // What is in a snapshot was committed, and synced before that.
            recovery_point: snapshots
                .last()
                .map_or(Offset(0), |newest| newest.end_offset),
            log_start_offset: Offset(0),
            now,
        };
        let (log, recovered) = Log::open(Arc::clone(&fs), directory.to_owned(), config, start)?;
        if let Some(newest) = snapshots.last()
            && newest.end_offset > log.log_end_offset()
        {
            log.truncate_fully_and_start_at(now, newest.end_offset)?;
        }
        Ok(Self {
            fs,
            directory: directory.to_owned(),
            log,
            limits: limits.clone(),
            snapshots,
            bytes_since_snapshot: 0,
            snapshot_due_from: now.wall,
            voters: None,
            allocated: (Offset::NONE, 0),
            cut: recovered.cut,
        })
    }

    /// What went when it was opened, once.
    pub(crate) fn take_cut(&mut self) -> Option<LogCut> {
        let path = self.directory.clone();
        self.cut.take().map(|cut| LogCut { path, cut })
    }

    pub(crate) const fn log(&self) -> &Log {
        &self.log
    }

    /// What the quorum machine must know of the log.
    pub(crate) fn state(&self) -> LogState {
        let snapshot = |id: &SnapshotId| ottla_raft::SnapshotId {
            end_offset: id.end_offset,
            epoch: id.epoch,
        };
        let epochs = self.log.epochs();
        LogState {
            start: self.log.log_start_offset(),
            end: self.log.log_end_offset(),
            epochs: epochs
                .into_iter()
                .map(|(epoch, start)| EpochStart { epoch, start })
                .collect(),
            oldest_snapshot: self.snapshots.first().map(snapshot),
            latest_snapshot: self.snapshots.last().map(snapshot),
        }
    }

    /// The image that the newest snapshot gives; empty without one.
    pub(crate) fn load_snapshot(&mut self) -> Result<Image, MetadataLogError> {
        let mut image = Image::default();
        let Some(id) = self.snapshots.last() else {
            return Ok(image);
        };
        let bytes = self.fs.read(&self.directory.join(id.file_name()))?;
        let content = snapshot::decode(&bytes)?;
        for (kind, value) in &content.controls {
            note_voters(&mut self.voters, *kind, value, Offset::NONE);
        }
        if *id == SnapshotId::BOOTSTRAP {
            return Ok(image); // holds voters only
        }
        let at = Position {
            offset: id.end_offset.plus(-1),
            epoch: id.epoch,
            timestamp: content.last_contained_timestamp,
        };
        for record in &content.records {
            apply(&mut image, at, record)?;
        }
        image.skip(at);
        Ok(image)
    }

    /// Voters that the log names, as far as it was replayed; `None` when the configuration does.
    pub(crate) const fn voters(&self) -> Option<&LoggedVoters> {
        self.voters.as_ref()
    }

    /// Notes the voters of a batch that was appended.
    pub(crate) fn set_voters(&mut self, voters: LoggedVoters) {
        self.voters = Some(voters);
    }

    /// Applies the records after the image's position and before `end`.
    pub(crate) fn replay(
        &mut self,
        image: &mut Image,
        end: Offset,
    ) -> Result<(), MetadataLogError> {
        let mut decompressor = Decompressor::new();
        let mut next = image
            .position()
            .offset
            .plus(1)
            .max(self.log.log_start_offset());
        while next < end {
            let slice = self.log.read(next, REPLAY_BYTES, end, true)?;
            if slice.data.is_empty() {
                return Ok(());
            }
            for batch in batches(&slice.data) {
                let batch = batch?;
                let header = batch.header();
                let last = header.last_offset();
                if last < next {
                    continue;
                }
                let timestamp = WallMs(header.max_timestamp());
                let epoch = header.partition_leader_epoch();
                if header.is_control() {
                    let offset = header.base_offset().0;
                    let framing = |_| MetadataLogError::Framing { offset };
                    for record in batch.records(&mut decompressor).map_err(framing)? {
                        let record = record.map_err(framing)?;
                        let kind = record.key.and_then(ControlType::parse);
                        if let (Some(kind), Some(value)) = (kind, record.value) {
                            note_voters(&mut self.voters, kind, value, record.offset);
                        }
                    }
                    image.skip(Position {
                        offset: last,
                        epoch,
                        timestamp,
                    });
                } else {
                    let offset = header.base_offset().0;
                    let framing = |_| MetadataLogError::Framing { offset };
                    for record in batch.records(&mut decompressor).map_err(framing)? {
                        let record = record.map_err(framing)?;
                        if record.offset < next {
                            continue;
                        }
                        let at = Position {
                            offset: record.offset,
                            epoch,
                            timestamp,
                        };
                        apply(image, at, record.value.unwrap_or_default())?;
                    }
                }
                next = last.plus(1);
            }
        }
        Ok(())
    }

    /// Appends records of one decision; gives the new end. Not durable before [`Self::sync`].
    pub(crate) fn append(
        &mut self,
        now: Now,
        epoch: LeaderEpoch,
        records: &[VersionedRecord],
    ) -> Result<Offset, MetadataLogError> {
        let mut builder = BatchBuilder::new()
            .base_offset(self.log.log_end_offset())
            .leader_epoch(epoch);
        for written in records {
            let value = written.record.encode(written.version)?;
            builder.append(&RecordDraft {
                timestamp: now.wall.0,
                key: None,
                value: Some(&value),
                headers: &[],
            });
        }
        self.append_batch(now, epoch, &builder.build()?)
    }

    /// Appends a whole batch whose offsets are set.
    pub(crate) fn append_batch(
        &mut self,
        now: Now,
        epoch: LeaderEpoch,
        batch: &[u8],
    ) -> Result<Offset, MetadataLogError> {
        self.log.append_as_follower(now, batch, epoch)?;
        self.allocate_ahead();
        let size: i64 = batch.len().saturate();
        self.bytes_since_snapshot = self.bytes_since_snapshot.saturating_add(size);
        Ok(self.log.log_end_offset())
    }

    /// Keeps space for what is to come: a disk that others fill must not end the quorum. Without any,
    /// appends find that out.
    fn allocate_ahead(&mut self) {
        let Some((base, size)) = self.log.segments().last().copied() else {
            return;
        };
        let ahead = match self.allocated {
            (of, to) if of == base => to,
            _ => 0,
        };
        if ahead < size + LEAST_AHEAD && self.log.allocate_ahead(MOST_AHEAD).is_ok() {
            self.allocated = (base, size + MOST_AHEAD);
        }
    }

    /// Makes everything appended survive a power cut; gives the durable end.
    pub(crate) fn sync(&self) -> Result<Offset, MetadataLogError> {
        Ok(self.log.flush()?)
    }

    /// Writes a snapshot of `image` if one is due, and drops what it makes needless.
    pub(crate) fn snapshot_if_due(
        &mut self,
        now: Now,
        image: &Image,
    ) -> Result<(), MetadataLogError> {
        let age = now.wall.0.saturating_sub(self.snapshot_due_from.0);
        let is_due = self.bytes_since_snapshot >= self.limits.max_record_bytes_between_snapshots
            || (self.limits.max_snapshot_interval_ms > 0
                && self.bytes_since_snapshot > 0
                && age >= self.limits.max_snapshot_interval_ms);
        if is_due && !image.in_transaction() {
            match self.snapshot(now, image) {
                // The log has it all; the next snapshot is tried when that is due.
                Err(error) if error.is_no_space() => {}
                outcome => outcome?,
            }
        }
        Ok(())
    }

    fn snapshot(&mut self, now: Now, image: &Image) -> Result<(), MetadataLogError> {
        let position = image.position();
        let id = SnapshotId {
            end_offset: position.offset.plus(1),
            epoch: position.epoch,
        };
        self.bytes_since_snapshot = 0;
        self.snapshot_due_from = now.wall;
        if self.snapshots.last() == Some(&id) {
            return Ok(());
        }
        let mut records = Vec::new();
        for written in image.snapshot_records() {
            records.push(written.record.encode(written.version)?);
        }
        let controls = match &self.voters {
            Some(voters) => snapshot::voter_controls(&voters.record)?,
            None => Vec::new(),
        };
        let content = Snapshot {
            last_contained_timestamp: position.timestamp,
            controls,
            records,
        };
        let bytes = snapshot::encode(id, now.wall, &content)?;
        snapshot::write(&*self.fs, &self.directory, id, &bytes)?;
        self.snapshots.push(id);
        self.drop_old_snapshots(now)
    }

    /// Keeps the newest snapshots within `metadata.max.retention.bytes`; the log then begins at the
    /// oldest of them, and its segments before that go.
    fn drop_old_snapshots(&mut self, now: Now) -> Result<(), MetadataLogError> {
        let limit: u64 = self.limits.retention_bytes.max(0).saturate();
        while self.snapshots.len() > 1 && self.limits.retention_bytes >= 0 {
            let mut size = self.log.size();
            for id in &self.snapshots {
                size = size
                    .saturating_add(self.fs.metadata(&self.directory.join(id.file_name()))?.len);
            }
            if size <= limit {
                break;
            }
            let oldest = self.snapshots.remove(0);
            self.fs
                .remove_file(&self.directory.join(oldest.file_name()))?;
            if let Some(next) = self.snapshots.first() {
                self.log.delete_records_before(next.end_offset)?;
                self.log.apply_retention(now, next.end_offset)?;
            }
        }
        self.log.delete_pending(now)?;
        Ok(())
    }
}

fn note_voters(voters: &mut Option<LoggedVoters>, kind: ControlType, value: &[u8], offset: Offset) {
    if kind == ControlType::KraftVoters
        && let Ok(record) = VotersRecord::decode(&mut Reader::trusted(value), 0)
    {
        *voters = Some(LoggedVoters {
            offset,
            record: record.into_owned(),
        });
    }
}

fn apply(image: &mut Image, at: Position, bytes: &[u8]) -> Result<(), MetadataLogError> {
    let offset = at.offset.0;
    let (record, _) = MetadataRecord::decode(bytes)
        .map_err(|source| MetadataLogError::Record { offset, source })?;
    image
        .apply(at, &record)
        .map_err(|source| MetadataLogError::Replay { offset, source })
}
