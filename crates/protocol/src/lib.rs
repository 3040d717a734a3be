//! Every message of Apache Kafka 4.3's protocol and every record it persists, at every version.
//!
//! Responsible for turning bytes into values and back, and for the table of APIs. The code of the
//! messages is generated from `schema/` by `cargo xtask codegen` and committed.
//! Not responsible for connections, nor for what a message means.
//!
//! Feature `json` (off by default): the module `json`, values in Kafka's JSON form.
//!
//! P1  decoding borrows text and bytes from its input
//! P2  what encodes at a version decodes at it to the same value, unknown tagged fields included
//!
//! Spec: the message definitions of Apache Kafka 4.3; KIP-482.
//!
//! ```
//! use ottla_protocol::{ApiKey, encode_response, messages::HeartbeatResponse, parse_request};
//!
//! let frame = encode_response(4, 7, &HeartbeatResponse::default()).unwrap();
//! assert_eq!(frame.to_vec().unwrap(), [0, 0, 0, 12, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0]);
//! assert_eq!(ApiKey::HEARTBEAT.name(), "Heartbeat");
//! assert!(parse_request(&[0, 1]).is_err());
//! ```

mod api_key;
mod frame;
#[allow(
    missing_docs,
    unused_variables,
    unused_mut,
    unreachable_pub,
    clippy::all,
    clippy::too_many_lines,
    clippy::use_self,
    reason = "generated: fields carry the names of the protocol"
)]
#[rustfmt::skip]
mod generated;
pub mod hash;
#[cfg(feature = "json")]
pub mod json;
mod persisted;
mod prelude;
pub mod quorum_state;
mod recode;
mod records;
mod splitter;

/// The messages and records, one module each with the structs they are made of.
pub mod messages {
    pub use crate::generated::*;
}

pub use api_key::ApiKey;
pub use frame::{Request, Response, encode_request, encode_response, parse_request};
pub use persisted::{RecordError, group, metadata, share, transaction};
pub use recode::{Fault, recode};
pub use records::Records;
pub use splitter::{FrameError, FrameSplitter};
