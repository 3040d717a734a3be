//! The options of `kafka-console-consumer`, and which go together.

use crate::{
    Sink,
    options::{HELP, Kind, Opt, Parsed, Usage, VERSION, flag, text},
};

pub(super) const USAGE: Usage = Usage {
    purpose: "This tool helps to read data from Kafka topics and outputs it to standard output.",
    options: OPTIONS,
};

macro_rules! formatter_properties {
    ($first:literal, $last:literal) => {
        concat!(
            $first,
            "\n print.timestamp=true|false\n print.key=true|false\n print.offset=true|false\n print.epoch=true|false\n print.partition=true|false\n print.headers=true|false\n print.value=true|false\n key.separator=<key.separator>\n line.separator=<line.separator>\n headers.separator=<headers.separator>\n null.literal=<null.literal>\n key.deserializer=<key.deserializer>\n value.deserializer=<value.deserializer>\n header.deserializer=<header.deserializer>\n",
            "Users can also pass in customized properties for their formatter; more specifically, users can pass in properties keyed with 'key.deserializer.', 'value.deserializer.' and 'headers.deserializer.' prefixes to configure their deserializers.",
            $last
        )
    };
}

const OPTIONS: &[Opt] = &[
    text("topic", "topic", "The topic to consume from."),
    text(
        "include",
        "Java regex (String)",
        "Regular expression specifying list of topics to include for consumption.",
    ),
    text(
        "partition",
        "partition",
        "The partition to consume from. Consumption starts from the end of the partition unless '--offset' is specified.",
    )
    .of(Kind::Int),
    text(
        "offset",
        "consume offset",
        "The offset to consume from (a non-negative number), or 'earliest' which means from beginning, or 'latest' which means from end",
    )
    .or("latest"),
    text(
        "consumer-property",
        "consumer_prop",
        "(DEPRECATED) Consumer config properties in the form key=value. This option will be removed in a future version. Use --command-property instead.",
    ),
    text(
        "command-property",
        "consumer_prop",
        "Consumer config properties in the form key=value.",
    ),
    text(
        "consumer.config",
        "config file",
        "(DEPRECATED) Consumer config properties file. Note that [command-property] takes precedence over this config. This option will be removed in a future version. Use --command-config instead.",
    ),
    text(
        "command-config",
        "config file",
        "Consumer config properties file. Note that [command-property] takes precedence over this config.",
    ),
    text(
        "formatter",
        "class",
        "The name of a class to use for formatting kafka messages for display.",
    )
    .or("org.apache.kafka.tools.consumer.DefaultMessageFormatter"),
    text(
        "property",
        "prop",
        formatter_properties!(
            "(DEPRECATED) The properties to initialize the message formatter. Default properties include: ",
            "\nThis option will be removed in a future version. Use --formatter-property instead."
        ),
    ),
    text(
        "formatter-property",
        "prop",
        formatter_properties!(
            "The properties to initialize the message formatter. Default properties include: ",
            ""
        ),
    ),
    text(
        "formatter-config",
        "config file",
        "Config properties file to initialize the message formatter. Note that [formatter-property] takes precedence over this config.",
    ),
    flag(
        "from-beginning",
        "If the consumer does not already have an established offset to consume from, start with the earliest message present in the log rather than the latest message.",
    ),
    text(
        "max-messages",
        "num_messages",
        "The maximum number of messages to consume before exiting. If not set, consumption is continual.",
    )
    .of(Kind::Int),
    text(
        "timeout-ms",
        "timeout_ms",
        "If specified, exit if no message is available for consumption for the specified interval.",
    )
    .of(Kind::Long),
    flag(
        "skip-message-on-error",
        "If there is an error when processing a message, skip it instead of halt.",
    ),
    text(
        "bootstrap-server",
        "server to connect to",
        "REQUIRED: The server(s) to connect to.",
    ),
    text(
        "key-deserializer",
        "deserializer for keys",
        "The name of the class to use for deserializing keys.",
    ),
    text(
        "value-deserializer",
        "deserializer for values",
        "The name of the class to use for deserializing values.",
    ),
    flag(
        "enable-systest-events",
        "Log lifecycle events of the consumer in addition to logging consumed messages. (This is specific for system tests.)",
    ),
    text(
        "isolation-level",
        "",
        "Set to read_committed in order to filter out transactional messages which are not committed. Set to read_uncommitted to read all messages.",
    )
    .or("read_uncommitted"),
    text(
        "group",
        "consumer group id",
        "The consumer group id of the consumer.",
    ),
    HELP,
    VERSION,
];

const RENAMED: [(&str, &str); 3] = [
    ("property", "formatter-property"),
    ("consumer-property", "command-property"),
    ("consumer.config", "command-config"),
];

/// The exit code after a complaint or an answer.
pub(super) fn check(parsed: &Parsed, out: &Sink, err: &Sink) -> Result<(), i32> {
    if let Some(code) = USAGE.answer(parsed, out, err) {
        return Err(code);
    }
    let refuse = |message: &str| Err(USAGE.refuse(err, message));
    if parsed.has("topic") == parsed.has("include") {
        return refuse("Exactly one of the following arguments is required: [topic], [include]");
    }
    if parsed.has("partition") {
        if !parsed.has("topic") {
            return refuse("The topic is required when partition is specified.");
        }
        if parsed.has("group") {
            return refuse("Options group and partition cannot be specified together.");
        }
    }
    if parsed.has("offset") {
        if parsed.has("from-beginning") {
            return refuse("Options from-beginning and offset cannot be specified together.");
        }
        if !parsed.has("partition") {
            return refuse("The partition is required when offset is specified.");
        }
    }
    USAGE.require(parsed, &["bootstrap-server"], err)?;
    for (old, new) in RENAMED {
        if parsed.has(old) && parsed.has(new) {
            let message = format!("Options --{old} and --{new} cannot be specified together.");
            return Err(USAGE.refuse(err, message));
        }
        if parsed.has(old) {
            out.line(format_args!(
                "Option --{old} is deprecated and will be removed in a future version. Use --{new} instead."
            ));
        }
    }
    Ok(())
}
