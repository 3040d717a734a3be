//! One batch on its way.

use std::sync::Arc;

use bytes::Bytes;
use ottla_records::{
    BatchBuilder, BatchView, Compression, Decompressor, HEADER_LEN, RecordDraft, RecordView,
    recompute_crc,
};
use ottla_types::{ProducerEpoch, ProducerId, Saturate};
use tokio::time::Instant;

use super::{Delivery, FailedRecord, ProducerConfig, delivery::Outcome};
use crate::ClientError;

/// Id and epoch of an idempotent producer.
pub(super) type Identity = (ProducerId, ProducerEpoch);

/// Where the producer's fields lie in the header of a batch.
const PRODUCER_ID_AT: std::ops::Range<usize> = 43..51;
const EPOCH_AT: std::ops::Range<usize> = 51..53;
const SEQUENCE_AT: std::ops::Range<usize> = 53..57;

#[derive(Debug)]
enum Content {
    Open(BatchBuilder),
    Built(Vec<u8>),
}

/// A batch of one partition: open while records come in, then built once and sent until it is
/// written or given up.
#[derive(Debug)]
pub(super) struct PendingBatch {
    content: Content,
    count: usize,
    /// Bytes it takes of the buffer.
    pub(super) memory: usize,
    pub(super) created: Instant,
    pub(super) attempts: u32,
    pub(super) sequence: Option<i32>,
    outcome: Arc<Outcome>,
    /// Index of its first record in the batch it was split from.
    first_index: usize,
}

impl PendingBatch {
    pub(super) fn open(config: &ProducerConfig, outcome: Arc<Outcome>, now: Instant) -> Self {
        let builder = BatchBuilder::new()
            .compression(config.compression)
            .level(config.compression_level);
        Self {
            content: Content::Open(builder),
            count: 0,
            memory: 0,
            created: now,
            attempts: 0,
            sequence: None,
            outcome,
            first_index: 0,
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    pub(super) const fn is_open(&self) -> bool {
        matches!(self.content, Content::Open(_))
    }

    /// Bytes so far, before compression.
    pub(super) const fn size(&self) -> usize {
        match &self.content {
            Content::Open(builder) => builder.size_in_bytes(),
            Content::Built(bytes) => bytes.len(),
        }
    }

    /// Adds a record to an open batch; `None` if it is closed already.
    pub(super) fn append(&mut self, draft: &RecordDraft<'_>) -> Option<Delivery> {
        let Content::Open(builder) = &mut self.content else {
            return None;
        };
        builder.append(draft);
        let index = self.count;
        self.count = self.count.saturating_add(1);
        Some(Delivery {
            outcome: Arc::clone(&self.outcome),
            index,
        })
    }

    /// The bytes to send, stamped for the producer.
    pub(super) fn bytes(&mut self, identity: Option<Identity>) -> Result<Bytes, ClientError> {
        if let Content::Open(builder) = &mut self.content {
            let builder = std::mem::take(builder);
            let bytes = builder
                .build()
                .map_err(|error| ClientError::Records(error.to_string().into()))?;
            self.content = Content::Built(bytes);
        }
        let Content::Built(bytes) = &mut self.content else {
            return Ok(Bytes::new());
        };
        if let (Some(identity), Some(sequence)) = (identity, self.sequence) {
            stamp_producer(bytes, identity, sequence);
        }
        Ok(Bytes::copy_from_slice(bytes))
    }

    /// Tells everyone who waits.
    pub(super) fn settle(&self, result: Result<i64, ClientError>) {
        self.outcome.settle(self.first_index, self.count, result);
    }

    /// Gives the batch up: tells everyone who waits, and the failure hook.
    pub(super) fn give_up(&mut self, topic: &str, config: &ProducerConfig, error: &ClientError) {
        if let Some(hook) = &config.on_failure
            && self.bytes(None).is_ok()
        {
            self.for_each(|record| {
                hook(&FailedRecord {
                    topic,
                    key_len: record.key.map(<[u8]>::len),
                    value_len: record.value.map(<[u8]>::len),
                    error,
                });
            });
        }
        self.settle(Err(error.clone()));
    }

    /// The same records in two batches.
    pub(super) fn split(&self, config: &ProducerConfig) -> Option<[Self; 2]> {
        let half = self.count / 2;
        if half == 0 {
            return None;
        }
        let mut builders = [(); 2].map(|()| {
            BatchBuilder::new()
                .compression(config.compression)
                .level(config.compression_level)
        });
        let mut index = 0usize;
        self.for_each(|record| {
            let headers: Vec<_> = record.headers.collect();
            let draft = RecordDraft {
                timestamp: record.timestamp,
                key: record.key,
                value: record.value,
                headers: &headers,
            };
            if let Some(builder) = builders.get_mut(usize::from(index >= half)) {
                builder.append(&draft);
            }
            index = index.saturating_add(1);
        });
        if index != self.count {
            return None;
        }
        let counts = [half, self.count - half];
        let firsts = [0, half];
        let mut parts = builders.map(|builder| Self {
            content: Content::Open(builder),
            count: 0,
            memory: 0,
            created: self.created,
            attempts: self.attempts,
            sequence: None,
            outcome: Arc::clone(&self.outcome),
            first_index: self.first_index,
        });
        for (part, (count, first)) in parts.iter_mut().zip(counts.into_iter().zip(firsts)) {
            let delta: i32 = first.saturate();
            part.count = count;
            part.memory = self.memory / 2;
            part.first_index = self.first_index.saturating_add(first);
            part.sequence = self.sequence.map(|sequence| advance(sequence, delta));
        }
        parts[0].memory = self.memory - parts[1].memory;
        Some(parts)
    }

    fn for_each(&self, mut each: impl FnMut(RecordView<'_>)) {
        let Content::Built(bytes) = &self.content else {
            return;
        };
        let Ok((batch, _)) = BatchView::parse(bytes) else {
            return;
        };
        let mut decompressor = Decompressor::new();
        if let Ok(records) = batch.records(&mut decompressor) {
            records.flatten().for_each(&mut each);
        }
    }
}

/// Sequences go round from the largest to 0.
pub(super) fn advance(sequence: i32, by: i32) -> i32 {
    match sequence.checked_add(by) {
        Some(next) => next,
        None => by - (i32::MAX - sequence) - 1,
    }
}

/// Most that a record can take in a batch.
pub(super) fn upper_bound(draft: &RecordDraft<'_>) -> usize {
    const FIXED: usize = 5 + 1 + 10 + 5 + 5 + 5 + 5;
    let headers = draft
        .headers
        .iter()
        .map(|header| header.key.len() + header.value.map_or(0, <[u8]>::len) + 10);
    FIXED
        + draft.key.map_or(0, <[u8]>::len)
        + draft.value.map_or(0, <[u8]>::len)
        + headers.sum::<usize>()
}

/// Whether the codec makes sizes before compression a bad guess.
pub(super) fn is_compressed(config: &ProducerConfig) -> bool {
    config.compression != Compression::None
}

fn stamp_producer(bytes: &mut [u8], (id, epoch): Identity, sequence: i32) {
    let Some((header, payload)) = bytes.split_first_chunk_mut::<HEADER_LEN>() else {
        return;
    };
    header[PRODUCER_ID_AT].copy_from_slice(&id.0.to_be_bytes());
    header[EPOCH_AT].copy_from_slice(&epoch.0.to_be_bytes());
    header[SEQUENCE_AT].copy_from_slice(&sequence.to_be_bytes());
    recompute_crc(header, payload);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(values: &[&[u8]]) -> PendingBatch {
        let outcome = Arc::new(Outcome::new(Arc::from("t"), 0));
        let mut batch = PendingBatch::open(&ProducerConfig::default(), outcome, Instant::now());
        for value in values {
            let draft = RecordDraft {
                timestamp: 1,
                value: Some(value),
                ..RecordDraft::default()
            };
            batch.append(&draft);
        }
        batch
    }

    #[test]
    fn a_stamped_batch_is_valid() {
        let mut batch = batch(&[b"one", b"two"]);
        batch.sequence = Some(7);
        let bytes = batch
            .bytes(Some((ProducerId(5), ProducerEpoch(3))))
            .expect("builds");
        let (view, _) = BatchView::parse(&bytes).expect("whole");
        view.check_crc().expect("stamped again");
        assert_eq!((view.producer_id().0, view.producer_epoch().0), (5, 3));
        assert_eq!((view.base_sequence(), view.last_sequence()), (7, 8));
    }

    #[test]
    fn halves_keep_the_records_and_their_numbers() {
        let mut whole = batch(&[b"a", b"b", b"c"]);
        whole.sequence = Some(i32::MAX);
        whole.bytes(None).expect("builds");
        let [mut first, mut second] = whole.split(&ProducerConfig::default()).expect("splits");
        assert_eq!((first.count(), second.count()), (1, 2));
        assert_eq!((first.sequence, second.sequence), (Some(i32::MAX), Some(0)));
        let mut seen = Vec::new();
        for part in [&mut first, &mut second] {
            part.bytes(None).expect("builds");
            part.for_each(|record| seen.extend_from_slice(record.value.expect("not null")));
        }
        assert_eq!(seen, b"abc");
    }
}
