//! A record set inside a message: never decoded here, never copied.

use bytes::Bytes;
use ottla_wire::{EncodeError, Form, Writer};

/// The bytes of a record set.
#[derive(Clone, Debug)]
pub enum Records<'a> {
    /// A view into a received frame.
    View(&'a [u8]),
    /// Shared chunks that an encoder passes on without a copy.
    Shared(Vec<Bytes>),
}

impl<'a> Records<'a> {
    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::View(bytes) => bytes.len(),
            Self::Shared(chunks) => chunks.iter().map(Bytes::len).sum(),
        }
    }

    /// Whether there are no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes in one piece, if they are; decoded record sets always are.
    #[must_use]
    pub fn as_slice(&self) -> Option<&[u8]> {
        match self {
            Self::View(bytes) => Some(bytes),
            Self::Shared(chunks) => match chunks.as_slice() {
                [] => Some(&[]),
                [chunk] => Some(chunk),
                _ => None,
            },
        }
    }

    /// A copy of the bytes in one piece.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        self.chunks().flatten().copied().collect()
    }

    /// The same bytes, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Records<'static> {
        match self {
            Self::View(bytes) => Records::Shared(vec![Bytes::copy_from_slice(bytes)]),
            Self::Shared(chunks) => Records::Shared(chunks),
        }
    }

    pub(crate) fn encode(&self, w: &mut Writer, form: Form) -> Result<(), EncodeError> {
        match self {
            Self::View(bytes) => w.bytes_as(form, bytes),
            Self::Shared(chunks) => w.shared_as(form, chunks),
        }
    }

    fn chunks(&self) -> impl Iterator<Item = &[u8]> {
        let (view, shared) = match self {
            Self::View(bytes) => (Some(*bytes), &[][..]),
            Self::Shared(chunks) => (None, chunks.as_slice()),
        };
        view.into_iter().chain(shared.iter().map(|chunk| &**chunk))
    }
}

impl PartialEq for Records<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.chunks().flatten().eq(other.chunks().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equality_is_that_of_the_bytes() {
        let shared = Records::Shared(vec![Bytes::from_static(b"ab"), Bytes::from_static(b"c")]);
        assert_eq!(Records::View(b"abc"), shared);
        assert_eq!(Records::View(b"abc").into_owned(), shared);
        assert_ne!(Records::View(b"abd"), shared);
        assert_eq!((shared.len(), shared.as_slice()), (3, None));
    }
}
