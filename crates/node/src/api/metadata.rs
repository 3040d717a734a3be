//! Metadata (key 3), versions 0-13: brokers and topics as clients should see them.
//!
//! KIPs: 4 (auto creation flag), 430 (authorized operations), 516 (topic ids), 1102 (rebootstrap).
//! A missing topic is answered with `UNKNOWN_TOPIC_OR_PARTITION` while its creation is under way,
//! as Apache Kafka does: clients ask again.

use std::{borrow::Cow, collections::BTreeSet};

use ottla_metadata::{Image, Partition, Topic, check_topic_name};
use ottla_protocol::messages::{
    MetadataRequest, MetadataResponse,
    metadata_request::MetadataRequestTopic,
    metadata_response::{MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic},
};
use ottla_types::{BrokerId, ErrorCode, PartitionIndex, Uuid};

use crate::{
    api::authorized::{CLUSTER_OPERATIONS, TOPIC_OPERATIONS},
    call::Call,
    output::Reply,
    topics::is_internal_topic,
};

pub(crate) fn handle(call: &mut Call<'_>, request: MetadataRequest<'_>) -> Reply {
    let image = call.node.image();
    let all = call.version() == 0 && request.topics.as_ref().is_some_and(Vec::is_empty);
    if let Some(asked) = &request.topics
        && let Err(error_code) = check_names(call.version(), asked)
    {
        return refuse(call, asked, error_code);
    }
    let topics = match &request.topics {
        Some(asked) if !all => once_each(asked)
            .into_iter()
            .map(|topic| answer_topic(call, &image, &request, topic))
            .collect(),
        _ => image
            .topics()
            .iter()
            .map(|topic| {
                describe(
                    call,
                    &image,
                    topic,
                    request.include_topic_authorized_operations,
                )
            })
            .collect(),
    };
    let cluster_authorized_operations = if request.include_cluster_authorized_operations {
        CLUSTER_OPERATIONS
    } else {
        i32::MIN
    };
    let response = MetadataResponse {
        brokers: alive_brokers(call, &image),
        cluster_id: Some(Cow::Borrowed(call.node.cluster_id())),
        controller_id: call.node.any_active_broker(&image).0,
        topics,
        cluster_authorized_operations,
        ..MetadataResponse::default()
    };
    call.respond(&response)
}

/// First version in which topics are found by id; two versions before it can already express that.
const BY_ID: i16 = 12;

/// Whether the topics are named in a way that can be answered, all of them.
fn check_names(version: i16, asked: &[MetadataRequestTopic<'_>]) -> Result<(), ErrorCode> {
    let has_ids = asked.iter().any(|topic| !topic.topic_id.is_zero());
    let all_named = asked.iter().all(|topic| topic.name.is_some());
    match (has_ids, all_named) {
        (true, _) | (_, false) if version < BY_ID => Err(ErrorCode::INVALID_REQUEST),
        (false, false) => Err(ErrorCode::UNKNOWN_SERVER_ERROR),
        _ => Ok(()),
    }
}

/// Refuses all that is asked for. The answer names no broker either, as in Apache Kafka.
fn refuse(call: &Call<'_>, asked: &[MetadataRequestTopic<'_>], error_code: ErrorCode) -> Reply {
    let refused = |topic: &MetadataRequestTopic<'_>| MetadataResponseTopic {
        error_code,
        name: Some(Cow::Owned(
            topic.name.as_deref().unwrap_or_default().to_owned(),
        )),
        topic_id: topic.topic_id,
        ..MetadataResponseTopic::default()
    };
    call.respond(&MetadataResponse {
        topics: asked.iter().map(refused).collect(),
        error_code,
        ..MetadataResponse::default()
    })
}

/// What is asked for, each once, as Apache Kafka answers it: else a small request would ask for an
/// answer of any size. Once there is an id, topics without one are passed over.
fn once_each<'t, 'a>(
    asked: &'t [MetadataRequestTopic<'a>],
) -> impl IntoIterator<Item = &'t MetadataRequestTopic<'a>> {
    let has_ids = asked.iter().any(|topic| !topic.topic_id.is_zero());
    let mut known = BTreeSet::new();
    asked.iter().filter(move |topic| {
        let name = topic.name.as_deref().filter(|_| !has_ids);
        has_ids != topic.topic_id.is_zero() && known.insert((name, topic.topic_id))
    })
}

fn alive_brokers(call: &Call<'_>, image: &Image) -> Vec<MetadataResponseBroker<'static>> {
    image
        .cluster()
        .brokers()
        .filter(|broker| !broker.fenced)
        .filter_map(|broker| {
            let (host, port) = call.advertised(image, broker)?;
            Some(MetadataResponseBroker {
                node_id: broker.id.0,
                host: Cow::Owned(host),
                port,
                rack: broker.rack.clone().map(Cow::Owned),
                ..MetadataResponseBroker::default()
            })
        })
        .collect()
}

fn answer_topic(
    call: &mut Call<'_>,
    image: &Image,
    request: &MetadataRequest<'_>,
    asked: &MetadataRequestTopic<'_>,
) -> MetadataResponseTopic<'static> {
    let with_operations = request.include_topic_authorized_operations;
    let Some(name) = asked.name.as_deref().filter(|_| asked.topic_id.is_zero()) else {
        return match image.topics().by_id(asked.topic_id) {
            Some(topic) => describe(call, image, topic, with_operations),
            None => unknown_id(asked.topic_id),
        };
    };
    if let Some(topic) = image.topics().by_name(name) {
        return describe(call, image, topic, with_operations);
    }
    let may_create = request.allow_auto_topic_creation && call.node.config().topics.auto_create;
    let error_code = if check_topic_name(name).is_err() {
        ErrorCode::INVALID_TOPIC_EXCEPTION
    } else {
        if may_create {
            call.create_topic_soon(name);
        }
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
    };
    MetadataResponseTopic {
        error_code,
        name: Some(Cow::Owned(name.to_owned())),
        is_internal: is_internal_topic(name),
        ..MetadataResponseTopic::default()
    }
}

fn unknown_id(topic_id: Uuid) -> MetadataResponseTopic<'static> {
    MetadataResponseTopic {
        error_code: ErrorCode::UNKNOWN_TOPIC_ID,
        name: None,
        topic_id,
        ..MetadataResponseTopic::default()
    }
}

fn describe(
    call: &Call<'_>,
    image: &Image,
    topic: &Topic,
    with_operations: bool,
) -> MetadataResponseTopic<'static> {
    let partitions = topic
        .partitions
        .iter()
        .map(|(index, partition)| describe_partition(call, image, index, partition))
        .collect();
    MetadataResponseTopic {
        error_code: ErrorCode::NONE,
        name: Some(Cow::Owned(topic.name.to_string())),
        topic_id: topic.id,
        is_internal: is_internal_topic(&topic.name),
        partitions,
        topic_authorized_operations: if with_operations {
            TOPIC_OPERATIONS
        } else {
            i32::MIN
        },
        ..MetadataResponseTopic::default()
    }
}

fn describe_partition(
    call: &Call<'_>,
    image: &Image,
    index: PartitionIndex,
    partition: &Partition,
) -> MetadataResponsePartition<'static> {
    let leader = partition
        .leader
        .filter(|leader| image.cluster().is_active(*leader));
    let reachable = leader
        .and_then(|leader| image.cluster().broker(leader))
        .is_some_and(|broker| call.advertised(image, broker).is_some());
    let error_code = match leader {
        None => ErrorCode::LEADER_NOT_AVAILABLE,
        Some(_) if !reachable && call.version() >= 6 => ErrorCode::LISTENER_NOT_FOUND,
        Some(_) if !reachable => ErrorCode::LEADER_NOT_AVAILABLE,
        Some(_) => ErrorCode::NONE,
    };
    MetadataResponsePartition {
        error_code,
        partition_index: index.0,
        leader_id: leader.filter(|_| reachable).unwrap_or(BrokerId::NONE).0,
        leader_epoch: partition.leader_epoch.0,
        replica_nodes: ids(&partition.replicas),
        isr_nodes: ids(&partition.isr),
        offline_replicas: offline_replicas(image, partition),
        ..MetadataResponsePartition::default()
    }
}

/// Broker ids as the protocol carries them.
pub(crate) fn ids(brokers: &[BrokerId]) -> Vec<i32> {
    brokers.iter().map(|broker| broker.0).collect()
}

/// Replicas whose broker is fenced or gone, or has lost the directory they are in.
pub(crate) fn offline_replicas(image: &Image, partition: &Partition) -> Vec<i32> {
    partition
        .replicas
        .iter()
        .filter(|replica| {
            let broker = image.cluster().broker(**replica);
            let has_directory = broker.is_some_and(|broker| {
                let directory = partition.directory_of(broker.id);
                directory.is_none_or(|directory| broker.has_online_dir(directory))
            });
            !has_directory || !image.cluster().is_active(**replica)
        })
        .map(|replica| replica.0)
        .collect()
}
