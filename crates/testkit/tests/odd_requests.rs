//! Requests that are well-formed and odd: every answer here is one that Apache Kafka gave.

use std::sync::Arc;

use ottla_protocol::messages::{
    DeleteRecordsRequest, DeleteRecordsResponse, DescribeTopicPartitionsRequest,
    DescribeTopicPartitionsResponse, FetchRequest, FetchResponse, MetadataRequest,
    MetadataResponse,
    delete_records_request::{DeleteRecordsPartition, DeleteRecordsTopic},
    describe_topic_partitions_request::{Cursor, TopicRequest},
    metadata_request::MetadataRequestTopic,
};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{TestNode, config};
use ottla_types::{ErrorCode, Uuid};

/// A node with the topics `a`, of two partitions, and `b`.
fn node() -> TestNode {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    node.create_topic("a", 2, &[]);
    node.create_topic("b", 1, &[]);
    node
}

/// A topic of an answer: its code, its name and its id.
type Told = (i16, Option<String>, Uuid);

/// Brokers, code and topics.
fn metadata(
    node: &mut TestNode,
    version: i16,
    asked: &[(Option<&'static str>, Uuid)],
) -> (usize, i16, Vec<Told>) {
    let topic = |(name, topic_id): &(Option<&'static str>, Uuid)| MetadataRequestTopic {
        name: name.map(Into::into),
        topic_id: *topic_id,
        ..MetadataRequestTopic::default()
    };
    let request = MetadataRequest {
        topics: Some(asked.iter().map(topic).collect()),
        allow_auto_topic_creation: false,
        ..MetadataRequest::default()
    };
    let response = node.ask(version, &request);
    let response = response.read(MetadataResponse::decode);
    let topics = response.topics.iter().map(|topic| {
        let name = topic.name.as_ref().map(ToString::to_string);
        (topic.error_code.0, name, topic.topic_id)
    });
    let topics = topics.collect();
    (response.brokers.len(), response.error_code.0, topics)
}

const NO_ID: Uuid = Uuid::ZERO;
const ID: Uuid = Uuid([1; 16]);

#[test]
fn topics_cannot_be_described_by_id_before_version_12() {
    let mut node = node();
    let invalid = ErrorCode::INVALID_REQUEST.0;
    let text = |name: &str| Some(name.to_owned());
    for (version, asked, told) in [
        (10, [(Some("a"), ID)], [(invalid, text("a"), ID)]),
        (11, [(None, ID)], [(invalid, text(""), ID)]),
        (11, [(None, NO_ID)], [(invalid, text(""), NO_ID)]),
    ] {
        let answer = metadata(&mut node, version, &asked);
        assert_eq!(answer, (0, 0, told.to_vec()), "v{version} {asked:?}");
    }
    let asked = [(None, NO_ID), (Some("a"), NO_ID)];
    let told = vec![(invalid, text(""), NO_ID), (invalid, text("a"), NO_ID)];
    assert_eq!(metadata(&mut node, 10, &asked), (0, 0, told));
}

#[test]
fn names_do_not_count_beside_ids_and_no_name_is_none() {
    let mut node = node();
    let unknown = vec![(ErrorCode::UNKNOWN_TOPIC_ID.0, None, ID)];
    for asked in [
        &[(Some("a"), ID)][..],
        &[(None, ID), (Some("a"), NO_ID)],
        &[(None, NO_ID), (None, ID)],
        &[(Some("a"), ID), (Some("b"), ID)],
    ] {
        let answer = metadata(&mut node, 12, asked);
        assert_eq!(answer, (1, 0, unknown.clone()), "{asked:?}");
    }
    let failed = ErrorCode::UNKNOWN_SERVER_ERROR.0;
    let nameless = (failed, Some(String::new()), NO_ID);
    let named = (failed, Some("a".to_owned()), NO_ID);
    let asked = [(None, NO_ID), (Some("a"), NO_ID)];
    let told = vec![nameless.clone(), named];
    assert_eq!(metadata(&mut node, 12, &asked), (0, 0, told));
    let answer = metadata(&mut node, 13, &[(None, NO_ID)]);
    assert_eq!(answer, (0, failed, vec![nameless]));
}

#[test]
fn a_topic_without_a_name_fails_a_first_page() {
    let mut node = node();
    let describe = |node: &mut TestNode, names: &[&'static str], cursor: Option<&'static str>| {
        let topic = |name: &&'static str| TopicRequest {
            name: (*name).into(),
            ..TopicRequest::default()
        };
        let request = DescribeTopicPartitionsRequest {
            topics: names.iter().map(topic).collect(),
            response_partition_limit: 100,
            cursor: cursor.map(|topic| Cursor {
                topic_name: topic.into(),
                ..Cursor::default()
            }),
            ..DescribeTopicPartitionsRequest::default()
        };
        let response = node.ask(0, &request);
        let response = response.read(DescribeTopicPartitionsResponse::decode);
        let topics = response.topics.iter().map(|topic| {
            let name = topic.name.as_deref().unwrap_or("-").to_owned();
            (topic.error_code, name)
        });
        topics.collect::<Vec<_>>()
    };
    let told = |topics: &[(ErrorCode, &str)]| {
        let owned = |(code, name): &(ErrorCode, &str)| (*code, (*name).to_owned());
        topics.iter().map(owned).collect::<Vec<_>>()
    };
    let (ok, failed) = (ErrorCode::NONE, ErrorCode::UNKNOWN_SERVER_ERROR);
    assert_eq!(
        describe(&mut node, &["", "a", "a"], None),
        told(&[(failed, ""), (failed, "a"), (failed, "a")])
    );
    assert_eq!(
        describe(&mut node, &["", "a"], Some("a")),
        told(&[(ok, "a")])
    );
    let invalid = ErrorCode::INVALID_TOPIC_EXCEPTION;
    assert_eq!(
        describe(&mut node, &["", "a"], Some("")),
        told(&[(invalid, ""), (ok, "a")])
    );
}

#[test]
fn records_are_deleted_once_for_each_partition() {
    let mut node = node();
    let delete = |node: &mut TestNode, topics: &[(&'static str, &[(i32, i64)])]| {
        let partition = |(index, offset): &(i32, i64)| DeleteRecordsPartition {
            partition_index: *index,
            offset: *offset,
            ..DeleteRecordsPartition::default()
        };
        let topic = |(name, partitions): &(&'static str, &[(i32, i64)])| DeleteRecordsTopic {
            name: (*name).into(),
            partitions: partitions.iter().map(partition).collect(),
            ..DeleteRecordsTopic::default()
        };
        let request = DeleteRecordsRequest {
            topics: topics.iter().map(topic).collect(),
            timeout_ms: 1000,
            ..DeleteRecordsRequest::default()
        };
        let response = node.ask(2, &request);
        let response = response.read(DeleteRecordsResponse::decode);
        let told = response.topics.iter().map(|topic| {
            let partitions = topic.partitions.iter();
            let partitions = partitions.map(|told| (told.partition_index, told.error_code));
            (topic.name.to_string(), partitions.collect::<Vec<_>>())
        });
        told.collect::<Vec<_>>()
    };
    let (ok, beyond) = (ErrorCode::NONE, ErrorCode::OFFSET_OUT_OF_RANGE);
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    let a = |told: &[(i32, ErrorCode)]| ("a".to_owned(), told.to_vec());
    assert_eq!(
        delete(&mut node, &[("a", &[(0, 0), (0, 5)])]),
        [a(&[(0, beyond)])]
    );
    assert_eq!(
        delete(
            &mut node,
            &[("a", &[(0, 5), (0, 0)]), ("a", &[(1, 0), (0, 0)])]
        ),
        [a(&[(0, ok), (1, ok)])]
    );
    assert_eq!(
        delete(
            &mut node,
            &[("b", &[]), ("nope", &[(1, 0)]), ("a", &[(1, 0)])]
        ),
        [a(&[(1, ok)]), ("nope".to_owned(), vec![(1, unknown)])]
    );
    assert_eq!(delete(&mut node, &[("b", &[]), ("nope", &[])]), []);
}

/// Covers: KIP-227.
#[test]
fn a_fetch_of_nothing_opens_a_session() {
    let mut node = node();
    let fetch = |node: &mut TestNode, session_id, session_epoch| {
        let request = FetchRequest {
            max_wait_ms: 100,
            min_bytes: 1,
            max_bytes: 1000,
            session_id,
            session_epoch,
            ..FetchRequest::default()
        };
        let response = node.ask(17, &request);
        let response = response.read(FetchResponse::decode);
        assert_eq!(response.responses.len(), 0);
        (response.error_code, response.session_id)
    };
    let (code, first) = fetch(&mut node, 0, 0);
    assert_eq!(code, ErrorCode::NONE);
    assert_ne!(first, 0);
    let (code, second) = fetch(&mut node, first, 0);
    assert_eq!(code, ErrorCode::NONE);
    assert!(second != 0 && second != first);
    assert_eq!(fetch(&mut node, 0, -1), (ErrorCode::NONE, 0));
    let gone = ErrorCode::FETCH_SESSION_ID_NOT_FOUND;
    assert_eq!(fetch(&mut node, first, 1), (gone, 0));
}
