//! The life of a node one of whose log directories fails, or is full.

use std::{path::Path, sync::Arc};

use ottla_storage::fs::FileSystem;
use ottla_types::ErrorCode;

use super::{
    Disk, Ended, Kind, Promises, Scenario, node_check, node_client::Client, node_life::NodePromise,
};

/// The life. The metadata log is in the other directory.
#[derive(Debug)]
pub(super) struct FailingDirectory;

const FAILING: &str = "/two";
/// In turn in the one and in the other directory.
const TOPICS: [&str; 4] = ["a", "b", "c", "d"];
/// Goes over to the directory that fails.
const MOVED: &str = "a";

/// More than a move takes.
const STEPS: usize = 20;

impl Scenario for FailingDirectory {
    type Promise = NodePromise;

    fn name(&self) -> String {
        "node-failing-directory".to_owned()
    }

    fn live(
        &self,
        fs: Arc<dyn FileSystem>,
        promises: &Promises<NodePromise>,
        _is_first: bool,
    ) -> Result<(), Ended> {
        let start = || Client::try_start(Arc::clone(&fs), promises, true);
        let mut client = match start() {
            Err(_) if promises.fault().is_some() => {
                promises.heal();
                start().expect("a start once the disk is well")
            }
            started => started.expect("a start"),
        };
        let is_there = |client: &Client<'_>, topic: &str| {
            let image = client.node.node().image();
            image.topics().by_name(topic).is_some()
        };
        if TOPICS.iter().any(|topic| is_there(&client, topic)) {
            // After a power cut.
            return Ok(());
        }
        for topic in TOPICS {
            client.create(topic, 1, "100000");
        }
        for round in 0..3 {
            produce_to_each(&mut client, round);
            // The others have theirs.
            client.node.checkpoint().ok();
            if round == 0 {
                client.try_alter_log_dir(MOVED, 0, FAILING);
                // Without space it waits, as long as that takes.
                let step = |_| client.node.step_move();
                drop((0..STEPS).map_while(step).find(Result::is_err));
            }
        }
        if promises.fault() == Some(Kind::NoSpace) {
            promises.heal();
            // What could not be made for lack of space is made at the next start.
            if TOPICS.iter().any(|topic| !is_in(&client, topic, "/")) {
                client = client.kill();
            }
            for topic in TOPICS {
                let code = produce(&mut client, topic, "with space");
                assert!(code.is_none(), "{topic}: {code:?}");
            }
        }
        // Not in good order, if a directory failed.
        client.node.stop().ok();
        Ok(())
    }

    fn fails_in(&self) -> Option<&'static str> {
        Some(FAILING)
    }

    fn cost(&self) -> u8 {
        4
    }

    fn check(&self, disk: &Disk, promise: &NodePromise) {
        node_check::check(disk, promise, true);
    }
}

fn produce(client: &mut Client<'_>, topic: &str, value: &str) -> ErrorCode {
    let answers = client.try_send(topic, &[(0, &[value])], None);
    answers.first().copied().expect("an answer")
}

/// What lies in the directory that is well is taken; of the other everything, or nothing from the first
/// log on that failed.
fn produce_to_each(client: &mut Client<'_>, round: usize) {
    for topic in TOPICS {
        // The metadata has one that is moved in the other directory before it is there.
        let is_moving = round > 0 && topic == MOVED;
        let is_well = is_in(client, topic, "/one") && !is_moving;
        let code = produce(client, topic, &format!("{topic}{round}"));
        assert!(
            code.is_none() || (!is_well && code == ErrorCode::KAFKA_STORAGE_ERROR),
            "{topic} (in the directory that is well: {is_well}): {code:?}"
        );
    }
    let partitions = client.node.node().all_partitions();
    let has_failed = partitions.iter().any(|partition| {
        let log = partition.log();
        log.dir().starts_with(FAILING) && log.fault().is_some()
    });
    for topic in TOPICS {
        if has_failed && is_in(client, topic, FAILING) {
            let code = produce(client, topic, "lost");
            assert_eq!(code, ErrorCode::KAFKA_STORAGE_ERROR, "{topic}");
        }
    }
}

fn is_in(client: &Client<'_>, topic: &str, directory: &str) -> bool {
    let partitions = client.node.node().all_partitions();
    partitions.iter().any(|partition| {
        *partition.name().topic == *topic && partition.log().dir().starts_with(Path::new(directory))
    })
}
