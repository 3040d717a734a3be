// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Asks for the state of transactions.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribeTransactionsRequest<'a> {
    pub transactional_ids: Vec<Cow<'a, str>>,
    pub unknown_tags: UnknownTags<'a>,
}

impl Default for DescribeTransactionsRequest<'_> {
    fn default() -> Self {
        Self {
            transactional_ids: Vec::new(),
            unknown_tags: UnknownTags::default(),
        }
    }
}

impl<'a> DescribeTransactionsRequest<'a> {
    /// The API this belongs to.
    pub const API_KEY: ApiKey = ApiKey(65);
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 0;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 0;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 0);
        let mut value = Self::default();
        value.transactional_ids = r.strings(form)?;
        if form == Form::Compact {
            let mut section = TagSection::begin(r)?;
            while let Some(tag) = section.next(r)? {
                match tag {
                    tag => section.unknown(r, tag)?,
                }
            }
            value.unknown_tags = section.finish();
        }
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 0);
        w.strings(form, &self.transactional_ids)?;
        if form == Form::Compact {
            self.unknown_tags.encode(w);
        }
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> DescribeTransactionsRequest<'static> {
        DescribeTransactionsRequest {
            transactional_ids: self.transactional_ids.into_iter().map(|item| Cow::Owned(item.into_owned())).collect(),
            unknown_tags: self.unknown_tags.into_owned(),
        }
    }
}

impl Request for DescribeTransactionsRequest<'_> {
    const API_KEY: ApiKey = DescribeTransactionsRequest::API_KEY;

    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        DescribeTransactionsRequest::encode(self, w, version)
    }
}
