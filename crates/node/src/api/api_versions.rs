//! ApiVersions (key 18), versions 0-4: what this listener serves.
//!
//! KIPs: 35, 511 (client name and version), 584 (features), 896.
//! A version that is not known is answered in the form of version 0 with `UNSUPPORTED_VERSION` and
//! the range of ApiVersions itself, so that any client can fall back.

use std::borrow::Cow;

use ottla_protocol::{
    ApiKey,
    messages::{
        ApiVersionsRequest, ApiVersionsResponse,
        api_versions_response::{ApiVersion, FinalizedFeatureKey, SupportedFeatureKey},
    },
};
use ottla_types::ErrorCode;

use crate::{
    api::served,
    call::{Call, Envelope},
    output::Reply,
};

pub(crate) fn handle(call: &mut Call<'_>, request: ApiVersionsRequest<'_>) -> Reply {
    if call.version() >= 3
        && !(is_valid_software(&request.client_software_name)
            && is_valid_software(&request.client_software_version))
    {
        let response = ApiVersionsResponse {
            error_code: ErrorCode::INVALID_REQUEST,
            ..ApiVersionsResponse::default()
        };
        return call.respond(&response);
    }
    let image = call.node.image();
    let response = ApiVersionsResponse {
        api_keys: served(call.is_controller_listener())
            .map(|(key, versions)| ApiVersion {
                api_key: key.0,
                min_version: *versions.start(),
                max_version: *versions.end(),
                ..ApiVersion::default()
            })
            .collect(),
        supported_features: call
            .node
            .supported_features()
            .iter()
            // Clients before v4 take a minimum of 0 for a malformed answer.
            .filter(|(_, range)| call.version() >= 4 || range.min > 0)
            .map(|(name, range)| SupportedFeatureKey {
                name: Cow::Owned(name.clone()),
                min_version: range.min,
                max_version: range.max,
                ..SupportedFeatureKey::default()
            })
            .collect(),
        finalized_features_epoch: image.position().offset.0,
        finalized_features: image
            .features()
            .iter()
            .filter(|(_, level)| *level > 0)
            .map(|(name, level)| FinalizedFeatureKey {
                name: Cow::Owned(name.to_owned()),
                max_version_level: level,
                min_version_level: level,
                ..FinalizedFeatureKey::default()
            })
            .collect(),
        ..ApiVersionsResponse::default()
    };
    call.respond(&response)
}

/// The answer to an ApiVersions request of a version nobody knows.
pub(crate) fn unsupported(correlation_id: i32) -> Reply {
    let envelope = Envelope {
        api_key: ApiKey::API_VERSIONS,
        version: 0,
        correlation_id,
    };
    let versions = ApiKey::API_VERSIONS.versions().unwrap_or(0..=0);
    envelope.respond(&ApiVersionsResponse {
        error_code: ErrorCode::UNSUPPORTED_VERSION,
        api_keys: vec![ApiVersion {
            api_key: ApiKey::API_VERSIONS.0,
            min_version: *versions.start(),
            max_version: *versions.end(),
            ..ApiVersion::default()
        }],
        ..ApiVersionsResponse::default()
    })
}

/// Letters, digits, `-` and `.`, with a letter or digit at both ends.
fn is_valid_software(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) => {
            first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() && bytes.iter().all(inner)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn software_names_follow_kip_511() {
        for good in ["librdkafka", "apache-kafka-java", "4.3.1", "a"] {
            assert!(is_valid_software(good), "{good}");
        }
        for bad in ["", "-a", "a.", "a b", "{}"] {
            assert!(!is_valid_software(bad), "{bad}");
        }
    }
}
