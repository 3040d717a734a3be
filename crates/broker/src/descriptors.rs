//! The limit of open files, which connections must not use up: a log that can open no file takes no
//! appends.

use ottla_types::Saturate;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Raises the limit as far as the system allows.
pub(crate) fn allow_all() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: maximum,
        maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, wanted) {
        tracing::debug!(%error, "the limit of open files stays as it is");
    }
}

/// How many descriptors connections may take: three quarters, the rest is for files.
pub(crate) fn for_connections() -> usize {
    share(getrlimit(Resource::Nofile).current)
}

/// How many files logs may keep open. What is left is for those that are opened for a moment.
pub(crate) fn for_logs() -> usize {
    kept(getrlimit(Resource::Nofile).current)
}

fn kept(limit: Option<u64>) -> usize {
    limit.map_or(usize::MAX, |limit| (limit / 4 / 4 * 3).saturate())
}

fn share(limit: Option<u64>) -> usize {
    limit.map_or(usize::MAX, |limit| (limit - limit / 4).saturate())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_keep_a_quarter() {
        assert_eq!(share(Some(1024)), 768);
        assert_eq!(share(Some(0)), 0);
        assert_eq!(share(None), usize::MAX);
        assert_eq!(kept(Some(1024)), 192);
        assert_eq!(kept(None), usize::MAX);
    }
}
