//! Which names stand for which tool.

use std::ffi::OsString;

use crate::{
    Io, broker_api_versions, console_consumer, console_producer, dump_log, storage, topics,
};

/// The version whose tools these are.
pub(crate) const KAFKA_VERSION: &str = "4.3.1";

/// A tool.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// Its name as a sub-command.
    pub name: &'static str,
    /// What it does, in a few words.
    pub about: &'static str,
    /// Runs it with the arguments after its name; the result is the exit code.
    pub run: fn(Vec<OsString>, Io) -> i32,
}

/// Every tool.
pub const TOOLS: &[Tool] = &[
    Tool {
        name: "topics",
        about: "make, list, describe, change and delete topics",
        run: topics::run,
    },
    Tool {
        name: "console-producer",
        about: "send lines of standard input to a topic",
        run: console_producer::run,
    },
    Tool {
        name: "console-consumer",
        about: "print the records of topics",
        run: console_consumer::run,
    },
    Tool {
        name: "broker-api-versions",
        about: "list the APIs that brokers speak",
        run: broker_api_versions::run,
    },
    Tool {
        name: "dump-log",
        about: "print what is in the files of a log directory",
        run: dump_log::run,
    },
    Tool {
        name: "storage",
        about: "format log directories, and tell about them",
        run: storage::run,
    },
];

/// The tool of a program's name: `topics`, `kafka-topics`, `kafka-topics.sh`, with or without a path.
#[must_use]
pub fn tool_for(program: &str) -> Option<&'static Tool> {
    let name = program.rsplit('/').next().unwrap_or(program);
    let name = name.strip_suffix(".sh").unwrap_or(name);
    let name = name.strip_prefix("kafka-").unwrap_or(name);
    TOOLS.iter().find(|tool| tool.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_answer_to_apaches_names() {
        for program in [
            "topics",
            "kafka-topics",
            "kafka-topics.sh",
            "/opt/kafka/bin/kafka-topics.sh",
        ] {
            assert_eq!(
                tool_for(program).map(|tool| tool.name),
                Some("topics"),
                "{program}"
            );
        }
        assert!(tool_for("ottla").is_none());
    }
}
