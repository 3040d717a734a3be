//! Golden bytes of the reference implementation: each decodes and encodes again to itself, and no
//! damage to them does worse than an error.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Read as _;

use flate2::read::GzDecoder;
use ottla_protocol::{Fault, recode};

const API: &[u8] = include_bytes!("golden/api.txt.gz");
const PERSISTED: &[u8] = include_bytes!("golden/persisted.txt.gz");

struct Line {
    message: String,
    version: i16,
    bytes: Vec<u8>,
}

/// Lines of `message version hex`.
fn lines(archive: &[u8]) -> Vec<Line> {
    let mut text = String::new();
    GzDecoder::new(archive).read_to_string(&mut text).unwrap();
    text.lines()
        .map(|line| {
            let mut words = line.split(' ');
            let message = words.next().unwrap().to_owned();
            let version = words.next().unwrap().parse().unwrap();
            let hex = words.next().unwrap_or("").as_bytes();
            let bytes = hex
                .chunks(2)
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
                .collect();
            Line {
                message,
                version,
                bytes,
            }
        })
        .collect()
}

fn check(archive: &[u8], expected_count: usize) {
    let mut failed = Vec::new();
    let lines = lines(archive);
    assert_eq!(lines.len(), expected_count);
    for (index, line) in lines.iter().enumerate() {
        let outcome = recode(&line.message, line.version, &line.bytes);
        if outcome.as_ref() != Ok(&line.bytes) {
            failed.push(format!(
                "{} {} v{}: {outcome:?}",
                index + 1,
                line.message,
                line.version
            ));
        }
    }
    assert!(
        failed.is_empty(),
        "{} differ, first:\n{}",
        failed.len(),
        failed[..failed.len().min(12)].join("\n")
    );
}

#[test]
fn every_api_message_of_the_reference_encodes_to_the_same_bytes() {
    check(API, 2500);
}

#[test]
fn every_persisted_record_of_the_reference_encodes_to_the_same_bytes() {
    check(PERSISTED, 1049);
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
