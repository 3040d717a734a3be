//! What a request is judged by before its partitions are.

use std::collections::BTreeMap;

use ottla_protocol::messages::{ProduceRequest, produce_request::TopicProduceData};
use ottla_types::ErrorCode;

use crate::partition::{FirstBatch, ProduceRefusal, first_batch};

use super::bytes_of;

/// What is said of a request before its partitions are looked at.
pub(super) fn check(request: &ProduceRequest<'_>) -> Result<(), ProduceRefusal> {
    let all = request.topic_data.iter().flat_map(|t| &t.partition_data);
    for data in all {
        let first = first_batch(bytes_of(data))?;
        if first == FirstBatch::Transactional {
            // What comes after it is not looked at any more.
            return match request.transactional_id {
                Some(_) => Ok(()),
                None => Err(ProduceRefusal::bare(
                    ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                )),
            };
        }
    }
    Ok(())
}

/// Leaves each partition once, with what was said of it last, and no topic without partitions.
pub(super) fn keep_last(topics: &mut Vec<TopicProduceData<'_>>) {
    topics.retain(|topic| !topic.partition_data.is_empty());
    if names_each_once(topics) {
        return;
    }
    let mut last = BTreeMap::new();
    for topic in topics.drain(..) {
        let (_, partitions) = last
            .entry((topic.name.clone(), topic.topic_id))
            .or_insert_with(|| (topic.clone(), BTreeMap::new()));
        let named = topic.partition_data.into_iter();
        partitions.extend(named.map(|data| (data.index, data)));
    }
    topics.extend(last.into_values().map(|(topic, partitions)| {
        let partition_data = partitions.into_values().collect();
        TopicProduceData {
            partition_data,
            ..topic
        }
    }));
}

fn names_each_once(topics: &[TopicProduceData<'_>]) -> bool {
    if let [topic] = topics
        && let [_] = *topic.partition_data
    {
        return true;
    }
    let mut named: Vec<_> = topics
        .iter()
        .flat_map(|topic| {
            let indices = topic.partition_data.iter().map(|data| data.index);
            indices.map(|index| (topic.topic_id, &*topic.name, index))
        })
        .collect();
    named.sort_unstable();
    named.is_sorted_by(|before, after| before < after)
}
