//! A refused append as a response tells it: the texts are Apache Kafka's, and only where it sends one.
//!
//! KIPs: 467 (the records to blame).

use std::ops::RangeInclusive;

use ottla_records::validate::{RecordError, RecordErrorKind, Refusal};
use ottla_storage::AppendError;
use ottla_types::{ErrorCode, Offset, Saturate};

use super::Partition;

/// Records to blame that the text for all of them shows.
const RECORDS_SHOWN: usize = 3;

/// Least size that a batch of any format can state.
const BATCH_SIZE_MIN: i32 = 14;

/// Formats there have been.
const MAGICS: RangeInclusive<i8> = 0..=2;

/// Where a batch states its size, which counts from the end of that field on.
const SIZE_AT: usize = 8;
/// Where it states its format.
const MAGIC_AT: usize = 16;
/// The lower byte of the attributes, where the format is 2.
const ATTRIBUTES_LOW_AT: usize = 22;
/// The bit of it that makes a batch transactional.
const TRANSACTIONAL: u8 = 1 << 4;

/// A refused append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProduceRefusal {
    pub(crate) code: ErrorCode,
    /// For the whole batch; only records that the topic does not take are worth one.
    pub(crate) message: Option<String>,
    pub(crate) record_errors: Vec<(i32, Option<String>)>,
    /// Start of the log; -1 unless it was the log that refused.
    pub(crate) log_start_offset: Offset,
}

impl ProduceRefusal {
    pub(crate) const fn bare(code: ErrorCode) -> Self {
        Self {
            code,
            message: None,
            record_errors: Vec::new(),
            log_start_offset: Offset(-1),
        }
    }

    /// What a log refuses as such.
    pub(super) fn by_log(code: ErrorCode, log_start_offset: Offset) -> Self {
        let tells_no_start = matches!(
            code,
            ErrorCode::CORRUPT_MESSAGE
                | ErrorCode::MESSAGE_TOO_LARGE
                | ErrorCode::RECORD_LIST_TOO_LARGE
                | ErrorCode::KAFKA_STORAGE_ERROR
                | ErrorCode::NOT_LEADER_OR_FOLLOWER
        );
        let mut refusal = Self::bare(code);
        if !tells_no_start {
            refusal.log_start_offset = log_start_offset;
        }
        refusal
    }

    /// Why `records` are not what a producer may send.
    pub(super) fn of_batch(refusal: &Refusal, partition: &Partition) -> Self {
        let code = refusal.code();
        match refusal {
            // Said before a log is asked.
            Refusal::NoBatch
            | Refusal::ManyBatches
            | Refusal::OldMagic
            | Refusal::ZstdTooEarly
            | Refusal::Corrupt(_) => Self::bare(code),
            Refusal::Records(errors) => {
                let name = format!("{}-{}", partition.topic(), partition.index().0);
                let record_errors = texts(errors, &name);
                Self {
                    message: Some(summary(code, &record_errors)),
                    record_errors,
                    ..Self::by_log(code, partition.log().log_start_offset())
                }
            }
            _ => Self::by_log(code, partition.log().log_start_offset()),
        }
    }

    pub(super) fn of_append(error: &AppendError, partition: &Partition) -> Self {
        Self::by_log(error.code(), partition.log().log_start_offset())
    }
}

/// What the records of a partition begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstBatch {
    /// Nothing that is whole.
    None,
    /// A batch of any format, or what claims to be one.
    Plain,
    /// A batch of a transaction.
    Transactional,
}

/// Looks at as much of the first batch as is needed to find it.
///
/// Spec: KIP-98 (offset, size, magic, attributes).
pub(crate) fn first_batch(records: &[u8]) -> Result<FirstBatch, ProduceRefusal> {
    let corrupt = |message| ProduceRefusal {
        message: Some(message),
        ..ProduceRefusal::bare(ErrorCode::CORRUPT_MESSAGE)
    };
    let Some(size) = be_i32(records, SIZE_AT) else {
        return Ok(FirstBatch::None);
    };
    if size < BATCH_SIZE_MIN {
        return Err(corrupt(format!(
            "Record size {size} is less than the minimum record overhead ({BATCH_SIZE_MIN})"
        )));
    }
    let Some(magic) = records.get(MAGIC_AT).map(|byte| byte.cast_signed()) else {
        return Ok(FirstBatch::None);
    };
    if !MAGICS.contains(&magic) {
        return Err(corrupt(format!("Invalid magic found in record: {magic}")));
    }
    let size: usize = size.saturate();
    if records.len() - (SIZE_AT + 4) < size {
        return Ok(FirstBatch::None);
    }
    let attributes = records.get(ATTRIBUTES_LOW_AT).copied().unwrap_or_default();
    Ok(if magic == 2 && attributes & TRANSACTIONAL != 0 {
        FirstBatch::Transactional
    } else {
        FirstBatch::Plain
    })
}

fn be_i32(bytes: &[u8], at: usize) -> Option<i32> {
    let (bytes, _) = bytes.get(at..)?.split_first_chunk::<4>()?;
    Some(i32::from_be_bytes(*bytes))
}

/// Text for each record to blame, with its place in the batch.
fn texts(errors: &[RecordError], partition: &str) -> Vec<(i32, Option<String>)> {
    let text = |error: &RecordError| match error.kind {
        RecordErrorKind::NoKey => format!("{} in topic partition {partition}", error.kind),
        RecordErrorKind::Timestamp {
            timestamp,
            earliest,
            latest,
        } => format!(
            "Timestamp {timestamp} of message with offset {} is out of range. \
             The timestamp should be within [{earliest}, {latest}]",
            error.index
        ),
        kind => kind.to_string(),
    };
    errors
        .iter()
        .map(|error| (error.index.saturate(), Some(text(error))))
        .collect()
}

/// Text for the whole batch.
fn summary(code: ErrorCode, errors: &[(i32, Option<String>)]) -> String {
    if code == ErrorCode::INVALID_TIMESTAMP {
        return "One or more records have been rejected due to invalid timestamp".to_owned();
    }
    let shown: Vec<String> = errors
        .iter()
        .take(RECORDS_SHOWN)
        .map(|(index, text)| {
            let text = text.as_deref().unwrap_or("null");
            format!("RecordError(batchIndex={index}, message='{text}')")
        })
        .collect();
    format!(
        "One or more records have been rejected due to {} record errors in total, \
         and only showing the first three errors at most: [{}]",
        errors.len(),
        shown.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_key(index: u32) -> RecordError {
        let kind = RecordErrorKind::NoKey;
        RecordError { index, kind }
    }

    #[test]
    fn records_without_a_key_are_named_with_their_partition() {
        let errors = texts(&[no_key(0), no_key(2)], "t-7");
        let text = "Compacted topic cannot accept message without key in topic partition t-7";
        assert_eq!(
            errors,
            [(0, Some(text.to_owned())), (2, Some(text.to_owned()))]
        );
        assert_eq!(
            summary(ErrorCode::INVALID_RECORD, &errors),
            format!(
                "One or more records have been rejected due to 2 record errors in total, and only \
                 showing the first three errors at most: [RecordError(batchIndex=0, message='{text}'), \
                 RecordError(batchIndex=2, message='{text}')]"
            )
        );
        let many = texts(&[0, 1, 2, 3].map(no_key), "t-7");
        let summary = summary(ErrorCode::INVALID_RECORD, &many);
        assert!(summary.contains("due to 4 record errors"), "{summary}");
        assert_eq!(summary.matches("batchIndex").count(), 3);
    }

    #[test]
    fn a_timestamp_out_of_range_is_shown_with_its_bounds() {
        let kind = RecordErrorKind::Timestamp {
            timestamp: 5,
            earliest: 10,
            latest: 20,
        };
        let errors = texts(&[RecordError { index: 1, kind }], "t-0");
        let text = "Timestamp 5 of message with offset 1 is out of range. The timestamp should be within [10, 20]";
        assert_eq!(errors, [(1, Some(text.to_owned()))]);
        assert_eq!(
            summary(ErrorCode::INVALID_TIMESTAMP, &errors),
            "One or more records have been rejected due to invalid timestamp"
        );
    }

    #[test]
    fn what_records_begin_with() {
        let first = |size: i32, magic: i8, attributes: u8| {
            let mut bytes = vec![0; 61];
            bytes[8..12].copy_from_slice(&size.to_be_bytes());
            bytes[16..17].copy_from_slice(&magic.to_be_bytes());
            bytes[22] = attributes;
            first_batch(&bytes).map_err(|refusal| refusal.message.unwrap_or_default())
        };
        assert_eq!(first(49, 2, 0), Ok(FirstBatch::Plain));
        assert_eq!(first(49, 2, 0x10), Ok(FirstBatch::Transactional));
        assert_eq!(first(49, 1, 0x10), Ok(FirstBatch::Plain));
        assert_eq!(first(50, 2, 0x10), Ok(FirstBatch::None), "cut short");
        assert_eq!(
            first(13, 2, 0),
            Err("Record size 13 is less than the minimum record overhead (14)".to_owned())
        );
        let magic = Err("Invalid magic found in record: -1".to_owned());
        assert_eq!(first(49, -1, 0), magic);
        assert_eq!(first(i32::MAX, -1, 0), magic);
        assert!(first_batch(&[0; 16]).is_err());
        assert_eq!(first_batch(&[0; 11]), Ok(FirstBatch::None));
    }

    #[test]
    fn only_a_log_tells_where_it_starts() {
        let start = |code| ProduceRefusal::by_log(code, Offset(3)).log_start_offset;
        assert_eq!(start(ErrorCode::INVALID_RECORD), Offset(3));
        assert_eq!(start(ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER), Offset(3));
        assert_eq!(start(ErrorCode::MESSAGE_TOO_LARGE), Offset(-1));
        assert_eq!(start(ErrorCode::CORRUPT_MESSAGE), Offset(-1));
    }
}
