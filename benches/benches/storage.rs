//! Appending to a log on the machine's file system, and reading from it.

use std::{hint::black_box, sync::Arc, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ottla_benches::{batch::Batch, clock};
use ottla_records::{
    Decompressor,
    validate::{Rules, validate_produce_batch},
};
use ottla_storage::{Log, LogConfig, OpenState, fs::OsFileSystem};
use ottla_types::{LeaderEpoch, Mono, Now, Offset, WallMs};

const NOW: Now = Now {
    mono: Mono(0),
    wall: WallMs(1_800_000_000_000),
};
/// A log that grew past this is emptied.
const LOG_BYTES: u64 = 256 << 20;

fn bytes(size: usize) -> Throughput {
    Throughput::Bytes(size.try_into().unwrap_or(u64::MAX))
}

fn open(directory: &tempfile::TempDir) -> Log {
    let path = directory.path().join("bench-0");
    let fs = Arc::new(OsFileSystem);
    let opened = Log::open(fs, path, LogConfig::default(), OpenState::default());
    opened.expect("it opens").0
}

fn append(log: &Log, batch: &Batch, decompressor: &mut Decompressor) -> Offset {
    let valid = validate_produce_batch(&batch.bytes, &Rules::default(), NOW.wall, decompressor);
    let valid = valid.expect("it is sound");
    let appended = log.append_as_leader(NOW, &valid, LeaderEpoch(0));
    appended.expect("it is appended").first_offset
}

fn appends(c: &mut Criterion) {
    let mut group = c.benchmark_group("check and append");
    let mut decompressor = Decompressor::new();
    for (size, value) in [
        (1, 1000),
        (1024, 100),
        (16 * 1024, 1000),
        (128 * 1024, 1000),
    ] {
        let directory = tempfile::tempdir().expect("a directory");
        let log = open(&directory);
        let batch = Batch::of(size, value, NOW.wall);
        group.throughput(bytes(batch.bytes.len()));
        group.bench_function(format!("{} B", batch.bytes.len()), |b| {
            // Emptying the log is not counted.
            b.iter_custom(|rounds| {
                let mut taken = Duration::ZERO;
                for _ in 0..rounds {
                    if log.size() > LOG_BYTES {
                        log.truncate_to(NOW, Offset(0)).expect("it is emptied");
                    }
                    let begun = clock::now();
                    black_box(append(&log, &batch, &mut decompressor));
                    taken += begun.elapsed();
                }
                taken
            });
        });
    }
    group.finish();
}

fn reads(c: &mut Criterion) {
    let mut group = c.benchmark_group("read from the page cache");
    let directory = tempfile::tempdir().expect("a directory");
    let log = open(&directory);
    let batch = Batch::of(16 * 1024, 1000, NOW.wall);
    while log.size() < LOG_BYTES / 4 {
        append(&log, &batch, &mut Decompressor::new());
    }
    let end = log.log_end_offset();
    for size in [64 * 1024, 1024 * 1024] {
        group.throughput(bytes(size));
        group.bench_function(format!("{} KiB", size / 1024), |b| {
            let mut offset = 0;
            b.iter(|| {
                offset = (offset + 61) % end.0;
                log.read(black_box(Offset(offset)), size, end, true)
                    .expect("it reads")
                    .data
                    .len()
            });
        });
    }
    group.finish();
}

criterion_group!(storage, appends, reads);
criterion_main!(storage);
