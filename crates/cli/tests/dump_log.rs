//! `dump-log` on files that are made here.

use std::{error::Error, fs};

use ottla_cli::{Io, tool_for};
use ottla_records::{BatchBuilder, Header, RecordDraft};

fn dump(arguments: &[&str]) -> (i32, String, String) {
    let (io, captured) = Io::captured(b"");
    let tool = tool_for("kafka-dump-log.sh").expect("a tool");
    let code = (tool.run)(arguments.iter().map(Into::into).collect(), io);
    (code, captured.out(), captured.err())
}

fn segment() -> Vec<u8> {
    segment_of(&[(None, b"one"), (Some(b"k"), b"two")])
}

fn segment_of(records: &[(Option<&[u8]>, &[u8])]) -> Vec<u8> {
    let mut builder = BatchBuilder::new();
    let header = Header {
        key: b"h",
        value: None,
    };
    for (key, value) in records {
        builder.append(&RecordDraft {
            timestamp: 1000,
            key: *key,
            value: Some(value),
            headers: &[header],
        });
    }
    builder.build().expect("builds")
}

#[test]
fn records_are_printed_with_their_batch() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("00000000000000000000.log");
    fs::write(&path, segment())?;
    let name = path.to_string_lossy().into_owned();
    let (code, out, err) = dump(&["--files", &name, "--print-data-log"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[0], format!("Dumping {name}"));
    assert_eq!(lines[1], "Log starting offset: 0");
    assert!(lines[2].starts_with("baseOffset: 0 lastOffset: 1 count: 2 baseSequence: -1 "));
    assert!(lines[2].ends_with("isvalid: true"));
    assert_eq!(
        &lines[3..],
        [
            "| offset: 0 CreateTime: 1000 keySize: -1 valueSize: 3 sequence: -1 headerKeys: [h] payload: one",
            "| offset: 1 CreateTime: 1000 keySize: 1 valueSize: 3 sequence: -1 headerKeys: [h] key: k payload: two",
        ]
    );
    Ok(())
}

#[test]
fn what_is_no_text_is_replaced_as_java_replaces_it() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("00000000000000000000.log");
    fs::write(&path, segment_of(&[(Some(b"\xc0\x80"), b"<\xed\xa0\x80>")]))?;
    let (code, out, _) = dump(&["--files", &path.to_string_lossy(), "--print-data-log"]);
    assert_eq!(code, 0);
    let end = " key: \u{fffd}\u{fffd} payload: <\u{fffd}>\n";
    assert!(out.ends_with(end), "{out}");
    Ok(())
}

#[test]
fn a_torn_tail_is_counted_and_a_wrong_index_reported() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let log = directory.path().join("00000000000000000000.log");
    let index = log.with_extension("index");
    let mut bytes = segment();
    bytes.extend_from_slice(&segment()[..40]);
    fs::write(&log, bytes)?;
    fs::write(&index, [0, 0, 0, 7, 0, 0, 0, 0])?;
    let files = format!("{},{}", log.display(), index.display());
    let (code, out, err) = dump(&["--files", &files]);
    assert_eq!(code, 0);
    assert!(out.contains("Found 40 invalid bytes at the end of 00000000000000000000.log\n"));
    assert!(out.ends_with("offset: 7 position: 0\n"));
    let expected = format!(
        "Mismatches in :{}\n  Index offset: 7, log offset: 1\n",
        index.display()
    );
    assert_eq!(err, expected);
    Ok(())
}

#[test]
fn a_missing_file_is_the_end() {
    let (code, out, err) = dump(&["--files", "nosuch.log"]);
    assert_eq!(code, 1);
    assert_eq!(out, "Dumping nosuch.log\n");
    assert!(err.starts_with("Exception in thread \"main\" "), "{err}");
}

#[test]
fn a_segment_that_does_not_begin_at_0_has_a_gap_in_front() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("00000000000000000007.log");
    let mut bytes = segment();
    bytes[7] = 7;
    fs::write(&path, bytes)?;
    let name = path.to_string_lossy().into_owned();
    let (code, _, err) = dump(&["--files", &name, "--deep-iteration"]);
    let told = format!("Non-consecutive offsets in {name}\n  -1 is followed by 7\n");
    assert_eq!((code, err), (0, told));
    assert_eq!(dump(&["--files", &name]).2, "", "not looked at");
    Ok(())
}

#[test]
fn a_batch_of_a_later_format_is_read_as_the_newest() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("00000000000000000000.log");
    let mut bytes = segment();
    bytes[16] = 3;
    fs::write(&path, bytes)?;
    let (code, out, err) = dump(&["--files", &path.to_string_lossy()]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains(" magic: 3 compresscodec: none "), "{out}");
    Ok(())
}

#[test]
fn a_negative_limit_is_refused_with_the_file() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("00000000000000000000.log");
    fs::write(&path, segment())?;
    let (size, name) = (segment().len(), path.display());
    let (code, _, err) = dump(&["--files", &name.to_string(), "--max-bytes", "-1"]);
    let told = format!(
        "Exception in thread \"main\" java.lang.IllegalArgumentException: Invalid size: -1 in read from FileRecords(size={size}, file={name}, start=0, end=2147483647)\n"
    );
    assert_eq!((code, err), (1, told));
    Ok(())
}

#[test]
fn snapshots_and_transaction_indexes_that_are_no_good() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir()?;
    let snapshot = directory.path().join("00000000000000000000.snapshot");
    let name = snapshot.to_string_lossy().into_owned();
    for (bytes, why) in [
        (&b""[..], "null"),
        (b"\0\x07", "Snapshot contained an unknown file version 7"),
    ] {
        fs::write(&snapshot, bytes)?;
        let told = format!("Snapshot failed schema validation: {why}\n");
        let (code, _, err) = dump(&["--files", &name]);
        assert_eq!((code, err), (0, told));
    }
    let index = directory.path().join("00000000000000000000.txnindex");
    let name = index.to_string_lossy().into_owned();
    let told = format!("Dumping {name}\n");
    assert_eq!(dump(&["--files", &name]), (0, told, String::new()));
    assert_eq!(
        dump(&["--files", ""]),
        (
            0,
            "Dumping \n".to_owned(),
            "Ignoring unknown file \n".to_owned()
        )
    );
    Ok(())
}
