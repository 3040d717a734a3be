//! Small requests that ask for much: the answer must not be larger than what there is to say.

use std::{borrow::Cow, sync::Arc};

use ottla_protocol::messages::{
    DescribeConfigsRequest, DescribeConfigsResponse, DescribeGroupsRequest, DescribeGroupsResponse,
    ListOffsetsRequest, ListOffsetsResponse, MetadataRequest, MetadataResponse,
    describe_configs_request::DescribeConfigsResource,
    list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic},
    metadata_request::MetadataRequestTopic,
};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{TestNode, config};
use ottla_types::ErrorCode;

#[test]
fn a_topic_named_many_times_is_described_once() {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    node.create_topic("many", 10, &[]);
    let named = |name| MetadataRequestTopic {
        name: Some(Cow::Borrowed(name)),
        ..MetadataRequestTopic::default()
    };
    let mut topics = vec![named("many"); 1_000];
    topics.push(named("none"));
    let request = MetadataRequest {
        topics: Some(topics),
        ..MetadataRequest::default()
    };
    let response = node.ask(12, &request);
    let response = response.read(MetadataResponse::decode);
    let names: Vec<_> = response
        .topics
        .iter()
        .map(|topic| topic.name.as_deref())
        .collect();
    assert_eq!(names, [Some("many"), Some("none")]);
}

#[test]
fn a_group_named_many_times_is_described_once() {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    node.find_coordinator("g");
    let request = DescribeGroupsRequest {
        groups: vec![Cow::Borrowed("g"); 1_000],
        ..DescribeGroupsRequest::default()
    };
    let response = node.ask(5, &request);
    assert_eq!(
        response.read(DescribeGroupsResponse::decode).groups.len(),
        1
    );
}

#[test]
fn configurations_are_described_up_to_a_bound() {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    let broker = DescribeConfigsResource {
        resource_type: 4,
        resource_name: Cow::Borrowed("1"),
        configuration_keys: None,
        ..DescribeConfigsResource::default()
    };
    let request = DescribeConfigsRequest {
        resources: vec![broker; 1_000],
        ..DescribeConfigsRequest::default()
    };
    let response = node.ask(4, &request);
    let results = response.read(DescribeConfigsResponse::decode).results;
    assert_eq!(results.len(), 1_000);
    let first = results.first().expect("a result");
    assert!(first.error_code.is_none(), "{:?}", first.error_message);
    let last = results.last().expect("a result");
    assert_eq!(last.error_code, ErrorCode::POLICY_VIOLATION);
}

#[test]
fn a_partition_whose_offset_is_asked_for_twice_is_refused_once() {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    node.create_topic("t", 2, &[]);
    let asked = |partition_index, timestamp| ListOffsetsPartition {
        partition_index,
        timestamp,
        ..ListOffsetsPartition::default()
    };
    let mut codes = |partitions: &[ListOffsetsPartition<'_>]| {
        let request = ListOffsetsRequest {
            replica_id: -1,
            topics: vec![ListOffsetsTopic {
                name: Cow::Borrowed("t"),
                partitions: partitions.to_vec(),
                ..ListOffsetsTopic::default()
            }],
            ..ListOffsetsRequest::default()
        };
        let response = node.ask(11, &request);
        let response = response.read(ListOffsetsResponse::decode);
        let topic = response.topics.first().expect("a topic");
        let codes = topic.partitions.iter().map(|found| found.error_code);
        codes.collect::<Vec<_>>()
    };
    let twice = codes(&[asked(0, -1), asked(1, -1), asked(0, -2)]);
    let refused = ErrorCode::INVALID_REQUEST;
    assert_eq!(twice, [refused, ErrorCode::NONE]);
    assert_eq!(codes(&[asked(0, -7)]), [ErrorCode::UNSUPPORTED_VERSION]);
}
