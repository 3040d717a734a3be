//! Batches that are built once and sent many times.

use ottla_records::{BatchBuilder, RecordDraft};
use ottla_types::WallMs;

/// A record batch, ready to be sent.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The whole batch.
    pub bytes: Vec<u8>,
    /// How many records are in it.
    pub records: u32,
}

impl Batch {
    /// A batch of at most `size` bytes with records whose values have `value_size` bytes; at least one
    /// record, whatever its size. A quarter of each value is noise, so that a codec or a file system
    /// that compresses has no easy time.
    #[must_use]
    pub fn of(size: usize, value_size: usize, timestamp: WallMs) -> Self {
        let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
        let mut builder = BatchBuilder::new();
        let mut records = 0;
        loop {
            let value = noise.value(value_size);
            let mut next = builder.clone();
            next.append(&RecordDraft {
                timestamp: timestamp.0,
                key: None,
                value: Some(&value),
                headers: &[],
            });
            if records > 0 && next.size_in_bytes() > size {
                break;
            }
            builder = next;
            records += 1;
        }
        let bytes = builder
            .build()
            .expect("invariant: equal timestamps and small sizes always fit");
        Self { bytes, records }
    }
}

struct Noise(u64);

impl Noise {
    fn value(&mut self, size: usize) -> Vec<u8> {
        let mut value = vec![b'.'; size];
        for word in value.chunks_mut(32) {
            let random = self.next().to_le_bytes();
            let count = word.len().min(random.len());
            word[..count].copy_from_slice(&random[..count]);
        }
        value
    }

    /// Xorshift64: the same bytes in every run.
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

#[cfg(test)]
mod tests {
    use ottla_records::BatchView;

    use super::*;

    #[test]
    fn a_batch_fills_its_size_and_is_sound() {
        let batch = Batch::of(16_384, 100, WallMs(1));
        assert!(batch.bytes.len() > 16_200 && batch.bytes.len() <= 16_384);
        let (view, rest) = BatchView::parse(&batch.bytes).unwrap();
        view.check_crc().unwrap();
        assert!(rest.is_empty());
        assert_eq!(
            view.header().records_count(),
            i32::try_from(batch.records).unwrap()
        );
        assert_eq!(Batch::of(10, 1000, WallMs(1)).records, 1);
    }
}
