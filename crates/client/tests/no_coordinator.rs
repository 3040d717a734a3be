//! A consumer beside a cluster that has no coordinator for its group: for as long as it takes.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use ottla_client::{ClientConfig, Consumer, ConsumerConfig, Subscription};
use ottla_protocol::{
    ApiKey, encode_response,
    messages::{
        ApiVersionsResponse, FindCoordinatorResponse, MetadataResponse,
        api_versions_response::ApiVersion,
        find_coordinator_response::Coordinator,
        metadata_response::{
            MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic,
        },
    },
    parse_request,
};
use ottla_types::ErrorCode;

const GROUP: &str = "g";
const TOPIC: &str = "t";

/// What this broker serves, each at one version.
const SERVED: [(ApiKey, i16); 3] = [
    (ApiKey::API_VERSIONS, 3),
    (ApiKey::METADATA, 12),
    (ApiKey::FIND_COORDINATOR, 4),
];

fn versions() -> ApiVersionsResponse<'static> {
    let version = |(key, version): (ApiKey, i16)| ApiVersion {
        api_key: key.0,
        min_version: version,
        max_version: version,
        ..ApiVersion::default()
    };
    ApiVersionsResponse {
        api_keys: SERVED.map(version).to_vec(),
        ..ApiVersionsResponse::default()
    }
}

fn metadata(port: u16) -> MetadataResponse<'static> {
    MetadataResponse {
        brokers: vec![MetadataResponseBroker {
            node_id: 1,
            host: "127.0.0.1".into(),
            port: port.into(),
            ..MetadataResponseBroker::default()
        }],
        topics: vec![MetadataResponseTopic {
            name: Some(TOPIC.into()),
            partitions: vec![MetadataResponsePartition {
                leader_id: 1,
                ..MetadataResponsePartition::default()
            }],
            ..MetadataResponseTopic::default()
        }],
        ..MetadataResponse::default()
    }
}

fn no_coordinator() -> FindCoordinatorResponse<'static> {
    FindCoordinatorResponse {
        coordinators: vec![Coordinator {
            key: GROUP.into(),
            node_id: -1,
            error_code: ErrorCode::COORDINATOR_NOT_AVAILABLE,
            ..Coordinator::default()
        }],
        ..FindCoordinatorResponse::default()
    }
}

/// Answers one client until it goes, and counts how often it asks for a coordinator.
fn serve(mut client: TcpStream, asked: &AtomicUsize) {
    let port = client.local_addr().expect("connected").port();
    let mut len = [0; 4];
    while client.read_exact(&mut len).is_ok() {
        let mut frame = vec![0; usize::try_from(u32::from_be_bytes(len)).expect("a length")];
        client.read_exact(&mut frame).expect("a frame");
        let (header, _) = parse_request(&frame).expect("a request");
        let (version, id) = (header.request_api_version, header.correlation_id);
        let answer = match ApiKey(header.request_api_key) {
            ApiKey::API_VERSIONS => encode_response(version, id, &versions()),
            ApiKey::METADATA => encode_response(version, id, &metadata(port)),
            ApiKey::FIND_COORDINATOR => {
                asked.fetch_add(1, Ordering::AcqRel);
                encode_response(version, id, &no_coordinator())
            }
            other => panic!("{other:?} is not served"),
        };
        let bytes = answer.expect("an answer").to_vec().expect("in memory");
        if client.write_all(&bytes).is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn a_consumer_goes_on_asking_for_a_coordinator_past_its_poll_interval() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    thread::spawn(move || {
        for client in listener.incoming() {
            let (client, counter) = (client.unwrap(), Arc::clone(&counter));
            thread::spawn(move || serve(client, &counter));
        }
    });
    let client = ClientConfig {
        retry_backoff: Duration::from_millis(1),
        ..ClientConfig::new(&address).unwrap()
    };
    let config = ConsumerConfig {
        group: Some(GROUP.to_owned()),
        max_poll_interval: Duration::ZERO,
        ..ConsumerConfig::default()
    };
    let mut consumer = Consumer::new(client, config);
    consumer.subscribe(Subscription::Topics(vec![TOPIC.into()]));
    while asked.load(Ordering::Acquire) < 4 {
        let polled = consumer.poll(Duration::from_millis(20)).await;
        assert!(polled.unwrap().is_empty());
    }
}
