//! Frames out of a stream of bytes.
//!
//! Responsible for cutting a stream at its length prefixes, and for the limit on a frame. Not
//! responsible for where the bytes come from, nor for what a frame holds.
//!
//! S1  however the stream is cut into pushes, the frames are the same
//! S2  nothing is reserved for a frame before its bytes are there
//! S3  after an error there is no further frame: where the next would begin is not known

use bytes::{Buf as _, Bytes, BytesMut};

/// Why a stream cannot be cut any further. The connection has to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// The length prefix is negative.
    #[error("frame length {0} is negative")]
    NegativeLength(i32),
    /// The frame is longer than allowed.
    #[error("frame length {length} is above the limit of {limit}")]
    TooLong {
        /// Length that the prefix says.
        length: usize,
        /// Most that is allowed.
        limit: usize,
    },
}

/// Cuts a stream of bytes into frames: an int32 length each, and so many bytes.
///
/// ```
/// use ottla_protocol::FrameSplitter;
///
/// let mut splitter = FrameSplitter::new(100);
/// splitter.push(&[0, 0, 0, 2, 7]);
/// assert_eq!(splitter.next_frame(), Ok(None));
/// splitter.push(&[8, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
/// assert_eq!(splitter.next_frame().unwrap().unwrap(), [7, 8][..]);
/// assert!(splitter.next_frame().unwrap().unwrap().is_empty());
/// assert!(splitter.next_frame().is_err());
/// ```
#[derive(Clone, Debug)]
pub struct FrameSplitter {
    buffer: BytesMut,
    limit: usize,
    /// Length of the frame that is being received.
    length: Option<usize>,
    failed: Option<FrameError>,
}

impl FrameSplitter {
    /// A splitter for frames of at most `limit` bytes, their length prefix not counted.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            buffer: BytesMut::new(),
            limit,
            length: None,
            failed: None,
        }
    }

    /// Takes the next bytes of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.failed.is_none() {
            self.buffer.extend_from_slice(bytes);
        }
    }

    /// The buffer that received bytes are to be appended to, instead of a push that copies them.
    pub fn buffer_mut(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// The next complete frame without its length prefix, `None` when more bytes are needed.
    ///
    /// # Errors
    /// When a length is negative or above the limit; from then on always.
    pub fn next_frame(&mut self) -> Result<Option<Bytes>, FrameError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let length = match self.length {
            Some(length) => length,
            None => match self.read_length() {
                Ok(Some(length)) => length,
                Ok(None) => return Ok(None),
                Err(error) => {
                    self.failed = Some(error);
                    self.buffer = BytesMut::new();
                    return Err(error);
                }
            },
        };
        if self.buffer.len() < length {
            return Ok(None);
        }
        self.length = None;
        Ok(Some(self.buffer.split_to(length).freeze()))
    }

    fn read_length(&mut self) -> Result<Option<usize>, FrameError> {
        let Ok(length) = self.buffer.try_get_i32() else {
            return Ok(None);
        };
        let limit = self.limit;
        let length = usize::try_from(length).map_err(|_| FrameError::NegativeLength(length))?;
        if length > limit {
            return Err(FrameError::TooLong { length, limit });
        }
        self.length = Some(length);
        Ok(self.length)
    }

    /// Bytes that are held and belong to no complete frame yet, the length prefix not counted once
    /// it was read.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.buffer.len()
    }

    /// Bytes that the frame under way still lacks, `None` while its length is not known.
    #[must_use]
    pub fn missing(&self) -> Option<usize> {
        let length = self.length?;
        Some(length.saturating_sub(self.buffer.len()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn the_frames_do_not_depend_on_the_cuts(
            frames in vec(vec(any::<u8>(), 0..40), 0..12),
            cuts in vec(0usize..60, 1..40),
        ) {
            let mut stream = Vec::new();
            for frame in &frames {
                stream.extend_from_slice(&i32::try_from(frame.len()).unwrap().to_be_bytes());
                stream.extend_from_slice(frame);
            }
            let mut splitter = FrameSplitter::new(40);
            let mut found = Vec::new();
            let mut rest = stream.as_slice();
            for cut in cuts.iter().cycle().take(600).chain([&stream.len()]) {
                let (chunk, after) = rest.split_at((*cut).min(rest.len()));
                splitter.push(chunk);
                rest = after;
                while let Some(frame) = splitter.next_frame().unwrap() {
                    found.push(frame.to_vec());
                }
            }
            prop_assert_eq!(found, frames);
            prop_assert_eq!(splitter.pending(), 0);
        }
    }

    #[test]
    fn a_length_beyond_the_limit_ends_the_stream() {
        let error = FrameError::TooLong {
            length: 5,
            limit: 4,
        };
        check(&[0, 0, 0, 5, 1, 2, 3, 4, 5], error);
        check(&[0x80, 0, 0, 0], FrameError::NegativeLength(i32::MIN));
    }

    fn check(bytes: &[u8], error: FrameError) {
        let mut splitter = FrameSplitter::new(4);
        splitter.push(&[0, 0, 0, 4, 1, 2, 3, 4]);
        splitter.push(bytes);
        assert_eq!(splitter.next_frame().unwrap().unwrap(), [1, 2, 3, 4][..]);
        assert_eq!(splitter.next_frame(), Err(error));
        splitter.push(&[0, 0, 0, 0]);
        assert_eq!(splitter.next_frame(), Err(error));
        assert_eq!(splitter.pending(), 0);
    }

    #[test]
    fn an_announced_frame_takes_no_memory() {
        let mut splitter = FrameSplitter::new(1 << 30);
        splitter.push(&(1i32 << 30).to_be_bytes());
        assert_eq!(splitter.next_frame(), Ok(None));
        assert_eq!(splitter.missing(), Some(1 << 30));
        assert!(splitter.buffer_mut().capacity() < 1024);
    }
}
