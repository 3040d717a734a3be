//! Replays the corpora of `fuzz/` through the functions that its targets run.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(
    clippy::print_stdout,
    reason = "the last file named is the one that failed"
)]

mod fuzzed;
#[path = "../../../fuzz/replay.rs"]
mod replay;

use replay::replay;

#[test]
fn batch_view() {
    replay("batch_view", fuzzed::batch_view);
}

#[test]
fn legacy_set() {
    replay("legacy_set", fuzzed::legacy_set);
}

#[test]
fn gzip() {
    replay("gzip", fuzzed::gzip);
}

#[test]
fn snappy() {
    replay("snappy", fuzzed::snappy);
}

#[test]
fn lz4() {
    replay("lz4", fuzzed::lz4);
}

#[test]
fn zstd() {
    replay("zstd", fuzzed::zstd);
}
