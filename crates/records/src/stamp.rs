//! Changing the header of a finished batch.

use crate::{
    TimestampType,
    crc32c::crc32c_of_two,
    header::{CRC_COVERS_FROM, HEADER_LEN, LOG_APPEND_TIME_BIT},
};
use ottla_types::{LeaderEpoch, Offset};

/// Sets what the leader decides when it appends. Both fields lie outside the checksum.
#[inline]
pub fn stamp(header: &mut [u8; HEADER_LEN], base_offset: Offset, leader_epoch: LeaderEpoch) {
    write(header, 0, base_offset.0.to_be_bytes());
    write(header, 12, leader_epoch.0.to_be_bytes());
}

/// Sets the timestamp type and the largest timestamp. The checksum is stale afterwards: see
/// [`recompute_crc`].
pub fn set_max_timestamp(
    header: &mut [u8; HEADER_LEN],
    timestamp_type: TimestampType,
    max_timestamp: i64,
) {
    let attributes = header
        .get(ATTRIBUTES..)
        .and_then(|rest| rest.first_chunk().copied())
        .map(i16::from_be_bytes)
        .unwrap_or_default();
    let attributes = match timestamp_type {
        TimestampType::CreateTime => attributes & !LOG_APPEND_TIME_BIT,
        TimestampType::LogAppendTime => attributes | LOG_APPEND_TIME_BIT,
    };
    write(header, ATTRIBUTES, attributes.to_be_bytes());
    write(header, 35, max_timestamp.to_be_bytes());
}

/// Computes the checksum again, over the header and the `payload` that follows it.
pub fn recompute_crc(header: &mut [u8; HEADER_LEN], payload: &[u8]) {
    let crc = crc32c_of_two(header.get(CRC_COVERS_FROM..).unwrap_or_default(), payload);
    write(header, 17, crc.to_be_bytes());
}

const ATTRIBUTES: usize = 21;

fn write<const N: usize>(header: &mut [u8; HEADER_LEN], at: usize, field: [u8; N]) {
    if let Some(place) = header
        .get_mut(at..)
        .and_then(|rest| rest.first_chunk_mut::<N>())
    {
        *place = field;
    }
}
