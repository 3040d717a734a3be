//! Any message by its name: decode and encode again.

use ottla_wire::{DecodeError, EncodeError, Reader, Writer};

use crate::{generated::each_message, messages::*};

/// Why bytes could not be decoded and encoded again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// There is no message of that name.
    #[error("no such message")]
    UnknownMessage,
    /// The message does not have that version.
    #[error("no such version")]
    UnknownVersion,
    /// The bytes are not of that form.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The decoded value cannot be encoded.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// Bytes are left after the message.
    #[error("{0} bytes are left over")]
    Trailing(usize),
}

macro_rules! recode_by_name {
    ($($message:ident)*) => {
        /// Decodes the body of `message` at `version` and encodes it again.
        ///
        /// # Errors
        /// [`Fault`] says which step failed.
        pub fn recode(message: &str, version: i16, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
            match message {
                $(stringify!($message) => {
                    if !($message::MIN_VERSION..=$message::MAX_VERSION).contains(&version) {
                        return Err(Fault::UnknownVersion);
                    }
                    let mut reader = Reader::new(bytes);
                    let value = $message::decode(&mut reader, version)?;
                    if reader.remaining() > 0 {
                        return Err(Fault::Trailing(reader.remaining()));
                    }
                    let mut writer = Writer::new();
                    value.into_owned().encode(&mut writer, version)?;
                    Ok(writer.into_vec())
                })*
                _ => Err(Fault::UnknownMessage),
            }
        }
    };
}

each_message! { recode_by_name }
