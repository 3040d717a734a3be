//! Zstandard frames, one after another.

use std::ops::Range;

use zstd::zstd_safe::{CCtx, CParameter, DCtx, DParameter, InBuffer, OutBuffer, ResetDirective};

use super::{CHUNK, Compression, CompressionError};

/// Decodes in pieces; the context and its window are used again.
pub(crate) struct Zstandard {
    context: DCtx<'static>,
    frame: Progress,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// A frame must go on.
    Inside,
    /// No frame has begun since the last one ended.
    Between,
}

impl Zstandard {
    /// A decoder for the next batch, made or used again. A large window is given back.
    pub(crate) fn start(kept: &mut Option<Self>) -> Result<&mut Self, CompressionError> {
        if kept
            .as_ref()
            .is_some_and(|kept| kept.context.sizeof() > KEPT_MEMORY)
        {
            *kept = None;
        }
        let this = match kept.take() {
            Some(this) => this,
            None => Self {
                context: new_context()?,
                frame: Progress::Between,
            },
        };
        let this = kept.insert(this);
        // No bytes at all are no frames at all, as Apache reads them.
        this.frame = Progress::Between;
        this.context
            .reset(ResetDirective::SessionOnly)
            .map_err(|_| malformed("context"))?;
        Ok(this)
    }

    pub(crate) fn fill(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Range<usize>, CompressionError> {
        out.resize(CHUNK, 0);
        loop {
            if input.is_empty() && self.frame == Progress::Between {
                return Ok(0..0);
            }
            let mut source = InBuffer::around(input);
            let mut sink = OutBuffer::around(out.as_mut_slice());
            let hint = self
                .context
                .decompress_stream(&mut sink, &mut source)
                .map_err(|_| malformed("frame"))?;
            let (read, written) = (source.pos(), sink.pos());
            *input = input.get(read..).unwrap_or_default();
            self.frame = if hint == 0 {
                Progress::Between
            } else {
                Progress::Inside
            };
            if written > 0 {
                return Ok(0..written);
            }
            if read == 0 && hint != 0 {
                return Err(CompressionError::Ended(Compression::Zstd));
            }
        }
    }
}

fn new_context() -> Result<DCtx<'static>, CompressionError> {
    let mut context = DCtx::try_create().ok_or(malformed("context"))?;
    context
        .set_parameter(DParameter::WindowLogMax(WINDOW_LOG_MAX))
        .map_err(|_| malformed("context"))?;
    Ok(context)
}

pub(crate) fn compress(
    level: Option<i32>,
    plain: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), CompressionError> {
    let failed = CompressionError::Encode(Compression::Zstd);
    let mut context = CCtx::try_create().ok_or(failed)?;
    context
        .set_parameter(CParameter::CompressionLevel(level.unwrap_or(DEFAULT_LEVEL)))
        .map_err(|_| failed)?;
    let start = out.len();
    let bound = zstd::zstd_safe::compress_bound(plain.len());
    out.resize(start.saturating_add(bound), 0);
    let place = out.get_mut(start..).unwrap_or_default();
    let written = context.compress2(place, plain).map_err(|_| failed)?;
    out.truncate(start.saturating_add(written));
    Ok(())
}

/// 128 MiB, the largest window of level 22, which Apache reads too. Memory is touched only as far as
/// output goes, so the output limit bounds it.
const WINDOW_LOG_MAX: u32 = 27;
/// Most memory of a context that is kept from one batch to the next: a window of 8 MiB fits.
const KEPT_MEMORY: usize = 16 << 20;
const DEFAULT_LEVEL: i32 = 3;

const fn malformed(part: &'static str) -> CompressionError {
    CompressionError::Malformed {
        codec: Compression::Zstd,
        part,
    }
}
