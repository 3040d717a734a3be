//! What stood in the log directories at the start, until the metadata says whose it is.
//!
//! A move between two directories ends with two renames, of which a power cut may leave the first: the
//! replica is then current in both. The metadata tells which one is meant, since it was told before
//! them; the other is removed.

use std::{collections::BTreeMap, path::PathBuf};

use ottla_metadata::{Image, Topic};
use ottla_storage::directory::{PartitionDirectory, Role, partition_metadata};
use ottla_types::{BrokerId, TopicPartition, Uuid};
use parking_lot::Mutex;

use super::{Directories, Directory, DirectoryError, stock::Stock};

/// Partition directories, with the place of the log directory they are in.
pub(super) type Candidates = Vec<(usize, PartitionDirectory)>;

/// All that was found and not claimed.
#[derive(Debug, Default)]
pub(super) struct Found {
    current: Mutex<Stock>,
    /// Few: those that were being copied in.
    future: Mutex<BTreeMap<TopicPartition, Candidates>>,
}

impl Found {
    /// Adds what was found in one log directory.
    pub(super) fn list(&mut self, place: usize, directories: Vec<PartitionDirectory>) {
        let is_current = |directory: &PartitionDirectory| directory.role == Role::Current;
        let (current, others): (Vec<_>, Vec<_>) = directories.into_iter().partition(is_current);
        let current = current.into_iter();
        let current = current.map(|directory| (directory.partition, place));
        self.current.get_mut().list(current);
        others.into_iter().for_each(|other| self.add(place, other));
    }

    pub(super) fn add(&self, place: usize, directory: PartitionDirectory) {
        match directory.role {
            Role::Current => self.current.lock().put_back(directory.partition, place),
            Role::Future => {
                let mut future = self.future.lock();
                let known = future.entry(directory.partition.clone());
                known.or_default().push((place, directory));
            }
            Role::Deleted | Role::Stray => {}
        }
    }
}

impl Directories {
    /// The directory of a partition that was found, if there is one: the current replica, or one that
    /// was being copied in if the metadata has the partition there and there is no other.
    pub(super) fn claim(
        &self,
        name: &TopicPartition,
        topic: &Topic,
        assigned: Uuid,
    ) -> Result<Option<(usize, PartitionDirectory)>, DirectoryError> {
        let places = self.found.current.lock().take(name);
        let current = self.current_at(name, &places);
        let claimed = self.claim_one_of(current.clone(), name, topic, assigned);
        if claimed.is_err() {
            let unclaimed = current.into_iter();
            unclaimed.for_each(|(place, directory)| self.found.add(place, directory));
        }
        claimed
    }

    /// The directories of a partition's current replicas in the log directories at `places`.
    fn current_at(&self, name: &TopicPartition, places: &[usize]) -> Candidates {
        let directory = |place: &usize| {
            let home = self.all.get(*place)?;
            let directory = PartitionDirectory {
                partition: name.clone(),
                role: Role::Current,
                path: home.handle.partition_path(name),
            };
            Some((*place, directory))
        };
        places.iter().filter_map(directory).collect()
    }

    fn claim_one_of(
        &self,
        current: Candidates,
        name: &TopicPartition,
        topic: &Topic,
        assigned: Uuid,
    ) -> Result<Option<(usize, PartitionDirectory)>, DirectoryError> {
        let mut owned = self.owned(current, topic)?;
        if owned.len() > 1 {
            self.keep_assigned(&mut owned, assigned)?;
        }
        if let Some(claimed) = owned.pop() {
            return Ok(Some(claimed));
        }
        let Some((place, directory)) =
            self.claim_future(name, topic, |home| home.id == assigned)?
        else {
            return Ok(None);
        };
        let home = self.home(place)?;
        let promoted = self.noted(home, home.handle.promote_future(&directory))?;
        // Nothing that the checkpoints say is about it.
        self.noted(home, home.forget(name))?;
        Ok(Some((place, promoted)))
    }

    /// The directory of a replica that was being copied into one of the directories that `wanted`
    /// picks; it is claimed then.
    pub(crate) fn claim_future(
        &self,
        name: &TopicPartition,
        topic: &Topic,
        wanted: impl Fn(&Directory) -> bool,
    ) -> Result<Option<(usize, PartitionDirectory)>, DirectoryError> {
        let found = self.found.future.lock().remove(name).unwrap_or_default();
        let mut owned = self.owned(found, topic)?;
        let is_wanted =
            |(place, _): &(usize, PartitionDirectory)| self.home(*place).is_ok_and(&wanted);
        let index = owned.iter().position(is_wanted);
        let claimed = index.map(|index| owned.swap_remove(index));
        if !owned.is_empty() {
            self.found.future.lock().insert(name.clone(), owned);
        }
        Ok(claimed)
    }

    /// Those that are the topic's, or nobody's and empty; the others, which were of another one of the
    /// same name, are set aside.
    fn owned(&self, found: Candidates, topic: &Topic) -> Result<Candidates, DirectoryError> {
        let mut owned = Candidates::new();
        for (place, directory) in found {
            let home = self.home(place)?;
            if !home.is_online() {
                return Err(DirectoryError::Offline(home.path().to_owned()));
            }
            let owner = partition_metadata::read(&*self.fs, &directory.path);
            let owner = self.noted(home, owner)?;
            if owner == Some(topic.id) {
                owned.push((place, directory));
            } else if owner.is_none() && self.noted(home, home.handle.is_unfinished(&directory))? {
                self.noted(home, home.finish(&directory, topic.id))?;
                owned.push((place, directory));
            } else {
                let aside = home.handle.mark_stray(&directory, self.unique.uuid());
                self.noted(home, aside)?;
            }
        }
        Ok(owned)
    }

    /// Of several directories of one partition only the one in the assigned log directory stays.
    fn keep_assigned(&self, owned: &mut Candidates, assigned: Uuid) -> Result<(), DirectoryError> {
        let is_assigned = |(place, _): &(usize, PartitionDirectory)| {
            self.home(*place).is_ok_and(|home| home.id == assigned)
        };
        let Some(index) = owned.iter().position(is_assigned) else {
            let paths = owned.iter().map(|(_, directory)| directory.path.clone());
            return Err(DirectoryError::Duplicate(paths.collect()));
        };
        let kept = owned.swap_remove(index);
        for (place, directory) in std::mem::take(owned) {
            self.doom(place, &directory)?;
        }
        owned.push(kept);
        Ok(())
    }

    /// Sets aside what was found at the start and is no replica of this node, by the metadata. What is
    /// one stays, whoever leads it. Called once, when the metadata has caught up.
    ///
    /// # Errors
    /// When something other than the disk is wrong with one; the disk's failures take it offline.
    pub fn set_strays_aside(
        &self,
        image: &Image,
        node: BrokerId,
    ) -> Result<Vec<PathBuf>, DirectoryError> {
        let mut aside = Vec::new();
        let current = self.found.current.lock().take_all();
        let current = current
            .into_iter()
            .flat_map(|(name, place)| self.current_at(&name, &[place]));
        let current: Candidates = current.collect();
        let future = std::mem::take(&mut *self.found.future.lock());
        for found in [current, future.into_values().flatten().collect()] {
            for (place, directory) in found {
                let home = self.home(place)?;
                if !home.is_online() {
                    continue;
                }
                match self.is_replica(home, &directory, image, node) {
                    Ok(true) => self.found.add(place, directory),
                    Ok(false) if home.handle.is_unfinished(&directory).unwrap_or(false) => {
                        self.doom(place, &directory)?;
                    }
                    Ok(false) => {
                        let marked = home.handle.mark_stray(&directory, self.unique.uuid());
                        match self.noted(home, marked) {
                            Err(_) if !home.is_online() => {}
                            marked => aside.push(marked?.path),
                        }
                    }
                    Err(_) if !home.is_online() => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(aside)
    }

    fn is_replica(
        &self,
        home: &Directory,
        directory: &PartitionDirectory,
        image: &Image,
        node: BrokerId,
    ) -> Result<bool, DirectoryError> {
        let owner = partition_metadata::read(&*self.fs, &directory.path);
        let topic = self
            .noted(home, owner)?
            .and_then(|id| image.topics().by_id(id));
        let name = &directory.partition;
        Ok(topic
            .filter(|topic| topic.name == name.topic)
            .and_then(|topic| topic.partition(name.partition))
            .is_some_and(|partition| partition.replicas.contains(&node)))
    }
}
