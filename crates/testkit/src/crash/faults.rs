//! A disk that fails at one call, or has no space from one call on.

use std::{
    error::Error,
    fmt,
    io::{self, IoSlice},
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ottla_storage::fs::{
    Access, DirEntry, File, FileSystem, Lock, MemoryFileSystem, Metadata, OpenFiles,
};

/// What a disk does to a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One call fails. A write leaves half of its bytes; what a sync should have put on disk is lost.
    Error,
    /// From one call on there is no space, until somebody is refused.
    NoSpace,
}

/// The address of a fault. Printed as `error-17`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultId {
    /// What the disk does.
    pub kind: Kind,
    /// How many calls, of those that can meet it, come before.
    pub call: usize,
}

impl Kind {
    pub(super) const ALL: [Self; 2] = [Self::Error, Self::NoSpace];

    const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::NoSpace => "no-space",
        }
    }
}

impl fmt::Display for FaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.kind.name(), self.call)
    }
}

/// A text that is no address of a fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the address of a fault, such as error-17 or no-space-3")]
pub struct FaultIdError(String);

impl FromStr for FaultId {
    type Err = FaultIdError;

    fn from_str(text: &str) -> Result<Self, FaultIdError> {
        let parts = text.rsplit_once('-');
        parts
            .and_then(|(name, call)| {
                let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name)?;
                let call = call.parse().ok()?;
                Some(Self { kind, call })
            })
            .ok_or_else(|| FaultIdError(text.to_owned()))
    }
}

/// A fault, and what became of it.
#[derive(Debug)]
pub(super) struct Faults {
    disk: MemoryFileSystem,
    id: FaultId,
    /// Nothing elsewhere fails.
    place: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Calls that could have met it.
    calls: usize,
    met: Option<Met>,
    is_well: bool,
}

/// The call that met it first.
#[derive(Clone, Debug)]
struct Met {
    call: Call,
    path: PathBuf,
}

/// A call of the file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Open,
    Create,
    CreateDirectory,
    List,
    Look,
    Rename,
    Remove,
    RemoveDirectory,
    SyncDirectory,
    SyncVolume,
    Lock,
    Write,
    Read,
    Length,
    SetLength,
    Allocate,
    SetTime,
    Sync,
}

impl Call {
    const fn is_sync(self) -> bool {
        matches!(self, Self::Sync | Self::SyncDirectory | Self::SyncVolume)
    }

    const fn takes_space(self) -> bool {
        matches!(
            self,
            Self::Create | Self::CreateDirectory | Self::Rename | Self::Write | Self::Allocate
        )
    }
}

impl Faults {
    pub(super) fn new(disk: MemoryFileSystem, id: FaultId, place: &Path) -> Self {
        Self {
            disk,
            id,
            place: place.to_owned(),
            state: Mutex::default(),
        }
    }

    pub(super) const fn id(&self) -> FaultId {
        self.id
    }

    /// The call that met it.
    pub(super) fn met(&self) -> Option<String> {
        let met = self.state().met.clone()?;
        Some(format!("{:?} {}", met.call, met.path.display()))
    }

    /// Whether it was a sync that failed: what was to be synced is lost, though a later sync succeeds.
    pub(super) fn is_failed_sync(&self) -> bool {
        let met = self.state().met.clone();
        met.is_some_and(|met| met.call.is_sync())
    }

    /// The disk does what it should from here on.
    pub(super) fn heal(&self) {
        self.state().is_well = true;
    }

    /// Whether an error says what the disk said.
    #[expect(clippy::unused_self, reason = "asked of the one that was met")]
    pub(super) fn is_told_by(&self, error: &(dyn Error + 'static)) -> bool {
        let mut next = Some(error);
        while let Some(error) = next {
            if error.to_string().contains(TOLD) {
                return true;
            }
            next = error.source();
        }
        false
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call, and fails it if it is its turn.
    fn meet(&self, call: Call, path: &Path) -> io::Result<()> {
        if !path.starts_with(&self.place) {
            return Ok(());
        }
        let mut state = self.state();
        let kind = match self.id.kind {
            Kind::Error => io::ErrorKind::Other,
            Kind::NoSpace if call.takes_space() => io::ErrorKind::StorageFull,
            Kind::NoSpace => return Ok(()),
        };
        let number = state.calls;
        state.calls += 1;
        let fails = match self.id.kind {
            Kind::Error => number == self.id.call,
            Kind::NoSpace => number >= self.id.call,
        };
        if !fails || state.is_well {
            return Ok(());
        }
        state.met.get_or_insert_with(|| Met {
            call,
            path: path.to_owned(),
        });
        Err(io::Error::new(kind, TOLD))
    }

    /// The same for a sync, of which the disk itself has to know.
    fn meet_sync(&self, call: Call, path: &Path) -> io::Result<()> {
        self.meet(call, path).inspect_err(|_| self.disk.fail_sync())
    }
}

/// What the disk says.
const TOLD: &str = "the disk of this test failed";

/// The disk behind the fault.
#[derive(Clone, Debug)]
pub(super) struct Failing(pub(super) Arc<Faults>);

#[derive(Debug)]
struct FailingFile {
    faults: Arc<Faults>,
    path: PathBuf,
    file: Arc<dyn File>,
}

impl FailingFile {
    fn meet(&self, call: Call) -> io::Result<()> {
        self.faults.meet(call, &self.path)
    }
}

impl File for FailingFile {
    fn write_at(&self, parts: &[IoSlice<'_>], offset: u64) -> io::Result<()> {
        if let Err(error) = self.meet(Call::Write) {
            let bytes: Vec<u8> = parts.iter().flat_map(|part| part.iter().copied()).collect();
            let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
            if !half.is_empty() {
                self.file.write_at(&[IoSlice::new(half)], offset)?;
            }
            return Err(error);
        }
        self.file.write_at(parts, offset)
    }

    fn read_at(&self, to: &mut Vec<u8>, max: usize, offset: u64) -> io::Result<usize> {
        self.meet(Call::Read)?;
        self.file.read_at(to, max, offset)
    }

    fn len(&self) -> io::Result<u64> {
        self.meet(Call::Length)?;
        self.file.len()
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.meet(Call::SetLength)?;
        self.file.set_len(len)
    }

    fn allocate(&self, offset: u64, len: u64) -> io::Result<()> {
        self.meet(Call::Allocate)?;
        self.file.allocate(offset, len)
    }

    fn set_modified(&self, ms: i64) -> io::Result<()> {
        self.meet(Call::SetTime)?;
        self.file.set_modified(ms)
    }

    fn sync_data(&self) -> io::Result<()> {
        let met = self.faults.meet_sync(Call::Sync, &self.path);
        let synced = self.file.sync_data();
        met.and(synced)
    }
}

impl FileSystem for Failing {
    fn open(&self, path: &Path, access: Access) -> io::Result<Arc<dyn File>> {
        let is_new =
            !matches!(access, Access::Read | Access::Write) && self.0.disk.metadata(path).is_err();
        let call = if is_new { Call::Create } else { Call::Open };
        self.0.meet(call, path)?;
        Ok(Arc::new(FailingFile {
            faults: Arc::clone(&self.0),
            path: path.to_owned(),
            file: self.0.disk.open(path, access)?,
        }))
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.0.meet(Call::CreateDirectory, path)?;
        self.0.disk.create_dir_all(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        self.0.meet(Call::List, path)?;
        self.0.disk.read_dir(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.0.meet(Call::Look, path)?;
        self.0.disk.metadata(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.meet(Call::Rename, from)?;
        self.0.disk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.0.meet(Call::Remove, path)?;
        self.0.disk.remove_file(path)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        self.0.meet(Call::RemoveDirectory, path)?;
        self.0.disk.remove_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let met = self.0.meet_sync(Call::SyncDirectory, path);
        let synced = self.0.disk.sync_dir(path);
        met.and(synced)
    }

    fn sync_volumes(&self, paths: &[&Path]) -> io::Result<bool> {
        let is_here = |path: &&&Path| path.starts_with(&self.0.place);
        let first = paths
            .iter()
            .find(is_here)
            .copied()
            .unwrap_or_else(|| Path::new(""));
        let met = self.0.meet_sync(Call::SyncVolume, first);
        let synced = self.0.disk.sync_volumes(paths);
        met.and(synced)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>> {
        self.0.meet(Call::Lock, path)?;
        self.0.disk.lock(path)
    }

    fn open_files(&self) -> &OpenFiles {
        self.0.disk.open_files()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_parse_back() {
        for text in ["error-0", "no-space-17"] {
            let id: FaultId = text.parse().unwrap();
            assert_eq!(id.to_string(), text);
        }
        for text in ["", "error", "error-x", "space-1"] {
            assert!(text.parse::<FaultId>().is_err(), "{text:?}");
        }
    }
}
