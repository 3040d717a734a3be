//! The in-sync set: what the controller has committed, and what this leader has proposed.

use std::collections::BTreeSet;

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

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InSync {
    committed: BTreeSet<BrokerId>,
    /// Committed and proposed members: the set that the high watermark waits for.
    maximal: BTreeSet<BrokerId>,
    pending: Option<IsrProposal>,
}

impl InSync {
    pub(crate) fn new(committed: impl IntoIterator<Item = BrokerId>) -> Self {
        let committed: BTreeSet<_> = committed.into_iter().collect();
        Self {
            maximal: committed.clone(),
            committed,
            pending: None,
        }
    }

    pub(crate) const fn committed(&self) -> &BTreeSet<BrokerId> {
        &self.committed
    }

    pub(crate) const fn maximal(&self) -> &BTreeSet<BrokerId> {
        &self.maximal
    }

    pub(crate) const fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    pub(crate) fn propose(&mut self, proposal: &IsrProposal) {
        self.maximal
            .extend(proposal.isr.iter().map(|(broker, _)| *broker));
        self.pending = Some(proposal.clone());
    }

    pub(crate) fn refused(&mut self, partition_epoch: i32, code: ErrorCode) -> IsrRefusal {
        let Some(pending) = &self.pending else {
            return IsrRefusal::Stale;
        };
        if pending.partition_epoch != partition_epoch {
            return IsrRefusal::Stale;
        }
        match code {
            ErrorCode::OPERATION_NOT_ATTEMPTED | ErrorCode::INELIGIBLE_REPLICA => {
                self.pending = None;
                self.maximal = self.committed.clone();
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
