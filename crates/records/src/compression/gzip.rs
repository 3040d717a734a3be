//! gzip members (RFC 1952), one after another.

use std::{io::Write, ops::Range};

use flate2::{Decompress, FlushDecompress, Status};

use super::{CHUNK, Compression, CompressionError};
use crate::cursor::Cursor;

/// Decodes members; the inflate state is used again.
pub(crate) struct Gzip {
    inflate: Decompress,
    crc: crc32fast::Hasher,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// A header must follow.
    First,
    /// Within the compressed part.
    Body,
    /// A header may follow; other bytes are ignored, as Java does.
    Between,
}

impl Default for Gzip {
    fn default() -> Self {
        Self {
            inflate: Decompress::new(false),
            crc: crc32fast::Hasher::new(),
            stage: Stage::First,
        }
    }
}

impl Gzip {
    pub(crate) fn start(&mut self) -> &mut Self {
        self.stage = Stage::First;
        self
    }

    pub(crate) fn fill(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Range<usize>, CompressionError> {
        out.resize(CHUNK, 0);
        loop {
            if self.stage != Stage::Body && !self.open_member(input)? {
                return Ok(0..0);
            }
            let (read_before, written_before) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self
                .inflate
                .decompress(input, out, FlushDecompress::None)
                .map_err(|_| malformed("block"))?;
            let read = difference(self.inflate.total_in(), read_before);
            let written = difference(self.inflate.total_out(), written_before);
            *input = input.get(read..).unwrap_or_default();
            self.crc.update(out.get(..written).unwrap_or_default());
            match status {
                Status::StreamEnd => self.close_member(input)?,
                Status::Ok | Status::BufError if read == 0 && written == 0 => return Err(ENDED),
                Status::Ok | Status::BufError => {}
            }
            if written > 0 {
                return Ok(0..written);
            }
        }
    }

    /// Reads a member's header; false at the end of the output.
    fn open_member(&mut self, input: &mut &[u8]) -> Result<bool, CompressionError> {
        let first = self.stage == Stage::First;
        if input.is_empty() && !first {
            return Ok(false);
        }
        let Some(rest) = after_header(input) else {
            return match first {
                true if input.len() < FIXED_HEADER => Err(ENDED),
                true => Err(malformed("header")),
                false => {
                    *input = &[];
                    Ok(false)
                }
            };
        };
        *input = rest;
        self.inflate.reset(false);
        self.crc.reset();
        self.stage = Stage::Body;
        Ok(true)
    }

    /// Compares the checksum and length that end a member.
    fn close_member(&mut self, input: &mut &[u8]) -> Result<(), CompressionError> {
        let mut cursor = Cursor::new(input);
        let (Some(crc), Some(size)) = (cursor.array(), cursor.array()) else {
            return Err(ENDED);
        };
        let produced = self.inflate.total_out() & u64::from(u32::MAX);
        if u32::from_le_bytes(crc) != self.crc.clone().finalize()
            || u64::from(u32::from_le_bytes(size)) != produced
        {
            return Err(malformed("trailer"));
        }
        *input = cursor.rest();
        self.stage = Stage::Between;
        Ok(())
    }
}

const ENDED: CompressionError = CompressionError::Ended(Compression::Gzip);
const FIXED_HEADER: usize = 10;

const fn malformed(part: &'static str) -> CompressionError {
    CompressionError::Malformed {
        codec: Compression::Gzip,
        part,
    }
}

/// How far a counter moved within one call on buffers that fit memory.
fn difference(after: u64, before: u64) -> usize {
    usize::try_from(after.saturating_sub(before)).unwrap_or(usize::MAX)
}

/// What follows the header at the front of `bytes`, if there is one.
fn after_header(bytes: &[u8]) -> Option<&[u8]> {
    let mut cursor = Cursor::new(bytes);
    if cursor.array::<3>()? != [0x1f, 0x8b, 8] {
        return None;
    }
    let flags = cursor.u8()?;
    cursor.take(6)?;
    if flags & 0x04 != 0 {
        let length = u16::from_le_bytes(cursor.array()?);
        cursor.take(usize::from(length))?;
    }
    for flag in [0x08, 0x10] {
        if flags & flag != 0 {
            while cursor.u8()? != 0 {}
        }
    }
    if flags & 0x02 != 0 {
        cursor.take(2)?;
    }
    Some(cursor.rest())
}

pub(crate) fn compress(
    level: Option<i32>,
    plain: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), CompressionError> {
    let level = level
        .and_then(|level| u32::try_from(level).ok())
        .map_or_else(flate2::Compression::default, |level| {
            flate2::Compression::new(level.min(9))
        });
    let mut encoder = flate2::write::GzEncoder::new(out, level);
    encoder
        .write_all(plain)
        .and_then(|()| encoder.finish().map(|_| ()))
        .map_err(|_| CompressionError::Encode(Compression::Gzip))
}
