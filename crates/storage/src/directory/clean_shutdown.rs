//! `.kafka_cleanshutdown`: the mark that a directory was left with everything on disk.
//!
//! It is written last, after every flush and checkpoint of a shutdown, and removed durably before
//! anything in the directory is opened again: it must never outlive what it says. Its presence is
//! what counts; the broker epoch in it is for the controller.

use ottla_types::BrokerEpoch;

/// The name of the file.
pub const CLEAN_SHUTDOWN: &str = ".kafka_cleanshutdown";

/// The text of the file.
pub(super) fn encode(broker_epoch: BrokerEpoch) -> String {
    format!("{{\"version\":0,\"brokerEpoch\":{broker_epoch}}}")
}

/// The broker epoch in the file; `BrokerEpoch::NONE` when it is empty, as Kafka left it before 3.7,
/// or says something else.
pub(super) fn parse(bytes: &[u8]) -> BrokerEpoch {
    str::from_utf8(bytes)
        .ok()
        .and_then(parse_object)
        .unwrap_or(BrokerEpoch::NONE)
}

/// Reads the one object of whole numbers that the file may hold.
fn parse_object(text: &str) -> Option<BrokerEpoch> {
    let members = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    let mut epoch = None;
    for member in members.split(',') {
        let (key, value) = member.split_once(':')?;
        let value: i64 = value.trim().parse().ok()?;
        if key.trim().strip_prefix('"')?.strip_suffix('"')? == "brokerEpoch" {
            epoch = Some(BrokerEpoch(value));
        }
    }
    epoch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_what_apache_kafka_wrote() {
        let text = "{\"version\":0,\"brokerEpoch\":14}";
        assert_eq!(encode(BrokerEpoch(14)), text);
        assert_eq!(parse(text.as_bytes()), BrokerEpoch(14));
    }

    #[test]
    fn reads_the_object_in_any_form() {
        let text = " {\n \"brokerEpoch\" : 7 ,\n \"other\" : -1, \"version\": 0 }\n";
        assert_eq!(parse(text.as_bytes()), BrokerEpoch(7));
    }

    #[test]
    fn anything_else_is_a_mark_without_an_epoch() {
        let cut = &b"{\"version\":0,\"brokerEpoch\":1"[..];
        for bytes in [
            b"",
            cut,
            b"{}",
            b"{\"version\":0}",
            b"\xff",
            b"[1]",
            b"{\"brokerEpoch\":x}",
        ] {
            assert_eq!(parse(bytes), BrokerEpoch::NONE);
        }
    }
}
