//! Checkpoints: small text files with one entry a line, replaced as a whole.
//!
//! ```text
//! 0                    version
//! 2                    number of entries
//! orders 0 1042        topic, partition, offset
//! orders 1 977
//! ```

use std::{collections::BTreeMap, fmt::Write as _, path::Path, sync::Arc};

use ottla_types::{Offset, TopicPartition};

use super::TextFileError;

/// The checkpoints of a log directory: one offset for each partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetCheckpoint {
    /// The first offset that may not be on disk.
    RecoveryPoint,
    /// The first offset readable, of logs where it is not that of the first segment.
    LogStart,
    /// The high watermark.
    HighWatermark,
    /// The first offset that the cleaner has not seen.
    Cleaner,
}

impl OffsetCheckpoint {
    /// The name of the file.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::RecoveryPoint => "recovery-point-offset-checkpoint",
            Self::LogStart => "log-start-offset-checkpoint",
            Self::HighWatermark => "replication-offset-checkpoint",
            Self::Cleaner => "cleaner-offset-checkpoint",
        }
    }
}

/// An offset for each of some partitions.
pub type PartitionOffsets = BTreeMap<TopicPartition, Offset>;

/// Reads the text of an offset checkpoint. Of a partition named twice the later line holds. `file`
/// is named in errors.
///
/// # Errors
/// When it is not of version 0, a line is malformed, or it has more or fewer entries than it says.
/// A file that ends before its second line has no entries, as in Apache Kafka.
pub fn parse_offsets(file: &Path, bytes: &[u8]) -> Result<PartitionOffsets, TextFileError> {
    let mut entries = parse_entries(file, bytes, |fields| match fields {
        [topic, partition, offset] => {
            let partition: i32 = partition.parse().ok()?;
            let offset = offset.parse().ok()?;
            Some((TopicPartition::new(*topic, partition), Offset(offset)))
        }
        _ => None,
    })?;
    share_topics(entries.iter_mut().map(|(partition, _)| partition));
    Ok(entries.into_iter().collect())
}

/// Has partitions of one topic that follow one another share its name.
pub(super) fn share_topics<'a>(partitions: impl Iterator<Item = &'a mut TopicPartition>) {
    let mut last: Option<&'a TopicPartition> = None;
    for partition in partitions {
        if let Some(last) = last.filter(|last| last.topic == partition.topic) {
            partition.topic = Arc::clone(&last.topic);
        }
        last = Some(partition);
    }
}

/// The text of an offset checkpoint.
#[must_use]
pub fn encode_offsets(offsets: &PartitionOffsets) -> String {
    let entries = offsets.iter();
    encode_entries(entries.map(|(partition, offset)| {
        format_args!("{} {} {offset}", partition.topic, partition.partition).to_string()
    }))
}

/// Reads any checkpoint; `entry` turns the fields of a line into an entry.
pub(crate) fn parse_entries<T>(
    file: &Path,
    bytes: &[u8],
    entry: impl Fn(&[&str]) -> Option<T>,
) -> Result<Vec<T>, TextFileError> {
    let text = String::from_utf8_lossy(bytes);
    let malformed = |line: &str| TextFileError::CheckpointLine {
        file: file.to_owned(),
        line: line.to_owned(),
    };
    let number = |line: &str| line.parse::<i32>().map_err(|_| malformed(line));
    let mut lines = text.lines();
    let Some(version) = lines.next().map(number).transpose()? else {
        return Ok(Vec::new());
    };
    if version != 0 {
        return Err(TextFileError::CheckpointVersion {
            file: file.to_owned(),
            found: version,
        });
    }
    let Some(expected) = lines.next().map(number).transpose()? else {
        return Ok(Vec::new());
    };
    let mut entries = Vec::new();
    for line in lines {
        // What is not UTF-8 cannot be what was written.
        let whole = !line.starts_with(char::is_whitespace) && !line.contains('\u{fffd}');
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let read = entry(&fields).filter(|_| whole);
        entries.push(read.ok_or_else(|| malformed(line))?);
    }
    if usize::try_from(expected) != Ok(entries.len()) {
        return Err(TextFileError::CheckpointCount {
            file: file.to_owned(),
            expected,
            found: entries.len(),
        });
    }
    Ok(entries)
}

/// The text of any checkpoint, from the lines of its entries.
pub(crate) fn encode_entries(lines: impl ExactSizeIterator<Item = String>) -> String {
    let mut text = String::new();
    writeln!(text, "0\n{}", lines.len()).expect("invariant: a string takes any text");
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<PartitionOffsets, TextFileError> {
        parse_offsets(Path::new("/d/file"), text.as_bytes())
    }

    fn check_refused(text: &str, message: &str) {
        assert_eq!(parse(text).unwrap_err().to_string(), message, "{text:?}");
    }

    #[test]
    fn reads_and_writes_what_apache_kafka_wrote() {
        let text = "0\n2\na.b-c 0 0\na.b-c 1 1\n";
        let offsets = parse(text).unwrap();
        assert_eq!(offsets[&TopicPartition::new("a.b-c", 1)], Offset(1));
        assert_eq!(encode_offsets(&offsets), text);
        assert_eq!(encode_offsets(&PartitionOffsets::new()), "0\n0\n");
    }

    #[test]
    fn a_file_that_was_made_but_not_filled_has_no_entries() {
        for text in ["", "0", "0\n", "0\n0", "0\n0\n"] {
            assert_eq!(parse(text), Ok(PartitionOffsets::new()), "{text:?}");
        }
    }

    #[test]
    fn blanks_between_fields_and_after_them_do_not_matter() {
        let offsets = parse("0\r\n1\r\nt  3\t9 \r\n").unwrap();
        assert_eq!(offsets, [(TopicPartition::new("t", 3), Offset(9))].into());
    }

    #[test]
    fn refuses_what_is_malformed() {
        check_refused(
            "1\n0\n",
            "Unrecognised version:1, expected version: 0 in checkpoint file at: /d/file",
        );
        check_refused("x\n", "Malformed line in checkpoint file [/d/file]: x");
        check_refused("\n", "Malformed line in checkpoint file [/d/file]: ");
        check_refused("0\nx\n", "Malformed line in checkpoint file [/d/file]: x");
        check_refused(
            "0\n2\nt 0 5\n",
            "Expected [2] entries in checkpoint file [/d/file], but found only [1]",
        );
        check_refused(
            "0\n0\nt 0 5\n",
            "Expected [0] entries in checkpoint file [/d/file], but found only [1]",
        );
        check_refused(
            "0\n-1\n",
            "Expected [-1] entries in checkpoint file [/d/file], but found only [0]",
        );
        for line in [
            "t 0",
            "t 0 5 6",
            "t x 5",
            "t 0 x",
            "",
            " t 0 5",
            "t 0 99999999999999999999",
        ] {
            check_refused(
                &format!("0\n1\n{line}\n"),
                &format!("Malformed line in checkpoint file [/d/file]: {line}"),
            );
        }
        assert!(parse_offsets(Path::new("f"), b"0\n1\n\xff 0 5\n").is_err());
    }

    fn offsets() -> impl Strategy<Value = PartitionOffsets> {
        let partition = ("[a-zA-Z0-9._-]{1,12}", 0..i32::MAX);
        let partition = partition.prop_map(|(topic, index)| TopicPartition::new(topic, index));
        prop::collection::btree_map(partition, any::<i64>().prop_map(Offset), 0..8)
    }

    proptest! {
        #[test]
        fn any_offsets_come_back(offsets in offsets()) {
            prop_assert_eq!(parse(&encode_offsets(&offsets)), Ok(offsets));
        }

        #[test]
        fn a_lost_line_never_goes_unnoticed(offsets in offsets(), lost in any::<prop::sample::Index>()) {
            prop_assume!(!offsets.is_empty());
            let text = encode_offsets(&offsets);
            let lost = 2 + lost.index(offsets.len());
            let kept = text.lines().enumerate().filter(|(index, _)| *index != lost);
            let kept: Vec<&str> = kept.map(|(_, line)| line).collect();
            prop_assert!(parse(&kept.join("\n")).is_err());
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            drop(parse_offsets(Path::new("f"), &bytes));
        }
    }
}
