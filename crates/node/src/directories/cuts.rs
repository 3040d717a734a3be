//! What was found damaged when a log was opened.

use std::{fmt, path::PathBuf};

use ottla_storage::Cut;
use parking_lot::Mutex;

/// A log that was cut before a batch that was not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCut {
    /// The partition's directory.
    pub path: PathBuf,
    /// What went.
    pub cut: Cut,
}

/// Those nobody was told of yet.
#[derive(Debug, Default)]
pub(super) struct Cuts(Mutex<Vec<LogCut>>);

impl Cuts {
    pub(super) fn add(&self, path: PathBuf, cut: Option<Cut>) {
        if let Some(cut) = cut {
            self.0.lock().push(LogCut { path, cut });
        }
    }

    pub(super) fn take(&self) -> Vec<LogCut> {
        std::mem::take(&mut self.0.lock())
    }
}

impl fmt::Display for LogCut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cut {
            end,
            error,
            bytes,
            quarantined,
            ..
        } = &self.cut;
        write!(f, "Found invalid messages in {} ", self.path.display())?;
        write!(f, "at offset {end}: ")?;
        match error {
            Some(error) => write!(f, "{error}")?,
            None => write!(f, "records are missing")?,
        }
        write!(f, ". Truncating the log to {end}: {bytes} bytes go")?;
        if *quarantined > 0 {
            write!(
                f,
                ", {quarantined} of them to files in that directory whose names end in .quarantined"
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ottla_types::Offset;

    use super::*;

    #[test]
    fn a_cut_says_what_is_left_of_it() {
        let cuts = Cuts::default();
        let mut cut = Cut {
            end: Offset(5),
            error: None,
            bytes: 700,
            segments: 1,
            quarantined: 0,
        };
        cuts.add("/data/orders-0".into(), None);
        cuts.add("/data/orders-0".into(), Some(cut.clone()));
        cut.quarantined = 600;
        cuts.add("/data/orders-1".into(), Some(cut));
        let said: Vec<_> = cuts.take().iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "Found invalid messages in /data/orders-0 at offset 5: records are missing. Truncating \
                 the log to 5: 700 bytes go",
                "Found invalid messages in /data/orders-1 at offset 5: records are missing. Truncating \
                 the log to 5: 700 bytes go, 600 of them to files in that directory whose names end in \
                 .quarantined",
            ]
        );
        assert!(cuts.take().is_empty());
    }
}
