//! Encoding and decoding of the messages on the data path, and of Metadata.

use std::hint::black_box;

use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use ottla_protocol::{
    Records, encode_request, encode_response,
    messages::{
        FetchRequest, FetchResponse, MetadataResponse, ProduceRequest, ProduceResponse,
        RequestHeader,
        fetch_request::{FetchPartition, FetchTopic},
        fetch_response::{FetchableTopicResponse, PartitionData},
        metadata_response::{
            MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic,
        },
        produce_request::{PartitionProduceData, TopicProduceData},
        produce_response::{PartitionProduceResponse, TopicProduceResponse},
    },
    parse_request,
};
use ottla_types::Uuid;
use ottla_wire::Reader;

const PRODUCE: i16 = 13;
const FETCH: i16 = 17;
const METADATA: i16 = 13;

fn header() -> RequestHeader<'static> {
    RequestHeader {
        client_id: Some("bench".into()),
        ..RequestHeader::default()
    }
}

fn produce_request(c: &mut Criterion) {
    let records = vec![7u8; 16 * 1024];
    let request = ProduceRequest {
        acks: 1,
        timeout_ms: 1000,
        topic_data: vec![TopicProduceData {
            topic_id: Uuid([1; 16]),
            partition_data: vec![PartitionProduceData {
                records: Some(Records::View(&records)),
                ..PartitionProduceData::default()
            }],
            ..TopicProduceData::default()
        }],
        ..ProduceRequest::default()
    };
    let frame = encode_request(PRODUCE, &header(), &request)
        .expect("it encodes")
        .to_vec()
        .expect("it lies in memory");
    c.bench_function("decode Produce request, header included, 16 KiB", |b| {
        b.iter(|| {
            let (header, mut body) = parse_request(black_box(&frame[4..])).expect("it parses");
            let request = ProduceRequest::decode(&mut body, header.request_api_version);
            black_box(request.expect("it decodes").topic_data.len())
        });
    });
}

fn produce_response(c: &mut Criterion) {
    let response = ProduceResponse {
        responses: vec![TopicProduceResponse {
            topic_id: Uuid([1; 16]),
            partition_responses: vec![PartitionProduceResponse::default()],
            ..TopicProduceResponse::default()
        }],
        ..ProduceResponse::default()
    };
    c.bench_function("encode Produce response", |b| {
        b.iter(|| {
            encode_response(PRODUCE, 7, black_box(&response))
                .expect("it encodes")
                .len()
        });
    });
}

fn fetch_request(c: &mut Criterion) {
    for partitions in [1, 100] {
        let request = FetchRequest {
            topics: vec![FetchTopic {
                topic_id: Uuid([1; 16]),
                partitions: (0..partitions)
                    .map(|partition| FetchPartition {
                        partition,
                        ..FetchPartition::default()
                    })
                    .collect(),
                ..FetchTopic::default()
            }],
            ..FetchRequest::default()
        };
        let frame = encode_request(FETCH, &header(), &request)
            .expect("it encodes")
            .to_vec()
            .expect("it lies in memory");
        c.bench_function(
            &format!("decode Fetch request, {partitions} partitions"),
            |b| {
                b.iter(|| {
                    let (header, mut body) =
                        parse_request(black_box(&frame[4..])).expect("it parses");
                    let request = FetchRequest::decode(&mut body, header.request_api_version);
                    black_box(request.expect("it decodes").topics.len())
                });
            },
        );
    }
}

fn fetch_response(c: &mut Criterion) {
    let records = Bytes::from(vec![7u8; 64 * 1024]);
    c.bench_function("encode Fetch response, 64 KiB shared", |b| {
        b.iter(|| {
            let response = FetchResponse {
                responses: vec![FetchableTopicResponse {
                    topic_id: Uuid([1; 16]),
                    partitions: vec![PartitionData {
                        records: Some(Records::Shared(vec![records.clone().into()])),
                        ..PartitionData::default()
                    }],
                    ..FetchableTopicResponse::default()
                }],
                ..FetchResponse::default()
            };
            encode_response(FETCH, 7, black_box(&response))
                .expect("it encodes")
                .len()
        });
    });
}

fn metadata_response(c: &mut Criterion) {
    let partition = |partition_index| MetadataResponsePartition {
        partition_index,
        leader_id: 1,
        replica_nodes: vec![1, 2, 3],
        isr_nodes: vec![1, 2, 3],
        ..MetadataResponsePartition::default()
    };
    let topic = |number: u8| MetadataResponseTopic {
        name: Some(format!("topic-{number}").into()),
        topic_id: Uuid([number; 16]),
        partitions: (0..10).map(partition).collect(),
        ..MetadataResponseTopic::default()
    };
    let response = MetadataResponse {
        brokers: (1..4)
            .map(|node_id| MetadataResponseBroker {
                node_id,
                host: "broker".into(),
                ..MetadataResponseBroker::default()
            })
            .collect(),
        topics: (0..100).map(topic).collect(),
        ..MetadataResponse::default()
    };
    c.bench_function(
        "encode Metadata response, 100 topics of 10 partitions",
        |b| {
            b.iter(|| {
                encode_response(METADATA, 7, black_box(&response))
                    .expect("it encodes")
                    .len()
            });
        },
    );
    let frame = encode_response(METADATA, 7, &response)
        .expect("it encodes")
        .to_vec()
        .expect("it lies in memory");
    c.bench_function(
        "decode Metadata response, 100 topics of 10 partitions",
        |b| {
            b.iter(|| {
                let response =
                    MetadataResponse::decode(&mut Reader::new(black_box(&frame[9..])), METADATA);
                black_box(response.expect("it decodes").topics.len())
            });
        },
    );
}

criterion_group!(
    codec,
    produce_request,
    produce_response,
    fetch_request,
    fetch_response,
    metadata_response
);
criterion_main!(codec);
