//! `meta.properties`: to which cluster and node a log directory belongs.
//!
//! Reads version 0 (with `broker.id`, from ZooKeeper times) and 1, writes 1. Files are read by key,
//! whatever their order and comments.
//!
//! M1  all directories of a node agree on the cluster and the node
//! M2  no two of them have the same directory id, none a reserved one

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use ottla_types::{BrokerId, Uuid};

use super::{MetaPropertiesError, java_properties};

/// The name of the file.
pub const META_PROPERTIES: &str = "meta.properties";

/// What a `meta.properties` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaProperties {
    /// 0 or 1.
    pub version: i32,
    /// The cluster; always there in version 1.
    pub cluster_id: Option<String>,
    /// The node; always there in version 1.
    pub node_id: Option<BrokerId>,
    /// The directory's own id; directories from before Kafka 3.7 have none until they are opened.
    pub directory_id: Option<Uuid>,
}

/// The cluster and node that directories belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The cluster.
    pub cluster_id: String,
    /// The node.
    pub node_id: BrokerId,
}

/// What is known of the identity before any directory is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The cluster, when it is asked for.
    pub cluster_id: Option<String>,
    /// The configured node id.
    pub node_id: Option<BrokerId>,
}

impl MetaProperties {
    /// The newest version's properties of a directory.
    #[must_use]
    pub fn new(identity: &Identity, directory_id: Uuid) -> Self {
        Self {
            version: 1,
            cluster_id: Some(identity.cluster_id.clone()),
            node_id: Some(identity.node_id),
            directory_id: Some(directory_id),
        }
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    /// An unknown version, a value that is no number or id, or, in version 1, a missing cluster or
    /// node: a file of which only a part was written is one of these, or lacks what version 0 may
    /// lack, which [`agree`] refuses.
    pub fn parse(bytes: &[u8]) -> Result<Self, MetaPropertiesError> {
        let values: BTreeMap<String, String> = java_properties::parse(bytes)?.into_iter().collect();
        let version = match values.get("version") {
            None => 0,
            Some(text) => text
                .parse()
                .map_err(|_| MetaPropertiesError::InvalidVersion(text.clone()))?,
        };
        let node_id = match version {
            0 => match values.get("broker.id") {
                None => None,
                Some(text) => Some(node_id("broker.id", text)?),
            },
            1 => {
                let text = values.get("node.id");
                let text = text.ok_or(MetaPropertiesError::Missing("node.id"))?;
                Some(node_id("node.id", text)?)
            }
            other => return Err(MetaPropertiesError::UnknownVersion(other)),
        };
        let cluster_id = values.get("cluster.id").cloned();
        if version == 1 && cluster_id.is_none() {
            return Err(MetaPropertiesError::NoClusterId);
        }
        let directory_id = values.get("directory.id").map(|text| text.parse());
        Ok(Self {
            version,
            cluster_id,
            node_id,
            directory_id: directory_id
                .transpose()
                .map_err(MetaPropertiesError::InvalidDirectoryId)?,
        })
    }

    /// The text of the file. The version comes first, so that of a file of which only a part
    /// reached the disk we can say what is missing.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = String::new();
        let mut push = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                java_properties::push(&mut text, key, &value);
            }
        };
        push("version", Some(self.version.to_string()));
        push("cluster.id", self.cluster_id.clone());
        push("directory.id", self.directory_id.map(|id| id.to_string()));
        let key = if self.version == 0 {
            "broker.id"
        } else {
            "node.id"
        };
        push(key, self.node_id.map(|id| id.to_string()));
        text
    }
}

fn node_id(key: &'static str, text: &str) -> Result<BrokerId, MetaPropertiesError> {
    let id = text.parse().map(BrokerId);
    id.map_err(|_| MetaPropertiesError::NotANumber(key))
}

/// Checks that the directories of one node belong together, and says to whom they belong.
///
/// `found` holds each readable, formatted directory with its properties.
///
/// # Errors
/// When none is formatted, or one belongs to another cluster or node, has a reserved id or that of
/// another, or when none says to which cluster or node it belongs.
pub fn agree<'a>(
    found: impl IntoIterator<Item = (&'a Path, &'a MetaProperties)>,
    expected: Expected,
) -> Result<Identity, MetaPropertiesError> {
    let Expected {
        mut cluster_id,
        mut node_id,
    } = expected;
    let mut ids: BTreeMap<Uuid, PathBuf> = BTreeMap::new();
    let mut any = false;
    for (directory, properties) in found {
        any = true;
        let file = || directory.join(META_PROPERTIES);
        if let Some(found) = &properties.cluster_id {
            let expected = cluster_id.get_or_insert_with(|| found.clone());
            if expected != found {
                return Err(MetaPropertiesError::ForeignCluster {
                    file: file(),
                    expected: expected.clone(),
                    found: found.clone(),
                });
            }
        }
        if let Some(found) = properties.node_id {
            let expected = *node_id.get_or_insert(found);
            if expected != found {
                return Err(MetaPropertiesError::ForeignNode {
                    file: file(),
                    expected,
                    found,
                });
            }
        }
        if let Some(id) = properties.directory_id {
            check_directory_id(&mut ids, id, directory)?;
        }
    }
    if !any {
        return Err(MetaPropertiesError::NoneReadable);
    }
    Ok(Identity {
        cluster_id: cluster_id.ok_or(MetaPropertiesError::NoClusterId)?,
        node_id: node_id.ok_or(MetaPropertiesError::Missing("node.id"))?,
    })
}

fn check_directory_id(
    seen: &mut BTreeMap<Uuid, PathBuf>,
    id: Uuid,
    directory: &Path,
) -> Result<(), MetaPropertiesError> {
    let directory = directory.to_owned();
    if id.is_reserved() {
        return Err(MetaPropertiesError::ReservedDirectoryId { directory, id });
    }
    match seen.insert(id, directory.clone()) {
        None => Ok(()),
        Some(first) => Err(MetaPropertiesError::DuplicateDirectoryId {
            id,
            first,
            second: directory,
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn properties(cluster: &str, node: i32, id: u8) -> MetaProperties {
        let identity = Identity {
            cluster_id: cluster.to_owned(),
            node_id: BrokerId(node),
        };
        MetaProperties::new(&identity, Uuid([id; 16]))
    }

    fn check_refused(text: &str, message: &str) {
        let refused = MetaProperties::parse(text.as_bytes()).unwrap_err();
        assert_eq!(refused.to_string(), message, "{text:?}");
    }

    fn check_disagreement(found: &[(&str, MetaProperties)], expected: Expected, message: &str) {
        let found = found.iter().map(|(path, found)| (Path::new(*path), found));
        assert_eq!(agree(found, expected).unwrap_err().to_string(), message);
    }

    #[test]
    fn reads_what_apache_kafka_wrote() {
        let text = "#\n#Wed Nov 25 07:44:11 UTC 2026\nnode.id=1\n\
            directory.id=JzWoWpMmm869S1C0GoK6pA\nversion=1\ncluster.id=0Fk0ga06Tb2VoeKiDpcKAg\n";
        let expected = MetaProperties {
            version: 1,
            cluster_id: Some("0Fk0ga06Tb2VoeKiDpcKAg".to_owned()),
            node_id: Some(BrokerId(1)),
            directory_id: Some("JzWoWpMmm869S1C0GoK6pA".parse().unwrap()),
        };
        assert_eq!(MetaProperties::parse(text.as_bytes()), Ok(expected));
    }

    #[test]
    fn reads_the_version_without_directory_ids_and_the_one_from_zookeeper_times() {
        let read = |text: &str| MetaProperties::parse(text.as_bytes()).unwrap();
        let one = read("version=1\nnode.id=3\ncluster.id=c");
        assert_eq!((one.node_id, one.directory_id), (Some(BrokerId(3)), None));
        let zero = read("version=0\nbroker.id=3\ncluster.id=c");
        assert_eq!((zero.version, zero.node_id), (0, Some(BrokerId(3))));
        let implicit = read("broker.id=3");
        assert_eq!((implicit.version, implicit.cluster_id), (0, None));
    }

    #[test]
    fn refuses_what_is_malformed_or_cut() {
        check_refused(
            "version=2\nnode.id=1",
            "Unknown meta.properties version number 2",
        );
        check_refused("version=x", "Invalid meta.properties version string 'x'");
        check_refused("version=", "Invalid meta.properties version string ''");
        check_refused("version=1\ncluster.id=c", "Failed to find node.id");
        check_refused("version=1\nnode.id=1", "cluster.id was not found.");
        check_refused(
            "version=1\nnode.id=",
            "Unable to read node.id as a base-10 number.",
        );
        check_refused(
            "broker.id=a",
            "Unable to read broker.id as a base-10 number.",
        );
        check_refused(
            "version=1\nnode.id=1\ncluster.id=c\ndirectory.id=abc",
            "Unable to read directory.id as a Uuid: `abc` is not a base64url id of 16 bytes",
        );
    }

    #[test]
    fn refuses_every_cut_of_its_own_text_unless_only_the_end_of_the_last_value_is_missing() {
        let text = properties("0Fk0ga06Tb2VoeKiDpcKAg", 1, 7).encode();
        let whole = text.trim_end().len();
        for cut in 0..whole {
            let read = MetaProperties::parse(&text.as_bytes()[..cut]);
            let identity =
                read.and_then(|read| agree([(Path::new("/d"), &read)], Expected::default()));
            assert!(identity.is_err(), "{:?}", &text[..cut]);
        }
    }

    #[test]
    fn directories_that_belong_together_say_to_whom() {
        let (one, two) = (properties("c", 1, 1), properties("c", 1, 2));
        let found = [(Path::new("/1"), &one), (Path::new("/2"), &two)];
        let identity = agree(found, Expected::default()).unwrap();
        assert_eq!(
            (&*identity.cluster_id, identity.node_id),
            ("c", BrokerId(1))
        );
    }

    #[test]
    fn directories_that_do_not_belong_together_are_named() {
        let none = Expected::default();
        check_disagreement(
            &[],
            none.clone(),
            "No readable meta.properties files found.",
        );
        check_disagreement(
            &[("/1", properties("c", 1, 1)), ("/2", properties("d", 1, 2))],
            none.clone(),
            "Invalid cluster.id in: /2/meta.properties. Expected c, but read d",
        );
        check_disagreement(
            &[("/1", properties("c", 1, 1))],
            Expected {
                cluster_id: None,
                node_id: Some(BrokerId(2)),
            },
            "Stored node id 1 doesn't match previous node id 2 in /1/meta.properties. If you moved \
             your data, make sure your configured node id matches. If you intend to create a new \
             node, you should remove all data in your data directories.",
        );
        check_disagreement(
            &[("/1", properties("c", 1, 0))],
            none.clone(),
            "Invalid reserved directory ID AAAAAAAAAAAAAAAAAAAAAA found in /1",
        );
        check_disagreement(
            &[("/1", properties("c", 1, 1)), ("/2", properties("c", 1, 1))],
            none,
            "Duplicate directory ID AQEBAQEBAQEBAQEBAQEBAQ found. It was the ID of /1, but also of /2",
        );
    }

    proptest! {
        #[test]
        fn any_properties_come_back(
            version in 0..=1,
            cluster_id in any::<String>(),
            node in any::<i32>(),
            id in prop::option::of(any::<[u8; 16]>()),
        ) {
            let properties = MetaProperties {
                version,
                cluster_id: Some(cluster_id),
                node_id: Some(BrokerId(node)),
                directory_id: id.map(Uuid),
            };
            prop_assert_eq!(MetaProperties::parse(properties.encode().as_bytes()), Ok(properties));
        }
    }
}
