//! What a power cut leaves of index files while they are written.

use std::cell::Cell;

use super::*;
use crate::{StorageError, fs::enumerate_crashes};

/// Timestamps that fill several sectors of a time index.
const BATCHES: i64 = 120;

fn config() -> LogConfig {
    LogConfig {
        index_interval_bytes: 1,
        ..LogConfig::default()
    }
}

/// A log of two segments, synced, the first of them full of index entries.
fn indexed() -> (MemoryFileSystem, Offset) {
    let fs = disk();
    let (log, _) = open_with(&fs, config(), OpenState::default());
    for timestamp in 1..=BATCHES {
        try_append(&log, &batch(&["v"], timestamp), EPOCH).unwrap();
    }
    log.roll(at(0)).unwrap();
    try_append(&log, &batch(&["v"], BATCHES + 1), EPOCH).unwrap();
    let point = log.checkpoint().unwrap();
    (fs, point)
}

/// Opens the log, and writes what is to be written of its closed segments.
fn write(fs: &MemoryFileSystem, point: Offset) -> Result<(), StorageError> {
    let start = OpenState {
        recovery_point: point,
        ..OpenState::default()
    };
    let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
    let (log, _) = Log::open(fs, PathBuf::from(DIR), config(), start)?;
    log.flush().map(drop)
}

/// The index files of the first segment.
fn indexes(fs: &MemoryFileSystem) -> [Vec<u8>; 2] {
    ["index", "timeindex"].map(|kind| file(fs, &format!("00000000000000000000.{kind}")))
}

#[test]
fn indexes_that_are_written_anew_before_the_recovery_point_are_not_believed_half_done() {
    for lost in ["timeindex", "index"] {
        let (fs, point) = indexed();
        let expected = indexes(&fs);
        let name = PathBuf::from(DIR).join(format!("00000000000000000000.{lost}"));
        fs.remove_file(&name).unwrap();
        fs.sync_all();
        let run = |fs: &MemoryFileSystem| drop(write(fs, point));
        let steps = enumerate_crashes(&fs, 20, run, |left, cut| {
            write(left, point).unwrap();
            assert!(indexes(left) == expected, "{lost} lost, {cut:?}");
        });
        assert!(steps > 6);
    }
}

/// A segment that a start has read, and that is closed at the recovery point before anything else.
#[test]
fn the_index_of_a_segment_closed_at_the_recovery_point_is_not_believed_half_done() {
    let fs = disk();
    let (log, _) = open_with(&fs, LogConfig::default(), OpenState::default());
    try_append(&log, &batch(&["v"], 7), EPOCH).unwrap();
    let point = log.checkpoint().unwrap();
    let expected = indexes(&fs);
    drop(log);
    fs.sync_all();
    let start = OpenState {
        recovery_point: point,
        ..OpenState::default()
    };
    let run = |fs: &MemoryFileSystem| {
        let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
        let opened = Log::open(fs, PathBuf::from(DIR), LogConfig::default(), start);
        if let Ok((log, _)) = opened
            && log.roll(at(0)).is_ok()
        {
            log.flush().ok();
        }
    };
    enumerate_crashes(&fs, 20, run, |left, cut| {
        run(left);
        assert_eq!(indexes(left), expected, "{cut:?}");
    });
}

#[test]
fn indexes_that_found_no_space_are_written_later() {
    let (fs, point) = indexed();
    let expected = indexes(&fs);
    let name = PathBuf::from(DIR).join("00000000000000000000.timeindex");
    fs.remove_file(&name).unwrap();
    let start = OpenState {
        recovery_point: point,
        ..OpenState::default()
    };
    let (log, _) = open_with(&fs, config(), start);
    fs.limit_space(Some(fs.space_used() + 200));
    log.flush().unwrap();
    write(&fs.fork(), point).unwrap();
    fs.limit_space(None);
    log.flush().unwrap();
    assert!(indexes(&fs) == expected);
}

/// The entry that a checkpoint adds to the time index is of a batch that no offset entry leads to.
#[test]
fn a_time_of_a_batch_that_was_cut_off_is_forgotten() {
    let fs = disk();
    let (log, _) = open_with(&fs, small(), OpenState::default());
    for timestamp in [1, 2, 3, 9] {
        try_append(&log, &batch(&["v"], timestamp), EPOCH).unwrap();
    }
    let point = log.checkpoint().unwrap();
    let start = OpenState {
        recovery_point: point,
        ..OpenState::default()
    };
    let timestamps = |log: &Log| {
        let found = log.max_timestamp_offset().unwrap();
        let largest = found.map(|found| (found.offset.0, found.timestamp));
        let offset = log.offset_for_timestamp(9).unwrap();
        (largest, offset)
    };
    drop(log);
    fs.sync_all();
    let run = |fs: &MemoryFileSystem| {
        let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
        let opened = Log::open(fs, PathBuf::from(DIR), small(), start);
        if let Ok((log, _)) = opened {
            log.truncate_to(at(0), Offset(3)).ok();
        }
    };
    enumerate_crashes(&fs, 4, run, |left, point| {
        let (log, _) = open_with(left, small(), start);
        if log.log_end_offset() == Offset(3) {
            assert_eq!(timestamps(&log), (Some((2, 3)), None), "{point:?}");
        }
    });
}

#[test]
fn half_an_entry_of_a_time_index_is_not_taken_for_a_whole_one() {
    let fs = disk();
    let (log, _) = open_with(&fs, small(), OpenState::default());
    for timestamp in [1, 9, 3, 4] {
        try_append(&log, &batch(&["v"], timestamp), EPOCH).unwrap();
    }
    let point = log.checkpoint().unwrap();
    drop(log);
    let name = PathBuf::from(DIR).join("00000000000000000000.timeindex");
    let mut torn = 9_i64.to_be_bytes().to_vec();
    torn.extend([0; 4]);
    fs.replace(&name, &torn).unwrap();
    let start = OpenState {
        recovery_point: point,
        ..OpenState::default()
    };
    let (log, _) = open_with(&fs, small(), start);
    log.checkpoint().unwrap();
    let times = file(&fs, "00000000000000000000.timeindex");
    let entries: Vec<_> = times
        .chunks(12)
        .map(|entry| (entry[7], entry[11]))
        .collect();
    assert!(!entries.contains(&(9, 0)), "{entries:?}");
}

#[test]
fn entries_of_a_log_in_use_are_in_its_files() {
    let fs = disk();
    let (log, _) = open_with(&fs, config(), OpenState::default());
    let append_each = |range: std::ops::Range<i64>| {
        for timestamp in range {
            try_append(&log, &batch(&["v"], timestamp), EPOCH).unwrap();
        }
    };
    append_each(1..3);
    assert!(log.has_hidden_index_entries());
    log.show_index_entries().unwrap();
    assert!(!log.has_hidden_index_entries());
    // The first batch gets none.
    assert_eq!(indexes(&fs).map(|file| file.len()), [8, 12]);
    append_each(3..6);
    log.show_index_entries().unwrap();
    let shown = indexes(&fs);
    assert_eq!(shown.each_ref().map(Vec::len), [4 * 8, 4 * 12]);
    log.checkpoint().unwrap();
    assert!(indexes(&fs) == shown);
    log.truncate_to(at(0), Offset(3)).unwrap();
    assert_eq!(indexes(&fs).map(|file| file.len()), [2 * 8, 2 * 12]);
}

#[test]
fn entries_that_find_no_space_are_shown_later() {
    let fs = disk();
    let (log, _) = open_with(&fs, config(), OpenState::default());
    for timestamp in 1..=BATCHES {
        try_append(&log, &batch(&["v"], timestamp), EPOCH).unwrap();
    }
    fs.limit_space(Some(fs.space_used() + 200));
    log.show_index_entries().unwrap();
    fs.limit_space(None);
    log.checkpoint().unwrap();
    assert!(indexes(&fs) == rebuilt(&fs));
}

/// The index files of the first segment as a start makes them that finds none.
fn rebuilt(fs: &MemoryFileSystem) -> [Vec<u8>; 2] {
    let fs = fs.fork();
    for kind in ["index", "timeindex"] {
        let path = PathBuf::from(DIR).join(format!("00000000000000000000.{kind}"));
        fs.remove_file(&path).ok();
    }
    let (log, _) = open_with(&fs, config(), OpenState::default());
    log.checkpoint().unwrap();
    drop(log);
    indexes(&fs)
}

/// Whatever of them a power cut keeps, and whichever end of what was flushed the next start is told.
#[test]
fn entries_that_were_shown_are_not_believed_before_they_are_synced() {
    let point = Cell::new(Offset(0));
    let open = |fs: &MemoryFileSystem| {
        let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
        let start = OpenState {
            recovery_point: point.get(),
            ..OpenState::default()
        };
        Log::open(fs, PathBuf::from(DIR), config(), start)
    };
    let live = |fs: &MemoryFileSystem| -> Result<(), StorageError> {
        point.set(Offset(0));
        let (log, _) = open(fs)?;
        let append_each = |range: std::ops::Range<i64>| {
            for timestamp in range {
                try_append(&log, &batch(&["v"], timestamp), EPOCH).ok();
            }
        };
        append_each(0..50);
        point.set(log.checkpoint()?);
        append_each(50..100);
        log.show_index_entries()?;
        point.set(log.flush()?);
        append_each(100..BATCHES - 5);
        log.show_index_entries()?;
        append_each(BATCHES - 5..BATCHES);
        log.roll(at(0))?;
        append_each(BATCHES..BATCHES + 2);
        // The entries that were not shown find none.
        fs.limit_space(Some(fs.space_used()));
        point.set(log.flush()?);
        fs.limit_space(None);
        Ok(())
    };
    let run = |fs: &MemoryFileSystem| drop(live(fs));
    enumerate_crashes(&disk(), 20, run, |left, cut| {
        let (log, _) = open(left).unwrap();
        assert!(log.log_end_offset() >= point.get(), "{cut:?}");
        log.checkpoint().unwrap();
        drop(log);
        assert!(indexes(left) == rebuilt(left), "{cut:?}");
    });
}
