//! Beginning a new segment.

use std::sync::{Arc, atomic::Ordering};

use ottla_types::{Now, Offset, Saturate};

use super::{
    Log, StorageError, Writer,
    append::{no_space, scan_failed},
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
    pub(super) max_timestamp: Option<i64>,
    pub(super) size: u64,
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
        // A segment that holds nothing would only be replaced by itself.
        let is_same = view.position == 0 && segment.base() == incoming.first.0;
        if is_same || !self.is_due(writer, segment, now, incoming)? {
            return Ok(());
        }
        self.roll_at(writer, now, incoming.first).map_err(no_space)
    }

    fn is_due(
        &self,
        writer: &Writer,
        segment: &Segment,
        now: Now,
        incoming: &Incoming,
    ) -> Result<bool, StorageError> {
        let config = &writer.config;
        let size = segment.size();
        Ok(size > config.segment_bytes.saturating_sub(incoming.size)
            || size + incoming.size > MAX_SEGMENT_BYTES
            || (size > 0 && self.is_old(writer, segment, now, incoming.max_timestamp)?)
            || segment.offsets.lock().count() >= capacity::<OffsetEntry>(config.segment_index_bytes)
            // The last place is kept for the entry that closes the segment.
            || segment.times.lock().index.count() + 1
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
