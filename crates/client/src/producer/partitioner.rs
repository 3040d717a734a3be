//! Which partition a record goes to.

use ottla_protocol::hash::murmur2;
use ottla_types::Saturate;

use crate::clock;

/// The partition, of `count`, of records with this key.
#[must_use]
pub fn partition_for_key(key: &[u8], count: usize) -> usize {
    let positive: usize = (murmur2(key) & i32::MAX).saturate();
    positive % count.max(1)
}

/// Where records without a key go: one partition until a batch's worth is there, then another.
#[derive(Debug, Default)]
pub(super) struct Sticky {
    partition: Option<usize>,
    bytes: usize,
}

impl Sticky {
    /// The partition to use now, out of `available` ones (all of `count` if there are none).
    pub(super) fn choose(&mut self, available: &[usize], count: usize, batch_size: usize) -> usize {
        if let Some(partition) = self.partition
            && self.bytes < batch_size
            && partition < count
        {
            return partition;
        }
        let partition = match available.get(clock::random_below(available.len())) {
            Some(partition) => *partition,
            None => clock::random_below(count),
        };
        self.partition = Some(partition);
        self.bytes = 0;
        partition
    }

    /// Counts what went there.
    pub(super) fn add(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_add(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_apaches_clients() {
        let signed = |key: &[u8]| murmur2(key);
        assert_eq!(signed(b"21"), -973_932_308);
        assert_eq!(signed(b"foobar"), -790_332_482);
        assert_eq!(signed(b"a-little-bit-long-string"), -985_981_536);
        assert_eq!(signed(b"a-little-bit-longer-string"), -1_486_304_829);
        assert_eq!(
            signed(b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8"),
            -58_897_971
        );
        assert_eq!(signed(b"abc"), 479_470_107);
    }

    #[test]
    fn a_partition_is_kept_for_one_batch() {
        let mut sticky = Sticky::default();
        let first = sticky.choose(&[0, 1, 2], 3, 100);
        sticky.add(99);
        assert_eq!(sticky.choose(&[0, 1, 2], 3, 100), first);
        sticky.add(1);
        assert_eq!(sticky.choose(&[7], 8, 100), 7);
    }
}
