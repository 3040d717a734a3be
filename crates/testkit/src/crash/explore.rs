//! Looking at the states of a scenario.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use ottla_storage::fs::{Crash, MemoryFileSystem};

use super::{
    Explore, Options, Scenario,
    caught::caught,
    disk::{Disk, fingerprint, planted},
    faults::{Failing, FaultId, Faults, Kind},
    progress::{Failure, Place, Progress},
    promises::{Ended, Promises},
    record::{Point, Recorded, Recorder},
    state::{Cut, StateId},
};

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
        in_turn(options.threads, |place| {
            let unit = units.get(place).zip(starts.get(place));
            unit.map(|(unit, start)| run.look(unit, *start)).is_some()
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

    fn fail_each(&self, options: &Options, progress: &Progress) {
        for kind in Kind::ALL {
            in_turn(options.threads, |place| {
                let call = place * options.fail_every.max(1);
                self.fail(options, FaultId { kind, call }, progress)
            });
        }
    }

    fn fail(&self, options: &Options, fault: FaultId, progress: &Progress) -> bool {
        let run = Run {
            scenario: self,
            options,
            progress,
        };
        run.fail_at(fault)
    }
}

/// Calls `work` with 0, 1, 2 and so on until it says that there is no more, in so many threads.
fn in_turn(threads: usize, work: impl Fn(usize) -> bool + Sync) {
    let next = AtomicUsize::new(0);
    let work = || while work(next.fetch_add(1, Ordering::Relaxed)) {};
    if threads < 2 {
        return work();
    }
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
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
        let promises = Arc::new(Promises::new(promise));
        let recorder = Recorder::new(disk, Arc::clone(&promises));
        let recorded = Arc::new(Recorded(Arc::clone(&recorder)));
        let fs = planted(recorded, self.options.bug);
        let lived = caught(|| {
            crate::test_node::number_starts_from(if is_first { 0 } else { 1000 });
            self.scenario.live(fs, &promises, is_first)
        })?;
        match lived {
            Ok(()) => Ok(recorder.finish()),
            Err(Ended) => Err("the life ended early, on a disk without a fault".to_owned()),
        }
    }

    /// Lives on a disk that fails, and looks at what it has left. `false` if the life does not come to
    /// the fault.
    fn fail_at(&self, fault: FaultId) -> bool {
        if self.is_over() {
            return false;
        }
        let Some(place) = self.scenario.fails_in() else {
            return false;
        };
        let disk = MemoryFileSystem::new();
        let faults = Arc::new(Faults::new(disk.clone(), fault, Path::new(place)));
        let promises = Promises::beside(Arc::clone(&faults));
        let lived = caught(|| {
            crate::test_node::number_starts_from(0);
            let fs = planted(Arc::new(Failing(Arc::clone(&faults))), self.options.bug);
            self.scenario.live(fs, &promises, true)
        });
        let Some(met) = faults.met() else {
            if let Err(message) = lived {
                self.fail(None, String::new(), message);
            }
            return false;
        };
        self.progress.count_fault();
        let promise = promises.now();
        let seed = u64::try_from(fault.call).unwrap_or_default();
        let kept = lived.map(drop).and_then(|()| {
            [Crash::LoseUnsynced, Crash::KeepAll, Crash::Mixed(seed)]
                .into_iter()
                .try_for_each(|crash| self.try_check(&disk.crash(crash), &promise))
        });
        if let Err(message) = kept {
            self.fail(Some(Place::Fault(fault)), met, message);
        }
        true
    }

    /// Looks at the states that power cuts during some steps under one promise leave.
    fn look(&self, points: &[Point<S::Promise>], start: usize) {
        let mut seen = BTreeSet::new();
        for (step, point) in (start..).zip(points) {
            let seed = self.options.seed.wrapping_add((step as u64) << 20);
            for crash in point.disk.crashes(self.states_per_step(), seed) {
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
                let lived_on = print.is_multiple_of(self.recrash_every());
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
            Err(message) => {
                return self.fail(Some(Place::State(state)), point.before.clone(), message);
            }
        };
        let mut steps = 0..;
        for points in after.chunk_by(|a, b| Arc::ptr_eq(&a.promise, &b.promise)) {
            let mut seen = BTreeSet::new();
            for (point, step) in points.iter().zip(&mut steps) {
                let seed = self.options.seed.wrapping_add(!(step as u64) << 20);
                for crash in point.disk.crashes(self.states_per_step() / 8, seed) {
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

    fn states_per_step(&self) -> usize {
        self.options.states_per_step / usize::from(self.scenario.cost())
    }

    fn recrash_every(&self) -> u64 {
        self.options.recrash_every.max(1) * u64::from(self.scenario.cost())
    }

    fn is_over(&self) -> bool {
        self.options.stop_at_first && self.progress.failed() > 0
    }

    fn check(&self, left: &MemoryFileSystem, point: &Point<S::Promise>, state: StateId) {
        self.progress.count_state();
        if let Err(message) = self.try_check(left, &point.promise) {
            self.fail(Some(Place::State(state)), point.before.clone(), message);
        }
    }

    fn try_check(&self, left: &MemoryFileSystem, promise: &S::Promise) -> Result<(), String> {
        let disk = Disk {
            memory: left.clone(),
            bug: self.options.bug,
        };
        caught(|| {
            crate::test_node::number_starts_from(2000);
            self.scenario.check(&disk, promise);
        })
    }

    fn fail(&self, place: Option<Place>, step: String, message: String) {
        self.progress.fail(Failure {
            scenario: self.scenario.name(),
            seed: self.options.seed,
            place,
            step,
            message,
        });
    }
}
