//! Golden vectors of the reference implementation: each decodes to its value and encodes again to
//! itself, also from the value, and no damage to them does worse than an error.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Read as _;

use flate2::read::GzDecoder;
use ottla_protocol::{Fault, recode};
use serde_json::Value;

mod vectors;

const API: &[u8] = include_bytes!("golden/api.jsonl.gz");
const PERSISTED: &[u8] = include_bytes!("golden/persisted.jsonl.gz");

fn text(archive: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(archive).read_to_string(&mut text).unwrap();
    text
}

fn check(archive: &[u8], expected_count: usize) {
    let text = text(archive);
    assert_eq!(text.lines().count(), expected_count);
    let failed: Vec<String> = text
        .lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let difference = vectors::check_line(line).err()?;
            Some(format!("{}: {difference}", index + 1))
        })
        .collect();
    assert!(
        failed.is_empty(),
        "{} differ, first:\n{}",
        failed.len(),
        failed[..failed.len().min(12)].join("\n")
    );
}

#[test]
fn every_api_message_of_the_reference_has_the_same_bytes_and_value() {
    check(API, 2500);
}

#[test]
fn every_persisted_record_of_the_reference_has_the_same_bytes_and_value() {
    check(PERSISTED, 1049);
}

#[test]
fn a_wrong_line_is_reported_with_what_differs() {
    let right =
        r#"{"message":"HeartbeatResponse","version":0,"hex":"001b","value":{"errorCode":27}}"#;
    assert_eq!(vectors::check_line(right), Ok(()));
    for (from, to, difference) in [
        (
            "27",
            "28",
            "HeartbeatResponse v0: the value at `/errorCode` is 27 instead of 28",
        ),
        ("001b", "00", "HeartbeatResponse v0: encoded again: "),
        (
            "\"version\":0",
            "\"version\":9",
            "HeartbeatResponse v9: encoded again: no such version",
        ),
        (
            "errorCode",
            "error",
            "HeartbeatResponse v0: the value at `/error` is nothing instead of 27",
        ),
        (
            "Heartbeat",
            "Heart",
            "HeartResponse v0: encoded again: no such message",
        ),
        ("hex", "hax", "no `hex`"),
    ] {
        let found = vectors::check_line(&right.replace(from, to)).unwrap_err();
        assert!(found.starts_with(difference), "{found}");
    }
}

struct Line {
    message: String,
    version: i16,
    bytes: Vec<u8>,
}

fn lines(archive: &[u8]) -> Vec<Line> {
    text(archive)
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            Line {
                message: line["message"].as_str().unwrap().to_owned(),
                version: line["version"].as_i64().unwrap().try_into().unwrap(),
                bytes: vectors::bytes_of(&line["hex"]).unwrap(),
            }
        })
        .collect()
}

#[test]
fn a_message_cut_short_is_an_error() {
    for line in lines(API).iter().filter(|line| line.bytes.len() > 1) {
        for cut in [1, line.bytes.len() / 2, line.bytes.len() - 1] {
            let outcome = recode(&line.message, line.version, &line.bytes[..cut]);
            assert!(
                outcome.is_err(),
                "{} v{} cut at {cut}",
                line.message,
                line.version
            );
        }
    }
}

#[test]
fn bytes_after_a_message_are_reported() {
    for mut line in lines(API) {
        line.bytes.push(0);
        let outcome = recode(&line.message, line.version, &line.bytes);
        assert_eq!(
            outcome,
            Err(Fault::Trailing(1)),
            "{} v{}",
            line.message,
            line.version
        );
    }
}

#[test]
fn a_flipped_byte_never_panics() {
    for line in lines(API).iter().step_by(3) {
        for at in (0..line.bytes.len()).step_by(7) {
            let mut bytes = line.bytes.clone();
            bytes[at] ^= 0xff;
            drop(recode(&line.message, line.version, &bytes));
        }
    }
}
