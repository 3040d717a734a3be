//! The asynchronous runtime that a tool's client runs on.

use std::future::Future;

use tokio::runtime::Builder;

/// Runs `future` to its end. Tasks that are left are dropped.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> std::io::Result<T> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let result = runtime.block_on(future);
    runtime.shutdown_background();
    Ok(result)
}
