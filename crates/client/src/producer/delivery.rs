//! What became of a record.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::ClientError;

/// Where a record was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordMetadata {
    /// Its topic.
    pub topic: Arc<str>,
    /// Its partition.
    pub partition: i32,
    /// Its offset, -1 when the broker was not asked.
    pub offset: i64,
}

/// A promise of [`RecordMetadata`].
#[derive(Debug)]
pub struct Delivery {
    pub(super) outcome: Arc<Outcome>,
    pub(super) index: usize,
}

impl Delivery {
    /// Waits until the record is written or given up.
    ///
    /// # Errors
    /// Why it was given up.
    pub async fn wait(self) -> Result<RecordMetadata, ClientError> {
        loop {
            let done = self.outcome.done.notified();
            if let Some(result) = self.outcome.of(self.index) {
                return result;
            }
            done.await;
        }
    }
}

/// What became of a batch: its parts, should it have been split.
#[derive(Debug)]
pub(super) struct Outcome {
    topic: Arc<str>,
    partition: i32,
    parts: Mutex<Vec<Part>>,
    done: Notify,
}

#[derive(Debug)]
struct Part {
    from: usize,
    count: usize,
    /// Offset of the part's first record.
    result: Result<i64, ClientError>,
}

impl Outcome {
    pub(super) const fn new(topic: Arc<str>, partition: i32) -> Self {
        Self {
            topic,
            partition,
            parts: Mutex::new(Vec::new()),
            done: Notify::const_new(),
        }
    }

    pub(super) fn settle(&self, from: usize, count: usize, result: Result<i64, ClientError>) {
        self.parts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Part {
                from,
                count,
                result,
            });
        self.done.notify_waiters();
    }

    fn of(&self, index: usize) -> Option<Result<RecordMetadata, ClientError>> {
        let parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let part = parts
            .iter()
            .find(|part| (part.from..part.from.saturating_add(part.count)).contains(&index))?;
        let delta = i64::try_from(index - part.from).ok()?;
        Some(part.result.clone().map(|base| RecordMetadata {
            topic: Arc::clone(&self.topic),
            partition: self.partition,
            offset: if base < 0 {
                -1
            } else {
                base.saturating_add(delta)
            },
        }))
    }
}
