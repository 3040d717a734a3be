//! OffsetCommit (key 8), versions 2-10.
//!
//! KIPs: 320 (leader epochs), 345 (static members), 516 (topic ids), 848 (member epochs).
//! Topics and partitions that do not exist are refused here; the coordinator sees the rest.

use std::{borrow::Cow, collections::BTreeMap};

use ottla_groups::{GroupReply, GroupRequest};
use ottla_metadata::Image;
use ottla_protocol::messages::{
    OffsetCommitRequest, OffsetCommitResponse,
    offset_commit_request::OffsetCommitRequestTopic,
    offset_commit_response::{OffsetCommitResponsePartition, OffsetCommitResponseTopic},
};
use ottla_types::{ErrorCode, PartitionIndex};

use crate::{
    api::groups::{Kind, ask},
    call::Call,
    output::Reply,
};

/// A topic, or some of its partitions, that was refused before the coordinator was asked.
pub(crate) type RefusedTopic = OffsetCommitResponseTopic<'static>;

/// First version that names topics by id.
const BY_ID: i16 = 10;

pub(crate) fn handle(call: &mut Call<'_>, request: OffsetCommitRequest<'_>) -> Reply {
    let mut request = request.into_owned();
    let image = call.node.image();
    let mut refused = Vec::new();
    let mut known = Vec::new();
    for topic in std::mem::take(&mut request.topics) {
        split(call.version(), &image, topic, &mut known, &mut refused);
    }
    let nothing_left = known.is_empty() && !refused.is_empty();
    request.topics = known;
    if nothing_left {
        return respond(call, Vec::new(), refused);
    }
    let group = request.group_id.to_string();
    ask(
        call,
        Kind::Commit(refused),
        vec![(group, GroupRequest::OffsetCommit(request))],
    )
}

/// Sorts the partitions of a topic into those that exist and those that do not.
fn split(
    version: i16,
    image: &Image,
    mut topic: OffsetCommitRequestTopic<'static>,
    known: &mut Vec<OffsetCommitRequestTopic<'static>>,
    refused: &mut Vec<RefusedTopic>,
) {
    let found = if version >= BY_ID {
        image.topics().by_id(topic.topic_id)
    } else {
        image.topics().by_name(&topic.name)
    };
    let unknown = match found {
        None if version >= BY_ID => ErrorCode::UNKNOWN_TOPIC_ID,
        _ => ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
    };
    let exists =
        |index: i32| found.is_some_and(|topic| topic.partition(PartitionIndex(index)).is_some());
    let missing: Vec<OffsetCommitResponsePartition<'static>> = topic
        .partitions
        .iter()
        .filter(|partition| !exists(partition.partition_index))
        .map(|partition| OffsetCommitResponsePartition {
            partition_index: partition.partition_index,
            error_code: unknown,
            ..OffsetCommitResponsePartition::default()
        })
        .collect();
    topic
        .partitions
        .retain(|partition| exists(partition.partition_index));
    if let Some(found) = found {
        topic.name = Cow::Owned(found.name.to_string());
        topic.topic_id = found.id;
    }
    if !missing.is_empty() {
        refused.push(OffsetCommitResponseTopic {
            name: topic.name.clone(),
            topic_id: topic.topic_id,
            partitions: missing,
            ..OffsetCommitResponseTopic::default()
        });
    }
    if !topic.partitions.is_empty() {
        known.push(topic);
    }
}

/// Puts the coordinator's answer and the refusals together, each topic once.
pub(crate) fn respond(
    call: &Call<'_>,
    replies: Vec<GroupReply>,
    refused: Vec<RefusedTopic>,
) -> Reply {
    let answered = replies.into_iter().filter_map(|reply| match reply {
        GroupReply::OffsetCommit(part) => Some(part.topics),
        _ => None,
    });
    let mut places = BTreeMap::new();
    let mut topics: Vec<RefusedTopic> = Vec::new();
    for topic in refused.into_iter().chain(answered.flatten()) {
        let place = *places
            .entry((topic.name.clone(), topic.topic_id))
            .or_insert(topics.len());
        match topics.get_mut(place) {
            Some(known) => known.partitions.extend(topic.partitions),
            None => topics.push(topic),
        }
    }
    call.respond(&OffsetCommitResponse {
        topics,
        ..OffsetCommitResponse::default()
    })
}
