//! Bytes that wait to be sent on one connection.

use std::{
    collections::VecDeque,
    io::{self, IoSlice},
    task::{Context, Poll, ready},
};

use bytes::{Buf, Bytes};
use ottla_wire::{Chunk, FileRange, Frame};

use crate::socket::Socket;

/// Answers in the order in which they leave.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    chunks: VecDeque<Chunk>,
    unsent: usize,
}

impl Answers {
    pub(crate) fn push(&mut self, frame: Frame) {
        for chunk in frame.into_chunks() {
            self.unsent += chunk.len();
            self.chunks.push_back(chunk);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Bytes that wait.
    pub(crate) fn unsent(&self) -> usize {
        self.unsent
    }

    /// Writes as much as the socket takes in one call; returns how much that was.
    pub(crate) fn poll_write(
        &mut self,
        socket: &mut impl Socket,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        if let Some(Chunk::Range(range)) = self.chunks.front() {
            match ready!(socket.poll_send(cx, range))? {
                Some(0) => return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into())),
                Some(bytes) => {
                    self.advance(bytes);
                    return Poll::Ready(Ok(bytes));
                }
                None => {
                    let front = front(range)?;
                    self.take_out(front);
                }
            }
        }
        let mut slices = [IoSlice::new(&[]); SLICES];
        let in_memory = self.chunks.iter().map_while(Chunk::as_slice);
        let mut count = 0;
        for (slice, chunk) in slices.iter_mut().zip(in_memory) {
            *slice = IoSlice::new(chunk);
            count += 1;
        }
        let more = matches!(self.chunks.get(count), Some(Chunk::Range(_)));
        let written = ready!(socket.poll_write(cx, &slices[..count], more))?;
        self.advance(written);
        Poll::Ready(Ok(written))
    }

    /// Puts the first bytes of the range at the front into its place.
    fn take_out(&mut self, bytes: Bytes) {
        if let Some(Chunk::Range(range)) = self.chunks.front_mut() {
            range.advance(bytes.len());
            if range.is_empty() {
                self.chunks.pop_front();
            }
            self.chunks.push_front(Chunk::Bytes(bytes));
        }
    }

    fn advance(&mut self, mut bytes: usize) {
        self.unsent -= bytes;
        while let Some(first) = self.chunks.front_mut() {
            if first.len() > bytes {
                match first {
                    Chunk::Bytes(first) => first.advance(bytes),
                    Chunk::Range(first) => first.advance(bytes),
                }
                break;
            }
            bytes -= first.len();
            self.chunks.pop_front();
        }
        if self.chunks.is_empty() && self.chunks.capacity() > KEPT {
            self.chunks = VecDeque::new();
        }
    }
}

/// As many bytes of a range as are read at once.
fn front(range: &FileRange) -> io::Result<Bytes> {
    let length = range.len().min(READ);
    let mut bytes = Vec::with_capacity(length);
    range.read(&mut bytes, length)?;
    Ok(Bytes::from(bytes))
}

/// Chunks per write: two for each of the requests that a connection handles in a turn.
const SLICES: usize = 64;

/// Most bytes of a range in memory, where it cannot be sent from its file.
const READ: usize = 64 * 1024;

/// Places for chunks that an idle connection keeps.
const KEPT: usize = 8;

#[cfg(test)]
mod tests {
    use std::{os::fd::BorrowedFd, sync::Arc, task::Waker};

    use ottla_wire::FileBytes;

    use super::*;

    /// Takes `room` bytes at a time.
    struct Narrow {
        room: usize,
        taken: Vec<u8>,
        /// Whether it sends ranges, or wants them read.
        sends: bool,
        /// Whether the last write was said to be followed by more.
        more: bool,
    }

    impl Socket for Narrow {
        fn poll_write(
            &mut self,
            _: &mut Context<'_>,
            parts: &[IoSlice<'_>],
            more: bool,
        ) -> Poll<io::Result<usize>> {
            let before = self.taken.len();
            for part in parts {
                let room = self.room - (self.taken.len() - before);
                self.taken.extend_from_slice(&part[..room.min(part.len())]);
            }
            self.more = more;
            Poll::Ready(Ok(self.taken.len() - before))
        }

        fn poll_send(
            &mut self,
            _: &mut Context<'_>,
            range: &FileRange,
        ) -> Poll<io::Result<Option<usize>>> {
            if !self.sends {
                return Poll::Ready(Ok(None));
            }
            let room = self.room.min(range.len());
            let sent = range.read(&mut self.taken, room);
            Poll::Ready(Ok(Some(sent.map_or(0, |()| room))))
        }
    }

    /// A file in memory.
    #[derive(Debug)]
    struct Memory(Vec<u8>);

    impl FileBytes for Memory {
        fn read_at(&self, to: &mut Vec<u8>, max: usize, position: u64) -> io::Result<usize> {
            let position = usize::try_from(position).expect("small");
            let rest = &self.0[position.min(self.0.len())..];
            let read = &rest[..max.min(rest.len())];
            to.extend_from_slice(read);
            Ok(read.len())
        }

        fn descriptor(&self) -> io::Result<Option<BorrowedFd<'_>>> {
            Ok(None)
        }
    }

    fn range(bytes: &[u8], missing: usize) -> Chunk {
        let file = [b"before", bytes].concat();
        FileRange::new(Arc::new(Memory(file)), 6, bytes.len() + missing).into()
    }

    fn socket(room: usize, sends: bool) -> Narrow {
        Narrow {
            room,
            taken: Vec::new(),
            sends,
            more: false,
        }
    }

    fn check(frames: &[Frame], expected: &[u8]) {
        for room in [1, 7, 63, 1000, 1 << 20] {
            for sends in [false, true] {
                let mut answers = Answers::default();
                for frame in frames {
                    answers.push(frame.clone());
                }
                let mut socket = socket(room, sends);
                let cx = &mut Context::from_waker(Waker::noop());
                while !answers.is_empty() {
                    assert_eq!(answers.unsent(), expected.len() - socket.taken.len());
                    assert!(answers.poll_write(&mut socket, cx).is_ready());
                }
                assert_eq!(answers.unsent(), 0);
                assert!(socket.taken == expected, "room {room}, sends {sends}");
            }
        }
    }

    #[test]
    fn any_partial_write_keeps_order() {
        let parts: Vec<Vec<u8>> = (1..=100u8)
            .map(|fill| vec![fill; usize::from(fill)])
            .collect();
        let frames: Vec<Frame> = parts.iter().cloned().map(Frame::from).collect();
        check(&frames, &parts.concat());
    }

    #[test]
    fn ranges_of_files_keep_their_place() {
        let long: Vec<u8> = (0..=u8::MAX).cycle().take(READ + 1000).collect();
        let frames = [
            Frame::new(vec![Bytes::from("head ").into(), range(b"one two", 0)]),
            Frame::new(vec![
                range(&long, 0),
                range(b"three", 0),
                Bytes::from(" tail").into(),
            ]),
            Frame::from(b"alone".to_vec()),
        ];
        let expected = [b"head one two", &long[..], b"three tailalone"].concat();
        check(&frames, &expected);
    }

    #[test]
    fn what_stands_before_a_range_waits_for_it() {
        let mut answers = Answers::default();
        answers.push(Frame::new(vec![
            Bytes::from("head").into(),
            range(b"body", 0),
        ]));
        answers.push(Frame::from(b"next".to_vec()));
        let mut socket = socket(1000, true);
        let cx = &mut Context::from_waker(Waker::noop());
        let mut followed = Vec::new();
        while !answers.is_empty() {
            assert!(answers.poll_write(&mut socket, cx).is_ready());
            followed.push((socket.taken.len(), socket.more));
        }
        assert_eq!(followed, [(4, true), (8, true), (12, false)]);
    }

    #[test]
    fn a_file_that_is_too_short_is_an_error() {
        for sends in [false, true] {
            let mut answers = Answers::default();
            answers.push(Frame::new(vec![range(b"body", 1)]));
            let mut socket = socket(2, sends);
            let cx = &mut Context::from_waker(Waker::noop());
            let error = loop {
                match answers.poll_write(&mut socket, cx) {
                    Poll::Ready(Ok(_)) => {}
                    Poll::Ready(Err(error)) => break error,
                    Poll::Pending => unreachable!("it never waits"),
                }
            };
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
            assert!(b"body".starts_with(&socket.taken), "{:?}", socket.taken);
        }
    }
}
