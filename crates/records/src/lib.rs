//! Apache Kafka's record batches: views, builder, legacy message sets, control batches, checksums,
//! compression within bounds, and the checks a leader makes of what a producer sent.
//!
//! Responsible for every byte of a record set, on the wire and on disk (the bytes are the same).
//! Not responsible for where a batch goes: this crate never learns which partition, file or socket a
//! batch belongs to, nor what time it is.
//!
//! R1  no input panics, and none makes a decoder write more than its [`OutputLimit`]
//! R2  a batch that was built parses back to the same records
//! R3  stamping a batch (base offset, leader epoch) never changes its checksum
//!
//! ```
//! use ottla_records::{BatchBuilder, BatchView, Compression, Decompressor, RecordDraft};
//! use ottla_types::Offset;
//!
//! let mut builder = BatchBuilder::new().compression(Compression::Lz4);
//! builder.append(&RecordDraft { timestamp: 1_700_000_000_000, key: Some(b"k"), value: Some(b"v"), headers: &[] });
//! let bytes = builder.build().unwrap();
//!
//! let (batch, rest) = BatchView::parse(&bytes).unwrap();
//! batch.check_crc().unwrap();
//! assert!(rest.is_empty());
//!
//! let mut decompressor = Decompressor::new();
//! let record = batch.records(&mut decompressor).unwrap().next().unwrap().unwrap();
//! assert_eq!((record.offset, record.key, record.value), (Offset(0), Some(&b"k"[..]), Some(&b"v"[..])));
//! ```
//!
//! Spec: the record batch chapter of the Kafka protocol; KIP-32, KIP-98, KIP-534, KIP-595.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod any;
mod batch;
mod builder;
mod compression;
pub mod control;
mod crc32c;
mod cursor;
mod error;
mod header;
mod legacy;
mod record;
mod stamp;
pub mod validate;

pub use any::{AnyBatch, AnyBatches, AnyHeader, AnyRecords, any_batches};
pub use batch::{BatchView, Batches, batches};
pub use builder::{BatchBuilder, BuildError, RecordDraft};
pub use compression::{Compression, CompressionError, Decompressor, OutputLimit};
pub use crc32c::crc32c;
pub use error::{BatchError, RecordFault};
pub use header::{BatchHeader, HEADER_LEN, MAGIC_OFFSET, SIZE_FIELD_END, TimestampType};
pub use legacy::{LegacyBatch, LegacyHeader, LegacyRecords, rebuild_legacy};
pub use record::{Header, Headers, RecordView, Records};
pub use stamp::{recompute_crc, set_max_timestamp, stamp};
