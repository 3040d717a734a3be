//! What is built parses back; what is damaged is an error or the same value; bombs stay within bounds.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use ottla_records::{
    BatchBuilder, BatchView, Compression, CompressionError, Decompressor, HEADER_LEN, Header,
    OutputLimit, RecordDraft, any_batches, stamp,
    validate::{Refusal, Rules, TargetCompression, validate_produce_batch},
};
use ottla_types::{ErrorCode, LeaderEpoch, Offset, WallMs};
use proptest::{collection::vec, option, prelude::*};

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sample {
    timestamp: i64,
    key: Option<Vec<u8>>,
    value: Option<Vec<u8>>,
    headers: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..40),
        (any::<u8>(), 0usize..3000).prop_map(|(byte, count)| vec![byte; count]),
    ]
}

fn sample() -> impl Strategy<Value = Sample> {
    (
        0i64..2_000_000_000_000,
        option::of(bytes()),
        option::of(bytes()),
        vec(
            (vec(any::<u8>(), 0..9), option::of(vec(any::<u8>(), 0..9))),
            0..4,
        ),
    )
        .prop_map(|(timestamp, key, value, headers)| Sample {
            timestamp,
            key,
            value,
            headers,
        })
}

fn codec() -> impl Strategy<Value = Compression> {
    proptest::sample::select(Compression::ALL.to_vec())
}

fn build(samples: &[Sample], codec: Compression) -> Vec<u8> {
    let mut builder = BatchBuilder::new().compression(codec);
    for sample in samples {
        let headers: Vec<Header<'_>> = sample
            .headers
            .iter()
            .map(|(key, value)| Header {
                key,
                value: value.as_deref(),
            })
            .collect();
        builder.append(&RecordDraft {
            timestamp: sample.timestamp,
            key: sample.key.as_deref(),
            value: sample.value.as_deref(),
            headers: &headers,
        });
    }
    builder.build().unwrap()
}

fn read(batch: &BatchView<'_>, decompressor: &mut Decompressor) -> Vec<Sample> {
    batch
        .records(decompressor)
        .unwrap()
        .map(|record| {
            let record = record.unwrap();
            Sample {
                timestamp: record.timestamp,
                key: record.key.map(<[u8]>::to_vec),
                value: record.value.map(<[u8]>::to_vec),
                headers: record
                    .headers
                    .map(|header| (header.key.to_vec(), header.value.map(<[u8]>::to_vec)))
                    .collect(),
            }
        })
        .collect()
}

/// Reads everything there is to read, whatever it says.
fn exhaust(bytes: &[u8], decompressor: &mut Decompressor) {
    for batch in any_batches(bytes).flatten() {
        let _valid = batch.check_crc().is_ok();
        if let Ok(records) = batch.records(decompressor) {
            for record in records.flatten() {
                assert!(record.headers.count() <= bytes.len() * 1100);
            }
        }
    }
}

/// The checksum made right again, so that the damage is seen by what comes after it.
fn resealed(mut batch: Vec<u8>) -> Vec<u8> {
    if let Some((header, payload)) = batch.split_first_chunk_mut::<HEADER_LEN>() {
        ottla_records::recompute_crc(header, payload);
    }
    batch
}

const NOW: WallMs = WallMs(2_000_000_000_000);

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_built_parses_back(samples in vec(sample(), 1..30), codec in codec()) {
        let mut built = build(&samples, codec);
        stamp(built.first_chunk_mut().unwrap(), Offset(77), LeaderEpoch(5));
        let mut decompressor = Decompressor::new();
        let (batch, rest) = BatchView::parse(&built).unwrap();
        prop_assert!(rest.is_empty());
        batch.check_crc().unwrap();
        prop_assert_eq!(batch.base_offset(), Offset(77));
        prop_assert_eq!(batch.partition_leader_epoch(), LeaderEpoch(5));
        prop_assert_eq!(batch.last_offset().0, 76 + i64::try_from(samples.len()).unwrap());
        prop_assert_eq!(batch.header().encode(), *built.first_chunk().unwrap());
        prop_assert_eq!(read(&batch, &mut decompressor), samples);
    }

    #[test]
    fn a_rebuilt_batch_holds_the_same_records(
        samples in vec(sample(), 1..30), from in codec(), to in codec(),
    ) {
        let built = build(&samples, from);
        let mut decompressor = Decompressor::new();
        let rules = Rules {
            compression: TargetCompression::Codec { codec: to, level: None },
            ..Rules::default()
        };
        let batch = validate_produce_batch(&built, &rules, NOW, &mut decompressor).unwrap();
        let stored = [&batch.header_bytes()[..], batch.payload()].concat();
        prop_assert_eq!(batch.payload_as_sent().is_some(), from == to);
        let (stored, _) = BatchView::parse(&stored).unwrap();
        stored.check_crc().unwrap();
        prop_assert_eq!(stored.compression().unwrap(), to);
        prop_assert_eq!(read(&stored, &mut decompressor), samples);
    }

    #[test]
    fn damage_is_found_or_harmless(
        samples in vec(sample(), 1..6), codec in codec(),
        cut in any::<prop::sample::Index>(), bit in any::<prop::sample::Index>(),
    ) {
        let built = build(&samples, codec);
        let mut decompressor = Decompressor::with_limit(OutputLimit(1 << 20));
        let truncated = &built[..cut.index(built.len())];
        prop_assert!(BatchView::parse(truncated).is_err());
        prop_assert!(validate_produce_batch(truncated, &Rules::default(), NOW, &mut decompressor).is_err());
        exhaust(truncated, &mut decompressor);

        let mut flipped = built.clone();
        let bit = bit.index(built.len() * 8);
        flipped[bit / 8] ^= 1 << (bit % 8);
        exhaust(&flipped, &mut decompressor);
        // Base offset, size, leader epoch and magic lie outside the checksum.
        if bit / 8 >= 17 {
            prop_assert!(BatchView::parse(&flipped).unwrap().0.check_crc().is_err());
        }
        let resealed = resealed(flipped);
        exhaust(&resealed, &mut decompressor);
        if let Ok(batch) = validate_produce_batch(&resealed, &Rules::default(), NOW, &mut decompressor) {
            // What was accepted can be read to its end.
            let stored = [&batch.header_bytes()[..], batch.payload()].concat();
            let (stored, _) = BatchView::parse(&stored).unwrap();
            stored.check_crc().unwrap();
            for record in stored.records(&mut decompressor).unwrap() {
                record.unwrap();
            }
        }
    }

    #[test]
    fn noise_is_harmless(noise in vec(any::<u8>(), 0..400), magic in 0u8..4) {
        let mut decompressor = Decompressor::with_limit(OutputLimit(1 << 20));
        for codec in Compression::ALL {
            let _outcome = decompressor.decompress(codec, &noise).is_ok();
        }
        let mut set = noise;
        if set.len() > 16 {
            set[8..12].copy_from_slice(&[0, 0, 0, 60]);
            set[16] = magic;
        }
        exhaust(&set, &mut decompressor);
        let _outcome = validate_produce_batch(&set, &Rules::default(), NOW, &mut decompressor).is_ok();
    }
}

#[test]
fn bombs_stop_at_the_bound() {
    let limit = OutputLimit(4 << 20);
    for codec in [
        Compression::Gzip,
        Compression::Snappy,
        Compression::Lz4,
        Compression::Zstd,
    ] {
        let bomb = codec.compress(None, &vec![0; 32 << 20]).unwrap();
        let mut decompressor = Decompressor::with_limit(limit);
        assert_eq!(
            decompressor.decompress(codec, &bomb),
            Err(CompressionError::Limit(limit)),
            "{codec:?}"
        );
    }
}

#[test]
fn a_bomb_in_a_batch_is_too_large() {
    let zeros = vec![0; 32 << 20];
    for codec in [Compression::Gzip, Compression::Lz4, Compression::Zstd] {
        let mut builder = BatchBuilder::new().compression(codec);
        builder.append(&RecordDraft {
            timestamp: 1,
            value: Some(&zeros),
            ..RecordDraft::default()
        });
        let batch = builder.build().unwrap();
        let mut decompressor = Decompressor::with_limit(OutputLimit(1 << 20));
        let refusal =
            validate_produce_batch(&batch, &Rules::default(), NOW, &mut decompressor).unwrap_err();
        assert_eq!(refusal.code(), ErrorCode::MESSAGE_TOO_LARGE, "{codec:?}");
    }
}

#[test]
fn a_snappy_block_that_declares_gigabytes_allocates_nothing() {
    let block = [0xff, 0xff, 0xff, 0xff, 0x0f, 0, b'a'];
    assert!(matches!(
        Compression::Snappy.decompress(&block, OutputLimit(usize::MAX)),
        Err(CompressionError::Malformed { .. })
    ));
}

#[test]
fn frames_of_lz4_that_others_write() {
    // Linked blocks: the second copies ten bytes from the first. Then an independent frame with block
    // and content checksums, each over "abc".
    let text = b"0123456789";
    let mut linked = vec![0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0xc0];
    linked.extend_from_slice(&[11, 0, 0, 0, 0xa0]);
    linked.extend_from_slice(text);
    // No literals, match length 4 + 1 from 10 back, then five literals.
    let second = [0x01, 10, 0, 0x50, b'a', b'b', b'c', b'd', b'e'];
    linked.extend_from_slice(&[9, 0, 0, 0]);
    linked.extend_from_slice(&second);
    linked.extend_from_slice(&[0; 4]);
    let one = Compression::Lz4
        .decompress(&linked, OutputLimit::default())
        .unwrap();
    assert_eq!(one, b"012345678901234abcde");

    let two = [
        linked.clone(),
        Compression::Lz4.compress(None, b"more").unwrap(),
    ]
    .concat();
    let both = Compression::Lz4
        .decompress(&two, OutputLimit::default())
        .unwrap();
    assert_eq!(both, b"012345678901234abcdemore");
}

#[test]
fn record_errors_are_bounded() {
    let mut builder = BatchBuilder::new();
    for _ in 0..5_000 {
        builder.append(&RecordDraft::default());
    }
    let batch = builder.build().unwrap();
    let rules = Rules {
        compacted: true,
        ..Rules::default()
    };
    let refusal =
        validate_produce_batch(&batch, &rules, NOW, &mut Decompressor::new()).unwrap_err();
    assert!(matches!(refusal, Refusal::Records(_)));
    assert_eq!(
        refusal.record_errors().len(),
        ottla_records::validate::MAX_RECORD_ERRORS
    );
}

#[test]
fn append_time_and_wrong_maxima_are_put_right() {
    let mut builder = BatchBuilder::new();
    for timestamp in [5, 9, 7] {
        builder.append(&RecordDraft {
            timestamp,
            ..RecordDraft::default()
        });
    }
    builder.keep_max_timestamp(1_000);
    let batch = builder.build().unwrap();
    let mut decompressor = Decompressor::new();
    let kept = validate_produce_batch(&batch, &Rules::default(), NOW, &mut decompressor).unwrap();
    assert_eq!(kept.max_timestamp(), 9);
    assert_eq!(kept.offset_delta_of_max_timestamp(), Some(2));

    let rules = Rules {
        timestamp_type: ottla_records::TimestampType::LogAppendTime,
        ..Rules::default()
    };
    let timed = validate_produce_batch(&batch, &rules, NOW, &mut decompressor).unwrap();
    let stored = [&timed.header_bytes()[..], timed.payload()].concat();
    let (stored, _) = BatchView::parse(&stored).unwrap();
    stored.check_crc().unwrap();
    assert_eq!(stored.max_timestamp(), NOW.0);
    for record in stored.records(&mut decompressor).unwrap() {
        assert_eq!(record.unwrap().timestamp, NOW.0);
    }
}
