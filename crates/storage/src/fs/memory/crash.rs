//! What a power cut leaves of a memory file system.

use std::{collections::BTreeMap, iter};

use ottla_types::SplitMix64;

use super::{
    Crash,
    state::{Change, FileNode, Node, ROOT, State},
};

impl State {
    pub(super) fn crash(&self, choice: Crash) -> Self {
        let mut random = Random::of(choice);
        let mut left = self.nodes.clone();
        let ordered = match choice {
            Crash::Ordered(_) => random.below(self.pending.len() + 1),
            _ => 0,
        };
        for (index, change) in self.pending.iter().enumerate() {
            let keep = match choice {
                Crash::LoseUnsynced => false,
                Crash::KeepAll => true,
                Crash::Mixed(_) => random.coin(),
                Crash::Ordered(_) => index < ordered,
            };
            for entry in change.0.iter().filter(|_| keep) {
                if let Some(Node::Directory(directory)) = left.get_mut(&entry.directory) {
                    entry.apply(&mut directory.synced);
                }
            }
        }
        let mut nodes = BTreeMap::new();
        let mut visit = vec![ROOT];
        while let Some(id) = visit.pop() {
            let Some(mut node) = left.remove(&id) else {
                continue;
            };
            match &mut node {
                Node::File(file) => file.crash(choice, &mut random),
                Node::Directory(directory) => {
                    visit.extend(directory.synced.values());
                    directory.live.clone_from(&directory.synced);
                }
            }
            nodes.insert(id, node);
        }
        let mut crashed = Self::of(nodes);
        crashed.next_id = self.next_id;
        crashed.now_ms = self.now_ms;
        crashed
    }
}

impl FileNode {
    /// Keeps what a power cut leaves, as both live and synced.
    fn crash(&mut self, choice: Crash, random: &mut Random) {
        let pending = std::mem::take(&mut self.pending);
        let mut left = self.synced.clone();
        let all = |left: &mut Vec<u8>| pending.iter().for_each(|change| change.apply(left));
        let way = match choice {
            Crash::LoseUnsynced => 0,
            Crash::KeepAll => 1,
            Crash::Mixed(_) | Crash::Ordered(_) => random.below(5),
        };
        match way {
            0 => {}
            1 => all(&mut left),
            2 => {
                // A prefix of the writes, the last one torn.
                let whole = random.below(pending.len() + 1);
                pending[..whole]
                    .iter()
                    .for_each(|change| change.apply(&mut left));
                if let Some(Change::Write { offset, bytes }) = pending.get(whole) {
                    let bytes = bytes[..random.below(bytes.len() + 1)].to_vec();
                    Change::Write {
                        offset: *offset,
                        bytes,
                    }
                    .apply(&mut left);
                }
            }
            3 => {
                // Any sectors: the length is new, a lost sector is old or zero.
                all(&mut left);
                lose_sectors(&mut left, &self.synced, 0, |_| random.coin());
            }
            _ => {
                // The length is new, everything unsynced from some point on is old or zero.
                all(&mut left);
                let from = random.below(left.len() + 1);
                lose_sectors(&mut left, &self.synced, from, |_| true);
            }
        }
        self.synced.clone_from(&left);
        self.live = left;
    }
}

/// Puts the old bytes, or zeros, back into those sectors of `new[from..]` that are lost.
fn lose_sectors(new: &mut [u8], old: &[u8], from: usize, mut lost: impl FnMut(usize) -> bool) {
    let mut start = from;
    while start < new.len() {
        let end = new.len().min((start / SECTOR + 1) * SECTOR);
        if lost(start) {
            let old = old.iter().copied().skip(start).chain(iter::repeat(0));
            new[start..end]
                .iter_mut()
                .zip(old)
                .for_each(|(new, old)| *new = old);
        }
        start = end;
    }
}

/// The same seed makes the same choices everywhere.
struct Random(SplitMix64);

impl Random {
    fn of(choice: Crash) -> Self {
        Self(SplitMix64::new(match choice {
            Crash::Mixed(seed) | Crash::Ordered(seed) => seed,
            Crash::LoseUnsynced | Crash::KeepAll => 0,
        }))
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.below(end as u64)).unwrap_or(0)
    }

    fn coin(&mut self) -> bool {
        self.0.next() & 1 == 1
    }
}

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;
