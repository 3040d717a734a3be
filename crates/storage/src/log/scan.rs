//! Walking the batches of a segment's file.

use std::io;

use ottla_records::{AnyBatch, AnyHeader, BatchError};
use ottla_types::Saturate;

use crate::fs::File;

/// Reads batch after batch between two positions of a file.
#[derive(Debug)]
pub(crate) struct Scan<'f> {
    file: &'f dyn File,
    position: u64,
    end: u64,
    /// Bytes read at once.
    chunk: u64,
    buffer: Vec<u8>,
    buffer_at: u64,
    /// Size of the batch whose front was read last, 0 once more of it was wanted.
    passed_over: u64,
}

/// A batch whose front was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) position: u64,
    pub(crate) header: AnyHeader,
}

impl Found {
    /// Bytes of the whole batch.
    pub(crate) fn size(&self) -> u64 {
        self.header.size_in_bytes().saturate()
    }
}

/// Why a walk stopped before the end.
#[derive(Debug)]
pub(crate) enum ScanError {
    Io(io::Error),
    /// No batch lies here.
    Bad {
        position: u64,
        error: BatchError,
    },
}

impl From<io::Error> for ScanError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl<'f> Scan<'f> {
    /// From `position`, where a batch begins, to `end`.
    pub(crate) const fn new(file: &'f dyn File, position: u64, end: u64) -> Self {
        Self::in_chunks(file, position, end, CHUNK)
    }

    /// As [`Scan::new`], reading `chunk` bytes at once.
    pub(crate) const fn in_chunks(file: &'f dyn File, position: u64, end: u64, chunk: u64) -> Self {
        Self {
            file,
            position,
            end,
            chunk,
            buffer: Vec::new(),
            buffer_at: 0,
            passed_over: 0,
        }
    }

    /// The front of the next batch, which lies whole before the end; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Found>, ScanError> {
        if self.position >= self.end {
            return Ok(None);
        }
        let (position, left) = (self.position, self.end - self.position);
        let bad = |error| ScanError::Bad { position, error };
        // Of batches that are passed over, and are large, only the fronts are read.
        let chunk = match self.passed_over < LARGE {
            true => self.chunk,
            false => FRONT,
        };
        let front = self.bytes(position, left.min(FRONT), chunk)?;
        let header = AnyHeader::parse(front).map_err(bad)?;
        let found = Found { position, header };
        if found.size() > left {
            return Err(bad(BatchError::Truncated {
                needed: header.size_in_bytes(),
                available: left.saturate(),
            }));
        }
        self.position = position + found.size();
        self.passed_over = found.size();
        Ok(Some(found))
    }

    /// The whole batch.
    pub(crate) fn whole(&mut self, found: &Found) -> Result<AnyBatch<'_>, ScanError> {
        let position = found.position;
        self.passed_over = 0;
        let bytes = self.bytes(position, found.size(), self.chunk)?;
        match AnyBatch::parse(bytes) {
            Ok((batch, _)) => Ok(batch),
            Err(error) => Err(ScanError::Bad { position, error }),
        }
    }

    /// `len` bytes at `position`; fewer only if the file is shorter than it should be. If they have to
    /// be read, `chunk` bytes are.
    fn bytes(&mut self, position: u64, len: u64, chunk: u64) -> io::Result<&[u8]> {
        let held: u64 = self.buffer.len().saturate();
        let inside = position >= self.buffer_at && position + len <= self.buffer_at + held;
        if !inside {
            self.buffer.clear();
            self.buffer_at = position;
            let want = len.max(chunk).min(self.end - position);
            self.file
                .read_at(&mut self.buffer, want.saturate(), position)?;
        }
        let start: usize = (position - self.buffer_at).saturate();
        let len: usize = len.saturate();
        let end = (start + len).min(self.buffer.len());
        Ok(self.buffer.get(start..end).unwrap_or_default())
    }
}

/// Enough for the front of a batch of any format.
const FRONT: u64 = 61;
/// Bytes read at once by those who look at few batches.
const CHUNK: u64 = 16 << 10;
/// Bytes read at once by those who read all of a segment.
pub(crate) const STRETCH: u64 = 1 << 20;
/// A read of its own costs less than to copy a batch of this size.
const LARGE: u64 = 4 << 10;
