//! Parses captured requests: one direction of a connection, its bytes one after the other.
//!
//! ```text
//! parse-capture FILE...       one line a request: its header, and its body in Kafka's JSON form
//! ```
#![allow(clippy::print_stdout, reason = "a command-line tool")]

use std::{error::Error, fs::File, io::Read as _};

use ottla_protocol::{ApiKey, FrameSplitter, json, parse_request};

fn main() -> Result<(), Box<dyn Error>> {
    for path in std::env::args_os().skip(1) {
        let mut file = File::open(path)?;
        let mut splitter = FrameSplitter::new(LIMIT);
        // As a socket would give them: some bytes at a time, with no regard to frames.
        let mut chunk = [0; 4096];
        loop {
            let count = file.read(&mut chunk)?;
            if count == 0 {
                break;
            }
            splitter.push(chunk.get(..count).unwrap_or_default());
            while let Some(frame) = splitter.next_frame()? {
                println!("{}", describe(&frame)?);
            }
        }
        if splitter.pending() > 0 || splitter.missing().is_some() {
            println!("{} bytes of a frame cut short", splitter.pending());
        }
    }
    Ok(())
}

fn describe(frame: &[u8]) -> Result<String, Box<dyn Error>> {
    let (header, body) = parse_request(frame)?;
    let (api, version) = (
        ApiKey(header.request_api_key).name(),
        header.request_api_version,
    );
    let client = header.client_id.as_deref().unwrap_or("-");
    let body = match json::to_json(&format!("{api}Request"), version, body.rest()) {
        Ok(value) => json::to_text(&value),
        Err(error) => error.to_string(),
    };
    Ok(format!(
        "{api} v{version} correlation={} client={client} {body}",
        header.correlation_id
    ))
}

/// Kafka's default of `socket.request.max.bytes`.
const LIMIT: usize = 100 << 20;
