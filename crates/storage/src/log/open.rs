//! Opening a log, after a clean stop or after any other.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicI64, AtomicU64},
    },
};

use ottla_records::{AnyHeader, BatchError};
use ottla_types::{LeaderEpoch, Now, Offset};
use parking_lot::Mutex;

use super::{
    Flushing, Log, LogConfig, StorageError, View, Writer,
    append::scan_failed,
    epochs::{self, Epochs},
    error::Fault,
    files::{self, Kind},
    index::{OffsetEntry, SparseIndex, TimeEntry, TxnEntry},
    producers::Producers,
    recover::{Outcome, Recovery},
    repair::{Present, repair},
    scan::Scan,
    segment::{Largest, Parts, Segment},
    turns::Turns,
};
use crate::fs::{Access, FileSystem};

/// What is known of a log before it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenState {
    /// Whether the log was closed with [`Log::close_clean`], or by a clean stop of Apache Kafka.
    pub clean: bool,
    /// The recovery point that was kept, 0 if none was. Any offset up to which the log was flushed will
    /// do; one from [`Log::checkpoint`] leaves least to read.
    pub recovery_point: Offset,
    /// The log start offset that was kept, 0 if none was.
    pub log_start_offset: Offset,
    /// The time.
    pub now: Now,
}

impl Default for OpenState {
    /// Nothing is known.
    fn default() -> Self {
        Self {
            clean: false,
            recovery_point: Offset(0),
            log_start_offset: Offset(0),
            now: Now::default(),
        }
    }
}

/// What opening a log found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Bytes of batches that were read.
    pub bytes_read: u64,
    /// Segments whose indexes were built anew.
    pub segments_indexed: usize,
    /// What was cut off.
    pub cut: Option<Cut>,
    /// Files in the directory that were set aside, now or at an earlier start.
    pub quarantined_files: usize,
}

/// The end of a log that was cut off because it was not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The end of the log now.
    pub end: Offset,
    /// What was wrong with the batch there.
    pub error: Option<BatchError>,
    /// Bytes that went.
    pub bytes: u64,
    /// Whole segments that went because they lay behind.
    pub segments: usize,
    /// Bytes of these that are kept in files whose names end in `.quarantined`: there were whole batches
    /// among them. What there was no space for is not.
    pub quarantined: u64,
}

impl Log {
    /// Opens the log in `dir`, which is made if it does not exist.
    ///
    /// After a clean stop no batch is read. Otherwise everything from the recovery point on is, and the
    /// log ends before the first batch that is not whole. If whole ones lie behind it, all that lies there
    /// is set aside, in files whose names end in `.quarantined`. A recovery point past the end that was
    /// kept must be lowered to it before anything is appended.
    ///
    /// # Errors
    /// [`StorageError`] when the disk fails; damage is repaired.
    pub fn open(
        fs: Arc<dyn FileSystem>,
        dir: PathBuf,
        config: impl Into<Arc<LogConfig>>,
        start: OpenState,
    ) -> Result<(Self, Recovered), StorageError> {
        let is_new_dir = fs.metadata(&dir).is_err();
        if is_new_dir {
            create_dir(&*fs, &dir)?;
        }
        let present = repair(&*fs, &dir)?;
        let mut opening = Opening {
            names_dirty: present.is_dirty,
            recovered: Recovered {
                quarantined_files: present.quarantined,
                ..Recovered::default()
            },
            new_snapshots: Vec::new(),
            is_new_dir,
            present,
            dir: Arc::from(dir),
            fs,
            config: config.into(),
            start,
            segments: Vec::new(),
            epochs: Epochs::default(),
            epochs_on_disk: Epochs::default(),
            end: Offset(0),
            sure: Offset(i64::MAX),
            doubtful: BTreeSet::new(),
            holes: BTreeSet::new(),
        };
        opening.read_epochs()?;
        opening.open_segments()?;
        let log_start = opening.settle_start()?;
        opening.settle_epochs(log_start)?;
        opening.drop_snapshots(opening.end)?;
        opening.drop_stray_snapshots()?;
        opening.drop_aborted_behind_end()?;
        let producers = opening.replay_producers()?;
        opening.write_snapshots_of_holes()?;
        Ok(opening.finish(log_start, producers))
    }
}

/// A log while it is being opened.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) fs: Arc<dyn FileSystem>,
    pub(super) dir: Arc<Path>,
    pub(super) config: Arc<LogConfig>,
    pub(super) start: OpenState,
    pub(super) present: Present,
    pub(super) segments: Vec<Arc<Segment>>,
    epochs: Epochs,
    epochs_on_disk: Epochs,
    pub(super) end: Offset,
    /// Where the newest snapshot stands that can be believed.
    sure: Offset,
    /// Snapshots past the recovery point. What they say need not be so, but as they are written after
    /// the batches before them were synced, those were all there.
    pub(super) doubtful: BTreeSet<i64>,
    /// Those of them without which nothing would tell that the offsets missing before a segment are
    /// missing for good.
    pub(super) holes: BTreeSet<i64>,
    /// To be written with the next flush.
    pub(super) new_snapshots: Vec<(i64, Vec<u8>)>,
    names_dirty: bool,
    is_new_dir: bool,
    pub(super) recovered: Recovered,
}

impl Opening {
    fn read_epochs(&mut self) -> Result<(), Fault> {
        let path = self.dir.join(epochs::FILE_NAME);
        match self.fs.read(&path) {
            Ok(bytes) => {
                self.epochs_on_disk = Epochs::parse(&bytes).unwrap_or_default();
                self.epochs = self.epochs_on_disk.clone();
                Ok(())
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Fault::new("read", &path, error)),
        }
    }

    fn open_segments(&mut self) -> Result<(), StorageError> {
        let bases: Vec<i64> = self.present.logs.keys().copied().collect();
        let Some(&last) = bases.last() else {
            self.end = self.start.log_start_offset;
            return Ok(());
        };
        let suspect = if self.start.clean {
            i64::MAX
        } else {
            let point = self.start.recovery_point.0;
            let floor = bases.iter().rev().find(|base| **base <= point);
            floor.or_else(|| bases.first()).copied().unwrap_or_default()
        };
        if !self.start.clean {
            let first = bases.first().copied().unwrap_or_default();
            // Of the batches before the first one nothing else tells.
            let sure = self.start.recovery_point.0.max(first);
            self.doubtful = self.present.snapshots.split_off(&sure.saturating_add(1));
            self.sure = self.newest_snapshot(Offset(first))?.0;
        }
        for (index, &base) in bases.iter().enumerate() {
            let is_last = base == last;
            if base > suspect && self.is_hole(base) {
                if !self.doubtful.contains(&base) {
                    self.note_cut(None);
                    self.take_away(bases.get(index..).unwrap_or_default())?;
                    break;
                }
                self.holes.insert(base);
            }
            let next = bases.get(index + 1).copied();
            if let Some(next) = next.filter(|_| base < suspect) {
                self.open_trusted(base, next)?;
            } else if self.start.clean && is_last && self.open_clean_end(base)? {
            } else if let Some(error) = self.recover(base, base >= suspect || is_last)? {
                self.note_cut(error);
                self.cut_off(bases.get(index + 1..).unwrap_or_default())?;
                break;
            }
        }
        self.drop_doubtful_snapshots()
    }

    /// Cuts the last segment that was read behind its last whole batch, and all that lie behind it.
    fn cut_off(&mut self, behind: &[i64]) -> Result<(), Fault> {
        let last = self.segments.last().map(Arc::clone);
        let Some(last) = last else {
            return self.drop_segments(behind);
        };
        let (base, size) = (last.base(), last.size());
        if self.has_batch_behind(base, size, behind)? {
            let kept = self.quarantine_tail(base, size)?;
            self.quarantine_segments(behind)?;
            if let Some(cut) = &mut self.recovered.cut {
                cut.quarantined += kept;
            }
        } else {
            self.drop_segments(behind)?;
        }
        self.cut_last()
    }

    /// Removes segments that a gap separates from those before, unless there is a batch in one.
    fn take_away(&mut self, bases: &[i64]) -> Result<(), Fault> {
        let Some((first, behind)) = bases.split_first() else {
            return Ok(());
        };
        if self.has_batch_behind(*first, 0, behind)? {
            self.quarantine_segments(bases)
        } else {
            self.drop_segments(bases)
        }
    }

    pub(super) fn len_of(&self, base: i64) -> u64 {
        self.present.logs.get(&base).copied().unwrap_or_default()
    }

    /// A segment that nobody appends to any more, and that is on disk; the one at `next` follows it.
    /// After an unclean stop its indexes may lack their last entries, or have some that were not synced.
    fn open_trusted(&mut self, base: i64, next: i64) -> Result<(), StorageError> {
        if self.start.clean
            && let Some(parts) = self.parts_of_files(base)
        {
            self.push(base, parts);
            return Ok(());
        }
        let len = self.len_of(base);
        let recovery = self.recovery(base, false);
        let outcome = if next <= self.sure.0 {
            recovery.run_behind_index(&self.present)?
        } else {
            recovery.run(&self.present)?
        };
        self.recovered.bytes_read += outcome.bytes_read;
        if outcome.bytes_read == len {
            self.recovered.segments_indexed += 1;
        }
        self.correct_epochs(&outcome);
        // Damage in here is for readers to meet: what lies behind it may be whole. Zeros are what was
        // allocated and never written; a power cut can undo that they were cut off.
        let size = if outcome.parts.size < len && self.is_blank(base, outcome.parts.size)? {
            self.cut_file(base, outcome.parts.size)?;
            outcome.parts.size
        } else {
            len
        };
        let parts = Parts {
            size,
            synced: true,
            ..outcome.parts
        };
        self.push(base, parts);
        Ok(())
    }

    /// Whether the file holds nothing but zeros from `position` on.
    fn is_blank(&self, base: i64, position: u64) -> Result<bool, Fault> {
        let path = files::path(&self.dir, base, Kind::Log);
        let failed = |error| Fault::new("read", &path, error);
        let file = self.fs.open(&path, Access::Read).map_err(failed)?;
        let (mut at, len) = (position, self.len_of(base));
        while at < len {
            let mut bytes = Vec::new();
            let read = file.read_at(&mut bytes, BLANK_CHUNK, at).map_err(failed)?;
            if read == 0 || bytes.iter().any(|byte| *byte != 0) {
                return Ok(false);
            }
            at += u64::try_from(read).unwrap_or(u64::MAX);
        }
        Ok(true)
    }

    fn cut_file(&self, base: i64, len: u64) -> Result<(), Fault> {
        let path = files::path(&self.dir, base, Kind::Log);
        let failed = |error| Fault::new("cut", &path, error);
        let file = self.fs.open(&path, Access::Write).map_err(failed)?;
        file.set_len(len).map_err(failed)?;
        file.sync_data().map_err(failed)
    }

    /// The segment as its files say, if they can be right.
    fn parts_of_files(&self, base: i64) -> Option<Parts> {
        let index_len = |kind| self.present.indexes.get(&(base, kind)).copied();
        let offsets = index_len(Kind::OffsetIndex).filter(|len| len % 8 == 0)?;
        let times = index_len(Kind::TimeIndex).filter(|len| len % 12 == 0)?;
        let aborted = index_len(Kind::TxnIndex).filter(|len| len % 34 == 0);
        Some(Parts {
            size: self.len_of(base),
            offsets: SparseIndex::<OffsetEntry>::of_file(offsets),
            times: SparseIndex::<TimeEntry>::of_file(times),
            aborted: aborted.map_or_else(SparseIndex::<TxnEntry>::empty, SparseIndex::of_file),
            largest: Largest::OnDisk,
            synced: true,
            sealed: true,
            created_ms: self.start.now.wall.0,
        })
    }

    /// The last segment after a clean stop. `false` if it is not what a clean stop leaves.
    fn open_clean_end(&mut self, base: i64) -> Result<bool, StorageError> {
        let Some(mut parts) = self.parts_of_files(base) else {
            return Ok(false);
        };
        parts.sealed = false;
        let segment = self.push(base, parts);
        let point = self.start.recovery_point;
        let snapshot = self.present.snapshots.last().copied();
        if segment.size() > 0 && snapshot == Some(point.0) && point.0 > base {
            self.end = point;
            return Ok(true);
        }
        match end_of(&segment) {
            Some(end) => {
                self.end = end;
                Ok(true)
            }
            None => {
                self.segments.pop();
                Ok(false)
            }
        }
    }

    /// Reads a segment. `Some` if it must be cut because it is not whole.
    fn recover(
        &mut self,
        base: i64,
        is_thorough: bool,
    ) -> Result<Option<Option<BatchError>>, StorageError> {
        let outcome = self.read_segment(base, is_thorough)?;
        self.recovered.segments_indexed += 1;
        self.end = outcome.end;
        self.correct_epochs(&outcome);
        let (len, size) = (self.len_of(base), outcome.parts.size);
        self.push(base, outcome.parts);
        Ok((size < len).then_some(outcome.fault))
    }

    fn correct_epochs(&mut self, outcome: &Outcome) {
        let runs = outcome.epochs.iter().copied();
        runs.for_each(|run| self.epochs.correct(run));
    }

    /// Cuts the last segment behind its last whole batch.
    fn cut_last(&mut self) -> Result<(), Fault> {
        let Some(segment) = self.segments.last() else {
            return Ok(());
        };
        let (len, size) = (self.len_of(segment.base()), segment.size());
        let path = segment.path(Kind::Log);
        let failed = |error| Fault::new("cut", &path, error);
        let file = segment.log().map_err(failed)?;
        file.set_len(size).map_err(failed)?;
        file.sync_data().map_err(failed)?;
        if let Some(cut) = &mut self.recovered.cut {
            cut.bytes += len - size;
        }
        Ok(())
    }

    /// Whether offsets are missing before the segment that were past the recovery point: taken by
    /// compaction, or of records that were written and not synced; those behind such must go too.
    fn is_hole(&self, base: i64) -> bool {
        self.end >= self.start.recovery_point && base > self.end.max(self.start.log_start_offset).0
    }

    fn note_cut(&mut self, error: Option<BatchError>) {
        self.recovered.cut = Some(Cut {
            end: self.end,
            error,
            bytes: 0,
            segments: 0,
            quarantined: 0,
        });
    }

    fn recovery(&self, base: i64, is_thorough: bool) -> Recovery<'_> {
        Recovery {
            fs: &self.fs,
            dir: &self.dir,
            base,
            len: self.len_of(base),
            interval: self.config.index_interval_bytes,
            recovery_point: self.start.recovery_point,
            sure: self.sure,
            is_thorough,
            now_ms: self.start.now.wall.0,
        }
    }

    fn read_segment(&mut self, base: i64, is_thorough: bool) -> Result<Outcome, Fault> {
        let outcome = self.recovery(base, is_thorough).run(&self.present)?;
        self.recovered.bytes_read += outcome.bytes_read;
        Ok(outcome)
    }

    fn push(&mut self, base: i64, parts: Parts) -> Arc<Segment> {
        let (fs, dir) = (Arc::clone(&self.fs), Arc::clone(&self.dir));
        let segment = Arc::new(Segment::new(fs, dir, base, parts));
        self.segments.push(Arc::clone(&segment));
        segment
    }

    /// Removes segments, the last one first, so that what a power cut leaves has no hole, and batches
    /// before their indexes.
    fn drop_segments(&mut self, bases: &[i64]) -> Result<(), Fault> {
        for &base in bases.iter().rev() {
            self.remove(base, Kind::Log)?;
            self.sync_dir()?;
            self.forget_segment(base)?;
        }
        Ok(())
    }

    /// Removes the indexes of a segment that is gone. Gives how many bytes of batches it had.
    pub(super) fn forget_segment(&mut self, base: i64) -> Result<u64, Fault> {
        for kind in [Kind::OffsetIndex, Kind::TimeIndex, Kind::TxnIndex] {
            if self.present.indexes.remove(&(base, kind)).is_some() {
                self.remove(base, kind)?;
            }
        }
        let len = self.present.logs.remove(&base).unwrap_or_default();
        if let Some(cut) = &mut self.recovered.cut {
            cut.bytes += len;
            cut.segments += 1;
        }
        Ok(len)
    }

    pub(super) fn sync_dir(&self) -> Result<(), Fault> {
        let synced = self.fs.sync_dir(&self.dir);
        synced.map_err(|error| Fault::new("sync", &self.dir, error))
    }

    pub(super) fn remove(&mut self, offset: i64, kind: Kind) -> Result<(), Fault> {
        self.names_dirty = true;
        let path = files::path(&self.dir, offset, kind);
        self.fs
            .remove_file(&path)
            .map_err(|error| Fault::new("remove", &path, error))
    }

    /// Decides where the log starts, and makes its first segment if it has none.
    fn settle_start(&mut self) -> Result<Offset, StorageError> {
        let mut log_start = self.start.log_start_offset;
        if self.end < log_start {
            let bases: Vec<_> = self.present.logs.keys().copied().collect();
            self.segments.clear();
            self.drop_segments(&bases)?;
            self.epochs = Epochs::default();
            self.drop_snapshots(Offset::NONE)?;
        }
        match self.segments.first() {
            Some(first) => log_start = log_start.max(Offset(first.base())),
            None => {
                self.end = log_start;
                // Of a log that was being begun anew; one that begins here knows no producer.
                self.drop_snapshots(Offset::NONE)?;
                let path = files::path(&self.dir, log_start.0, Kind::Log);
                let now_ms = self.start.now.wall.0;
                let segment = Segment::create_closed(
                    &self.fs,
                    &self.dir,
                    log_start.0,
                    now_ms,
                    self.config.first_len(),
                )
                .map_err(|error| Fault::new("create", &path, error))?;
                self.segments.push(Arc::new(segment));
                self.names_dirty = true;
            }
        }
        Ok(log_start)
    }

    fn settle_epochs(&mut self, log_start: Offset) -> Result<(), StorageError> {
        self.epochs.truncate_start(log_start);
        self.epochs.truncate_end(self.end);
        if !self.start.clean {
            self.find_first_epochs(log_start)?;
        }
        Ok(())
    }

    /// The end may have been cut off and the index not yet: whoever writes there next has nothing to do
    /// with the transactions that were.
    fn drop_aborted_behind_end(&self) -> Result<(), StorageError> {
        let Some(segment) = self.segments.last().filter(|_| !self.start.clean) else {
            return Ok(());
        };
        let aborted = segment
            .aborted_transactions()
            .map_err(|error| scan_failed(segment, error.into()))?;
        let kept = aborted.partition_point(|entry| entry.last_offset < self.end.0);
        segment.aborted.lock().keep(kept);
        Ok(())
    }

    /// Reads the batches at the start of the log that no epoch covers. Epochs are forgotten before the
    /// start of the log is raised on disk; a power cut in between makes the log start earlier again.
    fn find_first_epochs(&mut self, log_start: Offset) -> Result<(), StorageError> {
        // Those that reading a segment gave begin where the reading did.
        let known = match self.epochs_on_disk.entries() {
            [] => self.epochs.entries(),
            kept => kept,
        };
        let first = known.first().map(|(_, start)| *start);
        let end = first.unwrap_or(self.end).min(self.end);
        let mut found: Vec<(LeaderEpoch, Offset)> = Vec::new();
        'segments: for segment in self.segments.iter().filter(|_| log_start < end) {
            let failed = |error| scan_failed(segment, error);
            let file = segment.log().map_err(|error| failed(error.into()))?;
            let mut scan = Scan::new(&*file, 0, segment.size());
            // What cannot be read has no epoch either, and neither has what is older than epochs.
            while let Ok(Some(batch)) = scan.next() {
                let AnyHeader::V2(header) = batch.header else {
                    break 'segments;
                };
                let (epoch, offset) = (header.partition_leader_epoch(), header.base_offset());
                if epoch.0 < 0 || offset >= end {
                    break 'segments;
                }
                if header.last_offset() >= log_start && found.last().is_none_or(|l| l.0 < epoch) {
                    found.push((epoch, offset.max(log_start)));
                }
            }
        }
        if log_start < end {
            self.epochs.prepend(found, end);
            self.epochs.truncate_end(self.end);
        }
        Ok(())
    }

    fn finish(self, log_start: Offset, producers: Producers) -> (Log, Recovered) {
        let position = self.segments.last().map_or(0, |segment| segment.size());
        let durable = if self.start.clean && self.recovered.cut.is_none() {
            self.end
        } else {
            // Not what lies before the log start: records may have been deleted that were not synced,
            // and they stand before others in the segments that a later recovery point trusts.
            let first = self
                .segments
                .first()
                .map_or(log_start.0, |first| first.base());
            self.end.min(self.start.recovery_point.max(Offset(first)))
        };
        let size = self.segments.iter().map(|segment| segment.size()).sum();
        let written = self.epochs_on_disk.first_difference(&self.epochs);
        let log = Log {
            fs: self.fs,
            dir: self.dir,
            flushing: Mutex::new(Flushing {
                snapshots: self.present.snapshots.into_iter().collect(),
                has_new_epochs: false,
            }),
            turns: Turns::default(),
            writer: Mutex::new(Writer {
                config: self.config,
                bytes_since_index: 0,
                doomed: Vec::new(),
            }),
            view: Mutex::new(View {
                segments: self.segments.into(),
                end: self.end,
                position,
            }),
            recent: Mutex::default(),
            verifications: Mutex::default(),
            pending_snapshots: Mutex::new(self.new_snapshots),
            has_hidden_entries: AtomicBool::new(false),
            unstable: AtomicBool::new(!producers.is_stable()),
            producers: Mutex::new(producers),
            epochs: Mutex::new(self.epochs),
            log_start: AtomicI64::new(log_start.0),
            log_end: AtomicI64::new(self.end.0),
            durable_end: AtomicI64::new(durable.0),
            checkpointed: AtomicI64::new(durable.0),
            size: AtomicU64::new(size),
            cuts: Arc::new(AtomicU64::new(0)),
            cut_to: AtomicI64::new(i64::MAX),
            epochs_written: AtomicI64::new(written.map_or(i64::MAX, |offset| offset.0)),
            flushed_at: AtomicU64::new(self.start.now.mono.0),
            // Whoever stopped uncleanly may not have come to sync the names.
            names_dirty: AtomicBool::new(self.names_dirty || !self.start.clean),
            dir_dirty: AtomicBool::new(self.is_new_dir || !self.start.clean),
            is_named: AtomicBool::new(self.start.clean && !self.names_dirty),
            syncs_later: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            fault: OnceLock::new(),
        };
        (log, self.recovered)
    }
}

/// Makes the directory and those above it. Its own name in its parent is left to be synced.
fn create_dir(fs: &dyn FileSystem, dir: &Path) -> Result<(), Fault> {
    let above = dir.ancestors().skip(1);
    let is_missing = |path: &&Path| !path.as_os_str().is_empty() && fs.metadata(path).is_err();
    let missing: Vec<&Path> = above.take_while(is_missing).collect();
    fs.create_dir_all(dir)
        .map_err(|error| Fault::new("create", dir, error))?;
    for parent in missing.iter().filter_map(|path| path.parent()) {
        fs.sync_dir(parent)
            .map_err(|error| Fault::new("sync", parent, error))?;
    }
    Ok(())
}

/// The offset behind the last batch, from the last index entry on. `None` if the batches there are not
/// whole.
fn end_of(segment: &Segment) -> Option<Offset> {
    if segment.size() == 0 {
        return Some(Offset(segment.base()));
    }
    let position = segment.floor_position(i64::MAX).ok()?;
    let file = segment.log().ok()?;
    let mut scan = Scan::new(&*file, position, segment.size());
    let mut end = Offset(segment.base());
    while let Some(found) = scan.next().map_err(|e| scan_failed(segment, e)).ok()? {
        end = found.header.last_offset().next();
    }
    Some(end)
}

/// Bytes looked at at a time.
const BLANK_CHUNK: usize = 256 * 1024;
