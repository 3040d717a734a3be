//! A classic group: its members, its generation, its state.
//!
//! I1  a group is Empty or PreparingRebalance if it has no members
//! I2  a member that is in `static_members` is in `members`, under the same instance id
//! I3  only members of the group await a sync; they do so in CompletingRebalance only
//! I4  joins are parked in PreparingRebalance, or for the append of a rejoin in Stable
//!
//! ```text
//!   Empty ---> PreparingRebalance ---> CompletingRebalance ---> Stable
//!     ^           |   ^   ^                      |                 |
//!     +-----------+   |   +----------------------+                 |
//!   all left          +--------------------------------------------+
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ottla_protocol::messages::{
    ConsumerProtocolSubscription, GroupMetadataValue, JoinGroupResponse,
    join_group_response::JoinGroupResponseMember,
};
use ottla_types::{ErrorCode, WallMs};
use ottla_wire::{DecodeError, EncodeError, Reader};

use crate::{
    java_order::java_hash_order,
    journal::{Context, WriteId},
    member::{Member, Parked},
    record::{KeyValue, group_record},
    request::{GroupReply, join_refused, no_protocol, sync_refused},
};

/// Protocol type of consumers.
pub(crate) const CONSUMER_PROTOCOL: &str = "consumer";

/// State of a classic group. A group that is gone is not in a state, it is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GroupState {
    Empty,
    PreparingRebalance,
    CompletingRebalance,
    Stable,
}

impl GroupState {
    /// Kafka's name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::PreparingRebalance => "PreparingRebalance",
            Self::CompletingRebalance => "CompletingRebalance",
            Self::Stable => "Stable",
        }
    }
}

/// How long an initial rebalance is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InitialDelay {
    pub(crate) delay_ms: i32,
    pub(crate) remaining_ms: i32,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub(crate) id: Arc<str>,
    pub(crate) state: GroupState,
    /// It went from Empty to PreparingRebalance: the join phase ends by time only.
    pub(crate) is_initial: bool,
    pub(crate) initial_delay: Option<InitialDelay>,
    pub(crate) new_member_added: bool,
    pub(crate) generation: i32,
    pub(crate) protocol_type: Option<String>,
    pub(crate) protocol: Option<String>,
    pub(crate) leader: Option<Arc<str>>,
    pub(crate) state_since: Option<WallMs>,
    pub(crate) members: BTreeMap<Arc<str>, Member>,
    pub(crate) static_members: BTreeMap<String, Arc<str>>,
    /// Ids that were handed out and have not joined yet.
    pub(crate) pending_joins: BTreeSet<Arc<str>>,
    /// Members that have not asked for the assignment of this generation.
    pub(crate) pending_syncs: BTreeSet<Arc<str>>,
    pub(crate) subscribed_topics: Option<BTreeSet<String>>,
    /// The append that brought the group into being, while it is not committed.
    pub(crate) created_by: Option<WriteId>,
    supporters: BTreeMap<String, usize>,
    awaiting_join: usize,
}

impl Group {
    pub(crate) fn new(id: Arc<str>, since: WallMs) -> Self {
        Self {
            id,
            state: GroupState::Empty,
            is_initial: false,
            initial_delay: None,
            new_member_added: false,
            generation: 0,
            protocol_type: None,
            protocol: None,
            leader: None,
            state_since: Some(since),
            members: BTreeMap::new(),
            static_members: BTreeMap::new(),
            pending_joins: BTreeSet::new(),
            pending_syncs: BTreeSet::new(),
            subscribed_topics: None,
            created_by: None,
            supporters: BTreeMap::new(),
            awaiting_join: 0,
        }
    }

    pub(crate) fn restore(id: &str, value: &GroupMetadataValue<'_>) -> Self {
        let mut group = Self::new(id.into(), WallMs(value.current_state_timestamp));
        if value.current_state_timestamp == -1 {
            group.state_since = None;
        }
        if !value.members.is_empty() {
            group.state = GroupState::Stable;
        }
        group.generation = value.generation;
        group.protocol_type = Some(value.protocol_type.to_string()).filter(|t| !t.is_empty());
        group.protocol = value.protocol.as_deref().map(str::to_owned);
        group.leader = value.leader.as_deref().map(Into::into);
        let protocol = value.protocol.as_deref().unwrap_or("");
        for member in &value.members {
            group.add(Member::restore(member, protocol), &value.protocol_type);
        }
        group.subscribed_topics = group.read_subscriptions();
        group
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.state == GroupState::Empty
    }

    pub(crate) fn is_leader(&self, member: &str) -> bool {
        self.leader.as_deref() == Some(member)
    }

    pub(crate) const fn awaiting_join(&self) -> usize {
        self.awaiting_join
    }

    pub(crate) fn uses_consumer_protocol(&self) -> bool {
        self.protocol_type.as_deref() == Some(CONSUMER_PROTOCOL)
    }

    pub(crate) fn is_subscribed_to(&self, topic: &str) -> bool {
        self.subscribed_topics
            .as_ref()
            .map_or_else(|| self.uses_consumer_protocol(), |all| all.contains(topic))
    }

    pub(crate) fn has_all_joined(&self) -> bool {
        self.members.len() == self.awaiting_join && self.pending_joins.is_empty()
    }

    /// The longest that any member takes to rejoin.
    pub(crate) fn rebalance_timeout_ms(&self) -> i32 {
        let timeouts = self.members.values().map(|m| m.rebalance_timeout_ms);
        timeouts.max().unwrap_or(0).max(0)
    }

    pub(crate) fn enter(&mut self, state: GroupState, now: WallMs) {
        self.is_initial =
            self.state == GroupState::Empty && state == GroupState::PreparingRebalance;
        self.state = state;
        self.state_since = Some(now);
    }

    /// Checks that a member is who it says it is.
    pub(crate) fn check_member(
        &self,
        member: &str,
        instance: Option<&str>,
    ) -> Result<(), ErrorCode> {
        if let Some(instance) = instance {
            match self.static_members.get(instance) {
                None => return Err(ErrorCode::UNKNOWN_MEMBER_ID),
                Some(holder) if &**holder != member => return Err(ErrorCode::FENCED_INSTANCE_ID),
                Some(_) => {}
            }
        }
        if self.members.contains_key(member) {
            Ok(())
        } else {
            Err(ErrorCode::UNKNOWN_MEMBER_ID)
        }
    }

    /// Whether a member with these protocols can take part.
    pub(crate) fn supports<'n>(
        &self,
        protocol_type: &str,
        mut names: impl Iterator<Item = &'n str>,
    ) -> bool {
        if self.is_empty() {
            return !protocol_type.is_empty() && names.next().is_some();
        }
        self.protocol_type.as_deref() == Some(protocol_type)
            && names
                .any(|name| self.supporters.get(name).copied().unwrap_or(0) == self.members.len())
    }

    pub(crate) fn add(&mut self, member: Member, protocol_type: &str) {
        if self.members.is_empty() {
            self.protocol_type = Some(protocol_type.to_owned());
        }
        let id = Arc::clone(&member.id);
        if let Some(instance) = &member.instance_id {
            self.static_members
                .insert(instance.clone(), Arc::clone(&id));
        }
        self.leader.get_or_insert_with(|| Arc::clone(&id));
        self.pending_joins.remove(&id);
        self.count_in(&member);
        if let Some(former) = self.members.insert(id, member) {
            self.count_out(&former);
        }
    }

    /// Takes a member, joined or only promised, out. What it waits for is answered.
    pub(crate) fn remove(&mut self, cx: &mut Context<'_>, member: &str) {
        if let Some(mut removed) = self.members.remove(member) {
            self.count_out(&removed);
            if let Some(instance) = &removed.instance_id {
                self.static_members.remove(instance);
            }
            self.release(cx, &mut removed, "", ErrorCode::UNKNOWN_MEMBER_ID);
        }
        if self.is_leader(member) {
            self.leader = self.members.keys().next().map(Arc::clone);
        }
        self.pending_joins.remove(member);
        self.pending_syncs.remove(member);
    }

    /// Puts a static member's new self in the place of `old`, which is fenced.
    pub(crate) fn replace(&mut self, cx: &mut Context<'_>, old: &str, new: Arc<str>) {
        let Some(mut member) = self.members.remove(old) else {
            return;
        };
        self.count_out(&member);
        self.release(cx, &mut member, old, ErrorCode::FENCED_INSTANCE_ID);
        if self.is_leader(old) {
            self.leader = Some(Arc::clone(&new));
        }
        if let Some(instance) = &member.instance_id {
            self.static_members
                .insert(instance.clone(), Arc::clone(&new));
        }
        self.pending_syncs.remove(old);
        member.id = Arc::clone(&new);
        member.is_new = false;
        self.count_in(&member);
        self.members.insert(new, member);
    }

    /// Changes a member, keeping the counts right.
    pub(crate) fn update(&mut self, member: &str, change: impl FnOnce(&mut Member)) {
        let Some(mut changed) = self.members.remove(member) else {
            return;
        };
        self.count_out(&changed);
        change(&mut changed);
        self.count_in(&changed);
        self.members.insert(Arc::clone(&changed.id), changed);
    }

    /// Answers what a member that is out of the group waits for.
    fn release(&self, cx: &mut Context<'_>, member: &mut Member, shown: &str, code: ErrorCode) {
        if let Some(parked) = member.awaiting_join.take() {
            let reply = join_refused(parked.api_version, shown, code);
            cx.journal.reply(parked.token, GroupReply::JoinGroup(reply));
        }
        if let Some(token) = member.awaiting_sync.take() {
            cx.journal
                .reply(token, GroupReply::SyncGroup(sync_refused(code)));
        }
    }

    /// Answers the parked join of a member, if there is one.
    pub(crate) fn answer_join(
        &mut self,
        cx: &mut Context<'_>,
        member: &str,
        reply: impl FnOnce(&Self, i16) -> JoinGroupResponse<'static>,
    ) {
        let Some(parked) = self
            .members
            .get_mut(member)
            .and_then(|m| m.awaiting_join.take())
        else {
            return;
        };
        self.awaiting_join = self.awaiting_join.saturating_sub(1);
        let reply = reply(self, parked.api_version);
        cx.journal.reply(parked.token, GroupReply::JoinGroup(reply));
    }

    /// Refuses everything that waits in the group.
    pub(crate) fn refuse_all(&mut self, cx: &mut Context<'_>, code: ErrorCode) {
        let ids: Vec<_> = self.members.keys().map(Arc::clone).collect();
        for id in ids {
            self.answer_join(cx, &id, |_, version| join_refused(version, &id, code));
            if let Some(token) = self
                .members
                .get_mut(&id)
                .and_then(|m| m.awaiting_sync.take())
            {
                cx.journal
                    .reply(token, GroupReply::SyncGroup(sync_refused(code)));
            }
        }
    }

    /// Parks a join with its member. A join that was parked there before is told to try again.
    pub(crate) fn park_join(&mut self, cx: &mut Context<'_>, member: &str, parked: Parked) {
        let id = member.to_owned();
        self.answer_join(cx, member, |_, version| {
            join_refused(version, &id, ErrorCode::REBALANCE_IN_PROGRESS)
        });
        self.update(member, |member| member.awaiting_join = Some(parked));
    }

    /// The answer to a member that is in the current generation.
    pub(crate) fn joined(
        &self,
        member: &str,
        api_version: i16,
        with_members: bool,
    ) -> JoinGroupResponse<'static> {
        let protocol = self.protocol.clone().map(Into::into);
        JoinGroupResponse {
            generation_id: self.generation,
            protocol_type: self.protocol_type.clone().map(Into::into),
            protocol_name: protocol.or_else(|| no_protocol(api_version)),
            leader: self.leader.as_deref().unwrap_or("").to_owned().into(),
            member_id: member.to_owned().into(),
            members: if with_members {
                self.member_list()
            } else {
                Vec::new()
            },
            ..JoinGroupResponse::default()
        }
    }

    fn member_list(&self) -> Vec<JoinGroupResponseMember<'static>> {
        let protocol = self.protocol.as_deref().unwrap_or("");
        self.members
            .values()
            .map(|member| JoinGroupResponseMember {
                member_id: member.id.to_string().into(),
                group_instance_id: member.instance_id.clone().map(Into::into),
                metadata: member.metadata(protocol).to_vec().into(),
                ..JoinGroupResponseMember::default()
            })
            .collect()
    }

    /// The protocol with most votes among those that all members support. A tie goes to the first
    /// in the order of Java's hash map, so that both implementations choose the same.
    pub(crate) fn select_protocol(&self) -> Option<String> {
        let count = self.members.len();
        let is_candidate = |name: &str| self.supporters.get(name) == Some(&count);
        let mut votes: Vec<(&str, usize)> = Vec::new();
        for member in self.members.values() {
            let mut names = member
                .protocols
                .iter()
                .map(|protocol| protocol.name.as_str());
            let Some(vote) = names.find(|name| is_candidate(name)) else {
                continue;
            };
            match votes.iter_mut().find(|(name, _)| *name == vote) {
                Some((_, count)) => *count += 1,
                None => votes.push((vote, 1)),
            }
        }
        let mut best: Option<(&str, usize)> = None;
        for (name, count) in java_hash_order(votes, |(name, _)| name) {
            if best.is_none_or(|(_, most)| count > most) {
                best = Some((name, count));
            }
        }
        best.map(|(name, _)| name.to_owned())
    }

    /// The topics that the members subscribe to; `None` when they cannot be known.
    pub(crate) fn read_subscriptions(&self) -> Option<BTreeSet<String>> {
        if !self.uses_consumer_protocol() {
            return None;
        }
        if self.members.is_empty() {
            return Some(BTreeSet::new());
        }
        let protocol = self.protocol.as_deref()?;
        let mut topics = BTreeSet::new();
        for member in self.members.values() {
            let subscription = read_subscription(member.metadata(protocol)).ok()?;
            topics.extend(subscription.topics.iter().map(ToString::to_string));
        }
        Some(topics)
    }

    /// The record of the group, with the assignment that it is about to have.
    pub(crate) fn record(
        &self,
        assignment: impl Fn(&Member) -> Vec<u8>,
    ) -> Result<KeyValue, EncodeError> {
        let protocol = self.protocol.as_deref().unwrap_or("");
        let value = GroupMetadataValue {
            protocol_type: self.protocol_type.clone().unwrap_or_default().into(),
            generation: self.generation,
            protocol: self.protocol.clone().map(Into::into),
            leader: self
                .leader
                .as_deref()
                .map(|leader| leader.to_owned().into()),
            current_state_timestamp: self.state_since.unwrap_or(WallMs::NONE).0,
            members: self
                .members
                .values()
                .map(|member| member.to_record(protocol, &assignment(member)))
                .collect(),
            ..GroupMetadataValue::default()
        };
        group_record(&self.id, &value)
    }

    /// The record of a group that has just come into being.
    pub(crate) fn empty_record(&self) -> Result<KeyValue, EncodeError> {
        let value = GroupMetadataValue {
            protocol: None,
            leader: None,
            current_state_timestamp: self.state_since.unwrap_or(WallMs::NONE).0,
            ..GroupMetadataValue::default()
        };
        group_record(&self.id, &value)
    }

    fn count_in(&mut self, member: &Member) {
        for protocol in &member.protocols {
            *self.supporters.entry(protocol.name.clone()).or_default() += 1;
        }
        self.awaiting_join += usize::from(member.awaiting_join.is_some());
    }

    fn count_out(&mut self, member: &Member) {
        for protocol in &member.protocols {
            if let Some(count) = self.supporters.get_mut(&protocol.name) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    self.supporters.remove(&protocol.name);
                }
            }
        }
        let awaited = usize::from(member.awaiting_join.is_some());
        self.awaiting_join = self.awaiting_join.saturating_sub(awaited);
    }

    /// Panics when an invariant of the module is broken.
    pub(crate) fn check_invariants(&self) {
        if self.members.is_empty() {
            let may = matches!(
                self.state,
                GroupState::Empty | GroupState::PreparingRebalance
            );
            assert!(may, "I1: {} has no members in {:?}", self.id, self.state);
        }
        for (instance, id) in &self.static_members {
            let held = self.members.get(id).and_then(|m| m.instance_id.as_ref());
            assert_eq!(held, Some(instance), "I2 in {}", self.id);
        }
        let mut awaiting_join = 0;
        for member in self.members.values() {
            if member.awaiting_sync.is_some() {
                assert_eq!(
                    self.state,
                    GroupState::CompletingRebalance,
                    "I3 in {}",
                    self.id
                );
            }
            if member.awaiting_join.is_some() {
                awaiting_join += 1;
                let may = matches!(
                    self.state,
                    GroupState::PreparingRebalance | GroupState::Stable
                );
                assert!(may, "I4: {} in {:?}", self.id, self.state);
            }
        }
        assert_eq!(
            awaiting_join, self.awaiting_join,
            "parked joins of {}",
            self.id
        );
    }
}

fn read_subscription(bytes: &[u8]) -> Result<ConsumerProtocolSubscription<'_>, DecodeError> {
    let mut reader = Reader::new(bytes);
    reader.i16()?;
    ConsumerProtocolSubscription::decode(&mut reader, 0)
}
