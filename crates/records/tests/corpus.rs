//! Replays the corpora of `fuzz/` through the functions that its targets run.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(
    clippy::print_stdout,
    reason = "the last file named is the one that failed"
)]

use std::{fs, path::Path};

mod fuzzed;

fn replay(target: &str, run: fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut count = 0;
    for entry in fs::read_dir(root.join(target)).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        run(&fs::read(path).unwrap());
        count += 1;
    }
    assert!(count > 0, "no corpus for {target}");
}

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
