//! The names of the files of a log.

use std::path::{Path, PathBuf};

/// What a file of a segment holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Log,
    OffsetIndex,
    TimeIndex,
    TxnIndex,
    Snapshot,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Log,
        Self::OffsetIndex,
        Self::TimeIndex,
        Self::TxnIndex,
        Self::Snapshot,
    ];

    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::OffsetIndex => "index",
            Self::TimeIndex => "timeindex",
            Self::TxnIndex => "txnindex",
            Self::Snapshot => "snapshot",
        }
    }
}

/// What stands behind a file's name while it is being replaced or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Suffix {
    /// Removed; unlinked later.
    Deleted,
    /// Written by compaction, not yet complete.
    Cleaned,
    /// Complete, about to replace others.
    Swap,
}

impl Suffix {
    /// As it stands behind a name.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Deleted => ".deleted",
            Self::Cleaned => ".cleaned",
            Self::Swap => ".swap",
        }
    }
}

/// A file's name, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) offset: i64,
    pub(crate) kind: Kind,
    pub(crate) suffix: Option<Suffix>,
}

impl Name {
    /// `None` for names that are not of a segment.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let mut parts = name.split('.');
        let digits = parts.next()?;
        let extension = parts.next()?;
        let suffix = match parts.next() {
            None => None,
            Some("deleted") => Some(Suffix::Deleted),
            Some("cleaned") => Some(Suffix::Cleaned),
            Some("swap") => Some(Suffix::Swap),
            Some(_) => return None,
        };
        if parts.next().is_some()
            || digits.is_empty()
            || !digits.bytes().all(|b| b.is_ascii_digit())
        {
            return None;
        }
        Some(Self {
            offset: digits.parse().ok()?,
            kind: Kind::ALL
                .into_iter()
                .find(|kind| kind.extension() == extension)?,
            suffix,
        })
    }
}

/// Path of a segment's file.
pub(crate) fn path(dir: &Path, offset: i64, kind: Kind) -> PathBuf {
    dir.join(format!("{offset:020}.{}", kind.extension()))
}

/// The same path with `.deleted` behind it.
pub(crate) fn deleted(path: &Path) -> PathBuf {
    suffixed(path, Suffix::Deleted)
}

/// The same path with a suffix behind it.
pub(crate) fn suffixed(path: &Path, suffix: Suffix) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix.text());
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_parse_and_print() {
        assert_eq!(
            path(Path::new("t-0"), 42, Kind::TimeIndex),
            Path::new("t-0/00000000000000000042.timeindex")
        );
        assert_eq!(
            Name::parse("00000000000000000042.log.swap"),
            Some(Name {
                offset: 42,
                kind: Kind::Log,
                suffix: Some(Suffix::Swap),
            })
        );
        for other in [
            "leader-epoch-checkpoint",
            "partition.metadata",
            "00000000000000000000-0000000000.checkpoint",
            "00000000000000000042.log.tmp",
            "x.log",
            ".log",
        ] {
            assert_eq!(Name::parse(other), None, "{other}");
        }
    }
}
