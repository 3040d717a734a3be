//! What the node asks of the controller, and what comes back.

use ottla_metadata::{
    AllocateProducerIds, AlterConfigs, AssignReplicasToDirs, ConfigResource, CreatePartitions,
    CreateTopics, DeleteTopics, DeletedTopic, ElectLeaders, ElectedLeaders,
    IncrementalAlterConfigs, ProducerIdBlock, Refusal, TopicOutcome,
};
use ottla_types::{ErrorCode, RequestToken};

use crate::quorum::QuorumStatus;

/// A command on its way to the active controller.
#[derive(Debug)]
pub struct MetadataRequest {
    /// Who waits for the reply; nobody when the node itself asked.
    pub token: Option<RequestToken>,
    /// What to decide.
    pub command: MetadataCommand,
}

/// A change of the cluster that the controller decides.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the command of the same name")]
pub enum MetadataCommand {
    CreateTopics(CreateTopics),
    DeleteTopics(DeleteTopics),
    CreatePartitions(CreatePartitions),
    IncrementalAlterConfigs(IncrementalAlterConfigs),
    AlterConfigs(AlterConfigs),
    AllocateProducerIds(AllocateProducerIds),
    AssignReplicasToDirs(AssignReplicasToDirs),
    ElectLeaders(ElectLeaders),
    /// Changes nothing: only the quorum's leader knows how far the others are.
    DescribeQuorum,
}

/// What the controller decided.
#[derive(Debug)]
#[allow(
    missing_docs,
    reason = "each variant is the reply to the command of the same name"
)]
pub enum MetadataReply {
    CreateTopics(Vec<TopicOutcome>),
    DeleteTopics(Vec<DeletedTopic>),
    CreatePartitions(Vec<(String, Result<(), Refusal>)>),
    AlteredConfigs(Vec<(ConfigResource, Result<(), Refusal>)>),
    ProducerIds(Result<ProducerIdBlock, Refusal>),
    AssignedReplicas(Result<Vec<Result<(), ErrorCode>>, Refusal>),
    /// With the error of the request as a whole.
    ElectedLeaders(Vec<ElectedLeaders>, ErrorCode),
    Quorum(Result<QuorumStatus, Refusal>),
}

impl MetadataCommand {
    /// The reply that refuses every part of this command with `code`.
    #[must_use]
    pub fn refuse(&self, code: ErrorCode) -> MetadataReply {
        let refusal = || Refusal {
            code,
            message: None,
        };
        match self {
            Self::CreateTopics(command) => MetadataReply::CreateTopics(
                command
                    .topics
                    .iter()
                    .map(|topic| TopicOutcome {
                        name: topic.name.clone(),
                        outcome: Err(refusal()),
                    })
                    .collect(),
            ),
            Self::DeleteTopics(command) => MetadataReply::DeleteTopics(
                command
                    .topics
                    .iter()
                    .map(|topic| DeletedTopic {
                        name: topic.name.clone(),
                        id: topic.id,
                        outcome: Err(refusal()),
                    })
                    .collect(),
            ),
            Self::CreatePartitions(command) => MetadataReply::CreatePartitions(
                command
                    .topics
                    .iter()
                    .map(|topic| (topic.name.clone(), Err(refusal())))
                    .collect(),
            ),
            Self::IncrementalAlterConfigs(command) => MetadataReply::AlteredConfigs(
                command
                    .resources
                    .iter()
                    .map(|(resource, _)| (resource.clone(), Err(refusal())))
                    .collect(),
            ),
            Self::AlterConfigs(command) => MetadataReply::AlteredConfigs(
                command
                    .resources
                    .iter()
                    .map(|(resource, _)| (resource.clone(), Err(refusal())))
                    .collect(),
            ),
            Self::AllocateProducerIds(_) => MetadataReply::ProducerIds(Err(refusal())),
            Self::AssignReplicasToDirs(_) => MetadataReply::AssignedReplicas(Err(refusal())),
            Self::ElectLeaders(command) => {
                let topics = command.topics.iter().flatten();
                let topics = topics.map(|(name, partitions)| {
                    let refused = partitions.iter().map(|index| (*index, Err(refusal())));
                    (name.clone(), refused.collect())
                });
                MetadataReply::ElectedLeaders(topics.collect(), code)
            }
            Self::DescribeQuorum => MetadataReply::Quorum(Err(refusal())),
        }
    }
}

impl MetadataReply {
    /// The same answer with every part refused with `code`: what it says was not committed.
    #[must_use]
    pub fn refused(mut self, code: ErrorCode) -> Self {
        let refusal = || Refusal {
            code,
            message: None,
        };
        match &mut self {
            Self::CreateTopics(outcomes) => {
                outcomes
                    .iter_mut()
                    .for_each(|outcome| outcome.outcome = Err(refusal()));
            }
            Self::DeleteTopics(outcomes) => {
                outcomes
                    .iter_mut()
                    .for_each(|outcome| outcome.outcome = Err(refusal()));
            }
            Self::CreatePartitions(outcomes) => {
                outcomes
                    .iter_mut()
                    .for_each(|(_, outcome)| *outcome = Err(refusal()));
            }
            Self::AlteredConfigs(outcomes) => {
                outcomes
                    .iter_mut()
                    .for_each(|(_, outcome)| *outcome = Err(refusal()));
            }
            Self::ProducerIds(outcome) => *outcome = Err(refusal()),
            Self::AssignedReplicas(outcome) => *outcome = Err(refusal()),
            Self::ElectedLeaders(topics, whole) => {
                *whole = code;
                let outcomes = topics.iter_mut().flat_map(|(_, outcomes)| outcomes);
                outcomes.for_each(|(_, outcome)| *outcome = Err(refusal()));
            }
            Self::Quorum(outcome) => *outcome = Err(refusal()),
        }
        self
    }
}
