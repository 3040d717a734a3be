//! What clients do most, in a line each.

use std::{borrow::Cow, collections::BTreeMap};

use ottla_protocol::{
    Records,
    messages::{
        CreateTopicsRequest, CreateTopicsResponse, DeleteTopicsRequest, DeleteTopicsResponse,
        FetchRequest, FetchResponse, FindCoordinatorRequest, IncrementalAlterConfigsRequest,
        IncrementalAlterConfigsResponse, InitProducerIdRequest, InitProducerIdResponse,
        OffsetCommitRequest, OffsetCommitResponse, OffsetFetchRequest, OffsetFetchResponse,
        ProduceRequest, ProduceResponse,
        create_topics_request::{CreatableTopic, CreatableTopicConfig},
        create_topics_response::CreatableTopicResult,
        delete_topics_request::DeleteTopicState,
        fetch_request::{FetchPartition, FetchTopic},
        fetch_response::PartitionData,
        incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig},
        offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic},
        offset_fetch_request::{OffsetFetchRequestGroup, OffsetFetchRequestTopics},
        offset_fetch_response::OffsetFetchResponsePartitions,
        produce_request::{PartitionProduceData, TopicProduceData},
        produce_response::PartitionProduceResponse,
    },
};
use ottla_records::{BatchBuilder, Decompressor, RecordDraft, batches};
use ottla_types::{ErrorCode, ProducerEpoch, ProducerId, WallMs};

use crate::test_node::TestNode;

/// Where an idempotent producer stands with one partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// Its id.
    pub id: i64,
    /// Its epoch.
    pub epoch: i16,
    /// Sequence number of its next record.
    pub next: i32,
}

/// A batch of records without keys; idempotent with a sequence.
///
/// # Panics
/// When it is too large: the test has failed.
#[must_use]
pub fn batch(time: WallMs, values: &[&str], sequence: Option<Sequence>) -> Vec<u8> {
    let mut builder = BatchBuilder::new();
    if let Some(Sequence { id, epoch, next }) = sequence {
        builder = builder.producer(ProducerId(id), ProducerEpoch(epoch), next);
    }
    for value in values {
        builder.append(&RecordDraft {
            timestamp: time.0,
            key: None,
            value: Some(value.as_bytes()),
            headers: &[],
        });
    }
    builder.build().expect("a batch")
}

/// A Produce request of one batch for each partition of a topic that is named.
#[must_use]
pub fn produce_request<'a>(
    acks: i16,
    topic: &'a str,
    batches: &'a [(i32, Vec<u8>)],
) -> ProduceRequest<'a> {
    let data = |(index, bytes): &'a (i32, Vec<u8>)| PartitionProduceData {
        index: *index,
        records: Some(Records::View(bytes)),
        ..PartitionProduceData::default()
    };
    ProduceRequest {
        acks,
        timeout_ms: 30_000,
        topic_data: vec![TopicProduceData {
            name: Cow::Borrowed(topic),
            partition_data: batches.iter().map(data).collect(),
            ..TopicProduceData::default()
        }],
        ..ProduceRequest::default()
    }
}

/// A Fetch request, without a session, of one partition of a topic that is named.
#[must_use]
pub fn fetch_request(topic: &str, partition: i32, offset: i64) -> FetchRequest<'_> {
    FetchRequest {
        max_wait_ms: 0,
        min_bytes: 1,
        max_bytes: 1 << 20,
        session_epoch: -1,
        topics: vec![FetchTopic {
            topic: Cow::Borrowed(topic),
            partitions: vec![FetchPartition {
                partition,
                fetch_offset: offset,
                partition_max_bytes: 1 << 20,
                ..FetchPartition::default()
            }],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    }
}

/// The offsets and values of the records of a fetched partition.
///
/// # Panics
/// When the records cannot be read: the test has failed.
#[must_use]
pub fn records_of(data: &PartitionData<'_>) -> Vec<(i64, String)> {
    let bytes = data
        .records
        .as_ref()
        .map(|records| records.to_vec().expect("a decoded record set"))
        .unwrap_or_default();
    let mut decompressor = Decompressor::new();
    let mut records = Vec::new();
    for batch in batches(&bytes) {
        let batch = batch.expect("a whole batch");
        batch.check_crc().expect("a good checksum");
        for record in batch.records(&mut decompressor).expect("records") {
            let record = record.expect("a record");
            let value = record.value.unwrap_or_default();
            records.push((record.offset.0, String::from_utf8_lossy(value).into_owned()));
        }
    }
    records
}

impl TestNode {
    /// Sets a key of a resource: of a kind, such as 4 for brokers, and with a name.
    ///
    /// # Panics
    /// When it is not answered at once: the test has failed.
    pub fn configure(&mut self, (kind, name): (i8, &str), key: &str, value: &str) -> ErrorCode {
        let request = IncrementalAlterConfigsRequest {
            resources: vec![AlterConfigsResource {
                resource_type: kind,
                resource_name: Cow::Borrowed(name),
                configs: vec![AlterableConfig {
                    name: Cow::Borrowed(key),
                    value: Some(Cow::Borrowed(value)),
                    ..AlterableConfig::default()
                }],
                ..AlterConfigsResource::default()
            }],
            ..IncrementalAlterConfigsRequest::default()
        };
        let response = self.ask(1, &request);
        let response = response.read(IncrementalAlterConfigsResponse::decode);
        response.responses.first().expect("an outcome").error_code
    }

    /// Creates a topic.
    ///
    /// # Panics
    /// When it is not answered at once: the test has failed.
    pub fn create_topic(
        &mut self,
        name: &str,
        partitions: i32,
        configs: &[(&str, &str)],
    ) -> CreatableTopicResult<'static> {
        let config = |(name, value): &(&str, &str)| CreatableTopicConfig {
            name: Cow::Owned((*name).to_owned()),
            value: Some(Cow::Owned((*value).to_owned())),
            ..CreatableTopicConfig::default()
        };
        let request = CreateTopicsRequest {
            topics: vec![CreatableTopic {
                name: Cow::Borrowed(name),
                num_partitions: partitions,
                replication_factor: 1,
                configs: configs.iter().map(config).collect(),
                ..CreatableTopic::default()
            }],
            timeout_ms: 10_000,
            ..CreateTopicsRequest::default()
        };
        let response = self.ask(7, &request);
        let mut topics = response.read(CreateTopicsResponse::decode).topics;
        topics.pop().expect("a topic").into_owned()
    }

    /// Deletes a topic.
    ///
    /// # Panics
    /// When it is not answered at once: the test has failed.
    pub fn delete_topic(&mut self, name: &str) -> ErrorCode {
        let request = DeleteTopicsRequest {
            topics: vec![DeleteTopicState {
                name: Some(Cow::Borrowed(name)),
                ..DeleteTopicState::default()
            }],
            timeout_ms: 10_000,
            ..DeleteTopicsRequest::default()
        };
        let response = self.ask(6, &request);
        let response = response.read(DeleteTopicsResponse::decode);
        response.responses.first().expect("a topic").error_code
    }

    /// A fresh id for an idempotent producer.
    ///
    /// # Panics
    /// When it is refused, or not answered at once: the test has failed.
    pub fn init_producer(&mut self) -> Sequence {
        let request = InitProducerIdRequest {
            transactional_id: None,
            producer_id: -1,
            producer_epoch: -1,
            ..InitProducerIdRequest::default()
        };
        let response = self.ask(5, &request);
        let response = response.read(InitProducerIdResponse::decode);
        assert!(response.error_code.is_none(), "{response:?}");
        Sequence {
            id: response.producer_id,
            epoch: response.producer_epoch,
            next: 0,
        }
    }

    /// Appends a batch with acks=all.
    ///
    /// # Panics
    /// When it is not answered at once: the test has failed.
    pub fn produce(
        &mut self,
        topic: &str,
        partition: i32,
        batch: Vec<u8>,
    ) -> PartitionProduceResponse<'static> {
        let batches = [(partition, batch)];
        let response = self.ask(12, &produce_request(-1, topic, &batches));
        let mut response = response.read(ProduceResponse::decode);
        let mut topic = response.responses.pop().expect("a topic");
        let partition = topic.partition_responses.pop().expect("a partition");
        partition.into_owned()
    }

    /// Reads from one partition without waiting.
    ///
    /// # Panics
    /// When it is not answered at once: the test has failed.
    pub fn fetch(&mut self, topic: &str, partition: i32, offset: i64) -> PartitionData<'static> {
        let response = self.ask(12, &fetch_request(topic, partition, offset));
        let mut response = response.read(FetchResponse::decode);
        let mut topic = response.responses.pop().expect("a topic");
        topic.partitions.pop().expect("a partition").into_owned()
    }

    /// All committed records of a partition, and its log start.
    ///
    /// # Panics
    /// When it cannot be read: the test has failed.
    pub fn read_all(&mut self, topic: &str, partition: i32) -> (i64, BTreeMap<i64, String>) {
        let at = self.fetch(topic, partition, i64::MAX);
        assert_eq!(at.error_code, ErrorCode::OFFSET_OUT_OF_RANGE);
        let mut records = BTreeMap::new();
        let mut next = self.log_start(topic, partition);
        loop {
            let data = self.fetch(topic, partition, next);
            assert!(data.error_code.is_none(), "{topic}-{partition}: {data:?}");
            let found = records_of(&data);
            let Some((last, _)) = found.last() else {
                assert_eq!(next, data.high_watermark, "{topic}-{partition} has a gap");
                return (data.log_start_offset, records);
            };
            let wanted = next;
            next = last + 1;
            records.extend(found.into_iter().filter(|(offset, _)| *offset >= wanted));
        }
    }

    /// Commits an offset of a group without members.
    ///
    /// # Panics
    /// When it is not answered at once: the test has failed.
    pub fn commit(&mut self, group: &str, topic: &str, partition: i32, offset: i64) -> ErrorCode {
        let request = OffsetCommitRequest {
            group_id: Cow::Borrowed(group),
            generation_id_or_member_epoch: -1,
            topics: vec![OffsetCommitRequestTopic {
                name: Cow::Borrowed(topic),
                partitions: vec![OffsetCommitRequestPartition {
                    partition_index: partition,
                    committed_offset: offset,
                    committed_metadata: Some(Cow::Borrowed("note")),
                    ..OffsetCommitRequestPartition::default()
                }],
                ..OffsetCommitRequestTopic::default()
            }],
            ..OffsetCommitRequest::default()
        };
        let response = self.ask(9, &request);
        let response = response.read(OffsetCommitResponse::decode);
        let topic = response.topics.first().expect("a topic");
        topic.partitions.first().expect("a partition").error_code
    }

    /// The committed offset of a group.
    ///
    /// # Panics
    /// When it is not answered at once: the test has failed.
    pub fn committed(
        &mut self,
        group: &str,
        topic: &str,
        partition: i32,
    ) -> Result<OffsetFetchResponsePartitions<'static>, ErrorCode> {
        let request = OffsetFetchRequest {
            groups: vec![OffsetFetchRequestGroup {
                group_id: Cow::Borrowed(group),
                member_epoch: -1,
                topics: Some(vec![OffsetFetchRequestTopics {
                    name: Cow::Borrowed(topic),
                    partition_indexes: vec![partition],
                    ..OffsetFetchRequestTopics::default()
                }]),
                ..OffsetFetchRequestGroup::default()
            }],
            ..OffsetFetchRequest::default()
        };
        let response = self.ask(9, &request);
        let mut response = response.read(OffsetFetchResponse::decode);
        let mut group = response.groups.pop().expect("a group");
        if !group.error_code.is_none() {
            return Err(group.error_code);
        }
        let mut topic = group.topics.pop().expect("a topic");
        Ok(topic.partitions.pop().expect("a partition").into_owned())
    }

    /// Asks for the coordinator of a group, which makes the offsets topic.
    pub fn find_coordinator(&mut self, group: &str) {
        let request = FindCoordinatorRequest {
            coordinator_keys: vec![Cow::Borrowed(group)],
            ..FindCoordinatorRequest::default()
        };
        self.put(6, &request);
    }

    fn log_start(&mut self, topic: &str, partition: i32) -> i64 {
        let partitions = self.node().all_partitions();
        let found = partitions
            .iter()
            .find(|hosted| hosted.topic() == topic && hosted.index().0 == partition);
        found
            .expect("a hosted partition")
            .log()
            .log_start_offset()
            .0
    }
}
