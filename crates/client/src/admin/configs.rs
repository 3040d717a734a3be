//! Configurations of topics, brokers and groups.

use ottla_protocol::messages::{
    DescribeConfigsRequest, DescribeConfigsResponse, IncrementalAlterConfigsRequest,
    IncrementalAlterConfigsResponse,
    describe_configs_request::DescribeConfigsResource,
    describe_configs_response::DescribeConfigsResult,
    incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig},
};

use super::Admin;
use crate::ClientError;

/// What a configuration belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigResource {
    /// Its type on the wire: 2 topic, 4 broker, 8 broker logger, 16 client metrics, 32 group.
    pub kind: i8,
    /// Its name; empty for the default of all brokers.
    pub name: String,
}

impl ConfigResource {
    /// A topic.
    pub fn topic(name: impl Into<String>) -> Self {
        Self {
            kind: 2,
            name: name.into(),
        }
    }

    /// A broker.
    #[must_use]
    pub fn broker(id: i32) -> Self {
        Self {
            kind: 4,
            name: id.to_string(),
        }
    }
}

/// One key of a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigEntry {
    /// The key.
    pub name: String,
    /// Its value, `None` for null or kept secret.
    pub value: Option<String>,
    /// Where the value comes from, by the wire's number: 1 topic, 2 broker, 3 all brokers, 4 file,
    /// 5 default.
    pub source: i8,
    /// Whether it cannot be changed.
    pub read_only: bool,
    /// Whether its value is never shown.
    pub is_sensitive: bool,
    /// Key, value and source of everything that could give the value.
    pub synonyms: Vec<(String, Option<String>, i8)>,
}

impl ConfigEntry {
    /// Number of the source "default".
    pub const DEFAULT_SOURCE: i8 = 5;

    /// Whether nobody set it.
    #[must_use]
    pub const fn is_default(&self) -> bool {
        self.source == Self::DEFAULT_SOURCE
    }
}

/// A change of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlterConfig {
    /// The key.
    pub name: String,
    /// What to do.
    pub kind: AlterConfigKind,
    /// The value, `None` for a deletion.
    pub value: Option<String>,
}

/// Kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlterConfigKind {
    /// Sets the value.
    Set,
    /// Goes back to the default.
    Delete,
    /// Adds elements to a list.
    Append,
    /// Takes elements from a list.
    Subtract,
}

impl AlterConfigKind {
    const fn code(self) -> i8 {
        match self {
            Self::Set => 0,
            Self::Delete => 1,
            Self::Append => 2,
            Self::Subtract => 3,
        }
    }
}

impl Admin {
    /// The configurations of `resources`, in the order of the broker's answer.
    ///
    /// # Errors
    /// When the request fails, or a resource cannot be described.
    pub async fn describe_configs(
        &self,
        resources: &[ConfigResource],
    ) -> Result<Vec<(ConfigResource, Vec<ConfigEntry>)>, ClientError> {
        self.retry("describeConfigs", async |connection| {
            let resource = |resource: &ConfigResource| -> DescribeConfigsResource<'static> {
                DescribeConfigsResource {
                    resource_type: resource.kind,
                    resource_name: resource.name.clone().into(),
                    configuration_keys: None,
                    ..DescribeConfigsResource::default()
                }
            };
            let request = DescribeConfigsRequest {
                resources: resources.iter().map(resource).collect(),
                ..DescribeConfigsRequest::default()
            };
            let reply = connection.call(&request).await?;
            let response = reply.decode(DescribeConfigsResponse::decode)?;
            response.results.iter().map(described).collect()
        })
        .await
    }

    /// Changes keys of one resource.
    ///
    /// # Errors
    /// When the request fails, or the change is refused.
    pub async fn alter_configs(
        &self,
        resource: &ConfigResource,
        changes: &[AlterConfig],
    ) -> Result<(), ClientError> {
        self.retry("incrementalAlterConfigs", async |connection| {
            let change = |change: &AlterConfig| -> AlterableConfig<'static> {
                AlterableConfig {
                    name: change.name.clone().into(),
                    config_operation: change.kind.code(),
                    value: change.value.clone().map(Into::into),
                    ..AlterableConfig::default()
                }
            };
            let request = IncrementalAlterConfigsRequest {
                resources: vec![AlterConfigsResource {
                    resource_type: resource.kind,
                    resource_name: resource.name.as_str().into(),
                    configs: changes.iter().map(change).collect(),
                    ..AlterConfigsResource::default()
                }],
                ..IncrementalAlterConfigsRequest::default()
            };
            let reply = connection.call(&request).await?;
            let response = reply.decode(IncrementalAlterConfigsResponse::decode)?;
            for result in &response.responses {
                ClientError::check(result.error_code, result.error_message.as_deref())?;
            }
            Ok(())
        })
        .await
    }
}

fn described(
    result: &DescribeConfigsResult<'_>,
) -> Result<(ConfigResource, Vec<ConfigEntry>), ClientError> {
    ClientError::check(result.error_code, result.error_message.as_deref())?;
    let resource = ConfigResource {
        kind: result.resource_type,
        name: result.resource_name.clone().into_owned(),
    };
    let entries = result.configs.iter().map(|entry| ConfigEntry {
        name: entry.name.clone().into_owned(),
        value: entry.value.as_deref().map(str::to_owned),
        source: entry.config_source,
        read_only: entry.read_only,
        is_sensitive: entry.is_sensitive,
        synonyms: entry
            .synonyms
            .iter()
            .map(|synonym| {
                (
                    synonym.name.clone().into_owned(),
                    synonym.value.as_deref().map(str::to_owned),
                    synonym.source,
                )
            })
            .collect(),
    });
    Ok((resource, entries.collect()))
}
