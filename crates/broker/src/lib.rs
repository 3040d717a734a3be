//! The shell of an Ottla node: it gives a [`Node`](ottla_node::Node) sockets, threads, the clock and
//! entropy, and carries out what it orders.
//!
//! Responsible for starting and stopping in an order that loses nothing, and for the threads: the
//! runtime of the connections, the metadata thread and the one that follows it, the flushers, the
//! housekeeper.
//! Not responsible for what a request means.
//!
//! B1  no connection is served before the node is registered, unfenced and has its logs
//! B2  a clean stop: leave taken, connections drained, logs flushed and closed, then the mark
//!
//! ```no_run
//! use ottla_broker::{Broker, Options};
//! use ottla_config::Sources;
//!
//! let loaded = Sources { default_log_dir: "/tmp/ottla".to_owned(), ..Sources::default() }.load()?;
//! let broker = Broker::start(Options { config: loaded.config, cluster_id: None })?;
//! println!("listening on {:?}", broker.addresses());
//! broker.stop()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod broker;
mod cleaner;
mod clock;
mod descriptors;
mod dispatch;
mod entropy;
mod error;
mod housekeeping;
mod memory;
mod metadata;
mod movers;
mod publisher;
mod queue;
mod rate;
mod service;
mod threads;
mod work;

pub use broker::{Broker, Options};
pub use error::StartError;
