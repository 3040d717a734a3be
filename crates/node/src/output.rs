//! What a node asks of its shell, as plain data.

use std::sync::Arc;

use ottla_types::{Mono, RequestToken};
use ottla_wire::Frame;

use crate::{
    call::Envelope, metadata_thread::MetadataRequest, parked::Waiting, partition::Partition,
    upkeep::FailedDirectory,
};

/// An order to the shell. Orders of one call are carried out in any order.
#[derive(Debug)]
pub enum Output {
    /// Resume the parked request of this token: what it waits for may be there.
    Wake(RequestToken),
    /// Make the partition's log durable, then tell the node with
    /// [`Node::synced`](crate::Node::synced). Requests for one partition may be merged.
    Sync(Arc<Partition>),
    /// The partition's log has failed in an append: tell the node with
    /// [`Node::log_failed`](crate::Node::log_failed).
    LogFailed(Arc<Partition>),
    /// The partition's log has index entries that others do not see in its files: call
    /// [`Node::show_index_entries`](crate::Node::show_index_entries) within seconds.
    ShowIndex(Arc<Partition>),
    /// There is a partition to be moved: see [`Node::take_move`](crate::Node::take_move).
    Move,
    /// A log directory was taken offline. Tell the quorum with
    /// [`Quorum::directory_failed`](crate::Quorum::directory_failed), or end the process if it is fatal.
    DirectoryFailed(FailedDirectory),
    /// Hand to the thread that drives the metadata quorum.
    Metadata(MetadataRequest),
    /// Load the group coordinator of this `__consumer_offsets` partition, off the request path,
    /// with [`Node::load_coordinator`](crate::Node::load_coordinator).
    LoadCoordinator(Arc<Partition>),
    /// Call [`Node::tick`](crate::Node::tick) not later than this.
    Tick(Mono),
}

/// What becomes of a request.
#[derive(Debug)]
pub enum Reply {
    /// Send this response.
    Ready(Frame),
    /// The request has no response (a produce request with acks=0).
    NoReply,
    /// Close the connection without an answer, as Kafka does for bytes it cannot understand.
    Close,
    /// Keep this until its token is woken or its deadline passes, then resume it.
    Parked(Parked),
}

/// A request that waits. Its connection owns it and gives it back to the node.
#[derive(Debug)]
pub struct Parked {
    pub(crate) token: RequestToken,
    pub(crate) deadline: Option<Mono>,
    pub(crate) envelope: Envelope,
    pub(crate) waiting: Waiting,
}

impl Parked {
    /// When to resume without having been woken.
    #[must_use]
    pub const fn deadline(&self) -> Option<Mono> {
        self.deadline
    }
}
