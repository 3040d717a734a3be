//! The vote on disk, and the quorum machine as a node's configuration has it.

use std::{io, path::Path};

use ottla_protocol::{
    messages::{
        LeaderChangeMessage, QuorumStateData, VotersRecord, leader_change_message::Voter,
        quorum_state_data,
    },
    quorum_state,
};
use ottla_raft::{ElectionState, ReplicaKey};
use ottla_records::control::{ControlType, control_batch};
use ottla_storage::{fs::FileSystem, snapshot};
use ottla_types::{BrokerId, LeaderEpoch, Offset, Uuid, WallMs};
use ottla_wire::Writer;

use crate::metadata_log::MetadataLogError;

/// Name of the file.
pub const FILE: &str = "quorum-state";

/// What the node must not forget about elections, and the version of its form; nothing was ever
/// voted for where there is no file.
///
/// # Errors
/// When the file cannot be read, or is not what [`store`] or Apache Kafka writes.
pub fn load(fs: &dyn FileSystem, path: &Path) -> Result<ElectionState, MetadataLogError> {
    let bytes = match fs.read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(ElectionState::default());
        }
        Err(error) => return Err(error.into()),
    };
    let text = String::from_utf8_lossy(&bytes);
    let (state, _) = quorum_state::parse(&text)?;
    let named = |id: i32| (id >= 0).then_some(BrokerId(id));
    Ok(ElectionState {
        epoch: LeaderEpoch(state.leader_epoch),
        leader: named(state.leader_id),
        voted: named(state.voted_id).map(|id| ReplicaKey {
            id,
            directory: state.voted_directory_id,
        }),
    })
}

/// The forms of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Version 0, of a quorum whose voters are configured: names them.
    WithVoters(Vec<BrokerId>),
    /// Version 1, of a quorum whose voters are kept in the log.
    WithDirectories,
}

/// Writes it so that a power cut leaves the old state or the new one.
///
/// # Errors
/// When the disk refuses.
pub fn store(
    fs: &dyn FileSystem,
    path: &Path,
    state: &ElectionState,
    form: &Form,
) -> Result<(), MetadataLogError> {
    let id = |id: Option<BrokerId>| id.map_or(-1, |id| id.0);
    let mut data = QuorumStateData {
        leader_id: id(state.leader),
        leader_epoch: state.epoch.0,
        voted_id: id(state.voted.map(|voted| voted.id)),
        voted_directory_id: state.voted.map_or(Uuid::ZERO, |voted| voted.directory),
        ..QuorumStateData::default()
    };
    let version = match form {
        Form::WithDirectories => 1,
        Form::WithVoters(voters) => {
            let voter = |voter: &BrokerId| quorum_state_data::Voter {
                voter_id: voter.0,
                ..quorum_state_data::Voter::default()
            };
            data.current_voters = Some(voters.iter().map(voter).collect());
            0
        }
    };
    fs.replace(path, quorum_state::to_text(&data, version).as_bytes())?;
    Ok(())
}

/// The batch that begins an epoch: who leads it, of which voters, who voted for it; and who votes,
/// where the log did not say that before.
pub(crate) fn leader_change(
    (leader, voters, granting_voters): (BrokerId, &[BrokerId], &[BrokerId]),
    formatted: Option<&VotersRecord<'_>>,
    offset: Offset,
    epoch: LeaderEpoch,
    now: WallMs,
) -> Result<Vec<u8>, MetadataLogError> {
    let voter = |id: &BrokerId| Voter {
        voter_id: id.0,
        ..Voter::default()
    };
    let message = LeaderChangeMessage {
        version: 0,
        leader_id: leader.0,
        voters: voters.iter().map(voter).collect(),
        granting_voters: granting_voters.iter().map(voter).collect(),
        ..LeaderChangeMessage::default()
    };
    let mut writer = Writer::new();
    message.encode(&mut writer, 0)?;
    let mut records = vec![(ControlType::LeaderChange, writer.into_vec())];
    if let Some(voters) = formatted {
        records.extend(snapshot::voter_controls(voters)?);
    }
    let views: Vec<(ControlType, &[u8])> = records
        .iter()
        .map(|(kind, value)| (*kind, value.as_slice()))
        .collect();
    Ok(control_batch(offset, epoch, now.0, &views)?)
}
