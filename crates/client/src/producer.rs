//! The producer: records in, batches out.

mod accumulator;
mod batch;
mod delivery;
mod partitioner;
mod sender;

use std::{fmt, sync::Arc, time::Duration};

use ottla_records::{Compression, Header, RecordDraft};
use tokio::{
    sync::Notify,
    task::JoinHandle,
    time::{Instant, sleep, timeout_at},
};

use accumulator::{Accumulator, Append};
pub use delivery::{Delivery, RecordMetadata};
pub use partitioner::partition_for_key;

use crate::{ClientConfig, ClientError, Cluster, clock, cluster::Topics};
use ottla_types::ErrorCode;

/// Who must have a batch before it counts as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Acks {
    /// Nobody: the broker does not answer.
    None,
    /// The leader.
    Leader,
    /// All replicas in sync.
    #[default]
    All,
}

impl Acks {
    const fn wire(self) -> i16 {
        match self {
            Self::None => 0,
            Self::Leader => 1,
            Self::All => -1,
        }
    }
}

/// A record whose batch was given up.
#[derive(Debug)]
pub struct FailedRecord<'a> {
    /// Its topic.
    pub topic: &'a str,
    /// Length of its key, `None` for null.
    pub key_len: Option<usize>,
    /// Length of its value, `None` for null.
    pub value_len: Option<usize>,
    /// Why.
    pub error: &'a ClientError,
}

type OnFailure = Arc<dyn Fn(&FailedRecord<'_>) + Send + Sync>;

/// How a producer gathers and sends. Keys of Apache's producer stand in the fields' docs.
#[derive(Clone)]
pub struct ProducerConfig {
    /// `acks`.
    pub acks: Acks,
    /// `enable.idempotence`; needs [`Acks::All`].
    pub idempotent: bool,
    /// `compression.type`.
    pub compression: Compression,
    /// `compression.<type>.level`, `None` for the codec's default.
    pub compression_level: Option<i32>,
    /// `batch.size`.
    pub batch_size: usize,
    /// `linger.ms`.
    pub linger: Duration,
    /// `buffer.memory`.
    pub buffer_memory: usize,
    /// `max.block.ms`.
    pub max_block: Duration,
    /// `max.request.size`.
    pub max_request_size: usize,
    /// `max.in.flight.requests.per.connection`.
    pub max_in_flight: usize,
    /// `retries`.
    pub retries: u32,
    /// `delivery.timeout.ms`.
    pub delivery_timeout: Duration,
    /// `partitioner.ignore.keys`.
    pub ignore_keys: bool,
    on_failure: Option<OnFailure>,
}

impl ProducerConfig {
    /// `hook` is called for each record that is given up, in order within a partition.
    #[must_use]
    pub fn on_failure(mut self, hook: impl Fn(&FailedRecord<'_>) + Send + Sync + 'static) -> Self {
        self.on_failure = Some(Arc::new(hook));
        self
    }
}

impl Default for ProducerConfig {
    fn default() -> Self {
        Self {
            acks: Acks::All,
            idempotent: true,
            compression: Compression::None,
            compression_level: None,
            batch_size: 16_384,
            linger: Duration::from_millis(5),
            buffer_memory: 32 << 20,
            max_block: Duration::from_secs(60),
            max_request_size: 1 << 20,
            max_in_flight: 5,
            retries: u32::MAX,
            delivery_timeout: Duration::from_secs(120),
            ignore_keys: false,
            on_failure: None,
        }
    }
}

impl fmt::Debug for ProducerConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProducerConfig")
            .field("acks", &self.acks)
            .field("idempotent", &self.idempotent)
            .field("compression", &self.compression)
            .field("batch_size", &self.batch_size)
            .field("linger", &self.linger)
            .finish_non_exhaustive()
    }
}

/// A record to be sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProduceRecord<'a> {
    /// Where to.
    pub topic: &'a str,
    /// Which partition; `None` lets the key decide, or chance.
    pub partition: Option<i32>,
    /// Its timestamp; `None` is now.
    pub timestamp: Option<i64>,
    /// Its key, `None` for null.
    pub key: Option<&'a [u8]>,
    /// Its value, `None` for null.
    pub value: Option<&'a [u8]>,
    /// Its headers.
    pub headers: &'a [Header<'a>],
}

/// What the producer's handle and its sender task share.
struct Shared {
    cluster: Cluster,
    config: ProducerConfig,
    accumulator: Accumulator,
    /// Wakes the sender: batches are ready, answers have come.
    work: Notify,
    /// Wakes whoever waits for memory or for a flush.
    progress: Notify,
}

/// Gathers records into batches and sends them.
pub struct Producer {
    shared: Arc<Shared>,
    sender: JoinHandle<()>,
}

impl fmt::Debug for Producer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Producer")
            .field("config", &self.shared.config)
            .finish_non_exhaustive()
    }
}

impl Producer {
    /// Starts the sender task; nothing is connected before the first record.
    #[must_use]
    pub fn new(client: ClientConfig, config: ProducerConfig) -> Self {
        let shared = Arc::new(Shared {
            cluster: Cluster::new(client),
            accumulator: Accumulator::new(&config),
            config,
            work: Notify::new(),
            progress: Notify::new(),
        });
        let sender = tokio::spawn(sender::run(Arc::clone(&shared)));
        Self { shared, sender }
    }

    /// Adds the record to a batch. Waits, at most `max.block.ms`, while the topic is not known or
    /// the buffer is full.
    ///
    /// # Errors
    /// When that time passes, the topic's name is invalid, or the record is too large.
    pub async fn send(&self, record: &ProduceRecord<'_>) -> Result<Delivery, ClientError> {
        let draft = RecordDraft {
            timestamp: record.timestamp.unwrap_or_else(clock::wall_ms),
            key: record.key,
            value: record.value,
            headers: record.headers,
        };
        let mut deadline = None;
        loop {
            let progress = self.shared.progress.notified();
            match self
                .shared
                .accumulator
                .append(record.topic, record.partition, &draft)?
            {
                Append::Done { delivery, ready } => {
                    if ready {
                        self.shared.work.notify_one();
                    }
                    return Ok(delivery);
                }
                Append::TopicUnknown => {
                    let deadline = *deadline
                        .get_or_insert_with(|| Instant::now() + self.shared.config.max_block);
                    self.learn_topic(record.topic, deadline).await?;
                }
                Append::Full => {
                    let deadline = *deadline
                        .get_or_insert_with(|| Instant::now() + self.shared.config.max_block);
                    self.shared.work.notify_one();
                    if timeout_at(deadline, progress).await.is_err() {
                        return Err(self.full());
                    }
                }
            }
        }
    }

    /// Waits until everything sent so far is written or given up.
    pub async fn flush(&self) {
        self.shared.accumulator.set_flushing(true);
        self.shared.work.notify_one();
        loop {
            let progress = self.shared.progress.notified();
            if self.shared.accumulator.is_empty() {
                break;
            }
            progress.await;
        }
        self.shared.accumulator.set_flushing(false);
    }

    /// Flushes, and ends the sender.
    pub async fn close(self) {
        self.shared.accumulator.close();
        self.shared.work.notify_one();
        // The sender ends by itself; it can only fail to if it panicked.
        drop(self.sender.await);
    }

    /// Asks until the topic is there: it may be made by the asking.
    async fn learn_topic(&self, topic: &str, deadline: Instant) -> Result<(), ClientError> {
        let config = self.shared.cluster.config();
        let names = [Arc::from(topic)];
        loop {
            let refreshed = self
                .shared
                .cluster
                .refresh(Topics::Named(&names), true, deadline);
            if let Ok(Ok(metadata)) = timeout_at(deadline, refreshed).await {
                match metadata.topics.get(topic) {
                    Some(known) if known.error == ErrorCode::INVALID_TOPIC_EXCEPTION => {
                        let text = format!("Invalid topics: [{topic}]");
                        return Err(ClientError::api_with(known.error, Some(&text)));
                    }
                    Some(known) if known.error == ErrorCode::TOPIC_AUTHORIZATION_FAILED => {
                        return Err(ClientError::api(known.error));
                    }
                    Some(known) if known.error.is_none() && !known.partitions.is_empty() => {
                        self.shared.accumulator.learn(topic, known);
                        return Ok(());
                    }
                    _ => {}
                }
            }
            if Instant::now() >= deadline {
                let millis = self.shared.config.max_block.as_millis();
                let text = format!("Topic {topic} not present in metadata after {millis} ms.");
                return Err(ClientError::Timeout(text.into()));
            }
            sleep(config.retry_backoff).await;
        }
    }

    fn full(&self) -> ClientError {
        let millis = self.shared.config.max_block.as_millis();
        let text = format!(
            "Failed to allocate memory within the configured max blocking time {millis} ms."
        );
        ClientError::Timeout(text.into())
    }
}
