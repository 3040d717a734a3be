//! The process as a whole: identity before KRaft, threads, requests, compression.

use super::rows;

rows! {
    Int "broker.id" = "-1", Unchecked, High ReadOnly,
        "Former name of `node.id`; when both are given they must be equal.";
    Int "message.max.bytes" = "1048588", AtLeast(0), High ClusterWide,
        "Largest record batch accepted, measured after compression.";
    Int "num.io.threads" = "8", AtLeast(1), High ClusterWide,
        "Request handler threads.";
    Int "num.replica.alter.log.dirs.threads" = null, Unchecked, High ReadOnly,
        "Threads that move replicas between log directories; by default one per directory.";
    Int "background.threads" = "10", AtLeast(1), High ClusterWide,
        "Threads for housekeeping.";
    Int "request.timeout.ms" = "30000", Unchecked, High ReadOnly,
        "How long the node waits for the answer to a request it sent.";
    Long "socket.connection.setup.timeout.ms" = "10000", Unchecked, Medium ReadOnly,
        "How long an outgoing connection may take to establish, first attempt.";
    Long "socket.connection.setup.timeout.max.ms" = "30000", Unchecked, Medium ReadOnly,
        "Upper bound of the outgoing connection timeout as attempts fail.";
    List "config.providers" = "", Items, Low ClusterWide,
        "Names of the providers that resolve `${provider:path:key}` references in values.";
    String "authorizer.class.name" = "", Unchecked, Low ReadOnly,
        "Authorizer; empty means every request is allowed.";
    List "early.start.listeners" = null, Items, High ReadOnly,
        "Listeners opened before the authorizer is ready; by default those of the controller.";
    String "broker.rack" = null, Unchecked, Medium ReadOnly,
        "Rack or zone of this node, used for placement and for reading from the nearest replica.";
    Boolean "controlled.shutdown.enable" = "true", Unchecked, Medium ReadOnly,
        "Whether leaderships are moved away before the node stops.";
    Boolean "delete.topic.enable" = "true", Unchecked, High ReadOnly,
        "Whether topics may be deleted.";
    String "compression.type" = "producer", OneOf(&["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"]), High ClusterWide,
        "Codec batches are stored with; `producer` keeps what the client sent.";
    Int "compression.gzip.level" = "-1", GzipLevel, Medium ClusterWide,
        "Effort when the node itself compresses with gzip.";
    Int "compression.lz4.level" = "9", Between(1, 17), Medium ClusterWide,
        "Effort when the node itself compresses with lz4.";
    Int "compression.zstd.level" = "3", Between(-131_072, 22), Medium ClusterWide,
        "Effort when the node itself compresses with zstd.";
    Int "max.incremental.fetch.session.cache.slots" = "1000", AtLeast(0), Medium ReadOnly,
        "Incremental fetch sessions kept for clients and followers.";
    Int "fetch.max.bytes" = "57671680", AtLeast(1_024), Medium ReadOnly,
        "Ceiling of one fetch answer, whatever the client asks for.";
    Int "max.request.partition.size.limit" = "2000", AtLeast(1), Medium ReadOnly,
        "Most partitions in one answer to DescribeTopicPartitions.";
    Boolean "unstable.api.versions.enable" = "false", Unchecked, High ReadOnly hidden,
        "Offer API versions that are not final yet.";
    Boolean "unstable.feature.versions.enable" = "false", Unchecked, High ReadOnly hidden,
        "Allow feature levels that are not final yet.";
}
