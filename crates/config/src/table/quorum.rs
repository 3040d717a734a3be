//! The controller quorum.

use super::rows;

rows! {
    List "controller.quorum.voters" = "", Voters, High ReadOnly,
        "Fixed voters, `id@host:port`; empty for a quorum whose voters can change.";
    List "controller.quorum.bootstrap.servers" = "", BootstrapServers, High ReadOnly,
        "Controllers, `host:port`, through which the quorum is found.";
    Int "controller.quorum.election.timeout.ms" = "1000", AtLeast(0), High ReadOnly,
        "How long a voter waits without a leader before it starts an election.";
    Int "controller.quorum.fetch.timeout.ms" = "2000", AtLeast(0), High ReadOnly,
        "How long a voter follows a silent leader, and a leader leads without fetches from a majority.";
    Int "controller.quorum.election.backoff.max.ms" = "1000", AtLeast(0), High ReadOnly,
        "Upper bound of the random pause between elections.";
    Int "controller.quorum.append.linger.ms" = "25", AtLeast(0), Medium ReadOnly,
        "How long metadata writes are gathered before they are synced.";
    Int "controller.quorum.request.timeout.ms" = "2000", AtLeast(0), Medium ReadOnly,
        "How long a quorum request waits for its answer.";
    Int "controller.quorum.retry.backoff.ms" = "20", AtLeast(0), Low ReadOnly,
        "Pause before a quorum request is tried again.";
    Boolean "controller.quorum.auto.join.enable" = "false", Unchecked, Low ReadOnly,
        "Whether a controller adds itself to a quorum whose voters can change.";
    Int "controller.quorum.fetch.snapshot.max.bytes" = "1048576", AtLeast(1), Low ReadOnly,
        "Bytes asked per fetch of a metadata snapshot.";
    Int "controller.quorum.fetch.max.bytes" = "1048576", AtLeast(1), Low ReadOnly,
        "Bytes asked per fetch of the metadata log.";
}
