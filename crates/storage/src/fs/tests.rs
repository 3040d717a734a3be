//! What every file system must do, tried on each.

use super::*;

fn on_each(check: fn(&dyn FileSystem, &Path)) {
    let temporary = tempfile::tempdir().unwrap();
    check(&OsFileSystem, temporary.path());
    check(&MemoryFileSystem::new(), Path::new("/"));
}

fn write(file: &Arc<dyn File>, parts: &[&[u8]], offset: u64) {
    let parts: Vec<IoSlice<'_>> = parts.iter().map(|part| IoSlice::new(part)).collect();
    file.write_at(&parts, offset).unwrap();
}

fn kind<T>(result: io::Result<T>) -> Option<io::ErrorKind> {
    result.err().map(|error| error.kind())
}

#[test]
fn files_are_written_read_cut_and_extended_anywhere() {
    on_each(|fs, root| {
        let path = root.join("file");
        let file = fs.open(&path, Access::CreateNew).unwrap();
        assert!(file.is_empty().unwrap());
        write(&file, &[b"ab", b"", b"cd"], 2);
        assert_eq!(fs.read(&path).unwrap(), b"\0\0abcd");
        write(&file, &[b"AB"], 2);
        let mut bytes = b"x".to_vec();
        assert_eq!(file.read_at(&mut bytes, 3, 3).unwrap(), 3);
        assert_eq!(bytes, b"xBcd");
        assert_eq!(file.read_at(&mut bytes, 0, 0).unwrap(), 0);
        file.set_len(3).unwrap();
        file.set_len(5).unwrap();
        assert_eq!(fs.read(&path).unwrap(), b"\0\0A\0\0");
        file.allocate(0, 4096).unwrap();
        file.sync_data().unwrap();
        assert_eq!(file.len().unwrap(), 5);
        assert_eq!(fs.metadata(&path).unwrap().len, 5);
    });
}

#[test]
fn access_decides_whether_a_file_must_exist_and_may_be_written() {
    on_each(|fs, root| {
        let path = root.join("file");
        assert_eq!(
            kind(fs.open(&path, Access::Read)),
            Some(io::ErrorKind::NotFound)
        );
        assert_eq!(
            kind(fs.open(&path, Access::Write)),
            Some(io::ErrorKind::NotFound)
        );
        write(&fs.open(&path, Access::Create).unwrap(), &[b"abc"], 0);
        assert_eq!(
            kind(fs.open(&path, Access::CreateNew)),
            Some(io::ErrorKind::AlreadyExists)
        );
        for access in [Access::Read, Access::Write, Access::Create] {
            let file = fs.open(&path, access).unwrap();
            assert_eq!(file.len().unwrap(), 3);
            let written = file.write_at(&[IoSlice::new(b"x")], 0);
            assert_eq!(written.is_err(), access == Access::Read);
        }
        let below = path.join("below");
        assert_eq!(
            kind(fs.open(&below, Access::Create)),
            Some(io::ErrorKind::NotADirectory)
        );
        let absent = root.join("absent/file");
        assert_eq!(
            kind(fs.open(&absent, Access::Create)),
            Some(io::ErrorKind::NotFound)
        );
    });
}

#[test]
fn directories_list_in_name_order() {
    on_each(|fs, root| {
        let directory = root.join("d");
        fs.create_dir_all(&directory.join("b/c")).unwrap();
        fs.create_dir_all(&directory.join("b")).unwrap();
        for name in ["c", "a"] {
            fs.open(&directory.join(name), Access::Create).unwrap();
        }
        fs.sync_dir(&directory).unwrap();
        let found = fs.read_dir(&directory).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|entry| (entry.name.to_str().unwrap(), entry.metadata.is_dir))
            .collect();
        assert_eq!(found, [("a", false), ("b", true), ("c", false)]);
        assert_eq!(
            kind(fs.read_dir(&root.join("x"))),
            Some(io::ErrorKind::NotFound)
        );
        assert_eq!(
            kind(fs.metadata(&root.join("x"))),
            Some(io::ErrorKind::NotFound)
        );
        assert_eq!(
            kind(fs.read_dir(&directory.join("a"))),
            Some(io::ErrorKind::NotADirectory)
        );
        fs.remove_dir_all(&directory).unwrap();
        assert_eq!(
            kind(fs.remove_dir_all(&directory)),
            Some(io::ErrorKind::NotFound)
        );
        assert!(fs.read_dir(root).unwrap().is_empty());
    });
}

#[test]
fn renames_replace_files_and_move_directories() {
    on_each(|fs, root| {
        let (a, b) = (root.join("a"), root.join("b"));
        write(&fs.open(&a, Access::Create).unwrap(), &[b"a"], 0);
        let replaced = fs.open(&b, Access::Create).unwrap();
        write(&replaced, &[b"bb"], 0);
        fs.rename(&a, &b).unwrap();
        fs.rename(&b, &b).unwrap();
        assert_eq!(fs.read(&b).unwrap(), b"a");
        assert_eq!(kind(fs.metadata(&a)), Some(io::ErrorKind::NotFound));
        // What was replaced stays readable while it is open.
        assert_eq!(replaced.len().unwrap(), 2);

        let (d, e) = (root.join("d"), root.join("e"));
        fs.create_dir_all(&d.join("f")).unwrap();
        fs.create_dir_all(&e).unwrap();
        assert_eq!(kind(fs.rename(&b, &d)), Some(io::ErrorKind::IsADirectory));
        assert_eq!(kind(fs.rename(&d, &b)), Some(io::ErrorKind::NotADirectory));
        assert_eq!(
            kind(fs.rename(&d, &d.join("f/g"))),
            Some(io::ErrorKind::InvalidInput)
        );
        fs.rename(&d, &e).unwrap();
        assert!(fs.metadata(&e.join("f")).unwrap().is_dir);
        fs.create_dir_all(&d).unwrap();
        assert_eq!(
            kind(fs.rename(&d, &e)),
            Some(io::ErrorKind::DirectoryNotEmpty)
        );
        assert_eq!(kind(fs.rename(&a, &b)), Some(io::ErrorKind::NotFound));
    });
}

#[test]
fn removed_files_stay_readable_while_they_are_open() {
    on_each(|fs, root| {
        let path = root.join("file");
        let file = fs.open(&path, Access::Create).unwrap();
        write(&file, &[b"abc"], 0);
        fs.remove_file(&path).unwrap();
        assert_eq!(kind(fs.remove_file(&path)), Some(io::ErrorKind::NotFound));
        let mut bytes = Vec::new();
        file.read_at(&mut bytes, 9, 0).unwrap();
        assert_eq!(bytes, b"abc");
        fs.create_dir_all(&path).unwrap();
        assert_eq!(
            kind(fs.remove_file(&path)),
            Some(io::ErrorKind::IsADirectory)
        );
    });
}

#[test]
fn a_file_is_replaced_whatever_was_there_before() {
    on_each(|fs, root| {
        let path = root.join("file");
        for bytes in [&b"long"[..], b"", b"abc"] {
            fs.replace(&path, bytes).unwrap();
            assert_eq!(fs.read(&path).unwrap(), bytes);
        }
        assert_eq!(fs.read_dir(root).unwrap().len(), 1);
    });
}

#[test]
fn one_at_a_time_holds_a_lock() {
    on_each(|fs, root| {
        let path = root.join(".lock");
        let first = fs.lock(&path).unwrap();
        assert_eq!(kind(fs.lock(&path)), Some(io::ErrorKind::WouldBlock));
        drop(first);
        fs.lock(&path).unwrap();
    });
}
