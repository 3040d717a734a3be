//! Settings of the log cleaner, changed while the server runs.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use ottla_protocol::{
    encode_request,
    messages::{
        IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse, RequestHeader,
        incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig},
    },
};
use ottla_types::ErrorCode;
use ottla_wire::Reader;
use tempfile::TempDir;

mod server;

/// Kind of the resource of all brokers.
const BROKER: i8 = 4;
/// With a header of flexible form: correlation id and no tags.
const VERSION: i16 = 1;

/// Sets a key for all brokers.
fn set(address: &str, key: &str, value: &str) -> ErrorCode {
    let request = IncrementalAlterConfigsRequest {
        resources: vec![AlterConfigsResource {
            resource_type: BROKER,
            configs: vec![AlterableConfig {
                name: key.into(),
                value: Some(value.into()),
                ..AlterableConfig::default()
            }],
            ..AlterConfigsResource::default()
        }],
        ..IncrementalAlterConfigsRequest::default()
    };
    let frame = encode_request(VERSION, &RequestHeader::default(), &request).unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(&frame.to_vec().unwrap()).unwrap();
    let mut length = [0; 4];
    stream.read_exact(&mut length).unwrap();
    let mut answer = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap()];
    stream.read_exact(&mut answer).unwrap();
    let mut reader = Reader::new(answer.get(5..).unwrap());
    let response = IncrementalAlterConfigsResponse::decode(&mut reader, VERSION).unwrap();
    response.responses.first().unwrap().error_code
}

#[test]
fn threads_and_memory_of_the_log_cleaner_change_while_it_runs() {
    let directory = TempDir::new().unwrap();
    let server = server::Server::start_with(directory, &["log.cleaner.backoff.ms=10"]);
    let set = |key, value| set(server.address(), key, value);
    assert_eq!(set("log.cleaner.threads", "2"), ErrorCode::NONE);
    server.wait_for("with 2 threads and 64.0 MB for the keys of each");
    let key = "log.cleaner.dedupe.buffer.size";
    assert_eq!(set(key, "8388608"), ErrorCode::NONE);
    server.wait_for("with 2 threads and 4.0 MB for the keys of each");
    // Not more than twice as many at a time.
    assert_eq!(set("log.cleaner.threads", "5"), ErrorCode::INVALID_REQUEST);
    server.stop();
}
