//! AlterReplicaLogDirs (key 34), versions 1-2: moving replicas between the log directories of this
//! broker.
//!
//! KIPs: 113, 858.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use ottla_protocol::messages::{
    AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse,
    alter_replica_log_dirs_response::{
        AlterReplicaLogDirPartitionResult, AlterReplicaLogDirTopicResult,
    },
};
use ottla_types::TopicPartition;

use crate::{call::Call, output::Reply};

pub(crate) fn handle(call: &mut Call<'_>, request: AlterReplicaLogDirsRequest<'_>) -> Reply {
    let mut topics: BTreeMap<&str, Vec<AlterReplicaLogDirPartitionResult<'static>>> =
        BTreeMap::new();
    for dir in &request.dirs {
        for topic in &dir.topics {
            let name: Arc<str> = Arc::from(&*topic.name);
            let results = topics.entry(&topic.name).or_default();
            for index in &topic.partitions {
                let partition = TopicPartition::new(Arc::clone(&name), *index);
                results.push(AlterReplicaLogDirPartitionResult {
                    partition_index: *index,
                    error_code: call.node.alter_log_dir(&partition, &dir.path, call.out),
                    ..AlterReplicaLogDirPartitionResult::default()
                });
            }
        }
    }
    let results = topics.into_iter();
    let results = results.map(|(name, partitions)| AlterReplicaLogDirTopicResult {
        topic_name: Cow::Owned(name.to_owned()),
        partitions,
        ..AlterReplicaLogDirTopicResult::default()
    });
    let results = results.collect();
    let response = AlterReplicaLogDirsResponse {
        results,
        ..AlterReplicaLogDirsResponse::default()
    };
    call.respond(&response)
}
