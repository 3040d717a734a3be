//! Which producer snapshots are on disk: mostly one, so that a sorted list is least.

/// Their offsets.
#[derive(Debug, Default)]
pub(super) struct Snapshots(Vec<i64>);

impl FromIterator<i64> for Snapshots {
    fn from_iter<I: IntoIterator<Item = i64>>(offsets: I) -> Self {
        let mut offsets: Vec<i64> = offsets.into_iter().collect();
        offsets.sort_unstable();
        offsets.dedup();
        offsets.shrink_to_fit();
        Self(offsets)
    }
}

impl Snapshots {
    pub(super) fn contains(&self, offset: i64) -> bool {
        self.0.binary_search(&offset).is_ok()
    }

    /// In rising order.
    pub(super) fn iter(&self) -> impl Iterator<Item = i64> {
        self.0.iter().copied()
    }

    pub(super) fn last(&self) -> Option<i64> {
        self.0.last().copied()
    }

    pub(super) fn insert(&mut self, offset: i64) {
        if let Err(place) = self.0.binary_search(&offset) {
            self.0.reserve_exact(1);
            self.0.insert(place, offset);
        }
    }

    pub(super) fn remove(&mut self, offset: i64) {
        if let Ok(place) = self.0.binary_search(&offset) {
            self.0.remove(place);
        }
    }

    /// Takes out those after `offset`.
    pub(super) fn take_after(&mut self, offset: i64) -> Vec<i64> {
        let kept = self.0.partition_point(|other| *other <= offset);
        self.0.split_off(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_stand_in_order_once_each() {
        let mut snapshots: Snapshots = [7, 0, 7].into_iter().collect();
        snapshots.insert(3);
        snapshots.insert(3);
        assert!(snapshots.contains(3) && !snapshots.contains(4));
        assert_eq!(snapshots.iter().collect::<Vec<_>>(), [0, 3, 7]);
        assert_eq!(snapshots.last(), Some(7));
        snapshots.remove(4);
        assert_eq!(snapshots.take_after(0), [3, 7]);
        snapshots.remove(0);
        assert_eq!(snapshots.last(), None);
    }
}
