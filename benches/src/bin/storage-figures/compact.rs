//! Compacting a log of records of 1 KB, half of which are superseded, beside reading and checksumming all
//! of it, writing half, and syncing that.

use std::{
    fs::{self, File},
    hint::black_box,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

use ottla_benches::{figures::float, keyed};
use ottla_records::{Compression, Decompressor, OutputLimit, crc32c};
use ottla_storage::{CleanTools, LogConfig, OffsetMap};
use ottla_types::Saturate;

use crate::{Contest, Cost, Failure, Settings, Stopwatch, logs};

/// Half a million records.
const BITS: u32 = 19;
const STRETCH: usize = 1 << 20;

pub(crate) fn measure(settings: &Settings) -> Result<(), Failure> {
    let home = tempfile::tempdir_in(&settings.base)?;
    let config = LogConfig {
        compact: true,
        delete: false,
        segment_bytes: 64 << 20,
        ..LogConfig::default()
    };
    let log = logs::open(home.path(), config.clone())?;
    let mut unpacked = Decompressor::new();
    for batch in keyed::batches(BITS, Compression::None) {
        logs::append(&log, &batch, &mut unpacked)?;
    }
    log.roll(logs::NOW)?;
    log.flush()?;
    let (files, bytes) = (logs::segment_files(&log), log.size());
    drop(log);
    let contest = Contest::run(
        settings.rounds,
        || ours(settings, home.path(), &config),
        || bare(settings, &files),
    )?;
    let rate = |seconds: f64| float(bytes) / 1e6 / seconds;
    println!(
        "compaction of {:.2} GB: {:.0} MB/s; pread and CRC of all, pwrite of half, fdatasync {:.0} MB/s; \
         {}",
        float(bytes) / 1e9,
        rate(contest.ours()),
        rate(contest.bare()),
        contest.shares()
    );
    Ok(())
}

fn ours(settings: &Settings, from: &Path, config: &LogConfig) -> Result<Cost, Failure> {
    let home = tempfile::tempdir_in(&settings.base)?;
    let (from, to) = (from.join("bench-0"), home.path().join("bench-0"));
    fs::create_dir(&to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    let log = logs::open(home.path(), config.clone())?;
    log.flush()?;
    let watch = Stopwatch::start();
    let dirty = log.dirtiness(logs::NOW.wall, log.log_end_offset(), None)?;
    let mut map = OffsetMap::new(128 << 20, 0.9, 1);
    let mut tools = CleanTools {
        map: &mut map,
        limit: OutputLimit::default(),
        pace: &mut |_| true,
    };
    log.clean(logs::NOW, &dirty, &mut tools)?;
    Ok(watch.stop())
}

fn bare(settings: &Settings, files: &[PathBuf]) -> Result<Cost, Failure> {
    let to = tempfile::tempfile_in(&settings.base)?;
    let (mut buffer, mut written) = (vec![0; STRETCH], 0);
    let watch = Stopwatch::start();
    for file in files {
        let file = File::open(file)?;
        let (mut position, len) = (0, file.metadata()?.len());
        while position < len {
            let read = file.read_at(&mut buffer, position)?;
            let bytes = buffer.get(..read).unwrap_or_default();
            black_box(crc32c(bytes));
            let half = bytes.get(..read / 2).unwrap_or_default();
            to.write_all_at(half, written)?;
            let (read, half): (u64, u64) = (read.saturate(), half.len().saturate());
            position += read.max(1);
            written += half;
        }
    }
    to.sync_data()?;
    Ok(watch.stop())
}
