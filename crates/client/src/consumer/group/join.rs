//! One round of joining: JoinGroup, the leader's sharing out, SyncGroup.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use ottla_protocol::messages::{
    ConsumerProtocolAssignment, ConsumerProtocolSubscription, JoinGroupRequest, JoinGroupResponse,
    SyncGroupRequest, SyncGroupResponse, consumer_protocol_assignment,
    consumer_protocol_subscription, join_group_request::JoinGroupRequestProtocol,
    join_group_response::JoinGroupResponseMember, sync_group_request::SyncGroupRequestAssignment,
};
use ottla_types::{ErrorCode, Saturate, TopicPartition};
use ottla_wire::{EncodeError, Reader, Writer};
use tokio::time::{Instant, sleep};

use super::{Identity, find_coordinator};
use crate::{
    ClientError, Cluster, Connection,
    cluster::{Topics, is_coordinator_lost},
    consumer::{
        ConsumerConfig,
        assignor::{self, Assignment, Member},
    },
};

pub(super) const RANGE: &str = "range";
pub(super) const COOPERATIVE: &str = "cooperative-sticky";

/// Version of the subscription that is sent: the first with generation and rack.
const SUBSCRIPTION_VERSION: i16 = 3;
const ASSIGNMENT_VERSION: i16 = 3;

/// What a round starts from.
pub(super) struct Plan {
    pub(super) cluster: Arc<Cluster>,
    pub(super) config: ConsumerConfig,
    pub(super) identity: Identity,
    pub(super) topics: BTreeMap<Arc<str>, usize>,
    pub(super) owned: Vec<TopicPartition>,
}

/// What a round ends with.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) coordinator: Arc<Connection>,
    pub(super) identity: Identity,
    pub(super) is_leader: bool,
    pub(super) partitions: Vec<TopicPartition>,
    /// Partitions were given up: another round hands them on.
    pub(super) revoked: bool,
}

/// Rounds until one succeeds or fails for good.
pub(super) async fn run(mut plan: Plan) -> Result<Joined, ClientError> {
    let group = plan.config.group.clone().unwrap_or_default();
    let backoff = plan.cluster.config().retry_backoff;
    loop {
        let deadline = Instant::now() + plan.config.max_poll_interval;
        let round = match find_coordinator(&plan.cluster, &group, deadline).await {
            Ok(coordinator) => plan.round(&coordinator).await,
            // There may be one later.
            Err(error) => Err(error),
        };
        let error = match round {
            Ok(joined) => return Ok(joined),
            Err(error) => error,
        };
        match error.code() {
            // The coordinator has given an id to join with.
            Some(ErrorCode::MEMBER_ID_REQUIRED) => continue,
            Some(ErrorCode::UNKNOWN_MEMBER_ID | ErrorCode::ILLEGAL_GENERATION) => {
                plan.identity.member_id.clear();
                plan.identity.generation = -1;
                plan.owned.clear();
            }
            Some(ErrorCode::REBALANCE_IN_PROGRESS) => continue,
            Some(code) if code.is_retriable() || is_coordinator_lost(code) => {}
            None if error.is_retriable() || matches!(error, ClientError::Timeout(_)) => {}
            _ => return Err(error),
        }
        sleep(backoff).await;
    }
}

impl Plan {
    fn group(&self) -> &str {
        self.config.group.as_deref().unwrap_or_default()
    }

    async fn round(&mut self, coordinator: &Arc<Connection>) -> Result<Joined, ClientError> {
        let joined = self.join(coordinator).await?;
        let assignments = match &joined.members {
            Some(members) => self.share_out(&joined.protocol, members).await?,
            None => Assignment::new(),
        };
        let partitions = self
            .sync(coordinator, &joined.protocol, &assignments)
            .await?;
        let lost = |partition: &TopicPartition| !partitions.contains(partition);
        self.identity.protocol.clone_from(&joined.protocol);
        Ok(Joined {
            coordinator: Arc::clone(coordinator),
            identity: self.identity.clone(),
            is_leader: joined.members.is_some(),
            revoked: joined.protocol == COOPERATIVE && self.owned.iter().any(lost),
            partitions,
        })
    }

    async fn join(&mut self, coordinator: &Connection) -> Result<Elected, ClientError> {
        let subscriptions = [
            (RANGE, self.subscription(RANGE)?),
            (COOPERATIVE, self.subscription(COOPERATIVE)?),
        ];
        let request = JoinGroupRequest {
            group_id: self.group().into(),
            session_timeout_ms: millis(self.config.session_timeout),
            rebalance_timeout_ms: millis(self.config.max_poll_interval),
            member_id: self.identity.member_id.as_str().into(),
            group_instance_id: self.config.instance.as_deref().map(Into::into),
            protocol_type: "consumer".into(),
            protocols: subscriptions
                .iter()
                .map(|(name, metadata)| JoinGroupRequestProtocol {
                    name: (*name).into(),
                    metadata: metadata.as_slice().into(),
                    ..JoinGroupRequestProtocol::default()
                })
                .collect(),
            ..JoinGroupRequest::default()
        };
        // The coordinator answers when all members have joined.
        let limit = self.config.max_poll_interval + Duration::from_secs(5);
        let reply = coordinator.call_within(&request, limit).await?;
        let response = reply.decode(JoinGroupResponse::decode)?;
        if response.error_code == ErrorCode::MEMBER_ID_REQUIRED || response.error_code.is_none() {
            self.identity.member_id = response.member_id.clone().into_owned();
        }
        ClientError::check(response.error_code, None)?;
        self.identity.generation = response.generation_id;
        let is_leader = response.leader == response.member_id && !response.skip_assignment;
        Ok(Elected {
            protocol: response
                .protocol_name
                .as_deref()
                .unwrap_or(RANGE)
                .to_owned(),
            members: is_leader.then(|| response.members.iter().map(member).collect()),
        })
    }

    fn subscription(&self, protocol: &str) -> Result<Vec<u8>, EncodeError> {
        let cooperative = protocol == COOPERATIVE;
        let generation = self.identity.generation;
        let mut owned: Vec<consumer_protocol_subscription::TopicPartition<'_>> = Vec::new();
        for partition in &self.owned {
            match owned.last_mut() {
                Some(topic) if *topic.topic == *partition.topic => {
                    topic.partitions.push(partition.partition.0);
                }
                _ => owned.push(consumer_protocol_subscription::TopicPartition {
                    topic: partition.topic.as_ref().into(),
                    partitions: vec![partition.partition.0],
                }),
            }
        }
        let subscription = ConsumerProtocolSubscription {
            topics: self
                .topics
                .keys()
                .map(|topic| topic.as_ref().into())
                .collect(),
            user_data: cooperative.then(|| generation.to_be_bytes().to_vec().into()),
            owned_partitions: owned,
            generation_id: generation,
            rack_id: (!self.config.rack.is_empty()).then(|| self.config.rack.as_str().into()),
        };
        let mut writer = Writer::new();
        writer.i16(SUBSCRIPTION_VERSION);
        subscription.encode(&mut writer, SUBSCRIPTION_VERSION)?;
        Ok(writer.into_vec())
    }

    /// The leader's part. Other members may have topics that this one has not.
    async fn share_out(
        &self,
        protocol: &str,
        members: &[Member],
    ) -> Result<Assignment, ClientError> {
        let wanted: BTreeSet<Arc<str>> = members
            .iter()
            .flat_map(|member| member.topics.iter().cloned())
            .collect();
        let mut topics: BTreeMap<Arc<str>, usize> = self
            .topics
            .iter()
            .filter(|(topic, _)| wanted.contains(*topic))
            .map(|(topic, count)| (Arc::clone(topic), *count))
            .collect();
        if wanted.iter().any(|topic| !topics.contains_key(topic)) {
            let names: Vec<_> = wanted.into_iter().collect();
            let deadline = Instant::now() + self.cluster.config().request_timeout;
            let metadata = self
                .cluster
                .refresh(Topics::Named(&names), false, deadline)
                .await?;
            let counts = metadata
                .topics
                .iter()
                .map(|(name, topic)| (Arc::clone(name), topic.partitions.len()));
            topics.extend(counts);
        }
        Ok(if protocol == COOPERATIVE {
            assignor::cooperative_sticky(members, &topics)
        } else {
            assignor::range(members, &topics)
        })
    }

    async fn sync(
        &self,
        coordinator: &Connection,
        protocol: &str,
        assignments: &Assignment,
    ) -> Result<Vec<TopicPartition>, ClientError> {
        let request = SyncGroupRequest {
            group_id: self.group().into(),
            generation_id: self.identity.generation,
            member_id: self.identity.member_id.as_str().into(),
            group_instance_id: self.config.instance.as_deref().map(Into::into),
            protocol_type: Some("consumer".into()),
            protocol_name: Some(protocol.into()),
            assignments: assignments
                .iter()
                .map(|(member, partitions)| {
                    Ok(SyncGroupRequestAssignment {
                        member_id: member.as_str().into(),
                        assignment: encode_assignment(partitions)?.into(),
                        ..SyncGroupRequestAssignment::default()
                    })
                })
                .collect::<Result<_, EncodeError>>()?,
            ..SyncGroupRequest::default()
        };
        let limit = self.config.max_poll_interval + Duration::from_secs(5);
        let reply = coordinator.call_within(&request, limit).await?;
        let response = reply.decode(SyncGroupResponse::decode)?;
        ClientError::check(response.error_code, None)?;
        decode_assignment(&response.assignment)
    }
}

/// What JoinGroup tells.
struct Elected {
    protocol: String,
    /// The members, if this one is to share out.
    members: Option<Vec<Member>>,
}

fn millis(duration: Duration) -> i32 {
    let millis: u64 = duration.as_millis().saturate();
    millis.saturate()
}

/// A member with a subscription that cannot be read gets nothing.
fn member(told: &JoinGroupResponseMember<'_>) -> Member {
    let mut member = Member {
        id: told.member_id.clone().into_owned(),
        instance: told.group_instance_id.as_deref().map(str::to_owned),
        generation: -1,
        ..Member::default()
    };
    let mut reader = Reader::new(&told.metadata);
    let Ok(version) = reader.i16() else {
        return member;
    };
    let newest = ConsumerProtocolSubscription::MAX_VERSION;
    let Ok(subscription) =
        ConsumerProtocolSubscription::decode(&mut reader, version.clamp(0, newest))
    else {
        return member;
    };
    member.topics = subscription
        .topics
        .iter()
        .map(|topic| Arc::from(topic.as_ref()))
        .collect();
    member.generation = subscription.generation_id;
    for topic in &subscription.owned_partitions {
        let name: Arc<str> = Arc::from(topic.topic.as_ref());
        let partitions = topic.partitions.iter();
        member
            .owned
            .extend(partitions.map(|index| TopicPartition::new(Arc::clone(&name), *index)));
    }
    member
}

fn encode_assignment(partitions: &[TopicPartition]) -> Result<Vec<u8>, EncodeError> {
    let mut assignment = ConsumerProtocolAssignment::default();
    for partition in partitions {
        match assignment.assigned_partitions.last_mut() {
            Some(topic) if *topic.topic == *partition.topic => {
                topic.partitions.push(partition.partition.0);
            }
            _ => {
                assignment
                    .assigned_partitions
                    .push(consumer_protocol_assignment::TopicPartition {
                        topic: partition.topic.as_ref().into(),
                        partitions: vec![partition.partition.0],
                    })
            }
        }
    }
    let mut writer = Writer::new();
    writer.i16(ASSIGNMENT_VERSION);
    assignment.encode(&mut writer, ASSIGNMENT_VERSION)?;
    Ok(writer.into_vec())
}

fn decode_assignment(bytes: &[u8]) -> Result<Vec<TopicPartition>, ClientError> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = Reader::new(bytes);
    let version = reader.i16()?;
    let newest = ConsumerProtocolAssignment::MAX_VERSION;
    let assignment = ConsumerProtocolAssignment::decode(&mut reader, version.clamp(0, newest))?;
    let mut partitions = Vec::new();
    for topic in &assignment.assigned_partitions {
        let name: Arc<str> = Arc::from(topic.topic.as_ref());
        let indexes = topic.partitions.iter();
        partitions.extend(indexes.map(|index| TopicPartition::new(Arc::clone(&name), *index)));
    }
    Ok(partitions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assignment_comes_back() {
        let partitions =
            [("a", 0), ("a", 2), ("b", 1)].map(|(topic, index)| TopicPartition::new(topic, index));
        let bytes = encode_assignment(&partitions).expect("encodes");
        assert_eq!(decode_assignment(&bytes).expect("decodes"), partitions);
        assert_eq!(decode_assignment(&[]).expect("nothing"), []);
    }
}
