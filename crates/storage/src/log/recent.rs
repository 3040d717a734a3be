//! Where the last appends to the newest segment began.
//!
//! A consumer at the end of the log asks for an offset at which an append began, up to a high watermark
//! that is another. Both places are known from here without a look into the file.

/// The last appends to one segment.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    base: i64,
    /// Offset and position, oldest first from `oldest` on, around the end.
    places: Vec<(i64, u64)>,
    oldest: usize,
}

impl Recent {
    /// An append to the segment at `base` begins at `offset`, `position`.
    pub(crate) fn note(&mut self, base: i64, offset: i64, position: u64) {
        if self.base != base {
            self.clear();
            self.base = base;
        }
        match self.places.get_mut(self.oldest) {
            Some(place) if self.oldest + 1 == KEPT => {
                *place = (offset, position);
                self.oldest = 0;
            }
            Some(place) => {
                *place = (offset, position);
                self.oldest += 1;
            }
            None => self.push(offset, position),
        }
    }

    /// Where the batch that begins with `offset` lies in the segment at `base`.
    pub(crate) fn position_of(&self, base: i64, offset: i64) -> Option<u64> {
        let is_wanted = |place: &&(i64, u64)| self.base == base && place.0 == offset;
        self.places.iter().find(is_wanted).map(|place| place.1)
    }

    /// Forgets all: the end was cut off.
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.oldest = 0;
    }

    fn push(&mut self, offset: i64, position: u64) {
        self.places.push((offset, position));
        self.oldest = if self.places.len() == KEPT {
            0
        } else {
            self.places.len()
        };
    }
}

/// Appends that are remembered: 256 bytes for a partition that is written to.
const KEPT: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ones_are_known() {
        let mut recent = Recent::default();
        for offset in 0..40_i64 {
            recent.note(0, offset, offset.unsigned_abs() * 100);
        }
        for offset in 0..40_i64 {
            let expected = (offset >= 24).then_some(offset.unsigned_abs() * 100);
            assert_eq!(recent.position_of(0, offset), expected, "{offset}");
        }
        assert_eq!(recent.position_of(7, 39), None);
        recent.note(40, 40, 0);
        assert_eq!(recent.position_of(40, 40), Some(0));
        assert_eq!(recent.position_of(40, 39), None);
        recent.clear();
        assert_eq!(recent.position_of(40, 40), None);
    }
}
