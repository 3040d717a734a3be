//! Memory that was used for a moment, which glibc keeps for the next time.

/// Gives freed memory back to the system. Reading the metadata and opening the logs of a start takes more
/// than what stays, and no such time comes again. Another allocator than glibc's is left alone.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(
        unsafe_code,
        reason = "neither rustix nor nix has malloc_trim, and the alternative is another allocator"
    )]
    // SAFETY: malloc_trim may be called at any time from any thread; it touches only memory that is free.
    unsafe {
        libc::malloc_trim(0);
    }
}
