//! What generated code is written in.

pub(crate) use std::borrow::Cow;

pub(crate) use ottla_types::{ErrorCode, Uuid};
pub(crate) use ottla_wire::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Form, Reader, TagSection,
    UnknownTags, Writer,
};

pub(crate) use crate::{ApiKey, Records, Request, Response};

#[cold]
pub(crate) const fn not_in_version(what: &'static str, version: i16) -> EncodeError {
    EncodeError {
        what,
        kind: EncodeErrorKind::NotInVersion(version),
    }
}

#[cold]
pub(crate) const fn null_in_version(what: &'static str, version: i16) -> EncodeError {
    EncodeError {
        what,
        kind: EncodeErrorKind::NullInVersion(version),
    }
}

/// A tag that the message knows, but not in the version at hand.
#[cold]
pub(crate) fn tag_not_in_version(r: &Reader<'_>, tag: u32) -> DecodeError {
    r.error("tagged fields", DecodeErrorKind::TagVersion(tag))
}

/// Writes how many tagged fields follow.
pub(crate) fn tag_count(w: &mut Writer, count: usize) -> Result<(), EncodeError> {
    let kind = EncodeErrorKind::TooLong(count);
    w.uvarint(u32::try_from(count).map_err(|_| EncodeError {
        what: "tagged fields",
        kind,
    })?);
    Ok(())
}
