//! The calls of a program that is no broker.

use super::*;
use crate::{ReadError, fs::Crash};

fn draft(value: &str) -> RecordDraft<'_> {
    RecordDraft::new(WallMs(7), Some(b"key"), Some(value.as_bytes()))
}

fn replayed(log: &Log, from: i64) -> Vec<(i64, String)> {
    let mut found = Vec::new();
    let end = log.replay(Offset(from), |record| {
        let value = String::from_utf8_lossy(record.value.unwrap()).into_owned();
        assert_eq!((record.timestamp, record.key), (7, Some(&b"key"[..])));
        found.push((record.offset.0, value));
    });
    assert_eq!(end.unwrap(), log.log_end_offset());
    found
}

fn open(fs: &MemoryFileSystem) -> Log {
    let fs = Arc::new(fs.clone());
    let opened = Log::open(fs, DIR.into(), small(), OpenState::default());
    opened.unwrap().0
}

#[test]
fn what_was_flushed_is_replayed_after_a_power_cut() {
    let fs = MemoryFileSystem::new();
    let log = open(&fs);
    for values in [["a", "b"], ["c", "d"]] {
        log.append(at(1), &values.map(draft)).unwrap();
    }
    assert_eq!(log.flush().unwrap(), Offset(4));
    log.append(at(1), &[draft("lost")]).unwrap();
    assert_eq!(replayed(&log, 3), [(3, "d".into()), (4, "lost".into())]);

    let log = open(&fs.crash(Crash::LoseUnsynced));
    let values = ["a", "b", "c", "d"].map(String::from);
    assert_eq!(replayed(&log, 0), (0..).zip(values).collect::<Vec<_>>());
    assert_eq!(
        log.append(at(2), &[draft("e")]).unwrap().first_offset,
        Offset(4)
    );
}

#[test]
fn a_replay_passes_over_segments_and_markers() {
    let log = open(&MemoryFileSystem::new());
    let value = "v".repeat(150);
    for _ in 0..10 {
        log.append(at(1), &[draft(&value)]).unwrap();
    }
    let mut marker = BatchBuilder::new().control();
    let (key, value) = (Some(&b"\0\0\0\x01"[..]), Some(&b"\0\0\0\0\0\0"[..]));
    marker.append(&RecordDraft::new(WallMs(7), key, value));
    let marker = marker.build().unwrap();
    log.append_control(at(1), &marker, EPOCH).unwrap();
    assert!(log.segment_count() > 2);
    let offsets = replayed(&log, 2).into_iter().map(|(offset, _)| offset);
    assert_eq!(offsets.collect::<Vec<_>>(), (2..10).collect::<Vec<_>>());
    assert_eq!(replayed(&log, 11), []);
}

#[test]
fn what_cannot_be_is_refused() {
    let log = open(&MemoryFileSystem::new());
    assert!(matches!(log.append(at(1), &[]), Err(AppendError::Empty)));
    let beyond = log.replay(Offset(1), |_| {});
    assert!(matches!(beyond, Err(ReadError::OutOfRange { .. })));
}
