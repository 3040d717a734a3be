//! What is wrong with a request whatever its API: versions nobody knows, bodies cut short, too long,
//! or of any bytes.

use ottla_protocol::{ApiKey, messages::*};
use ottla_wire::Writer;

use super::{
    Input, Line,
    client::{frame, raw_request},
    random::Random,
};

/// Every API at every version, each kind of damage one line.
pub(crate) fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for api in ApiKey::ALL {
        lines.push(unknown_versions(*api));
        for (what, bodies) in KINDS {
            lines.push(line(what, *api, *bodies));
        }
    }
    lines
}

type Bodies = fn(ApiKey, i16, &[u8]) -> Vec<Vec<u8>>;

/// Name of a damage, and the bodies it makes of a whole one.
const KINDS: &[(&str, Bodies)] = &[
    ("cut short", cut_short),
    ("bytes left over", left_over),
    ("all bits set", |_, _, _| vec![vec![0xff; 64]]),
    ("a count of two billion", |_, _, _| vec![two_billion()]),
    ("random bytes", random),
];

fn line(what: &str, api: ApiKey, bodies: Bodies) -> Line {
    let mut inputs = Vec::new();
    for version in api.versions().expect("a known API") {
        let body = empty_body(api, version).expect("every API has an empty request");
        inputs.extend(bodies(api, version, &body).into_iter().map(|body| Input {
            version,
            bytes: raw_request(api, version, &body),
        }));
    }
    Line::of(format!("{} {what}", api.name()), api, inputs)
}

fn cut_short(_: ApiKey, _: i16, body: &[u8]) -> Vec<Vec<u8>> {
    (0..body.len()).map(|end| body[..end].to_vec()).collect()
}

fn left_over(_: ApiKey, _: i16, body: &[u8]) -> Vec<Vec<u8>> {
    vec![[body, b"left over"].concat()]
}

/// A count of an array or a length of a string that no memory holds, as int32 and as varint.
fn two_billion() -> Vec<u8> {
    let mut body = vec![0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x07];
    body.resize(40, 0);
    body
}

fn random(api: ApiKey, version: i16, _: &[u8]) -> Vec<Vec<u8>> {
    let mut random = Random::new(
        u64::from(api.0.unsigned_abs()),
        u64::from(version.unsigned_abs()),
    );
    (0..RANDOM_BODIES)
        .map(|_| {
            let length = 1 + random.below(RANDOM_LENGTH);
            random.bytes(length)
        })
        .collect()
}

/// One version too early, one too late, and the ends of what a version can be.
fn unknown_versions(api: ApiKey) -> Line {
    let versions = api.versions().expect("a known API");
    let unknown = [
        i16::MIN,
        -1,
        versions.start() - 1,
        versions.end() + 1,
        i16::MAX,
    ];
    let inputs = unknown
        .into_iter()
        .filter(|version| !versions.contains(version))
        .map(|version| Input {
            version,
            bytes: raw_request(api, version, &[0; 16]),
        });
    Line::of(
        format!("{} unknown version", api.name()),
        api,
        inputs.collect(),
    )
}

/// Requests of APIs that do not exist.
pub(crate) fn unknown_apis() -> Vec<Line> {
    [-1, 4, 5, 6, 7, 63, 67, 93, 1000, i16::MAX, i16::MIN]
        .into_iter()
        .filter(|key| ApiKey(*key).versions().is_none())
        .map(|key| {
            let mut bytes = key.to_be_bytes().to_vec();
            bytes.extend([0, 0, 0, 0, 0, 77, 0xff, 0xff, 0, 0, 0, 0]);
            let input = Input {
                version: 0,
                bytes: frame(&bytes),
            };
            Line::of(format!("unknown API {key}"), ApiKey(key), vec![input])
        })
        .collect()
}

macro_rules! empty_bodies {
    ($($request:ident)*) => {
        /// A whole body with every field at its default, but asking for an answer.
        fn empty_body(api: ApiKey, version: i16) -> Option<Vec<u8>> {
            if api == ApiKey::PRODUCE {
                let request = ProduceRequest {
                    acks: 1,
                    ..ProduceRequest::default()
                };
                let mut writer = Writer::new();
                request.encode(&mut writer, version).ok()?;
                return Some(writer.into_vec());
            }
            $(if api == $request::API_KEY {
                let mut writer = Writer::new();
                $request::default().encode(&mut writer, version).ok()?;
                return Some(writer.into_vec());
            })*
            None
        }
    };
}

empty_bodies! {
    AddOffsetsToTxnRequest AddPartitionsToTxnRequest AddRaftVoterRequest
    AllocateProducerIdsRequest AlterClientQuotasRequest AlterConfigsRequest
    AlterPartitionReassignmentsRequest AlterPartitionRequest AlterReplicaLogDirsRequest
    AlterShareGroupOffsetsRequest AlterUserScramCredentialsRequest ApiVersionsRequest
    AssignReplicasToDirsRequest BeginQuorumEpochRequest BrokerHeartbeatRequest
    BrokerRegistrationRequest ConsumerGroupDescribeRequest ConsumerGroupHeartbeatRequest
    ControllerRegistrationRequest CreateAclsRequest CreateDelegationTokenRequest
    CreatePartitionsRequest CreateTopicsRequest DeleteAclsRequest DeleteGroupsRequest
    DeleteRecordsRequest DeleteShareGroupOffsetsRequest DeleteShareGroupStateRequest
    DeleteTopicsRequest DescribeAclsRequest DescribeClientQuotasRequest
    DescribeClusterRequest DescribeConfigsRequest DescribeDelegationTokenRequest
    DescribeGroupsRequest DescribeLogDirsRequest DescribeProducersRequest
    DescribeQuorumRequest DescribeShareGroupOffsetsRequest DescribeTopicPartitionsRequest
    DescribeTransactionsRequest DescribeUserScramCredentialsRequest ElectLeadersRequest
    EndQuorumEpochRequest EndTxnRequest EnvelopeRequest ExpireDelegationTokenRequest
    FetchRequest FetchSnapshotRequest FindCoordinatorRequest GetTelemetrySubscriptionsRequest
    HeartbeatRequest IncrementalAlterConfigsRequest InitProducerIdRequest
    InitializeShareGroupStateRequest JoinGroupRequest LeaveGroupRequest
    ListConfigResourcesRequest ListGroupsRequest ListOffsetsRequest
    ListPartitionReassignmentsRequest ListTransactionsRequest MetadataRequest
    OffsetCommitRequest OffsetDeleteRequest OffsetFetchRequest OffsetForLeaderEpochRequest
    ProduceRequest PushTelemetryRequest ReadShareGroupStateRequest
    ReadShareGroupStateSummaryRequest RemoveRaftVoterRequest RenewDelegationTokenRequest
    SaslAuthenticateRequest SaslHandshakeRequest ShareAcknowledgeRequest ShareFetchRequest
    ShareGroupDescribeRequest ShareGroupHeartbeatRequest StreamsGroupDescribeRequest
    StreamsGroupHeartbeatRequest SyncGroupRequest TxnOffsetCommitRequest
    UnregisterBrokerRequest UpdateFeaturesRequest UpdateRaftVoterRequest VoteRequest
    WriteShareGroupStateRequest WriteTxnMarkersRequest
}

const RANDOM_BODIES: usize = 8;
const RANDOM_LENGTH: usize = 96;
