//! The hashes that place keys and groups: part of the protocol, since clients and brokers must agree.

use ottla_types::{Saturate as _, Uuid};
use xxhash_rust::xxh3::xxh3_64;

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

/// One topic as the metadata hash of a group sees it.
#[derive(Clone, Copy, Debug)]
pub struct HashedTopic<'a, R> {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: &'a str,
    /// By partition, the racks of its replicas; the order within a partition does not matter.
    pub racks: &'a [Vec<R>],
}

/// The hash of a topic's metadata that group coordinators compare to see whether it changed. A
/// topic that does not exist has the hash 0.
///
/// Spec: KIP-1101.
#[must_use]
pub fn topic_hash<R: AsRef<str>>(topic: &HashedTopic<'_, R>) -> i64 {
    let mut input = Vec::new();
    input.push(TOPIC_HASH_VERSION);
    let [high @ .., _, _, _, _, _, _, _, _] = topic.id.0;
    let [_, _, _, _, _, _, _, _, low @ ..] = topic.id.0;
    input.extend(high.iter().rev());
    input.extend(low.iter().rev());
    put_text(&mut input, topic.name);
    put_count(&mut input, topic.racks.len());
    for (index, racks) in topic.racks.iter().enumerate() {
        put_count(&mut input, index);
        let mut racks: Vec<&str> = racks.iter().map(AsRef::as_ref).collect();
        racks.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
        for rack in racks {
            put_count(&mut input, rack.encode_utf16().count());
            put_text(&mut input, rack);
        }
    }
    xxh3_64(&input).cast_signed()
}

/// The metadata hash of a group, from name and hash of each topic it subscribes to. Topics that do
/// not exist are left out by the caller; without any the hash is 0.
///
/// Spec: KIP-1101.
#[must_use]
pub fn group_metadata_hash(topics: &[(&str, i64)]) -> i64 {
    if topics.is_empty() {
        return 0;
    }
    let mut topics = topics.to_vec();
    topics.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    let input: Vec<u8> = topics
        .iter()
        .flat_map(|(_, hash)| hash.to_le_bytes())
        .collect();
    xxh3_64(&input).cast_signed()
}

/// UTF-16 units, then how many there were.
fn put_text(input: &mut Vec<u8>, text: &str) {
    let before = input.len();
    input.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    put_count(input, input.len().saturating_sub(before) / 2);
}

fn put_count(input: &mut Vec<u8>, count: usize) {
    let count: i32 = count.saturate();
    input.extend_from_slice(&count.to_le_bytes());
}

/// First byte of what is hashed for a topic.
const TOPIC_HASH_VERSION: u8 = 0;
