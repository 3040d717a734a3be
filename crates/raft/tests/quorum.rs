//! Quorums of one, three and five under message loss, delays, cuts, crashes and snapshots.

mod simulation;

use std::time::Duration;

use proptest::prelude::*;
use simulation::{Trouble, World};

/// Trouble for a while, then peace: nothing committed was lost, and the quorum goes on.
fn check(seed: u64, voters: i32, observers: i32, trouble: Trouble) {
    let mut world = World::new(seed, voters, observers, trouble);
    world.run_for(Duration::from_secs(20));
    world.heal();
    world.run_for(Duration::from_secs(15));
    assert!(world.agreed_leader().is_some(), "no leader, seed {seed}");
    let before = world.committed();
    world.run_for(Duration::from_secs(5));
    assert!(world.committed() > before, "nothing commits, seed {seed}");
    assert!(
        world.lowest_high_watermark() > before,
        "a node stays behind, seed {seed}"
    );
}

fn trouble() -> impl Strategy<Value = Trouble> {
    (0..40u64, 1..200u64, any::<bool>()).prop_map(|(loss, delay_ms, crashes)| Trouble {
        loss,
        delay_ms,
        crashes,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn three_voters_and_an_observer(seed: u64, trouble in trouble()) {
        check(seed, 3, 1, trouble);
    }

    #[test]
    fn five_voters(seed: u64, trouble in trouble()) {
        check(seed, 5, 0, trouble);
    }

    #[test]
    fn one_voter_and_an_observer(seed: u64, trouble in trouble()) {
        check(seed, 1, 1, trouble);
    }

    #[test]
    fn two_voters(seed: u64, trouble in trouble()) {
        check(seed, 2, 0, trouble);
    }
}

#[test]
fn a_quiet_quorum_keeps_its_leader() {
    let quiet = Trouble {
        loss: 0,
        delay_ms: 10,
        crashes: false,
    };
    let mut world = World::new(7, 3, 1, quiet);
    world.run_for(Duration::from_secs(5));
    let leader = world.agreed_leader();
    assert!(leader.is_some());
    world.run_for(Duration::from_secs(60));
    assert_eq!(world.agreed_leader(), leader);
    assert_eq!(world.elections(), 1);
    assert!(world.committed() > 600);
}
