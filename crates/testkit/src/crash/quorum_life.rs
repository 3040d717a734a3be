//! The life of a voter's files: its votes and the snapshots of the metadata log.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use ottla_node::quorum_state::{self, Form};
use ottla_raft::{ElectionState, ReplicaKey};
use ottla_storage::{
    fs::FileSystem,
    snapshot::{self, Snapshot, SnapshotId},
};
use ottla_types::{BrokerId, LeaderEpoch, Offset, Uuid, WallMs};

use super::{Disk, Ended, Promises, Scenario, directory_life::Either, disk::check_untouched};

#[derive(Clone, Debug)]
pub(super) struct QuorumPromise {
    is_made: bool,
    vote: Either<ElectionState>,
    snapshots: BTreeSet<SnapshotId>,
    /// Being written or removed.
    unsure: Option<SnapshotId>,
}

impl Default for QuorumPromise {
    fn default() -> Self {
        Self {
            is_made: false,
            vote: Either::of(ElectionState::default()),
            snapshots: BTreeSet::new(),
            unsure: None,
        }
    }
}

/// The life.
#[derive(Debug)]
pub(super) struct QuorumLife;

const DIRECTORY: &str = "/data/__cluster_metadata-0";

fn vote_path() -> PathBuf {
    Path::new(DIRECTORY).join("quorum-state")
}

fn content(id: SnapshotId) -> Snapshot {
    let records = usize::try_from(id.end_offset.0).unwrap_or(0);
    Snapshot {
        last_contained_timestamp: WallMs(id.end_offset.0),
        controls: Vec::new(),
        records: (0..3).map(|n| vec![n; 50 * records + 1]).collect(),
    }
}

fn cast(
    fs: &dyn FileSystem,
    promises: &Promises<QuorumPromise>,
    state: ElectionState,
    form: &Form,
) -> Result<(), Ended> {
    promises.change(|promise| promise.vote.begin(state));
    promises.attempt(|| quorum_state::store(fs, &vote_path(), &state, form))?;
    promises.change(|promise| promise.vote.done());
    Ok(())
}

fn write(
    fs: &dyn FileSystem,
    promises: &Promises<QuorumPromise>,
    id: SnapshotId,
) -> Result<(), Ended> {
    promises.change(|promise| promise.unsure = Some(id));
    let bytes = snapshot::encode(id, WallMs(1), &content(id)).expect("a snapshot");
    promises.attempt(|| snapshot::write(fs, Path::new(DIRECTORY), id, &bytes))?;
    promises.change(|promise| {
        promise.unsure = None;
        promise.snapshots.insert(id);
    });
    Ok(())
}

impl Scenario for QuorumLife {
    type Promise = QuorumPromise;

    fn name(&self) -> String {
        "votes-and-snapshots".to_owned()
    }

    fn live(
        &self,
        fs: Arc<dyn FileSystem>,
        promises: &Promises<QuorumPromise>,
        first: bool,
    ) -> Result<(), Ended> {
        if first {
            promises.attempt(|| fs.create_dir_all(Path::new(DIRECTORY)))?;
            promises.attempt(|| fs.sync_dir(Path::new("/data")))?;
            promises.attempt(|| fs.sync_dir(Path::new("/")))?;
            promises.change(|promise| promise.is_made = true);
        } else {
            if fs.metadata(Path::new(DIRECTORY)).is_err() {
                return Ok(());
            }
            let snapshots = snapshot::list(&*fs, Path::new(DIRECTORY)).expect("a list");
            let state = quorum_state::load(&*fs, &vote_path()).expect("a vote");
            promises.change(|promise| {
                promise.snapshots = snapshots.into_iter().collect();
                promise.unsure = None;
                promise.vote = Either::of(state);
            });
        }
        let voters = Form::WithVoters([1, 2, 3].map(BrokerId).to_vec());
        for round in 1..5_u8 {
            let base = if first { 0 } else { 100 };
            let epoch = LeaderEpoch(base + i32::from(round));
            let form = if round % 2 == 0 {
                &Form::WithDirectories
            } else {
                &voters
            };
            // The older form does not tell directories.
            let directory = if round % 2 == 0 { round } else { 0 };
            let voted = ReplicaKey {
                id: BrokerId(round.into()),
                directory: Uuid([directory; 16]),
            };
            let mut state = ElectionState {
                epoch,
                leader: None,
                voted: Some(voted),
            };
            cast(&*fs, promises, state, form)?;
            state.leader = Some(BrokerId(round.into()));
            cast(&*fs, promises, state, form)?;
            let end_offset = Offset(i64::from(base) + i64::from(round) * 17);
            write(&*fs, promises, SnapshotId { end_offset, epoch })?;
        }
        Ok(())
    }

    fn check(&self, disk: &Disk, promise: &QuorumPromise) {
        let fs = disk.file_system();
        let directory = Path::new(DIRECTORY);
        if fs.metadata(directory).is_err() {
            assert!(!promise.is_made, "the directory is gone");
            return;
        }
        let found = quorum_state::load(&*fs, &vote_path());
        let found = found.unwrap_or_else(|error| panic!("{error}"));
        let allowed = &promise.vote;
        assert!(allowed.allows(&found), "voted {found:?}, not {allowed:?}");
        let snapshots = snapshot::list(&*fs, directory).expect("a list");
        for id in &snapshots {
            let known = promise.snapshots.contains(id) || promise.unsure == Some(*id);
            assert!(known, "snapshot {id} was never written");
            let bytes = fs.read(&directory.join(id.file_name())).expect("a file");
            let decoded = snapshot::decode(&bytes);
            let decoded = decoded.unwrap_or_else(|error| panic!("snapshot {id}: {error}"));
            assert_eq!(decoded, content(*id), "snapshot {id}");
        }
        for id in &promise.snapshots {
            assert!(snapshots.contains(id), "snapshot {id} is gone");
        }
        let again = disk.fork();
        let listed = snapshot::list(&*again.file_system(), directory).expect("a list");
        assert_eq!(listed, snapshots);
        check_untouched(disk.memory(), again.memory());
    }
}
