//! A server whose metadata log ends in the middle of a batch.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod server;

use std::{fs, io::Write as _};

use server::Server;

#[test]
fn the_end_that_is_cut_off_the_metadata_log_is_told_of() {
    let directory = Server::start_new().stop();
    let log = "__cluster_metadata-0/00000000000000000000.log";
    let path = directory.path().join(log);
    let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(&[7; 40]).unwrap();
    let server = Server::start(directory);
    let said = server.wait_for("Found invalid messages in ");
    assert!(
        said.contains("__cluster_metadata-0") && said.contains(": 40 bytes go"),
        "{said}"
    );
    server.stop();
}
