//! The options of `kafka-console-producer`, and which go together.

use ottla_client::host_and_port;

use crate::{
    Sink,
    options::{HELP, Kind, Opt, Parsed, Usage, VERSION, flag, text},
};

pub(super) const USAGE: Usage = Usage {
    purpose: "This tool helps to read data from standard input and publish it to Kafka.",
    options: OPTIONS,
};

const OPTIONS: &[Opt] = &[
    text("topic", "topic", "REQUIRED: The topic name to produce messages to."),
    text(
        "bootstrap-server",
        "server to connect to",
        "REQUIRED: The server(s) to connect to. The broker list string in the form HOST1:PORT1,HOST2:PORT2.",
    ),
    flag(
        "sync",
        "If set message send requests to the brokers are synchronously, one at a time as they arrive.",
    ),
    text(
        "compression-codec",
        "compression-codec",
        "The compression codec: either 'none', 'gzip', 'snappy', 'lz4', or 'zstd'. If specified without value, then it defaults to 'gzip'",
    )
    .optional(),
    text(
        "batch-size",
        "size",
        "The buffer size in bytes allocated for a partition. When records are received which are smaller than this size the producer will attempt to optimistically group them together until this size is reached. This is the option to control batch.size in producer configs. Please note that this option will be replaced if max-partition-memory-bytes is also set.",
    )
    .of(Kind::Int)
    .or("16384"),
    text(
        "message-send-max-retries",
        "",
        "Brokers can fail receiving the message for multiple reasons, and being unavailable transiently is just one of them. This property specifies the number of retries before the producer give up and drop this message. This is the option to control `retries` in producer configs.",
    )
    .of(Kind::Int)
    .or("3"),
    text(
        "retry-backoff-ms",
        "",
        "Before each retry, the producer refreshes the metadata of relevant topics. Since leader election takes a bit of time, this property specifies the amount of time that the producer waits before refreshing the metadata. This is the option to control `retry.backoff.ms` in producer configs.",
    )
    .of(Kind::Long)
    .or("100"),
    text(
        "timeout",
        "timeout_ms",
        "If set and the producer is running in asynchronous mode, this gives the maximum amount of time a message will queue awaiting sufficient batch size. The value is given in ms. This is the option to control `linger.ms` in producer configs.",
    )
    .of(Kind::Long)
    .or("1000"),
    text(
        "request-required-acks",
        "request required acks",
        "The required `acks` of the producer requests",
    )
    .or("-1"),
    text(
        "request-timeout-ms",
        "request timeout ms",
        "The ack timeout of the producer requests. Value must be non-negative and non-zero.",
    )
    .of(Kind::Int)
    .or("1500"),
    text(
        "metadata-expiry-ms",
        "metadata expiration interval",
        "The period of time in milliseconds after which we force a refresh of metadata even if we haven't seen any leadership changes. This is the option to control `metadata.max.age.ms` in producer configs.",
    )
    .of(Kind::Long)
    .or("300000"),
    text(
        "max-block-ms",
        "max block on send",
        "The max time that the producer will block for during a send request.",
    )
    .of(Kind::Long)
    .or("60000"),
    text(
        "max-memory-bytes",
        "total memory in bytes",
        "The total memory used by the producer to buffer records waiting to be sent to the server. This is the option to control `buffer.memory` in producer configs.",
    )
    .of(Kind::Long)
    .or("33554432"),
    text(
        "max-partition-memory-bytes",
        "memory in bytes per partition",
        "(Deprecated) The buffer size in bytes allocated for a partition. When records are received which are smaller than this size the producer will attempt to optimistically group them together until this size is reached. This is the option to control batch.size in producer configs. This option will be removed in Apache Kafka 5.0. Use --batch-size instead.",
    )
    .of(Kind::Int)
    .or("16384"),
    text(
        "line-reader",
        "reader_class",
        "The class name of the class to use for reading lines from standard in. By default each line is read as a separate message.",
    )
    .or("org.apache.kafka.tools.LineMessageReader"),
    text(
        "socket-buffer-size",
        "size",
        "The size of the tcp RECV size. This is the option to control `send.buffer.bytes` in producer configs.",
    )
    .of(Kind::Int)
    .or("102400"),
    text("property", "prop", concat!(
        "(DEPRECATED) A mechanism to pass user-defined properties in the form key=value to the message reader. This allows custom configuration for a user-defined message reader.\n",
        "Default properties include:\n parse.key=false\n parse.headers=false\n ignore.error=false\n key.separator=\\t\n",
        " headers.delimiter=\\t\n headers.separator=,\n headers.key.separator=:\n",
        " null.marker=   When set, any fields (key, value and headers) equal to this will be replaced by null\n",
        "Default parsing pattern when:\n parse.headers=true and parse.key=true:\n  \"h1:v1,h2:v2...\\tkey\\tvalue\"\n",
        " parse.key=true:\n  \"key\\tvalue\"\n parse.headers=true:\n  \"h1:v1,h2:v2...\\tvalue\"\n",
        " This option will be removed in a future version. Use --reader-property instead.",
    )),
    text("reader-property", "prop", concat!(
        "A mechanism to pass user-defined properties in the form key=value to the message reader. This allows custom configuration for a user-defined message reader.\n",
        "Default properties include:\n parse.key=false\n parse.headers=false\n ignore.error=false\n key.separator=\\t\n",
        " headers.delimiter=\\t\n headers.separator=,\n headers.key.separator=:\n",
        " null.marker=   When set, any fields (key, value and headers) equal to this will be replaced by null\n",
        "Default parsing pattern when:\n parse.headers=true and parse.key=true:\n  \"h1:v1,h2:v2...\\tkey\\tvalue\"\n",
        " parse.key=true:\n  \"key\\tvalue\"\n parse.headers=true:\n  \"h1:v1,h2:v2...\\tvalue\"",
    )),
    text(
        "reader-config",
        "config file",
        "Config properties file for the message reader. Note that [reader-property] takes precedence over this config.",
    ),
    text(
        "producer-property",
        "producer_prop",
        "(DEPRECATED) Producer config properties in the form key=value. This option will be removed in a future version. Use --command-property instead.",
    ),
    text(
        "command-property",
        "producer_prop",
        "Producer config properties in the form key=value.",
    ),
    text(
        "producer.config",
        "config file",
        "(DEPRECATED) Producer config properties file. Note that [command-property] takes precedence over this config. This option will be removed in a future version. Use --command-config instead.",
    ),
    text(
        "command-config",
        "config file",
        "Producer config properties file. Note that [command-property] takes precedence over this config.",
    ),
    HELP,
    VERSION,
];

/// Old spellings, and the order in which a pair is named in the complaint.
const RENAMED: [(&str, &str); 3] = [
    ("property", "reader-property"),
    ("producer-property", "command-property"),
    ("producer.config", "command-config"),
];

/// The exit code after a complaint or an answer.
pub(super) fn check(parsed: &Parsed, out: &Sink, err: &Sink) -> Result<(), i32> {
    if let Some(code) = USAGE.answer(parsed, out, err) {
        return Err(code);
    }
    USAGE.require(parsed, &["topic"], err)?;
    check_bootstrap(parsed, err)?;
    for (old, new) in RENAMED {
        if parsed.has(old) && parsed.has(new) {
            let message = format!("Options --{new} and --{old} cannot be specified together.");
            return Err(USAGE.refuse(err, message));
        }
        if parsed.has(old) {
            out.line(format_args!(
                "Warning: --{old} is deprecated and will be removed in a future version. Use --{new} instead."
            ));
        }
    }
    if parsed.has("max-partition-memory-bytes") {
        out.line("Warning: --max-partition-memory-bytes is deprecated and will be removed in Apache Kafka 5.0. Use --batch-size instead.");
    }
    Ok(())
}

fn check_bootstrap(parsed: &Parsed, err: &Sink) -> Result<(), i32> {
    let list = parsed
        .value("bootstrap-server")
        .map_err(|error| USAGE.refuse(err, error))?
        .unwrap_or_default();
    if list.trim().is_empty() {
        return Err(USAGE.refuse(err, "Error while validating the bootstrap address\n"));
    }
    let elements = list.trim_end_matches(',').split(',');
    if !elements
        .into_iter()
        .all(|element| host_and_port(element).is_some())
    {
        return Err(USAGE.refuse(
            err,
            "Please provide valid host:port like host1:9091,host2:9092\n",
        ));
    }
    Ok(())
}
