//! Which leader epoch began at which offset: `leader-epoch-checkpoint`.
//!
//! E1  epochs and start offsets both rise strictly
//!
//! ```text
//! 0            version
//! 2            number of entries
//! 3 0          epoch, first offset
//! 5 1200
//! ```
//! Spec: KIP-101, KIP-279, KIP-320.

use std::{fmt::Write as _, sync::atomic::Ordering};

use ottla_types::{LeaderEpoch, Offset};

use super::{
    Log,
    error::{Fault, StorageError},
};

/// Name of the file.
pub(crate) const FILE_NAME: &str = "leader-epoch-checkpoint";

/// The epochs of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Epochs {
    entries: Vec<(LeaderEpoch, Offset)>,
}

impl Epochs {
    /// Reads the file; `None` if it does not hold what it should. An empty file holds no epoch.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        if text.is_empty() {
            return Some(Self::default());
        }
        let mut lines = text.lines();
        if lines.next()?.trim() != "0" {
            return None;
        }
        let count: usize = lines.next()?.trim().parse().ok()?;
        let mut epochs = Self::default();
        let mut found = 0;
        for line in lines {
            let (epoch, start) = line.trim().split_once(char::is_whitespace)?;
            let (epoch, start) = (epoch.parse().ok()?, start.trim().parse().ok()?);
            epochs.assign(LeaderEpoch(epoch), Offset(start));
            found += 1;
        }
        (found == count).then_some(epochs)
    }

    /// The bytes of the file.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut text = format!("0\n{}\n", self.entries.len());
        for (epoch, start) in &self.entries {
            // Writing to a string cannot fail.
            writeln!(text, "{epoch} {start}").ok();
        }
        text.into_bytes()
    }

    /// All epochs with their first offsets.
    pub(crate) fn entries(&self) -> &[(LeaderEpoch, Offset)] {
        &self.entries
    }

    pub(crate) fn latest(&self) -> Option<LeaderEpoch> {
        self.entries.last().map(|(epoch, _)| *epoch)
    }

    /// The epoch of the record at `offset`.
    pub(crate) fn epoch_at(&self, offset: Offset) -> Option<LeaderEpoch> {
        let count = self.entries.partition_point(|(_, start)| *start <= offset);
        let last = count.checked_sub(1)?;
        self.entries.get(last).map(|(epoch, _)| *epoch)
    }

    /// Notes that `epoch` begins at `start`. Later entries that contradict it go. Returns whether
    /// anything changed.
    pub(crate) fn assign(&mut self, epoch: LeaderEpoch, start: Offset) -> bool {
        if epoch.0 < 0 || start.0 < 0 {
            return false;
        }
        if self
            .entries
            .last()
            .is_some_and(|last| last.0 == epoch && last.1 <= start)
        {
            return false;
        }
        if let Some(place) = self.entries.iter().position(|entry| entry.0 >= epoch) {
            if self.entries.get(place) == Some(&(epoch, start)) {
                return false;
            }
            self.entries.truncate(place);
        }
        while self.entries.last().is_some_and(|last| last.1 >= start) {
            self.entries.pop();
        }
        self.entries.push((epoch, start));
        true
    }

    /// A batch of `epoch` was found at `start`: what contradicts it goes.
    pub(crate) fn correct(&mut self, epoch: LeaderEpoch, start: Offset) {
        if self.epoch_at(start) == Some(epoch) {
            return;
        }
        self.truncate_end(start);
        if self.latest().is_none_or(|latest| latest < epoch) {
            self.assign(epoch, start);
        }
    }

    /// Adds epochs that began before all that are known.
    pub(crate) fn prepend(&mut self, earlier: Vec<(LeaderEpoch, Offset)>) {
        let known = std::mem::take(&mut self.entries);
        for (epoch, start) in earlier.into_iter().chain(known) {
            self.assign(epoch, start);
        }
    }

    /// Forgets what begins at `end` or later.
    pub(crate) fn truncate_end(&mut self, end: Offset) -> bool {
        let count = self.entries.partition_point(|(_, start)| *start < end);
        let changed = count < self.entries.len();
        self.entries.truncate(count);
        changed
    }

    /// Forgets what lies before `start`; the epoch of `start` itself begins there then.
    pub(crate) fn truncate_start(&mut self, start: Offset) -> bool {
        let count = self.entries.partition_point(|(_, first)| *first <= start);
        let Some(last) = count.checked_sub(1) else {
            return false;
        };
        self.entries.drain(..last);
        match self.entries.first_mut() {
            Some(first) if first.1 < start => {
                first.1 = start;
                true
            }
            _ => last > 0,
        }
    }

    /// The largest epoch up to `epoch`, and where the next one begins.
    ///
    /// `None` if `epoch` is larger than all that are known.
    pub(crate) fn end_offset_for(
        &self,
        epoch: LeaderEpoch,
        log_end: Offset,
    ) -> Option<(LeaderEpoch, Offset)> {
        if epoch.0 < 0 {
            return None;
        }
        if self.latest() == Some(epoch) {
            return Some((epoch, log_end));
        }
        let higher = self.entries.partition_point(|entry| entry.0 <= epoch);
        let (_, end) = *self.entries.get(higher)?;
        let floor = higher
            .checked_sub(1)
            .and_then(|floor| self.entries.get(floor));
        Some((floor.map_or(epoch, |entry| entry.0), end))
    }
}

impl Log {
    /// Notes that the leader of `epoch` begins at the end of the log, before it appends.
    ///
    /// # Errors
    /// [`StorageError`] when the file cannot be replaced.
    pub fn assign_epoch(&self, epoch: LeaderEpoch) -> Result<(), StorageError> {
        let _writer = self.lock_writer()?;
        self.assign_epochs(std::iter::once((epoch, self.log_end_offset())))?;
        Ok(())
    }

    /// Notes new epochs, and puts them on disk before any of their records is visible.
    pub(super) fn assign_epochs(
        &self,
        epochs: impl Iterator<Item = (LeaderEpoch, Offset)> + Clone,
    ) -> Result<(), Fault> {
        let latest = self.latest_epoch().unwrap_or(LeaderEpoch::NONE);
        if epochs.clone().all(|(epoch, _)| epoch <= latest) {
            return Ok(());
        }
        let mut assigned = self.epochs.lock().clone();
        for (epoch, start) in epochs {
            if assigned.latest().is_none_or(|latest| latest < epoch) {
                assigned.assign(epoch, start);
            }
        }
        self.replace_epochs(assigned)
    }

    /// Writes the epochs if they are not on disk.
    pub(super) fn write_epochs(&self) -> Result<(), Fault> {
        if !self.epochs_dirty.load(Ordering::Acquire) {
            return Ok(());
        }
        let _writer = self.writer.lock();
        let epochs = self.epochs.lock().clone();
        self.replace_epochs(epochs)
    }

    pub(super) fn replace_epochs(&self, epochs: Epochs) -> Result<(), Fault> {
        let path = self.dir.join(FILE_NAME);
        self.fs
            .replace(&path, &epochs.encode())
            .map_err(|error| self.failed("replace", &path, error))?;
        *self.epochs.lock() = epochs;
        self.epochs_dirty.store(false, Ordering::Release);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epochs(entries: &[(i32, i64)]) -> Epochs {
        let mut epochs = Epochs::default();
        for &(epoch, start) in entries {
            epochs.assign(LeaderEpoch(epoch), Offset(start));
        }
        epochs
    }

    fn pairs(epochs: &Epochs) -> Vec<(i32, i64)> {
        epochs.entries.iter().map(|(e, o)| (e.0, o.0)).collect()
    }

    #[test]
    fn the_file_has_kafkas_text() {
        let kept = epochs(&[(0, 0), (3, 1200)]);
        assert_eq!(kept.encode(), b"0\n2\n0 0\n3 1200\n");
        assert_eq!(Epochs::parse(&kept.encode()), Some(kept));
        assert_eq!(Epochs::parse(b""), Some(Epochs::default()));
        for damaged in [
            "1\n0\n",
            "0\n2\n0 0\n",
            "0\n1\n0\n",
            "0\n1\nx 0\n",
            "\0\0\0",
        ] {
            assert_eq!(Epochs::parse(damaged.as_bytes()), None, "{damaged:?}");
        }
    }

    #[test]
    fn a_new_epoch_removes_what_contradicts_it() {
        let mut kept = epochs(&[(0, 0), (3, 10), (5, 20)]);
        assert!(!kept.assign(LeaderEpoch(5), Offset(25)));
        assert!(kept.assign(LeaderEpoch(6), Offset(20)));
        assert_eq!(pairs(&kept), [(0, 0), (3, 10), (6, 20)]);
        assert!(kept.assign(LeaderEpoch(4), Offset(15)));
        assert_eq!(pairs(&kept), [(0, 0), (3, 10), (4, 15)]);
        assert!(kept.assign(LeaderEpoch(7), Offset(10)));
        assert_eq!(pairs(&kept), [(0, 0), (7, 10)]);
        assert!(!kept.assign(LeaderEpoch(-1), Offset(30)));
    }

    #[test]
    fn the_end_of_an_epoch_is_the_start_of_the_next() {
        let kept = epochs(&[(2, 10), (3, 20), (5, 30)]);
        let end = |epoch| {
            kept.end_offset_for(LeaderEpoch(epoch), Offset(40))
                .map(|(e, o)| (e.0, o.0))
        };
        assert_eq!(end(-1), None);
        assert_eq!(end(1), Some((1, 10)));
        assert_eq!(end(2), Some((2, 20)));
        assert_eq!(end(4), Some((3, 30)));
        assert_eq!(end(5), Some((5, 40)));
        assert_eq!(end(6), None);
    }

    #[test]
    fn truncation_keeps_the_epoch_of_the_new_start() {
        let mut kept = epochs(&[(0, 0), (3, 10), (5, 20)]);
        assert!(kept.truncate_start(Offset(15)));
        assert_eq!(pairs(&kept), [(3, 15), (5, 20)]);
        assert_eq!(kept.epoch_at(Offset(19)), Some(LeaderEpoch(3)));
        assert!(kept.truncate_end(Offset(20)));
        assert_eq!(pairs(&kept), [(3, 15)]);
        assert!(!kept.truncate_start(Offset(15)));
    }
}
