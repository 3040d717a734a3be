//! Batches with keys, for compaction.

use ottla_records::{BatchBuilder, Compression, RecordDraft};
use ottla_types::WallMs;

/// The timestamp of the records.
const AT: WallMs = WallMs(1_800_000_000_000);
const VALUE: usize = 1000;
const RECORDS_IN_BATCH: u64 = 16;

/// Batches of 16 records of 1 KB, 2 to the power of `bits` records in all. Every key comes twice, in
/// no order: of the records half are superseded, and of most batches a part.
pub fn batches(bits: u32, codec: Compression) -> impl Iterator<Item = Vec<u8>> {
    let value = vec![b'v'; VALUE];
    let records = 1 << bits;
    (0..records).step_by(16).map(move |first| {
        let mut builder = BatchBuilder::new().compression(codec);
        for n in first..first + RECORDS_IN_BATCH.min(records) {
            let key = format!("key-{:012}", shuffle(n, bits) / 2);
            builder.append(&RecordDraft::new(AT, Some(key.as_bytes()), Some(&value)));
        }
        builder
            .build()
            .expect("invariant: sixteen small records fit")
    })
}

/// Another number of so many bits for each; all come once.
const fn shuffle(n: u64, bits: u32) -> u64 {
    let (mask, half) = ((1 << bits) - 1, bits.div_ceil(2));
    let mut n = n;
    let mut round = 0;
    while round < 3 {
        n = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) & mask;
        n ^= n >> half;
        round += 1;
    }
    n
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ottla_records::{Decompressor, any_batches};

    use super::*;

    #[test]
    fn every_key_comes_twice() {
        let mut keys = BTreeMap::<_, Vec<i64>>::new();
        for (n, bytes) in (0..).zip(batches(10, Compression::Lz4)) {
            for batch in any_batches(&bytes) {
                let mut unpacked = Decompressor::new();
                for record in batch.unwrap().records(&mut unpacked).unwrap() {
                    let record = record.unwrap();
                    let places = keys.entry(record.key.unwrap().to_vec()).or_default();
                    places.push(n * 16 + record.offset.0);
                }
            }
        }
        assert_eq!(keys.len(), 512);
        assert!(keys.values().all(|places| places.len() == 2));
        let early = keys.values().filter(|places| places[1] < 512).count();
        assert!((64..192).contains(&early), "{early}");
    }
}
