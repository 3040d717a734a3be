//! The coordinator of the groups of one partition of `__consumer_offsets`.
//!
//! Owns members, rebalances and offsets. Never sees the log, a clock, or which connection a token
//! stands for.
//!
//! C1  an answer that depends on an append leaves after the append is committed
//! C2  every token is answered once
//! C3  offsets and groups change when they are appended, and change back when that fails

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

use ottla_protocol::messages::JoinGroupRequest;
use ottla_types::{ErrorCode, Mono, Now, Offset, ProducerId, TopicPartition, WallMs};

use crate::{
    config::GroupConfig,
    group::{Group, GroupState},
    journal::{Context, Effects, Journal, Output, Pending, Then, Write, WriteId},
    member_ids::MemberIds,
    offsets::{CommittedOffset, Offsets, Slot},
    record::{GroupRecord, RecordFault},
    request::{Call, GroupReply, GroupRequest, append_code, heartbeat, join_refused, sync_refused},
    timers::{TimerKey, Timers},
};

/// Where a coordinator is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Loading,
    Active,
    Unloaded,
}

/// When, and who.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) now: Now,
    pub(crate) call: Call<'a>,
}

/// Coordinator of the classic groups, and keeper of the offsets, of one partition.
///
/// It begins by loading: give it the records of the partition with [`load`](Self::load), then call
/// [`loaded`](Self::loaded). After every call take the orders with
/// [`poll_output`](Self::poll_output); call [`tick`](Self::tick) when
/// [`next_deadline`](Self::next_deadline) is reached. When leadership is lost call
/// [`unload`](Self::unload), and make a new one when it comes back.
///
/// Spec: KIP-62, KIP-134, KIP-211, KIP-345, KIP-394, KIP-447, KIP-800, KIP-814, KIP-848 (error
/// codes of OffsetCommit), KIP-1043.
#[derive(Clone, Debug, PartialEq)]
pub struct Coordinator {
    pub(crate) config: GroupConfig,
    phase: Phase,
    pub(crate) groups: BTreeMap<Arc<str>, Group>,
    /// Groups of types that are not spoken here. Their offsets are kept as they are.
    pub(crate) of_other_types: BTreeSet<Arc<str>>,
    pub(crate) offsets: Offsets,
    pub(crate) timers: Timers,
    pub(crate) journal: Journal,
    pub(crate) member_ids: MemberIds,
}

impl Coordinator {
    /// A coordinator that has not loaded anything. `seed` must come from entropy: member ids are
    /// drawn from it.
    #[must_use]
    pub fn new(config: GroupConfig, seed: u64) -> Self {
        Self {
            config,
            phase: Phase::Loading,
            groups: BTreeMap::new(),
            of_other_types: BTreeSet::new(),
            offsets: Offsets::default(),
            timers: Timers::default(),
            journal: Journal::default(),
            member_ids: MemberIds::new(seed),
        }
    }

    /// Replays one record of the partition. Records of types that are not known are passed over.
    ///
    /// # Errors
    /// [`RecordFault`] when the record cannot be read; nothing has changed.
    pub fn load(
        &mut self,
        key: &[u8],
        value: Option<&[u8]>,
        offset: Offset,
    ) -> Result<(), RecordFault> {
        self.load_from(key, value, offset, None)
    }

    /// Replays one record of a transactional batch. Its offsets count from
    /// [`transaction_completed`](Self::transaction_completed) on.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_transactional(
        &mut self,
        key: &[u8],
        value: Option<&[u8]>,
        offset: Offset,
        producer: ProducerId,
    ) -> Result<(), RecordFault> {
        self.load_from(key, value, offset, Some(producer))
    }

    fn load_from(
        &mut self,
        key: &[u8],
        value: Option<&[u8]>,
        offset: Offset,
        producer: Option<ProducerId>,
    ) -> Result<(), RecordFault> {
        match GroupRecord::decode(key, value, offset)? {
            None => {}
            Some(GroupRecord::OtherType { group, is_there }) => {
                if is_there {
                    self.of_other_types.insert(group.as_ref().into());
                } else {
                    self.of_other_types.remove(&*group);
                }
            }
            Some(GroupRecord::Group { key, value: None }) => {
                self.groups.remove(&*key.group);
            }
            Some(GroupRecord::Group {
                key,
                value: Some(value),
            }) => {
                let group = Group::restore(&key.group, &value);
                self.groups.insert(Arc::clone(&group.id), group);
            }
            Some(GroupRecord::Offset { key, value }) => {
                let slot = Slot {
                    group: key.group.as_ref().into(),
                    topic: key.topic.as_ref().into(),
                    partition: key.partition,
                };
                let value = value.as_ref().map(CommittedOffset::restore);
                if value.is_some() && !self.groups.contains_key(&slot.group) {
                    // When it came into being nobody knows, and nothing asks.
                    let mut group = Group::new(Arc::clone(&slot.group), WallMs::NONE);
                    group.state_since = None;
                    self.groups.insert(Arc::clone(&slot.group), group);
                }
                match (producer, value) {
                    (Some(producer), Some(value)) => {
                        self.offsets.load_transactional(&slot, producer, value);
                    }
                    (_, value) => self.offsets.load(&slot, value),
                }
            }
        }
        Ok(())
    }

    /// The marker of a transaction lies below the high watermark: the offsets that `producer` has
    /// committed in it count, or are dropped. Also for markers met while loading.
    pub fn transaction_completed(&mut self, producer: ProducerId, is_commit: bool) {
        self.offsets.complete(producer, is_commit);
    }

    /// All records are replayed: requests are answered from now on.
    pub fn loaded(&mut self, now: Now) {
        self.phase = Phase::Active;
        let next = now.mono + self.config.offsets_retention_check_interval;
        self.timers.set(TimerKey::Expiry, next);
        // Their offsets have made them look like groups without members.
        let of_other_types = &self.of_other_types;
        self.groups
            .retain(|id, group| group.protocol_type.is_some() || !of_other_types.contains(id));
        let ids: Vec<_> = self.groups.keys().map(Arc::clone).collect();
        for id in ids {
            let (groups, mut cx) = self.split(now);
            let Some(group) = groups.get_mut(&id) else {
                continue;
            };
            for member in group.members.keys() {
                group.renew_session(&mut cx, member);
            }
            // The limit may have been lowered: who rejoins first stays.
            if group.members.len() > cx.config.max_size
                && let Some(write) = group.prepare_rebalance(&mut cx)
            {
                cx.append(write);
            }
        }
        self.settle(now);
    }

    /// Takes a request. Its answer comes as an output, now or later.
    pub fn handle(&mut self, now: Now, call: Call<'_>, request: &GroupRequest) {
        if let Some(reply) = self.refusal(&call, request) {
            return self.journal.reply(call.token, reply);
        }
        let asking = Asking { now, call };
        match request {
            GroupRequest::JoinGroup(request) => self.join(asking, request),
            GroupRequest::SyncGroup(request) => self.sync(asking, request),
            GroupRequest::Heartbeat(request) => self.heartbeat(asking, request),
            GroupRequest::LeaveGroup(request) => self.leave(asking, request),
            GroupRequest::OffsetCommit(request) => self.commit(asking, request),
            GroupRequest::TxnOffsetCommit(request) => self.commit_in_transaction(asking, request),
            GroupRequest::OffsetFetch {
                group,
                require_stable,
            } => self.fetch(asking, group, *require_stable),
            GroupRequest::OffsetDelete(request) => self.delete_offsets(asking, request),
            GroupRequest::ListGroups(request) => self.list(asking, request),
            GroupRequest::DescribeGroups(request) => self.describe(asking, request),
            GroupRequest::DeleteGroups(request) => self.delete(asking, request),
        }
        self.settle(now);
    }

    /// What is refused before the groups are looked at.
    fn refusal(&self, call: &Call<'_>, request: &GroupRequest) -> Option<GroupReply> {
        let by_form = match request {
            GroupRequest::JoinGroup(join) => self.join_refusal(join).map(|code| {
                let reply = join_refused(call.api_version, &join.member_id, code);
                GroupReply::JoinGroup(reply)
            }),
            // From version 5 on a member must say what it believes was chosen.
            GroupRequest::SyncGroup(sync)
                if call.api_version >= 5
                    && (sync.protocol_type.is_none() || sync.protocol_name.is_none()) =>
            {
                let reply = sync_refused(ErrorCode::INCONSISTENT_GROUP_PROTOCOL);
                Some(GroupReply::SyncGroup(reply))
            }
            GroupRequest::SyncGroup(_)
            | GroupRequest::Heartbeat(_)
            | GroupRequest::LeaveGroup(_)
            | GroupRequest::TxnOffsetCommit(_)
            | GroupRequest::OffsetDelete(_)
            | GroupRequest::OffsetCommit(_)
            | GroupRequest::OffsetFetch { .. }
            | GroupRequest::ListGroups(_)
            | GroupRequest::DescribeGroups(_)
            | GroupRequest::DeleteGroups(_) => request
                .lacks_group_id()
                .then(|| request.refused(call.api_version, ErrorCode::INVALID_GROUP_ID)),
        };
        by_form.or_else(|| self.phase_refusal(call, request))
    }

    fn join_refusal(&self, join: &JoinGroupRequest<'static>) -> Option<ErrorCode> {
        let sessions = self.config.min_session_timeout_ms..=self.config.max_session_timeout_ms;
        if join.group_id.is_empty() {
            Some(ErrorCode::INVALID_GROUP_ID)
        } else if !sessions.contains(&join.session_timeout_ms) {
            Some(ErrorCode::INVALID_SESSION_TIMEOUT)
        } else {
            None
        }
    }

    fn phase_refusal(&self, call: &Call<'_>, request: &GroupRequest) -> Option<GroupReply> {
        match (self.phase, request) {
            (Phase::Active, _) => None,
            // A member must not give up while its coordinator loads.
            (Phase::Loading, GroupRequest::Heartbeat(_)) => {
                Some(GroupReply::Heartbeat(heartbeat(ErrorCode::NONE)))
            }
            (Phase::Loading, _) => {
                Some(request.refused(call.api_version, ErrorCode::COORDINATOR_LOAD_IN_PROGRESS))
            }
            (Phase::Unloaded, _) => {
                Some(request.refused(call.api_version, ErrorCode::NOT_COORDINATOR))
            }
        }
    }

    /// The high watermark has passed `write`, and with it everything appended before.
    pub fn committed(&mut self, now: Now, write: WriteId) {
        while let Some(first) = self
            .journal
            .pending
            .first_entry()
            .filter(|e| *e.key() <= write)
        {
            let (id, pending) = first.remove_entry();
            self.timers.cancel(&TimerKey::Write(id));
            self.confirm(now, id, pending);
        }
        self.settle(now);
    }

    fn confirm(&mut self, now: Now, id: WriteId, pending: Pending) {
        for slot in &pending.effects.offsets {
            self.offsets.confirm(slot, id);
        }
        if let Some(created) = &pending.effects.created {
            let leaving = self
                .journal
                .pending
                .values_mut()
                .flat_map(|p| &mut p.effects.removed);
            for group in self.groups.get_mut(created).into_iter().chain(leaving) {
                if group.created_by == Some(id) {
                    group.created_by = None;
                }
            }
        }
        let (groups, mut cx) = self.split(now);
        match pending.then {
            Then::Nothing => {}
            Then::Reply(token, reply) => cx.journal.reply(token, reply),
            Then::Assign {
                group,
                generation,
                assignment,
            } => {
                if let Some(group) = groups.get_mut(&group)
                    && group.state == GroupState::CompletingRebalance
                    && group.generation == generation
                {
                    group.assign(&mut cx, assignment);
                }
            }
            Then::Rejoin(rejoin) => {
                if let Some(group) = groups.get_mut(&rejoin.group) {
                    group.rejoin_committed(&mut cx, &rejoin);
                }
            }
        }
        for (token, reply) in pending.after {
            cx.journal.reply(token, reply);
        }
    }

    /// `write` was not appended, or cannot be committed; `code` says why. What it changed is
    /// undone.
    pub fn failed(&mut self, now: Now, write: WriteId, code: ErrorCode) {
        if let Some(mut pending) = self.journal.pending.remove(&write) {
            self.timers.cancel(&TimerKey::Write(write));
            let effects = std::mem::take(&mut pending.effects);
            self.refuse_write(now, &mut pending, code);
            self.revert(now, write, effects, code);
        }
        self.settle(now);
    }

    fn refuse_write(&mut self, now: Now, pending: &mut Pending, code: ErrorCode) {
        let (groups, mut cx) = self.split(now);
        cx.journal.refuse_waiting(pending, code);
        match std::mem::replace(&mut pending.then, Then::Nothing) {
            Then::Nothing | Then::Reply(..) => {}
            Then::Assign {
                group, generation, ..
            } => {
                if let Some(group) = groups.get_mut(&group)
                    && group.state == GroupState::CompletingRebalance
                    && group.generation == generation
                    && let Some(write) = group.assignment_failed(&mut cx, code)
                {
                    cx.append(write);
                }
            }
            Then::Rejoin(rejoin) => {
                if let Some(group) = groups.get_mut(&rejoin.group) {
                    group.rejoin_failed(&mut cx, &rejoin, code);
                }
            }
        }
    }

    fn revert(&mut self, now: Now, write: WriteId, effects: Effects, code: ErrorCode) {
        for slot in &effects.offsets {
            self.offsets.revert(slot, write);
        }
        for group in effects.removed {
            match self.groups.entry(Arc::clone(&group.id)) {
                Entry::Vacant(vacant) => _ = vacant.insert(group),
                // It was made anew meanwhile, and is now known to the log since its first life.
                Entry::Occupied(mut anew) => anew.get_mut().created_by = group.created_by,
            }
        }
        if let Some(created) = effects.created {
            for pending in self.journal.pending.values_mut() {
                pending
                    .effects
                    .removed
                    .retain(|group| group.created_by != Some(write));
            }
            let has_offsets = self.offsets.group(&created).is_some();
            let (groups, mut cx) = self.split(now);
            if let Some(group) = groups.get_mut(&created)
                && group.created_by == Some(write)
            {
                group.refuse_all(&mut cx, append_code(code));
                if has_offsets {
                    *group = Group::new(created, now.wall);
                } else {
                    groups.remove(&created);
                }
            }
        }
    }

    /// Lets time pass: sessions, rebalances, appends and offsets that are due end.
    pub fn tick(&mut self, now: Now) {
        while let Some(key) = self.timers.pop_due(now.mono) {
            match key {
                TimerKey::Expiry => self.expire(now),
                TimerKey::Write(write) => self.time_out(now, write),
                TimerKey::Join(group) => {
                    self.fire(now, &group, |group, cx| group.join_timer_fired(cx));
                }
                TimerKey::Sync(group) => {
                    self.fire(now, &group, |group, cx| group.sync_timer_fired(cx));
                }
                TimerKey::Session { group, member } => {
                    self.fire(now, &group, |group, cx| {
                        group.session_timer_fired(cx, &member)
                    });
                }
            }
        }
        self.settle(now);
    }

    fn fire(
        &mut self,
        now: Now,
        group: &str,
        rule: impl FnOnce(&mut Group, &mut Context<'_>) -> Option<Write>,
    ) {
        let (groups, mut cx) = self.split(now);
        if let Some(group) = groups.get_mut(group)
            && let Some(write) = rule(group, &mut cx)
        {
            cx.append(write);
        }
    }

    /// An append takes too long. Who waits is refused; what it changed stays until the append is
    /// committed or fails.
    fn time_out(&mut self, now: Now, write: WriteId) {
        if let Some(mut pending) = self.journal.pending.remove(&write) {
            self.refuse_write(now, &mut pending, ErrorCode::REQUEST_TIMED_OUT);
            self.journal.pending.insert(write, pending);
        }
    }

    /// When [`tick`](Self::tick) has something to do next.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Mono> {
        self.timers.next()
    }

    /// The next order, oldest first.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.journal.outputs.pop_front()
    }

    /// Topic partitions were deleted: their offsets go.
    pub fn partitions_deleted(&mut self, now: Now, partitions: &[TopicPartition]) {
        if self.phase == Phase::Active {
            self.delete_offsets_of(now, partitions);
            self.settle(now);
        }
    }

    /// Leadership is lost: everybody who waits hears NOT_COORDINATOR, and so does who asks from
    /// now on.
    pub fn unload(&mut self) {
        self.phase = Phase::Unloaded;
        let now = Now::default();
        let (groups, mut cx) = self.split(now);
        for group in groups.values_mut() {
            group.refuse_all(&mut cx, ErrorCode::NOT_COORDINATOR);
        }
        let pending = std::mem::take(&mut cx.journal.pending);
        for mut pending in pending.into_values() {
            cx.journal
                .refuse_waiting(&mut pending, ErrorCode::NOT_COORDINATOR);
        }
        // Orders to append that nobody took make no sense any more.
        cx.journal
            .outputs
            .retain(|output| matches!(output, Output::Reply { .. }));
        self.groups.clear();
        self.of_other_types.clear();
        self.offsets = Offsets::default();
        self.timers.clear();
    }

    /// Groups that the log has confirmed, also those on their way out of it.
    pub(crate) fn committed_groups(&self) -> impl Iterator<Item = &Group> {
        let leaving = self
            .journal
            .pending
            .values()
            .flat_map(|p| &p.effects.removed);
        let here = self.groups.values();
        here.chain(leaving)
            .filter(|group| group.created_by.is_none())
    }

    pub(crate) fn committed_group(&self, id: &str) -> Option<&Group> {
        let here = self
            .groups
            .get(id)
            .filter(|group| group.created_by.is_none());
        here.or_else(|| {
            let mut leaving = self
                .journal
                .pending
                .values()
                .flat_map(|p| &p.effects.removed);
            leaving.find(|group| &*group.id == id && group.created_by.is_none())
        })
    }

    pub(crate) fn split(&mut self, now: Now) -> (&mut BTreeMap<Arc<str>, Group>, Context<'_>) {
        let cx = Context {
            now,
            config: &self.config,
            timers: &mut self.timers,
            journal: &mut self.journal,
        };
        (&mut self.groups, cx)
    }

    /// Fails appends that could not be expressed, such as one with an id that is too long.
    fn settle(&mut self, now: Now) {
        while let Some(write) = self.journal.unwritable.pop() {
            if let Some(mut pending) = self.journal.pending.remove(&write) {
                self.timers.cancel(&TimerKey::Write(write));
                let effects = std::mem::take(&mut pending.effects);
                self.refuse_write(now, &mut pending, ErrorCode::UNKNOWN_SERVER_ERROR);
                self.revert(now, write, effects, ErrorCode::UNKNOWN_SERVER_ERROR);
            }
        }
    }

    /// Panics when an invariant of a group is broken. For tests and simulation.
    pub fn check_invariants(&self) {
        self.groups.values().for_each(Group::check_invariants);
    }
}
