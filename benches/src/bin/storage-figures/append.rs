//! Checking and appending a producer's batch, beside `pwrite` and the checksum alone.

use std::{fs::File, hint::black_box, os::unix::fs::FileExt};

use ottla_benches::{batch::Batch, figures::float};
use ottla_records::{Decompressor, crc32c};
use ottla_storage::LogConfig;
use ottla_types::Saturate;

use crate::{Contest, Cost, Failure, Settings, Stopwatch, logs};

/// Bytes appended in a round.
const ROUND: usize = 128 << 20;

pub(crate) fn measure(settings: &Settings) -> Result<(), Failure> {
    for kib in [1, 16, 128] {
        // Of the least size, one record; the records of the others have 1,000 bytes.
        let batch = Batch::of(kib << 10, if kib == 1 { 900 } else { 1000 }, logs::NOW.wall);
        let count = ROUND / batch.bytes.len();
        let contest = Contest::run(
            settings.rounds,
            || ours(settings, &batch, count),
            || bare(settings, &batch, count),
        )?;
        let (size, count): (u64, u64) = (batch.bytes.len().saturate(), count.saturate());
        let rate = |seconds: f64| float(size * count) / 1e6 / seconds;
        println!(
            "append, {kib} KiB batches: {:.0} MB/s, {:.0} ns per batch; \
             pwrite and CRC {:.0} MB/s, {:.0} ns; {}",
            rate(contest.ours()),
            contest.ours() * 1e9 / float(count),
            rate(contest.bare()),
            contest.bare() * 1e9 / float(count),
            contest.shares()
        );
    }
    Ok(())
}

fn ours(settings: &Settings, batch: &Batch, count: usize) -> Result<Cost, Failure> {
    let home = tempfile::tempdir_in(&settings.base)?;
    let log = logs::open(home.path(), LogConfig::default())?;
    let mut unpacked = Decompressor::new();
    let watch = Stopwatch::start();
    for _ in 0..count {
        logs::append(&log, &batch.bytes, &mut unpacked)?;
    }
    Ok(watch.stop())
}

fn bare(settings: &Settings, batch: &Batch, count: usize) -> Result<Cost, Failure> {
    let file: File = tempfile::tempfile_in(&settings.base)?;
    let mut position = 0;
    let watch = Stopwatch::start();
    for _ in 0..count {
        black_box(crc32c(black_box(&batch.bytes)));
        file.write_all_at(&batch.bytes, position)?;
        let size: u64 = batch.bytes.len().saturate();
        position += size;
    }
    Ok(watch.stop())
}
