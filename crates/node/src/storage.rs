//! Opening the log directories, and formatting new ones.
//!
//! S1  a directory is formatted only when all are empty of an identity and this node may found a
//!     cluster: an unmounted disk must not make a voter that has forgotten its vote

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use ottla_config::BrokerConfig;
use ottla_metadata::{Bootstrap, MetadataVersion, VersionedRecord};
use ottla_protocol::messages::{VotersRecord, voters_record};
use ottla_storage::{
    directory::{
        DirectoryError as StorageDirectoryError, LogDirectory, METADATA_LOG,
        meta_properties::{Expected, Identity, agree},
    },
    fs::FileSystem,
    snapshot::{self, BOOTSTRAP_FILE, SnapshotError},
};
use ottla_types::{Uuid, WallMs};

use crate::random::Random;

/// Why a node's log directories cannot be opened or formatted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// A log directory cannot be used.
    #[error(transparent)]
    Directory(#[from] StorageDirectoryError),
    /// The disk of the metadata log refuses.
    #[error(
        "Encountered I/O error in metadata log directory {}. Cannot continue.",
        path.display()
    )]
    MetadataDirectory {
        /// The directory.
        path: PathBuf,
        /// What was refused.
        source: StorageDirectoryError,
    },
    /// A `meta.properties` names no node: it was not written to its end.
    #[error("Error: node ID not found in {}", .0.display())]
    NoNodeId(PathBuf),
    /// `bootstrap.checkpoint` cannot be used.
    #[error("{}: {source}", path.display())]
    Bootstrap {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: SnapshotError,
    },
    /// The records of `bootstrap.checkpoint` make no cluster.
    #[error("{}: {reason}", path.display())]
    BootstrapRecords {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// The opened log directories of a node that has an identity.
#[derive(Debug)]
pub struct OpenedStorage {
    /// To whom they belong.
    pub identity: Identity,
    /// Those that hold partitions.
    pub directories: Vec<LogDirectory>,
    /// Those that should and cannot be used.
    pub unusable: Vec<(PathBuf, StorageDirectoryError)>,
    /// The first records of the cluster.
    pub bootstrap: Bootstrap,
    /// Id of the metadata log's directory.
    pub metadata_id: Uuid,
    /// Whether they were formatted just now.
    pub is_new: bool,
}

/// Opens every log directory; formats them on the first start of a node that may.
///
/// New ids are drawn from `seed`, which must come from entropy.
///
/// # Errors
/// When a directory cannot be used or belongs to somebody else, or when none is formatted and this
/// node may not found a cluster.
pub fn open_storage(
    fs: &Arc<dyn FileSystem>,
    config: &BrokerConfig,
    cluster_id: Option<&str>,
    now: WallMs,
    seed: u64,
) -> Result<OpenedStorage, FormatError> {
    let metadata_path = Path::new(&config.metadata_log.dir);
    let mut paths: Vec<&Path> = config.logs.dirs.iter().map(Path::new).collect();
    if !paths.contains(&metadata_path) {
        paths.push(metadata_path);
    }
    let mut handles = Vec::new();
    let mut unusable = Vec::new();
    for path in paths {
        let handle = match LogDirectory::open(Arc::clone(fs), path) {
            Ok(handle) => handle,
            Err(error @ StorageDirectoryError::Locked(_)) => return Err(error.into()),
            Err(error) if path == metadata_path => return Err(metadata_unusable(path, error)),
            Err(error) => {
                unusable.push((path.to_owned(), error));
                continue;
            }
        };
        if handle
            .meta_properties()
            .is_some_and(|properties| properties.node_id.is_none())
        {
            return Err(FormatError::NoNodeId(path.to_owned()));
        }
        handles.push(handle);
    }
    let ids = Random::new(seed);
    let is_new = handles
        .iter()
        .all(|handle| handle.meta_properties().is_none())
        && unusable.is_empty()
        && (cluster_id.is_some() || is_sole_voter(config));
    let expected = Expected {
        cluster_id: cluster_id.map(str::to_owned),
        node_id: Some(config.identity.node_id),
    };
    let mut metadata_id = ids.uuid();
    let identity = if is_new {
        let cluster_id = match cluster_id {
            Some(id) => id.to_owned(),
            None => ids.uuid().to_string(),
        };
        write_first_files(&**fs, metadata_path, config, metadata_id, now)?;
        Identity {
            cluster_id,
            node_id: config.identity.node_id,
        }
    } else {
        let found = handles
            .iter()
            .filter_map(|handle| Some((handle.path(), handle.meta_properties()?)));
        agree(found, expected).map_err(StorageDirectoryError::from)?
    };
    let mut usable = Vec::new();
    for mut handle in handles {
        let is_metadata = handle.path() == metadata_path;
        let new_id = if is_metadata { metadata_id } else { ids.uuid() };
        match handle.complete(&identity, new_id) {
            Ok(id) if is_metadata => metadata_id = id,
            Ok(_) => {}
            Err(error) if is_metadata => return Err(metadata_unusable(metadata_path, error)),
            Err(error) => {
                unusable.push((handle.path().to_owned(), error));
                continue;
            }
        }
        usable.push(handle);
    }
    let mut handles = usable;
    let bootstrap = read_bootstrap(&**fs, metadata_path)?;
    let is_data = |handle: &LogDirectory| {
        config
            .logs
            .dirs
            .iter()
            .any(|path| Path::new(path) == handle.path())
    };
    handles.retain(is_data);
    Ok(OpenedStorage {
        is_new,
        metadata_id,
        identity,
        directories: handles,
        unusable,
        bootstrap,
    })
}

/// What a node that cannot use its metadata directory says.
fn metadata_unusable(path: &Path, error: StorageDirectoryError) -> FormatError {
    match error {
        StorageDirectoryError::Io { .. } => FormatError::MetadataDirectory {
            path: path.to_owned(),
            source: error,
        },
        _ => error.into(),
    }
}

/// Whether this node is a controller and alone the quorum.
#[must_use]
pub fn is_sole_voter(config: &BrokerConfig) -> bool {
    if !config.identity.roles.controller {
        return false;
    }
    match config.quorum.voters.as_slice() {
        [] => {
            let own: Vec<u16> = config
                .listeners
                .listeners
                .iter()
                .filter(|endpoint| config.listeners.is_controller(&endpoint.listener))
                .map(|endpoint| endpoint.port)
                .collect();
            let is_own = |(host, port): &(String, u16)| {
                own.contains(port) && matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1")
            };
            config.quorum.bootstrap_servers.iter().all(is_own)
        }
        [only] => only.id == config.identity.node_id,
        _ => false,
    }
}

/// Writes the first records of a new cluster, and its first voter unless that is configured.
fn write_first_files(
    fs: &dyn FileSystem,
    directory: &Path,
    config: &BrokerConfig,
    directory_id: Uuid,
    now: WallMs,
) -> Result<(), FormatError> {
    let path = directory.join(BOOTSTRAP_FILE);
    let mut records = Vec::new();
    for written in Bootstrap::for_version(MetadataVersion::LATEST).records() {
        let bytes = written.record.encode(written.version).map_err(|error| {
            FormatError::BootstrapRecords {
                path: path.clone(),
                reason: error.to_string(),
            }
        })?;
        records.push(bytes);
    }
    let failed = |source| FormatError::Bootstrap {
        path: path.clone(),
        source,
    };
    snapshot::write_bootstrap(fs, directory, records, now).map_err(failed)?;
    if config.quorum.voters.is_empty() {
        let voters = first_voters(config, directory_id);
        let log = directory.join(METADATA_LOG);
        snapshot::write_first_voters(fs, &log, &voters, now)
            .map_err(|source| FormatError::Bootstrap { path: log, source })?;
    }
    Ok(())
}

fn first_voters(config: &BrokerConfig, directory_id: Uuid) -> VotersRecord<'static> {
    let endpoints = config
        .listeners
        .advertised_controllers()
        .map(|endpoint| voters_record::Endpoint {
            name: endpoint.listener.clone().into(),
            host: endpoint
                .host
                .clone()
                .unwrap_or_else(|| "localhost".to_owned())
                .into(),
            port: endpoint.port,
            ..voters_record::Endpoint::default()
        })
        .collect();
    VotersRecord {
        version: 0,
        voters: vec![voters_record::Voter {
            voter_id: config.identity.node_id.0,
            voter_directory_id: directory_id,
            endpoints,
            k_raft_version_feature: voters_record::KRaftVersionFeature {
                min_supported_version: 0,
                max_supported_version: 1,
                ..voters_record::KRaftVersionFeature::default()
            },
            ..voters_record::Voter::default()
        }],
        ..VotersRecord::default()
    }
}

fn read_bootstrap(fs: &dyn FileSystem, directory: &Path) -> Result<Bootstrap, FormatError> {
    let path = directory.join(BOOTSTRAP_FILE);
    let failed = |source| FormatError::Bootstrap {
        path: path.clone(),
        source,
    };
    let bytes = match fs.read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Bootstrap::for_version(MetadataVersion::LATEST));
        }
        Err(error) => return Err(failed(error.into())),
    };
    let content = snapshot::decode(&bytes).map_err(failed)?;
    let refused = |reason: String| FormatError::BootstrapRecords {
        path: path.clone(),
        reason,
    };
    let mut records = Vec::new();
    for record in &content.records {
        let (record, version) = ottla_protocol::metadata::MetadataRecord::decode(record)
            .map_err(|error| refused(error.to_string()))?;
        records.push(VersionedRecord::new(record.into_owned(), version));
    }
    Bootstrap::from_records(records).map_err(|error| refused(error.to_string()))
}
