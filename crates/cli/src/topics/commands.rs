//! Create, alter, list, delete.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use ottla_client::{Admin, ClientError, NewPartitions, NewTopic, TopicListing, TopicResult};
use ottla_config::{Scope, find};
use ottla_types::ErrorCode;
use regex::Regex;
use tokio::time::sleep;

use super::parse_exception;
use crate::{Sink, exception::Exception, options::Parsed};

pub(super) async fn create(admin: &Admin, parsed: &Parsed, out: &Sink) -> Result<(), Exception> {
    let name = text(parsed, "topic")?.unwrap_or_default();
    let topic = new_topic(parsed, name)?;
    if name.contains(['.', '_']) {
        out.line("WARNING: Due to limitations in metric names, topics with a period ('.') or underscore ('_') could collide. To avoid issues it is best to use either, but not both.");
    }
    if name.is_empty() {
        return Err(unrepresentable(name));
    }
    let results = admin.create_topics(&[topic]).await?;
    match first_error(results) {
        None => {
            until(admin, |topics| {
                topics.iter().any(|topic| topic.name == name)
            })
            .await;
            out.line(format_args!("Created topic {name}."));
            Ok(())
        }
        Some(error)
            if error.code() == Some(ErrorCode::TOPIC_ALREADY_EXISTS)
                && parsed.has("if-not-exists") =>
        {
            Ok(())
        }
        Some(error) => Err(error.into()),
    }
}

fn new_topic(parsed: &Parsed, name: &str) -> Result<NewTopic, Exception> {
    let configs = configs(parsed)?;
    let partitions = number(parsed, "partitions")?;
    let factor = number(parsed, "replication-factor")?;
    let assignments = text(parsed, "replica-assignment")?
        .filter(|list| !list.is_empty())
        .map(assignments)
        .transpose()?;
    let mut topic = NewTopic::new(name);
    if let Some(assignments) = assignments {
        let numbered = (0..).zip(assignments).collect::<BTreeMap<_, _>>();
        topic = topic.assignments(numbered);
    } else {
        if let Some(partitions) = partitions {
            if partitions < 1 {
                return Err(Exception::illegal_argument(
                    "The partitions must be greater than 0",
                ));
            }
            topic = topic.partitions(partitions);
        }
        if let Some(factor) = factor {
            let factor = i16::try_from(factor).ok().filter(|factor| *factor >= 1);
            topic = topic.replication_factor(factor.ok_or_else(|| {
                Exception::illegal_argument(
                    "The replication factor must be between 1 and 32767 inclusive",
                )
            })?);
        }
    }
    for (key, value) in configs {
        topic = topic.config(key, value);
    }
    Ok(topic)
}

/// `key=value` arguments, checked as the broker would.
fn configs(parsed: &Parsed) -> Result<Vec<(String, String)>, Exception> {
    let mut configs: Vec<(String, String)> = Vec::new();
    for argument in parsed.values("config") {
        match split_config(argument) {
            Some((key, value)) => {
                configs.retain(|(other, _)| other != key);
                configs.push((key.to_owned(), value.to_owned()));
            }
            None => {
                return Err(Exception::illegal_argument(
                    "requirement failed: Invalid topic config: all configs to be added must be in the format \"key=val\".",
                ));
            }
        }
    }
    for (key, _) in &configs {
        if find(Scope::Topic, key).is_none() {
            return Err(Exception::new(
                "org.apache.kafka.common.errors.InvalidConfigurationException",
                format!("Unknown topic config name: {key}"),
            ));
        }
    }
    for (key, value) in &configs {
        if let Some(known) = find(Scope::Topic, key) {
            known.parse(value)?;
        }
    }
    Ok(configs)
}

/// Text around the first `=` with blanks around it; neither side may be empty.
fn split_config(argument: &str) -> Option<(&str, &str)> {
    let (key, value) = argument.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    (!key.is_empty() && !value.is_empty()).then_some((key, value))
}

/// `1:2,3:4`: the brokers of each partition.
fn assignments(list: &str) -> Result<Vec<Vec<i32>>, Exception> {
    let mut partitions: Vec<Vec<i32>> = Vec::new();
    for part in list.split(',') {
        let brokers = part
            .split(':')
            .map(|broker| {
                let broker = broker.trim();
                broker.parse::<i32>().map_err(|_| {
                    Exception::new(
                        "java.lang.NumberFormatException",
                        format!("For input string: \"{broker}\""),
                    )
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        let twice: BTreeSet<_> = brokers.iter().filter(|id| !seen.insert(**id)).collect();
        if !twice.is_empty() {
            let twice: Vec<_> = twice.iter().map(ToString::to_string).collect();
            return Err(Exception::new(
                "org.apache.kafka.tools.AdminCommandFailedException",
                format!(
                    "Partition replica lists may not contain duplicate entries: {}",
                    twice.join(",")
                ),
            ));
        }
        if partitions
            .first()
            .is_some_and(|first| first.len() != brokers.len())
        {
            return Err(Exception::new(
                "org.apache.kafka.server.common.AdminOperationException",
                format!(
                    "Partition {} has different replication factor: {}",
                    partitions.len(),
                    array(&brokers)
                ),
            ));
        }
        partitions.push(brokers);
    }
    Ok(partitions)
}

fn array(items: &[i32]) -> String {
    let items: Vec<_> = items.iter().map(ToString::to_string).collect();
    format!("[{}]", items.join(", "))
}

pub(super) async fn alter(admin: &Admin, parsed: &Parsed) -> Result<(), Exception> {
    let topics = matching(admin, parsed).await?;
    ensure_found(&topics, parsed)?;
    if topics.is_empty() {
        return Ok(());
    }
    let total = number(parsed, "partitions")?.unwrap_or_default();
    let assigned = text(parsed, "replica-assignment")?
        .filter(|list| !list.is_empty())
        .map(assignments)
        .transpose()?;
    let names: Vec<_> = topics.iter().map(|topic| topic.name.clone()).collect();
    let described = admin.describe_topics(&names, 2000).await?;
    let mut changes = Vec::new();
    for topic in described {
        let topic = topic?;
        // The list names all partitions; those that are there already are skipped.
        let assignments = assigned.as_ref().map(|assigned| {
            let there = topic.partitions.len();
            assigned.iter().skip(there).cloned().collect()
        });
        changes.push(NewPartitions {
            topic: topic.name,
            total,
            assignments,
        });
    }
    match first_error(admin.create_partitions(&changes).await?) {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

pub(super) async fn list(admin: &Admin, parsed: &Parsed, out: &Sink) -> Result<(), Exception> {
    let topics = matching(admin, parsed).await?;
    let names: Vec<_> = topics.iter().map(|topic| topic.name.as_str()).collect();
    out.line(names.join("\n"));
    Ok(())
}

pub(super) async fn delete(admin: &Admin, parsed: &Parsed) -> Result<(), Exception> {
    let topics = matching(admin, parsed).await?;
    ensure_found(&topics, parsed)?;
    if topics.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = topics.into_iter().map(|topic| topic.name).collect();
    if let Some(error) = first_error(admin.delete_topics(&names).await?) {
        return Err(error.into());
    }
    until(admin, |topics| {
        !topics.iter().any(|topic| names.contains(&topic.name))
    })
    .await;
    Ok(())
}

/// Waits, not for long, until the brokers have heard what the controller did: whoever runs the next
/// command expects to see it. Apache's tools are too slow to be there earlier.
async fn until(admin: &Admin, is_seen: impl Fn(&[TopicListing]) -> bool) {
    const TRIES: usize = 50;
    for _ in 0..TRIES {
        match admin.list_topics().await {
            Ok(topics) if !is_seen(&topics) => sleep(Duration::from_millis(20)).await,
            _ => return,
        }
    }
}

/// The topics whose whole name the pattern of `--topic` accepts, by name.
pub(super) async fn matching(
    admin: &Admin,
    parsed: &Parsed,
) -> Result<Vec<TopicListing>, Exception> {
    let mut topics = listed(admin, parsed).await?;
    keep_matching(parsed, &mut topics)?;
    Ok(topics)
}

/// The topics that the options let be listed, by name.
pub(super) async fn listed(admin: &Admin, parsed: &Parsed) -> Result<Vec<TopicListing>, Exception> {
    let mut topics = admin.list_topics().await?;
    if parsed.has("exclude-internal") {
        topics.retain(|topic| !topic.is_internal && !INTERNAL.contains(&topic.name.as_str()));
    }
    Ok(topics)
}

/// Drops the topics that the pattern of `--topic` does not accept.
pub(super) fn keep_matching(
    parsed: &Parsed,
    topics: &mut Vec<TopicListing>,
) -> Result<(), Exception> {
    if let Some(pattern) = text(parsed, "topic")? {
        let accepts = include_pattern(pattern)?;
        topics.retain(|topic| accepts.is_match(&topic.name));
    }
    Ok(())
}

const INTERNAL: [&str; 3] = [
    "__consumer_offsets",
    "__transaction_state",
    "__share_group_state",
];

/// A topic filter: commas mean "or", quotes and blanks are dropped.
fn include_pattern(pattern: &str) -> Result<Regex, Exception> {
    let pattern: String = pattern.trim().replace(',', "|").replace(' ', "");
    let pattern = pattern.trim_matches(['"', '\'']);
    Regex::new(&format!("^(?:{pattern})$"))
        .ok()
        .filter(|_| Regex::new(pattern).is_ok())
        .ok_or_else(|| {
            Exception::new(
                "java.lang.RuntimeException",
                format!("{pattern} is an invalid regex."),
            )
        })
}

/// A topic that was named must be there, unless `--if-exists` says otherwise.
pub(super) fn ensure_found(topics: &[TopicListing], parsed: &Parsed) -> Result<(), Exception> {
    let Some(pattern) = text(parsed, "topic")? else {
        return Ok(());
    };
    if topics.is_empty() && !parsed.has("if-exists") {
        return Err(Exception::illegal_argument(format!(
            "Topic '{pattern}' does not exist as expected"
        )));
    }
    Ok(())
}

pub(super) fn text<'a>(parsed: &'a Parsed, name: &str) -> Result<Option<&'a str>, Exception> {
    parsed.value(name).map_err(|error| parse_exception(&error))
}

pub(super) fn number(parsed: &Parsed, name: &str) -> Result<Option<i32>, Exception> {
    let number = parsed
        .number(name)
        .map_err(|error| parse_exception(&error))?;
    Ok(number.and_then(|number| i32::try_from(number).ok()))
}

fn first_error(results: Vec<TopicResult>) -> Option<ClientError> {
    results.into_iter().find_map(|topic| topic.result.err())
}

fn unrepresentable(name: &str) -> Exception {
    Exception::new(
        "org.apache.kafka.common.errors.InvalidTopicException",
        format!("The given topic name '{name}' cannot be represented in a request."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_accept_whole_names() {
        let accepts = include_pattern("a.*,beta").expect("valid");
        assert!(accepts.is_match("alpha") && accepts.is_match("beta"));
        assert!(!accepts.is_match("beta2") && !accepts.is_match("gamma"));
        assert_eq!(
            include_pattern("(").expect_err("open").text(),
            "( is an invalid regex."
        );
    }

    #[test]
    fn assignments_are_lists_of_equal_length() {
        assert_eq!(assignments("1:2,2:3"), Ok(vec![vec![1, 2], vec![2, 3]]));
        for wrong in ["a", "1:1", "1,2:3"] {
            assert!(assignments(wrong).is_err(), "{wrong}");
        }
    }
}
