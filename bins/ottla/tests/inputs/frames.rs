//! Lengths, headers and protocols that are wrong.

use ottla_protocol::{ApiKey, messages::ApiVersionsRequest};

use super::{
    Line,
    client::{frame, raw_request, request},
};

const API: ApiKey = ApiKey::API_VERSIONS;

pub(crate) fn lines() -> Vec<Line> {
    let mut lines = vec![
        bytes("frame of negative length", &(-1i32).to_be_bytes()),
        bytes("frame of the least length", &i32::MIN.to_be_bytes()),
        bytes(
            "frame above socket.request.max.bytes",
            &104_857_601i32.to_be_bytes(),
        ),
        bytes("frame of the greatest length", &i32::MAX.to_be_bytes()),
        bytes("frame of length 0", &[0; 4]),
        bytes("HTTP", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        bytes("TLS", &[22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]),
        bytes("length cut short", &[0, 0]).unanswered(),
        bytes("body cut short", &[0, 0, 0, 100, 0, 18, 0, 0]).unanswered(),
    ];
    lines.extend(headers());
    lines.extend(api_versions());
    lines
}

fn headers() -> Vec<Line> {
    let whole = [0, 18, 0, 3, 0, 0, 0, 77, 0, 1, b'c', 0, 2, b'c', 2, b'1', 0];
    let mut lines = vec![header("whole header", &whole)];
    for end in 1..12 {
        lines.push(header(&format!("header of {end} bytes"), &whole[..end]));
    }
    let start = &whole[..8];
    let body = &whole[12..];
    let mut with =
        |name: &str, rest: &[u8]| lines.push(header(name, &[start, rest, body].concat()));
    with("client id of length -2", &[0xff, 0xfe, 0]);
    with("client id longer than the frame", &[0x7f, 0xff, b'c', 0]);
    with("client id that is no UTF-8", &[0, 2, 0xc3, 0x28, 0]);
    with("null client id", &[0xff, 0xff, 0]);
    with("tagged field in the header", &[0, 1, b'c', 1, 9, 1, 7]);
    with("tag twice in the header", &[0, 1, b'c', 2, 9, 0, 9, 0]);
    with(
        "tags that descend in the header",
        &[0, 1, b'c', 2, 9, 0, 8, 0],
    );
    with(
        "tagged field longer than the frame",
        &[0, 1, b'c', 1, 9, 0xff, 0x7f],
    );
    with(
        "two billion tagged fields",
        &[0, 1, b'c', 0xff, 0xff, 0xff, 0xff, 7, 1],
    );
    with(
        "varint that does not end",
        &[0, 1, b'c', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    );
    lines
}

fn api_versions() -> Vec<Line> {
    let named = |name: &'static str, version: &'static str| ApiVersionsRequest {
        client_software_name: name.into(),
        client_software_version: version.into(),
        ..ApiVersionsRequest::default()
    };
    vec![
        Line::one(
            "software without a name",
            API,
            3,
            request(3, &named("", "1")),
        ),
        Line::one(
            "software without a version",
            API,
            4,
            request(4, &named("c", "")),
        ),
        Line::one(
            "software with a space",
            API,
            4,
            request(4, &named("a b", "1")),
        ),
        Line::one(
            "software with a line feed",
            API,
            4,
            request(4, &named("a\nb", "1")),
        ),
        Line::one(
            "ApiVersions of a later version",
            API,
            5,
            raw_request(API, 5, &[0; 3]),
        ),
    ]
}

fn bytes(name: &str, bytes: &[u8]) -> Line {
    Line::one(name, API, 0, bytes.to_vec())
}

fn header(name: &str, bytes: &[u8]) -> Line {
    Line::one(name, API, 3, frame(bytes))
}
