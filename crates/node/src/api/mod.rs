//! The APIs this node serves, one file each.
//!
//! The table below is the only list of them: what is advertised is what is dispatched.

pub(crate) mod alter_configs;
pub(crate) mod alter_replica_log_dirs;
pub(crate) mod api_versions;
pub(crate) mod authorized;
pub(crate) mod create_partitions;
pub(crate) mod create_topics;
pub(crate) mod delete_records;
pub(crate) mod delete_topics;
pub(crate) mod describe_cluster;
pub(crate) mod describe_configs;
pub(crate) mod describe_log_dirs;
pub(crate) mod describe_producers;
pub(crate) mod describe_quorum;
pub(crate) mod describe_topic_partitions;
pub(crate) mod elect_leaders;
pub(crate) mod fetch;
pub(crate) mod find_coordinator;
pub(crate) mod groups;
pub(crate) mod init_producer_id;
pub(crate) mod list_config_resources;
pub(crate) mod list_offsets;
pub(crate) mod list_partition_reassignments;
pub(crate) mod metadata;
pub(crate) mod offset_commit;
pub(crate) mod offset_delete;
pub(crate) mod offset_fetch;
pub(crate) mod offset_for_leader_epoch;
pub(crate) mod produce;

use std::ops::RangeInclusive;

use ottla_protocol::{
    ApiKey,
    messages::{
        AlterConfigsRequest, AlterReplicaLogDirsRequest, ApiVersionsRequest,
        CreatePartitionsRequest, CreateTopicsRequest, DeleteGroupsRequest, DeleteRecordsRequest,
        DeleteTopicsRequest, DescribeClusterRequest, DescribeConfigsRequest, DescribeGroupsRequest,
        DescribeLogDirsRequest, DescribeProducersRequest, DescribeQuorumRequest,
        DescribeTopicPartitionsRequest, ElectLeadersRequest, FetchRequest, FindCoordinatorRequest,
        HeartbeatRequest, IncrementalAlterConfigsRequest, InitProducerIdRequest, JoinGroupRequest,
        LeaveGroupRequest, ListConfigResourcesRequest, ListGroupsRequest, ListOffsetsRequest,
        ListPartitionReassignmentsRequest, MetadataRequest, OffsetCommitRequest,
        OffsetDeleteRequest, OffsetFetchRequest, OffsetForLeaderEpochRequest, SyncGroupRequest,
    },
};
use ottla_wire::Reader;

use crate::{
    call::{Call, Envelope},
    metadata_thread::MetadataReply,
    node::Node,
    output::Reply,
};

/// What Apache Kafka says of requests that make no sense, and has no words of its own for.
pub(crate) const MALFORMED: &str = "This most likely occurs because of a request being malformed by the client library or the \
     message was sent to an incompatible broker. See the broker logs for more details.";

/// Where an API is served.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    /// On the listeners of brokers.
    Brokers,
    /// On every listener.
    All,
}

struct Served {
    key: ApiKey,
    versions: RangeInclusive<i16>,
    on: On,
}

macro_rules! served {
    ($($key:ident $versions:expr, $on:ident $(, $request:ident => $handler:path)?;)*) => {
        const SERVED: &[Served] =
            &[$(Served { key: ApiKey::$key, versions: $versions, on: On::$on }),*];

        /// Decodes the body of a request that [`is_served`] and hands it to its API. Bytes that
        /// are no such request close the connection, as in Apache Kafka.
        pub(crate) fn dispatch(call: &mut Call<'_>, reader: &mut Reader<'_>) -> Reply {
            match call.envelope.api_key {
                $($(ApiKey::$key => match $request::decode(reader, call.envelope.version) {
                    Ok(request) => $handler(call, request),
                    Err(_) => Reply::Close,
                },)?)*
                _ => Reply::Close,
            }
        }
    };
}

served! {
    // Not dispatched one by one: see `produce::Group`.
    PRODUCE 3..=13, Brokers;
    FETCH 4..=18, Brokers, FetchRequest => fetch::handle;
    LIST_OFFSETS 1..=11, Brokers, ListOffsetsRequest => list_offsets::handle;
    METADATA 0..=13, Brokers, MetadataRequest => metadata::handle;
    OFFSET_COMMIT 2..=10, Brokers, OffsetCommitRequest => offset_commit::handle;
    OFFSET_FETCH 1..=10, Brokers, OffsetFetchRequest => offset_fetch::handle;
    FIND_COORDINATOR 0..=6, Brokers, FindCoordinatorRequest => find_coordinator::handle;
    JOIN_GROUP 0..=9, Brokers, JoinGroupRequest => groups::join;
    HEARTBEAT 0..=4, Brokers, HeartbeatRequest => groups::heartbeat;
    LEAVE_GROUP 0..=5, Brokers, LeaveGroupRequest => groups::leave;
    SYNC_GROUP 0..=5, Brokers, SyncGroupRequest => groups::sync;
    DESCRIBE_GROUPS 0..=6, Brokers, DescribeGroupsRequest => groups::describe;
    LIST_GROUPS 0..=5, Brokers, ListGroupsRequest => groups::list;
    API_VERSIONS 0..=4, All, ApiVersionsRequest => api_versions::handle;
    CREATE_TOPICS 2..=7, All, CreateTopicsRequest => create_topics::handle;
    DELETE_TOPICS 1..=6, All, DeleteTopicsRequest => delete_topics::handle;
    DELETE_RECORDS 0..=2, Brokers, DeleteRecordsRequest => delete_records::handle;
    INIT_PRODUCER_ID 0..=5, Brokers, InitProducerIdRequest => init_producer_id::handle;
    OFFSET_FOR_LEADER_EPOCH 2..=4, Brokers,
        OffsetForLeaderEpochRequest => offset_for_leader_epoch::handle;
    DESCRIBE_CONFIGS 1..=4, All, DescribeConfigsRequest => describe_configs::handle;
    ALTER_CONFIGS 0..=2, All, AlterConfigsRequest => alter_configs::handle_legacy;
    ALTER_REPLICA_LOG_DIRS 1..=2, Brokers,
        AlterReplicaLogDirsRequest => alter_replica_log_dirs::handle;
    DESCRIBE_LOG_DIRS 1..=5, Brokers, DescribeLogDirsRequest => describe_log_dirs::handle;
    CREATE_PARTITIONS 0..=3, All, CreatePartitionsRequest => create_partitions::handle;
    DELETE_GROUPS 0..=2, Brokers, DeleteGroupsRequest => groups::delete;
    ELECT_LEADERS 0..=2, All, ElectLeadersRequest => elect_leaders::handle;
    INCREMENTAL_ALTER_CONFIGS 0..=1, All,
        IncrementalAlterConfigsRequest => alter_configs::handle_incremental;
    LIST_PARTITION_REASSIGNMENTS 0..=0, All,
        ListPartitionReassignmentsRequest => list_partition_reassignments::handle;
    OFFSET_DELETE 0..=0, Brokers, OffsetDeleteRequest => offset_delete::handle;
    DESCRIBE_QUORUM 0..=2, All, DescribeQuorumRequest => describe_quorum::handle;
    DESCRIBE_CLUSTER 0..=2, All, DescribeClusterRequest => describe_cluster::handle;
    DESCRIBE_PRODUCERS 0..=0, Brokers, DescribeProducersRequest => describe_producers::handle;
    LIST_CONFIG_RESOURCES 0..=1, Brokers,
        ListConfigResourcesRequest => list_config_resources::handle;
    DESCRIBE_TOPIC_PARTITIONS 0..=0, Brokers,
        DescribeTopicPartitionsRequest => describe_topic_partitions::handle;
}

/// Versions of Produce below the ones that work, which Apache Kafka advertises too: librdkafka
/// before 2.11 takes a minimum above 0 for a broker without idempotence.
const PRODUCE_ADVERTISED_MIN: i16 = 0;

/// The APIs advertised on a listener, with their versions.
pub(crate) fn served(controller: bool) -> impl Iterator<Item = (ApiKey, RangeInclusive<i16>)> {
    SERVED
        .iter()
        .filter(move |api| !controller || api.on == On::All)
        .map(|api| {
            if api.key == ApiKey::PRODUCE {
                (api.key, PRODUCE_ADVERTISED_MIN..=*api.versions.end())
            } else {
                (api.key, api.versions.clone())
            }
        })
}

/// Whether a request of this kind and version has a handler on a listener.
pub(crate) fn is_served(key: ApiKey, version: i16, controller: bool) -> bool {
    SERVED.iter().any(|api| {
        api.key == key && api.versions.contains(&version) && (!controller || api.on == On::All)
    })
}

/// Turns what the controller decided into the response of the API that asked.
pub(crate) fn respond_controller(node: &Node, envelope: Envelope, reply: MetadataReply) -> Reply {
    match envelope.api_key {
        ApiKey::CREATE_TOPICS => create_topics::respond(node, envelope, reply),
        ApiKey::DELETE_TOPICS => delete_topics::respond(envelope, reply),
        ApiKey::CREATE_PARTITIONS => create_partitions::respond(envelope, reply),
        ApiKey::INCREMENTAL_ALTER_CONFIGS => alter_configs::respond_incremental(envelope, reply),
        ApiKey::ALTER_CONFIGS => alter_configs::respond_legacy(envelope, reply),
        ApiKey::INIT_PRODUCER_ID => init_producer_id::respond(node, envelope, reply),
        ApiKey::ELECT_LEADERS => elect_leaders::respond(envelope, reply),
        ApiKey::DESCRIBE_QUORUM => describe_quorum::respond(node, envelope, reply),
        _ => Reply::Close,
    }
}
