//! Offsets of partitions.

use std::{collections::BTreeMap, sync::Arc};

use ottla_types::TopicPartition;
use tokio::time::{Instant, sleep};

use super::Admin;
use crate::{ClientError, Isolation, cluster::Topics, consumer::offsets::list_offsets};

/// Which offset of a partition is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetSpec {
    /// The first that is still there.
    Earliest,
    /// The one after the last.
    Latest,
    /// The first with this timestamp or a later one.
    Timestamp(i64),
}

impl OffsetSpec {
    pub(crate) const fn wire(self) -> i64 {
        match self {
            Self::Latest => -1,
            Self::Earliest => -2,
            Self::Timestamp(timestamp) => timestamp,
        }
    }
}

impl Admin {
    /// The offsets of `partitions`; a partition without such an offset has none in the answer.
    ///
    /// # Errors
    /// The broker's refusal, or no answer in time.
    pub async fn list_offsets(
        &self,
        partitions: &[TopicPartition],
        spec: OffsetSpec,
        isolation: Isolation,
    ) -> Result<BTreeMap<TopicPartition, i64>, ClientError> {
        let config = self.cluster().config();
        let deadline = Instant::now() + config.api_timeout;
        let mut topics: Vec<Arc<str>> = partitions
            .iter()
            .map(|partition| Arc::clone(&partition.topic))
            .collect();
        topics.dedup();
        loop {
            self.cluster()
                .refresh(Topics::Named(&topics), false, deadline)
                .await?;
            match list_offsets(self.cluster(), partitions, spec, isolation).await {
                Err(error) if error.is_retriable() && Instant::now() < deadline => {
                    sleep(config.retry_backoff).await;
                }
                result => return result,
            }
        }
    }
}
