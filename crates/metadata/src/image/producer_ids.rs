//! The next block of producer ids.

use ottla_protocol::metadata::{MetadataRecord, ProducerIdsRecord};
use ottla_types::{BrokerEpoch, BrokerId, ProducerId};

use crate::{ReplayFault, VersionedRecord};

/// Where the next block of producer ids begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProducerIds {
    next: Option<ProducerId>,
}

impl ProducerIds {
    /// First id of the next block; 0 when none was handed out yet.
    #[must_use]
    pub fn next(&self) -> ProducerId {
        self.next.unwrap_or(ProducerId(0))
    }

    pub(super) fn apply(&mut self, record: &ProducerIdsRecord<'_>) -> Result<(), ReplayFault> {
        let given = record.next_producer_id;
        match self.next {
            Some(current) if given <= current.0 => Err(ReplayFault::ProducerIdsGoBack {
                current: current.0,
                given,
            }),
            _ => {
                self.next = Some(ProducerId(given));
                Ok(())
            }
        }
    }

    pub(super) fn write_snapshot(self, out: &mut Vec<VersionedRecord>) {
        let record = self
            .next
            .map(|next| producer_ids_record(BrokerId::NONE, BrokerEpoch::NONE, next));
        out.extend(record);
    }
}

/// The record that hands the block before `next` to `broker`.
pub(crate) fn producer_ids_record(
    broker: BrokerId,
    epoch: BrokerEpoch,
    next: ProducerId,
) -> VersionedRecord {
    let record = ProducerIdsRecord {
        broker_id: broker.0,
        broker_epoch: epoch.0,
        next_producer_id: next.0,
        ..ProducerIdsRecord::default()
    };
    VersionedRecord::new(MetadataRecord::ProducerIdsRecord(record), 0)
}
