//! Producer ids that this broker may hand out, from the blocks the controller gave it.
//!
//! I1  an id is handed out once: blocks never overlap, and a block is used from its start

use std::collections::VecDeque;

use ottla_metadata::ProducerIdBlock;
use ottla_types::ProducerId;
use parking_lot::Mutex;

/// Unused ids, as ranges `[next, end)`.
#[derive(Debug, Default)]
pub(crate) struct ProducerIds {
    blocks: Mutex<VecDeque<(i64, i64)>>,
}

impl ProducerIds {
    /// The next unused id, if there is one.
    pub(crate) fn take(&self) -> Option<ProducerId> {
        take_first(&mut self.blocks.lock())
    }

    /// Adds a block and takes the next unused id.
    pub(crate) fn add_and_take(&self, block: ProducerIdBlock) -> ProducerId {
        let mut blocks = self.blocks.lock();
        let end = block.first.0.saturating_add(i64::from(block.len));
        blocks.push_back((block.first.0, end));
        take_first(&mut blocks).unwrap_or(ProducerId::NONE)
    }
}

fn take_first(blocks: &mut VecDeque<(i64, i64)>) -> Option<ProducerId> {
    while let Some((next, end)) = blocks.front_mut() {
        if next < end {
            let id = ProducerId(*next);
            *next += 1;
            return Some(id);
        }
        blocks.pop_front();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hands_out_each_id_once() {
        let ids = ProducerIds::default();
        assert_eq!(ids.take(), None);
        let block = |first| ProducerIdBlock {
            first: ProducerId(first),
            len: 2,
        };
        assert_eq!(ids.add_and_take(block(0)), ProducerId(0));
        assert_eq!(ids.add_and_take(block(1000)), ProducerId(1));
        assert_eq!(ids.take(), Some(ProducerId(1000)));
        assert_eq!(ids.take(), Some(ProducerId(1001)));
        assert_eq!(ids.take(), None);
    }
}
