//! The options of `kafka-topics`, and which go together.

use crate::{
    Sink,
    options::{HELP, Kind, Opt, Parsed, Usage, VERSION, flag, text},
};

/// What the tool is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Create,
    Alter,
    List,
    Delete,
    Describe,
}

pub(super) const USAGE: Usage = Usage {
    purpose: "This tool helps to create, delete, describe, or change a topic.",
    options: OPTIONS,
};

const TO_ALTER: &str = "(To alter topic configurations, the kafka-configs tool can be used.)";

const OPTIONS: &[Opt] = &[
    text(
        "bootstrap-server",
        "server to connect to",
        "REQUIRED: The Kafka server to connect to.",
    ),
    text(
        "command-config",
        "command config property file",
        "Property file containing configs to be passed to Admin Client.",
    ),
    flag("list", "List all available topics."),
    flag("create", "Create a new topic."),
    flag("delete", "Delete a topic."),
    flag(
        "alter",
        "Alter the number of partitions and replica assignment. (To alter topic configurations, the kafka-configs tool can be used.)",
    ),
    flag("describe", "List details for the given topics."),
    text(
        "topic",
        "topic",
        "The topic to create, alter, describe or delete. It also accepts a regular expression, except for --create option.",
    ),
    text("topic-id", "topic-id", "The topic-id to describe."),
    text(
        "config",
        "name=value",
        "A topic configuration override for the topic being created. The following is a list of valid configurations: \n\
         \tcleanup.policy\n\tcompression.gzip.level\n\tcompression.lz4.level\n\tcompression.type\n\
         \tcompression.zstd.level\n\tdelete.retention.ms\n\tfile.delete.delay.ms\n\tflush.messages\n\
         \tflush.ms\n\tfollower.replication.throttled.replicas\n\tindex.interval.bytes\n\
         \tleader.replication.throttled.replicas\n\tlocal.retention.bytes\n\tlocal.retention.ms\n\
         \tmax.compaction.lag.ms\n\tmax.message.bytes\n\tmessage.timestamp.after.max.ms\n\
         \tmessage.timestamp.before.max.ms\n\tmessage.timestamp.type\n\tmin.cleanable.dirty.ratio\n\
         \tmin.compaction.lag.ms\n\tmin.insync.replicas\n\tpreallocate\n\tremote.log.copy.disable\n\
         \tremote.log.delete.on.disable\n\tremote.storage.enable\n\tretention.bytes\n\tretention.ms\n\
         \tsegment.bytes\n\tsegment.index.bytes\n\tsegment.jitter.ms\n\tsegment.ms\n\
         \tunclean.leader.election.enable\n\
         See the Kafka documentation for full details on the topic configs. It is supported only in combination with --create. (To alter topic configurations, the kafka-configs tool can be used.)",
    ),
    text(
        "delete-config",
        "name",
        "This option is no longer supported and has been deprecated since 4.0",
    ),
    text(
        "partitions",
        "# of partitions",
        "The number of partitions for the topic being created or altered. If not supplied with --create, the topic uses the cluster default. (WARNING: If partitions are increased for a topic that has a key, the partition logic or ordering of the messages will be affected).",
    )
    .of(Kind::Int),
    text(
        "replication-factor",
        "replication factor",
        "The replication factor for each partition in the topic being created. If not supplied, the topic uses the cluster default.",
    )
    .of(Kind::Int),
    text(
        "replica-assignment",
        "broker_id_for_part1_replica1 : broker_id_for_part1_replica2 , broker_id_for_part2_replica1 : broker_id_for_part2_replica2 , ...",
        "A list of manual partition-to-broker assignments for the topic being created or altered.",
    ),
    flag(
        "under-replicated-partitions",
        "If set when describing topics, only show under-replicated partitions.",
    ),
    flag(
        "unavailable-partitions",
        "If set when describing topics, only show partitions whose leader is not available.",
    ),
    flag(
        "under-min-isr-partitions",
        "If set when describing topics, only show partitions whose isr count is less than the configured minimum.",
    ),
    flag(
        "at-min-isr-partitions",
        "If set when describing topics, only show partitions whose isr count is equal to the configured minimum.",
    ),
    flag(
        "topics-with-overrides",
        "If set when describing topics, only show topics that have overridden configs.",
    ),
    flag(
        "if-exists",
        "If set when altering or deleting or describing topics, the action will only execute if the topic exists.",
    ),
    flag(
        "if-not-exists",
        "If set when creating topics, the create request will not fail if the topic already exists, but the request will still be sent.",
    ),
    flag(
        "exclude-internal",
        "Exclude internal topics when listing or describing topics. By default, the internal topics are included.",
    ),
    text(
        "partition-size-limit-per-response",
        "maximum number of partitions per response",
        "The maximum partition size to be included in one DescribeTopicPartitions response.",
    )
    .of(Kind::Int),
    HELP,
    VERSION,
];

const ACTIONS: [(&str, Action); 5] = [
    ("create", Action::Create),
    ("list", Action::List),
    ("alter", Action::Alter),
    ("describe", Action::Describe),
    ("delete", Action::Delete),
];

const REPLICA_FILTERS: [&str; 4] = [
    "under-min-isr-partitions",
    "at-min-isr-partitions",
    "under-replicated-partitions",
    "unavailable-partitions",
];

/// The action, or the exit code after a complaint.
pub(super) fn check(parsed: &Parsed, out: &Sink, err: &Sink) -> Result<Action, i32> {
    if parsed.is_bare() {
        return Err(USAGE.refuse(err, "Create, delete, describe, or change a topic."));
    }
    if let Some(code) = USAGE.answer(parsed, out, err) {
        return Err(code);
    }
    let mut actions = ACTIONS.iter().filter(|(name, _)| parsed.has(name));
    let (Some((_, action)), None) = (actions.next(), actions.next()) else {
        return Err(USAGE.refuse(
            err,
            "Command must include exactly one action: --list, --describe, --create, --alter or --delete",
        ));
    };
    check_required(parsed, *action, err)?;
    check_combinations(parsed, err)?;
    if parsed.has("delete-config") {
        err.line("delete-config option is no longer supported and deprecated since version 4.0. The config will be fully removed in future releases.");
    }
    Ok(*action)
}

fn check_required(parsed: &Parsed, action: Action, err: &Sink) -> Result<(), i32> {
    // Without a server the complaint comes later, and as an exception.
    if !parsed.has("bootstrap-server") {
        return Ok(());
    }
    match action {
        Action::Create | Action::Delete => USAGE.require(parsed, &["topic"], err),
        Action::Alter => {
            USAGE.require(parsed, &["topic"], err)?;
            if parsed.has("config") {
                let message = format!(
                    "Option combination \"[[bootstrap-server], [config]]\" can't be used with option \"[alter]\" {TO_ALTER}"
                );
                return Err(USAGE.refuse(err, message));
            }
            USAGE.require(parsed, &["partitions"], err)
        }
        Action::Describe
            if parsed.has("if-exists") && !parsed.has("topic") && !parsed.has("topic-id") =>
        {
            Err(USAGE.refuse(err, "--topic or --topic-id is required to describe a topic"))
        }
        Action::Describe | Action::List => Ok(()),
    }
}

fn check_combinations(parsed: &Parsed, err: &Sink) -> Result<(), i32> {
    let not_with = |name: &str, others: &[&str]| USAGE.exclude(parsed, name, others, err);
    not_with("config", &["alter", "list", "describe", "delete"])?;
    not_with("delete-config", &["list", "describe", "delete"])?;
    not_with("partitions", &["describe", "list", "delete"])?;
    not_with(
        "replication-factor",
        &["alter", "describe", "list", "delete"],
    )?;
    not_with("replica-assignment", &["describe", "list", "delete"])?;
    if parsed.has("create") {
        not_with("replica-assignment", &["partitions", "replication-factor"])?;
    }
    for filter in [
        "under-replicated-partitions",
        "under-min-isr-partitions",
        "at-min-isr-partitions",
        "unavailable-partitions",
    ] {
        not_with(
            filter,
            &["alter", "create", "list", "delete", "topics-with-overrides"],
        )?;
    }
    if parsed.has("topics-with-overrides") {
        not_with(
            "topics-with-overrides",
            &["alter", "create", "list", "delete"],
        )?;
        not_with("topics-with-overrides", &REPLICA_FILTERS)?;
    }
    not_with("if-exists", &["create", "list"])?;
    not_with("if-not-exists", &["alter", "list", "describe", "delete"])?;
    not_with("exclude-internal", &["create", "alter", "delete"])
}
