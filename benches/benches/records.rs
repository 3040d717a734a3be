//! Checksums, the checks of a produced batch, and building batches.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ottla_benches::batch::Batch;
use ottla_records::{
    BatchBuilder, BatchView, Compression, Decompressor, RecordDraft, crc32c,
    validate::{Rules, validate_produce_batch},
};
use ottla_types::WallMs;

const NOW: WallMs = WallMs(1_800_000_000_000);

fn bytes(size: usize) -> Throughput {
    Throughput::Bytes(size.try_into().unwrap_or(u64::MAX))
}

fn checksum(c: &mut Criterion) {
    let mut group = c.benchmark_group("crc32c");
    for size in [100, 1024, 16 * 1024, 128 * 1024] {
        let data = vec![7u8; size];
        group.throughput(bytes(size));
        group.bench_function(size.to_string(), |b| b.iter(|| crc32c(black_box(&data))));
    }
    group.finish();
}

fn validation(c: &mut Criterion) {
    let mut group = c.benchmark_group("validate_produce_batch");
    let mut decompressor = Decompressor::new();
    for (size, value) in [
        (1, 1000),
        (1024, 100),
        (16 * 1024, 100),
        (16 * 1024, 1000),
        (128 * 1024, 1000),
    ] {
        let batch = Batch::of(size, value, NOW);
        group.throughput(bytes(batch.bytes.len()));
        group.bench_function(
            format!("{} B, {} records", batch.bytes.len(), batch.records),
            |b| {
                b.iter(|| {
                    let batch = validate_produce_batch(
                        black_box(&batch.bytes),
                        &Rules::default(),
                        NOW,
                        &mut decompressor,
                    );
                    black_box(batch.expect("it is sound").records_count())
                });
            },
        );
    }
    for codec in Compression::ALL {
        let plain = Batch::of(16 * 1024, 100, NOW);
        let batch = build(&plain.bytes, codec);
        group.throughput(bytes(plain.bytes.len()));
        group.bench_function(format!("16 KiB of 100 B records, {}", codec.name()), |b| {
            b.iter(|| {
                let batch = validate_produce_batch(
                    black_box(&batch),
                    &Rules::default(),
                    NOW,
                    &mut decompressor,
                );
                black_box(batch.expect("it is sound").records_count())
            });
        });
    }
    group.finish();
}

/// The same records, compressed.
fn build(plain: &[u8], codec: Compression) -> Vec<u8> {
    let (view, _) = BatchView::parse(plain).expect("it parses");
    let mut decompressor = Decompressor::new();
    let mut builder = BatchBuilder::new().compression(codec);
    for record in view.records(&mut decompressor).expect("they can be read") {
        builder.append_view(&record.expect("it can be read"));
    }
    builder.build().expect("it fits")
}

fn building(c: &mut Criterion) {
    let value = [7u8; 100];
    c.bench_function("build a batch of 140 records of 100 B", |b| {
        b.iter(|| {
            let mut builder = BatchBuilder::new();
            for _ in 0..140 {
                builder.append(&RecordDraft {
                    timestamp: NOW.0,
                    key: None,
                    value: Some(black_box(&value)),
                    headers: &[],
                });
            }
            builder.build().expect("it fits").len()
        });
    });
}

criterion_group!(records, checksum, validation, building);
criterion_main!(records);
