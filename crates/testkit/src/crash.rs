//! Every state in which a power cut can leave a disk, and what is made of it.
//!
//! A [`Scenario`] lives on a disk in memory and keeps a promise: what must be there whenever the power
//! is cut. Before each step that changes the disk, and at the end, all states are built that a power
//! cut at that moment may leave; the scenario starts again on each of them and compares what it finds
//! with what was promised by then. Some of these states are lived on from, and the power is cut again
//! at each step of that.
//!
//! A life is also lived once for each of its calls of the disk, which fails, and once for each that finds
//! no space: what was called refuses, with that cause, and either takes itself out of service or goes on;
//! the next start finds what was promised.
//!
//! C1  a state is looked at once for each promise it must keep
//! C2  scenario, seed and address of a state say how to build it again, whatever the effort
//! C3  what is planted is planted beneath the code under test
//!
//! ```
//! use ottla_testkit::crash::{Options, Progress, explore, scenarios};
//!
//! let progress = Progress::default();
//! let scenario = &scenarios(1)[0];
//! explore(scenario.as_ref(), &Options::brief(1), &progress);
//! assert!(progress.states() > 100);
//! assert!(progress.failures().is_empty());
//! ```

mod caught;
mod compact_life;
mod contents;
mod directory_life;
mod disk;
mod explore;
mod faults;
mod log_check;
mod log_life;
mod log_scripts;
mod node_check;
mod node_client;
mod node_faults;
mod node_life;
mod node_scripts;
mod plant;
mod progress;
mod promises;
mod quorum_life;
mod record;
mod state;

use std::sync::Arc;

use ottla_storage::fs::FileSystem;

pub use disk::Disk;
pub use faults::{FaultId, FaultIdError, Kind};
pub use plant::{BUGS, Bug};
pub use progress::{FAILURES_KEPT, Failure, Place, Progress};
pub use promises::{Ended, Promises};
pub use state::{Cut, StateId, StateIdError};

/// A multi-step use of a disk, and what it promises.
pub trait Scenario: Send + Sync {
    /// What must be there, and what may be.
    type Promise: Clone + Default + Send + Sync + 'static;

    /// Its name.
    fn name(&self) -> String;

    /// Lives on an empty disk, or goes on where a power cut ended such a life: `promises` says what
    /// was promised before. Keeps `promises` up to date.
    ///
    /// # Errors
    /// [`Ended`] when the disk failed and the life cannot go on.
    fn live(
        &self,
        fs: Arc<dyn FileSystem>,
        promises: &Promises<Self::Promise>,
        is_first: bool,
    ) -> Result<(), Ended>;

    /// What it does, for whoever looks for the cause of a failure.
    fn story(&self) -> String {
        String::new()
    }

    /// Where the disk may fail, if the life takes note of what it refuses.
    fn fails_in(&self) -> Option<&'static str> {
        Some("/")
    }

    /// How many times as long as that of a log the check of a state takes: so many times fewer are looked
    /// at.
    fn cost(&self) -> u8 {
        1
    }

    /// Starts on what a power cut has left, and panics when that is not what was promised.
    fn check(&self, disk: &Disk, promise: &Self::Promise);
}

/// How much is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Draws the mixtures.
    pub seed: u64,
    /// States built at each step, about.
    pub states_per_step: usize,
    /// Of so many states one is lived on from.
    pub recrash_every: u64,
    /// Of so many calls of the disk one fails.
    pub fail_every: usize,
    /// Threads.
    pub threads: usize,
    /// A bug that is planted.
    pub bug: Option<Bug>,
    /// Whether the first failure ends it.
    pub stop_at_first: bool,
}

impl Options {
    /// A few hundred states of each scenario.
    #[must_use]
    pub const fn brief(seed: u64) -> Self {
        Self {
            seed,
            states_per_step: 4,
            recrash_every: 200,
            fail_every: 3,
            threads: 1,
            bug: None,
            stop_at_first: false,
        }
    }

    /// A few thousand of each.
    #[must_use]
    pub const fn thorough(seed: u64) -> Self {
        Self {
            seed,
            states_per_step: 64,
            recrash_every: 60,
            fail_every: 1,
            threads: 2,
            bug: None,
            stop_at_first: false,
        }
    }
}

/// A scenario whatever it promises.
pub trait Explore: Send + Sync {
    /// Its name.
    fn scenario(&self) -> String;
    /// What it does.
    fn story(&self) -> String;
    /// Looks at its crash states.
    fn explore(&self, options: &Options, progress: &Progress);
    /// Looks at one crash state. `false` if there is no such state.
    fn replay(&self, options: &Options, state: StateId, progress: &Progress) -> bool;
    /// Has its calls of the disk fail, one after the other, and space run out at each.
    fn fail_each(&self, options: &Options, progress: &Progress);
    /// Has one call fail, or space run out there. `false` if there is no such call.
    fn fail(&self, options: &Options, fault: FaultId, progress: &Progress) -> bool;
}

/// All scenarios; those that draw their steps draw them from `seed`.
#[must_use]
pub fn scenarios(seed: u64) -> Vec<Box<dyn Explore>> {
    let mut all: Vec<Box<dyn Explore>> = Vec::new();
    for life in log_scripts::lives(seed) {
        all.push(Box::new(life));
    }
    all.push(Box::new(compact_life::CompactLife { seed }));
    all.push(Box::new(directory_life::DirectoryLife));
    all.push(Box::new(quorum_life::QuorumLife));
    for life in node_life::lives() {
        all.push(Box::new(life));
    }
    all.push(Box::new(node_faults::FailingDirectory));
    all
}

/// Of so many seeds one is drawn with index entries shown, too.
const SHOWN_OF: u64 = 4;

/// Of so many seeds one is drawn for compaction too.
const COMPACTIONS_OF: u64 = 16;

/// Scenarios that draw their steps from `seed`.
#[must_use]
pub fn drawn_scenarios(seed: u64) -> Vec<Box<dyn Explore>> {
    let mut drawn: Vec<Box<dyn Explore>> = vec![Box::new(log_scripts::drawn(seed))];
    if seed.is_multiple_of(SHOWN_OF) {
        drawn.push(Box::new(log_scripts::drawn_and_shown(seed)));
    }
    // It has many more states than the others.
    if seed.is_multiple_of(COMPACTIONS_OF) {
        drawn.push(Box::new(compact_life::CompactLife { seed }));
    }
    drawn
}

/// Looks at the crash states of a scenario.
pub fn explore(scenario: &dyn Explore, options: &Options, progress: &Progress) {
    scenario.explore(options, progress);
}
