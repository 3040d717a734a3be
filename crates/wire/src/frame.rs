//! Encoded bytes that are ready to be sent.

use bytes::Bytes;

/// A message as a list of chunks: small parts in one buffer, large ones shared without a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    chunks: Vec<Bytes>,
}

impl Frame {
    /// A frame of the given chunks; empty ones are left out.
    #[must_use]
    pub fn new(chunks: Vec<Bytes>) -> Self {
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
    pub fn chunks(&self) -> &[Bytes] {
        &self.chunks
    }

    /// Takes the chunks out.
    #[must_use]
    pub fn into_chunks(self) -> Vec<Bytes> {
        self.chunks
    }

    /// All bytes in one vector.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.len());
        for chunk in &self.chunks {
            out.extend_from_slice(chunk);
        }
        out
    }
}

impl From<Vec<u8>> for Frame {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(vec![Bytes::from(bytes)])
    }
}
