use super::*;

const A: BrokerId = BrokerId(1);
const B: BrokerId = BrokerId(2);
const C: BrokerId = BrokerId(3);

/// A leader on broker 1 of replicas 1, 2, 3, all in sync and eligible with broker epoch 10 + id.
fn leader_of_three(settings: Settings) -> Leader {
    let mut leader = Leader::new(LeaderStart {
        local: A,
        leader_epoch: LeaderEpoch(4),
        partition_epoch: 7,
        replicas: vec![A, B, C],
        isr: vec![A, B, C],
        settings,
        ..LeaderStart::default()
    });
    for broker in [A, B, C] {
        leader.eligibility_changed(broker, Some(registration(broker)));
    }
    leader
}

fn registration(broker: BrokerId) -> BrokerEpoch {
    BrokerEpoch(10 + i64::from(broker.0))
}

fn kafka() -> Settings {
    Settings {
        sync_for_ack: false,
        ..Settings::default()
    }
}

fn fetch(broker: BrokerId, offset: i64) -> FollowerFetch {
    FollowerFetch {
        broker,
        broker_epoch: registration(broker),
        offset: Offset(offset),
        log_start: Offset(0),
    }
}

fn isr(leader: &Leader) -> Vec<i32> {
    leader.isr().map(|broker| broker.0).collect()
}

fn members(proposal: &IsrProposal) -> Vec<i32> {
    proposal.isr.iter().map(|(broker, _)| broker.0).collect()
}

#[test]
fn the_high_watermark_is_the_lowest_in_sync_end() {
    let mut leader = leader_of_three(kafka());
    assert_eq!(leader.appended(Offset(10), true), None);
    let now = Mono(1);
    assert_eq!(leader.follower_fetched(now, fetch(B, 10)), Ok(None));
    assert_eq!(
        leader.follower_fetched(now, fetch(C, 4)),
        Ok(Some(Offset(4)))
    );
    assert_eq!(
        leader.follower_fetched(now, fetch(C, 10)),
        Ok(Some(Offset(10)))
    );
    // A follower that went back (its disk was lost) does not take the watermark with it.
    assert_eq!(leader.follower_fetched(now, fetch(C, 2)), Ok(None));
    assert_eq!(leader.high_watermark(), Offset(10));
}

#[test]
fn only_appends_that_wait_for_the_disk_hold_the_watermark() {
    let mut leader = Leader::new(LeaderStart {
        local: A,
        replicas: vec![A],
        isr: vec![A],
        ..LeaderStart::default()
    });
    assert_eq!(leader.appended(Offset(5), false), Some(Offset(5)));
    assert_eq!(leader.appended(Offset(8), true), None);
    assert_eq!(leader.appended(Offset(9), false), None);
    assert_eq!(leader.synced(Offset(5)), None);
    assert_eq!(leader.synced(Offset(8)), Some(Offset(9)));
    // Switched to Kafka's meaning, what was held is let go.
    assert_eq!(leader.appended(Offset(12), true), None);
    assert_eq!(leader.settings_changed(kafka()), Some(Offset(12)));
    assert_eq!(leader.appended(Offset(13), true), Some(Offset(13)));
}

#[test]
fn a_new_leader_syncs_its_tail_before_it_counts() {
    let start = LeaderStart {
        local: A,
        replicas: vec![A],
        isr: vec![A],
        log_end: Offset(20),
        synced_end: Offset(15),
        high_watermark: Offset(10),
        ..LeaderStart::default()
    };
    let mut leader = Leader::new(start.clone());
    assert_eq!(leader.high_watermark(), Offset(15));
    assert_eq!(leader.synced(Offset(20)), Some(Offset(20)));

    let leader = Leader::new(LeaderStart {
        settings: kafka(),
        ..start
    });
    assert_eq!(leader.high_watermark(), Offset(20));
}

#[test]
fn waits_end_when_the_watermark_reaches_them() {
    let mut leader = leader_of_three(kafka());
    leader.appended(Offset(10), true);
    leader.wait(RequestToken(1), Offset(5));
    leader.wait(RequestToken(2), Offset(10));
    leader.wait(RequestToken(3), Offset(10));
    assert!(leader.forget(RequestToken(3)));
    assert!(!leader.forget(RequestToken(3)));
    leader.follower_fetched(Mono(1), fetch(B, 10)).unwrap();
    leader.follower_fetched(Mono(1), fetch(C, 5)).unwrap();
    assert_eq!(leader.completed(), [(RequestToken(1), Ok(()))]);
    leader.follower_fetched(Mono(1), fetch(C, 10)).unwrap();
    assert_eq!(leader.completed(), [(RequestToken(2), Ok(()))]);
    leader.wait(RequestToken(4), Offset(10));
    assert_eq!(leader.completed(), [(RequestToken(4), Ok(()))]);
    assert_eq!(leader.completed(), []);
}

#[test]
fn too_small_an_in_sync_set_refuses_and_holds() {
    let settings = Settings {
        min_insync_replicas: 2,
        ..kafka()
    };
    let mut leader = leader_of_three(settings);
    assert_eq!(leader.check_enough_replicas(), Ok(()));
    leader.appended(Offset(10), true);
    leader.wait(RequestToken(1), Offset(10));
    assert_eq!(leader.isr_changed(&[A], 8), None);
    assert_eq!(
        leader.check_enough_replicas(),
        Err(ErrorCode::NOT_ENOUGH_REPLICAS)
    );
    assert_eq!(leader.high_watermark(), Offset(0));
    assert_eq!(leader.completed(), []);
    // Nothing may wait below the watermark under the minimum and be told it is safe.
    leader.wait(RequestToken(2), Offset(0));
    assert_eq!(
        leader.completed(),
        [(
            RequestToken(2),
            Err(ErrorCode::NOT_ENOUGH_REPLICAS_AFTER_APPEND)
        )]
    );
    // The minimum never exceeds the number of replicas.
    leader.update(
        Mono(1),
        &LeaderUpdate {
            leader_epoch: LeaderEpoch(4),
            partition_epoch: 9,
            replicas: vec![A],
            isr: vec![A],
        },
    );
    assert_eq!(leader.high_watermark(), Offset(10));
    assert_eq!(leader.completed(), [(RequestToken(1), Ok(()))]);
}

#[test]
fn a_resigned_leader_fails_its_waits() {
    let mut leader = leader_of_three(kafka());
    leader.appended(Offset(10), true);
    leader.wait(RequestToken(1), Offset(10));
    leader.resign();
    let failed = Err(ErrorCode::NOT_LEADER_OR_FOLLOWER);
    assert_eq!(leader.completed(), [(RequestToken(1), failed)]);
    leader.wait(RequestToken(2), Offset(0));
    assert_eq!(leader.completed(), [(RequestToken(2), failed)]);
    assert_eq!(leader.check_enough_replicas(), failed);
    assert!(leader.follower_fetched(Mono(1), fetch(B, 10)).is_err());
    assert_eq!(leader.propose_isr(Mono::from_ms(100_000)), None);
}

#[test]
fn fetches_that_do_not_count() {
    let mut leader = leader_of_three(kafka());
    leader.appended(Offset(10), true);
    let stranger = fetch(BrokerId(9), 5);
    assert_eq!(
        leader.follower_fetched(Mono(1), stranger),
        Err(ErrorCode::UNKNOWN_LEADER_EPOCH)
    );
    assert_eq!(
        leader.follower_fetched(Mono(1), fetch(B, 11)),
        Err(ErrorCode::OFFSET_OUT_OF_RANGE)
    );
    leader.follower_fetched(Mono(1), fetch(B, 10)).unwrap();
    let before_reboot = FollowerFetch {
        broker_epoch: BrokerEpoch(3),
        ..fetch(B, 10)
    };
    assert_eq!(
        leader.follower_fetched(Mono(1), before_reboot),
        Err(ErrorCode::NOT_LEADER_OR_FOLLOWER)
    );
}

/// Broker 3 lags. The watermark must not pass it before the controller agrees that it left.
#[test]
fn a_lagging_follower_leaves_when_the_controller_agrees() {
    let mut leader = leader_of_three(kafka());
    leader.appended(Offset(10), true);
    leader
        .follower_fetched(Mono::from_ms(1), fetch(B, 10))
        .unwrap();
    assert_eq!(leader.propose_isr(Mono::from_ms(30_000)), None);
    let proposal = leader.propose_isr(Mono::from_ms(30_001)).unwrap();
    assert_eq!(members(&proposal), [1, 2]);
    assert_eq!(proposal.isr[1].1, registration(B));
    assert_eq!(
        (proposal.leader_epoch, proposal.partition_epoch),
        (LeaderEpoch(4), 7)
    );
    assert_eq!(leader.propose_isr(Mono::from_ms(40_000)), None);
    assert_eq!(leader.high_watermark(), Offset(0));
    assert_eq!(leader.isr_changed(&[A, B], 8), Some(Offset(10)));
    assert_eq!(isr(&leader), [1, 2]);
    // The same news by the metadata log changes nothing, older news neither.
    assert_eq!(leader.isr_changed(&[A, B], 8), None);
    assert_eq!(leader.isr_changed(&[A, B, C], 7), None);
    assert_eq!(isr(&leader), [1, 2]);
}

#[test]
fn a_follower_that_caught_up_joins_and_holds_the_watermark_at_once() {
    let mut leader = leader_of_three(kafka());
    leader.isr_changed(&[A, B], 8);
    leader.appended(Offset(10), true);
    let now = Mono::from_ms(50_000);
    leader.follower_fetched(now, fetch(B, 10)).unwrap();
    assert_eq!(leader.high_watermark(), Offset(10));
    leader.follower_fetched(now, fetch(C, 9)).unwrap();
    assert_eq!(leader.propose_isr(now), None);
    leader.follower_fetched(now, fetch(C, 10)).unwrap();

    // It may ask to join at once, so the watermark waits for it already.
    leader.appended(Offset(12), true);
    assert_eq!(leader.follower_fetched(now, fetch(B, 12)), Ok(None));

    let proposal = leader.propose_isr(now).unwrap();
    assert_eq!(members(&proposal), [1, 2, 3]);
    assert_eq!(leader.maximal_isr().collect::<Vec<_>>(), [A, B, C].to_vec());
    assert_eq!(
        leader.isr_refused(3, ErrorCode::INELIGIBLE_REPLICA),
        IsrRefusal::Stale
    );
    assert_eq!(
        leader.isr_refused(8, ErrorCode::NETWORK_EXCEPTION),
        IsrRefusal::Retry(proposal)
    );
    assert_eq!(
        leader.isr_refused(8, ErrorCode::FENCED_LEADER_EPOCH),
        IsrRefusal::AwaitMetadata
    );
    assert_eq!(leader.propose_isr(now), None);
    assert_eq!(
        leader.isr_refused(8, ErrorCode::INELIGIBLE_REPLICA),
        IsrRefusal::Dropped
    );
    // Fenced, it is neither waited for nor proposed.
    assert_eq!(leader.eligibility_changed(C, None), Some(Offset(12)));
    assert_eq!(leader.propose_isr(now), None);
}

/// The controller may accept what this leader would not propose any more.
#[test]
fn a_proposed_member_holds_the_watermark_until_the_proposal_is_settled() {
    let mut leader = leader_of_three(kafka());
    leader.isr_changed(&[A, B], 8);
    let now = Mono::from_ms(50_000);
    leader.follower_fetched(now, fetch(C, 0)).unwrap();
    assert!(leader.propose_isr(now).is_some());
    leader.eligibility_changed(C, None);
    leader.appended(Offset(10), true);
    assert_eq!(leader.follower_fetched(now, fetch(B, 10)), Ok(None));
    leader.isr_refused(8, ErrorCode::INELIGIBLE_REPLICA);
    assert_eq!(leader.high_watermark(), Offset(10));
}

#[test]
fn a_follower_that_never_joins_holds_the_watermark_for_the_lag_time_only() {
    let mut leader = leader_of_three(kafka());
    leader.isr_changed(&[A, B], 8);
    leader
        .follower_fetched(Mono::from_ms(1), fetch(C, 0))
        .unwrap();
    leader.appended(Offset(10), true);
    leader
        .follower_fetched(Mono::from_ms(2), fetch(B, 10))
        .unwrap();
    assert_eq!(leader.time_passed(Mono::from_ms(30_001)), None);
    assert_eq!(leader.time_passed(Mono::from_ms(30_002)), Some(Offset(10)));
}

/// Covers: KAFKA-7128, a replica that caught up only to what the previous epoch had committed.
#[test]
fn a_follower_joins_only_with_everything_from_before_the_epoch() {
    let mut leader = Leader::new(LeaderStart {
        local: A,
        leader_epoch: LeaderEpoch(4),
        replicas: vec![A, B, C],
        isr: vec![A, B],
        log_end: Offset(10),
        synced_end: Offset(10),
        high_watermark: Offset(5),
        ..LeaderStart::default()
    });
    leader.eligibility_changed(C, Some(registration(C)));
    leader.follower_fetched(Mono(1), fetch(C, 7)).unwrap();
    assert_eq!(leader.propose_isr(Mono(1)), None);
    leader.follower_fetched(Mono(1), fetch(C, 10)).unwrap();
    assert_eq!(members(&leader.propose_isr(Mono(1)).unwrap()), [1, 2, 3]);
}

#[test]
fn a_rebooted_follower_joins_only_with_the_registration_metadata_knows() {
    let mut leader = leader_of_three(kafka());
    leader.isr_changed(&[A, B], 8);
    leader.follower_fetched(Mono(1), fetch(C, 0)).unwrap();
    leader.eligibility_changed(C, Some(BrokerEpoch(99)));
    assert_eq!(leader.propose_isr(Mono(1)), None);
    let rebooted = FollowerFetch {
        broker_epoch: BrokerEpoch(99),
        ..fetch(C, 0)
    };
    leader.follower_fetched(Mono(1), rebooted).unwrap();
    let proposal = leader.propose_isr(Mono(1)).unwrap();
    assert_eq!(proposal.isr[2], (C, BrokerEpoch(99)));
}

#[test]
fn a_new_epoch_forgets_what_followers_had_but_keeps_the_waits() {
    let mut leader = leader_of_three(kafka());
    leader.appended(Offset(10), true);
    leader.follower_fetched(Mono(1), fetch(B, 10)).unwrap();
    leader.wait(RequestToken(1), Offset(10));
    let update = LeaderUpdate {
        leader_epoch: LeaderEpoch(5),
        partition_epoch: 8,
        replicas: vec![A, B],
        isr: vec![A, B],
    };
    assert_eq!(leader.update(Mono(2), &update), None);
    assert_eq!(leader.epoch_start(), Offset(10));
    assert_eq!(leader.high_watermark(), Offset(0));
    assert_eq!(
        leader.follower_fetched(Mono(3), fetch(B, 10)),
        Ok(Some(Offset(10)))
    );
    assert_eq!(leader.completed(), [(RequestToken(1), Ok(()))]);
    assert_eq!(
        leader.update(
            Mono(4),
            &LeaderUpdate {
                partition_epoch: 7,
                ..update
            }
        ),
        None
    );
    assert_eq!(leader.partition_epoch(), 8);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Step {
        Append { count: i64, waits: bool },
        Sync { back: i64 },
        Fetch { broker: i32, back: i64 },
        Propose,
        Commit,
        Refuse,
        Eligible { broker: i32, is: bool },
        Later { ms: u64 },
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            (1..5i64, any::<bool>()).prop_map(|(count, waits)| Step::Append { count, waits }),
            (0..5i64).prop_map(|back| Step::Sync { back }),
            (2..4i32, 0..5i64).prop_map(|(broker, back)| Step::Fetch { broker, back }),
            Just(Step::Propose),
            Just(Step::Commit),
            Just(Step::Refuse),
            (2..4i32, any::<bool>()).prop_map(|(broker, is)| Step::Eligible { broker, is }),
            (1..40_000u64).prop_map(|ms| Step::Later { ms }),
        ];
        prop::collection::vec(step, 1..60)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        /// I1 to I5, against what followers said and which appends asked for a sync.
        #[test]
        fn invariants_hold(steps in steps(), min in 1..4usize) {
            let settings = Settings { min_insync_replicas: min, ..Settings::default() };
            let mut leader = leader_of_three(settings);
            let mut now = Mono(0);
            let mut waiting: Vec<(i64, i64)> = Vec::new();
            let mut ends: BTreeMap<BrokerId, Offset> = BTreeMap::new();
            let mut open: Option<IsrProposal> = None;
            for step in steps {
                let before = leader.high_watermark();
                let end = leader.log_end();
                match step {
                    Step::Append { count, waits } => {
                        if waits { waiting.push((end.0, end.0 + count)); }
                        leader.appended(end.plus(count), waits);
                    }
                    Step::Sync { back } => {
                        leader.synced(end.plus(-back));
                        waiting.retain(|range| range.1 > leader.synced_end().0);
                    }
                    Step::Fetch { broker, back } => {
                        let offset = (end.0 - back).max(0);
                        leader.follower_fetched(now, fetch(BrokerId(broker), offset)).unwrap();
                        ends.insert(BrokerId(broker), Offset(offset));
                    }
                    Step::Propose => open = leader.propose_isr(now).or(open),
                    Step::Commit => if let Some(proposal) = open.take() {
                        let isr: Vec<_> = proposal.isr.iter().map(|member| member.0).collect();
                        leader.isr_changed(&isr, proposal.partition_epoch + 1);
                    },
                    Step::Refuse => if let Some(proposal) = open.take() {
                        leader.isr_refused(proposal.partition_epoch, ErrorCode::INELIGIBLE_REPLICA);
                    },
                    Step::Eligible { broker, is } => {
                        let broker = BrokerId(broker);
                        leader.eligibility_changed(broker, is.then(|| registration(broker)));
                    }
                    Step::Later { ms } => now = Mono(now.0 + ms * 1_000_000),
                }
                leader.check_invariants();
                let after = leader.high_watermark();
                prop_assert!(after >= before, "I2");
                if after > before {
                    prop_assert!(leader.isr().count() >= min, "I4");
                    for member in leader.maximal_isr().filter(|member| *member != A) {
                        prop_assert!(ends.get(&member).is_some_and(|end| *end >= after), "I3");
                    }
                    let synced = leader.synced_end().0;
                    for (start, end) in &waiting {
                        prop_assert!(after.0 <= (*start).max(synced.min(*end)), "I5");
                    }
                }
                for member in leader.isr() {
                    prop_assert!(leader.maximal_isr().any(|maximal| maximal == member), "I3");
                }
            }
        }
    }
}
