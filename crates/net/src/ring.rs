//! The requests of one connection that wait for their answers, in order.

use std::collections::VecDeque;

use ottla_types::{Mono, RequestToken};
use ottla_wire::Frame;

use crate::{service::Order, wakers};

/// Started requests from the first unanswered one on.
///
/// R1  the front is never answered: what is answered at the front has been popped
/// R2  more than one request is here only if all are [`Order::Pipelined`]
#[derive(Debug)]
pub(crate) struct Ring<P> {
    slots: VecDeque<Slot<P>>,
    /// Sequence number of the front, or of the next request.
    first: u64,
    bytes: usize,
    order: Order,
}

/// Where a started request stands.
#[derive(Debug)]
pub(crate) enum State<P> {
    /// It waits.
    Parked { parked: P, deadline: Option<Mono> },
    /// The service has it in hand.
    Resuming,
    /// It is answered, or has no answer.
    Answered(Option<Frame>),
}

#[derive(Debug)]
struct Slot<P> {
    state: State<P>,
    bytes: usize,
}

impl<P> Ring<P> {
    pub(crate) fn new() -> Self {
        Self {
            slots: VecDeque::new(),
            first: 0,
            bytes: 0,
            order: Order::InTurn,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Requests that wait or follow one that waits.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Bytes of their frames.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The order that the waiting requests allow for the next.
    pub(crate) fn order(&self) -> Order {
        self.order
    }

    /// Sequence number of the request that starts next.
    pub(crate) fn next_sequence(&self) -> u64 {
        self.first + self.slots.len() as u64
    }

    /// Sequence number of the request at `index`.
    pub(crate) fn sequence(&self, index: usize) -> u64 {
        self.first + index as u64
    }

    /// Counts a request that was answered at once, with nothing before it.
    pub(crate) fn skip(&mut self) {
        debug_assert!(self.slots.is_empty(), "an earlier request waits");
        self.first += 1;
    }

    /// Adds the request that was started last.
    pub(crate) fn push(&mut self, state: State<P>, bytes: usize, order: Order) {
        if self.slots.is_empty() {
            self.order = order;
        }
        debug_assert!(self.slots.is_empty() || order == Order::Pipelined);
        self.bytes += bytes;
        self.slots.push_back(Slot { state, bytes });
    }

    /// Takes the parked request of this token out, if there is one.
    pub(crate) fn take_woken(&mut self, token: RequestToken) -> Option<(usize, P)> {
        let distance = wakers::sequence_distance(self.first, token);
        let index = usize::try_from(distance).ok()?;
        self.take(index)
    }

    /// Takes a parked request out whose deadline has passed.
    pub(crate) fn take_expired(&mut self, now: Mono) -> Option<(usize, P)> {
        let passed = |slot: &Slot<P>| slot.deadline().is_some_and(|deadline| deadline <= now);
        let index = self.slots.iter().position(passed)?;
        self.take(index)
    }

    /// Takes the parked request of this sequence number out, if there is one.
    pub(crate) fn take_sequence(&mut self, sequence: u64) -> Option<(usize, P)> {
        let index = usize::try_from(sequence.checked_sub(self.first)?).ok()?;
        self.take(index)
    }

    /// Takes the parked request at `index` out, if one is there.
    fn take(&mut self, index: usize) -> Option<(usize, P)> {
        let slot = self.slots.get_mut(index)?;
        if !matches!(slot.state, State::Parked { .. }) {
            return None;
        }
        match std::mem::replace(&mut slot.state, State::Resuming) {
            State::Parked { parked, .. } => Some((index, parked)),
            State::Resuming | State::Answered(_) => None,
        }
    }

    /// Puts back what became of the request at `index`.
    pub(crate) fn put(&mut self, index: usize, state: State<P>) {
        self.slots[index].state = state;
    }

    /// Drops the requests behind `index`; those that wait move to `abandoned`.
    pub(crate) fn cut_behind(&mut self, index: usize, abandoned: &mut Vec<P>) {
        while self.slots.len() > index + 1 {
            if let Some(slot) = self.slots.pop_back() {
                self.bytes -= slot.bytes;
                abandoned.extend(slot.into_parked());
            }
        }
    }

    /// Takes the front out if it is answered.
    pub(crate) fn pop_answered(&mut self) -> Option<Option<Frame>> {
        if !matches!(self.slots.front()?.state, State::Answered(_)) {
            return None;
        }
        let slot = self.slots.pop_front()?;
        self.first += 1;
        self.bytes -= slot.bytes;
        if self.slots.is_empty() && self.slots.capacity() > KEPT {
            self.slots = VecDeque::new();
        }
        match slot.state {
            State::Answered(answer) => Some(answer),
            State::Parked { .. } | State::Resuming => None,
        }
    }

    /// Takes out all that waits.
    pub(crate) fn drain_parked(&mut self) -> impl Iterator<Item = P> {
        self.slots.drain(..).filter_map(Slot::into_parked)
    }

    /// The earliest deadline of a parked request.
    pub(crate) fn next_deadline(&self) -> Option<Mono> {
        self.slots.iter().filter_map(Slot::deadline).min()
    }
}

impl<P> Slot<P> {
    fn deadline(&self) -> Option<Mono> {
        match self.state {
            State::Parked { deadline, .. } => deadline,
            State::Resuming | State::Answered(_) => None,
        }
    }

    fn into_parked(self) -> Option<P> {
        match self.state {
            State::Parked { parked, .. } => Some(parked),
            State::Resuming | State::Answered(_) => None,
        }
    }
}

/// Places for requests that an idle connection keeps.
const KEPT: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn parked(name: char, deadline: Option<u64>) -> State<char> {
        State::Parked {
            parked: name,
            deadline: deadline.map(Mono),
        }
    }

    fn answer(byte: u8) -> Option<Frame> {
        Some(Frame::from(vec![byte]))
    }

    #[test]
    fn answers_leave_from_the_front_only() {
        let mut ring = Ring::new();
        ring.skip();
        ring.push(parked('a', Some(9)), 10, Order::Pipelined);
        ring.push(State::Answered(answer(2)), 20, Order::Pipelined);
        ring.push(parked('c', Some(5)), 30, Order::Pipelined);
        assert_eq!((ring.next_sequence(), ring.bytes()), (4, 60));
        assert_eq!(ring.next_deadline(), Some(Mono(5)));
        assert_eq!(ring.pop_answered(), None);

        assert_eq!(ring.take_expired(Mono(4)), None);
        assert_eq!(ring.take_expired(Mono(5)), Some((2, 'c')));
        ring.put(2, State::Answered(None));
        assert_eq!(ring.pop_answered(), None);

        assert_eq!(ring.take_woken(wakers::token(7, 1)), Some((0, 'a')));
        ring.put(0, State::Answered(answer(1)));
        assert_eq!(ring.pop_answered(), Some(answer(1)));
        assert_eq!(ring.pop_answered(), Some(answer(2)));
        assert_eq!(ring.pop_answered(), Some(None));
        assert_eq!((ring.pop_answered(), ring.bytes()), (None, 0));
        assert_eq!(ring.next_sequence(), 4);
    }

    #[test]
    fn only_what_waits_can_be_woken() {
        let mut ring = Ring::new();
        for _ in 0..5 {
            ring.skip();
        }
        ring.push(parked('a', None), 1, Order::Pipelined);
        ring.push(State::Answered(None), 1, Order::Pipelined);
        for stale in [0, 4, 6, 7, 1000] {
            assert_eq!(ring.take_woken(wakers::token(7, stale)), None, "{stale}");
        }
        assert_eq!(ring.take_woken(wakers::token(7, 5)), Some((0, 'a')));
        assert_eq!(ring.take_woken(wakers::token(7, 5)), None);
    }

    #[test]
    fn cutting_gives_back_what_waits() {
        let mut ring = Ring::new();
        ring.push(parked('a', None), 1, Order::Pipelined);
        ring.push(parked('b', None), 1, Order::Pipelined);
        ring.push(State::Answered(None), 1, Order::Pipelined);
        ring.push(parked('d', None), 1, Order::Pipelined);
        let mut abandoned = Vec::new();
        ring.cut_behind(0, &mut abandoned);
        assert_eq!(
            (ring.len(), ring.bytes(), abandoned),
            (1, 1, vec!['d', 'b'])
        );
    }
}
