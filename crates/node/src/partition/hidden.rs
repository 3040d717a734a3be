//! Bytes that were appended and that readers do not see yet.

use std::collections::VecDeque;

use ottla_types::Offset;

/// Appends that end behind the high watermark: their ends and sizes, in offset order.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    appends: VecDeque<(Offset, i64)>,
}

impl Hidden {
    /// Notes an append.
    pub(crate) fn add(&mut self, end: Offset, bytes: i64) {
        let full = self.appends.len() >= MAX_APPENDS;
        match self.appends.back_mut() {
            // Joined ones are counted when the last of them is seen.
            Some(last) if full => *last = (end, last.1.saturating_add(bytes)),
            _ => self.appends.push_back((end, bytes)),
        }
    }

    /// The high watermark has risen to `watermark`: how many bytes became visible. Something did.
    pub(crate) fn show(&mut self, watermark: Offset) -> i64 {
        let mut shown = 0_i64;
        while let Some((end, bytes)) = self.appends.front().copied() {
            if end > watermark {
                break;
            }
            self.appends.pop_front();
            shown = shown.saturating_add(bytes);
        }
        shown.max(1)
    }
}

/// Appends kept apart; more than this are joined.
const MAX_APPENDS: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_byte_when_it_is_seen() {
        let mut hidden = Hidden::default();
        hidden.add(Offset(2), 100);
        hidden.add(Offset(5), 30);
        assert_eq!(hidden.show(Offset(2)), 100);
        assert_eq!(hidden.show(Offset(5)), 30);
    }

    #[test]
    fn joined_appends_are_counted_once() {
        let mut hidden = Hidden::default();
        for end in 1..=3000 {
            hidden.add(Offset(end), 1);
        }
        assert_eq!(hidden.appends.len(), MAX_APPENDS);
        assert_eq!(hidden.show(Offset(2999)), 1023);
        assert_eq!(hidden.show(Offset(3000)), 1977);
    }
}
