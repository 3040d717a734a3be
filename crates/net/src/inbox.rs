//! Bytes that arrived on one connection, and the frames in them.

use std::task::Waker;

use crate::pool::{BufferPool, SLAB};

/// The receive side of a connection, without the socket.
///
/// X1  what is allocated is at most sixteen times what is buffered, or one slab, whatever length
///     a frame announces
/// X2  without buffered bytes, [`Inbox::settle`] leaves no buffer
#[derive(Debug)]
pub(crate) struct Inbox {
    pool: BufferPool,
    /// Number of the connection, for the pool.
    id: u64,
    buffer: Vec<u8>,
    /// Where the first frame that is not consumed begins.
    start: usize,
    /// Bytes of the last frame with its prefix, when it was large: the next is likely the same.
    hint: usize,
    frame_max_bytes: usize,
    /// Whether the pool may know this connection as waiting or exempt from the bound.
    known: bool,
}

/// What stands at the head of an inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// A whole frame of so many bytes, without its prefix.
    Frame(usize),
    /// The beginning of a frame, or nothing.
    Partial,
    /// A length that is negative or too large.
    Refused(i32),
}

impl Inbox {
    pub(crate) fn new(pool: BufferPool, id: u64, frame_max_bytes: usize) -> Self {
        Self {
            pool,
            id,
            buffer: Vec::new(),
            start: 0,
            hint: 0,
            frame_max_bytes,
            known: false,
        }
    }

    pub(crate) fn head(&self) -> Head {
        match self.announced() {
            None => Head::Partial,
            Some(length) => match usize::try_from(length) {
                Ok(length) if length <= self.frame_max_bytes => {
                    if self.buffered() >= PREFIX + length {
                        Head::Frame(length)
                    } else {
                        Head::Partial
                    }
                }
                _ => Head::Refused(length),
            },
        }
    }

    /// The frame at the head; `length` is from [`Head::Frame`].
    pub(crate) fn frame(&self, length: usize) -> &[u8] {
        let start = self.start + PREFIX;
        &self.buffer[start..start + length]
    }

    /// The whole frames that have arrived, from the head on.
    pub(crate) fn frames(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = &self.buffer[self.start..];
        std::iter::from_fn(move || {
            let (prefix, behind) = rest.split_first_chunk()?;
            let length = usize::try_from(i32::from_be_bytes(*prefix)).ok()?;
            if length > self.frame_max_bytes {
                return None;
            }
            let (frame, behind) = behind.split_at_checked(length)?;
            rest = behind;
            Some(frame)
        })
    }

    /// Drops the frame at the head; `length` is from [`Head::Frame`].
    pub(crate) fn consume(&mut self, length: usize) {
        let total = PREFIX + length;
        self.start += total;
        self.hint = if total > LARGE { total } else { 0 };
        if self.start == self.buffer.len() {
            self.buffer.clear();
            self.start = 0;
        }
    }

    /// Whether the beginning of a frame, or more, is buffered.
    pub(crate) fn holds_bytes(&self) -> bool {
        self.buffered() > 0
    }

    /// Bytes of the frame at the head with its prefix, as far as it is known.
    pub(crate) fn needed(&self) -> usize {
        let announced = self
            .announced()
            .and_then(|length| usize::try_from(length).ok());
        announced.map_or(PREFIX, |length| PREFIX + length.min(self.frame_max_bytes))
    }

    /// Makes room; returns the buffer and how many bytes to read at most, or `None` if the pool
    /// has no room at present: the waker is told when it has.
    ///
    /// A large frame is read to its end and no further, so that the next one begins at the front
    /// of the buffer and neither is moved.
    pub(crate) fn room(&mut self, waker: &Waker) -> Option<(&mut Vec<u8>, usize)> {
        let needed = self.needed();
        if self.buffer.capacity() < SLAB {
            let expected = needed.max(self.hint);
            let large = (expected > SLAB).then(|| self.pool.take_unused(expected));
            let buffer = large.flatten();
            self.replace(buffer.unwrap_or_else(|| self.pool.take_slab()));
        }
        let full = self.buffer.len() == self.buffer.capacity();
        if full || self.start + needed > self.buffer.capacity() {
            self.reach(needed, waker)?;
        }
        let spare = self.buffer.capacity() - self.buffer.len();
        let wanted = if needed > LARGE {
            needed - self.buffered()
        } else if self.hint > 0 && self.buffered() == 0 {
            self.hint
        } else {
            spare
        };
        Some((&mut self.buffer, wanted.min(spare)))
    }

    /// Called before the connection waits: gives back what is not in use.
    pub(crate) fn settle(&mut self) {
        if self.buffered() == 0 {
            self.clear();
        } else if self.buffered() < self.buffer.capacity() / SPARSE {
            let fitted = self.pool.fitted(&self.buffer[self.start..]);
            self.start = 0;
            self.pool.put(std::mem::replace(&mut self.buffer, fitted));
        }
    }

    /// Drops what is buffered.
    pub(crate) fn clear(&mut self) {
        self.start = 0;
        self.pool.put(std::mem::take(&mut self.buffer));
        if std::mem::take(&mut self.known) {
            self.pool.leave(self.id);
        }
    }

    /// Makes the buffer large enough for `needed` bytes from the head on, or, while little of them
    /// has arrived, some times as large as what has.
    fn reach(&mut self, needed: usize, waker: &Waker) -> Option<()> {
        if needed <= self.buffer.capacity() {
            self.buffer.drain(..self.start);
            self.start = 0;
            return Some(());
        }
        let buffer = if let Some(unused) = self.pool.take_unused(needed) {
            unused
        } else {
            self.known = true;
            let affordable = (GROWTH * self.buffered()).max(SLAB);
            let wanted = needed.min(affordable);
            self.pool.try_take(wanted, self.id, waker)?
        };
        self.replace(buffer);
        Some(())
    }

    fn replace(&mut self, mut buffer: Vec<u8>) {
        buffer.extend_from_slice(&self.buffer[self.start..]);
        self.start = 0;
        self.pool.put(std::mem::replace(&mut self.buffer, buffer));
    }

    fn buffered(&self) -> usize {
        self.buffer.len() - self.start
    }

    fn announced(&self) -> Option<i32> {
        let prefix = self.buffer[self.start..].first_chunk()?;
        Some(i32::from_be_bytes(*prefix))
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Bytes of the length before each frame.
const PREFIX: usize = 4;

/// Frames above this are read one at a time. Half a slab: below, a read brings several.
const LARGE: usize = SLAB / 2;

/// A waiting connection's buffer is exchanged for a fitted one when less than this part is used.
const SPARSE: usize = 16;

/// A buffer grows to so many times what has arrived. Below [`SPARSE`], so that what was grown is
/// not exchanged at once.
const GROWTH: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds `bytes` as a socket would, `step` at most at a time; returns the frames.
    fn feed(inbox: &mut Inbox, mut bytes: &[u8], step: usize) -> Vec<Vec<u8>> {
        let mut frames = Vec::new();
        while !bytes.is_empty() {
            let (buffer, room) = inbox.room(Waker::noop()).expect("no bound");
            assert!(room > 0);
            let (now, later) = bytes.split_at(room.min(step).min(bytes.len()));
            let capacity = buffer.capacity();
            buffer.extend_from_slice(now);
            assert_eq!(buffer.capacity(), capacity, "a read must not reallocate");
            bytes = later;
            while let Head::Frame(length) = inbox.head() {
                frames.push(inbox.frame(length).to_vec());
                inbox.consume(length);
            }
            inbox.settle();
            let bound = SPARSE * inbox.buffered() + SLAB;
            assert!(inbox.buffer.capacity() <= bound);
        }
        frames
    }

    fn encoded(frames: &[Vec<u8>]) -> Vec<u8> {
        let prefixed = |frame: &Vec<u8>| {
            let prefix = i32::try_from(frame.len()).expect("small").to_be_bytes();
            [prefix.as_slice(), frame].concat()
        };
        frames.iter().flat_map(prefixed).collect()
    }

    #[test]
    fn any_sizes_in_any_steps_come_out_whole() {
        let sizes = [
            0, 1, 30_000, 40_000, 3, 65_532, 65_536, 200_000, 200_000, 7, 900_000, 5,
        ];
        let frames: Vec<Vec<u8>> = (0u8..)
            .zip(sizes)
            .map(|(fill, size)| vec![fill; size])
            .collect();
        let bytes = encoded(&frames);
        for step in [5, 1000, 40_000, 65_536, 1 << 20] {
            let pool = BufferPool::new(usize::MAX);
            let mut inbox = Inbox::new(pool.clone(), 1, 1 << 20);
            assert!(feed(&mut inbox, &bytes, step) == frames, "step {step}");
            assert!(!inbox.holds_bytes());
            assert_eq!((pool.lent(), pool.lent_bytes()), (0, 0));
        }
    }

    #[test]
    fn an_announced_length_allocates_nothing() {
        let pool = BufferPool::new(usize::MAX);
        let mut inbox = Inbox::new(pool.clone(), 1, 100 << 20);
        feed(&mut inbox, &(90i32 << 20).to_be_bytes(), 1);
        assert!(pool.lent_bytes() < 64, "{}", pool.lent_bytes());
        feed(&mut inbox, &[7; 1000], 1000);
        assert!(pool.lent_bytes() < 2048, "{}", pool.lent_bytes());
    }

    #[test]
    fn bad_lengths_are_refused() {
        for length in [-1, i32::MIN, 101, i32::MAX] {
            let mut inbox = Inbox::new(BufferPool::new(usize::MAX), 1, 100);
            feed(&mut inbox, &length.to_be_bytes(), 4);
            assert_eq!(inbox.head(), Head::Refused(length));
        }
    }

    #[test]
    fn without_room_in_the_pool_a_large_frame_waits_and_small_ones_do_not() {
        let pool = BufferPool::new(300_000);
        let large = encoded(&[vec![1; 200_000]]);
        let mut inboxes = [1, 2, 3].map(|id| Inbox::new(pool.clone(), id, 1 << 20));
        let read = |inbox: &mut Inbox| {
            let (buffer, room) = inbox.room(Waker::noop())?;
            let from = buffer.len();
            buffer.extend_from_slice(&large[from..from + room]);
            Some(())
        };
        for inbox in &mut inboxes {
            assert_eq!(read(inbox), Some(()), "a slab is always there");
        }
        assert_eq!(read(&mut inboxes[0]), Some(()), "the exemption");
        assert_eq!(inboxes[0].head(), Head::Frame(200_000));
        assert_eq!(read(&mut inboxes[1]), None);
        assert_eq!(read(&mut inboxes[2]), None);
        inboxes[0].consume(200_000);
        inboxes[0].settle();
        assert_eq!(read(&mut inboxes[1]), Some(()));
        assert_eq!(inboxes[1].head(), Head::Frame(200_000));
    }
}
