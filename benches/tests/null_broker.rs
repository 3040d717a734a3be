//! The load generator and the null broker hold each other to the protocol.

use std::{path::Path, time::Duration};

use ottla_benches::{
    contestant::{Contestant, Running},
    load::{self, Pace, Plan, Work},
};

fn start() -> Running {
    let binary = Path::new(env!("CARGO_BIN_EXE_null-broker")).to_path_buf();
    Contestant::Null(binary)
        .start(&std::env::temp_dir())
        .expect("it starts")
}

fn check(running: &Running, connections: u32, work: Work) {
    let plan = Plan {
        address: running.address,
        server_pid: Some(running.pid),
        topic: "t".to_owned(),
        partitions: 2,
        connections,
        work,
        warm_up: Duration::from_millis(50),
        duration: Duration::from_secs(20),
        byte_limit: 4 << 20,
    };
    let figures = load::run(&plan).expect("it runs");
    assert!(figures.bytes >= 4 << 20, "{figures}");
    assert!(figures.requests > 0 && !figures.latency.is_empty());
    assert!(
        figures
            .server
            .is_some_and(|server| server.resident > 100_000)
    );
}

#[test]
fn every_kind_of_load_is_answered() {
    let running = start();
    let produce = |batch, acks, pace| Work::Produce {
        batch,
        value: 1000,
        acks,
        pace,
    };
    check(&running, 1, produce(1, 1, Pace::Closed { in_flight: 1 }));
    check(&running, 3, produce(1, -1, Pace::Closed { in_flight: 64 }));
    check(
        &running,
        2,
        produce(128 << 10, 1, Pace::Closed { in_flight: 3 }),
    );
    check(&running, 2, produce(16 << 10, 1, Pace::Open { rate: 2000 }));
    for size in [64 << 10, 1 << 20] {
        check(
            &running,
            2,
            Work::Fetch {
                size,
                in_flight: 2,
                fill: 1 << 20,
            },
        );
    }
    running.stop();
}
