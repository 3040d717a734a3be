// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

#[allow(unused_imports, reason = "one list for all messages")]
use super::super::prelude::*;

/// Content of a `.snapshot` file: the producers of a partition at an offset.
#[derive(Clone, Debug, PartialEq)]
pub struct ProducerSnapshot {
    /// CRC-32C of what follows.
    pub crc: u32,
    pub producer_entries: Vec<ProducerEntry>,
}

impl Default for ProducerSnapshot {
    fn default() -> Self {
        Self {
            crc: 0,
            producer_entries: Vec::new(),
        }
    }
}

impl ProducerSnapshot {
    /// First version.
    pub const MIN_VERSION: i16 = 1;
    /// Last version.
    pub const MAX_VERSION: i16 = 1;
    /// First version in compact form.
    pub const FLEXIBLE_FROM: i16 = 32767;

    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'_>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.crc = r.u32()?;
        value.producer_entries = r.array(form, version, ProducerEntry::decode)?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.u32(self.crc);
        w.array(form, &self.producer_entries, version, ProducerEntry::encode)?;
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ProducerSnapshot {
        ProducerSnapshot {
            crc: self.crc,
            producer_entries: self.producer_entries,
        }
    }
}

/// Part of [`ProducerSnapshot`].
#[derive(Clone, Debug, PartialEq)]
pub struct ProducerEntry {
    pub producer_id: i64,
    pub epoch: i16,
    pub last_sequence: i32,
    pub last_offset: i64,
    pub offset_delta: i32,
    pub timestamp: i64,
    /// Fences an earlier coordinator.
    pub coordinator_epoch: i32,
    /// -1 without an open transaction.
    pub current_txn_first_offset: i64,
}

impl Default for ProducerEntry {
    fn default() -> Self {
        Self {
            producer_id: 0,
            epoch: 0,
            last_sequence: 0,
            last_offset: 0,
            offset_delta: 0,
            timestamp: 0,
            coordinator_epoch: 0,
            current_txn_first_offset: 0,
        }
    }
}

impl ProducerEntry {
    /// Reads the fields of `version`.
    ///
    /// # Errors
    /// When the bytes are not of that form.
    pub fn decode(r: &mut Reader<'_>, version: i16) -> Result<Self, DecodeError> {
        let form = Form::of(version >= 32767);
        let mut value = Self::default();
        value.producer_id = r.i64()?;
        value.epoch = r.i16()?;
        value.last_sequence = r.i32()?;
        value.last_offset = r.i64()?;
        value.offset_delta = r.i32()?;
        value.timestamp = r.i64()?;
        value.coordinator_epoch = r.i32()?;
        value.current_txn_first_offset = r.i64()?;
        Ok(value)
    }

    /// Writes the fields of `version`.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    pub fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError> {
        let form = Form::of(version >= 32767);
        w.i64(self.producer_id);
        w.i16(self.epoch);
        w.i32(self.last_sequence);
        w.i64(self.last_offset);
        w.i32(self.offset_delta);
        w.i64(self.timestamp);
        w.i32(self.coordinator_epoch);
        w.i64(self.current_txn_first_offset);
        Ok(())
    }

    /// The same value, without a borrow.
    #[must_use]
    pub fn into_owned(self) -> ProducerEntry {
        ProducerEntry {
            producer_id: self.producer_id,
            epoch: self.epoch,
            last_sequence: self.last_sequence,
            last_offset: self.last_offset,
            offset_delta: self.offset_delta,
            timestamp: self.timestamp,
            coordinator_epoch: self.coordinator_epoch,
            current_txn_first_offset: self.current_txn_first_offset,
        }
    }
}
