//! Variable-length integers on plain slices and vectors.
//!
//! The `read_*` functions take the bytes from the front of the slice; they fail on a number longer
//! than its type allows. Forms that are longer than needed are read, as Apache Kafka does.

use crate::DecodeErrorKind;

/// Longest form of a 32-bit number, in bytes.
pub const MAX_LEN_32: usize = 5;
/// Longest form of a 64-bit number, in bytes.
pub const MAX_LEN_64: usize = 10;

/// Reads an unsigned 32-bit number.
///
/// # Errors
/// [`DecodeErrorKind::Truncated`] at the end of the bytes, [`DecodeErrorKind::VarintTooLong`] after
/// five bytes.
#[inline]
pub fn read_u32(bytes: &mut &[u8]) -> Result<u32, DecodeErrorKind> {
    if let Some((&first, rest)) = bytes.split_first()
        && first < 0x80
    {
        *bytes = rest;
        return Ok(u32::from(first));
    }
    read_u32_slow(bytes)
}

fn read_u32_slow(bytes: &mut &[u8]) -> Result<u32, DecodeErrorKind> {
    let mut value = 0u32;
    for (index, &byte) in bytes.iter().take(MAX_LEN_32).enumerate() {
        let shift = index.wrapping_mul(7);
        // The fifth byte holds the top four bits; whatever lies above them is dropped, as Apache does.
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            *bytes = bytes.get(index.wrapping_add(1)..).unwrap_or_default();
            return Ok(value);
        }
    }
    Err(unfinished(bytes.len(), MAX_LEN_32))
}

/// Reads an unsigned 64-bit number.
///
/// # Errors
/// As [`read_u32`], with ten bytes.
#[inline]
pub fn read_u64(bytes: &mut &[u8]) -> Result<u64, DecodeErrorKind> {
    let mut value = 0u64;
    for (index, &byte) in bytes.iter().take(MAX_LEN_64).enumerate() {
        let shift = index.wrapping_mul(7);
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            *bytes = bytes.get(index.wrapping_add(1)..).unwrap_or_default();
            return Ok(value);
        }
    }
    Err(unfinished(bytes.len(), MAX_LEN_64))
}

/// Reads a zigzag 32-bit number.
///
/// # Errors
/// As [`read_u32`].
#[inline]
pub fn read_i32(bytes: &mut &[u8]) -> Result<i32, DecodeErrorKind> {
    let raw = read_u32(bytes)?;
    Ok((raw >> 1).cast_signed() ^ (raw & 1).cast_signed().wrapping_neg())
}

/// Reads a zigzag 64-bit number.
///
/// # Errors
/// As [`read_u64`].
#[inline]
pub fn read_i64(bytes: &mut &[u8]) -> Result<i64, DecodeErrorKind> {
    let raw = read_u64(bytes)?;
    Ok((raw >> 1).cast_signed() ^ (raw & 1).cast_signed().wrapping_neg())
}

/// Appends an unsigned 32-bit number.
#[inline]
pub fn write_u32(out: &mut Vec<u8>, value: u32) {
    write_u64(out, u64::from(value));
}

/// Appends an unsigned 64-bit number.
#[inline]
pub fn write_u64(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(low_seven_bits(value) | 0x80);
        value >>= 7;
    }
    out.push(low_seven_bits(value));
}

/// Appends a zigzag 32-bit number.
#[inline]
pub fn write_i32(out: &mut Vec<u8>, value: i32) {
    write_u32(out, ((value << 1) ^ (value >> 31)).cast_unsigned());
}

/// Appends a zigzag 64-bit number.
#[inline]
pub fn write_i64(out: &mut Vec<u8>, value: i64) {
    write_u64(out, ((value << 1) ^ (value >> 63)).cast_unsigned());
}

/// Bytes [`write_u32`] takes.
#[inline]
#[must_use]
pub fn len_u32(value: u32) -> usize {
    len_u64(u64::from(value))
}

/// Bytes [`write_u64`] takes.
#[inline]
#[must_use]
pub fn len_u64(value: u64) -> usize {
    let bits = 64u32.saturating_sub((value | 1).leading_zeros());
    // At most 64 bits: ten bytes.
    usize::try_from(bits.div_ceil(7)).unwrap_or(MAX_LEN_64)
}

/// Bytes [`write_i32`] takes.
#[inline]
#[must_use]
pub fn len_i32(value: i32) -> usize {
    len_u32(((value << 1) ^ (value >> 31)).cast_unsigned())
}

/// Bytes [`write_i64`] takes.
#[inline]
#[must_use]
pub fn len_i64(value: i64) -> usize {
    len_u64(((value << 1) ^ (value >> 63)).cast_unsigned())
}

#[inline]
fn low_seven_bits(value: u64) -> u8 {
    value.to_le_bytes()[0] & 0x7f
}

fn unfinished(remaining: usize, longest: usize) -> DecodeErrorKind {
    if remaining >= longest {
        DecodeErrorKind::VarintTooLong
    } else {
        DecodeErrorKind::Truncated {
            needed: remaining.saturating_add(1),
            remaining,
        }
    }
}
