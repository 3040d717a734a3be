//! The lines that records are given and handed back in: fields in hexadecimal, `-` for null.

use std::fmt::Write;

use rdkafka::message::{BorrowedHeaders, Headers};

use crate::Outcome;

/// One record to send.
pub struct Row {
    pub key: Option<Vec<u8>>,
    pub headers: Vec<(String, Option<Vec<u8>>)>,
    pub value: Option<Vec<u8>>,
}

pub fn read(text: &str) -> Outcome<Vec<Row>> {
    text.lines().map(row).collect()
}

pub fn hex(bytes: Option<&[u8]>) -> String {
    let Some(bytes) = bytes else {
        return "-".into();
    };
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // writing to a String cannot fail
            let _ = write!(text, "{byte:02x}");
            text
        })
}

pub fn headers(headers: Option<&BorrowedHeaders>) -> String {
    let all = headers.into_iter().flat_map(Headers::iter);
    all.map(|header| format!("{}={}", header.key, hex(header.value)))
        .collect::<Vec<_>>()
        .join(",")
}

fn row(line: &str) -> Outcome<Row> {
    let mut fields = line.split('\t');
    let mut field = || fields.next().ok_or("a record has three fields");
    Ok(Row {
        key: bytes(field()?)?,
        headers: field()?
            .split_terminator(',')
            .map(header)
            .collect::<Outcome<_>>()?,
        value: bytes(field()?)?,
    })
}

fn header(text: &str) -> Outcome<(String, Option<Vec<u8>>)> {
    let (name, value) = text.split_once('=').ok_or("a header is NAME=VALUE")?;
    Ok((name.into(), bytes(value)?))
}

fn bytes(text: &str) -> Outcome<Option<Vec<u8>>> {
    if text == "-" {
        return Ok(None);
    }
    let pairs = (0..text.len()).step_by(2);
    let decoded = pairs.map(|at| u8::from_str_radix(text.get(at..at + 2).unwrap_or(""), 16));
    Ok(Some(decoded.collect::<Result<_, _>>()?))
}
