//! A part of a frame: bytes in memory, or a range of a file.

#[cfg(unix)]
use std::os::fd::BorrowedFd;
use std::{fmt::Debug, io, sync::Arc};

use bytes::Bytes;
use ottla_types::Saturate;

/// A part of a message that is not copied into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chunk {
    /// Bytes in memory.
    Bytes(Bytes),
    /// Bytes that are still where they are kept.
    Range(FileRange),
}

impl Chunk {
    /// Length in bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Range(range) => range.len(),
        }
    }

    /// Whether there are no bytes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes, if they are in memory.
    #[must_use]
    pub fn as_slice(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Range(_) => None,
        }
    }

    /// Appends the bytes to `to`.
    ///
    /// # Errors
    /// What [`FileRange::read`] says.
    pub fn copy_to(&self, to: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Bytes(bytes) => to.extend_from_slice(bytes),
            Self::Range(range) => range.read(to, range.len())?,
        }
        Ok(())
    }
}

impl Default for Chunk {
    /// No bytes.
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl From<Bytes> for Chunk {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<FileRange> for Chunk {
    fn from(range: FileRange) -> Self {
        Self::Range(range)
    }
}

/// Bytes that are kept outside memory. The implementor keeps them readable for as long as it lives.
pub trait FileBytes: Debug + Send + Sync {
    /// Appends up to `max` bytes from `position` on to `to`; fewer only at the end of the file.
    ///
    /// # Errors
    /// What the system says; and when the bytes may not be those any more that they were when the
    /// range was made.
    fn read_at(&self, to: &mut Vec<u8>, max: usize, position: u64) -> io::Result<usize>;

    /// The open file, for a system call that moves its bytes; `None` if there is none.
    ///
    /// # Errors
    /// When the bytes may not be those any more that they were when the range was made.
    #[cfg(unix)]
    fn descriptor(&self) -> io::Result<Option<BorrowedFd<'_>>>;
}

/// A range of a file, which stays open for as long as the range lives.
#[derive(Clone, Debug)]
pub struct FileRange {
    file: Arc<dyn FileBytes>,
    position: u64,
    len: usize,
}

impl FileRange {
    /// `len` bytes of `file` from `position` on.
    #[must_use]
    pub fn new(file: Arc<dyn FileBytes>, position: u64, len: usize) -> Self {
        Self {
            file,
            position,
            len,
        }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no bytes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where the first byte lies in the file.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// The open file, if there is one.
    ///
    /// # Errors
    /// When the bytes may not be those any more that they were when the range was made.
    #[cfg(unix)]
    pub fn descriptor(&self) -> io::Result<Option<BorrowedFd<'_>>> {
        self.file.descriptor()
    }

    /// Appends the first `len` bytes of the range to `to`, or all if it is shorter.
    ///
    /// # Errors
    /// `UnexpectedEof` when the file ends within them, or what the system says. `to` is then as
    /// it was.
    pub fn read(&self, to: &mut Vec<u8>, len: usize) -> io::Result<()> {
        let (before, len) = (to.len(), len.min(self.len));
        let read = self.file.read_at(to, len, self.position);
        if let Ok(read) = read
            && read == len
        {
            return Ok(());
        }
        to.truncate(before);
        Err(read
            .err()
            .unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into()))
    }

    /// Drops up to `len` bytes at the front.
    pub fn advance(&mut self, len: usize) {
        let len = len.min(self.len);
        self.position = self.position.saturating_add(len.saturate());
        self.len = self.len.saturating_sub(len);
    }
}

/// The same range of the same open file.
impl PartialEq for FileRange {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.file, &other.file)
            && (self.position, self.len) == (other.position, other.len)
    }
}

impl Eq for FileRange {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file in memory.
    #[derive(Debug)]
    struct Text(&'static [u8]);

    impl FileBytes for Text {
        fn read_at(&self, to: &mut Vec<u8>, max: usize, position: u64) -> io::Result<usize> {
            let position: usize = position.saturate();
            let rest = self.0.get(position..).unwrap_or_default();
            let read = rest.get(..max.min(rest.len())).unwrap_or_default();
            to.extend_from_slice(read);
            Ok(read.len())
        }

        #[cfg(unix)]
        fn descriptor(&self) -> io::Result<Option<BorrowedFd<'_>>> {
            Ok(None)
        }
    }

    fn range(position: u64, len: usize) -> FileRange {
        FileRange::new(Arc::new(Text(b"0123456789")), position, len)
    }

    #[test]
    fn a_range_gives_its_bytes_and_no_others() {
        let mut range = range(2, 5);
        let mut out = b"> ".to_vec();
        range.read(&mut out, 3).unwrap();
        assert_eq!(out, b"> 234");
        range.advance(3);
        assert_eq!((range.position(), range.len()), (5, 2));
        range.read(&mut out, usize::MAX).unwrap();
        assert_eq!(out, b"> 23456");
        range.advance(usize::MAX);
        assert_eq!((range.position(), range.is_empty()), (7, true));
    }

    #[test]
    fn a_file_that_ends_within_the_range_is_an_error() {
        let range = range(8, 3);
        let mut out = b"kept".to_vec();
        let error = range.read(&mut out, 3).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(out, b"kept");
        range.read(&mut out, 2).unwrap();
        assert_eq!(out, b"kept89");
    }

    #[test]
    fn ranges_are_equal_when_they_are_the_same_place() {
        let one = range(2, 5);
        assert_eq!(one, one.clone());
        assert_ne!(one, range(2, 5), "another file");
        let mut later = one.clone();
        later.advance(1);
        assert_ne!(one, later);
        assert_ne!(Chunk::Range(one), Chunk::default());
    }
}
