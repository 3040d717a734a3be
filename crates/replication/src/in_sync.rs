//! The in-sync set: what the controller has committed, and what this leader has proposed.

use ottla_types::{BrokerEpoch, BrokerId, ErrorCode, LeaderEpoch};

/// A new in-sync set for the controller to accept, by AlterPartition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IsrProposal {
    /// The proposed members with the broker epoch each was judged by, in ascending order.
    pub isr: Vec<(BrokerId, BrokerEpoch)>,
    /// Leader epoch the proposal is made in.
    pub leader_epoch: LeaderEpoch,
    /// Partition epoch it is based on.
    pub partition_epoch: i32,
}

/// What a refused proposal means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IsrRefusal {
    /// Dropped: the committed set stands, and a new proposal may be made.
    Dropped,
    /// Metadata that this leader has not seen yet will settle it: nothing is proposed until then.
    AwaitMetadata,
    /// The same proposal should be sent again.
    Retry(IsrProposal),
    /// The refusal was of a proposal that is no longer open.
    Stale,
}

/// In few bytes: there is one for each partition, and hardly ever a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InSync {
    /// In ascending order.
    committed: Box<[BrokerId]>,
    proposed: Option<Box<Proposed>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Proposed {
    /// Committed and proposed members, in ascending order.
    maximal: Vec<BrokerId>,
    /// What the controller has yet to answer.
    pending: IsrProposal,
}

impl InSync {
    pub(crate) fn new(committed: impl IntoIterator<Item = BrokerId>) -> Self {
        Self {
            committed: sorted(committed).into_boxed_slice(),
            proposed: None,
        }
    }

    /// In ascending order.
    pub(crate) const fn committed(&self) -> &[BrokerId] {
        &self.committed
    }

    /// The set that the high watermark waits for: committed and proposed members, in ascending order.
    pub(crate) fn maximal(&self) -> &[BrokerId] {
        match &self.proposed {
            Some(proposed) => &proposed.maximal,
            None => &self.committed,
        }
    }

    pub(crate) const fn is_pending(&self) -> bool {
        self.proposed.is_some()
    }

    pub(crate) fn propose(&mut self, proposal: &IsrProposal) {
        let proposed = proposal.isr.iter().map(|(broker, _)| *broker);
        let maximal = sorted(self.maximal().iter().copied().chain(proposed));
        self.proposed = Some(Box::new(Proposed {
            maximal,
            pending: proposal.clone(),
        }));
    }

    pub(crate) fn refused(&mut self, partition_epoch: i32, code: ErrorCode) -> IsrRefusal {
        let Some(pending) = self.proposed.as_ref().map(|proposed| &proposed.pending) else {
            return IsrRefusal::Stale;
        };
        if pending.partition_epoch != partition_epoch {
            return IsrRefusal::Stale;
        }
        match code {
            ErrorCode::OPERATION_NOT_ATTEMPTED | ErrorCode::INELIGIBLE_REPLICA => {
                self.proposed = None;
                IsrRefusal::Dropped
            }
            ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
            | ErrorCode::UNKNOWN_TOPIC_ID
            | ErrorCode::FENCED_LEADER_EPOCH
            | ErrorCode::INVALID_UPDATE_VERSION
            | ErrorCode::INVALID_REQUEST
            | ErrorCode::NEW_LEADER_ELECTED => IsrRefusal::AwaitMetadata,
            _ => IsrRefusal::Retry(pending.clone()),
        }
    }
}

/// Each broker once, in ascending order.
pub(crate) fn sorted(brokers: impl IntoIterator<Item = BrokerId>) -> Vec<BrokerId> {
    let mut brokers: Vec<_> = brokers.into_iter().collect();
    brokers.sort_unstable();
    brokers.dedup();
    brokers
}
