//! Reading forward: over a slice (borrowing from it) or over what a codec produces (skipping).

use crate::RecordFault;

/// A source of bytes that can only be read forward.
///
/// Two kinds exist: [`Cursor`] over bytes in memory and the codecs' `Stream`.
pub(crate) trait Input {
    /// The next byte.
    fn byte(&mut self) -> Result<u8, RecordFault>;
    /// Passes `count` bytes.
    fn skip(&mut self, count: u64) -> Result<(), RecordFault>;
    /// Bytes read or passed so far.
    fn position(&self) -> u64;
    /// Whether nothing is left.
    fn at_end(&mut self) -> Result<bool, RecordFault>;

    /// Zigzag 32-bit number. Bits above the 32nd in the fifth byte are dropped, as Apache does.
    #[inline]
    fn varint(&mut self) -> Result<i32, RecordFault> {
        let first = self.byte()?;
        let mut raw = u32::from(first & 0x7f);
        if first >= 0x80 {
            let mut shift = 7u32;
            loop {
                let byte = self.byte()?;
                raw |= u32::from(byte & 0x7f) << shift;
                if byte < 0x80 {
                    break;
                }
                if shift >= 28 {
                    return Err(RecordFault::Varint);
                }
                shift = shift.wrapping_add(7);
            }
        }
        Ok((raw >> 1).cast_signed() ^ (raw & 1).cast_signed().wrapping_neg())
    }

    /// Zigzag 64-bit number.
    #[inline]
    fn varlong(&mut self) -> Result<i64, RecordFault> {
        let mut raw = 0u64;
        let mut shift = 0u32;
        loop {
            let byte = self.byte()?;
            raw |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok((raw >> 1).cast_signed() ^ (raw & 1).cast_signed().wrapping_neg());
            }
            if shift >= 63 {
                return Err(RecordFault::Varint);
            }
            shift = shift.wrapping_add(7);
        }
    }
}

/// A position in a slice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
    len: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            len: bytes.len(),
        }
    }

    /// The bytes not yet read.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `count` bytes, or `None` if fewer are left.
    #[inline]
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// The next `N` bytes, or `None` if fewer are left.
    #[inline]
    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*taken)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_be_bytes)
    }

    pub(crate) fn i8(&mut self) -> Option<i8> {
        self.array().map(i8::from_be_bytes)
    }

    pub(crate) fn i16(&mut self) -> Option<i16> {
        self.array().map(i16::from_be_bytes)
    }

    pub(crate) fn i32(&mut self) -> Option<i32> {
        self.array().map(i32::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn i64(&mut self) -> Option<i64> {
        self.array().map(i64::from_be_bytes)
    }
}

impl Input for Cursor<'_> {
    #[inline]
    fn byte(&mut self) -> Result<u8, RecordFault> {
        let (&byte, rest) = self.rest.split_first().ok_or(RecordFault::Ended)?;
        self.rest = rest;
        Ok(byte)
    }

    #[inline]
    fn skip(&mut self, count: u64) -> Result<(), RecordFault> {
        usize::try_from(count)
            .ok()
            .and_then(|count| self.take(count))
            .map(|_| ())
            .ok_or(RecordFault::Ended)
    }

    #[inline]
    fn position(&self) -> u64 {
        widen(self.len.wrapping_sub(self.rest.len()))
    }

    fn at_end(&mut self) -> Result<bool, RecordFault> {
        Ok(self.rest.is_empty())
    }
}

/// `usize` fits `u64` on every target Rust has.
#[inline]
pub(crate) fn widen(count: usize) -> u64 {
    ottla_types::Saturate::saturate(count)
}
