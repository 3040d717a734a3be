//! Writes transactions into the directory of a partition, while no broker has it open.
//!
//! `transactions DIRECTORY RECORDS NOW_MS`; with "compact" in the name of the directory every record has a key
//! and no transaction is left open. Each record goes to standard output as soon as it is appended, as
//! `sent`, topic, outcome of its transaction, partition, offset, key, headers and value, separated by
//! tabs; bytes stand in hexadecimal, with "-" for null.

use std::{
    error::Error,
    io::{BufWriter, Stdout, Write, stdout},
    path::Path,
    sync::Arc,
};

use ottla_records::{
    BatchBuilder, Compression, Decompressor, RecordDraft,
    control::EndTxnMarker,
    validate::{Rules, TargetCompression, validate_produce_batch},
};
use ottla_storage::{Log, LogConfig, OpenState, fs::OsFileSystem};
use ottla_types::{LeaderEpoch, Now, ProducerEpoch, ProducerId, WallMs};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut args = std::env::args().skip(1);
    let (Some(directory), Some(records), Some(now)) = (args.next(), args.next(), args.next())
    else {
        return Err("usage: transactions DIRECTORY RECORDS NOW_MS".into());
    };
    let records: u64 = records.parse()?;
    let now = Now {
        wall: WallMs(now.parse()?),
        ..Now::default()
    };
    let mut writer = Transactions::open(Path::new(&directory), now)?;
    let rounds = records / BATCH / 2;
    for round in 0..rounds {
        writer.overlapping(round)?;
    }
    if !writer.is_compact {
        writer.transactional("open", OPEN, &values(rounds))?;
        writer.overlapping(rounds + 1)?;
    }
    let filled = vec![vec![0; 1400]; usize::try_from(BATCH)?];
    for round in 0..80 {
        let plain = BatchBuilder::new();
        writer.append("plain", "push", round * BATCH, plain, &filled)?;
    }
    writer.log.close_clean()?;
    Ok(writer.out.flush()?)
}

/// The log, and the next sequence number of each of the producers.
struct Transactions {
    log: Log,
    now: Now,
    epoch: LeaderEpoch,
    topic: String,
    is_compact: bool,
    sequences: [i32; 3],
    out: BufWriter<Stdout>,
}

impl Transactions {
    fn open(directory: &Path, now: Now) -> Outcome<Self> {
        let name = directory.file_name().and_then(|name| name.to_str());
        let topic = name.and_then(|name| name.strip_suffix("-0"));
        let topic = topic
            .ok_or("not the directory of a partition 0")?
            .to_owned();
        let is_compact = topic.contains("compact");
        let config = LogConfig {
            segment_bytes: 1 << 20,
            index_interval_bytes: 512,
            compact: is_compact,
            ..LogConfig::default()
        };
        let closed = OpenState {
            clean: true,
            now,
            ..OpenState::default()
        };
        let (log, _) = Log::open(Arc::new(OsFileSystem), directory.into(), config, closed)?;
        Ok(Self {
            epoch: log.latest_epoch().unwrap_or(LeaderEpoch(0)),
            log,
            now,
            topic,
            is_compact,
            sequences: [0; 3],
            out: BufWriter::new(stdout()),
        })
    }

    /// Two transactions at a time, every third aborted.
    fn overlapping(&mut self, round: u64) -> Outcome<()> {
        let ends = [!round.is_multiple_of(3), round % 3 != 1];
        for (producer, committed) in ends.into_iter().enumerate() {
            let outcome = if committed { "committed" } else { "aborted" };
            self.transactional(outcome, producer, &values(round * 2 + u64::from(committed)))?;
        }
        for (producer, committed) in ends.into_iter().enumerate().rev() {
            let marker = EndTxnMarker {
                committed,
                coordinator_epoch: 0,
            };
            let bytes = marker.batch(id(producer)?, ProducerEpoch(0), self.now.wall.0)?;
            self.log.append_control(self.now, &bytes, self.epoch)?;
        }
        Ok(())
    }

    fn transactional(&mut self, outcome: &str, producer: usize, values: &[Vec<u8>]) -> Outcome<()> {
        let sequence = self.sequences.get_mut(producer).ok_or("no such producer")?;
        let builder = BatchBuilder::new()
            .producer(id(producer)?, ProducerEpoch(0), *sequence)
            .compression(*Compression::ALL.get(producer).unwrap_or(&Compression::None))
            .transactional();
        *sequence += i32::try_from(values.len())?;
        let first_key = u64::try_from(*sequence)? / 7;
        self.append(outcome, "key", first_key, builder, values)
    }

    fn append(
        &mut self,
        outcome: &str,
        key: &str,
        first_key: u64,
        mut builder: BatchBuilder,
        values: &[Vec<u8>],
    ) -> Outcome<()> {
        let keys: Vec<_> = (first_key..)
            .map(|n| format!("{key}-{n}"))
            .take(values.len())
            .collect();
        for (key, value) in keys.iter().zip(values) {
            builder.append(&RecordDraft {
                timestamp: self.now.wall.0,
                key: Some(key.as_bytes()),
                value: (!value.is_empty()).then_some(value),
                ..RecordDraft::default()
            });
        }
        let bytes = builder.build()?;
        let rules = Rules {
            compression: TargetCompression::Producer,
            ..Rules::default()
        };
        let batch =
            validate_produce_batch(&bytes, &rules, self.now.wall, &mut Decompressor::new())?;
        let first = self
            .log
            .append_as_leader(self.now, &batch, self.epoch)?
            .first_offset
            .0;
        for ((offset, key), value) in (first..).zip(&keys).zip(values) {
            let (topic, key) = (&self.topic, hex(key.as_bytes()));
            let value = if value.is_empty() {
                "-".to_owned()
            } else {
                hex(value)
            };
            let line = format!("sent\t{topic}\t{outcome}\t0\t{offset}\t{key}\t\t{value}");
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }
}

/// Values of one batch; the first one stands for null.
fn values(seed: u64) -> Vec<Vec<u8>> {
    (0..BATCH)
        .map(|n| {
            let mut state = (seed * BATCH + n).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            let byte = |_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()[0]
            };
            (0..n * 70).map(byte).collect()
        })
        .collect()
}

fn id(producer: usize) -> Outcome<ProducerId> {
    Ok(ProducerId(900_001 + i64::try_from(producer)?))
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// Records of a transaction.
const BATCH: u64 = 20;
/// The producer that ends no transaction.
const OPEN: usize = 2;
