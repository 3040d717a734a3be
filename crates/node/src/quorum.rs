//! The metadata quorum as this node takes part in it: consensus, log, controller, and the broker's
//! own registration.
//!
//! Responsible for carrying out what the machines order, in an order that keeps their promises.
//! Not responsible for threads and clocks: it is driven by one caller, who passes the time.
//!
//! Q1  a vote or epoch is on disk before anything is said or appended under it
//! Q2  records are applied to the controller as they are appended, to the published image and to
//!     the answers only when the high watermark has passed them
//! Q3  after a fault of the log nothing is decided any more

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use ottla_config::BrokerConfig;
use ottla_metadata::{
    Activate, Bootstrap, Command, Controller, ControllerConfig, HeartbeatReply, Image, Moment,
    Position, Refusal, RegisterBroker, RegisterController, Tick,
};
use ottla_protocol::messages::{VotersRecord, voters_record};
use ottla_raft::{
    Fault as RaftFault, Input, Output as RaftOutput, Raft, RaftStart, ReplicaKey, Timing,
};
use ottla_storage::fs::FileSystem;
use ottla_types::{
    BrokerEpoch, BrokerId, ErrorCode, LeaderEpoch, Mono, Now, Offset, RequestToken, Saturate, Uuid,
};

use crate::{
    LogCut,
    lifecycle::{Lifecycle, Say},
    metadata_log::{LoggedVoters, METADATA_DIRECTORY, MetadataLog, MetadataLogError},
    metadata_thread::{MetadataCommand, MetadataReply, MetadataRequest},
    quorum_state::{self, Form},
    reserve::Reserve,
};

mod status;

pub use status::{QuorumReplica, QuorumStatus};

/// Most records of one batch, where a decision may be split.
const RECORDS_PER_BATCH: usize = 1_000;

/// What a quorum member starts from.
#[derive(Debug)]
pub struct QuorumStart {
    /// Where its files are.
    pub fs: Arc<dyn FileSystem>,
    /// The metadata log directory (`metadata.log.dir`, or the first of `log.dirs`).
    pub directory: PathBuf,
    /// Id of that directory.
    pub directory_id: Uuid,
    /// The node's configuration.
    pub config: BrokerConfig,
    /// Id of the cluster.
    pub cluster_id: String,
    /// The first records of a new cluster.
    pub bootstrap: Bootstrap,
    /// How this process registers as a broker; `None` for a mere controller.
    pub broker: Option<RegisterBroker>,
    /// How this process registers as a controller.
    pub controller: RegisterController,
    /// For ids that nobody can guess.
    pub seed: [u8; 32],
}

/// What a turn of the quorum brings forth.
#[derive(Debug)]
pub enum QuorumOutput {
    /// A newer committed image. Tell [`Quorum::published`] when it is.
    Publish(Image),
    /// The controller's answer; to whom, if anybody waits.
    Replied(Option<RequestToken>, MetadataReply),
    /// This broker is registered under this epoch.
    Registered(BrokerEpoch),
    /// Who leads the quorum, `NONE` while nobody is known to.
    Leader(BrokerId),
    /// Another member of the quorum said what no sound one says, and was not believed.
    Conflict(RaftFault),
}

#[derive(Debug)]
enum Answer {
    Client(Option<RequestToken>, MetadataReply),
    Registration(Result<BrokerEpoch, Refusal>),
    Heartbeat(Result<HeartbeatReply, Refusal>),
    Nobody,
}

#[derive(Debug)]
struct Pending {
    /// Where the high watermark has to come.
    end: Offset,
    answer: Answer,
    /// The state that the records up to `end` give.
    image: Image,
}

/// This node's part in the metadata quorum.
#[derive(Debug)]
pub struct Quorum {
    fs: Arc<dyn FileSystem>,
    state_file: PathBuf,
    log: MetadataLog,
    reserve: Reserve,
    raft: Raft,
    controller_config: ControllerConfig,
    seed: [u8; 32],
    committed: Image,
    high_watermark: Offset,
    leading: Option<Leading>,
    pending: VecDeque<Pending>,
    lifecycle: Option<Lifecycle>,
    registration: RegisterController,
    outputs: Vec<QuorumOutput>,
    /// Committed and not yet published.
    newest: Option<Image>,
    /// Up to which record the broker follows.
    published: Offset,
}

#[derive(Debug)]
struct Leading {
    epoch: LeaderEpoch,
    controller: Controller,
}

impl Quorum {
    /// What was cut off the metadata log when it was opened, if nobody was told of it yet.
    pub fn take_cut(&mut self) -> Option<LogCut> {
        self.log.take_cut()
    }

    /// Opens the metadata log and joins the quorum.
    ///
    /// # Errors
    /// When the log or the vote cannot be read.
    pub fn open(start: QuorumStart, now: Now) -> Result<Self, MetadataLogError> {
        let directory = start.directory.join(METADATA_DIRECTORY);
        let limits = &start.config.metadata_log;
        let mut reserve = Reserve::find(&start.fs, &start.directory);
        let mut log = with_room(&mut reserve, now, || {
            MetadataLog::open(Arc::clone(&start.fs), &directory, limits, now)
        })?;
        let committed = log.load_snapshot()?;
        let state_file = directory.join(quorum_state::FILE);
        let election = quorum_state::load(&*start.fs, &state_file)?;
        let own = start.config.identity.node_id;
        let end = log.log().log_end_offset();
        log.replay(&mut committed.clone(), end)?;
        let (local, voters) = members(&start.config, &log, start.directory_id);
        if voters.iter().any(|voter| voter.id != own) {
            return Err(MetadataLogError::ManyVoters(
                voters.iter().map(|voter| voter.id).collect(),
            ));
        }
        let [a, b, c, d, e, f, g, h, ..] = start.seed;
        let raft = Raft::new(RaftStart {
            now: now.mono,
            local,
            voters,
            voter_changes: log
                .voters()
                .filter(|voters| voters.offset != Offset::NONE)
                .map(|voters| (voters.offset, voter_keys(&voters.record)))
                .into_iter()
                .collect(),
            election,
            log: log.state(),
            timing: timing(&start.config),
            seed: u64::from_be_bytes([a, b, c, d, e, f, g, h]),
        });
        let interval: u64 = start
            .config
            .identity
            .heartbeat_interval_ms
            .max(1)
            .saturate();
        let limit = Duration::from_millis(start.config.logs.dir_failure_timeout_ms.saturate());
        let lifecycle = start.broker.map(|registration| {
            Lifecycle::new(registration, Duration::from_millis(interval), limit)
        });
        Ok(Self {
            fs: start.fs,
            state_file,
            log,
            reserve,
            raft,
            controller_config: ControllerConfig {
                cluster_id: start.cluster_id,
                broker: start.config,
                bootstrap: start.bootstrap,
            },
            seed: start.seed,
            high_watermark: committed.position().offset.plus(1),
            committed,
            leading: None,
            pending: VecDeque::new(),
            lifecycle,
            registration: start.controller,
            outputs: Vec::new(),
            newest: None,
            published: Offset::NONE,
        })
    }

    /// Hands a command to the controller, if it is this node. Call [`Self::turn`] afterwards, once
    /// for any number of commands: they share a sync.
    ///
    /// # Errors
    /// When the log cannot be written; the node must stop.
    pub fn submit(&mut self, now: Now, request: MetadataRequest) -> Result<(), MetadataLogError> {
        let MetadataRequest { token, command } = request;
        if self.leading.is_none() {
            let reply = command.refuse(ErrorCode::NOT_CONTROLLER);
            self.outputs.push(QuorumOutput::Replied(token, reply));
            return Ok(());
        }
        let client = |reply| Answer::Client(token, reply);
        match command {
            MetadataCommand::CreateTopics(command) => self.decide(now, command, |reply| {
                client(MetadataReply::CreateTopics(reply))
            }),
            MetadataCommand::DeleteTopics(command) => self.decide(now, command, |reply| {
                client(MetadataReply::DeleteTopics(reply))
            }),
            MetadataCommand::CreatePartitions(command) => self.decide(now, command, |reply| {
                client(MetadataReply::CreatePartitions(reply))
            }),
            MetadataCommand::IncrementalAlterConfigs(command) => {
                self.decide(now, command, |reply| {
                    client(MetadataReply::AlteredConfigs(reply))
                })
            }
            MetadataCommand::AlterConfigs(command) => self.decide(now, command, |reply| {
                client(MetadataReply::AlteredConfigs(reply))
            }),
            MetadataCommand::AssignReplicasToDirs(command) => self.decide(now, command, |reply| {
                client(MetadataReply::AssignedReplicas(reply))
            }),
            MetadataCommand::ElectLeaders(command) => self.decide(now, command, |reply| {
                client(MetadataReply::ElectedLeaders(reply, ErrorCode::NONE))
            }),
            MetadataCommand::DescribeQuorum => {
                let reply = MetadataReply::Quorum(Ok(self.status(now)));
                self.outputs.push(QuorumOutput::Replied(token, reply));
                Ok(())
            }
            MetadataCommand::AllocateProducerIds(command) => self.decide(now, command, |reply| {
                client(MetadataReply::ProducerIds(reply))
            }),
        }
    }

    /// Does all that is due and gives what came of it.
    ///
    /// # Errors
    /// When the log cannot be written or contradicts itself; the node must stop.
    pub fn turn(&mut self, now: Now) -> Result<Vec<QuorumOutput>, MetadataLogError> {
        if self
            .raft
            .next_deadline()
            .is_some_and(|deadline| now.mono >= deadline)
        {
            self.raft.handle(now.mono, Input::Tick);
        }
        loop {
            while let Some(order) = self.raft.poll_output() {
                self.carry_out(now, order)?;
            }
            if !self.act(now)? {
                break;
            }
        }
        if let Some(id) = self
            .lifecycle
            .as_ref()
            .and_then(|life| life.overdue(now.mono))
        {
            return Err(MetadataLogError::DirectoryNotReported(id));
        }
        self.log.snapshot_if_due(now, &self.committed)?;
        self.reserve.restore(now.mono);
        let mut outputs = std::mem::take(&mut self.outputs);
        // Whoever is answered finds what was decided in the image.
        if let Some(image) = self.newest.take() {
            outputs.insert(0, QuorumOutput::Publish(image));
        }
        Ok(outputs)
    }

    /// When [`Self::turn`] has something to do by the clock.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Mono> {
        let controller = self
            .leading
            .as_ref()
            .and_then(|leading| leading.controller.next_deadline());
        let lifecycle = self
            .lifecycle
            .as_ref()
            .filter(|_| self.leading.is_some())
            .and_then(Lifecycle::next_deadline);
        [self.raft.next_deadline(), controller, lifecycle]
            .into_iter()
            .flatten()
            .min()
    }

    /// Has the controller hear which log directories get no new replicas. Call [`Self::turn`] afterwards.
    pub fn cordon(&mut self, directories: Vec<Uuid>) {
        if let Some(lifecycle) = &mut self.lifecycle {
            lifecycle.cordon(directories);
        }
    }

    /// Has the controller hear of a log directory that failed. Call [`Self::turn`] afterwards.
    pub fn directory_failed(&mut self, now: Now, id: Uuid) {
        if let Some(lifecycle) = &mut self.lifecycle {
            lifecycle.directory_failed(now.mono, id);
        }
    }

    /// The image whose last record is at `offset` was published: the controller hears how far this broker
    /// has come. Call [`Self::turn`] afterwards, if the broker is not running.
    pub fn published(&mut self, offset: Offset) {
        if offset > self.published {
            self.published = offset;
            if let Some(lifecycle) = &mut self.lifecycle {
                lifecycle.caught_up();
            }
        }
    }

    /// Has the broker take leave of the controller.
    pub fn shut_down(&mut self) {
        if let Some(lifecycle) = &mut self.lifecycle {
            lifecycle.shut_down();
        }
    }

    /// Whether the broker has been let go.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.lifecycle.as_ref().is_none_or(Lifecycle::is_gone)
    }

    /// Whether the broker is registered and unfenced.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.lifecycle.as_ref().is_none_or(Lifecycle::is_running)
    }

    /// The committed image.
    #[must_use]
    pub const fn image(&self) -> &Image {
        &self.committed
    }

    /// Does what the clock or the broker's life demands of a leading controller; whether anything.
    fn act(&mut self, now: Now) -> Result<bool, MetadataLogError> {
        let Some(leading) = &self.leading else {
            let Some(epoch) = self.raft.append_epoch() else {
                return Ok(false);
            };
            self.lead(now, epoch)?;
            return Ok(true);
        };
        let is_due = leading
            .controller
            .next_deadline()
            .is_some_and(|deadline| now.mono >= deadline);
        // The broker speaks first: while the caller did something else neither of the two could, and its
        // own session must not end for that.
        let applied = self.published;
        let say = self
            .lifecycle
            .as_mut()
            .and_then(|life| life.due(now.mono, applied));
        match say {
            Some(Say::Register(command)) => self.decide(now, command, Answer::Registration)?,
            Some(Say::Heartbeat(command)) => self.decide(now, command, Answer::Heartbeat)?,
            None if is_due => self.decide(now, Tick, |()| Answer::Nobody)?,
            None => return Ok(false),
        }
        Ok(true)
    }

    fn decide<C: Command>(
        &mut self,
        now: Now,
        command: C,
        answer: impl FnOnce(C::Reply) -> Answer,
    ) -> Result<(), MetadataLogError> {
        let Some(leading) = &mut self.leading else {
            return Ok(());
        };
        let next_offset = self.log.log().log_end_offset();
        let decision = leading
            .controller
            .decide(Moment { now, next_offset }, command);
        let per_batch = if decision.atomic {
            decision.records.len().max(1)
        } else {
            RECORDS_PER_BATCH
        };
        for batch in decision.records.chunks(per_batch) {
            with_room(&mut self.reserve, now, || {
                self.log.append(now, leading.epoch, batch)
            })?;
        }
        let mut offset = decision.base_offset;
        for written in &decision.records {
            let at = Position {
                offset,
                epoch: leading.epoch,
                timestamp: now.wall,
            };
            leading
                .controller
                .apply(at, &written.record)
                .map_err(|source| MetadataLogError::Replay {
                    offset: offset.0,
                    source,
                })?;
            offset = offset.plus(1);
        }
        self.pending.push_back(Pending {
            end: offset,
            answer: answer(decision.reply),
            image: leading.controller.image().clone(),
        });
        if decision.records.is_empty() {
            self.commit(now, self.high_watermark);
        } else {
            self.raft.handle(
                now.mono,
                Input::Appended {
                    end: offset,
                    epoch: leading.epoch,
                },
            );
        }
        Ok(())
    }

    fn carry_out(&mut self, now: Now, order: RaftOutput) -> Result<(), MetadataLogError> {
        match order {
            RaftOutput::PersistElection(election) => {
                let form = match self.log.voters() {
                    Some(_) => Form::WithDirectories,
                    None => {
                        Form::WithVoters(self.raft.voters().iter().map(|voter| voter.id).collect())
                    }
                };
                with_room(&mut self.reserve, now, || {
                    quorum_state::store(&*self.fs, &self.state_file, &election, &form)
                })?;
                self.raft.handle(now.mono, Input::ElectionPersisted);
            }
            RaftOutput::AppendLeaderChange {
                epoch,
                leader,
                voters,
                granting_voters,
            } => {
                self.begin_epoch(now, epoch, leader, &voters, &granting_voters)?;
            }
            RaftOutput::SyncLog => {
                let end = with_room(&mut self.reserve, now, || self.log.sync())?;
                self.raft.handle(now.mono, Input::Synced { end });
            }
            RaftOutput::HighWatermark(end) => self.commit(now, end),
            RaftOutput::BecameLeader { .. } => {
                self.outputs
                    .push(QuorumOutput::Leader(self.controller_config.node_id()));
            }
            RaftOutput::Resigned { .. } => {
                self.step_down();
                self.outputs.push(QuorumOutput::Leader(BrokerId::NONE));
            }
            // A quorum of one has no peers: nobody to follow, to send to or to answer.
            RaftOutput::BecameFollower { .. }
            | RaftOutput::BecameUnattached { .. }
            | RaftOutput::AppendFetched { .. }
            | RaftOutput::Truncate { .. }
            | RaftOutput::StoreSnapshotPart { .. }
            | RaftOutput::InstallSnapshot { .. }
            | RaftOutput::Send { .. }
            | RaftOutput::Respond { .. } => {}
            RaftOutput::Fault(fault @ RaftFault::TruncationBelowHighWatermark { .. }) => {
                return Err(MetadataLogError::Quorum(fault));
            }
            RaftOutput::Fault(fault @ RaftFault::ConflictingLeader { .. }) => {
                self.outputs.push(QuorumOutput::Conflict(fault));
            }
        }
        Ok(())
    }

    /// Writes the batch that begins an epoch. The first one of a quorum whose voters were formatted
    /// into it carries them too, so that the log alone says who votes.
    fn begin_epoch(
        &mut self,
        now: Now,
        epoch: LeaderEpoch,
        leader: BrokerId,
        voters: &[BrokerId],
        granting_voters: &[BrokerId],
    ) -> Result<(), MetadataLogError> {
        let offset = self.log.log().log_end_offset();
        let formatted = self
            .log
            .voters()
            .filter(|_| offset == Offset(0))
            .map(|voters| voters.record.clone());
        let batch = quorum_state::leader_change(
            (leader, voters, granting_voters),
            formatted.as_ref(),
            offset,
            epoch,
            now.wall,
        )?;
        let end = with_room(&mut self.reserve, now, || {
            self.log.append_batch(now, epoch, &batch)
        })?;
        self.raft.handle(now.mono, Input::Appended { end, epoch });
        if let Some(record) = formatted {
            let offset = end.plus(-1);
            let keys = voter_keys(&record);
            self.log.set_voters(LoggedVoters { offset, record });
            self.raft.handle(
                now.mono,
                Input::VotersAppended {
                    offset,
                    voters: keys,
                },
            );
        }
        Ok(())
    }

    /// Takes up the leadership of `epoch`: the log as it is becomes the controller's state.
    fn lead(&mut self, now: Now, epoch: LeaderEpoch) -> Result<(), MetadataLogError> {
        let mut image = self.committed.clone();
        self.log
            .replay(&mut image, self.log.log().log_end_offset())?;
        let controller = Controller::new(self.controller_config.clone(), self.seed, image);
        self.leading = Some(Leading { epoch, controller });
        self.decide(now, Activate, |()| Answer::Nobody)?;
        let registration = self.registration.clone();
        self.decide(now, registration, |_| Answer::Nobody)
    }

    fn step_down(&mut self) {
        self.leading = None;
        for pending in std::mem::take(&mut self.pending) {
            if let Answer::Client(token, reply) = pending.answer {
                self.outputs.push(QuorumOutput::Replied(
                    token,
                    reply.refused(ErrorCode::NOT_CONTROLLER),
                ));
            }
        }
    }

    /// Takes up that everything before `end` is committed.
    fn commit(&mut self, now: Now, end: Offset) {
        self.high_watermark = self.high_watermark.max(end);
        let mut newest = None;
        while let Some(first) = self.pending.front() {
            if first.end > self.high_watermark {
                break;
            }
            let Some(done) = self.pending.pop_front() else {
                break;
            };
            newest = Some(done.image);
            match done.answer {
                Answer::Client(token, reply) => {
                    self.outputs.push(QuorumOutput::Replied(token, reply));
                }
                Answer::Registration(outcome) => {
                    let epoch = outcome.ok();
                    if let Some(epoch) = epoch {
                        self.outputs.push(QuorumOutput::Registered(epoch));
                    }
                    if let Some(lifecycle) = &mut self.lifecycle {
                        lifecycle.registered(now.mono, epoch);
                    }
                }
                Answer::Heartbeat(outcome) => {
                    if let Some(lifecycle) = &mut self.lifecycle {
                        lifecycle.answered(now.mono, outcome.ok());
                    }
                }
                Answer::Nobody => {}
            }
        }
        if let Some(image) = newest
            && image.position().offset > self.committed.position().offset
        {
            self.committed = image.clone();
            self.newest = Some(image);
        }
    }
}

/// Does something on the metadata log's disk; if that is full, once more with the reserve given up.
fn with_room<T>(
    reserve: &mut Reserve,
    now: Now,
    mut work: impl FnMut() -> Result<T, MetadataLogError>,
) -> Result<T, MetadataLogError> {
    match work() {
        Err(error) if error.is_no_space() && reserve.release(now.mono) => work(),
        outcome => outcome,
    }
}

/// This node as a replica of the metadata log, and all voters: those of the log, or else those of
/// the configuration, or else this node alone.
fn members(
    config: &BrokerConfig,
    log: &MetadataLog,
    directory: Uuid,
) -> (ReplicaKey, Vec<ReplicaKey>) {
    let id = config.identity.node_id;
    if let Some(voters) = log.voters() {
        return (ReplicaKey { id, directory }, voter_keys(&voters.record));
    }
    let configured = config.quorum.voters.iter();
    let mut voters: Vec<ReplicaKey> = configured
        .map(|voter| ReplicaKey::without_directory(voter.id))
        .collect();
    if voters.is_empty() {
        voters.push(ReplicaKey::without_directory(id));
    }
    (ReplicaKey::without_directory(id), voters)
}

fn voter_keys(record: &VotersRecord<'_>) -> Vec<ReplicaKey> {
    let key = |voter: &voters_record::Voter<'_>| ReplicaKey {
        id: BrokerId(voter.voter_id),
        directory: voter.voter_directory_id,
    };
    record.voters.iter().map(key).collect()
}

fn timing(config: &BrokerConfig) -> Timing {
    let millis = |ms: i32| Duration::from_millis(ms.saturate());
    Timing {
        election_timeout: millis(config.quorum.election_timeout_ms),
        fetch_timeout: millis(config.quorum.fetch_timeout_ms),
        election_backoff_max: millis(config.quorum.election_backoff_max_ms),
        request_timeout: millis(config.quorum.request_timeout_ms),
        retry_backoff: millis(config.quorum.retry_backoff_ms),
        ..Timing::default()
    }
}

/// The metadata directory of a configuration.
#[must_use]
pub fn metadata_directory(config: &BrokerConfig) -> &Path {
    Path::new(&config.metadata_log.dir)
}
