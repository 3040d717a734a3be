//! The five codecs, each decoding in pieces within a bound.
//!
//! Responsible for Kafka's framing of each codec in both directions, and for the bound on what a
//! decoder may produce. Not responsible for what the bytes mean.
//!
//! A [`Decompressor`] is kept by whoever decodes (a connection, a thread): its contexts and buffers
//! are used again, so decoding a batch allocates nothing once they have grown.

use thiserror::Error;

use crate::BatchError;

mod decompressor;
mod gzip;
mod lz4;
mod snappy;
mod zstandard;

pub use decompressor::Decompressor;
pub(crate) use decompressor::Framing;

/// How the records of a batch are compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// gzip members.
    Gzip,
    /// Snappy blocks in the xerial frame.
    Snappy,
    /// LZ4 frames.
    Lz4,
    /// Zstandard frames.
    Zstd,
}

impl Compression {
    /// Every codec, in the order of its number.
    pub const ALL: [Self; 5] = [Self::None, Self::Gzip, Self::Snappy, Self::Lz4, Self::Zstd];

    /// The codec in the low three bits of a batch's attributes.
    pub(crate) fn from_attributes(attributes: i16) -> Result<Self, BatchError> {
        match attributes & 0x07 {
            0 => Ok(Self::None),
            1 => Ok(Self::Gzip),
            2 => Ok(Self::Snappy),
            3 => Ok(Self::Lz4),
            4 => Ok(Self::Zstd),
            5 => Err(BatchError::Codec(5)),
            6 => Err(BatchError::Codec(6)),
            _ => Err(BatchError::Codec(7)),
        }
    }

    /// Its number in the attributes.
    #[must_use]
    pub const fn id(self) -> i16 {
        match self {
            Self::None => 0,
            Self::Gzip => 1,
            Self::Snappy => 2,
            Self::Lz4 => 3,
            Self::Zstd => 4,
        }
    }

    /// Its name in configurations and tool output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gzip => "gzip",
            Self::Snappy => "snappy",
            Self::Lz4 => "lz4",
            Self::Zstd => "zstd",
        }
    }

    /// `plain` in Kafka's framing of the codec. `level` is the codec's own; `None` is Kafka's default.
    /// Snappy has no levels, and LZ4 ignores them: its encoder here is the fast one.
    ///
    /// # Errors
    /// [`CompressionError::Encode`] when the codec's library refuses (out of memory).
    pub fn compress(self, level: Option<i32>, plain: &[u8]) -> Result<Vec<u8>, CompressionError> {
        let mut out = Vec::new();
        self.compress_into(level, plain, &mut out)?;
        Ok(out)
    }

    /// As [`compress`](Self::compress), appended to `out`.
    ///
    /// # Errors
    /// As [`compress`](Self::compress).
    pub fn compress_into(
        self,
        level: Option<i32>,
        plain: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), CompressionError> {
        match self {
            Self::None => {
                out.extend_from_slice(plain);
                Ok(())
            }
            Self::Gzip => gzip::compress(level, plain, out),
            Self::Snappy => snappy::compress(plain, out),
            Self::Lz4 => lz4::compress(plain, out),
            Self::Zstd => zstandard::compress(level, plain, out),
        }
    }

    /// `bytes` decompressed, at most `limit` of it. For more than one, keep a [`Decompressor`].
    ///
    /// # Errors
    /// [`CompressionError`] for bytes that are not the codec's, that end early, or that decode to
    /// more than `limit`.
    pub fn decompress(self, bytes: &[u8], limit: OutputLimit) -> Result<Vec<u8>, CompressionError> {
        let mut decompressor = Decompressor::with_limit(limit);
        decompressor.decompress(self, bytes)?;
        Ok(decompressor.into_plain())
    }
}

/// Most bytes that one batch may decompress to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutputLimit(pub usize);

impl Default for OutputLimit {
    /// 128 MiB: over a hundred times the largest batch a broker takes by default.
    fn default() -> Self {
        Self(128 << 20)
    }
}

/// Compressed bytes that cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CompressionError {
    /// Not the codec's format; the text names the part.
    #[error("{codec}: malformed {part}", codec = .codec.name())]
    Malformed {
        /// The codec.
        codec: Compression,
        /// Which part of its format.
        part: &'static str,
    },
    /// The bytes end before the format says they do.
    #[error("{codec}: ends early", codec = .0.name())]
    Ended(Compression),
    /// More output than allowed.
    #[error("decompresses to more than {} bytes", .0.0)]
    Limit(OutputLimit),
    /// The codec's library refused to encode.
    #[error("{codec}: cannot compress", codec = .0.name())]
    Encode(Compression),
}

/// Bytes that a decoder hands on at a time, unless its format has blocks of its own.
pub(crate) const CHUNK: usize = 64 << 10;
