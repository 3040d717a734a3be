//! Beginning a new segment.

use std::sync::{Arc, atomic::Ordering};

use ottla_types::{Now, Offset, Saturate, WallMs};

use super::{
    Log, StorageError, Writer,
    append::{Appended, Placed, no_space, scan_failed},
    error::{AppendError, Fault},
    files::{self, Kind},
    index::{Entry, OffsetEntry, TimeEntry},
    segment::Segment,
    snapshot,
};

/// What is about to be appended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Incoming {
    pub(super) first: Offset,
    pub(super) last: Offset,
    pub(super) max_timestamp: i64,
    pub(super) size: u64,
    pub(super) batches: usize,
}

impl Incoming {
    /// Of batches that follow one another; `None` without one.
    pub(super) fn of(placed: &[Placed]) -> Option<Self> {
        let (first, rest) = placed.split_first()?;
        Some(rest.iter().fold(Self::alone(first), Self::with))
    }

    /// Of one batch.
    pub(super) const fn alone(batch: &Placed) -> Self {
        Self {
            first: batch.first,
            last: batch.last,
            max_timestamp: batch.max_timestamp,
            size: batch.size,
            batches: 1,
        }
    }

    /// With another batch behind it.
    pub(super) fn with(self, next: &Placed) -> Self {
        Self {
            first: self.first,
            last: next.last,
            max_timestamp: self.max_timestamp.max(next.max_timestamp),
            size: self.size + next.size,
            batches: self.batches + 1,
        }
    }

    /// Where it was put.
    pub(super) const fn appended(&self) -> Appended {
        Appended {
            first_offset: self.first,
            last_offset: self.last,
            max_timestamp: self.max_timestamp,
            log_append_time: WallMs::NONE,
            duplicate: false,
        }
    }
}

impl Log {
    /// Begins a new segment at the end of the log, unless the last one is empty.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn roll(&self, now: Now) -> Result<(), StorageError> {
        let mut writer = self.lock_writer()?;
        let view = self.view();
        if view.position > 0 {
            self.roll_at(&mut writer, now, view.end)?;
        }
        Ok(())
    }

    /// Begins a new segment if the last one has been appended to for longer than the settings allow.
    /// Returns whether it did.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn roll_if_old(&self, now: Now) -> Result<bool, StorageError> {
        let mut writer = self.lock_writer()?;
        let view = self.view();
        if view.position == 0 || !self.is_old(&writer, view.active(), now, None)? {
            return Ok(false);
        }
        self.roll_at(&mut writer, now, view.end)?;
        Ok(true)
    }

    pub(super) fn roll_if_due(
        &self,
        writer: &mut Writer,
        now: Now,
        incoming: &Incoming,
    ) -> Result<(), AppendError> {
        let view = self.view();
        let segment = view.active();
        // Offsets that a follower's leader has compacted away go into the new segment: a gap between two
        // would look like lost records.
        let base = match i32::try_from(incoming.last.0.saturating_sub(view.end.0)) {
            Ok(_) => view.end,
            Err(_) => incoming.first,
        };
        // A segment that holds nothing would only be replaced by itself.
        let is_same = view.position == 0 && segment.base() == base.0;
        if is_same || !self.is_due(writer, segment, now, incoming, 1)? {
            return Ok(());
        }
        self.roll_at(writer, now, base).map_err(no_space)
    }

    /// Whether a batch may be written together with what comes before it, as `incoming`: never to a
    /// segment that holds nothing, since the first batch decides when the segment is old.
    pub(super) fn has_room(&self, writer: &Writer, now: Now, incoming: &Incoming) -> bool {
        let view = self.view();
        view.position > 0
            && matches!(
                self.is_due(writer, view.active(), now, incoming, incoming.batches),
                Ok(false)
            )
    }

    /// Whether a new segment is to begin. The old one must have room for so many `entries` in its
    /// indexes: each batch may add one.
    fn is_due(
        &self,
        writer: &Writer,
        segment: &Segment,
        now: Now,
        incoming: &Incoming,
        entries: usize,
    ) -> Result<bool, StorageError> {
        let config = &writer.config;
        let size = segment.size();
        Ok(size > config.segment_bytes.saturating_sub(incoming.size)
            || size + incoming.size > MAX_SEGMENT_BYTES
            || (size > 0 && self.is_old(writer, segment, now, Some(incoming.max_timestamp))?)
            || segment.offsets.lock().count() + entries
                > capacity::<OffsetEntry>(config.segment_index_bytes)
            // The last place is kept for the entry that closes the segment.
            || segment.times.lock().index.count() + entries
                >= capacity::<TimeEntry>(config.segment_index_bytes)
            || !segment.can_hold(incoming.last.0))
    }

    fn is_old(
        &self,
        writer: &Writer,
        segment: &Segment,
        now: Now,
        timestamp: Option<i64>,
    ) -> Result<bool, StorageError> {
        let first = segment
            .first_timestamp()
            .map_err(|error| scan_failed(segment, error))?
            .filter(|first| *first >= 0);
        let waited = match first {
            Some(first) => timestamp.unwrap_or(now.wall.0).saturating_sub(first),
            None => now.wall.0.saturating_sub(segment.created_ms()),
        };
        let config = &writer.config;
        let limit_ms = config.segment_jitter_ms.min(config.segment_ms);
        let jitter = self.jitter_ms(segment.base(), limit_ms);
        Ok(waited > config.segment_ms_max().saturating_sub(jitter))
    }

    /// Between 0 and `limit_ms`, the same for the same segment, so that partitions do not roll at once.
    fn jitter_ms(&self, base: i64, limit_ms: i64) -> i64 {
        if limit_ms <= 0 {
            return 0;
        }
        let path = self.dir.as_os_str().as_encoded_bytes();
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in path.iter().chain(&base.to_be_bytes()) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let limit: u64 = limit_ms.saturate();
        (hash % limit.max(1)).saturate()
    }

    pub(super) fn roll_at(&self, writer: &mut Writer, now: Now, base: Offset) -> Result<(), Fault> {
        let view = self.view();
        let old = view.active();
        let path = files::path(&self.dir, base.0, Kind::Log);
        // Without it the entry that closes the old segment could not be made.
        old.largest_timestamp()
            .map_err(|error| Fault::new("read", &old.path(Kind::TimeIndex), error))?;
        old.trim()
            .map_err(|error| self.failed("cut", &old.path(Kind::Log), error))?;
        // If only the second were there after a power cut, the log would seem to begin with it.
        if !self.is_named.load(Ordering::Acquire) {
            self.sync_dir(&self.dir)?;
            self.is_named.store(true, Ordering::Release);
        }
        let first_len = writer.config.first_len();
        let new = Segment::create(&self.fs, &self.dir, base.0, now.wall.0, first_len)
            .map_err(|error| self.failed("create", &path, error))?;
        old.push_largest_timestamp();
        let snapshot = snapshot::encode(&self.producers.lock());
        self.pending_snapshots.lock().push((base.0, snapshot));
        self.names_dirty.store(true, Ordering::Release);
        writer.bytes_since_index = 0;

        let mut segments: Vec<_> = view.segments.to_vec();
        segments.retain(|segment| segment.base() != base.0);
        segments.push(Arc::new(new));
        let mut view = self.view.lock();
        view.segments = segments.into();
        view.position = 0;
        Ok(())
    }
}

/// Entries of a full index.
fn capacity<E: Entry>(bytes: u64) -> usize {
    let bytes: usize = bytes.saturate();
    (bytes / E::SIZE).max(2)
}

/// Positions are 32 bits wide, with a sign.
const MAX_SEGMENT_BYTES: u64 = i32::MAX as u64;
