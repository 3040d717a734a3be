//! Reading.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use ottla_records::AnyHeader;
use ottla_types::{Offset, Saturate};
use ottla_wire::{Chunk, FileRange};
use parking_lot::Mutex;

use super::{
    Log, View,
    append::scan_failed,
    buffers,
    error::{ReadError, StorageError},
    file_bytes::LogBytes,
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
        let wanted = (offset, max_bytes, upper_bound, at_least_one);
        let data = self.find(wanted, Segment::read)?;
        Ok(Slice {
            data: data.unwrap_or_default(),
        })
    }

    /// The same batches, to be sent: many bytes stay in their file, for as long as the chunk lives, if
    /// the file has a descriptor. They cannot be had any more once the end of the log is cut off.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_to_send(
        &self,
        offset: Offset,
        max_bytes: usize,
        upper_bound: Offset,
        at_least_one: bool,
    ) -> Result<Chunk, ReadError> {
        let wanted = (offset, max_bytes, upper_bound, at_least_one);
        let chunk = self.find(wanted, |segment, extent, wanted| {
            match segment.range(extent, wanted, &self.cuts)? {
                Some(chunk) => Ok(chunk),
                None => segment.read(extent, wanted).map(Chunk::from),
            }
        })?;
        Ok(chunk.unwrap_or_default())
    }

    /// Takes what is wanted from the segment that has it; `None` if there is nothing.
    fn find<T>(
        &self,
        (offset, max_bytes, upper_bound, at_least_one): (Offset, usize, Offset, bool),
        take: impl Fn(&Segment, Extent, &Wanted) -> Result<T, ScanError>,
    ) -> Result<Option<T>, ReadError> {
        self.consistently(|view| {
            let (start, end) = (self.log_start_offset(), view.end);
            if offset < start || offset > end {
                return Err(ReadError::OutOfRange { start, end });
            }
            let limit = upper_bound.min(end);
            if offset >= limit || (max_bytes == 0 && !at_least_one) {
                return Ok(None);
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
                let taken = segment
                    .extent(&wanted, view.size_of(index), &self.recent)
                    .and_then(|extent| {
                        extent
                            .map(|extent| take(segment, extent, &wanted))
                            .transpose()
                    });
                // Compaction may have left nothing after the offset in this segment.
                if let Some(taken) = taken.map_err(|error| scan_failed(segment, error))? {
                    return Ok(Some(taken));
                }
            }
            Ok(None)
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
    /// Where the batches lie that are wanted, whatever their size; `None` if none is left in here.
    fn extent(
        &self,
        wanted: &Wanted,
        end: u64,
        recent: &Mutex<Recent>,
    ) -> Result<Option<Extent>, ScanError> {
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
        Ok(Some(Extent { position, end }))
    }

    /// What is wanted of the extent, in memory.
    fn read(&self, extent: Extent, wanted: &Wanted) -> Result<Bytes, ScanError> {
        let data = self.bytes(extent, wanted.max_bytes.max(FRONT))?;
        // All that is there may end before the first batch does: the bound lies inside it.
        if data.is_empty() {
            return Ok(data);
        }
        let size = extent.first_size(&data)?;
        if size <= wanted.max_bytes {
            Ok(data)
        } else if wanted.at_least_one {
            self.bytes(extent, size)
        } else {
            Ok(Bytes::new())
        }
    }

    /// What is wanted of the extent, left where it is; `None` if it has to be read, or better is.
    fn range(
        &self,
        extent: Extent,
        wanted: &Wanted,
        cuts: &Arc<AtomicU64>,
    ) -> Result<Option<Chunk>, ScanError> {
        if extent.len().min(wanted.max_bytes) < LEAST_RANGE {
            return Ok(None);
        }
        let file = self.log()?;
        if file.descriptor().is_none() {
            return Ok(None);
        }
        let size = extent.first_size(&self.bytes(extent, FRONT)?)?;
        let len = match (size <= wanted.max_bytes, wanted.at_least_one) {
            (true, _) => wanted.max_bytes,
            (false, true) => size,
            (false, false) => return Ok(Some(Chunk::default())),
        };
        let len = len.min(extent.len()).saturate();
        let file = Arc::new(LogBytes::new(file, cuts));
        Ok(Some(FileRange::new(file, extent.position, len).into()))
    }

    /// Up to `len` bytes of the extent.
    fn bytes(&self, extent: Extent, len: u64) -> Result<Bytes, ScanError> {
        let len: usize = len.min(extent.len()).saturate();
        let mut data = buffers::take(len);
        let read = self.log()?.read_at(&mut data, len, extent.position)?;
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

/// Bytes of a segment's file, the first batch first.
#[derive(Clone, Copy)]
struct Extent {
    position: u64,
    end: u64,
}

impl Extent {
    const fn len(self) -> u64 {
        self.end.saturating_sub(self.position)
    }

    /// Bytes of the batch that `data`, from the extent's beginning, begins with.
    fn first_size(self, data: &[u8]) -> Result<u64, ScanError> {
        match AnyHeader::parse(data) {
            Ok(header) => Ok(header.size_in_bytes().saturate()),
            Err(error) => Err(ScanError::Bad {
                position: self.position,
                error,
            }),
        }
    }
}

/// Enough for the front of a batch of any format.
const FRONT: u64 = 61;

/// Fewer bytes than this cost less to copy than to send from their file (`docs/performance.md`).
const LEAST_RANGE: u64 = 192 << 10;
