//! Encoded bytes that are ready to be sent.

use std::io;

use bytes::Bytes;

use crate::Chunk;

/// A message as a list of chunks: small parts in one buffer, large ones shared without a copy, or
/// left in the file that holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    chunks: Vec<Chunk>,
}

impl Frame {
    /// A frame of the given chunks; empty ones are left out.
    #[must_use]
    pub fn new(chunks: Vec<Chunk>) -> Self {
        let mut chunks = chunks;
        chunks.retain(|chunk| !chunk.is_empty());
        Self { chunks }
    }

    /// Bytes of all chunks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chunks
            .iter()
            .fold(0, |sum: usize, chunk| sum.saturating_add(chunk.len()))
    }

    /// Whether there is nothing to send.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// The chunks, in order, none empty.
    #[must_use]
    pub fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// Takes the chunks out.
    #[must_use]
    pub fn into_chunks(self) -> Vec<Chunk> {
        self.chunks
    }

    /// All bytes in one vector. Ranges of files are read.
    ///
    /// # Errors
    /// When a range cannot be read; never if all chunks are in memory.
    pub fn to_vec(&self) -> io::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(self.len());
        for chunk in &self.chunks {
            chunk.copy_to(&mut out)?;
        }
        Ok(out)
    }
}

impl From<Vec<u8>> for Frame {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(vec![Chunk::Bytes(Bytes::from(bytes))])
    }
}
