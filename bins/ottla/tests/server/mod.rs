//! The server as a process of its own.
#![allow(dead_code, reason = "each test uses its part")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Lines},
    path::Path,
    process::{Child, ChildStderr, Command, Output, Stdio},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use tempfile::TempDir;

/// A running server and its directory.
pub(crate) struct Server {
    process: Child,
    address: String,
    directory: Option<TempDir>,
    rest: Option<thread::JoinHandle<()>>,
    said: Receiver<String>,
}

impl Server {
    /// Starts a server with a new directory.
    pub(crate) fn start_new() -> Self {
        Self::start(TempDir::new().unwrap())
    }

    /// Starts a server and returns when it listens.
    pub(crate) fn start(directory: TempDir) -> Self {
        Self::start_with(directory, &[])
    }

    /// Starts a server with more settings and returns when it listens.
    pub(crate) fn start_with(directory: TempDir, settings: &[&str]) -> Self {
        let mut command = command(directory.path(), "127.0.0.1:0");
        for setting in settings {
            command.arg("--override").arg(setting);
        }
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (say, said) = channel();
        let address = listening(&mut lines, &say);
        let rest = thread::spawn(move || {
            lines.for_each(|line| say.send(line.unwrap_or_default()).unwrap_or_default());
        });
        Self {
            process,
            address,
            directory: Some(directory),
            rest: Some(rest),
            said,
        }
    }

    /// The next line it says with `text` in it.
    pub(crate) fn wait_for(&self, text: &str) -> String {
        let mut lines = self.said.iter();
        let found = lines.find(|line| line.contains(text));
        found.unwrap_or_else(|| panic!("it ended without saying {text:?}"))
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.as_ref().unwrap().path()
    }

    /// Bytes of memory in use.
    pub(crate) fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most memory that was ever in use.
    pub(crate) fn peak_memory(&self) -> u64 {
        self.status("VmHWM:")
    }

    fn status(&self, field: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(field)).unwrap();
        let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kib << 10
    }

    /// Asks it to end and checks that it does so in good order; its directory stays.
    pub(crate) fn stop(mut self) -> TempDir {
        let process = self.process.id().to_string();
        let killed = Command::new("kill").arg(process).status().unwrap();
        assert!(killed.success());
        let status = self.process.wait().unwrap();
        assert_eq!(status.code(), Some(0));
        self.rest.take().unwrap().join().unwrap();
        self.directory.take().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

/// Starts a server that is to fail, and waits for its end.
pub(crate) fn fail_to_start(directory: &Path, listener: &str) -> Output {
    let process = command(directory, listener).spawn().unwrap();
    process.wait_with_output().unwrap()
}

fn command(directory: &Path, listener: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ottla"));
    command.arg("server-start");
    for setting in [
        format!("log.dirs={}", directory.display()),
        format!("listeners=PLAINTEXT://{listener},CONTROLLER://127.0.0.1:0"),
        format!("advertised.listeners=PLAINTEXT://{listener},CONTROLLER://127.0.0.1:0"),
        "controller.quorum.bootstrap.servers=localhost:0".to_owned(),
        "offsets.topic.num.partitions=2".to_owned(),
    ] {
        command.arg("--override").arg(setting);
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// The address that the server says it listens on.
fn listening(lines: &mut Lines<BufReader<ChildStderr>>, say: &Sender<String>) -> String {
    let mut said = Vec::new();
    for line in lines {
        let line = line.unwrap();
        say.send(line.clone()).unwrap();
        if let Some((_, rest)) = line.split_once("Listening on PLAINTEXT://") {
            return rest.split(' ').next().unwrap().to_owned();
        }
        said.push(line);
    }
    panic!("the server did not start:\n{}", said.join("\n"));
}
