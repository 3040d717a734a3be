//! What the fuzz targets of this crate run, one function each.

use ottla_protocol::{
    ApiKey, FrameSplitter, group::GroupKey, metadata::MetadataRecord, parse_request, quorum_state,
    recode, share::ShareKey, transaction::TransactionKey,
};

/// A stream of frames, cut in chunks of the size that the first byte says, and in one piece: the
/// frames are the same, and so is the error that ends them.
pub(crate) fn frame_splitter(data: &[u8]) {
    let Some((size, stream)) = data.split_first() else {
        return;
    };
    let whole = split(stream.chunks(stream.len().max(1)));
    let cut = split(stream.chunks(usize::from(*size).max(1)));
    assert_eq!(whole, cut, "the frames depend on the cuts");
}

fn split<'s>(chunks: impl Iterator<Item = &'s [u8]>) -> (Vec<Vec<u8>>, bool) {
    let mut splitter = FrameSplitter::new(4096);
    let mut frames = Vec::new();
    for chunk in chunks {
        splitter.push(chunk);
        loop {
            match splitter.next_frame() {
                Ok(Some(frame)) => frames.push(frame.to_vec()),
                Ok(None) => break,
                Err(_) => return (frames, true),
            }
        }
    }
    (frames, false)
}

/// The frame of a request: its header, then its body, which encodes to what decodes to the same.
pub(crate) fn request(data: &[u8]) {
    let Ok((header, body)) = parse_request(data) else {
        return;
    };
    let message = format!("{}Request", ApiKey(header.request_api_key).name());
    let version = header.request_api_version;
    let Ok(encoded) = recode(&message, version, body.rest()) else {
        return;
    };
    let again = recode(&message, version, &encoded);
    assert_eq!(again.as_ref(), Ok(&encoded), "{message} v{version}");
}

/// The value of a metadata record, or with the first byte the family and length of its key, a key
/// and a value of a coordinator.
pub(crate) fn stored_record(data: &[u8]) {
    if let Ok((record, version)) = MetadataRecord::decode(data)
        && let Ok(encoded) = record.encode(version)
    {
        let again = MetadataRecord::decode(&encoded)
            .map(|(record, version)| record.encode(version).expect("it was encoded before"));
        assert_eq!(again.as_ref(), Ok(&encoded));
    }
    let Some((family, data)) = data.split_first() else {
        return;
    };
    let (key, value) = data.split_at(usize::from(*family >> 2).min(data.len()));
    match family % 4 {
        0 => drop(GroupKey::decode(key).map(|key| key.decode_value(value).is_ok())),
        1 => drop(TransactionKey::decode(key).map(|key| key.decode_value(value).is_ok())),
        2 => drop(ShareKey::decode(key).map(|key| key.decode_value(value).is_ok())),
        _ => file(data),
    }
}

/// The file `quorum-state`.
fn file(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok((state, version)) = quorum_state::parse(&text) {
        let again = quorum_state::parse(&quorum_state::to_text(&state, version));
        assert_eq!(again, Ok((state, version)));
    }
}
