use std::io::IoSlice;

use ottla_types::{BrokerId, Offset};

use super::*;
use crate::fs::{Access, MemoryFileSystem, OsFileSystem, enumerate_crashes};

const SEEDS: u64 = 24;
const ROOT: &str = "/data/kafka";

fn open(fs: &MemoryFileSystem) -> Result<LogDirectory, DirectoryError> {
    LogDirectory::open(Arc::new(fs.clone()), Path::new(ROOT))
}

fn identity() -> Identity {
    Identity {
        cluster_id: "0Fk0ga06Tb2VoeKiDpcKAg".to_owned(),
        node_id: BrokerId(1),
    }
}

fn id(byte: u8) -> Uuid {
    Uuid([byte; 16])
}

fn formatted() -> MemoryFileSystem {
    let fs = MemoryFileSystem::new();
    open(&fs).unwrap().complete(&identity(), id(1)).unwrap();
    fs
}

fn offsets(offset: i64) -> PartitionOffsets {
    let partitions = (0..50).map(|index| TopicPartition::new("some-topic", index));
    partitions
        .map(|partition| (partition, Offset(offset)))
        .collect()
}

fn partition() -> TopicPartition {
    TopicPartition::new("a.b-c", 3)
}

/// What the scan finds, by name.
fn found(directory: &LogDirectory) -> Vec<(Role, String)> {
    let scan = directory.scan().unwrap();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let partitions = scan.partitions.iter();
    partitions
        .map(|found| (found.role, name(&found.path)))
        .collect()
}

fn put(fs: &dyn FileSystem, path: &Path, bytes: &[u8]) {
    let file = fs.open(path, Access::Create).unwrap();
    file.write_at(&[IoSlice::new(bytes)], 0).unwrap();
}

#[test]
fn an_opened_directory_survives_a_power_cut_with_its_identity_or_without_any() {
    enumerate_crashes(
        &MemoryFileSystem::new(),
        SEEDS,
        |fs| {
            let completed = open(fs).and_then(|mut it| it.complete(&identity(), id(1)));
            assert!(completed.is_ok() || fs.is_cut());
        },
        |left, point| {
            let mut directory = open(left).unwrap();
            let expected = MetaProperties::new(&identity(), id(1));
            match directory.meta_properties() {
                None => assert!(!point.completed, "{point:?}"),
                Some(properties) => assert_eq!(*properties, expected, "{point:?}"),
            }
            directory.complete(&identity(), id(1)).unwrap();
            assert_eq!(directory.meta_properties(), Some(&expected));
        },
    );
}

#[test]
fn replaced_properties_are_the_old_or_the_new() {
    let start = formatted();
    start.sync_all();
    let old = MetaProperties::new(&identity(), id(1));
    let new = MetaProperties::new(&identity(), id(2));
    enumerate_crashes(
        &start,
        SEEDS,
        |fs| drop(open(fs).and_then(|mut it| it.write_meta_properties(new.clone()))),
        |left, point| {
            let directory = open(left).unwrap();
            let properties = directory.meta_properties().unwrap();
            assert!(
                *properties == new || (*properties == old && !point.completed),
                "{point:?}"
            );
        },
    );
}

#[test]
fn directories_of_older_versions_get_an_id_and_keep_the_one_they_have() {
    let check = |text: &str, expected: Uuid| {
        let fs = formatted();
        let file = Path::new(ROOT).join(META_PROPERTIES);
        fs.replace(&file, text.as_bytes()).unwrap();
        let mut directory = open(&fs).unwrap();
        assert_eq!(directory.complete(&identity(), id(9)).unwrap(), expected);
        drop(directory);
        let completed = MetaProperties::new(&identity(), expected);
        assert_eq!(open(&fs).unwrap().meta_properties(), Some(&completed));
    };
    let cluster = identity().cluster_id;
    check(
        &format!("version=1\nnode.id=1\ncluster.id={cluster}\n"),
        id(9),
    );
    check(&format!("broker.id=1\ncluster.id={cluster}\n"), id(9));
    let own = format!("directory.id={}\n", id(4));
    check(&format!("broker.id=1\ncluster.id={cluster}\n{own}"), id(4));
}

#[test]
fn complete_properties_are_not_written_again() {
    let fs = formatted();
    let mut directory = open(&fs).unwrap();
    let before = fs.steps();
    assert_eq!(directory.complete(&identity(), id(9)).unwrap(), id(1));
    assert_eq!(fs.steps(), before);
}

#[test]
fn a_directory_in_use_is_refused_in_apache_kafkas_words() {
    let fs = formatted();
    let first = open(&fs).unwrap();
    assert_eq!(
        open(&fs).unwrap_err().to_string(),
        "Failed to acquire lock on file .lock in /data/kafka. A Kafka instance in another process \
         or thread is using this directory."
    );
    drop(first);
    open(&fs).unwrap();
}

#[test]
fn malformed_properties_and_files_in_the_way_are_refused() {
    let fs = formatted();
    let file = Path::new(ROOT).join(META_PROPERTIES);
    fs.replace(&file, b"version=7\n").unwrap();
    assert!(matches!(
        open(&fs),
        Err(DirectoryError::MetaProperties(
            MetaPropertiesError::UnknownVersion(7)
        ))
    ));
    let fs = MemoryFileSystem::new();
    fs.create_dir_all(Path::new("/data")).unwrap();
    put(&fs, Path::new(ROOT), b"");
    assert!(matches!(open(&fs), Err(DirectoryError::NotADirectory(_))));
}

#[test]
fn a_checkpoint_holds_the_old_offsets_or_the_new() {
    let start = formatted();
    let checkpoint = OffsetCheckpoint::RecoveryPoint;
    open(&start)
        .unwrap()
        .write_checkpoint(checkpoint, &offsets(1))
        .unwrap();
    start.sync_all();
    enumerate_crashes(
        &start,
        SEEDS,
        |fs| drop(open(fs).and_then(|it| it.write_checkpoint(checkpoint, &offsets(2)))),
        |left, point| {
            let read = open(left).unwrap().read_checkpoint(checkpoint).unwrap();
            assert!(
                read == offsets(2) || (read == offsets(1) && !point.completed),
                "{point:?}"
            );
        },
    );
}

#[test]
fn a_checkpoint_never_written_is_empty_and_a_malformed_one_an_error() {
    let fs = formatted();
    let directory = open(&fs).unwrap();
    let read = |checkpoint| directory.read_checkpoint(checkpoint);
    assert!(read(OffsetCheckpoint::LogStart).unwrap().is_empty());
    let file = Path::new(ROOT).join("replication-offset-checkpoint");
    put(&fs, &file, b"0\n1\nt 0\n");
    assert!(matches!(
        read(OffsetCheckpoint::HighWatermark),
        Err(DirectoryError::Text(TextFileError::CheckpointLine { .. }))
    ));
}

#[test]
fn checkpoints_survive_a_full_disk_and_go_on_when_there_is_space() {
    let fs = formatted();
    let directory = open(&fs).unwrap();
    let checkpoint = OffsetCheckpoint::HighWatermark;
    directory.write_checkpoint(checkpoint, &offsets(1)).unwrap();
    fs.limit_space(Some(0));
    assert!(directory.write_checkpoint(checkpoint, &offsets(2)).is_err());
    assert_eq!(directory.read_checkpoint(checkpoint).unwrap(), offsets(1));
    fs.limit_space(None);
    directory.write_checkpoint(checkpoint, &offsets(3)).unwrap();
    assert_eq!(directory.read_checkpoint(checkpoint).unwrap(), offsets(3));
}

#[test]
fn the_mark_of_a_clean_shutdown_is_there_once_it_was_written() {
    let start = formatted();
    start.sync_all();
    enumerate_crashes(
        &start,
        SEEDS,
        |fs| drop(open(fs).and_then(|it| it.mark_clean_shutdown(BrokerEpoch(14)))),
        |left, point| {
            let taken = open(left).unwrap().take_clean_shutdown().unwrap();
            let marked = taken == Some(BrokerEpoch(14));
            assert!(marked || (taken.is_none() && !point.completed), "{point:?}");
        },
    );
}

#[test]
fn the_mark_is_gone_from_the_disk_once_it_was_taken() {
    let start = formatted();
    open(&start)
        .unwrap()
        .mark_clean_shutdown(BrokerEpoch(14))
        .unwrap();
    start.sync_all();
    enumerate_crashes(
        &start,
        SEEDS,
        |fs| drop(open(fs).and_then(|it| it.take_clean_shutdown())),
        |left, point| {
            let directory = open(left).unwrap();
            let taken = directory.take_clean_shutdown().unwrap();
            assert!(taken.is_none() || !point.completed, "{point:?}");
            assert_eq!(directory.take_clean_shutdown().unwrap(), None);
        },
    );
}

#[test]
fn a_mark_that_cannot_be_removed_is_an_error() {
    for step in 0..2 {
        let fs = formatted();
        let directory = open(&fs).unwrap();
        directory.mark_clean_shutdown(BrokerEpoch(14)).unwrap();
        fs.fail_at(fs.steps() + step, io::ErrorKind::ReadOnlyFilesystem);
        assert!(directory.take_clean_shutdown().is_err(), "{step}");
    }
}

#[test]
fn an_empty_mark_is_one_without_an_epoch() {
    let fs = formatted();
    put(&fs, &Path::new(ROOT).join(CLEAN_SHUTDOWN), b"");
    let taken = open(&fs).unwrap().take_clean_shutdown().unwrap();
    assert_eq!(taken, Some(BrokerEpoch::NONE));
}

#[test]
fn a_scan_tells_partitions_from_everything_else() {
    let fs = formatted();
    let directory = open(&fs).unwrap();
    let names = [
        "a.b-c-3",
        "a.b-c-4.0123456789abcdef0123456789abcdef-future",
        "t-0.0123456789abcdef0123456789abcdef-delete",
        "t-1.0123456789abcdef0123456789abcdef-stray",
        "__cluster_metadata-0",
        "remote-log-index-cache",
        "lost+found",
        "t-x",
    ];
    for name in names {
        fs.create_dir_all(&Path::new(ROOT).join(name)).unwrap();
    }
    put(&fs, &Path::new(ROOT).join("file-0"), b"");
    let scan = directory.scan().unwrap();
    let roles: Vec<Role> = scan.partitions.iter().map(|found| found.role).collect();
    assert_eq!(
        roles,
        [Role::Current, Role::Future, Role::Deleted, Role::Stray]
    );
    assert_eq!(scan.partitions[0].partition, partition());
    assert_eq!(scan.metadata_log, Some(Path::new(ROOT).join(METADATA_LOG)));
    assert_eq!(scan.unknown, ["lost+found", "t-x"]);
    let removed = directory.finish_deletions().unwrap();
    assert_eq!(removed.len(), 1);
    let left = fs.read_dir(Path::new(ROOT)).unwrap();
    assert!(left.iter().any(|entry| entry.name == "lost+found"));
    assert!(
        !left
            .iter()
            .any(|entry| entry.name.to_string_lossy().ends_with("-delete"))
    );
}

#[test]
fn a_made_partition_has_its_topic_id_and_one_half_made_is_empty() {
    let start = formatted();
    start.sync_all();
    enumerate_crashes(
        &start,
        SEEDS,
        |fs| {
            let synced = open(fs).and_then(|it| {
                let made = it.create_partition(&partition(), id(5))?;
                it.sync_partition(&made)
            });
            assert!(synced.is_ok() || fs.is_cut());
        },
        |left, point| {
            let directory = open(left).unwrap();
            let path = directory.partition_path(&partition());
            let topic_id = match directory.scan().unwrap().partitions.as_slice() {
                [] => None,
                [found] => {
                    let topic_id = partition_metadata::read(left, &found.path).unwrap();
                    let is_unfinished = directory.is_unfinished(found).unwrap();
                    assert_eq!(is_unfinished, topic_id.is_none(), "{point:?}");
                    if is_unfinished {
                        directory.finish_partition(found, id(6)).unwrap();
                        let finished = partition_metadata::read(left, &found.path);
                        assert_eq!(finished.unwrap(), Some(id(6)));
                    }
                    topic_id
                }
                _ => unreachable!("one was made"),
            };
            assert!(
                topic_id == Some(id(5)) || (topic_id.is_none() && !point.completed),
                "{point:?}"
            );
            assert!(path.ends_with("a.b-c-3"));
        },
    );
}

#[test]
fn a_partition_for_which_there_was_no_space_is_made_when_there_is() {
    let fs = formatted();
    let directory = open(&fs).unwrap();
    let make = || directory.create_partition(&partition(), id(5));
    fs.limit_space(Some(fs.space_used()));
    assert!(matches!(make(), Err(DirectoryError::Io { .. })));
    fs.limit_space(None);
    let made = make().unwrap();
    let found = partition_metadata::read(&fs, &made.path);
    assert_eq!(found.unwrap(), Some(id(5)));
}

#[test]
fn a_partition_is_not_made_or_renamed_over_another() {
    let fs = formatted();
    let directory = open(&fs).unwrap();
    directory.create_partition(&partition(), id(5)).unwrap();
    let again = directory.create_partition(&partition(), id(6));
    assert!(matches!(again, Err(DirectoryError::Exists(_))));
    let future = directory
        .create_future_partition(&partition(), id(5), id(7))
        .unwrap();
    let promoted = directory.promote_future(&future);
    assert!(matches!(promoted, Err(DirectoryError::Exists(_))));
}

#[test]
fn a_future_partition_takes_the_place_of_the_current_one() {
    let fs = formatted();
    let directory = open(&fs).unwrap();
    let current = directory.create_partition(&partition(), id(5)).unwrap();
    let future = directory
        .create_future_partition(&partition(), id(5), id(7))
        .unwrap();
    let deleted = directory.mark_deleted(&current, id(8)).unwrap();
    let promoted = directory.promote_future(&future).unwrap();
    assert_eq!(
        (promoted.role, promoted.path),
        (Role::Current, current.path)
    );
    directory.remove(&deleted).unwrap();
    assert_eq!(found(&directory), [(Role::Current, "a.b-c-3".to_owned())]);
}

#[test]
fn a_marked_partition_is_there_under_its_old_name_or_its_new() {
    let start = formatted();
    let current = open(&start)
        .unwrap()
        .create_partition(&partition(), id(5))
        .unwrap();
    start.sync_all();
    for stray in [false, true] {
        enumerate_crashes(
            &start,
            SEEDS,
            |fs| {
                let marked = open(fs).and_then(|it| match stray {
                    true => it.mark_stray(&current, id(8)),
                    false => it.mark_deleted(&current, id(8)),
                });
                assert!(marked.is_ok() || fs.is_cut());
            },
            |left, point| {
                let found = open(left).unwrap().scan().unwrap().partitions;
                assert_eq!(found.len(), 1, "{point:?}");
                let new = if stray { Role::Stray } else { Role::Deleted };
                let role = found[0].role;
                assert!(
                    role == new || (role == Role::Current && !point.completed),
                    "{point:?}"
                );
                let topic_id = partition_metadata::read(left, &found[0].path).unwrap();
                assert_eq!(topic_id, Some(id(5)), "{point:?}");
            },
        );
    }
}

#[test]
fn a_removal_cut_short_is_finished_at_the_next_start() {
    let start = formatted();
    let directory = open(&start).unwrap();
    let current = directory.create_partition(&partition(), id(5)).unwrap();
    for name in ["00000000000000000000.log", "00000000000000000000.index"] {
        put(&start, &current.path.join(name), b"bytes");
    }
    let deleted = directory.mark_deleted(&current, id(8)).unwrap();
    drop(directory);
    start.sync_all();
    enumerate_crashes(
        &start,
        SEEDS,
        |fs| drop(open(fs).and_then(|it| it.remove(&deleted))),
        |left, point| {
            let directory = open(left).unwrap();
            let found = directory.scan().unwrap().partitions;
            assert!(
                found.iter().all(|found| found.role == Role::Deleted),
                "{point:?}"
            );
            assert!(found.is_empty() || !point.completed, "{point:?}");
            directory.finish_deletions().unwrap();
            assert!(directory.scan().unwrap().partitions.is_empty());
        },
    );
}

#[test]
fn only_what_is_marked_is_removed() {
    let fs = formatted();
    let directory = open(&fs).unwrap();
    let current = directory.create_partition(&partition(), id(5)).unwrap();
    let refused = directory.remove(&current);
    assert!(matches!(refused, Err(DirectoryError::NotDeleted(_))));
    let deleted = directory.mark_deleted(&current, id(8)).unwrap();
    directory.remove(&deleted).unwrap();
    // A second removal finds nothing left to do.
    directory.remove(&deleted).unwrap();
}

#[test]
fn the_longest_topic_can_be_deleted() {
    let temporary = tempfile::tempdir().unwrap();
    let directory = LogDirectory::open(Arc::new(OsFileSystem), temporary.path()).unwrap();
    let long = TopicPartition::new("t".repeat(249), 0);
    let current = directory.create_partition(&long, id(5)).unwrap();
    let deleted = directory.mark_deleted(&current, id(8)).unwrap();
    directory.remove(&deleted).unwrap();
    assert!(found(&directory).is_empty());
}

#[test]
fn a_real_directory_holds_what_was_written() {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("new/data");
    let fs: Arc<dyn FileSystem> = Arc::new(OsFileSystem);
    let mut directory = LogDirectory::open(Arc::clone(&fs), &path).unwrap();
    assert_eq!(directory.meta_properties(), None);
    directory.complete(&identity(), id(1)).unwrap();
    directory.create_partition(&partition(), id(5)).unwrap();
    for checkpoint in [
        OffsetCheckpoint::RecoveryPoint,
        OffsetCheckpoint::LogStart,
        OffsetCheckpoint::HighWatermark,
        OffsetCheckpoint::Cleaner,
    ] {
        directory.write_checkpoint(checkpoint, &offsets(7)).unwrap();
        assert_eq!(directory.read_checkpoint(checkpoint).unwrap(), offsets(7));
    }
    directory.mark_clean_shutdown(BrokerEpoch(3)).unwrap();
    assert!(matches!(
        LogDirectory::open(Arc::clone(&fs), &path),
        Err(DirectoryError::Locked(_))
    ));
    drop(directory);

    let directory = LogDirectory::open(fs, &path).unwrap();
    let properties = directory.meta_properties().unwrap();
    assert_eq!(*properties, MetaProperties::new(&identity(), id(1)));
    assert_eq!(
        directory.take_clean_shutdown().unwrap(),
        Some(BrokerEpoch(3))
    );
    assert_eq!(directory.take_clean_shutdown().unwrap(), None);
    assert_eq!(found(&directory), [(Role::Current, "a.b-c-3".to_owned())]);
}

#[test]
fn a_directory_that_is_gone_is_told_from_one_that_is_there() {
    let fs = formatted();
    let directory = open(&fs).unwrap();
    directory.check_present().unwrap();
    fs.remove_dir_all(Path::new(ROOT)).unwrap();
    let gone = directory.check_present().unwrap_err();
    assert!(gone.fault().is_some_and(|fault| !fault.is_no_space()));
}
