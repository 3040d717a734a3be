//! What the fuzz targets of this crate run, one function each.

use ottla_records::{
    BatchView, Compression, Decompressor, HEADER_LEN, LegacyBatch, OutputLimit, any_batches,
    batches, recompute_crc,
    validate::{Rules, TargetCompression, validate_produce_batch},
};
use ottla_types::WallMs;

/// Most that a batch may decompress to here; small, so that a breach shows.
const LIMIT: OutputLimit = OutputLimit(1 << 20);

/// A set of v2 batches: walked, and its first batch offered to a leader with a right checksum,
/// once as it is and once for a topic with another codec.
pub(crate) fn batch_view(data: &[u8]) {
    let mut decompressor = Decompressor::with_limit(LIMIT);
    let mut walked = 0;
    for batch in batches(data).flatten() {
        walked += batch.bytes().len();
        batch.check_crc().ok();
        if let Ok(records) = batch.records(&mut decompressor) {
            for record in records.flatten() {
                record.headers.for_each(drop);
            }
        }
    }
    assert!(walked <= data.len(), "batches do not overlap");
    let Ok((batch, _)) = BatchView::parse(data) else {
        return;
    };
    let mut sealed = batch.bytes().to_vec();
    let (header, payload) = sealed
        .split_first_chunk_mut::<HEADER_LEN>()
        .expect("it was parsed");
    recompute_crc(header, payload);
    for compression in [
        TargetCompression::Producer,
        TargetCompression::Codec {
            codec: Compression::Lz4,
            level: None,
        },
    ] {
        let rules = Rules {
            compression,
            ..Rules::default()
        };
        let now = WallMs(1_700_000_000_000);
        let validated = validate_produce_batch(&sealed, &rules, now, &mut decompressor);
        if let Ok(batch) = validated {
            let stored = [batch.header_bytes(), batch.payload()].concat();
            check_stored(&stored);
        }
    }
}

/// What a leader accepted is whole, sound, and can be read back to its last record.
fn check_stored(stored: &[u8]) {
    let (batch, rest) = BatchView::parse(stored).expect("a stored batch is whole");
    assert!(rest.is_empty());
    assert_eq!(batch.check_crc(), Ok(()));
    let mut decompressor = Decompressor::new();
    let records = batch
        .records(&mut decompressor)
        .expect("a stored batch opens");
    let records: Result<Vec<_>, _> = records.collect();
    let count = records.expect("a stored record is whole").len();
    assert_eq!(i32::try_from(count), Ok(batch.records_count()));
}

/// A set of messages of magic 0 and 1.
pub(crate) fn legacy_set(data: &[u8]) {
    let mut decompressor = Decompressor::with_limit(LIMIT);
    for batch in any_batches(data).flatten() {
        batch.check_crc().ok();
        batch.base_offset(&mut decompressor).ok();
        if let Ok(records) = batch.records(&mut decompressor) {
            records.for_each(drop);
        }
    }
    if let Ok((batch, rest)) = LegacyBatch::parse(data) {
        assert!(rest.len() < data.len());
        if let Ok(records) = batch.records(&mut decompressor) {
            records.for_each(drop);
        }
    }
}

/// gzip members.
pub(crate) fn gzip(data: &[u8]) {
    codec(Compression::Gzip, data);
}

/// Snappy, raw or in the xerial frame.
pub(crate) fn snappy(data: &[u8]) {
    codec(Compression::Snappy, data);
}

/// LZ4 frames.
pub(crate) fn lz4(data: &[u8]) {
    codec(Compression::Lz4, data);
}

/// Zstandard frames.
pub(crate) fn zstd(data: &[u8]) {
    codec(Compression::Zstd, data);
}

/// Decodes within the limit, and encodes to what decodes to the same.
fn codec(codec: Compression, data: &[u8]) {
    if let Ok(plain) = codec.decompress(data, LIMIT) {
        assert!(plain.len() <= LIMIT.0, "{} bytes", plain.len());
    }
    let packed = codec.compress(None, data).expect("any bytes can be packed");
    let plain = codec.decompress(&packed, OutputLimit(data.len()));
    assert_eq!(plain.as_deref(), Ok(data));
}
