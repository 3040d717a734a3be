//! Replication between brokers and leader elections.

use super::rows;

rows! {
    Int "controller.socket.timeout.ms" = "30000", Unchecked, Medium ReadOnly,
        "Socket timeout of the channel from controller to brokers.";
    Int "default.replication.factor" = "1", Unchecked, Medium ReadOnly,
        "Replicas of a topic that does not say how many.";
    Long "replica.lag.time.max.ms" = "30000", Unchecked, High ReadOnly,
        "A follower that has not caught up for this long leaves the in-sync set.";
    Int "replica.socket.timeout.ms" = "30000", Unchecked, High ReadOnly,
        "Socket timeout of replica fetches.";
    Int "replica.socket.receive.buffer.bytes" = "65536", Unchecked, High ReadOnly,
        "Kernel receive buffer of replica fetch connections.";
    Int "replica.fetch.max.bytes" = "1048576", AtLeast(0), Medium ReadOnly,
        "Bytes asked per partition by a replica fetch.";
    Int "replica.fetch.wait.max.ms" = "500", Unchecked, High ReadOnly,
        "How long the leader may hold a replica fetch that finds nothing.";
    Int "replica.fetch.backoff.ms" = "1000", AtLeast(0), Medium ReadOnly,
        "Pause after a failed replica fetch.";
    Int "replica.fetch.min.bytes" = "1", Unchecked, High ReadOnly,
        "Bytes a replica fetch waits for.";
    Int "replica.fetch.response.max.bytes" = "10485760", AtLeast(0), Medium ReadOnly,
        "Bytes asked for a whole replica fetch answer.";
    Int "num.replica.fetchers" = "1", AtLeast(1), High ClusterWide,
        "Fetch connections to each leader node.";
    Long "replica.high.watermark.checkpoint.interval.ms" = "5000", Unchecked, High ReadOnly,
        "How often high watermarks are written to disk.";
    Int "fetch.purgatory.purge.interval.requests" = "1000", Unchecked, Medium ReadOnly,
        "Completed waiting fetches kept before they are swept.";
    Int "producer.purgatory.purge.interval.requests" = "1000", Unchecked, Medium ReadOnly,
        "Completed waiting produce requests kept before they are swept.";
    Int "delete.records.purgatory.purge.interval.requests" = "1", Unchecked, Medium ReadOnly,
        "Completed waiting DeleteRecords requests kept before they are swept.";
    Boolean "auto.leader.rebalance.enable" = "true", Unchecked, High ReadOnly,
        "Whether the controller moves leadership back to preferred replicas.";
    Long "leader.imbalance.check.interval.seconds" = "300", AtLeast(1), High ReadOnly,
        "How often the controller looks for leaders that are not the preferred replica.";
    Long "unclean.leader.election.interval.ms" = "300000", AtLeast(1), Medium ReadOnly hidden,
        "How often the controller looks for partitions that need an unclean election.";
    Boolean "unclean.leader.election.enable" = "false", Unchecked, High ClusterWide,
        "Whether a replica outside the in-sync set may become leader, at the price of lost records.";
    String "security.inter.broker.protocol" = "PLAINTEXT", OneOf(&["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]), Medium ReadOnly,
        "Security protocol between brokers when no listener name is given.";
    String "inter.broker.listener.name" = null, Unchecked, Medium ReadOnly,
        "Listener that brokers use among themselves.";
    String "replica.selector.class" = null, Unchecked, Medium ReadOnly,
        "Chooses the replica a consumer reads from; by default the leader.";
    Boolean "follower.fetch.last.tiered.offset.enable" = "false", Unchecked, Medium ClusterWide,
        "Whether a new follower of a tiered topic starts at the last tiered offset.";
}
