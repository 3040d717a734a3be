//! A client that sends bytes as they are and says what came back.

use std::{
    collections::BTreeSet,
    fmt,
    io::{ErrorKind, Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use ottla_protocol::{
    ApiKey, Request, encode_request,
    json::to_json,
    messages::{ApiVersionsRequest, FetchRequest, FetchResponse, RequestHeader},
};
use ottla_types::ErrorCode;
use ottla_wire::Reader;
use serde_json::Value;

/// How long an answer may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// How long silence has to last where no answer is expected.
pub(crate) const SILENCE: Duration = Duration::from_millis(300);

/// One connection.
pub(crate) struct Connection(TcpStream);

/// What a connection gave.
pub(crate) enum Received {
    Frame(Vec<u8>),
    Closed,
    Nothing,
}

impl Connection {
    pub(crate) fn open(server: &str) -> Self {
        let stream = TcpStream::connect(server).expect("the server takes connections");
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    /// Sends bytes. A server that has closed already is noticed by the next receive.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let _closed = self.0.write_all(bytes);
    }

    pub(crate) fn receive(&mut self, patience: Duration) -> Received {
        self.0.set_read_timeout(Some(patience)).unwrap();
        let mut length = [0; 4];
        match self.0.read_exact(&mut length) {
            Ok(()) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Received::Nothing;
            }
            Err(_) => return Received::Closed,
        }
        let mut frame = vec![0; usize::try_from(i32::from_be_bytes(length)).unwrap()];
        match self.0.read_exact(&mut frame) {
            Ok(()) => Received::Frame(frame),
            Err(_) => Received::Closed,
        }
    }

    /// Sends a request and returns the body of its answer in JSON.
    pub(crate) fn call<R: Request>(&mut self, version: i16, body: &R) -> Value {
        self.send(&request(version, body));
        match self.receive(PATIENCE) {
            Received::Frame(frame) => {
                answer(R::API_KEY, version, &frame).expect("an answer that can be read")
            }
            Received::Closed => panic!("{:?} v{version}: closed", R::API_KEY),
            Received::Nothing => panic!("{:?} v{version}: no answer", R::API_KEY),
        }
    }
}

impl Connection {
    /// The records of a fetch from one partition.
    pub(crate) fn fetch(&mut self, body: &FetchRequest<'_>) -> Vec<u8> {
        const VERSION: i16 = 12;
        self.send(&request(VERSION, body));
        let Received::Frame(frame) = self.receive(PATIENCE) else {
            panic!("no answer to a fetch");
        };
        let mut reader = Reader::new(&frame[5..]);
        let answer = FetchResponse::decode(&mut reader, VERSION).expect("a fetch response");
        let partition = &answer.responses[0].partitions[0];
        assert_eq!(partition.error_code, ErrorCode::NONE);
        let records = partition.records.as_ref().expect("records");
        records.as_slice().expect("a view").to_vec()
    }
}

/// What a server made of one input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// The connection was closed without an answer.
    Closed,
    /// An answer with these error codes; whether the connection goes on.
    Answer(BTreeSet<i64>, GoesOn),
    /// Bytes that are no answer of that API.
    Unreadable,
    /// Neither answer nor close.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GoesOn {
    Yes,
    No,
}

impl Outcome {
    /// Whether an answer says that the request was carried out.
    pub(crate) fn is_success(&self) -> bool {
        matches!(self, Self::Answer(codes, _) if codes.iter().all(|code| *code == 0))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("closed"),
            Self::Unreadable => f.write_str("unreadable"),
            Self::Nothing => f.write_str("nothing"),
            Self::Answer(codes, goes_on) => {
                f.write_str("answer")?;
                for (index, code) in codes.iter().enumerate() {
                    let sign = if index == 0 { ' ' } else { ',' };
                    write!(f, "{sign}{code}")?;
                }
                match goes_on {
                    GoesOn::Yes => Ok(()),
                    GoesOn::No => f.write_str(", then closed"),
                }
            }
        }
    }
}

/// Sends `bytes` on a connection of their own.
pub(crate) fn outcome(
    server: &str,
    bytes: &[u8],
    api: ApiKey,
    version: i16,
    patience: Duration,
) -> Outcome {
    let mut connection = Connection::open(server);
    connection.send(bytes);
    match connection.receive(patience) {
        Received::Closed => Outcome::Closed,
        Received::Nothing => Outcome::Nothing,
        Received::Frame(frame) => {
            let Some(answer) = answer(api, version, &frame) else {
                return Outcome::Unreadable;
            };
            let mut codes = BTreeSet::new();
            error_codes(&answer, &mut codes);
            connection.send(&request(0, &ApiVersionsRequest::default()));
            let goes_on = match connection.receive(PATIENCE) {
                Received::Frame(_) => GoesOn::Yes,
                Received::Closed | Received::Nothing => GoesOn::No,
            };
            Outcome::Answer(codes, goes_on)
        }
    }
}

/// A whole request, length prefix included.
pub(crate) fn request<R: Request>(version: i16, body: &R) -> Vec<u8> {
    let header = RequestHeader {
        correlation_id: CORRELATION_ID,
        client_id: Some("bad-input".into()),
        ..RequestHeader::default()
    };
    encode_request(version, &header, body)
        .expect("a request its version can express")
        .to_vec()
        .expect("requests lie in memory")
}

/// A request with a body of any bytes.
pub(crate) fn raw_request(api: ApiKey, version: i16, body: &[u8]) -> Vec<u8> {
    let mut bytes = api.0.to_be_bytes().to_vec();
    bytes.extend(version.to_be_bytes());
    bytes.extend(CORRELATION_ID.to_be_bytes());
    bytes.extend([0, 9]);
    bytes.extend(b"bad-input");
    if api.request_header_version(version) == 2 {
        bytes.push(0);
    }
    bytes.extend(body);
    frame(&bytes)
}

/// Bytes with their length before them.
pub(crate) fn frame(bytes: &[u8]) -> Vec<u8> {
    let mut frame = i32::try_from(bytes.len()).unwrap().to_be_bytes().to_vec();
    frame.extend(bytes);
    frame
}

/// The body of an answer in JSON. ApiVersions is answered in its first form when its version is not
/// known.
fn answer(api: ApiKey, version: i16, frame: &[u8]) -> Option<Value> {
    let (correlation_id, rest) = frame.split_first_chunk::<4>()?;
    if i32::from_be_bytes(*correlation_id) != CORRELATION_ID {
        return None;
    }
    let message = format!("{}Response", api.name());
    let header = api.response_header_version(version);
    let ((0, body) | (_, [0, body @ ..])) = (header, rest) else {
        return None;
    };
    to_json(&message, version, body)
        .or_else(|_| to_json(&message, 0, rest))
        .ok()
}

fn error_codes(value: &Value, codes: &mut BTreeSet<i64>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| error_codes(value, codes)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_i64() {
                    Some(code) if name == "errorCode" => drop(codes.insert(code)),
                    _ => error_codes(value, codes),
                }
            }
        }
        _ => {}
    }
}

const CORRELATION_ID: i32 = 77;
