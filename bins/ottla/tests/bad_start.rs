//! What a server cannot start with: it says why in one line, ends with exit code 1 and leaves what it
//! found as it was.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod server;

use std::{fs, net::TcpListener, path::Path};

use server::Server;
use tempfile::TempDir;

const ANY_PORT: &str = "127.0.0.1:0";
const META: &str = "meta.properties";

/// The directory of a server that was started and stopped.
fn used_directory() -> TempDir {
    Server::start_new().stop()
}

/// Starts a server in `directory` and checks that it says `reason` in its only error line, and that no
/// file but `.lock` is made, changed or removed.
fn check_refused(directory: &Path, listener: &str, reason: &str) {
    let before = contents(directory);
    let output = server::fail_to_start(directory, listener);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let errors: Vec<&str> = said
        .lines()
        .filter(|line| !line.contains(" INFO "))
        .collect();
    assert!(
        matches!(errors.as_slice(), [only] if only.contains(" ERROR ") && only.contains(reason)),
        "{reason:?} is not what was said:\n{said}"
    );
    assert_eq!(contents(directory), before);
}

fn contents(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    collect(directory, &mut files);
    files.sort();
    files
}

fn collect(path: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = fs::read_dir(path) else {
        return files.push((
            path.display().to_string(),
            fs::read(path).unwrap_or_default(),
        ));
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if !path.ends_with(".lock") {
            collect(&path, files);
        }
    }
}

fn check_meta(change: impl FnOnce(&str) -> String, reason: &str) {
    let directory = used_directory();
    let path = directory.path().join(META);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, change(&text)).unwrap();
    check_refused(directory.path(), ANY_PORT, reason);
    // Whole again, it starts.
    fs::write(&path, text).unwrap();
    Server::start(directory).stop();
}

fn without(text: &str, key: &str) -> String {
    text.lines()
        .filter(|line| !line.starts_with(key))
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn a_half_written_meta_properties_is_refused() {
    let half = "#\n#Wed\nversion=1\ncluster.i";
    check_meta(|_| half.to_owned(), "Failed to find node.id");
}

#[test]
fn an_empty_meta_properties_is_refused() {
    check_meta(|_| String::new(), "node ID not found in");
}

#[test]
fn a_meta_properties_without_a_version_is_refused() {
    check_meta(|text| without(text, "version"), "node ID not found in");
}

#[test]
fn a_meta_properties_of_a_later_version_is_refused() {
    check_meta(
        |text| text.replace("version=1", "version=7"),
        "Unknown meta.properties version number 7",
    );
}

#[test]
fn the_directory_of_another_node_is_refused() {
    check_meta(
        |text| text.replace("node.id=1", "node.id=9"),
        "Stored node id 9 doesn't match previous node id 1 in",
    );
}

#[test]
fn directories_of_two_clusters_are_refused() {
    let (one, two) = (used_directory(), used_directory());
    let both = format!("{},{}", one.path().display(), two.path().display());
    let output = server::fail_to_start(Path::new(&both), ANY_PORT);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Invalid cluster.id in: "), "{said}");
    Server::start(one).stop();
    Server::start(two).stop();
}

#[test]
fn a_directory_that_is_a_file_is_refused() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("file");
    fs::write(&path, "something of the user's").unwrap();
    check_refused(&path, ANY_PORT, "file");
}

#[test]
fn a_directory_that_cannot_be_made_is_refused() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("file"), "").unwrap();
    check_refused(&directory.path().join("file/logs"), ANY_PORT, "file/logs");
}

#[test]
fn a_directory_that_another_server_uses_is_refused() {
    let server = Server::start_new();
    let output = server::fail_to_start(server.directory(), ANY_PORT);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("Failed to acquire lock on file .lock in"),
        "{said}"
    );
    server.stop();
}

#[test]
fn a_port_that_is_in_use_is_refused() {
    let other = TcpListener::bind(ANY_PORT).unwrap();
    let address = other.local_addr().unwrap().to_string();
    let directory = used_directory();
    let reason = format!("Socket server failed to bind to {address}: Address already in use");
    check_refused(directory.path(), &address, &reason);
    Server::start(directory).stop();
}
