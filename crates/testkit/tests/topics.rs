//! Topics as clients make, change, describe and delete them.

use std::{sync::Arc, time::Duration};

use ottla_config::BrokerConfig;
use ottla_protocol::messages::{
    AlterConfigsRequest, AlterConfigsResponse, CreatePartitionsRequest, CreatePartitionsResponse,
    CreateTopicsRequest, CreateTopicsResponse, DeleteTopicsRequest, DeleteTopicsResponse,
    DescribeConfigsRequest, DescribeConfigsResponse, IncrementalAlterConfigsRequest,
    IncrementalAlterConfigsResponse, MetadataRequest, MetadataResponse, alter_configs_request,
    create_partitions_request::CreatePartitionsTopic,
    create_topics_request::CreatableTopic,
    delete_topics_request::DeleteTopicState,
    describe_configs_request::DescribeConfigsResource,
    incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig},
    metadata_request::MetadataRequestTopic,
    metadata_response::MetadataResponseTopic,
};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{TestNode, batch, config};
use ottla_types::{ErrorCode, Uuid, WallMs};

const OK: ErrorCode = ErrorCode::NONE;

fn node_of(config: BrokerConfig) -> (MemoryFileSystem, TestNode) {
    let disk = MemoryFileSystem::new();
    let node = TestNode::start(Arc::new(disk.clone()), config).expect("a start");
    (disk, node)
}

fn node() -> TestNode {
    node_of(config(&[])).1
}

fn metadata(node: &mut TestNode, name: &str, may_create: bool) -> MetadataResponseTopic<'static> {
    let request = MetadataRequest {
        topics: Some(vec![MetadataRequestTopic {
            name: Some(name.to_owned().into()),
            ..MetadataRequestTopic::default()
        }]),
        allow_auto_topic_creation: may_create,
        ..MetadataRequest::default()
    };
    let response = node.ask(9, &request);
    let mut response = response.read(MetadataResponse::decode);
    response.topics.pop().expect("a topic").into_owned()
}

#[test]
fn a_topic_that_is_asked_for_comes_into_being() {
    let (_, mut node) = node_of(config(&[("num.partitions", "3")]));
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    assert_eq!(metadata(&mut node, "new", false).error_code, unknown);
    assert_eq!(
        metadata(&mut node, "new", false).error_code,
        unknown,
        "not made"
    );
    assert_eq!(
        metadata(&mut node, "new", true).error_code,
        unknown,
        "under way"
    );
    let made = metadata(&mut node, "new", true);
    assert_eq!((made.error_code, made.partitions.len()), (OK, 3));
    for partition in &made.partitions {
        assert_eq!((partition.error_code, partition.leader_id), (OK, 1));
        assert_eq!(
            (&partition.replica_nodes, &partition.isr_nodes),
            (&vec![1], &vec![1])
        );
    }
    for bad in ["a/b", "", ".."] {
        let answer = metadata(&mut node, bad, true);
        assert_eq!(
            answer.error_code,
            ErrorCode::INVALID_TOPIC_EXCEPTION,
            "{bad}"
        );
    }

    let (_, mut node) = node_of(config(&[("auto.create.topics.enable", "false")]));
    assert_eq!(metadata(&mut node, "new", true).error_code, unknown);
    assert_eq!(metadata(&mut node, "new", true).error_code, unknown);
}

#[test]
fn all_topics_and_the_node() {
    let mut node = node();
    node.create_topic("b", 1, &[]);
    node.create_topic("a", 1, &[]);
    for (version, topics) in [(0, Some(Vec::new())), (1, None), (12, None)] {
        let request = MetadataRequest {
            topics,
            ..MetadataRequest::default()
        };
        let response = node.ask(version, &request);
        let response = response.read(MetadataResponse::decode);
        let mut names: Vec<_> = response
            .topics
            .iter()
            .map(|topic| topic.name.as_deref())
            .collect();
        names.sort_unstable();
        assert_eq!(names, [Some("a"), Some("b")], "v{version}");
        let broker = response.brokers.first().expect("a broker");
        assert_eq!(
            (broker.node_id, &*broker.host, broker.port),
            (1, "localhost", 9092)
        );
    }
    let request = MetadataRequest {
        topics: Some(Vec::new()),
        ..MetadataRequest::default()
    };
    let response = node.ask(1, &request);
    assert_eq!(response.read(MetadataResponse::decode).topics.len(), 0);
    let request = MetadataRequest {
        topics: Some(vec![MetadataRequestTopic {
            topic_id: Uuid([1; 16]),
            name: None,
            ..MetadataRequestTopic::default()
        }]),
        ..MetadataRequest::default()
    };
    let response = node.ask(12, &request);
    let response = response.read(MetadataResponse::decode);
    let topic = response.topics.first().expect("a topic");
    assert_eq!(topic.error_code, ErrorCode::UNKNOWN_TOPIC_ID);
}

fn create(node: &mut TestNode, topic: CreatableTopic<'static>, validate_only: bool) -> ErrorCode {
    let request = CreateTopicsRequest {
        topics: vec![topic],
        timeout_ms: 1000,
        validate_only,
        ..CreateTopicsRequest::default()
    };
    let response = node.ask(7, &request);
    let response = response.read(CreateTopicsResponse::decode);
    response.topics.first().expect("a topic").error_code
}

#[test]
fn topics_are_made_and_refused() {
    let mut node = node();
    let topic = |name: &str, num_partitions, replication_factor| CreatableTopic {
        name: name.to_owned().into(),
        num_partitions,
        replication_factor,
        ..CreatableTopic::default()
    };
    assert_eq!(create(&mut node, topic("a", 2, 1), true), OK);
    assert_eq!(
        metadata(&mut node, "a", false).error_code,
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
        "only validated"
    );
    assert_eq!(create(&mut node, topic("a", 2, -1), false), OK);
    assert_eq!(
        create(&mut node, topic("a", 2, 1), false),
        ErrorCode::TOPIC_ALREADY_EXISTS
    );
    assert_eq!(
        create(&mut node, topic("b", 0, 1), false),
        ErrorCode::INVALID_PARTITIONS
    );
    assert_eq!(
        create(&mut node, topic("b", 1, 3), false),
        ErrorCode::INVALID_REPLICATION_FACTOR
    );
    assert_eq!(
        create(&mut node, topic("b/c", 1, 1), false),
        ErrorCode::INVALID_TOPIC_EXCEPTION
    );
    let refused = node.create_topic("b", 1, &[("retention.ms", "soon")]);
    assert_eq!(refused.error_code, ErrorCode::INVALID_CONFIG);
    let made = node.create_topic("b", 1, &[("retention.ms", "5")]);
    assert_eq!(
        (
            made.error_code,
            made.num_partitions,
            made.replication_factor
        ),
        (OK, 1, 1)
    );
    let configs = made.configs.expect("configs");
    let retention = configs.iter().find(|config| config.name == "retention.ms");
    assert_eq!(
        retention.and_then(|config| config.value.as_deref()),
        Some("5")
    );
}

#[test]
fn partitions_are_added() {
    let mut node = node();
    node.create_topic("orders", 1, &[]);
    let grow = |node: &mut TestNode, name: &str, count| {
        let request = CreatePartitionsRequest {
            topics: vec![CreatePartitionsTopic {
                name: name.to_owned().into(),
                count,
                assignments: None,
                ..CreatePartitionsTopic::default()
            }],
            timeout_ms: 1000,
            ..CreatePartitionsRequest::default()
        };
        let response = node.ask(3, &request);
        let response = response.read(CreatePartitionsResponse::decode);
        response.results.first().expect("a result").error_code
    };
    assert_eq!(grow(&mut node, "orders", 3), OK);
    assert_eq!(grow(&mut node, "orders", 3), ErrorCode::INVALID_PARTITIONS);
    assert_eq!(grow(&mut node, "orders", 2), ErrorCode::INVALID_PARTITIONS);
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    assert_eq!(grow(&mut node, "missing", 2), unknown);
    let answer = node.produce("orders", 2, batch(WallMs(1), &["a"], None));
    assert_eq!((answer.error_code, answer.base_offset), (OK, 0));
    assert_eq!(metadata(&mut node, "orders", false).partitions.len(), 3);
}

#[test]
fn topics_are_deleted_by_name_and_id() {
    let (disk, mut node) = node_of(config(&[]));
    node.create_topic("a", 1, &[]);
    node.create_topic("b", 1, &[]);
    let id = node.node().image().topics().id_of("b").expect("an id");
    let delete = |node: &mut TestNode, topic_id| {
        let request = DeleteTopicsRequest {
            topics: vec![DeleteTopicState {
                name: None,
                topic_id,
                ..DeleteTopicState::default()
            }],
            timeout_ms: 1000,
            ..DeleteTopicsRequest::default()
        };
        let response = node.ask(6, &request);
        let response = response.read(DeleteTopicsResponse::decode);
        response.responses.first().expect("a topic").error_code
    };
    assert!(node.delete_topic("a").is_none());
    assert_eq!(
        node.delete_topic("a"),
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
    );
    assert_eq!(delete(&mut node, id), OK);
    assert_eq!(delete(&mut node, id), ErrorCode::UNKNOWN_TOPIC_ID);
    node.node().directories().remove_doomed().expect("removed");
    let left = ottla_storage::fs::FileSystem::read_dir(&disk, std::path::Path::new("/data"));
    let names: Vec<_> = left
        .expect("a directory")
        .into_iter()
        .map(|entry| entry.name)
        .collect();
    let is_of_topic = |name: &std::ffi::OsString| {
        let name = name.to_string_lossy();
        name.starts_with("a-") || name.starts_with("b-")
    };
    assert!(!names.iter().any(is_of_topic), "{names:?}");

    let (_, mut node) = node_of(config(&[("delete.topic.enable", "false")]));
    node.create_topic("a", 1, &[]);
    assert_eq!(node.delete_topic("a"), ErrorCode::TOPIC_DELETION_DISABLED);
}

fn describe(node: &mut TestNode, topic: &str, key: &str) -> (Option<String>, i8) {
    let request = DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: 2,
            resource_name: topic.to_owned().into(),
            configuration_keys: Some(vec![key.to_owned().into()]),
            ..DescribeConfigsResource::default()
        }],
        ..DescribeConfigsRequest::default()
    };
    let response = node.ask(4, &request);
    let response = response.read(DescribeConfigsResponse::decode);
    let result = response.results.first().expect("a result");
    assert_eq!(result.error_code, OK);
    let found = result.configs.first().expect("a config");
    (
        found.value.as_ref().map(ToString::to_string),
        found.config_source,
    )
}

fn alter(node: &mut TestNode, key: &str, operation: i8, value: Option<&str>) -> ErrorCode {
    let request = IncrementalAlterConfigsRequest {
        resources: vec![AlterConfigsResource {
            resource_type: 2,
            resource_name: "orders".into(),
            configs: vec![AlterableConfig {
                name: key.to_owned().into(),
                config_operation: operation,
                value: value.map(|value| value.to_owned().into()),
                ..AlterableConfig::default()
            }],
            ..AlterConfigsResource::default()
        }],
        ..IncrementalAlterConfigsRequest::default()
    };
    let response = node.ask(1, &request);
    let response = response.read(IncrementalAlterConfigsResponse::decode);
    response.responses.first().expect("a result").error_code
}

#[test]
fn configurations_are_changed_and_obeyed() {
    let mut node = node();
    node.create_topic("orders", 1, &[]);
    let (own, default) = (1, 5);
    let max = "max.message.bytes";
    assert_eq!(
        describe(&mut node, "orders", max),
        (Some("1048588".to_owned()), default)
    );
    assert_eq!(alter(&mut node, max, 0, Some("100")), OK);
    assert_eq!(
        describe(&mut node, "orders", max),
        (Some("100".to_owned()), own)
    );
    let large = batch(WallMs(1), &[&"x".repeat(100)], None);
    let answer = node.produce("orders", 0, large.clone());
    assert_eq!(answer.error_code, ErrorCode::MESSAGE_TOO_LARGE);
    assert_eq!(alter(&mut node, max, 1, None), OK);
    assert_eq!(node.produce("orders", 0, large).error_code, OK);

    assert_eq!(alter(&mut node, "cleanup.policy", 2, Some("compact")), OK);
    let both = Some("delete,compact".to_owned());
    assert_eq!(describe(&mut node, "orders", "cleanup.policy"), (both, own));
    assert_eq!(alter(&mut node, "cleanup.policy", 3, Some("delete")), OK);
    let compact = Some("compact".to_owned());
    assert_eq!(
        describe(&mut node, "orders", "cleanup.policy"),
        (compact, own)
    );
    assert_eq!(
        alter(&mut node, max, 0, Some("-7")),
        ErrorCode::INVALID_CONFIG
    );
    assert_eq!(
        alter(&mut node, "nonsense", 0, Some("1")),
        ErrorCode::INVALID_CONFIG
    );

    // The older way replaces all of them.
    let request = AlterConfigsRequest {
        resources: vec![alter_configs_request::AlterConfigsResource {
            resource_type: 2,
            resource_name: "orders".into(),
            configs: vec![alter_configs_request::AlterableConfig {
                name: max.into(),
                value: Some("300".into()),
                ..alter_configs_request::AlterableConfig::default()
            }],
            ..alter_configs_request::AlterConfigsResource::default()
        }],
        ..AlterConfigsRequest::default()
    };
    let response = node.ask(2, &request);
    let response = response.read(AlterConfigsResponse::decode);
    assert_eq!(
        response.responses.first().map(|result| result.error_code),
        Some(OK)
    );
    assert_eq!(
        describe(&mut node, "orders", max),
        (Some("300".to_owned()), own)
    );
    let delete = Some("delete".to_owned());
    assert_eq!(
        describe(&mut node, "orders", "cleanup.policy"),
        (delete, default)
    );
}

#[test]
fn retention_takes_what_is_old() {
    let mut node = node();
    let configs = [("internal.segment.bytes", "100"), ("retention.ms", "10000")];
    node.create_topic("orders", 1, &configs);
    for value in ["a", "b", "c"] {
        let time = node.now().wall;
        node.produce("orders", 0, batch(time, &[value, value], None));
    }
    node.advance_wall(Duration::from_secs(11));
    let time = node.now().wall;
    node.produce("orders", 0, batch(time, &["new"], None));
    node.node()
        .apply_retention(node.now(), &mut Vec::new())
        .expect("retention");
    let (start, records) = node.read_all("orders", 0);
    assert_eq!(start, 6);
    assert_eq!(
        records.into_iter().collect::<Vec<_>>(),
        [(6, "new".to_owned())]
    );
}

#[test]
fn everything_outlives_a_restart() {
    let (disk, mut node) = node_of(config(&[]));
    node.create_topic("orders", 2, &[("retention.ms", "123456")]);
    node.produce("orders", 1, batch(WallMs(1), &["a"], None));
    let id = node.node().image().topics().id_of("orders");
    node.stop().expect("a stop");
    let mut node = TestNode::start(Arc::new(disk), config(&[])).expect("a start");
    assert_eq!(node.node().image().topics().id_of("orders"), id);
    assert_eq!(
        describe(&mut node, "orders", "retention.ms").0.as_deref(),
        Some("123456")
    );
    assert_eq!(node.read_all("orders", 1).1.len(), 1);
}

#[test]
fn a_broker_that_was_kept_waiting_is_not_fenced_by_its_own_controller() {
    let mut node = node();
    node.create_topic("t", 1, &[]);
    // Longer than broker.session.timeout.ms: making many partitions can take that.
    node.stall(Duration::from_secs(30));
    let image = node.node().image();
    assert!(image.cluster().is_active(node.node().node_id()));
    let topic = image.topics().by_name("t").expect("the topic");
    assert!(
        topic
            .partitions
            .values()
            .all(|partition| partition.leader_epoch.0 == 0)
    );
}
