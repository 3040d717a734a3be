//! Encodes requests as a client sends them.
//!
//! ```text
//! encode-request              print the bytes of some requests in hexadecimal
//! encode-request FILE         write them to a file, as `parse-capture` reads it
//! encode-request API VERSION JSON     print any request, its body in Kafka's JSON form
//! ```
#![allow(clippy::print_stdout, reason = "a command-line tool")]

use std::{error::Error, fs};

use ottla_protocol::{
    ApiKey, encode_request, json,
    messages::{
        ApiVersionsRequest, FindCoordinatorRequest, MetadataRequest, RequestHeader,
        metadata_request::MetadataRequestTopic,
    },
};
use ottla_wire::{Frame, Writer};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            for frame in session()? {
                println!("{}", hex(&frame.to_vec()?));
            }
        }
        [file] => {
            let frames: Result<Vec<_>, _> = session()?.iter().map(Frame::to_vec).collect();
            fs::write(file, frames?.concat())?;
        }
        [api, version, body] => println!("{}", hex(&from_text(api, version.parse()?, body)?)),
        _ => return Err("usage: encode-request [FILE | API VERSION JSON]".into()),
    }
    Ok(())
}

/// What a consumer sends first.
fn session() -> Result<Vec<Frame>, Box<dyn Error>> {
    let header = |correlation_id| RequestHeader {
        correlation_id,
        client_id: Some("example".into()),
        ..RequestHeader::default()
    };
    let versions = ApiVersionsRequest {
        client_software_name: "ottla-example".into(),
        client_software_version: "1.0".into(),
        ..ApiVersionsRequest::default()
    };
    let metadata = MetadataRequest {
        topics: Some(vec![MetadataRequestTopic {
            name: Some("orders".into()),
            ..MetadataRequestTopic::default()
        }]),
        ..MetadataRequest::default()
    };
    let coordinator = FindCoordinatorRequest {
        key_type: 0,
        coordinator_keys: vec!["billing".into()],
        ..FindCoordinatorRequest::default()
    };
    Ok(vec![
        encode_request(4, &header(1), &versions)?,
        encode_request(13, &header(2), &metadata)?,
        encode_request(6, &header(3), &coordinator)?,
    ])
}

/// Any request, without its type at compile time.
fn from_text(api: &str, version: i16, body: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let key = ApiKey::ALL.iter().find(|key| key.name() == api);
    let key = key.ok_or("no API of that name")?;
    let body = json::from_json(&format!("{api}Request"), version, &body.parse()?)?;
    let header = RequestHeader {
        request_api_key: key.0,
        request_api_version: version,
        correlation_id: 1,
        client_id: Some("example".into()),
        ..RequestHeader::default()
    };
    let mut w = Writer::with_length_prefix();
    header.encode(&mut w, key.request_header_version(version))?;
    w.put_slice(&body);
    Ok(w.into_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
