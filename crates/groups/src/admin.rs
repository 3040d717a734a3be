//! ListGroups, DescribeGroups, DeleteGroups, and the deletion of what has expired.

use std::{collections::BTreeSet, sync::Arc};

use ottla_protocol::messages::{
    DeleteGroupsRequest, DeleteGroupsResponse, DescribeGroupsRequest, DescribeGroupsResponse,
    ListGroupsRequest, ListGroupsResponse, delete_groups_response::DeletableGroupResult,
    describe_groups_response::DescribedGroup, list_groups_response::ListedGroup,
};
use ottla_types::{ErrorCode, Now, TopicPartition, WallMs};

use crate::{
    coordinator::{Asking, Coordinator},
    group::{Group, GroupState},
    journal::Then,
    offsets::{CommittedOffset, Entry, Slot},
    request::GroupReply,
    timers::TimerKey,
};

impl Coordinator {
    pub(crate) fn list(&mut self, asking: Asking<'_>, request: &ListGroupsRequest<'static>) {
        let states: Vec<_> = request
            .states_filter
            .iter()
            .map(|s| s.trim().to_lowercase())
            .collect();
        let has_type = request.types_filter.is_empty()
            || request
                .types_filter
                .iter()
                .any(|t| t.to_lowercase() == "classic");
        let is_listed = |group: &&Group| {
            has_type && (states.is_empty() || states.contains(&group.state.name().to_lowercase()))
        };
        let groups = self
            .committed_groups()
            .filter(is_listed)
            .map(|group| ListedGroup {
                group_id: group.id.to_string().into(),
                protocol_type: group.protocol_type.clone().unwrap_or_default().into(),
                group_state: group.state.name().into(),
                group_type: "classic".into(),
                ..ListedGroup::default()
            });
        let reply = ListGroupsResponse {
            groups: groups.collect(),
            ..ListGroupsResponse::default()
        };
        self.journal
            .reply(asking.call.token, GroupReply::ListGroups(reply));
    }

    pub(crate) fn describe(
        &mut self,
        asking: Asking<'_>,
        request: &DescribeGroupsRequest<'static>,
    ) {
        let groups = request
            .groups
            .iter()
            .map(|id| match self.committed_group(id) {
                Some(group) => group.describe(),
                None if self.of_other_types.contains(&**id) => {
                    let message = format!("Group {id} is not a classic group.");
                    missing(id, asking.call.api_version, message)
                }
                None => missing(
                    id,
                    asking.call.api_version,
                    format!("Group {id} not found."),
                ),
            });
        let reply = DescribeGroupsResponse {
            groups: groups.collect(),
            ..DescribeGroupsResponse::default()
        };
        self.journal
            .reply(asking.call.token, GroupReply::DescribeGroups(reply));
    }

    pub(crate) fn delete(&mut self, asking: Asking<'_>, request: &DeleteGroupsRequest<'static>) {
        let mut slots = Vec::new();
        let mut removed = Vec::new();
        let mut results = Vec::new();
        let names: BTreeSet<_> = request.groups_names.iter().collect();
        for id in names {
            let error_code = match self.groups.get(&**id) {
                None => ErrorCode::GROUP_ID_NOT_FOUND,
                Some(group) if !group.is_empty() => ErrorCode::NON_EMPTY_GROUP,
                Some(_) => ErrorCode::NONE,
            };
            if error_code == ErrorCode::NONE {
                slots.extend(self.slots_where(id, |_, entry| {
                    entry.latest().is_some() || entry.is_unstable()
                }));
                removed.extend(self.groups.remove(&**id));
            }
            results.push(DeletableGroupResult {
                group_id: id.clone(),
                error_code,
                ..DeletableGroupResult::default()
            });
        }
        let reply = GroupReply::DeleteGroups(DeleteGroupsResponse {
            results,
            ..DeleteGroupsResponse::default()
        });
        if removed.is_empty() {
            return self.journal.reply_settled(asking.call.token, reply);
        }
        let then = Then::Reply(asking.call.token, reply);
        self.append_tombstones(asking.now, slots, removed, then);
    }

    /// Topics are gone: so are the offsets committed for them.
    pub(crate) fn delete_offsets_of(&mut self, now: Now, partitions: &[TopicPartition]) {
        let mut slots = Vec::new();
        for (group, topics) in self.offsets.groups() {
            for deleted in partitions {
                let entry = topics
                    .get(&deleted.topic)
                    .and_then(|p| p.get(&deleted.partition.0));
                if entry.is_some_and(|e| e.latest().is_some() || e.is_unstable()) {
                    slots.push(Slot {
                        group: Arc::clone(group),
                        topic: Arc::clone(&deleted.topic),
                        partition: deleted.partition.0,
                    });
                }
            }
        }
        self.append_chunks(now, slots, None);
    }

    /// Deletes offsets that have expired, and groups that have nothing left.
    pub(crate) fn expire(&mut self, now: Now) {
        let next = now.mono + self.config.offsets_retention_check_interval;
        self.timers.set(TimerKey::Expiry, next);
        let ids: Vec<_> = self.groups.keys().map(Arc::clone).collect();
        for id in ids {
            let Some(group) = self.groups.get(&id) else {
                continue;
            };
            let retention_ms = self.config.offsets_retention_ms;
            let expired = self.slots_where(&id, |topic, entry| {
                let has_expired = |value| group.has_expired(value, now.wall, retention_ms);
                !group.is_subscribed_to(topic)
                    && !entry.is_unstable()
                    && entry.latest().is_some_and(has_expired)
            });
            let held = self.slots_where(&id, |_, entry| {
                entry.latest().is_some() || entry.is_unstable()
            });
            let is_over = group.is_empty() && held.len() == expired.len();
            let removed = if is_over {
                self.groups.remove(&id)
            } else {
                None
            };
            self.append_chunks(now, expired, removed);
        }
    }

    /// Appends tombstones in batches that fit any limit of a batch's size.
    fn append_chunks(&mut self, now: Now, mut slots: Vec<Slot>, removed: Option<Group>) {
        while slots.len() > TOMBSTONES_PER_BATCH {
            let rest = slots.split_off(TOMBSTONES_PER_BATCH);
            self.append_tombstones(
                now,
                std::mem::replace(&mut slots, rest),
                Vec::new(),
                Then::Nothing,
            );
        }
        if !slots.is_empty() || removed.is_some() {
            self.append_tombstones(now, slots, removed.into_iter().collect(), Then::Nothing);
        }
    }

    fn slots_where(&self, group: &str, is_meant: impl Fn(&str, &Entry) -> bool) -> Vec<Slot> {
        let mut slots = Vec::new();
        let Some(id) = self.groups.get(group).map(|group| &group.id) else {
            return slots;
        };
        for (topic, entries) in self.offsets.group(group).into_iter().flatten() {
            for (&partition, _) in entries.iter().filter(|(_, entry)| is_meant(topic, entry)) {
                slots.push(Slot {
                    group: Arc::clone(id),
                    topic: Arc::clone(topic),
                    partition,
                });
            }
        }
        slots
    }
}

impl Group {
    fn describe(&self) -> DescribedGroup<'static> {
        let protocol = match self.state {
            GroupState::Stable => self.protocol.as_deref(),
            GroupState::Empty
            | GroupState::PreparingRebalance
            | GroupState::CompletingRebalance => None,
        };
        DescribedGroup {
            group_id: self.id.to_string().into(),
            group_state: self.state.name().into(),
            protocol_type: self.protocol_type.clone().unwrap_or_default().into(),
            protocol_data: protocol.unwrap_or("").to_owned().into(),
            members: self
                .members
                .values()
                .map(|member| member.describe(protocol))
                .collect(),
            ..DescribedGroup::default()
        }
    }

    /// Whether an offset may go. The offsets of consumers that are subscribed stay, and those of
    /// any other protocol stay as long as there are members.
    fn has_expired(&self, value: &CommittedOffset, now: WallMs, retention_ms: i64) -> bool {
        let since = match (&self.protocol_type, self.state) {
            (None, _) => value.commit_timestamp,
            (Some(_), GroupState::Empty) => self
                .state_since
                .map_or(value.commit_timestamp, |since| since.0),
            (Some(_), GroupState::Stable)
                if self.uses_consumer_protocol() && self.subscribed_topics.is_some() =>
            {
                value.commit_timestamp
            }
            _ => return false,
        };
        match value.expire_timestamp {
            Some(expire_timestamp) => now.0 >= expire_timestamp,
            None => now.0.saturating_sub(since) >= retention_ms,
        }
    }
}

/// A group that is not there is dead; from version 6 on it is also an error.
fn missing(id: &str, api_version: i16, message: String) -> DescribedGroup<'static> {
    let described = DescribedGroup {
        group_id: id.to_owned().into(),
        group_state: "Dead".into(),
        ..DescribedGroup::default()
    };
    if api_version < 6 {
        return described;
    }
    DescribedGroup {
        error_code: ErrorCode::GROUP_ID_NOT_FOUND,
        error_message: Some(message.into()),
        ..described
    }
}

/// A tombstone is at most a group id, a topic name and a few bytes.
const TOMBSTONES_PER_BATCH: usize = 500;
