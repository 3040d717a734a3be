//! What administrators look into: elections, reassignments, the quorum, producers. The answers are
//! those of Apache Kafka.

use std::sync::Arc;

use ottla_protocol::messages::{
    DescribeProducersRequest, DescribeProducersResponse, DescribeQuorumRequest,
    DescribeQuorumResponse, ElectLeadersRequest, ElectLeadersResponse,
    ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse,
    describe_producers_request, describe_quorum_request, describe_quorum_response,
    elect_leaders_request, list_partition_reassignments_request::ListPartitionReassignmentsTopics,
};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{Sequence, TestNode, batch, config};
use ottla_types::{ErrorCode, Uuid, WallMs};

const OK: ErrorCode = ErrorCode::NONE;
const UNKNOWN: ErrorCode = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;

/// A node with the topics `a`, of two partitions, and `b`.
fn node() -> TestNode {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    node.create_topic("a", 2, &[]);
    node.create_topic("b", 1, &[]);
    node
}

/// The topics of an answer, each with its partitions, their codes and messages.
type Told = Vec<(String, Vec<(i32, ErrorCode, Option<String>)>)>;

fn elect(
    node: &mut TestNode,
    version: i16,
    election_type: i8,
    topics: Option<&[(&'static str, &[i32])]>,
) -> (ErrorCode, Told) {
    let topic =
        |(name, partitions): &(&'static str, &[i32])| elect_leaders_request::TopicPartitions {
            topic: (*name).into(),
            partitions: partitions.to_vec(),
            ..elect_leaders_request::TopicPartitions::default()
        };
    let request = ElectLeadersRequest {
        election_type,
        topic_partitions: topics.map(|topics| topics.iter().map(topic).collect()),
        timeout_ms: 1000,
        ..ElectLeadersRequest::default()
    };
    let response = node.ask(version, &request);
    let response = response.read(ElectLeadersResponse::decode);
    let told = response.replica_election_results.iter().map(|topic| {
        let partitions = topic.partition_result.iter().map(|told| {
            let message = told.error_message.as_ref().map(ToString::to_string);
            (told.partition_id, told.error_code, message)
        });
        (topic.topic.to_string(), partitions.collect())
    });
    (response.error_code, told.collect())
}

/// Covers: KIP-183, KIP-460.
#[test]
fn a_leader_that_leads_already_is_not_elected_again() {
    let mut node = node();
    let all = vec![("a".to_owned(), vec![]), ("b".to_owned(), vec![])];
    for (version, election_type) in [(0, 0), (1, 0), (2, 0), (2, 1)] {
        assert_eq!(
            elect(&mut node, version, election_type, None),
            (OK, all.clone())
        );
    }
    let not_needed = |index| {
        let text = "Leader election not needed for topic partition.";
        (index, ErrorCode::ELECTION_NOT_NEEDED, Some(text.to_owned()))
    };
    let unknown = |index, text: &str| (index, UNKNOWN, Some(text.to_owned()));
    for election_type in [0, 1] {
        let asked: &[(&str, &[i32])] = &[
            ("a", &[0, 0, 9, -1]),
            ("nope", &[0]),
            ("a", &[]),
            ("a", &[1]),
        ];
        let told = vec![
            (
                "a".to_owned(),
                vec![
                    not_needed(0),
                    not_needed(0),
                    unknown(9, "No such partition as a-9"),
                    unknown(-1, "No such partition as a--1"),
                ],
            ),
            ("nope".to_owned(), vec![unknown(0, "No such topic as nope")]),
            ("a".to_owned(), vec![]),
            ("a".to_owned(), vec![not_needed(1)]),
        ];
        assert_eq!(elect(&mut node, 2, election_type, Some(asked)), (OK, told));
    }
    let invalid = ErrorCode::INVALID_REQUEST;
    assert_eq!(elect(&mut node, 2, 7, None), (invalid, vec![]));
    let refused = vec![("a".to_owned(), vec![(0, invalid, None)])];
    let answer = elect(&mut node, 2, 7, Some(&[("a", &[0])]));
    assert_eq!(answer, (invalid, refused));
    assert_eq!(elect(&mut node, 2, -1, Some(&[])), (OK, vec![]));
}

/// Covers: KIP-455.
#[test]
fn no_reassignment_is_under_way() {
    let mut node = node();
    let topic = |name: &'static str, partitions: &[i32]| ListPartitionReassignmentsTopics {
        name: name.into(),
        partition_indexes: partitions.to_vec(),
        ..ListPartitionReassignmentsTopics::default()
    };
    for topics in [
        None,
        Some(vec![]),
        Some(vec![topic("a", &[0, 1, 9]), topic("nope", &[0])]),
    ] {
        let request = ListPartitionReassignmentsRequest {
            timeout_ms: 1000,
            topics,
            ..ListPartitionReassignmentsRequest::default()
        };
        let response = node.ask(0, &request);
        let response = response.read(ListPartitionReassignmentsResponse::decode);
        assert_eq!((response.error_code, response.topics.len()), (OK, 0));
    }
}

fn quorum(
    node: &mut TestNode,
    version: i16,
    topics: &[(&'static str, &[i32])],
) -> DescribeQuorumResponse<'static> {
    let partition = |index: &i32| describe_quorum_request::PartitionData {
        partition_index: *index,
        ..describe_quorum_request::PartitionData::default()
    };
    let topic = |(name, partitions): &(&'static str, &[i32])| describe_quorum_request::TopicData {
        topic_name: (*name).into(),
        partitions: partitions.iter().map(partition).collect(),
        ..describe_quorum_request::TopicData::default()
    };
    let request = DescribeQuorumRequest {
        topics: topics.iter().map(topic).collect(),
        ..DescribeQuorumRequest::default()
    };
    let response = node.ask(version, &request);
    response.read(DescribeQuorumResponse::decode).into_owned()
}

/// Covers: KIP-595, KIP-836, KIP-853.
#[test]
fn the_quorum_of_one_is_where_its_leader_is() {
    let mut node = node();
    let metadata: (&str, &[i32]) = ("__cluster_metadata", &[0]);
    let mut before = 0;
    for version in 0..=2 {
        let wall = node.now().wall.0;
        let response = quorum(&mut node, version, &[metadata]);
        assert_eq!(response.error_code, OK);
        let topic = response.topics.first().expect("a topic");
        let told = topic.partitions.first().expect("a partition");
        assert_eq!((told.error_code, told.leader_id), (OK, 1));
        assert!(told.leader_epoch > 0);
        assert!(told.high_watermark > before, "a topic was made");
        before = told.high_watermark;
        let is_timed = version > 0;
        let now = if is_timed { wall } else { -1 };
        let voter = told.current_voters.first().expect("a voter");
        let directory = voter.replica_directory_id;
        assert_eq!(directory != Uuid::ZERO, version == 2);
        let own = describe_quorum_response::ReplicaState {
            replica_id: 1,
            replica_directory_id: directory,
            log_end_offset: before,
            last_fetch_timestamp: now,
            last_caught_up_timestamp: now,
            ..describe_quorum_response::ReplicaState::default()
        };
        assert_eq!(told.current_voters, [own]);
        assert_eq!(told.observers, []);
        let voters: Vec<_> = response.nodes.iter().map(|node| node.node_id).collect();
        assert_eq!(voters, if version == 2 { vec![1] } else { vec![] });
        node.create_topic(&format!("more-{version}"), 1, &[]);
    }
}

#[test]
fn other_partitions_have_no_quorum() {
    let mut node = node();
    for asked in [
        &[("__cluster_metadata", &[1][..])][..],
        &[("__cluster_metadata", &[0, 0])],
        &[("a", &[0, 4])],
        &[("__cluster_metadata", &[0]), ("a", &[0])],
        &[("__cluster_metadata", &[])],
        &[],
    ] {
        let response = quorum(&mut node, 2, asked);
        assert_eq!((response.error_code, response.nodes.len()), (OK, 0));
        assert_eq!(response.topics.len(), asked.len());
        for (told, (name, partitions)) in response.topics.iter().zip(asked) {
            assert_eq!(&*told.topic_name, *name);
            let indexes: Vec<_> = told.partitions.iter().map(|p| p.partition_index).collect();
            assert_eq!(indexes, *partitions);
            for partition in &told.partitions {
                let message = partition.error_message.as_deref();
                let text = "This server does not host this topic-partition.";
                assert_eq!((partition.error_code, message), (UNKNOWN, Some(text)));
                assert_eq!((partition.leader_id, partition.high_watermark), (0, 0));
            }
        }
    }
}

/// Covers: KIP-664.
#[test]
fn producers_are_those_that_wrote() {
    let mut node = node();
    let sequence = Sequence {
        id: 7,
        epoch: 2,
        next: 0,
    };
    let written = batch(WallMs(1000), &["x", "y"], Some(sequence));
    assert_eq!(node.produce("a", 1, written).error_code, OK);
    let topic =
        |(name, partitions): (&'static str, &[i32])| describe_producers_request::TopicRequest {
            name: name.into(),
            partition_indexes: partitions.to_vec(),
            ..describe_producers_request::TopicRequest::default()
        };
    let request = DescribeProducersRequest {
        topics: [("a", &[0, 1, 9, 1][..]), ("nope", &[0]), ("", &[0])]
            .map(topic)
            .to_vec(),
        ..DescribeProducersRequest::default()
    };
    let response = node.ask(0, &request);
    let response = response.read(DescribeProducersResponse::decode);
    let told: Vec<_> = response
        .topics
        .iter()
        .flat_map(|topic| {
            topic.partitions.iter().map(|told| {
                let message = told.error_message.as_deref();
                (&*topic.name, told.partition_index, told.error_code, message)
            })
        })
        .collect();
    let not_hosted = "This server does not host this topic-partition.";
    let invalid = "Topic name is invalid: the empty string is not allowed";
    assert_eq!(
        told,
        [
            ("a", 0, OK, None),
            ("a", 1, OK, None),
            ("a", 9, UNKNOWN, None),
            ("nope", 0, UNKNOWN, Some(not_hosted)),
            ("", 0, ErrorCode::INVALID_TOPIC_EXCEPTION, Some(invalid)),
        ]
    );
    let partitions = &response.topics.first().expect("a topic").partitions;
    let producers: Vec<_> = partitions
        .iter()
        .flat_map(|told| &told.active_producers)
        .map(|producer| {
            (
                (producer.producer_id, producer.producer_epoch),
                (producer.last_sequence, producer.last_timestamp),
                (
                    producer.coordinator_epoch,
                    producer.current_txn_start_offset,
                ),
            )
        })
        .collect();
    assert_eq!(producers, [((7, 2), (1, 1000), (-1, -1))]);
}
