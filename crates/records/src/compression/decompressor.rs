//! One decoder for all codecs, with contexts and buffers that are used again.

use std::{fmt, ops::Range};

use super::{
    Compression, CompressionError, OutputLimit, gzip::Gzip, lz4::Lz4, snappy::Snappy,
    zstandard::Zstandard,
};
use crate::{
    RecordFault,
    cursor::{Input, widen},
};

/// Which variant of a codec's framing may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// As in v1 and v2.
    Standard,
    /// As in message sets of magic 0, whose LZ4 header checksum covers the frame magic too.
    Magic0,
}

/// Decodes batches one after another, and keeps what it allocated for the next.
///
/// Holds at most the output of one batch (up to the limit) and, for Zstandard, its window.
#[derive(Default)]
pub struct Decompressor {
    limit: OutputLimit,
    codecs: Codecs,
    chunk: Vec<u8>,
    plain: Vec<u8>,
}

#[derive(Default)]
struct Codecs {
    gzip: Option<Box<Gzip>>,
    snappy: Snappy,
    lz4: Lz4,
    zstd: Option<Zstandard>,
}

impl Decompressor {
    /// With the default limit.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a limit of the caller's.
    #[must_use]
    pub fn with_limit(limit: OutputLimit) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    /// Changes the limit for the batches to come.
    pub fn set_limit(&mut self, limit: OutputLimit) {
        self.limit = limit;
    }

    /// All of `bytes` decompressed, in a buffer that is good until the next call.
    ///
    /// # Errors
    /// As [`Compression::decompress`].
    pub fn decompress(
        &mut self,
        codec: Compression,
        bytes: &[u8],
    ) -> Result<&[u8], CompressionError> {
        self.decompress_framed(codec, Framing::Standard, bytes)
    }

    pub(crate) fn decompress_framed(
        &mut self,
        codec: Compression,
        framing: Framing,
        bytes: &[u8],
    ) -> Result<&[u8], CompressionError> {
        let mut plain = std::mem::take(&mut self.plain);
        plain.clear();
        plain.shrink_to(KEPT);
        let outcome = self.stream(codec, framing, bytes).and_then(|mut stream| {
            while stream.refill()? {
                plain.extend_from_slice(stream.ready());
            }
            Ok(())
        });
        self.plain = plain;
        outcome.map(|()| self.plain.as_slice())
    }

    /// The buffer of the last [`decompress`](Self::decompress).
    pub(crate) fn into_plain(self) -> Vec<u8> {
        self.plain
    }

    /// Starts to decode `bytes` in pieces.
    pub(crate) fn stream<'d>(
        &'d mut self,
        codec: Compression,
        framing: Framing,
        bytes: &'d [u8],
    ) -> Result<Stream<'d>, CompressionError> {
        if self.chunk.capacity() > KEPT {
            self.chunk = Vec::new();
        }
        let active = match codec {
            Compression::None => Active::Plain,
            Compression::Gzip => Active::Gzip(self.codecs.gzip.get_or_insert_default().start()),
            Compression::Snappy => Active::Snappy(self.codecs.snappy.start()),
            Compression::Lz4 => Active::Lz4(self.codecs.lz4.start(framing)),
            Compression::Zstd => Active::Zstd(Zstandard::start(&mut self.codecs.zstd)?),
        };
        Ok(Stream {
            active,
            input: bytes,
            out: &mut self.chunk,
            ready: 0..0,
            produced: 0,
            limit: self.limit,
        })
    }
}

impl fmt::Debug for Decompressor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decompressor")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// Most bytes of an output buffer that are kept from one batch to the next.
const KEPT: usize = 1 << 20;

enum Active<'d> {
    Plain,
    Gzip(&'d mut Gzip),
    Snappy(&'d mut Snappy),
    Lz4(&'d mut Lz4),
    Zstd(&'d mut Zstandard),
}

/// The output of one batch, piece by piece.
pub(crate) struct Stream<'d> {
    active: Active<'d>,
    input: &'d [u8],
    out: &'d mut Vec<u8>,
    ready: Range<usize>,
    /// Bytes handed over by the codec so far, `ready` included.
    produced: usize,
    limit: OutputLimit,
}

impl Stream<'_> {
    /// The bytes decoded and not yet read.
    fn ready(&self) -> &[u8] {
        self.out.get(self.ready.clone()).unwrap_or_default()
    }

    /// Decodes the next piece, dropping what is ready; false at the end of the output.
    fn refill(&mut self) -> Result<bool, CompressionError> {
        let left = self.limit.0.saturating_sub(self.produced);
        self.ready = match &mut self.active {
            Active::Plain => {
                self.out.clear();
                self.out.extend_from_slice(self.input);
                self.input = &[];
                0..self.out.len()
            }
            Active::Gzip(gzip) => gzip.fill(&mut self.input, self.out)?,
            Active::Snappy(snappy) => snappy.fill(&mut self.input, self.out, left, self.limit)?,
            Active::Lz4(lz4) => lz4.fill(&mut self.input, self.out)?,
            Active::Zstd(zstd) => zstd.fill(&mut self.input, self.out)?,
        };
        self.produced = self.produced.saturating_add(self.ready.len());
        if self.produced > self.limit.0 {
            return Err(CompressionError::Limit(self.limit));
        }
        Ok(!self.ready.is_empty())
    }
}

impl Input for Stream<'_> {
    #[inline]
    fn byte(&mut self) -> Result<u8, RecordFault> {
        loop {
            if let Some(&byte) = self.ready().first() {
                self.ready.start = self.ready.start.wrapping_add(1);
                return Ok(byte);
            }
            if !self.refill()? {
                return Err(RecordFault::Ended);
            }
        }
    }

    #[inline]
    fn skip(&mut self, count: u64) -> Result<(), RecordFault> {
        let mut left = count;
        loop {
            let here = widen(self.ready.len());
            if left <= here {
                let step = usize::try_from(left).unwrap_or_default();
                self.ready.start = self.ready.start.saturating_add(step);
                return Ok(());
            }
            left = left.saturating_sub(here);
            if !self.refill()? {
                return Err(RecordFault::Ended);
            }
        }
    }

    #[inline]
    fn position(&self) -> u64 {
        widen(self.produced.saturating_sub(self.ready.len()))
    }

    fn at_end(&mut self) -> Result<bool, RecordFault> {
        while self.ready.is_empty() {
            if !self.refill()? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
