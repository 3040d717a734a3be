//! The file that holds the producers up to an offset: `.snapshot`.
//!
//! ```text
//! 0 version i16 = 1 | 2 crc u32 of all that follows | 6 count i32 | 10 entries of 46 bytes
//! ```
//! Of the batches of a producer only the last is kept.

use ottla_protocol::messages::{ProducerSnapshot, producer_snapshot::ProducerEntry};
use ottla_records::crc32c;
use ottla_types::{Offset, ProducerEpoch, ProducerId};
use ottla_wire::{Reader, Writer};

use super::producers::{ProducerBatch, ProducerState, Producers};

/// The bytes of the file.
pub(crate) fn encode(producers: &Producers) -> Vec<u8> {
    let snapshot = ProducerSnapshot {
        crc: 0,
        producer_entries: producers
            .iter()
            .map(|(id, state)| to_entry(id, state))
            .collect(),
    };
    let mut writer = Writer::new();
    writer.i16(VERSION);
    // Version 1 can express every field.
    snapshot.encode(&mut writer, VERSION).ok();
    let mut bytes = writer.into_vec();
    let crc = crc32c(bytes.get(CRC_END..).unwrap_or_default());
    if let Some(place) = bytes.get_mut(CRC_START..CRC_END) {
        place.copy_from_slice(&crc.to_be_bytes());
    }
    bytes
}

/// The producers in a file; `None` if it is damaged. Those that have expired are left out.
pub(crate) fn decode(bytes: &[u8], now_ms: i64, expiration_ms: i64) -> Option<Producers> {
    let mut reader = Reader::new(bytes);
    if reader.i16().ok()? != VERSION {
        return None;
    }
    let snapshot = ProducerSnapshot::decode(&mut reader, VERSION).ok()?;
    if reader.remaining() > 0 || snapshot.crc != crc32c(bytes.get(CRC_END..)?) {
        return None;
    }
    let mut producers = Producers::default();
    for entry in &snapshot.producer_entries {
        producers.restore(ProducerId(entry.producer_id), to_state(entry));
    }
    producers.expire(now_ms, expiration_ms);
    Some(producers)
}

fn to_entry(id: ProducerId, state: &ProducerState) -> ProducerEntry {
    let last = state.batches.last();
    ProducerEntry {
        producer_id: id.0,
        epoch: state.epoch.0,
        last_sequence: last.map_or(-1, |batch| batch.last_sequence),
        last_offset: last.map_or(-1, |batch| batch.last_offset.0),
        offset_delta: last.map_or(0, |batch| batch.offset_delta),
        timestamp: state.last_timestamp,
        coordinator_epoch: state.coordinator_epoch,
        current_txn_first_offset: state.current_txn_first_offset.unwrap_or(Offset::NONE).0,
    }
}

fn to_state(entry: &ProducerEntry) -> ProducerState {
    let last = ProducerBatch {
        last_sequence: entry.last_sequence,
        last_offset: Offset(entry.last_offset),
        offset_delta: entry.offset_delta,
        timestamp: entry.timestamp,
    };
    let first = entry.current_txn_first_offset;
    ProducerState {
        epoch: ProducerEpoch(entry.epoch),
        batches: if entry.last_offset >= 0 {
            vec![last]
        } else {
            Vec::new()
        },
        coordinator_epoch: entry.coordinator_epoch,
        last_timestamp: entry.timestamp,
        current_txn_first_offset: (first >= 0).then_some(Offset(first)),
    }
}

const VERSION: i16 = 1;
const CRC_START: usize = 2;
const CRC_END: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn one_producer() -> Producers {
        let mut producers = Producers::default();
        let state = ProducerState {
            epoch: ProducerEpoch(2),
            batches: vec![ProducerBatch {
                last_sequence: 9,
                last_offset: Offset(109),
                offset_delta: 4,
                timestamp: 1000,
            }],
            coordinator_epoch: 3,
            last_timestamp: 1000,
            current_txn_first_offset: Some(Offset(100)),
        };
        producers.restore(ProducerId(7), state);
        producers
    }

    #[test]
    fn the_file_has_kafkas_bytes() {
        let bytes = encode(&one_producer());
        let mut body = vec![0, 0, 0, 1];
        body.extend(7i64.to_be_bytes());
        body.extend(2i16.to_be_bytes());
        body.extend(9i32.to_be_bytes());
        body.extend(109i64.to_be_bytes());
        body.extend(4i32.to_be_bytes());
        body.extend(1000i64.to_be_bytes());
        body.extend(3i32.to_be_bytes());
        body.extend(100i64.to_be_bytes());
        let mut expected = vec![0, 1];
        expected.extend(crc32c(&body).to_be_bytes());
        expected.extend(body);
        assert_eq!(bytes, expected);
        assert_eq!(decode(&bytes, 0, 1), Some(one_producer()));
    }

    #[test]
    fn damage_is_noticed() {
        let bytes = encode(&one_producer());
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(decode(&damaged, 0, 1), None, "byte {at}");
            assert_eq!(decode(&bytes[..at], 0, 1), None, "cut at {at}");
        }
    }

    #[test]
    fn idle_producers_are_left_out_unless_their_transaction_is_open() {
        let mut producers = one_producer();
        let idle = ProducerState {
            current_txn_first_offset: None,
            ..producers.get(ProducerId(7)).unwrap().clone()
        };
        producers.restore(ProducerId(8), idle);
        let bytes = encode(&producers);
        assert_eq!(decode(&bytes, 1999, 1000), Some(producers));
        assert_eq!(decode(&bytes, 2000, 1000), Some(one_producer()));
    }
}
