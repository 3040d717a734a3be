//! Transactions and producer ids.

use super::rows;

rows! {
    Int "transaction.state.log.min.isr" = "2", AtLeast(1), High ReadOnly,
        "Replicas of the transaction topic that must be in sync for a write.";
    Int "transaction.state.log.load.buffer.size" = "5242880", AtLeast(1), High ReadOnly,
        "Bytes read at a time when transaction state is loaded.";
    Short "transaction.state.log.replication.factor" = "3", AtLeast(1), High ReadOnly,
        "Replicas of the transaction topic.";
    Int "transaction.state.log.num.partitions" = "50", AtLeast(1), High ReadOnly,
        "Partitions of the transaction topic; must not change once it exists.";
    Int "transaction.state.log.segment.bytes" = "104857600", AtLeast(1), High ReadOnly,
        "Segment size of the transaction topic.";
    Boolean "transaction.partition.verification.enable" = "true", Unchecked, Low ClusterWide,
        "Whether a leader asks if a partition is part of a transaction before it appends.";
    Int "producer.id.expiration.ms" = "86400000", AtLeast(1), Low ClusterWide,
        "How long a partition remembers a producer that no longer writes.";
    Int "producer.id.expiration.check.interval.ms" = "600000", AtLeast(1), Low ReadOnly hidden,
        "How often expired producers are looked for.";
    Int "transactional.id.expiration.ms" = "604800000", AtLeast(1), High ReadOnly,
        "How long an unused transactional id is remembered.";
    Int "transaction.max.timeout.ms" = "900000", AtLeast(1), High ReadOnly,
        "Longest transaction timeout a client may ask for.";
    Int "transaction.abort.timed.out.transaction.cleanup.interval.ms" = "10000", AtLeast(1), Low ReadOnly,
        "How often transactions past their timeout are looked for.";
    Int "transaction.remove.expired.transaction.cleanup.interval.ms" = "3600000", AtLeast(1), Low ReadOnly,
        "How often expired transactional ids are looked for.";
    Boolean "transaction.two.phase.commit.enable" = "false", Unchecked, Low ReadOnly,
        "Whether clients may hold prepared transactions open (two-phase commit).";
    Int "add.partitions.to.txn.retry.backoff.max.ms" = "100", AtLeast(0), High ReadOnly,
        "Longest the node itself retries to add a partition to a transaction.";
    Int "add.partitions.to.txn.retry.backoff.ms" = "20", AtLeast(1), High ReadOnly,
        "Pause between those retries.";
}
