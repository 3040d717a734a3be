//! What must hold of a log after every step.

use std::collections::BTreeSet;

use ottla_records::{AnyBatch, AnyHeader, BatchHeader, control::ControlType};

use super::{
    super::{super::TimestampedOffset, *},
    World,
    history::{Producer, Row},
};

/// A batch as it stands in a file.
struct Stored {
    header: BatchHeader,
    /// Those of markers, too.
    rows: Vec<Row>,
}

impl Stored {
    fn of(batch: &AnyBatch<'_>) -> Self {
        let AnyHeader::V2(header) = batch.header() else {
            panic!("an old format");
        };
        batch.check_crc().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut decompressor = Decompressor::new();
        let records = batch.records(&mut decompressor).unwrap().map(|record| {
            let record = record.unwrap();
            Row {
                offset: record.offset.0,
                timestamp: record.timestamp,
                key: record.key.map(text),
                value: record.value.map(text),
            }
        });
        Self {
            header,
            rows: records.collect(),
        }
    }

    fn all(bytes: &[u8]) -> Vec<Self> {
        any_batches(bytes)
            .map(|batch| Self::of(&batch.unwrap()))
            .collect()
    }

    fn first(&self) -> i64 {
        self.header.base_offset().0
    }

    fn last(&self) -> i64 {
        self.header.last_offset().0
    }
}

impl World {
    pub(super) fn check(&self) {
        assert_eq!(self.log().log_start_offset().0, self.start);
        let stored: Vec<Vec<Stored>> = self
            .log()
            .segments()
            .into_iter()
            .map(|(base, size)| self.stored(base.0, size))
            .collect();
        let stored: Vec<Stored> = stored.into_iter().flatten().collect();
        self.check_places(&stored);
        self.check_rows(&stored);
        for bound in [self.end(), self.high_watermark, self.stable()] {
            self.check_reads(&stored, bound);
        }
        self.check_committed();
        self.check_times(&stored);
        self.check_epochs();
        self.check_producers();
    }

    /// The batches of a segment, read without the log.
    fn stored(&self, base: i64, size: u64) -> Vec<Stored> {
        let bytes = file(&self.fs, &format!("{base:020}.log"));
        assert_eq!(bytes.len(), usize::try_from(size).unwrap());
        Stored::all(&bytes)
    }

    fn check_places(&self, stored: &[Stored]) {
        let segments = self.log().segments();
        assert_eq!(
            self.log().size(),
            segments.iter().map(|(_, size)| size).sum::<u64>()
        );
        assert!(segments.iter().map(|(base, _)| base).is_sorted());
        assert!(segments[0].0.0 <= self.start && self.start <= self.end());
        assert!(stored.is_sorted_by(|a, b| a.last() < b.first()));
        assert!(stored.last().is_none_or(|last| last.last() < self.end()));
    }

    /// The files hold what the history says is left.
    fn check_rows(&self, stored: &[Stored]) {
        let data = stored.iter().filter(|batch| !batch.header.is_control());
        let found: Vec<&Row> = data
            .flat_map(|batch| &batch.rows)
            .filter(|row| row.offset >= self.start)
            .collect();
        let expected: Vec<&Row> = self.history.rows(self.start).map(|(_, row)| row).collect();
        assert_eq!(found, expected);
    }

    /// A slice begins with the batch that holds the offset, goes on without a hole, ends before the bound,
    /// and lies in one segment.
    fn check_reads(&self, stored: &[Stored], bound: i64) {
        let from = self.start..bound;
        for offset in from.step_by(2) {
            let read = |max_bytes| {
                let (from, bound) = (Offset(offset), Offset(bound));
                let slice = self.log().read(from, max_bytes, bound, true).unwrap();
                let batches = any_batches(&slice.data);
                let last = batches.map(|batch| batch.unwrap().header().last_offset().0);
                last.collect::<Vec<i64>>()
            };
            let holds = |last: &i64| (offset..bound).contains(last);
            let mut expected = stored.iter().map(Stored::last).filter(holds);
            let slice = read(usize::MAX);
            let first = slice.first().copied();
            assert_eq!(first, expected.next(), "at {offset} before {bound}");
            assert!(
                slice
                    .into_iter()
                    .skip(1)
                    .all(|last| Some(last) == expected.next())
            );
            assert_eq!(read(1).first().copied(), first);
        }
    }

    fn stable(&self) -> i64 {
        self.log().last_stable_offset(Offset(self.high_watermark)).0
    }

    fn check_committed(&self) {
        let end = self.end();
        let bounded = |first: Option<i64>| {
            let first = first.unwrap_or(end).max(self.start);
            first.min(self.high_watermark)
        };
        // Whoever opens a log or cuts it may not know any more which markers were not replicated, nor
        // of the batches that were cleaned since.
        let stable = self.stable();
        let mut forgotten = self.high_watermark..=self.forgotten.max(self.high_watermark);
        let cleaned = if self.settled.is_some() {
            usize::MAX
        } else {
            0
        };
        let is_stable = forgotten.any(|from| {
            let mut unstable = self.history.unstable(from..end);
            stable == bounded(unstable.next())
                || unstable
                    .take(cleaned)
                    .any(|first| stable == bounded(Some(first)))
        });
        assert!(is_stable, "{stable} is not stable");
        for start in [self.start, (self.start + stable) / 2] {
            let read = read_committed(self.log(), start, stable);
            assert_eq!(
                read,
                self.history.committed_rows(start, stable),
                "from {start}"
            );
        }
    }

    fn check_times(&self, stored: &[Stored]) {
        let rows = || {
            let rows = stored.iter().flat_map(|batch| {
                let epoch = batch.header.partition_leader_epoch();
                batch.rows.iter().map(move |row| (row, epoch))
            });
            rows.filter(|(row, _)| row.offset >= self.start)
        };
        let describe = |(row, leader_epoch): (&Row, LeaderEpoch)| TimestampedOffset {
            offset: Offset(row.offset),
            timestamp: row.timestamp,
            leader_epoch,
        };
        let now = self.now;
        for timestamp in [0, 900, now - 100, now - 30, now, now + 60, now + 120] {
            let found = self.log().offset_for_timestamp(timestamp).unwrap();
            let first = rows().find(|(row, _)| row.timestamp >= timestamp);
            assert_eq!(found, first.map(describe), "timestamp {timestamp}");
        }
        let largest = rows().map(|(row, _)| row.timestamp).max();
        let is_hidden = |batch: &Stored| batch.rows.is_empty() || batch.first() < self.start;
        if !stored.iter().any(is_hidden) {
            let first = rows().find(|(row, _)| Some(row.timestamp) == largest);
            let found = self.log().max_timestamp_offset().unwrap();
            assert_eq!(found, first.map(describe));
        }
    }

    fn check_epochs(&self) {
        for (batch, row) in self.history.rows(self.start) {
            let epoch = self.log().epoch_at(Offset(row.offset));
            assert_eq!(epoch, Some(LeaderEpoch(batch.epoch)), "{row:?}");
        }
        let epochs = self.log().epochs();
        assert!(
            epochs.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1),
            "{epochs:?}"
        );
        let last = self
            .history
            .batches
            .iter()
            .rfind(|batch| batch.last >= self.start);
        if let Some(last) = last {
            let end = self.log().end_offset_for_epoch(LeaderEpoch(last.epoch));
            assert_eq!(end, Some((LeaderEpoch(last.epoch), Offset(self.end()))));
        }
    }

    fn check_producers(&self) {
        let is_sure = |(id, _): &(i64, Producer)| !self.unsure.contains(id);
        let known: Vec<_> = producers(self.log()).into_iter().filter(is_sure).collect();
        let expected: Vec<_> = self
            .history
            .producers()
            .into_iter()
            .filter(is_sure)
            .collect();
        assert_eq!(known, expected);
    }

    /// The batches alone say what is known of producers, as long as none of their last ones was removed.
    pub(super) fn check_producers_without_indexes(&self) {
        let bare = self.fs.fork();
        for name in names(&bare) {
            if !name.ends_with(".log") {
                bare.remove_file(&PathBuf::from(DIR).join(name)).unwrap();
            }
        }
        let start = OpenState {
            recovery_point: self.log().log_end_offset(),
            ..OpenState::default()
        };
        let (scanned, _) = open_with(&bare, self.config.clone(), start);
        assert_eq!(scanned.log_end_offset(), self.log().log_end_offset());
        let first = self.bases()[0];
        let known = producers(&scanned);
        let all = self.history.producers().into_iter();
        for (id, expected) in all.filter(|(id, _)| !self.unsure.contains(id)) {
            let is_data = |batch: &&super::Batch| {
                batch.producer == Some(id) && !matches!(batch.role, super::Role::Marker { .. })
            };
            let last = self.history.batches.iter().rfind(is_data).unwrap();
            if last.first >= first && expected.open.is_none_or(|open| open >= first) {
                assert!(
                    known.contains(&(id, expected)),
                    "{id} {expected:?} {known:?}"
                );
            }
        }
    }

    /// Which segments retention removes: from the first on, none past the high watermark.
    pub(super) fn expected_removal(&self) -> Vec<i64> {
        let segments = self.log().segments();
        let mut removed = Vec::new();
        let mut size = self.log().size();
        // One reason after the other.
        for reason in 0..3 {
            while let Some((base, bytes)) = segments.get(removed.len()) {
                let next = segments.get(removed.len() + 1).map(|(next, _)| next.0);
                let is_empty_last = next.is_none() && *bytes == 0;
                let next = next.unwrap_or_else(|| self.end());
                let may_go = match reason {
                    0 => next <= self.start,
                    _ if !self.config.delete => false,
                    1 => size - bytes >= 1500,
                    _ => self.now - self.newest(base.0, *bytes) > self.config.retention_ms,
                };
                if is_empty_last || next > self.high_watermark || !may_go {
                    break;
                }
                size -= bytes;
                removed.push(base.0);
            }
        }
        removed
    }

    /// The largest timestamp of a segment; when it has none, it is as old as its file.
    fn newest(&self, base: i64, size: u64) -> i64 {
        let stored = self.stored(base, size);
        let newest = stored
            .iter()
            .map(|batch| batch.header.max_timestamp())
            .max();
        newest.unwrap_or_else(|| {
            let path = PathBuf::from(DIR).join(format!("{base:020}.log"));
            self.fs.metadata(&path).unwrap().modified_ms
        })
    }
}

fn producers(log: &Log) -> Vec<(i64, Producer)> {
    let all = log.producers().into_iter();
    all.map(|(id, state)| {
        let known = Producer {
            last_sequence: state.last_sequence(),
            open: state.current_txn_first_offset.map(|first| first.0),
        };
        (id.0, known)
    })
    .collect()
}

/// As a consumer reads that wants committed records only.
fn read_committed(log: &Log, start: i64, stable: i64) -> Vec<Row> {
    let (mut next, end) = (Offset(start), Offset(stable));
    let mut found = Vec::new();
    while next < end {
        let slice = log.read(next, 300, end, true).unwrap();
        let batches = Stored::all(&slice.data);
        let Some(last) = batches.last() else {
            break;
        };
        let upto = last.header.next_offset();
        let size = u64::try_from(slice.data.len()).unwrap();
        let mut aborted = log.aborted_transactions_read(next, size).unwrap();
        aborted.sort_by_key(|txn| txn.first_offset);
        let mut aborted = aborted.into_iter().peekable();
        let mut hidden = BTreeSet::new();
        for batch in batches {
            let (header, id) = (batch.header, batch.header.producer_id());
            while let Some(txn) = aborted.next_if(|txn| txn.first_offset <= header.last_offset()) {
                hidden.insert(txn.producer_id);
            }
            if header.is_control() {
                let abort = ControlType::Abort.key();
                let is_abort = |row: &Row| row.key.as_deref().map(str::as_bytes) == Some(&abort);
                if batch.rows.iter().any(is_abort) {
                    hidden.remove(&id);
                }
            } else if !header.is_transactional() || !hidden.contains(&id) {
                let rows = batch.rows.into_iter();
                found.extend(rows.filter(|row| row.offset >= start));
            }
        }
        next = upto;
    }
    found
}
