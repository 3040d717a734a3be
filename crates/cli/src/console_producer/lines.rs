//! Lines of standard input, read by a thread of its own: it may block.

use std::{io::Read, thread};

use tokio::sync::mpsc;

use crate::Sink;

const BUFFER: usize = 256 << 10;
/// Chunks that may wait to be sent.
const AHEAD: usize = 4;

/// Chunks of whole lines.
pub(super) struct Lines(mpsc::Receiver<Vec<u8>>);

impl Lines {
    /// Starts reading. With a `prompt` it is shown before each wait for input.
    pub(super) fn spawn(input: Box<dyn Read + Send>, prompt: Option<Sink>) -> Self {
        let (sender, receiver) = mpsc::channel(AHEAD);
        thread::spawn(move || read(input, prompt.as_ref(), &sender));
        Self(receiver)
    }

    /// The next chunk, `None` at the end.
    pub(super) async fn next(&mut self) -> Option<Vec<u8>> {
        self.0.recv().await
    }
}

/// A read that fails ends the input: there is nothing more to send.
fn read(mut input: Box<dyn Read + Send>, prompt: Option<&Sink>, chunks: &mpsc::Sender<Vec<u8>>) {
    let mut pending = Vec::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        if let Some(prompt) = prompt {
            prompt.text(">");
        }
        let Ok(count @ 1..) = input.read(&mut buffer) else {
            break;
        };
        let read = buffer.get(..count).unwrap_or_default();
        let Some(end) = read.iter().rposition(|byte| *byte == b'\n') else {
            pending.extend_from_slice(read);
            continue;
        };
        let (lines, tail) = read.split_at(end + 1);
        pending.extend_from_slice(lines);
        let chunk = std::mem::replace(&mut pending, tail.to_vec());
        if chunks.blocking_send(chunk).is_err() {
            return;
        }
    }
    if !pending.is_empty() {
        // Nobody waits for it if this fails.
        drop(chunks.blocking_send(pending));
    }
}

/// The lines of a chunk: they end with a line feed, a carriage return, or both.
pub(super) fn split(chunk: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = chunk;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let Some(end) = end else {
            return Some(std::mem::take(&mut rest));
        };
        let (line, tail) = rest.split_at(end);
        rest = tail
            .strip_prefix(b"\r\n")
            .or_else(|| tail.get(1..))
            .unwrap_or_default();
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_java_has_it() {
        let lines: Vec<_> = split(b"a\n\nb\r\nc\rd").collect();
        assert_eq!(lines, [&b"a"[..], b"", b"b", b"c", b"d"]);
        assert_eq!(split(b"").count(), 0);
    }

    #[test]
    fn chunks_hold_whole_lines() {
        let (sender, mut receiver) = mpsc::channel(8);
        let input = (&b"one\n"[..]).chain(&b"two\nth"[..]).chain(&b"ree"[..]);
        read(Box::new(input), None, &sender);
        drop(sender);
        let mut chunks = Vec::new();
        while let Ok(chunk) = receiver.try_recv() {
            chunks.push(chunk);
        }
        assert_eq!(chunks, [&b"one\n"[..], b"two\n", b"three"]);
    }
}
