//! Heartbeats: who is fenced, who may lead, who may stop.
//!
//! ```text
//!            caught up with its registration, wants to serve
//!   fenced ---------------------------------------------------> unfenced
//!     ^  ^                                                      |     |
//!     |  |        session ran out, wants to be fenced           |     | wants to stop, leads
//!     |  +------------------------------------------------------+     v
//!     +------------------------------------------------- controlled shutdown
//!          leads nothing, and every active broker knows it
//! ```
//!
//! Spec: KIP-631 (heartbeats), KIP-841 (shutdown), KIP-858 (offline directories).

use ottla_protocol::metadata::{BrokerRegistrationChangeRecord, MetadataRecord};
use ottla_types::{BrokerEpoch, BrokerId, ErrorCode, Offset, Uuid};

use super::{Command, Controller, Draft, elections::Sweep};
use crate::{
    Broker, Partition, Refusal, VersionedRecord,
    image::{FENCE, IN_CONTROLLED_SHUTDOWN, UNFENCE},
};

/// A broker says that it lives, what it knows and what it wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokerHeartbeat {
    /// The broker.
    pub broker: BrokerId,
    /// Epoch of its registration.
    pub broker_epoch: BrokerEpoch,
    /// Offset of the last metadata record it has applied.
    pub metadata_offset: Offset,
    /// Whether it wants to be fenced.
    pub want_fence: bool,
    /// Whether it wants to stop.
    pub want_shut_down: bool,
    /// Log directories that failed.
    pub offline_log_dirs: Vec<Uuid>,
    /// Log directories that take no new partitions; `None` from brokers that do not say.
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
}

/// What the controller makes of a heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeartbeatReply {
    /// Whether the broker has applied its own registration.
    pub is_caught_up: bool,
    /// Whether it is fenced.
    pub is_fenced: bool,
    /// Whether it may stop now.
    pub should_shut_down: bool,
}

/// Where a broker stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Fenced,
    Unfenced,
    ControlledShutdown,
    ShutdownNow,
}

impl Command for BrokerHeartbeat {
    type Reply = Result<HeartbeatReply, Refusal>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        draft.allow_splitting();
        let id = self.broker;
        let Some(registered_at) = controller.registered_at.get(&id).copied() else {
            let message = format!("Receive a heartbeat from broker {id} before registration");
            return Err(Refusal::new(ErrorCode::BROKER_ID_NOT_REGISTERED, message));
        };
        let broker = controller
            .check_broker_epoch(id, self.broker_epoch)?
            .clone();
        controller.sessions.hear(draft.mono(), id, broker.epoch);
        let current = controller.standing(&broker);
        let next = controller.next_standing(current, &self, registered_at);
        if next != current {
            controller.change_standing(&broker, next, draft);
        }
        let is_fenced = matches!(next, Standing::Fenced | Standing::ShutdownNow);
        controller
            .sessions
            .note_progress(id, self.metadata_offset, is_fenced);
        if next == Standing::ControlledShutdown {
            controller.sessions.begin_shutdown(id, draft.last_offset());
        }
        controller.note_directories(&broker, &self, draft);
        Ok(HeartbeatReply {
            is_caught_up: self.metadata_offset >= registered_at,
            is_fenced,
            should_shut_down: next == Standing::ShutdownNow,
        })
    }
}

impl Controller {
    /// The broker's registration, if it is the one of that epoch.
    pub(super) fn check_broker_epoch(
        &self,
        id: BrokerId,
        epoch: BrokerEpoch,
    ) -> Result<&Broker, Refusal> {
        let stale = |message| Refusal::new(ErrorCode::STALE_BROKER_EPOCH, message);
        let broker = self.image.cluster().broker(id);
        let broker = broker
            .ok_or_else(|| stale(format!("No broker registration found for broker id {id}")))?;
        if broker.epoch == epoch {
            return Ok(broker);
        }
        let message = format!(
            "Expected broker epoch {}, but got broker epoch {epoch}",
            broker.epoch
        );
        Err(stale(message))
    }

    /// Fences a broker: out of every in-sync set, then marked.
    pub(super) fn fence(&self, broker: &Broker, draft: &mut Draft) {
        let in_sync = |p: &Partition| p.isr.contains(&broker.id);
        self.sweep(Sweep::remove(broker.id), in_sync, draft);
        let record = BrokerRegistrationChangeRecord {
            fenced: FENCE,
            ..change_of(broker)
        };
        draft.push(changed(record, 0));
    }

    fn standing(&self, broker: &Broker) -> Standing {
        if self.sessions.shutdown_offset(broker.id).is_some() {
            Standing::ControlledShutdown
        } else if broker.fenced {
            Standing::Fenced
        } else {
            Standing::Unfenced
        }
    }

    fn next_standing(
        &self,
        current: Standing,
        heartbeat: &BrokerHeartbeat,
        registered_at: Offset,
    ) -> Standing {
        match current {
            Standing::Fenced if heartbeat.want_shut_down => Standing::ShutdownNow,
            Standing::Fenced if heartbeat.want_fence => Standing::Fenced,
            Standing::Fenced if heartbeat.metadata_offset >= registered_at => Standing::Unfenced,
            Standing::Fenced => Standing::Fenced,
            Standing::Unfenced if heartbeat.want_fence && heartbeat.want_shut_down => {
                Standing::ShutdownNow
            }
            Standing::Unfenced if heartbeat.want_fence => Standing::Fenced,
            Standing::Unfenced if heartbeat.want_shut_down => {
                if self.leads_any(heartbeat.broker) {
                    Standing::ControlledShutdown
                } else {
                    Standing::ShutdownNow
                }
            }
            Standing::Unfenced => Standing::Unfenced,
            Standing::ControlledShutdown | Standing::ShutdownNow => {
                self.shutdown_progress(heartbeat.broker)
            }
        }
    }

    /// A broker that leads nothing may stop once every active broker has seen that.
    fn shutdown_progress(&self, broker: BrokerId) -> Standing {
        let began = self
            .sessions
            .shutdown_offset(broker)
            .unwrap_or(Offset::NONE);
        let lowest = self.sessions.lowest_active_offset(&self.image);
        let is_known = lowest.is_none_or(|lowest| began <= lowest);
        if is_known && !self.leads_any(broker) {
            Standing::ShutdownNow
        } else {
            Standing::ControlledShutdown
        }
    }

    fn change_standing(&self, broker: &Broker, next: Standing, draft: &mut Draft) {
        match next {
            Standing::Fenced | Standing::ShutdownNow => self.fence(broker, draft),
            Standing::Unfenced => {
                let record = BrokerRegistrationChangeRecord {
                    fenced: UNFENCE,
                    ..change_of(broker)
                };
                draft.push(changed(record, 0));
                self.sweep(Sweep::add(broker.id), |p| p.leader.is_none(), draft);
            }
            Standing::ControlledShutdown => {
                if !broker.in_controlled_shutdown {
                    let record = BrokerRegistrationChangeRecord {
                        in_controlled_shutdown: IN_CONTROLLED_SHUTDOWN,
                        ..change_of(broker)
                    };
                    draft.push(changed(record, 1));
                }
                let in_sync = |p: &Partition| p.isr.contains(&broker.id);
                self.sweep(Sweep::remove(broker.id), in_sync, draft);
            }
        }
    }

    fn note_directories(&self, broker: &Broker, heartbeat: &BrokerHeartbeat, draft: &mut Draft) {
        let version = self.image.features().metadata_version();
        if version.has_directories() {
            let is_offline = |dir: &Uuid| heartbeat.offline_log_dirs.contains(dir);
            let (offline, online): (Vec<Uuid>, Vec<Uuid>) =
                broker.log_dirs.iter().copied().partition(is_offline);
            if !offline.is_empty() {
                let in_offline = |p: &Partition| {
                    p.directory_of(broker.id)
                        .is_some_and(|dir| offline.contains(&dir))
                };
                self.sweep(Sweep::remove(broker.id), in_offline, draft);
                let record = BrokerRegistrationChangeRecord {
                    log_dirs: online,
                    ..change_of(broker)
                };
                draft.push(changed(record, 2));
            }
        }
        let cordoned = heartbeat.cordoned_log_dirs.as_ref();
        if version.has_cordoned_directories()
            && cordoned.is_some()
            && cordoned != broker.cordoned_log_dirs.as_ref()
        {
            let record = BrokerRegistrationChangeRecord {
                cordoned_log_dirs: cordoned.cloned(),
                ..change_of(broker)
            };
            draft.push(changed(record, 3));
        }
    }
}

fn change_of(broker: &Broker) -> BrokerRegistrationChangeRecord<'static> {
    BrokerRegistrationChangeRecord {
        broker_id: broker.id.0,
        broker_epoch: broker.epoch.0,
        ..BrokerRegistrationChangeRecord::default()
    }
}

fn changed(record: BrokerRegistrationChangeRecord<'static>, version: i16) -> VersionedRecord {
    VersionedRecord::new(
        MetadataRecord::BrokerRegistrationChangeRecord(record),
        version,
    )
}
