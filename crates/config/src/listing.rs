//! The order in which keys are listed: that of the hash table that Apache Kafka answers from.
//!
//! Clients keep what they get in such a table too, and tools print it as it lies there: where two keys meet in a
//! slot, the one that came first is printed first.

/// Slots of the smallest table.
const SLOTS_MIN: usize = 16;

/// Puts `items`, given in the order in which their keys are defined, into the order of a listing.
pub(crate) fn in_listing_order<T>(mut items: Vec<T>, name: impl Fn(&T) -> &str) -> Vec<T> {
    let slots = slots(items.len());
    // Stable: keys of one slot stay in the order in which they came.
    items.sort_by_key(|item| slot(name(item), slots));
    items
}

/// Slots of a table that has grown to `len` keys: a power of two, filled to three quarters at most.
fn slots(len: usize) -> u32 {
    let needed = (len.saturating_mul(4)).div_ceil(3).max(SLOTS_MIN);
    u32::try_from(needed.next_power_of_two()).unwrap_or(1 << 31)
}

/// Slot of a key, after the hash of a Java string with its upper half folded in.
fn slot(name: &str, slots: u32) -> u32 {
    let hash = name.encode_utf16().fold(0u32, |hash, unit| {
        hash.wrapping_mul(31).wrapping_add(u32::from(unit))
    });
    (hash ^ (hash >> 16)) & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_meet_stay_in_the_order_given() {
        let listed = |names: Vec<&'static str>| in_listing_order(names, |name| name);
        // "Aa" and "BB" have the same hash.
        assert_eq!(listed(vec!["BB", "a", "Aa"]), ["BB", "Aa", "a"]);
        assert_eq!(listed(vec!["Aa", "BB", "a"]), ["Aa", "BB", "a"]);
    }

    #[test]
    fn a_table_grows_when_it_is_three_quarters_full() {
        let grown = [0, 12, 13, 24, 25, 33, 340, 384, 385].map(slots);
        assert_eq!(grown, [16, 16, 32, 32, 64, 64, 512, 512, 1024]);
    }
}
