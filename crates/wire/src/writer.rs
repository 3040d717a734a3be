//! The rope writer.

use bytes::Bytes;
use ottla_types::{Saturate, Uuid};

use crate::{Chunk, EncodeError, EncodeErrorKind, Form, Frame, varint};

/// Writes Kafka's primitive types to a buffer, and takes large chunks without copying them.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    buffer: Vec<u8>,
    /// Shared chunks, each with the place in `buffer` it stands before.
    shared: Vec<(usize, Chunk)>,
    length_prefix: bool,
}

/// Where a field that is preceded by its own size began.
#[derive(Debug)]
#[must_use = "hand it back to `end_sized`"]
pub struct SizedMark {
    buffer_at: usize,
    shared_at: usize,
}

impl Writer {
    /// An empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for `capacity` bytes.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            buffer: Vec::with_capacity(capacity),
            ..Self::default()
        }
    }

    /// A writer whose result starts with an int32 of the bytes that follow.
    #[must_use]
    pub fn with_length_prefix() -> Self {
        let mut buffer = Vec::with_capacity(128);
        buffer.extend_from_slice(&[0; PREFIX]);
        Self {
            buffer,
            shared: Vec::new(),
            length_prefix: true,
        }
    }

    /// Bytes written, the length prefix included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shared
            .iter()
            .fold(self.buffer.len(), |sum, (_, chunk)| {
                sum.saturating_add(chunk.len())
            })
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.buffer.is_empty() && self.shared.is_empty()
    }

    /// Adds bytes as they are, by copying them.
    #[inline]
    pub fn put_slice(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Adds a chunk without copying it.
    pub fn put_shared(&mut self, chunk: impl Into<Chunk>) {
        let chunk = chunk.into();
        if !chunk.is_empty() {
            self.shared.push((self.buffer.len(), chunk));
        }
    }

    /// Begins a part whose size, as an unsigned varint, goes in front of it.
    pub fn begin_sized(&mut self) -> SizedMark {
        SizedMark {
            buffer_at: self.buffer.len(),
            shared_at: self.shared.len(),
        }
    }

    /// Ends the part and puts its size in front.
    pub fn end_sized(&mut self, mark: SizedMark) {
        let own = self.buffer.len().saturating_sub(mark.buffer_at);
        let shared = self.shared.get_mut(mark.shared_at..).unwrap_or_default();
        let size = shared
            .iter()
            .fold(own, |sum, (_, chunk)| sum.saturating_add(chunk.len()));
        let mut prefix = Vec::with_capacity(varint::MAX_LEN_32);
        varint::write_u32(&mut prefix, size.saturate());
        for (place, _) in shared {
            *place = place.saturating_add(prefix.len());
        }
        self.buffer.splice(mark.buffer_at..mark.buffer_at, prefix);
    }

    /// The bytes as chunks that are ready to be sent.
    #[must_use]
    pub fn into_frame(mut self) -> Frame {
        self.patch_length();
        if self.shared.is_empty() {
            return Frame::from(self.buffer);
        }
        let mut buffer = Bytes::from(self.buffer);
        let mut chunks = Vec::with_capacity(self.shared.len().saturating_mul(2).saturating_add(1));
        let mut taken = 0usize;
        for (place, chunk) in self.shared {
            let own = buffer.split_to(place.saturating_sub(taken).min(buffer.len()));
            chunks.push(Chunk::Bytes(own));
            chunks.push(chunk);
            taken = place;
        }
        chunks.push(Chunk::Bytes(buffer));
        Frame::new(chunks)
    }

    /// The bytes as one vector.
    ///
    /// # Panics
    /// If a range of a file was put and cannot be read. What is kept in memory never is one.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<u8> {
        if self.shared.is_empty() {
            self.patch_length();
            return self.buffer;
        }
        let bytes = self.into_frame().to_vec();
        bytes.expect("invariant: ranges of files are put into frames only")
    }

    fn patch_length(&mut self) {
        if !self.length_prefix {
            return;
        }
        let length: i32 = self.len().saturating_sub(PREFIX).saturate();
        if let Some(prefix) = self.buffer.first_chunk_mut::<PREFIX>() {
            *prefix = length.to_be_bytes();
        }
    }
}

macro_rules! fixed_width {
    ($($name:ident: $type:ty = $what:literal;)*) => {
        /// Numbers of fixed width, big-endian.
        impl Writer {
            $(
                #[doc = concat!("Writes ", $what, ".")]
                #[inline]
                pub fn $name(&mut self, value: $type) {
                    self.buffer.extend_from_slice(&value.to_be_bytes());
                }
            )*
        }
    };
}

fixed_width! {
    i8: i8 = "an int8";
    i16: i16 = "an int16";
    i32: i32 = "an int32";
    i64: i64 = "an int64";
    u8: u8 = "an unsigned byte";
    u16: u16 = "a uint16";
    u32: u32 = "a uint32";
    f64: f64 = "a float64";
}

/// Other primitives. Those with a length fail with [`EncodeErrorKind::TooLong`].
#[allow(clippy::missing_errors_doc, reason = "said once for the block")]
impl Writer {
    /// Writes a bool as one byte.
    #[inline]
    pub fn bool(&mut self, value: bool) {
        self.buffer.push(u8::from(value));
    }

    /// Writes a uuid.
    #[inline]
    pub fn uuid(&mut self, value: Uuid) {
        self.buffer.extend_from_slice(&value.0);
    }

    /// Writes a zigzag 32-bit varint.
    #[inline]
    pub fn varint(&mut self, value: i32) {
        varint::write_i32(&mut self.buffer, value);
    }

    /// Writes a zigzag 64-bit varint.
    #[inline]
    pub fn varlong(&mut self, value: i64) {
        varint::write_i64(&mut self.buffer, value);
    }

    /// Writes an unsigned 32-bit varint.
    #[inline]
    pub fn uvarint(&mut self, value: u32) {
        varint::write_u32(&mut self.buffer, value);
    }

    fn block_len(&mut self, what: &'static str, form: Form, len: usize) -> Result<(), EncodeError> {
        let Ok(length) = i32::try_from(len) else {
            return Err(too_long(what, len));
        };
        match form {
            Form::Classic => self.i32(length),
            Form::Compact => self.uvarint(length.cast_unsigned().saturating_add(1)),
        }
        Ok(())
    }

    fn null_block(&mut self, form: Form) {
        match form {
            Form::Classic => self.i32(-1),
            Form::Compact => self.uvarint(0),
        }
    }

    /// Writes a string in the given form.
    #[inline]
    pub fn string_as(&mut self, form: Form, text: &str) -> Result<(), EncodeError> {
        let Ok(length) = i16::try_from(text.len()) else {
            return Err(too_long("string", text.len()));
        };
        match form {
            Form::Classic => self.i16(length),
            Form::Compact => self.uvarint(u32::from(length.cast_unsigned()).saturating_add(1)),
        }
        self.buffer.extend_from_slice(text.as_bytes());
        Ok(())
    }

    /// Writes a string or null in the given form.
    #[inline]
    pub fn nullable_string_as(
        &mut self,
        form: Form,
        text: Option<&str>,
    ) -> Result<(), EncodeError> {
        match (text, form) {
            (Some(text), _) => return self.string_as(form, text),
            (None, Form::Classic) => self.i16(-1),
            (None, Form::Compact) => self.uvarint(0),
        }
        Ok(())
    }

    /// Writes bytes in the given form.
    #[inline]
    pub fn bytes_as(&mut self, form: Form, bytes: &[u8]) -> Result<(), EncodeError> {
        self.block_len("bytes", form, bytes.len())?;
        self.buffer.extend_from_slice(bytes);
        Ok(())
    }

    /// Writes bytes or null in the given form.
    #[inline]
    pub fn nullable_bytes_as(
        &mut self,
        form: Form,
        bytes: Option<&[u8]>,
    ) -> Result<(), EncodeError> {
        match bytes {
            Some(bytes) => self.bytes_as(form, bytes),
            None => {
                self.null_block(form);
                Ok(())
            }
        }
    }

    /// Writes shared chunks as one bytes value in the given form, without copying them.
    pub fn shared_as(&mut self, form: Form, chunks: &[Chunk]) -> Result<(), EncodeError> {
        let length = chunks
            .iter()
            .fold(0usize, |sum, chunk| sum.saturating_add(chunk.len()));
        self.block_len("bytes", form, length)?;
        for chunk in chunks {
            self.put_shared(chunk.clone());
        }
        Ok(())
    }

    /// Writes the number of elements of an array in the given form.
    #[inline]
    pub fn array_len_as(&mut self, form: Form, count: usize) -> Result<(), EncodeError> {
        self.block_len("array", form, count)
    }

    /// Writes a null array in the given form.
    #[inline]
    pub fn null_array_as(&mut self, form: Form) {
        self.null_block(form);
    }

    /// Writes a string with an int16 length.
    pub fn string(&mut self, text: &str) -> Result<(), EncodeError> {
        self.string_as(Form::Classic, text)
    }

    /// Writes a string with an int16 length; -1 for null.
    pub fn nullable_string(&mut self, text: Option<&str>) -> Result<(), EncodeError> {
        self.nullable_string_as(Form::Classic, text)
    }

    /// Writes a string with a varint length.
    pub fn compact_string(&mut self, text: &str) -> Result<(), EncodeError> {
        self.string_as(Form::Compact, text)
    }

    /// Writes a string with a varint length; 0 for null.
    pub fn compact_nullable_string(&mut self, text: Option<&str>) -> Result<(), EncodeError> {
        self.nullable_string_as(Form::Compact, text)
    }

    /// Writes bytes with an int32 length.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), EncodeError> {
        self.bytes_as(Form::Classic, bytes)
    }

    /// Writes bytes with an int32 length; -1 for null.
    pub fn nullable_bytes(&mut self, bytes: Option<&[u8]>) -> Result<(), EncodeError> {
        self.nullable_bytes_as(Form::Classic, bytes)
    }

    /// Writes bytes with a varint length.
    pub fn compact_bytes(&mut self, bytes: &[u8]) -> Result<(), EncodeError> {
        self.bytes_as(Form::Compact, bytes)
    }

    /// Writes bytes with a varint length; 0 for null.
    pub fn compact_nullable_bytes(&mut self, bytes: Option<&[u8]>) -> Result<(), EncodeError> {
        self.nullable_bytes_as(Form::Compact, bytes)
    }

    /// Writes the number of elements of an array, int32.
    pub fn array_len(&mut self, count: usize) -> Result<(), EncodeError> {
        self.array_len_as(Form::Classic, count)
    }

    /// Writes the number of elements of an array, varint.
    pub fn compact_array_len(&mut self, count: usize) -> Result<(), EncodeError> {
        self.array_len_as(Form::Compact, count)
    }

    /// Writes an array of primitives.
    pub fn array_of<T: Copy>(
        &mut self,
        form: Form,
        items: &[T],
        write: fn(&mut Self, T),
    ) -> Result<(), EncodeError> {
        self.array_len_as(form, items.len())?;
        for item in items {
            write(self, *item);
        }
        Ok(())
    }

    /// Writes an array of strings.
    pub fn strings<S: AsRef<str>>(&mut self, form: Form, items: &[S]) -> Result<(), EncodeError> {
        self.array_len_as(form, items.len())?;
        for item in items {
            self.string_as(form, item.as_ref())?;
        }
        Ok(())
    }

    /// Writes an array of structs.
    pub fn array<T>(
        &mut self,
        form: Form,
        items: &[T],
        version: i16,
        write: fn(&T, &mut Self, i16) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        self.array_len_as(form, items.len())?;
        for item in items {
            write(item, self, version)?;
        }
        Ok(())
    }
}

#[cold]
fn too_long(what: &'static str, length: usize) -> EncodeError {
    EncodeError {
        what,
        kind: EncodeErrorKind::TooLong(length),
    }
}

/// Bytes of the length prefix.
const PREFIX: usize = 4;
