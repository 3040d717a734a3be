//! The operation bit fields of KIP-430, as a cluster without an authorizer answers them: all that
//! the resource type supports. Bit `n` stands for operation code `n` of the ACL protocol.

const READ: i32 = 1 << 3;
const WRITE: i32 = 1 << 4;
const CREATE: i32 = 1 << 5;
const DELETE: i32 = 1 << 6;
const ALTER: i32 = 1 << 7;
const DESCRIBE: i32 = 1 << 8;
const CLUSTER_ACTION: i32 = 1 << 9;
const DESCRIBE_CONFIGS: i32 = 1 << 10;
const ALTER_CONFIGS: i32 = 1 << 11;
const IDEMPOTENT_WRITE: i32 = 1 << 12;

/// Operations on a topic.
pub(crate) const TOPIC_OPERATIONS: i32 =
    READ | WRITE | CREATE | DELETE | ALTER | DESCRIBE | DESCRIBE_CONFIGS | ALTER_CONFIGS;

/// Operations on the cluster.
pub(crate) const CLUSTER_OPERATIONS: i32 = CREATE
    | ALTER
    | DESCRIBE
    | CLUSTER_ACTION
    | DESCRIBE_CONFIGS
    | ALTER_CONFIGS
    | IDEMPOTENT_WRITE;

/// Operations on a group.
pub(crate) const GROUP_OPERATIONS: i32 =
    READ | DELETE | DESCRIBE | DESCRIBE_CONFIGS | ALTER_CONFIGS;
