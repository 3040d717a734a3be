//! Metrics, telemetry and quotas.

use super::rows;

rows! {
    Int "metrics.num.samples" = "2", AtLeast(1), Low ReadOnly,
        "Samples kept per metric.";
    Long "metrics.sample.window.ms" = "30000", AtLeast(1), Low ReadOnly,
        "Length of one metric sample.";
    List "metric.reporters" = "org.apache.kafka.common.metrics.JmxReporter", Items, Low ClusterWide,
        "Classes that export metrics.";
    String "metrics.recording.level" = "INFO", Unchecked, Low ReadOnly,
        "How much is measured: INFO, DEBUG or TRACE.";
    List "kafka.metrics.reporters" = "", Items, Low ReadOnly,
        "Classes that export metrics of the older kind.";
    Int "kafka.metrics.polling.interval.secs" = "10", AtLeast(1), Low ReadOnly,
        "How often reporters of the older kind are called.";
    Int "telemetry.max.bytes" = "1048576", AtLeast(1), Low ReadOnly,
        "Largest push of client metrics, after compression.";
    Int "quota.window.num" = "11", AtLeast(1), Low ReadOnly,
        "Samples kept to measure client quotas.";
    Int "replication.quota.window.num" = "11", AtLeast(1), Low ReadOnly,
        "Samples kept to measure replication throttles.";
    Int "alter.log.dirs.replication.quota.window.num" = "11", AtLeast(1), Low ReadOnly,
        "Samples kept to measure the throttle of moves between directories.";
    Int "controller.quota.window.num" = "11", AtLeast(1), Low ReadOnly,
        "Samples kept to measure the quota of metadata changes.";
    Int "quota.window.size.seconds" = "1", AtLeast(1), Low ReadOnly,
        "Length of one client quota sample.";
    Int "replication.quota.window.size.seconds" = "1", AtLeast(1), Low ReadOnly,
        "Length of one replication throttle sample.";
    Int "alter.log.dirs.replication.quota.window.size.seconds" = "1", AtLeast(1), Low ReadOnly,
        "Length of one sample of the throttle of moves between directories.";
    Int "controller.quota.window.size.seconds" = "1", AtLeast(1), Low ReadOnly,
        "Length of one sample of the quota of metadata changes.";
    Class "client.quota.callback.class" = null, Unchecked, Low ReadOnly,
        "Plugin that decides client quotas.";
}
