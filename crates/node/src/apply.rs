//! Following the metadata image: partitions that come, change and go, and configurations.
//!
//! A new image is published after what it demands is done (N3).

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::resume_unwind,
    sync::Arc,
    time::Duration,
};

use ottla_config::{ConfigError, ConfigMap, TopicConfig};
use ottla_metadata::{
    ConfigKind, Image, Partition as PartitionRecord, Topic, config_changes, topic_changes,
};
use ottla_replication::{Leader, LeaderStart, LeaderUpdate};
use ottla_storage::LogConfig;
use ottla_types::{Now, PartitionIndex, Saturate, TopicId, TopicPartition, Uuid};
use parking_lot::Mutex;

use crate::{
    directories::DirectoryError,
    node::Node,
    output::Output,
    partition::{Home, Partition, PartitionIdentity, leader_settings},
    partitions::Partitions,
    topics::OFFSETS_TOPIC,
};

/// Something the image demands that this node could not do; it goes on without it.
#[derive(Debug, thiserror::Error)]
#[error("{topic}-{}: {source}", index.0)]
pub struct ApplyFault {
    /// The topic.
    pub topic: Arc<str>,
    /// The partition.
    pub index: PartitionIndex,
    /// What is wrong.
    pub source: DirectoryError,
}

impl ApplyFault {
    fn of(topic: &Topic, index: PartitionIndex, source: DirectoryError) -> Self {
        Self {
            topic: Arc::clone(&topic.name),
            index,
            source,
        }
    }
}

/// Partitions that this node leads and could not make for lack of space.
pub(crate) type Unmade = Mutex<BTreeSet<(TopicId, PartitionIndex)>>;

impl Node {
    /// Takes over a new image of the cluster. Called by one thread at a time.
    ///
    /// Gives what could not be done; the image is published all the same. What lacked only space waits for
    /// [`Self::make_unmade`].
    pub fn publish(&self, now: Now, image: Image, out: &mut Vec<Output>) -> Vec<ApplyFault> {
        let old = self.image();
        let mut faults = Vec::new();
        let changes = topic_changes(&old, &image);
        if !changes.removed.is_empty() || !changes.changed.is_empty() {
            let mut partitions = Partitions::clone(&self.partitions_cell().load());
            for topic in &changes.removed {
                self.forget_directories(topic.id);
                self.forget_moves(topic.id, out);
                for partition in partitions.remove(topic.id) {
                    partition.retire(out);
                    self.coordinators().partition_gone(now, &partition, out);
                    if let Err(source) = self.directories().remove(&partition) {
                        faults.push(ApplyFault::of(topic, partition.index(), source));
                    }
                }
            }
            let mut missing = Vec::new();
            for (topic, index) in &changes.changed {
                let Some(record) = topic.partition(*index) else {
                    continue;
                };
                let is_led = record.leader == Some(self.node_id());
                match partitions.by_id(topic.id, index.0) {
                    Some(partition) => {
                        if is_led {
                            partition.update(now, &update_of(record), out);
                        }
                        self.note_directory(record, partition);
                    }
                    None if is_led => missing.push((topic, *index, record)),
                    None => {}
                }
            }
            faults.extend(self.make(now, &image, partitions, &missing, out));
        }
        self.follow_configs(&old, &image, out);
        self.image_cell().store(Arc::new(image));
        self.send_assignments(out);
        if !changes.removed.is_empty() {
            self.coordinators()
                .partitions_deleted(now, &deleted(&changes.removed), out);
        }
        faults
    }

    /// Whether partitions were left unmade for lack of space.
    #[must_use]
    pub fn has_unmade(&self) -> bool {
        !self.unmade().lock().is_empty()
    }

    /// Tries again to make what lacked space. Called by the thread that publishes.
    ///
    /// Gives what went wrong but for lack of space.
    pub fn make_unmade(&self, now: Now, out: &mut Vec<Output>) -> Vec<ApplyFault> {
        let unmade = std::mem::take(&mut *self.unmade().lock());
        let image = self.image();
        let partitions = Partitions::clone(&self.partitions_cell().load());
        let is_wanted = |record: &&PartitionRecord| record.leader == Some(self.node_id());
        let wanted = unmade.iter().filter_map(|(id, index)| {
            let topic = image.topics().by_id(*id)?;
            let record = topic.partition(*index).filter(is_wanted)?;
            partitions
                .by_id(*id, index.0)
                .is_none()
                .then_some((topic, *index, record))
        });
        let wanted: Vec<_> = wanted.collect();
        let mut faults = self.make(now, &image, partitions, &wanted, out);
        faults.retain(|fault| !fault.source.is_no_space());
        self.send_assignments(out);
        faults
    }

    /// Makes or opens the partitions that are missing, and hosts them beside the others.
    fn make(
        &self,
        now: Now,
        image: &Image,
        mut partitions: Partitions,
        missing: &[(&Arc<Topic>, PartitionIndex, &PartitionRecord)],
        out: &mut Vec<Output>,
    ) -> Vec<ApplyFault> {
        let mut faults = Vec::new();
        // All partitions of a topic share one.
        let topics = missing.chunk_by(|(a, ..), (b, ..)| a.id == b.id);
        let first = topics.filter_map(<[_]>::first);
        let configs: BTreeMap<_, _> = first
            .map(|(topic, ..)| (topic.id, self.topic_configs(image, &topic.name)))
            .collect();
        let opened = self.in_parallel(missing, |(topic, index, record)| {
            let configs = match configs.get(&topic.id) {
                Some(Ok(configs)) => configs.clone(),
                _ => self.topic_configs(image, &topic.name)?,
            };
            self.open(now, configs, topic, *index, record)
        });
        let mut hosted = Vec::new();
        for ((topic, index, record), opened) in missing.iter().zip(opened) {
            match opened {
                Ok(partition) => {
                    self.note_directory(record, &partition);
                    self.host(&partition, out);
                    hosted.push((*topic, partition));
                }
                Err(source) => {
                    if source.is_no_space() {
                        self.unmade().lock().insert((topic.id, *index));
                    }
                    faults.push(ApplyFault::of(topic, *index, source));
                }
            }
        }
        partitions.extend(hosted.iter().map(|(_, partition)| Arc::clone(partition)));
        self.partitions_cell().store(Arc::new(partitions));
        self.follow_failures(now, out);
        // A move may not have come to its end before the process did; and a directory may have failed
        // after a log was opened in it, and before that was known.
        for (topic, partition) in &hosted {
            if let Err(source) = self.resume_move(topic, partition, out) {
                faults.push(ApplyFault::of(topic, partition.index(), source));
            }
            if let Some(cause) = self.directories().fault_of(partition.directory()) {
                self.lose(now, partition, cause, out);
            }
        }
        faults
    }

    /// Opens the log of a partition that is led here.
    fn open(
        &self,
        now: Now,
        (config, log_config): TopicConfigs,
        topic: &Arc<Topic>,
        index: PartitionIndex,
        record: &PartitionRecord,
    ) -> Result<Arc<Partition>, DirectoryError> {
        let assigned = record.directory_of(self.node_id());
        let assigned = assigned.unwrap_or(Uuid::UNASSIGNED_DIR);
        let opened = self
            .directories()
            .open_log(now, topic, index, log_config, assigned)?;
        opened.log.assign_epoch(record.leader_epoch)?;
        let lag_time_max =
            Duration::from_millis(self.config().replication.lag_time_max_ms.saturate());
        let leader = Leader::new(LeaderStart {
            now: now.mono,
            local: self.node_id(),
            leader_epoch: record.leader_epoch,
            partition_epoch: record.partition_epoch.0,
            replicas: record.replicas.clone(),
            isr: record.isr.clone(),
            log_end: opened.log.log_end_offset(),
            synced_end: opened.log.durable_end_offset(),
            high_watermark: opened.high_watermark,
            settings: leader_settings(&config, lag_time_max),
        });
        let identity = PartitionIdentity {
            topic: Arc::clone(&topic.name),
            topic_id: topic.id,
            index,
            leader: self.node_id(),
        };
        let home = Home {
            log: opened.log,
            directory: opened.directory,
        };
        Ok(Arc::new(Partition::new(
            identity,
            home,
            config,
            leader,
            lag_time_max,
        )))
    }

    fn host(&self, partition: &Arc<Partition>, out: &mut Vec<Output>) {
        if partition.high_watermark() < partition.log().log_end_offset() {
            partition.ask_sync(out);
        }
        if partition.topic() == OFFSETS_TOPIC {
            self.coordinators().partition_came(partition, out);
        }
    }

    /// Does `work` for every item, on as many threads as `num.recovery.threads.per.data.dir` gives to
    /// all directories; the results are in the order of the items.
    pub(crate) fn in_parallel<T: Sync, R: Send>(
        &self,
        items: &[T],
        work: impl Fn(&T) -> R + Sync,
    ) -> Vec<R> {
        let per_directory: usize = self.config().logs.recovery_threads.max(1).saturate();
        let threads = per_directory.saturating_mul(self.directories().all().len());
        let share = items.len().div_ceil(threads.max(1)).max(LEAST_PER_THREAD);
        if items.len() <= share {
            return items.iter().map(work).collect();
        }
        let work = &work;
        std::thread::scope(|scope| {
            let running: Vec<_> = items
                .chunks(share)
                .map(|items| scope.spawn(move || items.iter().map(work).collect::<Vec<R>>()))
                .collect();
            let finished = running.into_iter().map(|thread| thread.join());
            finished
                .flat_map(|results| results.unwrap_or_else(|panic| resume_unwind(panic)))
                .collect()
        })
    }

    fn topic_configs(&self, image: &Image, topic: &str) -> Result<TopicConfigs, ConfigError> {
        let none = ConfigMap::new();
        let overrides = image.configs().topic(topic).map_or(&none, |map| map);
        // A value that an Apache controller accepted and we do not know how to read is left out.
        let config = TopicConfig::resolve(&self.config(), overrides)
            .or_else(|_| TopicConfig::resolve(&self.config(), &none))?;
        let log_config = self.directories().log_config(&config);
        Ok((Arc::new(config), log_config))
    }

    fn follow_configs(&self, old: &Image, image: &Image, out: &mut Vec<Output>) {
        let changed = config_changes(old, image);
        if changed.is_empty() {
            return;
        }
        let of_brokers = changed
            .iter()
            .any(|resource| resource.kind == ConfigKind::BROKER);
        if of_brokers {
            let none = ConfigMap::new();
            let defaults = image.configs().broker_default().map_or(&none, |map| map);
            let own = image
                .configs()
                .broker(self.node_id())
                .map_or(&none, |map| map);
            if let Ok(config) = self.static_config().with_dynamic(defaults, own) {
                self.set_config(config);
            }
        }
        let topics = changed.iter().filter(|it| it.kind == ConfigKind::TOPIC);
        let topics: BTreeSet<&str> = topics.map(|topic| &*topic.name).collect();
        let partitions = self.partitions_cell().load();
        for of_topic in partitions.topics() {
            let name = of_topic.first().map_or("", |first| first.topic());
            if (of_brokers || topics.contains(name))
                && let Ok((config, log_config)) = self.topic_configs(image, name)
            {
                for partition in of_topic {
                    partition.reconfigure(Arc::clone(&config), Arc::clone(&log_config), out);
                }
            }
        }
    }
}

/// A topic's configuration, and what its logs need of it; all its partitions share them.
type TopicConfigs = (Arc<TopicConfig>, Arc<LogConfig>);

fn deleted(topics: &[Arc<Topic>]) -> Vec<TopicPartition> {
    let partitions = |topic: &Arc<Topic>| {
        let name = Arc::clone(&topic.name);
        let of_topic = move |partition: PartitionIndex| TopicPartition {
            topic: Arc::clone(&name),
            partition,
        };
        topic.partitions.indexes().map(of_topic).collect::<Vec<_>>()
    };
    topics.iter().flat_map(partitions).collect()
}

/// A thread of its own is worth so many logs.
const LEAST_PER_THREAD: usize = 8;

fn update_of(record: &PartitionRecord) -> LeaderUpdate {
    LeaderUpdate {
        leader_epoch: record.leader_epoch,
        partition_epoch: record.partition_epoch.0,
        replicas: record.replicas.clone(),
        isr: record.isr.clone(),
    }
}
