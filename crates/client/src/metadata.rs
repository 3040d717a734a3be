//! What a client knows of its cluster.

use std::{collections::BTreeMap, sync::Arc};

use ottla_protocol::messages::{MetadataResponse, metadata_response};
use ottla_types::{ErrorCode, Uuid};

use crate::BrokerNode;

/// Brokers and topics as one Metadata answer told them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterMetadata {
    /// The brokers, by id.
    pub brokers: BTreeMap<i32, BrokerNode>,
    /// The controller, or any broker that passes requests on to it; -1 if unknown.
    pub controller_id: i32,
    /// The cluster's id.
    pub cluster_id: Option<String>,
    /// The topics asked for, by name.
    pub topics: BTreeMap<Arc<str>, TopicMetadata>,
}

/// One topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicMetadata {
    /// Why nothing is known of it, or `NONE`.
    pub error: ErrorCode,
    /// Its id, zero if the broker does not tell.
    pub id: Uuid,
    /// Whether it is one of Kafka's own.
    pub is_internal: bool,
    /// Its partitions, by index.
    pub partitions: Vec<PartitionMetadata>,
}

/// One partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionMetadata {
    /// Its index.
    pub index: i32,
    /// Why it cannot be used, or `NONE`.
    pub error: ErrorCode,
    /// Its leader, -1 for none.
    pub leader: i32,
    /// Epoch of the leader, -1 if unknown.
    pub leader_epoch: i32,
    /// Its replicas, the preferred leader first.
    pub replicas: Vec<i32>,
    /// The replicas in sync.
    pub isr: Vec<i32>,
}

impl ClusterMetadata {
    pub(crate) fn of(response: &MetadataResponse<'_>) -> Self {
        Self {
            brokers: response.brokers.iter().map(broker).collect(),
            controller_id: response.controller_id,
            cluster_id: response.cluster_id.as_deref().map(str::to_owned),
            topics: response
                .topics
                .iter()
                .filter_map(|topic| Some((Arc::from(topic.name.as_deref()?), topic_of(topic))))
                .collect(),
        }
    }

    /// The partition, if it is known.
    #[must_use]
    pub fn partition(&self, topic: &str, index: i32) -> Option<&PartitionMetadata> {
        let partitions = &self.topics.get(topic)?.partitions;
        let place = partitions
            .binary_search_by_key(&index, |partition| partition.index)
            .ok()?;
        partitions.get(place)
    }
}

fn broker(broker: &metadata_response::MetadataResponseBroker<'_>) -> (i32, BrokerNode) {
    let node = BrokerNode {
        id: broker.node_id,
        host: broker.host.clone().into_owned(),
        port: broker.port,
        rack: broker.rack.as_deref().map(str::to_owned),
        is_fenced: false,
    };
    (broker.node_id, node)
}

fn topic_of(topic: &metadata_response::MetadataResponseTopic<'_>) -> TopicMetadata {
    let mut partitions: Vec<_> = topic
        .partitions
        .iter()
        .map(|partition| PartitionMetadata {
            index: partition.partition_index,
            error: partition.error_code,
            leader: partition.leader_id,
            leader_epoch: partition.leader_epoch,
            replicas: partition.replica_nodes.clone(),
            isr: partition.isr_nodes.clone(),
        })
        .collect();
    partitions.sort_by_key(|partition| partition.index);
    TopicMetadata {
        error: topic.error_code,
        id: topic.topic_id,
        is_internal: topic.is_internal,
        partitions,
    }
}
