//! The nouns of Apache Kafka's model: ids, offsets, epochs, time types, error codes, checked casts,
//! numbers from a seed.
//!
//! Responsible for giving one name and one type to each concept that crosses a crate edge.
//! Not responsible for any behaviour: nothing here decodes, stores or decides.
//!
//! ```
//! use ottla_types::{ErrorCode, Offset, Uuid};
//!
//! let offset = Offset(41).next();
//! assert_eq!(offset, Offset(42));
//!
//! let id: Uuid = "AAAAAAAAAAAAAAAAAAAAAQ".parse().unwrap();
//! assert_eq!(id, Uuid::METADATA_TOPIC);
//!
//! assert_eq!(ErrorCode(3).name(), "UNKNOWN_TOPIC_OR_PARTITION");
//! assert!(ErrorCode::NOT_LEADER_OR_FOLLOWER.is_retriable());
//! ```

mod cast;
mod error_code;
mod ids;
mod split_mix;
mod time;
mod uuid;

pub use cast::{Saturate, checked_len_i32};
pub use error_code::ErrorCode;
pub use ids::{
    BrokerEpoch, BrokerId, LeaderEpoch, Offset, PartitionIndex, ProducerEpoch, ProducerId,
    RequestToken, TopicId, TopicPartition,
};
pub use split_mix::SplitMix64;
pub use time::{Mono, Now, WallMs};
pub use uuid::{InvalidUuid, Uuid};
