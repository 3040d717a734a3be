//! A queue whose takers sleep while it is empty.
//!
//! The channels at hand look again a few times, and give their turn away in between, before they sleep.
//! A flusher that waits for its next sync would spend a tenth of its time with that.

use std::{collections::VecDeque, sync::Arc};

use parking_lot::{Condvar, Mutex};

/// A queue without a bound. Clones share it.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    shared: Arc<Shared<T>>,
}

#[derive(Debug)]
struct Shared<T> {
    items: Mutex<VecDeque<T>>,
    added: Condvar,
}

impl<T> Queue<T> {
    pub(crate) fn new() -> Self {
        let shared = Shared {
            items: Mutex::default(),
            added: Condvar::new(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Adds an item at the end.
    pub(crate) fn put(&self, item: T) {
        self.shared.items.lock().push_back(item);
        self.shared.added.notify_one();
    }

    /// Takes the first item; waits until there is one.
    pub(crate) fn take(&self) -> T {
        let mut items = self.shared.items.lock();
        loop {
            match items.pop_front() {
                Some(item) => return item,
                None => self.shared.added.wait(&mut items),
            }
        }
    }
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_taken_once_and_in_order() {
        let queue = Queue::new();
        let taker = {
            let queue = queue.clone();
            std::thread::spawn(move || (0..100).map(|_| queue.take()).collect::<Vec<_>>())
        };
        (0..100).for_each(|number| queue.put(number));
        assert_eq!(taker.join().unwrap(), (0..100).collect::<Vec<_>>());
    }
}
