//! The hashes that place keys and groups: part of the protocol, since clients and brokers must agree.

/// Java's `String.hashCode`, over the UTF-16 units of the text.
#[must_use]
pub fn java_string_hash(text: &str) -> i32 {
    text.encode_utf16().fold(0_i32, |hash, unit| {
        hash.wrapping_mul(31).wrapping_add(i32::from(unit))
    })
}

/// The partition of an internal topic that coordinates a group or transactional id.
///
/// `partitions` is the number of partitions of the topic; 0 gives 0.
#[must_use]
pub fn coordinator_partition(id: &str, partitions: usize) -> i32 {
    // Kafka's abs gives 0 for the one number that has no positive counterpart.
    let positive = java_string_hash(id).checked_abs().unwrap_or(0);
    let partitions = i32::try_from(partitions).unwrap_or(i32::MAX);
    positive.checked_rem(partitions).unwrap_or(0)
}

/// The 32-bit Murmur2 hash with Kafka's seed.
#[must_use]
pub fn murmur2(bytes: &[u8]) -> i32 {
    const SEED: u32 = 0x9747_b28c;
    const MIX: u32 = 0x5bd1_e995;
    // Only the low 32 bits of the length take part.
    let len = u32::try_from(bytes.len() & 0xffff_ffff).unwrap_or(0);
    let mut hash = SEED ^ len;
    let mut words = bytes.chunks_exact(4);
    for word in &mut words {
        let mut k = word
            .iter()
            .rev()
            .fold(0, |k, byte| (k << 8) | u32::from(*byte));
        k = k.wrapping_mul(MIX);
        k ^= k >> 24;
        hash = hash.wrapping_mul(MIX) ^ k.wrapping_mul(MIX);
    }
    let tail = words.remainder();
    if !tail.is_empty() {
        hash ^= tail
            .iter()
            .rev()
            .fold(0, |k, byte| (k << 8) | u32::from(*byte));
        hash = hash.wrapping_mul(MIX);
    }
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(MIX);
    (hash ^ (hash >> 15)).cast_signed()
}

/// The partition that Kafka's default partitioner gives a key.
///
/// `partitions` is the number of partitions of the topic; 0 gives 0.
#[must_use]
pub fn key_partition(key: &[u8], partitions: i32) -> i32 {
    (murmur2(key) & i32::MAX)
        .checked_rem(partitions)
        .unwrap_or(0)
}
