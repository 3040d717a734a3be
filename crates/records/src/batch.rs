//! A view of one v2 batch in memory.

use std::ops::Deref;

use crate::{
    BatchError, BatchHeader, Compression, Decompressor, Records,
    crc32c::crc32c,
    cursor::Cursor,
    header::{CRC_COVERS_FROM, HEADER_LEN},
};

/// One v2 batch, borrowed. The header is decoded, the records are not touched.
///
/// The accessors of the header are reached through `Deref`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchView<'a> {
    header: BatchHeader,
    bytes: &'a [u8],
}

impl<'a> BatchView<'a> {
    /// The batch at the front of `bytes`, and what follows it. The checksum is not looked at.
    ///
    /// # Errors
    /// As [`BatchHeader::parse`], and [`BatchError::Truncated`] if the batch is not whole.
    #[inline]
    pub fn parse(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), BatchError> {
        let header = BatchHeader::parse(bytes)?;
        let needed = header.size_in_bytes();
        let (bytes, rest) = bytes
            .split_at_checked(needed)
            .ok_or(BatchError::Truncated {
                needed,
                available: bytes.len(),
            })?;
        Ok((Self { header, bytes }, rest))
    }

    /// The decoded header.
    #[must_use]
    pub const fn header(&self) -> &BatchHeader {
        &self.header
    }

    /// The whole batch.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Everything after the header, as stored: compressed if the batch is.
    #[must_use]
    pub fn payload(&self) -> &'a [u8] {
        self.bytes.get(HEADER_LEN..).unwrap_or_default()
    }

    /// Compares the checksum.
    ///
    /// # Errors
    /// [`BatchError::Crc`] when it differs.
    #[inline]
    pub fn check_crc(&self) -> Result<(), BatchError> {
        let computed = crc32c(self.bytes.get(CRC_COVERS_FROM..).unwrap_or_default());
        if computed == self.header.crc {
            return Ok(());
        }
        Err(BatchError::Crc {
            stored: self.header.crc,
            computed,
        })
    }

    /// The records. A compressed batch is decompressed into `decompressor`'s buffer first, up to its
    /// limit; the records then borrow from there.
    ///
    /// # Errors
    /// [`BatchError::Codec`], [`BatchError::RecordCount`], [`BatchError::Compression`].
    pub fn records<'d>(&self, decompressor: &'d mut Decompressor) -> Result<Records<'d>, BatchError>
    where
        'a: 'd,
    {
        let plain: &'d [u8] = match self.header.compression()? {
            Compression::None => self.payload(),
            codec => decompressor.decompress(codec, self.payload())?,
        };
        Records::new(&self.header, Cursor::new(plain))
    }
}

impl Deref for BatchView<'_> {
    type Target = BatchHeader;

    fn deref(&self) -> &BatchHeader {
        &self.header
    }
}

/// The v2 batches that follow each other in `bytes`. A last batch that is not whole ends the
/// iteration without an error, as the end of fetched data may cut one; any other fault is
/// returned once, and ends it too.
#[must_use]
pub const fn batches(bytes: &[u8]) -> Batches<'_> {
    Batches { rest: bytes }
}

/// See [`batches`].
#[derive(Clone, Debug)]
pub struct Batches<'a> {
    rest: &'a [u8],
}

impl<'a> Batches<'a> {
    /// What has not been returned yet; after the end, the batch that is not whole.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for Batches<'a> {
    type Item = Result<BatchView<'a>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        match BatchView::parse(self.rest) {
            Ok((batch, rest)) => {
                self.rest = rest;
                Some(Ok(batch))
            }
            Err(BatchError::Truncated { .. }) => None,
            Err(error) => {
                self.rest = &[];
                Some(Err(error))
            }
        }
    }
}
