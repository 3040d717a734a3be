//! The life of a whole node that has what it acknowledges on disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ottla_config::BrokerConfig;
use ottla_storage::fs::FileSystem;
use ottla_types::{Now, TopicId};

use super::{
    Disk, Ended, Promises, Scenario, node_check, node_client::Client, node_scripts as scripts,
};
use crate::{Sequence, config};

/// What clients were promised, and what they asked for and were not yet answered.
#[derive(Clone, Debug, Default)]
pub(super) struct NodePromise {
    pub(super) topics: BTreeMap<String, Topic>,
    pub(super) deleted: BTreeSet<TopicId>,
    pub(super) offsets: BTreeMap<(String, String, i32), Vec<i64>>,
    /// Topics that are being created, changed or deleted.
    pub(super) unsure: BTreeSet<String>,
    pub(super) now: Now,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Topic {
    pub(super) id: TopicId,
    pub(super) retention_ms: Vec<String>,
    pub(super) partitions: Vec<Partition>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Partition {
    pub(super) acknowledged: BTreeMap<i64, String>,
    /// Values that were sent; each is acknowledged, or may be there or not.
    pub(super) sent: BTreeSet<String>,
    /// Records before this may be gone.
    pub(super) start: i64,
    /// The last batch of an idempotent producer, and the offset it was given.
    pub(super) last: Option<(Sequence, Vec<String>, i64)>,
}

impl Partition {
    pub(super) fn acknowledge(&mut self, base_offset: i64, values: &[&str]) {
        for (offset, value) in (base_offset..).zip(values) {
            self.acknowledged.insert(offset, (*value).to_owned());
        }
    }
}

pub(super) fn node_config(has_two_directories: bool) -> BrokerConfig {
    let dirs = if has_two_directories {
        "/one,/two"
    } else {
        "/data"
    };
    config(&[
        ("log.dirs", dirs),
        ("metadata.log.max.record.bytes.between.snapshots", "3000"),
        ("internal.metadata.log.segment.bytes", "1500"),
        ("metadata.max.retention.bytes", "4000"),
    ])
}

/// A life.
#[derive(Debug)]
pub(super) struct NodeLife {
    name: &'static str,
    has_two_directories: bool,
    script: fn(Client<'_>),
}

impl Scenario for NodeLife {
    type Promise = NodePromise;

    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn live(
        &self,
        fs: Arc<dyn FileSystem>,
        promises: &Promises<NodePromise>,
        is_first: bool,
    ) -> Result<(), Ended> {
        let client = Client::start(fs, promises, self.has_two_directories);
        if is_first {
            (self.script)(client);
        } else {
            scripts::go_on(client);
        }
        Ok(())
    }

    /// Of that there is a life of its own.
    fn fails_in(&self) -> Option<&'static str> {
        None
    }

    fn cost(&self) -> u8 {
        8
    }

    fn check(&self, disk: &Disk, promise: &NodePromise) {
        node_check::check(disk, promise, self.has_two_directories);
    }
}

/// All of them.
pub(super) fn lives() -> Vec<NodeLife> {
    let life = |name, script| NodeLife {
        name,
        has_two_directories: false,
        script,
    };
    let with_two = |name, script| NodeLife {
        has_two_directories: true,
        ..life(name, script)
    };
    vec![
        life(
            "node-first-start",
            scripts::a_first_start_and_its_first_records,
        ),
        life(
            "node-records",
            scripts::records_of_several_partitions_and_producers,
        ),
        life("node-offsets", scripts::committed_offsets),
        life("node-deleted-records", scripts::deleted_and_expired_records),
        life(
            "node-recreated-topic",
            scripts::a_topic_that_takes_the_name_of_a_deleted_one,
        ),
        life("node-later-starts", scripts::later_starts),
        life(
            "node-metadata-snapshots",
            scripts::a_metadata_log_that_is_cut_behind_its_snapshots,
        ),
        with_two("node-two-directories", scripts::two_log_directories),
        with_two(
            "node-moved-partition",
            scripts::a_partition_that_is_moved_to_another_directory,
        ),
        life(
            "node-starts-cut-short",
            scripts::starts_that_are_cut_short_themselves,
        ),
    ]
}
