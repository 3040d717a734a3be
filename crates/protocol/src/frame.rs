//! Headers and whole frames.

use ottla_wire::{DecodeError, EncodeError, Frame, Reader, Writer};

use crate::{
    ApiKey,
    messages::{RequestHeader, ResponseHeader},
};

/// A message that is sent as a request.
pub trait Request {
    /// The API it belongs to.
    const API_KEY: ApiKey;

    /// Writes the body.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError>;
}

/// A message that is sent as a response.
pub trait Response {
    /// The API it belongs to.
    const API_KEY: ApiKey;

    /// Writes the body.
    ///
    /// # Errors
    /// When a field is set that the version cannot express.
    fn encode(&self, w: &mut Writer, version: i16) -> Result<(), EncodeError>;
}

/// Encodes a request with its header and length prefix. The header's key and version are those of
/// `R` and `version`; its correlation id and client id are kept.
///
/// # Errors
/// When a field is set that the version cannot express.
pub fn encode_request<R: Request>(
    version: i16,
    header: &RequestHeader<'_>,
    body: &R,
) -> Result<Frame, EncodeError> {
    let mut w = Writer::with_length_prefix();
    let header = RequestHeader {
        request_api_key: R::API_KEY.0,
        request_api_version: version,
        ..header.clone()
    };
    header.encode(&mut w, R::API_KEY.request_header_version(version))?;
    body.encode(&mut w, version)?;
    Ok(w.into_frame())
}

/// Encodes a response with its header and length prefix.
///
/// # Errors
/// When a field is set that the version cannot express.
pub fn encode_response<R: Response>(
    version: i16,
    correlation_id: i32,
    body: &R,
) -> Result<Frame, EncodeError> {
    let mut w = Writer::with_length_prefix();
    let header = ResponseHeader {
        correlation_id,
        ..ResponseHeader::default()
    };
    header.encode(&mut w, R::API_KEY.response_header_version(version))?;
    body.encode(&mut w, version)?;
    Ok(w.into_frame())
}

/// Reads the header of a request frame (without its length prefix); the reader then stands at the
/// body.
///
/// # Errors
/// When the header is cut short or malformed. The API and version may still be unknown ones.
pub fn parse_request(frame: &[u8]) -> Result<(RequestHeader<'_>, Reader<'_>), DecodeError> {
    let mut peek = Reader::new(frame);
    let key = ApiKey(peek.i16()?);
    let version = peek.i16()?;
    let mut reader = Reader::new(frame);
    let header = RequestHeader::decode(&mut reader, key.request_header_version(version))?;
    Ok((header, reader))
}
