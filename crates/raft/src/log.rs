//! The machine's view of the log: offsets and epochs, never records.

use ottla_types::{LeaderEpoch, Offset};

/// Names a snapshot: the offset after the last record in it, and that record's epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId {
    /// Offset after the last record that the snapshot covers.
    pub end_offset: Offset,
    /// Epoch of that record.
    pub epoch: LeaderEpoch,
}

/// Where an epoch ends in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochEnd {
    /// Epoch.
    pub epoch: LeaderEpoch,
    /// Offset after its last record.
    pub end: Offset,
}

/// Where an epoch starts in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochStart {
    /// Epoch.
    pub epoch: LeaderEpoch,
    /// Offset of its first record.
    pub start: Offset,
}

/// What is on the disk when the machine starts; the log must be durable up to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogState {
    /// First offset.
    pub start: Offset,
    /// Offset after the last record.
    pub end: Offset,
    /// Epochs of the records, ascending in both fields.
    pub epochs: Vec<EpochStart>,
    /// The oldest snapshot kept, if any but the empty one at offset 0.
    pub oldest_snapshot: Option<SnapshotId>,
    /// The latest snapshot kept.
    pub latest_snapshot: Option<SnapshotId>,
}

impl Default for LogState {
    /// An empty log.
    fn default() -> Self {
        Self {
            start: Offset(0),
            end: Offset(0),
            epochs: Vec::new(),
            oldest_snapshot: None,
            latest_snapshot: None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LogView {
    start: Offset,
    end: Offset,
    synced: Offset,
    epochs: Vec<EpochStart>,
    oldest_snapshot: Option<SnapshotId>,
    latest_snapshot: Option<SnapshotId>,
}

/// How a follower's position relates to the leader's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    Valid,
    Diverging(EpochEnd),
    NeedsSnapshot(SnapshotId),
}

impl LogView {
    pub(crate) fn new(state: LogState) -> Self {
        Self {
            start: state.start,
            end: state.end,
            synced: state.end,
            epochs: state.epochs,
            oldest_snapshot: state.oldest_snapshot.or(state.latest_snapshot),
            latest_snapshot: state.latest_snapshot.or(state.oldest_snapshot),
        }
    }

    pub(crate) const fn start(&self) -> Offset {
        self.start
    }

    pub(crate) const fn end(&self) -> Offset {
        self.end
    }

    pub(crate) const fn synced(&self) -> Offset {
        self.synced
    }

    pub(crate) fn is_synced(&self) -> bool {
        self.synced >= self.end
    }

    pub(crate) const fn latest_snapshot(&self) -> Option<SnapshotId> {
        self.latest_snapshot
    }

    /// Epoch of the last record, of the snapshot when there is none, 0 when there is neither.
    pub(crate) fn last_epoch(&self) -> LeaderEpoch {
        match self.epochs.last() {
            Some(last) => last.epoch,
            None => self
                .latest_snapshot
                .map_or(LeaderEpoch(0), |snapshot| snapshot.epoch),
        }
    }

    /// Whether a log that ends so holds everything this one can have committed.
    pub(crate) fn is_covered_by(&self, last_epoch: LeaderEpoch, end: Offset) -> bool {
        (last_epoch, end) >= (self.last_epoch(), self.end)
    }

    pub(crate) fn appended(&mut self, end: Offset, epoch: LeaderEpoch) {
        if end <= self.end {
            return;
        }
        if self.epochs.last().is_none_or(|last| last.epoch < epoch) {
            self.epochs.push(EpochStart {
                epoch,
                start: self.end,
            });
        }
        self.end = end;
    }

    pub(crate) fn synced_to(&mut self, end: Offset) {
        self.synced = self.synced.max(end.min(self.end));
    }

    pub(crate) fn truncated(&mut self, end: Offset) {
        if end < self.end {
            self.end = end;
            self.synced = self.synced.min(end);
            self.epochs.retain(|entry| entry.start < end);
        }
    }

    pub(crate) fn restarted_at(&mut self, snapshot: SnapshotId) {
        *self = Self::new(LogState {
            start: snapshot.end_offset,
            end: snapshot.end_offset,
            epochs: Vec::new(),
            oldest_snapshot: Some(snapshot),
            latest_snapshot: Some(snapshot),
        });
    }

    /// A snapshot was made or old ones and the records before them were dropped.
    pub(crate) fn snapshots_changed(
        &mut self,
        start: Offset,
        oldest: Option<SnapshotId>,
        latest: Option<SnapshotId>,
    ) {
        self.start = self.start.max(start.min(self.end));
        self.oldest_snapshot = oldest.or(latest);
        self.latest_snapshot = latest.or(oldest);
        let from = self.start;
        let first_kept = self
            .epochs
            .iter()
            .rposition(|entry| entry.start <= from)
            .unwrap_or(0);
        self.epochs.drain(..first_kept);
        if let Some(first) = self.epochs.first_mut() {
            first.start = first.start.max(from);
        }
        if self.end <= self.start {
            self.epochs.clear();
        }
    }

    /// The largest epoch at or before `epoch` that the log has, and where it ends.
    pub(crate) fn end_of_epoch(&self, epoch: LeaderEpoch) -> EpochEnd {
        let after = self.epochs.partition_point(|entry| entry.epoch <= epoch);
        let end = self.epochs.get(after).map_or(self.end, |next| next.start);
        match after
            .checked_sub(1)
            .and_then(|index| self.epochs.get(index))
        {
            Some(entry) => EpochEnd {
                epoch: entry.epoch,
                end,
            },
            // Nothing so old: what came before the first record is the snapshot, or nothing.
            None => EpochEnd {
                epoch: self
                    .oldest_snapshot
                    .map_or(epoch, |snapshot| snapshot.epoch.min(epoch)),
                end,
            },
        }
    }

    /// Judges the position of a follower that holds records up to `offset`, the last of `epoch`.
    pub(crate) fn judge(&self, offset: Offset, epoch: LeaderEpoch) -> Position {
        if offset == Offset(0) {
            if let Some(snapshot) = self.latest_snapshot.filter(|id| id.end_offset > Offset(0)) {
                return Position::NeedsSnapshot(snapshot);
            }
            if self.start == Offset(0) {
                return Position::Valid;
            }
        }
        if let (Some(oldest), Some(latest)) = (self.oldest_snapshot, self.latest_snapshot) {
            let before = offset < self.start;
            let other_history = offset == self.start && epoch != oldest.epoch;
            if before || (other_history && self.start > Offset(0)) || epoch < oldest.epoch {
                return Position::NeedsSnapshot(latest);
            }
            if offset == self.start && epoch == oldest.epoch {
                return Position::Valid;
            }
        }
        let known = self.end_of_epoch(epoch);
        if known.epoch != epoch || known.end < offset {
            Position::Diverging(known)
        } else {
            Position::Valid
        }
    }

    /// Where to truncate when the leader's log has `leader.epoch` end at `leader.end`.
    pub(crate) fn truncation_target(&self, leader: EpochEnd) -> Offset {
        let local = self.end_of_epoch(leader.epoch);
        let target = if local.epoch == leader.epoch {
            local.end.min(leader.end)
        } else {
            local.end
        };
        target.min(self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(start: i64, end: i64, epochs: &[(i32, i64)]) -> LogView {
        LogView::new(LogState {
            start: Offset(start),
            end: Offset(end),
            epochs: epochs
                .iter()
                .map(|(epoch, start)| EpochStart {
                    epoch: LeaderEpoch(*epoch),
                    start: Offset(*start),
                })
                .collect(),
            ..LogState::default()
        })
    }

    fn diverging(epoch: i32, end: i64) -> Position {
        Position::Diverging(EpochEnd {
            epoch: LeaderEpoch(epoch),
            end: Offset(end),
        })
    }

    #[test]
    fn positions_in_a_log_without_snapshot() {
        let log = view(0, 30, &[(1, 0), (3, 10), (5, 20)]);
        let judge = |offset, epoch| log.judge(Offset(offset), LeaderEpoch(epoch));
        assert_eq!(judge(0, 0), Position::Valid);
        assert_eq!(judge(30, 5), Position::Valid);
        assert_eq!(judge(15, 3), Position::Valid);
        assert_eq!(judge(25, 3), diverging(3, 20));
        assert_eq!(judge(15, 2), diverging(1, 10));
        assert_eq!(judge(31, 5), diverging(5, 30));
        assert_eq!(judge(40, 9), diverging(5, 30));
        assert_eq!(judge(5, 0), diverging(0, 0));
    }

    #[test]
    fn positions_behind_a_snapshot() {
        let mut log = view(0, 30, &[(1, 0), (3, 10)]);
        let snapshot = SnapshotId {
            end_offset: Offset(12),
            epoch: LeaderEpoch(3),
        };
        log.snapshots_changed(Offset(0), None, Some(snapshot));
        let needs = Position::NeedsSnapshot(snapshot);
        assert_eq!(log.judge(Offset(0), LeaderEpoch(0)), needs);
        log.snapshots_changed(Offset(12), Some(snapshot), Some(snapshot));
        assert_eq!(log.judge(Offset(11), LeaderEpoch(3)), needs);
        assert_eq!(log.judge(Offset(12), LeaderEpoch(2)), needs);
        assert_eq!(log.judge(Offset(12), LeaderEpoch(3)), Position::Valid);
        assert_eq!(log.judge(Offset(20), LeaderEpoch(3)), Position::Valid);
        assert_eq!(log.last_epoch(), LeaderEpoch(3));
    }

    #[test]
    fn a_log_restarted_at_a_snapshot_accepts_its_own_position() {
        let mut log = view(0, 5, &[(1, 0)]);
        let snapshot = SnapshotId {
            end_offset: Offset(12),
            epoch: LeaderEpoch(3),
        };
        log.restarted_at(snapshot);
        assert_eq!((log.end(), log.last_epoch()), (Offset(12), LeaderEpoch(3)));
        log.appended(Offset(14), LeaderEpoch(4));
        assert_eq!(log.judge(Offset(12), LeaderEpoch(3)), Position::Valid);
        assert_eq!(log.judge(Offset(14), LeaderEpoch(3)), diverging(3, 12));
    }

    #[test]
    fn truncates_to_the_common_end() {
        let log = view(0, 30, &[(1, 0), (3, 10), (5, 20)]);
        let target = |epoch, end| {
            log.truncation_target(EpochEnd {
                epoch: LeaderEpoch(epoch),
                end: Offset(end),
            })
        };
        assert_eq!(target(3, 15), Offset(15));
        assert_eq!(target(3, 25), Offset(20));
        assert_eq!(target(4, 22), Offset(20));
        assert_eq!(target(0, 0), Offset(0));
    }
}
