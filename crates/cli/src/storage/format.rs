//! `format`.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use ottla_config::BrokerConfig;
use ottla_metadata::{
    Bootstrap, BootstrapFault, Feature, KRAFT_VERSION, MetadataVersion, VersionedRecord,
};
use ottla_protocol::metadata::MetadataRecord;
use ottla_storage::{
    directory::{
        METADATA_LOG,
        meta_properties::{Expected, Identity, META_PROPERTIES, MetaProperties, agree},
    },
    fs::{FileSystem as _, OsFileSystem},
    snapshot::{self, SnapshotError},
};
use ottla_types::{Saturate, Uuid, WallMs};

use super::{
    Failure, configuration, directories,
    features::release,
    new_id, scram,
    voters::{self, Voter},
};
use crate::{
    Io,
    argparse::Matches,
    exception::Exception,
    log::{Level, log},
};

const FLAGS: &str = "--standalone, --initial-controllers, or --no-initial-controllers";

pub(super) fn run(matches: &Matches, io: &Io) -> Result<i32, Failure> {
    let config = configuration(matches.value("--config").unwrap_or_default())?;
    let named = match matches.value("--release-version") {
        Some(name) => Some(release(name, Some(MetadataVersion::LATEST))?),
        None => None,
    };
    let levels = levels(matches)?;
    let voters = initial_voters(matches, &config)?;
    let bootstrap = bootstrap(matches, &config, named, levels)?;
    let plan = Plan {
        identity: Identity {
            cluster_id: matches.value("--cluster-id").unwrap_or_default().to_owned(),
            node_id: config.identity.node_id,
        },
        ignore_formatted: matches.has("--ignore-formatted"),
        bootstrap,
        voters,
        config: &config,
    };
    plan.carry_out(io)
}

/// `--feature name=level` arguments; of two the last counts.
fn levels(matches: &Matches) -> Result<BTreeMap<String, i16>, Failure> {
    let mut levels = BTreeMap::new();
    let fail =
        |text: String| Failure::Exception(Exception::new("java.lang.RuntimeException", text));
    for argument in matches.values("--feature") {
        let (name, level) = argument.split_once('=').ok_or_else(|| {
            fail(format!(
                "Can't parse feature=level string {argument}: equals sign not found."
            ))
        })?;
        let level = level.trim().parse().map_err(|_| {
            fail(format!(
                "Can't parse feature=level string {argument}: unable to parse {level} as a short."
            ))
        })?;
        levels.insert(name.trim().to_owned(), level);
    }
    Ok(levels)
}

fn initial_voters(matches: &Matches, config: &BrokerConfig) -> Result<Option<Vec<Voter>>, Failure> {
    let terse = |text: &str| Err(Failure::Terse(text.to_owned()));
    let is_static = !config.quorum.voters.is_empty();
    let list = matches.value("--initial-controllers");
    let standalone = matches.has("--standalone");
    if is_static && (list.is_some() || standalone) {
        return terse(
            "You cannot specify controller.quorum.voters and format the node with --initial-controllers or --standalone. If you want to use dynamic quorum, please remove controller.quorum.voters and specify controller.quorum.bootstrap.servers instead.",
        );
    }
    let mut found = list.map(voters::parse).transpose()?;
    if standalone {
        if !config.identity.roles.controller {
            return terse("You can only use --standalone on a controller.");
        }
        found = Some(vec![only_voter(config)?]);
    }
    let must_choose = config.identity.roles.controller && !is_static && found.is_none();
    if must_choose && !matches.has("--no-initial-controllers") {
        return terse(
            "Because controller.quorum.voters is not set on this controller, you must specify one of the following: --standalone, --initial-controllers, or --no-initial-controllers.",
        );
    }
    Ok(found)
}

/// This node, at the first controller listener that it advertises.
fn only_voter(config: &BrokerConfig) -> Result<Voter, Failure> {
    let endpoint = config
        .listeners
        .advertised_controllers()
        .next()
        .ok_or_else(|| {
            Failure::Terse("There is no controller listener that is advertised.".to_owned())
        })?;
    Ok(Voter {
        id: config.identity.node_id.0,
        host: endpoint
            .host
            .clone()
            .unwrap_or_else(|| "localhost".to_owned()),
        port: endpoint.port,
        directory: new_id()?,
    })
}

/// The first records, once all that is asked for makes sense.
fn bootstrap(
    matches: &Matches,
    config: &BrokerConfig,
    named: Option<MetadataVersion>,
    mut levels: BTreeMap<String, i16>,
) -> Result<Bootstrap, Failure> {
    let version = metadata_version(named, levels.remove(MetadataVersion::FEATURE))?;
    if let Some(name) = levels.keys().find(|name| Feature::named(name).is_none()) {
        return Err(unsupported(name));
    }
    check_kraft(
        levels.get(KRAFT_VERSION).copied(),
        config.quorum.voters.is_empty(),
    )?;
    let mut bootstrap = Bootstrap::with_features(version, &levels).map_err(|fault| {
        let text = match fault {
            BootstrapFault::UnsupportedLevel { name, level } => {
                format!("No feature:{name} with feature level {level}")
            }
            other => other.to_string(),
        };
        Failure::Exception(Exception::illegal_argument(text))
    })?;
    let credentials = matches.values("--add-scram");
    if !credentials.is_empty() && !version.has_scram() {
        return Err(Failure::Terse(
            "SCRAM is only supported in metadata.version 3.5-IV2 or later.".to_owned(),
        ));
    }
    for credential in credentials {
        bootstrap.push(VersionedRecord::new(scram::parse(credential)?, 0));
    }
    Ok(bootstrap)
}

fn metadata_version(
    named: Option<MetadataVersion>,
    level: Option<i16>,
) -> Result<MetadataVersion, Failure> {
    match (named, level) {
        (Some(_), Some(_)) => Err(Failure::Terse(
            "Use --release-version instead of --feature metadata.version=X to avoid ambiguity."
                .to_owned(),
        )),
        (Some(version), None) => Ok(version),
        (None, None) => Ok(MetadataVersion::LATEST),
        (None, Some(level)) => {
            let version = MetadataVersion(level);
            if !MetadataVersion::known().any(|known| known == version) {
                let last = MetadataVersion::known()
                    .next_back()
                    .map_or(0, |last| last.0);
                return Err(Exception::illegal_argument(format!(
                    "No MetadataVersion with feature level {level}. Valid feature levels are from {} to {last}.",
                    MetadataVersion::MINIMUM.0
                ))
                .into());
            }
            if version > MetadataVersion::LATEST {
                return Err(Failure::Terse(format!(
                    "metadata.version {version} is not yet stable."
                )));
            }
            Ok(version)
        }
    }
}

fn unsupported(name: &str) -> Failure {
    let mut known: Vec<_> = ottla_metadata::FEATURES
        .iter()
        .map(|feature| feature.name)
        .collect();
    known.sort_unstable();
    Failure::Terse(format!(
        "Unsupported feature: {name}. Supported features are: {}",
        known.join(", ")
    ))
}

fn check_kraft(level: Option<i16>, is_dynamic: bool) -> Result<(), Failure> {
    match (level, is_dynamic) {
        (Some(0), true) => Err(Failure::Terse(format!(
            "Cannot set kraft.version to 0 if controller.quorum.voters is empty and one of the flags {FLAGS} is used. For dynamic controllers support, try removing the --feature flag for kraft.version."
        ))),
        (Some(level @ 1..), false) => Err(Failure::Terse(format!(
            "Cannot set kraft.version to {level} unless controller.quorum.voters is empty and one of the flags {FLAGS} is used. For dynamic controllers support, try using one of {FLAGS} and removing controller.quorum.voters."
        ))),
        _ => Ok(()),
    }
}

/// What is to be done, all of it checked.
struct Plan<'a> {
    identity: Identity,
    ignore_formatted: bool,
    bootstrap: Bootstrap,
    voters: Option<Vec<Voter>>,
    config: &'a BrokerConfig,
}

/// The directories as they are found.
struct Survey {
    formatted: Vec<String>,
    empty: Vec<String>,
    broken: Vec<String>,
}

/// What a directory is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Data,
    Metadata,
    DynamicMetadata,
    DynamicVoter,
}

impl Kind {
    const fn description(self) -> &'static str {
        match self {
            Self::Data => "data directory",
            Self::Metadata => "metadata directory",
            Self::DynamicMetadata => "dynamic metadata directory",
            Self::DynamicVoter => "dynamic metadata voter directory",
        }
    }
}

impl Plan<'_> {
    fn carry_out(&self, io: &Io) -> Result<i32, Failure> {
        let Survey {
            formatted,
            empty,
            broken,
        } = self.survey(io)?;
        if let Some(first) = formatted.first()
            && !self.ignore_formatted
        {
            return Err(Failure::Terse(format!(
                "Log directory {first} is already formatted. Use --ignore-formatted to ignore this directory and format the others."
            )));
        }
        for directory in &broken {
            io.out.line(format_args!(
                "I/O error trying to read log directory {directory}. Ignoring..."
            ));
        }
        if !broken.is_empty() && empty.is_empty() && formatted.is_empty() {
            return Err(Failure::Terse(
                "No available log directories to format.".to_owned(),
            ));
        }
        if empty.is_empty() {
            io.out
                .line("All of the log directories are already formatted.");
            return Ok(0);
        }
        io.out.line(format_args!(
            "Bootstrap metadata: {}",
            describe(&self.bootstrap)
        ));
        for directory in &empty {
            self.format(directory, io)?;
        }
        Ok(0)
    }

    /// Looks at all directories. Those that are formatted must belong here.
    fn survey(&self, io: &Io) -> Result<Survey, Failure> {
        let (mut empty, mut broken) = (Vec::new(), Vec::new());
        let mut formatted: BTreeMap<String, MetaProperties> = BTreeMap::new();
        for directory in directories::of(self.config) {
            match directories::read(&directory) {
                Ok(Some(properties)) => {
                    formatted.insert(directory, properties);
                }
                Ok(None) => empty.push(directory),
                Err(exception) => {
                    let path = Path::new(&directory).join(META_PROPERTIES);
                    let text = format!(
                        "Error while reading meta.properties file {}",
                        path.display()
                    );
                    let logger = "org.apache.kafka.metadata.properties.MetaPropertiesEnsemble";
                    log(&io.err, Level::Error, text, logger);
                    io.err.line(exception);
                    broken.push(directory);
                }
            }
        }
        if !formatted.is_empty() {
            let expected = Expected {
                cluster_id: Some(self.identity.cluster_id.clone()),
                node_id: Some(self.identity.node_id),
            };
            let found = formatted
                .iter()
                .map(|(directory, properties)| (Path::new(directory), properties));
            agree(found, expected)
                .map_err(|error| Exception::new("java.lang.RuntimeException", error.to_string()))?;
        }
        Ok(Survey {
            formatted: formatted.into_keys().collect(),
            empty,
            broken,
        })
    }

    fn kind(&self, directory: &str) -> Kind {
        if directory != self.config.metadata_log.dir {
            return Kind::Data;
        }
        match &self.voters {
            None => Kind::Metadata,
            Some(_) if self.own_vote().is_some() => Kind::DynamicVoter,
            Some(_) => Kind::DynamicMetadata,
        }
    }

    fn own_vote(&self) -> Option<&Voter> {
        let mut voters = self.voters.iter().flatten();
        voters.find(|voter| voter.id == self.identity.node_id.0)
    }

    /// The identity is written last: a directory that has one is whole.
    fn format(&self, directory: &str, io: &Io) -> Result<(), Failure> {
        let kind = self.kind(directory);
        let version = self.bootstrap.metadata_version();
        io.out.line(format_args!(
            "Formatting {} {directory} with metadata.version {version}.",
            kind.description()
        ));
        let id = match self.own_vote() {
            Some(voter) if kind == Kind::DynamicVoter => voter.directory,
            _ => new_id()?,
        };
        self.write(Path::new(directory), kind, id).map_err(|error| {
            let path = Path::new(directory).join(META_PROPERTIES);
            Failure::Terse(format!(
                "Error while writing meta.properties file {}: {error}",
                path.display()
            ))
        })
    }

    fn write(&self, directory: &Path, kind: Kind, id: Uuid) -> Result<(), SnapshotError> {
        let fs = OsFileSystem;
        fs.create_dir_all(directory)?;
        let now = wall_ms();
        let records = self
            .bootstrap
            .records()
            .iter()
            .map(|record| record.record.encode(record.version))
            .collect::<Result<_, _>>()?;
        snapshot::write_bootstrap(&fs, directory, records, now)?;
        if matches!(kind, Kind::DynamicMetadata | Kind::DynamicVoter) {
            let voters =
                voters::record(self.voters.as_deref().unwrap_or_default(), self.listener());
            snapshot::write_first_voters(&fs, &directory.join(METADATA_LOG), &voters, now)?;
        }
        let properties = MetaProperties::new(&self.identity, id);
        fs.replace(
            &directory.join(META_PROPERTIES),
            properties.encode().as_bytes(),
        )?;
        Ok(())
    }

    /// Where the voters of the quorum are asked.
    fn listener(&self) -> &str {
        let names = &self.config.listeners.controller_names;
        names.first().map_or("CONTROLLER", String::as_str)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tool is a shell: snapshots carry the time they were made"
)]
fn wall_ms() -> WallMs {
    let elapsed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    WallMs(elapsed.as_millis().saturate())
}

/// The records in the form of Java's `toString`.
fn describe(bootstrap: &Bootstrap) -> String {
    let records: Vec<_> = bootstrap.records().iter().map(describe_record).collect();
    format!(
        "BootstrapMetadata(records=[{}], metadataVersionLevel={}, source=format command)",
        records.join(", "),
        bootstrap.metadata_version().0
    )
}

fn describe_record(record: &VersionedRecord) -> String {
    let text = match &record.record {
        MetadataRecord::FeatureLevelRecord(feature) => format!(
            "FeatureLevelRecord(name='{}', featureLevel={})",
            feature.name, feature.feature_level
        ),
        MetadataRecord::UserScramCredentialRecord(credential) => format!(
            "UserScramCredentialRecord(name='{}', mechanism={}, salt={}, storedKey={}, serverKey={}, iterations={})",
            credential.name,
            credential.mechanism,
            array(&credential.salt),
            array(&credential.stored_key),
            array(&credential.server_key),
            credential.iterations
        ),
        other => format!("{other:?}"),
    };
    format!("ApiMessageAndVersion({text} at version {})", record.version)
}

fn array(bytes: &[u8]) -> String {
    let bytes: Vec<_> = bytes
        .iter()
        .map(|byte| byte.cast_signed().to_string())
        .collect();
    format!("[{}]", bytes.join(", "))
}
