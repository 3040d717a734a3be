//! InitProducerId (key 22), versions 0-5: a fresh id for an idempotent producer.
//!
//! KIPs: 98, 360 (a producer that recovers gets a new id), 730 (ids in blocks).
//! A transactional id is answered with `INVALID_REQUEST`: there are no transactions yet.

use ottla_metadata::AllocateProducerIds;
use ottla_protocol::messages::{InitProducerIdRequest, InitProducerIdResponse};
use ottla_types::{ErrorCode, ProducerEpoch, ProducerId};

use crate::{
    call::{Call, Envelope},
    metadata_thread::{MetadataCommand, MetadataReply},
    node::Node,
    output::Reply,
};

/// How long the controller may take to hand out a block.
const TIMEOUT_MS: i32 = 30_000;

pub(crate) fn handle(call: &mut Call<'_>, request: InitProducerIdRequest<'_>) -> Reply {
    let has_id = request.producer_id != ProducerId::NONE.0;
    let has_epoch = request.producer_epoch != ProducerEpoch::NONE.0;
    if request.transactional_id.is_some() || has_id != has_epoch {
        return call.respond(&refused(ErrorCode::INVALID_REQUEST));
    }
    if let Some(id) = call.node.producer_ids().take() {
        return call.respond(&granted(id));
    }
    let command = AllocateProducerIds {
        broker: call.node.node_id(),
        broker_epoch: call.node.broker_epoch(),
    };
    call.ask_controller(MetadataCommand::AllocateProducerIds(command), TIMEOUT_MS)
}

/// Goes on when the controller has given a block of ids.
pub(crate) fn respond(node: &Node, envelope: Envelope, reply: MetadataReply) -> Reply {
    let MetadataReply::ProducerIds(outcome) = reply else {
        return Reply::Close;
    };
    let response = match outcome {
        Ok(block) => granted(node.producer_ids().add_and_take(block)),
        Err(refusal) => refused(refusal.code),
    };
    envelope.respond(&response)
}

fn granted(id: ProducerId) -> InitProducerIdResponse<'static> {
    InitProducerIdResponse {
        producer_id: id.0,
        producer_epoch: 0,
        ..InitProducerIdResponse::default()
    }
}

fn refused(error_code: ErrorCode) -> InitProducerIdResponse<'static> {
    InitProducerIdResponse {
        error_code,
        producer_epoch: -1,
        ..InitProducerIdResponse::default()
    }
}
