//! Appending.

use std::{io::IoSlice, sync::atomic::Ordering};

use ottla_records::{
    AnyBatch, AnyHeader, BatchHeader, BatchView, Decompressor, HEADER_LEN, TimestampType,
    any_batches, control::EndTxnMarker, recompute_crc, set_max_timestamp, stamp,
    validate::ValidatedBatch,
};
use ottla_types::{LeaderEpoch, Now, Offset, Saturate, WallMs};

use super::{
    Log, Writer,
    error::{AppendError, Fault, StorageError},
    files::Kind,
    index::OffsetEntry,
    producers::{Change, Origin, ProducerBatch, Producers},
    roll::Incoming,
    scan::ScanError,
    segment::Segment,
    verification::Verification,
};

/// Where an append put its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Offset of the first record.
    pub first_offset: Offset,
    /// Offset of the last record.
    pub last_offset: Offset,
    /// Largest timestamp, ms since 1970, -1 for none.
    pub max_timestamp: i64,
    /// The append time, if the log sets it; `NONE` otherwise.
    pub log_append_time: WallMs,
    /// Whether the batch was in the log already. Nothing was written then.
    pub duplicate: bool,
}

/// A batch about to be written.
struct Draft<'a> {
    header: [u8; HEADER_LEN],
    fields: BatchHeader,
    payload: &'a [u8],
    marker: Option<EndTxnMarker>,
}

/// Who appends, and what is asked of transactions.
#[derive(Clone, Copy)]
struct Source {
    origin: Origin,
    verification: Verification,
}

/// A batch whose place is decided.
struct Placed {
    first: Offset,
    last: Offset,
    max_timestamp: i64,
    size: u64,
    epoch: LeaderEpoch,
}

impl Log {
    /// Appends what producers sent, at the end, as the leader of `epoch`. All of it or nothing.
    ///
    /// # Errors
    /// [`AppendError`]; the log is as it was.
    ///
    /// Spec: KIP-98 (sequences), KIP-32 (append time).
    pub fn append_as_leader(
        &self,
        now: Now,
        batches: &[ValidatedBatch<'_>],
        epoch: LeaderEpoch,
    ) -> Result<Appended, AppendError> {
        self.append_as_leader_verified(now, batches, epoch, Verification::Off)
    }

    /// As [`append_as_leader`](Self::append_as_leader), and looks after the transaction of the batches.
    ///
    /// # Errors
    /// [`AppendError`]; the log is as it was. [`AppendError::UnverifiedTransaction`] when a batch would
    /// begin a transaction that was not confirmed.
    ///
    /// Spec: KIP-890.
    pub fn append_as_leader_verified(
        &self,
        now: Now,
        batches: &[ValidatedBatch<'_>],
        epoch: LeaderEpoch,
        verification: Verification,
    ) -> Result<Appended, AppendError> {
        let drafts = batches.iter().map(|batch| Draft {
            header: *batch.header_bytes(),
            fields: *batch.header(),
            payload: batch.payload(),
            marker: None,
        });
        let source = Source {
            origin: Origin::Client,
            verification,
        };
        self.append_drafts(now, drafts.collect(), epoch, source)
    }

    /// Appends whole v2 batches that this broker built, at the end: transaction markers, records of
    /// coordinators, the quorum's records. Offsets and epoch are set.
    ///
    /// # Errors
    /// [`AppendError`]; the log is as it was.
    pub fn append_control(
        &self,
        now: Now,
        bytes: &[u8],
        epoch: LeaderEpoch,
    ) -> Result<Appended, AppendError> {
        let mut drafts = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (batch, behind) = BatchView::parse(rest).map_err(AppendError::Corrupt)?;
            rest = behind;
            drafts.push(Draft {
                header: batch.header().encode(),
                fields: *batch.header(),
                payload: batch.payload(),
                marker: marker_of(&batch),
            });
        }
        let source = Source {
            origin: Origin::Coordinator,
            verification: Verification::Off,
        };
        self.append_drafts(now, drafts, epoch, source)
    }

    /// Appends what another leader has appended, byte for byte. A last batch that is not whole is left
    /// out, and so is everything from the first batch whose epoch is larger than `epoch` on.
    ///
    /// # Errors
    /// [`AppendError`]; the log is as it was. [`AppendError::Empty`] if nothing is left to append.
    ///
    /// Spec: KIP-320; batches of a later epoch are those that a truncated leader wrote meanwhile.
    pub fn append_as_follower(
        &self,
        now: Now,
        bytes: &[u8],
        epoch: LeaderEpoch,
    ) -> Result<Appended, AppendError> {
        let mut batches = Vec::new();
        for batch in any_batches(bytes) {
            let batch = batch.map_err(AppendError::Corrupt)?;
            batch.check_crc().map_err(AppendError::Corrupt)?;
            batches.push(batch);
        }
        let mut writer = self.lock_writer()?;
        let mut change = Change::default();
        let mut placed: Vec<Placed> = Vec::with_capacity(batches.len());
        let mut end = self.log_end_offset();
        let mut whole = 0;
        for batch in batches {
            let place = Placed::of(&batch, end);
            if place.epoch > epoch {
                break;
            }
            if place.first < end || place.last < place.first {
                let first = place.first;
                return Err(AppendError::OffsetsOutOfOrder { first, end });
            }
            if let AnyBatch::V2(batch) = &batch {
                self.plan(
                    &mut change,
                    batch.header(),
                    marker_of(batch),
                    Origin::Replication,
                )?;
            }
            end = place.last.next();
            whole += batch.bytes().len();
            placed.push(place);
        }
        let parts = [IoSlice::new(bytes.get(..whole).unwrap_or_default())];
        let appended = self.write(&mut writer, now, &parts, &placed, change)?;
        let flush_messages = writer.config.flush_messages;
        drop(writer);
        self.flush_if_many(flush_messages)?;
        Ok(appended)
    }

    /// Forgets producers that were idle for longer than the settings say. Returns how many.
    pub fn expire_producers(&self, now: Now) -> usize {
        let writer = self.writer.lock();
        let expiration_ms = writer.config.producer_id_expiration_ms;
        self.verifications.lock().expire(now.wall.0, expiration_ms);
        self.producers.lock().expire(now.wall.0, expiration_ms)
    }

    fn append_drafts(
        &self,
        now: Now,
        mut drafts: Vec<Draft<'_>>,
        epoch: LeaderEpoch,
        source: Source,
    ) -> Result<Appended, AppendError> {
        let mut writer = self.lock_writer()?;
        let origin = source.origin;
        if origin == Origin::Client
            && let Some(batch) = self.duplicate_of(&drafts)
        {
            return Ok(batch.as_duplicate(&writer));
        }
        self.check_transactions(&drafts, source.verification)?;
        let mut change = Change::default();
        let mut placed = Vec::with_capacity(drafts.len());
        let mut end = self.log_end_offset();
        for draft in &mut drafts {
            draft.set_append_time(&writer, now);
            stamp(&mut draft.header, end, epoch);
            draft.fields = BatchHeader::parse(&draft.header).map_err(AppendError::Corrupt)?;
            self.plan(&mut change, &draft.fields, draft.marker, origin)?;
            placed.push(Placed {
                first: end,
                last: draft.fields.last_offset(),
                max_timestamp: draft.fields.max_timestamp(),
                size: draft.fields.size_in_bytes().saturate(),
                epoch,
            });
            end = draft.fields.next_offset();
        }
        let mut parts = Vec::with_capacity(drafts.len() * 2);
        for draft in &drafts {
            parts.push(IoSlice::new(&draft.header));
            parts.push(IoSlice::new(draft.payload));
        }
        let mut appended = self.write(&mut writer, now, &parts, &placed, change)?;
        for draft in drafts
            .iter()
            .filter(|draft| draft.fields.is_transactional())
        {
            self.verifications.lock().end(draft.fields.producer_id());
        }
        if writer.config.timestamp_type == TimestampType::LogAppendTime {
            appended.log_append_time = WallMs(appended.max_timestamp);
        }
        let flush_messages = writer.config.flush_messages;
        drop(writer);
        self.flush_if_many(flush_messages)?;
        Ok(appended)
    }

    fn check_transactions(
        &self,
        drafts: &[Draft<'_>],
        verification: Verification,
    ) -> Result<(), AppendError> {
        if verification == Verification::Off {
            return Ok(());
        }
        let producers = self.producers.lock();
        let verifications = self.verifications.lock();
        drafts
            .iter()
            .try_for_each(|draft| verifications.check(&producers, &draft.fields, verification))
    }

    /// The batch that is in the log already.
    fn duplicate_of(&self, drafts: &[Draft<'_>]) -> Option<ProducerBatch> {
        let producers = self.producers.lock();
        drafts
            .iter()
            .filter(|draft| draft.fields.has_producer_id())
            .find_map(|draft| producers.duplicate_of(&draft.fields))
    }

    fn plan(
        &self,
        change: &mut Change,
        header: &BatchHeader,
        marker: Option<EndTxnMarker>,
        origin: Origin,
    ) -> Result<(), AppendError> {
        if !header.has_producer_id() {
            return Ok(());
        }
        self.producers.lock().plan(change, header, marker, origin)
    }

    pub(super) fn lock_writer(&self) -> Result<parking_lot::MutexGuard<'_, Writer>, StorageError> {
        let writer = self.writer.lock();
        self.check_open()?;
        Ok(writer)
    }

    /// Writes the batches in one go and makes them visible.
    fn write(
        &self,
        writer: &mut Writer,
        now: Now,
        parts: &[IoSlice<'_>],
        placed: &[Placed],
        change: Change,
    ) -> Result<Appended, AppendError> {
        let (Some(first), Some(last)) = (placed.first(), placed.last()) else {
            return Err(AppendError::Empty);
        };
        let incoming = Incoming {
            first: first.first,
            last: last.last,
            max_timestamp: placed.iter().map(|batch| batch.max_timestamp).max(),
            size: placed.iter().map(|batch| batch.size).sum(),
        };
        self.roll_if_due(writer, now, &incoming)?;
        let epochs: Vec<_> = placed.iter().map(|b| (b.epoch, b.first)).collect();
        self.assign_epochs(&epochs).map_err(no_space)?;

        let segment = self.view().active().clone();
        let position = segment.size();
        segment.largest_timestamp().map_err(|error| {
            AppendError::from(StorageError::Io(Fault::new(
                "read",
                &segment.path(Kind::TimeIndex),
                error,
            )))
        })?;
        self.write_bytes(&segment, position, parts)?;
        let aborted = {
            let mut producers = self.producers.lock();
            let aborted = producers.commit(change);
            self.set_unstable(&producers);
            aborted
        };
        index(writer, &segment, position, placed);
        let mut txns = segment.aborted.lock();
        aborted.into_iter().for_each(|entry| txns.push(entry));
        drop(txns);
        self.publish(&segment, position + incoming.size, last.last.next());
        self.size.fetch_add(incoming.size, Ordering::AcqRel);
        Ok(Appended {
            first_offset: first.first,
            last_offset: last.last,
            max_timestamp: incoming.max_timestamp.unwrap_or(-1),
            log_append_time: WallMs::NONE,
            duplicate: false,
        })
    }

    fn write_bytes(
        &self,
        segment: &Segment,
        position: u64,
        parts: &[IoSlice<'_>],
    ) -> Result<(), AppendError> {
        let path = segment.path(Kind::Log);
        let file = segment
            .log()
            .map_err(|error| no_space(self.failed("open", &path, error)))?;
        let Err(error) = file.write_at(parts, position) else {
            return Ok(());
        };
        let fault = self.failed("write to", &path, error);
        if !fault.is_shortage() {
            return Err(StorageError::Io(fault).into());
        }
        // Part of a batch may stand behind the last whole one.
        if let Err(error) = file.set_len(position) {
            let fault = Fault::new("cut back", &path, error);
            self.latch(&fault);
            return Err(StorageError::Io(fault).into());
        }
        Err(AppendError::NoSpace(fault))
    }

    pub(super) fn publish(&self, segment: &Segment, position: u64, end: Offset) {
        // Before the append can be seen, so that whoever sees its end finds where it lies.
        self.recent.lock().note(segment.base(), end.0, position);
        segment.set_size(position);
        let mut view = self.view.lock();
        view.position = position;
        view.end = end;
        self.log_end.store(end.0, Ordering::Release);
    }

    pub(super) fn set_unstable(&self, producers: &Producers) {
        self.unstable
            .store(!producers.is_stable(), Ordering::Release);
    }
}

impl Draft<'_> {
    /// The settings may have changed since the batch was checked.
    fn set_append_time(&mut self, writer: &Writer, now: Now) {
        if writer.config.timestamp_type == TimestampType::LogAppendTime
            && self.fields.timestamp_type() == TimestampType::CreateTime
            && !self.fields.is_control()
        {
            set_max_timestamp(&mut self.header, TimestampType::LogAppendTime, now.wall.0);
            recompute_crc(&mut self.header, self.payload);
        }
    }
}

impl Placed {
    fn of(batch: &AnyBatch<'_>, end: Offset) -> Self {
        let header = batch.header();
        let (first, epoch) = match &header {
            AnyHeader::V2(header) => (header.base_offset(), header.partition_leader_epoch()),
            // What a legacy batch begins with is known only after decompression: not before `end`.
            AnyHeader::Legacy(_) => (end, LeaderEpoch::NONE),
        };
        Self {
            first,
            last: header.last_offset(),
            max_timestamp: header.max_timestamp(),
            size: header.size_in_bytes().saturate(),
            epoch,
        }
    }
}

impl ProducerBatch {
    fn as_duplicate(self, writer: &Writer) -> Appended {
        let is_append_time = writer.config.timestamp_type == TimestampType::LogAppendTime;
        Appended {
            first_offset: self.first_offset(),
            last_offset: self.last_offset,
            max_timestamp: self.timestamp,
            log_append_time: if is_append_time {
                WallMs(self.timestamp)
            } else {
                WallMs::NONE
            },
            duplicate: true,
        }
    }
}

fn index(writer: &mut Writer, segment: &Segment, mut position: u64, placed: &[Placed]) {
    if position == 0 {
        segment.set_first_timestamp(placed.first().map(|batch| batch.max_timestamp));
    }
    for batch in placed {
        segment.note_timestamp(batch.max_timestamp, batch.last.0);
        if writer.bytes_since_index > writer.config.index_interval_bytes {
            let entry = OffsetEntry {
                relative: segment.relative(batch.last.0),
                position: position.saturate(),
            };
            segment.offsets.lock().push(entry);
            segment.push_largest_timestamp();
            writer.bytes_since_index = 0;
        }
        writer.bytes_since_index += batch.size;
        position += batch.size;
    }
}

/// The marker in a batch, if it ends a transaction.
pub(super) fn marker_of(batch: &BatchView<'_>) -> Option<EndTxnMarker> {
    if !batch.is_control() || !batch.has_producer_id() {
        return None;
    }
    let mut decompressor = Decompressor::new();
    let record = batch.records(&mut decompressor).ok()?.next()?.ok()?;
    EndTxnMarker::parse(record.key?, record.value?)
}

/// Lack of space is an answer of its own.
pub(super) fn no_space(fault: Fault) -> AppendError {
    if fault.is_no_space() {
        AppendError::NoSpace(fault)
    } else {
        StorageError::Io(fault).into()
    }
}

/// A segment that cannot be read, or does not hold a batch where one should be.
pub(super) fn scan_failed(segment: &Segment, error: ScanError) -> StorageError {
    let path = segment.path(Kind::Log);
    match error {
        ScanError::Io(error) => Fault::new("read", &path, error).into(),
        ScanError::Bad { position, error } => StorageError::Corrupt {
            path,
            position,
            source: error,
        },
    }
}
