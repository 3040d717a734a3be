//! `cargo xtask crash` runs this: crash states by the thousand, and bugs planted to be found.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use ottla_testkit::crash::{
    BUGS, Bug, Explore, Failure, FaultId, Options, Place, Progress, StateId, drawn_scenarios,
    explore, scenarios,
};

/// States of a run.
const STATES: u64 = 20_000;
/// States of a long run.
const STATES_LONG: u64 = 1_000_000;

/// Of so many calls one fails, but in a long run each.
const FAIL_EVERY: usize = 5;

/// Seeds of drawn lives that did not keep their promise once: they come first.
const FOUND_SOMETHING: [u64; 13] = [28, 31, 41, 44, 52, 91, 183, 205, 224, 228, 311, 316, 399];

#[derive(Default)]
struct Asked {
    is_long: bool,
    bug: Option<String>,
    scenario: Option<String>,
    state: Option<StateId>,
    fault: Option<FaultId>,
    seed: u64,
}

fn main() -> ExitCode {
    let asked = match parse() {
        Ok(asked) => asked,
        Err(message) => {
            eprintln!("crash: {message}");
            return ExitCode::FAILURE;
        }
    };
    match &asked.bug {
        Some(name) if name == "all" => plant_all(&asked),
        Some(name) => match BUGS.iter().find(|bug| bug.name == name) {
            Some(bug) => run(&asked, Some(*bug)),
            None => {
                eprintln!("crash: no bug is called {name}; these can be planted:");
                BUGS.iter().for_each(|bug| eprintln!("  {}", bug.name));
                ExitCode::FAILURE
            }
        },
        None => run(&asked, None),
    }
}

fn parse() -> Result<Asked, String> {
    let mut asked = Asked {
        seed: 1,
        ..Asked::default()
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--long" => asked.is_long = true,
            "--plant-bug" => asked.bug = Some(value()?),
            "--scenario" => asked.scenario = Some(value()?),
            "--state" => asked.state = Some(value()?.parse().map_err(|e| format!("{e}"))?),
            "--fault" => asked.fault = Some(value()?.parse().map_err(|e| format!("{e}"))?),
            "--seed" => asked.seed = value()?.parse().map_err(|e| format!("--seed: {e}"))?,
            _ => return Err(format!("{arg} is not known")),
        }
    }
    if (asked.state.is_some() || asked.fault.is_some()) && asked.scenario.is_none() {
        return Err("--state and --fault need --scenario".to_owned());
    }
    Ok(asked)
}

fn run(asked: &Asked, bug: Option<Bug>) -> ExitCode {
    let options = Options {
        bug,
        fail_every: if asked.is_long { 1 } else { FAIL_EVERY },
        ..Options::thorough(asked.seed)
    };
    let progress = Progress::default();
    let is_asked = |scenario: &dyn Explore| {
        let name = asked.scenario.as_ref();
        name.is_none_or(|name| *name == scenario.scenario())
    };
    let mut count = 0;
    for scenario in scenarios(asked.seed) {
        if !is_asked(scenario.as_ref()) {
            continue;
        }
        count += 1;
        let is_there = match (asked.state, asked.fault) {
            (Some(state), _) => scenario.replay(&options, state, &progress),
            (None, Some(fault)) => scenario.fail(&options, fault, &progress),
            (None, None) => {
                look(scenario.as_ref(), &options, &progress);
                continue;
            }
        };
        if !is_there {
            eprintln!("crash: there is no such state or fault");
            return ExitCode::FAILURE;
        }
        eprint!("{}", scenario.story());
    }
    if count == 0 {
        eprintln!("crash: there is no such scenario; these are:");
        let all = scenarios(asked.seed);
        all.iter().for_each(|s| eprintln!("  {}", s.scenario()));
        return ExitCode::FAILURE;
    }
    let goal = if asked.is_long { STATES_LONG } else { STATES };
    let others = (asked.seed + 1..).filter(|seed| !FOUND_SOMETHING.contains(seed));
    for seed in FOUND_SOMETHING.into_iter().chain(others) {
        let is_known = FOUND_SOMETHING.contains(&seed);
        if asked.scenario.is_some() || (progress.states() >= goal && !is_known) {
            break;
        }
        for scenario in drawn_scenarios(seed) {
            look(scenario.as_ref(), &Options { seed, ..options }, &progress);
        }
    }
    progress.failures().iter().for_each(describe);
    let (states, failed) = (progress.states(), progress.failed());
    say(&format!("{} faults of the disk", progress.faults()));
    say(&format!("{states} crash states, {failed} failed"));
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn look(scenario: &dyn Explore, options: &Options, progress: &Progress) {
    let (states, failed) = (progress.states(), progress.failed());
    let faults = progress.faults();
    explore(scenario, options, progress);
    if options.bug.is_none() {
        scenario.fail_each(options, progress);
    }
    eprintln!(
        "{} (seed {}): {} states, {} faults, {} failed",
        scenario.scenario(),
        options.seed,
        progress.states() - states,
        progress.faults() - faults,
        progress.failed() - failed
    );
}

fn describe(failure: &Failure) {
    let (scenario, seed) = (&failure.scenario, failure.seed);
    let (what, again) = match failure.place {
        Some(Place::State(state)) => ("power cut before", format!("--state {state}")),
        Some(Place::Fault(fault)) => ("the disk failed at", format!("--fault {fault}")),
        None => ("the life itself", String::new()),
    };
    eprintln!(
        "FAILED {scenario} seed {seed}, {what}: {}\n  {}\n  again: cargo xtask crash \
         --scenario {scenario} --seed {seed} {again}",
        failure.step, failure.message,
    );
}

/// Plants one bug after the other, each until it is found.
fn plant_all(asked: &Asked) -> ExitCode {
    let mut missed = 0;
    for bug in BUGS {
        let options = Options {
            bug: Some(*bug),
            stop_at_first: true,
            ..Options::thorough(asked.seed)
        };
        let progress = Progress::default();
        for scenario in scenarios(asked.seed) {
            if progress.failed() > 0 {
                break;
            }
            if bug.needs_fault() {
                scenario.fail_each(&options, &progress);
            } else {
                explore(scenario.as_ref(), &options, &progress);
            }
        }
        match progress.failures().first() {
            Some(failure) => say(&format!(
                "caught      {} after {} states and {} faults, by {}",
                bug.name,
                progress.states(),
                progress.faults(),
                failure.scenario
            )),
            None => {
                missed += 1;
                say(&format!(
                    "NOT CAUGHT  {} in {} states and {} faults",
                    bug.name,
                    progress.states(),
                    progress.faults()
                ));
            }
        }
    }
    say(&format!("{} planted bugs, {missed} not caught", BUGS.len()));
    if missed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn say(line: &str) {
    // Whoever closed the pipe does not want to know.
    writeln!(io::stdout(), "{line}").ok();
}
