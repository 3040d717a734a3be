//! Records that contradict the image they are applied to.

use ottla_types::{BrokerEpoch, BrokerId, PartitionIndex, TopicId, Uuid};

/// Why a record could not be applied. The image keeps its state, only its position moves.
///
/// A controller must not go on after one: its log was written by something that disagrees with it.
/// A broker logs it and goes on, as Apache Kafka does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayFault {
    /// A topic is created under a name or an id that is in use.
    #[error("topic `{name}` ({id}) exists")]
    TopicExists {
        /// Name in the record.
        name: String,
        /// Id in the record.
        id: TopicId,
    },
    /// A record about a topic that does not exist.
    #[error("no topic has the id {0}")]
    UnknownTopic(TopicId),
    /// A record clears the eligible leaders of a topic that does not exist.
    #[error("no topic has the name `{0}`")]
    UnknownTopicName(String),
    /// A change of a partition that does not exist.
    #[error("topic {0} has no partition {1}")]
    UnknownPartition(TopicId, PartitionIndex),
    /// A partition whose directories do not stand beside its replicas.
    #[error(
        "partition {partition} of topic {topic} has {replicas} replicas and {directories} directories"
    )]
    DirectoriesDoNotMatch {
        /// The topic.
        topic: TopicId,
        /// The partition.
        partition: PartitionIndex,
        /// Number of replicas.
        replicas: usize,
        /// Number of directories.
        directories: usize,
    },
    /// A leader recovery state outside the table.
    #[error("unknown leader recovery state {0}")]
    UnknownRecoveryState(i8),
    /// A record about a broker that is not registered.
    #[error("broker {0} is not registered")]
    UnknownBroker(BrokerId),
    /// A record about another registration of a broker.
    #[error("broker {broker} has epoch {current}, not {given}")]
    BrokerEpochMismatch {
        /// The broker.
        broker: BrokerId,
        /// Epoch of its registration.
        current: BrokerEpoch,
        /// Epoch in the record.
        given: BrokerEpoch,
    },
    /// A fencing or shutdown change outside the table.
    #[error("unknown {field} change {value} of broker {broker}")]
    UnknownBrokerChange {
        /// The broker.
        broker: BrokerId,
        /// Which field.
        field: &'static str,
        /// Its value.
        value: i8,
    },
    /// An access control entry that exists with other content.
    #[error("access control entry {0} exists with other content")]
    AclExists(Uuid),
    /// Removal of an access control entry that does not exist.
    #[error("no access control entry has the id {0}")]
    UnknownAcl(Uuid),
    /// Removal of a SCRAM credential that does not exist.
    #[error("user `{user}` has no SCRAM credential of mechanism {mechanism}")]
    UnknownScramCredential {
        /// The user.
        user: String,
        /// The mechanism.
        mechanism: i8,
    },
    /// Removal of a delegation token that does not exist.
    #[error("no delegation token has the id `{0}`")]
    UnknownDelegationToken(String),
    /// A producer id block that goes back.
    #[error("the next producer id is {current}, and cannot become {given}")]
    ProducerIdsGoBack {
        /// Next id so far.
        current: i64,
        /// Next id in the record.
        given: i64,
    },
    /// A metadata transaction begins inside another.
    #[error("a metadata transaction begins inside another")]
    NestedTransaction,
    /// A metadata transaction ends that never began.
    #[error("a metadata transaction ends that never began")]
    NoTransaction,
}
