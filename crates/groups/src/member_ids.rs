//! Member ids: the client's name and a UUID drawn from a seed.

use ottla_types::SplitMix64;

/// Source of member ids. The seed must come from entropy and differ between coordinators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemberIds {
    numbers: SplitMix64,
}

impl MemberIds {
    pub(crate) const fn new(seed: u64) -> Self {
        Self {
            numbers: SplitMix64::new(seed),
        }
    }

    /// `prefix-` and a version 4 UUID.
    pub(crate) fn next(&mut self, prefix: &str) -> String {
        let (high, low) = (self.numbers.next(), self.numbers.next());
        let high = (high & !0xf000) | 0x4000;
        let low = (low & !(0b11 << 62)) | (0b10 << 62);
        let hex = format!("{high:016x}{low:016x}");
        let mut id = format!("{prefix}-");
        for (at, digit) in hex.chars().enumerate() {
            if matches!(at, 8 | 12 | 16 | 20) {
                id.push('-');
            }
            id.push(digit);
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn an_id_is_a_name_and_a_random_uuid() {
        let mut ids = MemberIds::new(1);
        let id = ids.next("client");
        let mut shape = String::new();
        for part in id.strip_prefix("client-").unwrap().split('-') {
            write!(shape, "{} ", part.len()).unwrap();
        }
        assert_eq!(shape, "8 4 4 4 12 ");
        assert_eq!(id.as_bytes()["client-".len() + 14], b'4');
        assert_ne!(id, ids.next("client"));
    }
}
