//! The order in which a Java `HashMap` gives its keys back: some tools print in it.

/// `String.hashCode`.
pub(crate) fn string_hash(text: &str) -> i32 {
    text.encode_utf16().fold(0i32, |hash, unit| {
        hash.wrapping_mul(31).wrapping_add(i32::from(unit))
    })
}

/// A `HashMap` of which only the order is of interest. Buckets are lists: they become trees from
/// eight keys on, which does not happen at these sizes.
#[derive(Clone, Debug)]
pub(crate) struct JavaMap<K> {
    buckets: Vec<Vec<(i32, K)>>,
    len: usize,
}

impl<K: PartialEq> JavaMap<K> {
    /// `new HashMap<>(capacity)`.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self {
            buckets: empty(capacity.max(1).next_power_of_two()),
            len: 0,
        }
    }

    /// `new HashMap<>()` filled by `putAll` of a map with `count` keys.
    pub(crate) fn for_all_of(count: usize) -> Self {
        // count / 0.75 + 1, truncated
        Self::with_capacity(count.saturating_mul(4) / 3 + 1)
    }

    /// `put`, by the key's `hashCode`.
    pub(crate) fn put(&mut self, hash: i32, key: K) {
        let spread = hash ^ (hash.cast_unsigned() >> 16).cast_signed();
        let index = index(spread, self.buckets.len());
        let Some(bucket) = self.buckets.get_mut(index) else {
            return;
        };
        if bucket.iter().any(|(_, other)| *other == key) {
            return;
        }
        bucket.push((spread, key));
        self.len += 1;
        if self.len > self.buckets.len() * 3 / 4 {
            self.grow();
        }
    }

    /// Keys in iteration order.
    pub(crate) fn into_keys(self) -> impl Iterator<Item = K> {
        self.buckets.into_iter().flatten().map(|(_, key)| key)
    }

    fn grow(&mut self) {
        let size = self.buckets.len() * 2;
        let old = std::mem::replace(&mut self.buckets, empty(size));
        for (spread, key) in old.into_iter().flatten() {
            if let Some(bucket) = self.buckets.get_mut(index(spread, size)) {
                bucket.push((spread, key));
            }
        }
    }
}

fn empty<K>(size: usize) -> Vec<Vec<(i32, K)>> {
    std::iter::repeat_with(Vec::new).take(size).collect()
}

/// `size` is a power of two.
fn index(spread: i32, size: usize) -> usize {
    let spread = usize::try_from(spread.cast_unsigned()).unwrap_or_default();
    spread & (size - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(names: &[&'static str]) -> Vec<&'static str> {
        let mut map = JavaMap::for_all_of(names.len());
        for name in names {
            map.put(string_hash(name), *name);
        }
        map.into_keys().collect()
    }

    #[test]
    fn strings_hash_as_in_java() {
        assert_eq!(string_hash("alpha"), 92_909_918);
        assert_eq!(string_hash(""), 0);
        assert_eq!(string_hash("polygenelubricants"), i32::MIN);
    }

    #[test]
    fn orders_seen_in_apaches_tools() {
        assert_eq!(
            order(&[
                "alpha", "assigned", "beta", "equals", "gamma", "max", "my_topic"
            ]),
            [
                "max", "alpha", "equals", "my_topic", "assigned", "beta", "gamma"
            ]
        );
        assert_eq!(order(&["alpha", "beta"]), ["beta", "alpha"]);
    }
}
