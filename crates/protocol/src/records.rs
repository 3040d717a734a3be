//! A record set inside a message: never decoded here, never copied.

use std::io;

use bytes::Bytes;
use ottla_wire::{Chunk, EncodeError, Form, Writer};

/// The bytes of a record set.
#[derive(Clone, Debug)]
pub enum Records<'a> {
    /// A view into a received frame.
    View(&'a [u8]),
    /// Shared chunks that an encoder passes on without a copy.
    Shared(Vec<Chunk>),
}

impl<'a> Records<'a> {
    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::View(bytes) => bytes.len(),
            Self::Shared(chunks) => chunks.iter().map(Chunk::len).sum(),
        }
    }

    /// Whether there are no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes, if they are in memory and in one piece; decoded record sets always are.
    #[must_use]
    pub fn as_slice(&self) -> Option<&[u8]> {
        match self {
            Self::View(bytes) => Some(bytes),
            Self::Shared(chunks) => match chunks.as_slice() {
                [] => Some(&[]),
                [chunk] => chunk.as_slice(),
                _ => None,
            },
        }
    }

    /// A copy of the bytes in one piece. Ranges of files are read.
    ///
    /// # Errors
    /// When a range cannot be read; never for a decoded record set.
    pub fn to_vec(&self) -> io::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(self.len());
        match self {
            Self::View(bytes) => out.extend_from_slice(bytes),
            Self::Shared(chunks) => {
                for chunk in chunks {
                    chunk.copy_to(&mut out)?;
                }
            }
        }
        Ok(out)
    }

    /// The same bytes, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Records<'static> {
        match self {
            Self::View(bytes) => Records::Shared(vec![Bytes::copy_from_slice(bytes).into()]),
            Self::Shared(chunks) => Records::Shared(chunks),
        }
    }

    pub(crate) fn encode(&self, w: &mut Writer, form: Form) -> Result<(), EncodeError> {
        match self {
            Self::View(bytes) => w.bytes_as(form, bytes),
            Self::Shared(chunks) => w.shared_as(form, chunks),
        }
    }

    /// The chunks, in memory as far as they are.
    fn chunks(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let (view, shared) = match self {
            Self::View(bytes) => (Some(Some(*bytes)), &[][..]),
            Self::Shared(chunks) => (None, chunks.as_slice()),
        };
        view.into_iter().chain(shared.iter().map(Chunk::as_slice))
    }

    fn in_memory(&self) -> Option<impl Iterator<Item = &u8>> {
        let all = self.chunks().all(|chunk| chunk.is_some());
        all.then(|| self.chunks().flatten().flatten())
    }
}

/// The same bytes in memory, however they are cut, or the same chunks.
impl PartialEq for Records<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other, self.in_memory(), other.in_memory()) {
            (_, _, Some(ours), Some(theirs)) => ours.eq(theirs),
            (Self::Shared(ours), Self::Shared(theirs), ..) => ours == theirs,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equality_is_that_of_the_bytes() {
        let shared = Records::Shared(vec![
            Bytes::from_static(b"ab").into(),
            Bytes::from_static(b"c").into(),
        ]);
        assert_eq!(Records::View(b"abc"), shared);
        assert_eq!(Records::View(b"abc").into_owned(), shared);
        assert_ne!(Records::View(b"abd"), shared);
        assert_eq!((shared.len(), shared.as_slice()), (3, None));
    }
}
