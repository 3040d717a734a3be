//! Records as Apache Kafka's tools print them; the expected lines are theirs.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::borrow::Cow;

use ottla_protocol::{
    group::{GroupKey, GroupValue},
    json::{JsonError, from_json, to_json, to_text},
    messages::{
        ClientQuotaRecord, GroupMetadataKey, GroupMetadataValue, client_quota_record::EntityData,
        group_metadata_value::MemberMetadata,
    },
    metadata::MetadataRecord,
};
use serde_json::json;

#[test]
fn a_metadata_record_is_printed_as_dump_log_prints_it() {
    let record = MetadataRecord::ClientQuotaRecord(ClientQuotaRecord {
        entity: vec![EntityData {
            entity_type: "user".into(),
            entity_name: Some("u".into()),
            ..EntityData::default()
        }],
        key: "producer_byte_rate".into(),
        value: 10_240_000.0,
        ..ClientQuotaRecord::default()
    });
    let value = record.to_json(0);
    assert_eq!(
        to_text(&value),
        r#"{"type":"CLIENT_QUOTA_RECORD","version":0,"data":{"entity":[{"entityType":"user","entityName":"u"}],"key":"producer_byte_rate","value":1.024E7,"remove":false}}"#
    );
    assert_eq!(MetadataRecord::from_json(&value), Ok((record, 0)));
}

#[test]
fn a_group_record_is_printed_with_the_consumer_protocol_decoded() {
    let subscription = json!({"topics": ["t"], "userData": null, "ownedPartitions": [], "generationId": -1, "rackId": null});
    let mut subscription_bytes = vec![0, 3];
    subscription_bytes.extend(from_json("ConsumerProtocolSubscription", 3, &subscription).unwrap());
    let value = GroupValue::GroupMetadata(GroupMetadataValue {
        protocol_type: "consumer".into(),
        generation: 1,
        protocol: Some("range".into()),
        leader: Some("m".into()),
        current_state_timestamp: 5,
        members: vec![MemberMetadata {
            member_id: "m".into(),
            client_id: "c".into(),
            client_host: "/127.0.0.1".into(),
            rebalance_timeout: 300_000,
            session_timeout: 45_000,
            subscription: Cow::Owned(subscription_bytes),
            // Cut short: stays as it is.
            assignment: Cow::Borrowed(&[0, 3, 0]),
            ..MemberMetadata::default()
        }],
        ..GroupMetadataValue::default()
    });
    assert_eq!(
        to_text(&value.to_dump_json(3)),
        r#"{"version":"3","data":{"protocolType":"consumer","generation":1,"protocol":"range","leader":"m","currentStateTimestamp":5,"members":[{"memberId":"m","groupInstanceId":null,"clientId":"c","clientHost":"/127.0.0.1","rebalanceTimeout":300000,"sessionTimeout":45000,"subscription":{"topics":["t"],"userData":null,"ownedPartitions":[],"generationId":-1,"rackId":null},"assignment":"AAMA"}]}}"#
    );
    let key = GroupKey::GroupMetadata(GroupMetadataKey { group: "g".into() });
    assert_eq!(
        to_text(&key.to_dump_json()),
        r#"{"type":"2","data":{"group":"g"}}"#
    );
    assert_eq!(
        to_text(&key.to_json()),
        r#"{"type":2,"data":{"group":"g"}}"#
    );
}

#[test]
fn a_value_of_another_form_is_refused_with_its_place() {
    let parse = |value| from_json("ListGroupsResponse", 4, &value).unwrap_err();
    let group = |kind| json!({"throttleTimeMs": 0, "errorCode": 0, "groups": [{"groupId": "g", "protocolType": kind, "groupState": ""}]});
    assert!(from_json("ListGroupsResponse", 4, &group(json!("consumer"))).is_ok());
    assert_eq!(
        parse(group(json!(7))),
        JsonError::WrongType {
            path: "/groups/0/protocolType".to_owned(),
            expected: "a string",
        }
    );
    let path = "/groups".to_owned();
    assert_eq!(
        parse(json!({"throttleTimeMs": 0, "errorCode": 0})),
        JsonError::Missing { path }
    );
    for number in [json!(32_768), json!(1.5), json!(null), json!("1")] {
        assert!(from_json("HeartbeatResponse", 0, &json!({"errorCode": number})).is_err());
    }
    assert_eq!(to_json("Nothing", 0, &[]), Err(JsonError::UnknownMessage));
    assert_eq!(
        to_json("HeartbeatResponse", 99, &[]),
        Err(JsonError::UnknownVersion)
    );
    assert_eq!(
        to_json("HeartbeatResponse", 0, &[0, 0, 1]),
        Err(JsonError::Trailing(1))
    );
    assert!(to_json("HeartbeatResponse", 0, &[0]).is_err());
}
