//! KRaft: roles, node id, heartbeats, metadata log.

use super::rows;

rows! {
    List "process.roles" = required, SomeOf(&["broker", "controller"]), High ReadOnly,
        "What this node is: `broker`, `controller`, or both.";
    Int "node.id" = required, AtLeast(0), High ReadOnly,
        "Number of this node, unique in the cluster.";
    Int "initial.broker.registration.timeout.ms" = "60000", Unchecked, Medium ReadOnly,
        "How long a starting broker tries to register before it gives up.";
    Int "broker.heartbeat.interval.ms" = "2000", Unchecked, Medium ReadOnly,
        "Pause between two heartbeats of a broker to the controller.";
    Int "broker.session.timeout.ms" = "9000", Unchecked, Medium ReadOnly,
        "A broker the controller has not heard from for this long is fenced.";
    List "controller.listener.names" = required, SomeItems, High ReadOnly,
        "Listeners that carry controller traffic; brokers use the first.";
    String "sasl.mechanism.controller.protocol" = "GSSAPI", Unchecked, High ReadOnly,
        "SASL mechanism a node uses towards controllers.";
    Long "controller.performance.sample.period.ms" = "60000", AtLeast(100), Medium ReadOnly hidden,
        "How often the controller reports on its slowest events.";
    Long "controller.performance.always.log.threshold.ms" = "2000", AtLeast(0), Medium ReadOnly hidden,
        "Controller events slower than this are logged at once.";
    Long "server.max.startup.time.ms" = "9223372036854775807", AtLeast(0), Medium ReadOnly hidden,
        "A start that takes longer than this is abandoned.";
    Long "metadata.log.max.record.bytes.between.snapshots" = "20971520", AtLeast(1), High ReadOnly,
        "Bytes of new metadata records after which a snapshot is written.";
    Long "metadata.log.max.snapshot.interval.ms" = "3600000", AtLeast(0), High ReadOnly,
        "Time after which a snapshot is written if anything changed; 0 turns it off.";
    String "metadata.log.dir" = null, Unchecked, High ReadOnly,
        "Directory of the metadata log; by default the first log directory.";
    Int "metadata.log.segment.bytes" = "1073741824", AtLeast(8_388_608), High ReadOnly,
        "Size at which the metadata log starts a new segment.";
    Long "metadata.log.segment.ms" = "604800000", Unchecked, High ReadOnly,
        "Age at which the metadata log starts a new segment.";
    Long "metadata.max.retention.bytes" = "104857600", Unchecked, High ReadOnly,
        "Size of metadata log and snapshots above which old ones are deleted.";
    Long "metadata.max.retention.ms" = "604800000", Unchecked, High ReadOnly,
        "Age above which old metadata segments and snapshots are deleted.";
    Int "metadata.max.idle.interval.ms" = "500", AtLeast(0), Low ReadOnly,
        "The active controller writes an empty record after this long without one; 0 turns it off.";
    Int "internal.metadata.log.segment.bytes" = null, Unchecked, Low ReadOnly hidden,
        "Replaces `metadata.log.segment.bytes` in tests.";
    Int "internal.metadata.max.batch.size.in.bytes" = "8388608", Unchecked, Low ReadOnly hidden,
        "Largest batch the active controller appends.";
    Long "internal.metadata.delete.delay.millis" = "60000", Unchecked, Low ReadOnly hidden,
        "How long deleted metadata files stay on disk.";
}
