//! Kafka's primitive types on the wire: a bounded reader, a rope writer, varints, tagged fields.
//!
//! Responsible for reading and writing primitives without ever passing an end, allocating more
//! than a budget, or panicking, whatever the bytes say.
//! Not responsible for messages: this crate has never heard of an API, a version or a schema.
//!
//! W1  a [`Reader`] never returns bytes outside the slice it was given
//! W2  a [`Reader`] never lets decoded values grow past its budget
//! W3  a range of a file gives its own bytes or an error, never fewer and never others
//! W4  what [`Writer`] writes, [`Reader`] reads back to the same value
//!
//! Spec: the protocol guide of Apache Kafka; KIP-482 (compact forms and tagged fields).
//!
//! ```
//! use ottla_wire::{Reader, Writer};
//!
//! let mut writer = Writer::with_length_prefix();
//! writer.i16(18);
//! writer.string("client").unwrap();
//! let frame = writer.into_frame();
//! assert_eq!(frame.len(), 14);
//!
//! let bytes = frame.to_vec().unwrap();
//! let mut reader = Reader::new(&bytes);
//! assert_eq!(reader.i32(), Ok(10));
//! assert_eq!(reader.i16(), Ok(18));
//! assert_eq!(reader.string().unwrap(), "client");
//! assert!(reader.i8().is_err());
//! ```
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod chunk;
mod error;
mod frame;
mod reader;
mod tags;
mod text;
pub mod varint;
mod writer;

pub use chunk::{Chunk, FileBytes, FileRange};
pub use error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
pub use frame::Frame;
pub use reader::{DECODE_BUDGET_BASE, DECODE_BUDGET_FACTOR, Form, Reader, TagRules};
pub use tags::{MAX_UNKNOWN_TAGS, TagSection, UnknownTags};
pub use text::text;
pub use writer::{SizedMark, Writer};
