//! What clients ask of a node in its life.

use std::{path::Path, sync::Arc, time::Duration};

use super::node_client::Client;
use crate::{batch, produce_request};

pub(super) fn a_first_start_and_its_first_records(mut client: Client<'_>) {
    client.create("orders", 1, "100000");
    client.produce("orders", &[(0, &["a", "b"])]);
    client.stop();
}

pub(super) fn records_of_several_partitions_and_producers(mut client: Client<'_>) {
    client.create("orders", 2, "100000");
    let mut sequence = client.node.init_producer();
    for round in 0..4 {
        let [a, b, c] = ["a", "b", "c"].map(|name| format!("{name}{round}"));
        client.produce("orders", &[(0, &[&a, &b]), (1, &[&c])]);
        client.produce_idempotent("orders", 1, &[&a, &c], &mut sequence);
        if round == 2 {
            client.checkpoint();
        }
    }
    client.more_partitions("orders", 3);
    client.produce("orders", &[(2, &["new"]), (0, &["last"])]);
    client.stop();
}

pub(super) fn committed_offsets(mut client: Client<'_>) {
    client.create("orders", 1, "100000");
    client.node.find_coordinator("g");
    for offset in 1..5 {
        client.commit("one", "orders", 0, offset);
        client.commit("two", "orders", 0, offset * 10);
        if offset == 2 {
            client.checkpoint();
        }
    }
    client.stop();
}

pub(super) fn deleted_and_expired_records(mut client: Client<'_>) {
    client.create("orders", 1, "100000");
    for value in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        client.produce("orders", &[(0, &[value, value])]);
    }
    client.delete_records("orders", 0, 5);
    client.checkpoint();
    client.produce("orders", &[(0, &["i"])]);
    client.set_retention("orders", "5000");
    client.expire("orders");
    client.checkpoint();
    client.produce("orders", &[(0, &["k", "l"])]);
    client.stop();
}

pub(super) fn a_topic_that_takes_the_name_of_a_deleted_one(mut client: Client<'_>) {
    client.create("orders", 1, "100000");
    client.node.find_coordinator("g");
    for value in ["a", "b", "c", "d"] {
        client.produce("orders", &[(0, &[value, value, value])]);
    }
    client.commit("one", "orders", 0, 9);
    client.delete_records("orders", 0, 11);
    client.checkpoint();
    client.delete("orders");
    client.create("orders", 1, "200000");
    client.produce("orders", &[(0, &["new"])]);
    client.produce("orders", &[(0, &["newer"])]);
    client
        .node
        .node()
        .directories()
        .remove_doomed()
        .expect("removed");
    client.commit("two", "orders", 0, 1);
    client.stop();
}

pub(super) fn later_starts(mut client: Client<'_>) {
    client.create("orders", 2, "100000");
    client.node.find_coordinator("g");
    let mut sequence = client.node.init_producer();
    client.produce("orders", &[(0, &["a", "b"]), (1, &["c"])]);
    client.commit("one", "orders", 0, 1);

    // After a clean stop.
    let mut client = client.restart();
    client.produce_idempotent("orders", 0, &["d"], &mut sequence);
    client.produce("orders", &[(1, &["e"])]);
    client.commit("one", "orders", 0, 2);

    // After a kill.
    let mut client = client.kill();
    client.produce_idempotent("orders", 0, &["f"], &mut sequence);
    client.produce("orders", &[(1, &["g"])]);
    client.stop();
}

pub(super) fn a_metadata_log_that_is_cut_behind_its_snapshots(mut client: Client<'_>) {
    for number in 0..12 {
        client.create(&format!("t{number}"), 1, "100000");
        client.node.advance(Duration::from_secs(61));
        if number % 3 == 2 {
            client.delete(&format!("t{number}"));
        }
    }
    let fs = Arc::clone(&client.fs);
    client.stop();
    let files = fs.read_dir(Path::new("/data/__cluster_metadata-0"));
    let names: Vec<_> = files
        .expect("a directory")
        .into_iter()
        .map(|file| file.name)
        .collect();
    assert!(
        !names.contains(&"00000000000000000000.log".into()),
        "{names:?}"
    );
    assert!(names.len() < 30, "{names:?}");
}

pub(super) fn two_log_directories(mut client: Client<'_>) {
    client.create("orders", 3, "100000");
    client.produce("orders", &[(0, &["a"]), (1, &["b"]), (2, &["c"])]);
    client.checkpoint();
    client.produce("orders", &[(0, &["d"]), (1, &["e"]), (2, &["f"])]);
    client.delete("orders");
    client.create("orders", 2, "100000");
    client.produce("orders", &[(0, &["g"]), (1, &["h"])]);
    client.stop();
}

pub(super) fn a_partition_that_is_moved_to_another_directory(mut client: Client<'_>) {
    client.create("orders", 1, "100000");
    client.produce("orders", &[(0, &["a", "b"])]);
    client.produce("orders", &[(0, &["c"])]);
    client.delete_records("orders", 0, 1);
    client.checkpoint();
    client.alter_log_dir("orders", 0, "/two");
    assert!(client.node.step_move().is_some());
    client.produce("orders", &[(0, &["d"])]);
    client.move_replicas();
    client.produce("orders", &[(0, &["e"])]);
    client.alter_log_dir("orders", 0, "/one");
    client.move_replicas();
    client.produce("orders", &[(0, &["f"])]);
    client.checkpoint();
    client.stop();
}

pub(super) fn starts_that_are_cut_short_themselves(mut client: Client<'_>) {
    client.create("orders", 1, "100000");
    client.node.find_coordinator("g");
    let mut sequence = client.node.init_producer();
    for value in ["a", "b", "c", "d"] {
        client.produce_idempotent("orders", 0, &[value, value], &mut sequence);
        client.commit("one", "orders", 0, sequence.next.into());
    }
    // What is not acknowledged and not synced makes recovery cut something off.
    client.promised(|promises| {
        let partition = Client::partition(promises, "orders", 0).expect("a partition");
        partition.sent.insert("unsynced".to_owned());
        partition.last = None;
    });
    let batches = [(0, batch(client.node.now().wall, &["unsynced"], None))];
    client.node.put(12, &produce_request(0, "orders", &batches));
    let mut client = client.kill();
    client.checkpoint();
    client.stop();
}

/// What is done after a power cut.
pub(super) fn go_on(mut client: Client<'_>) {
    client.move_replicas();
    let known = client.promised(|promise| promise.clone());
    for name in known.topics.keys() {
        if !known.unsure.contains(name) {
            client.produce(name, &[(0, &["later"])]);
        }
    }
    client.checkpoint();
    client.stop();
}
