//! Log directories that get no new replicas.
//!
//! Spec: KIP-1066; `cordoned.log.dirs`.

use std::sync::atomic::Ordering;

use ottla_types::Uuid;

use super::{Directories, Directory};

/// What stands for all of them.
const ALL: &str = "*";

impl Directory {
    /// Whether it gets no new replicas.
    #[must_use]
    pub fn is_cordoned(&self) -> bool {
        self.is_cordoned.load(Ordering::Relaxed)
    }
}

impl Directories {
    /// Takes over which are cordoned: as `cordoned.log.dirs` names them.
    pub(crate) fn cordon(&self, paths: &[String]) {
        let places: Vec<usize> = paths
            .iter()
            .filter_map(|path| self.place_of(path))
            .collect();
        let is_all = paths.iter().any(|path| path == ALL);
        for (place, directory) in self.all.iter().enumerate() {
            let is_cordoned = is_all || places.contains(&place);
            directory.is_cordoned.store(is_cordoned, Ordering::Relaxed);
        }
    }

    /// Ids of those that are cordoned.
    #[must_use]
    pub fn cordoned(&self) -> Vec<Uuid> {
        let cordoned = self.all.iter().filter(|directory| directory.is_cordoned());
        cordoned.map(Directory::id).collect()
    }
}
