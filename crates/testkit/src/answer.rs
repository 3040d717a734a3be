//! What became of a request.

use ottla_protocol::{ApiKey, messages::ResponseHeader};
use ottla_wire::{DecodeError, Reader};

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was answered.
    Response(Response),
    /// It has no answer, and will have none.
    None,
    /// The connection was closed.
    Closed,
}

/// The bytes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub(crate) api_key: ApiKey,
    pub(crate) version: i16,
    pub(crate) correlation_id: i32,
    pub(crate) frame: Vec<u8>,
}

impl Response {
    /// Decodes it at the version of its request, with nothing left over.
    ///
    /// # Panics
    /// When the bytes are no such response: the test has failed.
    pub fn read<'a, T>(
        &'a self,
        decode: impl FnOnce(&mut Reader<'a>, i16) -> Result<T, DecodeError>,
    ) -> T {
        let name = self.api_key.name();
        let mut reader = Reader::new(&self.frame);
        let length = reader.i32().expect("a length");
        assert_eq!(usize::try_from(length), Ok(reader.remaining()), "{name}");
        let header_version = self.api_key.response_header_version(self.version);
        let header = ResponseHeader::decode(&mut reader, header_version).expect("a header");
        assert_eq!(header.correlation_id, self.correlation_id, "{name}");
        let body = decode(&mut reader, self.version)
            .unwrap_or_else(|error| panic!("{name} v{}: {error}", self.version));
        assert_eq!(reader.remaining(), 0, "{name} v{}", self.version);
        body
    }
}
