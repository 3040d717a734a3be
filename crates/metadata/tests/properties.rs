//! Whatever is asked of the controller: replay gives its state, and so does a snapshot.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use ottla_metadata::{
    AllocateProducerIds, AlterPartitions, ConfigChange, ConfigOperation, ConfigResource,
    CreatePartitions, CreateTopics, DeleteTopics, ElectLeaders, ElectionKind, Image,
    IncrementalAlterConfigs, IsrMember, IsrProposal, MetadataVersion, MorePartitions, NewTopic,
    TopicSelector, UnregisterBroker, topic_changes,
};
use ottla_types::{BrokerEpoch, BrokerId, PartitionIndex, Uuid};
use proptest::prelude::*;
use support::{World, registration, through_snapshot};

/// Something that happens to a cluster.
#[derive(Clone, Debug)]
enum Event {
    Register {
        broker: i32,
        incarnation: u8,
        is_clean: bool,
    },
    Heartbeat {
        broker: i32,
        want_fence: bool,
        want_shut_down: bool,
        lags: bool,
    },
    DirFails {
        broker: i32,
    },
    Unregister {
        broker: i32,
    },
    Create {
        topic: u8,
        partitions: i32,
        replicas: i16,
    },
    Delete {
        topic: u8,
    },
    MorePartitions {
        topic: u8,
        count: i32,
    },
    SetMinIsr {
        topic: u8,
        value: u8,
    },
    SetUnclean {
        topic: u8,
        value: bool,
    },
    Isr {
        topic: u8,
        partition: i32,
        mask: u8,
    },
    Elect {
        is_unclean: bool,
    },
    ProducerIds {
        broker: i32,
    },
    Wait {
        seconds: u64,
    },
}

fn event() -> impl Strategy<Value = Event> {
    let broker = 1..5i32;
    let topic = 0..4u8;
    prop_oneof![
        2 => (broker.clone(), 0..4u8, any::<bool>())
            .prop_map(|(broker, incarnation, is_clean)| Event::Register { broker, incarnation, is_clean }),
        6 => (broker.clone(), prop::bool::weighted(0.1), prop::bool::weighted(0.2), prop::bool::weighted(0.1))
            .prop_map(|(broker, want_fence, want_shut_down, lags)| {
                Event::Heartbeat { broker, want_fence, want_shut_down, lags }
            }),
        1 => broker.clone().prop_map(|broker| Event::DirFails { broker }),
        1 => broker.clone().prop_map(|broker| Event::Unregister { broker }),
        4 => (topic.clone(), 1..4i32, 1..4i16)
            .prop_map(|(topic, partitions, replicas)| Event::Create { topic, partitions, replicas }),
        1 => topic.clone().prop_map(|topic| Event::Delete { topic }),
        1 => (topic.clone(), 1..6i32).prop_map(|(topic, count)| Event::MorePartitions { topic, count }),
        1 => (topic.clone(), 1..4u8).prop_map(|(topic, value)| Event::SetMinIsr { topic, value }),
        1 => (topic.clone(), any::<bool>()).prop_map(|(topic, value)| Event::SetUnclean { topic, value }),
        4 => (topic, 0..3i32, any::<u8>())
            .prop_map(|(topic, partition, mask)| Event::Isr { topic, partition, mask }),
        1 => any::<bool>().prop_map(|is_unclean| Event::Elect { is_unclean }),
        1 => broker.prop_map(|broker| Event::ProducerIds { broker }),
        2 => (1..12u64).prop_map(|seconds| Event::Wait { seconds }),
    ]
}

fn name(topic: u8) -> String {
    format!("topic-{topic}")
}

fn alter(topic: u8, key: &str, value: String) -> IncrementalAlterConfigs {
    let change = ConfigChange {
        name: key.to_owned(),
        operation: ConfigOperation::Set,
        value: Some(value),
    };
    IncrementalAlterConfigs {
        resources: vec![(ConfigResource::topic(name(topic)), vec![change])],
        refused: Vec::new(),
        validate_only: false,
    }
}

/// The in-sync set of the replicas that the mask picks, proposed by the leader.
fn proposal(world: &World, topic: u8, partition: i32, mask: u8) -> Option<AlterPartitions> {
    let topic = world.image().topics().by_name(&name(topic))?;
    let state = topic.partition(PartitionIndex(partition))?;
    let leader = state.leader?;
    let picked = (0..)
        .zip(&state.replicas)
        .filter(|(bit, id)| **id == leader || mask >> bit & 1 == 1);
    let isr = picked.map(|(_, id)| IsrMember {
        broker: *id,
        epoch: BrokerEpoch::NONE,
    });
    Some(AlterPartitions {
        broker: leader,
        broker_epoch: world.image().cluster().broker(leader)?.epoch,
        partitions: vec![IsrProposal {
            topic_id: topic.id,
            partition: PartitionIndex(partition),
            leader_epoch: state.leader_epoch,
            partition_epoch: state.partition_epoch,
            isr: isr.collect(),
            leader_recovery_state: 0,
        }],
    })
}

#[expect(clippy::too_many_lines, reason = "one arm per event")]
fn happen(world: &mut World, event: Event) {
    match event {
        Event::Register {
            broker,
            incarnation,
            is_clean,
        } => {
            let mut request = registration(broker, incarnation);
            request
                .log_dirs
                .push(Uuid([50 + u8::try_from(broker).unwrap(); 16]));
            if let Some(before) = world
                .image()
                .cluster()
                .broker(BrokerId(broker))
                .filter(|_| is_clean)
            {
                request.previous_broker_epoch = before.epoch;
            }
            world.decide(request);
        }
        Event::Heartbeat {
            broker,
            want_fence,
            want_shut_down,
            lags,
        } => {
            let mut heartbeat = world.heartbeat_of(broker);
            heartbeat.want_fence = want_fence;
            heartbeat.want_shut_down = want_shut_down;
            heartbeat.cordoned_log_dirs = Some(vec![]);
            if lags {
                heartbeat.metadata_offset = ottla_types::Offset(0);
            }
            world.decide(heartbeat);
        }
        Event::DirFails { broker } => {
            let mut heartbeat = world.heartbeat_of(broker);
            heartbeat.offline_log_dirs = vec![Uuid([u8::try_from(broker).unwrap(); 16])];
            world.decide(heartbeat);
        }
        Event::Unregister { broker } => {
            world.decide(UnregisterBroker {
                broker: BrokerId(broker),
            });
        }
        Event::Create {
            topic,
            partitions,
            replicas,
        } => {
            let topic = NewTopic {
                name: name(topic),
                num_partitions: partitions,
                replication_factor: replicas,
                ..NewTopic::default()
            };
            world.decide(CreateTopics {
                topics: vec![topic],
                validate_only: false,
            });
        }
        Event::Delete { topic } => {
            let selector = TopicSelector {
                name: Some(name(topic)),
                ..TopicSelector::default()
            };
            world.decide(DeleteTopics {
                topics: vec![selector],
            });
        }
        Event::MorePartitions { topic, count } => {
            let topic = MorePartitions {
                name: name(topic),
                count,
                assignments: None,
            };
            world.decide(CreatePartitions {
                topics: vec![topic],
                validate_only: false,
            });
        }
        Event::SetMinIsr { topic, value } => {
            world.decide(alter(topic, "min.insync.replicas", value.to_string()));
        }
        Event::SetUnclean { topic, value } => {
            world.decide(alter(
                topic,
                "unclean.leader.election.enable",
                value.to_string(),
            ));
        }
        Event::Isr {
            topic,
            partition,
            mask,
        } => {
            if let Some(proposal) = proposal(world, topic, partition, mask) {
                world.decide(proposal);
            }
        }
        Event::Elect { is_unclean } => {
            let kind = if is_unclean {
                ElectionKind::Unclean
            } else {
                ElectionKind::Preferred
            };
            world.decide(ElectLeaders { kind, topics: None });
        }
        Event::ProducerIds { broker } => {
            let broker_epoch = world.heartbeat_of(broker).broker_epoch;
            world.decide(AllocateProducerIds {
                broker: BrokerId(broker),
                broker_epoch,
            });
        }
        Event::Wait { seconds } => {
            world.advance(Duration::from_secs(seconds));
        }
    }
}

/// Applying the differences between two images to the old topics gives the new ones.
fn check_changes(old: &Image, new: &Image) {
    let changes = topic_changes(old, new);
    let mut topics: std::collections::BTreeMap<_, _> = old
        .topics()
        .partitions()
        .map(|(topic, index, p)| ((topic.id, index), p.clone()))
        .collect();
    for topic in &changes.removed {
        topics.retain(|(id, _), _| *id != topic.id);
    }
    for (topic, index) in &changes.changed {
        topics.insert((topic.id, *index), topic.partition(*index).unwrap().clone());
    }
    let expected = new
        .topics()
        .partitions()
        .map(|(topic, index, p)| ((topic.id, index), p.clone()));
    assert_eq!(topics, expected.collect());
}

fn version() -> impl Strategy<Value = MetadataVersion> {
    prop_oneof![
        3 => Just(MetadataVersion::LATEST),
        1 => Just(MetadataVersion(25)),
        1 => Just(MetadataVersion(21)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn replay_and_snapshot_give_the_controllers_state(
        version in version(),
        events in prop::collection::vec(event(), 1..60),
    ) {
        let mut world = World::new(version, &[]);
        let mut before = world.image().clone();
        for (number, event) in events.into_iter().enumerate() {
            happen(&mut world, event);
            check_changes(&before, world.image());
            if number % 7 == 0 {
                before = world.image().clone();
            }
        }
        prop_assert_eq!(&world.replayed(), world.image());
        prop_assert_eq!(&through_snapshot(world.image()), world.image());
    }
}
