//! Random members, appends that fail, lost leadership: what must hold whatever happens.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use ottla_groups::{
    Call, Coordinator, GroupConfig, GroupReply, GroupRequest, KeyValue, Output, WriteId,
};
use ottla_protocol::messages::{
    DeleteGroupsRequest, HeartbeatRequest, JoinGroupRequest, LeaveGroupRequest, OffsetCommitKey,
    OffsetCommitRequest, OffsetCommitValue, SyncGroupRequest,
    join_group_request::JoinGroupRequestProtocol,
    leave_group_request::MemberIdentity,
    offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic},
    offset_fetch_request::OffsetFetchRequestGroup,
    sync_group_request::SyncGroupRequestAssignment,
};
use ottla_types::{ErrorCode, Mono, Now, Offset, RequestToken, WallMs};
use ottla_wire::Reader;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Join {
        client: usize,
        version: i16,
        changed: bool,
    },
    Sync {
        client: usize,
    },
    Heartbeat {
        client: usize,
    },
    Leave {
        client: usize,
    },
    CommitOffset {
        client: usize,
        in_group: bool,
    },
    Delete,
    Settle {
        index: usize,
        fails: bool,
    },
    SettleAll,
    Advance {
        ms: u64,
    },
    Move,
}

fn step() -> impl Strategy<Value = Step> {
    let client = 0..CLIENTS;
    prop_oneof![
        6 => (client.clone(), 3_i16..=9, prop::bool::weighted(0.2))
            .prop_map(|(client, version, changed)| Step::Join { client, version, changed }),
        6 => client.clone().prop_map(|client| Step::Sync { client }),
        3 => client.clone().prop_map(|client| Step::Heartbeat { client }),
        1 => client.clone().prop_map(|client| Step::Leave { client }),
        3 => (client, any::<bool>())
            .prop_map(|(client, in_group)| Step::CommitOffset { client, in_group }),
        1 => Just(Step::Delete),
        3 => (0_usize..4, prop::bool::weighted(0.2))
            .prop_map(|(index, fails)| Step::Settle { index, fails }),
        3 => Just(Step::SettleAll),
        3 => (0_u64..12_000).prop_map(|ms| Step::Advance { ms }),
        1 => Just(Step::Move),
    ]
}

/// What one client knows of itself. The last two are static members.
#[derive(Clone, Default)]
struct Client {
    member_id: String,
    generation: i32,
    members: Vec<String>,
}

/// Whose a request is, and of which generation.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Asked {
    client: usize,
    generation: i32,
}

struct World {
    coordinator: Coordinator,
    now: Now,
    clients: Vec<Client>,
    /// Requests that have not been answered.
    open: BTreeMap<RequestToken, Asked>,
    next_token: u64,
    pending: BTreeMap<WriteId, Vec<KeyValue>>,
    log: Vec<KeyValue>,
    /// The protocol of each generation, in one life of the coordinator.
    protocols: BTreeMap<i32, String>,
    fetched: Option<i64>,
}

impl World {
    fn new() -> Self {
        let mut coordinator = Coordinator::new(GroupConfig::default(), 1);
        coordinator.loaded(Now::default());
        Self {
            coordinator,
            now: Now::default(),
            clients: vec![Client::default(); CLIENTS],
            open: BTreeMap::new(),
            next_token: 0,
            pending: BTreeMap::new(),
            log: Vec::new(),
            protocols: BTreeMap::new(),
            fetched: None,
        }
    }

    fn run(&mut self, step: &Step) {
        // A group that is gone counts its generations anew.
        if matches!(step, Step::Delete | Step::Settle { fails: true, .. }) {
            self.protocols.clear();
        }
        match *step {
            Step::Join {
                client,
                version,
                changed,
            } => self.join(client, version, changed),
            Step::Sync { client } => self.sync(client),
            Step::Heartbeat { client } => {
                let me = self.clients[client].clone();
                self.ask(
                    client,
                    4,
                    &GroupRequest::Heartbeat(HeartbeatRequest {
                        group_id: "g".into(),
                        generation_id: me.generation,
                        member_id: me.member_id.into(),
                        ..HeartbeatRequest::default()
                    }),
                );
            }
            Step::Leave { client } => {
                let member_id = std::mem::take(&mut self.clients[client].member_id).into();
                self.ask(
                    client,
                    5,
                    &GroupRequest::LeaveGroup(LeaveGroupRequest {
                        group_id: "g".into(),
                        members: vec![MemberIdentity {
                            member_id,
                            ..MemberIdentity::default()
                        }],
                        ..LeaveGroupRequest::default()
                    }),
                );
            }
            Step::CommitOffset { client, in_group } => self.commit_offset(client, in_group),
            Step::Delete => self.ask(
                0,
                2,
                &GroupRequest::DeleteGroups(DeleteGroupsRequest {
                    groups_names: vec!["g".into()],
                    ..DeleteGroupsRequest::default()
                }),
            ),
            Step::Settle { index, fails } => {
                let Some(&write) = self.pending.keys().nth(index) else {
                    return;
                };
                if fails {
                    self.pending.remove(&write);
                    self.coordinator
                        .failed(self.now, write, ErrorCode::NOT_ENOUGH_REPLICAS);
                } else {
                    self.commit(write);
                }
            }
            Step::SettleAll => {
                if let Some((&write, _)) = self.pending.last_key_value() {
                    self.commit(write);
                }
            }
            Step::Advance { ms } => self.advance(ms),
            Step::Move => self.change_leader(),
        }
        self.drain();
        self.coordinator.check_invariants();
        self.check_offset();
    }

    fn join(&mut self, client: usize, version: i16, changed: bool) {
        let is_static = client >= CLIENTS - 2;
        let metadata = vec![u8::from(changed)];
        self.ask(
            client,
            version,
            &GroupRequest::JoinGroup(JoinGroupRequest {
                group_id: "g".into(),
                session_timeout_ms: 10_000,
                rebalance_timeout_ms: 6_000,
                member_id: self.clients[client].member_id.clone().into(),
                group_instance_id: is_static.then(|| format!("i{client}").into()),
                protocol_type: "consumer".into(),
                protocols: ["range", "sticky"]
                    .into_iter()
                    .skip(usize::from(changed))
                    .map(|name| JoinGroupRequestProtocol {
                        name: name.into(),
                        metadata: metadata.clone().into(),
                        ..JoinGroupRequestProtocol::default()
                    })
                    .collect(),
                ..JoinGroupRequest::default()
            }),
        );
    }

    /// A leader gives everybody its own name, with the generation.
    fn sync(&mut self, client: usize) {
        let me = self.clients[client].clone();
        let assignments = me.members.iter().map(|member| SyncGroupRequestAssignment {
            member_id: member.clone().into(),
            assignment: format!("{member} in {}", me.generation).into_bytes().into(),
            ..SyncGroupRequestAssignment::default()
        });
        self.ask(
            client,
            4,
            &GroupRequest::SyncGroup(SyncGroupRequest {
                group_id: "g".into(),
                generation_id: me.generation,
                member_id: me.member_id.into(),
                assignments: assignments.collect(),
                ..SyncGroupRequest::default()
            }),
        );
    }

    fn commit_offset(&mut self, client: usize, in_group: bool) {
        let me = self.clients[client].clone();
        let (member_id, generation) = if in_group {
            (me.member_id, me.generation)
        } else {
            (String::new(), -1)
        };
        self.ask(
            client,
            9,
            &GroupRequest::OffsetCommit(OffsetCommitRequest {
                group_id: "g".into(),
                member_id: member_id.into(),
                generation_id_or_member_epoch: generation,
                topics: vec![OffsetCommitRequestTopic {
                    name: "t".into(),
                    partitions: vec![OffsetCommitRequestPartition {
                        committed_offset: i64::try_from(self.next_token).unwrap(),
                        ..OffsetCommitRequestPartition::default()
                    }],
                    ..OffsetCommitRequestTopic::default()
                }],
                ..OffsetCommitRequest::default()
            }),
        );
    }

    fn ask(&mut self, client: usize, api_version: i16, request: &GroupRequest) {
        let token = RequestToken(self.next_token);
        self.next_token += 1;
        let generation = self.clients[client].generation;
        self.open.insert(token, Asked { client, generation });
        let call = Call {
            token,
            api_version,
            client_id: "c",
            client_host: "/127.0.0.1",
        };
        self.coordinator.handle(self.now, call, request);
    }

    fn commit(&mut self, write: WriteId) {
        while let Some(first) = self.pending.first_entry().filter(|e| *e.key() <= write) {
            self.log.extend(first.remove());
        }
        self.coordinator.committed(self.now, write);
    }

    fn advance(&mut self, ms: u64) {
        let end = Mono(self.now.mono.0 + ms * 1_000_000);
        while let Some(due) = self.coordinator.next_deadline().filter(|due| *due <= end) {
            self.set_time(due.max(self.now.mono));
            self.coordinator.tick(self.now);
            self.coordinator.check_invariants();
        }
        self.set_time(end);
    }

    fn set_time(&mut self, mono: Mono) {
        let wall = WallMs(i64::try_from(mono.0 / 1_000_000).unwrap());
        self.now = Now { mono, wall };
    }

    /// Another coordinator takes over what is in the log. Nobody is left without an answer.
    fn change_leader(&mut self) {
        self.drain();
        self.coordinator.unload();
        self.drain();
        assert_eq!(self.open, BTreeMap::new(), "unanswered");
        self.pending.clear();
        self.protocols.clear();
        self.coordinator = Coordinator::new(GroupConfig::default(), 2 + self.next_token);
        for (at, (key, value)) in self.log.iter().enumerate() {
            let offset = Offset(i64::try_from(at).unwrap());
            self.coordinator
                .load(key, value.as_deref(), offset)
                .unwrap();
        }
        self.coordinator.loaded(self.now);
    }

    fn drain(&mut self) {
        while let Some(output) = self.coordinator.poll_output() {
            match output {
                Output::Append { write, records, .. } => {
                    assert_eq!(self.pending.insert(write, records), None);
                }
                Output::Reply { token, reply } => {
                    let asked = self.open.remove(&token).expect("answered once");
                    self.hear(asked, &reply);
                }
            }
        }
    }

    fn hear(&mut self, asked: Asked, reply: &GroupReply) {
        match reply {
            GroupReply::JoinGroup(join) => {
                let me = &mut self.clients[asked.client];
                if join.error_code == ErrorCode::NONE {
                    let protocol = join.protocol_name.clone().unwrap().into_owned();
                    let known = self
                        .protocols
                        .entry(join.generation_id)
                        .or_insert_with(|| protocol.clone());
                    assert_eq!(*known, protocol, "two protocols in one generation");
                    let members: BTreeSet<_> = join.members.iter().map(|m| &m.member_id).collect();
                    assert_eq!(members.len(), join.members.len());
                    assert!(members.is_empty() || members.contains(&join.member_id));
                    me.generation = join.generation_id;
                    me.members = members.into_iter().map(ToString::to_string).collect();
                }
                if matches!(
                    join.error_code,
                    ErrorCode::NONE | ErrorCode::MEMBER_ID_REQUIRED
                ) {
                    me.member_id = join.member_id.to_string();
                } else if join.error_code == ErrorCode::UNKNOWN_MEMBER_ID {
                    me.member_id.clear();
                }
            }
            GroupReply::SyncGroup(sync) => {
                // Nobody is given what belongs to another generation.
                let text = String::from_utf8(sync.assignment.to_vec()).unwrap();
                if let Some((_, generation)) = text.rsplit_once(" in ") {
                    assert_eq!(sync.error_code, ErrorCode::NONE);
                    assert_eq!(generation.parse(), Ok(asked.generation));
                }
            }
            GroupReply::OffsetFetch(fetch) => {
                let topic = fetch.topics.first();
                self.fetched = Some(topic.map_or(-1, |t| t.partitions[0].committed_offset));
            }
            GroupReply::Heartbeat(_)
            | GroupReply::LeaveGroup(_)
            | GroupReply::OffsetCommit(_)
            | GroupReply::TxnOffsetCommit(_)
            | GroupReply::OffsetDelete(_)
            | GroupReply::ListGroups(_)
            | GroupReply::DescribeGroups(_)
            | GroupReply::DeleteGroups(_) => {}
        }
    }

    /// A fetch sees exactly what a reader of the log would.
    fn check_offset(&mut self) {
        self.fetched = None;
        self.ask(
            0,
            9,
            &GroupRequest::OffsetFetch {
                group: OffsetFetchRequestGroup {
                    group_id: "g".into(),
                    topics: None,
                    ..OffsetFetchRequestGroup::default()
                },
                require_stable: false,
            },
        );
        self.drain();
        assert_eq!(self.fetched, Some(offset_in(&self.log)));
    }
}

fn offset_in(log: &[KeyValue]) -> i64 {
    let mut offset = -1;
    for (key, value) in log {
        if Reader::new(key).i16().unwrap() == OffsetCommitKey::TYPE {
            offset = value.as_ref().map_or(-1, |value| {
                let mut value = Reader::new(value);
                let version = value.i16().unwrap();
                OffsetCommitValue::decode(&mut value, version)
                    .unwrap()
                    .offset
            });
        }
    }
    offset
}

const CLIENTS: usize = 5;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_request_is_answered_once_and_offsets_are_those_of_the_log(
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut world = World::new();
        for step in &steps {
            world.run(step);
        }
        world.run(&Step::Move);
    }

    #[test]
    fn members_that_go_on_joining_become_stable(
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let mut world = World::new();
        for step in &steps {
            world.run(step);
        }
        // Time for everything that is under way to end, then everybody does what a client does.
        world.run(&Step::SettleAll);
        world.run(&Step::Advance { ms: 30_000 });
        for _ in 0..3 {
            for client in 0..CLIENTS {
                if !world.open.values().any(|asked| asked.client == client) {
                    world.run(&Step::Join { client, version: 9, changed: false });
                }
            }
            world.run(&Step::SettleAll);
        }
        world.run(&Step::Advance { ms: 7_000 });
        for client in 0..CLIENTS {
            world.run(&Step::Sync { client });
        }
        world.run(&Step::SettleAll);
        let generations: BTreeSet<_> = world.clients.iter().map(|c| c.generation).collect();
        prop_assert_eq!(generations.len(), 1);
        prop_assert_eq!(world.clients.iter().filter(|c| !c.members.is_empty()).count(), 1);
        prop_assert!(world.open.is_empty());
    }
}
