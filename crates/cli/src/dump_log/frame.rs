//! The frame around a metadata record, with the complaints of Apache's reader.

use ottla_wire::Reader;

/// The version of frames.
const VERSION: i16 = 1;

/// A record in its frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    /// Number of the record's type.
    pub(super) kind: i16,
    pub(super) version: i16,
    pub(super) body: &'a [u8],
}

impl<'a> Frame<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Result<Self, String> {
        let mut reader = Reader::trusted(bytes);
        match short(&mut reader, "frame version")? {
            VERSION => Ok(Self {
                kind: short(&mut reader, "type")?,
                version: short(&mut reader, "version")?,
                body: reader.rest(),
            }),
            0 => Err("Could not deserialize metadata record with frame version 0. Note that upgrades from the preview release of KRaft in 2.8 to newer versions are not supported.".to_owned()),
            other => Err(format!(
                "Could not deserialize metadata record due to unknown frame version {other}(only frame version {VERSION} is supported)"
            )),
        }
    }

    pub(super) fn unknown(self) -> String {
        format!(
            "org.apache.kafka.common.errors.UnsupportedVersionException: Unknown metadata id {}",
            self.kind
        )
    }

    pub(super) fn malformed(self) -> String {
        format!("Failed to deserialize record with type {}", self.kind)
    }
}

/// A number of 16 bits, as Java cuts it out of 32.
fn short(reader: &mut Reader<'_>, what: &str) -> Result<i16, String> {
    let number = reader
        .uvarint()
        .map_err(|_| format!("Error while reading {what}"))?;
    if number.cast_signed() > i32::from(i16::MAX) {
        return Err(format!("Value for {what} was too large."));
    }
    let [_, _, high, low] = number.to_be_bytes();
    Ok(i16::from_be_bytes([high, low]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_seen_in_apaches_tool() {
        let fault = |bytes: &[u8]| Frame::of(bytes).expect_err("no frame");
        for (bytes, what) in [
            (&b""[..], "frame version"),
            (b"\x01", "type"),
            (b"\x01\x7f", "version"),
            (b"\xff\xff\xff\xff\xff\xff", "frame version"),
        ] {
            assert_eq!(fault(bytes), format!("Error while reading {what}"));
        }
        for (bytes, what) in [
            (&b"\xff\xff\x03"[..], "frame version"),
            (b"\x01\xff\xff\x03", "type"),
            (b"\x01\x00\xff\xff\x03", "version"),
        ] {
            assert_eq!(fault(bytes), format!("Value for {what} was too large."));
        }
        assert!(fault(b"\x00").contains("frame version 0. Note"));
        assert!(fault(b"\xff\xff\xff\xff\x0f").contains("unknown frame version -1(only"));
        let frame = Frame::of(b"\x01\x7f\x05\x09").expect("a frame");
        assert_eq!(
            (frame.kind, frame.version, frame.body),
            (127, 5, &b"\x09"[..])
        );
    }
}
