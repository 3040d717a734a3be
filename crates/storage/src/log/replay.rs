//! Building the producers of a log from a snapshot and the batches behind it.

use std::{collections::BTreeSet, sync::Arc};

use ottla_records::{AnyBatch, AnyHeader};
use ottla_types::Offset;

use super::{
    StorageError,
    append::{marker_of, scan_failed},
    error::Fault,
    files::{self, Kind},
    index::TxnEntry,
    open::Opening,
    producers::{Change, Origin, Producers},
    scan::{Found, STRETCH, Scan, ScanError},
    segment::Segment,
    snapshot,
};

impl Opening {
    /// Records that were deleted, and are in a segment still, count: what is known of producers does
    /// not depend on when they go.
    pub(super) fn replay_producers(&mut self) -> Result<Producers, StorageError> {
        let first = self.segments.first().map_or(0, |first| first.base());
        let (from, mut producers) = self.newest_snapshot(Offset(first))?;
        // A clean stop of a version that wrote no snapshots had no producers either.
        if self.start.clean && self.present.snapshots.is_empty() && from.0 == first {
            return Ok(producers);
        }
        let snapshots = replay(&self.segments, from, self.end, &mut producers)?;
        self.new_snapshots = snapshots
            .into_iter()
            .filter(|(offset, _)| !self.present.snapshots.contains(offset))
            .collect();
        Ok(producers)
    }

    /// Removes the snapshots after `limit`.
    pub(super) fn drop_snapshots(&mut self, limit: Offset) -> Result<(), StorageError> {
        let after = limit.0.saturating_add(1);
        let mut dropped = self.present.snapshots.split_off(&after);
        dropped.extend(self.holes.split_off(&after));
        self.remove_snapshots(dropped)
    }

    /// Removes the snapshots that nothing depends on, not even on their being there.
    pub(super) fn drop_doubtful_snapshots(&mut self) -> Result<(), StorageError> {
        let mut dropped = std::mem::take(&mut self.doubtful);
        dropped.retain(|offset| !self.holes.contains(offset));
        self.remove_snapshots(dropped)
    }

    fn remove_snapshots(&mut self, snapshots: BTreeSet<i64>) -> Result<(), StorageError> {
        let mut snapshots = snapshots.into_iter();
        Ok(snapshots.try_for_each(|offset| self.remove(offset, Kind::Snapshot))?)
    }

    /// Writes anew what was kept only for being there, so that it is never missing. Lack of space is no
    /// reason not to start: what is there is written over later then.
    pub(super) fn write_snapshots_of_holes(&mut self) -> Result<(), Fault> {
        for offset in std::mem::take(&mut self.holes) {
            self.present.snapshots.insert(offset);
            let is_it = |(at, _): &(i64, Vec<u8>)| *at == offset;
            let Some(index) = self.new_snapshots.iter().position(is_it) else {
                continue;
            };
            let (_, bytes) = self.new_snapshots.remove(index);
            let path = files::path(&self.dir, offset, Kind::Snapshot);
            let written = self.fs.replace(&path, &bytes);
            match written.map_err(|error| Fault::new("replace", &path, error)) {
                Err(fault) if fault.is_no_space() => {
                    self.new_snapshots.insert(index, (offset, bytes));
                }
                written => written?,
            }
        }
        Ok(())
    }

    /// Keeps the snapshots that begin a segment, and the last one.
    pub(super) fn drop_stray_snapshots(&mut self) -> Result<(), Fault> {
        let last = self.present.snapshots.last().copied();
        let is_base = |offset: i64| self.segments.iter().any(|segment| segment.base() == offset);
        let all = std::mem::take(&mut self.present.snapshots);
        let (kept, stray): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|offset| Some(*offset) == last || is_base(*offset));
        self.present.snapshots = kept.into_iter().collect();
        stray
            .into_iter()
            .try_for_each(|offset| self.remove(offset, Kind::Snapshot))
    }

    fn drop_damaged_snapshot(&mut self, offset: i64) -> Result<(), Fault> {
        self.present.snapshots.remove(&offset);
        self.remove(offset, Kind::Snapshot)
    }

    pub(super) fn newest_snapshot(&mut self, first: Offset) -> Result<(Offset, Producers), Fault> {
        let expiration_ms = self.config.producer_id_expiration_ms;
        while let Some(offset) = self.present.snapshots.last().copied() {
            if offset < first.0 {
                break;
            }
            let path = files::path(&self.dir, offset, Kind::Snapshot);
            let bytes = self
                .fs
                .read(&path)
                .map_err(|error| Fault::new("read", &path, error))?;
            let now_ms = self.start.now.wall.0;
            if let Some(producers) = snapshot::decode(&bytes, now_ms, expiration_ms) {
                return Ok((Offset(offset), producers));
            }
            self.drop_damaged_snapshot(offset)?;
        }
        Ok((first, Producers::default()))
    }
}

/// Adds the batches in `[from, end)` to the producers, and aborted transactions to their indexes.
/// Returns the snapshots for the segments that begin there.
pub(super) fn replay(
    segments: &[Arc<Segment>],
    from: Offset,
    end: Offset,
    producers: &mut Producers,
) -> Result<Vec<(i64, Vec<u8>)>, StorageError> {
    let mut snapshots = Vec::new();
    if from >= end {
        return Ok(snapshots);
    }
    let first = segments
        .partition_point(|segment| segment.base() <= from.0)
        .saturating_sub(1);
    for segment in segments.iter().skip(first) {
        if segment.base() > from.0 {
            snapshots.push((segment.base(), snapshot::encode(producers)));
        }
        replay_segment(segment, from, producers).map_err(|error| scan_failed(segment, error))?;
    }
    Ok(snapshots)
}

fn replay_segment(
    segment: &Segment,
    from: Offset,
    producers: &mut Producers,
) -> Result<(), ScanError> {
    let end = segment.size();
    let Some(start) = segment.locate(from.0, end)? else {
        return Ok(());
    };
    let last_aborted = last_aborted(segment)?;
    let file = segment.log()?;
    let mut scan = Scan::in_chunks(&*file, start.position, end, STRETCH);
    while let Some(found) = scan.next()? {
        for entry in replay_batch(&mut scan, &found, producers)? {
            if last_aborted.is_none_or(|last| entry.last_offset > last) {
                segment.aborted.lock().push(entry);
            }
        }
    }
    Ok(())
}

fn replay_batch(
    scan: &mut Scan<'_>,
    found: &Found,
    producers: &mut Producers,
) -> Result<Vec<TxnEntry>, ScanError> {
    let AnyHeader::V2(header) = &found.header else {
        return Ok(Vec::new());
    };
    if !header.has_producer_id() {
        return Ok(Vec::new());
    }
    let marker = match header.is_control() {
        true => match scan.whole(found)? {
            AnyBatch::V2(batch) => marker_of(&batch),
            AnyBatch::Legacy(_) => None,
        },
        false => None,
    };
    let mut change = Change::default();
    match producers.plan(&mut change, header, marker, Origin::Replication) {
        Ok(()) => Ok(producers.commit(change)),
        // Nothing is refused that was appended once.
        Err(_) => Ok(Vec::new()),
    }
}

fn last_aborted(segment: &Segment) -> Result<Option<i64>, ScanError> {
    Ok(segment
        .aborted_transactions()?
        .last()
        .map(|entry| entry.last_offset))
}
