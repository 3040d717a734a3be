//! A client that notes what it was promised.

use std::{borrow::Cow, sync::Arc, time::Duration};

use ottla_protocol::messages::{
    AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse, CreatePartitionsRequest,
    CreatePartitionsResponse, DeleteRecordsRequest, DeleteRecordsResponse,
    IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse, ProduceResponse,
    alter_replica_log_dirs_request::{AlterReplicaLogDir, AlterReplicaLogDirTopic},
    create_partitions_request::CreatePartitionsTopic,
    delete_records_request::{DeleteRecordsPartition, DeleteRecordsTopic},
    incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig},
};
use ottla_storage::fs::FileSystem;
use ottla_types::ErrorCode;

use super::{
    Promises,
    node_life::{NodePromise, Partition, Topic, node_config},
};
use crate::{Sequence, StartError, TestNode, batch, produce_request};

/// A client, and the node that it talks to.
pub(super) struct Client<'a> {
    pub(super) fs: Arc<dyn FileSystem>,
    pub(super) node: TestNode,
    promises: &'a Promises<NodePromise>,
    has_two_directories: bool,
}

impl<'a> Client<'a> {
    /// Starts the node.
    pub(super) fn start(
        fs: Arc<dyn FileSystem>,
        promises: &'a Promises<NodePromise>,
        has_two_directories: bool,
    ) -> Self {
        Self::try_start(fs, promises, has_two_directories).expect("a start")
    }

    /// The same, where it may be refused.
    pub(super) fn try_start(
        fs: Arc<dyn FileSystem>,
        promises: &'a Promises<NodePromise>,
        has_two_directories: bool,
    ) -> Result<Self, StartError> {
        let (config, now) = (node_config(has_two_directories), promises.now().now);
        let node = TestNode::start_at(Arc::clone(&fs), config, now)?;
        Ok(Self {
            fs,
            node,
            promises,
            has_two_directories,
        })
    }

    /// Stops the node in good order.
    pub(super) fn stop(self) {
        self.node.stop().expect("a stop");
    }

    /// The same, and starts it again.
    pub(super) fn restart(self) -> Self {
        let (fs, promises) = (Arc::clone(&self.fs), self.promises);
        let has_two_directories = self.has_two_directories;
        self.stop();
        Self::start(fs, promises, has_two_directories)
    }

    /// Kills the node, and starts it again.
    pub(super) fn kill(self) -> Self {
        let (fs, promises) = (Arc::clone(&self.fs), self.promises);
        let has_two_directories = self.has_two_directories;
        drop(self);
        Self::start(fs, promises, has_two_directories)
    }

    pub(super) fn promised<T>(&mut self, note: impl FnOnce(&mut NodePromise) -> T) -> T {
        let now = self.node.now();
        self.promises.change(|promise| {
            promise.now = now;
            note(promise)
        })
    }

    pub(super) fn create(&mut self, name: &str, partitions: usize, retention_ms: &str) {
        self.promised(|promises| promises.unsure.insert(name.to_owned()));
        let configs = [
            ("internal.segment.bytes", "400"),
            ("retention.ms", retention_ms),
        ];
        let count = i32::try_from(partitions).expect("few partitions");
        let created = self.node.create_topic(name, count, &configs);
        assert!(created.error_code.is_none(), "{created:?}");
        self.promised(|promises| {
            promises.unsure.remove(name);
            let topic = Topic {
                id: created.topic_id,
                retention_ms: vec![retention_ms.to_owned()],
                partitions: vec![Partition::default(); partitions],
            };
            promises.topics.insert(name.to_owned(), topic);
        });
    }

    pub(super) fn delete(&mut self, name: &str) {
        self.promised(|promises| promises.unsure.insert(name.to_owned()));
        assert!(self.node.delete_topic(name).is_none());
        self.promised(|promises| {
            promises.unsure.remove(name);
            promises.offsets.retain(|(_, topic, _), _| topic != name);
            let topic = promises.topics.remove(name).expect("a topic");
            promises.deleted.insert(topic.id);
        });
    }

    pub(super) fn more_partitions(&mut self, name: &str, count: usize) {
        self.promised(|promises| promises.unsure.insert(name.to_owned()));
        let request = CreatePartitionsRequest {
            topics: vec![CreatePartitionsTopic {
                name: Cow::Borrowed(name),
                count: i32::try_from(count).expect("few partitions"),
                assignments: None,
                ..CreatePartitionsTopic::default()
            }],
            timeout_ms: 1000,
            ..CreatePartitionsRequest::default()
        };
        let response = self.node.ask(3, &request);
        let response = response.read(CreatePartitionsResponse::decode);
        let result = response.results.first().expect("a result");
        assert!(result.error_code.is_none(), "{result:?}");
        self.promised(|promises| {
            promises.unsure.remove(name);
            let topic = promises.topics.get_mut(name).expect("a topic");
            topic.partitions.resize(count, Partition::default());
        });
    }

    pub(super) fn partition<'p>(
        promises: &'p mut NodePromise,
        name: &str,
        index: i32,
    ) -> Option<&'p mut Partition> {
        let index = usize::try_from(index).ok()?;
        promises.topics.get_mut(name)?.partitions.get_mut(index)
    }

    /// Sends one batch to each of some partitions in one request.
    pub(super) fn produce(&mut self, name: &str, to: &[(i32, &[&str])]) {
        self.send(name, to, None);
    }

    pub(super) fn produce_idempotent(
        &mut self,
        name: &str,
        index: i32,
        values: &[&str],
        sequence: &mut Sequence,
    ) {
        self.send(name, &[(index, values)], Some(*sequence));
        sequence.next += i32::try_from(values.len()).expect("few values");
    }

    fn send(&mut self, name: &str, to: &[(i32, &[&str])], sequence: Option<Sequence>) {
        for code in self.try_send(name, to, sequence) {
            assert!(code.is_none(), "{code:?}");
        }
    }

    /// The same, where it may be refused. Gives the answers.
    pub(super) fn try_send(
        &mut self,
        name: &str,
        to: &[(i32, &[&str])],
        sequence: Option<Sequence>,
    ) -> Vec<ErrorCode> {
        self.promised(|promises| {
            for (index, values) in to {
                let partition = Self::partition(promises, name, *index).expect("a partition");
                let sent = values.iter().map(|value| (*value).to_owned());
                partition.sent.extend(sent);
                // Whoever sends the next batch does not repeat the one before.
                partition.last = None;
            }
        });
        let time = self.node.now().wall;
        let batches: Vec<_> = to
            .iter()
            .map(|(index, values)| (*index, batch(time, values, sequence)))
            .collect();
        let response = self.node.ask(12, &produce_request(-1, name, &batches));
        let response = response.read(ProduceResponse::decode);
        let answers = &response
            .responses
            .first()
            .expect("a topic")
            .partition_responses;
        self.promised(|promises| {
            for (answer, (index, values)) in answers.iter().zip(to) {
                if !answer.error_code.is_none() {
                    continue;
                }
                let partition = Self::partition(promises, name, *index).expect("a partition");
                partition.acknowledge(answer.base_offset, values);
                if let Some(sequence) = sequence {
                    let values = values.iter().map(|value| (*value).to_owned()).collect();
                    partition.last = Some((sequence, values, answer.base_offset));
                }
            }
        });
        answers.iter().map(|answer| answer.error_code).collect()
    }

    pub(super) fn delete_records(&mut self, name: &str, index: i32, before: i64) {
        self.promised(|promises| {
            let partition = Self::partition(promises, name, index).expect("a partition");
            partition.start = before;
        });
        let request = DeleteRecordsRequest {
            topics: vec![DeleteRecordsTopic {
                name: Cow::Borrowed(name),
                partitions: vec![DeleteRecordsPartition {
                    partition_index: index,
                    offset: before,
                    ..DeleteRecordsPartition::default()
                }],
                ..DeleteRecordsTopic::default()
            }],
            timeout_ms: 1000,
            ..DeleteRecordsRequest::default()
        };
        let response = self.node.ask(2, &request);
        let response = response.read(DeleteRecordsResponse::decode);
        let answer = response
            .topics
            .first()
            .and_then(|topic| topic.partitions.first())
            .expect("a partition");
        assert_eq!(
            (answer.error_code, answer.low_watermark),
            (ErrorCode::NONE, before)
        );
    }

    pub(super) fn commit(&mut self, group: &str, topic: &str, partition: i32, offset: i64) {
        let key = (group.to_owned(), topic.to_owned(), partition);
        self.promised(|promises| {
            let or_before = promises
                .offsets
                .entry(key.clone())
                .or_insert_with(|| vec![-1]);
            or_before.push(offset);
        });
        let code = self.node.commit(group, topic, partition, offset);
        assert!(code.is_none(), "{code:?}");
        self.promised(|promises| promises.offsets.insert(key, vec![offset]));
    }

    pub(super) fn set_retention(&mut self, name: &str, retention_ms: &str) {
        self.promised(|promises| {
            let topic = promises.topics.get_mut(name).expect("a topic");
            topic.retention_ms.push(retention_ms.to_owned());
        });
        let request = IncrementalAlterConfigsRequest {
            resources: vec![AlterConfigsResource {
                resource_type: 2,
                resource_name: Cow::Borrowed(name),
                configs: vec![AlterableConfig {
                    name: Cow::Borrowed("retention.ms"),
                    value: Some(Cow::Borrowed(retention_ms)),
                    ..AlterableConfig::default()
                }],
                ..AlterConfigsResource::default()
            }],
            ..IncrementalAlterConfigsRequest::default()
        };
        let response = self.node.ask(1, &request);
        let response = response.read(IncrementalAlterConfigsResponse::decode);
        let result = response.responses.first().expect("a result");
        assert!(result.error_code.is_none(), "{result:?}");
        self.promised(|promises| {
            let topic = promises.topics.get_mut(name).expect("a topic");
            topic.retention_ms.remove(0);
        });
    }

    /// Lets everything that a topic holds now come of age, and applies retention.
    pub(super) fn expire(&mut self, name: &str) {
        self.promised(|promises| {
            let topic = promises.topics.get_mut(name).expect("a topic");
            for partition in &mut topic.partitions {
                let last = partition.acknowledged.keys().next_back();
                partition.start = last.map_or(0, |last| last + 1);
            }
        });
        self.node.advance_wall(Duration::from_secs(3600));
        let node = Arc::clone(self.node.node());
        node.apply_retention(self.node.now(), &mut Vec::new())
            .expect("retention");
        self.node.advance(Duration::from_secs(61));
        node.apply_retention(self.node.now(), &mut Vec::new())
            .expect("deletion");
    }

    /// Has a partition moved, if it is not there.
    pub(super) fn alter_log_dir(&mut self, topic: &str, index: i32, path: &str) {
        let code = self.try_alter_log_dir(topic, index, path);
        assert!(code.is_none(), "{code:?}");
    }

    /// The same, where it may be refused.
    pub(super) fn try_alter_log_dir(&mut self, topic: &str, index: i32, path: &str) -> ErrorCode {
        let request = AlterReplicaLogDirsRequest {
            dirs: vec![AlterReplicaLogDir {
                path: Cow::Borrowed(path),
                topics: vec![AlterReplicaLogDirTopic {
                    name: Cow::Borrowed(topic),
                    partitions: vec![index],
                    ..AlterReplicaLogDirTopic::default()
                }],
                ..AlterReplicaLogDir::default()
            }],
            ..AlterReplicaLogDirsRequest::default()
        };
        let response = self.node.ask(2, &request);
        let response = response.read(AlterReplicaLogDirsResponse::decode);
        response.results[0].partitions[0].error_code
    }

    pub(super) fn move_replicas(&mut self) {
        self.node.move_replicas();
        self.node
            .node()
            .remove_doomed(self.node.now(), &mut Vec::new())
            .expect("a removal");
    }

    pub(super) fn checkpoint(&mut self) {
        self.node.checkpoint().expect("a checkpoint");
    }
}
