//! A life of a node with a power cut at every step of its file system: what it had acknowledged is
//! there when it starts again.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use ottla_config::BrokerConfig;
use ottla_protocol::messages::{
    AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse, CreatePartitionsRequest,
    CreatePartitionsResponse, DeleteRecordsRequest, DeleteRecordsResponse, DescribeConfigsRequest,
    DescribeConfigsResponse, IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse,
    ProduceResponse,
    alter_replica_log_dirs_request::{AlterReplicaLogDir, AlterReplicaLogDirTopic},
    create_partitions_request::CreatePartitionsTopic,
    delete_records_request::{DeleteRecordsPartition, DeleteRecordsTopic},
    describe_configs_request::DescribeConfigsResource,
    incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig},
};
use ottla_storage::fs::{Crash, FileSystem, MemoryFileSystem};
use ottla_testkit::{CutPoint, PowerCuts, Sequence, TestNode, batch, config, produce_request};
use ottla_types::{ErrorCode, Now, TopicId};

/// What clients were promised, and what they asked for and were not yet answered.
#[derive(Debug, Default)]
struct Promises {
    topics: BTreeMap<String, Topic>,
    deleted: BTreeSet<TopicId>,
    offsets: BTreeMap<(String, String, i32), Vec<i64>>,
    /// Topics that are being created, changed or deleted.
    unsure: BTreeSet<String>,
    now: Now,
    checks: u64,
    two_disks: bool,
}

#[derive(Debug, Default)]
struct Topic {
    id: TopicId,
    retention_ms: Vec<String>,
    partitions: Vec<Partition>,
}

#[derive(Clone, Debug, Default)]
struct Partition {
    acknowledged: BTreeMap<i64, String>,
    /// Values that were sent; each is acknowledged, or may be there or not.
    sent: BTreeSet<String>,
    /// Records before this may be gone.
    start: i64,
    /// The last batch of an idempotent producer, and the offset it was given.
    last: Option<(Sequence, Vec<String>, i64)>,
}

impl Partition {
    fn acknowledge(&mut self, base_offset: i64, values: &[&str]) {
        for (offset, value) in (base_offset..).zip(values) {
            self.acknowledged.insert(offset, (*value).to_owned());
        }
    }
}

type Shared = Arc<Mutex<Promises>>;

fn lock(promises: &Shared) -> MutexGuard<'_, Promises> {
    promises.lock().unwrap_or_else(PoisonError::into_inner)
}

fn node_config(promises: &Promises) -> BrokerConfig {
    let dirs = if promises.two_disks {
        "/one,/two"
    } else {
        "/data"
    };
    config(&[
        ("log.dirs", dirs),
        ("metadata.log.max.record.bytes.between.snapshots", "3000"),
        ("internal.metadata.log.segment.bytes", "1500"),
        ("metadata.max.retention.bytes", "4000"),
    ])
}

/// A client that notes what it was promised.
struct Client {
    cuts: Arc<PowerCuts>,
    promises: Shared,
    node: TestNode,
}

impl Client {
    /// Starts a node on `disk`, with every power cut checked from here on.
    fn start(disk: MemoryFileSystem, promises: &Shared, mixtures: u64) -> Self {
        let checked = Arc::clone(promises);
        let cuts = PowerCuts::new(disk, mixtures, move |left, point| {
            check(left, point, &checked);
        });
        let (config, now) = {
            let promises = lock(promises);
            (node_config(&promises), promises.now)
        };
        let node = TestNode::start_at(cuts.file_system(), config, now).expect("a start");
        Self {
            cuts,
            promises: Arc::clone(promises),
            node,
        }
    }

    fn promised<T>(&mut self, note: impl FnOnce(&mut Promises) -> T) -> T {
        let mut promises = lock(&self.promises);
        promises.now = self.node.now();
        let result = note(&mut promises);
        drop(promises);
        self.cuts.promised();
        result
    }

    fn create(&mut self, name: &str, partitions: usize, retention_ms: &str) {
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

    fn delete(&mut self, name: &str) {
        self.promised(|promises| promises.unsure.insert(name.to_owned()));
        assert!(self.node.delete_topic(name).is_none());
        self.promised(|promises| {
            promises.unsure.remove(name);
            promises.offsets.retain(|(_, topic, _), _| topic != name);
            let topic = promises.topics.remove(name).expect("a topic");
            promises.deleted.insert(topic.id);
        });
    }

    fn more_partitions(&mut self, name: &str, count: usize) {
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

    fn partition<'p>(
        promises: &'p mut Promises,
        name: &str,
        index: i32,
    ) -> Option<&'p mut Partition> {
        let index = usize::try_from(index).ok()?;
        promises.topics.get_mut(name)?.partitions.get_mut(index)
    }

    /// Sends one batch to each of some partitions in one request.
    fn produce(&mut self, name: &str, to: &[(i32, &[&str])]) {
        self.send(name, to, None);
    }

    fn produce_idempotent(
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
                assert!(answer.error_code.is_none(), "{answer:?}");
                let partition = Self::partition(promises, name, *index).expect("a partition");
                partition.acknowledge(answer.base_offset, values);
                if let Some(sequence) = sequence {
                    let values = values.iter().map(|value| (*value).to_owned()).collect();
                    partition.last = Some((sequence, values, answer.base_offset));
                }
            }
        });
    }

    fn delete_records(&mut self, name: &str, index: i32, before: i64) {
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

    fn commit(&mut self, group: &str, topic: &str, partition: i32, offset: i64) {
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

    fn set_retention(&mut self, name: &str, retention_ms: &str) {
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
    fn expire(&mut self, name: &str) {
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

    fn stop(self) {
        self.node.stop().expect("a stop");
        assert!(self.cuts.steps() > 50 && lock(&self.promises).checks > 50);
    }

    /// Has a partition moved, if it is not there.
    fn alter_log_dir(&mut self, topic: &str, index: i32, path: &str) {
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
        assert!(response.results[0].partitions[0].error_code.is_none());
    }

    fn move_replicas(&mut self) {
        self.node.move_replicas();
        self.node
            .node()
            .remove_doomed(self.node.now(), &mut Vec::new())
            .expect("a removal");
    }

    fn checkpoint(&mut self) {
        self.node.checkpoint().expect("a checkpoint");
    }
}

/// Starts a node on what a power cut has left, and looks for everything that was promised.
fn check(left: &MemoryFileSystem, point: CutPoint, promises: &Shared) {
    let mut promises = lock(promises);
    promises.checks += 1;
    let promises = &*promises;
    let start = || {
        TestNode::start_at(Arc::new(left.clone()), node_config(promises), promises.now)
            .unwrap_or_else(|error| panic!("{point:?}: {error}"))
    };
    let mut node = start();
    verify(&mut node, point, promises);
    if promises.checks.is_multiple_of(7) {
        // What was recovered stays, whether the node is killed, loses its power or stops.
        drop(node);
        let left = match promises.checks % 3 {
            0 => left.clone(),
            1 => left.crash(Crash::LoseUnsynced),
            _ => {
                start().stop().expect("a stop");
                left.clone()
            }
        };
        let again = TestNode::start_at(Arc::new(left), node_config(promises), promises.now);
        node = again.unwrap_or_else(|error| panic!("{point:?}, again: {error}"));
        verify(&mut node, point, promises);
    }
    // A move that was cut short comes to its end, and takes nothing away.
    node.move_replicas();
    verify(&mut node, point, promises);
    serve(&mut node, point, promises);
}

fn verify(node: &mut TestNode, point: CutPoint, promises: &Promises) {
    let image = node.node().image();
    for id in &promises.deleted {
        assert!(
            image.topics().by_id(*id).is_none(),
            "{point:?}: {id:?} is back"
        );
    }
    for (name, topic) in &promises.topics {
        if promises.unsure.contains(name) && image.topics().by_name(name).is_none() {
            continue;
        }
        let found = image.topics().by_name(name);
        let found = found.unwrap_or_else(|| panic!("{point:?}: {name} is gone"));
        assert_eq!(found.id, topic.id, "{point:?}: {name}");
        assert!(
            found.partitions.len() >= topic.partitions.len(),
            "{point:?}"
        );
        let retention_ms = retention_of(node, name);
        assert!(topic.retention_ms.contains(&retention_ms), "{point:?}");
        for (index, partition) in (0..).zip(&topic.partitions) {
            verify_partition(node, (name, index), point, partition);
        }
    }
    for ((group, topic, index), allowed) in &promises.offsets {
        if promises.unsure.contains(topic) {
            continue;
        }
        if allowed.contains(&-1) && image.topics().by_name("__consumer_offsets").is_none() {
            continue;
        }
        let found = node.committed(group, topic, *index);
        let found = found.unwrap_or_else(|code| panic!("{point:?}: {group}: {code:?}"));
        assert!(
            allowed.contains(&found.committed_offset),
            "{point:?}: {group} {topic}-{index}: {found:?}, not one of {allowed:?}"
        );
    }
}

fn verify_partition(
    node: &mut TestNode,
    (name, index): (&str, i32),
    point: CutPoint,
    partition: &Partition,
) {
    let (start, records) = node.read_all(name, index);
    let context = format!("{point:?}: {name}-{index} from {start}");
    assert!(start <= partition.start, "{context}: {partition:?}");
    for (offset, value) in &partition.acknowledged {
        if *offset >= partition.start {
            assert_eq!(
                records.get(offset),
                Some(value),
                "{context}, offset {offset}"
            );
        }
    }
    for (offset, value) in &records {
        match partition.acknowledged.get(offset) {
            Some(acknowledged) => assert_eq!(value, acknowledged, "{context}, offset {offset}"),
            None => assert!(partition.sent.contains(value), "{context}: {value}"),
        }
    }
}

fn retention_of(node: &mut TestNode, topic: &str) -> String {
    let request = DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: 2,
            resource_name: Cow::Borrowed(topic),
            configuration_keys: Some(vec![Cow::Borrowed("retention.ms")]),
            ..DescribeConfigsResource::default()
        }],
        ..DescribeConfigsRequest::default()
    };
    let response = node.ask(4, &request);
    let response = response.read(DescribeConfigsResponse::decode);
    let configs = &response.results.first().expect("a result").configs;
    let value = configs.first().and_then(|config| config.value.as_ref());
    value.expect("a value").to_string()
}

/// The node takes up its work: producers go on where they were, and new records come after the old.
fn serve(node: &mut TestNode, point: CutPoint, promises: &Promises) {
    let time = node.now().wall;
    for (name, topic) in &promises.topics {
        if promises.unsure.contains(name) {
            continue;
        }
        for (index, partition) in (0..).zip(&topic.partitions) {
            let context = format!("{point:?}: {name}-{index}");
            if let Some((sequence, values, base_offset)) = &partition.last
                && *base_offset >= partition.start
            {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                let again = node.produce(name, index, batch(time, &values, Some(*sequence)));
                assert_eq!(
                    (again.error_code, again.base_offset),
                    (ErrorCode::NONE, *base_offset),
                    "{context}: a repeated batch"
                );
            }
            let (_, before) = node.read_all(name, index);
            let answer = node.produce(name, index, batch(time, &["after"], None));
            assert!(answer.error_code.is_none(), "{context}: {answer:?}");
            let (_, after) = node.read_all(name, index);
            assert_eq!(after.len(), before.len() + 1, "{context}");
            assert_eq!(
                after.last_key_value(),
                Some((&answer.base_offset, &"after".to_owned())),
                "{context}"
            );
        }
    }
    for (group, topic, index) in promises.offsets.keys().take(1) {
        if !promises.unsure.contains(topic)
            && node
                .node()
                .image()
                .topics()
                .by_name("__consumer_offsets")
                .is_some()
        {
            assert!(node.commit(group, topic, *index, 77).is_none(), "{point:?}");
        }
    }
}

fn promises() -> Shared {
    Shared::default()
}

#[test]
fn a_first_start_and_its_first_records() {
    let promises = promises();
    let mut client = Client::start(MemoryFileSystem::new(), &promises, 2);
    client.create("orders", 1, "100000");
    client.produce("orders", &[(0, &["a", "b"])]);
    client.stop();
}

#[test]
fn records_of_several_partitions_and_producers() {
    let promises = promises();
    let mut client = Client::start(MemoryFileSystem::new(), &promises, 1);
    client.create("orders", 2, "100000");
    let mut sequence = client.node.init_producer();
    for round in 0..4 {
        let [a, b, c] = ["a", "b", "c"].map(|name| format!("{name}{round}"));
        client.produce("orders", &[(0, &[&a, &b]), (1, &[&c])]);
        client.produce_idempotent("orders", 1, &[&a, &c], &mut sequence);
        if round == 2 {
            client.checkpoint();
        }
    }
    client.more_partitions("orders", 3);
    client.produce("orders", &[(2, &["new"]), (0, &["last"])]);
    client.stop();
}

#[test]
fn committed_offsets() {
    let promises = promises();
    let mut client = Client::start(MemoryFileSystem::new(), &promises, 1);
    client.create("orders", 1, "100000");
    client.node.find_coordinator("g");
    for offset in 1..5 {
        client.commit("one", "orders", 0, offset);
        client.commit("two", "orders", 0, offset * 10);
        if offset == 2 {
            client.checkpoint();
        }
    }
    client.stop();
}

#[test]
fn deleted_and_expired_records() {
    let promises = promises();
    let mut client = Client::start(MemoryFileSystem::new(), &promises, 1);
    client.create("orders", 1, "100000");
    for value in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        client.produce("orders", &[(0, &[value, value])]);
    }
    client.delete_records("orders", 0, 5);
    client.checkpoint();
    client.produce("orders", &[(0, &["i"])]);
    client.set_retention("orders", "5000");
    client.expire("orders");
    client.checkpoint();
    client.produce("orders", &[(0, &["k", "l"])]);
    client.stop();
}

#[test]
fn a_topic_that_takes_the_name_of_a_deleted_one() {
    let promises = promises();
    let mut client = Client::start(MemoryFileSystem::new(), &promises, 1);
    client.create("orders", 1, "100000");
    client.node.find_coordinator("g");
    for value in ["a", "b", "c", "d"] {
        client.produce("orders", &[(0, &[value, value, value])]);
    }
    client.commit("one", "orders", 0, 9);
    client.delete_records("orders", 0, 11);
    client.checkpoint();
    client.delete("orders");
    client.create("orders", 1, "200000");
    client.produce("orders", &[(0, &["new"])]);
    client.produce("orders", &[(0, &["newer"])]);
    client
        .node
        .node()
        .directories()
        .remove_doomed()
        .expect("removed");
    client.commit("two", "orders", 0, 1);
    client.stop();
}

#[test]
fn later_starts() {
    let promises = promises();
    let disk = MemoryFileSystem::new();
    let mut client = Client::start(disk.clone(), &promises, 0);
    client.create("orders", 2, "100000");
    client.node.find_coordinator("g");
    let mut sequence = client.node.init_producer();
    client.produce("orders", &[(0, &["a", "b"]), (1, &["c"])]);
    client.commit("one", "orders", 0, 1);
    client.stop();

    // After a clean stop.
    let mut client = Client::start(disk.clone(), &promises, 1);
    client.produce_idempotent("orders", 0, &["d"], &mut sequence);
    client.produce("orders", &[(1, &["e"])]);
    client.commit("one", "orders", 0, 2);
    drop(client);

    // After a kill.
    let mut client = Client::start(disk.fork(), &promises, 1);
    client.produce_idempotent("orders", 0, &["f"], &mut sequence);
    client.produce("orders", &[(1, &["g"])]);
    client.stop();
}

#[test]
fn a_metadata_log_that_is_cut_behind_its_snapshots() {
    let promises = promises();
    let disk = MemoryFileSystem::new();
    let mut client = Client::start(disk.clone(), &promises, 1);
    for number in 0..12 {
        client.create(&format!("t{number}"), 1, "100000");
        client.node.advance(Duration::from_secs(61));
        if number % 3 == 2 {
            client.delete(&format!("t{number}"));
        }
    }
    client.stop();
    let files = FileSystem::read_dir(&disk, Path::new("/data/__cluster_metadata-0"));
    let names: Vec<_> = files
        .expect("a directory")
        .into_iter()
        .map(|file| file.name)
        .collect();
    assert!(
        !names.contains(&"00000000000000000000.log".into()),
        "{names:?}"
    );
    assert!(names.len() < 30, "{names:?}");
}

#[test]
fn two_log_directories() {
    let promises = promises();
    lock(&promises).two_disks = true;
    let mut client = Client::start(MemoryFileSystem::new(), &promises, 1);
    client.create("orders", 3, "100000");
    client.produce("orders", &[(0, &["a"]), (1, &["b"]), (2, &["c"])]);
    client.checkpoint();
    client.produce("orders", &[(0, &["d"]), (1, &["e"]), (2, &["f"])]);
    client.delete("orders");
    client.create("orders", 2, "100000");
    client.produce("orders", &[(0, &["g"]), (1, &["h"])]);
    client.stop();
}

#[test]
fn a_partition_that_is_moved_to_another_directory() {
    let promises = promises();
    lock(&promises).two_disks = true;
    let mut client = Client::start(MemoryFileSystem::new(), &promises, 1);
    client.create("orders", 1, "100000");
    client.produce("orders", &[(0, &["a", "b"])]);
    client.produce("orders", &[(0, &["c"])]);
    client.delete_records("orders", 0, 1);
    client.checkpoint();
    client.alter_log_dir("orders", 0, "/two");
    assert!(client.node.step_move().is_some());
    client.produce("orders", &[(0, &["d"])]);
    client.move_replicas();
    client.produce("orders", &[(0, &["e"])]);
    client.alter_log_dir("orders", 0, "/one");
    client.move_replicas();
    client.produce("orders", &[(0, &["f"])]);
    client.checkpoint();
    client.stop();
}

#[test]
fn starts_that_are_cut_short_themselves() {
    let promises = promises();
    let disk = MemoryFileSystem::new();
    let mut client = Client::start(disk.clone(), &promises, 0);
    client.create("orders", 1, "100000");
    client.node.find_coordinator("g");
    let mut sequence = client.node.init_producer();
    for value in ["a", "b", "c", "d"] {
        client.produce_idempotent("orders", 0, &[value, value], &mut sequence);
        client.commit("one", "orders", 0, sequence.next.into());
    }
    // What is not acknowledged and not synced makes recovery cut something off.
    client.promised(|promises| {
        let partition = Client::partition(promises, "orders", 0).expect("a partition");
        partition.sent.insert("unsynced".to_owned());
        partition.last = None;
    });
    let batches = [(0, batch(client.node.now().wall, &["unsynced"], None))];
    client.node.put(12, &produce_request(0, "orders", &batches));
    drop(client);
    for seed in 0..3 {
        let left = disk.crash(Crash::Mixed(seed));
        let mut client = Client::start(left, &promises, 1);
        client.checkpoint();
        drop(client);
    }
}
