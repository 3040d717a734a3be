//! Reading.

use std::{
    io,
    sync::{Arc, atomic::Ordering},
};

use bytes::Bytes;
use ottla_records::AnyHeader;
use ottla_types::{Offset, Saturate};
use parking_lot::Mutex;

use super::{
    Log, View,
    append::scan_failed,
    buffers,
    error::{ReadError, StorageError},
    recent::Recent,
    scan::{Scan, ScanError},
    segment::Segment,
};

/// Batches as they stand in the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// The bytes. The first batch may begin before the offset that was asked for, the last one may be
    /// cut, as in Apache Kafka.
    pub data: Bytes,
}

/// What is asked for, within one segment.
struct Wanted {
    offset: Offset,
    max_bytes: u64,
    /// No record at or after this offset.
    upper_bound: Option<Offset>,
    at_least_one: bool,
}

impl Log {
    /// The batches from the one that holds `offset` on, up to `max_bytes`, of one segment at most, all
    /// before `upper_bound`. With `at_least_one` the first batch comes whole whatever its size; without,
    /// nothing comes if it does not fit.
    ///
    /// # Errors
    /// [`ReadError::OutOfRange`] if `offset` lies outside the log.
    pub fn read(
        &self,
        offset: Offset,
        max_bytes: usize,
        upper_bound: Offset,
        at_least_one: bool,
    ) -> Result<Slice, ReadError> {
        self.consistently(|view| {
            let (start, end) = (self.log_start_offset(), view.end);
            if offset < start || offset > end {
                return Err(ReadError::OutOfRange { start, end });
            }
            let limit = upper_bound.min(end);
            if offset >= limit || (max_bytes == 0 && !at_least_one) {
                return Ok(Slice::default());
            }
            for index in view.floor(offset)..view.segments.len() {
                let Some(segment) = view.segments.get(index) else {
                    break;
                };
                if segment.base() >= limit.0 {
                    break;
                }
                let next = view
                    .segments
                    .get(index + 1)
                    .map_or(end, |next| Offset(next.base()));
                let wanted = Wanted {
                    offset,
                    max_bytes: max_bytes.saturate(),
                    upper_bound: (limit < next).then_some(limit),
                    at_least_one,
                };
                let slice = segment.slice(&wanted, view.size_of(index), &self.recent);
                // Compaction may have left nothing after the offset in this segment.
                if let Some(slice) = slice.map_err(|error| scan_failed(segment, error))? {
                    return Ok(slice);
                }
            }
            Ok(Slice::default())
        })
    }

    /// Runs `read` until nothing was cut off the log while it ran.
    pub(super) fn consistently<T, E: From<StorageError>>(
        &self,
        read: impl Fn(&View) -> Result<T, E>,
    ) -> Result<T, E> {
        self.check_in_service()?;
        loop {
            let before = self.cuts.load(Ordering::Acquire);
            let view = self.view();
            let result = read(&view);
            let unchanged = self.cuts.load(Ordering::Acquire) == before && before.is_multiple_of(2);
            // Removed segments lose their names, which a first reader needs.
            let is_current = result.is_ok() || Arc::ptr_eq(&view.segments, &self.view().segments);
            if unchanged && is_current {
                return result;
            }
            if before % 2 == 1 {
                drop(self.writer.lock());
            }
            self.check_in_service()?;
        }
    }
}

impl Segment {
    fn slice(
        &self,
        wanted: &Wanted,
        end: u64,
        recent: &Mutex<Recent>,
    ) -> Result<Option<Slice>, ScanError> {
        let known = |offset: Offset| recent.lock().position_of(self.base(), offset.0);
        let position = match known(wanted.offset) {
            Some(position) => position,
            None => match self.locate(wanted.offset.0, end)? {
                Some(found) => found.position,
                None => return Ok(None),
            },
        };
        let end = match wanted.upper_bound {
            None => end,
            Some(bound) => match known(bound) {
                Some(limit) => limit.min(end),
                None => self.end_before(bound, position, end)?,
            },
        };
        let data = self.bytes(position, wanted.max_bytes.max(FRONT), end)?;
        // All that is there may end before the first batch does: the bound lies inside it.
        let size = match AnyHeader::parse(&data) {
            Ok(header) => header.size_in_bytes(),
            Err(_) if data.is_empty() => return Ok(Some(Slice::default())),
            Err(error) => return Err(ScanError::Bad { position, error }),
        };
        let max_bytes: usize = wanted.max_bytes.saturate();
        let data = if size <= max_bytes {
            data
        } else if !wanted.at_least_one {
            Bytes::new()
        } else {
            self.bytes(position, size.saturate(), end)?
        };
        Ok(Some(Slice { data }))
    }

    /// Up to `len` bytes at `position`, of those before `end`.
    fn bytes(&self, position: u64, len: u64, end: u64) -> Result<Bytes, ScanError> {
        let len: usize = len.min(end.saturating_sub(position)).saturate();
        let mut data = buffers::take(len);
        let read = self.log()?.read_at(&mut data, len, position)?;
        if read < len {
            return Err(ScanError::Io(io::ErrorKind::UnexpectedEof.into()));
        }
        Ok(buffers::share(data))
    }

    /// Where the batches at or after `from` that end before `bound` end.
    fn end_before(&self, bound: Offset, from: u64, end: u64) -> Result<u64, ScanError> {
        let floor = self.floor_position(bound.0.saturating_sub(1))?;
        let from = if floor < end { floor.max(from) } else { from };
        let file = self.log()?;
        let mut scan = Scan::new(&*file, from, end);
        let mut position = from;
        while let Some(found) = scan.next()? {
            if found.header.last_offset() >= bound {
                break;
            }
            position = found.position + found.size();
        }
        Ok(position)
    }
}

/// Enough for the front of a batch of any format.
const FRONT: u64 = 61;
