//! Receive buffers, lent to connections while bytes arrive.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::Waker,
};

use parking_lot::Mutex;

/// The receive buffers of a server's connections, and the bound on them.
///
/// B1  buffers are never zeroed
/// B2  at most 2 MiB of slabs and 8 MiB of larger buffers lie unused
/// B3  above the bound, large buffers go to one connection at a time, so that it can complete its
///     frame whatever the others hold
#[derive(Clone, Debug)]
pub struct BufferPool {
    shared: Arc<Shared>,
}

impl BufferPool {
    /// A pool that lends at most `bound` bytes, as [`Limits::receive_bytes`](crate::Limits) says.
    pub(crate) fn new(bound: usize) -> Self {
        Self {
            shared: Arc::new(Shared {
                bound,
                free: Mutex::default(),
                lent: AtomicUsize::new(0),
                lent_bytes: AtomicUsize::new(0),
            }),
        }
    }

    /// Buffers that connections hold at this moment.
    #[must_use]
    pub fn lent(&self) -> usize {
        self.shared.lent.load(Ordering::Relaxed)
    }

    /// Bytes of the buffers that connections hold at this moment.
    #[must_use]
    pub fn lent_bytes(&self) -> usize {
        self.shared.lent_bytes.load(Ordering::Relaxed)
    }

    /// An empty slab.
    pub(crate) fn take_slab(&self) -> Vec<u8> {
        let kept = self.shared.free.lock().slabs.pop();
        self.lend(kept.unwrap_or_else(|| Vec::with_capacity(SLAB)))
    }

    /// An empty buffer, unused until now, that suits `capacity` bytes.
    pub(crate) fn take_unused(&self, capacity: usize) -> Option<Vec<u8>> {
        let mut free = self.shared.free.lock();
        if free.overdrawn.is_some() || !self.affords(capacity) {
            return None;
        }
        let buffer = free.take_large(capacity)?;
        drop(free);
        Some(self.lend(buffer))
    }

    /// An empty buffer of at least `capacity` bytes for this connection, or `None` if that is too
    /// much at present; the waker is told when to ask again.
    pub(crate) fn try_take(&self, capacity: usize, id: u64, waker: &Waker) -> Option<Vec<u8>> {
        if capacity <= SLAB {
            return Some(self.take_slab());
        }
        let mut free = self.shared.free.lock();
        if !self.affords(capacity) && *free.overdrawn.get_or_insert(id) != id {
            free.waiting.insert(id, waker.clone());
            return None;
        }
        let kept = free.take_large(capacity);
        drop(free);
        Some(self.lend(kept.unwrap_or_else(|| Vec::with_capacity(capacity))))
    }

    /// Ends the exemption from the bound and the wait that this connection may have.
    pub(crate) fn leave(&self, id: u64) {
        let mut free = self.shared.free.lock();
        free.waiting.remove(&id);
        if free.overdrawn == Some(id) {
            free.overdrawn = None;
            free.wake_all();
        }
    }

    /// A buffer that fits `bytes` closely and holds them.
    pub(crate) fn fitted(&self, bytes: &[u8]) -> Vec<u8> {
        self.lend(bytes.to_vec())
    }

    /// Gives a buffer back.
    pub(crate) fn put(&self, buffer: Vec<u8>) {
        let capacity = buffer.capacity();
        if capacity == 0 {
            return;
        }
        self.shared.lent.fetch_sub(1, Ordering::Relaxed);
        self.shared
            .lent_bytes
            .fetch_sub(capacity, Ordering::Relaxed);
        let mut free = self.shared.free.lock();
        free.put(buffer);
        free.wake_all();
    }

    fn affords(&self, capacity: usize) -> bool {
        self.lent_bytes().saturating_add(capacity) <= self.shared.bound
    }

    fn lend(&self, buffer: Vec<u8>) -> Vec<u8> {
        self.shared.lent.fetch_add(1, Ordering::Relaxed);
        self.shared
            .lent_bytes
            .fetch_add(buffer.capacity(), Ordering::Relaxed);
        buffer
    }
}

#[derive(Debug)]
struct Shared {
    bound: usize,
    free: Mutex<Free>,
    lent: AtomicUsize,
    lent_bytes: AtomicUsize,
}

#[derive(Debug, Default)]
struct Free {
    slabs: Vec<Vec<u8>>,
    large: Vec<Vec<u8>>,
    large_bytes: usize,
    /// The connection that may exceed the bound.
    overdrawn: Option<u64>,
    /// Connections that wait for bytes to be given back.
    waiting: BTreeMap<u64, Waker>,
}

impl Free {
    fn take_large(&mut self, capacity: usize) -> Option<Vec<u8>> {
        // Not one that is far too large either: it would be missed where it fits.
        let fits =
            |buffer: &Vec<u8>| buffer.capacity() >= capacity && buffer.capacity() / 4 <= capacity;
        let index = self.large.iter().position(fits)?;
        let buffer = self.large.swap_remove(index);
        self.large_bytes -= buffer.capacity();
        Some(buffer)
    }

    fn wake_all(&mut self) {
        while let Some((_, waker)) = self.waiting.pop_first() {
            waker.wake();
        }
    }

    fn put(&mut self, mut buffer: Vec<u8>) {
        let capacity = buffer.capacity();
        buffer.clear();
        if capacity == SLAB {
            if self.slabs.len() < SLABS_KEPT {
                self.slabs.push(buffer);
            }
        } else if capacity > SLAB && self.large_bytes + capacity <= LARGE_BYTES_KEPT {
            self.large_bytes += capacity;
            self.large.push(buffer);
        }
    }
}

/// Capacity of the usual receive buffer: many small requests in one read, two in a first-level
/// cache's reach.
pub(crate) const SLAB: usize = 64 * 1024;

/// Slabs that wait in the pool: 2 MiB, more than the workers of a runtime use at once.
const SLABS_KEPT: usize = 32;

/// Bytes of larger buffers that wait in the pool.
const LARGE_BYTES_KEPT: usize = 8 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_lent_and_keeps_little() {
        let pool = BufferPool::new(usize::MAX);
        let lent: Vec<_> = (0..100).map(|_| pool.take_slab()).collect();
        assert_eq!((pool.lent(), pool.lent_bytes()), (100, 100 * SLAB));
        for buffer in lent {
            pool.put(buffer);
        }
        assert_eq!((pool.lent(), pool.lent_bytes()), (0, 0));
        assert_eq!(pool.shared.free.lock().slabs.len(), SLABS_KEPT);

        let large = pool.try_take(LARGE_BYTES_KEPT + 1, 1, Waker::noop());
        pool.put(large.expect("no bound"));
        assert!(pool.shared.free.lock().large.is_empty());
    }

    #[test]
    fn a_large_buffer_is_used_again_for_what_fits_it() {
        let pool = BufferPool::new(usize::MAX);
        let large = pool.try_take(1_000_000, 1, Waker::noop());
        pool.put(large.expect("no bound"));
        assert_eq!(pool.take_unused(2_000_000), None);
        assert_eq!(pool.take_unused(200_000), None);
        let again = pool.take_unused(900_000).expect("unused");
        assert_eq!(again.capacity(), 1_000_000);
    }

    #[test]
    fn above_the_bound_one_connection_goes_on() {
        struct Count(AtomicUsize);
        impl std::task::Wake for Count {
            fn wake(self: Arc<Self>) {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
        }
        let woken = Arc::new(Count(AtomicUsize::new(0)));
        let waker = Waker::from(Arc::clone(&woken));
        let pool = BufferPool::new(250_000);

        let first = pool.try_take(200_000, 1, &waker).expect("within the bound");
        let second = pool.try_take(200_000, 2, &waker).expect("the exemption");
        assert_eq!(pool.try_take(200_000, 3, &waker), None);
        assert_eq!(pool.try_take(200_000, 1, &waker), None);
        let more = pool.try_take(300_000, 2, &waker).expect("still exempt");
        assert_eq!(woken.0.load(Ordering::Relaxed), 0);

        for buffer in [second, more] {
            pool.put(buffer);
        }
        pool.leave(2);
        assert_eq!(woken.0.load(Ordering::Relaxed), 2);
        assert!(pool.try_take(200_000, 3, &waker).is_some());
        pool.put(first);
    }
}
