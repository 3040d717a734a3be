//! Topics: make, list, describe, grow, delete.

use std::{collections::BTreeMap, sync::Arc};

use ottla_protocol::{
    ApiKey,
    messages::{
        CreatePartitionsRequest, CreatePartitionsResponse, CreateTopicsRequest,
        CreateTopicsResponse, DeleteTopicsRequest, DeleteTopicsResponse,
        DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse,
        ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse, MetadataRequest,
        MetadataResponse,
        create_partitions_request::{CreatePartitionsAssignment, CreatePartitionsTopic},
        create_topics_request::{CreatableReplicaAssignment, CreatableTopic, CreatableTopicConfig},
        delete_topics_request::DeleteTopicState,
        describe_topic_partitions_request::{Cursor, TopicRequest},
        describe_topic_partitions_response::{
            DescribeTopicPartitionsResponsePartition, DescribeTopicPartitionsResponseTopic,
        },
        metadata_request::MetadataRequestTopic,
        metadata_response::MetadataResponseTopic,
    },
};
use ottla_types::{ErrorCode, Saturate, Uuid};

use super::Admin;
use crate::{ClientError, Connection, cluster::Topics};

/// A topic to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTopic {
    name: String,
    partitions: i32,
    replication_factor: i16,
    assignments: BTreeMap<i32, Vec<i32>>,
    configs: Vec<(String, String)>,
}

impl NewTopic {
    /// With the cluster's defaults.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            partitions: -1,
            replication_factor: -1,
            assignments: BTreeMap::new(),
            configs: Vec::new(),
        }
    }

    /// How many partitions.
    #[must_use]
    pub const fn partitions(mut self, count: i32) -> Self {
        self.partitions = count;
        self
    }

    /// How many replicas each.
    #[must_use]
    pub const fn replication_factor(mut self, factor: i16) -> Self {
        self.replication_factor = factor;
        self
    }

    /// The brokers of each partition, in place of the two counts.
    #[must_use]
    pub fn assignments(mut self, assignments: BTreeMap<i32, Vec<i32>>) -> Self {
        self.assignments = assignments;
        self
    }

    /// A configuration of the topic.
    #[must_use]
    pub fn config(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.configs.push((key.into(), value.into()));
        self
    }

    fn as_request(&self) -> CreatableTopic<'_> {
        let assignment = |(partition, brokers): (&i32, &Vec<i32>)| CreatableReplicaAssignment {
            partition_index: *partition,
            broker_ids: brokers.clone(),
            ..CreatableReplicaAssignment::default()
        };
        let config = |(name, value): &'_ (String, String)| -> CreatableTopicConfig<'static> {
            CreatableTopicConfig {
                name: name.clone().into(),
                value: Some(value.clone().into()),
                ..CreatableTopicConfig::default()
            }
        };
        CreatableTopic {
            name: self.name.as_str().into(),
            num_partitions: self.partitions,
            replication_factor: self.replication_factor,
            assignments: self.assignments.iter().map(assignment).collect(),
            configs: self.configs.iter().map(config).collect(),
            ..CreatableTopic::default()
        }
    }
}

/// A topic that is to have more partitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPartitions {
    /// The topic.
    pub topic: String,
    /// How many partitions it shall have in all.
    pub total: i32,
    /// Brokers of each new partition; `None` lets the controller place them.
    pub assignments: Option<Vec<Vec<i32>>>,
}

/// What became of one topic of a request.
#[derive(Clone, Debug)]
pub struct TopicResult {
    /// The topic.
    pub name: String,
    /// Success, or why not.
    pub result: Result<(), ClientError>,
}

/// A topic in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicListing {
    /// Its name.
    pub name: String,
    /// Its id, zero if the broker does not tell.
    pub id: Uuid,
    /// Whether it is one of Kafka's own.
    pub is_internal: bool,
}

/// A topic with its partitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribedTopic {
    /// Its name.
    pub name: String,
    /// Its id, zero if the broker does not tell.
    pub id: Uuid,
    /// Whether it is one of Kafka's own.
    pub is_internal: bool,
    /// Its partitions, by index.
    pub partitions: Vec<DescribedPartition>,
}

/// A partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribedPartition {
    /// Its index.
    pub index: i32,
    /// Its leader, `None` if it has none.
    pub leader: Option<i32>,
    /// Its replicas.
    pub replicas: Vec<i32>,
    /// Replicas in sync.
    pub isr: Vec<i32>,
    /// Replicas out of sync that may lead, `None` when the broker does not tell.
    pub elr: Option<Vec<i32>>,
    /// The last such replicas before all were lost.
    pub last_known_elr: Option<Vec<i32>>,
}

/// A replica move that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reassignment {
    /// Replicas being added.
    pub adding: Vec<i32>,
    /// Replicas being removed.
    pub removing: Vec<i32>,
}

impl Admin {
    /// Makes topics; the answer has one result for each.
    ///
    /// # Errors
    /// When the request as a whole fails.
    pub async fn create_topics(
        &self,
        topics: &[NewTopic],
    ) -> Result<Vec<TopicResult>, ClientError> {
        let timeout_ms = self.timeout_ms();
        self.retry("createTopics", async |connection| {
            let request = CreateTopicsRequest {
                topics: topics.iter().map(NewTopic::as_request).collect(),
                timeout_ms,
                ..CreateTopicsRequest::default()
            };
            let reply = connection.call(&request).await?;
            let response = reply.decode(CreateTopicsResponse::decode)?;
            let outcomes = response.topics.iter().map(|topic| {
                (
                    topic.name.as_ref(),
                    topic.error_code,
                    topic.error_message.as_deref(),
                )
            });
            results(outcomes)
        })
        .await
    }

    /// Deletes topics by name.
    ///
    /// # Errors
    /// When the request as a whole fails.
    pub async fn delete_topics(&self, names: &[String]) -> Result<Vec<TopicResult>, ClientError> {
        let timeout_ms = self.timeout_ms();
        self.retry("deleteTopics", async |connection| {
            let by_state = connection.version_of(ApiKey::DELETE_TOPICS)? >= 6;
            let state = |name: &String| DeleteTopicState {
                name: Some(name.clone().into()),
                ..DeleteTopicState::default()
            };
            let mut request = DeleteTopicsRequest {
                timeout_ms,
                ..DeleteTopicsRequest::default()
            };
            if by_state {
                request.topics = names.iter().map(state).collect();
            } else {
                request.topic_names = names.iter().map(|name| name.as_str().into()).collect();
            }
            let reply = connection.call(&request).await?;
            let response = reply.decode(DeleteTopicsResponse::decode)?;
            let outcomes = response.responses.iter().map(|topic| {
                (
                    topic.name.as_deref().unwrap_or_default(),
                    topic.error_code,
                    topic.error_message.as_deref(),
                )
            });
            results(outcomes)
        })
        .await
    }

    /// Gives topics more partitions.
    ///
    /// # Errors
    /// When the request as a whole fails.
    pub async fn create_partitions(
        &self,
        topics: &[NewPartitions],
    ) -> Result<Vec<TopicResult>, ClientError> {
        let timeout_ms = self.timeout_ms();
        self.retry("createPartitions", async |connection| {
            let request = CreatePartitionsRequest {
                topics: topics.iter().map(partitions_of).collect(),
                timeout_ms,
                ..CreatePartitionsRequest::default()
            };
            let reply = connection.call(&request).await?;
            let response = reply.decode(CreatePartitionsResponse::decode)?;
            let outcomes = response.results.iter().map(|topic| {
                (
                    topic.name.as_ref(),
                    topic.error_code,
                    topic.error_message.as_deref(),
                )
            });
            results(outcomes)
        })
        .await
    }

    /// Every topic, by name.
    ///
    /// # Errors
    /// As every call: the broker's refusal, or no answer in time.
    pub async fn list_topics(&self) -> Result<Vec<TopicListing>, ClientError> {
        self.retry("listTopics", async |connection| {
            let metadata = self
                .cluster()
                .refresh_from(connection, Topics::All, false)
                .await?;
            let listings = metadata.topics.iter().map(|(name, topic)| TopicListing {
                name: name.to_string(),
                id: topic.id,
                is_internal: topic.is_internal,
            });
            Ok(listings.collect())
        })
        .await
    }

    /// The topics `names` with their partitions, at most `page` partitions an answer. A topic that
    /// cannot be described is an error of its own.
    ///
    /// # Errors
    /// When the request as a whole fails.
    pub async fn describe_topics(
        &self,
        names: &[String],
        page: i32,
    ) -> Result<Vec<Result<DescribedTopic, ClientError>>, ClientError> {
        self.retry("describeTopicPartitions", async |connection| {
            if connection
                .version_of(ApiKey::DESCRIBE_TOPIC_PARTITIONS)
                .is_err()
            {
                return describe_by_metadata(connection, names.iter().map(|name| by_name(name)))
                    .await;
            }
            describe_in_pages(connection, names, page).await
        })
        .await
    }

    /// The topics `ids` with their partitions.
    ///
    /// # Errors
    /// When the request as a whole fails.
    pub async fn describe_topics_by_id(
        &self,
        ids: &[Uuid],
    ) -> Result<Vec<Result<DescribedTopic, ClientError>>, ClientError> {
        self.retry("describeTopicsWithIds", async |connection| {
            let topics = ids.iter().map(|id| MetadataRequestTopic {
                topic_id: *id,
                name: None,
                ..MetadataRequestTopic::default()
            });
            describe_by_metadata(connection, topics).await
        })
        .await
    }

    /// Replica moves under way, by topic and partition.
    ///
    /// # Errors
    /// As every call: the broker's refusal, or no answer in time.
    pub async fn reassignments(
        &self,
    ) -> Result<BTreeMap<(Arc<str>, i32), Reassignment>, ClientError> {
        let timeout_ms = self.timeout_ms();
        self.retry("listPartitionReassignments", async |connection| {
            let request = ListPartitionReassignmentsRequest {
                timeout_ms,
                topics: None,
                ..ListPartitionReassignmentsRequest::default()
            };
            let reply = connection.call(&request).await?;
            let response = reply.decode(ListPartitionReassignmentsResponse::decode)?;
            ClientError::check(response.error_code, response.error_message.as_deref())?;
            let mut moves = BTreeMap::new();
            for topic in &response.topics {
                let name: Arc<str> = Arc::from(topic.name.as_ref());
                for partition in &topic.partitions {
                    let key = (Arc::clone(&name), partition.partition_index);
                    let value = Reassignment {
                        adding: partition.adding_replicas.clone(),
                        removing: partition.removing_replicas.clone(),
                    };
                    moves.insert(key, value);
                }
            }
            Ok(moves)
        })
        .await
    }

    fn timeout_ms(&self) -> i32 {
        let millis = self.cluster().config().request_timeout.as_millis();
        let millis: u64 = millis.saturate();
        millis.saturate()
    }
}

/// Per-topic outcomes; one that may succeed later makes the whole call do so.
fn results<'a>(
    outcomes: impl Iterator<Item = (&'a str, ErrorCode, Option<&'a str>)>,
) -> Result<Vec<TopicResult>, ClientError> {
    let mut results = Vec::new();
    for (name, code, message) in outcomes {
        if code == ErrorCode::NOT_CONTROLLER {
            return Err(ClientError::api(code));
        }
        results.push(TopicResult {
            name: name.to_owned(),
            result: ClientError::check(code, message),
        });
    }
    Ok(results)
}

fn partitions_of(topic: &NewPartitions) -> CreatePartitionsTopic<'_> {
    let assignment = |brokers: &Vec<i32>| CreatePartitionsAssignment {
        broker_ids: brokers.clone(),
        ..CreatePartitionsAssignment::default()
    };
    CreatePartitionsTopic {
        name: topic.topic.as_str().into(),
        count: topic.total,
        assignments: topic
            .assignments
            .as_ref()
            .map(|assignments| assignments.iter().map(assignment).collect()),
        ..CreatePartitionsTopic::default()
    }
}

fn by_name(name: &str) -> MetadataRequestTopic<'_> {
    MetadataRequestTopic {
        name: Some(name.into()),
        ..MetadataRequestTopic::default()
    }
}

async fn describe_by_metadata<'a>(
    connection: &Connection,
    topics: impl Iterator<Item = MetadataRequestTopic<'a>>,
) -> Result<Vec<Result<DescribedTopic, ClientError>>, ClientError> {
    let request = MetadataRequest {
        topics: Some(topics.collect()),
        allow_auto_topic_creation: false,
        ..MetadataRequest::default()
    };
    let reply = connection.call(&request).await?;
    let response = reply.decode(MetadataResponse::decode)?;
    Ok(response.topics.iter().map(described_by_metadata).collect())
}

fn described_by_metadata(topic: &MetadataResponseTopic<'_>) -> Result<DescribedTopic, ClientError> {
    ClientError::check(topic.error_code, None)?;
    let mut partitions: Vec<_> = topic
        .partitions
        .iter()
        .map(|partition| DescribedPartition {
            index: partition.partition_index,
            leader: known(partition.leader_id),
            replicas: partition.replica_nodes.clone(),
            isr: partition.isr_nodes.clone(),
            elr: None,
            last_known_elr: None,
        })
        .collect();
    partitions.sort_by_key(|partition| partition.index);
    Ok(DescribedTopic {
        name: topic.name.as_deref().unwrap_or_default().to_owned(),
        id: topic.topic_id,
        is_internal: topic.is_internal,
        partitions,
    })
}

fn known(id: i32) -> Option<i32> {
    (id >= 0).then_some(id)
}

async fn describe_in_pages(
    connection: &Connection,
    names: &[String],
    page: i32,
) -> Result<Vec<Result<DescribedTopic, ClientError>>, ClientError> {
    let mut described: Vec<Result<DescribedTopic, ClientError>> = Vec::new();
    let mut left: Vec<&str> = names.iter().map(String::as_str).collect();
    left.sort_unstable();
    let mut cursor: Option<(String, i32)> = None;
    while !left.is_empty() {
        let request = page_request(&left, page, cursor.as_ref());
        let reply = connection.call(&request).await?;
        let response = reply.decode(DescribeTopicPartitionsResponse::decode)?;
        for topic in &response.topics {
            merge(&mut described, topic);
        }
        let Some(next) = &response.next_cursor else {
            break;
        };
        let next = (next.topic_name.clone().into_owned(), next.partition_index);
        if cursor.as_ref() == Some(&next) {
            break;
        }
        left.retain(|name| *name >= next.0.as_str());
        cursor = Some(next);
    }
    Ok(described)
}

fn page_request<'a>(
    names: &[&'a str],
    page: i32,
    cursor: Option<&(String, i32)>,
) -> DescribeTopicPartitionsRequest<'a> {
    let topic = |name: &&'a str| TopicRequest {
        name: (*name).into(),
        ..TopicRequest::default()
    };
    DescribeTopicPartitionsRequest {
        topics: names.iter().map(topic).collect(),
        response_partition_limit: page,
        cursor: cursor.map(|(topic, partition)| Cursor {
            topic_name: topic.clone().into(),
            partition_index: *partition,
            ..Cursor::default()
        }),
        ..DescribeTopicPartitionsRequest::default()
    }
}

/// A topic that spans two pages comes in two parts.
fn merge(
    described: &mut Vec<Result<DescribedTopic, ClientError>>,
    topic: &DescribeTopicPartitionsResponseTopic<'_>,
) {
    let name = topic.name.as_deref().unwrap_or_default();
    if !topic.error_code.is_none() {
        described.push(Err(ClientError::api(topic.error_code)));
        return;
    }
    let partitions = topic.partitions.iter().map(described_partition);
    if let Some(Ok(last)) = described.last_mut()
        && last.name == name
    {
        last.partitions.extend(partitions);
        return;
    }
    described.push(Ok(DescribedTopic {
        name: name.to_owned(),
        id: topic.topic_id,
        is_internal: topic.is_internal,
        partitions: partitions.collect(),
    }));
}

fn described_partition(
    partition: &DescribeTopicPartitionsResponsePartition<'_>,
) -> DescribedPartition {
    DescribedPartition {
        index: partition.partition_index,
        leader: known(partition.leader_id),
        replicas: partition.replica_nodes.clone(),
        isr: partition.isr_nodes.clone(),
        elr: partition.eligible_leader_replicas.clone(),
        last_known_elr: partition.last_known_elr.clone(),
    }
}
