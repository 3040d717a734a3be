//! Buffers of large reads, kept for the next one.
//!
//! A megabyte that is allocated for each fetch costs as much in page faults as it does in copying.
//! Buffers come back when the last view of them is dropped, which is when their bytes have left.

use bytes::Bytes;
use parking_lot::Mutex;

/// Reads below this are left to the allocator.
const LEAST: usize = 64 << 10;
/// Most bytes kept, over all logs of the process.
const MOST: usize = 8 << 20;
/// How much larger than the read a kept buffer may be.
const SLACK: usize = 4 << 10;

#[derive(Debug)]
struct Kept {
    buffers: Vec<Vec<u8>>,
    bytes: usize,
}

static KEPT: Mutex<Kept> = Mutex::new(Kept {
    buffers: Vec::new(),
    bytes: 0,
});

/// An empty buffer with room for `len` bytes.
pub(super) fn take(len: usize) -> Vec<u8> {
    if len >= LEAST {
        let mut kept = KEPT.lock();
        let fits =
            |buffer: &Vec<u8>| (len..=len.saturating_add(SLACK)).contains(&buffer.capacity());
        if let Some(index) = kept.buffers.iter().rposition(fits) {
            let buffer = kept.buffers.swap_remove(index);
            kept.bytes = kept.bytes.saturating_sub(buffer.capacity());
            return buffer;
        }
    }
    Vec::with_capacity(len)
}

/// The bytes of a buffer, which comes back here when they are dropped.
pub(super) fn share(buffer: Vec<u8>) -> Bytes {
    if buffer.capacity() < LEAST {
        return Bytes::from(buffer);
    }
    Bytes::from_owner(Lent(buffer))
}

struct Lent(Vec<u8>);

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let mut buffer = std::mem::take(&mut self.0);
        buffer.clear();
        let mut kept = KEPT.lock();
        if kept.bytes.saturating_add(buffer.capacity()) <= MOST {
            kept.bytes = kept.bytes.saturating_add(buffer.capacity());
            kept.buffers.push(buffer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_comes_back_when_its_last_view_is_gone() {
        // A size of its own: other tests share the pool.
        let len = LEAST + 12_345;
        let mut buffer = take(len);
        buffer.extend_from_slice(b"abc");
        let place = buffer.as_ptr();
        let bytes = share(buffer);
        let view = bytes.slice(1..);
        drop(bytes);
        assert_eq!(&*view, b"bc");
        drop(view);
        let again = take(len);
        assert_eq!((again.as_ptr(), again.len()), (place, 0));
    }
}
