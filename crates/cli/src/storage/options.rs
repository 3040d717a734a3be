//! The sub-commands of `kafka-storage` and their options.

use crate::argparse::{Action, Argument, Command, Program};

pub(super) const PROGRAM: Program = Program {
    name: "kafka-storage",
    description: "The Kafka storage tool.",
    commands: &[
        Command {
            name: "info",
            help: "Get information about the Kafka log directories on this node.",
            arguments: &[CONFIG],
        },
        Command {
            name: "format",
            help: "Format the Kafka log directories on this node.",
            arguments: FORMAT,
        },
        Command {
            name: "version-mapping",
            help: "Look up the corresponding features for a given metadata version. Using the command with no --release-version argument will return the mapping for the latest stable metadata version",
            arguments: &[value(
                "--release-version",
                "-r",
                "The release version to use for the corresponding feature mapping. The minimum is 3.3-IV3; the default is 4.3-IV0",
            )],
        },
        Command {
            name: "feature-dependencies",
            help: "Look up dependencies for a given feature version. If the feature is not known or the version not yet defined, an error is thrown. Multiple features can be specified.",
            arguments: &[required(list(
                "--feature",
                "-f",
                "The features and their versions to look up dependencies for, in feature=version format. For example: `metadata.version=5`.",
            ))],
        },
        Command {
            name: "random-uuid",
            help: "Print a random UUID.",
            arguments: &[],
        },
    ],
};

const CONFIG: Argument = required(value(
    "--config",
    "-c",
    "The Kafka configuration file to use.",
));

const FORMAT: &[Argument] = &[
    CONFIG,
    required(value("--cluster-id", "-t", "The cluster ID to use.")),
    list(
        "--add-scram",
        "-S",
        "A SCRAM_CREDENTIAL to add to the __cluster_metadata log e.g.\n'SCRAM-SHA-256=[name=alice,password=alice-secret]'\n'SCRAM-SHA-512=[name=alice,iterations=8192,salt=\"N3E=\",saltedpassword=\"YCE=\"]'",
    ),
    flag(
        "--ignore-formatted",
        "-g",
        "When this option is passed, the format command will skip over already formatted directories rather than failing.",
    ),
    value(
        "--release-version",
        "-r",
        "The release version to use for the initial feature settings. The minimum is 3.3-IV3; the default is 4.3-IV0",
    ),
    list(
        "--feature",
        "-f",
        "The setting to use for a specific feature, in feature=level format. For example: `kraft.version=1`.",
    ),
    exclusive(flag(
        "--standalone",
        "-s",
        "Used to initialize a controller as a single-node dynamic quorum. When setting this flag, the controller.quorum.voters config must not be set, and controller.quorum.bootstrap.servers is set instead.",
    )),
    exclusive(flag(
        "--no-initial-controllers",
        "-N",
        "Used to initialize a server without specifying a dynamic quorum. When setting this flag, the controller.quorum.voters config should not be set, and controller.quorum.bootstrap.servers is set instead.",
    )),
    exclusive(value(
        "--initial-controllers",
        "-I",
        "Used to initialize a server with the specified dynamic quorum. The argument is a comma-separated list of id@hostname:port:directory. The same values must be used to format all nodes. For example:\n0@example.com:8082:JEXY6aqzQY-32P5TStzaFg,1@example.com:8083:MvDxzVmcRsaTz33bUuRU6A,2@example.com:8084:07R5amHmR32VDA6jHkGbTA\n. When setting this flag, the controller.quorum.voters config must not be set, and controller.quorum.bootstrap.servers is set instead.",
    )),
];

const fn value(long: &'static str, short: &'static str, help: &'static str) -> Argument {
    Argument {
        long,
        short,
        action: Action::Store,
        required: false,
        exclusive: false,
        help,
    }
}

const fn list(long: &'static str, short: &'static str, help: &'static str) -> Argument {
    Argument {
        action: Action::Append,
        ..value(long, short, help)
    }
}

const fn flag(long: &'static str, short: &'static str, help: &'static str) -> Argument {
    Argument {
        action: Action::Flag,
        ..value(long, short, help)
    }
}

const fn required(argument: Argument) -> Argument {
    Argument {
        required: true,
        ..argument
    }
}

const fn exclusive(argument: Argument) -> Argument {
    Argument {
        exclusive: true,
        ..argument
    }
}
