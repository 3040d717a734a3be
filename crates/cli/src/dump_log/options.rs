//! The options of `kafka-dump-log`.

use ottla_types::Saturate;

use super::{of_option, payload::Decoder};
use crate::{
    exception::Exception,
    options::{HELP, Kind, Opt, Parsed, Usage, VERSION, flag, text},
};

pub(super) const USAGE: Usage = Usage {
    purpose: "This tool helps to parse a log file and dump its contents to the console, useful for debugging a seemingly corrupt log segment.",
    options: OPTIONS,
};

const OPTIONS: &[Opt] = &[
    flag(
        "print-data-log",
        "If set, printing the messages content when dumping data logs. Automatically set if any decoder option is specified.",
    ),
    flag(
        "verify-index-only",
        "If set, just verify the index log without printing its content.",
    ),
    flag(
        "index-sanity-check",
        "If set, just checks the index sanity without printing its content. This is the same check that is executed on broker startup to determine if an index needs rebuilding or not.",
    ),
    text(
        "files",
        "file1, file2, ...",
        "REQUIRED: The comma separated list of data and index log files to be dumped.",
    ),
    text("max-message-size", "size", "Size of largest message.")
        .of(Kind::Int)
        .or("5242880"),
    text(
        "max-bytes",
        "size",
        "Limit the amount of total batches read in bytes avoiding reading the whole .log file(s).",
    )
    .of(Kind::Int)
    .or("2147483647"),
    flag(
        "deep-iteration",
        "If set, uses deep instead of shallow iteration. Automatically set if print-data-log is enabled.",
    ),
    text(
        "value-decoder-class",
        "",
        "If set, used to deserialize the messages. This class should implement org.apache.kafka.tools.api.Decoder trait. Custom jar should be available in kafka/libs directory.",
    )
    .optional()
    .or("org.apache.kafka.tools.api.StringDecoder"),
    text(
        "key-decoder-class",
        "",
        "If set, used to deserialize the keys. This class should implement org.apache.kafka.tools.api.Decoder trait. Custom jar should be available in kafka/libs directory.",
    )
    .optional()
    .or("org.apache.kafka.tools.api.StringDecoder"),
    flag(
        "offsets-decoder",
        "If set, log data will be parsed as offset data from the __consumer_offsets topic.",
    ),
    flag(
        "transaction-log-decoder",
        "If set, log data will be parsed as transaction metadata from the __transaction_state topic.",
    ),
    flag(
        "cluster-metadata-decoder",
        "If set, log data will be parsed as cluster metadata records.",
    ),
    flag(
        "remote-log-metadata-decoder",
        "If set, log data will be parsed as TopicBasedRemoteLogMetadataManager (RLMM) metadata records. Instead, the value-decoder-class option can be used if a custom RLMM implementation is configured.",
    ),
    flag(
        "share-group-state-decoder",
        "If set, log data will be parsed as share group state data from the __share_group_state topic.",
    ),
    flag(
        "skip-record-metadata",
        "Skip metadata when printing records. This flag also skips control records.",
    ),
    HELP,
    VERSION,
];

/// What is to be printed, and how. Sizes are read when they are needed: a bad one stops only the
/// dump of a file that it matters to.
#[derive(Debug)]
pub(super) struct Settings<'a> {
    parsed: &'a Parsed,
    pub(super) files: Vec<String>,
    pub(super) deep: bool,
    pub(super) skip_metadata: bool,
    pub(super) verify_only: bool,
    pub(super) sanity_only: bool,
}

impl<'a> Settings<'a> {
    pub(super) fn of(parsed: &'a Parsed) -> Result<Self, Exception> {
        let files = parsed
            .value("files")
            .map_err(|error| of_option(&error))?
            .unwrap_or_default();
        let is_one = !files.contains(',');
        let mut files: Vec<_> = files.split(',').map(str::to_owned).collect();
        // Java drops what is empty at the end of a list.
        while !is_one && files.last().is_some_and(String::is_empty) {
            files.pop();
        }
        Ok(Self {
            parsed,
            files,
            deep: parsed.has("deep-iteration") || Decoder::is_wanted(parsed),
            skip_metadata: parsed.has("skip-record-metadata"),
            verify_only: parsed.has("verify-index-only"),
            sanity_only: parsed.has("index-sanity-check"),
        })
    }

    /// Most bytes of a segment that are looked at.
    pub(super) fn max_bytes(&self) -> Result<i64, Exception> {
        self.number("max-bytes")
    }

    /// Most bytes that are read to check an entry of an index.
    pub(super) fn max_message_size(&self) -> Result<usize, Exception> {
        self.number("max-message-size").map(Saturate::saturate)
    }

    fn number(&self, name: &str) -> Result<i64, Exception> {
        let number = self.parsed.number(name);
        let number = number.map_err(|error| of_option(&error))?;
        Ok(number.unwrap_or_default())
    }

    /// How keys and values are printed, if they are.
    pub(super) fn decoder(&self) -> Result<Option<Decoder>, Exception> {
        Decoder::of(self.parsed)
    }
}
