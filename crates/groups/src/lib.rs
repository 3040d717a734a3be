//! Group coordinator: members, rebalances and committed offsets, decided without I/O.
//!
//! Responsible for the classic group protocol (JoinGroup, SyncGroup, Heartbeat, LeaveGroup), for
//! committed offsets, and for the records of both in `__consumer_offsets`.
//! Not responsible for the log, for authorisation, nor for whether a topic exists; it never learns
//! which connection a request came from.
//!
//! ```
//! use ottla_groups::{Call, Coordinator, GroupConfig, GroupReply, GroupRequest, Output};
//! use ottla_protocol::messages::{
//!     OffsetCommitRequest, offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic},
//! };
//! use ottla_types::{ErrorCode, Now, RequestToken};
//!
//! let mut coordinator = Coordinator::new(GroupConfig::default(), 42);
//! coordinator.loaded(Now::default());
//!
//! // Somebody who is in no group commits an offset.
//! let request = GroupRequest::OffsetCommit(OffsetCommitRequest {
//!     group_id: "reports".into(),
//!     topics: vec![OffsetCommitRequestTopic {
//!         name: "orders".into(),
//!         partitions: vec![OffsetCommitRequestPartition {
//!             committed_offset: 7,
//!             ..Default::default()
//!         }],
//!         ..Default::default()
//!     }],
//!     ..Default::default()
//! });
//! let call = Call { token: RequestToken(1), api_version: 9, client_id: "c", client_host: "/127.0.0.1" };
//! coordinator.handle(Now::default(), call, &request);
//!
//! // The offset goes to the log; the answer leaves when it is safe there.
//! let Some(Output::Append { write, records, .. }) = coordinator.poll_output() else { panic!() };
//! assert_eq!(records.len(), 1);
//! assert_eq!(coordinator.poll_output(), None);
//! coordinator.committed(Now::default(), write);
//! let Some(Output::Reply { reply: GroupReply::OffsetCommit(reply), .. }) = coordinator.poll_output() else { panic!() };
//! assert_eq!(reply.topics[0].partitions[0].error_code, ErrorCode::NONE);
//! ```

#![warn(clippy::wildcard_enum_match_arm)]

mod admin;
mod commit;
mod config;
mod coordinator;
mod fetch;
mod group;
mod java_order;
mod join;
mod journal;
mod member;
mod member_ids;
mod membership;
mod offsets;
mod rebalance;
mod record;
mod request;
mod timers;

pub use config::GroupConfig;
pub use coordinator::Coordinator;
pub use journal::{Output, Transaction, WriteId};
pub use record::{KeyValue, RecordFault};
pub use request::{Call, GroupReply, GroupRequest};
