//! The first pass: where the last record of each key lies.

use std::sync::Arc;

use ottla_records::{AnyBatch, AnyHeader, Decompressor};
use ottla_types::Offset;

use super::{
    super::{Log, View, append::marker_of, scan::Scan, segment::Segment},
    CleanError, CleanTools, Cleaned, Dirtiness, Full, OffsetMap, Pace, STRETCH, failed,
    transactions::Transactions,
};

impl Log {
    /// Notes the keys of the dirty part, up to its end or until the map is full.
    pub(super) fn survey(
        &self,
        dirty: &Dirtiness,
        tools: &mut CleanTools<'_>,
        cleaned: &mut Cleaned,
    ) -> Result<(), CleanError> {
        let view = self.view();
        let segments = dirty_segments(&view, dirty);
        // No more keys than there are offsets.
        let offsets = dirty
            .first_uncleanable
            .0
            .saturating_sub(dirty.first_dirty.0);
        tools.map.clear(u64::try_from(offsets).unwrap_or_default());
        let mut survey = Survey {
            transactions: self.transactions_from(&view.segments, dirty.first_dirty)?,
            decompressor: Decompressor::with_limit(tools.limit),
            from: dirty.first_dirty,
            end: dirty.first_dirty,
            homes: Vec::new(),
        };
        for (segment, next_base) in segments {
            let is_whole = survey.segment(self, segment, tools, cleaned)?;
            if !is_whole {
                cleaned.map_full = true;
                break;
            }
            // Nothing lies in a gap at its end.
            survey.end = survey.end.max(Offset(next_base));
        }
        cleaned.end = survey.end;
        cleaned.keys = u64::try_from(tools.map.len()).unwrap_or(u64::MAX);
        cleaned.map_utilization = tools.map.utilization();
        Ok(())
    }

    /// Whether the clean is to go on, after a stretch of `bytes`.
    pub(super) fn go_on(&self, pace: &mut Pace<'_>, bytes: u64) -> Result<(), CleanError> {
        self.check_open()?;
        match pace(bytes) {
            true => Ok(()),
            false => Err(CleanError::Interrupted),
        }
    }
}

/// The segments of the dirty part, each with the base of the next.
fn dirty_segments<'v>(
    view: &'v View,
    dirty: &Dirtiness,
) -> impl Iterator<Item = (&'v Arc<Segment>, i64)> {
    let (first, end) = (view.floor(dirty.first_dirty), dirty.first_uncleanable.0);
    let nexts = view.segments.iter().skip(1).map(|segment| segment.base());
    let segments = view.segments.iter().zip(nexts).skip(first);
    segments.take_while(move |(_, next)| *next <= end)
}

struct Survey {
    transactions: Transactions,
    decompressor: Decompressor,
    from: Offset,
    /// The map knows everything before.
    end: Offset,
    /// Where the keys of a batch are looked for.
    homes: Vec<usize>,
}

impl Survey {
    /// `false` if the map is full.
    fn segment(
        &mut self,
        log: &Log,
        segment: &Segment,
        tools: &mut CleanTools<'_>,
        cleaned: &mut Cleaned,
    ) -> Result<bool, CleanError> {
        let fail = |error| failed(segment, error);
        let size = segment.size();
        let from = segment
            .floor_position(self.from.0)
            .map_err(|error| fail(error.into()))?;
        let file = segment.log().map_err(|error| fail(error.into()))?;
        let mut scan = Scan::in_chunks(&*file, from, size, STRETCH);
        let mut told = from;
        while let Some(found) = scan.next().map_err(fail)? {
            let position = found.position;
            let batch = scan.whole(&found).map_err(fail)?;
            let bad = |error| fail(super::super::scan::ScanError::Bad { position, error });
            batch.check_crc().map_err(bad)?;
            if !self.batch(&batch, tools.map).map_err(bad)? {
                return Ok(false);
            }
            if position + found.size() >= told + STRETCH {
                let passed = position + found.size() - told;
                told += passed;
                cleaned.surveyed_bytes += passed;
                log.go_on(tools.pace, passed)?;
            }
        }
        cleaned.surveyed_bytes += size.saturating_sub(told);
        log.go_on(tools.pace, size.saturating_sub(told))?;
        Ok(true)
    }

    /// `false` if the map is full.
    fn batch(
        &mut self,
        batch: &AnyBatch<'_>,
        map: &mut OffsetMap,
    ) -> Result<bool, ottla_records::BatchError> {
        let header = batch.header();
        if header.last_offset() < self.from {
            return Ok(true);
        }
        let is_passed_over = match batch {
            AnyBatch::V2(view) if view.is_control() => {
                self.transactions.meet_control(view, marker_of(view));
                true
            }
            AnyBatch::V2(view) => self.transactions.meet_batch(view),
            AnyBatch::Legacy(_) => false,
        };
        if !is_passed_over {
            let records = batch.records(&mut self.decompressor)?;
            let keys = records.clone().flatten().filter_map(|record| record.key);
            map.approach(keys, &mut self.homes);
            for record in records {
                let record = record?;
                if let Some(key) = record.key
                    && record.offset >= self.from
                    && map.put(key, record.offset.0) == Err(Full)
                {
                    // Records of a batch that come later stay as they are.
                    self.end = self.end.max(record.offset);
                    return Ok(false);
                }
            }
        }
        self.end = self.end.max(end_of(&header));
        Ok(true)
    }
}

fn end_of(header: &AnyHeader) -> Offset {
    header.last_offset().next()
}
