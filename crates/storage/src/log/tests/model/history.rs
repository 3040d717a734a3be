//! Every batch that a log was given and has not cut off, and what of it must be left.

use std::collections::BTreeMap;

/// A record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) offset: i64,
    pub(super) timestamp: i64,
    pub(super) key: Option<String>,
    pub(super) value: Option<String>,
}

/// What a batch is to transactions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    /// Records outside of transactions.
    Plain,
    /// Records of a transaction.
    Transactional,
    /// The end of a transaction.
    Marker { committed: bool },
}

/// What is known of a transaction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    Committed { marker: i64 },
    Aborted { marker: i64 },
    Open,
}

/// A batch as it was written, and which of its records are left.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) epoch: i32,
    pub(super) producer: Option<i64>,
    pub(super) sequence: i32,
    pub(super) role: Role,
    pub(super) left: Vec<Row>,
    pub(super) horizon: Option<i64>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct History {
    pub(super) batches: Vec<Batch>,
}

/// The last sequence number of a producer, and where its open transaction begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Producer {
    pub(super) last_sequence: i32,
    pub(super) open: Option<i64>,
}

impl History {
    /// Cuts off the end, by whole batches; gives where it is then.
    pub(super) fn cut(&mut self, offset: i64) -> i64 {
        let kept = self.batches.partition_point(|batch| batch.last < offset);
        let first = self.batches.get(kept).map(|batch| batch.first);
        self.batches.truncate(kept);
        first.map_or(offset, |first| first.min(offset))
    }

    /// Nothing is left of segments that were removed.
    pub(super) fn forget_before(&mut self, offset: i64) {
        for batch in &mut self.batches {
            if batch.last < offset {
                batch.left.clear();
            }
        }
    }

    /// The records that are left from `start` on.
    pub(super) fn rows(&self, start: i64) -> impl Iterator<Item = (&Batch, &Row)> {
        let rows = self
            .batches
            .iter()
            .flat_map(|batch| batch.left.iter().map(move |row| (batch, row)));
        rows.filter(move |(_, row)| row.offset >= start)
    }

    /// How the transaction ended to which the batch at `index` belongs.
    fn end_of(&self, index: usize) -> End {
        let producer = self.batches[index].producer;
        let later = self.batches[index + 1..].iter();
        let end = later
            .filter(|batch| batch.producer == producer)
            .find_map(|batch| match batch.role {
                Role::Marker { committed: true } => Some(End::Committed {
                    marker: batch.first,
                }),
                Role::Marker { committed: false } => Some(End::Aborted {
                    marker: batch.first,
                }),
                Role::Plain | Role::Transactional => None,
            });
        end.unwrap_or(End::Open)
    }

    /// The first offset of every batch of a transaction, and how that ended.
    fn transactional(&self) -> impl Iterator<Item = (usize, i64, End)> {
        let is_transactional = |(_, batch): &(usize, &Batch)| batch.role == Role::Transactional;
        let all = self.batches.iter().enumerate().filter(is_transactional);
        all.map(|(index, batch)| (index, batch.first, self.end_of(index)))
    }

    /// First offsets of the batches of transactions that are open, or were ended by a marker in
    /// `unreplicated`.
    pub(super) fn unstable(&self, unreplicated: std::ops::Range<i64>) -> impl Iterator<Item = i64> {
        let is_unstable = move |end: &End| match end {
            End::Open => true,
            End::Committed { marker } | End::Aborted { marker } => unreplicated.contains(marker),
        };
        let all = self.transactional();
        all.filter(move |(_, _, end)| is_unstable(end))
            .map(|(_, first, _)| first)
    }

    /// The records that a reader of committed ones gets in `[start, end)`.
    pub(super) fn committed_rows(&self, start: i64, end: i64) -> Vec<Row> {
        let aborted: Vec<i64> = self
            .transactional()
            .filter(|(_, _, end)| matches!(end, End::Aborted { .. }))
            .map(|(_, first, _)| first)
            .collect();
        self.rows(start)
            .filter(|(batch, row)| row.offset < end && !aborted.contains(&batch.first))
            .map(|(_, row)| row.clone())
            .collect()
    }

    /// What is known of producers.
    pub(super) fn producers(&self) -> BTreeMap<i64, Producer> {
        let mut known = BTreeMap::new();
        for batch in &self.batches {
            let Some(id) = batch.producer else { continue };
            let producer = known.entry(id).or_insert(Producer {
                last_sequence: -1,
                open: None,
            });
            match batch.role {
                Role::Marker { .. } => producer.open = None,
                Role::Plain | Role::Transactional => {
                    let records = i32::try_from(batch.last - batch.first).unwrap();
                    producer.last_sequence = batch.sequence + records;
                    if batch.role == Role::Transactional {
                        producer.open = producer.open.or(Some(batch.first));
                    }
                }
            }
        }
        known
    }

    /// Takes out what a clean takes out: of the keys in `[dirty, end)` the records before the last one,
    /// all of aborted transactions, tombstones whose time is over; in batches before `rewritten`.
    pub(super) fn clean(&mut self, clean: &Clean) {
        let aborted: Vec<bool> = (0..self.batches.len())
            .map(|index| {
                self.batches[index].role == Role::Transactional
                    && matches!(self.end_of(index), End::Aborted { .. })
            })
            .collect();
        let mut last: BTreeMap<String, i64> = BTreeMap::new();
        for (batch, is_aborted) in self.batches.iter().zip(&aborted) {
            for row in batch.left.iter().filter(|_| !is_aborted) {
                if let Some(key) = &row.key
                    && (clean.dirty..clean.end).contains(&row.offset)
                {
                    last.insert(key.clone(), row.offset);
                }
            }
        }
        let rewritten = self.batches.iter_mut().zip(aborted);
        for (batch, is_aborted) in rewritten.filter(|(batch, _)| batch.last < clean.rewritten) {
            if is_aborted {
                batch.left.clear();
            }
            let is_over = batch.horizon.is_some_and(|horizon| horizon <= clean.now);
            batch.left.retain(|row| {
                let Some(key) = &row.key else {
                    return row.offset >= clean.end;
                };
                let is_last = last.get(key).is_none_or(|last| *last <= row.offset);
                row.offset >= clean.end || (is_last && (row.value.is_some() || !is_over))
            });
            if batch.horizon.is_none() && batch.left.iter().any(|row| row.value.is_none()) {
                batch.horizon = Some(clean.now + clean.retention_ms);
            }
        }
    }
}

/// A clean that was made.
pub(super) struct Clean {
    pub(super) dirty: i64,
    pub(super) end: i64,
    pub(super) rewritten: i64,
    pub(super) now: i64,
    pub(super) retention_ms: i64,
}
