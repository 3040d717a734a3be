//! The controller's source of random choices: seeded by its owner, the same for the same seed.

use ottla_types::Uuid;

/// A small generator (xoshiro256++). Good for placement and for ids; never for secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entropy {
    state: [u64; 4],
}

impl Entropy {
    pub(crate) fn from_seed(seed: [u8; 32]) -> Self {
        let mut state = [0; 4];
        for (word, bytes) in state.iter_mut().zip(seed.as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*bytes);
        }
        if state == [0; 4] {
            // The generator never leaves the all-zero state.
            state[0] = 0x9e37_79b9_7f4a_7c15;
        }
        Self { state }
    }

    /// The next 64 bits.
    fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        let (b, a) = (b ^ c, a ^ d);
        self.state = [a, b, c ^ (self.state[1] << 17), d.rotate_left(45)];
        result
    }

    /// A number below `bound`; 0 when the bound is 0. The bias is negligible for small bounds.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.next()) * (bound as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A fresh id of the kind that Kafka makes.
    pub(crate) fn uuid(&mut self) -> Uuid {
        loop {
            let halves = u128::from(self.next()) << 64 | u128::from(self.next());
            if let Some(id) = Uuid::from_entropy(halves.to_be_bytes()) {
                return id;
            }
        }
    }

    /// Puts a list in random order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_choices() {
        let mut one = Entropy::from_seed([7; 32]);
        let mut two = one.clone();
        let (mut left, mut right) = ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]);
        one.shuffle(&mut left);
        two.shuffle(&mut right);
        assert_eq!((left, one.uuid()), (right, two.uuid()));
    }

    #[test]
    fn numbers_stay_below_their_bound_and_reach_all_of_it() {
        let mut entropy = Entropy::from_seed([0; 32]);
        let mut seen = [0; 5];
        (0..1000).for_each(|_| seen[entropy.below(5)] += 1);
        assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
        assert_eq!(entropy.below(0), 0);
    }
}
