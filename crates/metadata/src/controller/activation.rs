//! The beginning of a leadership, and what is done by the clock during it.

use std::time::Duration;

use ottla_protocol::metadata::{
    AbortTransactionRecord, BeginTransactionRecord, EndTransactionRecord, MetadataRecord,
    NoOpRecord,
};
use ottla_types::Mono;

use super::{Command, Controller, ControllerConfig, Draft, MIN_ISR};
use crate::{ConfigKind, ELR_VERSION, VersionedRecord, image::config_record};

/// The controller has become the leader and has applied the log up to its own epoch.
///
/// On an empty log the decision holds the bootstrap records; a metadata transaction that a former
/// leader left open is aborted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activate;

impl Command for Activate {
    type Reply = ();

    fn decide(self, controller: &mut Controller, draft: &mut Draft) {
        let now = draft.mono();
        let own = controller.config.node_id();
        controller.sessions.assume(now, &controller.image, own);
        controller.duties = Duties::begin(now, &controller.config);
        let is_empty = controller.is_empty_log();
        if controller.image.in_transaction() {
            let record = AbortTransactionRecord {
                reason: Some("Controller failover".into()),
                ..AbortTransactionRecord::default()
            };
            draft.push(plain(MetadataRecord::AbortTransactionRecord(record)));
        }
        if is_empty {
            controller.write_bootstrap(draft);
        }
    }
}

/// A deadline of [`Controller::next_deadline`] has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick;

impl Command for Tick {
    type Reply = ();

    fn decide(self, controller: &mut Controller, draft: &mut Draft) {
        draft.allow_splitting();
        let now = draft.mono();
        if take_due(
            &mut controller.duties.no_op,
            now,
            controller.config.max_idle_interval(),
        ) {
            let record = NoOpRecord::default();
            draft.push(plain(MetadataRecord::NoOpRecord(record)));
        }
        // One at a time: each must see what the one before has changed.
        if controller.fence_one_stale_broker(draft) {
            return;
        }
        let unclean = Some(controller.config.unclean_check_interval());
        if take_due(&mut controller.duties.unclean_check, now, unclean) {
            controller.elect_unclean_leaders(MAX_ELECTIONS_PER_TICK, draft);
            return;
        }
        if take_due(
            &mut controller.duties.balance,
            now,
            controller.config.balance_interval(),
        ) {
            let before = draft.records.len();
            controller.balance_leaders(MAX_ELECTIONS_PER_TICK, draft);
            if draft.records.len() - before >= MAX_ELECTIONS_PER_TICK {
                controller.duties.balance = Some(now);
            }
        }
    }
}

impl Controller {
    /// Whether nothing was ever written: no feature is finalized before the bootstrap records.
    fn is_empty_log(&self) -> bool {
        self.image.features().iter().next().is_none()
            && self.image.cluster().brokers().next().is_none()
    }

    fn write_bootstrap(&self, draft: &mut Draft) {
        let bootstrap = &self.config.bootstrap;
        let in_transaction = bootstrap.metadata_version().has_transactions();
        if in_transaction {
            let record = BeginTransactionRecord {
                name: Some("Bootstrap records".into()),
                ..BeginTransactionRecord::default()
            };
            draft.push(plain(MetadataRecord::BeginTransactionRecord(record)));
            draft.allow_splitting();
        }
        draft.extend(bootstrap.records().iter().cloned());
        if bootstrap.level(ELR_VERSION) >= 1 {
            // The eligible set depends on it, so it must be the same on every controller.
            let min_isr = self
                .config
                .broker
                .text(MIN_ISR)
                .unwrap_or_else(|| "1".to_owned());
            draft.push(config_record(
                ConfigKind::BROKER,
                "",
                MIN_ISR,
                Some(&min_isr),
            ));
        }
        if in_transaction {
            let record = EndTransactionRecord::default();
            draft.push(plain(MetadataRecord::EndTransactionRecord(record)));
        }
    }

    /// Fences the broker whose session ran out first. Whether there was one.
    fn fence_one_stale_broker(&mut self, draft: &mut Draft) -> bool {
        while let Some((id, epoch)) = self.sessions.take_expired(draft.mono()) {
            let broker = self.image.cluster().broker(id);
            if let Some(broker) = broker.filter(|broker| broker.epoch == epoch && !broker.fenced) {
                self.fence(broker, draft);
                return true;
            }
        }
        false
    }
}

/// When each regular duty is due. Empty until the controller is active.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Duties {
    no_op: Option<Mono>,
    unclean_check: Option<Mono>,
    balance: Option<Mono>,
}

impl Duties {
    fn begin(now: Mono, config: &ControllerConfig) -> Self {
        Self {
            no_op: config.max_idle_interval().map(|interval| now + interval),
            unclean_check: Some(now + config.unclean_check_interval()),
            balance: config.balance_interval().map(|interval| now + interval),
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Mono> {
        let all = [self.no_op, self.unclean_check, self.balance];
        all.into_iter().flatten().min()
    }
}

/// Whether a duty is due; if so, it is next due one interval from now.
fn take_due(due: &mut Option<Mono>, now: Mono, interval: Option<Duration>) -> bool {
    let is_due = due.is_some_and(|at| at <= now);
    if is_due {
        *due = interval.map(|interval| now + interval);
    }
    is_due
}

fn plain(record: MetadataRecord<'static>) -> VersionedRecord {
    VersionedRecord::new(record, 0)
}

/// Elections that one tick may hold; the rest waits for the next.
const MAX_ELECTIONS_PER_TICK: usize = 1000;
