//! Records of the coordinators' topics as JSON, one after the other without a line end.

use ottla_client::Consumed;
use ottla_protocol::{
    RecordError, group::GroupKey, json::to_text, share::ShareKey, transaction::TransactionKey,
};

use crate::exception::Exception;

/// Whose records they are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Family {
    Group,
    Transaction,
    Share,
}

/// Appends the record if it is of one of `types`.
pub(super) fn write(
    family: Family,
    types: &[i16],
    consumed: &Consumed<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Exception> {
    let record = &consumed.record;
    let Some(key) = record.key else {
        return Ok(());
    };
    let text = match family {
        Family::Group => group(types, key, record.value),
        Family::Transaction => transaction(types, key, record.value),
        Family::Share => share(types, key, record.value),
    };
    match text {
        Ok(Some(text)) => {
            out.extend_from_slice(text.as_bytes());
            Ok(())
        }
        Ok(None) | Err(RecordError::UnknownType(_)) => Ok(()),
        Err(error) => Err(Exception::new(
            "java.lang.RuntimeException",
            format!(
                "Could not read record at offset {} due to: {error}",
                record.offset
            ),
        )),
    }
}

macro_rules! json_of {
    ($name:ident, $key:ident) => {
        fn $name(
            types: &[i16],
            key: &[u8],
            value: Option<&[u8]>,
        ) -> Result<Option<String>, RecordError> {
            let key = $key::decode(key)?;
            let value = match value {
                Some(bytes) => {
                    let (value, version) = key.decode_value(bytes)?;
                    to_text(&value.to_json(version))
                }
                None => "null".to_owned(),
            };
            let text = format!("{{\"key\":{},\"value\":{value}}}", to_text(&key.to_json()));
            Ok(types.contains(&key.record_type()).then_some(text))
        }
    };
}

json_of!(group, GroupKey);
json_of!(transaction, TransactionKey);
json_of!(share, ShareKey);
