//! OffsetDelete (key 47), version 0: forgets offsets of a group.
//!
//! KIPs: 496. Topics and partitions that do not exist are refused here; the coordinator sees the rest.

use std::{borrow::Cow, collections::BTreeMap};

use ottla_groups::{GroupReply, GroupRequest};
use ottla_metadata::Image;
use ottla_protocol::messages::{
    OffsetDeleteRequest,
    offset_delete_request::OffsetDeleteRequestTopic,
    offset_delete_response::{OffsetDeleteResponsePartition, OffsetDeleteResponseTopic},
};
use ottla_types::{ErrorCode, PartitionIndex};

use crate::{
    api::groups::{self, Kind},
    call::Call,
    output::Reply,
};

pub(crate) fn handle(call: &mut Call<'_>, request: OffsetDeleteRequest<'_>) -> Reply {
    let image = call.node.image();
    let mut request = request.into_owned();
    let mut refused = Vec::new();
    for topic in &mut request.topics {
        refused.extend(take_unknown(&image, topic));
    }
    request.topics.retain(|topic| !topic.partitions.is_empty());
    let group = request.group_id.to_string();
    let question = (group, GroupRequest::OffsetDelete(request));
    groups::ask(call, Kind::OffsetDelete(refused), vec![question])
}

/// Takes the partitions that do not exist out of a topic, and gives the answer to them.
fn take_unknown(
    image: &Image,
    topic: &mut OffsetDeleteRequestTopic<'static>,
) -> Option<OffsetDeleteResponseTopic<'static>> {
    let found = image.topics().by_name(&topic.name);
    let is_known = |index| found.is_some_and(|it| it.partition(PartitionIndex(index)).is_some());
    let (known, unknown): (Vec<_>, Vec<_>) = std::mem::take(&mut topic.partitions)
        .into_iter()
        .partition(|partition| is_known(partition.partition_index));
    topic.partitions = known;
    if unknown.is_empty() {
        return None;
    }
    Some(OffsetDeleteResponseTopic {
        name: Cow::Owned(topic.name.to_string()),
        partitions: unknown
            .into_iter()
            .map(|partition| OffsetDeleteResponsePartition {
                partition_index: partition.partition_index,
                error_code: ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
            })
            .collect(),
    })
}

/// The response: what the coordinator said, and what was refused here unless all was.
pub(crate) fn respond(
    call: &Call<'_>,
    replies: Vec<GroupReply>,
    refused: Vec<OffsetDeleteResponseTopic<'static>>,
) -> Reply {
    let Some(GroupReply::OffsetDelete(mut response)) = replies.into_iter().next() else {
        return Reply::Close;
    };
    if response.error_code.is_none() {
        let named =
            |(at, topic): (usize, &OffsetDeleteResponseTopic<'_>)| (topic.name.to_string(), at);
        let answered: BTreeMap<String, usize> =
            response.topics.iter().enumerate().map(named).collect();
        for topic in refused {
            let at = answered.get(&*topic.name);
            match at.and_then(|at| response.topics.get_mut(*at)) {
                Some(known) => known.partitions.extend(topic.partitions),
                None => response.topics.push(topic),
            }
        }
    }
    call.respond(&response)
}
