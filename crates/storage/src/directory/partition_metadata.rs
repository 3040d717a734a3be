//! `partition.metadata`: which incarnation of a topic a partition directory belongs to.
//!
//! It is on disk before anything is said to be of what the directory holds: the first flush of the log
//! in it syncs it. To Apache Kafka a directory without it is stray.

use std::{io, path::Path};

use ottla_types::TopicId;

use super::{DirectoryError, TextFileError};
use crate::fs::{Access, FileSystem, write_whole};

/// The name of the file.
pub const PARTITION_METADATA: &str = "partition.metadata";

/// The topic id of a partition directory; `None` when it has no such file, or a power cut left only
/// part of it.
///
/// # Errors
/// When the file is malformed or cannot be read.
pub fn read(fs: &dyn FileSystem, directory: &Path) -> Result<Option<TopicId>, DirectoryError> {
    let file = directory.join(PARTITION_METADATA);
    match fs.read(&file) {
        Ok(bytes) if is_cut_off(&bytes) => Ok(None),
        Ok(bytes) => Ok(Some(parse(&file, &bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DirectoryError::io("read", &file)(error)),
    }
}

/// Gives a partition directory that has none its topic id. It survives a power cut once the file and
/// the directory are synced.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn write(
    fs: &dyn FileSystem,
    directory: &Path,
    topic_id: TopicId,
) -> Result<(), DirectoryError> {
    let file = directory.join(PARTITION_METADATA);
    let opened = fs.open(&file, Access::Create);
    let written = opened.and_then(|to| write_whole(&*to, encode(topic_id).as_bytes()));
    written.map_err(DirectoryError::io("write", &file))
}

/// Whether this is what a power cut may leave of a file that was not synced: its start, then zeros.
fn is_cut_off(bytes: &[u8]) -> bool {
    let len = bytes.iter().rposition(|byte| *byte != 0);
    let written = bytes.get(..len.map_or(0, |last| last + 1));
    let whole = encode(TopicId::ZERO);
    written.is_some_and(|written| {
        written.len() < whole.len()
            && written.iter().zip(whole.bytes()).all(|(byte, of_whole)| {
                let is_of_id = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
                *byte == of_whole || (of_whole == b'A' && is_of_id)
            })
    })
}

/// The text of the file.
#[must_use]
pub fn encode(topic_id: TopicId) -> String {
    format!("version: 0\ntopic_id: {topic_id}")
}

/// Reads the text of the file, which `file` names in errors.
///
/// # Errors
/// When a line is malformed, the version is negative, or the topic id is zero.
pub fn parse(file: &Path, bytes: &[u8]) -> Result<TopicId, TextFileError> {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    // As in Apache Kafka the words before the colons are not looked at.
    let mut value = || {
        let line = lines.next().unwrap_or_default();
        let value = line.split_once(':').and_then(|(_, value)| {
            let trimmed = value.trim_ascii_start();
            (trimmed.len() < value.len() && !trimmed.is_empty()).then_some(trimmed)
        });
        let malformed = TextFileError::PartitionMetadataLine {
            file: file.to_owned(),
            line: line.to_owned(),
        };
        (value, malformed)
    };
    let (version, malformed) = value();
    let version = version
        .and_then(|text| text.parse().ok())
        .ok_or(malformed)?;
    if version < 0 {
        return Err(TextFileError::PartitionMetadataVersion {
            file: file.to_owned(),
            found: version,
        });
    }
    let (topic_id, malformed) = value();
    let topic_id: TopicId = topic_id
        .and_then(|text| text.parse().ok())
        .ok_or(malformed)?;
    if topic_id.is_zero() {
        return Err(TextFileError::ZeroTopicId {
            file: file.to_owned(),
        });
    }
    Ok(topic_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_text(text: &str) -> Result<TopicId, String> {
        parse(Path::new("/f"), text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn reads_and_writes_what_apache_kafka_wrote() {
        let text = "version: 0\ntopic_id: Y8e9mDFfS3uk3MoyyTxk5g";
        let topic_id = parse_text(text).unwrap();
        assert_eq!(topic_id.to_string(), "Y8e9mDFfS3uk3MoyyTxk5g");
        assert_eq!(encode(topic_id), text);
        assert_eq!(parse_text(&format!("{text}\n")), Ok(topic_id));
    }

    #[test]
    fn a_file_that_was_not_synced_may_be_cut_off() {
        let text = b"version: 0\ntopic_id: Y8e9mDFfS3uk3MoyyTxk5g";
        for len in 0..text.len() {
            let (mut cut, mut zeroed) = (text[..len].to_vec(), text[..len].to_vec());
            zeroed.resize(text.len(), 0);
            cut.truncate(len);
            assert!(is_cut_off(&cut) && is_cut_off(&zeroed), "{len}");
        }
        assert!(!is_cut_off(text));
        assert!(!is_cut_off(b"version: 1"));
        assert!(!is_cut_off(b"version: 0\ntopic_id: \xff"));
    }

    #[test]
    fn refuses_what_is_malformed() {
        let malformed = |line: &str| {
            Err(format!(
                "Malformed line in partition metadata file [/f]: {line}"
            ))
        };
        assert_eq!(parse_text(""), malformed(""));
        assert_eq!(parse_text("version"), malformed("version"));
        assert_eq!(parse_text("version:0"), malformed("version:0"));
        assert_eq!(parse_text("version: x"), malformed("version: x"));
        assert_eq!(parse_text("version: 0"), malformed(""));
        assert_eq!(
            parse_text("version: 0\ntopic_id: "),
            malformed("topic_id: ")
        );
        assert_eq!(
            parse_text("version: 0\ntopic_id: abc"),
            malformed("topic_id: abc")
        );
        assert_eq!(
            parse_text("version: -1\n"),
            Err("Unrecognized version of partition metadata file (/f): -1".to_owned())
        );
        assert_eq!(
            parse_text("version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAA"),
            Err("Invalid topic ID in partition metadata file (/f)".to_owned())
        );
    }
}
