//! Brokers and controllers that register, and brokers that are taken off the list.
//!
//! Spec: KIP-631 (registration), KIP-858 (log directories), KIP-919 (controller registration),
//! KIP-966 (unclean shutdown).

use std::collections::{BTreeMap, BTreeSet};

use ottla_protocol::metadata::{MetadataRecord, UnregisterBrokerRecord};
use ottla_types::{BrokerEpoch, BrokerId, ErrorCode, Uuid};

use super::{Command, Controller, Draft, elections::Sweep};
use crate::{
    Broker, Endpoint, LevelRange, MetadataVersion, Refusal, RegisteredController, VersionedRecord,
};

/// A broker's process says who it is. Reply: the epoch of its registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterBroker {
    /// The cluster it believes to belong to.
    pub cluster_id: String,
    /// Its node id.
    pub broker: BrokerId,
    /// Id of the process.
    pub incarnation_id: Uuid,
    /// Where it listens.
    pub listeners: Vec<Endpoint>,
    /// Levels of each feature it can run.
    pub features: BTreeMap<String, LevelRange>,
    /// Its rack.
    pub rack: Option<String>,
    /// Ids of its online log directories.
    pub log_dirs: Vec<Uuid>,
    /// Epoch under which it last shut down cleanly, `NONE` if it did not.
    pub previous_broker_epoch: BrokerEpoch,
}

impl Command for RegisterBroker {
    type Reply = Result<BrokerEpoch, Refusal>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        controller.check_registration(&self, draft)?;
        let version = controller.image.features().metadata_version();
        let existing = controller.image.cluster().broker(self.broker);
        let same_process = existing.filter(|broker| broker.incarnation_id == self.incarnation_id);
        let mut broker = self.to_broker();
        if let Some(before) = same_process {
            // The process amends its registration: it stays what it was.
            broker.epoch = before.epoch;
            broker.fenced = before.fenced;
            broker.in_controlled_shutdown = before.in_controlled_shutdown;
            draft.push(broker.to_record(version));
            return Ok(broker.epoch);
        }
        let is_clean = existing.is_some_and(|broker| broker.epoch == self.previous_broker_epoch);
        let is_unclean = existing.is_some() && !is_clean;
        let keeps_elr = controller.image.features().keeps_eligible_leaders();
        if is_unclean && keeps_elr {
            controller.take_out_after_unclean_shutdown(self.broker, draft);
        } else {
            let in_sync = |p: &crate::Partition| p.isr.contains(&self.broker);
            controller.sweep(Sweep::remove(self.broker), in_sync, draft);
        }
        broker.epoch = BrokerEpoch(draft.next_offset().0);
        draft.push(broker.to_record(version));
        controller.sessions.forget(self.broker);
        Ok(broker.epoch)
    }
}

impl RegisterBroker {
    fn to_broker(&self) -> Broker {
        let mut log_dirs = self.log_dirs.clone();
        log_dirs.sort();
        Broker {
            id: self.broker,
            epoch: BrokerEpoch::NONE,
            incarnation_id: self.incarnation_id,
            listeners: self.listeners.clone(),
            features: self.features.clone(),
            rack: self.rack.clone(),
            fenced: true,
            in_controlled_shutdown: false,
            log_dirs,
            cordoned_log_dirs: None,
            is_migrating_zk_broker: false,
        }
    }
}

/// Takes a broker off the list, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnregisterBroker {
    /// The broker.
    pub broker: BrokerId,
}

impl Command for UnregisterBroker {
    type Reply = Result<(), Refusal>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        let Self { broker: id } = self;
        let Some(broker) = controller.image.cluster().broker(id) else {
            let message = format!("Broker ID {id} is not currently registered");
            return Err(Refusal::new(ErrorCode::BROKER_ID_NOT_REGISTERED, message));
        };
        draft.allow_splitting();
        let holds =
            |p: &crate::Partition| p.isr.contains(&id) || p.eligible_leader_replicas.contains(&id);
        controller.sweep(Sweep::remove(id), holds, draft);
        let record = UnregisterBrokerRecord {
            broker_id: id.0,
            broker_epoch: broker.epoch.0,
            ..UnregisterBrokerRecord::default()
        };
        draft.push(VersionedRecord::new(
            MetadataRecord::UnregisterBrokerRecord(record),
            0,
        ));
        Ok(())
    }
}

/// A controller's process says who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterController {
    /// Its node id.
    pub controller: BrokerId,
    /// Id of the process.
    pub incarnation_id: Uuid,
    /// Where it listens.
    pub listeners: Vec<Endpoint>,
    /// Levels of each feature it can run.
    pub features: BTreeMap<String, LevelRange>,
}

impl Command for RegisterController {
    type Reply = Result<(), Refusal>;

    fn decide(self, controller: &mut Controller, draft: &mut Draft) -> Self::Reply {
        let version = controller.image.features().metadata_version();
        if !version.has_controller_registration() {
            let message =
                "The current MetadataVersion is too old to support controller registrations.";
            return Err(Refusal::new(ErrorCode::UNSUPPORTED_VERSION, message));
        }
        let registered = RegisteredController {
            id: self.controller,
            incarnation_id: self.incarnation_id,
            zk_migration_ready: false,
            listeners: self.listeners,
            features: self.features,
        };
        draft.push(registered.to_record());
        Ok(())
    }
}

impl Controller {
    fn check_registration(&self, request: &RegisterBroker, draft: &Draft) -> Result<(), Refusal> {
        if request.cluster_id != self.config.cluster_id {
            let message = format!(
                "Expected cluster ID {}, but got cluster ID {}",
                self.config.cluster_id, request.cluster_id
            );
            return Err(Refusal::new(ErrorCode::INCONSISTENT_CLUSTER_ID, message));
        }
        if let Some(existing) = self.image.cluster().broker(request.broker) {
            let is_live = self
                .sessions
                .is_live(draft.mono(), request.broker, existing.epoch);
            if is_live && existing.incarnation_id != request.incarnation_id {
                let message = "Another broker is registered with that broker id. If the broker \
                    was recently restarted this should self-resolve once the heartbeat manager \
                    expires the broker's session.";
                return Err(Refusal::new(
                    ErrorCode::DUPLICATE_BROKER_REGISTRATION,
                    message,
                ));
            }
        }
        if self.image.features().metadata_version().has_directories() {
            self.check_directories(request)?;
        }
        self.check_features(request)
    }

    fn check_directories(&self, request: &RegisterBroker) -> Result<(), Refusal> {
        let invalid = |message: &str| Err(Refusal::new(ErrorCode::INVALID_REGISTRATION, message));
        let dirs = &request.log_dirs;
        if dirs.is_empty() {
            return invalid("No directories specified in request");
        }
        if dirs.iter().any(Uuid::is_reserved) {
            return invalid("Reserved directory ID in request");
        }
        if dirs.iter().collect::<BTreeSet<_>>().len() != dirs.len() {
            return invalid("Duplicate directory ID in request");
        }
        let others = self
            .image
            .cluster()
            .brokers()
            .filter(|broker| broker.id != request.broker);
        for broker in others {
            if let Some(dir) = dirs.iter().find(|dir| broker.log_dirs.contains(dir)) {
                let id = broker.id;
                return invalid(&format!(
                    "Broker {id} is already registered with directory {dir}"
                ));
            }
        }
        Ok(())
    }

    /// The broker must run every finalized feature at its level; one that it does not name, it
    /// does not run.
    fn check_features(&self, request: &RegisterBroker) -> Result<(), Refusal> {
        if !request.features.contains_key(MetadataVersion::FEATURE) {
            let message = "Request features do not contain 'metadata.version'";
            return Err(Refusal::new(ErrorCode::INVALID_REGISTRATION, message));
        }
        let finalized = self.image.features();
        let named = request
            .features
            .iter()
            .filter(|(name, _)| *name != crate::KRAFT_VERSION);
        let named = named.map(|(name, range)| (name.as_str(), *range));
        let unnamed = finalized
            .iter()
            .filter(|(name, _)| !request.features.contains_key(*name))
            .map(|(name, _)| (name, LevelRange::new(0, 0)));
        for (name, range) in named.chain(unnamed) {
            let level = finalized.level(name);
            if level != 0 && !range.contains(level) {
                let LevelRange { min, max } = range;
                let message = format!(
                    "Unable to register because the broker does not support finalized version \
                     {level} of {name}. The broker wants a version between {min} and {max}, inclusive."
                );
                return Err(Refusal::new(ErrorCode::UNSUPPORTED_VERSION, message));
            }
        }
        Ok(())
    }

    /// A broker that may have lost records is neither in sync nor eligible any more.
    fn take_out_after_unclean_shutdown(&self, broker: BrokerId, draft: &mut Draft) {
        let holds = |p: &crate::Partition| {
            p.isr.contains(&broker) || p.eligible_leader_replicas.contains(&broker)
        };
        self.sweep(Sweep::unclean_shutdown(broker), holds, draft);
    }
}
