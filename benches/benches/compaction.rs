//! Compacting a log on the machine's file system: records of 1 KB whose keys come twice.

use std::{hint::black_box, sync::Arc, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ottla_benches::{clock, keyed};
use ottla_records::{
    Compression, Decompressor, OutputLimit,
    validate::{Rules, validate_produce_batch},
};
use ottla_storage::{CleanTools, Log, LogConfig, OffsetMap, OpenState, fs::OsFileSystem};
use ottla_types::{LeaderEpoch, Mono, Now, WallMs};

const NOW: Now = Now {
    mono: Mono(0),
    wall: WallMs(1_800_000_000_000),
};
/// 64 thousand records.
const BITS: u32 = 16;

/// A log of which half the records are superseded.
fn fill(directory: &tempfile::TempDir, codec: Compression) -> Log {
    let config = LogConfig {
        compact: true,
        delete: false,
        segment_bytes: 32 << 20,
        ..LogConfig::default()
    };
    let path = directory.path().join("bench-0");
    let opened = Log::open(Arc::new(OsFileSystem), path, config, OpenState::default());
    let (log, _) = opened.expect("it opens");
    let mut decompressor = Decompressor::new();
    for bytes in keyed::batches(BITS, codec) {
        let rules = Rules::default();
        let valid = validate_produce_batch(&bytes, &rules, NOW.wall, &mut decompressor);
        log.append_as_leader(NOW, &valid.expect("it is sound"), LeaderEpoch(0))
            .expect("it is appended");
    }
    log.roll(NOW).expect("it rolls");
    log.flush().expect("it is synced");
    log
}

fn cleans(c: &mut Criterion) {
    let mut group = c.benchmark_group("compact");
    group.sample_size(10);
    // Of a compressed log too, the bytes of its records count.
    let sample = tempfile::tempdir().expect("a directory");
    let bytes = fill(&sample, Compression::None).size();
    drop(sample);
    group.throughput(Throughput::Bytes(bytes));
    for codec in [Compression::None, Compression::Lz4] {
        group.bench_function(codec.name(), |b| {
            b.iter_custom(|rounds| {
                let mut taken = Duration::ZERO;
                for _ in 0..rounds {
                    let directory = tempfile::tempdir().expect("a directory");
                    let log = fill(&directory, codec);
                    let end = log.log_end_offset();
                    let begun = clock::now();
                    let dirty = log.dirtiness(NOW.wall, end, None).expect("it is dirty");
                    let mut map = OffsetMap::new(128 << 20, 0.9, 1);
                    let mut tools = CleanTools {
                        map: &mut map,
                        limit: OutputLimit::default(),
                        pace: &mut |_| true,
                    };
                    black_box(log.clean(NOW, &dirty, &mut tools).expect("it is cleaned"));
                    taken += begun.elapsed();
                }
                taken
            });
        });
    }
    group.finish();
}

criterion_group!(compaction, cleans);
criterion_main!(compaction);
