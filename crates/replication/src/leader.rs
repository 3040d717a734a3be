//! Leader side of one partition.
//!
//! Owns follower progress, the in-sync set, the high watermark and the requests that wait for it.
//! Never sees bytes, sockets, or how leaders are chosen.
//!
//! I1  high_watermark <= log_end, synced_end <= log_end
//! I2  within one leader epoch the high watermark never moves back
//! I3  it waits for the larger of the committed and the proposed in-sync set
//! I4  it stands still while the committed in-sync set is smaller than `min.insync.replicas`
//! I5  it never passes the start of an append that waits for its sync
//!
//! ```text
//!            caught up to the high watermark      behind for replica.lag.time.max
//!   outside -------------------------> in sync -------------------------> leaving
//!      ^                                   controller accepts                |
//!      +---------------------------------------------------------------------+
//! ```
//!
//! Spec: KIP-497 (AlterPartition), KIP-841 (fenced replicas), KIP-903, KIP-966.

use std::{collections::BTreeMap, time::Duration};

use ottla_types::{BrokerEpoch, BrokerId, ErrorCode, LeaderEpoch, Mono, Offset, RequestToken};

use crate::{
    in_sync::{InSync, IsrProposal, IsrRefusal, sorted},
    progress::{FollowerFetch, FollowerProgress},
    sync_hold::SyncHold,
    waits::Waits,
};

/// Topic and broker settings that the leader obeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `min.insync.replicas`; more than there are replicas counts as all of them.
    pub min_insync_replicas: usize,
    /// `replica.lag.time.max.ms`.
    pub lag_time_max: Duration,
    /// Whether `acks=all` means "synced": if not, nothing ever waits for the leader's disk.
    pub sync_for_ack: bool,
}

impl Default for Settings {
    /// Kafka's defaults, with the durable meaning of `acks=all`.
    fn default() -> Self {
        Self {
            min_insync_replicas: 1,
            lag_time_max: Duration::from_secs(30),
            sync_for_ack: true,
        }
    }
}

/// What a leader starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaderStart {
    /// When it was made leader.
    pub now: Mono,
    /// This broker.
    pub local: BrokerId,
    /// Epoch it leads in.
    pub leader_epoch: LeaderEpoch,
    /// Epoch of the partition's record.
    pub partition_epoch: i32,
    /// All replicas, this broker among them.
    pub replicas: Vec<BrokerId>,
    /// The committed in-sync set.
    pub isr: Vec<BrokerId>,
    /// End of the local log.
    pub log_end: Offset,
    /// Up to where the local log is durable.
    pub synced_end: Offset,
    /// High watermark known locally.
    pub high_watermark: Offset,
    /// Settings.
    pub settings: Settings,
}

impl Default for LeaderStart {
    /// An empty log without replicas.
    fn default() -> Self {
        Self {
            now: Mono(0),
            local: BrokerId::NONE,
            leader_epoch: LeaderEpoch(0),
            partition_epoch: 0,
            replicas: Vec::new(),
            isr: Vec::new(),
            log_end: Offset(0),
            synced_end: Offset(0),
            high_watermark: Offset(0),
            settings: Settings::default(),
        }
    }
}

/// A partition record in which this broker is the leader, as the metadata log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaderUpdate {
    /// Leader epoch of the record.
    pub leader_epoch: LeaderEpoch,
    /// Partition epoch of the record.
    pub partition_epoch: i32,
    /// All replicas.
    pub replicas: Vec<BrokerId>,
    /// The committed in-sync set.
    pub isr: Vec<BrokerId>,
}

/// The leader of one partition.
///
/// Inputs that can move the high watermark give the new one when they did: the shell publishes it
/// and then takes what [`Leader::completed`] has. Whether a follower that is about to join still
/// counts as caught up is judged by the latest `now` that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leader {
    local: BrokerId,
    leader_epoch: LeaderEpoch,
    partition_epoch: i32,
    epoch_start: Offset,
    followers: BTreeMap<BrokerId, FollowerProgress>,
    /// Brokers that may be in sync (unfenced, not shutting down) with their registration.
    eligible: BTreeMap<BrokerId, BrokerEpoch>,
    in_sync: InSync,
    log_end: Offset,
    synced_end: Offset,
    hold: SyncHold,
    high_watermark: Offset,
    waits: Waits,
    settings: Settings,
    now: Mono,
    resigned: bool,
}

impl Leader {
    /// A new leader. What its log holds beyond `synced_end` came from an earlier leader that may
    /// have promised it, so with [`Settings::sync_for_ack`] it is held until it is synced.
    ///
    /// The high watermark is judged at once: of a sole replica it may already have moved.
    #[must_use]
    pub fn new(start: LeaderStart) -> Self {
        let mut leader = Self {
            local: start.local,
            leader_epoch: start.leader_epoch,
            partition_epoch: start.partition_epoch,
            epoch_start: start.log_end,
            followers: BTreeMap::new(),
            eligible: BTreeMap::new(),
            in_sync: InSync::new(start.isr),
            log_end: start.log_end,
            synced_end: start.synced_end.min(start.log_end),
            hold: SyncHold::default(),
            high_watermark: start.high_watermark.min(start.log_end),
            waits: Waits::default(),
            settings: start.settings,
            now: start.now,
            resigned: false,
        };
        leader.reset_followers(&start.replicas);
        if leader.settings.sync_for_ack {
            leader.hold.hold(leader.synced_end, leader.log_end);
        }
        leader.advance();
        leader
    }

    /// This broker.
    #[must_use]
    pub const fn local(&self) -> BrokerId {
        self.local
    }

    /// Epoch it leads in.
    #[must_use]
    pub const fn leader_epoch(&self) -> LeaderEpoch {
        self.leader_epoch
    }

    /// Epoch of the partition record it last heard of.
    #[must_use]
    pub const fn partition_epoch(&self) -> i32 {
        self.partition_epoch
    }

    /// Where the log ended when this leader epoch began.
    #[must_use]
    pub const fn epoch_start(&self) -> Offset {
        self.epoch_start
    }

    /// End of the local log.
    #[must_use]
    pub const fn log_end(&self) -> Offset {
        self.log_end
    }

    /// Up to where the local log is durable.
    #[must_use]
    pub const fn synced_end(&self) -> Offset {
        self.synced_end
    }

    /// First offset that is not on every replica that counts.
    #[must_use]
    pub const fn high_watermark(&self) -> Offset {
        self.high_watermark
    }

    /// The in-sync set that the controller has committed, in ascending order.
    pub fn isr(&self) -> impl Iterator<Item = BrokerId> + '_ {
        self.in_sync.committed().iter().copied()
    }

    /// The committed in-sync set and what has been proposed to join it, in ascending order.
    pub fn maximal_isr(&self) -> impl Iterator<Item = BrokerId> + '_ {
        self.in_sync.maximal().iter().copied()
    }

    /// Every other replica with what is known of it, in ascending order.
    pub fn followers(&self) -> impl Iterator<Item = (BrokerId, &FollowerProgress)> + '_ {
        self.followers
            .iter()
            .map(|(broker, progress)| (*broker, progress))
    }

    /// Whether the in-sync set is smaller than `min.insync.replicas`.
    #[must_use]
    pub fn is_under_min_isr(&self) -> bool {
        self.in_sync.committed().len() < self.min_isr()
    }

    /// Whether an `acks=all` append may begin.
    ///
    /// # Errors
    /// `NOT_ENOUGH_REPLICAS` while the in-sync set is smaller than `min.insync.replicas`,
    /// `NOT_LEADER_OR_FOLLOWER` after [`Leader::resign`].
    pub fn check_enough_replicas(&self) -> Result<(), ErrorCode> {
        if self.resigned {
            Err(ErrorCode::NOT_LEADER_OR_FOLLOWER)
        } else if self.is_under_min_isr() {
            Err(ErrorCode::NOT_ENOUGH_REPLICAS)
        } else {
            Ok(())
        }
    }

    /// Records were written: the log ends at `end` now. With `waits_for_sync` (an `acks=all`
    /// append) the high watermark stays before them until they are synced.
    pub fn appended(&mut self, end: Offset, waits_for_sync: bool) -> Option<Offset> {
        if end <= self.log_end {
            return None;
        }
        if waits_for_sync && self.settings.sync_for_ack {
            self.hold.hold(self.log_end, end);
        }
        self.log_end = end;
        self.advance()
    }

    /// The local log is durable up to `end`.
    pub fn synced(&mut self, end: Offset) -> Option<Offset> {
        let end = end.min(self.log_end);
        if end <= self.synced_end {
            return None;
        }
        self.synced_end = end;
        self.hold.synced(end);
        self.advance()
    }

    /// A follower fetched (see [`FollowerFetch`] for which fetches count).
    ///
    /// # Errors
    /// `UNKNOWN_LEADER_EPOCH` when it is not a replica (metadata of one side is behind; it tries
    /// again), `NOT_LEADER_OR_FOLLOWER` when a later registration of the broker has fetched already
    /// or this leader has resigned, `OFFSET_OUT_OF_RANGE` past the end of the log.
    pub fn follower_fetched(
        &mut self,
        now: Mono,
        fetch: FollowerFetch,
    ) -> Result<Option<Offset>, ErrorCode> {
        self.now = self.now.max(now);
        if self.resigned {
            return Err(ErrorCode::NOT_LEADER_OR_FOLLOWER);
        }
        let Some(progress) = self.followers.get_mut(&fetch.broker) else {
            return Err(ErrorCode::UNKNOWN_LEADER_EPOCH);
        };
        if fetch.broker_epoch != BrokerEpoch::NONE && fetch.broker_epoch < progress.broker_epoch {
            return Err(ErrorCode::NOT_LEADER_OR_FOLLOWER);
        }
        if fetch.offset > self.log_end || fetch.offset < Offset(0) {
            return Err(ErrorCode::OFFSET_OUT_OF_RANGE);
        }
        progress.fetched(now, &fetch, self.log_end);
        Ok(self.advance())
    }

    /// A broker may be in sync (`Some`, with its registration) or may not: it is fenced, shutting
    /// down or gone (`None`).
    pub fn eligibility_changed(
        &mut self,
        broker: BrokerId,
        registration: Option<BrokerEpoch>,
    ) -> Option<Offset> {
        match registration {
            Some(epoch) => self.eligible.insert(broker, epoch),
            None => self.eligible.remove(&broker),
        };
        self.advance()
    }

    /// Time passed: a follower that was about to join may have missed its time, and hold the high
    /// watermark no more. To be told every half of `replica.lag.time.max.ms`.
    pub fn time_passed(&mut self, now: Mono) -> Option<Offset> {
        self.now = self.now.max(now);
        self.advance()
    }

    /// Settings changed.
    pub fn settings_changed(&mut self, settings: Settings) -> Option<Offset> {
        self.settings = settings;
        if !settings.sync_for_ack {
            self.hold.release();
        }
        self.advance()
    }

    /// The controller committed an in-sync set: in answer to a proposal, or by the metadata log.
    /// An older partition epoch is ignored; whatever was proposed is settled.
    pub fn isr_changed(&mut self, isr: &[BrokerId], partition_epoch: i32) -> Option<Offset> {
        if partition_epoch < self.partition_epoch {
            return None;
        }
        if partition_epoch == self.partition_epoch
            && self.in_sync.committed() == sorted(isr.iter().copied())
        {
            return None;
        }
        self.partition_epoch = partition_epoch;
        self.in_sync = InSync::new(isr.iter().copied());
        self.advance()
    }

    /// A new partition record that still names this broker the leader. In a new leader epoch what
    /// was known of the followers is forgotten; the records are still here, so that waits go on.
    pub fn update(&mut self, now: Mono, update: &LeaderUpdate) -> Option<Offset> {
        self.now = self.now.max(now);
        if update.partition_epoch < self.partition_epoch || update.leader_epoch < self.leader_epoch
        {
            return None;
        }
        if update.leader_epoch > self.leader_epoch {
            self.leader_epoch = update.leader_epoch;
            self.epoch_start = self.log_end;
            self.in_sync = InSync::new(update.isr.iter().copied());
            self.partition_epoch = update.partition_epoch;
            self.reset_followers(&update.replicas);
            return self.advance();
        }
        self.keep_followers(&update.replicas);
        let moved = self.isr_changed(&update.isr, update.partition_epoch);
        moved.or_else(|| self.advance())
    }

    /// `token` waits until the high watermark has reached `required_offset` (the offset after the
    /// last record of its append). The answer comes from [`Leader::completed`].
    pub fn wait(&mut self, token: RequestToken, required_offset: Offset) {
        self.waits.add(token, required_offset);
        if self.resigned {
            self.waits.fail_all(ErrorCode::NOT_LEADER_OR_FOLLOWER);
        } else {
            self.answer_waits();
        }
    }

    /// The request behind `token` gave up (its timeout); says whether it was still waiting.
    pub fn forget(&mut self, token: RequestToken) -> bool {
        self.waits.forget(token)
    }

    /// Requests whose wait ended since the last call: `Ok`, or `NOT_ENOUGH_REPLICAS_AFTER_APPEND`
    /// (the in-sync set had shrunk under the minimum meanwhile), or `NOT_LEADER_OR_FOLLOWER`.
    pub fn completed(&mut self) -> Vec<(RequestToken, Result<(), ErrorCode>)> {
        self.waits.drain()
    }

    /// This broker leads no more: every wait fails, and nothing moves from here on.
    pub fn resign(&mut self) {
        self.resigned = true;
        self.waits.fail_all(ErrorCode::NOT_LEADER_OR_FOLLOWER);
    }

    /// Which change of the in-sync set to propose, if any; at most one is open at a time.
    ///
    /// Joining: caught up to the high watermark and to the start of this epoch, eligible, and its
    /// fetches come from the registration that metadata knows. Leaving: not at the log end and not
    /// caught up for `replica.lag.time.max.ms`. To be asked after fetches and every half of that time.
    pub fn propose_isr(&mut self, now: Mono) -> Option<IsrProposal> {
        self.now = self.now.max(now);
        if self.resigned || self.in_sync.is_pending() {
            return None;
        }
        let committed = self.in_sync.committed();
        let settled = self.followers.iter().all(|(broker, progress)| {
            self.belongs(*broker, progress) == committed.contains(broker)
        });
        if settled {
            return None;
        }
        // The epoch of the very fetches that were judged, not the one metadata has by now.
        let members = self
            .followers
            .iter()
            .filter(|(broker, progress)| self.belongs(**broker, progress))
            .map(|(broker, progress)| (*broker, progress.broker_epoch));
        let mut isr: Vec<_> = members.collect();
        isr.push((self.local, self.registration(self.local)));
        isr.sort_unstable();
        let proposal = IsrProposal {
            isr,
            leader_epoch: self.leader_epoch,
            partition_epoch: self.partition_epoch,
        };
        self.in_sync.propose(&proposal);
        Some(proposal)
    }

    /// The controller refused the proposal that was based on `partition_epoch`. Where that drops a
    /// proposed member, the high watermark may have moved: ask [`Leader::high_watermark`].
    pub fn isr_refused(&mut self, partition_epoch: i32, code: ErrorCode) -> IsrRefusal {
        let refusal = self.in_sync.refused(partition_epoch, code);
        self.advance();
        refusal
    }

    /// Checks I1.
    ///
    /// # Panics
    /// When it does not hold: a bug of this crate.
    pub fn check_invariants(&self) {
        assert!(self.high_watermark <= self.log_end, "I1");
        assert!(self.synced_end <= self.log_end, "I1");
    }

    fn min_isr(&self) -> usize {
        self.settings
            .min_insync_replicas
            .min(self.followers.len() + 1)
    }

    fn registration(&self, broker: BrokerId) -> BrokerEpoch {
        self.eligible
            .get(&broker)
            .copied()
            .unwrap_or(BrokerEpoch::NONE)
    }

    /// Whether a follower should be in the in-sync set.
    fn belongs(&self, broker: BrokerId, progress: &FollowerProgress) -> bool {
        if self.in_sync.committed().contains(&broker) {
            progress.is_caught_up(self.now, self.log_end, self.settings.lag_time_max)
        } else {
            self.may_join(broker, progress)
        }
    }

    fn may_join(&self, broker: BrokerId, progress: &FollowerProgress) -> bool {
        let Some(registration) = self.eligible.get(&broker) else {
            return false;
        };
        let same_registration =
            progress.broker_epoch == BrokerEpoch::NONE || progress.broker_epoch == *registration;
        same_registration
            && progress
                .log_end
                .is_some_and(|end| end >= self.high_watermark && end >= self.epoch_start)
    }

    fn reset_followers(&mut self, replicas: &[BrokerId]) {
        self.followers.clear();
        self.keep_followers(replicas);
    }

    /// Drops who is no replica any more and adds who has become one.
    fn keep_followers(&mut self, replicas: &[BrokerId]) {
        self.followers.retain(|broker, _| replicas.contains(broker));
        for broker in replicas {
            if *broker != self.local {
                let in_sync_since = self
                    .in_sync
                    .committed()
                    .contains(broker)
                    .then_some(self.now);
                self.followers
                    .entry(*broker)
                    .or_insert_with(|| FollowerProgress::unknown(in_sync_since));
            }
        }
    }

    /// Moves the high watermark as far as it may go.
    fn advance(&mut self) -> Option<Offset> {
        if self.resigned {
            return None;
        }
        let mut moved = None;
        if !self.is_under_min_isr() {
            let candidate = self.candidate();
            if candidate > self.high_watermark {
                self.high_watermark = candidate;
                moved = Some(candidate);
            }
        }
        self.answer_waits();
        moved
    }

    /// The lowest end among the replicas that the high watermark waits for.
    fn candidate(&self) -> Offset {
        let mut lowest = self.hold.limit(self.log_end);
        for (broker, progress) in &self.followers {
            let counts =
                self.in_sync.maximal().contains(broker) || self.is_joining(*broker, progress);
            if counts {
                lowest = lowest.min(progress.log_end.unwrap_or(self.high_watermark));
            }
        }
        lowest
    }

    /// A follower outside the set that is caught up will ask to join at once: passing it now would
    /// put it back behind the high watermark.
    fn is_joining(&self, broker: BrokerId, progress: &FollowerProgress) -> bool {
        self.eligible.contains_key(&broker)
            && progress.is_caught_up(self.now, self.log_end, self.settings.lag_time_max)
    }

    fn answer_waits(&mut self) {
        let result = if self.in_sync.maximal().len() < self.min_isr() {
            Err(ErrorCode::NOT_ENOUGH_REPLICAS_AFTER_APPEND)
        } else {
            Ok(())
        };
        self.waits.reached(self.high_watermark, result);
    }
}

#[cfg(test)]
mod tests;
