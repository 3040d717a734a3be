//! Bytes that look random and are the same in every run (SplitMix64).

use ottla_types::SplitMix64;

pub(crate) struct Random(SplitMix64);

impl Random {
    pub(crate) const fn new(seed: u64, stream: u64) -> Self {
        Self(SplitMix64::new(
            seed.wrapping_mul(SplitMix64::STEP) ^ stream.rotate_left(32),
        ))
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.below(u64::try_from(end).unwrap())).unwrap()
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length)
            .map(|_| self.0.next().to_le_bytes()[0])
            .collect()
    }
}
