//! The order in which Java walks a hash map of strings.

/// Puts `items` in the order of a `HashMap` they were inserted into one after the other.
pub(crate) fn java_hash_order<T>(items: Vec<T>, key: impl Fn(&T) -> &str) -> Vec<T> {
    // A table of 16 buckets doubles when it is filled to more than three quarters.
    let mut buckets: u32 = 16;
    while items.len() > usize::try_from(buckets / 4 * 3).unwrap_or(usize::MAX) {
        buckets *= 2;
    }
    let mut items = items;
    items.sort_by_key(|item| {
        let hash = java_hash(key(item));
        (hash ^ (hash >> 16)) & (buckets - 1)
    });
    items
}

fn java_hash(text: &str) -> u32 {
    text.encode_utf16().fold(0, |hash: u32, unit| {
        hash.wrapping_mul(31).wrapping_add(u32::from(unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_hash_as_in_java() {
        assert_eq!(java_hash("range"), 108_280_125);
        assert_eq!(java_hash("polygenelubricants"), 1 << 31);
    }
    #[test]
    fn a_few_strings_come_in_the_order_that_apache_kafka_chooses_protocols_in() {
        let order = |names: &[&'static str]| java_hash_order(names.to_vec(), |name| name);
        assert_eq!(order(&["range", "sticky"]), ["sticky", "range"]);
        assert_eq!(order(&["range", "roundrobin"]), ["range", "roundrobin"]);
        let first = order(&["cooperative-sticky", "range"])[0];
        assert_eq!(first, "range");
        assert_eq!(order(&["b", "m", "q"]), ["q", "b", "m"]);
        // One bucket: as they were inserted.
        assert_eq!(order(&["BB", "Aa"]), ["BB", "Aa"]);
    }
}
