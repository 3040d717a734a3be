//! Setting aside what lies behind damage, instead of removing it.
//!
//! A log ends before the first batch that is not whole. When whole batches lie behind it, more than the
//! end of a write was lost, and somebody may want what is left:
//!
//! ```text
//! 00000000000000000120.log.4096.quarantined   the bytes from 4096 on of the segment at 120
//! 00000000000000000340.log.quarantined        a whole segment behind it
//! ```
//! A name that is taken already gets a number. Nobody reads these files, and nobody but the operator
//! removes them, unless the partition goes.
//!
//! Q1  the bytes are under their new name, durably, before they go from the log
//! Q2  a start that was cut short here is done once more with the same result

use std::{
    io::{self, IoSlice},
    path::{Path, PathBuf},
};

use ottla_records::AnyBatch;
use ottla_types::Saturate;

use super::{
    error::Fault,
    files::{self, Kind},
    open::Opening,
};
use crate::fs::{Access, File, FileSystem};

impl Opening {
    /// Whether a whole batch lies at or behind `from` in the segment at `base`, or in a later one.
    pub(super) fn has_batch_behind(
        &self,
        base: i64,
        from: u64,
        later: &[i64],
    ) -> Result<bool, Fault> {
        let places = std::iter::once((base, from)).chain(later.iter().map(|base| (*base, 0)));
        for (base, from) in places {
            let path = files::path(&self.dir, base, Kind::Log);
            let failed = |error| Fault::new("read", &path, error);
            let file = self.fs.open(&path, Access::Read).map_err(failed)?;
            let len = self.len_of(base);
            if find_batch(&*file, self.end.0, from, len).map_err(failed)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Keeps the bytes from `from` on of the segment at `base`. Gives how many: none when there is no
    /// space for them, which must not keep the log from opening.
    pub(super) fn quarantine_tail(&mut self, base: i64, from: u64) -> Result<u64, Fault> {
        let path = files::path(&self.dir, base, Kind::Log);
        let len = self.len_of(base);
        if from >= len {
            return Ok(0);
        }
        let source = self.fs.open(&path, Access::Read);
        let source = source.map_err(|error| Fault::new("read", &path, error))?;
        let (target, is_there) = self.tail_name(&path, &*source, from, len)?;
        if is_there {
            return Ok(len - from);
        }
        let part = suffixed(&target, ".part");
        let copied = copy(&*self.fs, &*source, from, len, &part);
        match copied.map_err(|error| Fault::new("write", &part, error)) {
            Ok(()) => {}
            Err(fault) if fault.is_no_space() => {
                self.fs.remove_file(&part).ok();
                return Ok(0);
            }
            Err(fault) => return Err(fault),
        }
        self.rename(&part, &target)?;
        self.sync_dir()?;
        self.recovered.quarantined_files += 1;
        Ok(len - from)
    }

    /// Renames whole segments, the last one first, so that what a power cut leaves has no hole.
    pub(super) fn quarantine_segments(&mut self, bases: &[i64]) -> Result<(), Fault> {
        for &base in bases.iter().rev() {
            let path = files::path(&self.dir, base, Kind::Log);
            let target = self.free_name(&path)?;
            self.rename(&path, &target)?;
            self.sync_dir()?;
            self.recovered.quarantined_files += 1;
            let len = self.forget_segment(base)?;
            if let Some(cut) = &mut self.recovered.cut {
                cut.quarantined += len;
            }
        }
        Ok(())
    }

    /// A name for the tail, and whether it is there already: a start before may have come so far.
    fn tail_name(
        &self,
        path: &Path,
        source: &dyn File,
        from: u64,
        len: u64,
    ) -> Result<(PathBuf, bool), Fault> {
        let stem = suffixed(path, &format!(".{from}"));
        for name in names(&stem) {
            let failed = |error| Fault::new("read", &name, error);
            match self.fs.open(&name, Access::Read) {
                Ok(file) if is_same(source, from, len, &*file).map_err(failed)? => {
                    return Ok((name, true));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((name, false)),
                Err(error) => return Err(failed(error)),
            }
        }
        Ok((stem, false))
    }

    fn free_name(&self, path: &Path) -> Result<PathBuf, Fault> {
        for name in names(path) {
            match self.fs.metadata(&name) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(name),
                Err(error) => return Err(Fault::new("look at", &name, error)),
            }
        }
        Ok(path.to_owned())
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<(), Fault> {
        let renamed = self.fs.rename(from, to);
        renamed.map_err(|error| Fault::new("rename", from, error))
    }
}

/// Whether the name is one that is given here.
pub(super) fn is_quarantined(name: &str) -> bool {
    name.ends_with(SUFFIX)
}

/// One name after the other.
fn names(stem: &Path) -> impl Iterator<Item = PathBuf> {
    let name = |number: u32| match number {
        1 => suffixed(stem, SUFFIX),
        _ => suffixed(stem, &format!(".{number}{SUFFIX}")),
    };
    (1..).map(name)
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn copy(fs: &dyn FileSystem, source: &dyn File, from: u64, len: u64, to: &Path) -> io::Result<()> {
    let target = fs.open(to, Access::Create)?;
    target.set_len(0)?;
    let mut at = from;
    while at < len {
        let bytes = read(source, at, len)?;
        target.write_at(&[IoSlice::new(&bytes)], at - from)?;
        at += count(&bytes);
    }
    target.sync_data()
}

fn is_same(source: &dyn File, from: u64, len: u64, other: &dyn File) -> io::Result<bool> {
    if other.len()? != len - from {
        return Ok(false);
    }
    let mut at = from;
    while at < len {
        let bytes = read(source, at, len)?;
        if read(other, at - from, at - from + count(&bytes))? != bytes {
            return Ok(false);
        }
        at += count(&bytes);
    }
    Ok(true)
}

/// Whether a whole batch, of records at or behind `offset`, begins anywhere in `[from, len)`.
fn find_batch(file: &dyn File, offset: i64, from: u64, len: u64) -> io::Result<bool> {
    let (mut at, mut blank) = (from, 0);
    while at + FRONT <= len && blank < MOST_BLANK {
        let bytes = read(file, at, len)?;
        blank = match bytes.iter().all(|byte| *byte == 0) {
            true => blank + count(&bytes),
            false => 0,
        };
        for (place, byte) in (0_u64..).zip(&bytes) {
            // Nearly every byte is passed over here.
            if *byte == MAGIC && place >= MAGIC_AT {
                let start = place - MAGIC_AT;
                if is_batch(file, offset, at + start, len, front(&bytes, start))? {
                    return Ok(true);
                }
            }
        }
        // What begins in the last bytes is seen next time.
        let next = count(&bytes).saturating_sub(MAGIC_AT);
        if next == 0 {
            break;
        }
        at += next;
    }
    Ok(false)
}

fn front(bytes: &[u8], start: u64) -> &[u8] {
    bytes.get(start.saturate()..).unwrap_or_default()
}

fn is_batch(file: &dyn File, offset: i64, start: u64, len: u64, front: &[u8]) -> io::Result<bool> {
    let Some((base_offset, rest)) = front.split_first_chunk() else {
        return Ok(false);
    };
    let Some((size, _)) = rest.split_first_chunk() else {
        return Ok(false);
    };
    let size = u64::from(u32::from_be_bytes(*size)) + SIZE_END;
    if i64::from_be_bytes(*base_offset) < offset || size < FRONT || start + size > len {
        return Ok(false);
    }
    let mut bytes = Vec::new();
    file.read_at(&mut bytes, size.saturate(), start)?;
    Ok(AnyBatch::parse(&bytes).is_ok_and(|(batch, _)| batch.check_crc().is_ok()))
}

fn read(file: &dyn File, at: u64, end: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let want = CHUNK.min(end - at);
    match file.read_at(&mut bytes, want.saturate(), at)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(bytes),
    }
}

fn count(bytes: &[u8]) -> u64 {
    bytes.len().saturate()
}

const SUFFIX: &str = ".quarantined";
/// Bytes of a batch without a record.
const FRONT: u64 = 61;
/// Where the number of the format stands in a batch, and what it is.
const MAGIC_AT: u64 = 16;
const MAGIC: u8 = 2;
/// The bytes that a batch's size does not count.
const SIZE_END: u64 = 12;
const CHUNK: u64 = 256 << 10;
/// So many zeros were allocated and never written; nobody looks for a batch behind them.
const MOST_BLANK: u64 = 16 << 20;
