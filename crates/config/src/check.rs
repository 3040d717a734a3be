//! What a value must satisfy beyond its type.

use crate::error::{ConfigError, Reason};
use crate::quorum;
use crate::value::Value;

/// A condition on the value of one key. Values that are not set pass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Check {
    /// Anything goes.
    Unchecked,
    /// An integer of at least this.
    AtLeast(i64),
    /// An integer from the first to the second, both included.
    Between(i64, i64),
    /// A floating point number from the first to the second, both included.
    Ratio(f64, f64),
    /// 1 to 9, or -1 for the codec's own default.
    GzipLevel,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// One of these texts, in any case.
    OneOfIgnoringCase(&'static [&'static str]),
    /// A text that is not empty.
    NonEmpty,
    /// A list, which may be empty. Duplicates are dropped, empty items refused, here and in the next three.
    Items,
    /// A list that is not empty.
    SomeItems,
    /// A list of some of these texts, which may be empty.
    AnyOf(&'static [&'static str]),
    /// A list of some of these texts that is not empty.
    SomeOf(&'static [&'static str]),
    /// `*`, or a list of `partition:broker`.
    ReplicaList,
    /// `earliest`, `latest`, or `by_duration:` and an ISO 8601 duration.
    OffsetReset,
    /// A list of `id@host:port`.
    Voters,
    /// A list of `host:port`.
    BootstrapServers,
}

impl Check {
    /// Drops duplicates where the check says so.
    pub(crate) fn prepare(self, value: Value) -> Value {
        match (self, value) {
            (
                Self::Items | Self::SomeItems | Self::AnyOf(_) | Self::SomeOf(_),
                Value::List(items),
            ) => {
                let mut kept: Vec<String> = Vec::with_capacity(items.len());
                for item in items {
                    if !kept.contains(&item) {
                        kept.push(item);
                    }
                }
                Value::List(kept)
            }
            (_, value) => value,
        }
    }

    /// Checks a value.
    ///
    /// # Errors
    /// The error that Apache Kafka gives for it.
    pub fn verify(self, key: &str, value: &Value) -> Result<(), ConfigError> {
        let fail = |reason: Option<Reason>| match reason {
            Some(reason) => Err(ConfigError::invalid(key, &value.to_string(), reason)),
            None => Ok(()),
        };
        match (self, value) {
            (Self::AtLeast(low), value) => fail(out_of_range(value, low, i64::MAX)),
            (Self::Between(low, high), value) => fail(out_of_range(value, low, high)),
            (Self::Ratio(low, high), Value::Double(ratio)) => fail(ratio_out_of(*ratio, low, high)),
            (Self::GzipLevel, Value::Int(level)) => {
                let good = *level == -1 || (1..=9).contains(level);
                fail((!good).then_some(Reason::GzipLevel))
            }
            (Self::OneOf(allowed), Value::Text(text)) => {
                let good = allowed.contains(&text.as_str());
                fail((!good).then_some(Reason::OneOf(allowed)))
            }
            (Self::OneOfIgnoringCase(allowed), Value::Text(text)) => {
                let good = allowed.iter().any(|one| one.eq_ignore_ascii_case(text));
                fail((!good).then_some(Reason::OneOfIgnoringCase(allowed)))
            }
            (Self::NonEmpty, Value::Text(text)) => {
                fail(text.is_empty().then_some(Reason::EmptyText))
            }
            (Self::Items, Value::List(items)) => list(key, items, &[], true),
            (Self::SomeItems, Value::List(items)) => list(key, items, &[], false),
            (Self::AnyOf(allowed), Value::List(items)) => list(key, items, allowed, true),
            (Self::SomeOf(allowed), Value::List(items)) => list(key, items, allowed, false),
            (Self::ReplicaList, Value::List(items)) => replica_list(key, items),
            (Self::OffsetReset, Value::Text(text)) => {
                let reason = || Reason::OffsetReset {
                    key: key.to_owned(),
                    value: text.clone(),
                };
                fail((!is_offset_reset(text)).then(reason))
            }
            (Self::Voters, Value::List(items)) => quorum::parse_voters(items)
                .map(drop)
                .map_err(ConfigError::from),
            (Self::BootstrapServers, Value::List(items)) => quorum::parse_bootstrap_servers(items)
                .map(drop)
                .map_err(ConfigError::from),
            _ => Ok(()),
        }
    }

    /// What is allowed, in words, for documentation; empty when anything is.
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::Unchecked | Self::Items => String::new(),
            Self::AtLeast(low) => format!("at least {low}"),
            Self::Between(low, high) => format!("{low} to {high}"),
            Self::Ratio(low, high) => format!("{low} to {high}"),
            Self::GzipLevel => "1 to 9, or -1".to_owned(),
            Self::OneOf(allowed) => allowed.join(", "),
            Self::OneOfIgnoringCase(allowed) => {
                format!("{} (any case)", allowed.join(", ").to_lowercase())
            }
            Self::NonEmpty | Self::SomeItems => "not empty".to_owned(),
            Self::AnyOf(allowed) => format!("any of {}", allowed.join(", ")),
            Self::SomeOf(allowed) => format!("some of {}", allowed.join(", ")),
            Self::ReplicaList => "`*` or `partition:node,...`".to_owned(),
            Self::OffsetReset => "earliest, latest, by_duration:PnDTnHnMn.nS".to_owned(),
            Self::Voters => "`id@host:port,...`".to_owned(),
            Self::BootstrapServers => "`host:port,...`".to_owned(),
        }
    }
}

fn out_of_range(value: &Value, low: i64, high: i64) -> Option<Reason> {
    let number = match value {
        Value::Int(number) => i64::from(*number),
        Value::Short(number) => i64::from(*number),
        Value::Long(number) => *number,
        _ => return None,
    };
    if number < low {
        Some(Reason::AtLeast(low))
    } else if number > high {
        Some(Reason::AtMost(high))
    } else {
        None
    }
}

fn ratio_out_of(ratio: f64, low: f64, high: f64) -> Option<Reason> {
    if ratio < low {
        Some(Reason::AtLeastRatio(low))
    } else if ratio > high {
        Some(Reason::AtMostRatio(high))
    } else {
        None
    }
}

fn list(
    key: &str,
    items: &[String],
    allowed: &'static [&'static str],
    may_be_empty: bool,
) -> Result<(), ConfigError> {
    if items.is_empty() && !may_be_empty {
        return Err(ConfigError::EmptyList {
            key: key.to_owned(),
            allowed,
        });
    }
    if items.iter().any(String::is_empty) {
        return Err(ConfigError::EmptyItem {
            key: key.to_owned(),
        });
    }
    let stranger = items
        .iter()
        .find(|item| !allowed.is_empty() && !allowed.contains(&item.as_str()));
    match stranger {
        Some(item) => Err(ConfigError::invalid(key, item, Reason::OneOf(allowed))),
        None => Ok(()),
    }
}

fn replica_list(key: &str, items: &[String]) -> Result<(), ConfigError> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_replica = |item: &String| {
        item.split_once(':')
            .is_some_and(|(partition, broker)| is_number(partition) && is_number(broker))
    };
    if items.is_empty() || items == ["*"] || items.iter().all(is_replica) {
        return Ok(());
    }
    let shown = format!("[{}]", items.join(", "));
    Err(ConfigError::invalid(
        key,
        &shown,
        Reason::ReplicaList {
            key: key.to_owned(),
        },
    ))
}

fn is_offset_reset(text: &str) -> bool {
    text == "earliest"
        || text == "latest"
        || text
            .strip_prefix("by_duration:")
            .is_some_and(|duration| parse_duration_ms(duration).is_some_and(|ms| ms >= 0))
}

/// Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds: `P1DT2H3M4.5S`, in any case,
/// with a sign in front of the whole and of each part.
pub(crate) fn parse_duration_ms(text: &str) -> Option<i64> {
    let upper = text.to_ascii_uppercase();
    let (negative, rest) = match upper.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, upper.strip_prefix('+').unwrap_or(&upper)),
    };
    let rest = rest.strip_prefix('P')?;
    let (days, time) = match rest.split_once('T') {
        Some((days, time)) if !time.is_empty() => (days, time),
        Some(_) => return None,
        None => (rest, ""),
    };
    let mut total: i64 = 0;
    let mut parts = 0;
    if !days.is_empty() {
        total = days
            .strip_suffix('D')?
            .parse::<i64>()
            .ok()?
            .checked_mul(86_400_000)?;
        parts += 1;
    }
    let mut time = time;
    for (unit, scale) in [('H', 3_600_000), ('M', 60_000)] {
        if let Some((number, rest)) = time.split_once(unit) {
            total = total.checked_add(number.parse::<i64>().ok()?.checked_mul(scale)?)?;
            time = rest;
            parts += 1;
        }
    }
    if let Some(seconds) = time.strip_suffix('S') {
        total = total.checked_add(seconds_ms(seconds)?)?;
        time = "";
        parts += 1;
    }
    (time.is_empty() && parts > 0).then_some(if negative { -total } else { total })
}

fn seconds_ms(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{fraction:0<3}").get(..3)?.parse::<i64>().ok()?;
    let base = whole.parse::<i64>().ok()?.checked_mul(1000)?;
    base.checked_add(if whole.starts_with('-') {
        -thousandths
    } else {
        thousandths
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_iso_8601() {
        for (text, expected) in [
            ("P1DT2H3M4.5S", Some(93_784_500)),
            ("pt1h", Some(3_600_000)),
            ("-PT1H", Some(-3_600_000)),
            ("PT-1.25S", Some(-1_250)),
            ("P1W", None),
            ("P1Y", None),
            ("PT", None),
            ("P", None),
            ("PT1M1H", None),
            ("foo", None),
        ] {
            assert_eq!(parse_duration_ms(text), expected, "{text}");
        }
    }

    #[test]
    fn a_list_loses_its_duplicates() {
        let value = Check::Items.prepare(Value::List(vec!["a".into(), "b".into(), "a".into()]));
        assert_eq!(value.items(), ["a", "b"]);
    }
}
