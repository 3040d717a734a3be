//! Bytes that wait to be sent on one connection.

use std::{
    collections::VecDeque,
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll},
};

use bytes::{Buf, Bytes};
use ottla_wire::Frame;
use tokio::io::AsyncWrite;

/// Answers in the order in which they leave.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    chunks: VecDeque<Bytes>,
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
    pub(crate) fn poll_write<W: AsyncWrite + Unpin>(
        &mut self,
        socket: &mut W,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        let mut slices = [IoSlice::new(&[]); SLICES];
        let count = self.chunks.len().min(SLICES);
        for (slice, chunk) in slices.iter_mut().zip(&self.chunks) {
            *slice = IoSlice::new(chunk);
        }
        let written = Pin::new(socket).poll_write_vectored(cx, &slices[..count]);
        if let Poll::Ready(Ok(bytes)) = written {
            self.advance(bytes);
        }
        written
    }

    fn advance(&mut self, mut bytes: usize) {
        self.unsent -= bytes;
        while let Some(first) = self.chunks.front_mut() {
            if first.len() > bytes {
                first.advance(bytes);
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

/// Chunks per write: two for each of the requests that a connection handles in a turn.
const SLICES: usize = 64;

/// Places for chunks that an idle connection keeps.
const KEPT: usize = 8;

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    /// Takes `room` bytes at a time.
    struct Narrow {
        room: usize,
        taken: Vec<u8>,
    }

    impl AsyncWrite for Narrow {
        fn poll_write(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &[u8],
        ) -> Poll<io::Result<usize>> {
            unreachable!("answers are gathered")
        }

        fn poll_write_vectored(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            slices: &[IoSlice<'_>],
        ) -> Poll<io::Result<usize>> {
            let offered: Vec<u8> = slices.iter().flat_map(|slice| slice.to_vec()).collect();
            let room = self.room.min(offered.len());
            self.taken.extend_from_slice(&offered[..room]);
            Poll::Ready(Ok(room))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    #[test]
    fn any_partial_write_keeps_order() {
        let frames: Vec<Vec<u8>> = (1..=100u8)
            .map(|fill| vec![fill; usize::from(fill)])
            .collect();
        let expected = frames.concat();
        for room in [1, 7, 63, 1000, 1 << 20] {
            let mut answers = Answers::default();
            for frame in &frames {
                answers.push(Frame::from(frame.clone()));
            }
            let mut socket = Narrow {
                room,
                taken: Vec::new(),
            };
            let cx = &mut Context::from_waker(Waker::noop());
            while !answers.is_empty() {
                assert_eq!(answers.unsent(), expected.len() - socket.taken.len());
                assert!(answers.poll_write(&mut socket, cx).is_ready());
            }
            assert_eq!(answers.unsent(), 0);
            assert!(socket.taken == expected, "room {room}");
        }
    }
}
