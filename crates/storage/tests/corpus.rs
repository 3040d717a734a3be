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
fn segment_recovery() {
    replay("segment_recovery", fuzzed::segment_recovery);
}
