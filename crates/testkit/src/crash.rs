//! Every state in which a power cut can leave a disk, and what is made of it.
//!
//! A [`Scenario`] lives on a disk in memory and keeps a promise: what must be there whenever the power
//! is cut. Before each step that changes the disk, and at the end, all states are built that a power
//! cut at that moment may leave; the scenario starts again on each of them and compares what it finds
//! with what was promised by then. Some of these states are lived on from, and the power is cut again
//! at each step of that.
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

mod compact_life;
mod contents;
mod directory_life;
mod log_check;
mod log_life;
mod plant;
mod quorum_life;
mod record;
mod state;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, Once, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread,
};

use ottla_storage::fs::{FileSystem, MemoryFileSystem};

pub use plant::{BUGS, Bug};
pub use record::Promises;
pub use state::{Cut, StateId, StateIdError};

use plant::Planted;
use record::{Point, Recorded, Recorder};

/// A multi-step use of a disk, and what it promises.
pub trait Scenario: Send + Sync {
    /// What must be there, and what may be.
    type Promise: Clone + Default + Send + Sync + 'static;

    /// Its name.
    fn name(&self) -> String;

    /// Lives on an empty disk, or goes on where a power cut ended such a life: `promises` says what
    /// was promised before. Keeps `promises` up to date.
    fn live(&self, fs: Arc<dyn FileSystem>, promises: &Promises<Self::Promise>, is_first: bool);

    /// What it does, for whoever looks for the cause of a failure.
    fn story(&self) -> String {
        String::new()
    }

    /// Starts on what a power cut has left, and panics when that is not what was promised.
    fn check(&self, disk: &Disk, promise: &Self::Promise);
}

/// A disk after a power cut.
#[derive(Clone, Debug)]
pub struct Disk {
    memory: MemoryFileSystem,
    bug: Option<Bug>,
}

impl Disk {
    /// What is on it, to be looked at from outside.
    #[must_use]
    pub const fn memory(&self) -> &MemoryFileSystem {
        &self.memory
    }

    /// The file system to start on.
    #[must_use]
    pub fn file_system(&self) -> Arc<dyn FileSystem> {
        planted(Arc::new(self.memory.clone()), self.bug)
    }

    /// A copy of what is on it.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            memory: self.memory.fork(),
            bug: self.bug,
        }
    }
}

fn planted(fs: Arc<dyn FileSystem>, bug: Option<Bug>) -> Arc<dyn FileSystem> {
    match bug {
        Some(bug) => Arc::new(Planted::new(fs, bug)),
        None => fs,
    }
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
            threads: 2,
            bug: None,
            stop_at_first: false,
        }
    }
}

/// A state that did not keep a promise.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Name of the scenario.
    pub scenario: String,
    /// Its seed.
    pub seed: u64,
    /// Which state; `None` when the life itself failed.
    pub state: Option<StateId>,
    /// The step that did not happen.
    pub before: String,
    /// What was wrong.
    pub message: String,
}

/// What was found so far.
#[derive(Debug, Default)]
pub struct Progress {
    states: AtomicU64,
    failed: AtomicU64,
    failures: Mutex<Vec<Failure>>,
}

impl Progress {
    /// Different states that were looked at.
    #[must_use]
    pub fn states(&self) -> u64 {
        self.states.load(Ordering::Relaxed)
    }

    /// States that failed.
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// The first of them, at most [`FAILURES_KEPT`].
    #[must_use]
    pub fn failures(&self) -> Vec<Failure> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.clone()
    }

    fn fail(&self, failure: Failure) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() < FAILURES_KEPT {
            failures.push(failure);
        }
    }
}

/// Failures that are described.
pub const FAILURES_KEPT: usize = 20;

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
}

/// All scenarios; those that draw their steps draw them from `seed`.
#[must_use]
pub fn scenarios(seed: u64) -> Vec<Box<dyn Explore>> {
    let mut all: Vec<Box<dyn Explore>> = Vec::new();
    for life in log_life::lives(seed) {
        all.push(Box::new(life));
    }
    all.push(Box::new(compact_life::CompactLife { seed }));
    all.push(Box::new(directory_life::DirectoryLife));
    all.push(Box::new(quorum_life::QuorumLife));
    all
}

/// Of so many seeds one is drawn for compaction too.
const COMPACTIONS_OF: u64 = 16;

/// Scenarios that draw their steps from `seed`.
#[must_use]
pub fn drawn_scenarios(seed: u64) -> Vec<Box<dyn Explore>> {
    let mut drawn: Vec<Box<dyn Explore>> = vec![Box::new(log_life::drawn(seed))];
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

impl<S: Scenario> Explore for S {
    fn scenario(&self) -> String {
        self.name()
    }

    fn story(&self) -> String {
        Scenario::story(self)
    }

    fn explore(&self, options: &Options, progress: &Progress) {
        let run = Run {
            scenario: self,
            options,
            progress,
        };
        let life = match run.record(MemoryFileSystem::new(), Arc::default(), true) {
            Ok(life) => life,
            Err(message) => {
                run.fail(None, String::new(), message);
                return;
            }
        };
        let units: Vec<&[Point<S::Promise>]> = life
            .chunk_by(|a, b| Arc::ptr_eq(&a.promise, &b.promise))
            .collect();
        let starts: Vec<usize> = units
            .iter()
            .scan(0, |next, unit| {
                Some(std::mem::replace(next, *next + unit.len()))
            })
            .collect();
        let next = AtomicUsize::new(0);
        let work = || {
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some((unit, start)) = units.get(place).zip(starts.get(place)) else {
                    return;
                };
                run.look(unit, *start);
            }
        };
        if options.threads < 2 {
            work();
            return;
        }
        thread::scope(|scope| {
            for _ in 0..options.threads {
                scope.spawn(work);
            }
        });
    }

    fn replay(&self, options: &Options, state: StateId, progress: &Progress) -> bool {
        let run = Run {
            scenario: self,
            options,
            progress,
        };
        let Ok(life) = run.record(MemoryFileSystem::new(), Arc::default(), true) else {
            return false;
        };
        let Some(point) = life.get(state.first.step) else {
            return false;
        };
        let left = point.disk.crash(state.first.crash);
        let Some(second) = state.second else {
            run.check(&left, point, state);
            return true;
        };
        let Ok(after) = run.record(left, Arc::clone(&point.promise), false) else {
            return false;
        };
        let Some(point) = after.get(second.step) else {
            return false;
        };
        run.check(&point.disk.crash(second.crash), point, state);
        true
    }
}

/// One exploration.
struct Run<'a, S> {
    scenario: &'a S,
    options: &'a Options,
    progress: &'a Progress,
}

impl<S: Scenario> Run<'_, S> {
    /// Lives, and gives the disk before each step.
    fn record(
        &self,
        disk: MemoryFileSystem,
        promise: Arc<S::Promise>,
        is_first: bool,
    ) -> Result<Vec<Point<S::Promise>>, String> {
        let promises = Arc::new(Promises::new(Arc::unwrap_or_clone(promise)));
        let recorder = Recorder::new(disk, Arc::clone(&promises));
        let recorded = Arc::new(Recorded(Arc::clone(&recorder)));
        let fs = planted(recorded, self.options.bug);
        let lived = caught(|| {
            crate::test_node::number_starts_from(if is_first { 0 } else { 1000 });
            self.scenario.live(fs, &promises, is_first);
        });
        lived.map(|()| recorder.finish())
    }

    /// Looks at the states that power cuts during some steps under one promise leave.
    fn look(&self, points: &[Point<S::Promise>], start: usize) {
        let mut seen = BTreeSet::new();
        for (step, point) in (start..).zip(points) {
            let seed = self.options.seed.wrapping_add((step as u64) << 20);
            for crash in point.disk.crashes(self.options.states_per_step, seed) {
                if self.is_over() {
                    return;
                }
                let left = point.disk.crash(crash);
                let print = fingerprint(&left);
                if !seen.insert(print) {
                    continue;
                }
                let state = StateId {
                    first: Cut { step, crash },
                    second: None,
                };
                let lived_on = print.is_multiple_of(self.options.recrash_every.max(1));
                let before = lived_on.then(|| left.fork());
                self.check(&left, point, state);
                if let Some(left) = before {
                    self.look_again(left, point, state);
                }
            }
        }
    }

    /// Lives on from a state, and cuts the power once more.
    fn look_again(&self, left: MemoryFileSystem, point: &Point<S::Promise>, state: StateId) {
        let after = match self.record(left, Arc::clone(&point.promise), false) {
            Ok(after) => after,
            Err(message) => return self.fail(Some(state), point.before.clone(), message),
        };
        let mut steps = 0..;
        for points in after.chunk_by(|a, b| Arc::ptr_eq(&a.promise, &b.promise)) {
            let mut seen = BTreeSet::new();
            for (point, step) in points.iter().zip(&mut steps) {
                let seed = self.options.seed.wrapping_add(!(step as u64) << 20);
                for crash in point.disk.crashes(self.options.states_per_step / 8, seed) {
                    if self.is_over() {
                        return;
                    }
                    let left = point.disk.crash(crash);
                    if seen.insert(fingerprint(&left)) {
                        let second = Some(Cut { step, crash });
                        self.check(&left, point, StateId { second, ..state });
                    }
                }
            }
        }
    }

    fn is_over(&self) -> bool {
        self.options.stop_at_first && self.progress.failed() > 0
    }

    fn check(&self, left: &MemoryFileSystem, point: &Point<S::Promise>, state: StateId) {
        self.progress.states.fetch_add(1, Ordering::Relaxed);
        let disk = Disk {
            memory: left.clone(),
            bug: self.options.bug,
        };
        let kept = caught(|| {
            crate::test_node::number_starts_from(2000);
            self.scenario.check(&disk, &point.promise);
        });
        if let Err(message) = kept {
            self.fail(Some(state), point.before.clone(), message);
        }
    }

    fn fail(&self, state: Option<StateId>, before: String, message: String) {
        self.progress.fail(Failure {
            scenario: self.scenario.name(),
            seed: self.options.seed,
            state,
            before,
            message,
        });
    }
}

/// Names and bytes of everything on a disk.
pub(crate) fn fingerprint(disk: &MemoryFileSystem) -> u64 {
    fn visit(disk: &MemoryFileSystem, path: &Path, hasher: &mut DefaultHasher) {
        for entry in disk.read_dir(path).expect("a directory") {
            let path = path.join(&entry.name);
            path.hash(hasher);
            if entry.metadata.is_dir {
                visit(disk, &path, hasher);
            } else {
                disk.read(&path).expect("a file").hash(hasher);
            }
        }
    }
    let mut hasher = DefaultHasher::new();
    visit(disk, Path::new("/"), &mut hasher);
    hasher.finish()
}

/// Panics when something on a disk is not as it was before it was started on once more.
fn check_untouched(before: &MemoryFileSystem, after: &MemoryFileSystem) {
    if fingerprint(before) != fingerprint(after) {
        let (before, after) = (files(before), files(after));
        let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        let show = |bytes: &Vec<u8>| bytes.escape_ascii().to_string();
        let changed: Vec<_> = names
            .into_iter()
            .map(|name| (name, before.get(name).map(show), after.get(name).map(show)))
            .filter(|(_, before, after)| before != after)
            .collect();
        panic!("starting again changed {changed:?}");
    }
}

/// Every file with its bytes.
fn files(disk: &MemoryFileSystem) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![PathBuf::from("/")];
    while let Some(directory) = left.pop() {
        for entry in disk.read_dir(&directory).expect("a directory") {
            let path = directory.join(&entry.name);
            if entry.metadata.is_dir {
                left.push(path);
            } else {
                let bytes = disk.read(&path).expect("a file");
                found.insert(path, bytes);
            }
        }
    }
    found
}

thread_local! {
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What a panic in `run` said, and where.
fn caught(run: impl FnOnce()) -> Result<(), String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if IS_CAUGHT.get() {
                let place = info.location().map(ToString::to_string);
                PLACE.set(place.unwrap_or_default());
            } else {
                usual(info);
            }
        }));
    });
    IS_CAUGHT.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    IS_CAUGHT.set(false);
    result.map_err(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
        format!("{} ({})", text.unwrap_or("a panic"), PLACE.take())
    })
}
