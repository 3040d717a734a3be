//! Registered brokers and controllers.

use std::collections::BTreeMap;

use ottla_protocol::metadata::{
    BrokerRegistrationChangeRecord, MetadataRecord, RegisterBrokerRecord, RegisterControllerRecord,
    UnregisterBrokerRecord, register_broker_record, register_controller_record,
};
use ottla_types::{BrokerEpoch, BrokerId, Uuid};

use crate::{LevelRange, MetadataVersion, ReplayFault, VersionedRecord};

/// Where a node listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Name of the listener.
    pub name: String,
    /// Advertised host.
    pub host: String,
    /// Advertised port.
    pub port: u16,
    /// Kafka's number: 0 PLAINTEXT, 1 SSL, 2 SASL_PLAINTEXT, 3 SASL_SSL.
    pub security_protocol: i16,
}

/// The registration of one broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broker {
    /// Its node id.
    pub id: BrokerId,
    /// Epoch of the registration.
    pub epoch: BrokerEpoch,
    /// Id of the process that registered.
    pub incarnation_id: Uuid,
    /// Where it listens.
    pub listeners: Vec<Endpoint>,
    /// Levels of each feature it can run.
    pub features: BTreeMap<String, LevelRange>,
    /// Its rack, if it has one.
    pub rack: Option<String>,
    /// Whether it is kept from leading and from the in-sync sets.
    pub fenced: bool,
    /// Whether it is shutting down in good order.
    pub in_controlled_shutdown: bool,
    /// Ids of its online log directories, sorted.
    pub log_dirs: Vec<Uuid>,
    /// Ids of the log directories that take no new partitions; `None` until it said so.
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
    /// A mark of the migration from ZooKeeper, kept as it was written.
    pub is_migrating_zk_broker: bool,
}

impl Broker {
    /// Whether it may lead and be in sync: neither fenced nor shutting down.
    #[must_use]
    pub fn is_active(&self) -> bool {
        !self.fenced && !self.in_controlled_shutdown
    }

    /// The listener of that name.
    #[must_use]
    pub fn listener(&self, name: &str) -> Option<&Endpoint> {
        self.listeners.iter().find(|listener| listener.name == name)
    }

    /// Whether a replica in the log directory `id` can be served.
    #[must_use]
    pub fn has_online_dir(&self, id: Uuid) -> bool {
        if id.is_reserved() {
            return id != Uuid::LOST_DIR;
        }
        self.log_dirs.is_empty() || self.log_dirs.contains(&id)
    }

    /// Log directory that a new replica on this broker is assigned to.
    #[must_use]
    pub fn default_dir(&self) -> Uuid {
        match self.log_dirs.as_slice() {
            [] => Uuid::MIGRATING_DIR,
            [only] => *only,
            _ => Uuid::UNASSIGNED_DIR,
        }
    }

    /// Whether every log directory refuses new partitions.
    #[must_use]
    pub fn is_cordoned(&self) -> bool {
        let cordoned = self.cordoned_log_dirs.as_deref().unwrap_or_default();
        !self.log_dirs.is_empty() && self.log_dirs.iter().all(|dir| cordoned.contains(dir))
    }

    fn from_record(record: &RegisterBrokerRecord<'_>) -> Self {
        let endpoints = record.end_points.iter().map(|endpoint| Endpoint {
            name: endpoint.name.to_string(),
            host: endpoint.host.to_string(),
            port: endpoint.port,
            security_protocol: endpoint.security_protocol,
        });
        let features = record.features.iter().map(|feature| {
            let range =
                LevelRange::new(feature.min_supported_version, feature.max_supported_version);
            (feature.name.to_string(), range)
        });
        let mut log_dirs = record.log_dirs.clone();
        log_dirs.sort();
        Self {
            id: BrokerId(record.broker_id),
            epoch: BrokerEpoch(record.broker_epoch),
            incarnation_id: record.incarnation_id,
            listeners: endpoints.collect(),
            features: features.collect(),
            rack: record.rack.as_deref().map(str::to_owned),
            fenced: record.fenced,
            in_controlled_shutdown: record.in_controlled_shutdown,
            log_dirs,
            cordoned_log_dirs: record.cordoned_log_dirs.clone(),
            is_migrating_zk_broker: record.is_migrating_zk_broker,
        }
    }

    /// The record that registers it as it is, with the fields that `version` knows.
    #[must_use]
    pub fn to_record(&self, version: MetadataVersion) -> VersionedRecord {
        let record_version = version.register_broker_record_version();
        let mut record = RegisterBrokerRecord {
            broker_id: self.id.0,
            incarnation_id: self.incarnation_id,
            broker_epoch: self.epoch.0,
            rack: self.rack.clone().map(Into::into),
            fenced: self.fenced,
            ..RegisterBrokerRecord::default()
        };
        record.end_points = self.listeners.iter().map(broker_endpoint).collect();
        record.features = self
            .features
            .iter()
            .map(|(name, range)| register_broker_record::BrokerFeature {
                name: name.clone().into(),
                min_supported_version: range.min,
                max_supported_version: range.max,
                ..Default::default()
            })
            .collect();
        if record_version >= 1 {
            record.in_controlled_shutdown = self.in_controlled_shutdown;
        }
        if record_version >= 2 {
            record.is_migrating_zk_broker = self.is_migrating_zk_broker;
        }
        if version.has_directories() {
            record.log_dirs.clone_from(&self.log_dirs);
        }
        if version.has_cordoned_directories() {
            record.cordoned_log_dirs.clone_from(&self.cordoned_log_dirs);
        }
        VersionedRecord::new(MetadataRecord::RegisterBrokerRecord(record), record_version)
    }
}

fn broker_endpoint(endpoint: &Endpoint) -> register_broker_record::BrokerEndpoint<'static> {
    register_broker_record::BrokerEndpoint {
        name: endpoint.name.clone().into(),
        host: endpoint.host.clone().into(),
        port: endpoint.port,
        security_protocol: endpoint.security_protocol,
        ..Default::default()
    }
}

/// The registration of one controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredController {
    /// Its node id.
    pub id: BrokerId,
    /// Id of the process that registered.
    pub incarnation_id: Uuid,
    /// A mark of the migration from ZooKeeper, kept as it was written.
    pub zk_migration_ready: bool,
    /// Where it listens.
    pub listeners: Vec<Endpoint>,
    /// Levels of each feature it can run.
    pub features: BTreeMap<String, LevelRange>,
}

impl RegisteredController {
    fn from_record(record: &RegisterControllerRecord<'_>) -> Self {
        let endpoints = record.end_points.iter().map(|endpoint| Endpoint {
            name: endpoint.name.to_string(),
            host: endpoint.host.to_string(),
            port: endpoint.port,
            security_protocol: endpoint.security_protocol,
        });
        let features = record.features.iter().map(|feature| {
            let range =
                LevelRange::new(feature.min_supported_version, feature.max_supported_version);
            (feature.name.to_string(), range)
        });
        Self {
            id: BrokerId(record.controller_id),
            incarnation_id: record.incarnation_id,
            zk_migration_ready: record.zk_migration_ready,
            listeners: endpoints.collect(),
            features: features.collect(),
        }
    }

    /// The record that registers it as it is.
    #[must_use]
    pub fn to_record(&self) -> VersionedRecord {
        let end_points =
            self.listeners
                .iter()
                .map(|endpoint| register_controller_record::ControllerEndpoint {
                    name: endpoint.name.clone().into(),
                    host: endpoint.host.clone().into(),
                    port: endpoint.port,
                    security_protocol: endpoint.security_protocol,
                    ..Default::default()
                });
        let features = self.features.iter().map(|(name, range)| {
            register_controller_record::ControllerFeature {
                name: name.clone().into(),
                min_supported_version: range.min,
                max_supported_version: range.max,
                ..Default::default()
            }
        });
        let record = RegisterControllerRecord {
            controller_id: self.id.0,
            incarnation_id: self.incarnation_id,
            zk_migration_ready: self.zk_migration_ready,
            end_points: end_points.collect(),
            features: features.collect(),
            ..RegisterControllerRecord::default()
        };
        VersionedRecord::new(MetadataRecord::RegisterControllerRecord(record), 0)
    }
}

/// All registered brokers and controllers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    brokers: BTreeMap<BrokerId, Broker>,
    controllers: BTreeMap<BrokerId, RegisteredController>,
}

impl Cluster {
    /// The registration of a broker.
    #[must_use]
    pub fn broker(&self, id: BrokerId) -> Option<&Broker> {
        self.brokers.get(&id)
    }

    /// Every registered broker, by id.
    pub fn brokers(&self) -> impl Iterator<Item = &Broker> {
        self.brokers.values()
    }

    /// The registration of a controller.
    #[must_use]
    pub fn controller(&self, id: BrokerId) -> Option<&RegisteredController> {
        self.controllers.get(&id)
    }

    /// Every registered controller, by id.
    pub fn controllers(&self) -> impl Iterator<Item = &RegisteredController> {
        self.controllers.values()
    }

    /// Whether the broker is registered, unfenced and not shutting down.
    #[must_use]
    pub fn is_active(&self, id: BrokerId) -> bool {
        self.broker(id).is_some_and(Broker::is_active)
    }

    pub(super) fn register(&mut self, record: &RegisterBrokerRecord<'_>) {
        let broker = Broker::from_record(record);
        self.brokers.insert(broker.id, broker);
    }

    pub(super) fn unregister(
        &mut self,
        record: &UnregisterBrokerRecord<'_>,
    ) -> Result<(), ReplayFault> {
        let id = BrokerId(record.broker_id);
        self.checked(id, BrokerEpoch(record.broker_epoch))?;
        self.brokers.remove(&id);
        Ok(())
    }

    pub(super) fn set_fenced(
        &mut self,
        id: i32,
        epoch: i64,
        fenced: bool,
    ) -> Result<(), ReplayFault> {
        self.checked(BrokerId(id), BrokerEpoch(epoch))?.fenced = fenced;
        Ok(())
    }

    pub(super) fn change(
        &mut self,
        record: &BrokerRegistrationChangeRecord<'_>,
    ) -> Result<(), ReplayFault> {
        let id = BrokerId(record.broker_id);
        let broker = self.checked(id, BrokerEpoch(record.broker_epoch))?;
        let unknown = |field, value| ReplayFault::UnknownBrokerChange {
            broker: id,
            field,
            value,
        };
        let fenced = match record.fenced {
            FENCE => true,
            UNFENCE => false,
            0 => broker.fenced,
            other => return Err(unknown("fenced", other)),
        };
        broker.in_controlled_shutdown = match record.in_controlled_shutdown {
            IN_CONTROLLED_SHUTDOWN => true,
            0 => broker.in_controlled_shutdown,
            other => return Err(unknown("inControlledShutdown", other)),
        };
        broker.fenced = fenced;
        if !record.log_dirs.is_empty() {
            broker.log_dirs.clone_from(&record.log_dirs);
            broker.log_dirs.sort();
        }
        if record.cordoned_log_dirs.is_some() {
            broker
                .cordoned_log_dirs
                .clone_from(&record.cordoned_log_dirs);
        }
        Ok(())
    }

    pub(super) fn register_controller(&mut self, record: &RegisterControllerRecord<'_>) {
        let controller = RegisteredController::from_record(record);
        self.controllers.insert(controller.id, controller);
    }

    pub(super) fn write_snapshot(&self, version: MetadataVersion, out: &mut Vec<VersionedRecord>) {
        out.extend(self.brokers().map(|broker| broker.to_record(version)));
        if version.has_controller_registration() {
            out.extend(self.controllers().map(RegisteredController::to_record));
        }
    }

    fn checked(&mut self, id: BrokerId, epoch: BrokerEpoch) -> Result<&mut Broker, ReplayFault> {
        let broker = self
            .brokers
            .get_mut(&id)
            .ok_or(ReplayFault::UnknownBroker(id))?;
        if broker.epoch == epoch {
            return Ok(broker);
        }
        Err(ReplayFault::BrokerEpochMismatch {
            broker: id,
            current: broker.epoch,
            given: epoch,
        })
    }
}

/// Fencing change of a BrokerRegistrationChange record: fence.
pub(crate) const FENCE: i8 = 1;
/// Fencing change of a BrokerRegistrationChange record: unfence.
pub(crate) const UNFENCE: i8 = -1;
/// Shutdown change of a BrokerRegistrationChange record: it began.
pub(crate) const IN_CONTROLLED_SHUTDOWN: i8 = 1;
