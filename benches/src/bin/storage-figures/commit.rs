//! Threads that each append a record and wait until it is on disk: they share syncs. Beside one thread
//! that writes as much and calls `fdatasync`.

use std::{
    fs::File,
    os::unix::fs::FileExt,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use ottla_benches::{batch::Batch, clock, figures::float};
use ottla_records::Decompressor;
use ottla_storage::{Log, LogConfig};
use ottla_types::Saturate;

use crate::{Contest, Cost, Failure, Settings, logs};

const ROUND: Duration = Duration::from_millis(500);

pub(crate) fn measure(settings: &Settings) -> Result<(), Failure> {
    let batch = Batch::of(1, 900, logs::NOW.wall);
    let home = tempfile::tempdir_in(&settings.base)?;
    let log = logs::open(home.path(), LogConfig::default())?;
    let file = tempfile::tempfile_in(&settings.base)?;
    let mut written = 0;
    let mut alone = f64::NAN;
    for threads in [1, 4, 16, 64] {
        let contest = Contest::run(
            settings.rounds,
            || ours(&log, &batch, threads),
            || bare(&file, &batch, &mut written),
        )?;
        let rate = 1.0 / contest.ours();
        if threads == 1 {
            alone = rate;
        }
        println!(
            "append 1 KB and sync, {threads} threads: {rate:.0} records/s, {:.1} times one thread; \
             pwrite and fdatasync by one {:.0}/s",
            rate / alone,
            1.0 / contest.bare()
        );
    }
    Ok(())
}

/// Seconds for a record.
fn ours(log: &Log, batch: &Batch, threads: usize) -> Result<Cost, Failure> {
    let (begun, count) = (clock::now(), AtomicU64::new(0));
    let writer = || -> Result<(), Failure> {
        let mut unpacked = Decompressor::new();
        while begun.elapsed() < ROUND {
            logs::append(log, &batch.bytes, &mut unpacked)?;
            log.flush()?;
            count.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let writers: Vec<_> = (0..threads).map(|_| scope.spawn(writer)).collect();
        for writer in writers {
            writer.join().map_err(|_| "a thread panicked")??;
        }
        Ok(per_record(begun, count.load(Ordering::Relaxed)))
    })
}

/// Seconds for a record.
fn bare(file: &File, batch: &Batch, written: &mut u64) -> Result<Cost, Failure> {
    let (begun, mut count) = (clock::now(), 0);
    while begun.elapsed() < ROUND {
        file.write_all_at(&batch.bytes, *written)?;
        file.sync_data()?;
        let size: u64 = batch.bytes.len().saturate();
        *written += size;
        count += 1;
    }
    Ok(per_record(begun, count))
}

fn per_record(begun: Instant, count: u64) -> Cost {
    Cost {
        wall: begun.elapsed().as_secs_f64() / float(count),
        cpu: f64::NAN,
    }
}
