//! Segments that hold batches of magic 0 and 1.

use ottla_records::{AnyBatch, BatchError};

use super::*;

/// A message of magic 0 or 1.
fn message(
    magic: u8,
    offset: i64,
    codec: i16,
    key: Option<&[u8]>,
    value: Option<&[u8]>,
) -> Vec<u8> {
    let mut body = vec![magic, codec.to_be_bytes()[1]];
    if magic == 1 {
        body.extend(5i64.to_be_bytes());
    }
    for field in [key, value] {
        let len = field.map_or(-1, |bytes| i32::try_from(bytes.len()).unwrap());
        body.extend(len.to_be_bytes());
        body.extend(field.unwrap_or_default());
    }
    let size = i32::try_from(body.len() + 4).unwrap();
    let mut bytes = offset.to_be_bytes().to_vec();
    bytes.extend(size.to_be_bytes());
    bytes.extend([0; 4]);
    bytes.extend(body);
    let (batch, _) = AnyBatch::parse(&bytes).unwrap();
    let Err(BatchError::Crc { computed, .. }) = batch.check_crc() else {
        panic!("{batch:?}");
    };
    bytes[12..16].copy_from_slice(&computed.to_be_bytes());
    bytes
}

/// A compressed message that holds one message for each key, the last one at `last`.
fn wrapper(magic: u8, last: i64, keys: &[&str]) -> Vec<u8> {
    let first = last + 1 - i64::try_from(keys.len()).unwrap();
    let mut plain = Vec::new();
    for (index, key) in (0..).zip(keys) {
        let offset = if magic == 0 { first + index } else { index };
        plain.extend(message(
            magic,
            offset,
            0,
            Some(key.as_bytes()),
            Some(b"old"),
        ));
    }
    let value = Compression::Gzip.compress(None, &plain).unwrap();
    message(magic, last, Compression::Gzip.id(), None, Some(&value))
}

#[test]
fn messages_of_old_formats_stay_in_them() {
    for magic in [0, 1] {
        let log = open_compacted(&disk());
        let mut bytes = wrapper(magic, 2, &["a", "b", "c"]);
        bytes.extend(message(magic, 3, 0, Some(b"d"), Some(b"old")));
        bytes.extend(message(magic, 4, 0, Some(b"e"), Some(b"old")));
        bytes.extend(wrapper(magic, 6, &["f", "g"]));
        log.append_as_follower(at(0), &bytes, EPOCH).unwrap();
        put(&log, &[("b", Some("new")), ("e", Some("new"))]);
        roll(&log);
        assert_eq!(clean(&log, 0, 0), 9);
        assert_eq!(
            texts(&log),
            [
                "0 a=old", "2 c=old", "3 d=old", "5 f=old", "6 g=old", "7 b=new", "8 e=new"
            ]
        );
        let magics: Vec<_> = all_batches(&log)
            .iter()
            .map(|(header, records)| (header.magic(), records.len()))
            .collect();
        let old = i8::try_from(magic).unwrap();
        assert_eq!(magics, [(old, 2), (old, 1), (old, 2), (2, 2)]);
    }
}

#[test]
fn old_tombstones_go_with_the_age_of_their_file() {
    let fs = disk();
    let log = open_compacted(&fs);
    fs.set_now_ms(1000);
    let mut bytes = message(1, 0, 0, Some(b"a"), None);
    bytes.extend(message(1, 1, 0, Some(b"b"), Some(b"old")));
    log.append_as_follower(at(0), &bytes, EPOCH).unwrap();
    roll(&log);
    assert_eq!(clean(&log, 0, 0), 2);
    assert_eq!(texts(&log), ["0 a=-", "1 b=old"]);
    log.update_config(LogConfig {
        segment_bytes: 1,
        ..compacted()
    });
    fs.set_now_ms(1000 + RETENTION_MS);
    put(&log, &[("x", Some("1"))]);
    roll(&log);
    clean(&log, 0, 2);
    assert_eq!(texts(&log), ["0 a=-", "1 b=old", "2 x=1"], "not old enough");
    put(&log, &[("y", Some("1"))]);
    roll(&log);
    clean(&log, 0, 3);
    assert_eq!(texts(&log), ["1 b=old", "2 x=1", "3 y=1"]);
}
