//! DescribeQuorum (key 55), versions 0-2: how far the members of the metadata quorum are.
//!
//! KIPs: 595, 836 (times), 853 (directories and where to find the voters).

use std::borrow::Cow;

use ottla_protocol::messages::{
    DescribeQuorumRequest, DescribeQuorumResponse, describe_quorum_request,
    describe_quorum_response::{Listener, Node as Member, PartitionData, ReplicaState, TopicData},
};
use ottla_types::{BrokerId, ErrorCode, Uuid, WallMs};

use crate::{
    call::{Call, Envelope},
    metadata_thread::{MetadataCommand, MetadataReply},
    node::Node,
    output::Reply,
    quorum::{QuorumReplica, QuorumStatus},
};

/// The only topic that has a quorum, and its only partition.
const TOPIC: &str = "__cluster_metadata";
const PARTITION: i32 = 0;

pub(crate) fn handle(call: &mut Call<'_>, request: DescribeQuorumRequest<'_>) -> Reply {
    let is_ours = matches!(&request.topics[..], [topic] if topic.topic_name == TOPIC
        && matches!(&topic.partitions[..], [partition] if partition.partition_index == PARTITION));
    if is_ours {
        let timeout_ms = call.node.config().quorum.request_timeout_ms;
        return call.ask_controller(MetadataCommand::DescribeQuorum, timeout_ms);
    }
    let topics = request.topics.iter().map(unknown).collect();
    respond_with(call.envelope, topics, Vec::new())
}

/// The response, with what its version can express.
fn respond_with(
    envelope: Envelope,
    mut topics: Vec<TopicData<'static>>,
    nodes: Vec<Member<'static>>,
) -> Reply {
    let has_directories = envelope.version >= WITH_DIRECTORIES;
    if !has_directories {
        let partitions = topics.iter_mut().flat_map(|topic| &mut topic.partitions);
        for partition in partitions {
            for replica in &mut partition.current_voters {
                replica.replica_directory_id = Uuid::ZERO;
            }
            for replica in &mut partition.observers {
                replica.replica_directory_id = Uuid::ZERO;
            }
        }
    }
    envelope.respond(&DescribeQuorumResponse {
        error_message: Some(Cow::Borrowed("")),
        topics,
        nodes: if has_directories { nodes } else { Vec::new() },
        ..DescribeQuorumResponse::default()
    })
}

/// First version with directories and nodes.
const WITH_DIRECTORIES: i16 = 2;

fn unknown(topic: &describe_quorum_request::TopicData<'_>) -> TopicData<'static> {
    let refused = |partition: &describe_quorum_request::PartitionData<'_>| {
        let error_code = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
        refuse(partition.partition_index, error_code, NOT_HOSTED)
    };
    TopicData {
        topic_name: Cow::Owned(topic.topic_name.to_string()),
        partitions: topic.partitions.iter().map(refused).collect(),
        ..TopicData::default()
    }
}

const NOT_HOSTED: &str = "This server does not host this topic-partition.";

fn refuse(index: i32, error_code: ErrorCode, message: &'static str) -> PartitionData<'static> {
    PartitionData {
        partition_index: index,
        error_code,
        error_message: Some(Cow::Borrowed(message)),
        ..PartitionData::default()
    }
}

/// The response to what the quorum's leader said.
pub(crate) fn respond(node: &Node, envelope: Envelope, reply: MetadataReply) -> Reply {
    let MetadataReply::Quorum(outcome) = reply else {
        return Reply::Close;
    };
    let (partition, nodes) = match outcome {
        Ok(status) => (describe(&status), voters(node, &status)),
        Err(refusal) => {
            let code = match refusal.code {
                ErrorCode::NOT_CONTROLLER => ErrorCode::NOT_LEADER_OR_FOLLOWER,
                code => code,
            };
            (refuse(PARTITION, code, ""), Vec::new())
        }
    };
    let topic = TopicData {
        topic_name: Cow::Borrowed(TOPIC),
        partitions: vec![partition],
        ..TopicData::default()
    };
    respond_with(envelope, vec![topic], nodes)
}

fn describe(status: &QuorumStatus) -> PartitionData<'static> {
    let states = |are_voters: bool| {
        let replicas = status.replicas.iter();
        let replicas = replicas.filter(move |replica| replica.is_voter == are_voters);
        replicas.map(state).collect()
    };
    PartitionData {
        leader_id: status.leader.0,
        leader_epoch: status.epoch.0,
        high_watermark: status.high_watermark.0,
        current_voters: states(true),
        observers: states(false),
        ..refuse(PARTITION, ErrorCode::NONE, "")
    }
}

fn state(replica: &QuorumReplica) -> ReplicaState<'static> {
    let millis = |time: Option<WallMs>| time.map_or(-1, |time| time.0);
    ReplicaState {
        replica_id: replica.id.0,
        replica_directory_id: replica.directory,
        log_end_offset: replica.log_end.map_or(-1, |end| end.0),
        last_fetch_timestamp: millis(replica.last_fetch),
        last_caught_up_timestamp: millis(replica.last_caught_up),
        ..ReplicaState::default()
    }
}

/// Where the voters are reached: as configured, else as they registered.
fn voters(node: &Node, status: &QuorumStatus) -> Vec<Member<'static>> {
    let voters = status.replicas.iter().filter(|replica| replica.is_voter);
    voters
        .map(|voter| Member {
            node_id: voter.id.0,
            listeners: listeners(node, voter.id),
            ..Member::default()
        })
        .collect()
}

fn listeners(node: &Node, id: BrokerId) -> Vec<Listener<'static>> {
    let listener = |name: &str, host: &str, port: u16| Listener {
        name: Cow::Owned(name.to_owned()),
        host: Cow::Owned(host.to_owned()),
        port,
        ..Listener::default()
    };
    let config = node.config();
    let name = config.listeners.controller_names.first();
    let configured = config.quorum.voters.iter().find(|voter| voter.id == id);
    if let (Some(voter), Some(name)) = (configured, name) {
        return vec![listener(name, &voter.host, voter.port)];
    }
    let image = node.image();
    let registered = image.cluster().controllers().find(|other| other.id == id);
    let endpoints = registered.map_or(&[][..], |controller| &controller.listeners);
    let endpoints = endpoints.iter();
    endpoints
        .map(|endpoint| listener(&endpoint.name, &endpoint.host, endpoint.port))
        .collect()
}
