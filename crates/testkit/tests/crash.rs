//! A few hundred crash states of every scenario, faults of its disk, and a planted bug that must not be
//! missed.

use ottla_testkit::crash::{BUGS, Explore, Options, Progress, explore, scenarios};

/// The others are those of `power_cut.rs`.
fn scenarios_of_storage() -> Vec<Box<dyn Explore>> {
    let mut all = scenarios(1);
    all.retain(|scenario| !scenario.scenario().starts_with("node-"));
    all
}

#[test]
fn every_scenario_keeps_its_promise() {
    for scenario in scenarios_of_storage() {
        let progress = Progress::default();
        explore(scenario.as_ref(), &Options::brief(1), &progress);
        let failures = progress.failures();
        assert!(failures.is_empty(), "{failures:#?}");
        assert!(progress.states() > 100, "{}", scenario.scenario());
    }
}

#[test]
fn a_disk_that_fails_or_is_full_at_any_call_breaks_no_promise() {
    for scenario in scenarios_of_storage() {
        let progress = Progress::default();
        scenario.fail_each(&Options::brief(1), &progress);
        let failures = progress.failures();
        assert!(failures.is_empty(), "{failures:#?}");
        assert!(progress.faults() > 30, "{}", scenario.scenario());
    }
}

#[test]
fn a_sync_that_is_left_out_is_noticed() {
    let names = ["log-sync-skipped", "vote-sync-skipped"];
    for bug in BUGS.iter().filter(|bug| names.contains(&bug.name)) {
        let progress = Progress::default();
        let options = Options {
            bug: Some(*bug),
            stop_at_first: true,
            ..Options::brief(1)
        };
        for scenario in scenarios_of_storage() {
            explore(scenario.as_ref(), &options, &progress);
        }
        assert!(progress.failed() > 0, "{}", bug.name);
    }
}
