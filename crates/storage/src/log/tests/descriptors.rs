//! How many files logs keep open.

use super::*;

fn open_one(fs: &MemoryFileSystem, number: usize) -> Log {
    let dir = PathBuf::from(format!("/data/t-{number}"));
    let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
    Log::open(fs, dir, small(), OpenState::default()).unwrap().0
}

#[test]
fn many_logs_share_few_descriptors() {
    let fs = disk();
    fs.open_files().limit_to(10);
    let logs: Vec<_> = (0..40).map(|number| open_one(&fs, number)).collect();
    for round in 0..6 {
        for log in &logs {
            append(log, &["abcdefghijklmnopqrstuvwxyz"; 3]);
            assert!(fs.open_files_count() <= 11, "{}", fs.open_files_count());
        }
        for log in logs.iter().filter(|_| round % 2 == 0) {
            log.flush().unwrap();
            assert_eq!(contents(log).len(), (round + 1) * 3);
            assert!(fs.open_files_count() <= 11, "{}", fs.open_files_count());
        }
    }
    for log in &logs {
        assert_eq!(log.close_clean().unwrap(), Offset(18));
    }
    assert_eq!(fs.open_files_count(), 0);
}

#[test]
fn a_log_that_is_opened_after_a_clean_stop_holds_no_file() {
    let fs = disk();
    let log = open_small(&fs);
    append(&log, &["a"]);
    let end = log.close_clean().unwrap();
    drop(log);
    let (log, _) = reopen_clean(&fs, end);
    assert_eq!(fs.open_files_count(), 0);
    assert_eq!(contents(&log).len(), 1);
}

#[test]
fn a_lack_of_descriptors_is_got_over() {
    let fs = disk();
    let log = open_small(&fs);
    append(&log, &["a"]);
    log.release_files();
    fs.limit_open_files(Some(0));
    let refused = try_append(&log, &batch(&["b"], 0), EPOCH);
    assert!(refused.is_err());
    assert!(log.flush().is_err());
    assert!(log.checkpoint().is_err());
    assert!(log.fault().is_none());
    fs.limit_open_files(None);
    append(&log, &["c"]);
    assert_eq!(log.checkpoint().unwrap(), Offset(2));
    assert_eq!(contents(&log), [(0, "a".to_owned()), (1, "c".to_owned())]);
}

#[test]
fn descriptors_of_idle_logs_go_to_those_that_need_them() {
    let fs = disk();
    fs.limit_open_files(Some(5));
    let logs: Vec<_> = (0..20).map(|number| open_one(&fs, number)).collect();
    for log in &logs {
        append(log, &["a"]);
        log.checkpoint().unwrap();
    }
    assert!(logs.iter().all(|log| contents(log).len() == 1));
}
