//! A blocking client: requests go out as they were encoded, answers come back as frames.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    ops::Range,
    time::Duration,
};

use ottla_protocol::{
    ApiKey, Request, encode_request,
    messages::{
        ApiVersionsRequest, ApiVersionsResponse, CreateTopicsRequest, CreateTopicsResponse,
        MetadataRequest, MetadataResponse, RequestHeader, ResponseHeader,
        create_topics_request::CreatableTopic, metadata_request::MetadataRequestTopic,
    },
};
use ottla_types::{ErrorCode, Saturate, Uuid};
use ottla_wire::{DecodeError, Reader};

use crate::{BenchError, clock, error::While};

/// The versions that are measured: those of a client of Kafka 4.3, with topic ids.
pub mod version {
    /// Of Produce.
    pub const PRODUCE: i16 = 13;
    /// Of Fetch.
    pub const FETCH: i16 = 17;
    /// Of Metadata.
    pub const METADATA: i16 = 12;
    /// Of CreateTopics.
    pub const CREATE_TOPICS: i16 = 7;
}

/// How long any answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The header of every request that is sent. Answers come in order, so one correlation id does for
/// all, and a request need not be touched before it is sent again.
#[must_use]
pub fn header() -> RequestHeader<'static> {
    RequestHeader {
        correlation_id: 1,
        client_id: Some("ottla-benches".into()),
        ..RequestHeader::default()
    }
}

/// A connection.
#[derive(Debug)]
pub struct Client {
    stream: TcpStream,
    inbox: Inbox,
}

impl Client {
    /// Connects, without Nagle's delay.
    ///
    /// # Errors
    /// When nobody listens.
    pub fn connect(address: SocketAddr) -> Result<Self, BenchError> {
        let stream = TcpStream::connect(address).during("connecting")?;
        stream.set_nodelay(true).during("setting TCP_NODELAY")?;
        stream
            .set_read_timeout(Some(PATIENCE))
            .during("setting a time limit")?;
        let inbox = Inbox::of(&stream)?;
        Ok(Self { stream, inbox })
    }

    /// The two directions, for two threads.
    #[must_use]
    pub fn split(self) -> (TcpStream, Inbox) {
        (self.stream, self.inbox)
    }

    /// Sends bytes.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn send(&mut self, bytes: &[u8]) -> Result<(), BenchError> {
        self.stream.write_all(bytes).during("sending a request")
    }

    /// The direction that answers come from.
    pub const fn inbox(&mut self) -> &mut Inbox {
        &mut self.inbox
    }

    /// Sends a request and gives the answer to `decode`, its header removed.
    ///
    /// # Errors
    /// When the server is gone or makes no sense.
    pub fn call<R: Request, T>(
        &mut self,
        version: i16,
        request: &R,
        decode: impl FnOnce(&mut Reader<'_>, i16) -> Result<T, DecodeError>,
    ) -> Result<T, BenchError> {
        self.send(
            &encode_request(version, &header(), request)?
                .to_vec()
                .expect("invariant: requests lie in memory"),
        )?;
        let frame = self.inbox.next_frame()?;
        let mut reader = Reader::new(frame);
        ResponseHeader::decode(&mut reader, R::API_KEY.response_header_version(version))?;
        Ok(decode(&mut reader, version)?)
    }

    /// Checks that the server speaks the versions that are measured.
    ///
    /// # Errors
    /// When it does not.
    pub fn check_versions(&mut self) -> Result<(), BenchError> {
        let request = ApiVersionsRequest {
            client_software_name: "ottla-benches".into(),
            client_software_version: "1".into(),
            ..ApiVersionsRequest::default()
        };
        let answer = self.call(3, &request, |r, v| {
            Ok(ApiVersionsResponse::decode(r, v)?.into_owned())
        })?;
        refused("ApiVersions", answer.error_code)?;
        let speaks = |key: ApiKey, version: i16| {
            answer.api_keys.iter().any(|api| {
                api.api_key == key.0 && (api.min_version..=api.max_version).contains(&version)
            })
        };
        for (key, wanted, what) in [
            (ApiKey::PRODUCE, version::PRODUCE, "Produce version 13"),
            (ApiKey::FETCH, version::FETCH, "Fetch version 17"),
            (ApiKey::METADATA, version::METADATA, "Metadata version 12"),
            (
                ApiKey::CREATE_TOPICS,
                version::CREATE_TOPICS,
                "CreateTopics version 7",
            ),
        ] {
            if !speaks(key, wanted) {
                return Err(BenchError::Unsupported(what));
            }
        }
        Ok(())
    }

    /// Creates a topic of so many partitions, unreplicated, and waits until each has a leader. A topic
    /// that exists is taken as it is.
    ///
    /// # Errors
    /// When the server refuses, or no leader appears.
    pub fn create_topic(&mut self, name: &str, partitions: i32) -> Result<Uuid, BenchError> {
        let request = CreateTopicsRequest {
            topics: vec![CreatableTopic {
                name: name.to_owned().into(),
                num_partitions: partitions,
                replication_factor: 1,
                ..CreatableTopic::default()
            }],
            timeout_ms: 10_000,
            ..CreateTopicsRequest::default()
        };
        let answer = self.call(version::CREATE_TOPICS, &request, |r, v| {
            Ok(CreateTopicsResponse::decode(r, v)?.into_owned())
        })?;
        for topic in &answer.topics {
            if topic.error_code != ErrorCode::TOPIC_ALREADY_EXISTS {
                refused("CreateTopics", topic.error_code)?;
            }
        }
        let mut outcome = Ok(None);
        clock::poll(PATIENCE, || {
            outcome = self.topic_id(name, partitions);
            (!matches!(outcome, Ok(None))).then_some(())
        });
        outcome?.ok_or(BenchError::Timeout("electing a leader"))
    }

    /// The id of a topic, if all its partitions have leaders.
    fn topic_id(&mut self, name: &str, partitions: i32) -> Result<Option<Uuid>, BenchError> {
        let request = MetadataRequest {
            topics: Some(vec![MetadataRequestTopic {
                name: Some(name.to_owned().into()),
                ..MetadataRequestTopic::default()
            }]),
            ..MetadataRequest::default()
        };
        let answer = self.call(version::METADATA, &request, |r, v| {
            Ok(MetadataResponse::decode(r, v)?.into_owned())
        })?;
        let wanted: usize = partitions.saturate();
        Ok(answer.topics.first().and_then(|topic| {
            let led = topic.partitions.iter().filter(|p| p.leader_id >= 0).count();
            (topic.error_code == ErrorCode::NONE && led == wanted).then_some(topic.topic_id)
        }))
    }
}

/// An error, unless the code is none.
///
/// # Errors
/// [`BenchError::Refused`] with the code.
pub fn refused(what: &'static str, code: ErrorCode) -> Result<(), BenchError> {
    if code == ErrorCode::NONE {
        Ok(())
    } else {
        Err(BenchError::Refused { what, code })
    }
}

/// Frames as they come in.
#[derive(Debug)]
pub struct Inbox {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: Range<usize>,
}

impl Inbox {
    fn of(stream: &TcpStream) -> Result<Self, BenchError> {
        let stream = stream.try_clone().during("sharing the socket")?;
        Ok(Self {
            stream,
            buffer: vec![0; 64 * 1024],
            filled: 0..0,
        })
    }

    /// The next frame, without its length; waits for it.
    ///
    /// # Errors
    /// When the server is gone or silent.
    pub fn next_frame(&mut self) -> Result<&[u8], BenchError> {
        loop {
            if let Some(range) = self.take_buffered() {
                return Ok(&self.buffer[range]);
            }
            self.fill()?;
        }
    }

    /// Whether the next frame is here already.
    #[must_use]
    pub fn has_frame(&self) -> bool {
        self.frame_len().is_some_and(|len| self.filled.len() >= len)
    }

    /// Length of the frame at the front, its prefix included, if the prefix is here.
    fn frame_len(&self) -> Option<usize> {
        let prefix = self.buffer[self.filled.clone()].first_chunk::<4>()?;
        usize::try_from(u32::from_be_bytes(*prefix))
            .ok()?
            .checked_add(4)
    }

    fn take_buffered(&mut self) -> Option<Range<usize>> {
        let len = self.frame_len().filter(|len| self.filled.len() >= *len)?;
        let frame = self.filled.start + 4..self.filled.start + len;
        self.filled.start += len;
        Some(frame)
    }

    fn fill(&mut self) -> Result<(), BenchError> {
        self.buffer.copy_within(self.filled.clone(), 0);
        self.filled = 0..self.filled.len();
        let wanted = self.frame_len().unwrap_or(0);
        if self.buffer.len() < wanted {
            self.buffer.resize(wanted.next_power_of_two(), 0);
        }
        let count = self
            .stream
            .read(&mut self.buffer[self.filled.end..])
            .during("waiting for an answer")?;
        if count == 0 {
            return Err(BenchError::Unsupported("this: it closed the connection"));
        }
        self.filled.end += count;
        Ok(())
    }
}
