//! The language of the transcripts.
//!
//! `NAME VERB key=value ...` is a request; `NAME` stands before its answer. Member ids are shown
//! as the client's or instance's name and a number. Versions default to the latest.

mod render;

use std::collections::BTreeMap;

use ottla_groups::{Call, Coordinator, GroupConfig, GroupRequest, KeyValue, Output, WriteId};
use ottla_protocol::messages::{
    DeleteGroupsRequest, DescribeGroupsRequest, HeartbeatRequest, JoinGroupRequest,
    LeaveGroupRequest, ListGroupsRequest, OffsetCommitRequest, OffsetDeleteRequest,
    SyncGroupRequest, TxnOffsetCommitRequest,
    join_group_request::JoinGroupRequestProtocol,
    leave_group_request::MemberIdentity,
    offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic},
    offset_delete_request::{OffsetDeleteRequestPartition, OffsetDeleteRequestTopic},
    offset_fetch_request::{OffsetFetchRequestGroup, OffsetFetchRequestTopics},
    sync_group_request::SyncGroupRequestAssignment,
    txn_offset_commit_request::{TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic},
};
use ottla_types::{
    ErrorCode, Mono, Now, Offset, ProducerId, RequestToken, TopicPartition, Uuid, WallMs,
};

pub(crate) struct Script {
    coordinator: Coordinator,
    config: GroupConfig,
    elapsed_ms: u64,
    tokens: Vec<String>,
    names: Names,
    appended: BTreeMap<WriteId, Vec<KeyValue>>,
    log: Vec<KeyValue>,
}

/// Short names of member ids.
#[derive(Default)]
pub(crate) struct Names {
    by_id: BTreeMap<String, String>,
}

impl Names {
    fn short(&mut self, id: &str) -> String {
        let Some(prefix) = id.len().checked_sub(37).map(|at| &id[..at]) else {
            return id.to_owned();
        };
        if let Some(name) = self.by_id.get(id) {
            return name.clone();
        }
        let count = self
            .by_id
            .keys()
            .filter(|known| known.starts_with(prefix))
            .count();
        let name = format!("{prefix}#{}", count + 1);
        self.by_id.insert(id.to_owned(), name.clone());
        name
    }

    fn long(&self, name: &str) -> String {
        let found = self.by_id.iter().find(|(_, short)| *short == name);
        found.map_or_else(|| name.to_owned(), |(id, _)| id.clone())
    }
}

/// `key=value` words.
struct Words<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Words<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        self.0.get(key).copied()
    }

    fn text(&self, key: &str, default: &'a str) -> String {
        self.get(key).unwrap_or(default).to_owned()
    }

    fn number<T: std::str::FromStr<Err: std::fmt::Debug>>(&self, key: &str, default: T) -> T {
        self.get(key)
            .map_or(default, |value| value.parse().unwrap())
    }

    fn list(&self, key: &str) -> Vec<&'a str> {
        self.get(key)
            .map_or(Vec::new(), |value| value.split(',').collect())
    }
}

impl Script {
    pub(crate) fn new() -> Self {
        let config = GroupConfig::default();
        Self {
            coordinator: Coordinator::new(config.clone(), 7),
            config,
            elapsed_ms: 0,
            tokens: Vec::new(),
            names: Names::default(),
            appended: BTreeMap::new(),
            log: Vec::new(),
        }
    }

    /// Runs one command and says what the coordinator orders.
    pub(crate) fn run(&mut self, line: &str) -> Vec<String> {
        let words: Vec<&str> = line.split(' ').collect();
        let pairs = words
            .iter()
            .filter_map(|word| word.split_once('='))
            .collect();
        let now = self.now();
        match words[0] {
            "start" => self.start(&Words(pairs)),
            "consumer-group" => {
                let mut key = vec![0, 3];
                key.extend(u16::try_from(words[1].len()).unwrap().to_be_bytes());
                key.extend(words[1].as_bytes());
                self.log.push((key, Some(vec![0; 7])));
            }
            "loaded" => self.coordinator.loaded(now),
            "unload" => self.coordinator.unload(),
            "advance" => self.advance(words[1].parse().unwrap()),
            "commit" => self.commit(WriteId(words[1].parse().unwrap())),
            "fail" => {
                let write = WriteId(words[1].parse().unwrap());
                self.appended.remove(&write);
                let code = ErrorCode::ALL
                    .iter()
                    .find(|code| code.name() == words[2])
                    .unwrap();
                self.coordinator.failed(now, write, *code);
            }
            "marker" => {
                let producer = ProducerId(words[1].parse().unwrap());
                self.coordinator
                    .transaction_completed(producer, words[2] == "commit");
            }
            "topic-deleted" => {
                let partition = TopicPartition::new(words[1], words[2].parse::<i32>().unwrap());
                self.coordinator.partitions_deleted(now, &[partition]);
            }
            name => self.request(name, words[1], &Words(pairs)),
        }
        self.coordinator.check_invariants();
        self.drain()
    }

    /// A new coordinator on the log of the one before.
    fn start(&mut self, words: &Words<'_>) {
        self.config.max_size = words.number("max-size", 100);
        self.config.initial_rebalance_delay_ms = words.number("delay", 3_000);
        self.coordinator = Coordinator::new(self.config.clone(), 7 + self.elapsed_ms);
        for (at, (key, value)) in self.log.iter().enumerate() {
            let offset = Offset(at.try_into().unwrap());
            self.coordinator
                .load(key, value.as_deref(), offset)
                .unwrap();
        }
    }

    const fn now(&self) -> Now {
        Now {
            mono: Mono::from_ms(self.elapsed_ms),
            wall: WallMs(self.elapsed_ms.cast_signed()),
        }
    }

    fn advance(&mut self, ms: u64) {
        let end = self.elapsed_ms + ms;
        while let Some(due) = self.coordinator.next_deadline() {
            let due_ms = due.0.div_ceil(1_000_000);
            if due_ms > end {
                break;
            }
            self.elapsed_ms = self.elapsed_ms.max(due_ms);
            self.coordinator.tick(self.now());
        }
        self.elapsed_ms = end;
    }

    fn commit(&mut self, write: WriteId) {
        while let Some(first) = self.appended.first_entry().filter(|e| *e.key() <= write) {
            self.log.extend(first.remove());
        }
        self.coordinator.committed(self.now(), write);
    }

    fn drain(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(output) = self.coordinator.poll_output() {
            match output {
                Output::Append {
                    write,
                    records,
                    transaction,
                } => {
                    let mut line = format!("append {}", write.0);
                    if let Some(transaction) = transaction {
                        line += &format!(" producer={}", transaction.producer_id);
                    }
                    for (key, value) in &records {
                        line += &format!(" {}", self.names.record(key, value.as_deref()));
                    }
                    lines.push(line);
                    self.appended.insert(write, records);
                }
                Output::Reply { token, reply } => {
                    let at = usize::try_from(token.0).unwrap();
                    let name = std::mem::take(&mut self.tokens[at]);
                    assert!(!name.is_empty(), "answered twice");
                    lines.push(format!("{name} <- {}", self.names.reply(&reply)));
                }
            }
        }
        lines
    }

    fn request(&mut self, name: &str, verb: &str, words: &Words<'_>) {
        let (latest, request) = self.parse(verb, words);
        let call = Call {
            token: RequestToken(self.tokens.len().try_into().unwrap()),
            api_version: words.number("v", latest),
            client_id: name,
            client_host: "/127.0.0.1",
        };
        self.tokens.push(name.to_owned());
        self.coordinator.handle(self.now(), call, &request);
    }

    #[expect(clippy::too_many_lines, reason = "one arm per request")]
    fn parse(&self, verb: &str, words: &Words<'_>) -> (i16, GroupRequest) {
        let group_id = words.text("group", "g").into();
        let member_id = words
            .get("id")
            .map(|id| self.names.long(id))
            .unwrap_or_default()
            .into();
        let group_instance_id = words.get("instance").map(|id| id.to_owned().into());
        let generation_id = words.number("gen", -1);
        match verb {
            "join" => (
                9,
                GroupRequest::JoinGroup(JoinGroupRequest {
                    group_id,
                    member_id,
                    group_instance_id,
                    session_timeout_ms: words.number("session", 10_000),
                    rebalance_timeout_ms: words.number("rebalance", 60_000),
                    protocol_type: words.text("type", "consumer").into(),
                    protocols: protocols(&words.text("protocols", "range:t")),
                    ..JoinGroupRequest::default()
                }),
            ),
            "sync" => (
                5,
                GroupRequest::SyncGroup(SyncGroupRequest {
                    group_id,
                    member_id,
                    group_instance_id,
                    generation_id,
                    protocol_type: Some(words.text("type", "consumer").into()),
                    protocol_name: Some(words.text("protocol", "range").into()),
                    assignments: words
                        .list("assign")
                        .into_iter()
                        .map(|pair| {
                            let (member, assignment) = pair.split_once(':').unwrap();
                            SyncGroupRequestAssignment {
                                member_id: self.names.long(member).into(),
                                assignment: assignment.as_bytes().to_vec().into(),
                                ..SyncGroupRequestAssignment::default()
                            }
                        })
                        .collect(),
                    ..SyncGroupRequest::default()
                }),
            ),
            "heartbeat" => (
                4,
                GroupRequest::Heartbeat(HeartbeatRequest {
                    group_id,
                    member_id,
                    group_instance_id,
                    generation_id,
                    ..HeartbeatRequest::default()
                }),
            ),
            "leave" => (
                5,
                GroupRequest::LeaveGroup(LeaveGroupRequest {
                    group_id,
                    member_id: member_id.clone(),
                    members: vec![MemberIdentity {
                        member_id,
                        group_instance_id,
                        ..MemberIdentity::default()
                    }],
                    ..LeaveGroupRequest::default()
                }),
            ),
            "offset" => (
                9,
                GroupRequest::OffsetCommit(OffsetCommitRequest {
                    group_id,
                    member_id,
                    group_instance_id,
                    generation_id_or_member_epoch: generation_id,
                    retention_time_ms: words.number("retention", -1),
                    topics: vec![OffsetCommitRequestTopic {
                        name: words.text("topic", "t").into(),
                        topic_id: Uuid([words.number("topic-id", 0); 16]),
                        partitions: vec![OffsetCommitRequestPartition {
                            partition_index: words.number("partition", 0),
                            committed_offset: words.number("at", 0),
                            committed_metadata: words.get("metadata").map(|m| m.to_owned().into()),
                            ..OffsetCommitRequestPartition::default()
                        }],
                        ..OffsetCommitRequestTopic::default()
                    }],
                    ..OffsetCommitRequest::default()
                }),
            ),
            "txn-offset" => (
                5,
                GroupRequest::TxnOffsetCommit(TxnOffsetCommitRequest {
                    transactional_id: "x".into(),
                    group_id,
                    member_id,
                    group_instance_id,
                    generation_id,
                    producer_id: words.number("producer", 1),
                    topics: vec![TxnOffsetCommitRequestTopic {
                        name: words.text("topic", "t").into(),
                        partitions: vec![TxnOffsetCommitRequestPartition {
                            partition_index: words.number("partition", 0),
                            committed_offset: words.number("at", 0),
                            ..TxnOffsetCommitRequestPartition::default()
                        }],
                        ..TxnOffsetCommitRequestTopic::default()
                    }],
                    ..TxnOffsetCommitRequest::default()
                }),
            ),
            "fetch" => (
                10,
                GroupRequest::OffsetFetch {
                    group: OffsetFetchRequestGroup {
                        group_id,
                        topics: words.get("topic").map(|topic| {
                            vec![OffsetFetchRequestTopics {
                                name: topic.to_owned().into(),
                                topic_id: Uuid([words.number("topic-id", 0); 16]),
                                partition_indexes: vec![words.number("partition", 0)],
                                ..OffsetFetchRequestTopics::default()
                            }]
                        }),
                        ..OffsetFetchRequestGroup::default()
                    },
                    require_stable: words.number("stable", false),
                },
            ),
            "delete-offset" => (
                0,
                GroupRequest::OffsetDelete(OffsetDeleteRequest {
                    group_id,
                    topics: vec![OffsetDeleteRequestTopic {
                        name: words.text("topic", "t").into(),
                        partitions: vec![OffsetDeleteRequestPartition {
                            partition_index: words.number("partition", 0),
                        }],
                    }],
                }),
            ),
            "list" => (
                5,
                GroupRequest::ListGroups(ListGroupsRequest {
                    states_filter: owned(words.list("states")),
                    types_filter: owned(words.list("types")),
                    ..ListGroupsRequest::default()
                }),
            ),
            "describe" => (
                6,
                GroupRequest::DescribeGroups(DescribeGroupsRequest {
                    groups: vec![group_id],
                    ..DescribeGroupsRequest::default()
                }),
            ),
            "delete" => (
                2,
                GroupRequest::DeleteGroups(DeleteGroupsRequest {
                    groups_names: vec![group_id],
                    ..DeleteGroupsRequest::default()
                }),
            ),
            other => panic!("no such verb: {other}"),
        }
    }
}

fn owned(list: Vec<&str>) -> Vec<std::borrow::Cow<'static, str>> {
    list.into_iter()
        .map(|text| text.to_owned().into())
        .collect()
}

/// `range:t1+t2,roundrobin:t1` are protocols and the topics subscribed to.
fn protocols(text: &str) -> Vec<JoinGroupRequestProtocol<'static>> {
    text.split(',')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, topics) = part.split_once(':').unwrap_or((part, "t"));
            let topics: Vec<_> = topics.split('+').collect();
            let mut metadata = vec![0, 0];
            metadata.extend(u32::try_from(topics.len()).unwrap().to_be_bytes());
            for topic in topics {
                metadata.extend(u16::try_from(topic.len()).unwrap().to_be_bytes());
                metadata.extend(topic.as_bytes());
            }
            metadata.extend((-1_i32).to_be_bytes());
            JoinGroupRequestProtocol {
                name: name.to_owned().into(),
                metadata: metadata.into(),
                ..JoinGroupRequestProtocol::default()
            }
        })
        .collect()
}
