//! Group coordinator: offsets, classic, consumer, share and streams groups.

use super::rows;

rows! {
    List "group.coordinator.rebalance.protocols" = "classic,consumer,streams", SomeOf(&["consumer", "classic", "share", "streams"]), Medium ReadOnly,
        "Group protocols that are switched on; `classic` always is.";
    Int "group.coordinator.threads" = "4", AtLeast(1), High ReadOnly,
        "Threads of the group coordinator.";
    Int "group.coordinator.background.threads" = "2", AtLeast(1), High ReadOnly,
        "Threads for slow work of the group coordinator.";
    Int "group.coordinator.append.linger.ms" = "-1", AtLeast(-1), Medium ReadOnly,
        "How long coordinator writes are gathered; -1 adapts to the load.";
    Int "offsets.commit.timeout.ms" = "5000", AtLeast(1), High ReadOnly,
        "How long an offset commit waits for its replicas.";
    Int "offsets.load.buffer.size" = "5242880", AtLeast(1), High ReadOnly,
        "Bytes read at a time when committed offsets are loaded.";
    Short "offsets.topic.replication.factor" = "3", AtLeast(1), High ReadOnly,
        "Replicas of the offsets topic.";
    Int "offsets.topic.num.partitions" = "50", AtLeast(1), High ReadOnly,
        "Partitions of the offsets topic; must not change once it exists.";
    Int "offsets.topic.segment.bytes" = "104857600", AtLeast(1), High ReadOnly,
        "Segment size of the offsets topic.";
    Int "offsets.topic.compression.codec" = "0", Unchecked, High ReadOnly,
        "Codec id of batches in the offsets topic: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.";
    Int "group.coordinator.cached.buffer.max.bytes" = "1048588", AtLeast(524_288), Medium ClusterWide,
        "Largest write buffer the group coordinator keeps for reuse.";
    Int "offset.metadata.max.bytes" = "4096", Unchecked, High ReadOnly,
        "Most bytes of metadata stored with a committed offset.";
    Int "offsets.retention.minutes" = "10080", AtLeast(1), High ReadOnly,
        "How long offsets are kept after their group is empty or no longer subscribes.";
    Long "offsets.retention.check.interval.ms" = "600000", AtLeast(1), High ReadOnly,
        "How often expired offsets are looked for.";
    Int "group.min.session.timeout.ms" = "6000", Unchecked, Medium ReadOnly,
        "Shortest session timeout a classic member may ask for.";
    Int "group.max.session.timeout.ms" = "1800000", Unchecked, Medium ReadOnly,
        "Longest session timeout a classic member may ask for.";
    Int "group.initial.rebalance.delay.ms" = "3000", Unchecked, Medium ReadOnly,
        "How long the first rebalance of an empty classic group waits for more members.";
    Int "group.max.size" = "2147483647", AtLeast(1), Medium ReadOnly,
        "Most members of a classic group.";
    Int "group.consumer.session.timeout.ms" = "45000", AtLeast(1), Medium ReadOnly,
        "A member of a consumer group silent for this long is removed.";
    Int "group.consumer.min.session.timeout.ms" = "45000", AtLeast(1), Medium ReadOnly,
        "Smallest session timeout a consumer group may set.";
    Int "group.consumer.max.session.timeout.ms" = "60000", AtLeast(1), Medium ReadOnly,
        "Largest session timeout a consumer group may set.";
    Int "group.consumer.heartbeat.interval.ms" = "5000", AtLeast(1), Medium ReadOnly,
        "Heartbeat pause told to members of consumer groups.";
    Int "group.consumer.min.heartbeat.interval.ms" = "5000", AtLeast(1), Medium ReadOnly,
        "Smallest heartbeat pause a consumer group may set.";
    Int "group.consumer.max.heartbeat.interval.ms" = "15000", AtLeast(1), Medium ReadOnly,
        "Largest heartbeat pause a consumer group may set.";
    Int "group.consumer.max.size" = "2147483647", AtLeast(1), Medium ReadOnly,
        "Most members of a consumer group.";
    List "group.consumer.assignors" = "uniform,range", SomeItems, Medium ReadOnly,
        "Server-side assignors of consumer groups; the first is the default.";
    String "group.consumer.migration.policy" = "bidirectional", OneOfIgnoringCase(&["DISABLED", "DOWNGRADE", "UPGRADE", "BIDIRECTIONAL"]), Medium ReadOnly,
        "In which direction a group may change between classic and consumer protocol while it runs.";
    Int "group.consumer.assignment.interval.ms" = "1000", AtLeast(0), Medium ClusterWide,
        "Shortest pause between two assignments of a consumer group.";
    Int "group.consumer.min.assignment.interval.ms" = "0", AtLeast(0), Medium ReadOnly,
        "Smallest assignment pause a consumer group may set.";
    Int "group.consumer.max.assignment.interval.ms" = "15000", AtLeast(0), Medium ReadOnly,
        "Largest assignment pause a consumer group may set.";
    Int "group.consumer.regex.refresh.interval.ms" = "600000", AtLeast(10_000), Medium ReadOnly hidden,
        "How often subscriptions by pattern are matched against the topics again.";
    Int "group.share.session.timeout.ms" = "45000", AtLeast(1), Medium ReadOnly,
        "A member of a share group silent for this long is removed.";
    Int "group.share.min.session.timeout.ms" = "45000", AtLeast(1), Medium ReadOnly,
        "Smallest session timeout a share group may set.";
    Int "group.share.max.session.timeout.ms" = "60000", AtLeast(1), Medium ReadOnly,
        "Largest session timeout a share group may set.";
    Int "group.share.heartbeat.interval.ms" = "5000", AtLeast(1), Medium ReadOnly,
        "Heartbeat pause told to members of share groups.";
    Int "group.share.min.heartbeat.interval.ms" = "5000", AtLeast(1), Medium ReadOnly,
        "Smallest heartbeat pause a share group may set.";
    Int "group.share.max.heartbeat.interval.ms" = "15000", AtLeast(1), Medium ReadOnly,
        "Largest heartbeat pause a share group may set.";
    Int "group.share.max.size" = "200", Between(1, 1_000), Medium ReadOnly,
        "Most members of a share group.";
    List "group.share.assignors" = "simple", SomeItems, Medium ReadOnly,
        "The assignor of share groups; exactly one.";
    Int "group.share.assignment.interval.ms" = "1000", AtLeast(0), Medium ClusterWide,
        "Shortest pause between two assignments of a share group.";
    Int "group.share.min.assignment.interval.ms" = "0", AtLeast(0), Medium ReadOnly,
        "Smallest assignment pause a share group may set.";
    Int "group.share.max.assignment.interval.ms" = "15000", AtLeast(0), Medium ReadOnly,
        "Largest assignment pause a share group may set.";
    Int "group.share.initialize.retry.interval.ms" = "30000", AtLeast(1), Low ReadOnly hidden,
        "Pause before the state of a share partition is initialised again.";
    Int "group.streams.session.timeout.ms" = "45000", AtLeast(1), Medium ReadOnly,
        "A member of a streams group silent for this long is removed.";
    Int "group.streams.min.session.timeout.ms" = "45000", AtLeast(1), Medium ReadOnly,
        "Smallest session timeout a streams group may set.";
    Int "group.streams.max.session.timeout.ms" = "60000", AtLeast(1), Medium ReadOnly,
        "Largest session timeout a streams group may set.";
    Int "group.streams.heartbeat.interval.ms" = "5000", AtLeast(1), Medium ReadOnly,
        "Heartbeat pause told to members of streams groups.";
    Int "group.streams.min.heartbeat.interval.ms" = "5000", AtLeast(1), Medium ReadOnly,
        "Smallest heartbeat pause a streams group may set.";
    Int "group.streams.max.heartbeat.interval.ms" = "15000", AtLeast(1), Medium ReadOnly,
        "Largest heartbeat pause a streams group may set.";
    Int "group.streams.max.size" = "2147483647", AtLeast(1), Medium ReadOnly,
        "Most members of a streams group.";
    Int "group.streams.num.standby.replicas" = "0", AtLeast(0), Medium ReadOnly,
        "Standby tasks per stateful task of a streams group.";
    Int "group.streams.max.standby.replicas" = "2", AtLeast(0), Medium ReadOnly,
        "Most standby tasks a streams group may set.";
    Int "group.streams.initial.rebalance.delay.ms" = "3000", AtLeast(0), Medium ReadOnly,
        "How long a new streams group waits for more members.";
    Int "group.streams.assignment.interval.ms" = "1000", AtLeast(0), Medium ClusterWide,
        "Shortest pause between two assignments of a streams group.";
    Int "group.streams.min.assignment.interval.ms" = "0", AtLeast(0), Medium ReadOnly,
        "Smallest assignment pause a streams group may set.";
    Int "group.streams.max.assignment.interval.ms" = "15000", AtLeast(0), Medium ReadOnly,
        "Largest assignment pause a streams group may set.";
}
