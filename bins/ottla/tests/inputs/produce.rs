//! Records that are damaged, contradict themselves or are too many.

use std::borrow::Cow;

use ottla_protocol::{
    ApiKey, Records,
    messages::{
        InitProducerIdRequest, ProduceRequest,
        produce_request::{PartitionProduceData, TopicProduceData},
    },
};
use ottla_records::{BatchBuilder, Compression, HEADER_LEN, RecordDraft, recompute_crc};
use ottla_types::{ProducerEpoch, ProducerId, Uuid};

use super::{
    COMPACTED, Line, TOPIC,
    client::{Connection, request},
};

const API: ApiKey = ApiKey::PRODUCE;
/// The last version that names topics.
const VERSION: i16 = 12;

pub(crate) fn lines(server: &str) -> Vec<Line> {
    let mut lines = vec![send("produce: a whole batch", &batch(1))];
    lines.extend(damaged());
    lines.extend(records());
    lines.extend(producers(server));
    lines.extend(compressed());
    lines.extend(addressed());
    lines
}

/// Headers that are wrong, with a checksum that fits unless that is what is wrong.
fn damaged() -> Vec<Line> {
    let mut lines = Vec::new();
    let mut with = |name: &str, offset: usize, field: &[u8]| {
        lines.push(send(&format!("produce: {name}"), &changed(offset, field)));
    };
    with("base offset -5", 0, &(-5i64).to_be_bytes());
    with(
        "batch length above what is there",
        8,
        &1000i32.to_be_bytes(),
    );
    with("batch length below the header", 8, &10i32.to_be_bytes());
    with("batch length -1", 8, &(-1i32).to_be_bytes());
    with("leader epoch of the future", 12, &9i32.to_be_bytes());
    with("magic 3", 16, &[3]);
    with("magic -1", 16, &[0xff]);
    with("magic 1 on a v2 batch", 16, &[1]);
    with("unknown codec 5", 21, &5i16.to_be_bytes());
    with("unknown codec 7", 21, &7i16.to_be_bytes());
    with("control batch", 21, &0x20i16.to_be_bytes());
    with(
        "transactional without a producer",
        21,
        &0x10i16.to_be_bytes(),
    );
    with("log append time", 21, &0x08i16.to_be_bytes());
    with("unknown attributes", 21, &0x4000i16.to_be_bytes());
    with("codec that the records are not in", 21, &4i16.to_be_bytes());
    with("last offset delta too high", 23, &5i32.to_be_bytes());
    with("last offset delta too low", 23, &0i32.to_be_bytes());
    with("last offset delta -1", 23, &(-1i32).to_be_bytes());
    with("max timestamp too low", 35, &(-1i64).to_be_bytes());
    with(
        "max timestamp of the far future",
        35,
        &i64::MAX.to_be_bytes(),
    );
    with("record count 0", 57, &0i32.to_be_bytes());
    with("record count -1", 57, &(-1i32).to_be_bytes());
    with("record count too high", 57, &4i32.to_be_bytes());
    with("record count too low", 57, &2i32.to_be_bytes());
    with("record count two billion", 57, &i32::MAX.to_be_bytes());
    let mut wrong_crc = batch(3);
    wrong_crc[17] ^= 1;
    lines.push(send("produce: wrong CRC", &wrong_crc));
    let mut flipped = batch(3);
    *flipped.last_mut().unwrap() ^= 0x10;
    lines.push(send("produce: a flipped bit in the records", &flipped));
    lines
}

/// Record sets and records that are wrong.
fn records() -> Vec<Line> {
    let whole = batch(3);
    let mut lines = vec![
        send("produce: no bytes", &[]),
        send("produce: 5 bytes", &whole[..5]),
        send("produce: half a header", &whole[..30]),
        send("produce: a header alone", &whole[..HEADER_LEN]),
        send("produce: a batch cut short", &whole[..whole.len() - 1]),
        send(
            "produce: a byte after the batch",
            &[&whole[..], &[0]].concat(),
        ),
        send("produce: two batches", &[&whole[..], &whole[..]].concat()),
        send(
            "produce: a batch without records",
            &BatchBuilder::new().build().unwrap(),
        ),
        send("produce: message set of format 0", LEGACY_0),
        send("produce: message set of format 1", LEGACY_1),
        send("produce: above max.message.bytes", &sized(1_100_000)),
        to("produce: no key on a compacted topic", COMPACTED, 0, &whole),
    ];
    for (name, record) in [
        ("record of length -1", &[1, 0][..]),
        ("record of length 0", &[0]),
        ("record longer than the batch", &[0x7e, 0, 0, 0, 1, 1, 0]),
        ("record shorter than its fields", &[4, 0, 0]),
        ("record with a byte too many", &[14, 0, 0, 0, 1, 1, 0, 0]),
        (
            "record with a key longer than it",
            &[12, 0, 0, 0, 0x7e, 1, 0],
        ),
        ("record with a key of length -2", &[12, 0, 0, 0, 3, 1, 0]),
        ("record with -1 headers", &[12, 0, 0, 0, 1, 1, 1]),
        (
            "record with two billion headers",
            &[20, 0, 0, 0, 1, 1, 0xfe, 0xff, 0xff, 0xff, 0x0f],
        ),
        (
            "record with a header without a key",
            &[16, 0, 0, 0, 1, 1, 2, 1, 1],
        ),
        (
            "record with a varint of six bytes",
            &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
        ),
        ("record with offset delta 7", &[12, 0, 0, 14, 1, 1, 0]),
        ("record with offset delta -1", &[12, 0, 0, 1, 1, 1, 0]),
        ("record and bytes after it", &[12, 0, 0, 0, 1, 1, 0, 7, 7]),
    ] {
        lines.push(send(
            &format!("produce: {name}"),
            &with_records(0, 1, record),
        ));
        for codec in [Compression::Gzip, Compression::Zstd] {
            let compressed = codec.compress(None, record).unwrap();
            let name = format!("produce: {name}, {}", codec.name());
            lines.push(send(&name, &with_records(codec.id(), 1, &compressed)));
        }
    }
    lines
}

/// Sequences and epochs of idempotent producers.
fn producers(server: &str) -> Vec<Line> {
    let request = InitProducerIdRequest {
        transactional_id: None,
        ..InitProducerIdRequest::default()
    };
    let answer = Connection::open(server).call(5, &request);
    let id = answer["producerId"].as_i64().expect("a producer id");
    let batch = |id: i64, epoch: i16, sequence: i32| {
        let mut builder =
            BatchBuilder::new().producer(ProducerId(id), ProducerEpoch(epoch), sequence);
        builder.append(&RECORD);
        builder.build().unwrap()
    };
    let transactional = {
        let mut builder = BatchBuilder::new()
            .producer(ProducerId(id), ProducerEpoch(0), 0)
            .transactional();
        builder.append(&RECORD);
        builder.build().unwrap()
    };
    vec![
        send("idempotent: no sequence", &batch(id, 0, -1)),
        send("idempotent: epoch -1", &batch(id, -1, 0)),
        send("idempotent: first batch", &batch(id, 0, 0)),
        send("idempotent: the same again", &batch(id, 0, 0)),
        send("idempotent: a gap", &batch(id, 0, 5)),
        send("idempotent: a new epoch with sequence 3", &batch(id, 1, 3)),
        send("idempotent: a new epoch", &batch(id, 1, 0)),
        send("idempotent: an epoch of the past", &batch(id, 0, 1)),
        send("transactional batch outside a transaction", &transactional),
    ]
}

/// Compressed bytes that are wrong, or right and large.
fn compressed() -> Vec<Line> {
    let mut lines = Vec::new();
    for codec in Compression::ALL {
        if codec == Compression::None {
            continue;
        }
        let mut with = |what: &str, payload: &[u8]| {
            let name = format!("produce: {} {what}", codec.name());
            lines.push(send(&name, &with_records(codec.id(), 1, payload)));
        };
        let whole = codec.compress(None, WHOLE_RECORD).unwrap();
        with("of nothing", &[]);
        with("cut short", &whole[..whole.len() / 2]);
        with(
            "of random bytes",
            &super::random::Random::new(7, 7).bytes(64),
        );
        with(
            "of records, and bytes after it",
            &[&whole[..], &[1, 2, 3]].concat(),
        );
        with(
            "bomb of zeros",
            &codec.compress(None, &vec![0; zeros(codec)]).unwrap(),
        );
        let bomb = one_large_record(zeros(codec));
        with("bomb of one record", &codec.compress(None, &bomb).unwrap());
    }
    lines.push(send(
        "produce: zstd with a window of 2 GiB",
        &with_records(4, 1, ZSTD_WINDOW),
    ));
    lines.push(send(
        "produce: snappy of claimed 4 GiB",
        &with_records(2, 1, SNAPPY_CLAIM),
    ));
    lines
}

/// The right records, sent to where they do not belong or in a way that is wrong.
fn addressed() -> Vec<Line> {
    let whole = batch(1);
    let acks = |acks: i16| ProduceRequest {
        acks,
        ..produce(TOPIC, 0, Some(&whole))
    };
    let unknown_id = ProduceRequest {
        topic_data: vec![TopicProduceData {
            topic_id: Uuid([0x17; 16]),
            partition_data: produce(TOPIC, 0, Some(&whole)).topic_data[0]
                .partition_data
                .clone(),
            ..TopicProduceData::default()
        }],
        ..produce(TOPIC, 0, None)
    };
    let transactional = ProduceRequest {
        transactional_id: Some("t".into()),
        ..produce(TOPIC, 0, Some(&whole))
    };
    let line = |name: &str, version, body: &ProduceRequest<'_>| {
        Line::one(name, API, version, request(version, body))
    };
    vec![
        to("produce: to partition -1", TOPIC, -1, &whole),
        to("produce: to partition 99", TOPIC, 99, &whole),
        to(
            "produce: to a topic that is not there",
            "not-there",
            0,
            &whole,
        ),
        to("produce: to a topic without a name", "", 0, &whole),
        to("produce: to a name with a slash", "../x", 0, &whole),
        to(
            "produce: to an internal topic",
            "__consumer_offsets",
            0,
            &whole,
        ),
        line("produce: to a topic id that is not there", 13, &unknown_id),
        line("produce: acks 2", VERSION, &acks(2)),
        line("produce: acks -2", VERSION, &acks(-2)),
        line("produce: null records", VERSION, &produce(TOPIC, 0, None)),
        line("produce: transactional id", VERSION, &transactional),
        line(
            "produce: version 3, two batches",
            3,
            &produce(TOPIC, 0, Some(&[&whole[..], &whole[..]].concat())),
        ),
    ]
}

fn send(name: &str, records: &[u8]) -> Line {
    to(name, TOPIC, 0, records)
}

fn to(name: &str, topic: &str, partition: i32, records: &[u8]) -> Line {
    let bytes = request(VERSION, &produce(topic, partition, Some(records)));
    Line::one(name, API, VERSION, bytes)
}

/// A produce request with acks=1.
pub(crate) fn produce<'a>(
    topic: &'a str,
    partition: i32,
    records: Option<&'a [u8]>,
) -> ProduceRequest<'a> {
    ProduceRequest {
        acks: 1,
        timeout_ms: 30_000,
        topic_data: vec![TopicProduceData {
            name: Cow::Borrowed(topic),
            partition_data: vec![PartitionProduceData {
                index: partition,
                records: records.map(Records::View),
                ..PartitionProduceData::default()
            }],
            ..TopicProduceData::default()
        }],
        ..ProduceRequest::default()
    }
}

/// A batch of `count` small records.
pub(crate) fn batch(count: usize) -> Vec<u8> {
    let mut builder = BatchBuilder::new();
    for _ in 0..count {
        builder.append(&RECORD);
    }
    builder.build().unwrap()
}

/// A batch of three records with a field of its header replaced.
fn changed(offset: usize, field: &[u8]) -> Vec<u8> {
    let mut bytes = batch(3);
    bytes[offset..offset + field.len()].copy_from_slice(field);
    seal(bytes)
}

/// A batch of one record with this many bytes of value.
fn sized(value: usize) -> Vec<u8> {
    let mut builder = BatchBuilder::new();
    builder.append(&RecordDraft {
        value: Some(&vec![b'v'; value]),
        ..RECORD
    });
    builder.build().unwrap()
}

/// A batch whose records are any bytes.
fn with_records(attributes: i16, count: i32, records: &[u8]) -> Vec<u8> {
    let mut bytes = batch(1);
    bytes.truncate(HEADER_LEN);
    bytes.extend(records);
    let size = i32::try_from(bytes.len() - 12).unwrap();
    bytes[8..12].copy_from_slice(&size.to_be_bytes());
    bytes[21..23].copy_from_slice(&attributes.to_be_bytes());
    bytes[23..27].copy_from_slice(&(count - 1).to_be_bytes());
    bytes[57..61].copy_from_slice(&count.to_be_bytes());
    seal(bytes)
}

/// The same bytes with a checksum that fits.
fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let (header, records) = bytes.split_first_chunk_mut::<HEADER_LEN>().unwrap();
    recompute_crc(header, records);
    bytes
}

/// A record whose value is so many zeros.
fn one_large_record(zeros: usize) -> Vec<u8> {
    let value = varint(zeros);
    let fields = 4 + value.len() + zeros + 1;
    let mut record = varint(fields);
    record.extend([0, 0, 0, 1]);
    record.extend(value);
    record.resize(record.len() + zeros + 1, 0);
    record
}

fn varint(value: usize) -> Vec<u8> {
    let mut rest = value << 1;
    let mut bytes = Vec::new();
    while rest >= 0x80 {
        bytes.push(u8::try_from(rest & 0x7f).unwrap() | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest).unwrap());
    bytes
}

/// As much as fits `max.message.bytes` once compressed, or well above what is decompressed.
const fn zeros(codec: Compression) -> usize {
    match codec {
        Compression::Snappy => 16 << 20,
        _ => 160 << 20,
    }
}

const RECORD: RecordDraft<'_> = RecordDraft {
    timestamp: 0,
    key: None,
    value: Some(b"value"),
    headers: &[],
};
const WHOLE_RECORD: &[u8] = &[12, 0, 0, 0, 1, 1, 0];
/// Magic, a frame header with the largest window there is, and an empty last block.
const ZSTD_WINDOW: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0, 0];
/// A raw snappy block that says it holds 4 GiB.
const SNAPPY_CLAIM: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0x0f, 0x00, b'a'];
/// Offset 0, 15 bytes, a checksum of zero, no key and one byte of value.
const LEGACY_0: &[u8] = &[
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1, b'v',
];
/// The same with a timestamp.
const LEGACY_1: &[u8] = &[
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff,
    0xff, 0xff, 0, 0, 0, 1, b'v',
];
