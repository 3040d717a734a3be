//! One segment: a file of batches with its indexes.
//!
//! Only the appender changes the newest segment, only the flusher writes index files. Readers take the
//! locks in here for the time of a look-up in memory, never over a call of the system.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use ottla_records::AnyHeader;
use ottla_types::{Offset, Saturate};
use parking_lot::Mutex;

use super::{
    files::{self, Kind},
    index::{OffsetEntry, OnDisk, SparseIndex, TimeEntry, TxnEntry},
    scan::{Found, Scan, ScanError},
};
use crate::fs::{Access, File, FileSystem, Slots};

/// One segment.
#[derive(Debug)]
pub(crate) struct Segment {
    fs: Arc<dyn FileSystem>,
    dir: Arc<Path>,
    base: i64,
    /// Made with the first file that is opened.
    files: OnceLock<Arc<Slots>>,
    /// Bytes of whole batches.
    size: AtomicU64,
    /// Bytes that survive a power cut.
    synced: AtomicU64,
    /// Whether the index files say all there is to say.
    sealed: AtomicBool,
    /// Whether the file may be longer than its batches.
    has_tail: AtomicBool,
    pub(crate) offsets: Mutex<SparseIndex<OffsetEntry>>,
    pub(crate) times: Mutex<Times>,
    pub(crate) aborted: Mutex<SparseIndex<TxnEntry>>,
    first_timestamp: Mutex<Option<i64>>,
    created_ms: i64,
}

/// The time index, and what its next entry would be.
#[derive(Debug)]
pub(crate) struct Times {
    pub(crate) index: SparseIndex<TimeEntry>,
    pub(crate) largest: Largest,
}

/// Largest timestamp of a segment.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Largest {
    /// The last entry of the index file knows it.
    OnDisk,
    /// Known.
    Known {
        /// `None` if no record has a timestamp.
        largest: Option<TimeEntry>,
        /// Last entry of the index.
        indexed: Option<TimeEntry>,
    },
}

impl Largest {
    pub(crate) const NONE: Self = Self::Known {
        largest: None,
        indexed: None,
    };
}

/// What a segment is opened with.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) size: u64,
    pub(crate) offsets: SparseIndex<OffsetEntry>,
    pub(crate) times: SparseIndex<TimeEntry>,
    pub(crate) aborted: SparseIndex<TxnEntry>,
    pub(crate) largest: Largest,
    pub(crate) synced: bool,
    pub(crate) sealed: bool,
    pub(crate) created_ms: i64,
}

impl Parts {
    /// Of a segment without a batch.
    pub(crate) const fn empty(created_ms: i64) -> Self {
        Self {
            size: 0,
            offsets: SparseIndex::empty(),
            times: SparseIndex::empty(),
            aborted: SparseIndex::empty(),
            largest: Largest::NONE,
            synced: false,
            sealed: false,
            created_ms,
        }
    }
}

impl Segment {
    pub(crate) fn new(fs: Arc<dyn FileSystem>, dir: Arc<Path>, base: i64, parts: Parts) -> Self {
        Self {
            fs,
            dir,
            base,
            files: OnceLock::new(),
            size: AtomicU64::new(parts.size),
            synced: AtomicU64::new(if parts.synced { parts.size } else { 0 }),
            sealed: AtomicBool::new(parts.sealed),
            has_tail: AtomicBool::new(false),
            offsets: Mutex::new(parts.offsets),
            times: Mutex::new(Times {
                index: parts.times,
                largest: parts.largest,
            }),
            aborted: Mutex::new(parts.aborted),
            first_timestamp: Mutex::new(None),
            created_ms: parts.created_ms,
        }
    }

    /// Makes the file of a new segment, `first_len` bytes long. One that is left over is emptied.
    pub(crate) fn create(
        fs: &Arc<dyn FileSystem>,
        dir: &Arc<Path>,
        base: i64,
        created_ms: i64,
        first_len: u64,
    ) -> io::Result<Self> {
        let (segment, file) = Self::create_opened(fs, dir, base, created_ms, first_len)?;
        segment.keep(Kind::Log, file);
        Ok(segment)
    }

    /// As [`Segment::create`]; the file is closed again, since perhaps nothing is ever written.
    pub(crate) fn create_closed(
        fs: &Arc<dyn FileSystem>,
        dir: &Arc<Path>,
        base: i64,
        created_ms: i64,
        first_len: u64,
    ) -> io::Result<Self> {
        let (segment, _) = Self::create_opened(fs, dir, base, created_ms, first_len)?;
        Ok(segment)
    }

    fn create_opened(
        fs: &Arc<dyn FileSystem>,
        dir: &Arc<Path>,
        base: i64,
        created_ms: i64,
        first_len: u64,
    ) -> io::Result<(Self, Arc<dyn File>)> {
        let file = fs.open(&files::path(dir, base, Kind::Log), Access::Create)?;
        if !file.is_empty()? {
            file.set_len(0)?;
        }
        if first_len > 0 {
            file.set_len(first_len)?;
        }
        let segment = Self::new(
            Arc::clone(fs),
            Arc::clone(dir),
            base,
            Parts::empty(created_ms),
        );
        segment.has_tail.store(first_len > 0, Ordering::Release);
        Ok((segment, file))
    }

    /// Cuts off what was allocated and not written. The next sync of the segment makes that last.
    pub(crate) fn trim(&self) -> io::Result<()> {
        if self.has_tail.load(Ordering::Acquire) {
            self.log()?.set_len(self.size())?;
            self.set_synced(0);
            self.has_tail.store(false, Ordering::Release);
        }
        Ok(())
    }

    pub(crate) const fn base(&self) -> i64 {
        self.base
    }

    pub(crate) fn size(&self) -> u64 {
        self.size.load(Ordering::Acquire)
    }

    pub(crate) fn set_size(&self, size: u64) {
        self.size.store(size, Ordering::Release);
        self.note_unsynced();
    }

    pub(crate) fn synced(&self) -> u64 {
        self.synced.load(Ordering::Acquire)
    }

    pub(crate) fn set_synced(&self, size: u64) {
        self.synced.store(size, Ordering::Release);
        self.note_unsynced();
    }

    pub(crate) fn is_sealed(&self) -> bool {
        self.sealed.load(Ordering::Acquire)
    }

    pub(crate) fn set_sealed(&self, sealed: bool) {
        self.sealed.store(sealed, Ordering::Release);
    }

    pub(crate) const fn created_ms(&self) -> i64 {
        self.created_ms
    }

    pub(crate) fn path(&self, kind: Kind) -> PathBuf {
        files::path(&self.dir, self.base, kind)
    }

    /// The offset relative to this segment, clamped to what an index can hold.
    pub(crate) fn relative(&self, offset: i64) -> u32 {
        offset.saturating_sub(self.base).saturate()
    }

    /// Whether an index can hold the offset.
    pub(crate) fn can_hold(&self, offset: i64) -> bool {
        i32::try_from(offset.saturating_sub(self.base)).is_ok_and(|relative| relative >= 0)
    }

    /// The file of batches, opened if it is not.
    pub(crate) fn log(&self) -> io::Result<Arc<dyn File>> {
        self.file(Kind::Log)
    }

    /// One of the segment's files, opened if it is not. Whoever holds it keeps it from being closed.
    pub(crate) fn file(&self, kind: Kind) -> io::Result<Arc<dyn File>> {
        let slots = self.files.get();
        if let Some(file) = slots.and_then(|slots| slots.get(slot_of(kind))) {
            return Ok(file);
        }
        let file = self.fs.open(&self.path(kind), Access::Write)?;
        Ok(self.keep(kind, file))
    }

    fn keep(&self, kind: Kind, file: Arc<dyn File>) -> Arc<dyn File> {
        let slots = self.files.get_or_init(Arc::default);
        let file = slots.keep(slot_of(kind), file, self.fs.open_files());
        self.note_unsynced();
        file
    }

    /// Gives the descriptors back of files that are not pinned; they are opened again when they are
    /// needed.
    pub(crate) fn release_files(&self) {
        if let Some(slots) = self.files.get() {
            slots.clear();
        }
    }

    /// Opens all files and keeps them open: their names are about to go, or to be others'.
    pub(crate) fn pin(&self) -> io::Result<()> {
        self.files.get_or_init(Arc::default).set_pinned(true);
        self.log()?;
        self.open_offsets()?;
        self.open_times()?;
        self.open_aborted()?;
        Ok(())
    }

    /// As [`Segment::pin`], of a segment whose files do not have their names yet.
    pub(crate) fn pin_as(&self, files: Vec<(Kind, Arc<dyn File>)>) {
        self.files.get_or_init(Arc::default).set_pinned(true);
        for (kind, file) in files {
            self.keep(kind, file);
        }
    }

    /// All files have their names.
    pub(crate) fn unpin(&self) {
        if let Some(slots) = self.files.get() {
            slots.set_pinned(false);
        }
    }

    fn note_unsynced(&self) {
        if let Some(slots) = self.files.get() {
            slots.set_unsynced(self.synced() < self.size());
        }
    }

    /// The entries of an index that are on disk, with their file open if there are any.
    pub(crate) fn open_index(&self, kind: Kind, count: usize) -> io::Result<OnDisk> {
        let file = match count {
            0 => None,
            _ => Some(self.file(kind)?),
        };
        Ok(OnDisk { file, count })
    }

    /// Position of the batch of the last index entry at or before `offset`.
    pub(crate) fn floor_position(&self, offset: i64) -> io::Result<u64> {
        let relative = self.relative(offset);
        if let Some(found) = floor_in_tail(self.offsets.lock().tail(), |entry| {
            entry.relative <= relative
        }) {
            return Ok(found.position.into());
        }
        let disk = self.open_offsets()?;
        let before = disk.partition_point(|entry: &OffsetEntry| entry.relative <= relative)?;
        let Some(last) = before.checked_sub(1) else {
            return Ok(0);
        };
        let found = disk.entries::<OffsetEntry>(last, 1)?;
        Ok(found.first().map_or(0, |entry| entry.position.into()))
    }

    /// The first batch that ends at or after `offset`, among the first `end` bytes.
    ///
    /// An index that leads nowhere is passed over.
    pub(crate) fn locate(&self, offset: i64, end: u64) -> Result<Option<Found>, ScanError> {
        let position = self.floor_position(offset)?;
        let file = self.log()?;
        if position > 0 && position < end {
            match walk_to(&mut Scan::new(&*file, position, end), offset) {
                Ok(Some((found, steps))) if steps > 0 || starts_at_or_before(&found, offset) => {
                    return Ok(Some(found));
                }
                Err(ScanError::Io(error)) => return Err(ScanError::Io(error)),
                Ok(None) => return Ok(None),
                Ok(Some(_)) | Err(ScanError::Bad { .. }) => {}
            }
        }
        let found = walk_to(&mut Scan::new(&*file, 0, end), offset)?;
        Ok(found.map(|(found, _)| found))
    }

    /// The largest timestamp and the last offset of the batch that has it.
    pub(crate) fn largest_timestamp(&self) -> io::Result<Option<(i64, Offset)>> {
        let known = self.times.lock().largest;
        let largest = match known {
            Largest::Known { largest, .. } => largest,
            Largest::OnDisk => {
                let disk = self.open_times()?;
                let last = match disk.count.checked_sub(1) {
                    Some(last) => disk.entries::<TimeEntry>(last, 1)?.first().copied(),
                    None => None,
                };
                self.times.lock().largest = Largest::Known {
                    largest: last,
                    indexed: last,
                };
                last
            }
        };
        Ok(largest.map(|entry| {
            (
                entry.timestamp,
                Offset(self.base.saturating_add(entry.relative.into())),
            )
        }))
    }

    pub(crate) fn open_offsets(&self) -> io::Result<OnDisk> {
        let count = self.offsets.lock().on_disk();
        self.open_index(Kind::OffsetIndex, count)
    }

    pub(crate) fn open_aborted(&self) -> io::Result<OnDisk> {
        let count = self.aborted.lock().on_disk();
        self.open_index(Kind::TxnIndex, count)
    }

    pub(crate) fn open_times(&self) -> io::Result<OnDisk> {
        let count = self.times.lock().index.on_disk();
        self.open_index(Kind::TimeIndex, count)
    }

    /// Timestamp of the first batch, `None` if there is none.
    pub(crate) fn first_timestamp(&self) -> Result<Option<i64>, ScanError> {
        let known = *self.first_timestamp.lock();
        if known.is_some() || self.size() == 0 {
            return Ok(known);
        }
        let file = self.log()?;
        let first = Scan::new(&*file, 0, self.size()).next()?;
        let timestamp = first.map(|found| found.header.max_timestamp());
        *self.first_timestamp.lock() = timestamp;
        Ok(timestamp)
    }

    pub(crate) fn set_first_timestamp(&self, timestamp: Option<i64>) {
        *self.first_timestamp.lock() = timestamp;
    }

    /// Adds an entry to the time index if the largest timestamp rose since its last one. It must have
    /// been asked for before.
    pub(crate) fn push_largest_timestamp(&self) {
        let mut times = self.times.lock();
        if let Largest::Known {
            largest: Some(largest),
            indexed,
        } = &mut times.largest
            && indexed.is_none_or(|indexed| largest.timestamp > indexed.timestamp)
        {
            let entry = *largest;
            *indexed = Some(entry);
            times.index.push(entry);
        }
    }

    /// Remembers the timestamp if it is the largest. It must have been asked for before.
    pub(crate) fn note_timestamp(&self, timestamp: i64, offset: i64) {
        let relative = self.relative(offset);
        let mut times = self.times.lock();
        if let Largest::Known { largest, .. } = &mut times.largest
            && timestamp > largest.map_or(NO_TIMESTAMP, |entry| entry.timestamp)
        {
            *largest = Some(TimeEntry {
                timestamp,
                relative,
            });
        }
    }
}

const fn slot_of(kind: Kind) -> usize {
    match kind {
        Kind::Log => 0,
        Kind::OffsetIndex => 1,
        Kind::TimeIndex => 2,
        // Snapshots are not kept open.
        Kind::TxnIndex | Kind::Snapshot => 3,
    }
}

fn walk_to(scan: &mut Scan<'_>, offset: i64) -> Result<Option<(Found, u64)>, ScanError> {
    let mut steps = 0;
    while let Some(found) = scan.next()? {
        if found.header.last_offset().0 >= offset {
            return Ok(Some((found, steps)));
        }
        steps += 1;
    }
    Ok(None)
}

/// Legacy headers do not know their first offset; they are believed.
fn starts_at_or_before(found: &Found, offset: i64) -> bool {
    match found.header {
        AnyHeader::V2(header) => header.base_offset().0 <= offset,
        AnyHeader::Legacy(_) => true,
    }
}

fn floor_in_tail<E: Copy>(tail: &[E], before: impl Fn(&E) -> bool) -> Option<E> {
    let count = tail.partition_point(|entry| before(entry));
    count
        .checked_sub(1)
        .and_then(|last| tail.get(last))
        .copied()
}

const NO_TIMESTAMP: i64 = -1;
