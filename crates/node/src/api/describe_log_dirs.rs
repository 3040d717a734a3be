//! DescribeLogDirs (key 35), versions 1-5: sizes of the log directories and the replicas in them.
//!
//! KIPs: 113, 827 (total and usable bytes), 1066 (cordoned).

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use ottla_protocol::messages::{
    DescribeLogDirsRequest, DescribeLogDirsResponse,
    describe_log_dirs_response::{
        DescribeLogDirsPartition, DescribeLogDirsResult, DescribeLogDirsTopic,
    },
};
use ottla_types::{ErrorCode, Saturate};

use crate::{call::Call, output::Reply, partition::Partition};

pub(crate) fn handle(call: &mut Call<'_>, request: DescribeLogDirsRequest<'_>) -> Reply {
    let asked = request.topics.as_ref().map(|topics| {
        let asked = topics.iter().flat_map(|topic| {
            let of_topic = |index: &i32| (&*topic.topic, *index);
            topic.partitions.iter().map(of_topic)
        });
        asked.collect::<BTreeSet<_>>()
    });
    let wanted = |partition: &Partition| {
        let partition = (partition.topic(), partition.index().0);
        asked
            .as_ref()
            .is_none_or(|asked| asked.contains(&partition))
    };
    let partitions = call.node.all_partitions();
    let moves = call.node.moves_to_show();
    let directories = call.node.directories();
    let lost = directories.failed().map(|(directory, _)| directory.path());
    let lost = lost.chain(directories.unopened().iter().map(PathBuf::as_path));
    let lost = lost.map(|path| DescribeLogDirsResult {
        error_code: ErrorCode::KAFKA_STORAGE_ERROR,
        log_dir: Cow::Owned(path.to_string_lossy().into_owned()),
        total_bytes: UNKNOWN,
        usable_bytes: UNKNOWN,
        ..DescribeLogDirsResult::default()
    });
    let results = directories
        .online()
        .map(|dir| {
            let mut topics: BTreeMap<&str, Vec<DescribeLogDirsPartition<'static>>> =
                BTreeMap::new();
            let inside = partitions
                .iter()
                .filter(|partition| partition.directory() == dir.id());
            for partition in inside.filter(|partition| wanted(partition)) {
                topics
                    .entry(partition.topic())
                    .or_default()
                    .push(describe(partition));
            }
            let here = moves.iter().filter(|(id, _)| *id == dir.id());
            for (_, moving) in here {
                let partition = moving.partition();
                if wanted(partition) {
                    let (size, lag) = moving.progress();
                    topics
                        .entry(partition.topic())
                        .or_default()
                        .push(DescribeLogDirsPartition {
                            partition_index: partition.index().0,
                            partition_size: size.saturate(),
                            offset_lag: lag,
                            is_future_key: true,
                            ..DescribeLogDirsPartition::default()
                        });
                }
            }
            let (total, usable) = call
                .node
                .directories()
                .space(dir)
                .unwrap_or((UNKNOWN, UNKNOWN));
            DescribeLogDirsResult {
                error_code: ErrorCode::NONE,
                log_dir: Cow::Owned(dir.path().to_string_lossy().into_owned()),
                topics: topics
                    .into_iter()
                    .map(|(name, partitions)| DescribeLogDirsTopic {
                        name: Cow::Owned(name.to_owned()),
                        partitions,
                        ..DescribeLogDirsTopic::default()
                    })
                    .collect(),
                total_bytes: total,
                usable_bytes: usable,
                is_cordoned: dir.is_cordoned(),
                ..DescribeLogDirsResult::default()
            }
        })
        .chain(lost)
        .collect();
    let response = DescribeLogDirsResponse {
        results,
        ..DescribeLogDirsResponse::default()
    };
    call.respond(&response)
}

fn describe(partition: &Partition) -> DescribeLogDirsPartition<'static> {
    DescribeLogDirsPartition {
        partition_index: partition.index().0,
        partition_size: partition.size_bytes().saturate(),
        offset_lag: partition.lag(),
        is_future_key: false,
        ..DescribeLogDirsPartition::default()
    }
}

/// Bytes of a volume that does not say how large it is.
const UNKNOWN: i64 = -1;
