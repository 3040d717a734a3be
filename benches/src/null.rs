//! The null broker: what a broker must do at the least, and nothing else.
//!
//! It reads requests, writes each batch to a file with one `pwrite` and answers; a fetch is one
//! `pread`. No checks, no checksum, no waits, no producer state, no configuration. What it costs is the
//! floor that a real broker is divided by. It runs on the same runtime as the broker (several workers,
//! one task per connection, every whole frame per wake-up, one write for all answers).
//!
//! The base offset is written over the batch's first bytes before the `pwrite`, so that a reader can
//! follow; a produce request holds one partition, as does a fetch.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io,
    os::unix::fs::FileExt,
    path::PathBuf,
    sync::Arc,
};

use ottla_protocol::{
    ApiKey, encode_response,
    messages::{
        ApiVersionsResponse, CreateTopicsRequest, CreateTopicsResponse, FetchRequest,
        MetadataRequest, MetadataResponse,
        api_versions_response::ApiVersion,
        create_topics_response::CreatableTopicResult,
        metadata_response::{
            MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic,
        },
    },
    parse_request,
};
use ottla_types::{ErrorCode, Saturate, Uuid};
use ottla_wire::Reader;
use parking_lot::Mutex;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::client::version;

/// Files by topic and partition.
#[derive(Debug)]
pub struct NullBroker {
    directory: PathBuf,
    port: i32,
    topics: Mutex<BTreeMap<String, Topic>>,
}

#[derive(Clone, Debug)]
struct Topic {
    id: Uuid,
    partitions: Vec<Arc<Partition>>,
}

#[derive(Debug)]
struct Partition {
    file: File,
    end: Mutex<End>,
}

#[derive(Debug, Default)]
struct End {
    offset: i64,
    position: u64,
    /// First offset and position of each batch.
    batches: Vec<(i64, u64)>,
}

/// Serves connections until the process ends. Files go to `directory`.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, directory: PathBuf) -> io::Result<()> {
    let port = listener.local_addr()?.port().into();
    let broker = Arc::new(NullBroker {
        directory,
        port,
        topics: Mutex::default(),
    });
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let connection = Connection {
            broker: Arc::clone(&broker),
            stream,
            known: None,
        };
        tokio::spawn(async move {
            if let Err(error) = connection.run().await {
                eprintln!("connection closed: {error}");
            }
        });
    }
}

struct Connection {
    broker: Arc<NullBroker>,
    stream: TcpStream,
    /// The partition of the last request, so that the next one need not look it up.
    known: Option<(Uuid, i32, Arc<Partition>)>,
}

/// As much as is read at once. A longer frame gets a buffer of its size, and is then read exactly, so
/// that nothing behind it has to be moved.
const READ: usize = 64 * 1024;

impl Connection {
    async fn run(mut self) -> io::Result<()> {
        let mut inbox = vec![0; READ];
        let mut outbox = Outbox::default();
        let mut filled = 0;
        loop {
            let mut begin = 0;
            while let Some(end) = frame_end(&inbox, begin).filter(|end| *end <= filled) {
                self.answer(&mut inbox[begin + 4..end], &mut outbox)?;
                begin = end;
            }
            if outbox.len > 0 {
                self.stream.write_all(&outbox.bytes[..outbox.len]).await?;
                outbox.len = 0;
            }
            inbox.copy_within(begin..filled, 0);
            filled -= begin;
            let wanted = if filled >= 4 {
                frame_end(&inbox, 0).unwrap_or(READ)
            } else {
                READ
            };
            if wanted > inbox.len() {
                inbox.resize(wanted, 0);
            }
            let until = if wanted > READ {
                wanted
            } else {
                inbox.len().min(READ)
            };
            match self.stream.read(&mut inbox[filled..until]).await? {
                0 => return Ok(()),
                count => filled += count,
            }
        }
    }

    fn answer(&mut self, frame: &mut [u8], outbox: &mut Outbox) -> io::Result<()> {
        let (header, body) = parse_request(frame).map_err(invalid)?;
        let (key, v, id) = (
            ApiKey(header.request_api_key),
            header.request_api_version,
            header.correlation_id,
        );
        match key {
            ApiKey::PRODUCE => {
                let asked = Produced::read(body, frame.len()).map_err(invalid)?;
                let partition = self.partition(asked.topic_id, asked.partition)?;
                let batch = &mut frame[asked.batch.0..asked.batch.1];
                let base_offset = partition.append(batch)?;
                if asked.acks != 0 {
                    outbox.produced(id, &asked, base_offset);
                }
                Ok(())
            }
            ApiKey::FETCH => {
                let request = FetchRequest::decode(&mut { body }, v).map_err(invalid)?;
                self.fetch(id, &request, outbox)
            }
            _ => {
                let answer = self.broker.answer_control(key, v, id, body)?;
                outbox.room(answer.len()).copy_from_slice(&answer);
                Ok(())
            }
        }
    }

    fn fetch(
        &mut self,
        id: i32,
        request: &FetchRequest<'_>,
        outbox: &mut Outbox,
    ) -> io::Result<()> {
        let topic = request.topics.first().ok_or_else(|| missing("topic"))?;
        let asked = topic
            .partitions
            .first()
            .ok_or_else(|| missing("partition"))?;
        let partition = self.partition(topic.topic_id, asked.partition)?;
        let most = asked.partition_max_bytes.min(request.max_bytes);
        let (position, count, end) = partition.find(asked.fetch_offset, most.saturate());
        let at = outbox.begin_fetched(id, topic.topic_id, asked.partition, end, count);
        partition.file.read_exact_at(outbox.room(count), position)?;
        outbox.end_fetched(at);
        Ok(())
    }

    fn partition(&mut self, topic_id: Uuid, index: i32) -> io::Result<Arc<Partition>> {
        if let Some((topic, known, partition)) = &self.known
            && (*topic, *known) == (topic_id, index)
        {
            return Ok(Arc::clone(partition));
        }
        let topics = self.broker.topics.lock();
        let topic = topics
            .values()
            .find(|topic| topic.id == topic_id)
            .ok_or_else(|| missing("topic"))?;
        let at = usize::try_from(index).map_err(invalid)?;
        let partition = Arc::clone(
            topic
                .partitions
                .get(at)
                .ok_or_else(|| missing("partition"))?,
        );
        self.known = Some((topic_id, index, Arc::clone(&partition)));
        Ok(partition)
    }
}

impl Partition {
    fn append(&self, batch: &mut [u8]) -> io::Result<i64> {
        let last_delta = batch
            .get(23..)
            .and_then(<[u8]>::first_chunk)
            .ok_or_else(|| missing("batch"))?;
        let records = i64::from(i32::from_be_bytes(*last_delta)) + 1;
        let mut end = self.end.lock();
        let (offset, position) = (end.offset, end.position);
        batch[..8].copy_from_slice(&offset.to_be_bytes());
        self.file.write_all_at(batch, position)?;
        end.offset += records;
        end.position += Saturate::<u64>::saturate(batch.len());
        end.batches.push((offset, position));
        Ok(offset)
    }

    /// Position and length of what is to be read from `offset` on, and the end offset. The first batch
    /// is always whole.
    fn find(&self, offset: i64, most: usize) -> (u64, usize, i64) {
        let end = self.end.lock();
        let after = end.batches.partition_point(|(first, _)| *first <= offset);
        let position = match after.checked_sub(1).and_then(|at| end.batches.get(at)) {
            Some((_, position)) if offset < end.offset => *position,
            _ => end.position,
        };
        let left: usize = (end.position - position).saturate();
        let next = end
            .batches
            .get(after)
            .map_or(end.position, |(_, position)| *position);
        let whole: usize = (next - position).saturate();
        (position, left.min(most.max(whole)), end.offset)
    }
}

impl NullBroker {
    fn answer_control(
        &self,
        key: ApiKey,
        v: i16,
        id: i32,
        mut body: Reader<'_>,
    ) -> io::Result<Vec<u8>> {
        let frame = match key {
            ApiKey::API_VERSIONS => encode_response(v.min(4), id, &versions()),
            ApiKey::METADATA => {
                let request = MetadataRequest::decode(&mut body, v).map_err(invalid)?;
                encode_response(v, id, &self.metadata(&request))
            }
            ApiKey::CREATE_TOPICS => {
                let request = CreateTopicsRequest::decode(&mut body, v).map_err(invalid)?;
                encode_response(v, id, &self.create_topics(&request)?)
            }
            _ => return Err(missing("api")),
        };
        frame.map_err(invalid)?.to_vec()
    }

    fn create_topics(
        &self,
        request: &CreateTopicsRequest<'_>,
    ) -> io::Result<CreateTopicsResponse<'static>> {
        let mut topics = self.topics.lock();
        let mut results = Vec::new();
        for asked in &request.topics {
            let mut error_code = ErrorCode::TOPIC_ALREADY_EXISTS;
            if !topics.contains_key(&*asked.name) {
                let mut id = [1; 16];
                id[8..].copy_from_slice(&topics.len().to_be_bytes());
                let partitions = (0..asked.num_partitions)
                    .map(|index| self.create_partition(&asked.name, index))
                    .collect::<io::Result<Vec<_>>>()?;
                topics.insert(
                    asked.name.to_string(),
                    Topic {
                        id: Uuid(id),
                        partitions,
                    },
                );
                error_code = ErrorCode::NONE;
            }
            results.push(CreatableTopicResult {
                name: asked.name.to_string().into(),
                error_code,
                ..CreatableTopicResult::default()
            });
        }
        Ok(CreateTopicsResponse {
            topics: results,
            ..CreateTopicsResponse::default()
        })
    }

    fn create_partition(&self, topic: &str, index: i32) -> io::Result<Arc<Partition>> {
        let path = self.directory.join(format!("{topic}-{index}"));
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)?;
        Ok(Arc::new(Partition {
            file,
            end: Mutex::default(),
        }))
    }

    fn metadata(&self, request: &MetadataRequest<'_>) -> MetadataResponse<'static> {
        let topics = self.topics.lock();
        let asked = request
            .topics
            .iter()
            .flatten()
            .filter_map(|topic| topic.name.as_deref());
        MetadataResponse {
            brokers: vec![MetadataResponseBroker {
                node_id: 1,
                host: "127.0.0.1".into(),
                port: self.port,
                ..MetadataResponseBroker::default()
            }],
            controller_id: 1,
            topics: asked.map(|name| describe(name, topics.get(name))).collect(),
            ..MetadataResponse::default()
        }
    }
}

fn describe(name: &str, topic: Option<&Topic>) -> MetadataResponseTopic<'static> {
    let partitions = topic.map_or(0, |topic| topic.partitions.len());
    MetadataResponseTopic {
        error_code: if topic.is_some() {
            ErrorCode::NONE
        } else {
            ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
        },
        name: Some(name.to_owned().into()),
        topic_id: topic.map_or(Uuid::ZERO, |topic| topic.id),
        partitions: (0..partitions)
            .map(|index| MetadataResponsePartition {
                partition_index: index.saturate(),
                leader_id: 1,
                replica_nodes: vec![1],
                isr_nodes: vec![1],
                ..MetadataResponsePartition::default()
            })
            .collect(),
        ..MetadataResponseTopic::default()
    }
}

fn versions() -> ApiVersionsResponse<'static> {
    let api = |key: ApiKey, min_version, max_version| ApiVersion {
        api_key: key.0,
        min_version,
        max_version,
        ..ApiVersion::default()
    };
    ApiVersionsResponse {
        api_keys: vec![
            api(ApiKey::PRODUCE, version::PRODUCE, version::PRODUCE),
            api(ApiKey::FETCH, version::FETCH, version::FETCH),
            api(ApiKey::METADATA, version::METADATA, version::METADATA),
            api(ApiKey::API_VERSIONS, 0, 4),
            api(
                ApiKey::CREATE_TOPICS,
                version::CREATE_TOPICS,
                version::CREATE_TOPICS,
            ),
        ],
        ..ApiVersionsResponse::default()
    }
}

/// What a produce request says, read without the generated decoder.
struct Produced {
    acks: i16,
    topic_id: Uuid,
    partition: i32,
    /// First and last position of the batch in the frame.
    batch: (usize, usize),
}

impl Produced {
    fn read(mut r: Reader<'_>, frame_len: usize) -> Result<Self, ottla_wire::DecodeError> {
        r.compact_nullable_string()?;
        let acks = r.i16()?;
        r.i32()?;
        r.compact_array_len()?;
        let topic_id = r.uuid()?;
        r.compact_array_len()?;
        let partition = r.i32()?;
        let batch = r.compact_bytes()?;
        let end = frame_len - r.remaining();
        Ok(Self {
            acks,
            topic_id,
            partition,
            batch: (end - batch.len(), end),
        })
    }
}

/// Answers that wait to be sent. The bytes are kept, so that room for an answer is zeroed only once.
#[derive(Default)]
struct Outbox {
    bytes: Vec<u8>,
    len: usize,
}

impl Outbox {
    fn room(&mut self, count: usize) -> &mut [u8] {
        let begin = self.len;
        self.len += count;
        if self.bytes.len() < self.len {
            self.bytes.resize(self.len, 0);
        }
        &mut self.bytes[begin..self.len]
    }

    fn put(&mut self, bytes: &[u8]) {
        self.room(bytes.len()).copy_from_slice(bytes);
    }

    fn produced(&mut self, id: i32, asked: &Produced, base_offset: i64) {
        self.put(&PRODUCED_LEN.to_be_bytes());
        self.put(&id.to_be_bytes());
        self.put(&[0, 2]); // no tags; one topic
        self.put(&asked.topic_id.0);
        self.put(&[2]); // one partition
        self.put(&asked.partition.to_be_bytes());
        self.put(&[0, 0]); // no error
        self.put(&base_offset.to_be_bytes());
        self.put(&(-1i64).to_be_bytes()); // no append time
        self.put(&0i64.to_be_bytes()); // log start
        self.put(&[1, 0, 0, 0]); // no record errors, no message, no tags twice
        self.put(&[0; 5]); // no throttling, no tags
    }

    /// Everything up to the records; returns where the length belongs.
    fn begin_fetched(
        &mut self,
        id: i32,
        topic_id: Uuid,
        partition: i32,
        end: i64,
        count: usize,
    ) -> usize {
        let at = self.len;
        self.put(&[0; 4]);
        self.put(&id.to_be_bytes());
        self.put(&[0; 1 + 4 + 2 + 4]); // no tags, no throttling, no error, no session
        self.put(&[2]); // one topic
        self.put(&topic_id.0);
        self.put(&[2]); // one partition
        self.put(&partition.to_be_bytes());
        self.put(&[0, 0]); // no error
        self.put(&end.to_be_bytes());
        self.put(&end.to_be_bytes());
        self.put(&0i64.to_be_bytes());
        self.put(&[0]); // no aborted transactions
        self.put(&(-1i32).to_be_bytes()); // no preferred replica
        let mut len = Vec::with_capacity(5);
        ottla_wire::varint::write_u32(&mut len, Saturate::<u32>::saturate(count).saturating_add(1));
        self.put(&len);
        at
    }

    fn end_fetched(&mut self, at: usize) {
        self.put(&[0; 3]); // no tags, thrice
        let len: u32 = (self.len - at - 4).saturate();
        self.bytes[at..at + 4].copy_from_slice(&len.to_be_bytes());
    }
}

const PRODUCED_LEN: i32 = 4 + 2 + 16 + 1 + 4 + 2 + 8 + 8 + 8 + 4 + 5;

/// Where the frame that begins at `begin` ends, if its length is there.
fn frame_end(bytes: &[u8], begin: usize) -> Option<usize> {
    let prefix = bytes.get(begin..)?.first_chunk::<4>()?;
    (begin + 4).checked_add(usize::try_from(u32::from_be_bytes(*prefix)).ok()?)
}

fn invalid(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

fn missing(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, what)
}
