//! The log directories of a node, as they are found.

use std::{fs, io, path::Path};

use ottla_config::BrokerConfig;
use ottla_storage::directory::meta_properties::{META_PROPERTIES, MetaProperties};

use crate::exception::Exception;

/// The log directories of a configuration, the metadata log's among them, sorted.
pub(super) fn of(config: &BrokerConfig) -> Vec<String> {
    let mut directories = config.logs.dirs.clone();
    if !config.metadata_log.dir.is_empty() {
        directories.push(config.metadata_log.dir.clone());
    }
    directories.sort();
    directories.dedup();
    directories
}

/// What a directory's `meta.properties` says; `None` when there is none.
pub(super) fn read(directory: &str) -> Result<Option<MetaProperties>, Exception> {
    let path = Path::new(directory).join(META_PROPERTIES);
    match fs::read(&path) {
        Ok(bytes) => match MetaProperties::parse(&bytes) {
            Ok(properties) => Ok(Some(properties)),
            Err(error) => Err(Exception::new(
                "java.lang.RuntimeException",
                error.to_string(),
            )),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let reason = match error.kind() {
                io::ErrorKind::NotADirectory => "Not a directory".to_owned(),
                io::ErrorKind::PermissionDenied => {
                    return Err(Exception::new(
                        "java.nio.file.AccessDeniedException",
                        path.display().to_string(),
                    ));
                }
                _ => error.to_string(),
            };
            Err(Exception::new(
                "java.nio.file.FileSystemException",
                format!("{}: {reason}", path.display()),
            ))
        }
    }
}
