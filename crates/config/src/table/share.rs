//! Share groups and the share coordinator.

use super::rows;

rows! {
    Int "group.share.delivery.count.limit" = "5", Between(2, 10), Medium ReadOnly,
        "How often a record of a share group is delivered before it is archived.";
    Int "group.share.max.delivery.count.limit" = "10", Between(5, 25), Medium ReadOnly,
        "Largest delivery count a share group may set.";
    Int "group.share.min.delivery.count.limit" = "2", Between(2, 5), Medium ReadOnly,
        "Smallest delivery count a share group may set.";
    Int "group.share.record.lock.duration.ms" = "30000", Between(1_000, 3_600_000), Medium ReadOnly,
        "How long a delivered record of a share group is locked to its consumer.";
    Int "group.share.min.record.lock.duration.ms" = "15000", Between(1_000, 30_000), Medium ReadOnly,
        "Shortest lock a share group may set.";
    Int "group.share.max.record.lock.duration.ms" = "60000", Between(30_000, 3_600_000), Medium ReadOnly,
        "Longest lock a share group may set.";
    Int "group.share.partition.max.record.locks" = "2000", Between(100, 10_000), Medium ReadOnly,
        "Records in flight per share partition.";
    Int "group.share.max.partition.max.record.locks" = "4000", Between(2_000, 10_000), Medium ReadOnly,
        "Largest number of records in flight a share group may set.";
    Int "group.share.min.partition.max.record.locks" = "100", Between(100, 2_000), Medium ReadOnly,
        "Smallest number of records in flight a share group may set.";
    Int "share.fetch.purgatory.purge.interval.requests" = "1000", Unchecked, Medium ReadOnly,
        "Completed waiting share fetches kept before they are swept.";
    Int "group.share.max.share.sessions" = "2000", AtLeast(1), Medium ReadOnly,
        "Share sessions kept by the node.";
    String "group.share.persister.class.name" = "org.apache.kafka.server.share.persister.DefaultStatePersister", Unchecked, Medium ReadOnly hidden,
        "Class that stores the state of share groups.";
    Int "share.coordinator.state.topic.num.partitions" = "50", AtLeast(1), High ReadOnly,
        "Partitions of the share state topic; must not change once it exists.";
    Short "share.coordinator.state.topic.replication.factor" = "3", AtLeast(1), High ReadOnly,
        "Replicas of the share state topic.";
    Short "share.coordinator.state.topic.min.isr" = "2", AtLeast(1), High ReadOnly,
        "Replicas of the share state topic that must be in sync for a write.";
    Int "share.coordinator.state.topic.segment.bytes" = "104857600", AtLeast(1), High ReadOnly,
        "Segment size of the share state topic.";
    Int "share.coordinator.threads" = "1", AtLeast(1), Medium ReadOnly,
        "Threads of the share coordinator.";
    Int "share.coordinator.snapshot.update.records.per.snapshot" = "500", Between(0, 500), Medium ReadOnly,
        "Updates written between two snapshots of a share partition's state.";
    Int "share.coordinator.load.buffer.size" = "5242880", AtLeast(1), High ReadOnly,
        "Bytes read at a time when share state is loaded.";
    Int "share.coordinator.state.topic.compression.codec" = "0", Unchecked, High ReadOnly,
        "Codec id of batches in the share state topic, as for the offsets topic.";
    Int "share.coordinator.append.linger.ms" = "-1", AtLeast(-1), Medium ReadOnly,
        "How long share coordinator writes are gathered; -1 adapts to the load.";
    Int "share.coordinator.write.timeout.ms" = "5000", AtLeast(1), High ReadOnly,
        "How long a share state write waits for its replicas.";
    Int "share.coordinator.state.topic.prune.interval.ms" = "300000", AtLeast(1), Low ReadOnly hidden,
        "How often superseded share state is deleted.";
    Int "share.coordinator.cold.partition.snapshot.interval.ms" = "300000", AtLeast(1), Low ReadOnly hidden,
        "How often idle share partitions get a snapshot.";
    Int "share.coordinator.cached.buffer.max.bytes" = "1048588", AtLeast(524_288), Medium ClusterWide,
        "Largest write buffer the share coordinator keeps for reuse.";
}
