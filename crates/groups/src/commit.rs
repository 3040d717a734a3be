//! OffsetCommit, TxnOffsetCommit, OffsetDelete.

use std::sync::Arc;

use ottla_protocol::messages::{
    OffsetCommitRequest, OffsetDeleteRequest, OffsetDeleteResponse, TxnOffsetCommitRequest,
    offset_delete_response::{OffsetDeleteResponsePartition, OffsetDeleteResponseTopic},
};
use ottla_types::{ErrorCode, Now, ProducerEpoch, ProducerId, TopicId, WallMs};
use ottla_wire::EncodeError;

use crate::{
    coordinator::{Asking, Coordinator},
    group::{Group, GroupState},
    journal::{Effects, Then, Transaction, Write},
    offsets::{CommittedOffset, Slot},
    record::{KeyValue, OffsetPlace, group_tombstone, offset_record, offset_tombstone},
    request::{GroupReply, commit_refused, txn_commit_refused},
};

/// Who commits, and on what ground.
struct Committer<'a> {
    group: &'a str,
    member: &'a str,
    instance: Option<&'a str>,
    generation: i32,
    kind: CommitKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CommitKind {
    Plain,
    Transactional,
}

/// One offset of a request.
struct Asked<'a> {
    topic: &'a str,
    topic_id: TopicId,
    partition: i32,
    offset: i64,
    leader_epoch: i32,
    metadata: Option<&'a str>,
}

impl Coordinator {
    pub(crate) fn commit(&mut self, asking: Asking<'_>, request: &OffsetCommitRequest<'static>) {
        let Asking { now, call } = asking;
        let committer = Committer {
            group: &request.group_id,
            member: &request.member_id,
            instance: request.group_instance_id.as_deref(),
            generation: request.generation_id_or_member_epoch,
            kind: CommitKind::Plain,
        };
        let missing = if call.api_version >= 9 {
            ErrorCode::GROUP_ID_NOT_FOUND
        } else {
            ErrorCode::ILLEGAL_GENERATION
        };
        if let Err(code) = self.check_commit(&committer, missing) {
            let reply = GroupReply::OffsetCommit(commit_refused(request, code));
            return self.journal.reply(call.token, reply);
        }
        self.renew_committer(now, &committer);
        let expire_timestamp = (request.retention_time_ms != -1)
            .then(|| now.wall.0.saturating_add(request.retention_time_ms));
        let mut reply = commit_refused(request, ErrorCode::NONE);
        let mut accepted = Vec::new();
        for (topic, answer) in request.topics.iter().zip(&mut reply.topics) {
            for (partition, answer) in topic.partitions.iter().zip(&mut answer.partitions) {
                let asked = Asked {
                    topic: &topic.name,
                    topic_id: topic.topic_id,
                    partition: partition.partition_index,
                    offset: partition.committed_offset,
                    leader_epoch: partition.committed_leader_epoch,
                    metadata: partition.committed_metadata.as_deref(),
                };
                match self.accept(&asked, now.wall, expire_timestamp) {
                    Ok(value) => accepted.push((self.slot(&committer, &asked), value)),
                    Err(code) => answer.error_code = code,
                }
            }
        }
        let then = Then::Reply(call.token, GroupReply::OffsetCommit(reply));
        self.append_offsets(asking, &committer, accepted, None, then);
    }

    pub(crate) fn commit_in_transaction(
        &mut self,
        asking: Asking<'_>,
        request: &TxnOffsetCommitRequest<'static>,
    ) {
        let Asking { now, call } = asking;
        let committer = Committer {
            group: &request.group_id,
            member: &request.member_id,
            instance: request.group_instance_id.as_deref(),
            generation: request.generation_id,
            kind: CommitKind::Transactional,
        };
        if let Err(code) = self.check_commit(&committer, ErrorCode::ILLEGAL_GENERATION) {
            let reply = GroupReply::TxnOffsetCommit(txn_commit_refused(request, code));
            return self.journal.reply(call.token, reply);
        }
        let mut reply = txn_commit_refused(request, ErrorCode::NONE);
        let mut accepted = Vec::new();
        for (topic, answer) in request.topics.iter().zip(&mut reply.topics) {
            for (partition, answer) in topic.partitions.iter().zip(&mut answer.partitions) {
                let asked = Asked {
                    topic: &topic.name,
                    topic_id: TopicId::ZERO,
                    partition: partition.partition_index,
                    offset: partition.committed_offset,
                    leader_epoch: partition.committed_leader_epoch,
                    metadata: partition.committed_metadata.as_deref(),
                };
                match self.accept(&asked, now.wall, None) {
                    Ok(value) => accepted.push((self.slot(&committer, &asked), value)),
                    Err(code) => answer.error_code = code,
                }
            }
        }
        let transaction = Transaction {
            producer_id: ProducerId(request.producer_id),
            producer_epoch: ProducerEpoch(request.producer_epoch),
        };
        let then = Then::Reply(call.token, GroupReply::TxnOffsetCommit(reply));
        self.append_offsets(asking, &committer, accepted, Some(transaction), then);
    }

    /// A group that is not there is no obstacle to a commit without a generation.
    fn check_commit(&self, committer: &Committer<'_>, missing: ErrorCode) -> Result<(), ErrorCode> {
        match self.groups.get(committer.group) {
            Some(group) => group.check_commit(committer),
            // Its members are not known here.
            None if self.of_other_types.contains(committer.group) => {
                Err(ErrorCode::UNKNOWN_MEMBER_ID)
            }
            None if committer.generation < 0 => Ok(()),
            None => Err(missing),
        }
    }

    fn renew_committer(&mut self, now: Now, committer: &Committer<'_>) {
        let (groups, mut cx) = self.split(now);
        if let Some(group) = groups.get(committer.group)
            && matches!(
                group.state,
                GroupState::Stable | GroupState::PreparingRebalance
            )
        {
            group.renew_session(&mut cx, committer.member);
        }
    }

    fn accept(
        &self,
        asked: &Asked<'_>,
        now: WallMs,
        expire_timestamp: Option<i64>,
    ) -> Result<CommittedOffset, ErrorCode> {
        let metadata = asked.metadata.unwrap_or("");
        if metadata.encode_utf16().count() > self.config.offset_metadata_max_size {
            return Err(ErrorCode::OFFSET_METADATA_TOO_LARGE);
        }
        Ok(CommittedOffset {
            offset: asked.offset,
            leader_epoch: asked.leader_epoch.max(-1),
            metadata: metadata.to_owned(),
            commit_timestamp: now.0,
            expire_timestamp,
            topic_id: asked.topic_id,
        })
    }

    /// Names the offset, sharing the names that are there already.
    fn slot(&self, committer: &Committer<'_>, asked: &Asked<'_>) -> Slot {
        let group = self
            .groups
            .get(committer.group)
            .map(|group| Arc::clone(&group.id));
        let topics = self.offsets.group(committer.group);
        let topic = topics.and_then(|topics| topics.get_key_value(asked.topic));
        Slot {
            group: group.unwrap_or_else(|| committer.group.into()),
            topic: topic.map_or_else(|| asked.topic.into(), |(name, _)| Arc::clone(name)),
            partition: asked.partition,
        }
    }

    fn append_offsets(
        &mut self,
        asking: Asking<'_>,
        committer: &Committer<'_>,
        accepted: Vec<(Slot, CommittedOffset)>,
        transaction: Option<Transaction>,
        then: Then,
    ) {
        let write = self.journal.next_write();
        let is_new = !self.groups.contains_key(committer.group);
        if accepted.is_empty() {
            if let Then::Reply(token, reply) = then {
                self.journal.reply_settled(token, reply);
            }
            return;
        }
        if is_new {
            let id: Arc<str> = committer.group.into();
            let mut group = Group::new(Arc::clone(&id), asking.now.wall);
            group.created_by = Some(write);
            self.groups.insert(id, group);
        }
        let records = accepted
            .iter()
            .map(|(slot, value)| offset_record(slot.place(), &value.to_record()));
        let records: Result<Vec<_>, _> = records.collect();
        let mut effects = Effects {
            created: is_new.then(|| committer.group.into()),
            ..Effects::default()
        };
        for (slot, value) in accepted {
            match transaction {
                None => self.offsets.put(&slot, write, Some(value)),
                Some(of) => {
                    self.offsets
                        .put_transactional(&slot, of.producer_id, Some(write), value);
                }
            }
            effects.offsets.push(slot);
        }
        let (_, mut cx) = self.split(asking.now);
        cx.append(Write {
            records,
            transaction,
            effects,
            then,
        });
    }

    pub(crate) fn delete_offsets(
        &mut self,
        asking: Asking<'_>,
        request: &OffsetDeleteRequest<'static>,
    ) {
        let Asking { now, call } = asking;
        let group = match self.groups.get(&*request.group_id) {
            None => Err(ErrorCode::GROUP_ID_NOT_FOUND),
            Some(group) if !group.is_empty() && !group.uses_consumer_protocol() => {
                Err(ErrorCode::NON_EMPTY_GROUP)
            }
            Some(group) => Ok(group),
        };
        let group = match group {
            Ok(group) => group,
            Err(error_code) => {
                let reply = GroupReply::OffsetDelete(OffsetDeleteResponse {
                    error_code,
                    ..OffsetDeleteResponse::default()
                });
                return self.journal.reply(call.token, reply);
            }
        };
        let mut slots = Vec::new();
        let mut reply = OffsetDeleteResponse::default();
        for topic in &request.topics {
            let is_subscribed = group.is_subscribed_to(&topic.name);
            let error_code = if is_subscribed {
                ErrorCode::GROUP_SUBSCRIBED_TO_TOPIC
            } else {
                ErrorCode::NONE
            };
            let mut answer = OffsetDeleteResponseTopic {
                name: topic.name.clone(),
                ..OffsetDeleteResponseTopic::default()
            };
            for partition in &topic.partitions {
                let partition_index = partition.partition_index;
                answer.partitions.push(OffsetDeleteResponsePartition {
                    partition_index,
                    error_code,
                });
                let entry = self.offsets.entry(&group.id, &topic.name, partition_index);
                if !is_subscribed && entry.is_some_and(|e| e.latest().is_some() || e.is_unstable())
                {
                    slots.push(Slot {
                        group: Arc::clone(&group.id),
                        topic: topic.name.as_ref().into(),
                        partition: partition_index,
                    });
                }
            }
            reply.topics.push(answer);
        }
        let reply = GroupReply::OffsetDelete(reply);
        if slots.is_empty() {
            return self.journal.reply_settled(call.token, reply);
        }
        self.append_tombstones(now, slots, Vec::new(), Then::Reply(call.token, reply));
    }

    /// Deletes offsets, and the groups `removed`, which are out of the map already.
    pub(crate) fn append_tombstones(
        &mut self,
        now: Now,
        slots: Vec<Slot>,
        removed: Vec<Group>,
        then: Then,
    ) {
        let write = self.journal.next_write();
        let mut records: Result<Vec<KeyValue>, EncodeError> = slots
            .iter()
            .map(|slot| offset_tombstone(slot.place()))
            .collect();
        for group in &removed {
            records = records.and_then(|mut records| {
                records.push(group_tombstone(&group.id)?);
                Ok(records)
            });
        }
        for slot in &slots {
            self.offsets.put(slot, write, None);
        }
        let effects = Effects {
            offsets: slots,
            created: None,
            removed,
        };
        let (_, mut cx) = self.split(now);
        cx.append(Write {
            records,
            transaction: None,
            effects,
            then,
        });
    }
}

impl Slot {
    fn place(&self) -> OffsetPlace<'_> {
        OffsetPlace {
            group: &self.group,
            topic: &self.topic,
            partition: self.partition,
        }
    }
}

impl Group {
    fn check_commit(&self, committer: &Committer<'_>) -> Result<(), ErrorCode> {
        // Somebody who manages partitions alone, and only keeps offsets here.
        if committer.generation < 0 && self.is_empty() {
            return Ok(());
        }
        let is_plain = committer.kind == CommitKind::Plain;
        if committer.generation >= 0 || !committer.member.is_empty() || committer.instance.is_some()
        {
            self.check_member(committer.member, committer.instance)?;
            if committer.generation != self.generation {
                return Err(ErrorCode::ILLEGAL_GENERATION);
            }
        } else if is_plain && !self.is_empty() {
            return Err(ErrorCode::UNKNOWN_MEMBER_ID);
        }
        if is_plain && self.state == GroupState::CompletingRebalance {
            return Err(ErrorCode::REBALANCE_IN_PROGRESS);
        }
        Ok(())
    }
}
