//! Logs to be measured.

use std::{path::Path, path::PathBuf, sync::Arc};

use ottla_benches::batch::Batch;
use ottla_records::{
    Decompressor,
    validate::{Rules, validate_produce_batch},
};
use ottla_storage::{Log, LogConfig, OpenState, fs::OsFileSystem};
use ottla_types::{LeaderEpoch, Mono, Now, WallMs};
use tempfile::TempDir;

use crate::Failure;

pub(crate) const NOW: Now = Now {
    mono: Mono(0),
    wall: WallMs(1_800_000_000_000),
};

/// Opens the log as after a crash of which nothing is known.
pub(crate) fn open(dir: &Path, config: LogConfig) -> Result<Log, Failure> {
    let fs = Arc::new(OsFileSystem);
    Ok(Log::open(fs, dir.join("bench-0"), config, OpenState::default())?.0)
}

/// What a leader does with a batch of a producer.
pub(crate) fn append(log: &Log, bytes: &[u8], unpacked: &mut Decompressor) -> Result<(), Failure> {
    let valid = validate_produce_batch(bytes, &Rules::default(), NOW.wall, unpacked)
        .map_err(|refusal| format!("{refusal:?}"))?;
    log.append_as_leader(NOW, &valid, LeaderEpoch(0))?;
    Ok(())
}

/// A log of batches of 16 KiB, in the page cache and on disk.
pub(crate) struct Filled {
    pub(crate) home: TempDir,
    pub(crate) log: Log,
}

impl Filled {
    pub(crate) fn new(base: &Path, bytes: u64) -> Result<Self, Failure> {
        let home = tempfile::tempdir_in(base)?;
        let log = open(home.path(), LogConfig::default())?;
        let (batch, mut unpacked) = (Batch::of(16 << 10, 1000, NOW.wall), Decompressor::new());
        while log.size() < bytes {
            append(&log, &batch.bytes, &mut unpacked)?;
        }
        log.flush()?;
        Ok(Self { home, log })
    }
}

/// The files of batches of a log.
pub(crate) fn segment_files(log: &Log) -> Vec<PathBuf> {
    let name = |base| log.dir().join(format!("{base:020}.log"));
    log.segments()
        .iter()
        .map(|(base, _)| name(base.0))
        .collect()
}
