//! What was found to be wrong, told at the end.

use std::{collections::BTreeMap, path::PathBuf};

use crate::Sink;

type ByFile = BTreeMap<PathBuf, Vec<(i64, i64)>>;

/// Pairs of what an index says and what the log says, by file.
#[derive(Debug, Default)]
pub(super) struct Problems {
    pub(super) mismatches: ByFile,
    pub(super) wrong_times: ByFile,
    pub(super) unordered_times: ByFile,
    pub(super) not_found: ByFile,
    pub(super) gaps: ByFile,
}

impl Problems {
    pub(super) fn print(&self, err: &Sink) {
        for (file, pairs) in &self.mismatches {
            err.line(format_args!("Mismatches in :{}", file.display()));
            for (index, log) in pairs {
                err.line(format_args!("  Index offset: {index}, log offset: {log}"));
            }
        }
        for (file, pairs) in &self.wrong_times {
            err.line(format_args!(
                "Found timestamp mismatch in :{}",
                file.display()
            ));
            for (index, log) in pairs {
                err.line(format_args!(
                    "  Index timestamp: {index}, log timestamp: {log}"
                ));
            }
        }
        for (file, pairs) in &self.unordered_times {
            err.line(format_args!(
                "Found out of order timestamp in :{}",
                file.display()
            ));
            for (index, before) in pairs {
                err.line(format_args!(
                    "  Index timestamp: {index}, Previously indexed timestamp: {before}"
                ));
            }
        }
        for (file, pairs) in &self.not_found {
            err.line(format_args!(
                "The following indexed offsets are not found in :{}",
                file.display()
            ));
            for (index, log) in pairs {
                err.line(format_args!(
                    "Indexed offset: {index}, found log offset: {log}"
                ));
            }
        }
        for (file, pairs) in &self.gaps {
            err.line(format_args!(
                "Non-consecutive offsets in {}",
                file.display()
            ));
            for (first, second) in pairs {
                err.line(format_args!("  {first} is followed by {second}"));
            }
        }
    }
}
