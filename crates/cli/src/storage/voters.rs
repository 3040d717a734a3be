//! The first voters of a dynamic quorum.

use ottla_protocol::messages::{
    VotersRecord,
    voters_record::{Endpoint, KRaftVersionFeature, Voter as VoterRecord},
};
use ottla_types::Uuid;

use crate::exception::Exception;

/// One voter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Voter {
    pub(super) id: i32,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) directory: Uuid,
}

/// `id@host:port:directory` elements, separated by commas.
pub(super) fn parse(list: &str) -> Result<Vec<Voter>, Exception> {
    let mut voters: Vec<Voter> = Vec::new();
    for element in list
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        let voter = parse_one(element).map_err(Exception::illegal_argument)?;
        if voters.iter().any(|other| other.id == voter.id) {
            return Err(Exception::illegal_argument(format!(
                "Node id {} was specified more than once.",
                voter.id
            )));
        }
        voters.push(voter);
    }
    if voters.is_empty() {
        return Err(Exception::illegal_argument("No voters given."));
    }
    voters.sort_by_key(|voter| voter.id);
    Ok(voters)
}

fn parse_one(text: &str) -> Result<Voter, &'static str> {
    let (id, rest) = text
        .split_once('@')
        .ok_or("No @ found in dynamic voter string.")?;
    let id: i32 = id
        .parse()
        .map_err(|_| "Failed to parse node id in dynamic voter string.")?;
    if id < 0 {
        return Err("Invalid negative node id in dynamic voter string.");
    }
    let (host, rest) = split_host(rest)?;
    let (port, directory) = rest
        .split_once(':')
        .ok_or("No colon following port could be found.")?;
    Ok(Voter {
        id,
        host: host.to_owned(),
        port: port
            .parse()
            .map_err(|_| "Failed to parse port in dynamic voter string.")?,
        directory: directory
            .parse()
            .map_err(|_| "Failed to parse directory ID in dynamic voter string.")?,
    })
}

fn split_host(text: &str) -> Result<(&str, &str), &'static str> {
    const NO_COLON: &str = "No colon following hostname could be found.";
    if text.is_empty() {
        return Err("No hostname found after node id.");
    }
    if let Some(rest) = text.strip_prefix('[') {
        let (host, rest) = rest
            .split_once(']')
            .ok_or("Hostname began with left bracket, but no right bracket was found.")?;
        return Ok((host, rest.strip_prefix(':').ok_or(NO_COLON)?));
    }
    text.split_once(':').ok_or(NO_COLON)
}

/// The record that makes them voters.
pub(super) fn record<'a>(voters: &'a [Voter], listener: &'a str) -> VotersRecord<'a> {
    let voter = |voter: &'a Voter| VoterRecord {
        voter_id: voter.id,
        voter_directory_id: voter.directory,
        endpoints: vec![Endpoint {
            name: listener.into(),
            host: voter.host.as_str().into(),
            port: voter.port,
            ..Endpoint::default()
        }],
        k_raft_version_feature: KRaftVersionFeature {
            min_supported_version: 0,
            max_supported_version: 1,
            ..KRaftVersionFeature::default()
        },
        ..VoterRecord::default()
    };
    VotersRecord {
        version: 0,
        voters: voters.iter().map(voter).collect(),
        ..VotersRecord::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voters_with_names_and_addresses() {
        let list = "2@[::1]:9094:lNEoLcHCTnWsQKdoJLpJ1A,1@host:9093:JvH4dYjDTNaIWc8nEHv5mA";
        let voters = parse(list).expect("valid");
        let told: Vec<_> = voters
            .iter()
            .map(|voter| (voter.id, voter.host.as_str(), voter.port))
            .collect();
        assert_eq!(told, [(1, "host", 9093), (2, "::1", 9094)]);
    }

    #[test]
    fn mistakes_are_named() {
        for (list, text) in [
            ("", "No voters given."),
            ("1", "No @ found in dynamic voter string."),
            ("1@h", "No colon following hostname could be found."),
            ("1@h:9", "No colon following port could be found."),
        ] {
            assert_eq!(parse(list).expect_err(list).text(), text);
        }
    }
}
