//! Reading a log from its start to its end, a megabyte at a time, beside `pread` and a copy in memory.

use std::{fs::File, hint::black_box, os::unix::fs::FileExt, path::PathBuf};

use ottla_benches::{
    clock,
    figures::{float, median},
};
use ottla_records::BatchView;
use ottla_storage::Log;
use ottla_types::Saturate;
use rustix::fs::{Advice, fadvise};

use crate::{
    Contest, Cost, Failure, Settings, Stopwatch,
    logs::{self, Filled},
};

const STRETCH: usize = 1 << 20;

pub(crate) fn measure(settings: &Settings, filled: &Filled) -> Result<(), Failure> {
    let files = logs::segment_files(&filled.log);
    let rate = |seconds: f64| float(filled.log.size()) / 1e9 / seconds;
    println!(
        "memcpy of 1 MiB: {:.2} GB/s",
        float(STRETCH.saturate()) / 1e9 / memcpy(settings.rounds)
    );
    let warm = Contest::run(settings.rounds, || ours(&filled.log), || bare(&files))?;
    let cold = Contest::run(
        settings.rounds,
        || forget(&files).and_then(|()| ours(&filled.log)),
        || forget(&files).and_then(|()| bare(&files)),
    )?;
    for (name, contest) in [
        ("from the page cache", warm),
        ("after posix_fadvise(DONTNEED)", cold),
    ] {
        println!(
            "read {name}: {:.2} GB/s; pread {:.2} GB/s; {}",
            rate(contest.ours()),
            rate(contest.bare()),
            contest.shares()
        );
    }
    Ok(())
}

fn ours(log: &Log) -> Result<Cost, Failure> {
    let (mut next, end) = (log.log_start_offset(), log.log_end_offset());
    let watch = Stopwatch::start();
    while next < end {
        let data = log.read(next, STRETCH, end, true)?.data;
        // As a consumer does: on from the last batch that is whole.
        let mut rest = &data[..];
        while let Ok((batch, behind)) = BatchView::parse(rest) {
            next = batch.last_offset().next();
            rest = behind;
        }
    }
    Ok(watch.stop())
}

fn bare(files: &[PathBuf]) -> Result<Cost, Failure> {
    let mut buffer = vec![0; STRETCH];
    let watch = Stopwatch::start();
    for file in files {
        let file = File::open(file)?;
        let (mut position, len) = (0, file.metadata()?.len());
        while position < len {
            let read: u64 = file.read_at(&mut buffer, position)?.saturate();
            black_box(&buffer);
            position += read.max(1);
        }
    }
    Ok(watch.stop())
}

/// Drops what the page cache of this machine holds of the files, which are on disk.
fn forget(files: &[PathBuf]) -> Result<(), Failure> {
    for file in files {
        fadvise(File::open(file)?, 0, None, Advice::DontNeed)?;
    }
    Ok(())
}

/// Seconds for a stretch.
fn memcpy(rounds: usize) -> f64 {
    let (from, mut to) = (vec![1u8; STRETCH], vec![0u8; STRETCH]);
    let mut copy = || {
        let begun = clock::now();
        for _ in 0..1000 {
            to.copy_from_slice(black_box(&from));
            black_box(&to);
        }
        begun.elapsed().as_secs_f64() / 1000.0
    };
    median((0..rounds).map(|_| copy()).collect())
}
