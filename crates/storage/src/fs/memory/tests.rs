use super::*;

fn create(fs: &MemoryFileSystem, path: &str) -> Arc<dyn File> {
    fs.open(Path::new(path), Access::Create).unwrap()
}

fn write(file: &Arc<dyn File>, bytes: &[u8], offset: u64) {
    file.write_at(&[IoSlice::new(bytes)], offset).unwrap();
}

fn read(fs: &MemoryFileSystem, path: &str) -> Option<Vec<u8>> {
    fs.read(Path::new(path)).ok()
}

fn names(fs: &MemoryFileSystem, path: &str) -> Vec<String> {
    let entries = fs.read_dir(Path::new(path)).unwrap();
    entries
        .into_iter()
        .map(|entry| entry.name.into_string().unwrap())
        .collect()
}

#[test]
fn bytes_survive_only_after_a_sync_and_names_only_after_that_of_the_directory() {
    let fs = MemoryFileSystem::new();
    let file = create(&fs, "/a");
    write(&file, b"old", 0);
    file.sync_data().unwrap();
    assert_eq!(read(&fs.crash(Crash::LoseUnsynced), "/a"), None);
    fs.sync_dir(Path::new("/")).unwrap();
    write(&file, b"new bytes", 0);
    assert_eq!(read(&fs.crash(Crash::LoseUnsynced), "/a").unwrap(), b"old");
    assert_eq!(read(&fs.crash(Crash::KeepAll), "/a").unwrap(), b"new bytes");
    file.sync_data().unwrap();
    assert_eq!(
        read(&fs.crash(Crash::LoseUnsynced), "/a").unwrap(),
        b"new bytes"
    );
}

#[test]
fn a_name_whose_bytes_were_not_synced_is_empty() {
    let fs = MemoryFileSystem::new();
    write(&create(&fs, "/a"), b"bytes", 0);
    fs.sync_dir(Path::new("/")).unwrap();
    assert_eq!(read(&fs.crash(Crash::LoseUnsynced), "/a").unwrap(), b"");
}

#[test]
fn mixtures_tear_zero_and_keep_whole_what_was_not_synced() {
    let fs = MemoryFileSystem::new();
    let file = create(&fs, "/a");
    write(&file, &[1; 1000], 0);
    fs.sync_all();
    write(&file, &[2; 2000], 500);
    let states: Vec<Vec<u8>> = (0..200)
        .map(|seed| read(&fs.crash(Crash::Mixed(seed)), "/a").unwrap())
        .collect();
    assert!(states.iter().all(|bytes| bytes[..500] == [1; 500]));
    assert!(states.iter().any(|bytes| bytes == &[1; 1000]));
    assert!(
        states
            .iter()
            .any(|bytes| bytes.len() == 2500 && bytes[500..] == [2; 2000])
    );
    let torn = |bytes: &&Vec<u8>| (1001..2500).contains(&bytes.len());
    assert!(states.iter().any(|bytes| torn(&bytes)));
    let zeroed = |bytes: &&Vec<u8>| bytes.len() == 2500 && bytes[2048..] == [0; 452];
    assert!(states.iter().any(|bytes| zeroed(&bytes)));
}

#[test]
fn mixtures_keep_any_names_but_never_half_a_rename() {
    let fs = MemoryFileSystem::new();
    create(&fs, "/from");
    fs.sync_all();
    create(&fs, "/other");
    fs.rename(Path::new("/from"), Path::new("/to")).unwrap();
    let seen = |crash: fn(u64) -> Crash| {
        let states = (0..64).map(|seed| names(&fs.crash(crash(seed)), "/"));
        states.collect::<std::collections::BTreeSet<_>>()
    };
    let all = [
        vec!["from"],
        vec!["from", "other"],
        vec!["other", "to"],
        vec!["to"],
    ];
    assert!(seen(Crash::Mixed).into_iter().eq(all));
    let ordered = [vec!["from"], vec!["from", "other"], vec!["other", "to"]];
    assert!(seen(Crash::Ordered).into_iter().eq(ordered));
}

#[test]
fn the_same_seed_leaves_the_same_state() {
    let fs = MemoryFileSystem::new();
    for index in 0..20 {
        write(&create(&fs, &format!("/{index}")), &[index; 3000], 0);
    }
    let left = |seed| {
        let left = fs.crash(Crash::Mixed(seed));
        let names = names(&left, "/");
        names
            .into_iter()
            .map(|name| (read(&left, &name), name))
            .collect::<Vec<_>>()
    };
    assert_eq!(left(7), left(7));
    assert_ne!(left(7), left(8));
}

#[test]
fn a_power_cut_ends_everything_at_its_step() {
    let fs = MemoryFileSystem::new();
    fs.cut_power_at(2);
    let file = create(&fs, "/a");
    write(&file, b"abc", 0);
    assert!(!fs.is_cut());
    assert!(file.write_at(&[IoSlice::new(b"def")], 3).is_err());
    assert!(fs.is_cut());
    assert!(file.len().is_err());
    assert!(fs.read_dir(Path::new("/")).is_err());
    assert_eq!(read(&fs.crash(Crash::KeepAll), "/a").unwrap(), b"abc");
}

#[test]
fn a_failed_step_fails_once_and_a_failed_write_leaves_half() {
    let fs = MemoryFileSystem::new();
    let file = create(&fs, "/a");
    fs.fail_at(fs.steps(), io::ErrorKind::TimedOut);
    let failed = file.write_at(&[IoSlice::new(b"abcdef")], 0).unwrap_err();
    assert_eq!(failed.kind(), io::ErrorKind::TimedOut);
    assert_eq!(read(&fs, "/a").unwrap(), b"abc");
    write(&file, b"abcdef", 0);
    assert_eq!(read(&fs, "/a").unwrap(), b"abcdef");
}

#[test]
fn a_failed_sync_loses_the_bytes_even_when_the_next_one_succeeds() {
    let fs = MemoryFileSystem::new();
    let file = create(&fs, "/a");
    fs.sync_all();
    write(&file, b"lost", 0);
    fs.fail_sync();
    assert!(file.sync_data().is_err());
    file.sync_data().unwrap();
    assert_eq!(read(&fs, "/a").unwrap(), b"lost");
    assert_eq!(read(&fs.crash(Crash::KeepAll), "/a").unwrap(), b"");
}

#[test]
fn a_full_disk_takes_what_fits_and_gives_back_what_is_removed() {
    let fs = MemoryFileSystem::new();
    let file = create(&fs, "/a");
    write(&create(&fs, "/b"), &[0; 6], 0);
    fs.limit_space(Some(10));
    let full = file.write_at(&[IoSlice::new(b"abcdef")], 0).unwrap_err();
    assert_eq!(full.kind(), io::ErrorKind::StorageFull);
    assert_eq!(read(&fs, "/a").unwrap(), b"abcd");
    write(&file, b"efgh", 0);
    let full = file.allocate(0, 5).unwrap_err();
    assert_eq!(full.kind(), io::ErrorKind::StorageFull);
    file.set_len(0).unwrap();
    file.allocate(0, 4).unwrap();
    fs.limit_space(None);
    write(&file, b"abcdef", 0);
}

#[test]
fn removed_files_stay_readable_while_they_are_open_and_are_dropped_after() {
    let fs = MemoryFileSystem::new();
    let kept = create(&fs, "/kept");
    write(&kept, b"abc", 0);
    fs.remove_file(Path::new("/kept")).unwrap();
    for index in 0..1000 {
        let path = format!("/{index}");
        write(&create(&fs, &path), b"abc", 0);
        fs.remove_file(Path::new(&path)).unwrap();
        fs.sync_dir(Path::new("/")).unwrap();
    }
    let mut bytes = Vec::new();
    kept.read_at(&mut bytes, 10, 1).unwrap();
    assert_eq!(bytes, b"bc");
    // What is no longer named takes no space.
    fs.limit_space(Some(1000));
    write(&create(&fs, "/new"), &[0; 100], 0);
}

#[test]
fn directories_are_made_listed_moved_and_removed_step_by_step() {
    let fs = MemoryFileSystem::new();
    fs.set_now_ms(7);
    fs.create_dir_all(Path::new("/d/e")).unwrap();
    fs.create_dir_all(Path::new("/d/e")).unwrap();
    create(&fs, "/d/e/f");
    create(&fs, "/d/g");
    assert_eq!(names(&fs, "/d"), ["e", "g"]);
    assert_eq!(fs.metadata(Path::new("/d")).unwrap().modified_ms, 7);
    fs.rename(Path::new("/d"), Path::new("/x")).unwrap();
    assert!(read(&fs, "/x/e/f").is_some());
    let before = fs.steps();
    fs.remove_dir_all(Path::new("/x")).unwrap();
    assert_eq!(fs.steps() - before, 4);
    assert!(fs.read_dir(Path::new("/")).unwrap().is_empty());
    assert_eq!(
        fs.metadata(Path::new("/x")).unwrap_err().kind(),
        io::ErrorKind::NotFound
    );
}

#[test]
fn refuses_what_an_operating_system_refuses() {
    let fs = MemoryFileSystem::new();
    fs.create_dir_all(Path::new("/d/e")).unwrap();
    create(&fs, "/f");
    let kind = |result: io::Result<()>| result.unwrap_err().kind();
    let open = |path: &str, access| fs.open(Path::new(path), access).map(|_| ());
    let rename = |from: &str, to: &str| fs.rename(Path::new(from), Path::new(to));
    assert_eq!(kind(open("/g", Access::Read)), io::ErrorKind::NotFound);
    assert_eq!(kind(open("/g", Access::Write)), io::ErrorKind::NotFound);
    assert_eq!(kind(open("/g/h", Access::Create)), io::ErrorKind::NotFound);
    assert_eq!(
        kind(open("/f/h", Access::Create)),
        io::ErrorKind::NotADirectory
    );
    assert_eq!(
        kind(open("/f", Access::CreateNew)),
        io::ErrorKind::AlreadyExists
    );
    assert_eq!(kind(open("/d", Access::Read)), io::ErrorKind::IsADirectory);
    assert_eq!(kind(rename("/f", "/d")), io::ErrorKind::IsADirectory);
    assert_eq!(kind(rename("/d", "/f")), io::ErrorKind::NotADirectory);
    assert_eq!(kind(rename("/d", "/d/e/x")), io::ErrorKind::InvalidInput);
    assert_eq!(kind(rename("/g", "/h")), io::ErrorKind::NotFound);
    assert_eq!(
        kind(fs.remove_file(Path::new("/d"))),
        io::ErrorKind::IsADirectory
    );
    assert_eq!(
        kind(fs.create_dir_all(Path::new("/f/d"))),
        io::ErrorKind::NotADirectory
    );
    let reader = fs.open(Path::new("/f"), Access::Read).unwrap();
    assert_eq!(kind(reader.set_len(1)), io::ErrorKind::PermissionDenied);
}

#[test]
fn replacing_a_file_leaves_the_old_bytes_or_the_new() {
    let start = MemoryFileSystem::new();
    let path = Path::new("/d/file");
    start.create_dir_all(Path::new("/d")).unwrap();
    start.replace(path, &[1; 1500]).unwrap();
    start.sync_all();
    let steps = enumerate_crashes(
        &start,
        32,
        |fs| drop(fs.replace(path, &[2; 1600])),
        |left, point| {
            let bytes = left.read(path).unwrap();
            let new = bytes == [2; 1600];
            assert!(new || (bytes == [1; 1500] && !point.completed), "{point:?}");
            // A temporary file that was left behind does not stand in the way.
            left.replace(path, b"next").unwrap();
            assert_eq!(left.read(path).unwrap(), b"next");
        },
    );
    assert_eq!(steps, 5);
}

#[test]
fn replacing_a_file_survives_an_error_at_every_step() {
    let path = Path::new("/file");
    for step in 0..5 {
        let fs = MemoryFileSystem::new();
        fs.replace(path, b"old").unwrap();
        fs.fail_at(fs.steps() + step, io::ErrorKind::StorageFull);
        let failed = fs.replace(path, b"new").is_err();
        let bytes = fs.read(path).unwrap();
        // After the rename only the sync of the directory is missing.
        assert!(bytes == b"old" || step == 4 || !failed, "{step}");
        fs.replace(path, b"next").unwrap();
        assert_eq!(fs.read(path).unwrap(), b"next");
    }
}

#[test]
fn a_second_lock_is_refused_until_the_first_is_dropped() {
    let fs = MemoryFileSystem::new();
    let path = Path::new("/.lock");
    let first = fs.lock(path).unwrap();
    assert_eq!(fs.lock(path).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    drop(first);
    fs.lock(path).unwrap();
}

#[test]
fn reads_fail_while_they_are_told_to() {
    let fs = MemoryFileSystem::new();
    write(&create(&fs, "/a"), b"abc", 0);
    fs.fail_reads(true);
    assert!(fs.read(Path::new("/a")).is_err());
    fs.fail_reads(false);
    assert_eq!(read(&fs, "/a").unwrap(), b"abc");
}

#[test]
fn names_outlive_a_failed_sync_of_their_directory_until_a_power_cut() {
    let fs = MemoryFileSystem::new();
    create(&fs, "/a");
    fs.fail_sync();
    assert!(fs.sync_dir(Path::new("/")).is_err());
    assert_eq!(names(&fs, "/"), ["a"]);
    assert!(names(&fs.crash(Crash::LoseUnsynced), "/").is_empty());
    fs.sync_dir(Path::new("/")).unwrap();
    assert_eq!(names(&fs.crash(Crash::LoseUnsynced), "/"), ["a"]);
}

#[test]
fn crashes_and_forks_leave_the_original_alone() {
    let fs = MemoryFileSystem::new();
    let file = create(&fs, "/a");
    write(&file, b"abc", 0);
    let lock = fs.lock(Path::new("/.lock")).unwrap();
    fs.limit_space(Some(3));
    let (crashed, forked) = (fs.crash(Crash::KeepAll), fs.fork());
    for copy in [&crashed, &forked] {
        assert_eq!(copy.steps(), 0);
        copy.lock(Path::new("/.lock")).unwrap();
        write(&create(copy, "/a"), b"abcdef", 0);
    }
    // A fork knows what is not synced, what is left of a crash is all on disk.
    assert!(read(&forked.crash(Crash::LoseUnsynced), "/a").is_none());
    assert_eq!(
        read(&crashed.crash(Crash::LoseUnsynced), "/a").unwrap(),
        b"abc"
    );
    assert_eq!(read(&fs, "/a").unwrap(), b"abc");
    drop(lock);
}

#[test]
fn moves_between_directories_survive_in_each_directory_that_was_synced() {
    let fs = MemoryFileSystem::new();
    for directory in ["/from", "/to"] {
        fs.create_dir_all(Path::new(directory)).unwrap();
    }
    create(&fs, "/from/a");
    fs.sync_all();
    fs.rename(Path::new("/from/a"), Path::new("/to/a")).unwrap();
    fs.sync_dir(Path::new("/to")).unwrap();
    let left = fs.crash(Crash::LoseUnsynced);
    assert_eq!(
        (names(&left, "/from"), names(&left, "/to")),
        (vec!["a".into()], vec!["a".into()])
    );
    fs.sync_dir(Path::new("/from")).unwrap();
    assert!(names(&fs.crash(Crash::LoseUnsynced), "/from").is_empty());
}
