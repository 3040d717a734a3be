//! One member of a classic group.

use std::sync::Arc;

use ottla_protocol::messages::{
    describe_groups_response::DescribedGroupMember, group_metadata_value::MemberMetadata,
    join_group_request::JoinGroupRequestProtocol,
};
use ottla_types::RequestToken;

/// A way to assign that a member supports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Protocol {
    pub(crate) name: String,
    pub(crate) metadata: Vec<u8>,
}

/// A JoinGroup that waits for the end of the join phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parked {
    pub(crate) token: RequestToken,
    pub(crate) api_version: i16,
}

/// A member that has joined.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) id: Arc<str>,
    pub(crate) instance_id: Option<String>,
    pub(crate) client_id: String,
    pub(crate) client_host: String,
    pub(crate) rebalance_timeout_ms: i32,
    pub(crate) session_timeout_ms: i32,
    /// In the member's order of preference.
    pub(crate) protocols: Vec<Protocol>,
    pub(crate) assignment: Vec<u8>,
    /// It has joined for the first time and has not been answered yet.
    pub(crate) is_new: bool,
    pub(crate) awaiting_join: Option<Parked>,
    pub(crate) awaiting_sync: Option<RequestToken>,
}

impl Member {
    pub(crate) fn restore(value: &MemberMetadata<'_>, protocol: &str) -> Self {
        let rebalance_timeout_ms = match value.rebalance_timeout {
            -1 => value.session_timeout,
            given => given,
        };
        Self {
            id: value.member_id.as_ref().into(),
            instance_id: value.group_instance_id.as_deref().map(str::to_owned),
            client_id: value.client_id.to_string(),
            client_host: value.client_host.to_string(),
            rebalance_timeout_ms,
            session_timeout_ms: value.session_timeout,
            protocols: vec![Protocol {
                name: protocol.to_owned(),
                metadata: value.subscription.to_vec(),
            }],
            assignment: value.assignment.to_vec(),
            is_new: false,
            awaiting_join: None,
            awaiting_sync: None,
        }
    }

    /// What the member says of itself under `protocol`.
    pub(crate) fn metadata(&self, protocol: &str) -> &[u8] {
        self.protocols
            .iter()
            .find(|supported| supported.name == protocol)
            .map_or(&[], |supported| &supported.metadata)
    }

    /// Whether the session must not end now. A new member is dropped even while it waits.
    pub(crate) const fn is_heard_of(&self) -> bool {
        !self.is_new && (self.awaiting_join.is_some() || self.awaiting_sync.is_some())
    }

    pub(crate) fn to_record(&self, protocol: &str, assignment: &[u8]) -> MemberMetadata<'static> {
        MemberMetadata {
            member_id: self.id.to_string().into(),
            group_instance_id: self.instance_id.clone().map(Into::into),
            client_id: self.client_id.clone().into(),
            client_host: self.client_host.clone().into(),
            rebalance_timeout: self.rebalance_timeout_ms,
            session_timeout: self.session_timeout_ms,
            subscription: self.metadata(protocol).to_vec().into(),
            assignment: assignment.to_vec().into(),
            ..MemberMetadata::default()
        }
    }

    /// The member for DescribeGroups; metadata and assignment only with the `protocol` in force.
    pub(crate) fn describe(&self, protocol: Option<&str>) -> DescribedGroupMember<'static> {
        let (metadata, assignment) = protocol.map_or((Vec::new(), Vec::new()), |protocol| {
            (self.metadata(protocol).to_vec(), self.assignment.clone())
        });
        DescribedGroupMember {
            member_id: self.id.to_string().into(),
            group_instance_id: self.instance_id.clone().map(Into::into),
            client_id: self.client_id.clone().into(),
            client_host: self.client_host.clone().into(),
            member_metadata: metadata.into(),
            member_assignment: assignment.into(),
            ..DescribedGroupMember::default()
        }
    }
}

pub(crate) fn protocols_of(list: &[JoinGroupRequestProtocol<'_>]) -> Vec<Protocol> {
    list.iter()
        .map(|protocol| Protocol {
            name: protocol.name.to_string(),
            metadata: protocol.metadata.to_vec(),
        })
        .collect()
}
