//! Indexes, checked against their log.

use std::path::{Path, PathBuf};

use ottla_records::Decompressor;
use ottla_types::Saturate;

use super::{Settings, absolute_path, base_offset, log::Walk, print, problems::Problems, read};
use crate::{Sink, exception::Exception};

const OFFSET_ENTRY: usize = 8;
const TIME_ENTRY: usize = 12;
const TXN_ENTRY: usize = 34;

/// An entry of `.index`.
#[derive(Clone, Copy)]
struct OffsetEntry {
    offset: i64,
    position: usize,
}

/// An entry of `.timeindex`.
#[derive(Clone, Copy)]
struct TimeEntry {
    timestamp: i64,
    offset: i64,
}

pub(super) fn dump_offsets(
    settings: &Settings<'_>,
    path: &Path,
    out: &Sink,
    problems: &mut Problems,
) -> Result<(), Exception> {
    let base = base_offset(path)?;
    let (log_path, log) = read_log(path, base)?;
    let bytes = read_index(path)?;
    let entries = offset_entries(&bytes, base);
    if entries.is_empty() {
        print(out, format_args!("{} is empty.", path.display()));
        return Ok(());
    }
    if settings.sanity_only {
        check_offsets(path, &bytes, &entries, base)?;
        print(out, format_args!("{} passed sanity check.", path.display()));
        return Ok(());
    }
    let limit = settings.max_message_size()?;
    for (index, entry) in entries.iter().enumerate() {
        // The file may have been made larger than its content.
        if entry.offset == base && index > 0 {
            break;
        }
        let slice = slice(&log_path, &log, entry.position, limit)?;
        let Some(batch) = Walk::new(slice, 0).next(&log_path)? else {
            return Err(Exception {
                class: "java.util.NoSuchElementException".to_owned(),
                message: None,
            });
        };
        let found = batch.header().last_offset().0;
        if found != entry.offset {
            let pairs = problems.mismatches.entry(absolute_path(path)).or_default();
            pairs.push((entry.offset, found));
        }
        if !settings.verify_only {
            print(
                out,
                format_args!("offset: {} position: {}", entry.offset, entry.position),
            );
        }
    }
    Ok(())
}

pub(super) fn dump_times(
    settings: &Settings<'_>,
    path: &Path,
    out: &Sink,
    problems: &mut Problems,
) -> Result<(), Exception> {
    let base = base_offset(path)?;
    let (log_path, log) = read_log(path, base)?;
    let offsets = read_index(&sibling(path, base, "index"))?;
    let offsets = offset_entries(&offsets, base);
    let bytes = read_index(path)?;
    let entries = time_entries(&bytes, base);
    if settings.sanity_only {
        check_times(path, &bytes, &entries, base)?;
        print(out, format_args!("{} passed sanity check.", path.display()));
        return Ok(());
    }
    let mut previous = -1;
    for (index, entry) in entries.iter().enumerate() {
        if entry.offset == base && index > 0 {
            break;
        }
        let from = lookup(&offsets, base, entry.offset);
        let checked = Checked {
            path,
            log_path: &log_path,
            log: &log,
        };
        checked.entry(*entry, previous, from, problems)?;
        if !settings.verify_only {
            print(
                out,
                format_args!("timestamp: {} offset: {}", entry.timestamp, entry.offset),
            );
        }
        previous = entry.timestamp;
    }
    Ok(())
}

struct Checked<'a> {
    path: &'a Path,
    log_path: &'a Path,
    log: &'a [u8],
}

impl Checked<'_> {
    fn entry(
        &self,
        entry: TimeEntry,
        previous: i64,
        from: usize,
        problems: &mut Problems,
    ) -> Result<(), Exception> {
        let file = absolute_path(self.path);
        let mut walk = Walk::new(slice(self.log_path, self.log, from, usize::MAX)?, 0);
        let batch = loop {
            match walk.next(self.log_path)? {
                Some(batch) if batch.header().last_offset().0 < entry.offset => {}
                other => break other,
            }
        };
        let Some(batch) = batch else {
            let pairs = problems.not_found.entry(file).or_default();
            pairs.push((entry.offset, -1));
            return Ok(());
        };
        let last = batch.header().last_offset().0;
        if last != entry.offset {
            let pairs = problems.not_found.entry(file).or_default();
            pairs.push((entry.offset, last));
            return Ok(());
        }
        let mut decompressor = Decompressor::new();
        let mut largest = -1;
        if let Ok(records) = batch.records(&mut decompressor) {
            for record in records.flatten() {
                largest = largest.max(record.timestamp);
            }
        }
        if largest != entry.timestamp {
            let pairs = problems.wrong_times.entry(file.clone()).or_default();
            pairs.push((entry.timestamp, largest));
        }
        if previous >= entry.timestamp {
            let pairs = problems.unordered_times.entry(file).or_default();
            pairs.push((entry.timestamp, previous));
        }
        Ok(())
    }
}

pub(super) fn dump_transactions(path: &Path, out: &Sink) -> Result<(), Exception> {
    // A segment without aborted transactions has no such file.
    let bytes = match path.try_exists() {
        Ok(false) => Vec::new(),
        _ => read(path, &absolute_path(path))?,
    };
    for entry in bytes.chunks_exact(TXN_ENTRY) {
        let number = |at: usize| int64(entry, at);
        print(
            out,
            format_args!(
                // The version is that of the reader, whatever the entry says.
                "version: 0 producerId: {} firstOffset: {} lastOffset: {} lastStableOffset: {}",
                number(2),
                number(10),
                number(18),
                number(26)
            ),
        );
    }
    Ok(())
}

/// The file of the same segment with another suffix.
fn sibling(path: &Path, base: i64, suffix: &str) -> PathBuf {
    absolute_path(path).with_file_name(format!("{base:020}.{suffix}"))
}

fn read_log(path: &Path, base: i64) -> Result<(PathBuf, Vec<u8>), Exception> {
    let log = sibling(path, base, "log");
    let bytes = read(&log, &log)?;
    Ok((log, bytes))
}

fn read_index(path: &Path) -> Result<Vec<u8>, Exception> {
    read(path, path).map_err(|exception| {
        if exception.class.ends_with("NoSuchFileException") {
            Exception::new(
                "java.io.FileNotFoundException",
                format!("{} (No such file or directory)", path.display()),
            )
        } else {
            exception
        }
    })
}

/// The log from a position of its index on.
fn slice<'a>(path: &Path, log: &'a [u8], from: usize, limit: usize) -> Result<&'a [u8], Exception> {
    let Some(rest) = log.get(from..) else {
        let (size, path) = (log.len(), path.display());
        return Err(Exception::illegal_argument(format!(
            "Slice from position {from} exceeds end position of FileRecords(size={size}, file={path}, start=0, end=2147483647)"
        )));
    };
    Ok(rest.get(..limit).unwrap_or(rest))
}

fn int32(bytes: &[u8], at: usize) -> i32 {
    bytes
        .get(at..)
        .and_then(|bytes| bytes.first_chunk())
        .map_or(0, |bytes| i32::from_be_bytes(*bytes))
}

fn int64(bytes: &[u8], at: usize) -> i64 {
    bytes
        .get(at..)
        .and_then(|bytes| bytes.first_chunk())
        .map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

fn offset_entries(bytes: &[u8], base: i64) -> Vec<OffsetEntry> {
    bytes
        .chunks_exact(OFFSET_ENTRY)
        .map(|entry| OffsetEntry {
            offset: base.saturating_add(i64::from(int32(entry, 0))),
            position: int32(entry, 4).saturate(),
        })
        .collect()
}

fn time_entries(bytes: &[u8], base: i64) -> Vec<TimeEntry> {
    bytes
        .chunks_exact(TIME_ENTRY)
        .map(|entry| TimeEntry {
            timestamp: int64(entry, 0),
            offset: base.saturating_add(i64::from(int32(entry, 8))),
        })
        .collect()
}

/// Position of the last entry at or before `offset`, found by halving as in the reference: a tail of
/// zeros misleads both alike.
fn lookup(entries: &[OffsetEntry], base: i64, offset: i64) -> usize {
    let Some(first) = entries.first() else {
        return 0;
    };
    if first.offset > offset || offset < base {
        return 0;
    }
    let (mut low, mut high) = (0, entries.len() - 1);
    while low < high {
        let middle = (low + high).div_ceil(2);
        let found = entries.get(middle).map_or(i64::MAX, |entry| entry.offset);
        match found.cmp(&offset) {
            std::cmp::Ordering::Greater => high = middle - 1,
            std::cmp::Ordering::Less => low = middle,
            std::cmp::Ordering::Equal => {
                low = middle;
                break;
            }
        }
    }
    entries.get(low).map_or(0, |entry| entry.position)
}

fn corrupt(text: String) -> Exception {
    Exception::new(
        "org.apache.kafka.storage.internals.log.CorruptIndexException",
        text,
    )
}

fn check_offsets(
    path: &Path,
    bytes: &[u8],
    entries: &[OffsetEntry],
    base: i64,
) -> Result<(), Exception> {
    let path = absolute_path(path);
    let path = path.display();
    let last = entries.last().map_or(base, |entry| entry.offset);
    if last < base {
        return Err(corrupt(format!(
            "Corrupt index found, index file {path} has non-zero size but the last offset {last} which is less than the base offset {base}"
        )));
    }
    let size = bytes.len();
    if !size.is_multiple_of(OFFSET_ENTRY) {
        return Err(corrupt(format!(
            "Index file {path} is corrupt, found {size} bytes which is neither positive nor a multiple of {OFFSET_ENTRY}"
        )));
    }
    Ok(())
}

fn check_times(
    path: &Path,
    bytes: &[u8],
    entries: &[TimeEntry],
    base: i64,
) -> Result<(), Exception> {
    let path = absolute_path(path);
    let path = path.display();
    if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
        if last.timestamp < first.timestamp {
            return Err(corrupt(format!(
                "Corrupt time index found, time index file ({path}) has non-zero size but the last timestamp is {} which is less than the first timestamp {}",
                last.timestamp, first.timestamp
            )));
        }
        if last.offset < base {
            return Err(corrupt(format!(
                "Corrupt time index found, time index file ({path}) has non-zero size but the last offset is {} which is less than the first offset {base}",
                last.offset
            )));
        }
    }
    let size = bytes.len();
    if !size.is_multiple_of(TIME_ENTRY) {
        return Err(corrupt(format!(
            "Time index file {path} is corrupt, found {size} bytes which is neither positive nor a multiple of {TIME_ENTRY}"
        )));
    }
    Ok(())
}
