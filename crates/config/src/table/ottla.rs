//! Keys that only Ottla has, and the broker keys that exist only as dynamic configuration.

use super::rows;

rows! {
    Boolean "ottla.acks.all.sync" = "true", Unchecked, High ClusterWide hidden,
        "Whether a write with acks=all is answered only after it is synced to disk; false gives Apache Kafka's semantics.";
    Int "ottla.unauthenticated.request.max.bytes" = "65536", AtLeast(1024), Medium ReadOnly hidden,
        "Largest request frame accepted before a peer has authenticated, on listeners that ask for it.";
    Int "ottla.authentication.timeout.ms" = "10000", AtLeast(1), Medium ReadOnly hidden,
        "How long a peer may take to authenticate.";
    Int "ottla.batch.decompressed.max.bytes" = "134217728", AtLeast(1048576), Medium ReadOnly hidden,
        "Most bytes a record batch may decompress to.";
}

rows! { TOPIC;
    Boolean "ottla.acks.all.sync" = "true", Unchecked, Medium ClusterWide hidden ["ottla.acks.all.sync"],
        "Whether a write with acks=all is answered only after it is synced to disk; false gives Apache Kafka's semantics.";
}

rows! { DYNAMIC_ONLY;
    Long "leader.replication.throttled.rate" = "9223372036854775807", AtLeast(0), Medium ClusterWide hidden,
        "Bytes per second a leader sends to throttled followers.";
    Long "follower.replication.throttled.rate" = "9223372036854775807", AtLeast(0), Medium ClusterWide hidden,
        "Bytes per second a follower fetches for throttled replicas.";
    Long "replica.alter.log.dirs.io.max.bytes.per.second" = "9223372036854775807", AtLeast(0), Medium ClusterWide hidden,
        "Bytes per second moved between log directories.";
}
