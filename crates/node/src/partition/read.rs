//! Reads: records, offsets by time, ends of epochs.

use std::sync::atomic::Ordering;

use ottla_storage::{AbortedTransaction, StorageError};
use ottla_types::{ErrorCode, LeaderEpoch, Offset, Saturate, WallMs};
use ottla_wire::Chunk;

use super::Partition;

/// Up to where a reader may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadBound {
    /// All that is appended: followers.
    LogEnd,
    /// What is committed.
    HighWatermark,
    /// What is committed and not part of an open transaction.
    LastStable,
}

/// What a fetch wants of one partition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadWish {
    pub(crate) offset: i64,
    pub(crate) max_bytes: usize,
    /// Whether the first batch is wanted even if it is larger.
    pub(crate) min_one: bool,
    pub(crate) bound: ReadBound,
    pub(crate) current_leader_epoch: i32,
    pub(crate) last_fetched_epoch: i32,
}

/// What was read.
#[derive(Debug)]
pub(crate) struct ReadOutcome {
    pub(crate) records: Vec<Chunk>,
    pub(crate) size: usize,
    pub(crate) high_watermark: i64,
    pub(crate) last_stable_offset: i64,
    pub(crate) log_start_offset: i64,
    /// The end of what the reader could see.
    pub(crate) visible_end: Offset,
    /// Epoch and end offset at which the reader's log departs from ours.
    pub(crate) diverging: Option<(i32, i64)>,
    pub(crate) aborted: Vec<AbortedTransaction>,
}

/// What ListOffsets asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OffsetQuery {
    Earliest,
    Latest,
    MaxTimestamp,
    /// Tiered storage: there is none.
    Tiered,
    /// First record at or after this time.
    Timestamp(i64),
}

/// An offset with the time and epoch of its record, -1 where that says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FoundOffset {
    pub(crate) offset: Offset,
    pub(crate) timestamp: WallMs,
    pub(crate) leader_epoch: LeaderEpoch,
}

impl Partition {
    /// The end of what a reader may see.
    pub(crate) fn visible_end(&self, bound: ReadBound) -> Offset {
        match bound {
            ReadBound::LogEnd => self.log().log_end_offset(),
            ReadBound::HighWatermark => self.high_watermark(),
            ReadBound::LastStable => self.last_stable_offset(),
        }
    }

    fn last_stable_offset(&self) -> Offset {
        self.log().last_stable_offset(self.high_watermark())
    }

    fn check_epoch(&self, current_leader_epoch: i32) -> Result<(), ErrorCode> {
        if self.retired.load(Ordering::Acquire) {
            return Err(ErrorCode::NOT_LEADER_OR_FOLLOWER);
        }
        let ours = self.leader_epoch().0;
        match current_leader_epoch {
            -1 => Ok(()),
            theirs if theirs < ours => Err(ErrorCode::FENCED_LEADER_EPOCH),
            theirs if theirs > ours => Err(ErrorCode::UNKNOWN_LEADER_EPOCH),
            _ => Ok(()),
        }
    }

    pub(crate) fn read(&self, wish: &ReadWish) -> Result<ReadOutcome, ErrorCode> {
        let log = self.log();
        match self.read_once(wish) {
            // Its files were moved to another directory meanwhile.
            Err(ErrorCode::KAFKA_STORAGE_ERROR) if !log.is(&self.log()) => self.read_once(wish),
            outcome => outcome,
        }
    }

    fn read_once(&self, wish: &ReadWish) -> Result<ReadOutcome, ErrorCode> {
        self.check_epoch(wish.current_leader_epoch)?;
        let high_watermark = self.high_watermark();
        let visible_end = self.visible_end(wish.bound);
        let mut outcome = ReadOutcome {
            records: Vec::new(),
            size: 0,
            high_watermark: high_watermark.0,
            last_stable_offset: self.last_stable_offset().0,
            log_start_offset: self.log().log_start_offset().0,
            visible_end,
            diverging: None,
            aborted: Vec::new(),
        };
        if wish.last_fetched_epoch >= 0 {
            let (epoch, end) = self
                .log()
                .end_offset_for_epoch(LeaderEpoch(wish.last_fetched_epoch))
                .ok_or(ErrorCode::OFFSET_OUT_OF_RANGE)?;
            if epoch.0 < wish.last_fetched_epoch || end.0 < wish.offset {
                outcome.diverging = Some((epoch.0, end.0));
                return Ok(outcome);
            }
        }
        let chunk = self
            .log()
            .read_to_send(
                Offset(wish.offset),
                wish.max_bytes,
                visible_end,
                wish.min_one,
            )
            .map_err(|error| error.code())?;
        outcome.size = chunk.len();
        if wish.bound == ReadBound::LastStable {
            let aborted = self
                .log()
                .aborted_transactions_read(Offset(wish.offset), outcome.size.saturate());
            outcome.aborted = aborted.map_err(|error| error.code())?;
        }
        if outcome.size > 0 {
            outcome.records.push(chunk);
        }
        Ok(outcome)
    }

    pub(crate) fn list_offset(
        &self,
        query: OffsetQuery,
        bound: ReadBound,
        current_leader_epoch: i32,
    ) -> Result<FoundOffset, ErrorCode> {
        self.check_epoch(current_leader_epoch)?;
        let end = self.visible_end(bound);
        let bare = |offset: Offset, leader_epoch: LeaderEpoch| FoundOffset {
            offset,
            timestamp: WallMs(-1),
            leader_epoch,
        };
        let nothing = bare(Offset(-1), LeaderEpoch(-1));
        let storage = |error: StorageError| error.code();
        match query {
            OffsetQuery::Latest => Ok(bare(end, self.leader_epoch())),
            OffsetQuery::Earliest => {
                let start = self.log().log_start_offset();
                let epoch = self.log().epoch_at(start).unwrap_or(LeaderEpoch(-1));
                Ok(bare(start, epoch))
            }
            OffsetQuery::Tiered => Ok(nothing),
            OffsetQuery::MaxTimestamp => Ok(self
                .log()
                .max_timestamp_offset()
                .map_err(storage)?
                .filter(|found| found.offset < end)
                .map_or(nothing, found)),
            OffsetQuery::Timestamp(timestamp) => Ok(self
                .log()
                .offset_for_timestamp(timestamp)
                .map_err(storage)?
                .filter(|found| found.offset < end)
                .map_or(nothing, found)),
        }
    }

    /// The last epoch up to `epoch`, and where it ends.
    pub(crate) fn epoch_end(
        &self,
        epoch: LeaderEpoch,
        current_leader_epoch: i32,
    ) -> Result<(LeaderEpoch, Offset), ErrorCode> {
        self.check_epoch(current_leader_epoch)?;
        Ok(self
            .log()
            .end_offset_for_epoch(epoch)
            .unwrap_or((LeaderEpoch(-1), Offset(-1))))
    }
}

fn found(found: ottla_storage::TimestampedOffset) -> FoundOffset {
    FoundOffset {
        offset: found.offset,
        timestamp: WallMs(found.timestamp),
        leader_epoch: found.leader_epoch,
    }
}
