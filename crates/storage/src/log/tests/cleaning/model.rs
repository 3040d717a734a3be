//! A log that is cleaned again and again, against a list of its batches.

use std::collections::{BTreeMap, BTreeSet};

use ottla_records::AnyHeader;
use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Put {
        records: Vec<(u8, bool)>,
        codec: usize,
    },
    Produce {
        id: i64,
        records: Vec<(u8, bool)>,
    },
    Transact {
        id: i64,
        records: Vec<(u8, bool)>,
    },
    End {
        id: i64,
        committed: bool,
    },
    Roll,
    Clean {
        keys: usize,
        after_ms: i64,
    },
    Reopen {
        clean: bool,
    },
}

fn records() -> impl Strategy<Value = Vec<(u8, bool)>> {
    proptest::collection::vec((0..6u8, prop::bool::weighted(0.8)), 1..4)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (records(), 0..5usize).prop_map(|(records, codec)| Step::Put { records, codec }),
        2 => (1..3i64, records()).prop_map(|(id, records)| Step::Produce { id, records }),
        4 => (3..5i64, records()).prop_map(|(id, records)| Step::Transact { id, records }),
        3 => (3..5i64, any::<bool>()).prop_map(|(id, committed)| Step::End { id, committed }),
        3 => Just(Step::Roll),
        4 => (1..9usize, 0..80i64).prop_map(|(keys, after_ms)| Step::Clean { keys, after_ms }),
        1 => any::<bool>().prop_map(|clean| Step::Reopen { clean }),
    ]
}

/// A batch of data as it was written, and what of it is left.
#[derive(Clone, Debug)]
struct Written {
    last: i64,
    left: Vec<Seen>,
    transaction: Option<i64>,
    is_aborted: bool,
    horizon: Option<i64>,
}

struct World {
    fs: MemoryFileSystem,
    log: Log,
    written: Vec<Written>,
    open: BTreeSet<i64>,
    sequences: BTreeMap<i64, i32>,
    now: i64,
    first_dirty: i64,
}

impl World {
    fn apply(&mut self, step: &Step) {
        match step {
            Step::Put { records, codec } => {
                let codec = Compression::ALL[*codec];
                self.append(BatchBuilder::new().compression(codec), records, None);
            }
            Step::Produce { id, records } => self.produce(*id, records, false),
            Step::Transact { id, records } => {
                self.open.insert(*id);
                self.produce(*id, records, true);
            }
            Step::End { id, committed } => {
                if self.open.remove(id) {
                    end_transaction(&self.log, *id, 0, *committed).unwrap();
                    for batch in &mut self.written {
                        if batch.transaction == Some(*id) {
                            batch.transaction = None;
                            batch.is_aborted = !committed;
                        }
                    }
                }
            }
            Step::Roll => roll(&self.log),
            Step::Clean { keys, after_ms } => {
                self.now += after_ms;
                self.clean(*keys);
            }
            Step::Reopen { clean } => self.reopen(*clean),
        }
    }

    fn produce(&mut self, id: i64, records: &[(u8, bool)], is_transaction: bool) {
        let sequence = self.sequences.entry(id).or_default();
        let mut builder = BatchBuilder::new().producer(ProducerId(id), ProducerEpoch(0), *sequence);
        *sequence += i32::try_from(records.len()).unwrap();
        if is_transaction {
            builder = builder.transactional();
        }
        self.append(builder, records, is_transaction.then_some(id));
    }

    fn append(&mut self, builder: BatchBuilder, records: &[(u8, bool)], transaction: Option<i64>) {
        let end = self.log.log_end_offset().0;
        let written: Vec<_> = (end..)
            .zip(records)
            .map(|(offset, (key, has_value))| Seen {
                offset,
                key: format!("k{key}"),
                value: has_value.then(|| format!("v{offset}")),
            })
            .collect();
        let records: Vec<_> = written
            .iter()
            .map(|seen| (seen.key.as_str(), seen.value.as_deref()))
            .collect();
        try_append(&self.log, &keyed(builder, &records), EPOCH).unwrap();
        self.written.push(Written {
            last: written.last().unwrap().offset,
            left: written,
            transaction,
            is_aborted: false,
            horizon: None,
        });
    }

    fn clean(&mut self, keys: usize) {
        let dirty = dirtiness(&self.log, self.now, self.first_dirty);
        let segments = self.log.segments();
        let cleaned = try_clean(&self.log, self.now, self.first_dirty, keys).unwrap();
        let end = cleaned.end.0;
        assert!(end >= self.first_dirty);
        if dirty.dirty_bytes > 0 {
            assert!(end > self.first_dirty, "no progress: {dirty:?} {cleaned:?}");
        }
        assert_eq!(
            cleaned.map_full,
            end < dirty.first_uncleanable.0 && dirty.dirty_bytes > 0
        );
        // The segment in which the map was full is rewritten to its end.
        let bases = segments.iter().map(|(base, _)| base.0);
        let rewritten = bases.filter(|base| *base >= end).min().unwrap_or(i64::MAX);
        self.expect_clean(end, rewritten.min(dirty.first_uncleanable.0));
        self.first_dirty = end;
    }

    fn expect_clean(&mut self, end: i64, rewritten: i64) {
        if end <= self.first_dirty {
            return;
        }
        let mut last: BTreeMap<String, i64> = BTreeMap::new();
        for record in self
            .written
            .iter()
            .filter(|batch| !batch.is_aborted)
            .flat_map(|batch| &batch.left)
        {
            if (self.first_dirty..end).contains(&record.offset) {
                last.insert(record.key.clone(), record.offset);
            }
        }
        for batch in self
            .written
            .iter_mut()
            .filter(|batch| batch.last < rewritten)
        {
            if batch.is_aborted {
                batch.left.clear();
            }
            let is_over = batch.horizon.is_some_and(|horizon| horizon <= self.now);
            batch.left.retain(|record| {
                record.offset >= end
                    || (last
                        .get(&record.key)
                        .is_none_or(|last| *last <= record.offset)
                        && (record.value.is_some() || !is_over))
            });
            if batch.horizon.is_none() && batch.left.iter().any(|record| record.value.is_none()) {
                batch.horizon = Some(self.now + RETENTION_MS);
            }
        }
    }

    fn reopen(&mut self, is_clean: bool) {
        let start = if is_clean {
            OpenState {
                clean: true,
                recovery_point: self.log.close_clean(at(self.now)).unwrap(),
                ..OpenState::default()
            }
        } else {
            OpenState::default()
        };
        self.log = open_with(&self.fs, compacted(), start).0;
    }

    fn check(&self) {
        let expected: Vec<_> = self
            .written
            .iter()
            .flat_map(|batch| batch.left.clone())
            .collect();
        assert_eq!(seen(&self.log), expected);
        let stable = self.log.last_stable_offset(self.log.log_end_offset()).0;
        let committed = self.written.iter().filter(|batch| !batch.is_aborted);
        let expected: Vec<_> = committed
            .flat_map(|batch| batch.left.clone())
            .filter(|record| record.offset < stable)
            .collect();
        assert_eq!(read_committed(&self.log, stable), expected);
        let bytes: u64 = self.log.segments().iter().map(|(_, size)| size).sum();
        assert_eq!(self.log.size(), bytes);
    }

    /// Producers are what the batches that are left say.
    fn check_producers(&self) {
        let bare = self.fs.fork();
        for name in names(&bare) {
            if !name.ends_with(".log") {
                bare.remove_file(&PathBuf::from(DIR).join(name)).unwrap();
            }
        }
        let scanned = open_compacted(&bare);
        let known = |log: &Log| -> Vec<_> {
            let all = log.producers().into_iter();
            all.map(|(id, state)| {
                let first = state.current_txn_first_offset;
                (id, state.epoch, state.last_sequence(), first)
            })
            .collect()
        };
        assert_eq!(known(&scanned), known(&self.log));
        let end = self.log.log_end_offset();
        assert_eq!(scanned.log_end_offset(), end);
        assert_eq!(
            scanned.last_stable_offset(end),
            self.log.last_stable_offset(end)
        );
    }
}

/// As a consumer reads that wants committed records only.
fn read_committed(log: &Log, stable: i64) -> Vec<Seen> {
    let (mut next, end) = (Offset(0), Offset(stable));
    let mut found = Vec::new();
    let mut decompressor = Decompressor::new();
    while next < end {
        let slice = log.read(next, 300, end, true).unwrap();
        let batches: Vec<_> = any_batches(&slice.data).map(Result::unwrap).collect();
        let Some(last) = batches.last() else {
            break;
        };
        let upto = last.header().last_offset().next();
        let mut aborted = log.aborted_transactions(next, upto).unwrap();
        aborted.sort_by_key(|txn| txn.first_offset);
        let mut aborted = aborted.into_iter().peekable();
        let mut hidden = BTreeSet::new();
        for batch in &batches {
            let AnyHeader::V2(header) = batch.header() else {
                continue;
            };
            while let Some(txn) = aborted.next_if(|txn| txn.first_offset <= header.last_offset()) {
                hidden.insert(txn.producer_id);
            }
            let records: Vec<_> = batch
                .records(&mut decompressor)
                .unwrap()
                .map(Result::unwrap)
                .map(|record| {
                    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    let seen = Seen {
                        offset: record.offset.0,
                        key: text(record.key.unwrap()),
                        value: record.value.map(text),
                    };
                    (
                        seen,
                        record.key.unwrap() == ottla_records::control::ControlType::Abort.key(),
                    )
                })
                .collect();
            if header.is_control() {
                if records.iter().any(|(_, is_abort)| *is_abort) {
                    hidden.remove(&header.producer_id());
                }
            } else if !header.is_transactional() || !hidden.contains(&header.producer_id()) {
                found.extend(records.into_iter().map(|(seen, _)| seen));
            }
        }
        next = upto;
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_compacted_log_holds_the_last_value_of_each_key(
        steps in proptest::collection::vec(step(), 1..60)
    ) {
        let fs = disk();
        let log = open_compacted(&fs);
        let mut world = World {
            fs,
            log,
            written: Vec::new(),
            open: BTreeSet::new(),
            sequences: BTreeMap::new(),
            now: 1000,
            first_dirty: 0,
        };
        for step in &steps {
            world.apply(step);
            world.check();
        }
        world.check_producers();
    }
}
