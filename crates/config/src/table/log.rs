//! Logs: directories, segments, retention, compaction, syncing.

use super::rows;

rows! {
    Int "log.cleaner.threads" = "1", AtLeast(0), Medium ClusterWide,
        "Threads that compact logs.";
    Double "log.cleaner.io.max.bytes.per.second" = "1.7976931348623157E308", Unchecked, Medium ClusterWide,
        "Bandwidth limit of compaction, reads and writes together.";
    Long "log.cleaner.dedupe.buffer.size" = "134217728", Unchecked, Medium ClusterWide,
        "Memory for the key map of compaction, over all threads.";
    Int "log.cleaner.io.buffer.size" = "524288", AtLeast(0), Medium ClusterWide,
        "Memory for the read and write buffers of compaction, over all threads.";
    Double "log.cleaner.io.buffer.load.factor" = "0.9", Unchecked, Medium ClusterWide,
        "How full the key map of compaction may get.";
    Long "log.cleaner.backoff.ms" = "15000", AtLeast(0), Medium ClusterWide,
        "Pause of a compaction thread that found nothing to do.";
    Double "log.cleaner.min.cleanable.ratio" = "0.5", Ratio(0.0, 1.0), Medium ClusterWide,
        "Share of a log that must be uncompacted before it is compacted.";
    Boolean "log.cleaner.enable" = "true", Unchecked, Medium ReadOnly,
        "Whether compaction runs; turning it off is deprecated.";
    Long "log.cleaner.delete.retention.ms" = "86400000", AtLeast(0), Medium ClusterWide,
        "How long tombstones outlive compaction.";
    Long "log.cleaner.min.compaction.lag.ms" = "0", AtLeast(0), Medium ClusterWide,
        "Records younger than this are not compacted.";
    Long "log.cleaner.max.compaction.lag.ms" = "9223372036854775807", AtLeast(1), Medium ClusterWide,
        "Records older than this make their log be compacted.";
    Int "num.partitions" = "1", AtLeast(1), Medium ReadOnly,
        "Partitions of a topic that does not say how many.";
    List "log.dir" = "/tmp/kafka-logs", SomeItems, High ReadOnly,
        "The log directory when `log.dirs` is not given.";
    List "log.dirs" = null, SomeItems, High ReadOnly,
        "Directories that hold the logs.";
    List "cordoned.log.dirs" = "", Items, Medium PerBroker,
        "Log directories that get no new replicas; `*` for all.";
    Int "log.segment.bytes" = "1073741824", AtLeast(1_048_576), High ClusterWide,
        "Size at which a new segment is started.";
    Long "log.roll.ms" = null, Unchecked, High ClusterWide ["log.roll.ms", "log.roll.hours"],
        "Age at which a new segment is started; wins over the hours.";
    Int "log.roll.hours" = "168", AtLeast(1), High ReadOnly ["log.roll.ms", "log.roll.hours"],
        "Age in hours at which a new segment is started.";
    Long "log.roll.jitter.ms" = null, Unchecked, High ClusterWide ["log.roll.jitter.ms", "log.roll.jitter.hours"],
        "Random part taken off the segment age; wins over the hours.";
    Int "log.roll.jitter.hours" = "0", AtLeast(0), High ReadOnly ["log.roll.jitter.ms", "log.roll.jitter.hours"],
        "Random part taken off the segment age, in hours.";
    Long "log.retention.ms" = null, Unchecked, High ClusterWide ["log.retention.ms", "log.retention.minutes", "log.retention.hours"],
        "How long segments are kept; wins over minutes and hours, -1 keeps them for ever.";
    Int "log.retention.minutes" = null, Unchecked, High ReadOnly ["log.retention.ms", "log.retention.minutes", "log.retention.hours"],
        "How long segments are kept, in minutes; wins over the hours.";
    Int "log.retention.hours" = "168", Unchecked, High ReadOnly ["log.retention.ms", "log.retention.minutes", "log.retention.hours"],
        "How long segments are kept, in hours.";
    Long "log.retention.bytes" = "-1", Unchecked, High ClusterWide,
        "Size of a partition above which old segments are deleted; -1 for no limit.";
    Long "log.retention.check.interval.ms" = "300000", AtLeast(1), Medium ReadOnly,
        "How often segments past their retention are looked for.";
    List "log.cleanup.policy" = "delete", AnyOf(&["compact", "delete"]), Medium ClusterWide,
        "What happens to old records: `delete`, `compact`, both, or nothing when empty.";
    Int "log.index.size.max.bytes" = "10485760", AtLeast(4), Medium ClusterWide,
        "Largest size of an index file.";
    Int "log.index.interval.bytes" = "4096", AtLeast(0), Medium ClusterWide,
        "Bytes of log between two entries of the offset index.";
    Long "log.flush.interval.messages" = "9223372036854775807", AtLeast(1), High ClusterWide,
        "Records after which a log is synced to disk.";
    Long "log.segment.delete.delay.ms" = "60000", AtLeast(0), High ClusterWide,
        "How long a deleted segment stays on disk under its `.deleted` name.";
    Long "log.flush.scheduler.interval.ms" = "9223372036854775807", Unchecked, High ReadOnly,
        "How often logs due for a sync are looked for.";
    Long "log.flush.interval.ms" = null, Unchecked, High ClusterWide ["log.flush.interval.ms", "log.flush.scheduler.interval.ms"],
        "Longest time records stay unsynced; by default the interval of the scheduler.";
    Int "log.flush.offset.checkpoint.interval.ms" = "60000", AtLeast(0), High ReadOnly,
        "How often recovery points are written to disk.";
    Int "log.flush.start.offset.checkpoint.interval.ms" = "60000", AtLeast(0), High ReadOnly,
        "How often log start offsets are written to disk.";
    Boolean "log.preallocate" = "false", Unchecked, Medium ClusterWide,
        "Whether a new segment is given its full size at once.";
    Int "num.recovery.threads.per.data.dir" = "2", AtLeast(1), High ClusterWide,
        "Threads per directory for recovery at start and flush at stop.";
    Boolean "auto.create.topics.enable" = "true", Unchecked, High ReadOnly,
        "Whether a topic is created when a client first asks for it.";
    Int "min.insync.replicas" = "1", AtLeast(1), High ClusterWide,
        "Replicas that must be in sync for a write with acks=all.";
    String "log.message.timestamp.type" = "CreateTime", OneOf(&["CreateTime", "LogAppendTime"]), Medium ClusterWide,
        "Whether records carry the time of the client (`CreateTime`) or of the append (`LogAppendTime`).";
    Long "log.message.timestamp.before.max.ms" = "9223372036854775807", AtLeast(0), Medium ClusterWide,
        "How far a record's time may lie in the past.";
    Long "log.message.timestamp.after.max.ms" = "3600000", AtLeast(0), Medium ClusterWide,
        "How far a record's time may lie in the future.";
    Class "create.topic.policy.class.name" = null, Unchecked, Low ReadOnly,
        "Plugin that may refuse the creation of a topic.";
    Class "alter.config.policy.class.name" = null, Unchecked, Low ReadOnly,
        "Plugin that may refuse a change of configuration.";
    Long "log.dir.failure.timeout.ms" = "30000", AtLeast(1), Low ReadOnly,
        "A broker that cannot report a failed directory within this time stops.";
    Long "log.initial.task.delay.ms" = "30000", AtLeast(0), Low ReadOnly hidden,
        "Pause after the start before log housekeeping begins.";
}
