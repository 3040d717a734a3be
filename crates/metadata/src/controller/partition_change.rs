//! How the state of one partition may change: the election of a leader and the record that says it.
//!
//! Pure: one partition, what is wanted of it, and the rules of the moment go in; the smallest
//! PartitionChange record that brings it about comes out, or none when nothing changes.
//!
//! - I1 A leader is in the in-sync set, or else in the eligible set while the in-sync set is
//!   empty, unless the election was allowed to be unclean; then it recovers.
//! - I2 Without eligible leader replicas the last in-sync replica is never removed.
//! - I3 The leader epoch rises with the leader, and whenever a replica is taken away.
//!
//! Spec: KIP-704 (recovery state), KIP-841 (fenced replicas), KIP-966 (eligible leader replicas).

use std::{collections::BTreeMap, fmt};

use ottla_protocol::metadata::{MetadataRecord, PartitionChangeRecord};
use ottla_types::{BrokerId, PartitionIndex, TopicId, Uuid};

use crate::{
    LeaderRecoveryState, MetadataVersion, Partition, VersionedRecord,
    image::{LEADER_UNCHANGED, leader_number, numbers},
};

/// How far an election may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Election {
    /// Back to the preferred leader if it can lead.
    Preferred,
    /// Only when the leader cannot stay, and only to one that has every committed record.
    Online,
    /// To any live replica rather than to none.
    Unclean,
}

/// The rules of the moment for one partition.
pub(crate) struct Rules<'a> {
    pub(crate) version: MetadataVersion,
    /// Whether eligible leader replicas are kept.
    pub(crate) keeps_eligible_leaders: bool,
    /// In-sync replicas below which others stay eligible.
    pub(crate) min_isr: usize,
    /// Whether a broker could lead the partition now.
    pub(crate) is_acceptable: &'a dyn Fn(BrokerId) -> bool,
    /// Log directory for a replica that has none yet.
    pub(crate) default_dir: &'a dyn Fn(BrokerId) -> Uuid,
}

impl fmt::Debug for Rules<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules")
            .field("version", &self.version)
            .field("keeps_eligible_leaders", &self.keeps_eligible_leaders)
            .field("min_isr", &self.min_isr)
            .finish_non_exhaustive()
    }
}

/// What is wanted of a partition, beginning with what it is.
#[derive(Clone, Debug)]
pub(crate) struct PartitionChange<'a> {
    before: &'a Partition,
    pub(crate) isr: Vec<BrokerId>,
    pub(crate) replicas: Vec<BrokerId>,
    pub(crate) removing: Vec<BrokerId>,
    pub(crate) adding: Vec<BrokerId>,
    elr: Vec<BrokerId>,
    pub(crate) recovery: LeaderRecoveryState,
    pub(crate) election: Election,
    /// A broker that came back without the records it had.
    pub(crate) unclean_shutdown: Option<BrokerId>,
    /// Directories that replicas move to.
    pub(crate) directories: BTreeMap<BrokerId, Uuid>,
}

/// Who leads after an election.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Elected {
    leader: Option<BrokerId>,
    is_unclean: bool,
}

impl Elected {
    fn cleanly(leader: BrokerId) -> Self {
        Self {
            leader: Some(leader),
            is_unclean: false,
        }
    }

    fn uncleanly(leader: BrokerId) -> Self {
        Self {
            leader: Some(leader),
            is_unclean: true,
        }
    }

    const NOBODY: Self = Self {
        leader: None,
        is_unclean: false,
    };
}

impl<'a> PartitionChange<'a> {
    /// A change of `before` that wants nothing yet.
    pub(crate) fn of(before: &'a Partition) -> Self {
        Self {
            before,
            isr: before.isr.clone(),
            replicas: before.replicas.clone(),
            removing: before.removing_replicas.clone(),
            adding: before.adding_replicas.clone(),
            elr: before.eligible_leader_replicas.clone(),
            recovery: before.leader_recovery_state,
            election: Election::Online,
            unclean_shutdown: None,
            directories: BTreeMap::new(),
        }
    }

    /// The record of the change, or `None` when nothing changes.
    pub(crate) fn into_record(
        mut self,
        topic: TopicId,
        index: PartitionIndex,
        rules: &Rules<'_>,
    ) -> Option<VersionedRecord> {
        let nothing = PartitionChangeRecord {
            topic_id: topic,
            partition_id: index.0,
            ..PartitionChangeRecord::default()
        };
        let mut record = nothing.clone();
        self.complete_reassignment();
        self.choose_eligible_leaders(rules);
        self.elect(rules, &mut record);
        self.bump_epoch_for_removed_replicas(&mut record);
        self.set_in_sync_fields(rules, &mut record);
        self.bump_epoch_for_shrink(rules, &mut record);
        self.set_last_known_leader(rules, &mut record);
        self.set_assignment(rules, &mut record);
        if self.recovery != self.before.leader_recovery_state {
            record.leader_recovery_state = self.recovery.number();
        }
        (record != nothing).then(|| {
            let version = rules.version.partition_record_version();
            VersionedRecord::new(MetadataRecord::PartitionChangeRecord(record), version)
        })
    }

    /// Ends the reassignment once every target replica is in sync.
    fn complete_reassignment(&mut self) {
        if self.removing.is_empty() && self.adding.is_empty() {
            return;
        }
        let stays = |id: &&BrokerId| !self.removing.contains(*id);
        let isr: Vec<BrokerId> = self.isr.iter().filter(stays).copied().collect();
        let replicas: Vec<BrokerId> = self.replicas.iter().filter(stays).copied().collect();
        let is_complete = replicas.iter().all(|replica| isr.contains(replica));
        if is_complete && !isr.is_empty() && !replicas.is_empty() {
            self.isr = isr;
            self.replicas = replicas;
            self.removing.clear();
            self.adding.clear();
        }
    }

    /// Who leaves the in-sync set stays eligible while the set is smaller than it must be.
    fn choose_eligible_leaders(&mut self, rules: &Rules<'_>) {
        if !rules.keeps_eligible_leaders {
            return;
        }
        if self.isr.len() >= rules.min_isr {
            self.elr.clear();
            return;
        }
        let mut candidates = std::mem::take(&mut self.elr);
        for id in &self.before.isr {
            if !candidates.contains(id) {
                candidates.push(*id);
            }
        }
        candidates.retain(|id| !self.isr.contains(id) && self.unclean_shutdown != Some(*id));
        candidates.sort();
        self.elr = candidates;
    }

    fn elect(&mut self, rules: &Rules<'_>, record: &mut PartitionChangeRecord<'static>) {
        let elected = self.electable(rules);
        if elected.leader == self.before.leader {
            return;
        }
        if let Some(leader) = elected.leader.filter(|leader| self.elr.contains(leader)) {
            self.isr = vec![leader];
            self.elr.retain(|id| *id != leader);
        }
        record.leader = leader_number(elected.leader);
        if let (Some(leader), true) = (elected.leader, elected.is_unclean) {
            // Records that the others had committed may be gone: nobody else is in sync with it.
            record.isr = Some(numbers(&[leader]));
            self.isr = vec![leader];
            self.recovery = LeaderRecoveryState::Recovering;
        }
    }

    fn electable(&self, rules: &Rules<'_>) -> Elected {
        let is_valid = |id: BrokerId| {
            let has_all = self.isr.contains(&id) || (self.isr.is_empty() && self.elr.contains(&id));
            has_all && (rules.is_acceptable)(id)
        };
        let preferred = self.replicas.first().copied();
        if self.election == Election::Preferred
            && let Some(leader) = preferred.filter(|id| is_valid(*id))
        {
            return Elected::cleanly(leader);
        }
        if let Some(leader) = self.before.leader.filter(|id| is_valid(*id)) {
            return Elected::cleanly(leader);
        }
        if let Some(leader) = self.replicas.iter().copied().find(|id| is_valid(*id)) {
            return Elected::cleanly(leader);
        }
        if let Some(leader) = self.last_known_leader(rules) {
            return Elected::uncleanly(leader);
        }
        let alive = || {
            self.replicas
                .iter()
                .copied()
                .find(|id| (rules.is_acceptable)(*id))
        };
        match self.election {
            Election::Unclean => alive().map_or(Elected::NOBODY, Elected::uncleanly),
            Election::Preferred | Election::Online => Elected::NOBODY,
        }
    }

    /// The last leader, when it is the only one known to have had the records and it is back.
    fn last_known_leader(&self, rules: &Rules<'_>) -> Option<BrokerId> {
        if !rules.keeps_eligible_leaders || !self.isr.is_empty() || !self.elr.is_empty() {
            return None;
        }
        match self.before.last_known_elr.as_slice() {
            [leader] => Some(*leader).filter(|id| (rules.is_acceptable)(*id)),
            _ => None,
        }
    }

    fn bump_epoch_for_removed_replicas(&self, record: &mut PartitionChangeRecord<'static>) {
        let is_removed = |id: &BrokerId| !self.replicas.contains(id);
        if record.leader == LEADER_UNCHANGED && self.before.replicas.iter().any(is_removed) {
            record.leader = leader_number(self.before.leader);
        }
    }

    fn set_in_sync_fields(
        &mut self,
        rules: &Rules<'_>,
        record: &mut PartitionChangeRecord<'static>,
    ) {
        if record.isr.is_some() || !rules.keeps_eligible_leaders {
            self.elr.clear();
        }
        if self.elr != self.before.eligible_leader_replicas {
            record.eligible_leader_replicas = Some(numbers(&self.elr));
        }
        let may_be_set = !self.isr.is_empty() || rules.keeps_eligible_leaders;
        if record.isr.is_none() && may_be_set && self.isr != self.before.isr {
            record.isr = Some(numbers(&self.isr));
        }
    }

    fn bump_epoch_for_shrink(
        &self,
        rules: &Rules<'_>,
        record: &mut PartitionChangeRecord<'static>,
    ) {
        let Some(isr) = &record.isr else {
            return;
        };
        let is_gone = |id: &BrokerId| !isr.contains(&id.0);
        if rules.version.bumps_epoch_on_shrink()
            && record.leader == LEADER_UNCHANGED
            && self.before.isr.iter().any(is_gone)
        {
            record.leader = leader_number(self.before.leader);
        }
    }

    /// Remembers the leader of a partition that loses its last in-sync replica; forgets it again
    /// when the partition has a leader.
    fn set_last_known_leader(
        &self,
        rules: &Rules<'_>,
        record: &mut PartitionChangeRecord<'static>,
    ) {
        if !rules.keeps_eligible_leaders {
            return;
        }
        let known = numbers(&self.before.last_known_elr);
        let leader = leader_number(self.before.leader);
        let loses_isr = record.isr.as_ref().is_some_and(Vec::is_empty);
        let has_leader = record.leader >= 0
            || (record.leader == LEADER_UNCHANGED && self.before.leader.is_some());
        if loses_isr && known != [leader] {
            record.last_known_elr = Some(vec![leader]);
        } else if has_leader && !known.is_empty() {
            record.last_known_elr = Some(Vec::new());
        }
    }

    fn set_assignment(&self, rules: &Rules<'_>, record: &mut PartitionChangeRecord<'static>) {
        if rules.version.has_directories() && !self.replicas.is_empty() {
            let directories: Vec<Uuid> = self
                .replicas
                .iter()
                .map(|id| self.dir(*id, rules))
                .collect();
            if directories != self.before.directories {
                record.directories = Some(directories);
            }
        }
        let changed = |now: &[BrokerId], then: &[BrokerId]| (now != then).then(|| numbers(now));
        record.replicas = changed(&self.replicas, &self.before.replicas);
        record.removing_replicas = changed(&self.removing, &self.before.removing_replicas);
        record.adding_replicas = changed(&self.adding, &self.before.adding_replicas);
    }

    fn dir(&self, replica: BrokerId, rules: &Rules<'_>) -> Uuid {
        let moved = self.directories.get(&replica).copied();
        moved
            .or_else(|| self.before.directory_of(replica))
            .unwrap_or_else(|| (rules.default_dir)(replica))
    }
}

#[cfg(test)]
mod tests;
