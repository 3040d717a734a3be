//! Small requests that ask for much: the answer must not be larger than what there is to say.

use std::{borrow::Cow, sync::Arc};

use ottla_protocol::messages::{
    MetadataRequest, MetadataResponse, metadata_request::MetadataRequestTopic,
};
use ottla_storage::fs::MemoryFileSystem;
use ottla_testkit::{TestNode, config};

#[test]
fn a_topic_named_many_times_is_described_once() {
    let disk = Arc::new(MemoryFileSystem::new());
    let mut node = TestNode::start(disk, config(&[])).expect("a start");
    node.create_topic("many", 10, &[]);
    let named = |name| MetadataRequestTopic {
        name: Some(Cow::Borrowed(name)),
        ..MetadataRequestTopic::default()
    };
    let mut topics = vec![named("many"); 1_000];
    topics.push(named("none"));
    let request = MetadataRequest {
        topics: Some(topics),
        ..MetadataRequest::default()
    };
    let response = node.ask(12, &request);
    let response = response.read(MetadataResponse::decode);
    let names: Vec<_> = response
        .topics
        .iter()
        .map(|topic| topic.name.as_deref())
        .collect();
    assert_eq!(names, [Some("many"), Some("none")]);
}
