//! Which segments are rewritten into one.

use std::ops::Range;

/// What grouping needs to know of a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct SegmentSize {
    pub(super) base: i64,
    /// The offset at which the next one begins.
    pub(super) next_base: i64,
    pub(super) bytes: u64,
    pub(super) offset_index_bytes: u64,
    pub(super) time_index_bytes: u64,
}

/// What a segment may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) segment_bytes: u64,
    pub(super) index_bytes: u64,
}

/// Splits segments that follow each other into groups, each of which fits one segment even if nothing
/// goes.
pub(super) fn groups(segments: &[SegmentSize], limits: Limits) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut sum: Option<SegmentSize> = None;
    for (index, segment) in segments.iter().enumerate() {
        let joined = sum.and_then(|sum| sum.join(segment, limits));
        match (groups.last_mut(), joined) {
            (Some(group), Some(joined)) if group.len() < SEGMENTS_MAX => {
                group.end = index + 1;
                sum = Some(joined);
            }
            _ => {
                groups.push(index..index + 1);
                sum = Some(*segment);
            }
        }
    }
    groups
}

impl SegmentSize {
    /// Both in one, if that fits.
    fn join(&self, next: &Self, limits: Limits) -> Option<Self> {
        let joined = Self {
            base: self.base,
            next_base: next.next_base,
            bytes: self.bytes + next.bytes,
            offset_index_bytes: self.offset_index_bytes + next.offset_index_bytes,
            time_index_bytes: self.time_index_bytes + next.time_index_bytes,
        };
        let fits = joined.bytes <= limits.segment_bytes
            && joined.offset_index_bytes <= limits.index_bytes
            && joined.time_index_bytes <= limits.index_bytes
            // Offsets in indexes are relative, and 31 bits wide.
            && i32::try_from(next.next_base - self.base).is_ok();
        fits.then_some(joined)
    }
}

/// Most segments of a group: their files are open while they are swapped.
const SEGMENTS_MAX: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sizes: &[(i64, u64, u64)], end: i64) -> Vec<SegmentSize> {
        let nexts = sizes.iter().skip(1).map(|size| size.0).chain([end]);
        let segment = |(&(base, bytes, index), next_base)| SegmentSize {
            base,
            next_base,
            bytes,
            offset_index_bytes: index,
            time_index_bytes: index / 2,
        };
        sizes.iter().zip(nexts).map(segment).collect()
    }

    const LIMITS: Limits = Limits {
        segment_bytes: 100,
        index_bytes: 50,
    };

    #[test]
    fn a_group_fits_one_segment() {
        let segments = of(
            &[
                (0, 40, 1),
                (10, 60, 1),
                (20, 1, 1),
                (30, 100, 1),
                (40, 200, 1),
                (50, 0, 1),
                (60, 10, 30),
                (70, 10, 30),
            ],
            80,
        );
        let found = groups(&segments, LIMITS);
        assert_eq!(found, [0..2, 2..3, 3..4, 4..5, 5..7, 7..8]);
        assert_eq!(groups(&[], LIMITS), []);
    }

    #[test]
    fn a_group_spans_no_more_offsets_than_an_index_can_name() {
        let far = i64::from(i32::MAX);
        let segments = of(&[(0, 1, 1), (10, 1, 1), (far, 1, 1)], far + 1);
        assert_eq!(groups(&segments, LIMITS), [0..2, 2..3]);
    }

    #[test]
    fn a_group_has_a_bounded_number_of_segments() {
        let sizes: Vec<_> = (0..300).map(|base| (base, 0, 0)).collect();
        let found = groups(&of(&sizes, 300), LIMITS);
        assert_eq!(found, [0..128, 128..256, 256..300]);
    }
}
