//! A server that loses log directories: it serves from those that are left, and ends with Apache Kafka's
//! words when none is.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

struct Server(Child);

impl Server {
    fn start(directories: &str, metadata: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ottla"));
        command.arg("server-start");
        for setting in [
            format!("log.dirs={directories}"),
            format!("metadata.log.dir={}", metadata.display()),
            "listeners=PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:0".to_owned(),
            "advertised.listeners=PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:0".to_owned(),
            "controller.quorum.bootstrap.servers=localhost:0".to_owned(),
            "log.flush.offset.checkpoint.interval.ms=100".to_owned(),
        ] {
            command.arg("--override").arg(setting);
        }
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self(process)
    }

    /// What it says until a line holds `text`, that line included.
    fn said_until(&mut self, text: &str) -> Vec<String> {
        let mut said = Vec::new();
        // Not more than the lines, so that the next call goes on behind them.
        let output = self.0.stderr.as_mut().unwrap();
        let mut lines = BufReader::with_capacity(1, output).lines();
        while let Some(Ok(line)) = lines.next() {
            let is_it = line.contains(text);
            said.push(line);
            if is_it {
                return said;
            }
        }
        panic!("no {text:?} in:\n{}", said.join("\n"));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.0.kill();
        let _ended_already = self.0.wait();
    }
}

#[test]
fn directories_that_are_lost_one_after_the_other() {
    let root = TempDir::new().unwrap();
    let [one, two, file] = ["one", "two", "file"].map(|name| root.path().join(name));
    fs::write(&file, "something of the user's").unwrap();
    let all = [&one, &two, &file].map(|path| path.display().to_string());
    let metadata = root.path().join("metadata");
    let mut first = Server::start(&all[..2].join(","), &metadata);
    first.said_until("Listening on PLAINTEXT");
    drop(first);

    let mut server = Server::start(&all.join(","), &metadata);
    let said = server.said_until("Listening on PLAINTEXT").join("\n");
    let unusable = format!("Failed to create or validate data directory {}", all[2]);
    assert!(said.contains(&unusable), "{said}");

    fs::remove_dir_all(&one).unwrap();
    let said = server
        .said_until("Stopped serving the partitions")
        .join("\n");
    let stopping = format!("Stopping serving replicas in dir {} with uuid ", all[0]);
    assert!(said.contains(&stopping), "{said}");
    assert!(server.0.try_wait().unwrap().is_none());

    fs::remove_dir_all(&two).unwrap();
    server.said_until(&format!(
        "Shutdown broker because all log dirs in {} have failed",
        all.join(", ")
    ));
    assert_eq!(server.0.wait().unwrap().code(), Some(1));
}
