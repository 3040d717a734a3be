//! Incremental fetch sessions: what a fetcher asked for is remembered between its requests.
//!
//! Responsible for the session cache (creation, eviction, epochs) and for deciding which partitions
//! of an incremental response are worth sending. Not responsible for reading logs.
//!
//! I1  a session's next epoch follows the last accepted one; 1 follows `i32::MAX`
//! I2  at most [`FetchSessions::slots`] sessions exist; session 0 is never one of them
//! I3  a partition is in a session at most once
//!
//! Spec: KIP-227 (incremental fetch sessions), KIP-516 (topic ids in fetch).

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use ottla_types::{ErrorCode, Mono, Uuid};
use parking_lot::Mutex;

/// A session idle for longer than this may make room for another.
const EVICT_IDLE: Duration = Duration::from_secs(120);

/// Epoch of a request that opens a session (or asks for none, with id 0 in the answer).
const INITIAL_EPOCH: i32 = 0;
/// Epoch of a request that wants no session, or closes the one it names.
const FINAL_EPOCH: i32 = -1;

/// How a request names a topic: by id from Fetch v13 on, by name before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TopicRef {
    /// Fetch v13 and later.
    Id(Uuid),
    /// Fetch up to v12.
    Name(Arc<str>),
}

/// One partition of a fetch request, and what the session last told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FetchPartition {
    /// Topic as the request names it.
    pub(crate) topic: TopicRef,
    /// Partition index.
    pub(crate) partition: i32,
    /// First offset wanted.
    pub(crate) fetch_offset: i64,
    /// Most bytes wanted of this partition.
    pub(crate) max_bytes: i32,
    /// Leader epoch the fetcher believes in, -1 for none.
    pub(crate) current_leader_epoch: i32,
    /// Epoch of the last record the fetcher holds, -1 for none.
    pub(crate) last_fetched_epoch: i32,
    /// Log start of a follower, -1 for consumers.
    pub(crate) log_start_offset: i64,
}

/// What a partition's answer looks like to the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// High watermark sent.
    pub(crate) high_watermark: i64,
    /// Log start offset sent.
    pub(crate) log_start_offset: i64,
    /// Whether it must be sent whatever was sent before: records, an error, a divergence, a
    /// preferred replica.
    pub(crate) must_send: bool,
    /// Whether it holds records, which moves the partition behind all others.
    pub(crate) has_records: bool,
    /// Whether it is an error, after which the next answer is sent in any case.
    pub(crate) is_error: bool,
}

#[derive(Clone, Debug)]
struct Slot {
    partition: FetchPartition,
    sent: Option<(i64, i64)>,
}

/// State of one session. The order of `slots` is the order in which partitions are read.
#[derive(Debug)]
struct Session {
    id: i32,
    by_id: bool,
    next_epoch: i32,
    slots: BTreeMap<u64, Slot>,
    places: BTreeMap<(TopicRef, i32), u64>,
    next_place: u64,
}

impl Session {
    fn new(id: i32, by_id: bool, partitions: &[FetchPartition]) -> Self {
        let mut session = Self {
            id,
            by_id,
            next_epoch: 1,
            slots: BTreeMap::new(),
            places: BTreeMap::new(),
            next_place: 0,
        };
        for partition in partitions {
            session.upsert(partition);
        }
        session
    }

    fn upsert(&mut self, partition: &FetchPartition) {
        let key = (partition.topic.clone(), partition.partition);
        if let Some(place) = self.places.get(&key) {
            if let Some(slot) = self.slots.get_mut(place) {
                slot.partition = partition.clone();
            }
            return;
        }
        let place = self.next_place;
        self.next_place += 1;
        self.places.insert(key, place);
        self.slots.insert(
            place,
            Slot {
                partition: partition.clone(),
                sent: None,
            },
        );
    }

    fn forget(&mut self, topic: &TopicRef, partition: i32) {
        if let Some(place) = self.places.remove(&(topic.clone(), partition)) {
            self.slots.remove(&place);
        }
    }

    fn advance_epoch(&mut self) {
        self.next_epoch = self.next_epoch.checked_add(1).unwrap_or(1);
    }

    /// Notes `answer` for a partition and says whether it belongs into the response.
    fn note(
        &mut self,
        topic: &TopicRef,
        partition: i32,
        answer: &Answer,
        incremental: bool,
    ) -> bool {
        let key = (topic.clone(), partition);
        let Some(place) = self.places.get(&key).copied() else {
            return true;
        };
        let Some(slot) = self.slots.get_mut(&place) else {
            return true;
        };
        let now = (answer.high_watermark, answer.log_start_offset);
        let send = !incremental || answer.must_send || slot.sent != Some(now);
        if send {
            slot.sent = (!answer.is_error).then_some(now);
        }
        if answer.has_records
            && let Some(slot) = self.slots.remove(&place)
        {
            let behind = self.next_place;
            self.next_place += 1;
            self.slots.insert(behind, slot);
            self.places.insert(key, behind);
        }
        send
    }
}

/// A request resolved against the session cache: what to read, and how to answer.
#[derive(Debug)]
pub(crate) struct FetchPlan {
    /// Partitions to read, in order.
    pub(crate) partitions: Vec<FetchPartition>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Sessionless,
    New(Arc<Mutex<Session>>),
    Incremental(Arc<Mutex<Session>>),
}

impl FetchPlan {
    /// Session id to answer with, 0 for none.
    #[must_use]
    pub(crate) fn session_id(&self) -> i32 {
        match &self.kind {
            Kind::Sessionless => 0,
            Kind::New(session) | Kind::Incremental(session) => session.lock().id,
        }
    }

    /// Notes what is about to be answered; gives for each answer whether to send it.
    ///
    /// `answers` stand in the order of [`Self::partitions`].
    #[must_use]
    pub(crate) fn select(&self, answers: &[Answer]) -> Vec<bool> {
        let (session, incremental) = match &self.kind {
            Kind::Sessionless => return vec![true; answers.len()],
            Kind::New(session) => (session, false),
            Kind::Incremental(session) => (session, true),
        };
        let mut session = session.lock();
        self.partitions
            .iter()
            .zip(answers)
            .map(|(asked, answer)| session.note(&asked.topic, asked.partition, answer, incremental))
            .collect()
    }
}

/// What a Fetch request says about sessions.
#[derive(Debug)]
pub(crate) struct SessionRequest<'r> {
    /// Session id of the request, 0 for none.
    pub(crate) session_id: i32,
    /// Session epoch of the request.
    pub(crate) session_epoch: i32,
    /// Whether topics are named by id (Fetch v13 and later).
    pub(crate) by_id: bool,
    /// Whether a follower asks: its session may displace a consumer's.
    pub(crate) privileged: bool,
    /// Partitions to fetch, or to add or change.
    pub(crate) partitions: &'r [FetchPartition],
    /// Partitions to drop from the session.
    pub(crate) forgotten: &'r [(TopicRef, i32)],
}

#[derive(Debug)]
struct Cached {
    session: Arc<Mutex<Session>>,
    privileged: bool,
    last_used: Mono,
    size: usize,
}

/// All sessions of a node.
#[derive(Debug)]
pub(crate) struct FetchSessions {
    cached: Mutex<BTreeMap<i32, Cached>>,
    /// Most sessions kept (`max.incremental.fetch.session.cache.slots`).
    pub(crate) slots: usize,
}

impl FetchSessions {
    /// An empty cache of at most `slots` sessions.
    #[must_use]
    pub(crate) const fn new(slots: usize) -> Self {
        Self {
            cached: Mutex::new(BTreeMap::new()),
            slots,
        }
    }

    /// Resolves a request.
    ///
    /// `fresh_id` is a random positive number for a session that may be created; an id in use is
    /// replaced by the next free one.
    ///
    /// # Errors
    /// `FETCH_SESSION_ID_NOT_FOUND`, `INVALID_FETCH_SESSION_EPOCH` and
    /// `FETCH_SESSION_TOPIC_ID_ERROR` as Kafka answers them.
    pub(crate) fn plan(
        &self,
        now: Mono,
        request: &SessionRequest<'_>,
        fresh_id: i32,
    ) -> Result<FetchPlan, ErrorCode> {
        let mut cached = self.cached.lock();
        match request.session_epoch {
            FINAL_EPOCH | INITIAL_EPOCH => {
                if request.session_id != 0 {
                    cached.remove(&request.session_id);
                }
                let partitions = request.partitions.to_vec();
                if request.session_epoch == FINAL_EPOCH {
                    return Ok(FetchPlan {
                        partitions,
                        kind: Kind::Sessionless,
                    });
                }
                let kind = self
                    .create(&mut cached, now, request, fresh_id)
                    .map_or(Kind::Sessionless, Kind::New);
                Ok(FetchPlan { partitions, kind })
            }
            _ => continue_session(&mut cached, now, request),
        }
    }

    /// Number of sessions and of partitions in them.
    #[cfg(test)]
    fn usage(&self) -> (usize, usize) {
        let cached = self.cached.lock();
        (cached.len(), cached.values().map(|entry| entry.size).sum())
    }

    fn create(
        &self,
        cached: &mut BTreeMap<i32, Cached>,
        now: Mono,
        request: &SessionRequest<'_>,
        fresh_id: i32,
    ) -> Option<Arc<Mutex<Session>>> {
        let size = request.partitions.len();
        if cached.len() >= self.slots {
            let victim = evictable(cached, now, request.privileged, size)?;
            cached.remove(&victim);
        }
        let mut id = fresh_id.max(1);
        while cached.contains_key(&id) {
            id = id.checked_add(1).unwrap_or(1);
        }
        let session = Arc::new(Mutex::new(Session::new(
            id,
            request.by_id,
            request.partitions,
        )));
        let entry = Cached {
            session: Arc::clone(&session),
            privileged: request.privileged,
            last_used: now,
            size,
        };
        cached.insert(id, entry);
        Some(session)
    }
}

fn continue_session(
    cached: &mut BTreeMap<i32, Cached>,
    now: Mono,
    request: &SessionRequest<'_>,
) -> Result<FetchPlan, ErrorCode> {
    let entry = cached
        .get_mut(&request.session_id)
        .ok_or(ErrorCode::FETCH_SESSION_ID_NOT_FOUND)?;
    let shared = Arc::clone(&entry.session);
    let mut session = shared.lock();
    if session.next_epoch != request.session_epoch {
        return Err(ErrorCode::INVALID_FETCH_SESSION_EPOCH);
    }
    if session.by_id != request.by_id {
        return Err(ErrorCode::FETCH_SESSION_TOPIC_ID_ERROR);
    }
    for partition in request.partitions {
        session.upsert(partition);
    }
    for (topic, partition) in request.forgotten {
        session.forget(topic, *partition);
    }
    entry.last_used = now;
    entry.size = session.slots.len();
    if session.slots.is_empty() {
        drop(session);
        cached.remove(&request.session_id);
        return Ok(FetchPlan {
            partitions: Vec::new(),
            kind: Kind::Sessionless,
        });
    }
    session.advance_epoch();
    let partitions = session
        .slots
        .values()
        .map(|slot| slot.partition.clone())
        .collect();
    drop(session);
    Ok(FetchPlan {
        partitions,
        kind: Kind::Incremental(shared),
    })
}

/// The session that has to go for a new one: an idle one, an unprivileged one before a privileged
/// one, a smaller one before a larger one. `None` when the new one has no better claim.
fn evictable(
    cached: &BTreeMap<i32, Cached>,
    now: Mono,
    privileged: bool,
    size: usize,
) -> Option<i32> {
    let (oldest, entry) = cached.iter().min_by_key(|(_, entry)| entry.last_used)?;
    if now.since(entry.last_used) > EVICT_IDLE {
        return Some(*oldest);
    }
    let (id, weakest) = cached
        .iter()
        .min_by_key(|(_, entry)| (entry.privileged, entry.size))?;
    let better = (privileged && !weakest.privileged)
        || (privileged == weakest.privileged && size > weakest.size);
    better.then_some(*id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partition(index: i32) -> FetchPartition {
        FetchPartition {
            topic: TopicRef::Name("t".into()),
            partition: index,
            fetch_offset: 0,
            max_bytes: 1,
            current_leader_epoch: -1,
            last_fetched_epoch: -1,
            log_start_offset: -1,
        }
    }

    fn request(id: i32, epoch: i32, partitions: &[FetchPartition]) -> SessionRequest<'_> {
        SessionRequest {
            session_id: id,
            session_epoch: epoch,
            by_id: false,
            privileged: false,
            partitions,
            forgotten: &[],
        }
    }

    fn quiet(high_watermark: i64) -> Answer {
        Answer {
            high_watermark,
            log_start_offset: 0,
            must_send: false,
            has_records: false,
            is_error: false,
        }
    }

    #[test]
    fn an_incremental_answer_holds_only_what_changed() {
        let sessions = FetchSessions::new(2);
        let asked = [partition(0), partition(1)];
        let plan = sessions.plan(Mono(0), &request(0, 0, &asked), 7).unwrap();
        assert_eq!(plan.session_id(), 7);
        assert_eq!(plan.select(&[quiet(1), quiet(1)]), [true, true]);

        let plan = sessions.plan(Mono(0), &request(7, 1, &[]), 8).unwrap();
        assert!(matches!(plan.kind, Kind::Incremental(_)));
        assert_eq!(plan.select(&[quiet(1), quiet(2)]), [false, true]);
    }

    #[test]
    fn a_partition_with_records_is_read_last_the_next_time() {
        let sessions = FetchSessions::new(2);
        let asked = [partition(0), partition(1)];
        let plan = sessions.plan(Mono(0), &request(0, 0, &asked), 7).unwrap();
        let full = Answer {
            must_send: true,
            has_records: true,
            ..quiet(1)
        };
        assert_eq!(plan.select(&[full, quiet(1)]), [true, true]);
        let plan = sessions.plan(Mono(0), &request(7, 1, &[]), 8).unwrap();
        let order: Vec<_> = plan
            .partitions
            .iter()
            .map(|asked| asked.partition)
            .collect();
        assert_eq!(order, [1, 0]);
    }

    #[test]
    fn wrong_ids_and_epochs_are_refused() {
        let sessions = FetchSessions::new(2);
        let asked = [partition(0)];
        let error = |request: &SessionRequest<'_>| sessions.plan(Mono(0), request, 9).unwrap_err();
        assert_eq!(
            error(&request(5, 1, &asked)),
            ErrorCode::FETCH_SESSION_ID_NOT_FOUND
        );
        let plan = sessions.plan(Mono(0), &request(0, 0, &asked), 7).unwrap();
        assert_eq!(
            error(&request(7, 2, &asked)),
            ErrorCode::INVALID_FETCH_SESSION_EPOCH
        );
        let by_id = SessionRequest {
            by_id: true,
            ..request(7, 1, &asked)
        };
        assert_eq!(error(&by_id), ErrorCode::FETCH_SESSION_TOPIC_ID_ERROR);
        drop(plan);
    }

    #[test]
    fn a_full_cache_gives_way_to_larger_sessions_only() {
        let sessions = FetchSessions::new(1);
        let two = [partition(0), partition(1)];
        let one = [partition(0)];
        assert_eq!(
            sessions
                .plan(Mono(0), &request(0, 0, &two), 7)
                .unwrap()
                .session_id(),
            7
        );
        assert_eq!(
            sessions
                .plan(Mono(0), &request(0, 0, &one), 8)
                .unwrap()
                .session_id(),
            0
        );
        let three = [partition(0), partition(1), partition(2)];
        assert_eq!(
            sessions
                .plan(Mono(0), &request(0, 0, &three), 9)
                .unwrap()
                .session_id(),
            9
        );
        assert_eq!(sessions.usage(), (1, 3));
    }
}
