//! A broker's life as the controller sees it: registration, heartbeats, leave-taking.
//!
//! Responsible for what to say next and when. Not responsible for how it gets to the controller.
//!
//! L1  a heartbeat is sent only under the epoch of this process's registration
//! L2  after [`Lifecycle::shut_down`] every heartbeat asks to shut down
//!
//! Spec: KIP-631 (broker registration and heartbeats).

use std::{collections::BTreeMap, time::Duration};

use ottla_metadata::{BrokerHeartbeat, HeartbeatReply, RegisterBroker};
use ottla_types::{BrokerEpoch, Mono, Offset, Uuid};

/// What to say to the controller.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Say {
    /// Who we are.
    Register(RegisterBroker),
    /// That we live.
    Heartbeat(BrokerHeartbeat),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Unregistered,
    Fenced,
    Running,
    Leaving,
    Gone,
}

/// The machine of one process.
#[derive(Debug)]
pub(crate) struct Lifecycle {
    registration: RegisterBroker,
    interval: Duration,
    phase: Phase,
    epoch: BrokerEpoch,
    next: Option<Mono>,
    asked: bool,
    /// Log directories that failed.
    offline: BTreeMap<Uuid, Report>,
    /// Log directories that get no new replicas.
    cordoned: Vec<Uuid>,
    /// How long the controller may not know of one.
    report_limit: Duration,
}

/// What the controller knows of a directory that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Report {
    /// Nothing. It must before then.
    Due(Mono),
    /// A heartbeat that says so is on its way.
    Sent(Mono),
    /// That it failed.
    Known,
}

impl Lifecycle {
    pub(crate) const fn new(
        registration: RegisterBroker,
        interval: Duration,
        report_limit: Duration,
    ) -> Self {
        Self {
            registration,
            interval,
            phase: Phase::Unregistered,
            epoch: BrokerEpoch::NONE,
            next: None,
            asked: false,
            offline: BTreeMap::new(),
            cordoned: Vec::new(),
            report_limit,
        }
    }

    /// A log directory failed: the controller hears of it at once.
    pub(crate) fn directory_failed(&mut self, now: Mono, id: Uuid) {
        let due = Report::Due(now + self.report_limit);
        self.offline.entry(id).or_insert(due);
        if self.phase != Phase::Unregistered {
            self.next = None;
        }
    }

    /// The log directories that get no new replicas; the controller hears of a change at once.
    pub(crate) fn cordon(&mut self, directories: Vec<Uuid>) {
        if self.cordoned != directories {
            self.cordoned = directories;
            if self.phase != Phase::Unregistered {
                self.next = None;
            }
        }
    }

    /// A failed directory of which the controller should know by now.
    pub(crate) fn overdue(&self, now: Mono) -> Option<Uuid> {
        let is_overdue = |report: &Report| match report {
            Report::Due(limit) | Report::Sent(limit) => now >= *limit,
            Report::Known => false,
        };
        let found = self.offline.iter().find(|(_, report)| is_overdue(report));
        found.map(|(id, _)| *id)
    }

    /// What is due, if an active controller can be reached. `applied` is the offset of the last
    /// record that this broker has taken over.
    pub(crate) fn due(&mut self, now: Mono, applied: Offset) -> Option<Say> {
        let is_due = self.next.is_none_or(|next| now >= next);
        if self.asked || !is_due || self.phase == Phase::Gone {
            return None;
        }
        self.asked = true;
        if self.phase == Phase::Unregistered {
            return Some(Say::Register(self.registration.clone()));
        }
        for report in self.offline.values_mut() {
            if let Report::Due(limit) = *report {
                *report = Report::Sent(limit);
            }
        }
        Some(Say::Heartbeat(BrokerHeartbeat {
            broker: self.registration.broker,
            broker_epoch: self.epoch,
            metadata_offset: applied,
            want_fence: false,
            want_shut_down: self.phase == Phase::Leaving,
            offline_log_dirs: self.offline.keys().copied().collect(),
            cordoned_log_dirs: Some(self.cordoned.clone()),
        }))
    }

    /// Takes up the answer to a registration.
    pub(crate) fn registered(&mut self, now: Mono, epoch: Option<BrokerEpoch>) {
        self.asked = false;
        match epoch {
            Some(epoch) => {
                self.epoch = epoch;
                self.next = None;
                if self.phase == Phase::Unregistered {
                    self.phase = Phase::Fenced;
                }
            }
            None => self.next = Some(now + self.interval),
        }
    }

    /// Takes up the answer to a heartbeat; `None`: it failed, and is tried again.
    pub(crate) fn answered(&mut self, now: Mono, reply: Option<HeartbeatReply>) {
        self.asked = false;
        self.next = Some(now + self.interval);
        self.note_reports(reply.is_some());
        let has_more = |report: &Report| matches!(report, Report::Due(_));
        if reply.is_some() && self.offline.values().any(has_more) {
            self.next = None;
        }
        let Some(reply) = reply else { return };
        match self.phase {
            Phase::Leaving if reply.should_shut_down => self.phase = Phase::Gone,
            Phase::Fenced | Phase::Running => {
                if reply.is_fenced {
                    // The controller unfences as soon as it knows that we have caught up.
                    self.phase = Phase::Fenced;
                    self.next = Some(now + RETRY.min(self.interval));
                } else {
                    self.phase = Phase::Running;
                }
            }
            Phase::Leaving => self.next = Some(now + RETRY.min(self.interval)),
            Phase::Unregistered | Phase::Gone => {}
        }
    }

    /// This broker has taken over more records: whoever waits for that hears of it at once.
    pub(crate) fn caught_up(&mut self) {
        if matches!(self.phase, Phase::Fenced | Phase::Leaving) {
            self.next = None;
        }
    }

    /// What the last heartbeat said arrived, or did not.
    fn note_reports(&mut self, arrived: bool) {
        for report in self.offline.values_mut() {
            if let Report::Sent(limit) = *report {
                *report = if arrived {
                    Report::Known
                } else {
                    Report::Due(limit)
                };
            }
        }
    }

    /// Begins to take leave. A process that never registered is gone at once.
    pub(crate) fn shut_down(&mut self) {
        self.phase = match self.phase {
            Phase::Unregistered | Phase::Gone => Phase::Gone,
            Phase::Fenced | Phase::Running | Phase::Leaving => Phase::Leaving,
        };
        self.next = None;
        self.asked = false;
    }

    /// Whether the controller has let it go.
    pub(crate) fn is_gone(&self) -> bool {
        self.phase == Phase::Gone
    }

    /// Whether it is registered and unfenced.
    pub(crate) fn is_running(&self) -> bool {
        self.phase == Phase::Running
    }

    /// When something is due; `None` while an answer is awaited.
    pub(crate) fn next_deadline(&self) -> Option<Mono> {
        if self.asked || self.phase == Phase::Gone {
            return None;
        }
        Some(self.next.unwrap_or(Mono(0)))
    }
}

/// How soon a broker asks again when the controller is about to change its mind.
const RETRY: Duration = Duration::from_millis(20);

#[cfg(test)]
mod tests {
    use ottla_types::BrokerId;

    use super::*;

    fn lifecycle() -> Lifecycle {
        let registration = RegisterBroker {
            cluster_id: "c".to_owned(),
            broker: BrokerId(1),
            incarnation_id: Uuid::ZERO,
            listeners: Vec::new(),
            features: BTreeMap::new(),
            rack: None,
            log_dirs: Vec::new(),
            previous_broker_epoch: BrokerEpoch::NONE,
        };
        Lifecycle::new(
            registration,
            Duration::from_secs(2),
            Duration::from_secs(30),
        )
    }

    fn at(ms: u64) -> Mono {
        Mono(0) + Duration::from_millis(ms)
    }

    #[test]
    fn registers_beats_and_leaves() {
        let mut life = lifecycle();
        assert!(matches!(life.due(at(0), Offset(0)), Some(Say::Register(_))));
        assert_eq!(life.due(at(0), Offset(0)), None, "one question at a time");
        life.registered(at(1), Some(BrokerEpoch(7)));
        let Some(Say::Heartbeat(beat)) = life.due(at(1), Offset(9)) else {
            panic!()
        };
        assert_eq!(
            (beat.broker_epoch, beat.metadata_offset),
            (BrokerEpoch(7), Offset(9))
        );
        let reply = |is_fenced, should_shut_down| {
            Some(HeartbeatReply {
                is_caught_up: true,
                is_fenced,
                should_shut_down,
            })
        };
        life.answered(at(2), reply(true, false));
        assert!(!life.is_running());
        assert!(life.due(at(5), Offset(9)).is_none());
        assert!(life.due(at(22), Offset(9)).is_some());
        life.answered(at(23), reply(false, false));
        assert!(life.is_running());
        assert_eq!(life.next_deadline(), Some(at(2023)));
        life.shut_down();
        let Some(Say::Heartbeat(beat)) = life.due(at(30), Offset(9)) else {
            panic!()
        };
        assert!(beat.want_shut_down);
        life.answered(at(31), reply(false, true));
        assert!(life.is_gone());
        assert_eq!(life.next_deadline(), None);
    }

    #[test]
    fn says_at_once_how_far_it_has_come_while_that_matters() {
        let mut life = lifecycle();
        assert!(life.due(at(0), Offset(-1)).is_some());
        life.caught_up();
        assert_eq!(life.due(at(0), Offset(3)), None, "one question at a time");
        life.registered(at(0), Some(BrokerEpoch(7)));
        assert!(life.due(at(0), Offset(-1)).is_some());
        let reply = |is_fenced: bool| {
            Some(HeartbeatReply {
                is_caught_up: !is_fenced,
                is_fenced,
                should_shut_down: false,
            })
        };
        life.answered(at(1), reply(true));
        assert_eq!(life.due(at(2), Offset(3)), None);
        life.caught_up();
        assert!(life.due(at(2), Offset(4)).is_some());
        life.answered(at(2), reply(false));
        life.caught_up();
        assert_eq!(life.due(at(3), Offset(5)), None, "it is known");
    }

    #[test]
    fn a_failed_directory_is_reported_at_once_and_until_it_is_known() {
        let mut life = lifecycle();
        assert!(life.due(at(0), Offset(0)).is_some());
        life.registered(at(0), Some(BrokerEpoch(7)));
        let (first, second) = (Uuid([1; 16]), Uuid([2; 16]));
        let running = Some(HeartbeatReply {
            is_caught_up: true,
            is_fenced: false,
            should_shut_down: false,
        });
        let beat = |life: &mut Lifecycle, ms| match life.due(at(ms), Offset(0)) {
            Some(Say::Heartbeat(beat)) => Some(beat.offline_log_dirs),
            _ => None,
        };
        assert_eq!(beat(&mut life, 0), Some(vec![]));
        life.answered(at(1), running);
        life.directory_failed(at(10), first);
        assert_eq!(beat(&mut life, 10), Some(vec![first]));
        // One that fails while the answer is awaited goes with the next, which is due at once.
        life.directory_failed(at(11), second);
        assert_eq!(beat(&mut life, 11), None);
        life.answered(at(12), running);
        assert_eq!(beat(&mut life, 12), Some(vec![first, second]));
        life.answered(at(13), None);
        assert_eq!(life.overdue(at(30_010)), None);
        assert_eq!(life.overdue(at(30_011)), Some(second));
        assert_eq!(beat(&mut life, 2_013), Some(vec![first, second]));
        life.answered(at(2_014), running);
        assert_eq!(life.overdue(at(40_000)), None);
    }

    #[test]
    fn a_refused_registration_is_tried_again() {
        let mut life = lifecycle();
        assert!(life.due(at(0), Offset(0)).is_some());
        life.registered(at(0), None);
        assert!(life.due(at(1999), Offset(0)).is_none());
        assert!(matches!(
            life.due(at(2000), Offset(0)),
            Some(Say::Register(_))
        ));
    }
}
