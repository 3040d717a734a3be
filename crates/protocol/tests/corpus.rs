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
fn frame_splitter() {
    replay("frame_splitter", fuzzed::frame_splitter);
}

#[test]
fn request() {
    replay("request", fuzzed::request);
}

#[test]
fn stored_record() {
    replay("stored_record", fuzzed::stored_record);
}
