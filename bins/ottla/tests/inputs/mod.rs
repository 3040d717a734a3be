//! Inputs no broker should get, and what a server makes of each.
//!
//! The tests compare a live broker with `apache-4.3.1.txt`, which the example `bad-input` wrote while
//! it talked to Apache Kafka. Every input goes out on a connection of its own.

pub(crate) mod client;
mod frames;
mod produce;
mod random;
mod requests;
mod sweep;

use std::{fmt::Write as _, time::Duration};

use ottla_protocol::{
    ApiKey,
    messages::{
        CreateTopicsRequest, FindCoordinatorRequest, HeartbeatRequest,
        create_topics_request::{CreatableTopic, CreatableTopicConfig},
    },
};

use serde_json::Value;

use client::{Connection, Outcome, PATIENCE, SILENCE};
pub(crate) use produce::{batch, produce};

/// The topic that bad records are sent to.
pub(crate) const TOPIC: &str = "bad-input";
/// The same, compacted.
pub(crate) const COMPACTED: &str = "bad-input-compacted";

/// One or more inputs that belong together, and how to read what they give.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) api: ApiKey,
    inputs: Vec<Input>,
    patience: Duration,
}

/// What goes out on one connection.
struct Input {
    version: i16,
    bytes: Vec<u8>,
}

impl Line {
    fn of(name: String, api: ApiKey, inputs: Vec<Input>) -> Self {
        Self {
            name,
            api,
            inputs,
            patience: PATIENCE,
        }
    }

    fn one(name: impl Into<String>, api: ApiKey, version: i16, bytes: Vec<u8>) -> Self {
        Self::of(name.into(), api, vec![Input { version, bytes }])
    }

    /// An input that gets no answer, because it is not whole.
    fn unanswered(self) -> Self {
        Self {
            patience: SILENCE,
            ..self
        }
    }

    /// Sends the inputs one after the other.
    pub(crate) fn run(&self, server: &str) -> Vec<(i16, Outcome)> {
        self.inputs
            .iter()
            .map(|input| {
                let Input { version, bytes } = input;
                let outcome = client::outcome(server, bytes, self.api, *version, self.patience);
                (*version, outcome)
            })
            .collect()
    }
}

/// Everything, in the order in which it is sent. Talks to the server for a producer id.
pub(crate) fn lines(server: &str) -> Vec<Line> {
    let mut lines = frames::lines();
    lines.extend(sweep::unknown_apis());
    lines.extend(produce::lines(server));
    lines.extend(requests::lines());
    lines.extend(sweep::lines());
    lines
}

/// Makes the topics that the inputs speak of, and waits until there is a coordinator of groups.
pub(crate) fn prepare(server: &str) {
    make_topics(server);
    let mut connection = Connection::open(server);
    let find = FindCoordinatorRequest {
        coordinator_keys: vec![TOPIC.into()],
        ..FindCoordinatorRequest::default()
    };
    let heartbeat = HeartbeatRequest {
        group_id: TOPIC.into(),
        ..HeartbeatRequest::default()
    };
    let mut answers = (Value::Null, Value::Null);
    let is_ready = (0..COORDINATOR_TRIES).any(|_| {
        let answer = (connection.call(4, &find), connection.call(4, &heartbeat));
        answers = answer;
        answers.1["errorCode"] == UNKNOWN_MEMBER_ID
    });
    assert!(is_ready, "no coordinator: {answers:?}");
}

fn make_topics(server: &str) {
    let topic = |name: &'static str, configs| CreatableTopic {
        name: name.into(),
        num_partitions: 1,
        replication_factor: 1,
        configs,
        ..CreatableTopic::default()
    };
    let compact = CreatableTopicConfig {
        name: "cleanup.policy".into(),
        value: Some("compact".into()),
        ..CreatableTopicConfig::default()
    };
    let request = CreateTopicsRequest {
        topics: vec![topic(TOPIC, Vec::new()), topic(COMPACTED, vec![compact])],
        ..CreateTopicsRequest::default()
    };
    let answer = Connection::open(server).call(7, &request);
    for topic in answer["topics"].as_array().expect("topics") {
        let code = topic["errorCode"].as_i64();
        assert!(matches!(code, Some(0 | TOPIC_ALREADY_EXISTS)), "{answer}");
    }
}

/// The outcomes of a line in a few words: `closed`, or each run of versions with what it gave.
pub(crate) fn describe(outcomes: &[(i16, Outcome)]) -> String {
    let mut versions: Vec<(i16, Vec<&Outcome>)> = Vec::new();
    for (version, outcome) in outcomes {
        match versions.last_mut() {
            Some((last, outcomes)) if last == version => outcomes.push(outcome),
            _ => versions.push((*version, vec![outcome])),
        }
    }
    let mut runs: Vec<(i16, i16, String)> = Vec::new();
    for (version, outcomes) in versions {
        let words = in_words(outcomes);
        match runs.last_mut() {
            Some((_, last, same)) if *same == words => *last = version,
            _ => runs.push((version, version, words)),
        }
    }
    if let [(_, _, words)] = runs.as_slice() {
        return words.clone();
    }
    let mut text = String::new();
    for (first, last, words) in runs {
        let sign = if text.is_empty() { "" } else { "; " };
        write!(text, "{sign}v{first}-{last} {words}").unwrap();
    }
    text
}

/// The outcomes of one version: one when they are the same, each otherwise.
fn in_words(mut outcomes: Vec<&Outcome>) -> String {
    let all = outcomes.len();
    outcomes.dedup();
    if let [only] = outcomes.as_slice() {
        return only.to_string();
    }
    assert!(all < 200, "too many outcomes to list");
    let words: Vec<String> = outcomes.iter().map(ToString::to_string).collect();
    words.join(" / ")
}

const TOPIC_ALREADY_EXISTS: i64 = 36;
const UNKNOWN_MEMBER_ID: i64 = 25;
const COORDINATOR_TRIES: u32 = 500_000;
