//! Group keys: what one group may set for itself.

use super::rows;

rows! {
    Int "consumer.session.timeout.ms" = "45000", AtLeast(1), Medium ClusterWide ["group.consumer.session.timeout.ms"],
        "A member of the consumer group silent for this long is removed.";
    Int "consumer.heartbeat.interval.ms" = "5000", AtLeast(1), Medium ClusterWide ["group.consumer.heartbeat.interval.ms"],
        "Heartbeat pause told to members of the consumer group.";
    Int "consumer.assignment.interval.ms" = "1000", AtLeast(0), Medium ClusterWide ["group.consumer.assignment.interval.ms"],
        "Shortest pause between two assignments of the consumer group.";
    Int "share.session.timeout.ms" = "45000", AtLeast(1), Medium ClusterWide ["group.share.session.timeout.ms"],
        "A member of the share group silent for this long is removed.";
    Int "share.heartbeat.interval.ms" = "5000", AtLeast(1), Medium ClusterWide ["group.share.heartbeat.interval.ms"],
        "Heartbeat pause told to members of the share group.";
    Int "share.record.lock.duration.ms" = "30000", AtLeast(1_000), Medium ClusterWide ["group.share.record.lock.duration.ms"],
        "How long a delivered record is locked to its consumer.";
    Int "share.delivery.count.limit" = "5", AtLeast(2), Medium ClusterWide ["group.share.delivery.count.limit"],
        "How often a record is delivered before it is archived.";
    Int "share.partition.max.record.locks" = "2000", AtLeast(100), Medium ClusterWide ["group.share.partition.max.record.locks"],
        "Records in flight per share partition.";
    String "share.auto.offset.reset" = "latest", OffsetReset, Medium ClusterWide,
        "Where a share group starts: `earliest`, `latest` or `by_duration:` and a duration.";
    String "share.isolation.level" = "read_uncommitted", OneOf(&["read_committed", "read_uncommitted"]), Medium ClusterWide,
        "Whether a share group reads records of open transactions.";
    Boolean "share.renew.acknowledge.enable" = "true", Unchecked, Medium ClusterWide,
        "Whether a consumer may extend the lock of a record.";
    Int "share.assignment.interval.ms" = "1000", AtLeast(0), Medium ClusterWide ["group.share.assignment.interval.ms"],
        "Shortest pause between two assignments of the share group.";
    Int "streams.session.timeout.ms" = "45000", AtLeast(1), Medium ClusterWide ["group.streams.session.timeout.ms"],
        "A member of the streams group silent for this long is removed.";
    Int "streams.heartbeat.interval.ms" = "5000", AtLeast(1), Medium ClusterWide ["group.streams.heartbeat.interval.ms"],
        "Heartbeat pause told to members of the streams group.";
    Int "streams.num.standby.replicas" = "0", AtLeast(0), Medium ClusterWide ["group.streams.num.standby.replicas"],
        "Standby tasks per stateful task of the streams group.";
    Int "streams.initial.rebalance.delay.ms" = "3000", AtLeast(0), Medium ClusterWide ["group.streams.initial.rebalance.delay.ms"],
        "How long a new streams group waits for more members.";
    Int "streams.assignment.interval.ms" = "1000", AtLeast(0), Medium ClusterWide ["group.streams.assignment.interval.ms"],
        "Shortest pause between two assignments of the streams group.";
}
