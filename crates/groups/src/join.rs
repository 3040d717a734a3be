//! JoinGroup.

use std::sync::Arc;

use ottla_protocol::messages::{JoinGroupRequest, JoinGroupResponse};
use ottla_types::ErrorCode;

use crate::{
    coordinator::{Asking, Coordinator},
    group::{Group, GroupState},
    journal::{Context, Effects, Rejoin, Then, Write},
    member::{Member, Parked, Protocol, protocols_of},
    request::{Call, GroupReply, append_code, join_refused},
};

/// A JoinGroup under way.
struct Join<'a> {
    call: Call<'a>,
    request: &'a JoinGroupRequest<'static>,
    protocols: Vec<Protocol>,
    rebalance_timeout_ms: i32,
}

impl Join<'_> {
    const fn parked(&self) -> Parked {
        Parked {
            token: self.call.token,
            api_version: self.call.api_version,
        }
    }

    fn reply(&self, cx: &mut Context<'_>, reply: JoinGroupResponse<'static>) {
        cx.journal
            .reply(self.call.token, GroupReply::JoinGroup(reply));
    }

    fn refuse(&self, cx: &mut Context<'_>, member: &str, code: ErrorCode) {
        self.reply(cx, join_refused(self.call.api_version, member, code));
    }

    fn instance_id(&self) -> Option<&str> {
        self.request.group_instance_id.as_deref()
    }
}

impl Coordinator {
    pub(crate) fn join(&mut self, asking: Asking<'_>, request: &JoinGroupRequest<'static>) {
        let Asking { now, call } = asking;
        // Version 0 knows one timeout only.
        let rebalance_timeout_ms = match request.rebalance_timeout_ms {
            _ if call.api_version == 0 => request.session_timeout_ms,
            given => given,
        };
        let join = Join {
            call,
            request,
            protocols: protocols_of(&request.protocols),
            rebalance_timeout_ms,
        };
        if self.of_other_types.contains(&*request.group_id) {
            let (_, mut cx) = self.split(now);
            let code = ErrorCode::INCONSISTENT_GROUP_PROTOCOL;
            return join.refuse(&mut cx, &request.member_id, code);
        }
        let is_unknown = request.member_id.is_empty();
        let is_new_group = !self.groups.contains_key(&*request.group_id);
        if is_new_group && is_unknown {
            let id: Arc<str> = request.group_id.as_ref().into();
            self.groups
                .insert(Arc::clone(&id), Group::new(id, now.wall));
        }
        let member_id = is_unknown.then(|| {
            let prefix = request.group_instance_id.as_deref();
            self.member_ids.next(prefix.unwrap_or(call.client_id))
        });
        let (groups, mut cx) = self.split(now);
        let Some(group) = groups.get_mut(&*request.group_id) else {
            return join.refuse(&mut cx, &request.member_id, ErrorCode::UNKNOWN_MEMBER_ID);
        };
        let write = group.handle_join(&mut cx, &join, member_id);
        match write {
            Some(write) => _ = cx.append(write),
            None if is_new_group => {
                let mut write = Write::one(group.empty_record(), Then::Nothing);
                write.effects = Effects {
                    created: Some(Arc::clone(&group.id)),
                    ..Effects::default()
                };
                group.created_by = Some(cx.append(write));
            }
            None => {}
        }
    }
}

impl Group {
    fn handle_join(
        &mut self,
        cx: &mut Context<'_>,
        join: &Join<'_>,
        new_id: Option<String>,
    ) -> Option<Write> {
        let member = &*join.request.member_id;
        if !self.has_room_for(member, cx.config.max_size) {
            self.remove(cx, member);
            join.refuse(cx, "", ErrorCode::GROUP_MAX_SIZE_REACHED);
            return None;
        }
        let names = join.protocols.iter().map(|protocol| protocol.name.as_str());
        if !self.supports(&join.request.protocol_type, names) {
            join.refuse(cx, member, ErrorCode::INCONSISTENT_GROUP_PROTOCOL);
            return None;
        }
        match new_id {
            Some(id) => self.join_new(cx, join, id.into()),
            None => self.join_known(cx, join),
        }
    }

    fn has_room_for(&self, member: &str, max_size: usize) -> bool {
        match self.state {
            GroupState::Empty => true,
            GroupState::PreparingRebalance => {
                let is_waiting = |m: &Member| m.awaiting_join.is_some();
                self.members.get(member).is_some_and(is_waiting) || self.awaiting_join() < max_size
            }
            GroupState::CompletingRebalance | GroupState::Stable => {
                self.members.contains_key(member) || self.members.len() < max_size
            }
        }
    }

    fn join_new(&mut self, cx: &mut Context<'_>, join: &Join<'_>, id: Arc<str>) -> Option<Write> {
        if let Some(instance) = join.instance_id() {
            return match self.static_members.get(instance).map(Arc::clone) {
                Some(former) => self.rejoin_static(cx, join, &former, id),
                None => self.add_joining(cx, join, id),
            };
        }
        if join.call.api_version < FIRST_WITH_MEMBER_ID_REQUIRED {
            return self.add_joining(cx, join, id);
        }
        self.pending_joins.insert(Arc::clone(&id));
        self.expect_member(cx, &id, join.request.session_timeout_ms);
        join.refuse(cx, &id, ErrorCode::MEMBER_ID_REQUIRED);
        None
    }

    fn join_known(&mut self, cx: &mut Context<'_>, join: &Join<'_>) -> Option<Write> {
        let id = &*join.request.member_id;
        if self.pending_joins.contains(id) {
            if join.instance_id().is_some() {
                join.refuse(cx, "", ErrorCode::UNKNOWN_SERVER_ERROR);
                return None;
            }
            return self.add_joining(cx, join, id.into());
        }
        if let Err(code) = self.check_member(id, join.instance_id()) {
            join.refuse(cx, id, code);
            return None;
        }
        let is_unchanged = self
            .members
            .get(id)
            .is_some_and(|m| m.protocols == join.protocols);
        let is_leader = self.is_leader(id);
        match self.state {
            GroupState::PreparingRebalance => self.update_joining(cx, join, id),
            // The answer to its first join was lost.
            GroupState::CompletingRebalance if is_unchanged => {
                let reply = self.joined(id, join.call.api_version, is_leader);
                join.reply(cx, reply);
                None
            }
            // A leader may always ask for a new assignment.
            GroupState::Stable if is_unchanged && !is_leader => {
                let reply = self.joined(id, join.call.api_version, false);
                join.reply(cx, reply);
                None
            }
            GroupState::CompletingRebalance | GroupState::Stable => {
                self.update_joining(cx, join, id)
            }
            GroupState::Empty => {
                join.refuse(cx, id, ErrorCode::UNKNOWN_MEMBER_ID);
                None
            }
        }
    }

    fn add_joining(
        &mut self,
        cx: &mut Context<'_>,
        join: &Join<'_>,
        id: Arc<str>,
    ) -> Option<Write> {
        if self.state == GroupState::PreparingRebalance && self.is_initial {
            self.new_member_added = true;
        }
        let member = Member {
            id: Arc::clone(&id),
            instance_id: join.instance_id().map(str::to_owned),
            client_id: join.call.client_id.to_owned(),
            client_host: join.call.client_host.to_owned(),
            rebalance_timeout_ms: join.rebalance_timeout_ms,
            session_timeout_ms: join.request.session_timeout_ms,
            protocols: join.protocols.clone(),
            assignment: Vec::new(),
            is_new: true,
            awaiting_join: Some(join.parked()),
            awaiting_sync: None,
        };
        self.add(member, &join.request.protocol_type);
        self.expect_member(cx, &id, cx.config.new_member_join_timeout_ms);
        self.rebalance_or_complete(cx)
    }

    fn update_joining(&mut self, cx: &mut Context<'_>, join: &Join<'_>, id: &str) -> Option<Write> {
        self.take_over(cx, join, id);
        self.rebalance_or_complete(cx)
    }

    /// Takes over what the member now says of itself, and parks its join.
    fn take_over(&mut self, cx: &mut Context<'_>, join: &Join<'_>, id: &str) {
        self.update(id, |member| {
            member.protocols.clone_from(&join.protocols);
            member.rebalance_timeout_ms = join.rebalance_timeout_ms;
            member.session_timeout_ms = join.request.session_timeout_ms;
        });
        self.park_join(cx, id, join.parked());
    }

    /// A static member that has lost its id comes back. In a stable group nothing changes, as long
    /// as the protocol stays.
    fn rejoin_static(
        &mut self,
        cx: &mut Context<'_>,
        join: &Join<'_>,
        former_id: &str,
        id: Arc<str>,
    ) -> Option<Write> {
        let former_leader = self.leader.clone();
        self.forget_session(cx, former_id);
        self.replace(cx, former_id, Arc::clone(&id));
        let former = Member {
            id: former_id.into(),
            ..self.members.get(&id)?.clone()
        };
        self.renew_session(cx, &id);
        self.take_over(cx, join, &id);
        match self.state {
            GroupState::Stable if self.select_protocol() == self.protocol => {
                let rejoin = Rejoin {
                    group: Arc::clone(&self.id),
                    member: id,
                    former,
                    former_leader,
                    token: join.call.token,
                };
                let record = self.record(|member| member.assignment.clone());
                Some(Write::one(record, Then::Rejoin(Box::new(rejoin))))
            }
            GroupState::Stable => self.rebalance_or_complete(cx),
            GroupState::CompletingRebalance => self.prepare_rebalance(cx),
            GroupState::PreparingRebalance | GroupState::Empty => self.complete_join_if_due(cx),
        }
    }

    fn awaits(&self, rejoin: &Rejoin) -> bool {
        let parked = self
            .members
            .get(&rejoin.member)
            .and_then(|m| m.awaiting_join);
        parked.is_some_and(|parked| parked.token == rejoin.token)
    }

    /// The new id of a static member is in the log.
    pub(crate) fn rejoin_committed(&mut self, cx: &mut Context<'_>, rejoin: &Rejoin) {
        // A rebalance that has begun since answers the join when it completes.
        if self.state != GroupState::Stable || !self.awaits(rejoin) {
            return;
        }
        let id = Arc::clone(&rejoin.member);
        self.answer_join(cx, &id, |group, version| {
            if version < FIRST_WITH_SKIP_ASSIGNMENT {
                // Shown the former leader, the member does not start to assign.
                let leader = rejoin.former_leader.as_deref().unwrap_or("");
                return JoinGroupResponse {
                    leader: leader.to_owned().into(),
                    ..group.joined(&id, version, false)
                };
            }
            let is_leader = group.is_leader(&id);
            JoinGroupResponse {
                skip_assignment: is_leader,
                ..group.joined(&id, version, is_leader)
            }
        });
    }

    /// The new id of a static member could not be written: back to the old one.
    pub(crate) fn rejoin_failed(&mut self, cx: &mut Context<'_>, rejoin: &Rejoin, code: ErrorCode) {
        if !self.awaits(rejoin) {
            return;
        }
        let id = Arc::clone(&rejoin.member);
        let leader = rejoin.former_leader.as_deref().unwrap_or("");
        self.answer_join(cx, &id, |group, version| JoinGroupResponse {
            error_code: append_code(code),
            leader: leader.to_owned().into(),
            ..group.joined("", version, false)
        });
        if self.state != GroupState::Stable {
            return;
        }
        self.forget_session(cx, &id);
        self.replace(cx, &id, Arc::clone(&rejoin.former.id));
        self.update(&rejoin.former.id, |member| *member = rejoin.former.clone());
        self.renew_session(cx, &rejoin.former.id);
    }
}

/// From here on a member learns its id before it joins.
const FIRST_WITH_MEMBER_ID_REQUIRED: i16 = 4;
/// From here on a leader can be told that there is nothing to assign.
const FIRST_WITH_SKIP_ASSIGNMENT: i16 = 9;
