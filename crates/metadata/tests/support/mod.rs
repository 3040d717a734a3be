//! A controller with a log of its own: every decision is appended and applied at once.

#![allow(dead_code, reason = "each test file uses its part")]

use std::time::Duration;

use ottla_config::{BrokerConfig, Properties, Sources};
use ottla_metadata::{
    Activate, Bootstrap, Broker, BrokerHeartbeat, Command, Controller, ControllerConfig, Decision,
    Endpoint, HeartbeatReply, Image, MetadataVersion, Moment, Position, Refusal, RegisterBroker,
    Tick, VersionedRecord, supported_features,
};
use ottla_types::{BrokerEpoch, BrokerId, LeaderEpoch, Mono, Now, Offset, Uuid, WallMs};

/// A cluster's controller, its log and its clock.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) controller: Controller,
    pub(crate) log: Vec<(Position, VersionedRecord)>,
    pub(crate) now: Mono,
    /// Whether replay of each record is compared with a decision at once.
    next_offset: Offset,
}

impl World {
    /// An active controller on an empty log, formatted at `version`.
    pub(crate) fn new(version: MetadataVersion, settings: &[(&str, &str)]) -> Self {
        Self::with_bootstrap(Bootstrap::for_version(version), settings)
    }

    pub(crate) fn with_bootstrap(bootstrap: Bootstrap, settings: &[(&str, &str)]) -> Self {
        let config = ControllerConfig {
            cluster_id: "test-cluster".to_owned(),
            broker: broker_config(settings),
            bootstrap,
        };
        let mut world = Self {
            controller: Controller::new(config, [42; 32], Image::default()),
            log: Vec::new(),
            now: Mono::from_ms(1_000_000),
            next_offset: Offset(0),
        };
        world.decide(Activate);
        world
    }

    pub(crate) fn image(&self) -> &Image {
        self.controller.image()
    }

    pub(crate) fn next_offset(&self) -> Offset {
        self.next_offset
    }

    /// Decides, appends, applies.
    pub(crate) fn decide<C: Command>(&mut self, command: C) -> Decision<C::Reply> {
        let at = Moment {
            now: Now {
                mono: self.now,
                wall: WallMs(1_700_000_000_000),
            },
            next_offset: self.next_offset,
        };
        let decision = self.controller.decide(at, command);
        assert_eq!(decision.base_offset, self.next_offset);
        for record in &decision.records {
            let at = position(self.next_offset);
            self.controller
                .apply(at, &record.record)
                .expect("a decided record applies");
            self.log.push((at, record.clone()));
            self.next_offset = self.next_offset.next();
        }
        self.controller.check_invariants();
        decision
    }

    /// Lets time pass, with every tick that falls due. The records decided meanwhile.
    pub(crate) fn advance(&mut self, duration: Duration) -> Vec<VersionedRecord> {
        let end = self.now + duration;
        let mut records = Vec::new();
        while let Some(due) = self.controller.next_deadline().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            records.extend(self.decide(Tick).records);
        }
        self.now = end;
        records
    }

    /// Registers a broker with one log directory.
    pub(crate) fn register(
        &mut self,
        id: i32,
        incarnation: u8,
    ) -> Decision<Result<BrokerEpoch, Refusal>> {
        self.decide(registration(id, incarnation))
    }

    /// A heartbeat of a broker that has applied everything and wants to serve.
    pub(crate) fn heartbeat(&mut self, id: i32) -> Decision<Result<HeartbeatReply, Refusal>> {
        let heartbeat = self.heartbeat_of(id);
        self.decide(heartbeat)
    }

    pub(crate) fn heartbeat_of(&self, id: i32) -> BrokerHeartbeat {
        let broker = self.image().cluster().broker(BrokerId(id));
        BrokerHeartbeat {
            broker: BrokerId(id),
            broker_epoch: broker.map_or(BrokerEpoch::NONE, |broker| broker.epoch),
            metadata_offset: self.next_offset.plus(-1),
            want_fence: false,
            want_shut_down: false,
            offline_log_dirs: Vec::new(),
            cordoned_log_dirs: None,
        }
    }

    /// Registers brokers and lets them be unfenced.
    pub(crate) fn start_brokers(&mut self, ids: impl IntoIterator<Item = i32>) {
        for id in ids {
            self.register(id, 0).reply.expect("registers");
            assert!(!self.heartbeat(id).reply.expect("accepted").is_fenced);
        }
    }

    pub(crate) fn broker(&self, id: i32) -> &Broker {
        self.image()
            .cluster()
            .broker(BrokerId(id))
            .expect("registered")
    }

    /// The image that replay of the log from its beginning gives.
    pub(crate) fn replayed(&self) -> Image {
        let mut image = Image::default();
        for (at, record) in &self.log {
            image
                .apply(*at, &record.record)
                .expect("a decided record applies");
        }
        image
    }
}

/// The image that a snapshot of `image` gives.
pub(crate) fn through_snapshot(image: &Image) -> Image {
    let mut loaded = Image::default();
    for record in image.snapshot_records() {
        loaded
            .apply(image.position(), &record.record)
            .expect("a snapshot applies");
    }
    loaded.skip(image.position());
    loaded
}

pub(crate) fn position(offset: Offset) -> Position {
    Position {
        offset,
        epoch: LeaderEpoch(1),
        timestamp: WallMs(1_700_000_000_000),
    }
}

pub(crate) fn registration(id: i32, incarnation: u8) -> RegisterBroker {
    let low = u8::try_from(id).expect("a small id");
    RegisterBroker {
        cluster_id: "test-cluster".to_owned(),
        broker: BrokerId(id),
        incarnation_id: Uuid([100 + incarnation; 16]),
        listeners: vec![Endpoint {
            name: "PLAINTEXT".to_owned(),
            host: "127.0.0.1".to_owned(),
            port: 9092,
            security_protocol: 0,
        }],
        features: supported_features(),
        rack: None,
        log_dirs: vec![Uuid([low; 16])],
        previous_broker_epoch: BrokerEpoch::NONE,
    }
}

fn broker_config(settings: &[(&str, &str)]) -> BrokerConfig {
    let mut file = Properties::parse(FILE.as_bytes()).expect("the test's file is well-formed");
    for (key, value) in settings {
        file.set(*key, *value);
    }
    let sources = Sources {
        file: Some(file),
        ..Sources::default()
    };
    sources.load().expect("the settings are valid").config
}

/// A controller with Apache Kafka's defaults for everything else.
const FILE: &str = "\
process.roles=controller
node.id=1000
controller.quorum.voters=1000@127.0.0.1:9093
controller.listener.names=CONTROLLER
listeners=CONTROLLER://127.0.0.1:9093
log.dirs=/data
";
