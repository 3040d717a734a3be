//! What a parked request waits for, and how it goes on.

use ottla_types::{ErrorCode, Now};

use crate::{
    api::{self, fetch::FetchState, groups, produce::ProduceState},
    call::{Call, ConnectionFacts},
    metadata_thread::MetadataCommand,
    node::Node,
    output::{Output, Parked, Reply},
};

/// Why a request is parked, with all that its handler needs to go on.
#[derive(Debug)]
pub(crate) enum Waiting {
    /// For the in-sync set to hold what was appended.
    Produce(Box<ProduceState<'static>>),
    /// For bytes to read.
    Fetch(Box<FetchState>),
    /// For the controller to decide this.
    Controller(Box<MetadataCommand>),
    /// For the group coordinator.
    Group(Box<groups::Waiting>),
}

impl Node {
    /// Goes on with a parked request that was woken, or whose deadline has come.
    ///
    /// It may be parked again: a wake-up is a hint. When `stopping`, it is answered with what there
    /// is, as if its time were up; only a coordinator's answer is waited for.
    pub fn resume(
        &self,
        now: Now,
        connection: &ConnectionFacts,
        parked: Parked,
        stopping: bool,
        out: &mut Vec<Output>,
    ) -> Reply {
        let Parked {
            token,
            deadline,
            envelope,
            waiting,
        } = parked;
        let mut call = Call {
            node: self,
            now,
            connection,
            token,
            envelope,
            client_id: "",
            out,
        };
        let due = stopping || deadline.is_some_and(|deadline| now.mono >= deadline);
        let deadline_or_now = if stopping {
            now.mono
        } else {
            deadline.unwrap_or(now.mono)
        };
        match waiting {
            Waiting::Produce(state) => api::produce::resume(&call, *state, deadline_or_now),
            Waiting::Fetch(state) => api::fetch::resume(&mut call, *state, deadline_or_now),
            Waiting::Controller(command) => {
                let reply = match self.take_controller_reply(token) {
                    Some(reply) => reply,
                    None if due => {
                        self.forget_controller_reply(token);
                        command.refuse(ErrorCode::REQUEST_TIMED_OUT)
                    }
                    None => return call.park(deadline, Waiting::Controller(command)),
                };
                api::respond_controller(self, envelope, reply)
            }
            Waiting::Group(waiting) => groups::resume(&mut call, *waiting),
        }
    }

    /// Forgets a parked request whose connection is gone.
    pub fn cancel(&self, parked: Parked) {
        let token = parked.token;
        match parked.waiting {
            Waiting::Produce(mut state) => state.cancel(token),
            Waiting::Fetch(mut state) => state.unsubscribe(),
            Waiting::Controller(_) => self.forget_controller_reply(token),
            Waiting::Group(waiting) => groups::cancel(*waiting),
        }
    }
}
