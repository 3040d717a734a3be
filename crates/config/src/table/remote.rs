//! Tiered storage.

use super::rows;

rows! {
    Boolean "remote.log.storage.system.enable" = "false", Unchecked, Medium ReadOnly,
        "Whether the node runs tiered storage at all; topics opt in with `remote.storage.enable`.";
    String "remote.log.storage.manager.impl.prefix" = "rsm.config.", NonEmpty, Medium ReadOnly,
        "Keys with this prefix are handed to the remote storage plugin, prefix removed.";
    String "remote.log.metadata.manager.impl.prefix" = "rlmm.config.", NonEmpty, Medium ReadOnly,
        "Keys with this prefix are handed to the remote metadata plugin, prefix removed.";
    String "remote.log.storage.manager.class.name" = null, NonEmpty, Medium ReadOnly,
        "Class of the remote storage plugin.";
    String "remote.log.storage.manager.class.path" = null, Unchecked, Medium ReadOnly,
        "Class path the remote storage plugin is loaded from.";
    String "remote.log.metadata.manager.class.name" = "org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManager", NonEmpty, Medium ReadOnly,
        "Class of the remote metadata plugin.";
    String "remote.log.metadata.manager.class.path" = null, Unchecked, Medium ReadOnly,
        "Class path the remote metadata plugin is loaded from.";
    String "remote.log.metadata.manager.listener.name" = null, NonEmpty, Medium ReadOnly,
        "Listener through which the remote metadata plugin reaches the cluster.";
    Int "remote.log.metadata.custom.metadata.max.bytes" = "128", AtLeast(0), Low ReadOnly,
        "Most bytes of its own metadata a storage plugin may attach to one segment.";
    Long "remote.log.index.file.cache.total.size.bytes" = "1073741824", AtLeast(1), Low ClusterWide,
        "Disk space that cached indexes of remote segments may take.";
    Long "remote.log.index.file.cache.ttl.ms" = "900000", AtLeast(-1), Low ReadOnly hidden,
        "How long an unused index stays in the remote index cache.";
    Int "remote.log.manager.thread.pool.size" = "2", AtLeast(1), Medium ReadOnly,
        "Threads shared by tiering tasks; kept for old files, the three pools below replace it.";
    Int "remote.log.manager.copier.thread.pool.size" = "10", AtLeast(1), Medium ClusterWide,
        "Threads that copy segments to remote storage.";
    Int "remote.log.manager.expiration.thread.pool.size" = "10", AtLeast(1), Medium ClusterWide,
        "Threads that delete expired remote segments.";
    Int "remote.log.manager.follower.thread.pool.size" = "2", AtLeast(1), Medium ClusterWide,
        "Threads that track remote progress for followed partitions.";
    Long "remote.log.manager.task.interval.ms" = "30000", AtLeast(1), Low ReadOnly,
        "Pause between two runs of the copy and expiration tasks of a partition.";
    Long "remote.log.manager.task.retry.backoff.ms" = "500", AtLeast(1), Low ReadOnly hidden,
        "First pause before a failed remote call is tried again.";
    Long "remote.log.manager.task.retry.backoff.max.ms" = "30000", AtLeast(1), Low ReadOnly hidden,
        "Longest pause before a failed remote call is tried again.";
    Double "remote.log.manager.task.retry.jitter" = "0.2", Ratio(0.0, 0.5), Low ReadOnly hidden,
        "Random share added to or taken from the retry pause.";
    Int "remote.log.reader.threads" = "10", AtLeast(1), Medium ClusterWide,
        "Threads that read records back from remote storage.";
    Int "remote.log.reader.max.pending.tasks" = "100", AtLeast(1), Medium ReadOnly,
        "Remote reads that may queue before fetches are refused.";
    Long "log.local.retention.ms" = "-2", AtLeast(-2), Medium ClusterWide,
        "How long a tiered topic keeps records on local disk; -2 means as long as `log.retention.ms` says.";
    Long "log.local.retention.bytes" = "-2", AtLeast(-2), Medium ClusterWide,
        "How many bytes per partition a tiered topic keeps on local disk; -2 means `log.retention.bytes`.";
    Long "remote.log.manager.copy.max.bytes.per.second" = "9223372036854775807", AtLeast(1), Medium ClusterWide,
        "Bandwidth limit for copying to remote storage.";
    Int "remote.log.manager.copy.quota.window.num" = "11", AtLeast(1), Medium ReadOnly,
        "Samples kept to measure the copy bandwidth.";
    Int "remote.log.manager.copy.quota.window.size.seconds" = "1", AtLeast(1), Medium ReadOnly,
        "Length of one copy bandwidth sample.";
    Long "remote.log.manager.fetch.max.bytes.per.second" = "9223372036854775807", AtLeast(1), Medium ClusterWide,
        "Bandwidth limit for reading from remote storage.";
    Int "remote.log.manager.fetch.quota.window.num" = "11", AtLeast(1), Medium ReadOnly,
        "Samples kept to measure the read bandwidth.";
    Int "remote.log.manager.fetch.quota.window.size.seconds" = "1", AtLeast(1), Medium ReadOnly,
        "Length of one read bandwidth sample.";
    Int "remote.fetch.max.wait.ms" = "500", AtLeast(1), Medium ClusterWide,
        "Longest a fetch waits for remote data.";
    Long "remote.list.offsets.request.timeout.ms" = "30000", AtLeast(1), Medium ClusterWide,
        "Longest an offset lookup waits for remote indexes.";
}
