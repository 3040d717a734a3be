//! The bounded reader.

use std::borrow::Cow;

use ottla_types::Uuid;

use crate::{DecodeError, DecodeErrorKind, text, varint};

/// Decoded values may take this many times the bytes they were decoded from.
pub const DECODE_BUDGET_FACTOR: usize = 16;
/// Memory every frame may take, whatever its size.
pub const DECODE_BUDGET_BASE: usize = 64 * 1024;

/// How lengths are written: the fixed-width way, or the compact way of flexible versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// int16 or int32 lengths, -1 for null.
    Classic,
    /// Unsigned varint of length plus one, 0 for null.
    Compact,
}

impl Form {
    /// The form of a version that is flexible or not.
    #[inline]
    #[must_use]
    pub fn of(flexible: bool) -> Self {
        if flexible {
            Self::Compact
        } else {
            Self::Classic
        }
    }
}

/// How strictly a section of tagged fields is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagRules {
    /// Tags must ascend and unknown ones are counted: for what peers send.
    Strict,
    /// Any order, repeats, any number, as Apache Kafka reads its own logs.
    Lenient,
}

/// Reads Kafka's primitive types from a slice.
///
/// Values borrow from the slice where they can. Collections are charged to a budget before they
/// are allocated, so that no frame can bloat the process.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    length: usize,
    budget: usize,
    tag_rules: TagRules,
}

impl<'a> Reader<'a> {
    /// A reader for bytes of a peer: budget in proportion to the bytes, strict tags.
    #[inline]
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        let budget = bytes.len().saturating_mul(DECODE_BUDGET_FACTOR);
        Self {
            rest: bytes,
            length: bytes.len(),
            budget: budget.saturating_add(DECODE_BUDGET_BASE),
            tag_rules: TagRules::Strict,
        }
    }

    /// A reader for bytes this cluster wrote itself (logs, snapshots, vectors): lenient tags, and
    /// memory bounded only by one element per byte.
    #[inline]
    #[must_use]
    pub fn trusted(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            length: bytes.len(),
            budget: usize::MAX,
            tag_rules: TagRules::Lenient,
        }
    }

    /// Bytes not yet read.
    #[inline]
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Bytes read so far.
    #[inline]
    #[must_use]
    pub fn position(&self) -> usize {
        self.length.saturating_sub(self.rest.len())
    }

    /// The bytes not yet read, without reading them.
    #[inline]
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// How tagged fields are read.
    #[inline]
    #[must_use]
    pub fn tag_rules(&self) -> TagRules {
        self.tag_rules
    }

    /// An error at the current position.
    #[cold]
    #[must_use]
    pub fn error(&self, what: &'static str, kind: DecodeErrorKind) -> DecodeError {
        DecodeError {
            what,
            at: self.position(),
            kind,
        }
    }

    /// Fails unless every byte was read.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TrailingBytes`].
    pub fn finish(&self) -> Result<(), DecodeError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.error("end", DecodeErrorKind::TrailingBytes(self.rest.len())))
        }
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer remain.
    #[inline]
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        self.take_for("bytes", count)
    }

    #[inline]
    fn take_for(&mut self, what: &'static str, count: usize) -> Result<&'a [u8], DecodeError> {
        match self.rest.split_at_checked(count) {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(taken)
            }
            None => Err(self.truncated(what, count)),
        }
    }

    #[inline]
    fn fixed<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], DecodeError> {
        match self.rest.split_first_chunk::<N>() {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(*taken)
            }
            None => Err(self.truncated(what, N)),
        }
    }

    #[cold]
    fn truncated(&self, what: &'static str, needed: usize) -> DecodeError {
        self.error(
            what,
            DecodeErrorKind::Truncated {
                needed,
                remaining: self.rest.len(),
            },
        )
    }

    /// Takes `count` elements of `T` from the budget and makes room for them.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when there are more elements than bytes,
    /// [`DecodeErrorKind::BudgetExceeded`] when they take too much memory.
    #[inline]
    pub fn reserve<T>(&mut self, count: usize) -> Result<Vec<T>, DecodeError> {
        if count > self.rest.len() {
            return Err(self.truncated("array", count));
        }
        self.charge(count.saturating_mul(size_of::<T>()))?;
        Ok(Vec::with_capacity(count))
    }

    /// Takes memory from the budget.
    ///
    /// # Errors
    /// [`DecodeErrorKind::BudgetExceeded`].
    #[inline]
    pub fn charge(&mut self, bytes: usize) -> Result<(), DecodeError> {
        match self.budget.checked_sub(bytes) {
            Some(budget) => {
                self.budget = budget;
                Ok(())
            }
            None => {
                let kind = DecodeErrorKind::BudgetExceeded {
                    needed: bytes,
                    budget: self.budget,
                };
                Err(self.error("array", kind))
            }
        }
    }
}

macro_rules! fixed_width {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $what:literal;)*) => {
        /// Numbers of fixed width, big-endian. Each fails with [`DecodeErrorKind::Truncated`].
        #[allow(clippy::missing_errors_doc, reason = "said once for the block")]
        impl Reader<'_> {
            $(
                $(#[$doc])*
                #[inline]
                pub fn $name(&mut self) -> Result<$type, DecodeError> {
                    Ok(<$type>::from_be_bytes(self.fixed($what)?))
                }
            )*
        }
    };
}

fixed_width! {
    /// An int8.
    i8: i8 = "int8";
    /// An int16.
    i16: i16 = "int16";
    /// An int32.
    i32: i32 = "int32";
    /// An int64.
    i64: i64 = "int64";
    /// An unsigned byte.
    u8: u8 = "uint8";
    /// A uint16.
    u16: u16 = "uint16";
    /// A uint32.
    u32: u32 = "uint32";
    /// A float64.
    f64: f64 = "float64";
}

/// Other primitives. Each fails with [`DecodeErrorKind::Truncated`] at the end of the bytes;
/// varints also with [`DecodeErrorKind::VarintTooLong`].
#[allow(clippy::missing_errors_doc, reason = "said once for the block")]
impl<'a> Reader<'a> {
    /// A bool: any byte but zero is true.
    #[inline]
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        Ok(self.fixed::<1>("bool")? != [0])
    }

    /// A uuid.
    #[inline]
    pub fn uuid(&mut self) -> Result<Uuid, DecodeError> {
        self.fixed("uuid").map(Uuid)
    }

    /// A zigzag 32-bit varint.
    #[inline]
    pub fn varint(&mut self) -> Result<i32, DecodeError> {
        varint::read_i32(&mut self.rest).map_err(|kind| self.error("varint", kind))
    }

    /// A zigzag 64-bit varint.
    #[inline]
    pub fn varlong(&mut self) -> Result<i64, DecodeError> {
        varint::read_i64(&mut self.rest).map_err(|kind| self.error("varlong", kind))
    }

    /// An unsigned 32-bit varint.
    #[inline]
    pub fn uvarint(&mut self) -> Result<u32, DecodeError> {
        varint::read_u32(&mut self.rest).map_err(|kind| self.error("unsigned varint", kind))
    }

    fn uvarint_len(&mut self, what: &'static str) -> Result<usize, DecodeError> {
        let raw = self.uvarint()?;
        // Lengths are int32 in the reference: what does not fit one is negative there.
        if raw > i32::MAX.cast_unsigned() {
            return Err(self.error(what, DecodeErrorKind::InvalidLength(i64::from(raw))));
        }
        usize::try_from(raw)
            .map_err(|_| self.error(what, DecodeErrorKind::InvalidLength(i64::from(raw))))
    }

    /// Length plus one; zero is null.
    fn compact_len(&mut self, what: &'static str) -> Result<Option<usize>, DecodeError> {
        let raw = self.uvarint()?;
        let Some(length) = raw.checked_sub(1) else {
            return Ok(None);
        };
        if length > i32::MAX.cast_unsigned() {
            return Err(self.error(what, DecodeErrorKind::InvalidLength(i64::from(length))));
        }
        usize::try_from(length)
            .map(Some)
            .map_err(|_| self.error(what, DecodeErrorKind::InvalidLength(i64::from(length))))
    }

    fn text_len(&mut self, form: Form) -> Result<Option<usize>, DecodeError> {
        let length = match form {
            Form::Compact => self.compact_len("string")?,
            Form::Classic => usize::try_from(self.i16()?).ok(),
        };
        match length {
            Some(length) if length > MAX_STRING => {
                let kind =
                    DecodeErrorKind::InvalidLength(i64::try_from(length).unwrap_or(i64::MAX));
                Err(self.error("string", kind))
            }
            length => Ok(length),
        }
    }

    fn block_len(&mut self, what: &'static str, form: Form) -> Result<Option<usize>, DecodeError> {
        match form {
            Form::Compact => self.compact_len(what),
            // Kafka writes -1 for null and reads any negative length as that.
            Form::Classic => Ok(usize::try_from(self.i32()?).ok()),
        }
    }

    fn not_null<T>(&self, what: &'static str, value: Option<T>) -> Result<T, DecodeError> {
        value.ok_or_else(|| self.error(what, DecodeErrorKind::UnexpectedNull))
    }

    /// A string or null, in the given form.
    #[inline]
    pub fn nullable_string_as(&mut self, form: Form) -> Result<Option<Cow<'a, str>>, DecodeError> {
        let Some(length) = self.text_len(form)? else {
            return Ok(None);
        };
        let bytes = self.take_for("string", length)?;
        let text = text(bytes);
        if let Cow::Owned(replaced) = &text {
            self.charge(replaced.len())?;
        }
        Ok(Some(text))
    }

    /// A string, in the given form. What is not UTF-8 becomes U+FFFD, as in Java.
    #[inline]
    pub fn string_as(&mut self, form: Form) -> Result<Cow<'a, str>, DecodeError> {
        let text = self.nullable_string_as(form)?;
        self.not_null("string", text)
    }

    /// Bytes or null, in the given form.
    #[inline]
    pub fn nullable_bytes_as(&mut self, form: Form) -> Result<Option<&'a [u8]>, DecodeError> {
        match self.block_len("bytes", form)? {
            Some(length) => self.take_for("bytes", length).map(Some),
            None => Ok(None),
        }
    }

    /// Bytes, in the given form.
    #[inline]
    pub fn bytes_as(&mut self, form: Form) -> Result<&'a [u8], DecodeError> {
        let bytes = self.nullable_bytes_as(form)?;
        self.not_null("bytes", bytes)
    }

    /// The number of elements of an array or null, in the given form.
    #[inline]
    pub fn nullable_array_len_as(&mut self, form: Form) -> Result<Option<usize>, DecodeError> {
        self.block_len("array", form)
    }

    /// The number of elements of an array, in the given form.
    #[inline]
    pub fn array_len_as(&mut self, form: Form) -> Result<usize, DecodeError> {
        let count = self.nullable_array_len_as(form)?;
        self.not_null("array", count)
    }

    /// A string with an int16 length.
    pub fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.string_as(Form::Classic)
    }

    /// A string with an int16 length; a negative one is null.
    pub fn nullable_string(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        self.nullable_string_as(Form::Classic)
    }

    /// A string with a varint length.
    pub fn compact_string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.string_as(Form::Compact)
    }

    /// A string with a varint length; 0 is null.
    pub fn compact_nullable_string(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        self.nullable_string_as(Form::Compact)
    }

    /// Bytes with an int32 length.
    pub fn bytes(&mut self) -> Result<&'a [u8], DecodeError> {
        self.bytes_as(Form::Classic)
    }

    /// Bytes with an int32 length; a negative one is null.
    pub fn nullable_bytes(&mut self) -> Result<Option<&'a [u8]>, DecodeError> {
        self.nullable_bytes_as(Form::Classic)
    }

    /// Bytes with a varint length.
    pub fn compact_bytes(&mut self) -> Result<&'a [u8], DecodeError> {
        self.bytes_as(Form::Compact)
    }

    /// Bytes with a varint length; 0 is null.
    pub fn compact_nullable_bytes(&mut self) -> Result<Option<&'a [u8]>, DecodeError> {
        self.nullable_bytes_as(Form::Compact)
    }

    /// The number of elements of an array, int32.
    pub fn array_len(&mut self) -> Result<usize, DecodeError> {
        self.array_len_as(Form::Classic)
    }

    /// The number of elements of an array, varint.
    pub fn compact_array_len(&mut self) -> Result<usize, DecodeError> {
        self.array_len_as(Form::Compact)
    }

    /// The size in front of a tagged field, or their number.
    pub(crate) fn tag_number(&mut self, what: &'static str) -> Result<usize, DecodeError> {
        self.uvarint_len(what)
    }
}

/// Arrays. `read` takes one element; it is a plain function so that code is made once per element
/// type. Each fails as its elements do, and with [`DecodeErrorKind::BudgetExceeded`].
#[allow(clippy::missing_errors_doc, reason = "said once for the block")]
impl<'a> Reader<'a> {
    /// An array of primitives or null.
    pub fn nullable_array_of<T>(
        &mut self,
        form: Form,
        read: fn(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Option<Vec<T>>, DecodeError> {
        let Some(count) = self.nullable_array_len_as(form)? else {
            return Ok(None);
        };
        let mut items = self.reserve(count)?;
        for _ in 0..count {
            items.push(read(self)?);
        }
        Ok(Some(items))
    }

    /// An array of primitives.
    pub fn array_of<T>(
        &mut self,
        form: Form,
        read: fn(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        let items = self.nullable_array_of(form, read)?;
        self.not_null("array", items)
    }

    /// An array of strings or null.
    pub fn nullable_strings(
        &mut self,
        form: Form,
    ) -> Result<Option<Vec<Cow<'a, str>>>, DecodeError> {
        match form {
            Form::Classic => self.nullable_array_of(form, Self::string),
            Form::Compact => self.nullable_array_of(form, Self::compact_string),
        }
    }

    /// An array of strings.
    pub fn strings(&mut self, form: Form) -> Result<Vec<Cow<'a, str>>, DecodeError> {
        let items = self.nullable_strings(form)?;
        self.not_null("array", items)
    }

    /// An array of structs or null.
    pub fn nullable_array<T>(
        &mut self,
        form: Form,
        version: i16,
        read: fn(&mut Self, i16) -> Result<T, DecodeError>,
    ) -> Result<Option<Vec<T>>, DecodeError> {
        let Some(count) = self.nullable_array_len_as(form)? else {
            return Ok(None);
        };
        let mut items = self.reserve(count)?;
        for _ in 0..count {
            items.push(read(self, version)?);
        }
        Ok(Some(items))
    }

    /// An array of structs.
    pub fn array<T>(
        &mut self,
        form: Form,
        version: i16,
        read: fn(&mut Self, i16) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        let items = self.nullable_array(form, version, read)?;
        self.not_null("array", items)
    }
}

/// Longest string of the protocol, in bytes: its length is an int16 in the classic form.
const MAX_STRING: usize = 0x7fff;
