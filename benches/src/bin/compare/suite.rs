//! The workloads.

use ottla_benches::{
    contestant::{Contestant, Durability},
    load::{Pace, Work},
};

/// A load with a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Workload {
    /// What it is called in the tables; its topic has the same name.
    pub(crate) name: &'static str,
    /// Connections, each with a partition of its own.
    pub(crate) connections: u32,
    /// What they do.
    pub(crate) work: Work,
}

impl Workload {
    /// Whether it says anything about this contestant: syncing only shows with `acks=all`.
    pub(crate) fn is_for(&self, contestant: &Contestant) -> bool {
        let synced = matches!(
            contestant,
            Contestant::Ottla {
                durability: Durability::Synced,
                ..
            }
        );
        !synced || matches!(self.work, Work::Produce { acks: -1, .. })
    }
}

/// All of them. In-flight counts are those of Apache's clients (5 for a producer, 1 for a consumer),
/// but for the two that show what one request costs.
pub(crate) fn suite() -> Vec<Workload> {
    let closed = |in_flight| Pace::Closed { in_flight };
    let produce = |name, connections, batch: usize, acks, pace| Workload {
        name,
        connections,
        work: Work::Produce {
            batch,
            value: if batch <= 1024 && batch > 1 {
                100
            } else {
                1000
            },
            acks,
            pace,
        },
    };
    let fetch = |name, connections, size| Workload {
        name,
        connections,
        work: Work::Fetch {
            size,
            in_flight: 1,
            fill: 128 << 20,
        },
    };
    // A batch of at most one byte holds one record.
    let single = 1;
    vec![
        produce("single-1k", 1, single, 1, closed(1)),
        produce("single-1k-16-connections", 16, single, 1, closed(1)),
        produce("single-1k-pipelined", 1, single, 1, closed(64)),
        produce("produce-1k", 4, 1 << 10, 1, closed(5)),
        produce("produce-16k", 4, 16 << 10, 1, closed(5)),
        produce("produce-128k", 4, 128 << 10, 1, closed(5)),
        produce("produce-16k-all", 4, 16 << 10, -1, closed(5)),
        fetch("fetch-64k", 4, 64 << 10),
        fetch("fetch-1m", 2, 1 << 20),
        produce("open-16k", 4, 16 << 10, 1, Pace::Open { rate: 1000 }),
        produce("open-16k-all", 4, 16 << 10, -1, Pace::Open { rate: 1000 }),
    ]
}
