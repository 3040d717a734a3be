//! Opening a log after a crash of which nothing is known: all of it is read and checked, and its indexes
//! are made anew. Beside reading and checksumming the same files.

use std::{fs::File, hint::black_box, os::unix::fs::FileExt, path::PathBuf};

use ottla_benches::{
    clock,
    figures::{float, median},
};
use ottla_records::crc32c;
use ottla_storage::LogConfig;
use ottla_types::Saturate;

use crate::{
    Contest, Cost, Failure, Settings, Stopwatch,
    logs::{self, Filled},
};

const STRETCH: usize = 1 << 20;

pub(crate) fn measure(settings: &Settings, filled: Filled) -> Result<(), Failure> {
    let (files, bytes) = (logs::segment_files(&filled.log), filled.log.size());
    let home = filled.home;
    drop(filled.log);
    let ours = || {
        let watch = Stopwatch::start();
        let log = logs::open(home.path(), LogConfig::default())?;
        let taken = watch.stop();
        match log.size() == bytes {
            true => Ok(taken),
            false => Err("a part of the log is gone".into()),
        }
    };
    let contest = Contest::run(settings.rounds, ours, || bare(&files))?;
    let rate = |seconds: f64| float(bytes) / 1e9 / seconds;
    let buffer = vec![7u8; 16 << 10];
    let checksum = (0..settings.rounds).map(|_| {
        let begun = clock::now();
        for _ in 0..10_000 {
            black_box(crc32c(black_box(&buffer)));
        }
        begun.elapsed().as_secs_f64() / 10_000.0
    });
    println!(
        "recovery of {:.2} GB in the page cache: {:.2} GB/s; pread and CRC {:.2} GB/s; {}; \
         CRC alone {:.2} GB/s",
        float(bytes) / 1e9,
        rate(contest.ours()),
        rate(contest.bare()),
        contest.shares(),
        float(buffer.len().saturate()) / 1e9 / median(checksum.collect())
    );
    Ok(())
}

fn bare(files: &[PathBuf]) -> Result<Cost, Failure> {
    let mut buffer = vec![0; STRETCH];
    let watch = Stopwatch::start();
    for file in files {
        let file = File::open(file)?;
        let (mut position, len) = (0, file.metadata()?.len());
        while position < len {
            let read = file.read_at(&mut buffer, position)?;
            black_box(crc32c(buffer.get(..read).unwrap_or_default()));
            let read: u64 = read.saturate();
            position += read.max(1);
        }
    }
    Ok(watch.stop())
}
