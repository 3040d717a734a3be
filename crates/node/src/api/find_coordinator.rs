//! FindCoordinator (key 10), versions 0-6: which broker coordinates a group.
//!
//! KIPs: 699 (several keys at once), 932 (share keys). Transactional ids and share partitions are
//! answered with `INVALID_REQUEST`, the former with a message: their coordinators do not exist yet.
//! The first question for a group makes the offsets topic; it is answered with
//! `COORDINATOR_NOT_AVAILABLE` until that is there.

use std::borrow::Cow;

use ottla_metadata::Image;
use ottla_protocol::messages::{
    FindCoordinatorRequest, FindCoordinatorResponse, find_coordinator_response::Coordinator,
};
use ottla_types::{ErrorCode, PartitionIndex};

use crate::{api::MALFORMED, call::Call, output::Reply, refusal::Refusal, topics::OFFSETS_TOPIC};

const GROUP: i8 = 0;
const TRANSACTION: i8 = 1;
const SHARE: i8 = 2;

/// What versions before 4 say while there is no coordinator.
const UNAVAILABLE: &str = "The coordinator is not available.";

pub(crate) fn handle(call: &mut Call<'_>, request: FindCoordinatorRequest<'_>) -> Reply {
    let image = call.node.image();
    if call.version() >= 4 {
        let coordinators = request
            .coordinator_keys
            .iter()
            .map(|key| coordinator(key, find(call, &image, request.key_type, key)))
            .collect();
        let response = FindCoordinatorResponse {
            coordinators,
            ..FindCoordinatorResponse::default()
        };
        return call.respond(&response);
    }
    let found = coordinator("", find(call, &image, request.key_type, &request.key));
    let message = match found.error_code {
        ErrorCode::NONE => Some(Cow::Borrowed("NONE")),
        ErrorCode::COORDINATOR_NOT_AVAILABLE => Some(Cow::Borrowed(UNAVAILABLE)),
        _ => found.error_message,
    };
    let response = FindCoordinatorResponse {
        error_code: found.error_code,
        error_message: message,
        node_id: found.node_id,
        host: found.host,
        port: found.port,
        ..FindCoordinatorResponse::default()
    };
    call.respond(&response)
}

fn find(
    call: &mut Call<'_>,
    image: &Image,
    key_type: i8,
    key: &str,
) -> Result<(i32, String, i32), Refusal> {
    let unavailable = || Refusal::bare(ErrorCode::COORDINATOR_NOT_AVAILABLE);
    match key_type {
        GROUP => {}
        TRANSACTION => return Err(missing_coordinator("transactional ids")),
        SHARE if call.version() >= 4 => return Err(Refusal::bare(ErrorCode::INVALID_REQUEST)),
        _ => return Err(Refusal::new(ErrorCode::INVALID_REQUEST, MALFORMED)),
    }
    let Some(topic) = image.topics().by_name(OFFSETS_TOPIC) else {
        call.create_topic_soon(OFFSETS_TOPIC);
        return Err(unavailable());
    };
    let index = ottla_protocol::hash::coordinator_partition(key, topic.partitions.len());
    let leader = topic
        .partition(PartitionIndex(index))
        .and_then(|partition| partition.leader)
        .and_then(|leader| image.cluster().broker(leader))
        .filter(|broker| !broker.fenced)
        .ok_or_else(unavailable)?;
    let (host, port) = call.advertised(image, leader).ok_or_else(unavailable)?;
    Ok((leader.id.0, host, port))
}

fn missing_coordinator(what: &str) -> Refusal {
    Refusal::new(
        ErrorCode::INVALID_REQUEST,
        format!("This broker has no coordinator for {what}."),
    )
}

fn coordinator(key: &str, found: Result<(i32, String, i32), Refusal>) -> Coordinator<'static> {
    let key = Cow::Owned(key.to_owned());
    match found {
        Ok((node_id, host, port)) => Coordinator {
            key,
            node_id,
            host: Cow::Owned(host),
            port,
            error_message: Some(Cow::Borrowed("")),
            ..Coordinator::default()
        },
        Err(refusal) => Coordinator {
            key,
            node_id: -1,
            port: -1,
            error_code: refusal.code,
            error_message: Some(refusal.message.map_or(Cow::Borrowed(""), Cow::Owned)),
            ..Coordinator::default()
        },
    }
}
