//! Listeners, sockets, connection limits.

use super::rows;

rows! {
    List "listeners" = "PLAINTEXT://:9092", SomeItems, High PerBroker,
        "Addresses the node listens on, `NAME://host:port`; an empty host means every interface.";
    List "advertised.listeners" = null, SomeItems, High ReadOnly,
        "Addresses told to clients and other nodes; by default those of `listeners`.";
    String "listener.security.protocol.map" = "SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT", Unchecked, Low PerBroker,
        "Which security protocol each listener name speaks, `NAME:PROTOCOL`.";
    Int "socket.send.buffer.bytes" = "102400", Unchecked, High ReadOnly,
        "Kernel send buffer of a connection; -1 leaves it to the system.";
    Int "socket.receive.buffer.bytes" = "102400", Unchecked, High ReadOnly,
        "Kernel receive buffer of a connection; -1 leaves it to the system.";
    Int "socket.request.max.bytes" = "104857600", AtLeast(1), High ReadOnly,
        "Largest request frame accepted.";
    Int "socket.listen.backlog.size" = "50", AtLeast(1), Medium ReadOnly,
        "Connections the kernel may hold before they are accepted.";
    Int "max.connections.per.ip" = "2147483647", AtLeast(0), Medium ClusterWide,
        "Most connections from one address.";
    String "max.connections.per.ip.overrides" = "", Unchecked, Medium ClusterWide,
        "Exceptions to the limit per address, `host:count`.";
    Int "max.connections" = "2147483647", AtLeast(0), Medium ClusterWide,
        "Most connections in all; with a listener prefix, on that listener.";
    Int "max.connection.creation.rate" = "2147483647", AtLeast(0), Medium ClusterWide,
        "Most new connections per second; with a listener prefix, on that listener.";
    Long "connections.max.idle.ms" = "600000", Unchecked, Medium ReadOnly,
        "A connection without traffic for this long is closed.";
    Int "connection.failed.authentication.delay.ms" = "100", AtLeast(0), Low ReadOnly,
        "Pause before a connection that failed to authenticate is closed.";
    Int "queued.max.requests" = "500", AtLeast(1), High ReadOnly,
        "Requests that may wait for a handler before connections are no longer read.";
    Long "queued.max.request.bytes" = "-1", Unchecked, Medium ReadOnly,
        "Bytes of waiting requests before connections are no longer read; -1 for no limit.";
    Int "num.network.threads" = "3", AtLeast(1), High ClusterWide,
        "Network threads per listener.";
}
