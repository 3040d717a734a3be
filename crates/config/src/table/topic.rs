//! Topic keys.

use super::rows;

rows! {
    Int "segment.bytes" = "1073741824", AtLeast(1_048_576), Medium ClusterWide ["log.segment.bytes"],
        "Size at which a new segment is started.";
    Long "segment.ms" = "604800000", AtLeast(1), Medium ClusterWide ["log.roll.ms", "log.roll.hours"],
        "Age at which a new segment is started.";
    Long "segment.jitter.ms" = "0", AtLeast(0), Medium ClusterWide ["log.roll.jitter.ms", "log.roll.jitter.hours"],
        "Random part taken off the segment age.";
    Int "segment.index.bytes" = "10485760", AtLeast(4), Medium ClusterWide ["log.index.size.max.bytes"],
        "Largest size of an index file.";
    Long "flush.messages" = "9223372036854775807", AtLeast(1), Medium ClusterWide ["log.flush.interval.messages"],
        "Records after which the log is synced to disk.";
    Long "flush.ms" = "9223372036854775807", AtLeast(0), Medium ClusterWide ["log.flush.interval.ms", "log.flush.scheduler.interval.ms"],
        "Longest time records stay unsynced.";
    Long "retention.bytes" = "-1", Unchecked, Medium ClusterWide ["log.retention.bytes"],
        "Size of a partition above which old segments are deleted; -1 for no limit.";
    Long "retention.ms" = "604800000", AtLeast(-1), Medium ClusterWide ["log.retention.ms", "log.retention.minutes", "log.retention.hours"],
        "How long segments are kept; -1 keeps them for ever.";
    Int "max.message.bytes" = "1048588", AtLeast(0), Medium ClusterWide ["message.max.bytes"],
        "Largest record batch accepted, measured after compression.";
    Int "index.interval.bytes" = "4096", AtLeast(0), Medium ClusterWide ["log.index.interval.bytes"],
        "Bytes of log between two entries of the offset index.";
    Long "delete.retention.ms" = "86400000", AtLeast(0), Medium ClusterWide ["log.cleaner.delete.retention.ms"],
        "How long tombstones outlive compaction.";
    Long "min.compaction.lag.ms" = "0", AtLeast(0), Medium ClusterWide ["log.cleaner.min.compaction.lag.ms"],
        "Records younger than this are not compacted.";
    Long "max.compaction.lag.ms" = "9223372036854775807", AtLeast(1), Medium ClusterWide ["log.cleaner.max.compaction.lag.ms"],
        "Records older than this make the log be compacted.";
    Long "file.delete.delay.ms" = "60000", AtLeast(0), Medium ClusterWide ["log.segment.delete.delay.ms"],
        "How long a deleted segment stays on disk under its `.deleted` name.";
    Double "min.cleanable.dirty.ratio" = "0.5", Ratio(0.0, 1.0), Medium ClusterWide ["log.cleaner.min.cleanable.ratio"],
        "Share of the log that must be uncompacted before it is compacted.";
    List "cleanup.policy" = "delete", AnyOf(&["compact", "delete"]), Medium ClusterWide ["log.cleanup.policy"],
        "What happens to old records: `delete`, `compact`, both, or nothing when empty.";
    Boolean "unclean.leader.election.enable" = "false", Unchecked, Medium ClusterWide ["unclean.leader.election.enable"],
        "Whether a replica outside the in-sync set may become leader, at the price of lost records.";
    Int "min.insync.replicas" = "1", AtLeast(1), Medium ClusterWide ["min.insync.replicas"],
        "Replicas that must be in sync for a write with acks=all.";
    String "compression.type" = "producer", OneOf(&["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"]), Medium ClusterWide ["compression.type"],
        "Codec batches are stored with; `producer` keeps what the client sent.";
    Int "compression.gzip.level" = "-1", GzipLevel, Medium ClusterWide ["compression.gzip.level"],
        "Effort when the node itself compresses with gzip.";
    Int "compression.lz4.level" = "9", Between(1, 17), Medium ClusterWide ["compression.lz4.level"],
        "Effort when the node itself compresses with lz4.";
    Int "compression.zstd.level" = "3", Between(-131_072, 22), Medium ClusterWide ["compression.zstd.level"],
        "Effort when the node itself compresses with zstd.";
    Boolean "preallocate" = "false", Unchecked, Medium ClusterWide ["log.preallocate"],
        "Whether a new segment is given its full size at once.";
    String "message.timestamp.type" = "CreateTime", OneOf(&["CreateTime", "LogAppendTime"]), Medium ClusterWide ["log.message.timestamp.type"],
        "Whether records carry the time of the client (`CreateTime`) or of the append (`LogAppendTime`).";
    Long "message.timestamp.before.max.ms" = "9223372036854775807", AtLeast(0), Medium ClusterWide ["log.message.timestamp.before.max.ms"],
        "How far a record's time may lie in the past.";
    Long "message.timestamp.after.max.ms" = "3600000", AtLeast(0), Medium ClusterWide ["log.message.timestamp.after.max.ms"],
        "How far a record's time may lie in the future.";
    List "leader.replication.throttled.replicas" = "", ReplicaList, Medium ClusterWide,
        "Leaders whose sending is throttled, `partition:node`, or `*`.";
    List "follower.replication.throttled.replicas" = "", ReplicaList, Medium ClusterWide,
        "Followers whose fetching is throttled, `partition:node`, or `*`.";
    Boolean "remote.storage.enable" = "false", Unchecked, Medium ClusterWide,
        "Whether old segments move to remote storage.";
    Long "local.retention.ms" = "-2", AtLeast(-2), Medium ClusterWide ["log.local.retention.ms"],
        "How long records stay on local disk when tiered; -2 means `retention.ms`.";
    Long "local.retention.bytes" = "-2", AtLeast(-2), Medium ClusterWide ["log.local.retention.bytes"],
        "How many bytes per partition stay on local disk when tiered; -2 means `retention.bytes`.";
    Boolean "remote.log.copy.disable" = "false", Unchecked, Medium ClusterWide,
        "Whether tiered data become read-only: nothing more is copied.";
    Boolean "remote.log.delete.on.disable" = "false", Unchecked, Medium ClusterWide,
        "Whether remote data are deleted when tiering is turned off.";
    Int "internal.segment.bytes" = null, Unchecked, Medium ClusterWide hidden,
        "Replaces `segment.bytes` in tests, without its lower bound.";
}
