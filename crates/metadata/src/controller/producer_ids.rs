//! Blocks of producer ids for brokers.
//!
//! Spec: KIP-730.

use ottla_types::{BrokerEpoch, BrokerId, ErrorCode, ProducerId};

use super::{Command, Controller, Draft};
use crate::{Refusal, image::producer_ids_record};

/// Ids in one block.
pub const PRODUCER_ID_BLOCK_LEN: i32 = 1000;

/// A broker asks for a block of producer ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllocateProducerIds {
    /// The broker.
    pub broker: BrokerId,
    /// Epoch of its registration.
    pub broker_epoch: BrokerEpoch,
}

/// Producer ids that nobody else was or will be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProducerIdBlock {
    /// The first id.
    pub first: ProducerId,
    /// How many there are.
    pub len: i32,
}

impl Command for AllocateProducerIds {
    type Reply = Result<ProducerIdBlock, Refusal>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        controller.check_broker_epoch(self.broker, self.broker_epoch)?;
        let first = controller.image.producer_ids().next();
        let Some(next) = first.0.checked_add(i64::from(PRODUCER_ID_BLOCK_LEN)) else {
            let message = "Exhausted all producerIds as the next block's end producerId has \
                exceeded the int64 type limit";
            return Err(Refusal::new(ErrorCode::UNKNOWN_SERVER_ERROR, message));
        };
        let record = producer_ids_record(self.broker, self.broker_epoch, ProducerId(next));
        draft.push(record);
        Ok(ProducerIdBlock {
            first,
            len: PRODUCER_ID_BLOCK_LEN,
        })
    }
}
