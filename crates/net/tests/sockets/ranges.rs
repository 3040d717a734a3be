//! Answers that lie in files.

use std::{
    fs::File,
    io::{self, Read as _, Write as _},
    os::{
        fd::{AsFd as _, BorrowedFd},
        unix::fs::FileExt as _,
    },
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use ottla_net::BindOptions;
use ottla_wire::{Chunk, FileBytes, FileRange, Frame};

use crate::{
    bench::{Bench, Client, OTHER, Options},
    script::{Event, Verb},
};

/// A file with bytes that tell where they are.
#[derive(Debug)]
struct Numbered {
    file: File,
    bytes: Vec<u8>,
    has_descriptor: bool,
    changed: AtomicBool,
}

impl Numbered {
    fn new(len: usize, has_descriptor: bool) -> Arc<Self> {
        let bytes: Vec<u8> = (0u32..).flat_map(u32::to_be_bytes).take(len).collect();
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(&bytes).expect("written");
        Arc::new(Self {
            file,
            bytes,
            has_descriptor,
            changed: AtomicBool::new(false),
        })
    }

    fn range(self: &Arc<Self>, position: usize, len: usize) -> Chunk {
        let file: Arc<Self> = Arc::clone(self);
        FileRange::new(file, position as u64, len).into()
    }

    fn check_unchanged(&self) -> io::Result<()> {
        match self.changed.load(Ordering::Acquire) {
            true => Err(io::Error::other("changed")),
            false => Ok(()),
        }
    }
}

impl FileBytes for Numbered {
    fn read_at(&self, to: &mut Vec<u8>, max: usize, position: u64) -> io::Result<usize> {
        self.check_unchanged()?;
        let start = to.len();
        to.resize(start + max, 0);
        let read = self.file.read_at(&mut to[start..], position)?;
        to.truncate(start + read);
        Ok(read)
    }

    fn descriptor(&self) -> io::Result<Option<BorrowedFd<'_>>> {
        self.check_unchanged()?;
        Ok(self.has_descriptor.then(|| self.file.as_fd()))
    }
}

fn bytes(bytes: &'static [u8]) -> Chunk {
    Bytes::from_static(bytes).into()
}

/// A frame of these chunks with its length in front.
fn framed(chunks: Vec<Chunk>) -> Frame {
    let len: usize = chunks.iter().map(Chunk::len).sum();
    let prefix = u32::try_from(len).expect("small").to_be_bytes();
    let prefix = Bytes::copy_from_slice(&prefix).into();
    Frame::new([vec![prefix], chunks].concat())
}

/// A server and a client with the smallest buffers that the system gives.
fn narrow() -> (Bench, Client) {
    let bench = Bench::with(Options {
        bind: BindOptions {
            send_buffer_bytes: Some(1),
            ..BindOptions::default()
        },
        ..Options::default()
    });
    let client = bench.connect_with_receive_buffer(1);
    (bench, client)
}

#[test]
fn ranges_arrive_whole_and_in_their_place() {
    for has_descriptor in [true, false] {
        let file = Numbered::new(5 << 20, has_descriptor);
        let bench = Bench::new();
        let mut client = bench.connect();
        for (position, len) in [(0, 5 << 20), (1, 1), (4095, 4097), (3 << 20, (1 << 20) + 3)] {
            bench.prepare(framed(vec![
                bytes(b"head"),
                file.range(position, len),
                bytes(b"between"),
                file.range(0, 10),
                file.range(position, 1),
                bytes(b"tail"),
            ]));
            client.send(OTHER, Verb::Prepared, "");
            client.send(OTHER, Verb::Echo, "behind");
            let range = &file.bytes[position..position + len];
            let expected = [
                b"head",
                range,
                b"between",
                &file.bytes[..10],
                &range[..1],
                b"tail",
            ];
            assert!(client.answer() == expected.concat(), "{len} at {position}");
            client.expect_answer("behind");
        }
    }
}

#[test]
fn a_peer_that_reads_slowly_gets_every_byte() {
    for has_descriptor in [true, false] {
        let file = Numbered::new(600_000, has_descriptor);
        let (bench, mut client) = narrow();
        let expected: Vec<u8> = (0..4usize)
            .flat_map(|answer| {
                let (position, len) = (answer * 1001, 300_000 + answer * 77);
                let frame = framed(vec![
                    bytes(b"head"),
                    file.range(position, len),
                    file.range(7, 9000),
                    bytes(b"tail"),
                ]);
                let all = frame.to_vec().expect("readable");
                bench.prepare(frame);
                client.send(OTHER, Verb::Prepared, "");
                all
            })
            .collect();
        let mut received = Vec::new();
        let mut pieces = [1, 700, 4096, 13, 20_000].into_iter().cycle();
        while received.len() < expected.len() {
            let mut piece = vec![0; pieces.next().expect("endless")];
            let read = client.stream.read(&mut piece).expect("bytes");
            assert!(read > 0, "the end after {}", received.len());
            received.extend_from_slice(&piece[..read]);
        }
        assert!(received == expected);
    }
}

#[test]
fn a_file_that_was_cut_meanwhile_ends_the_connection() {
    const KEPT: usize = 1 << 20;
    for has_descriptor in [true, false] {
        let file = Numbered::new(4 << 20, has_descriptor);
        let (bench, mut client) = narrow();
        bench.prepare(framed(vec![file.range(0, 4 << 20)]));
        client.send(OTHER, Verb::Prepared, "");
        bench.expect_handled("");
        // Once the first bytes are here it is under way, and the buffers hold far less than is kept.
        client.stream.read_exact(&mut [0; 4]).expect("a length");
        file.file.set_len(KEPT as u64).expect("cut");
        client.send(OTHER, Verb::Echo, "never answered");
        let received = until_end(&mut client);
        assert!(received.len() <= KEPT, "{}", received.len());
        assert!(file.bytes.starts_with(&received), "others than its own");
        bench.expect(Event::Closed(0));
    }
}

#[test]
fn bytes_that_may_be_others_now_end_the_connection() {
    for has_descriptor in [true, false] {
        let file = Numbered::new(4 << 20, has_descriptor);
        let (bench, mut client) = narrow();
        bench.prepare(framed(vec![file.range(0, 4 << 20)]));
        client.send(OTHER, Verb::Prepared, "");
        bench.expect_handled("");
        client.stream.read_exact(&mut [0; 4]).expect("a length");
        file.changed.store(true, Ordering::Release);
        let received = until_end(&mut client);
        assert!(received.len() < 4 << 20);
        assert!(file.bytes.starts_with(&received), "others than its own");
        bench.expect(Event::Closed(0));
    }
}

/// What still comes before the connection ends.
fn until_end(client: &mut Client) -> Vec<u8> {
    let mut received = Vec::new();
    match client.stream.read_to_end(&mut received) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
    }
    received
}
