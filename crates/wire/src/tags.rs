//! Tagged fields: known ones are read by the caller, unknown ones are kept as they are.

use std::borrow::Cow;

use ottla_types::Saturate;

use crate::{DecodeError, DecodeErrorKind, Reader, TagRules, Writer, varint};

/// Most unknown tags one section of a peer may hold.
pub const MAX_UNKNOWN_TAGS: usize = 64;

/// Tagged fields this build does not know: a view of their bytes, written back as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownTags<'a> {
    /// Tag, size and bytes of each field, one after the other; valid by construction.
    entries: Cow<'a, [u8]>,
}

impl<'a> UnknownTags<'a> {
    /// Whether there are none.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// Each tag with its bytes.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let mut rest: &[u8] = &self.entries;
        std::iter::from_fn(move || {
            let tag = varint::read_u32(&mut rest).ok()?;
            let size = usize::try_from(varint::read_u32(&mut rest).ok()?).ok()?;
            let (bytes, after) = rest.split_at_checked(size)?;
            rest = after;
            Some((tag, bytes))
        })
    }

    /// Adds a field.
    pub fn push(&mut self, tag: u32, bytes: &[u8]) {
        let entries = self.entries.to_mut();
        varint::write_u32(entries, tag);
        varint::write_u32(entries, bytes.len().saturate());
        entries.extend_from_slice(bytes);
    }

    /// The same tags, free of the bytes they were read from.
    #[must_use]
    pub fn into_owned(self) -> UnknownTags<'static> {
        UnknownTags {
            entries: Cow::Owned(self.entries.into_owned()),
        }
    }

    /// Reads a section of tagged fields none of which is known.
    ///
    /// # Errors
    /// As [`TagSection::next`].
    pub fn decode(r: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let mut section = TagSection::begin(r)?;
        while let Some(tag) = section.next(r)? {
            section.unknown(r, tag)?;
        }
        Ok(section.finish())
    }

    /// Writes a section that holds only these.
    pub fn encode(&self, w: &mut Writer) {
        if self.is_empty() {
            w.uvarint(0);
            return;
        }
        w.uvarint(self.count().saturate());
        w.put_slice(&self.entries);
    }

    /// Writes those with a tag of at least `from` and below `to`.
    pub fn encode_between(&self, w: &mut Writer, from: u32, to: u32) {
        for (tag, bytes) in self.iter().filter(|(tag, _)| (from..to).contains(tag)) {
            w.uvarint(tag);
            w.uvarint(bytes.len().saturate());
            w.put_slice(bytes);
        }
    }
}

/// One section of tagged fields while it is read.
///
/// ```
/// use ottla_wire::{Reader, TagSection};
///
/// let mut reader = Reader::new(&[2, 0, 1, 7, 5, 2, 8, 9]);
/// let mut section = TagSection::begin(&mut reader).unwrap();
/// let mut known = None;
/// while let Some(tag) = section.next(&mut reader).unwrap() {
///     match tag {
///         0 => known = Some(reader.i8().unwrap()),
///         tag => section.unknown(&mut reader, tag).unwrap(),
///     }
/// }
/// assert_eq!(known, Some(7));
/// assert_eq!(section.finish().iter().collect::<Vec<_>>(), [(5, &[8, 9][..])]);
/// ```
#[derive(Debug)]
pub struct TagSection<'a> {
    left: usize,
    last_tag: Option<u32>,
    declared: usize,
    /// Where the field's value starts; `None` when no known field is open.
    open_at: Option<usize>,
    /// The bytes from the current field's tag on.
    entry: &'a [u8],
    unknown: Cow<'a, [u8]>,
    unknown_count: usize,
    /// The bytes from the first unknown entry on, while unknown entries are adjacent.
    run: &'a [u8],
    run_end_at: usize,
}

impl<'a> TagSection<'a> {
    /// Reads the number of fields.
    ///
    /// # Errors
    /// When it is not a varint, or there are more fields than bytes could hold.
    pub fn begin(r: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let left = r.tag_number("tag count")?;
        // Tag and size take a byte each at least.
        if left > r.remaining() / 2 {
            let needed = left.saturating_mul(2);
            let kind = DecodeErrorKind::Truncated {
                needed,
                remaining: r.remaining(),
            };
            return Err(r.error("tagged fields", kind));
        }
        Ok(Self {
            left,
            last_tag: None,
            declared: 0,
            open_at: None,
            entry: &[],
            unknown: Cow::Borrowed(&[]),
            unknown_count: 0,
            run: &[],
            run_end_at: 0,
        })
    }

    /// The next tag; the reader then stands at its value. `None` at the end of the section.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TagSize`] when the field before did not take what it declared,
    /// [`DecodeErrorKind::TagOrder`] when the reader is strict and the tag does not ascend,
    /// [`DecodeErrorKind::Truncated`] when the field passes the end.
    #[inline]
    pub fn next(&mut self, r: &mut Reader<'a>) -> Result<Option<u32>, DecodeError> {
        if let Some(open_at) = self.open_at.take() {
            let taken = r.position().saturating_sub(open_at);
            if taken != self.declared {
                let kind = DecodeErrorKind::TagSize {
                    declared: self.declared,
                    taken,
                };
                return Err(r.error("tagged field", kind));
            }
        }
        if self.left == 0 {
            return Ok(None);
        }
        self.open(r).map(Some)
    }

    fn open(&mut self, r: &mut Reader<'a>) -> Result<u32, DecodeError> {
        self.left = self.left.saturating_sub(1);
        self.entry = r.rest();
        let tag = r.uvarint()?;
        if r.tag_rules() == TagRules::Strict && self.last_tag.is_some_and(|last| tag <= last) {
            return Err(r.error("tagged field", DecodeErrorKind::TagOrder(tag)));
        }
        self.last_tag = Some(tag);
        self.declared = r.tag_number("tag size")?;
        if self.declared > r.remaining() {
            let kind = DecodeErrorKind::Truncated {
                needed: self.declared,
                remaining: r.remaining(),
            };
            return Err(r.error("tagged field", kind));
        }
        self.open_at = Some(r.position());
        Ok(tag)
    }

    /// Size the current field declared.
    #[must_use]
    pub fn declared(&self) -> usize {
        self.declared
    }

    /// Skips the current field and keeps a view of it. `tag` is what [`Self::next`] returned.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TooManyTags`] when the reader is strict.
    pub fn unknown(&mut self, r: &mut Reader<'a>, tag: u32) -> Result<(), DecodeError> {
        self.unknown_count = self.unknown_count.saturating_add(1);
        if r.tag_rules() == TagRules::Strict && self.unknown_count > MAX_UNKNOWN_TAGS {
            return Err(r.error(
                "tagged fields",
                DecodeErrorKind::TooManyTags(MAX_UNKNOWN_TAGS),
            ));
        }
        let entry_at = r
            .position()
            .saturating_sub(self.entry.len().saturating_sub(r.remaining()));
        let _value = r.take(self.declared)?;
        let entry_len = self.entry.len().saturating_sub(r.remaining());
        self.open_at = None;
        match &mut self.unknown {
            Cow::Borrowed([]) => {
                self.run = self.entry;
                self.unknown = Cow::Borrowed(self.entry.get(..entry_len).unwrap_or_default());
            }
            Cow::Borrowed(view) if self.run_end_at == entry_at => {
                let longer = view.len().saturating_add(entry_len);
                self.unknown = Cow::Borrowed(self.run.get(..longer).unwrap_or_default());
            }
            kept => {
                r.charge(kept.len().saturating_add(entry_len))?;
                let entry = self.entry.get(..entry_len).unwrap_or_default();
                kept.to_mut().extend_from_slice(entry);
            }
        }
        self.run_end_at = r.position();
        let _ = tag;
        Ok(())
    }

    /// The unknown fields of the section.
    #[must_use]
    pub fn finish(self) -> UnknownTags<'a> {
        UnknownTags {
            entries: self.unknown,
        }
    }
}
