//! Every API at every version that is advertised has an answer that reads at that version.

use std::{collections::BTreeSet, sync::Arc};

use ottla_protocol::{ApiKey, messages as m};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{Answer, TestNode, config};

fn node() -> TestNode {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    node.create_topic("orders", 1, &[]);
    node.find_coordinator("g");
    node
}

/// The advertised APIs with their versions.
fn advertised(node: &mut TestNode) -> Vec<(ApiKey, i16, i16)> {
    let request = m::ApiVersionsRequest {
        client_software_name: "test".into(),
        client_software_version: "1".into(),
        ..m::ApiVersionsRequest::default()
    };
    let response = node.ask(4, &request);
    let response = response.read(m::ApiVersionsResponse::decode);
    let keys = response.api_keys.iter();
    keys.map(|key| (ApiKey(key.api_key), key.min_version, key.max_version))
        .collect()
}

#[test]
fn every_api_answers_at_every_version() {
    let mut node = node();
    let advertised = advertised(&mut node);
    let mut tried = BTreeSet::new();
    macro_rules! try_each {
        ($($request:ident { $($field:ident: $value:expr),* } => $response:ident;)*) => {
            $(
                let key = <m::$request<'_> as ottla_protocol::Request>::API_KEY;
                let (_, min, max) = advertised
                    .iter()
                    .find(|(advertised, _, _)| *advertised == key)
                    .unwrap_or_else(|| panic!("{} is not advertised", key.name()));
                // Produce is advertised from version 0 for the sake of old clients.
                let min = if key == ApiKey::PRODUCE { 3 } else { *min };
                for version in min..=*max {
                    #[allow(clippy::needless_update, reason = "some set every field")]
                    let request = m::$request { $($field: $value,)* ..m::$request::default() };
                    let response = node.ask(version, &request);
                    let decoded = response.read(m::$response::decode);
                    let again = format!("{decoded:?}");
                    assert!(!again.is_empty());
                }
                tried.insert(key);
            )*
        };
    }
    try_each! {
        ProduceRequest { acks: 1 } => ProduceResponse;
        FetchRequest { session_epoch: -1 } => FetchResponse;
        ListOffsetsRequest { replica_id: -1 } => ListOffsetsResponse;
        MetadataRequest {} => MetadataResponse;
        OffsetCommitRequest { group_id: "g".into(), generation_id_or_member_epoch: -1 } => OffsetCommitResponse;
        FindCoordinatorRequest {} => FindCoordinatorResponse;
        JoinGroupRequest { group_id: "g".into() } => JoinGroupResponse;
        HeartbeatRequest { group_id: "g".into() } => HeartbeatResponse;
        LeaveGroupRequest { group_id: "g".into() } => LeaveGroupResponse;
        SyncGroupRequest { group_id: "g".into() } => SyncGroupResponse;
        DescribeGroupsRequest { groups: vec!["g".into(), "h".into()] } => DescribeGroupsResponse;
        ListGroupsRequest {} => ListGroupsResponse;
        ApiVersionsRequest { client_software_name: "a".into(), client_software_version: "1".into() } => ApiVersionsResponse;
        CreateTopicsRequest { timeout_ms: 1000 } => CreateTopicsResponse;
        DeleteTopicsRequest { timeout_ms: 1000 } => DeleteTopicsResponse;
        DeleteRecordsRequest {} => DeleteRecordsResponse;
        InitProducerIdRequest { transactional_id: None } => InitProducerIdResponse;
        OffsetForLeaderEpochRequest {} => OffsetForLeaderEpochResponse;
        DescribeConfigsRequest {} => DescribeConfigsResponse;
        AlterConfigsRequest {} => AlterConfigsResponse;
        AlterReplicaLogDirsRequest {} => AlterReplicaLogDirsResponse;
        DescribeLogDirsRequest { topics: None } => DescribeLogDirsResponse;
        CreatePartitionsRequest { timeout_ms: 1000 } => CreatePartitionsResponse;
        DeleteGroupsRequest { groups_names: vec!["g".into()] } => DeleteGroupsResponse;
        IncrementalAlterConfigsRequest {} => IncrementalAlterConfigsResponse;
        ElectLeadersRequest { timeout_ms: 1000 } => ElectLeadersResponse;
        ListPartitionReassignmentsRequest { topics: None } => ListPartitionReassignmentsResponse;
        DescribeQuorumRequest {} => DescribeQuorumResponse;
        DescribeProducersRequest {} => DescribeProducersResponse;
        OffsetDeleteRequest { group_id: "g".into() } => OffsetDeleteResponse;
        DescribeClusterRequest {} => DescribeClusterResponse;
        ListConfigResourcesRequest {} => ListConfigResourcesResponse;
        DescribeTopicPartitionsRequest { response_partition_limit: 10 } => DescribeTopicPartitionsResponse;
    }
    for version in 1..=7 {
        let request = m::OffsetFetchRequest {
            group_id: "g".into(),
            ..m::OffsetFetchRequest::default()
        };
        let response = node.ask(version, &request);
        drop(response.read(m::OffsetFetchResponse::decode));
    }
    for version in 8..=10 {
        let group = m::offset_fetch_request::OffsetFetchRequestGroup {
            group_id: "g".into(),
            ..m::offset_fetch_request::OffsetFetchRequestGroup::default()
        };
        let request = m::OffsetFetchRequest {
            groups: vec![group],
            ..m::OffsetFetchRequest::default()
        };
        let response = node.ask(version, &request);
        drop(response.read(m::OffsetFetchResponse::decode));
    }
    tried.insert(ApiKey::OFFSET_FETCH);
    let all: BTreeSet<ApiKey> = advertised.iter().map(|(key, _, _)| *key).collect();
    assert_eq!(tried, all, "an API was not tried, or is not advertised");
    assert_eq!(node.parked(), 0);
}

#[test]
fn what_is_not_served_closes_the_connection() {
    let mut node = node();
    let token = node.put(2, &m::ProduceRequest::default());
    assert_eq!(node.answer(token), Some(Answer::Closed));
    let token = node.put(0, &m::SaslHandshakeRequest::default());
    assert_eq!(node.answer(token), Some(Answer::Closed));
    // Bytes that are no request, and a body that is cut short.
    for frame in [
        &b""[..],
        b"\0",
        b"\x7f\xff\0\0\0\0\0\0\xff\xff",
        b"\0\x01\0\x0c\0\0\0\x01\xff\xff\0\x01",
    ] {
        let token = node.put_frame(frame);
        assert_eq!(node.answer(token), Some(Answer::Closed), "{frame:?}");
    }
}
