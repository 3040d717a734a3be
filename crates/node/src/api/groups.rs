//! The group APIs: thin ways to the coordinators.
//!
//! OffsetCommit (8), OffsetFetch (9), JoinGroup (11), Heartbeat (12), LeaveGroup (13), SyncGroup
//! (14), DescribeGroups (15), ListGroups (16), DeleteGroups (42), OffsetDelete (47).
//!
//! A request may name groups of several coordinators: it is split, parked until every part is
//! answered, and put together again in the order of the request.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use ottla_groups::{GroupReply, GroupRequest};
use ottla_protocol::messages::{
    DeleteGroupsRequest, DeleteGroupsResponse, DescribeGroupsRequest, DescribeGroupsResponse,
    HeartbeatRequest, JoinGroupRequest, LeaveGroupRequest, ListGroupsRequest, ListGroupsResponse,
    SyncGroupRequest, offset_delete_response::OffsetDeleteResponseTopic,
};
use ottla_types::{ErrorCode, PartitionIndex};

use crate::{
    api::{authorized::GROUP_OPERATIONS, offset_commit, offset_delete, offset_fetch},
    call::Call,
    coordinators::{Asked, Asker, Slot, Ticket},
    node::Node,
    output::Reply,
    parked::Waiting as ParkedFor,
    topics::OFFSETS_TOPIC,
};

/// A request that waits for its coordinators.
#[derive(Debug)]
pub(crate) struct Waiting {
    kind: Kind,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Answered(GroupReply),
    Waiting(Arc<Slot>, Ticket),
}

/// How the answers are put together.
#[derive(Debug)]
pub(crate) enum Kind {
    /// The one answer is the response.
    Single,
    /// Parts of a DescribeGroups; whether operations are asked for.
    Describe(bool),
    /// Parts of a ListGroups.
    List,
    /// Parts of a DeleteGroups.
    Delete,
    /// An OffsetCommit, with the topics that were refused here.
    Commit(Vec<offset_commit::RefusedTopic>),
    /// An OffsetDelete, with the topics that were refused here.
    OffsetDelete(Vec<OffsetDeleteResponseTopic<'static>>),
    /// Parts of an OffsetFetch.
    Fetch(offset_fetch::Shape),
}

pub(crate) fn join(call: &mut Call<'_>, request: JoinGroupRequest<'_>) -> Reply {
    let group = request.group_id.to_string();
    one(call, &group, GroupRequest::JoinGroup(request.into_owned()))
}

pub(crate) fn sync(call: &mut Call<'_>, request: SyncGroupRequest<'_>) -> Reply {
    let group = request.group_id.to_string();
    one(call, &group, GroupRequest::SyncGroup(request.into_owned()))
}

pub(crate) fn heartbeat(call: &mut Call<'_>, request: HeartbeatRequest<'_>) -> Reply {
    let group = request.group_id.to_string();
    one(call, &group, GroupRequest::Heartbeat(request.into_owned()))
}

pub(crate) fn leave(call: &mut Call<'_>, request: LeaveGroupRequest<'_>) -> Reply {
    let group = request.group_id.to_string();
    one(call, &group, GroupRequest::LeaveGroup(request.into_owned()))
}

pub(crate) fn describe(call: &mut Call<'_>, request: DescribeGroupsRequest<'_>) -> Reply {
    let operations = request.include_authorized_operations;
    let questions = once_each(&request.groups)
        .map(|group| {
            let part = DescribeGroupsRequest {
                groups: vec![Cow::Owned(group.to_string())],
                ..DescribeGroupsRequest::default()
            };
            (group.to_string(), GroupRequest::DescribeGroups(part))
        })
        .collect();
    ask(call, Kind::Describe(operations), questions)
}

/// Every group once: else a small request would ask for an answer of any size.
fn once_each<'t, 'a>(groups: &'t [Cow<'a, str>]) -> impl Iterator<Item = &'t Cow<'a, str>> {
    let mut known = BTreeSet::new();
    groups.iter().filter(move |group| known.insert(&***group))
}

pub(crate) fn delete(call: &mut Call<'_>, request: DeleteGroupsRequest<'_>) -> Reply {
    let questions = once_each(&request.groups_names)
        .map(|group| {
            let part = DeleteGroupsRequest {
                groups_names: vec![Cow::Owned(group.to_string())],
                ..DeleteGroupsRequest::default()
            };
            (group.to_string(), GroupRequest::DeleteGroups(part))
        })
        .collect();
    ask(call, Kind::Delete, questions)
}

pub(crate) fn list(call: &mut Call<'_>, request: ListGroupsRequest<'_>) -> Reply {
    let request = GroupRequest::ListGroups(request.into_owned());
    let slots = call.node.coordinators().all();
    let parts = slots.iter().map(|slot| put(call, slot, &request)).collect();
    finish_or_park(
        call,
        Waiting {
            kind: Kind::List,
            parts,
        },
    )
}

/// Asks the coordinator of one group; its answer is the response.
fn one(call: &mut Call<'_>, group: &str, request: GroupRequest) -> Reply {
    ask(call, Kind::Single, vec![(group.to_owned(), request)])
}

/// Asks the coordinators of the groups.
pub(crate) fn ask(
    call: &mut Call<'_>,
    kind: Kind,
    questions: Vec<(String, GroupRequest)>,
) -> Reply {
    let parts = questions
        .iter()
        .map(|(group, request)| match coordinator_of(call.node, group) {
            Ok(slot) => put(call, &slot, request),
            Err(code) => Part::Answered(request.refused(call.version(), code)),
        })
        .collect();
    finish_or_park(call, Waiting { kind, parts })
}

fn coordinator_of(node: &Node, group: &str) -> Result<Arc<Slot>, ErrorCode> {
    let image = node.image();
    let topic = image
        .topics()
        .by_name(OFFSETS_TOPIC)
        .ok_or(ErrorCode::COORDINATOR_NOT_AVAILABLE)?;
    let index = ottla_protocol::hash::coordinator_partition(group, topic.partitions.len());
    node.coordinators()
        .slot(PartitionIndex(index))
        .ok_or(ErrorCode::NOT_COORDINATOR)
}

fn put(call: &mut Call<'_>, slot: &Arc<Slot>, request: &GroupRequest) -> Part {
    let host = format!("/{}", call.connection.peer.ip());
    let asker = Asker {
        now: call.now,
        token: call.token,
        api_version: call.version(),
        client_id: call.client_id,
        client_host: &host,
    };
    match call.node.coordinators().ask(slot, asker, request, call.out) {
        Asked::Answered(reply) => Part::Answered(reply),
        Asked::Waiting(slot, ticket) => Part::Waiting(slot, ticket),
    }
}

/// Goes on with a request that was woken.
pub(crate) fn resume(call: &mut Call<'_>, mut waiting: Waiting) -> Reply {
    for part in &mut waiting.parts {
        if let Part::Waiting(slot, ticket) = part
            && let Some(reply) = slot.take_answer(*ticket)
        {
            *part = Part::Answered(reply);
        }
    }
    finish_or_park(call, waiting)
}

/// Forgets a request whose connection is gone.
pub(crate) fn cancel(waiting: Waiting) {
    for part in waiting.parts {
        if let Part::Waiting(slot, ticket) = part {
            slot.forget(ticket);
        }
    }
}

fn finish_or_park(call: &mut Call<'_>, waiting: Waiting) -> Reply {
    if waiting
        .parts
        .iter()
        .any(|part| matches!(part, Part::Waiting(..)))
    {
        return call.park(None, ParkedFor::Group(Box::new(waiting)));
    }
    let replies: Vec<GroupReply> = waiting
        .parts
        .into_iter()
        .filter_map(|part| match part {
            Part::Answered(reply) => Some(reply),
            Part::Waiting(..) => None,
        })
        .collect();
    match waiting.kind {
        Kind::Single => replies
            .into_iter()
            .next()
            .map_or(Reply::Close, |reply| respond_single(call, reply)),
        Kind::Describe(operations) => respond_described(call, replies, operations),
        Kind::List => respond_listed(call, replies),
        Kind::Delete => {
            let mut response = DeleteGroupsResponse::default();
            for reply in replies {
                if let GroupReply::DeleteGroups(part) = reply {
                    response.results.extend(part.results);
                }
            }
            call.respond(&response)
        }
        Kind::Commit(refused) => offset_commit::respond(call, replies, refused),
        Kind::Fetch(shape) => offset_fetch::respond(call, replies, shape),
        Kind::OffsetDelete(refused) => offset_delete::respond(call, replies, refused),
    }
}

fn respond_single(call: &Call<'_>, reply: GroupReply) -> Reply {
    match reply {
        GroupReply::JoinGroup(response) => call.respond(&response),
        GroupReply::SyncGroup(response) => call.respond(&response),
        GroupReply::Heartbeat(response) => call.respond(&response),
        GroupReply::LeaveGroup(response) => call.respond(&response),
        GroupReply::OffsetCommit(response) => call.respond(&response),
        GroupReply::ListGroups(response) => call.respond(&response),
        GroupReply::DescribeGroups(response) => call.respond(&response),
        GroupReply::DeleteGroups(response) => call.respond(&response),
        GroupReply::TxnOffsetCommit(_)
        | GroupReply::OffsetFetch(_)
        | GroupReply::OffsetDelete(_) => Reply::Close,
    }
}

fn respond_described(call: &Call<'_>, replies: Vec<GroupReply>, operations: bool) -> Reply {
    let mut response = DescribeGroupsResponse::default();
    for reply in replies {
        if let GroupReply::DescribeGroups(part) = reply {
            response.groups.extend(part.groups);
        }
    }
    if operations {
        let found = response.groups.iter_mut();
        for group in found.filter(|group| group.error_code.is_none()) {
            group.authorized_operations = GROUP_OPERATIONS;
        }
    }
    call.respond(&response)
}

fn respond_listed(call: &Call<'_>, replies: Vec<GroupReply>) -> Reply {
    let mut response = ListGroupsResponse::default();
    for reply in replies {
        if let GroupReply::ListGroups(part) = reply {
            if !part.error_code.is_none() {
                response.error_code = part.error_code;
            }
            response.groups.extend(part.groups);
        }
    }
    call.respond(&response)
}
