//! Appending.

use std::{io::IoSlice, sync::atomic::Ordering};

use ottla_records::{
    AnyBatch, AnyHeader, BatchHeader, BatchView, Decompressor, TimestampType, any_batches,
    control::EndTxnMarker, validate::ValidatedBatch,
};
use ottla_types::{LeaderEpoch, Now, Offset, Saturate, WallMs};

use super::{
    Log, Writer,
    error::{AppendError, Fault, StorageError},
    files::Kind,
    group::{Draft, Group, Run},
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

/// A batch whose place is decided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) first: Offset,
    pub(super) last: Offset,
    pub(super) max_timestamp: i64,
    pub(super) size: u64,
    epoch: LeaderEpoch,
}

impl Log {
    /// Appends what a producer sent, at the end, as the leader of `epoch`.
    ///
    /// # Errors
    /// [`AppendError`]; the log is as it was.
    ///
    /// Spec: KIP-98 (sequences), KIP-32 (append time).
    pub fn append_as_leader(
        &self,
        now: Now,
        batch: &ValidatedBatch<'_>,
        epoch: LeaderEpoch,
    ) -> Result<Appended, AppendError> {
        self.append_as_leader_verified(now, batch, epoch, Verification::Off)
    }

    /// As [`append_as_leader`](Self::append_as_leader), and looks after the transaction of the batch.
    ///
    /// # Errors
    /// [`AppendError`]; the log is as it was. [`AppendError::UnverifiedTransaction`] when the batch would
    /// begin a transaction that was not confirmed.
    ///
    /// Spec: KIP-890.
    pub fn append_as_leader_verified(
        &self,
        now: Now,
        batch: &ValidatedBatch<'_>,
        epoch: LeaderEpoch,
        verification: Verification,
    ) -> Result<Appended, AppendError> {
        let batches = [(batch, verification)];
        self.append_each_as_leader(now, batches, epoch)
            .pop()
            .unwrap_or(Err(AppendError::Empty))
    }

    /// Appends what producers sent, one batch after the other, and gives what came of each, in order: a
    /// batch that is refused keeps no other out. What can share a write does; if it fails, it does so for
    /// every batch in it.
    pub fn append_each_as_leader<'b, B>(
        &self,
        now: Now,
        batches: B,
        epoch: LeaderEpoch,
    ) -> Vec<Result<Appended, AppendError>>
    where
        B: IntoIterator<Item = (&'b ValidatedBatch<'b>, Verification)>,
    {
        let mut group = Group::new(self, now, epoch);
        for (batch, verification) in batches {
            group.add(Draft::of(batch), verification);
        }
        group.finish()
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
        let mut writer = self.lock_writer()?;
        let mut run = Run::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (batch, behind) = BatchView::parse(rest).map_err(AppendError::Corrupt)?;
            rest = behind;
            let mut draft = Draft::of_view(&batch, marker_of(&batch));
            draft.set_append_time(&writer, now)?;
            run.push(self, draft, epoch, Origin::Coordinator)?;
        }
        let appended = run.write(self, &mut writer, now)?;
        let flush_messages = writer.config.flush_messages;
        drop(writer);
        self.flush_if_many(flush_messages)?;
        Ok(appended)
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

    /// Checks the transaction of a batch of a producer.
    pub(super) fn check_transaction(
        &self,
        header: &BatchHeader,
        verification: Verification,
    ) -> Result<(), AppendError> {
        if verification == Verification::Off {
            return Ok(());
        }
        let producers = self.producers.lock();
        let verifications = self.verifications.lock();
        verifications.check(&producers, header, verification)
    }

    /// The batch that is in the log already, once `change` is made.
    pub(super) fn duplicate_of(
        &self,
        change: &Change,
        header: &BatchHeader,
    ) -> Option<ProducerBatch> {
        if !header.has_producer_id() {
            return None;
        }
        self.producers.lock().duplicate_of(change, header)
    }

    pub(super) fn plan(
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
    pub(super) fn write(
        &self,
        writer: &mut Writer,
        now: Now,
        parts: &[IoSlice<'_>],
        placed: &[Placed],
        change: Change,
    ) -> Result<Appended, AppendError> {
        let incoming = Incoming::of(placed).ok_or(AppendError::Empty)?;
        self.roll_if_due(writer, now, &incoming)?;
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
        self.assign_epochs(placed.iter().map(|batch| (batch.epoch, batch.first)));
        let aborted = {
            let mut producers = self.producers.lock();
            let aborted = producers.commit(change);
            self.set_unstable(&producers);
            aborted
        };
        let mut has_entries = index(writer, &segment, position, placed);
        if !aborted.is_empty() {
            let mut txns = segment.aborted.lock();
            aborted.into_iter().for_each(|entry| txns.push(entry));
            has_entries = true;
        }
        if has_entries {
            self.has_hidden_entries.store(true, Ordering::Release);
        }
        self.publish(&segment, position + incoming.size, incoming.last.next());
        self.size.fetch_add(incoming.size, Ordering::AcqRel);
        Ok(incoming.appended())
    }

    fn write_bytes(
        &self,
        segment: &Segment,
        position: u64,
        parts: &[IoSlice<'_>],
    ) -> Result<(), AppendError> {
        let file = segment
            .log()
            .map_err(|error| no_space(self.failed("open", &segment.path(Kind::Log), error)))?;
        let Err(error) = file.write_at(parts, position) else {
            return Ok(());
        };
        let path = segment.path(Kind::Log);
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

impl Placed {
    /// Of a batch that is put at `end`.
    pub(super) fn at(end: Offset, header: &BatchHeader, epoch: LeaderEpoch) -> Self {
        Self {
            first: end,
            last: end.plus(header.last_offset_delta().into()),
            max_timestamp: header.max_timestamp(),
            size: header.size_in_bytes().saturate(),
            epoch,
        }
    }

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

impl Appended {
    /// Adds the time of the append, if the log sets it.
    pub(super) fn timed(mut self, writer: &Writer) -> Self {
        if writer.config.timestamp_type == TimestampType::LogAppendTime {
            self.log_append_time = WallMs(self.max_timestamp);
        }
        self
    }
}

impl From<ProducerBatch> for Appended {
    fn from(batch: ProducerBatch) -> Self {
        Self {
            first_offset: batch.first_offset(),
            last_offset: batch.last_offset,
            max_timestamp: batch.timestamp,
            log_append_time: WallMs::NONE,
            duplicate: true,
        }
    }
}

/// Adds entries to the indexes for the batches that get one. Whether one did.
fn index(writer: &mut Writer, segment: &Segment, mut position: u64, placed: &[Placed]) -> bool {
    let mut has_entries = false;
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
            // Whoever writes the indexes meanwhile must find it before the other.
            segment.push_largest_timestamp();
            segment.offsets.lock().push(entry);
            writer.bytes_since_index = 0;
            has_entries = true;
        }
        writer.bytes_since_index += batch.size;
        position += batch.size;
    }
    has_entries
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
