//! What of the leader's own log may count toward the high watermark before it is synced.

use std::collections::VecDeque;

use ottla_types::Offset;

/// Appends that wait for the disk, as half-open ranges in offset order.
///
/// An append that does not wait lies in no range and holds nothing, unless it lies behind one that does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SyncHold {
    ranges: VecDeque<(Offset, Offset)>,
}

impl SyncHold {
    /// Holds the watermark at `start` until `end` is synced.
    pub(crate) fn hold(&mut self, start: Offset, end: Offset) {
        if start >= end {
            return;
        }
        let full = self.ranges.len() >= MAX_RANGES;
        match self.ranges.back_mut() {
            // A full list is joined at its end: that holds an append or two more than it must.
            Some(last) if last.1 >= start || full => last.1 = end,
            _ => self.ranges.push_back((start, end)),
        }
    }

    /// The log is durable up to `end`.
    pub(crate) fn synced(&mut self, end: Offset) {
        while self.ranges.front().is_some_and(|range| range.1 <= end) {
            self.ranges.pop_front();
        }
        if let Some(first) = self.ranges.front_mut() {
            first.0 = first.0.max(end);
        }
    }

    /// Nothing waits for the disk any more.
    pub(crate) fn release(&mut self) {
        self.ranges.clear();
    }

    /// How far the leader's own log counts, when it ends at `log_end`.
    pub(crate) fn limit(&self, log_end: Offset) -> Offset {
        self.ranges.front().map_or(log_end, |range| range.0)
    }
}

/// Ranges kept apart between two syncs; more appends than this are joined.
const MAX_RANGES: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_at_the_first_append_that_waits() {
        let mut hold = SyncHold::default();
        assert_eq!(hold.limit(Offset(5)), Offset(5));
        hold.hold(Offset(5), Offset(7));
        hold.hold(Offset(9), Offset(12));
        assert_eq!(hold.limit(Offset(12)), Offset(5));
        hold.synced(Offset(6));
        assert_eq!(hold.limit(Offset(12)), Offset(6));
        hold.synced(Offset(7));
        assert_eq!(hold.limit(Offset(12)), Offset(9));
        hold.synced(Offset(12));
        assert_eq!(hold.limit(Offset(15)), Offset(15));
    }

    #[test]
    fn a_full_list_is_joined_and_never_lets_go_early() {
        let mut hold = SyncHold::default();
        for index in 0..3000 {
            hold.hold(Offset(index * 2), Offset(index * 2 + 1));
        }
        assert_eq!(hold.ranges.len(), MAX_RANGES);
        hold.synced(Offset(5997));
        assert_eq!(hold.limit(Offset(6000)), Offset(5997));
        hold.synced(Offset(5999));
        assert_eq!(hold.limit(Offset(6000)), Offset(6000));
    }
}
