//! What a power cut leaves of a memory file system.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter,
    sync::Arc,
};

use ottla_types::SplitMix64;

use super::{
    Crash,
    state::{Change, FileNode, Node, ROOT, State},
};

impl State {
    pub(super) fn crash(&self, choice: Crash) -> Self {
        let mut random = Random::of(choice);
        let plan = Plan::of(self, choice, &mut random);
        let mut left = self.nodes.clone();
        for (index, change) in self.pending.iter().enumerate() {
            let keep = match choice {
                Crash::LoseUnsynced => false,
                Crash::KeepAll | Crash::Torn { .. } | Crash::Zeroed { .. } => true,
                Crash::Subset(_) => plan.kept.contains(&change.number),
                Crash::Mixed(_) => random.coin(),
                Crash::Ordered(_) => index < plan.names,
            };
            for entry in change.entries.iter().filter(|_| keep) {
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
                Node::File(file) => file.crash(choice, &plan, &mut random),
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

    /// The numbers of the changes that are not synced, in the order they were made.
    fn unsynced(&self) -> Vec<u64> {
        let bytes = self.files().flat_map(|file| &file.pending);
        let names = self.pending.iter().map(|change| change.number);
        let mut all: Vec<u64> = bytes.map(|(number, _)| *number).chain(names).collect();
        all.sort_unstable();
        all
    }

    fn files(&self) -> impl Iterator<Item = &FileNode> {
        self.nodes.values().filter_map(|node| match node {
            Node::File(file) => Some(file),
            Node::Directory(_) => None,
        })
    }

    /// The last write that is not synced: its number, where it begins and where it ends.
    fn last_write(&self) -> Option<(u64, usize, usize)> {
        let all = self.files().flat_map(|file| &file.pending);
        let writes = all.filter_map(|(number, change)| match change {
            Change::Write { offset, bytes } => Some((*number, *offset, offset + bytes.len())),
            Change::SetLen(_) => None,
        });
        writes.max()
    }

    pub(super) fn crashes(&self, limit: usize, seed: u64) -> Vec<Crash> {
        let count = self.unsynced().len();
        if count == 0 {
            return vec![Crash::LoseUnsynced];
        }
        let mut all = vec![Crash::LoseUnsynced, Crash::KeepAll];
        let subsets = u32::try_from(count).ok().and_then(|n| 1_u64.checked_shl(n));
        match subsets {
            Some(subsets) if subsets <= limit as u64 => {
                all.extend((1..subsets - 1).map(Crash::Subset));
            }
            _ => {
                // One change that is lost, or the only one that survives, shows most.
                let single = (0..count.min(63)).map(|index| 1 << index);
                let lost = single.clone().map(|bit: u64| Crash::Subset(!bit));
                all.extend(lost.chain(single.map(Crash::Subset)).take(limit / 2));
                let mixed = (0..limit as u64 / 4).map(|index| seed.wrapping_add(index));
                all.extend(mixed.flat_map(|seed| [Crash::Mixed(seed), Crash::Ordered(seed)]));
            }
        }
        let extra = (limit as u64 / 16).max(1);
        let mixed = (0..extra).map(|index| !seed.wrapping_add(index));
        all.extend(mixed.flat_map(|seed| [Crash::Mixed(seed), Crash::Ordered(seed)]));
        if let Some((_, start, end)) = self.last_write() {
            for unit in [SECTOR, PAGE] {
                let units = start / unit + 1..=(end - 1) / unit;
                let zeroed = [Crash::Zeroed { unit, kept: 0 }].into_iter();
                all.extend(zeroed.chain(
                    units.flat_map(|kept| {
                        [Crash::Torn { unit, kept }, Crash::Zeroed { unit, kept }]
                    }),
                ));
            }
        }
        all
    }
}

/// What of a state survives.
struct Plan {
    /// Numbers of changes, for `Subset`.
    kept: BTreeSet<u64>,
    /// How many name changes, for `Ordered`.
    names: usize,
    /// The write that is torn.
    torn: Option<u64>,
}

impl Plan {
    fn of(state: &State, choice: Crash, random: &mut Random) -> Self {
        let kept = match choice {
            Crash::Subset(bits) => {
                let all = state.unsynced().into_iter().enumerate();
                // Of more changes than there are bits the last bit speaks for the rest.
                let is_kept = |(index, _): &(usize, u64)| bits >> (*index).min(63) & 1 == 1;
                all.filter(is_kept).map(|(_, number)| number).collect()
            }
            _ => BTreeSet::new(),
        };
        let names = match choice {
            Crash::Ordered(_) => random.below(state.pending.len() + 1),
            _ => 0,
        };
        let torn = match choice {
            Crash::Torn { .. } | Crash::Zeroed { .. } => state.last_write(),
            _ => None,
        };
        Self {
            kept,
            names,
            torn: torn.map(|(number, ..)| number),
        }
    }
}

impl FileNode {
    /// Keeps what a power cut leaves, as both live and synced.
    fn crash(&mut self, choice: Crash, plan: &Plan, random: &mut Random) {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            self.live = Arc::clone(&self.synced);
            return;
        }
        let mut left = self.synced.to_vec();
        let all = |left: &mut Vec<u8>| pending.iter().for_each(|(_, change)| change.apply(left));
        match choice {
            Crash::LoseUnsynced => {}
            Crash::KeepAll => all(&mut left),
            Crash::Subset(_) => {
                let kept = pending.iter().filter(|(n, _)| plan.kept.contains(n));
                kept.for_each(|(_, change)| change.apply(&mut left));
            }
            Crash::Torn { unit, kept } | Crash::Zeroed { unit, kept } => {
                for (number, change) in &pending {
                    let torn = Some(*number) == plan.torn;
                    let end = match change {
                        Change::Write { offset, bytes } if torn => {
                            let keep = (unit * kept).saturating_sub(*offset).min(bytes.len());
                            write(*offset, &bytes[..keep]).apply(&mut left);
                            offset + bytes.len()
                        }
                        change => {
                            change.apply(&mut left);
                            0
                        }
                    };
                    if matches!(choice, Crash::Zeroed { .. }) && left.len() < end {
                        left.resize(end, 0);
                    }
                }
            }
            Crash::Mixed(_) | Crash::Ordered(_) => match random.below(5) {
                0 => {}
                1 => all(&mut left),
                2 => {
                    // A prefix of the writes, the last one torn.
                    let whole = random.below(pending.len() + 1);
                    let prefix = pending[..whole].iter();
                    prefix.for_each(|(_, change)| change.apply(&mut left));
                    if let Some((_, Change::Write { offset, bytes })) = pending.get(whole) {
                        let torn = random.below(bytes.len() + 1);
                        write(*offset, &bytes[..torn]).apply(&mut left);
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
            },
        }
        self.synced = Arc::new(left);
        self.live = Arc::clone(&self.synced);
    }
}

fn write(offset: usize, bytes: &[u8]) -> Change {
    Change::Write {
        offset,
        bytes: bytes.into(),
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
            _ => 0,
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

/// What a file system writes at once.
const PAGE: usize = 4096;
