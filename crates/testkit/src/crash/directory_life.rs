//! The life of a log directory: formatting, identity, checkpoints, partitions that come and go, and
//! the mark of a clean shutdown.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use ottla_storage::{
    directory::{
        Identity, LogDirectory, META_PROPERTIES, OffsetCheckpoint, PartitionDirectory,
        PartitionOffsets, Role, partition_metadata,
    },
    fs::FileSystem,
};
use ottla_types::{BrokerEpoch, BrokerId, Offset, TopicId, TopicPartition, Uuid};

use super::{Disk, Promises, Scenario, check_untouched};

/// A value, or another while it is being replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Either<T>(Vec<T>);

impl<T: PartialEq> Either<T> {
    pub(super) fn of(value: T) -> Self {
        Self(vec![value])
    }

    /// It may become this.
    pub(super) fn begin(&mut self, value: T) {
        self.0.push(value);
    }

    /// It has become what it was to become last.
    pub(super) fn done(&mut self) {
        self.0.drain(..self.0.len() - 1);
    }

    /// What it has become.
    pub(super) fn now(self) -> T {
        let mut all = self.0;
        all.pop().expect("invariant: there is one at all times")
    }

    pub(super) fn allows(&self, value: &T) -> bool {
        self.0.contains(value)
    }
}

const CHECKPOINTS: [OffsetCheckpoint; 4] = [
    OffsetCheckpoint::RecoveryPoint,
    OffsetCheckpoint::LogStart,
    OffsetCheckpoint::HighWatermark,
    OffsetCheckpoint::Cleaner,
];

#[derive(Clone, Debug)]
pub(super) struct DirectoryPromise {
    cluster: Either<Option<String>>,
    checkpoints: BTreeMap<&'static str, Either<PartitionOffsets>>,
    /// Topic id of the current replica.
    partitions: BTreeMap<TopicPartition, Either<Option<TopicId>>>,
    /// Incarnations that must not come back.
    gone: BTreeSet<TopicId>,
    mark: Either<Option<BrokerEpoch>>,
}

impl Default for DirectoryPromise {
    fn default() -> Self {
        let none = |which: OffsetCheckpoint| (which.file_name(), Either::of(BTreeMap::new()));
        Self {
            cluster: Either::of(None),
            checkpoints: CHECKPOINTS.into_iter().map(none).collect(),
            partitions: BTreeMap::new(),
            gone: BTreeSet::new(),
            mark: Either::of(None),
        }
    }
}

/// The life.
#[derive(Debug)]
pub(super) struct DirectoryLife;

fn identity() -> Identity {
    Identity {
        cluster_id: "0Fk0ga06Tb2VoeKiDpcKAg".to_owned(),
        node_id: BrokerId(1),
    }
}

struct Life<'a> {
    directory: LogDirectory,
    promises: &'a Promises<DirectoryPromise>,
    unique: u8,
}

impl<'a> Life<'a> {
    fn open(fs: &Arc<dyn FileSystem>, promises: &'a Promises<DirectoryPromise>) -> Self {
        let mut directory =
            LogDirectory::open(Arc::clone(fs), Path::new("/disks/one")).expect("opened");
        let cluster = Some(identity().cluster_id);
        promises.change(|promise| promise.cluster.begin(cluster));
        let id = directory.complete(&identity(), Uuid([7; 16]));
        id.expect("formatted");
        promises.change(|promise| {
            promise.cluster.done();
            promise.mark.begin(None);
        });
        directory.take_clean_shutdown().expect("a mark, or none");
        promises.change(|promise| promise.mark.done());
        directory.finish_deletions().expect("removed");
        let life = Self {
            directory,
            promises,
            unique: 0,
        };
        for found in life.directory.scan().expect("a list").partitions {
            let owner = partition_metadata::read(&**fs, &found.path).expect("an id, or none");
            if found.role == Role::Current && owner.is_none() {
                let aside = life.directory.mark_stray(&found, Uuid([200; 16]));
                aside.expect("set aside");
            }
            if found.role == Role::Current {
                let settled = |promise: &mut DirectoryPromise| {
                    promise
                        .partitions
                        .insert(found.partition.clone(), Either::of(owner))
                };
                promises.change(settled);
            }
        }
        life
    }

    fn write(&self, which: OffsetCheckpoint, offsets: &[(&str, i64)]) {
        let offsets: PartitionOffsets = offsets
            .iter()
            .map(|(topic, offset)| (TopicPartition::new(*topic, 0), Offset(*offset)))
            .collect();
        let change = |change: &dyn Fn(&mut Either<PartitionOffsets>)| {
            self.promises.change(|promise| {
                let checkpoint = promise.checkpoints.get_mut(which.file_name());
                change(checkpoint.expect("a checkpoint"));
            });
        };
        change(&|checkpoint| checkpoint.begin(offsets.clone()));
        let written = self.directory.write_checkpoint(which, &offsets);
        written.expect("a checkpoint");
        change(&Either::done);
    }

    fn begin(&self, topic: &str, id: Option<TopicId>) {
        self.promises.change(|promise| {
            let partition = promise.partitions.entry(TopicPartition::new(topic, 0));
            partition.or_insert_with(|| Either::of(None)).begin(id);
        });
    }

    fn done(&self, topic: &str) {
        self.promises.change(|promise| {
            let partition = promise.partitions.get_mut(&TopicPartition::new(topic, 0));
            partition.expect("a partition").done();
        });
    }

    fn create(&self, topic: &str, id: u8) -> PartitionDirectory {
        let id = Uuid([id; 16]);
        self.begin(topic, Some(id));
        let partition = TopicPartition::new(topic, 0);
        let made = self.directory.create_partition(&partition, id);
        let made = made.expect("made");
        self.directory.sync_partition(&made).expect("synced");
        self.done(topic);
        made
    }

    fn next_unique(&mut self) -> Uuid {
        self.unique += 1;
        Uuid([self.unique; 16])
    }

    fn delete(&mut self, directory: &PartitionDirectory, id: u8) -> PartitionDirectory {
        let topic = directory.partition.topic.to_string();
        self.begin(&topic, None);
        let unique = self.next_unique();
        let marked = self.directory.mark_deleted(directory, unique);
        self.done(&topic);
        self.promises
            .change(|promise| promise.gone.insert(Uuid([id; 16])));
        marked.expect("marked")
    }

    fn mark(&self, epoch: i64) {
        let epoch = BrokerEpoch(epoch);
        self.promises
            .change(|promise| promise.mark.begin(Some(epoch)));
        self.directory.mark_clean_shutdown(epoch).expect("a mark");
        self.promises.change(|promise| promise.mark.done());
    }
}

fn put_files(fs: &dyn FileSystem, directory: &PartitionDirectory) {
    for name in ["00000000000000000000.log", "leader-epoch-checkpoint"] {
        let replaced = fs.replace(&directory.path.join(name), &[7; 600]);
        replaced.expect("a file");
    }
}

impl Scenario for DirectoryLife {
    type Promise = DirectoryPromise;

    fn name(&self) -> String {
        "log-directory".to_owned()
    }

    fn live(&self, fs: Arc<dyn FileSystem>, promises: &Promises<DirectoryPromise>, first: bool) {
        let mut life = Life::open(&fs, promises);
        if !first {
            life.write(OffsetCheckpoint::RecoveryPoint, &[("later", 9)]);
            life.mark(9);
            return;
        }
        let orders = life.create("orders", 1);
        put_files(&*fs, &orders);
        life.write(OffsetCheckpoint::RecoveryPoint, &[("orders", 5)]);
        life.write(OffsetCheckpoint::LogStart, &[("orders", 2)]);
        life.write(OffsetCheckpoint::HighWatermark, &[("orders", 6)]);
        let deleted = life.delete(&orders, 1);
        let orders = life.create("orders", 2);
        put_files(&*fs, &orders);
        life.directory.remove(&deleted).expect("removed");
        life.write(OffsetCheckpoint::Cleaner, &[("orders", 1), ("payments", 3)]);
        let payments = life.create("payments", 3);
        life.write(
            OffsetCheckpoint::RecoveryPoint,
            &[("orders", 7), ("payments", 8)],
        );
        life.mark(4);
        drop(life);

        let mut life = Life::open(&fs, promises);
        life.begin("payments", None);
        let unique = life.next_unique();
        life.directory.mark_stray(&payments, unique).expect("aside");
        life.done("payments");
        let unique = life.next_unique();
        let moved = TopicPartition::new("moved", 0);
        let made = life
            .directory
            .create_future_partition(&moved, Uuid([4; 16]), unique);
        let future = made.expect("made");
        life.directory.sync_partition(&future).expect("synced");
        put_files(&*fs, &future);
        life.begin("moved", Some(Uuid([4; 16])));
        let moved = life.directory.promote_future(&future).expect("promoted");
        life.done("moved");
        life.delete(&moved, 4);
        life.delete(&orders, 2);
        let finished = life.directory.finish_deletions();
        finished.expect("removed");
        life.create("orders", 5);
        life.mark(5);
    }

    fn check(&self, disk: &Disk, promise: &DirectoryPromise) {
        let fs = disk.file_system();
        look(&fs, promise);
        let again = disk.fork();
        let directory = LogDirectory::open(again.file_system(), Path::new("/disks/one"));
        let directory = directory.expect("opened again");
        assert_eq!(directory.take_clean_shutdown().expect("no mark"), None);
        directory.finish_deletions().expect("nothing to remove");
        check_untouched(disk.memory(), again.memory());
    }
}

/// Starts, and compares what is there with what was promised.
fn look(fs: &Arc<dyn FileSystem>, promise: &DirectoryPromise) {
    let directory = LogDirectory::open(Arc::clone(fs), Path::new("/disks/one"));
    let directory = directory.unwrap_or_else(|error| panic!("opening: {error}"));
    let cluster = directory.meta_properties();
    let cluster = cluster.and_then(|properties| properties.cluster_id.clone());
    assert!(
        promise.cluster.allows(&cluster),
        "{META_PROPERTIES} names cluster {cluster:?}, not one of {:?}",
        promise.cluster
    );
    let mark = directory.take_clean_shutdown().expect("a mark, or none");
    assert!(
        promise.mark.allows(&mark),
        "marked clean {mark:?}, not {:?}",
        promise.mark
    );
    for which in CHECKPOINTS {
        let name = which.file_name();
        let found = directory.read_checkpoint(which);
        let found = found.unwrap_or_else(|error| panic!("{error}"));
        let allowed = &promise.checkpoints[name];
        assert!(allowed.allows(&found), "{name}: {found:?}, not {allowed:?}");
    }
    directory.finish_deletions().expect("removed");
    let scan = directory.scan().expect("a list");
    assert!(scan.unknown.is_empty(), "{:?}", scan.unknown);
    let mut current = BTreeMap::new();
    for found in scan.partitions {
        let id = partition_metadata::read(&**fs, &found.path);
        let id = id.unwrap_or_else(|error| panic!("{error}"));
        assert_ne!(found.role, Role::Deleted, "{found:?}");
        if found.role == Role::Current && id.is_some() {
            assert!(!promise.gone.contains(&id.unwrap_or_default()), "{found:?}");
            current.insert(found.partition, id);
        }
    }
    for (partition, allowed) in &promise.partitions {
        let found = current.get(partition).copied().flatten();
        assert!(
            allowed.allows(&found),
            "{partition}: {found:?}, not {allowed:?}"
        );
    }
}
