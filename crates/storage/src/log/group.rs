//! Batches that are appended together, each on its own terms.
//!
//! Responsible for which of them share a write. What comes of each batch is what would have come of it
//! alone, but that a write which fails does so for every batch in it.
//!
//! A run is what shares a write: batches that follow one another in one segment, and of which none rests
//! on another being written. A run ends before a batch
//!
//! - that would begin a new segment, or might: then the segment is asked again, with the run in it;
//! - that repeats one in the run: it is answered as a duplicate only of what was written;
//! - of a transaction: guards are judged by what was written.

use std::io::IoSlice;

use ottla_records::{
    BatchHeader, BatchView, HEADER_LEN, TimestampType, control::EndTxnMarker, recompute_crc,
    set_max_timestamp, stamp, validate::ValidatedBatch,
};
use ottla_types::{LeaderEpoch, Now, Offset};
use parking_lot::MutexGuard;

use super::{
    Log, Writer,
    append::{Appended, Placed},
    error::AppendError,
    producers::{Change, Origin},
    roll::Incoming,
    verification::Verification,
};

/// Batches of producers that are appended one after the other, in as few writes as can be.
pub(super) struct Group<'a> {
    log: &'a Log,
    writer: MutexGuard<'a, Writer>,
    now: Now,
    epoch: LeaderEpoch,
    run: Run<'a>,
    /// Index in `outcomes` of each batch of the run.
    unwritten: Vec<usize>,
    outcomes: Vec<Result<Appended, AppendError>>,
}

/// Batches whose places are decided, to be written in one go.
#[derive(Default)]
pub(super) struct Run<'a> {
    drafts: Vec<Draft<'a>>,
    placed: Vec<Placed>,
    incoming: Option<Incoming>,
    change: Change,
}

/// A batch about to be written.
pub(super) struct Draft<'a> {
    header: [u8; HEADER_LEN],
    fields: BatchHeader,
    payload: &'a [u8],
    marker: Option<EndTxnMarker>,
}

impl<'a> Group<'a> {
    pub(super) fn new(log: &'a Log, now: Now, epoch: LeaderEpoch) -> Self {
        Self {
            log,
            writer: log.writer.lock(),
            now,
            epoch,
            run: Run::default(),
            unwritten: Vec::new(),
            outcomes: Vec::new(),
        }
    }

    /// Appends a batch.
    pub(super) fn add(&mut self, draft: Draft<'a>, verification: Verification) {
        let outcome = self.plan(draft, verification);
        self.outcomes.push(outcome);
    }

    /// Writes what is not written yet; gives what came of each batch, in order.
    pub(super) fn finish(mut self) -> Vec<Result<Appended, AppendError>> {
        self.write();
        let Self {
            log,
            writer,
            mut outcomes,
            ..
        } = self;
        let flush_messages = writer.config.flush_messages;
        drop(writer);
        if let Err(error) = log.flush_if_many(flush_messages) {
            for outcome in outcomes.iter_mut().filter(|outcome| outcome.is_ok()) {
                *outcome = Err(error.clone().into());
            }
        }
        outcomes
    }

    /// Adds a batch to the run. What comes of it is so once the run is written.
    fn plan(
        &mut self,
        mut draft: Draft<'a>,
        verification: Verification,
    ) -> Result<Appended, AppendError> {
        draft.set_append_time(&self.writer, self.now)?;
        if !self.joins(&draft) {
            self.write();
        }
        self.log.check_open()?;
        if let Some(batch) = self.log.duplicate_of(&self.run.change, &draft.fields) {
            return Ok(Appended::from(batch).timed(&self.writer));
        }
        self.log.check_transaction(&draft.fields, verification)?;
        let appended = self.run.push(self.log, draft, self.epoch, Origin::Client)?;
        self.unwritten.push(self.outcomes.len());
        Ok(appended.timed(&self.writer))
    }

    /// Whether a batch may be written with the run. An empty run takes any.
    fn joins(&self, draft: &Draft<'_>) -> bool {
        let Some(incoming) = self.run.incoming else {
            return true;
        };
        let end = self.run.end(self.log);
        let together = incoming.with(&Placed::at(end, &draft.fields, self.epoch));
        together.batches <= RUN_BATCHES
            && !draft.fields.is_transactional()
            && !self.run.change.repeats(&draft.fields)
            && self.log.has_room(&self.writer, self.now, &together)
    }

    fn write(&mut self) {
        if self.unwritten.is_empty() {
            return;
        }
        let written = self.run.write(self.log, &mut self.writer, self.now);
        for index in self.unwritten.drain(..) {
            if let Err(error) = &written
                && let Some(outcome) = self.outcomes.get_mut(index)
            {
                *outcome = Err(error.clone());
            }
        }
    }
}

impl<'a> Run<'a> {
    /// Where the next batch goes.
    fn end(&self, log: &Log) -> Offset {
        self.placed
            .last()
            .map_or_else(|| log.log_end_offset(), |last| last.last.next())
    }

    /// Adds a batch at the end. One that is refused leaves the run as it was.
    pub(super) fn push(
        &mut self,
        log: &Log,
        mut draft: Draft<'a>,
        epoch: LeaderEpoch,
        origin: Origin,
    ) -> Result<Appended, AppendError> {
        let placed = Placed::at(self.end(log), &draft.fields, epoch);
        stamp(&mut draft.header, placed.first, epoch);
        draft.fields = BatchHeader::parse(&draft.header).map_err(AppendError::Corrupt)?;
        log.plan(&mut self.change, &draft.fields, draft.marker, origin)?;
        let alone = Incoming::alone(&placed);
        self.incoming = Some(self.incoming.map_or(alone, |run| run.with(&placed)));
        self.placed.push(placed);
        self.drafts.push(draft);
        Ok(alone.appended())
    }

    /// Writes all of it or nothing, and leaves the run empty.
    pub(super) fn write(
        &mut self,
        log: &Log,
        writer: &mut Writer,
        now: Now,
    ) -> Result<Appended, AppendError> {
        let change = std::mem::take(&mut self.change);
        let mut parts = Vec::with_capacity(self.drafts.len() * 2);
        for draft in &self.drafts {
            parts.push(IoSlice::new(&draft.header));
            parts.push(IoSlice::new(draft.payload));
        }
        let written = log.write(writer, now, &parts, &self.placed, change);
        if written.is_ok() {
            for draft in &self.drafts {
                if draft.fields.is_transactional() {
                    log.verifications.lock().end(draft.fields.producer_id());
                }
            }
        }
        self.drafts.clear();
        self.placed.clear();
        self.incoming = None;
        Ok(written?.timed(writer))
    }
}

impl<'a> Draft<'a> {
    /// A batch that was checked.
    pub(super) fn of(batch: &'a ValidatedBatch<'_>) -> Self {
        Self {
            header: *batch.header_bytes(),
            fields: *batch.header(),
            payload: batch.payload(),
            marker: None,
        }
    }

    /// A batch of this broker's own.
    pub(super) fn of_view(batch: &BatchView<'a>, marker: Option<EndTxnMarker>) -> Self {
        Self {
            header: batch.header().encode(),
            fields: *batch.header(),
            payload: batch.payload(),
            marker,
        }
    }

    /// The settings may have changed since the batch was checked.
    pub(super) fn set_append_time(&mut self, writer: &Writer, now: Now) -> Result<(), AppendError> {
        if writer.config.timestamp_type == TimestampType::LogAppendTime
            && self.fields.timestamp_type() == TimestampType::CreateTime
            && !self.fields.is_control()
        {
            set_max_timestamp(&mut self.header, TimestampType::LogAppendTime, now.wall.0);
            recompute_crc(&mut self.header, self.payload);
            self.fields = BatchHeader::parse(&self.header).map_err(AppendError::Corrupt)?;
        }
        Ok(())
    }
}

/// Most batches that share a write: as many requests as a client has on the way at most, by default of
/// the connections.
const RUN_BATCHES: usize = 64;
