//! Threads of one kind, which end together.

use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::StartError;

/// The running threads.
#[derive(Debug)]
pub(crate) struct Threads {
    handles: Vec<JoinHandle<()>>,
    /// Closed to stop them.
    stop: Sender<()>,
}

impl Threads {
    /// Starts `count` threads, called `name` and their number. `thread` makes what each runs; it has to
    /// return soon after the channel it is given was closed.
    pub(crate) fn start<R: FnOnce() + Send + 'static>(
        name: &'static str,
        count: i32,
        thread: impl Fn(i32, Receiver<()>) -> Result<R, StartError>,
    ) -> Result<Self, StartError> {
        let (stop, stopped) = bounded(0);
        let mut handles = Vec::new();
        for index in 0..count {
            let run = thread(index, stopped.clone())?;
            let handle = std::thread::Builder::new()
                .name(format!("{name}-{index}"))
                .spawn(run)
                .map_err(StartError::system("start a thread"))?;
            handles.push(handle);
        }
        Ok(Self { handles, stop })
    }

    /// Ends the threads, and waits for them.
    pub(crate) fn stop(self) {
        drop(self.stop);
        for handle in self.handles {
            drop(handle.join());
        }
    }
}
