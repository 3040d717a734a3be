//! The typed values of a node's configuration, area by area.

use ottla_types::BrokerId;

use crate::{
    quorum::{Voter, parse_bootstrap_servers, parse_voters},
    values::{Values, number},
};

/// One struct per area; each field names the key it comes from and, where the value takes more than
/// reading, how.
macro_rules! sections {
    (@read $values:ident, $key:literal) => { $values.get($key) };
    (@read $values:ident, $key:literal $function:ident) => { $function($values) };
    ($($(#[$doc:meta])* $section:ident {
        $($field:ident: $type:ty = $key:literal $(via $function:ident)?,)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $section {
            $(
                #[doc = concat!("`", $key, "`")]
                pub $field: $type,
            )*
        }

        impl $section {
            pub(crate) fn of(values: &Values) -> Self {
                Self { $($field: sections!(@read values, $key $($function)?)),* }
            }
        }
    )*};
}

sections! {
    /// Who the node is.
    Identity {
        roles: Roles = "process.roles" via roles,
        node_id: BrokerId = "node.id" via node_id,
        rack: Option<String> = "broker.rack",
        initial_registration_timeout_ms: i32 = "initial.broker.registration.timeout.ms",
        heartbeat_interval_ms: i32 = "broker.heartbeat.interval.ms",
        session_timeout_ms: i32 = "broker.session.timeout.ms",
        controlled_shutdown_enable: bool = "controlled.shutdown.enable",
    }

    /// The controller quorum.
    Quorum {
        voters: Vec<Voter> = "controller.quorum.voters" via voters,
        bootstrap_servers: Vec<(String, u16)> = "controller.quorum.bootstrap.servers" via bootstrap_servers,
        election_timeout_ms: i32 = "controller.quorum.election.timeout.ms",
        fetch_timeout_ms: i32 = "controller.quorum.fetch.timeout.ms",
        election_backoff_max_ms: i32 = "controller.quorum.election.backoff.max.ms",
        append_linger_ms: i32 = "controller.quorum.append.linger.ms",
        request_timeout_ms: i32 = "controller.quorum.request.timeout.ms",
        retry_backoff_ms: i32 = "controller.quorum.retry.backoff.ms",
        auto_join: bool = "controller.quorum.auto.join.enable",
        fetch_max_bytes: i32 = "controller.quorum.fetch.max.bytes",
        fetch_snapshot_max_bytes: i32 = "controller.quorum.fetch.snapshot.max.bytes",
    }

    /// The metadata log.
    MetadataLog {
        dir: String = "metadata.log.dir" via metadata_log_dir,
        segment_bytes: i32 = "metadata.log.segment.bytes" via metadata_segment_bytes,
        segment_ms: i64 = "metadata.log.segment.ms",
        max_record_bytes_between_snapshots: i64 = "metadata.log.max.record.bytes.between.snapshots",
        max_snapshot_interval_ms: i64 = "metadata.log.max.snapshot.interval.ms",
        retention_bytes: i64 = "metadata.max.retention.bytes",
        retention_ms: i64 = "metadata.max.retention.ms",
        max_idle_interval_ms: i32 = "metadata.max.idle.interval.ms",
        max_batch_bytes: i32 = "internal.metadata.max.batch.size.in.bytes",
        delete_delay_ms: i64 = "internal.metadata.delete.delay.millis",
    }

    /// Sockets and requests.
    Network {
        request_max_bytes: i32 = "socket.request.max.bytes",
        unauthenticated_request_max_bytes: i32 = "ottla.unauthenticated.request.max.bytes",
        authentication_timeout_ms: i32 = "ottla.authentication.timeout.ms",
        failed_authentication_delay_ms: i32 = "connection.failed.authentication.delay.ms",
        max_connections: i32 = "max.connections",
        max_connections_per_ip: i32 = "max.connections.per.ip",
        max_connections_per_ip_overrides: Vec<(String, i32)> = "max.connections.per.ip.overrides" via per_ip_overrides,
        max_connection_creation_rate: i32 = "max.connection.creation.rate",
        connections_max_idle_ms: i64 = "connections.max.idle.ms",
        listen_backlog: i32 = "socket.listen.backlog.size",
        send_buffer_bytes: i32 = "socket.send.buffer.bytes",
        receive_buffer_bytes: i32 = "socket.receive.buffer.bytes",
        queued_max_requests: i32 = "queued.max.requests",
        queued_max_request_bytes: i64 = "queued.max.request.bytes",
        network_threads: i32 = "num.network.threads",
        io_threads: i32 = "num.io.threads",
        background_threads: i32 = "background.threads",
        request_timeout_ms: i32 = "request.timeout.ms",
        connection_setup_timeout_ms: i64 = "socket.connection.setup.timeout.ms",
        connection_setup_timeout_max_ms: i64 = "socket.connection.setup.timeout.max.ms",
        fetch_session_slots: i32 = "max.incremental.fetch.session.cache.slots",
        max_request_partitions: i32 = "max.request.partition.size.limit",
    }

    /// What holds for all topics.
    Topics {
        num_partitions: i32 = "num.partitions",
        default_replication_factor: i32 = "default.replication.factor",
        auto_create: bool = "auto.create.topics.enable",
        delete_enable: bool = "delete.topic.enable",
        message_max_bytes: i32 = "message.max.bytes",
        fetch_max_bytes: i32 = "fetch.max.bytes",
        min_insync_replicas: i32 = "min.insync.replicas",
        unclean_leader_election: bool = "unclean.leader.election.enable",
        auto_leader_rebalance: bool = "auto.leader.rebalance.enable",
        leader_imbalance_check_interval_seconds: i64 = "leader.imbalance.check.interval.seconds",
        unclean_election_interval_ms: i64 = "unclean.leader.election.interval.ms",
        acks_all_sync: bool = "ottla.acks.all.sync",
    }

    /// Log directories and their housekeeping.
    Logs {
        dirs: Vec<String> = "log.dirs" via log_dirs,
        cordoned_dirs: Vec<String> = "cordoned.log.dirs",
        retention_check_interval_ms: i64 = "log.retention.check.interval.ms",
        initial_task_delay_ms: i64 = "log.initial.task.delay.ms",
        flush_scheduler_interval_ms: i64 = "log.flush.scheduler.interval.ms",
        flush_offset_checkpoint_interval_ms: i32 = "log.flush.offset.checkpoint.interval.ms",
        flush_start_offset_checkpoint_interval_ms: i32 = "log.flush.start.offset.checkpoint.interval.ms",
        dir_failure_timeout_ms: i64 = "log.dir.failure.timeout.ms",
        recovery_threads: i32 = "num.recovery.threads.per.data.dir",
        move_threads: i32 = "num.replica.alter.log.dirs.threads" via move_threads,
        move_max_bytes_per_second: i64 = "replica.alter.log.dirs.io.max.bytes.per.second" via move_rate,
        decompressed_max_bytes: i32 = "ottla.batch.decompressed.max.bytes",
        cleaner_enable: bool = "log.cleaner.enable",
        cleaner_threads: i32 = "log.cleaner.threads",
        cleaner_backoff_ms: i64 = "log.cleaner.backoff.ms",
        cleaner_dedupe_buffer_bytes: i64 = "log.cleaner.dedupe.buffer.size",
        cleaner_io_buffer_bytes: i32 = "log.cleaner.io.buffer.size",
        cleaner_io_buffer_load_factor: f64 = "log.cleaner.io.buffer.load.factor",
        cleaner_io_max_bytes_per_second: f64 = "log.cleaner.io.max.bytes.per.second",
    }

    /// Followers and their leaders.
    Replication {
        lag_time_max_ms: i64 = "replica.lag.time.max.ms",
        fetch_max_bytes: i32 = "replica.fetch.max.bytes",
        fetch_response_max_bytes: i32 = "replica.fetch.response.max.bytes",
        fetch_min_bytes: i32 = "replica.fetch.min.bytes",
        fetch_wait_max_ms: i32 = "replica.fetch.wait.max.ms",
        fetch_backoff_ms: i32 = "replica.fetch.backoff.ms",
        fetchers: i32 = "num.replica.fetchers",
        socket_timeout_ms: i32 = "replica.socket.timeout.ms",
        socket_receive_buffer_bytes: i32 = "replica.socket.receive.buffer.bytes",
        high_watermark_checkpoint_interval_ms: i64 = "replica.high.watermark.checkpoint.interval.ms",
        selector_class: Option<String> = "replica.selector.class",
    }

    /// Committed offsets.
    Offsets {
        topic_num_partitions: i32 = "offsets.topic.num.partitions",
        topic_replication_factor: i16 = "offsets.topic.replication.factor",
        topic_segment_bytes: i32 = "offsets.topic.segment.bytes",
        topic_compression_codec: i32 = "offsets.topic.compression.codec",
        retention_minutes: i32 = "offsets.retention.minutes",
        retention_check_interval_ms: i64 = "offsets.retention.check.interval.ms",
        metadata_max_bytes: i32 = "offset.metadata.max.bytes",
        commit_timeout_ms: i32 = "offsets.commit.timeout.ms",
        load_buffer_bytes: i32 = "offsets.load.buffer.size",
    }

    /// Group coordination.
    Groups {
        protocols: Vec<String> = "group.coordinator.rebalance.protocols",
        append_linger_ms: i32 = "group.coordinator.append.linger.ms",
        min_session_timeout_ms: i32 = "group.min.session.timeout.ms",
        max_session_timeout_ms: i32 = "group.max.session.timeout.ms",
        initial_rebalance_delay_ms: i32 = "group.initial.rebalance.delay.ms",
        max_size: i32 = "group.max.size",
        consumer_session_timeout_ms: i32 = "group.consumer.session.timeout.ms",
        consumer_heartbeat_interval_ms: i32 = "group.consumer.heartbeat.interval.ms",
        consumer_assignment_interval_ms: i32 = "group.consumer.assignment.interval.ms",
        consumer_max_size: i32 = "group.consumer.max.size",
        consumer_assignors: Vec<String> = "group.consumer.assignors",
        consumer_migration_policy: String = "group.consumer.migration.policy",
        consumer_regex_refresh_interval_ms: i32 = "group.consumer.regex.refresh.interval.ms",
        share_session_timeout_ms: i32 = "group.share.session.timeout.ms",
        share_heartbeat_interval_ms: i32 = "group.share.heartbeat.interval.ms",
        share_max_size: i32 = "group.share.max.size",
        streams_session_timeout_ms: i32 = "group.streams.session.timeout.ms",
        streams_heartbeat_interval_ms: i32 = "group.streams.heartbeat.interval.ms",
        streams_max_size: i32 = "group.streams.max.size",
    }

    /// Transactions and producer ids.
    Transactions {
        producer_id_expiration_ms: i32 = "producer.id.expiration.ms",
        producer_id_expiration_check_interval_ms: i32 = "producer.id.expiration.check.interval.ms",
        max_timeout_ms: i32 = "transaction.max.timeout.ms",
        transactional_id_expiration_ms: i32 = "transactional.id.expiration.ms",
        abort_timed_out_interval_ms: i32 = "transaction.abort.timed.out.transaction.cleanup.interval.ms",
        remove_expired_interval_ms: i32 = "transaction.remove.expired.transaction.cleanup.interval.ms",
        partition_verification: bool = "transaction.partition.verification.enable",
        two_phase_commit: bool = "transaction.two.phase.commit.enable",
        topic_num_partitions: i32 = "transaction.state.log.num.partitions",
        topic_replication_factor: i16 = "transaction.state.log.replication.factor",
        topic_segment_bytes: i32 = "transaction.state.log.segment.bytes",
        topic_min_isr: i32 = "transaction.state.log.min.isr",
        load_buffer_bytes: i32 = "transaction.state.log.load.buffer.size",
    }
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    /// It keeps partitions and serves clients.
    pub broker: bool,
    /// It votes in the metadata quorum.
    pub controller: bool,
}

impl Roles {
    /// Whether the node has both roles.
    #[must_use]
    pub const fn is_combined(self) -> bool {
        self.broker && self.controller
    }
}

fn roles(values: &Values) -> Roles {
    let names: Vec<String> = values.get("process.roles");
    let has = |role: &str| names.iter().any(|name| name == role);
    Roles {
        broker: has("broker"),
        controller: has("controller"),
    }
}

fn node_id(values: &Values) -> BrokerId {
    BrokerId(values.get("node.id"))
}

fn voters(values: &Values) -> Vec<Voter> {
    let items: Vec<String> = values.get("controller.quorum.voters");
    parse_voters(&items).unwrap_or_default()
}

fn bootstrap_servers(values: &Values) -> Vec<(String, u16)> {
    let items: Vec<String> = values.get("controller.quorum.bootstrap.servers");
    parse_bootstrap_servers(&items).unwrap_or_default()
}

fn log_dirs(values: &Values) -> Vec<String> {
    let dirs: Option<Vec<String>> = values.get("log.dirs");
    dirs.unwrap_or_else(|| values.get("log.dir"))
}

/// One for each directory, if nothing else is said.
fn move_threads(values: &Values) -> i32 {
    let threads: Option<i32> = values.get("num.replica.alter.log.dirs.threads");
    threads.unwrap_or_else(|| i32::try_from(log_dirs(values).len()).unwrap_or(i32::MAX))
}

/// Only the cluster sets it.
fn move_rate(values: &Values) -> i64 {
    let rate = values.find("replica.alter.log.dirs.io.max.bytes.per.second");
    rate.and_then(number).unwrap_or(i64::MAX)
}

fn metadata_log_dir(values: &Values) -> String {
    let dir: Option<String> = values.get("metadata.log.dir");
    dir.or_else(|| log_dirs(values).into_iter().next())
        .unwrap_or_default()
}

fn metadata_segment_bytes(values: &Values) -> i32 {
    let internal: Option<i32> = values.get("internal.metadata.log.segment.bytes");
    internal.unwrap_or_else(|| values.get("metadata.log.segment.bytes"))
}

/// `host:count` pairs; those that cannot be read were refused when the configuration was checked.
fn per_ip_overrides(values: &Values) -> Vec<(String, i32)> {
    let text: String = values.get("max.connections.per.ip.overrides");
    let pair = |entry: &str| {
        let (host, count) = entry.rsplit_once(':')?;
        Some((host.trim().to_owned(), count.trim().parse().ok()?))
    };
    text.split(',').filter_map(pair).collect()
}
