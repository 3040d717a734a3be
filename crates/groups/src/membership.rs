//! SyncGroup, Heartbeat, LeaveGroup.

use std::{collections::BTreeMap, sync::Arc};

use ottla_protocol::messages::{
    HeartbeatRequest, LeaveGroupRequest, LeaveGroupResponse, SyncGroupRequest,
    leave_group_request::MemberIdentity, leave_group_response::MemberResponse,
};
use ottla_types::ErrorCode;

use crate::{
    coordinator::{Asking, Coordinator},
    group::{Group, GroupState},
    journal::{Context, Then, Write},
    request::{Call, GroupReply, heartbeat, sync_refused},
    timers::TimerKey,
};

impl Coordinator {
    pub(crate) fn sync(&mut self, asking: Asking<'_>, request: &SyncGroupRequest<'static>) {
        let Asking { now, call } = asking;
        let (groups, mut cx) = self.split(now);
        let group = groups
            .get_mut(&*request.group_id)
            .filter(|group| !group.is_empty());
        let checked = match group {
            None => Err(ErrorCode::UNKNOWN_MEMBER_ID),
            Some(group) => group.check_sync(request).map(|()| group),
        };
        match checked {
            Err(code) => cx
                .journal
                .reply(call.token, GroupReply::SyncGroup(sync_refused(code))),
            Ok(group) => {
                if let Some(write) = group.handle_sync(&mut cx, &call, request) {
                    cx.append(write);
                }
            }
        }
    }

    pub(crate) fn heartbeat(&mut self, asking: Asking<'_>, request: &HeartbeatRequest<'static>) {
        let Asking { now, call } = asking;
        let (groups, mut cx) = self.split(now);
        let checked = match groups.get(&*request.group_id) {
            None => Err(ErrorCode::UNKNOWN_MEMBER_ID),
            Some(group) => group.handle_heartbeat(&mut cx, request),
        };
        match checked {
            Err(code) => cx
                .journal
                .reply(call.token, GroupReply::Heartbeat(heartbeat(code))),
            Ok(code) => {
                cx.journal
                    .reply_settled(call.token, GroupReply::Heartbeat(heartbeat(code)));
            }
        }
    }

    pub(crate) fn leave(&mut self, asking: Asking<'_>, request: &LeaveGroupRequest<'static>) {
        let Asking { now, call } = asking;
        let members = leaving(call.api_version, request);
        let (groups, mut cx) = self.split(now);
        let Some(group) = groups.get_mut(&*request.group_id) else {
            let unknown = |member| left(member, ErrorCode::UNKNOWN_MEMBER_ID);
            let members = members.iter().map(unknown).collect();
            let reply = left_all(call.api_version, members);
            return cx.journal.reply(call.token, GroupReply::LeaveGroup(reply));
        };
        let responses: Vec<_> = members
            .iter()
            .map(|member| match group.handle_leave(&mut cx, member) {
                Ok(()) => left(member, ErrorCode::NONE),
                Err(code) => left(member, code),
            })
            .collect();
        let write = if responses.iter().any(|r| r.error_code == ErrorCode::NONE) {
            match group.state {
                GroupState::Stable | GroupState::CompletingRebalance => {
                    group.rebalance_or_complete(&mut cx)
                }
                GroupState::PreparingRebalance => group.complete_join_if_due(&mut cx),
                GroupState::Empty => None,
            }
        } else {
            None
        };
        let reply = GroupReply::LeaveGroup(left_all(call.api_version, responses));
        match write {
            None => cx.journal.reply_settled(call.token, reply),
            Some(write) => {
                cx.append(Write {
                    then: Then::Reply(call.token, reply),
                    ..write
                });
            }
        }
    }
}

impl Group {
    fn check_sync(&self, request: &SyncGroupRequest<'static>) -> Result<(), ErrorCode> {
        self.check_member(&request.member_id, request.group_instance_id.as_deref())?;
        if request.generation_id != self.generation {
            return Err(ErrorCode::ILLEGAL_GENERATION);
        }
        let differs = |asked: Option<&str>, ours: Option<&str>| matches!((asked, ours), (Some(asked), Some(ours)) if asked != ours);
        if differs(
            request.protocol_type.as_deref(),
            self.protocol_type.as_deref(),
        ) || differs(request.protocol_name.as_deref(), self.protocol.as_deref())
        {
            return Err(ErrorCode::INCONSISTENT_GROUP_PROTOCOL);
        }
        Ok(())
    }

    fn handle_sync(
        &mut self,
        cx: &mut Context<'_>,
        call: &Call<'_>,
        request: &SyncGroupRequest<'static>,
    ) -> Option<Write> {
        let id = &*request.member_id;
        match self.state {
            GroupState::Empty | GroupState::PreparingRebalance => {
                let reply = sync_refused(ErrorCode::REBALANCE_IN_PROGRESS);
                cx.journal.reply(call.token, GroupReply::SyncGroup(reply));
                None
            }
            GroupState::Stable => {
                self.sync_received(cx, id);
                let reply = self.synced(id);
                cx.journal.reply(call.token, GroupReply::SyncGroup(reply));
                None
            }
            GroupState::CompletingRebalance => {
                let member = self.members.get_mut(id)?;
                // Two at once are one that was sent again: the first has nobody to read it.
                if let Some(former) = member.awaiting_sync.replace(call.token) {
                    let reply = sync_refused(ErrorCode::REBALANCE_IN_PROGRESS);
                    cx.journal.reply(former, GroupReply::SyncGroup(reply));
                }
                self.sync_received(cx, id);
                self.is_leader(id)
                    .then(|| self.assignment_received(request))
            }
        }
    }

    fn sync_received(&mut self, cx: &mut Context<'_>, member: &str) {
        self.pending_syncs.remove(member);
        if self.pending_syncs.is_empty() {
            cx.timers.cancel(&TimerKey::Sync(Arc::clone(&self.id)));
        }
    }

    /// The leader has assigned. Members it has left out get nothing.
    fn assignment_received(&self, request: &SyncGroupRequest<'static>) -> Write {
        let mut assignment: BTreeMap<Arc<str>, Vec<u8>> = BTreeMap::new();
        for given in &request.assignments {
            assignment.insert(given.member_id.as_ref().into(), given.assignment.to_vec());
        }
        let record = self.record(|member| assignment.get(&member.id).cloned().unwrap_or_default());
        let then = Then::Assign {
            group: Arc::clone(&self.id),
            generation: self.generation,
            assignment,
        };
        Write::one(record, then)
    }

    fn handle_heartbeat(
        &self,
        cx: &mut Context<'_>,
        request: &HeartbeatRequest<'static>,
    ) -> Result<ErrorCode, ErrorCode> {
        let member = &*request.member_id;
        self.check_member(member, request.group_instance_id.as_deref())?;
        if request.generation_id != self.generation {
            return Err(ErrorCode::ILLEGAL_GENERATION);
        }
        match self.state {
            GroupState::Empty => Ok(ErrorCode::UNKNOWN_MEMBER_ID),
            GroupState::PreparingRebalance => {
                self.renew_session(cx, member);
                Ok(ErrorCode::REBALANCE_IN_PROGRESS)
            }
            GroupState::CompletingRebalance | GroupState::Stable => {
                self.renew_session(cx, member);
                Ok(ErrorCode::NONE)
            }
        }
    }

    fn handle_leave(
        &mut self,
        cx: &mut Context<'_>,
        leaving: &MemberIdentity<'static>,
    ) -> Result<(), ErrorCode> {
        let instance = leaving.group_instance_id.as_deref();
        let id: Arc<str> = if leaving.member_id.is_empty() {
            // An administrator names static members by their instance id alone.
            let holder = instance.and_then(|instance| self.static_members.get(instance));
            Arc::clone(holder.ok_or(ErrorCode::UNKNOWN_MEMBER_ID)?)
        } else {
            leaving.member_id.as_ref().into()
        };
        if !self.pending_joins.contains(&id) {
            self.check_member(&id, instance)?;
        }
        self.remove(cx, &id);
        self.forget_session(cx, &id);
        Ok(())
    }
}

/// Who wants to leave: one member before version 3, a list from there on.
fn leaving(api_version: i16, request: &LeaveGroupRequest<'static>) -> Vec<MemberIdentity<'static>> {
    if api_version < FIRST_WITH_LIST {
        return vec![MemberIdentity {
            member_id: request.member_id.clone(),
            ..MemberIdentity::default()
        }];
    }
    request.members.clone()
}

fn left(member: &MemberIdentity<'static>, code: ErrorCode) -> MemberResponse<'static> {
    MemberResponse {
        member_id: member.member_id.clone(),
        group_instance_id: member.group_instance_id.clone(),
        error_code: code,
        ..MemberResponse::default()
    }
}

fn left_all(
    api_version: i16,
    members: Vec<MemberResponse<'static>>,
) -> LeaveGroupResponse<'static> {
    if api_version < FIRST_WITH_LIST {
        return LeaveGroupResponse {
            error_code: members.first().map_or(ErrorCode::NONE, |m| m.error_code),
            ..LeaveGroupResponse::default()
        };
    }
    LeaveGroupResponse {
        members,
        ..LeaveGroupResponse::default()
    }
}

const FIRST_WITH_LIST: i16 = 3;
