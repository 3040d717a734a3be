//! A log of one's own: append, sync, crash, open again, read.
#![expect(clippy::print_stdout, reason = "it tells what it does")]
#![expect(clippy::disallowed_methods, reason = "a program reads the clock")]

use std::{env, error::Error, fs, path::Path, process, time::SystemTime};

use ottla_records::RecordDraft;
use ottla_storage::Log;
use ottla_types::Now;

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(dir) = env::var_os("CRASH_IN") {
        append_and_crash(dir.as_ref())?;
    }
    let dir = env::temp_dir().join(format!("orders-{}", process::id()));
    let mut writer = process::Command::new(env::current_exe()?);
    println!("writer: {}", writer.env("CRASH_IN", &dir).status()?);

    let (log, found) = Log::open_dir(&dir)?;
    println!("reader: {} bytes were checked again", found.bytes_read);
    log.replay(log.log_start_offset(), |record| {
        let order = String::from_utf8_lossy(record.value.unwrap_or_default());
        println!("reader: {order} at {}", record.offset);
    })?;
    Ok(fs::remove_dir_all(dir)?)
}

fn append_and_crash(dir: &Path) -> Result<(), Box<dyn Error>> {
    let (log, _) = Log::open_dir(dir)?;
    let now = Now::from(SystemTime::now());
    for order in ["tea", "coffee"] {
        let record = RecordDraft::new(now.wall, None, Some(order.as_bytes()));
        log.append(now, &[record])?;
    }
    println!("writer: durable before offset {}", log.flush()?);
    process::abort()
}
