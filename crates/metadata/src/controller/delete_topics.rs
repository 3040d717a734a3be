//! Deletion of topics.

use std::collections::BTreeMap;

use ottla_protocol::metadata::{MetadataRecord, RemoveTopicRecord};
use ottla_types::{ErrorCode, TopicId};

use super::{Command, Controller, Draft};
use crate::{Refusal, VersionedRecord};

/// Deletes topics, by name or by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteTopics {
    /// The topics.
    pub topics: Vec<TopicSelector>,
}

/// A topic by name or by id: one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct TopicSelector {
    /// Its name.
    pub name: Option<String>,
    /// Its id, or zero.
    pub id: TopicId,
}

/// What became of one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletedTopic {
    /// Its name, as far as it is known.
    pub name: Option<String>,
    /// Its id, as far as it is known.
    pub id: TopicId,
    /// Whether it is gone.
    pub outcome: Result<(), Refusal>,
}

impl Command for DeleteTopics {
    type Reply = Vec<DeletedTopic>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        let mut outcomes = Vec::with_capacity(self.topics.len());
        let mut times: BTreeMap<&TopicSelector, usize> = BTreeMap::new();
        for selector in &self.topics {
            match check_selector(selector) {
                Ok(()) => *times.entry(selector).or_default() += 1,
                Err(refusal) => outcomes.push(refused(selector, refusal)),
            }
        }
        let mut selected: BTreeMap<TopicId, usize> = BTreeMap::new();
        for (selector, count) in &times {
            if let Some(id) = controller.select(selector) {
                *selected.entry(id).or_default() += count;
            }
        }
        for (selector, count) in &times {
            let outcome = controller.delete_topic(selector, *count, &selected, draft);
            outcomes.push(outcome);
        }
        outcomes
    }
}

impl Controller {
    fn select(&self, selector: &TopicSelector) -> Option<TopicId> {
        let topics = self.image.topics();
        match &selector.name {
            Some(name) => topics.id_of(name),
            None => topics.by_id(selector.id).map(|topic| topic.id),
        }
    }

    fn delete_topic(
        &self,
        selector: &TopicSelector,
        times: usize,
        selected: &BTreeMap<TopicId, usize>,
        draft: &mut Draft,
    ) -> DeletedTopic {
        let invalid = |message| Refusal::new(ErrorCode::INVALID_REQUEST, message);
        if times > 1 {
            let by = if selector.name.is_some() {
                "name"
            } else {
                "id"
            };
            return refused(selector, invalid(format!("Duplicate topic {by}.")));
        }
        let topic = self
            .select(selector)
            .and_then(|id| self.image.topics().by_id(id));
        let Some(topic) = topic else {
            return refused(selector, unknown(selector));
        };
        let mut deleted = DeletedTopic {
            name: Some(topic.name.to_string()),
            id: topic.id,
            outcome: Ok(()),
        };
        if selected.get(&topic.id).is_some_and(|count| *count > 1) {
            let message = "The provided topic name maps to an ID that was already supplied.";
            deleted.outcome = Err(invalid(message.to_owned()));
            return deleted;
        }
        let record = RemoveTopicRecord {
            topic_id: topic.id,
            ..RemoveTopicRecord::default()
        };
        draft.push(VersionedRecord::new(
            MetadataRecord::RemoveTopicRecord(record),
            0,
        ));
        deleted
    }
}

fn check_selector(selector: &TopicSelector) -> Result<(), Refusal> {
    let message = match (&selector.name, selector.id.is_zero()) {
        (None, true) => "Neither topic name nor id were specified.",
        (Some(_), false) => "You may not specify both topic name and topic id.",
        _ => return Ok(()),
    };
    Err(Refusal::new(ErrorCode::INVALID_REQUEST, message))
}

fn unknown(selector: &TopicSelector) -> Refusal {
    if selector.name.is_some() {
        let message = "This server does not host this topic-partition.";
        Refusal::new(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, message)
    } else {
        let message = "This server does not host this topic ID.";
        Refusal::new(ErrorCode::UNKNOWN_TOPIC_ID, message)
    }
}

fn refused(selector: &TopicSelector, refusal: Refusal) -> DeletedTopic {
    DeletedTopic {
        name: selector.name.clone(),
        id: selector.id,
        outcome: Err(refusal),
    }
}
