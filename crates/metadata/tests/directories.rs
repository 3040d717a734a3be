//! Log directories of brokers: where replicas are, and what happens when a directory fails.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use ottla_metadata::{
    AssignReplicasToDirs, CreateTopics, DirectoryAssignment, MetadataVersion, NewTopic, Partition,
};
use ottla_types::{BrokerEpoch, BrokerId, ErrorCode, PartitionIndex, TopicId, Uuid};
use support::{World, registration};

const OTHER: Uuid = Uuid([77; 16]);

/// Two brokers with two directories each, and a topic with one partition on both.
fn world() -> (World, TopicId) {
    let mut world = World::new(MetadataVersion::LATEST, &[]);
    for id in [1, 2] {
        let mut request = registration(id, 0);
        request.log_dirs.push(second(id));
        world.decide(request).reply.unwrap();
        world.heartbeat(id).reply.unwrap();
    }
    let topic = NewTopic {
        name: "t".to_owned(),
        num_partitions: 1,
        replication_factor: 2,
        ..NewTopic::default()
    };
    let topics = vec![topic];
    let validate_only = false;
    world.decide(CreateTopics {
        topics,
        validate_only,
    });
    let id = world.image().topics().by_name("t").unwrap().id;
    (world, id)
}

fn second(broker: i32) -> Uuid {
    Uuid([50 + u8::try_from(broker).unwrap(); 16])
}

fn partition(world: &World) -> Partition {
    let topic = world.image().topics().by_name("t").unwrap();
    topic.partition(PartitionIndex(0)).unwrap().clone()
}

fn assign(
    world: &mut World,
    broker: i32,
    assignments: &[(TopicId, i32, Uuid)],
) -> Vec<Result<(), ErrorCode>> {
    let command = AssignReplicasToDirs {
        broker: BrokerId(broker),
        broker_epoch: world.broker(broker).epoch,
        assignments: assignments
            .iter()
            .map(|(topic_id, index, directory)| DirectoryAssignment {
                topic_id: *topic_id,
                partition: PartitionIndex(*index),
                directory: *directory,
            })
            .collect(),
    };
    world.decide(command).reply.unwrap()
}

#[test]
fn a_replica_is_where_its_broker_says() {
    let (mut world, topic) = world();
    assert_eq!(
        partition(&world).directories,
        [Uuid::UNASSIGNED_DIR, Uuid::UNASSIGNED_DIR]
    );
    let before = partition(&world);
    assert_eq!(assign(&mut world, 2, &[(topic, 0, second(2))]), [Ok(())]);
    let after = partition(&world);
    assert_eq!(after.directory_of(BrokerId(2)), Some(second(2)));
    assert_eq!(after.directory_of(BrokerId(1)), Some(Uuid::UNASSIGNED_DIR));
    assert_eq!(after.leader_epoch, before.leader_epoch, "nobody else leads");
    assert_eq!(after.isr, before.isr);

    let records = world.next_offset();
    assert_eq!(assign(&mut world, 2, &[(topic, 0, second(2))]), [Ok(())]);
    assert_eq!(world.next_offset(), records, "that was known");

    let unknown = [(Uuid([9; 16]), 0, second(2)), (topic, 5, second(2))];
    assert_eq!(
        assign(&mut world, 2, &unknown),
        [
            Err(ErrorCode::UNKNOWN_TOPIC_ID),
            Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)
        ]
    );
    world.start_brokers([3]);
    assert_eq!(
        assign(&mut world, 3, &[(topic, 0, Uuid([3; 16]))]),
        [Err(ErrorCode::NOT_LEADER_OR_FOLLOWER)]
    );
    let stale = AssignReplicasToDirs {
        broker: BrokerId(1),
        broker_epoch: BrokerEpoch(0),
        assignments: Vec::new(),
    };
    let refusal = world.decide(stale).reply.unwrap_err();
    assert_eq!(refusal.code, ErrorCode::STALE_BROKER_EPOCH);
}

#[test]
fn a_directory_that_fails_gives_up_its_leaders() {
    let (mut world, topic) = world();
    let leader = partition(&world).leader.unwrap();
    assign(&mut world, leader.0, &[(topic, 0, second(leader.0))]);
    let mut heartbeat = world.heartbeat_of(leader.0);
    heartbeat.offline_log_dirs = vec![second(leader.0), OTHER];
    world.decide(heartbeat).reply.unwrap();
    let after = partition(&world);
    assert_ne!(after.leader, Some(leader));
    assert_eq!(after.isr, [after.leader.unwrap()]);
    assert!(!world.broker(leader.0).has_online_dir(second(leader.0)));
}

#[test]
fn a_replica_found_in_a_failed_directory_leads_nothing() {
    let (mut world, topic) = world();
    let leader = partition(&world).leader.unwrap();
    assert_eq!(assign(&mut world, leader.0, &[(topic, 0, OTHER)]), [Ok(())]);
    let after = partition(&world);
    assert_ne!(after.leader, Some(leader));
    assert!(!after.isr.contains(&leader));
    assert_eq!(after.directory_of(leader), Some(OTHER));
}
