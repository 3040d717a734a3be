//! The task that sends batches and takes their answers.

use std::sync::Arc;

use bytes::Bytes;
use ottla_protocol::{
    ApiKey, Records,
    messages::{
        InitProducerIdRequest, InitProducerIdResponse, ProduceRequest, ProduceResponse,
        produce_request::{PartitionProduceData, TopicProduceData},
        produce_response::PartitionProduceResponse,
    },
};
use ottla_types::{ErrorCode, ProducerEpoch, ProducerId, Saturate};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep_until, timeout},
};

use super::{Acks, Shared, accumulator::Drained};
use crate::{
    ClientError, Connection,
    cluster::Topics,
    connection::{Reply, wait},
};

const LOGGER: &str = "org.apache.kafka.clients.producer.internals.Sender";

pub(super) async fn run(shared: Arc<Shared>) {
    loop {
        give_up_expired(&shared);
        let drain = shared.accumulator.drain(Instant::now());
        if drain.finished {
            return;
        }
        if drain.needs_identity {
            acquire_identity(&shared).await;
            continue;
        }
        let mut sent = false;
        for (leader, batches) in drain.by_leader {
            sent = true;
            dispatch(&shared, leader, batches).await;
        }
        if !drain.stale.is_empty() {
            refresh_leaders(&shared).await;
            continue;
        }
        if sent {
            continue;
        }
        let alarm = drain
            .next
            .unwrap_or_else(|| Instant::now() + shared.config.delivery_timeout);
        tokio::select! {
            () = shared.work.notified() => {}
            () = sleep_until(alarm) => {}
        }
    }
}

fn give_up_expired(shared: &Shared) {
    for (topic, partition, mut batch) in shared.accumulator.expired(Instant::now()) {
        let count = batch.count();
        let millis = shared.config.delivery_timeout.as_millis();
        let text = format!(
            "Expiring {count} record(s) for {topic}-{partition}:{millis} ms has passed since batch creation. The request has not been sent, or no server response has been received yet."
        );
        batch.give_up(&topic, &shared.config, &ClientError::Timeout(text.into()));
        shared.progress.notify_waiters();
    }
}

/// Asks for a producer id until there is one; a broker without idempotence leaves no way on.
async fn acquire_identity(shared: &Shared) {
    let config = shared.cluster.config();
    let deadline = Instant::now() + shared.config.delivery_timeout;
    match init_producer_id(shared, deadline).await {
        Ok(identity) => shared.accumulator.set_identity(identity),
        Err(error) => {
            report(shared, &error);
            sleep_until(Instant::now() + config.retry_backoff).await;
        }
    }
}

fn report(shared: &Shared, error: &ClientError) {
    let config = shared.cluster.config();
    if !error.is_retriable() {
        config.error(LOGGER, format_args!("{}: {error}", error.exception()));
    }
}

async fn init_producer_id(
    shared: &Shared,
    deadline: Instant,
) -> Result<(ProducerId, ProducerEpoch), ClientError> {
    let connection = shared.cluster.any(deadline, "initProducerId").await?;
    let request = InitProducerIdRequest {
        transactional_id: None,
        transaction_timeout_ms: i32::MAX,
        producer_id: ProducerId::NONE.0,
        producer_epoch: ProducerEpoch::NONE.0,
        ..InitProducerIdRequest::default()
    };
    let reply = connection.call(&request).await?;
    let response = reply.decode(InitProducerIdResponse::decode)?;
    ClientError::check(response.error_code, None)?;
    Ok((
        ProducerId(response.producer_id),
        ProducerEpoch(response.producer_epoch),
    ))
}

async fn refresh_leaders(shared: &Shared) {
    let config = shared.cluster.config();
    let topics = shared.accumulator.topics();
    let deadline = Instant::now() + config.request_timeout;
    let refresh = shared
        .cluster
        .refresh(Topics::Named(&topics), false, deadline);
    if let Ok(Ok(metadata)) = timeout(config.request_timeout, refresh).await {
        shared.accumulator.refresh(&metadata);
    }
    if !shared.accumulator.has_stale() {
        return;
    }
    sleep_until(Instant::now() + config.retry_backoff).await;
}

/// Sends one request; its answer is taken by a task of its own.
async fn dispatch(shared: &Arc<Shared>, leader: i32, batches: Vec<Drained>) {
    match start(shared, leader, &batches).await {
        Ok(Started::Awaited(version, connection, answer)) => {
            let shared = Arc::clone(shared);
            tokio::spawn(async move {
                let limit = shared.cluster.config().request_timeout;
                let reply = wait(ApiKey::PRODUCE, version, answer, limit).await;
                let correlation = connection.last_correlation();
                settle(&shared, leader, batches, reply, correlation);
            });
        }
        Ok(Started::Unanswered(written)) => {
            let shared = Arc::clone(shared);
            tokio::spawn(async move {
                let result = written.await.map_err(|_| ClientError::Disconnected);
                forget(&shared, leader, batches, result);
            });
        }
        Err(error) => settle(shared, leader, batches, Err(error), 0),
    }
}

/// Nobody will say what became of the batches; they are gone once they have left.
fn forget(shared: &Shared, leader: i32, batches: Vec<Drained>, result: Result<(), ClientError>) {
    match result {
        Ok(()) => {
            for drained in &batches {
                drained.batch.settle(Ok(-1));
                shared.accumulator.release(
                    &drained.topic,
                    drained.partition,
                    &drained.batch,
                    false,
                );
            }
            shared.accumulator.landed(leader);
            shared.work.notify_one();
            shared.progress.notify_waiters();
        }
        Err(error) => settle(shared, leader, batches, Err(error), 0),
    }
}

/// A request on its way.
enum Started {
    /// With its version, its connection, and the answer to come.
    Awaited(i16, Arc<Connection>, oneshot::Receiver<Bytes>),
    /// With the news that it has left.
    Unanswered(oneshot::Receiver<()>),
}

async fn start(shared: &Shared, leader: i32, batches: &[Drained]) -> Result<Started, ClientError> {
    let connection = shared.cluster.node(leader).await?;
    let version = connection.version_of(ApiKey::PRODUCE)?;
    let timeout_ms: u64 = shared
        .cluster
        .config()
        .request_timeout
        .as_millis()
        .saturate();
    let mut request = ProduceRequest {
        transactional_id: None,
        acks: shared.config.acks.wire(),
        timeout_ms: timeout_ms.saturate(),
        ..ProduceRequest::default()
    };
    for drained in batches {
        let partition = PartitionProduceData {
            index: drained.partition,
            records: Some(Records::Shared(vec![drained.bytes.clone().into()])),
            ..PartitionProduceData::default()
        };
        match request.topic_data.last_mut() {
            Some(topic) if *topic.name == *drained.topic => topic.partition_data.push(partition),
            _ => request.topic_data.push(TopicProduceData {
                name: drained.topic.as_ref().into(),
                topic_id: drained.topic_id,
                partition_data: vec![partition],
                ..TopicProduceData::default()
            }),
        }
    }
    if shared.config.acks == Acks::None {
        let written = connection.send_unanswered(version, &request)?;
        return Ok(Started::Unanswered(written));
    }
    let answer = connection.send(version, &request)?;
    Ok(Started::Awaited(version, connection, answer))
}

fn settle(
    shared: &Shared,
    leader: i32,
    batches: Vec<Drained>,
    reply: Result<Reply, ClientError>,
    correlation: i32,
) {
    let decoded = reply
        .as_ref()
        .map_err(Clone::clone)
        .and_then(|reply| reply.decode(ProduceResponse::decode));
    for drained in batches {
        let result = match &decoded {
            Ok(response) => result_of(response, &drained),
            Err(error) => Err(error.clone()),
        };
        match result {
            Ok(offset) => {
                drained.batch.settle(Ok(offset));
                shared.accumulator.release(
                    &drained.topic,
                    drained.partition,
                    &drained.batch,
                    false,
                );
            }
            Err(error) => failed(shared, drained, &error, correlation),
        }
    }
    shared.accumulator.landed(leader);
    shared.work.notify_one();
    shared.progress.notify_waiters();
}

fn result_of(response: &ProduceResponse<'_>, drained: &Drained) -> Result<i64, ClientError> {
    let partition = response
        .responses
        .iter()
        .filter(|topic| *topic.name == *drained.topic || topic.topic_id == drained.topic_id)
        .flat_map(|topic| &topic.partition_responses)
        .find(|partition| partition.index == drained.partition)
        .ok_or(ClientError::Disconnected)?;
    match partition.error_code {
        ErrorCode::NONE | ErrorCode::DUPLICATE_SEQUENCE_NUMBER => Ok(partition.base_offset),
        code => Err(refusal(partition, code)),
    }
}

fn refusal(partition: &PartitionProduceResponse<'_>, code: ErrorCode) -> ClientError {
    let first = partition
        .record_errors
        .first()
        .and_then(|error| error.batch_index_error_message.as_deref());
    ClientError::api_with(code, first.or(partition.error_message.as_deref()))
}

fn failed(shared: &Shared, drained: Drained, error: &ClientError, correlation: i32) {
    let Drained {
        topic,
        partition,
        mut batch,
        ..
    } = drained;
    let backoff = shared.cluster.config().retry_backoff;
    if error.code() == Some(ErrorCode::MESSAGE_TOO_LARGE)
        && batch.count() > 1
        && let Some(parts) = batch.split(&shared.config)
    {
        let left = attempts_left(shared, batch.attempts.saturating_sub(1));
        shared.cluster.config().warn(
            LOGGER,
            format_args!(
                "Got error produce response in correlation id {correlation} on topic-partition {topic}-{partition}, splitting and retrying ({left} attempts left). Error: MESSAGE_TOO_LARGE"
            ),
        );
        shared
            .accumulator
            .requeue(&topic, partition, parts, backoff, false);
        return;
    }
    if can_retry(shared, batch.attempts, batch.created, error) {
        let left = attempts_left(shared, batch.attempts);
        let what = error.code().map_or("NETWORK_EXCEPTION", ErrorCode::name);
        shared.cluster.config().warn(
            LOGGER,
            format_args!(
                "Got error produce response with correlation id {correlation} on topic-partition {topic}-{partition}, retrying ({left} attempts left). Error: {what}"
            ),
        );
        let refresh = error.code().is_none_or(ErrorCode::needs_metadata_refresh);
        shared
            .accumulator
            .requeue(&topic, partition, [batch], backoff, refresh);
        return;
    }
    batch.give_up(&topic, &shared.config, error);
    shared.accumulator.release(&topic, partition, &batch, true);
}

fn can_retry(shared: &Shared, attempts: u32, created: Instant, error: &ClientError) -> bool {
    let may_pass = error.is_retriable()
        || matches!(error, ClientError::Timeout(_))
        || (shared.config.idempotent
            && error.code() == Some(ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER));
    may_pass
        && attempts <= shared.config.retries
        && created.elapsed() < shared.config.delivery_timeout
}

fn attempts_left(shared: &Shared, attempts: u32) -> u32 {
    shared
        .config
        .retries
        .min(i32::MAX.unsigned_abs())
        .saturating_sub(attempts)
}
