//! Producer, consumer and admin client of the Kafka protocol.
//!
//! Responsible for connections, version negotiation, metadata, retries, batching, group membership.
//! Not responsible for what records mean, nor for printing: what is worth a word is handed to the
//! [`Notices`] of the configuration.
//!
//! C1  every call ends by its deadline
//! C2  records of one partition are written in the order they were sent, each once (idempotence)
//! C3  a consumer's position only moves past records that were handed out
//!
//! ```no_run
//! use ottla_client::{Admin, ClientConfig, NewTopic};
//!
//! # async fn example() -> Result<(), ottla_client::ClientError> {
//! let admin = Admin::new(ClientConfig::new("localhost:9092")?);
//! admin.create_topics(&[NewTopic::new("greetings").partitions(3)]).await?;
//! assert!(admin.list_topics().await?.iter().any(|topic| topic.name == "greetings"));
//! # Ok(())
//! # }
//! ```
//!
//! Spec: the Kafka protocol guide; KIP-35, KIP-98, KIP-480, KIP-848's predecessor (the classic group
//! protocol), KIP-429, KIP-966.

mod admin;
mod clock;
mod cluster;
mod config;
mod connection;
mod consumer;
mod error;
mod metadata;
mod producer;

pub use admin::{
    Admin, AlterConfig, AlterConfigKind, BrokerNode, ConfigEntry, ConfigResource,
    DescribedPartition, DescribedTopic, NewPartitions, NewTopic, OffsetSpec, Reassignment,
    TopicListing, TopicResult,
};
pub use cluster::Cluster;
pub use config::{ClientConfig, Notice, Notices, host_and_port};
pub use connection::{ApiVersionRange, Connection, Reply};
pub use consumer::{
    AutoReset, Consumed, Consumer, ConsumerConfig, Isolation, PartitionBatches, Subscription,
};
pub use error::ClientError;
pub use metadata::{ClusterMetadata, PartitionMetadata, TopicMetadata};
pub use producer::{
    Acks, Delivery, FailedRecord, ProduceRecord, Producer, ProducerConfig, RecordMetadata,
    partition_for_key,
};
