//! What Apache Kafka reads and refuses of damaged persisted records, and its hashes.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Read as _;

use flate2::read::GzDecoder;
use ottla_protocol::{
    RecordError, group::GroupKey, hash, metadata::MetadataRecord, share::ShareKey,
    transaction::TransactionKey,
};
use serde_json::Value;

fn text(archive: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(archive).read_to_string(&mut text).unwrap();
    text
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2)
        .map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap())
        .collect()
}

fn outcome(read: Result<(i16, Option<i16>), RecordError>) -> &'static str {
    match read {
        Ok(_) => "ok",
        Err(RecordError::UnknownType(_)) => "type",
        Err(RecordError::UnknownVersion(_)) => "version",
        Err(_) => "malformed",
    }
}

#[test]
fn damaged_records_are_read_and_refused_as_the_reference_does() {
    let text = text(include_bytes!("golden/leniency.txt.gz"));
    let mut count = 0;
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let [family, expected, key, value, case] = words[..] else {
            panic!("{line}")
        };
        let key = hex(key.trim_matches('-'));
        let value = (value != "null").then(|| hex(value.trim_matches('-')));
        macro_rules! read {
            ($key:ident) => {
                $key::decode(&key).and_then(|key| {
                    let version = match &value {
                        Some(value) => Some(key.decode_value(value)?.1),
                        None => None,
                    };
                    Ok((key.record_type(), version))
                })
            };
        }
        let read = match family {
            "metadata" => MetadataRecord::decode(value.as_deref().unwrap())
                .map(|(record, version)| (record.record_type(), Some(version))),
            "group" => read!(GroupKey),
            "transaction" => read!(TransactionKey),
            _ => read!(ShareKey),
        };
        let found = match read {
            Ok((kind, version)) => format!(
                "ok:{kind}:{}",
                version.map_or_else(|| "-".to_owned(), |version| version.to_string())
            ),
            Err(_) if family == "metadata" => "error".to_owned(),
            Err(_) => outcome(read).to_owned(),
        };
        assert_eq!(found, expected, "{family}: {case}");
        count += 1;
    }
    assert_eq!(count, 101);
}

#[test]
fn hashes_are_those_of_the_reference() {
    let text = text(include_bytes!("golden/hash.txt.gz"));
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let bytes = hex(words[1].trim_matches('-'));
        let numbers: Vec<i32> = words[2..]
            .iter()
            .map(|word| word.parse().unwrap())
            .collect();
        if words[0] == "key" {
            assert_eq!(hash::murmur2(&bytes), numbers[0], "{line}");
            assert_eq!(hash::key_partition(&bytes, 10), numbers[1], "{line}");
            assert_eq!(hash::key_partition(&bytes, 50), numbers[2], "{line}");
        } else {
            let units: Vec<u16> = bytes
                .chunks(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            let Ok(string) = String::from_utf16(&units) else {
                continue; // no Rust text
            };
            assert_eq!(hash::java_string_hash(&string), numbers[0], "{line}");
            assert_eq!(
                hash::coordinator_partition(&string, 50),
                numbers[1],
                "{line}"
            );
        }
    }
    assert!(text.lines().count() > 700);
}

#[test]
fn metadata_hashes_are_those_of_the_reference() {
    let text = text(include_bytes!("golden/metadata-hash.jsonl.gz"));
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let mut hashes = Vec::new();
        for topic in line["topics"].as_array().unwrap() {
            let racks: Vec<Vec<&str>> = topic["racks"]
                .as_array()
                .unwrap()
                .iter()
                .map(|racks| {
                    racks
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|rack| rack.as_str().unwrap())
                        .collect()
                })
                .collect();
            let name = topic["name"].as_str().unwrap();
            let id = topic["id"].as_str().unwrap().parse().unwrap();
            let hash = hash::topic_hash(&hash::HashedTopic {
                id,
                name,
                racks: &racks,
            });
            assert_eq!(Some(hash), topic["hash"].as_i64(), "{topic}");
            hashes.insert(0, (name, hash));
        }
        let hash = hash::group_metadata_hash(&hashes);
        assert_eq!(Some(hash), line["groupHash"].as_i64(), "{line}");
    }
    assert_eq!(text.lines().count(), 100);
}
