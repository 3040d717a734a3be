//! The last offset of each key, in bounded memory.
//!
//! A key is remembered by 128 bits of a seeded hash and never by its bytes. Two keys with one hash
//! would make one of them lose its record. Of n keys in a map that happens with a chance of about
//! n^2 / 2^129: below 10^-24 for the five million keys of the default buffer. The seed is drawn anew by
//! every process, so nobody can prepare such keys; and who may write to a topic may overwrite any key of
//! it in any case. Apache Kafka takes MD5, of the same width and without a seed.
//!
//! O1  an entry once put is found until [`OffsetMap::clear`]
//! O2  a refused put changes nothing
//!
//! The slots are sorted by hash up to gaps (ordered linear probing), so that a key that is not there is
//! known to be absent after a few slots even when the map is nearly full.

use std::hint::black_box;

use xxhash_rust::xxh3::xxh3_128_with_seed;

/// A map from keys to offsets that takes no more memory than it was given.
#[derive(Debug)]
pub struct OffsetMap {
    seed: u64,
    /// Most slots to be allocated.
    slots_max: usize,
    load_factor: f64,
    slots: Vec<Slot>,
    /// Where the hash of a key can begin; behind it lies room for those that were moved.
    homes: usize,
    len: usize,
    len_max: usize,
}

/// 24 bytes, as in Apache Kafka, so that a buffer holds as many keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    high: u64,
    low: u64,
    /// The offset plus one; 0 for a free slot.
    next: u64,
}

impl Slot {
    const fn is_free(self) -> bool {
        self.next == 0
    }

    const fn hash(self) -> (u64, u64) {
        (self.high, self.low)
    }
}

/// The map has no room for another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl OffsetMap {
    /// Of at most `bytes`, to be filled up to `load_factor`. Nothing is allocated yet. `seed` must come
    /// from entropy where strangers choose the keys.
    #[must_use]
    pub fn new(bytes: usize, load_factor: f64, seed: u64) -> Self {
        Self {
            seed,
            slots_max: (bytes / size_of::<Slot>()).max(SLOTS_MIN),
            load_factor,
            slots: Vec::new(),
            homes: 0,
            len: 0,
            len_max: 0,
        }
    }

    /// Forgets all, and makes room for `keys` as far as the bound allows.
    pub fn clear(&mut self, keys: u64) {
        let load = self.load_factor.clamp(0.01, MOST_LOAD);
        let wanted = usize::try_from(keys.saturating_add(keys / 4)).unwrap_or(usize::MAX);
        let slots = wanted
            .saturating_add(SLOTS_MIN)
            .min(self.slots_max)
            .max(SLOTS_MIN);
        self.homes = slots - slots / OVERFLOW_PART - 1;
        self.len = 0;
        self.len_max = share(slots, load).clamp(1, self.homes);
        // Zeroed pages come from the system untouched: only what is used takes memory.
        self.slots = Vec::new();
        self.slots = vec![Slot::default(); slots];
    }

    /// Gives the memory back.
    pub fn release(&mut self) {
        self.slots = Vec::new();
        (self.homes, self.len, self.len_max) = (0, 0, 0);
    }

    /// Notes that `key` stands at `offset`, unless it is known to stand at a later one.
    ///
    /// # Errors
    /// [`Full`] for a new key when the map holds as many as it may.
    pub fn put(&mut self, key: &[u8], offset: i64) -> Result<(), Full> {
        let Some(new) = self.slot_of(key, offset) else {
            return Ok(());
        };
        let place = self.find(new);
        match self.slots.get_mut(place) {
            Some(slot) if !slot.is_free() && slot.hash() == new.hash() => {
                slot.next = slot.next.max(new.next);
                return Ok(());
            }
            Some(_) if self.len < self.len_max => {}
            _ => return Err(Full),
        }
        let tail = self.slots.get(place..).unwrap_or_default();
        let Some(free) = tail.iter().position(|slot| slot.is_free()) else {
            return Err(Full);
        };
        self.slots.copy_within(place..place + free, place + 1);
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = new;
        }
        self.len += 1;
        Ok(())
    }

    /// The last offset of `key`.
    #[must_use]
    pub fn get(&self, key: &[u8]) -> Option<i64> {
        let wanted = self.slot_of(key, 0)?;
        let slot = self.slots.get(self.find(wanted))?;
        let is_it = !slot.is_free() && slot.hash() == wanted.hash();
        is_it.then(|| (slot.next - 1).cast_signed())
    }

    /// Brings into the caches what [`put`](Self::put) and [`get`](Self::get) of these keys will look at:
    /// for all of them at once, where one after the other would each wait for memory. `homes` is
    /// scratch.
    pub(super) fn approach<'k>(
        &self,
        keys: impl Iterator<Item = &'k [u8]>,
        homes: &mut Vec<usize>,
    ) {
        homes.clear();
        homes.extend(keys.map(|key| self.home(hash(key, self.seed).0)));
        let slots = homes.iter().filter_map(|home| self.slots.get(*home));
        black_box(slots.fold(0, |mixed, slot| mixed ^ slot.next));
    }

    /// How many keys it holds.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds no key.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Keys per slot, of those that may be allocated.
    #[must_use]
    pub fn utilization(&self) -> f64 {
        ratio(self.len, self.slots_max)
    }

    /// `None` for an offset that cannot be.
    fn slot_of(&self, key: &[u8], offset: i64) -> Option<Slot> {
        let (high, low) = hash(key, self.seed);
        Some(Slot {
            high,
            low,
            next: u64::try_from(offset).ok()?.checked_add(1)?,
        })
    }

    /// The slot from which on a key is looked for.
    fn home(&self, high: u64) -> usize {
        let homes = u128::try_from(self.homes).unwrap_or_default();
        usize::try_from((u128::from(high) * homes) >> 64).unwrap_or_default()
    }

    /// The first slot, from the home of the hash on, that is free or not before it.
    fn find(&self, wanted: Slot) -> usize {
        let home = self.home(wanted.high);
        let slots = self.slots.get(home..).unwrap_or_default();
        let is_there = |slot: &Slot| slot.is_free() || slot.hash() >= wanted.hash();
        let steps = slots.iter().position(is_there).unwrap_or(slots.len());
        home + steps
    }
}

/// Both halves of a key's hash.
fn hash(key: &[u8], seed: u64) -> (u64, u64) {
    let [a, b, c, d, e, f, g, h, low @ ..] = xxh3_128_with_seed(key, seed).to_be_bytes();
    let high = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
    (high, u64::from_be_bytes(low))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a number of slots, which need not be exact"
)]
fn share(slots: usize, part: f64) -> usize {
    (slots as f64 * part) as usize
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a ratio for the eye of a reader"
)]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    part as f64 / whole as f64
}

/// One slot in so many lies behind the homes.
const OVERFLOW_PART: usize = 64;
/// Fewer slots make no sense.
const SLOTS_MIN: usize = 16;
/// Fuller than this, a search takes too many steps.
const MOST_LOAD: f64 = 0.95;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn key(n: u32) -> Vec<u8> {
        format!("key-{n}").into_bytes()
    }

    #[test]
    fn the_last_offset_of_a_key_is_known() {
        let mut map = OffsetMap::new(1 << 20, 0.9, 7);
        map.clear(1000);
        assert_eq!(map.get(b"a"), None);
        map.put(b"a", 3).unwrap();
        map.put(b"b", 0).unwrap();
        map.put(b"a", 9).unwrap();
        map.put(b"a", 5).unwrap();
        assert_eq!((map.get(b"a"), map.get(b"b")), (Some(9), Some(0)));
        assert_eq!((map.get(b""), map.len()), (None, 2));
        map.put(b"", 11).unwrap();
        assert_eq!(map.get(b""), Some(11));
        map.clear(10);
        assert_eq!((map.get(b"a"), map.len()), (None, 0));
    }

    #[test]
    fn a_full_map_refuses_new_keys_only() {
        for (bytes, load) in [
            (24 * 1000, 0.9),
            (24 * 1000, 1.0),
            (24, 0.5),
            (24 * 64, 0.95),
        ] {
            let mut map = OffsetMap::new(bytes, load, 1);
            map.clear(u64::MAX);
            let mut taken = 0;
            while map.put(&key(taken), taken.into()).is_ok() {
                taken += 1;
            }
            assert_eq!(map.len(), usize::try_from(taken).unwrap());
            assert!(taken > 0 && map.len() <= bytes.div_ceil(24).max(16));
            for n in 0..taken {
                assert_eq!(map.get(&key(n)), Some(n.into()), "{n} of {taken}");
                map.put(&key(n), i64::from(n) + 1_000_000).unwrap();
                assert_eq!(map.get(&key(n)), Some(i64::from(n) + 1_000_000));
            }
            assert_eq!(map.get(&key(taken)), None);
        }
    }

    #[test]
    fn few_keys_take_little_memory() {
        let mut map = OffsetMap::new(128 << 20, 0.9, 1);
        map.clear(100);
        assert!(map.slots.len() < 200);
        for n in 0..100 {
            map.put(&key(n), n.into()).unwrap();
        }
        map.release();
        assert_eq!((map.slots.capacity(), map.get(&key(1))), (0, None));
        assert_eq!(map.put(&key(1), 1), Err(Full));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn it_is_a_map(puts in proptest::collection::vec((0..300u32, 0..1000i64), 0..400), seed: u64) {
            let mut map = OffsetMap::new(24 * 200, 0.9, seed);
            map.clear(u64::MAX);
            let mut model = BTreeMap::<u32, i64>::new();
            for (n, offset) in puts {
                let is_room = model.len() < 180 || model.contains_key(&n);
                match map.put(&key(n), offset) {
                    Ok(()) => {
                        let last = model.entry(n).or_insert(offset);
                        *last = offset.max(*last);
                    }
                    Err(Full) => prop_assert!(!is_room || !model.contains_key(&n)),
                }
                prop_assert_eq!(map.len(), model.len());
            }
            for n in 0..300 {
                prop_assert_eq!(map.get(&key(n)), model.get(&n).copied());
            }
        }
    }
}
