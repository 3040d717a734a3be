//! Newtypes for what would otherwise be bare integers.

use std::{fmt, sync::Arc};

use crate::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty), none = $none:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl $name {
            /// Kafka's "none" of this type.
            pub const NONE: Self = Self($none);
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }
    };
}

id!(
    /// Position of a record in a partition, from 0. `NONE` is -1.
    Offset(i64), none = -1
);
id!(
    /// Counts the leaders of a partition (or of the metadata quorum), from 0. `NONE` is -1.
    LeaderEpoch(i32), none = -1
);
id!(
    /// Node id of a broker or controller, at least 0. `NONE` is -1.
    BrokerId(i32), none = -1
);
id!(
    /// Epoch of one registration of a broker: the metadata offset of its record. `NONE` is -1.
    BrokerEpoch(i64), none = -1
);
id!(
    /// Index of a partition within its topic, from 0. `NONE` is -1.
    PartitionIndex(i32), none = -1
);
id!(
    /// Id of an idempotent or transactional producer, from 0. `NONE` is -1.
    ProducerId(i64), none = -1
);
id!(
    /// Epoch of a producer id, 0 to 32767. `NONE` is -1.
    ProducerEpoch(i16), none = -1
);

/// Id of one incarnation of a topic: a topic made again under the same name has another.
pub type TopicId = Uuid;

impl Offset {
    /// The offset after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// This offset plus `delta`.
    #[must_use]
    pub const fn plus(self, delta: i64) -> Self {
        Self(self.0.saturating_add(delta))
    }
}

/// Names a parked request between a state machine and the shell: the machine gives it back with the
/// answer, and never learns which connection it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestToken(pub u64);

/// A partition by topic name. Cloning shares the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicPartition {
    /// Topic name.
    pub topic: Arc<str>,
    /// Index of the partition in the topic.
    pub partition: PartitionIndex,
}

impl TopicPartition {
    /// The partition `partition` of `topic`.
    pub fn new(topic: impl Into<Arc<str>>, partition: impl Into<PartitionIndex>) -> Self {
        Self {
            topic: topic.into(),
            partition: partition.into(),
        }
    }
}

impl fmt::Display for TopicPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.topic, self.partition)
    }
}
