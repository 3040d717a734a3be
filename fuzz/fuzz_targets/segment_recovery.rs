#![no_main]
#![allow(dead_code, reason = "one file of functions for all targets of a crate")]

#[path = "../../crates/storage/tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::segment_recovery(data));
