//! OffsetFetch (key 9), versions 1-10.
//!
//! KIPs: 320 (leader epochs), 447 (stable offsets), 516 (topic ids), 709 (several groups), 848.
//! Up to version 7 a request is of one group, in the top-level fields.

use std::{borrow::Cow, collections::BTreeSet};

use ottla_groups::{GroupReply, GroupRequest};
use ottla_metadata::Image;
use ottla_protocol::messages::{
    OffsetFetchRequest, OffsetFetchResponse,
    offset_fetch_request::{OffsetFetchRequestGroup, OffsetFetchRequestTopics},
    offset_fetch_response::{
        OffsetFetchResponseGroup, OffsetFetchResponsePartition, OffsetFetchResponsePartitions,
        OffsetFetchResponseTopic, OffsetFetchResponseTopics,
    },
};
use ottla_types::ErrorCode;

use crate::{
    api::groups::{Kind, ask},
    call::Call,
    output::Reply,
};

/// First version with several groups.
const GROUPS: i16 = 8;
/// First version that names topics by id.
const BY_ID: i16 = 10;
/// First version with an error code of the group.
const GROUP_ERROR: i16 = 2;

/// What the response needs to know of its request.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Topics of unknown id, by group.
    unknown: Vec<Vec<OffsetFetchResponseTopics<'static>>>,
    /// Partitions asked for, in a version whose errors stand at each of them.
    asked: Vec<(String, Vec<i32>)>,
}

pub(crate) fn handle(call: &mut Call<'_>, request: OffsetFetchRequest<'_>) -> Reply {
    let image = call.node.image();
    let mut shape = Shape {
        unknown: Vec::new(),
        asked: Vec::new(),
    };
    let require_stable = request.require_stable;
    let groups = if call.version() >= GROUPS {
        // All of a group once: else a small request would ask for an answer of any size.
        let mut wholes = BTreeSet::new();
        request
            .groups
            .into_iter()
            .filter(|group| group.topics.is_some() || wholes.insert(group.group_id.to_string()))
            .map(OffsetFetchRequestGroup::into_owned)
            .collect()
    } else {
        vec![only_group(call.version(), request, &mut shape)]
    };
    let mut questions = Vec::new();
    for mut group in groups {
        let mut unknown = Vec::new();
        if call.version() >= BY_ID {
            name_topics(&image, &mut group, &mut unknown);
        }
        shape.unknown.push(unknown);
        let name = group.group_id.to_string();
        questions.push((
            name,
            GroupRequest::OffsetFetch {
                group,
                require_stable,
            },
        ));
    }
    ask(call, Kind::Fetch(shape), questions)
}

fn only_group(
    version: i16,
    request: OffsetFetchRequest<'_>,
    shape: &mut Shape,
) -> OffsetFetchRequestGroup<'static> {
    let topics = request.topics.map(|topics| {
        topics
            .into_iter()
            .map(|topic| {
                if version < GROUP_ERROR {
                    shape
                        .asked
                        .push((topic.name.to_string(), topic.partition_indexes.clone()));
                }
                OffsetFetchRequestTopics {
                    name: Cow::Owned(topic.name.to_string()),
                    partition_indexes: topic.partition_indexes,
                    ..OffsetFetchRequestTopics::default()
                }
            })
            .collect()
    });
    OffsetFetchRequestGroup {
        group_id: Cow::Owned(request.group_id.to_string()),
        topics,
        ..OffsetFetchRequestGroup::default()
    }
}

/// Fills in the names of topics that are named by id; those of unknown ids are answered here.
fn name_topics(
    image: &Image,
    group: &mut OffsetFetchRequestGroup<'static>,
    unknown: &mut Vec<OffsetFetchResponseTopics<'static>>,
) {
    let Some(topics) = &mut group.topics else {
        return;
    };
    topics.retain_mut(|topic| match image.topics().by_id(topic.topic_id) {
        Some(found) => {
            topic.name = Cow::Owned(found.name.to_string());
            true
        }
        None => {
            unknown.push(OffsetFetchResponseTopics {
                topic_id: topic.topic_id,
                partitions: topic
                    .partition_indexes
                    .iter()
                    .map(|index| OffsetFetchResponsePartitions {
                        partition_index: *index,
                        committed_offset: -1,
                        metadata: Some(Cow::Borrowed("")),
                        error_code: ErrorCode::UNKNOWN_TOPIC_ID,
                        ..OffsetFetchResponsePartitions::default()
                    })
                    .collect(),
                ..OffsetFetchResponseTopics::default()
            });
            false
        }
    });
}

/// Puts the coordinators' answers into the form of the version.
pub(crate) fn respond(call: &Call<'_>, replies: Vec<GroupReply>, shape: Shape) -> Reply {
    let image = call.node.image();
    let groups = replies.into_iter().filter_map(|reply| match reply {
        GroupReply::OffsetFetch(group) => Some(group),
        _ => None,
    });
    if call.version() >= GROUPS {
        let groups = groups
            .zip(shape.unknown)
            .map(|(mut group, unknown)| {
                if call.version() >= BY_ID {
                    identify_topics(&image, &mut group);
                }
                if group.error_code.is_none() {
                    group.topics.extend(unknown);
                }
                group
            })
            .collect();
        let response = OffsetFetchResponse {
            groups,
            ..OffsetFetchResponse::default()
        };
        return call.respond(&response);
    }
    let group = groups.into_iter().next().unwrap_or_default();
    let error_code = group.error_code;
    let topics = if !error_code.is_none() && call.version() < GROUP_ERROR {
        shape
            .asked
            .into_iter()
            .map(|(name, asked)| refused(name, &asked, error_code))
            .collect()
    } else {
        group.topics.into_iter().map(plain_topic).collect()
    };
    let response = OffsetFetchResponse {
        topics,
        error_code,
        ..OffsetFetchResponse::default()
    };
    call.respond(&response)
}

/// Topics whose id is not known any more are left out.
fn identify_topics(image: &Image, group: &mut OffsetFetchResponseGroup<'static>) {
    group.topics.retain_mut(|topic| {
        if topic.topic_id.is_zero()
            && let Some(id) = image.topics().id_of(&topic.name)
        {
            topic.topic_id = id;
        }
        !topic.topic_id.is_zero()
    });
}

fn refused(
    name: String,
    asked: &[i32],
    error_code: ErrorCode,
) -> OffsetFetchResponseTopic<'static> {
    OffsetFetchResponseTopic {
        name: Cow::Owned(name),
        partitions: asked
            .iter()
            .map(|index| OffsetFetchResponsePartition {
                partition_index: *index,
                committed_offset: -1,
                metadata: Some(Cow::Borrowed("")),
                error_code,
                ..OffsetFetchResponsePartition::default()
            })
            .collect(),
        ..OffsetFetchResponseTopic::default()
    }
}

fn plain_topic(topic: OffsetFetchResponseTopics<'static>) -> OffsetFetchResponseTopic<'static> {
    OffsetFetchResponseTopic {
        name: topic.name,
        partitions: topic
            .partitions
            .into_iter()
            .map(|partition| OffsetFetchResponsePartition {
                partition_index: partition.partition_index,
                committed_offset: partition.committed_offset,
                committed_leader_epoch: partition.committed_leader_epoch,
                metadata: partition.metadata,
                error_code: partition.error_code,
                ..OffsetFetchResponsePartition::default()
            })
            .collect(),
        ..OffsetFetchResponseTopic::default()
    }
}
