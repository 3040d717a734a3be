//! Snappy blocks: in the xerial stream that Java writes, or bare as librdkafka may send.

use std::ops::Range;

use super::{Compression, CompressionError, OutputLimit};
use crate::cursor::Cursor;

/// Decodes block by block.
#[derive(Default)]
pub(crate) struct Snappy {
    stage: Stage,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Start,
    Chunks,
}

impl Snappy {
    pub(crate) fn start(&mut self) -> &mut Self {
        self.stage = Stage::Start;
        self
    }

    /// `left` is what the limit still allows.
    pub(crate) fn fill(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
        left: usize,
        limit: OutputLimit,
    ) -> Result<Range<usize>, CompressionError> {
        if self.stage == Stage::Start {
            self.stage = Stage::Chunks;
            if !input.starts_with(MAGIC) {
                let block = std::mem::take(input);
                return decode_block(block, out, left, limit);
            }
        }
        loop {
            if input.is_empty() {
                return Ok(0..0);
            }
            // Streams may follow each other, each with its header.
            if input.starts_with(MAGIC) {
                *input = input.get(HEADER_LEN..).ok_or(ENDED)?;
                continue;
            }
            let mut cursor = Cursor::new(input);
            // Fewer bytes than a length are ignored, as Java does.
            let Some(length) = cursor.i32() else {
                *input = &[];
                return Ok(0..0);
            };
            let length = usize::try_from(length).map_err(|_| malformed("chunk length"))?;
            let block = cursor.take(length).ok_or(ENDED)?;
            *input = cursor.rest();
            let range = decode_block(block, out, left, limit)?;
            if !range.is_empty() {
                return Ok(range);
            }
        }
    }
}

/// The length that a block declares is believed only as far as Snappy can stretch its bytes:
/// three of them copy at most 64.
fn decode_block(
    block: &[u8],
    out: &mut Vec<u8>,
    left: usize,
    limit: OutputLimit,
) -> Result<Range<usize>, CompressionError> {
    if block.is_empty() {
        return Err(ENDED);
    }
    let declared = snap::raw::decompress_len(block).map_err(|_| malformed("block length"))?;
    if declared > block.len().saturating_mul(STRETCH) {
        return Err(malformed("block length"));
    }
    if declared > left {
        return Err(CompressionError::Limit(limit));
    }
    out.resize(declared, 0);
    let written = snap::raw::Decoder::new()
        .decompress(block, out)
        .map_err(|_| malformed("block"))?;
    Ok(0..written)
}

pub(crate) fn compress(plain: &[u8], out: &mut Vec<u8>) -> Result<(), CompressionError> {
    let failed = |_| CompressionError::Encode(Compression::Snappy);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&[0, 0, 0, 1, 0, 0, 0, 1]);
    let mut encoder = snap::raw::Encoder::new();
    let mut block = vec![0; snap::raw::max_compress_len(BLOCK)];
    for chunk in plain.chunks(BLOCK) {
        let length = encoder.compress(chunk, &mut block).map_err(failed)?;
        let prefix =
            u32::try_from(length).map_err(|_| CompressionError::Encode(Compression::Snappy))?;
        out.extend_from_slice(&prefix.to_be_bytes());
        out.extend_from_slice(block.get(..length).unwrap_or_default());
    }
    Ok(())
}

const MAGIC: &[u8] = &[0x82, b'S', b'N', b'A', b'P', b'P', b'Y', 0];
/// The magic, a version and the oldest version that can read it.
const HEADER_LEN: usize = 16;
const BLOCK: usize = 32 << 10;
const STRETCH: usize = 22;
const ENDED: CompressionError = CompressionError::Ended(Compression::Snappy);

const fn malformed(part: &'static str) -> CompressionError {
    CompressionError::Malformed {
        codec: Compression::Snappy,
        part,
    }
}
