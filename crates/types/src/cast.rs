//! Checked numeric casts: the only places where a number changes its width or sign.

/// Converts to a narrower or differently signed integer, clamping to its range.
///
/// For sizes and counters where the largest value is the honest answer; never for offsets,
/// epochs or anything a peer sent.
pub trait Saturate<T> {
    /// The nearest value of `T`.
    fn saturate(self) -> T;
}

macro_rules! saturate {
    ($($from:ty => $to:ty),* $(,)?) => {$(
        impl Saturate<$to> for $from {
            #[inline]
            fn saturate(self) -> $to {
                <$to>::try_from(self).unwrap_or(if self > 0 { <$to>::MAX } else { <$to>::MIN })
            }
        }
    )*};
}

saturate! {
    usize => i32, usize => i64, usize => u32, u64 => i64, u64 => usize, u64 => i32, u128 => u64,
    u128 => i64, i64 => u64, i64 => i32, i64 => usize, i32 => u32, i32 => usize, u32 => i32,
    i64 => u32, u64 => u32, usize => u64, u32 => usize, u128 => usize, i32 => u64, usize => i16,
}

/// The length of something as Kafka's `int32`, or `None` when it does not fit.
#[inline]
#[must_use]
pub fn checked_len_i32(len: usize) -> Option<i32> {
    i32::try_from(len).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clamps_to_the_nearest_value() {
        let largest: i32 = usize::MAX.saturate();
        let zero: u64 = (-5i64).saturate();
        assert_eq!((largest, zero), (i32::MAX, 0));
        assert_eq!(checked_len_i32(usize::MAX), None);
    }
}
