//! A whole Ottla node in one thread, over a file system in memory and a clock that tests move.
//!
//! Responsible for doing what the shell does around a node - carrying out its orders, resuming what
//! it wakes, letting time pass - in one thread and the same way every time, and for cutting the
//! power at any step of it. Not responsible for sockets and threads.
//!
//! T1  time passes only when a test says so
//! T2  orders are carried out in the order they were given, unless a test holds them back
//!
//! ```
//! use ottla_protocol::messages::{MetadataRequest, MetadataResponse};
//! use ottla_storage::fs::MemoryFileSystem;
//! use ottla_testkit::{TestNode, config};
//!
//! let fs = MemoryFileSystem::new();
//! let mut node = TestNode::start(std::sync::Arc::new(fs), config(&[]))?;
//! let response = node.ask(12, &MetadataRequest::default());
//! let metadata = response.read(MetadataResponse::decode);
//! assert_eq!(metadata.brokers.len(), 1);
//! # Ok::<(), ottla_testkit::StartError>(())
//! ```

mod answer;
mod client;
pub mod crash;
mod test_node;
mod volumes;

pub use answer::{Answer, Response};
pub use client::{Sequence, batch, fetch_request, produce_request, records_of};
pub use test_node::{Hold, StartError, TestNode, config};
pub use volumes::Volumes;
