//! What connections may use.

use std::time::Duration;

/// Bounds of the connections of a server.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Largest frame in bytes, without its length prefix (`socket.request.max.bytes`). A longer
    /// one, or a negative length, closes the connection.
    pub request_max_bytes: usize,
    /// A connection without traffic and without a waiting request is closed after this
    /// (`connections.max.idle.ms`).
    pub max_idle: Duration,
    /// A connection that stops in the middle of a frame is closed after this.
    pub max_stall: Duration,
    /// Requests of one connection that may wait for their answers at once.
    pub pipelined_requests: usize,
    /// Bytes of the requests of one connection that may wait for their answers at once, or be
    /// read ahead of them; one request may always run, whatever its size.
    pub pipelined_bytes: usize,
    /// No further request starts while more bytes of answers than this are unsent.
    pub unsent_bytes: usize,
    /// Bytes of all receive buffers above which no buffer larger than 64 KiB is given out, except
    /// to one connection at a time, so that frames are completed one after the other
    /// (`queued.max.request.bytes`).
    pub receive_bytes: usize,
    /// How long a stopping server waits for answers to leave.
    pub drain: Duration,
}

impl Default for Limits {
    /// Apache Kafka's defaults where it has them.
    fn default() -> Self {
        Self {
            request_max_bytes: 100 * 1024 * 1024,
            max_idle: Duration::from_secs(600),
            // As long as clients wait for an answer by default: whoever sent half a frame has
            // given up on it by then.
            max_stall: Duration::from_secs(30),
            pipelined_requests: 64,
            pipelined_bytes: 8 * 1024 * 1024,
            unsent_bytes: 1024 * 1024,
            receive_bytes: 512 * 1024 * 1024,
            drain: Duration::from_secs(2),
        }
    }
}
