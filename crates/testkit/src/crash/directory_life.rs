//! The life of a log directory: formatting, identity, checkpoints, partitions that come and go, and
//! the mark of a clean shutdown.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use ottla_storage::{
    directory::{
        DirectoryError, Identity, LogDirectory, META_PROPERTIES, OffsetCheckpoint,
        PartitionDirectory, PartitionOffsets, Role, partition_metadata,
    },
    fs::FileSystem,
};
use ottla_types::{BrokerEpoch, BrokerId, Offset, TopicId, TopicPartition, Uuid};

use super::{Disk, Ended, Promises, Scenario, disk::check_untouched};

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
    fn open(
        fs: &Arc<dyn FileSystem>,
        promises: &'a Promises<DirectoryPromise>,
    ) -> Result<Self, Ended> {
        let at = Path::new("/disks/one");
        let mut directory = promises.attempt(|| LogDirectory::open(Arc::clone(fs), at))?;
        let cluster = Some(identity().cluster_id);
        promises.change(|promise| promise.cluster.begin(cluster));
        promises.attempt(|| directory.complete(&identity(), Uuid([7; 16])))?;
        promises.change(|promise| {
            promise.cluster.done();
            promise.mark.begin(None);
        });
        promises.attempt(|| directory.take_clean_shutdown())?;
        promises.change(|promise| promise.mark.done());
        promises.attempt(|| directory.finish_deletions())?;
        let life = Self {
            directory,
            promises,
            unique: 0,
        };
        for found in promises.attempt(|| life.directory.scan())?.partitions {
            let owner = promises.attempt(|| partition_metadata::read(&**fs, &found.path))?;
            if found.role == Role::Current && owner.is_none() {
                life.attempt(|directory| directory.mark_stray(&found, Uuid([200; 16])))?;
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
        Ok(life)
    }

    fn attempt<T>(
        &self,
        call: impl Fn(&LogDirectory) -> Result<T, DirectoryError>,
    ) -> Result<T, Ended> {
        self.promises.attempt(|| call(&self.directory))
    }

    fn write(&self, which: OffsetCheckpoint, offsets: &[(&str, i64)]) -> Result<(), Ended> {
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
        self.attempt(|directory| directory.write_checkpoint(which, &offsets))?;
        change(&Either::done);
        Ok(())
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

    fn create(&self, topic: &str, id: u8) -> Result<PartitionDirectory, Ended> {
        let id = Uuid([id; 16]);
        self.begin(topic, Some(id));
        let partition = TopicPartition::new(topic, 0);
        let made = self.attempt(|directory| directory.create_partition(&partition, id))?;
        self.attempt(|directory| directory.sync_partition(&made))?;
        self.done(topic);
        Ok(made)
    }

    fn next_unique(&mut self) -> Uuid {
        self.unique += 1;
        Uuid([self.unique; 16])
    }

    fn delete(
        &mut self,
        directory: &PartitionDirectory,
        id: u8,
    ) -> Result<PartitionDirectory, Ended> {
        let topic = directory.partition.topic.to_string();
        self.begin(&topic, None);
        let unique = self.next_unique();
        let marked = self.attempt(|all| all.mark_deleted(directory, unique))?;
        self.done(&topic);
        self.promises
            .change(|promise| promise.gone.insert(Uuid([id; 16])));
        Ok(marked)
    }

    fn mark(&self, epoch: i64) -> Result<(), Ended> {
        let epoch = BrokerEpoch(epoch);
        self.promises
            .change(|promise| promise.mark.begin(Some(epoch)));
        self.attempt(|directory| directory.mark_clean_shutdown(epoch))?;
        self.promises.change(|promise| promise.mark.done());
        Ok(())
    }

    fn put_files(&self, fs: &dyn FileSystem, directory: &PartitionDirectory) -> Result<(), Ended> {
        for name in ["00000000000000000000.log", "leader-epoch-checkpoint"] {
            let path = directory.path.join(name);
            self.promises.attempt(|| fs.replace(&path, &[7; 600]))?;
        }
        Ok(())
    }
}

impl Scenario for DirectoryLife {
    type Promise = DirectoryPromise;

    fn name(&self) -> String {
        "log-directory".to_owned()
    }

    fn live(
        &self,
        fs: Arc<dyn FileSystem>,
        promises: &Promises<DirectoryPromise>,
        first: bool,
    ) -> Result<(), Ended> {
        let mut life = Life::open(&fs, promises)?;
        if !first {
            life.write(OffsetCheckpoint::RecoveryPoint, &[("later", 9)])?;
            return life.mark(9);
        }
        let orders = life.create("orders", 1)?;
        life.put_files(&*fs, &orders)?;
        life.write(OffsetCheckpoint::RecoveryPoint, &[("orders", 5)])?;
        life.write(OffsetCheckpoint::LogStart, &[("orders", 2)])?;
        life.write(OffsetCheckpoint::HighWatermark, &[("orders", 6)])?;
        let deleted = life.delete(&orders, 1)?;
        let orders = life.create("orders", 2)?;
        life.put_files(&*fs, &orders)?;
        life.attempt(|directory| directory.remove(&deleted))?;
        life.write(OffsetCheckpoint::Cleaner, &[("orders", 1), ("payments", 3)])?;
        let payments = life.create("payments", 3)?;
        life.write(
            OffsetCheckpoint::RecoveryPoint,
            &[("orders", 7), ("payments", 8)],
        )?;
        life.mark(4)?;
        drop(life);

        let mut life = Life::open(&fs, promises)?;
        life.begin("payments", None);
        let unique = life.next_unique();
        life.attempt(|directory| directory.mark_stray(&payments, unique))?;
        life.done("payments");
        let unique = life.next_unique();
        let moved = TopicPartition::new("moved", 0);
        let future =
            life.attempt(|all| all.create_future_partition(&moved, Uuid([4; 16]), unique))?;
        life.attempt(|directory| directory.sync_partition(&future))?;
        life.put_files(&*fs, &future)?;
        life.begin("moved", Some(Uuid([4; 16])));
        let moved = life.attempt(|directory| directory.promote_future(&future))?;
        life.done("moved");
        life.write(OffsetCheckpoint::HighWatermark, &[("moved", 3)])?;
        life.delete(&moved, 4)?;
        life.delete(&orders, 2)?;
        life.attempt(LogDirectory::finish_deletions)?;
        life.create("orders", 5)?;
        life.mark(5)
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
