//! What comes in and what goes out, in the protocol's own structs.

use ottla_protocol::messages::{
    DeleteGroupsRequest, DeleteGroupsResponse, DescribeGroupsRequest, DescribeGroupsResponse,
    HeartbeatRequest, HeartbeatResponse, JoinGroupRequest, JoinGroupResponse, LeaveGroupRequest,
    LeaveGroupResponse, ListGroupsRequest, ListGroupsResponse, OffsetCommitRequest,
    OffsetCommitResponse, OffsetDeleteRequest, OffsetDeleteResponse, SyncGroupRequest,
    SyncGroupResponse, TxnOffsetCommitRequest, TxnOffsetCommitResponse,
    delete_groups_response::DeletableGroupResult,
    describe_groups_response::DescribedGroup,
    offset_commit_response::{OffsetCommitResponsePartition, OffsetCommitResponseTopic},
    offset_fetch_request::OffsetFetchRequestGroup,
    offset_fetch_response::OffsetFetchResponseGroup,
    txn_offset_commit_response::{TxnOffsetCommitResponsePartition, TxnOffsetCommitResponseTopic},
};
use ottla_types::{ErrorCode, RequestToken};

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// Comes back with the answer.
    pub token: RequestToken,
    /// Version of the request; the answer is one that this version can express.
    pub api_version: i16,
    /// Client id of the request header, "" when it is null.
    pub client_id: &'a str,
    /// Address of the client. Kafka writes it with a slash in front: `/127.0.0.1`.
    pub client_host: &'a str,
}

/// A request to one coordinator. The caller has checked authorisation and that topics exist, and
/// has split requests over several groups by coordinator.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupRequest {
    /// JoinGroup.
    JoinGroup(JoinGroupRequest<'static>),
    /// SyncGroup.
    SyncGroup(SyncGroupRequest<'static>),
    /// Heartbeat.
    Heartbeat(HeartbeatRequest<'static>),
    /// LeaveGroup; both the single member of versions 0 to 2 and the list are understood.
    LeaveGroup(LeaveGroupRequest<'static>),
    /// OffsetCommit. Names are filled in where the request has topic ids.
    OffsetCommit(OffsetCommitRequest<'static>),
    /// TxnOffsetCommit; the caller has verified that the transaction holds the partition.
    TxnOffsetCommit(TxnOffsetCommitRequest<'static>),
    /// One group of an OffsetFetch; null topics mean all. Names are filled in.
    OffsetFetch {
        /// The group and its topics.
        group: OffsetFetchRequestGroup<'static>,
        /// Answer UNSTABLE_OFFSET_COMMIT where a transaction is pending.
        require_stable: bool,
    },
    /// OffsetDelete.
    OffsetDelete(OffsetDeleteRequest<'static>),
    /// ListGroups, of this coordinator only.
    ListGroups(ListGroupsRequest<'static>),
    /// DescribeGroups.
    DescribeGroups(DescribeGroupsRequest<'static>),
    /// DeleteGroups.
    DeleteGroups(DeleteGroupsRequest<'static>),
}

/// The answer to a [`GroupRequest`] of the same name.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupReply {
    /// JoinGroup.
    JoinGroup(JoinGroupResponse<'static>),
    /// SyncGroup.
    SyncGroup(SyncGroupResponse<'static>),
    /// Heartbeat.
    Heartbeat(HeartbeatResponse<'static>),
    /// LeaveGroup, already in the form of the version asked.
    LeaveGroup(LeaveGroupResponse<'static>),
    /// OffsetCommit.
    OffsetCommit(OffsetCommitResponse<'static>),
    /// TxnOffsetCommit.
    TxnOffsetCommit(TxnOffsetCommitResponse<'static>),
    /// One group of an OffsetFetch.
    OffsetFetch(OffsetFetchResponseGroup<'static>),
    /// OffsetDelete.
    OffsetDelete(OffsetDeleteResponse<'static>),
    /// ListGroups.
    ListGroups(ListGroupsResponse<'static>),
    /// DescribeGroups. Authorised operations are the caller's to add.
    DescribeGroups(DescribeGroupsResponse<'static>),
    /// DeleteGroups.
    DeleteGroups(DeleteGroupsResponse<'static>),
}

impl GroupRequest {
    /// Whether the group id is empty where Kafka forbids it. Offsets may be kept under "".
    pub(crate) fn lacks_group_id(&self) -> bool {
        match self {
            Self::JoinGroup(request) => request.group_id.is_empty(),
            Self::SyncGroup(request) => request.group_id.is_empty(),
            Self::Heartbeat(request) => request.group_id.is_empty(),
            Self::LeaveGroup(request) => request.group_id.is_empty(),
            Self::TxnOffsetCommit(request) => request.group_id.is_empty(),
            Self::OffsetDelete(request) => request.group_id.is_empty(),
            Self::OffsetCommit(_)
            | Self::OffsetFetch { .. }
            | Self::ListGroups(_)
            | Self::DescribeGroups(_)
            | Self::DeleteGroups(_) => false,
        }
    }

    /// The answer that refuses all of the request with `code`.
    #[must_use]
    pub fn refused(&self, api_version: i16, code: ErrorCode) -> GroupReply {
        match self {
            Self::JoinGroup(_) => GroupReply::JoinGroup(join_refused(api_version, "", code)),
            Self::SyncGroup(_) => GroupReply::SyncGroup(sync_refused(code)),
            Self::Heartbeat(_) => GroupReply::Heartbeat(heartbeat(code)),
            Self::LeaveGroup(_) => GroupReply::LeaveGroup(LeaveGroupResponse {
                error_code: code,
                ..LeaveGroupResponse::default()
            }),
            Self::OffsetCommit(request) => GroupReply::OffsetCommit(commit_refused(request, code)),
            Self::TxnOffsetCommit(request) => {
                GroupReply::TxnOffsetCommit(txn_commit_refused(request, code))
            }
            Self::OffsetFetch { group, .. } => GroupReply::OffsetFetch(OffsetFetchResponseGroup {
                group_id: group.group_id.clone(),
                error_code: fetch_code(code),
                ..OffsetFetchResponseGroup::default()
            }),
            Self::OffsetDelete(_) => GroupReply::OffsetDelete(OffsetDeleteResponse {
                error_code: code,
                ..OffsetDeleteResponse::default()
            }),
            Self::ListGroups(_) => GroupReply::ListGroups(list_refused(code)),
            Self::DescribeGroups(request) => GroupReply::DescribeGroups(DescribeGroupsResponse {
                groups: request
                    .groups
                    .iter()
                    .map(|group| DescribedGroup {
                        error_code: code,
                        group_id: group.clone(),
                        ..DescribedGroup::default()
                    })
                    .collect(),
                ..DescribeGroupsResponse::default()
            }),
            Self::DeleteGroups(request) => GroupReply::DeleteGroups(DeleteGroupsResponse {
                results: request
                    .groups_names
                    .iter()
                    .map(|group| DeletableGroupResult {
                        group_id: group.clone(),
                        error_code: code,
                        ..DeletableGroupResult::default()
                    })
                    .collect(),
                ..DeleteGroupsResponse::default()
            }),
        }
    }
}

impl GroupReply {
    /// Turns an answer that was to leave once the records were committed into a refusal.
    pub(crate) fn refuse(&mut self, code: ErrorCode) {
        match self {
            Self::JoinGroup(reply) => reply.error_code = code,
            Self::SyncGroup(reply) => *reply = sync_refused(code),
            Self::Heartbeat(reply) => reply.error_code = code,
            Self::LeaveGroup(reply) => {
                reply.error_code = code;
                reply.members.clear();
            }
            Self::OffsetCommit(reply) => {
                for topic in &mut reply.topics {
                    topic
                        .partitions
                        .iter_mut()
                        .for_each(|p| p.error_code = code);
                }
            }
            Self::TxnOffsetCommit(reply) => {
                for topic in &mut reply.topics {
                    topic
                        .partitions
                        .iter_mut()
                        .for_each(|p| p.error_code = code);
                }
            }
            Self::OffsetFetch(reply) => {
                reply.error_code = fetch_code(code);
                reply.topics.clear();
            }
            Self::OffsetDelete(reply) => {
                reply.error_code = code;
                reply.topics.clear();
            }
            Self::ListGroups(reply) => *reply = list_refused(code),
            Self::DescribeGroups(reply) => {
                for group in &mut reply.groups {
                    *group = DescribedGroup {
                        error_code: code,
                        group_id: std::mem::take(&mut group.group_id),
                        ..DescribedGroup::default()
                    };
                }
            }
            Self::DeleteGroups(reply) => {
                reply.results.iter_mut().for_each(|r| r.error_code = code);
            }
        }
    }
}

/// The code that a client is shown for a failed append.
pub(crate) const fn append_code(code: ErrorCode) -> ErrorCode {
    match code {
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
        | ErrorCode::NOT_ENOUGH_REPLICAS
        | ErrorCode::REQUEST_TIMED_OUT => ErrorCode::COORDINATOR_NOT_AVAILABLE,
        ErrorCode::NOT_LEADER_OR_FOLLOWER | ErrorCode::KAFKA_STORAGE_ERROR => {
            ErrorCode::NOT_COORDINATOR
        }
        ErrorCode::MESSAGE_TOO_LARGE
        | ErrorCode::RECORD_LIST_TOO_LARGE
        | ErrorCode::INVALID_FETCH_SIZE => ErrorCode::UNKNOWN_SERVER_ERROR,
        other => other,
    }
}

pub(crate) fn join_refused(
    api_version: i16,
    member_id: &str,
    code: ErrorCode,
) -> JoinGroupResponse<'static> {
    JoinGroupResponse {
        error_code: code,
        member_id: member_id.to_owned().into(),
        protocol_name: no_protocol(api_version),
        ..JoinGroupResponse::default()
    }
}

/// Before version 7 the name of the protocol is not nullable.
pub(crate) fn no_protocol(api_version: i16) -> Option<std::borrow::Cow<'static, str>> {
    (api_version < 7).then_some(std::borrow::Cow::Borrowed(""))
}

pub(crate) fn sync_refused(code: ErrorCode) -> SyncGroupResponse<'static> {
    SyncGroupResponse {
        error_code: code,
        ..SyncGroupResponse::default()
    }
}

pub(crate) fn heartbeat(code: ErrorCode) -> HeartbeatResponse<'static> {
    HeartbeatResponse {
        error_code: code,
        ..HeartbeatResponse::default()
    }
}

pub(crate) fn commit_refused(
    request: &OffsetCommitRequest<'static>,
    code: ErrorCode,
) -> OffsetCommitResponse<'static> {
    OffsetCommitResponse {
        topics: request
            .topics
            .iter()
            .map(|topic| OffsetCommitResponseTopic {
                name: topic.name.clone(),
                topic_id: topic.topic_id,
                partitions: topic
                    .partitions
                    .iter()
                    .map(|partition| OffsetCommitResponsePartition {
                        partition_index: partition.partition_index,
                        error_code: code,
                        ..OffsetCommitResponsePartition::default()
                    })
                    .collect(),
                ..OffsetCommitResponseTopic::default()
            })
            .collect(),
        ..OffsetCommitResponse::default()
    }
}

pub(crate) fn txn_commit_refused(
    request: &TxnOffsetCommitRequest<'static>,
    code: ErrorCode,
) -> TxnOffsetCommitResponse<'static> {
    TxnOffsetCommitResponse {
        topics: request
            .topics
            .iter()
            .map(|topic| TxnOffsetCommitResponseTopic {
                name: topic.name.clone(),
                partitions: topic
                    .partitions
                    .iter()
                    .map(|partition| TxnOffsetCommitResponsePartition {
                        partition_index: partition.partition_index,
                        error_code: code,
                        ..TxnOffsetCommitResponsePartition::default()
                    })
                    .collect(),
                ..TxnOffsetCommitResponseTopic::default()
            })
            .collect(),
        ..TxnOffsetCommitResponse::default()
    }
}

/// Consumers before 3.9 do not retry an OffsetFetch on COORDINATOR_NOT_AVAILABLE.
const fn fetch_code(code: ErrorCode) -> ErrorCode {
    match code {
        ErrorCode::COORDINATOR_NOT_AVAILABLE => ErrorCode::NOT_COORDINATOR,
        other => other,
    }
}

/// A coordinator that has moved has no groups to list.
fn list_refused(code: ErrorCode) -> ListGroupsResponse<'static> {
    ListGroupsResponse {
        error_code: if code == ErrorCode::NOT_COORDINATOR {
            ErrorCode::NONE
        } else {
            code
        },
        ..ListGroupsResponse::default()
    }
}
