//! What the fuzz target of this crate runs.

use std::{io::IoSlice, sync::Arc};

use ottla_records::{HEADER_LEN, any_batches, recompute_crc};
use ottla_storage::{
    Log, LogConfig, OpenState,
    fs::{Access, FileSystem, MemoryFileSystem},
};
use ottla_types::Offset;

/// A directory with one segment and its indexes as they may be after anything: the log opens, its
/// batches follow each other up to its end, and it opens again to the same with nothing to repair.
///
/// The first byte says whether the stop was clean (bit 0), whether checksums are made right (bit 1)
/// and the recovery point; two bytes how long the segment is; what is left is shared among the
/// offset index, the time index and the epochs.
pub(crate) fn segment_recovery(data: &[u8]) {
    let Some(([flags, high, low], data)) = data.split_first_chunk::<3>() else {
        return;
    };
    let length = usize::from(u16::from_be_bytes([*high, *low])).min(data.len());
    let (log, rest) = data.split_at(length);
    let mut log = log.to_vec();
    if flags & 2 != 0 {
        seal(&mut log);
    }
    let third = rest.len() / 3;
    let fs = MemoryFileSystem::new();
    fs.create_dir_all(DIR.as_ref())
        .expect("nothing is in the way");
    write(&fs, "00000000000000000000.log", &log);
    write(&fs, "00000000000000000000.index", &rest[..third]);
    write(
        &fs,
        "00000000000000000000.timeindex",
        &rest[third..2 * third],
    );
    write(&fs, "leader-epoch-checkpoint", &rest[2 * third..]);

    let start = OpenState {
        clean: flags & 1 != 0,
        recovery_point: Offset(i64::from(flags >> 2)),
        ..OpenState::default()
    };
    open(&fs, start);
    let end = open(&fs, OpenState::default());
    assert_eq!(
        open(&fs, OpenState::default()),
        end,
        "recovered twice, ended twice"
    );
}

/// Opens the log, reads it, and gives its end.
fn open(fs: &MemoryFileSystem, start: OpenState) -> Offset {
    let disk: Arc<dyn FileSystem> = Arc::new(fs.clone());
    let (log, _) = Log::open(disk, DIR.into(), LogConfig::default(), start)
        .expect("only a disk that fails keeps a log closed");
    let end = log.log_end_offset();
    let mut offset = log.log_start_offset();
    while offset < end {
        let Ok(slice) = log.read(offset, 1 << 16, end, true) else {
            // After a clean stop nothing was checked.
            assert!(start.clean, "a recovered log cannot be read");
            break;
        };
        let last = any_batches(&slice.data).flatten().last();
        let next = last.map(|batch| match batch {
            ottla_records::AnyBatch::V2(batch) => batch.header().next_offset(),
            ottla_records::AnyBatch::Legacy(batch) => Offset(batch.header().offset().0 + 1),
        });
        match next {
            Some(next) if next > offset => offset = next,
            _ => {
                assert!(start.clean, "a recovered log has a hole at {offset:?}");
                break;
            }
        }
    }
    end
}

/// Makes the checksums of the v2 batches right, so that what lies behind them is reached.
fn seal(log: &mut [u8]) {
    let mut at = 0;
    while let Some(Ok(batch)) = any_batches(&log[at..]).next() {
        let size = batch.header().size_in_bytes();
        if let Some((header, payload)) = log[at..at + size].split_first_chunk_mut::<HEADER_LEN>()
            && header[16] == 2
        {
            recompute_crc(header, payload);
        }
        at += size;
    }
}

fn write(fs: &MemoryFileSystem, name: &str, bytes: &[u8]) {
    let path = std::path::Path::new(DIR).join(name);
    let file = fs.open(&path, Access::Create).expect("a name of its own");
    file.write_at(&[IoSlice::new(bytes)], 0)
        .expect("memory takes it");
}

const DIR: &str = "/data/t-0";
