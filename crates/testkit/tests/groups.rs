//! Groups over two coordinators: members, offsets, and what is told of them.

use std::{sync::Arc, time::Duration};

use ottla_protocol::{
    hash::coordinator_partition,
    messages::{
        DeleteGroupsRequest, DeleteGroupsResponse, DescribeGroupsRequest, DescribeGroupsResponse,
        FindCoordinatorRequest, FindCoordinatorResponse, HeartbeatRequest, HeartbeatResponse,
        JoinGroupRequest, JoinGroupResponse, LeaveGroupRequest, LeaveGroupResponse,
        ListGroupsRequest, ListGroupsResponse, OffsetCommitRequest, OffsetCommitResponse,
        OffsetDeleteRequest, OffsetDeleteResponse, OffsetFetchRequest, OffsetFetchResponse,
        SyncGroupRequest, SyncGroupResponse,
        join_group_request::JoinGroupRequestProtocol,
        leave_group_request::MemberIdentity,
        offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic},
        offset_delete_request::{OffsetDeleteRequestPartition, OffsetDeleteRequestTopic},
        offset_fetch_request::OffsetFetchRequestGroup,
        sync_group_request::SyncGroupRequestAssignment,
    },
};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{Answer, Hold, TestNode, config};
use ottla_types::{ErrorCode, RequestToken};

const OK: ErrorCode = ErrorCode::NONE;

fn node() -> (MemoryFileSystem, TestNode) {
    let disk = MemoryFileSystem::new();
    let mut node = TestNode::start(Arc::new(disk.clone()), config(&[])).expect("a start");
    node.create_topic("orders", 2, &[]);
    node.find_coordinator("g");
    (disk, node)
}

/// A group for each of the two coordinators.
fn groups() -> [String; 2] {
    [0, 1].map(|index| {
        (0..)
            .map(|number| format!("group-{number}"))
            .find(|name| coordinator_partition(name, 2) == index)
            .expect("one of many")
    })
}

fn put_join(node: &mut TestNode, group: &str, member: &str) -> RequestToken {
    let request = JoinGroupRequest {
        group_id: group.to_owned().into(),
        session_timeout_ms: 10_000,
        rebalance_timeout_ms: 60_000,
        member_id: member.to_owned().into(),
        protocol_type: "consumer".into(),
        protocols: vec![JoinGroupRequestProtocol {
            name: "range".into(),
            metadata: b"topics"[..].into(),
            ..JoinGroupRequestProtocol::default()
        }],
        ..JoinGroupRequest::default()
    };
    node.put(9, &request)
}

fn joined(node: &mut TestNode, token: RequestToken) -> JoinGroupResponse<'static> {
    let response = node.response(token);
    response.read(JoinGroupResponse::decode).into_owned()
}

/// A member id, as the coordinator gives it to who asks first.
fn new_member(node: &mut TestNode, group: &str) -> String {
    let token = put_join(node, group, "");
    let refused = joined(node, token);
    assert_eq!(refused.error_code, ErrorCode::MEMBER_ID_REQUIRED);
    refused.member_id.into_owned()
}

fn put_sync(
    node: &mut TestNode,
    group: &str,
    generation_id: i32,
    member: &str,
    assignments: &[(&str, &'static [u8])],
) -> RequestToken {
    let assignment = |(member, bytes): &(&str, &'static [u8])| SyncGroupRequestAssignment {
        member_id: (*member).to_owned().into(),
        assignment: (*bytes).into(),
        ..SyncGroupRequestAssignment::default()
    };
    let request = SyncGroupRequest {
        group_id: group.to_owned().into(),
        generation_id,
        member_id: member.to_owned().into(),
        protocol_type: Some("consumer".into()),
        protocol_name: Some("range".into()),
        assignments: assignments.iter().map(assignment).collect(),
        ..SyncGroupRequest::default()
    };
    node.put(5, &request)
}

fn synced(node: &mut TestNode, token: RequestToken) -> (ErrorCode, Vec<u8>) {
    let response = node.response(token);
    let response = response.read(SyncGroupResponse::decode);
    (response.error_code, response.assignment.into_owned())
}

fn heartbeat(node: &mut TestNode, group: &str, generation_id: i32, member: &str) -> ErrorCode {
    let request = HeartbeatRequest {
        group_id: group.to_owned().into(),
        generation_id,
        member_id: member.to_owned().into(),
        ..HeartbeatRequest::default()
    };
    let response = node.ask(4, &request);
    response.read(HeartbeatResponse::decode).error_code
}

fn commit_as(node: &mut TestNode, group: &str, generation: i32, member: &str) -> ErrorCode {
    let request = OffsetCommitRequest {
        group_id: group.to_owned().into(),
        generation_id_or_member_epoch: generation,
        member_id: member.to_owned().into(),
        topics: vec![OffsetCommitRequestTopic {
            name: "orders".into(),
            partitions: vec![OffsetCommitRequestPartition {
                committed_offset: 7,
                ..OffsetCommitRequestPartition::default()
            }],
            ..OffsetCommitRequestTopic::default()
        }],
        ..OffsetCommitRequest::default()
    };
    let response = node.ask(9, &request);
    let response = response.read(OffsetCommitResponse::decode);
    let topic = response.topics.first().expect("a topic");
    topic.partitions.first().expect("a partition").error_code
}

/// State of each group, in the order of the request.
fn states(node: &mut TestNode, groups: &[String]) -> Vec<(String, String, usize)> {
    let request = DescribeGroupsRequest {
        groups: groups.iter().map(|group| group.clone().into()).collect(),
        ..DescribeGroupsRequest::default()
    };
    let response = node.ask(5, &request);
    let response = response.read(DescribeGroupsResponse::decode);
    let state = |group: &ottla_protocol::messages::describe_groups_response::DescribedGroup<'_>| {
        assert_eq!(group.error_code, OK);
        (
            group.group_id.to_string(),
            group.group_state.to_string(),
            group.members.len(),
        )
    };
    response.groups.iter().map(state).collect()
}

/// Brings two members into a group; gives them, the leader first, and the generation.
fn two_members(node: &mut TestNode, group: &str) -> (String, String, i32) {
    let first = new_member(node, group);
    let token = put_join(node, group, &first);
    let alone = joined(node, token);
    assert_eq!((alone.error_code, alone.members.len()), (OK, 1));
    let token = put_sync(
        node,
        group,
        alone.generation_id,
        &first,
        &[(&first, b"all")],
    );
    assert_eq!(synced(node, token), (OK, b"all".to_vec()));

    let second = new_member(node, group);
    let joining = put_join(node, group, &second);
    assert_eq!(node.answer(joining), None, "it waits for the other");
    let rebalancing = ErrorCode::REBALANCE_IN_PROGRESS;
    assert_eq!(
        heartbeat(node, group, alone.generation_id, &first),
        rebalancing
    );
    let rejoining = put_join(node, group, &first);
    let leader = joined(node, rejoining);
    let follower = joined(node, joining);
    assert_eq!((leader.error_code, follower.error_code), (OK, OK));
    assert_eq!((leader.members.len(), follower.members.len()), (2, 0));
    assert_eq!(leader.leader, leader.member_id);
    let generation = leader.generation_id;
    assert_eq!(generation, alone.generation_id + 1);

    let waiting = put_sync(node, group, generation, &second, &[]);
    assert_eq!(node.answer(waiting), None, "it waits for the leader");
    let shares: &[(&str, &'static [u8])] = &[(&first, b"one"), (&second, b"two")];
    let token = put_sync(node, group, generation, &first, shares);
    assert_eq!(synced(node, token), (OK, b"one".to_vec()));
    assert_eq!(synced(node, waiting), (OK, b"two".to_vec()));
    (first, second, generation)
}

#[test]
fn the_coordinator_is_found_once_its_topic_is_there() {
    let disk = MemoryFileSystem::new();
    let mut node = TestNode::start(Arc::new(disk), config(&[])).expect("a start");
    let mut find = |key_type| {
        let request = FindCoordinatorRequest {
            key_type,
            coordinator_keys: vec!["g".into()],
            ..FindCoordinatorRequest::default()
        };
        let response = node.ask(6, &request);
        let response = response.read(FindCoordinatorResponse::decode);
        let found = response.coordinators.first().expect("a coordinator");
        (
            found.error_code,
            found.node_id,
            found.host.to_string(),
            found.port,
        )
    };
    let unavailable = (ErrorCode::COORDINATOR_NOT_AVAILABLE, -1, String::new(), -1);
    assert_eq!(find(0), unavailable);
    assert_eq!(find(0), (OK, 1, "localhost".to_owned(), 9092));
    for other in [1, 2, 9] {
        assert_eq!(find(other).0, ErrorCode::INVALID_REQUEST);
    }
}

#[test]
fn members_come_share_and_go() {
    let (_, mut node) = node();
    for group in groups() {
        let (first, second, generation) = two_members(&mut node, &group);
        assert_eq!(heartbeat(&mut node, &group, generation, &first), OK);
        assert_eq!(
            heartbeat(&mut node, &group, generation - 1, &first),
            ErrorCode::ILLEGAL_GENERATION
        );
        assert_eq!(
            heartbeat(&mut node, &group, generation, "stranger"),
            ErrorCode::UNKNOWN_MEMBER_ID
        );
        assert_eq!(commit_as(&mut node, &group, generation, &first), OK);
        let wrong = commit_as(&mut node, &group, generation - 1, &second);
        assert_eq!(wrong, ErrorCode::ILLEGAL_GENERATION);

        let request = LeaveGroupRequest {
            group_id: group.clone().into(),
            members: vec![MemberIdentity {
                member_id: second.clone().into(),
                group_instance_id: None,
                ..MemberIdentity::default()
            }],
            ..LeaveGroupRequest::default()
        };
        let response = node.ask(5, &request);
        let response = response.read(LeaveGroupResponse::decode);
        let left = response.members.first().expect("a member");
        assert_eq!((response.error_code, left.error_code), (OK, OK));
        let rebalancing = ErrorCode::REBALANCE_IN_PROGRESS;
        assert_eq!(
            heartbeat(&mut node, &group, generation, &first),
            rebalancing
        );
    }
    assert_eq!(node.parked(), 0);
}

#[test]
fn a_member_that_is_silent_is_put_out() {
    let (_, mut node) = node();
    let [group, _] = groups();
    let (first, _, generation) = two_members(&mut node, &group);
    node.advance(Duration::from_secs(9));
    assert_eq!(heartbeat(&mut node, &group, generation, &first), OK);
    node.advance(Duration::from_secs(2));
    let rebalancing = ErrorCode::REBALANCE_IN_PROGRESS;
    assert_eq!(
        heartbeat(&mut node, &group, generation, &first),
        rebalancing
    );
    let token = put_join(&mut node, &group, &first);
    let alone = joined(&mut node, token);
    assert_eq!((alone.error_code, alone.members.len()), (OK, 1));
    node.advance(Duration::from_secs(11));
    assert_eq!(
        states(&mut node, std::slice::from_ref(&group)),
        [(group, "Empty".to_owned(), 0)]
    );
}

#[test]
fn one_request_asks_both_coordinators() {
    let (_, mut node) = node();
    let [first, second] = groups();
    let (_, _, generation) = two_members(&mut node, &first);
    assert!(generation > 0);
    assert!(node.commit(&second, "orders", 1, 3).is_none());

    let both = [second.clone(), first.clone(), "nobody".to_owned()];
    assert_eq!(
        states(&mut node, &both),
        [
            (second.clone(), "Empty".to_owned(), 0),
            (first.clone(), "Stable".to_owned(), 2),
            ("nobody".to_owned(), "Dead".to_owned(), 0)
        ]
    );
    let response = node.ask(5, &ListGroupsRequest::default());
    let response = response.read(ListGroupsResponse::decode);
    let mut listed: Vec<_> = response
        .groups
        .iter()
        .map(|group| (group.group_id.to_string(), group.group_state.to_string()))
        .collect();
    listed.sort();
    let mut expected = vec![
        (first.clone(), "Stable".to_owned()),
        (second.clone(), "Empty".to_owned()),
    ];
    expected.sort();
    assert_eq!(listed, expected);

    let of = |group: &String| OffsetFetchRequestGroup {
        group_id: group.clone().into(),
        member_epoch: -1,
        topics: None,
        ..OffsetFetchRequestGroup::default()
    };
    let request = OffsetFetchRequest {
        groups: vec![of(&second), of(&first)],
        ..OffsetFetchRequest::default()
    };
    let response = node.ask(9, &request);
    let response = response.read(OffsetFetchResponse::decode);
    let names: Vec<_> = response
        .groups
        .iter()
        .map(|group| &*group.group_id)
        .collect();
    assert_eq!(names, [&*second, &*first]);
    let topics: Vec<_> = response
        .groups
        .iter()
        .map(|group| group.topics.len())
        .collect();
    assert_eq!(topics, [1, 0]);

    let request = DeleteGroupsRequest {
        groups_names: vec![first.clone().into(), second.clone().into()],
        ..DeleteGroupsRequest::default()
    };
    let response = node.ask(2, &request);
    let response = response.read(DeleteGroupsResponse::decode);
    let codes: Vec<_> = response
        .results
        .iter()
        .map(|result| (result.group_id.to_string(), result.error_code))
        .collect();
    assert_eq!(codes, [(first, ErrorCode::NON_EMPTY_GROUP), (second, OK)]);
}

#[test]
fn offsets_are_kept_fetched_and_deleted() {
    let (disk, mut node) = node();
    for group in groups() {
        assert!(node.commit(&group, "orders", 0, 5).is_none());
        assert!(node.commit(&group, "orders", 1, 6).is_none());
        let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
        assert_eq!(node.commit(&group, "missing", 0, 5), unknown);
        assert_eq!(node.commit(&group, "orders", 9, 5), unknown);
        let request = OffsetDeleteRequest {
            group_id: group.clone().into(),
            topics: vec![OffsetDeleteRequestTopic {
                name: "orders".into(),
                partitions: vec![OffsetDeleteRequestPartition { partition_index: 1 }],
            }],
        };
        let response = node.ask(0, &request);
        let response = response.read(OffsetDeleteResponse::decode);
        assert_eq!(response.error_code, OK);
    }
    node.stop().expect("a stop");

    let mut node = TestNode::start(Arc::new(disk), config(&[])).expect("a start");
    for group in groups() {
        let kept = node.committed(&group, "orders", 0).expect("an offset");
        assert_eq!(
            (kept.committed_offset, kept.metadata.as_deref()),
            (5, Some("note"))
        );
        let deleted = node.committed(&group, "orders", 1).expect("an answer");
        assert_eq!((deleted.committed_offset, deleted.error_code), (-1, OK));
    }
    assert!(node.delete_topic("orders").is_none());
    for group in groups() {
        let gone = node.committed(&group, "orders", 0).expect("an answer");
        assert_eq!(gone.committed_offset, -1);
    }
}

#[test]
fn a_commit_is_answered_when_it_is_durable() {
    let (_, mut node) = node();
    let [group, _] = groups();
    node.hold(Hold::Syncs);
    let request = |offset| OffsetCommitRequest {
        group_id: group.clone().into(),
        generation_id_or_member_epoch: -1,
        topics: vec![OffsetCommitRequestTopic {
            name: "orders".into(),
            partitions: vec![OffsetCommitRequestPartition {
                committed_offset: offset,
                ..OffsetCommitRequestPartition::default()
            }],
            ..OffsetCommitRequestTopic::default()
        }],
        ..OffsetCommitRequest::default()
    };
    let first = node.put(9, &request(1));
    let second = node.put(9, &request(2));
    let gone = node.put(9, &request(3));
    node.cancel(gone);
    assert_eq!((node.answer(first), node.answer(second)), (None, None));
    node.release(Hold::Syncs);
    assert!(matches!(node.answer(first), Some(Answer::Response(_))));
    assert!(matches!(node.answer(second), Some(Answer::Response(_))));
    let kept = node.committed(&group, "orders", 0).expect("an offset");
    assert_eq!(kept.committed_offset, 3);

    // Without a sync in time it is refused.
    node.hold(Hold::Syncs);
    let slow = node.put(9, &request(4));
    node.advance(Duration::from_secs(6));
    let response = node.response(slow);
    let response = response.read(OffsetCommitResponse::decode);
    let topic = response.topics.first().expect("a topic");
    let code = topic.partitions.first().expect("a partition").error_code;
    assert_eq!(code, ErrorCode::COORDINATOR_NOT_AVAILABLE);
}

#[test]
fn a_group_goes_on_after_a_restart() {
    let (disk, mut node) = node();
    let [group, _] = groups();
    let (first, _, generation) = two_members(&mut node, &group);
    assert_eq!(commit_as(&mut node, &group, generation, &first), OK);
    drop(node);
    let disk = disk.crash(ottla_storage::fs::Crash::LoseUnsynced);
    let mut node = TestNode::start(Arc::new(disk), config(&[])).expect("a start");
    assert_eq!(heartbeat(&mut node, &group, generation, &first), OK);
    assert_eq!(commit_as(&mut node, &group, generation, &first), OK);
    assert_eq!(
        states(&mut node, std::slice::from_ref(&group)),
        [(group, "Stable".to_owned(), 2)]
    );
}

#[test]
fn whoever_waits_hears_when_the_offsets_topic_is_deleted() {
    let (_, mut node) = node();
    let [group, _] = groups();
    let (first, _, generation) = two_members(&mut node, &group);
    let third = new_member(&mut node, &group);
    let joining = put_join(&mut node, &group, &third);
    node.hold(Hold::Syncs);
    let request = OffsetCommitRequest {
        group_id: group.clone().into(),
        generation_id_or_member_epoch: generation,
        member_id: first.clone().into(),
        topics: vec![OffsetCommitRequestTopic {
            name: "orders".into(),
            partitions: vec![OffsetCommitRequestPartition::default()],
            ..OffsetCommitRequestTopic::default()
        }],
        ..OffsetCommitRequest::default()
    };
    let committing = node.put(9, &request);
    assert_eq!(
        (node.answer(joining), node.answer(committing)),
        (None, None)
    );
    assert!(node.delete_topic("__consumer_offsets").is_none());
    let gone = ErrorCode::NOT_COORDINATOR;
    assert_eq!(joined(&mut node, joining).error_code, gone);
    let response = node.response(committing);
    let response = response.read(OffsetCommitResponse::decode);
    let topic = response.topics.first().expect("a topic");
    assert_eq!(
        topic.partitions.first().map(|part| part.error_code),
        Some(gone)
    );
    node.release(Hold::Syncs);
    assert_eq!(
        heartbeat(&mut node, &group, generation, &first),
        ErrorCode::COORDINATOR_NOT_AVAILABLE
    );

    // It comes again, empty.
    node.find_coordinator("g");
    assert_eq!(
        heartbeat(&mut node, &group, generation, &first),
        ErrorCode::UNKNOWN_MEMBER_ID
    );
    assert!(node.commit(&group, "orders", 0, 1).is_none());
}
