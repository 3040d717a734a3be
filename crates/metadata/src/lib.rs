//! Apache Kafka's cluster metadata: what the metadata log says, and who decides what it will say.
//!
//! Responsible for the [`Image`] (everything the log says at one offset, with snapshots of it),
//! for the [`Controller`] (topics, placement, registration, fencing, elections, configurations,
//! features) and for the [`Bootstrap`] records of a new cluster.
//! Not responsible for the log: it never sees a file, a batch, a vote or a socket.
//!
//! Records are Kafka's own ([`ottla_protocol::metadata`]), so that an Apache node can follow our
//! log and we theirs.
//!
//! ```
//! use ottla_metadata::{Bootstrap, Image, MetadataVersion, Position};
//!
//! let mut image = Image::default();
//! let bootstrap = Bootstrap::for_version(MetadataVersion::LATEST);
//! for written in bootstrap.records() {
//!     image.apply(Position::NONE, &written.record).unwrap();
//! }
//! assert_eq!(image.features().metadata_version().to_string(), "4.3-IV0");
//! assert_eq!(image.features().level("group.version"), 1);
//! assert_eq!(image.snapshot_records(), bootstrap.records());
//! ```

#![warn(clippy::wildcard_enum_match_arm)]

mod bootstrap;
mod controller;
mod fault;
mod features;
mod image;
mod record;
mod refusal;
mod version;

pub use bootstrap::{Bootstrap, BootstrapFault};
pub use controller::{
    Activate, AllocateProducerIds, AlterConfigs, AlterPartitions, AssignReplicasToDirs,
    BrokerHeartbeat, Command, ConfigChange, ConfigEntries, ConfigOperation, Controller,
    ControllerConfig, CreatePartitions, CreateTopics, CreatedTopic, Decision, DeleteTopics,
    DeletedTopic, DirectoryAssignment, Draft, ElectLeaders, ElectedLeaders, ElectionKind,
    FeatureUpdate, FeatureUpdateKind, HeartbeatReply, IncrementalAlterConfigs, IsrMember,
    IsrOutcome, IsrProposal, MAX_RECORDS_PER_DECISION, ManualAssignment, Moment, MorePartitions,
    NewTopic, PRODUCER_ID_BLOCK_LEN, ProducerIdBlock, RegisterBroker, RegisterController, Tick,
    TopicOutcome, TopicSelector, UnregisterBroker, UpdateFeatures, check_topic_name,
};
pub use fault::ReplayFault;
pub use features::{
    ELR_VERSION, FEATURES, Feature, KRAFT_VERSION, LevelRange, default_features, supported_features,
};
pub use image::{
    AccessControlEntry, Acls, Broker, ClientQuotas, Cluster, ConfigKind, ConfigMap, ConfigResource,
    Configs, DelegationToken, DelegationTokens, Endpoint, FinalizedFeatures, Image,
    LeaderRecoveryState, Partition, PartitionEpoch, ProducerIds, QuotaEntity, RegisteredController,
    ScramCredential, ScramCredentials, Topic, TopicChanges, TopicPartitions, Topics,
    config_changes, topic_changes,
};
pub use record::{Position, VersionedRecord};
pub use refusal::Refusal;
pub use version::{MetadataVersion, UnknownMetadataVersion};
