//! A life of a node with a power cut at every step of its file system: what it had acknowledged is
//! there when it starts again.

use ottla_testkit::crash::{Options, Progress, explore, scenarios};

/// Looks at the states of the life of that name, of so many of which one is lived on from.
fn cut(name: &str, recrash_every: u64) {
    let all = scenarios(1);
    let life = all.iter().find(|life| life.scenario() == name);
    let options = Options {
        recrash_every,
        ..Options::brief(1)
    };
    let progress = Progress::default();
    explore(life.expect("a life").as_ref(), &options, &progress);
    let failures = progress.failures();
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(progress.states() > 100, "{}", progress.states());
}

/// None is lived on from.
const NONE: u64 = u64::MAX / 256;

#[test]
fn a_first_start_and_its_first_records() {
    cut("node-first-start", NONE);
}

#[test]
fn records_of_several_partitions_and_producers() {
    cut("node-records", NONE);
}

#[test]
fn committed_offsets() {
    cut("node-offsets", NONE);
}

#[test]
fn deleted_and_expired_records() {
    cut("node-deleted-records", NONE);
}

#[test]
fn a_topic_that_takes_the_name_of_a_deleted_one() {
    cut("node-recreated-topic", NONE);
}

#[test]
fn later_starts() {
    cut("node-later-starts", NONE);
}

#[test]
fn a_metadata_log_that_is_cut_behind_its_snapshots() {
    cut("node-metadata-snapshots", NONE);
}

#[test]
fn two_log_directories() {
    cut("node-two-directories", NONE);
}

#[test]
fn a_partition_that_is_moved_to_another_directory() {
    cut("node-moved-partition", NONE);
}

#[test]
fn starts_that_are_cut_short_themselves() {
    cut("node-starts-cut-short", 20);
}
