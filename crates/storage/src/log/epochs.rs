//! Which leader epoch began at which offset: `leader-epoch-checkpoint`.
//!
//! E1  epochs and start offsets both rise strictly
//! E2  the file lacks no epoch of a batch that a start does not read. A start reads what lies behind the
//!     recovery point and behind the last entry of an offset index, and knows better than the file then
//!
//! So a new epoch costs no sync: the file is written with the indexes, and before them.
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
    Flushing, Log,
    error::{Fault, StorageError},
};
use crate::fs::{Access, write_whole};

/// Name of the file.
pub(crate) const FILE_NAME: &str = "leader-epoch-checkpoint";

/// Its name before it replaces another.
const NEW_FILE_NAME: &str = "leader-epoch-checkpoint.tmp";

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
        // Most logs have one.
        self.entries.reserve_exact(1);
        self.entries.push((epoch, start));
        true
    }

    /// Batches of one epoch were found: what contradicts them goes.
    pub(crate) fn correct(&mut self, run: EpochRun) {
        let EpochRun { epoch, first, last } = run;
        if epoch.0 < 0 {
            return;
        }
        if self.epoch_at(first) != Some(epoch) {
            self.entries
                .retain(|(other, start)| *start < first || (*start > first && *other > epoch));
            let place = self.entries.partition_point(|(_, start)| *start < first);
            let before = place.checked_sub(1).and_then(|last| self.entries.get(last));
            if before.is_none_or(|(other, _)| *other < epoch) {
                self.entries.insert(place, (epoch, first));
            }
        }
        let inside = |start: Offset| start > first && start <= last;
        self.entries
            .retain(|(other, start)| *other == epoch || !inside(*start));
    }

    /// The first offset of which `other` says something else.
    pub(crate) fn first_difference(&self, other: &Self) -> Option<Offset> {
        let same = self.entries.iter().zip(&other.entries);
        let same = same.take_while(|(a, b)| a == b).count();
        let starts = [&self.entries, &other.entries];
        let starts = starts.into_iter().filter_map(|entries| entries.get(same));
        starts.map(|(_, start)| *start).min()
    }

    /// Puts all epochs that began before `end` in the place of those that are known.
    pub(crate) fn prepend(&mut self, earlier: Vec<(LeaderEpoch, Offset)>, end: Offset) {
        let at_end = self.epoch_at(end).map(|epoch| (epoch, end));
        let mut known = std::mem::take(&mut self.entries);
        known.retain(|(_, start)| *start >= end);
        for (epoch, start) in earlier.into_iter().chain(at_end).chain(known) {
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

/// Batches of one epoch that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EpochRun {
    pub(crate) epoch: LeaderEpoch,
    /// First offset of the first batch.
    pub(crate) first: Offset,
    /// First offset of the last batch.
    pub(crate) last: Offset,
}

impl Log {
    /// Notes that the leader of `epoch` begins at the end of the log, before it appends. Nothing is
    /// written before there is a record of it.
    ///
    /// # Errors
    /// [`StorageError`] when the log is out of service.
    pub fn assign_epoch(&self, epoch: LeaderEpoch) -> Result<(), StorageError> {
        let _writer = self.lock_writer()?;
        self.assign_epochs(std::iter::once((epoch, self.log_end_offset())));
        Ok(())
    }

    /// Notes new epochs.
    pub(super) fn assign_epochs(&self, found: impl Iterator<Item = (LeaderEpoch, Offset)>) {
        let mut epochs = self.epochs.lock();
        for (epoch, start) in found {
            let is_new = epochs.latest().is_none_or(|latest| latest < epoch);
            if is_new && epochs.assign(epoch, start) {
                self.epochs_written.fetch_min(start.0, Ordering::AcqRel);
            }
        }
    }

    /// Changes the epochs, which are the same before `offset`.
    pub(super) fn change_epochs(&self, offset: Offset, change: impl FnOnce(&mut Epochs) -> bool) {
        let mut epochs = self.epochs.lock();
        if change(&mut epochs) {
            self.epochs_written.fetch_min(offset.0, Ordering::AcqRel);
        }
    }

    /// Writes the epochs, if the file does not say those of all records.
    pub(super) fn write_epochs(&self, flushing: &mut Flushing) -> Result<(), Fault> {
        if self.epochs_written.load(Ordering::Acquire) >= self.log_end_offset().0 {
            return Ok(());
        }
        let (bytes, written) = {
            let epochs = self.epochs.lock();
            let written = self.epochs_written.swap(i64::MAX, Ordering::AcqRel);
            (epochs.encode(), written)
        };
        let outcome = if self.syncs_later.load(Ordering::Acquire) {
            flushing.has_new_epochs = true;
            self.write_new_epochs(&bytes)
        } else {
            self.replace_epochs(&bytes)
        };
        outcome.inspect_err(|_| {
            self.epochs_written.fetch_min(written, Ordering::AcqRel);
        })
    }

    /// Writes the file under a name of its own: it is not synced yet.
    fn write_new_epochs(&self, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.dir.join(NEW_FILE_NAME);
        let opened = self.fs.open(&path, Access::Create);
        let written = opened.and_then(|file| write_whole(&*file, bytes));
        written.map_err(|error| self.failed("write to", &path, error))
    }

    /// Gives the file its name, if a new one was written that is synced now.
    pub(super) fn rename_epochs(&self, flushing: &mut Flushing) -> Result<(), Fault> {
        if !std::mem::take(&mut flushing.has_new_epochs) {
            return Ok(());
        }
        let (from, to) = (self.dir.join(NEW_FILE_NAME), self.dir.join(FILE_NAME));
        let renamed = self.fs.rename(&from, &to);
        renamed.map_err(|error| self.failed("rename", &from, error))
    }

    /// Forgets all epochs, for good: the records that said them are gone.
    pub(super) fn forget_epochs(&self) -> Result<(), Fault> {
        let none = Epochs::default();
        if self.epochs.lock().entries().is_empty() {
            return Ok(());
        }
        self.replace_epochs(&none.encode())?;
        *self.epochs.lock() = none;
        self.epochs_written.store(i64::MAX, Ordering::Release);
        Ok(())
    }

    fn replace_epochs(&self, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.dir.join(FILE_NAME);
        let replaced = self.fs.replace(&path, bytes);
        replaced.map_err(|error| self.failed("replace", &path, error))
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
    fn batches_know_better_than_the_file() {
        let found = |epoch, first, last| EpochRun {
            epoch: LeaderEpoch(epoch),
            first: Offset(first),
            last: Offset(last),
        };
        let corrected = |run| {
            let mut known = epochs(&[(2, 10), (4, 50), (5, 100)]);
            known.correct(run);
            pairs(&known)
        };
        let same = [(2, 10), (4, 50), (5, 100)];
        assert_eq!(corrected(found(4, 60, 99)), same);
        assert_eq!(corrected(found(-1, 0, 300)), same);
        // One that is missing, in the middle, at the end and at the start.
        let with = |place: usize, entry| {
            let mut all = same.to_vec();
            all.insert(place, entry);
            all
        };
        assert_eq!(corrected(found(3, 40, 45)), with(1, (3, 40)));
        assert_eq!(corrected(found(6, 120, 120)), with(3, (6, 120)));
        assert_eq!(corrected(found(1, 4, 8)), with(0, (1, 4)));
        // Ones that began later than the file says, or never.
        assert_eq!(corrected(found(4, 60, 110)), [(2, 10), (4, 50)]);
        assert_eq!(corrected(found(6, 90, 90)), [(2, 10), (4, 50), (6, 90)]);
        assert_eq!(corrected(found(4, 30, 40)), [(2, 10), (4, 30), (5, 100)]);
        assert_eq!(corrected(found(3, 60, 70)), same);
    }

    #[test]
    fn the_first_difference_is_where_either_goes_on() {
        let known = epochs(&[(2, 10), (4, 50)]);
        let differs = |entries| known.first_difference(&epochs(entries)).map(|o| o.0);
        assert_eq!(differs(&[(2, 10), (4, 50)]), None);
        assert_eq!(differs(&[(2, 10)]), Some(50));
        assert_eq!(differs(&[(2, 10), (4, 50), (5, 60)]), Some(60));
        assert_eq!(differs(&[(2, 20), (4, 50)]), Some(10));
        assert_eq!(differs(&[]), Some(10));
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
