//! Replication of one partition: what its leader knows of its followers, what a follower does with
//! what its leader answers.
//!
//! Responsible for the in-sync set, the high watermark, the waits of `acks=all`, and where a
//! follower truncates. Not responsible for records, sockets, files or the choice of leaders: this
//! crate deals in offsets and epochs, and never learns which topic it works for.
//!
//! ```
//! use ottla_replication::{Leader, LeaderStart, Settings};
//! use ottla_types::{BrokerId, LeaderEpoch, Offset, RequestToken};
//!
//! // The only replica of a partition, in the mode where an acknowledgement means "on the disk".
//! let mut leader = Leader::new(LeaderStart {
//!     local: BrokerId(1),
//!     leader_epoch: LeaderEpoch(0),
//!     replicas: vec![BrokerId(1)],
//!     isr: vec![BrokerId(1)],
//!     settings: Settings { sync_for_ack: true, ..Settings::default() },
//!     ..LeaderStart::default()
//! });
//!
//! // A produce request with acks=all is written at offsets 0 to 9 and waits for them.
//! leader.check_enough_replicas().unwrap();
//! leader.appended(Offset(10), true);
//! leader.wait(RequestToken(7), Offset(10));
//! assert_eq!(leader.high_watermark(), Offset(0));
//!
//! // The disk has them: the high watermark passes, the request can be answered.
//! assert_eq!(leader.synced(Offset(10)), Some(Offset(10)));
//! assert_eq!(leader.completed(), [(RequestToken(7), Ok(()))]);
//! ```
//!
//! Spec: KIP-101 and KIP-279 (truncation by leader epoch), KIP-497 (AlterPartition), KIP-595
//! (diverging epochs in Fetch), KIP-841 (fenced replicas), KIP-903 (stale broker epochs), KIP-966
//! (the high watermark stops under `min.insync.replicas`).
#![warn(clippy::wildcard_enum_match_arm)]

mod follower;
mod in_sync;
mod leader;
mod progress;
mod sync_hold;
mod waits;

pub use follower::{EpochEnd, FetchPosition, Follower, FollowerStart, OutOfRange, Reaction};
pub use in_sync::{IsrProposal, IsrRefusal};
pub use leader::{Leader, LeaderStart, LeaderUpdate, Settings};
pub use progress::{FollowerFetch, FollowerProgress};
