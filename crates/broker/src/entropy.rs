//! The one place where entropy is read.

use std::{fs::File, io::Read as _};

use ottla_types::Uuid;

use crate::StartError;

/// Bytes that nobody can guess.
pub(crate) fn seed() -> Result<[u8; 32], StartError> {
    let mut seed = [0; 32];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut seed))
        .map_err(StartError::system("read entropy"))?;
    Ok(seed)
}

/// A number that nobody can guess.
pub(crate) fn number() -> Result<u64, StartError> {
    let [a, b, c, d, e, f, g, h, ..] = seed()?;
    Ok(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}

/// A fresh id. Its text does not begin with a dash, as Kafka's never do.
pub(crate) fn uuid() -> Result<Uuid, StartError> {
    loop {
        let seed = seed()?;
        let mut bytes = [0; 16];
        bytes.copy_from_slice(seed.split_at(16).0);
        // Version 4, variant 1, as Java's.
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let id = Uuid(bytes);
        if !id.to_string().starts_with('-') {
            return Ok(id);
        }
    }
}
