//! A server whose disk is full: it refuses writes, lets read, goes on when there is space, and starts at
//! zero free bytes. Apache Kafka ends in each of these.
//!
//! The disk is a small tmpfs in a mount namespace of its own. Where that cannot be made, the tests say
//! that they were skipped.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use ottla_protocol::{
    Records, Request, encode_request,
    messages::{
        CreateTopicsRequest, CreateTopicsResponse, DescribeLogDirsRequest, DescribeLogDirsResponse,
        FetchRequest, FetchResponse, ProduceRequest, ProduceResponse, RequestHeader,
        create_topics_request::{CreatableTopic, CreatableTopicConfig},
        fetch_request::{FetchPartition, FetchTopic},
        produce_request::{PartitionProduceData, TopicProduceData},
    },
};
use ottla_records::{BatchBuilder, Decompressor, RecordDraft, batches};
use ottla_types::ErrorCode;
use ottla_wire::Reader;
use tempfile::TempDir;

const TOPIC: &str = "t";
const OK: ErrorCode = ErrorCode::NONE;
const FULL: ErrorCode = ErrorCode::KAFKA_STORAGE_ERROR;
const PATIENCE: Duration = Duration::from_secs(60);
/// How often checkpoints are written.
const CHECKPOINTS: Duration = Duration::from_millis(100);
/// A third of it is held back for the metadata log and its small files.
const DISK: &str = "size=32m";

/// A tmpfs that lives as long as the process that holds its namespace.
struct Disk {
    holder: Child,
    at: TempDir,
}

impl Disk {
    /// `None` where none can be mounted.
    fn mount() -> Option<Self> {
        let at = TempDir::new().unwrap();
        let script = "mount -t tmpfs -o \"$2\" tmpfs \"$1\" && echo mounted && exec cat";
        let mut holder = Command::new("unshare")
            .args(["-rm", "sh", "-c", script, "sh"])
            .arg(at.path())
            .arg(DISK)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut said = String::new();
        let mut output = BufReader::new(holder.stdout.take()?);
        output.read_line(&mut said).ok()?;
        if said.trim() != "mounted" {
            holder.wait().ok()?;
            return None;
        }
        Some(Self { holder, at })
    }

    /// The same directory as the processes outside see it.
    fn path(&self) -> PathBuf {
        let root = format!("/proc/{}/root", self.holder.id());
        Path::new(&root).join(self.at.path().strip_prefix("/").unwrap())
    }

    /// Takes some of the space, to be given back.
    fn take(&self, bytes: usize) {
        fs::write(self.path().join("filler"), vec![0x5a; bytes]).unwrap();
    }

    /// Takes every byte that is left.
    fn fill(&self) {
        let path = self.path().join("filler");
        let mut file = File::options().append(true).open(path).unwrap();
        for size in [1 << 20, 4096, 1] {
            let bytes = vec![0x5a; size];
            while file.write_all(&bytes).is_ok() {}
        }
    }

    fn make_room(&self) {
        fs::remove_file(self.path().join("filler")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ended_already = self.holder.kill();
        let _ended_already = self.holder.wait();
    }
}

/// A server in the namespace of a disk.
struct Server {
    process: Child,
    address: String,
    lines: Receiver<String>,
}

impl Server {
    fn start(disk: &Disk) -> Self {
        let directory = disk.at.path().display();
        let mut command = Command::new("nsenter");
        command
            .args(["--user", "--mount", "--preserve-credentials", "--target"])
            .arg(disk.holder.id().to_string())
            .arg(env!("CARGO_BIN_EXE_ottla"))
            .arg("server-start");
        for setting in [
            format!("log.dirs={directory}"),
            "listeners=PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:0".to_owned(),
            "advertised.listeners=PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:0".to_owned(),
            "controller.quorum.bootstrap.servers=localhost:0".to_owned(),
            format!(
                "log.flush.offset.checkpoint.interval.ms={}",
                CHECKPOINTS.as_millis()
            ),
        ] {
            command.arg("--override").arg(setting);
        }
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let output = BufReader::new(process.stderr.take().unwrap());
        thread::spawn(move || {
            let said = output.lines().map_while(Result::ok);
            said.take_while(|line| sender.send(line.clone()).is_ok())
                .for_each(drop);
        });
        let mut server = Self {
            process,
            address: String::new(),
            lines,
        };
        let line = server.wait_for("Listening on PLAINTEXT://");
        let (_, address) = line.split_once("PLAINTEXT://").unwrap();
        address
            .split(' ')
            .next()
            .unwrap()
            .clone_into(&mut server.address);
        server
    }

    /// The next line that holds `text`.
    fn wait_for(&self, text: &str) -> String {
        let mut said = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return line,
                Ok(line) => said.push(line),
                Err(end) => panic!("no {text:?} but {end}:\n{}", said.join("\n")),
            }
        }
    }

    /// Whether a line that holds `text` comes, with no more than `patience` between two lines.
    fn says(&self, text: &str, patience: Duration) -> bool {
        while let Ok(line) = self.lines.recv_timeout(patience) {
            if line.contains(text) {
                return true;
            }
        }
        false
    }

    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    fn stop(mut self) {
        let process = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .arg(process)
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(self.process.wait().unwrap().code(), Some(0));
    }

    fn is_running(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

struct Client(TcpStream);

impl Client {
    fn of(server: &Server) -> Self {
        let stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(stream)
    }

    /// The body of the answer, of a version with tags in its header.
    fn call<R: Request>(&mut self, version: i16, body: &R) -> Vec<u8> {
        let header = RequestHeader {
            client_id: Some("test".into()),
            ..RequestHeader::default()
        };
        let frame = encode_request(version, &header, body).unwrap();
        self.0.write_all(&frame.to_vec().unwrap()).unwrap();
        let mut length = [0; 4];
        self.0.read_exact(&mut length).unwrap();
        let mut frame = vec![0; usize::try_from(i32::from_be_bytes(length)).unwrap()];
        self.0.read_exact(&mut frame).unwrap();
        frame.split_off(5)
    }

    fn create_topic(&mut self, name: &'static str) {
        let config = |name: &'static str, value: &'static str| CreatableTopicConfig {
            name: name.into(),
            value: Some(value.into()),
            ..CreatableTopicConfig::default()
        };
        let topic = CreatableTopic {
            name: name.into(),
            num_partitions: 1,
            replication_factor: 1,
            configs: vec![config("segment.bytes", "1048576")],
            ..CreatableTopic::default()
        };
        let request = CreateTopicsRequest {
            topics: vec![topic],
            timeout_ms: 60_000,
            ..CreateTopicsRequest::default()
        };
        let body = self.call(7, &request);
        let response = CreateTopicsResponse::decode(&mut Reader::new(&body), 7).unwrap();
        assert_eq!(response.topics[0].error_code, OK, "{response:?}");
    }

    /// Appends one record of some KiB.
    fn produce(&mut self) -> ErrorCode {
        self.produce_to(TOPIC)
    }

    fn produce_to(&mut self, topic: &'static str) -> ErrorCode {
        let value = vec![0x61; 50_000];
        let mut builder = BatchBuilder::new();
        builder.append(&RecordDraft {
            value: Some(&value),
            timestamp: 1_700_000_000_000,
            ..RecordDraft::default()
        });
        let bytes = builder.build().unwrap();
        let partition = PartitionProduceData {
            index: 0,
            records: Some(Records::View(&bytes)),
            ..PartitionProduceData::default()
        };
        let request = ProduceRequest {
            acks: -1,
            timeout_ms: 60_000,
            topic_data: vec![TopicProduceData {
                name: topic.into(),
                partition_data: vec![partition],
                ..TopicProduceData::default()
            }],
            ..ProduceRequest::default()
        };
        let body = self.call(12, &request);
        let response = ProduceResponse::decode(&mut Reader::new(&body), 12).unwrap();
        response.responses[0].partition_responses[0].error_code
    }

    /// How many records can be read, from the first to the last.
    fn count(&mut self) -> i64 {
        let mut next = 0;
        loop {
            let partition = FetchPartition {
                partition: 0,
                fetch_offset: next,
                partition_max_bytes: 1 << 20,
                ..FetchPartition::default()
            };
            let request = FetchRequest {
                max_bytes: 1 << 20,
                session_epoch: -1,
                topics: vec![FetchTopic {
                    topic: TOPIC.into(),
                    partitions: vec![partition],
                    ..FetchTopic::default()
                }],
                ..FetchRequest::default()
            };
            let body = self.call(12, &request);
            let response = FetchResponse::decode(&mut Reader::new(&body), 12).unwrap();
            let found = &response.responses[0].partitions[0];
            assert_eq!(found.error_code, OK);
            let bytes = found.records.as_ref().unwrap().to_vec().unwrap();
            if bytes.is_empty() {
                assert_eq!(next, found.high_watermark);
                return next;
            }
            for batch in batches(&bytes).map_while(Result::ok) {
                assert!(batch.check_crc().is_ok());
                for record in batch.records(&mut Decompressor::new()).unwrap() {
                    assert_eq!(record.unwrap().offset.0, next);
                    next += 1;
                }
            }
        }
    }

    /// Fills the disk until a record is refused for it, and returns how many were taken before: a flush
    /// that is under way may give a block back after the disk was filled.
    fn produce_until_full(&mut self, disk: &Disk) -> i64 {
        for taken in 0..100 {
            disk.fill();
            match self.produce() {
                OK => {}
                code => {
                    assert_eq!(code, FULL);
                    return taken;
                }
            }
        }
        panic!("a full disk takes everything");
    }

    /// Makes room for a little and fills the disk again, until that was between two checkpoints: one
    /// that would say the same as the last is not written.
    fn produce_until_checkpoints_fail(&mut self, disk: &Disk, server: &Server) -> i64 {
        let mut taken = 0;
        for _ in 0..100 {
            disk.make_room();
            assert_eq!(self.produce(), OK);
            disk.take(512 << 10);
            taken += 1 + self.produce_until_full(disk);
            if server.says("The checkpoints cannot be written", CHECKPOINTS * 20) {
                return taken;
            }
        }
        panic!("a full disk takes every checkpoint");
    }

    /// Whether the log directory is said to be well, and its free bytes.
    fn log_dir(&mut self) -> (ErrorCode, i64) {
        let request = DescribeLogDirsRequest {
            topics: None,
            ..DescribeLogDirsRequest::default()
        };
        let body = self.call(4, &request);
        let response = DescribeLogDirsResponse::decode(&mut Reader::new(&body), 4).unwrap();
        (
            response.results[0].error_code,
            response.results[0].usable_bytes,
        )
    }
}

#[test]
fn a_full_disk_refuses_writes_and_nothing_else() {
    let Some(disk) = Disk::mount() else {
        println!("skipped: no tmpfs can be mounted here");
        return;
    };
    let mut server = Server::start(&disk);
    let mut client = Client::of(&server);
    client.create_topic(TOPIC);

    disk.take(1 << 20);
    // Full in the middle of appends and rolls, of which there is one for every twenty records.
    let mut acknowledged = 0;
    while client.produce() == OK {
        acknowledged += 1;
    }
    assert!(acknowledged > 100, "{acknowledged}");
    for _ in 0..3 {
        acknowledged += client.produce_until_full(&disk);
    }
    assert_eq!(client.log_dir(), (OK, 0));
    assert_eq!(client.count(), acknowledged);

    // Full when checkpoints are written.
    acknowledged += client.produce_until_checkpoints_fail(&disk, &server);
    assert!(server.is_running());
    assert_eq!(client.count(), acknowledged);

    // A topic that comes now has no log until space returns.
    client.create_topic("late");
    assert_eq!(client.produce_to("late"), FULL);

    // Space returns, and goes again.
    disk.make_room();
    server.wait_for("No partition lacks space any more.");
    assert_eq!(client.produce_to("late"), OK);
    for _ in 0..3 {
        assert_eq!(client.produce(), OK);
        acknowledged += 1;
    }
    assert_eq!(client.count(), acknowledged);
    disk.take(512 << 10);
    acknowledged += client.produce_until_full(&disk);

    // A start at zero free bytes, after a crash.
    server.kill();
    let mut server = Server::start(&disk);
    let mut client = Client::of(&server);
    assert_eq!(client.count(), acknowledged);
    acknowledged += client.produce_until_full(&disk);
    assert_eq!(client.log_dir(), (OK, 0));
    acknowledged += client.produce_until_checkpoints_fail(&disk, &server);
    assert!(server.is_running());
    disk.make_room();
    assert_eq!(client.produce(), OK);
    acknowledged += 1;
    assert_eq!(client.count(), acknowledged);

    server.stop();
    let server = Server::start(&disk);
    assert_eq!(Client::of(&server).count(), acknowledged);
    server.stop();
}
