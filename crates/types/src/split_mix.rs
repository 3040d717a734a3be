//! Numbers that look random and follow from a seed.

/// The SplitMix64 sequence of a seed: for jitter, for ids that need only be new, for tests.
///
/// Never for secrets: one number tells all that follow. Its state is 64 bits, so at most that much
/// of an id is really random.
///
/// ```
/// use ottla_types::SplitMix64;
///
/// let mut numbers = SplitMix64::new(1234567);
/// assert_eq!(numbers.next(), 6457827717110365317);
/// assert_eq!(numbers.next(), 3203168211198807973);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// What the state grows by with each number.
    pub const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

    /// The sequence of a seed. It passes its tests from any seed, also from consecutive ones.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    #[must_use]
    pub const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(Self::STEP);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when that is 0. Not quite even for large ones.
    #[must_use]
    pub const fn below(&mut self, end: u64) -> u64 {
        match self.next().checked_rem(end) {
            Some(number) => number,
            None => 0,
        }
    }
}
