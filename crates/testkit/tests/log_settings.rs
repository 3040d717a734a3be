//! Settings of topics that show in what a log keeps, and when it is on disk.

use std::{path::PathBuf, sync::Arc, time::Duration};

use ottla_protocol::messages::ProduceResponse;
use ottla_records::{BatchBuilder, Compression, RecordDraft, batches};
use ottla_storage::fs::{Crash, FileSystem as _, MemoryFileSystem};
use ottla_testkit::{TestNode, batch, config, produce_request};
use ottla_types::{ErrorCode, WallMs};

fn node_with(settings: &[(&str, &str)]) -> (MemoryFileSystem, TestNode) {
    let disk = MemoryFileSystem::new();
    let node = TestNode::start(Arc::new(disk.clone()), config(settings)).expect("a start");
    (disk, node)
}

/// Appends with acks=1, which asks for no sync.
fn send(node: &mut TestNode, value: &str) {
    let batches = [(0, batch(node.now().wall, &[value], None))];
    let response = node.ask(12, &produce_request(1, "t", &batches));
    let response = response.read(ProduceResponse::decode);
    assert_eq!(
        response.responses[0].partition_responses[0].error_code,
        ErrorCode::NONE
    );
}

fn left_by_power_cut(disk: &MemoryFileSystem) -> usize {
    let disk = disk.crash(Crash::LoseUnsynced);
    let mut node = TestNode::start(Arc::new(disk), config(&[])).expect("a start");
    node.read_all("t", 0).1.len()
}

#[test]
fn flush_messages_syncs_within_the_append() {
    let (disk, mut node) = node_with(&[]);
    assert!(
        node.create_topic("t", 1, &[("flush.messages", "2")])
            .error_code
            .is_none()
    );
    send(&mut node, "a");
    assert_eq!(left_by_power_cut(&disk), 0);
    send(&mut node, "b");
    assert_eq!(left_by_power_cut(&disk), 2);
}

#[test]
fn log_flush_interval_messages_is_the_default_of_topics() {
    let (disk, mut node) = node_with(&[("log.flush.interval.messages", "1")]);
    node.create_topic("t", 1, &[]);
    send(&mut node, "a");
    assert_eq!(left_by_power_cut(&disk), 1);
}

#[test]
fn flush_ms_syncs_when_the_scheduler_comes_by() {
    let (disk, mut node) = node_with(&[("log.flush.scheduler.interval.ms", "50")]);
    node.create_topic("t", 1, &[]);
    send(&mut node, "a");
    let mut out = Vec::new();
    node.node()
        .flush_old(node.now(), &mut out)
        .expect("a good disk");
    assert_eq!(left_by_power_cut(&disk), 0);
    node.advance(Duration::from_millis(50));
    node.node()
        .flush_old(node.now(), &mut out)
        .expect("a good disk");
    assert_eq!(left_by_power_cut(&disk), 1);
}

#[test]
fn preallocate_makes_files_of_full_length() {
    let (disk, mut node) = node_with(&[]);
    let settings = [("preallocate", "true"), ("segment.bytes", "1048576")];
    assert!(node.create_topic("t", 1, &settings).error_code.is_none());
    let path = PathBuf::from("/data/t-0/00000000000000000000.log");
    assert_eq!(disk.metadata(&path).expect("a file").len, 1_048_576);
    send(&mut node, "a");
    assert_eq!(disk.metadata(&path).expect("a file").len, 1_048_576);
    node.stop().expect("a good disk");
    assert!(disk.metadata(&path).expect("a file").len < 100);
}

/// The codec and size of what is kept of `bytes`.
fn stored(settings: &[(&str, &str)], bytes: &[u8]) -> (Compression, usize) {
    let (_, mut node) = node_with(&[]);
    assert!(node.create_topic("t", 1, settings).error_code.is_none());
    let answer = node.produce("t", 0, bytes.to_vec());
    assert!(answer.error_code.is_none(), "{answer:?}");
    let data = node.fetch("t", 0, 0);
    let bytes = data
        .records
        .as_ref()
        .expect("records")
        .to_vec()
        .expect("bytes");
    let batch = batches(&bytes)
        .next()
        .expect("a batch")
        .expect("a whole batch");
    assert!(batch.check_crc().is_ok());
    (batch.compression().expect("a codec"), bytes.len())
}

#[test]
fn compression_type_and_level_decide_how_records_are_kept() {
    let mut builder = BatchBuilder::new();
    for number in 0..2_000_u32 {
        let value = format!(
            "{} the value of record {number}",
            number.wrapping_mul(2_654_435_761)
        );
        builder.append(&RecordDraft {
            timestamp: 1_700_000_000_000,
            value: Some(value.as_bytes()),
            ..RecordDraft::default()
        });
    }
    let bytes = builder.build().expect("a batch");
    let with = |codec: &str, level: &str| match level {
        "" => stored(&[("compression.type", codec)], &bytes),
        level => {
            let key = format!("compression.{codec}.level");
            stored(&[("compression.type", codec), (&key, level)], &bytes)
        }
    };
    assert_eq!(with("producer", ""), (Compression::None, bytes.len()));
    assert_eq!(with("uncompressed", ""), (Compression::None, bytes.len()));
    assert_eq!(with("snappy", "").0, Compression::Snappy);
    assert_eq!(with("lz4", "9").0, Compression::Lz4);
    for (codec, fast, default, small) in [("gzip", "1", "", "9"), ("zstd", "-5", "", "19")] {
        let (fast, default, small) = (with(codec, fast), with(codec, default), with(codec, small));
        let expected = if codec == "gzip" {
            Compression::Gzip
        } else {
            Compression::Zstd
        };
        assert_eq!((fast.0, default.0, small.0), (expected, expected, expected));
        assert!(
            fast.1 > default.1 && fast.1 > small.1 && default.1 != small.1,
            "{codec}: {fast:?} {default:?} {small:?}"
        );
    }
}

#[test]
fn timestamps_may_lie_so_far_before_and_after_now() {
    let (_, mut node) = node_with(&[]);
    let bounds = [
        ("message.timestamp.before.max.ms", "1000"),
        ("message.timestamp.after.max.ms", "500"),
    ];
    node.create_topic("t", 1, &bounds);
    let now = node.now().wall.0;
    let mut at = |ms: i64| {
        node.produce("t", 0, batch(WallMs(ms), &["a"], None))
            .error_code
    };
    assert_eq!(at(now - 1000), ErrorCode::NONE);
    assert_eq!(at(now - 1001), ErrorCode::INVALID_TIMESTAMP);
    assert_eq!(at(now + 500), ErrorCode::NONE);
    assert_eq!(at(now + 501), ErrorCode::INVALID_TIMESTAMP);
    let own_time = [
        ("message.timestamp.type", "LogAppendTime"),
        bounds[0],
        bounds[1],
    ];
    node.create_topic("own", 1, &own_time);
    let answer = node.produce("own", 0, batch(WallMs(5), &["a"], None));
    assert_eq!(answer.error_code, ErrorCode::NONE);
    assert_eq!(answer.log_append_time_ms, now);
}
