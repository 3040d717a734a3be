//! Requests that can be read and make no sense.

use std::borrow::Cow;

use ottla_protocol::{
    ApiKey, Request,
    messages::{
        create_partitions_request::CreatePartitionsTopic,
        create_topics_request::{CreatableReplicaAssignment, CreatableTopic, CreatableTopicConfig},
        delete_records_request::{DeleteRecordsPartition, DeleteRecordsTopic},
        describe_configs_request::DescribeConfigsResource,
        fetch_request::{FetchPartition, FetchTopic},
        incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig},
        join_group_request::JoinGroupRequestProtocol,
        list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic},
        metadata_request::MetadataRequestTopic,
        *,
    },
};

use super::{Line, TOPIC, client::request};

pub(crate) fn lines() -> Vec<Line> {
    let mut lines = topic_names();
    lines.extend(create_topics());
    lines.extend(partitions());
    lines.extend(configs());
    lines.extend(fetches());
    lines.extend(offsets());
    lines.extend(groups());
    lines
}

fn topic_names() -> Vec<Line> {
    let long = "n".repeat(250);
    let longest = "n".repeat(32_000);
    let mut lines = Vec::new();
    for (what, name) in [
        ("empty", ""),
        ("a dot", "."),
        ("two dots", ".."),
        ("250 characters", &long),
        ("32,000 characters", &longest),
        ("a slash", "a/b"),
        ("a path", "../../etc/passwd"),
        ("a space", "a b"),
        ("a NUL", "a\0b"),
        ("a line feed", "a\nb"),
        ("a letter of no ASCII", "\u{e9}"),
        ("a colon", "a:b"),
        ("like another", "bad.input_x"),
    ] {
        lines.push(create(&format!("topic name: {what}"), topic(name)));
        let metadata = MetadataRequest {
            topics: Some(vec![MetadataRequestTopic {
                name: Some(Cow::Borrowed(name)),
                ..MetadataRequestTopic::default()
            }]),
            allow_auto_topic_creation: what != "like another",
            ..MetadataRequest::default()
        };
        lines.push(line(
            &format!("metadata of topic name: {what}"),
            12,
            &metadata,
        ));
    }
    lines.push(create(
        "topic name: collides with another",
        topic("bad_input-x"),
    ));
    lines.push(create("topic name: would collide", topic("bad.input-x")));
    lines
}

fn create_topics() -> Vec<Line> {
    let with_config = |name: &'static str, value: Option<&'static str>| CreatableTopic {
        configs: vec![CreatableTopicConfig {
            name: name.into(),
            value: value.map(Cow::Borrowed),
            ..CreatableTopicConfig::default()
        }],
        ..topic("never")
    };
    let assigned = |assignments: &[(i32, &[i32])]| CreatableTopic {
        num_partitions: -1,
        replication_factor: -1,
        assignments: assignments
            .iter()
            .map(|(index, brokers)| CreatableReplicaAssignment {
                partition_index: *index,
                broker_ids: brokers.to_vec(),
                ..CreatableReplicaAssignment::default()
            })
            .collect(),
        ..topic("never")
    };
    let sized = |num_partitions, replication_factor| CreatableTopic {
        num_partitions,
        replication_factor,
        ..topic("never")
    };
    let twice = CreateTopicsRequest {
        topics: vec![topic("never"), topic("never")],
        ..CreateTopicsRequest::default()
    };
    vec![
        create("create: a topic that is there", topic(TOPIC)),
        create("create: 0 partitions", sized(0, 1)),
        create("create: -2 partitions", sized(-2, 1)),
        create("create: a billion partitions", sized(1_000_000_000, 1)),
        create("create: 0 replicas", sized(1, 0)),
        create("create: -2 replicas", sized(1, -2)),
        create("create: more replicas than brokers", sized(1, 5)),
        create(
            "create: unknown config",
            with_config("no.such.config", Some("1")),
        ),
        create(
            "create: config that is no number",
            with_config("segment.bytes", Some("x")),
        ),
        create(
            "create: config out of its range",
            with_config("segment.bytes", Some("-5")),
        ),
        create("create: null config", with_config("segment.bytes", None)),
        create("create: unknown broker", assigned(&[(0, &[99])])),
        create("create: a broker twice", assigned(&[(0, &[1, 1])])),
        create("create: partition 1 without 0", assigned(&[(1, &[1])])),
        create(
            "create: a partition without replicas",
            assigned(&[(0, &[])]),
        ),
        line("create: a topic twice", 7, &twice),
    ]
}

fn partitions() -> Vec<Line> {
    let grow = |name: &'static str, count| CreatePartitionsRequest {
        topics: vec![CreatePartitionsTopic {
            name: name.into(),
            count,
            assignments: None,
            ..CreatePartitionsTopic::default()
        }],
        timeout_ms: 30_000,
        ..CreatePartitionsRequest::default()
    };
    let delete = |index, offset| DeleteRecordsRequest {
        topics: vec![DeleteRecordsTopic {
            name: TOPIC.into(),
            partitions: vec![DeleteRecordsPartition {
                partition_index: index,
                offset,
                ..DeleteRecordsPartition::default()
            }],
            ..DeleteRecordsTopic::default()
        }],
        timeout_ms: 30_000,
        ..DeleteRecordsRequest::default()
    };
    vec![
        line("partitions: as many as there are", 3, &grow(TOPIC, 1)),
        line("partitions: fewer than there are", 3, &grow(TOPIC, 0)),
        line("partitions: -5", 3, &grow(TOPIC, -5)),
        line("partitions: a billion", 3, &grow(TOPIC, 1_000_000_000)),
        line("partitions: of an unknown topic", 3, &grow("not-there", 2)),
        line("delete records: offset -7", 2, &delete(0, -7)),
        line("delete records: beyond the end", 2, &delete(0, 1 << 40)),
        line("delete records: unknown partition", 2, &delete(9, 0)),
    ]
}

fn configs() -> Vec<Line> {
    let alter =
        |kind, resource: &'static str, key: &'static str, operation, value: &'static str| {
            IncrementalAlterConfigsRequest {
                resources: vec![AlterConfigsResource {
                    resource_type: kind,
                    resource_name: resource.into(),
                    configs: vec![AlterableConfig {
                        name: key.into(),
                        config_operation: operation,
                        value: Some(value.into()),
                        ..AlterableConfig::default()
                    }],
                    ..AlterConfigsResource::default()
                }],
                ..IncrementalAlterConfigsRequest::default()
            }
        };
    let describe = |kind, resource: &'static str| DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: kind,
            resource_name: resource.into(),
            configuration_keys: None,
            ..DescribeConfigsResource::default()
        }],
        ..DescribeConfigsRequest::default()
    };
    vec![
        line(
            "alter: unknown key",
            1,
            &alter(2, TOPIC, "no.such.config", 0, "1"),
        ),
        line(
            "alter: value that is no number",
            1,
            &alter(2, TOPIC, "segment.bytes", 0, "x"),
        ),
        line(
            "alter: append to a number",
            1,
            &alter(2, TOPIC, "segment.bytes", 2, "1"),
        ),
        line(
            "alter: unknown operation",
            1,
            &alter(2, TOPIC, "segment.bytes", 9, "1"),
        ),
        line(
            "alter: unknown topic",
            1,
            &alter(2, "not-there", "segment.bytes", 0, "9999999"),
        ),
        line(
            "alter: unknown kind of resource",
            1,
            &alter(99, TOPIC, "segment.bytes", 0, "1"),
        ),
        line(
            "alter: broker that is no number",
            1,
            &alter(4, "x", "log.cleaner.threads", 0, "1"),
        ),
        line(
            "alter: unknown broker",
            1,
            &alter(4, "77", "log.cleaner.threads", 0, "1"),
        ),
        line(
            "describe configs: unknown topic",
            4,
            &describe(2, "not-there"),
        ),
        line(
            "describe configs: topic name with a slash",
            4,
            &describe(2, "a/b"),
        ),
        line(
            "describe configs: unknown kind of resource",
            4,
            &describe(99, TOPIC),
        ),
        line(
            "describe configs: broker that is no number",
            4,
            &describe(4, "x"),
        ),
        line("describe configs: unknown broker", 4, &describe(4, "77")),
    ]
}

fn fetches() -> Vec<Line> {
    let fetch = |topic: &'static str, partition: FetchPartition<'static>| FetchRequest {
        max_wait_ms: 0,
        session_epoch: -1,
        topics: vec![FetchTopic {
            topic: topic.into(),
            partitions: vec![partition],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    let at = |fetch_offset| FetchPartition {
        fetch_offset,
        partition_max_bytes: 1 << 20,
        ..FetchPartition::default()
    };
    let whole = || fetch(TOPIC, at(0));
    let other = |partition| FetchPartition { partition, ..at(0) };
    let epoch = |current_leader_epoch| FetchPartition {
        current_leader_epoch,
        ..at(0)
    };
    let limited = |partition_max_bytes| FetchPartition {
        partition_max_bytes,
        ..at(0)
    };
    let session = |session_id, session_epoch| FetchRequest {
        session_id,
        session_epoch,
        ..whole()
    };
    let max_bytes = |max_bytes| FetchRequest {
        max_bytes,
        ..whole()
    };
    let wait = |max_wait_ms, min_bytes| FetchRequest {
        max_wait_ms,
        min_bytes,
        ..whole()
    };
    let isolation = FetchRequest {
        isolation_level: 9,
        ..whole()
    };
    vec![
        line("fetch: offset -1", 12, &fetch(TOPIC, at(-1))),
        line("fetch: beyond the end", 12, &fetch(TOPIC, at(1 << 60))),
        line("fetch: unknown topic", 12, &fetch("not-there", at(0))),
        line("fetch: topic name with a slash", 12, &fetch("a/b", at(0))),
        line("fetch: partition -1", 12, &fetch(TOPIC, other(-1))),
        line("fetch: partition 99", 12, &fetch(TOPIC, other(99))),
        line(
            "fetch: leader epoch of the future",
            12,
            &fetch(TOPIC, epoch(9)),
        ),
        line("fetch: leader epoch -7", 12, &fetch(TOPIC, epoch(-7))),
        line(
            "fetch: -1 bytes of a partition",
            12,
            &fetch(TOPIC, limited(-1)),
        ),
        line("fetch: -1 bytes", 12, &max_bytes(-1)),
        line("fetch: two billion bytes", 12, &max_bytes(i32::MAX)),
        line("fetch: wait -1 ms", 12, &wait(-1, 1)),
        line("fetch: at least -1 bytes", 12, &wait(0, -1)),
        line("fetch: unknown isolation level", 12, &isolation),
        line("fetch: unknown session", 12, &session(12_345, 7)),
        line("fetch: session epoch -7", 12, &session(0, -7)),
        line("fetch: unknown topic id", 13, &fetch("", at(0))),
    ]
}

fn offsets() -> Vec<Line> {
    let list = |topic: &'static str, partition_index, timestamp, epoch| ListOffsetsRequest {
        replica_id: -1,
        topics: vec![ListOffsetsTopic {
            name: topic.into(),
            partitions: vec![ListOffsetsPartition {
                partition_index,
                current_leader_epoch: epoch,
                timestamp,
                ..ListOffsetsPartition::default()
            }],
            ..ListOffsetsTopic::default()
        }],
        ..ListOffsetsRequest::default()
    };
    let twice = {
        let mut request = list(TOPIC, 0, -1, -1);
        let again = request.topics[0].partitions[0].clone();
        request.topics[0].partitions.push(again);
        request
    };
    let id =
        |transactional_id: Option<&'static str>, transaction_timeout_ms| InitProducerIdRequest {
            transactional_id: transactional_id.map(Cow::Borrowed),
            transaction_timeout_ms,
            ..InitProducerIdRequest::default()
        };
    vec![
        line(
            "list offsets: unknown topic",
            8,
            &list("not-there", 0, -1, -1),
        ),
        line("list offsets: partition -1", 8, &list(TOPIC, -1, -1, -1)),
        line("list offsets: timestamp -99", 8, &list(TOPIC, 0, -99, -1)),
        line(
            "list offsets: a timestamp of a later version",
            1,
            &list(TOPIC, 0, -5, -1),
        ),
        line(
            "list offsets: leader epoch of the future",
            8,
            &list(TOPIC, 0, -1, 9),
        ),
        line("list offsets: a partition twice", 8, &twice),
        line(
            "producer id: empty transactional id",
            4,
            &id(Some(""), 1000),
        ),
        line(
            "producer id: an epoch without an id",
            4,
            &InitProducerIdRequest {
                producer_epoch: 3,
                ..id(None, 1000)
            },
        ),
        line(
            "producer id: an id without an epoch",
            4,
            &InitProducerIdRequest {
                producer_id: 3,
                ..id(None, 1000)
            },
        ),
    ]
}

fn groups() -> Vec<Line> {
    let join = |group_id: &'static str, session_timeout_ms| JoinGroupRequest {
        group_id: group_id.into(),
        session_timeout_ms,
        rebalance_timeout_ms: 1000,
        protocol_type: "consumer".into(),
        protocols: vec![JoinGroupRequestProtocol {
            name: "range".into(),
            ..JoinGroupRequestProtocol::default()
        }],
        ..JoinGroupRequest::default()
    };
    let no_protocols = JoinGroupRequest {
        protocols: Vec::new(),
        ..join("bad-input", 10_000)
    };
    let unknown_member = JoinGroupRequest {
        member_id: "nobody".into(),
        ..join("bad-input", 10_000)
    };
    let heartbeat = |group_id: &'static str| HeartbeatRequest {
        group_id: group_id.into(),
        generation_id: 7,
        member_id: "nobody".into(),
        ..HeartbeatRequest::default()
    };
    let find = |key: &'static str, key_type| FindCoordinatorRequest {
        key_type,
        coordinator_keys: vec![key.into()],
        ..FindCoordinatorRequest::default()
    };
    vec![
        // The first answer makes the offsets topic, which is no part of what is tried.
        line("find coordinator: unknown kind", 4, &find("bad-input", 7)),
        line("join: no group", 9, &join("", 10_000)),
        line("join: session of 0 ms", 9, &join("bad-input", 0)),
        line("join: session of a day", 9, &join("bad-input", 86_400_000)),
        line("join: no protocols", 9, &no_protocols),
        line("join: unknown member", 9, &unknown_member),
        line("heartbeat: no group", 4, &heartbeat("")),
        line("heartbeat: unknown group", 4, &heartbeat("not-there")),
    ]
}

fn topic(name: &str) -> CreatableTopic<'_> {
    CreatableTopic {
        name: Cow::Borrowed(name),
        num_partitions: 1,
        replication_factor: 1,
        ..CreatableTopic::default()
    }
}

fn create(name: &str, topic: CreatableTopic<'_>) -> Line {
    let request = CreateTopicsRequest {
        topics: vec![topic],
        timeout_ms: 30_000,
        ..CreateTopicsRequest::default()
    };
    line(name, 7, &request)
}

fn line<R: Request>(name: &str, version: i16, body: &R) -> Line {
    let api: ApiKey = R::API_KEY;
    Line::one(name, api, version, request(version, body))
}
