//! Requests that wait for the high watermark.

use std::collections::BTreeSet;

use ottla_types::{ErrorCode, Offset, RequestToken};

/// Waiting requests by the offset they need, and those whose answer is known.
///
/// Bounded by the requests in flight, which the shell bounds per connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Waits {
    waiting: BTreeSet<(Offset, RequestToken)>,
    done: Vec<(RequestToken, Result<(), ErrorCode>)>,
}

impl Waits {
    pub(crate) fn add(&mut self, token: RequestToken, required_offset: Offset) {
        self.waiting.insert((required_offset, token));
    }

    /// Answers every wait whose offset the high watermark has reached.
    pub(crate) fn reached(&mut self, high_watermark: Offset, result: Result<(), ErrorCode>) {
        while let Some((required, token)) = self.waiting.first().copied() {
            if required > high_watermark {
                return;
            }
            self.waiting.pop_first();
            self.done.push((token, result));
        }
    }

    pub(crate) fn fail_all(&mut self, code: ErrorCode) {
        let waiting = std::mem::take(&mut self.waiting);
        self.done
            .extend(waiting.into_iter().map(|(_, token)| (token, Err(code))));
    }

    /// Forgets a request that gave up; says whether it was still waiting.
    pub(crate) fn forget(&mut self, token: RequestToken) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|(_, waiting)| *waiting != token);
        self.waiting.len() != before
    }

    pub(crate) fn drain(&mut self) -> Vec<(RequestToken, Result<(), ErrorCode>)> {
        std::mem::take(&mut self.done)
    }
}
