//! Every golden vector, and what a broker of Apache Kafka answered to batches of every kind.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::Read;

use flate2::read::GzDecoder;
use ottla_records::{
    Compression, Decompressor, TimestampType,
    validate::{Rules, TargetCompression, validate_produce_batch},
};
use ottla_types::{ErrorCode, WallMs};
use serde_json::Value;

mod vectors;

fn lines(compressed: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(compressed)
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn every_record_set_reads_as_apache_reads_it() {
    let text = lines(include_bytes!("golden/records.jsonl.gz"));
    let differing: Vec<String> = text
        .lines()
        .filter_map(|line| vectors::check_line(line).err())
        .collect();
    assert_eq!(differing, Vec::<String>::new());
    assert_eq!(text.lines().count(), 145);
}

fn rules(topic: &str, version: i16) -> Rules {
    let mut rules = Rules {
        produce_version: version,
        ..Rules::default()
    };
    let store_as = |codec| TargetCompression::Codec { codec, level: None };
    match topic {
        "plain" => {}
        "compact" => rules.compacted = true,
        "lat" => rules.timestamp_type = TimestampType::LogAppendTime,
        "zs" => rules.compression = store_as(Compression::Zstd),
        "gz" => rules.compression = store_as(Compression::Gzip),
        "unc" => rules.compression = store_as(Compression::None),
        "small" => {
            rules.segment_bytes = 1_048_576;
            rules.max_batch_bytes = 4_000_000;
        }
        "tiny" => rules.max_batch_bytes = 100,
        "old" => rules.timestamp_before_max_ms = 1_000,
        other => panic!("no topic {other}"),
    }
    rules
}

/// Where we answer something else on purpose: (case, Apache's answer, ours).
///
/// Apache passes over the fields of a compressed record without comparing them with its length, and so
/// appends batches that no consumer can read; a v2 batch that is shorter than its header makes it throw.
const DIFFERENCES: &[(&str, i16, ErrorCode)] = &[
    ("size20", -1, ErrorCode::CORRUPT_MESSAGE),
    ("size20-v3", -1, ErrorCode::CORRUPT_MESSAGE),
    ("*-lenlong", 0, ErrorCode::INVALID_RECORD),
    ("*-len1less", 0, ErrorCode::INVALID_RECORD),
    ("*-len-1", 0, ErrorCode::INVALID_RECORD),
];

fn on_purpose(name: &str, apache: i16, ours: ErrorCode) -> bool {
    DIFFERENCES.iter().any(|&(case, theirs, answer)| {
        let same_case = match case.strip_prefix('*') {
            Some(suffix) => name.ends_with(suffix),
            None => name == case,
        };
        same_case && theirs == apache && answer == ours
    })
}

/// Covers: KIP-32, KIP-110, KIP-467; the answers of Apache Kafka 4.3.1.
#[test]
fn every_produced_batch_is_answered_as_apache_answers_it() {
    let mut decompressor = Decompressor::new();
    let mut differing = Vec::new();
    for line in lines(include_bytes!("golden/produce.jsonl.gz")).lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let name = case["name"].as_str().unwrap();
        let version = i16::try_from(case["version"].as_i64().unwrap()).unwrap();
        let rules = rules(case["topic"].as_str().unwrap(), version);
        let bytes = vectors::unhex(case["hex"].as_str().unwrap()).unwrap();
        let now = WallMs(case["now"].as_i64().unwrap());
        let outcome = validate_produce_batch(&bytes, &rules, now, &mut decompressor);
        let (code, indexes) = match &outcome {
            Ok(_) => (ErrorCode::NONE, Vec::new()),
            Err(refusal) => (
                refusal.code(),
                refusal
                    .record_errors()
                    .iter()
                    .map(|error| Value::from(error.index))
                    .collect(),
            ),
        };
        let apache = i16::try_from(case["error"].as_i64().unwrap()).unwrap();
        if on_purpose(name, apache, code) {
            continue;
        }
        if code.0 != apache || (version >= 8 && Value::Array(indexes.clone()) != case["indexes"]) {
            differing.push(format!(
                "{name}: {code} {indexes:?} ({}), Apache {apache} {}",
                outcome.err().map_or_else(String::new, |r| r.to_string()),
                case["indexes"],
            ));
        }
    }
    assert_eq!(differing, Vec::<String>::new());
}
