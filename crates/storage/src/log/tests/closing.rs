//! Closing logs, alone and together.

use super::*;
use crate::{
    StorageError, close_together,
    fs::{Crash, enumerate_crashes},
};

const COUNT: usize = 12;

fn dir(index: usize) -> PathBuf {
    PathBuf::from(format!("/data/t-{index}"))
}

fn open_all(fs: &MemoryFileSystem, ends: Option<&[Offset]>) -> Vec<Log> {
    let open = |index| {
        let start = OpenState {
            clean: ends.is_some(),
            recovery_point: ends.map_or(Offset(0), |ends| ends[index]),
            ..OpenState::default()
        };
        let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
        Log::open(fs, dir(index), small(), start).unwrap().0
    };
    (0..COUNT).map(open).collect()
}

/// Logs of different sizes and epochs; the first holds nothing.
fn filled(fs: &MemoryFileSystem) -> Vec<Log> {
    let logs = open_all(fs, None);
    for (index, log) in logs.iter().enumerate() {
        for round in 0..index {
            let epoch = LeaderEpoch(i32::try_from(round / 3).unwrap());
            try_append(log, &batch(&["a", "b"], 0), epoch).unwrap();
        }
    }
    logs
}

fn close(fs: &MemoryFileSystem, logs: &[Log]) -> Vec<Result<Offset, StorageError>> {
    let logs: Vec<&Log> = logs.iter().collect();
    close_together(fs, &logs, 3)
}

type Summary = (Vec<(i64, String)>, Vec<(LeaderEpoch, Offset)>);

fn summary(log: &Log) -> Summary {
    (contents(log), log.epochs())
}

#[test]
fn logs_that_are_closed_together_are_closed_as_if_alone() {
    let (together, apart) = (disk(), disk());
    let logs = filled(&together);
    let closed = close(&together, &logs);
    let ends: Vec<_> = closed.into_iter().map(Result::unwrap).collect();
    let expected: Vec<_> = logs.iter().map(summary).collect();
    assert!(matches!(logs[3].flush(), Err(StorageError::Closed)));
    drop(logs);
    let alone = filled(&apart);
    for (index, log) in alone.iter().enumerate() {
        assert_eq!(log.close_clean().unwrap(), ends[index]);
        for entry in apart.read_dir(&dir(index)).unwrap() {
            let path = dir(index).join(&entry.name);
            let of_both = [&together, &apart].map(|fs| fs.read(&path).unwrap());
            assert_eq!(of_both[0], of_both[1], "{}", path.display());
        }
    }

    let together = together.crash(Crash::LoseUnsynced);
    let logs = open_all(&together, Some(&ends));
    assert_eq!(logs.iter().map(summary).collect::<Vec<_>>(), expected);
    let before = together.steps();
    assert!(close(&together, &logs).iter().all(Result::is_ok));
    assert_eq!(together.steps(), before, "nothing was appended");
}

#[test]
fn when_the_volume_cannot_be_synced_no_log_is_closed() {
    // Before, and after anything was written.
    let all_steps = {
        let fs = disk();
        let logs = filled(&fs);
        let before = fs.steps();
        assert!(close(&fs, &logs).iter().all(Result::is_ok));
        fs.steps() - before
    };
    for step in [0, all_steps - 1] {
        let fs = disk();
        let logs = filled(&fs);
        fs.fail_at(fs.steps() + step, std::io::ErrorKind::Other);
        assert!(close(&fs, &logs).iter().all(Result::is_err), "{step}");
        assert!(logs.iter().all(|log| log.fault().is_some()), "{step}");
    }
}

#[test]
fn one_that_cannot_be_closed_does_not_keep_the_others_from_it() {
    let fs = disk();
    let logs = filled(&fs);
    logs[4].abandon();
    let closed = close(&fs, &logs);
    let failed: Vec<_> = (0..COUNT).filter(|index| closed[*index].is_err()).collect();
    assert_eq!(failed, [4]);
}

#[test]
fn a_power_cut_while_logs_are_closed_takes_nothing_that_was_flushed() {
    let start = disk();
    for (index, log) in filled(&start).iter().enumerate() {
        log.flush().unwrap();
        if index % 2 == 0 {
            log.checkpoint().unwrap();
        }
    }
    start.sync_all();
    let expected: Vec<_> = open_all(&start.fork(), None).iter().map(summary).collect();
    enumerate_crashes(
        &start,
        1,
        |fs| {
            let logs: Vec<Log> = (0..COUNT).map_while(|index| reopen(fs, index)).collect();
            let logs: Vec<&Log> = logs.iter().collect();
            drop(close_together(fs, &logs, 1));
        },
        |left, point| {
            let found: Vec<_> = open_all(left, None).iter().map(summary).collect();
            assert_eq!(found, expected, "{point:?}");
        },
    );
}

/// `None` when the power is cut.
fn reopen(fs: &MemoryFileSystem, index: usize) -> Option<Log> {
    let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
    let opened = Log::open(fs, dir(index), small(), OpenState::default());
    opened.ok().map(|(log, _)| log)
}
