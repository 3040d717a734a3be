//! DescribeCluster (key 60), versions 0-2.
//!
//! KIPs: 700, 919 (endpoint type; controllers describe themselves on their own listener), 1073
//! (fenced brokers).

use std::borrow::Cow;

use ottla_protocol::messages::{
    DescribeClusterRequest, DescribeClusterResponse,
    describe_cluster_response::DescribeClusterBroker,
};
use ottla_types::ErrorCode;

use crate::{api::authorized::CLUSTER_OPERATIONS, call::Call, output::Reply};

const BROKERS: i8 = 1;
const CONTROLLERS: i8 = 2;

pub(crate) fn handle(call: &mut Call<'_>, request: DescribeClusterRequest<'_>) -> Reply {
    let expected = if call.is_controller_listener() {
        CONTROLLERS
    } else {
        BROKERS
    };
    if request.endpoint_type != expected {
        return call.respond(&wrong_endpoint(request.endpoint_type, expected));
    }
    let image = call.node.image();
    let brokers = if expected == BROKERS {
        image
            .cluster()
            .brokers()
            .filter(|broker| request.include_fenced_brokers || !broker.fenced)
            .filter_map(|broker| {
                let (host, port) = call.advertised(&image, broker)?;
                Some(DescribeClusterBroker {
                    broker_id: broker.id.0,
                    host: Cow::Owned(host),
                    port,
                    rack: broker.rack.clone().map(Cow::Owned),
                    is_fenced: broker.fenced,
                    ..DescribeClusterBroker::default()
                })
            })
            .collect()
    } else {
        image
            .cluster()
            .controllers()
            .filter_map(|controller| {
                let endpoint = controller
                    .listeners
                    .iter()
                    .find(|endpoint| endpoint.name == call.listener())?;
                Some(DescribeClusterBroker {
                    broker_id: controller.id.0,
                    host: Cow::Owned(endpoint.host.clone()),
                    port: endpoint.port.into(),
                    ..DescribeClusterBroker::default()
                })
            })
            .collect()
    };
    let controller_id = if expected == BROKERS {
        call.node.any_active_broker(&image).0
    } else {
        call.node.active_controller().0
    };
    let response = DescribeClusterResponse {
        endpoint_type: expected,
        cluster_id: Cow::Borrowed(call.node.cluster_id()),
        controller_id,
        brokers,
        cluster_authorized_operations: if request.include_cluster_authorized_operations {
            CLUSTER_OPERATIONS
        } else {
            i32::MIN
        },
        ..DescribeClusterResponse::default()
    };
    call.respond(&response)
}

fn wrong_endpoint(asked: i8, expected: i8) -> DescribeClusterResponse<'static> {
    let (error_code, message) = if asked == BROKERS || asked == CONTROLLERS {
        let name = |kind| {
            if kind == BROKERS {
                "BROKER"
            } else {
                "CONTROLLER"
            }
        };
        let (own, wanted) = (name(expected), name(asked));
        let message = format!(
            "The request was sent to an endpoint of type {own}, but we wanted an endpoint of type {wanted}"
        );
        (ErrorCode::MISMATCHED_ENDPOINT_TYPE, message)
    } else {
        (
            ErrorCode::UNSUPPORTED_ENDPOINT_TYPE,
            format!("Unsupported endpoint type {asked}"),
        )
    };
    DescribeClusterResponse {
        error_code,
        error_message: Some(Cow::Owned(message)),
        ..DescribeClusterResponse::default()
    }
}
