//! Orders that go out, and appends that have not been committed yet.

use std::{collections::BTreeMap, collections::VecDeque, sync::Arc};

use ottla_types::{ErrorCode, Now, ProducerEpoch, ProducerId, RequestToken};
use ottla_wire::EncodeError;

use crate::{
    config::GroupConfig,
    group::Group,
    member::Member,
    offsets::Slot,
    record::KeyValue,
    request::{GroupReply, append_code},
    timers::{TimerKey, Timers},
};

/// Names an append from [`Output::Append`] until it is committed or has failed. Later appends have
/// greater ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriteId(pub u64);

/// The transaction that an append belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// Producer id of the batch.
    pub producer_id: ProducerId,
    /// Producer epoch of the batch.
    pub producer_epoch: ProducerEpoch,
}

/// An order to the shell.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Append the records, as one batch, to the coordinator's partition. Report back with
    /// `committed` once the high watermark has passed them, or `failed`.
    Append {
        /// Name of the append.
        write: WriteId,
        /// Keys and values; no value is a tombstone.
        records: Vec<KeyValue>,
        /// Set for offsets committed in a transaction: the batch carries these and the
        /// transactional bit.
        transaction: Option<Transaction>,
    },
    /// Answer a request.
    Reply {
        /// The token it came with.
        token: RequestToken,
        /// The answer.
        reply: GroupReply,
    },
}

/// What happens when an append is settled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Then {
    /// Nothing more.
    Nothing,
    /// The answer leaves, or turns into a refusal.
    Reply(RequestToken, GroupReply),
    /// The group becomes stable with this assignment.
    Assign {
        group: Arc<str>,
        generation: i32,
        assignment: BTreeMap<Arc<str>, Vec<u8>>,
    },
    /// A static member that came back under a new id is answered.
    Rejoin(Box<Rejoin>),
}

/// A static member that replaced its own former self in a stable group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rejoin {
    pub(crate) group: Arc<str>,
    pub(crate) member: Arc<str>,
    /// As it was before, to go back to when the append fails.
    pub(crate) former: Member,
    pub(crate) former_leader: Option<Arc<str>>,
    pub(crate) token: RequestToken,
}

/// What an append has changed already.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Effects {
    pub(crate) offsets: Vec<Slot>,
    pub(crate) created: Option<Arc<str>>,
    pub(crate) removed: Vec<Group>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pending {
    pub(crate) effects: Effects,
    pub(crate) then: Then,
    /// Answers that saw what this append wrote.
    pub(crate) after: Vec<(RequestToken, GroupReply)>,
}

/// An append to be.
pub(crate) struct Write {
    pub(crate) records: Result<Vec<KeyValue>, EncodeError>,
    pub(crate) transaction: Option<Transaction>,
    pub(crate) effects: Effects,
    pub(crate) then: Then,
}

impl Write {
    pub(crate) fn one(record: Result<KeyValue, EncodeError>, then: Then) -> Self {
        Self {
            records: record.map(|record| vec![record]),
            transaction: None,
            effects: Effects::default(),
            then,
        }
    }
}

/// Outputs and pending appends of one coordinator.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Journal {
    last_write: u64,
    pub(crate) pending: BTreeMap<WriteId, Pending>,
    /// Appends whose records cannot be expressed.
    pub(crate) unwritable: Vec<WriteId>,
    pub(crate) outputs: VecDeque<Output>,
}

impl Journal {
    /// The id that the next append will have.
    pub(crate) fn next_write(&self) -> WriteId {
        WriteId(self.last_write + 1)
    }

    pub(crate) fn reply(&mut self, token: RequestToken, reply: GroupReply) {
        self.outputs.push_back(Output::Reply { token, reply });
    }

    /// Answers once everything appended so far is committed.
    pub(crate) fn reply_settled(&mut self, token: RequestToken, reply: GroupReply) {
        match self.pending.last_entry() {
            Some(mut last) => last.get_mut().after.push((token, reply)),
            None => self.reply(token, reply),
        }
    }

    pub(crate) fn append(&mut self, write: Write) -> WriteId {
        let id = self.next_write();
        self.last_write = id.0;
        match write.records {
            Ok(records) => self.outputs.push_back(Output::Append {
                write: id,
                records,
                transaction: write.transaction,
            }),
            Err(_) => self.unwritable.push(id),
        }
        let pending = Pending {
            effects: write.effects,
            then: write.then,
            after: Vec::new(),
        };
        self.pending.insert(id, pending);
        id
    }

    /// Refuses what waits for `pending`.
    pub(crate) fn refuse_waiting(&mut self, pending: &mut Pending, code: ErrorCode) {
        let code = append_code(code);
        let after = std::mem::take(&mut pending.after);
        let own = match std::mem::replace(&mut pending.then, Then::Nothing) {
            Then::Reply(token, reply) => Some((token, reply)),
            other @ (Then::Nothing | Then::Assign { .. } | Then::Rejoin(_)) => {
                pending.then = other;
                None
            }
        };
        for (token, mut reply) in own.into_iter().chain(after) {
            reply.refuse(code);
            self.reply(token, reply);
        }
    }
}

/// What the rules of a group may use of its coordinator.
pub(crate) struct Context<'a> {
    pub(crate) now: Now,
    pub(crate) config: &'a GroupConfig,
    pub(crate) timers: &'a mut Timers,
    pub(crate) journal: &'a mut Journal,
}

impl Context<'_> {
    /// Appends, with a deadline for the commit.
    pub(crate) fn append(&mut self, write: Write) -> WriteId {
        let id = self.journal.append(write);
        let deadline = self.now.mono + self.config.offset_commit_timeout;
        self.timers.set(TimerKey::Write(id), deadline);
        id
    }
}
