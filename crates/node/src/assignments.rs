//! Telling the controller in which log directories the replicas of this broker are.
//!
//! Responsible for saying what the metadata does not say yet, a bounded number of replicas at a time and
//! one request at a time. What is refused is said again when the next image comes.
//!
//! Spec: KIP-858 (AssignReplicasToDirs).

use std::{collections::BTreeMap, sync::Arc};

use ottla_metadata::{AssignReplicasToDirs, DirectoryAssignment, Partition as PartitionRecord};
use ottla_types::{BrokerEpoch, ErrorCode, PartitionIndex, TopicId, Uuid};
use parking_lot::Mutex;

use crate::{
    metadata_thread::{MetadataCommand, MetadataRequest},
    node::Node,
    output::Output,
    partition::Partition,
};

/// Most replicas of one request, as in Apache Kafka.
const MAX_PER_REQUEST: usize = 2250;

/// What the controller has yet to be told.
#[derive(Debug, Default)]
pub(crate) struct Assignments {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    wanted: BTreeMap<(TopicId, PartitionIndex), Uuid>,
    /// What the controller was told and has not answered.
    asked: Vec<DirectoryAssignment>,
}

impl Assignments {
    /// Takes up the answer; gives whether anything came of it. What was refused stays wanted.
    pub(crate) fn answered(&self, outcome: Option<&[Result<(), ErrorCode>]>) -> bool {
        let mut state = self.state.lock();
        let asked = std::mem::take(&mut state.asked);
        let mut is_progress = false;
        for (assignment, outcome) in asked.iter().zip(outcome.unwrap_or_default()) {
            let id = (assignment.topic_id, assignment.partition);
            if outcome.is_ok() && state.wanted.get(&id) == Some(&assignment.directory) {
                state.wanted.remove(&id);
                is_progress = true;
            }
        }
        is_progress
    }

    fn take_up(&self, topic: TopicId, index: PartitionIndex, wanted: Option<Uuid>) {
        let mut state = self.state.lock();
        match wanted {
            Some(directory) => state.wanted.insert((topic, index), directory),
            None => state.wanted.remove(&(topic, index)),
        };
    }

    fn forget_topic(&self, topic: TopicId) {
        self.state.lock().wanted.retain(|(id, _), _| *id != topic);
    }

    fn next(&self) -> Vec<DirectoryAssignment> {
        let mut state = self.state.lock();
        if !state.asked.is_empty() {
            return Vec::new();
        }
        let wanted = state.wanted.iter().take(MAX_PER_REQUEST);
        let next: Vec<_> = wanted
            .map(|((topic_id, partition), directory)| DirectoryAssignment {
                topic_id: *topic_id,
                partition: *partition,
                directory: *directory,
            })
            .collect();
        state.asked.clone_from(&next);
        next
    }
}

impl Node {
    /// Has the controller told that a partition is in a directory.
    pub(crate) fn want_directory(&self, partition: &Partition, directory: Uuid) {
        let (topic, index) = (partition.topic_id(), partition.index());
        self.assignments().take_up(topic, index, Some(directory));
    }

    /// Compares where a partition is with where the metadata has it.
    pub(crate) fn note_directory(&self, record: &PartitionRecord, partition: &Arc<Partition>) {
        if self.moves().is_asked(partition) {
            // It is about to be in the directory that the controller was told of.
            return;
        }
        let actual = partition.directory();
        let is_known = record.directory_of(self.node_id()) == Some(actual);
        // The controller knows which directories have failed, and would not be told anything new.
        let is_news = !is_known && self.directories().fault_of(actual).is_none();
        self.assignments().take_up(
            partition.topic_id(),
            partition.index(),
            is_news.then_some(actual),
        );
    }

    /// Nothing of a deleted topic is to be said.
    pub(crate) fn forget_directories(&self, topic: TopicId) {
        self.assignments().forget_topic(topic);
    }

    /// Says what is to be said.
    pub(crate) fn send_assignments(&self, out: &mut Vec<Output>) {
        let broker_epoch = self.broker_epoch();
        if broker_epoch == BrokerEpoch::NONE {
            return;
        }
        let assignments = self.assignments().next();
        if !assignments.is_empty() {
            out.push(Output::Metadata(MetadataRequest {
                token: None,
                command: MetadataCommand::AssignReplicasToDirs(AssignReplicasToDirs {
                    broker: self.node_id(),
                    broker_epoch,
                    assignments,
                }),
            }));
        }
    }
}
