//! Compares record sets with what Apache Kafka's own classes read from them.

use base64::{Engine, engine::general_purpose::STANDARD};
use ottla_records::{
    AnyBatch, AnyHeader, BatchBuilder, BatchView, Compression, Decompressor, Header, RecordDraft,
    RecordView, TimestampType, any_batches,
};
use serde_json::{Map, Value, json};

/// Checks one line; the error says what differs.
pub(crate) fn check_line(line: &str) -> Result<(), String> {
    let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let name = line["name"].as_str().unwrap_or("(no name)").to_owned();
    check_set(&line).map_err(|difference| format!("{name}: {difference}"))
}

fn check_set(line: &Value) -> Result<(), String> {
    let bytes = unhex(line["hex"].as_str().ok_or("no hex")?)?;
    let mut decompressor = Decompressor::new();
    let mut read = Vec::new();
    let mut batches = any_batches(&bytes);
    for batch in &mut batches {
        let batch = batch.map_err(|error| error.to_string())?;
        batch.check_crc().map_err(|error| error.to_string())?;
        read.push(describe(&batch, &mut decompressor)?);
        if let AnyBatch::V2(batch) = batch {
            check_rebuilt(&batch, &mut decompressor)?;
        }
    }
    if !batches.rest().is_empty() {
        return Err(format!("{} bytes left over", batches.rest().len()));
    }
    match difference("batches", &Value::Array(read), &line["batches"]) {
        None => Ok(()),
        Some(difference) => Err(difference),
    }
}

fn describe(batch: &AnyBatch<'_>, decompressor: &mut Decompressor) -> Result<Value, String> {
    let header = batch.header();
    let base_offset = batch.base_offset(decompressor).map_err(text)?;
    let codec = header.compression().map_err(text)?;
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("magic", json!(header.magic()));
    put("baseOffset", json!(base_offset.0));
    put("lastOffset", json!(header.last_offset().0));
    put("sizeInBytes", json!(header.size_in_bytes()));
    put("codec", json!(codec.name()));
    put("timestampType", json!(type_name(header.timestamp_type())));
    put("maxTimestamp", json!(header.max_timestamp()));
    put("checksum", json!(header.crc()));
    if let AnyHeader::V2(header) = header {
        put(
            "partitionLeaderEpoch",
            json!(header.partition_leader_epoch().0),
        );
        put("producerId", json!(header.producer_id().0));
        put("producerEpoch", json!(header.producer_epoch().0));
        put("baseSequence", json!(header.base_sequence()));
        put("lastSequence", json!(header.last_sequence()));
        put("transactional", json!(header.is_transactional()));
        put("control", json!(header.is_control()));
        if let Some(horizon) = header.delete_horizon_ms() {
            put("deleteHorizonMs", json!(horizon));
        }
    }
    let records = batch
        .records(decompressor)
        .map_err(text)?
        .map(|record| record.map(describe_record).map_err(text))
        .collect::<Result<Vec<_>, _>>()?;
    put("records", Value::Array(records));
    Ok(Value::Object(object))
}

fn describe_record(record: RecordView<'_>) -> Value {
    let headers: Vec<Value> = record
        .headers
        .map(|header| json!([String::from_utf8_lossy(header.key), base64(header.value)]))
        .collect();
    json!({
        "offset": record.offset.0,
        "timestamp": record.timestamp,
        "key": base64(record.key),
        "value": base64(record.value),
        "headers": headers,
    })
}

/// Builds the batch again from what was read: the same bytes where nothing is compressed and every
/// record says its own timestamp, the same records everywhere.
fn check_rebuilt(batch: &BatchView<'_>, decompressor: &mut Decompressor) -> Result<(), String> {
    let codec = batch.compression().map_err(text)?;
    let mut builder = BatchBuilder::new()
        .compression(codec)
        .base_offset(batch.base_offset())
        .leader_epoch(batch.partition_leader_epoch())
        .producer(
            batch.producer_id(),
            batch.producer_epoch(),
            batch.base_sequence(),
        );
    if batch.is_transactional() {
        builder = builder.transactional();
    }
    if batch.is_control() {
        builder = builder.control();
    }
    if batch.timestamp_type() == TimestampType::LogAppendTime {
        builder = builder.log_append_time(batch.max_timestamp());
    }
    if let Some(horizon) = batch.delete_horizon_ms() {
        builder = builder.delete_horizon(horizon);
    }
    let mut originals = Vec::new();
    for record in batch.records(decompressor).map_err(text)? {
        let record = record.map_err(text)?;
        let headers: Vec<Header<'_>> = record.headers.collect();
        builder.append_at(
            record.offset,
            &RecordDraft {
                timestamp: record.timestamp,
                key: record.key,
                value: record.value,
                headers: &headers,
            },
        );
        originals.push(describe_record(record));
    }
    builder.keep_last_offset(batch.last_offset());
    builder.keep_max_timestamp(batch.max_timestamp());
    let rebuilt = builder.build().map_err(|error| error.to_string())?;
    let own_timestamps = batch.timestamp_type() == TimestampType::CreateTime;
    if codec == Compression::None && own_timestamps && rebuilt != batch.bytes() {
        return Err("building it again gives other bytes".to_owned());
    }
    let (again, _) = BatchView::parse(&rebuilt).map_err(text)?;
    again.check_crc().map_err(text)?;
    let records = again
        .records(decompressor)
        .map_err(text)?
        .map(|record| record.map(describe_record).map_err(text))
        .collect::<Result<Vec<_>, _>>()?;
    match records == originals {
        true => Ok(()),
        false => Err("building it again gives other records".to_owned()),
    }
}

fn text(error: ottla_records::BatchError) -> String {
    error.to_string()
}

fn base64(bytes: Option<&[u8]>) -> Value {
    bytes.map_or(Value::Null, |bytes| Value::String(STANDARD.encode(bytes)))
}

fn type_name(timestamp_type: Option<TimestampType>) -> &'static str {
    match timestamp_type {
        None => "NoTimestampType",
        Some(TimestampType::CreateTime) => "CreateTime",
        Some(TimestampType::LogAppendTime) => "LogAppendTime",
    }
}

/// Where two values differ first, if they do.
fn difference(path: &str, ours: &Value, theirs: &Value) -> Option<String> {
    match (ours, theirs) {
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(index, (a, b))| difference(&format!("{path}[{index}]"), a, b)),
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => a
            .iter()
            .find_map(|(key, a)| difference(&format!("{path}.{key}"), a, &b[key])),
        _ if ours == theirs => None,
        _ => Some(format!("{path}: read {ours}, expected {theirs}")),
    }
}

/// The bytes that hexadecimal `text` stands for.
pub(crate) fn unhex(text: &str) -> Result<Vec<u8>, String> {
    if !text.len().is_multiple_of(2) {
        return Err("odd number of hexadecimal digits".to_owned());
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| {
            std::str::from_utf8(pair)
                .ok()
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
                .ok_or_else(|| "not hexadecimal".to_owned())
        })
        .collect()
}
