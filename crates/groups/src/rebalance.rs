//! How a group goes from one generation to the next.

use std::{collections::BTreeMap, sync::Arc};

use ottla_protocol::messages::SyncGroupResponse;
use ottla_types::ErrorCode;

use crate::{
    config::millis,
    group::{Group, GroupState, InitialDelay},
    journal::{Context, Then, Write},
    member::Member,
    request::{GroupReply, append_code, sync_refused},
    timers::TimerKey,
};

impl Group {
    /// Gives a member `timeout_ms` from now to be heard of.
    pub(crate) fn expect_member(&self, cx: &mut Context<'_>, member: &str, timeout_ms: i32) {
        let key = session_key(self, member);
        cx.timers.set(key, cx.now.mono + millis(timeout_ms));
    }

    /// As [`Group::expect_member`], for the session timeout of the member.
    pub(crate) fn renew_session(&self, cx: &mut Context<'_>, member: &str) {
        if let Some(found) = self.members.get(member) {
            self.expect_member(cx, member, found.session_timeout_ms);
        }
    }

    pub(crate) fn forget_session(&self, cx: &mut Context<'_>, member: &str) {
        cx.timers.cancel(&session_key(self, member));
    }

    /// Starts a rebalance, or ends the join phase of the one under way.
    #[must_use]
    pub(crate) fn rebalance_or_complete(&mut self, cx: &mut Context<'_>) -> Option<Write> {
        match self.state {
            GroupState::PreparingRebalance => self.complete_join_if_due(cx),
            GroupState::Empty | GroupState::CompletingRebalance | GroupState::Stable => {
                self.prepare_rebalance(cx)
            }
        }
    }

    /// Ends the join phase if everybody is there and the group is not held back.
    #[must_use]
    pub(crate) fn complete_join_if_due(&mut self, cx: &mut Context<'_>) -> Option<Write> {
        let is_due = self.state == GroupState::PreparingRebalance
            && !self.is_initial
            && self.has_all_joined();
        if is_due { self.complete_join(cx) } else { None }
    }

    #[must_use]
    pub(crate) fn prepare_rebalance(&mut self, cx: &mut Context<'_>) -> Option<Write> {
        if self.state == GroupState::CompletingRebalance {
            self.drop_assignment(cx, ErrorCode::REBALANCE_IN_PROGRESS);
        }
        self.pending_syncs.clear();
        cx.timers.cancel(&TimerKey::Sync(Arc::clone(&self.id)));
        let is_initial = self.is_empty();
        self.enter(GroupState::PreparingRebalance, cx.now.wall);
        if is_initial {
            let delay_ms = cx.config.initial_rebalance_delay_ms;
            let remaining_ms = self.rebalance_timeout_ms().saturating_sub(delay_ms).max(0);
            self.hold_back(cx, delay_ms, remaining_ms);
            return None;
        }
        if self.has_all_joined() {
            return self.complete_join(cx);
        }
        self.await_joins(cx);
        None
    }

    fn hold_back(&mut self, cx: &mut Context<'_>, delay_ms: i32, remaining_ms: i32) {
        self.initial_delay = Some(InitialDelay {
            delay_ms,
            remaining_ms,
        });
        let key = TimerKey::Join(Arc::clone(&self.id));
        cx.timers.set(key, cx.now.mono + millis(delay_ms));
    }

    fn await_joins(&mut self, cx: &mut Context<'_>) {
        self.initial_delay = None;
        let key = TimerKey::Join(Arc::clone(&self.id));
        cx.timers
            .set(key, cx.now.mono + millis(self.rebalance_timeout_ms()));
    }

    /// The time to join is over: more of it if a new group still grows, else on without the rest.
    #[must_use]
    pub(crate) fn join_timer_fired(&mut self, cx: &mut Context<'_>) -> Option<Write> {
        if self.state != GroupState::PreparingRebalance {
            return None;
        }
        if let Some(InitialDelay {
            delay_ms,
            remaining_ms,
        }) = self.initial_delay
            && self.new_member_added
            && remaining_ms != 0
        {
            self.new_member_added = false;
            let next = cx.config.initial_rebalance_delay_ms.min(remaining_ms);
            self.hold_back(cx, next, remaining_ms.saturating_sub(delay_ms).max(0));
            return None;
        }
        self.complete_join(cx)
    }

    /// Begins the next generation with those who have joined.
    #[must_use]
    pub(crate) fn complete_join(&mut self, cx: &mut Context<'_>) -> Option<Write> {
        cx.timers.cancel(&TimerKey::Join(Arc::clone(&self.id)));
        self.initial_delay = None;
        self.drop_absent_members(cx);
        if !self.elect_joined_leader() && !self.members.is_empty() {
            // Only static members are left, and none of them has come back.
            self.await_joins(cx);
            return None;
        }
        self.generation = self.generation.wrapping_add(1);
        self.pending_syncs.clear();
        self.protocol = self.select_protocol();
        self.subscribed_topics = self.read_subscriptions();
        if self.members.is_empty() {
            self.enter(GroupState::Empty, cx.now.wall);
            return Some(Write::one(self.record(|_| Vec::new()), Then::Nothing));
        }
        self.enter(GroupState::CompletingRebalance, cx.now.wall);
        self.answer_joins(cx);
        let key = TimerKey::Sync(Arc::clone(&self.id));
        cx.timers
            .set(key, cx.now.mono + millis(self.rebalance_timeout_ms()));
        None
    }

    fn drop_absent_members(&mut self, cx: &mut Context<'_>) {
        let is_absent = |m: &&Member| m.awaiting_join.is_none() && m.instance_id.is_none();
        let absent: Vec<_> = self
            .members
            .values()
            .filter(is_absent)
            .map(|m| Arc::clone(&m.id))
            .collect();
        for member in absent {
            self.remove(cx, &member);
            self.forget_session(cx, &member);
        }
    }

    /// Leadership goes to a member that is there; false when none is.
    fn elect_joined_leader(&mut self) -> bool {
        let Some(leader) = &self.leader else {
            return false;
        };
        if self
            .members
            .get(leader)
            .is_some_and(|m| m.awaiting_join.is_some())
        {
            return true;
        }
        match self.members.values().find(|m| m.awaiting_join.is_some()) {
            Some(joined) => {
                self.leader = Some(Arc::clone(&joined.id));
                true
            }
            None => false,
        }
    }

    fn answer_joins(&mut self, cx: &mut Context<'_>) {
        let ids: Vec<_> = self.members.keys().map(Arc::clone).collect();
        for id in ids {
            let is_leader = self.is_leader(&id);
            self.answer_join(cx, &id, |group, version| {
                group.joined(&id, version, is_leader)
            });
            self.renew_session(cx, &id);
            if let Some(member) = self.members.get_mut(&id) {
                member.is_new = false;
            }
            self.pending_syncs.insert(id);
        }
    }

    /// Somebody has not asked for an assignment in time and is out.
    #[must_use]
    pub(crate) fn sync_timer_fired(&mut self, cx: &mut Context<'_>) -> Option<Write> {
        match self.state {
            GroupState::Empty | GroupState::PreparingRebalance => return None,
            GroupState::CompletingRebalance | GroupState::Stable => {}
        }
        if self.pending_syncs.is_empty() {
            return None;
        }
        for member in std::mem::take(&mut self.pending_syncs) {
            self.remove(cx, &member);
            self.forget_session(cx, &member);
        }
        self.prepare_rebalance(cx)
    }

    /// A member was not heard of in time.
    #[must_use]
    pub(crate) fn session_timer_fired(
        &mut self,
        cx: &mut Context<'_>,
        member: &str,
    ) -> Option<Write> {
        if self.pending_joins.contains(member) {
            self.remove(cx, member);
            let is_due = self.state == GroupState::PreparingRebalance && self.has_all_joined();
            return if is_due { self.complete_join(cx) } else { None };
        }
        if self.members.get(member)?.is_heard_of() {
            return None;
        }
        self.remove(cx, member);
        match self.state {
            GroupState::Stable | GroupState::CompletingRebalance => self.rebalance_or_complete(cx),
            GroupState::PreparingRebalance if self.has_all_joined() => self.complete_join(cx),
            GroupState::PreparingRebalance | GroupState::Empty => None,
        }
    }

    /// The assignment is in the log: the group is stable.
    pub(crate) fn assign(
        &mut self,
        cx: &mut Context<'_>,
        mut assignment: BTreeMap<Arc<str>, Vec<u8>>,
    ) {
        for (id, member) in &mut self.members {
            member.assignment = assignment.remove(id).unwrap_or_default();
        }
        self.enter(GroupState::Stable, cx.now.wall);
        self.answer_syncs(cx, ErrorCode::NONE);
    }

    /// The assignment could not be written: the members must join again.
    #[must_use]
    pub(crate) fn assignment_failed(
        &mut self,
        cx: &mut Context<'_>,
        code: ErrorCode,
    ) -> Option<Write> {
        self.drop_assignment(cx, append_code(code));
        self.rebalance_or_complete(cx)
    }

    fn drop_assignment(&mut self, cx: &mut Context<'_>, code: ErrorCode) {
        self.members.values_mut().for_each(|m| m.assignment.clear());
        self.answer_syncs(cx, code);
    }

    fn answer_syncs(&mut self, cx: &mut Context<'_>, code: ErrorCode) {
        let mut answered = Vec::new();
        for (id, member) in &mut self.members {
            if let Some(token) = member.awaiting_sync.take() {
                answered.push((Arc::clone(id), token));
            }
        }
        for (id, token) in answered {
            let reply = if code == ErrorCode::NONE {
                self.synced(&id)
            } else {
                sync_refused(code)
            };
            cx.journal.reply(token, GroupReply::SyncGroup(reply));
            self.renew_session(cx, &id);
        }
    }

    /// The answer to a SyncGroup of a stable group.
    pub(crate) fn synced(&self, member: &str) -> SyncGroupResponse<'static> {
        let assignment = self.members.get(member).map(|m| m.assignment.clone());
        SyncGroupResponse {
            protocol_type: self.protocol_type.clone().map(Into::into),
            protocol_name: self.protocol.clone().map(Into::into),
            assignment: assignment.unwrap_or_default().into(),
            ..SyncGroupResponse::default()
        }
    }
}

fn session_key(group: &Group, member: &str) -> TimerKey {
    TimerKey::Session {
        group: Arc::clone(&group.id),
        member: member.into(),
    }
}
