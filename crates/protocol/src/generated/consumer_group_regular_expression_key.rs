// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Key of a coordinator's record: the topics that a consumer group's regular expression matches.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerGroupRegularExpressionKey<'a> {
    pub group_id: Cow<'a, str>,
    pub regular_expression: Cow<'a, str>,
}

impl Default for ConsumerGroupRegularExpressionKey<'_> {
    fn default() -> Self {
        Self {
            group_id: Cow::Borrowed(""),
            regular_expression: Cow::Borrowed(""),
        }
    }
}

impl<'a> ConsumerGroupRegularExpressionKey<'a> {
    /// Record type, as stored in front of the record.
    pub const TYPE: i16 = 16;
    /// First version.
    pub const MIN_VERSION: i16 = 0;
    /// Last version.
    pub const MAX_VERSION: i16 = 0;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 32767;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'a>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.group_id = r.string_as(form)?;
        value.regular_expression = r.string_as(form)?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.string_as(form, &self.group_id)?;
        w.string_as(form, &self.regular_expression)?;
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ConsumerGroupRegularExpressionKey<'static> {
        ConsumerGroupRegularExpressionKey {
            group_id: Cow::Owned(self.group_id.into_owned()),
            regular_expression: Cow::Owned(self.regular_expression.into_owned()),
        }
    }
}
