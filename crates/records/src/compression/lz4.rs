//! LZ4 frames.
//!
//! Read: independent and linked blocks, any block size, block and content checksums, frames one after
//! another, skippable frames, and the header checksum of magic 0, which covers the frame magic too.
//! Written: 64 KiB independent blocks, no checksums, as Apache does.
//!
//! Spec: the LZ4 frame format 1.6; KAFKA-3160 (header checksum).

use std::ops::Range;

use xxhash_rust::xxh32::{Xxh32, xxh32};

use super::{Compression, CompressionError, Framing};
use crate::cursor::Cursor;

/// Decodes block by block. In the output buffer up to 64 KiB of history come before each block.
pub(crate) struct Lz4 {
    framing: Framing,
    frame: Option<Frame>,
    /// A frame must follow: nothing has been decoded.
    first: bool,
    history: usize,
    content: Xxh32,
}

/// What the header of the current frame says.
#[derive(Clone, Copy)]
struct Frame {
    block_max: usize,
    linked: bool,
    block_checksum: bool,
    content_checksum: bool,
}

impl Default for Lz4 {
    fn default() -> Self {
        Self {
            framing: Framing::Standard,
            frame: None,
            first: true,
            history: 0,
            content: Xxh32::new(0),
        }
    }
}

impl Lz4 {
    pub(crate) fn start(&mut self, framing: Framing) -> &mut Self {
        *self = Self {
            framing,
            ..Self::default()
        };
        self
    }

    pub(crate) fn fill(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Range<usize>, CompressionError> {
        loop {
            let Some(frame) = self.frame else {
                // What follows the first frame and is no frame is ignored, as Apache does.
                if !self.first && !starts_frame(input) {
                    *input = &[];
                    return Ok(0..0);
                }
                self.open_frame(input)?;
                continue;
            };
            let mut cursor = Cursor::new(input);
            let word = u32::from_le_bytes(cursor.array().ok_or(ENDED)?);
            if word == 0 {
                self.close_frame(frame, &mut cursor)?;
                *input = cursor.rest();
                continue;
            }
            let length = usize::try_from(word & !UNCOMPRESSED).map_err(|_| malformed("block"))?;
            if length > frame.block_max {
                return Err(malformed("block size"));
            }
            let block = cursor.take(length).ok_or(ENDED)?;
            if frame.block_checksum {
                let stored = u32::from_le_bytes(cursor.array().ok_or(ENDED)?);
                if stored != xxh32(block, 0) {
                    return Err(malformed("block checksum"));
                }
            }
            *input = cursor.rest();
            let range = self.decode_block(frame, block, word & UNCOMPRESSED != 0, out)?;
            if !range.is_empty() {
                return Ok(range);
            }
        }
    }

    fn decode_block(
        &mut self,
        frame: Frame,
        block: &[u8],
        stored: bool,
        out: &mut Vec<u8>,
    ) -> Result<Range<usize>, CompressionError> {
        if !frame.linked {
            self.history = 0;
        }
        let start = self.history;
        let needed = start.saturating_add(frame.block_max);
        if out.len() < needed {
            out.resize(needed, 0);
        }
        let (history, place) = out
            .split_at_mut_checked(start)
            .ok_or(malformed("history"))?;
        let place = place
            .get_mut(..frame.block_max)
            .ok_or(malformed("block size"))?;
        let written = if stored {
            place
                .get_mut(..block.len())
                .ok_or(malformed("block size"))?
                .copy_from_slice(block);
            block.len()
        } else if history.is_empty() {
            lz4_flex::block::decompress_into(block, place).map_err(|_| malformed("block"))?
        } else {
            lz4_flex::block::decompress_into_with_dict(block, place, history)
                .map_err(|_| malformed("block"))?
        };
        let end = start.saturating_add(written);
        if frame.content_checksum {
            self.content
                .update(place.get(..written).unwrap_or_default());
        }
        Ok(self.keep_history(frame, start..end, out))
    }

    /// Moves the last 64 KiB of a linked frame's output to where the next block finds them, and says
    /// where the new block lies then.
    fn keep_history(
        &mut self,
        frame: Frame,
        fresh: Range<usize>,
        out: &mut Vec<u8>,
    ) -> Range<usize> {
        if !frame.linked {
            return fresh;
        }
        // The fresh block must stay readable until the next call, so it is copied aside behind the
        // place of the next one, which starts after the history.
        let kept = fresh.end.min(HISTORY);
        let from = fresh.end.saturating_sub(kept);
        let aside = HISTORY.saturating_add(frame.block_max);
        let length = fresh.len();
        let needed = aside.saturating_add(length);
        if out.len() < needed {
            out.resize(needed, 0);
        }
        out.copy_within(fresh.clone(), aside);
        out.copy_within(from..fresh.end, 0);
        self.history = kept;
        aside..needed
    }

    fn open_frame(&mut self, input: &mut &[u8]) -> Result<(), CompressionError> {
        let mut cursor = Cursor::new(input);
        let magic = u32::from_le_bytes(cursor.array().ok_or(ENDED)?);
        if is_skippable(magic) {
            let length = u32::from_le_bytes(cursor.array().ok_or(ENDED)?);
            cursor
                .take(usize::try_from(length).map_err(|_| ENDED)?)
                .ok_or(ENDED)?;
            *input = cursor.rest();
            self.first = false;
            return Ok(());
        }
        if magic != MAGIC {
            return Err(malformed("magic"));
        }
        let descriptor = cursor.rest();
        let flags = cursor.u8().ok_or(ENDED)?;
        let block_byte = cursor.u8().ok_or(ENDED)?;
        if flags >> 6 != 1 || flags & (RESERVED_FLAG | DICTIONARY_ID) != 0 {
            return Err(malformed("flags"));
        }
        let block_max = match block_byte {
            0x40 => 64 << 10,
            0x50 => 256 << 10,
            0x60 => 1 << 20,
            0x70 => 4 << 20,
            _ => return Err(malformed("block size")),
        };
        if flags & CONTENT_SIZE != 0 {
            cursor.take(8).ok_or(ENDED)?;
        }
        let length = descriptor.len().saturating_sub(cursor.rest().len());
        let checksum = cursor.u8().ok_or(ENDED)?;
        let covered = descriptor.get(..length).unwrap_or_default();
        if !self.is_header_checksum(checksum, covered) {
            return Err(malformed("header checksum"));
        }
        *input = cursor.rest();
        self.first = false;
        self.history = 0;
        self.content = Xxh32::new(0);
        self.frame = Some(Frame {
            block_max,
            linked: flags & INDEPENDENT == 0,
            block_checksum: flags & BLOCK_CHECKSUM != 0,
            content_checksum: flags & CONTENT_CHECKSUM != 0,
        });
        Ok(())
    }

    /// In magic 0 both the right checksum and Kafka's old one are good.
    fn is_header_checksum(&self, stored: u8, descriptor: &[u8]) -> bool {
        stored == second_byte(xxh32(descriptor, 0))
            || (self.framing == Framing::Magic0 && {
                let mut hash = Xxh32::new(0);
                hash.update(&MAGIC.to_le_bytes());
                hash.update(descriptor);
                stored == second_byte(hash.digest())
            })
    }

    fn close_frame(
        &mut self,
        frame: Frame,
        cursor: &mut Cursor<'_>,
    ) -> Result<(), CompressionError> {
        if frame.content_checksum {
            let stored = u32::from_le_bytes(cursor.array().ok_or(ENDED)?);
            if stored != self.content.digest() {
                return Err(malformed("content checksum"));
            }
        }
        self.frame = None;
        Ok(())
    }
}

pub(crate) fn compress(plain: &[u8], out: &mut Vec<u8>) -> Result<(), CompressionError> {
    out.extend_from_slice(&MAGIC.to_le_bytes());
    let descriptor = [0x40 | INDEPENDENT, 0x40];
    out.extend_from_slice(&descriptor);
    out.push(second_byte(xxh32(&descriptor, 0)));
    let mut buffer = vec![0; lz4_flex::block::get_maximum_output_size(BLOCK)];
    for chunk in plain.chunks(BLOCK) {
        let length = lz4_flex::block::compress_into(chunk, &mut buffer)
            .map_err(|_| CompressionError::Encode(Compression::Lz4))?;
        let (flag, block) = match buffer.get(..length) {
            Some(block) if length < chunk.len() => (0, block),
            _ => (UNCOMPRESSED, chunk),
        };
        let size =
            u32::try_from(block.len()).map_err(|_| CompressionError::Encode(Compression::Lz4))?;
        out.extend_from_slice(&(size | flag).to_le_bytes());
        out.extend_from_slice(block);
    }
    out.extend_from_slice(&[0; 4]);
    Ok(())
}

const MAGIC: u32 = 0x184d_2204;
const SKIPPABLE: u32 = 0x184d_2a50;
const INDEPENDENT: u8 = 0x20;
const BLOCK_CHECKSUM: u8 = 0x10;
const CONTENT_SIZE: u8 = 0x08;
const CONTENT_CHECKSUM: u8 = 0x04;
const RESERVED_FLAG: u8 = 0x02;
const DICTIONARY_ID: u8 = 0x01;
const UNCOMPRESSED: u32 = 1 << 31;
/// How far back a linked block may point.
const HISTORY: usize = 64 << 10;
const BLOCK: usize = 64 << 10;
const ENDED: CompressionError = CompressionError::Ended(Compression::Lz4);

const fn malformed(part: &'static str) -> CompressionError {
    CompressionError::Malformed {
        codec: Compression::Lz4,
        part,
    }
}

fn starts_frame(bytes: &[u8]) -> bool {
    Cursor::new(bytes)
        .array()
        .map(u32::from_le_bytes)
        .is_some_and(|magic| magic == MAGIC || is_skippable(magic))
}

fn is_skippable(magic: u32) -> bool {
    (SKIPPABLE..=SKIPPABLE | 0x0f).contains(&magic)
}

fn second_byte(hash: u32) -> u8 {
    let [_, second, _, _] = hash.to_le_bytes();
    second
}
