//! Text eight bytes at a time: tests that need no branch for each byte. Knows nothing of what the text says.

/// One in each byte.
pub const ONES: u64 = u64::MAX / 255;
/// The top bit of each byte: where a test gives its answer, for below 128 no sum carries into the next.
pub const TOP: u64 = ONES << 7;

/// At most eight bytes as one word, the first in its lowest bits, zeros behind.
#[inline]
pub fn word(bytes: &[u8]) -> u64 {
    let four = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, |b| u64::from(u32::from_le_bytes(b)));
    // Two loads that overlap read any length without a loop; the second is shifted to where it belongs.
    match *bytes {
        [a, b, c, d, e, f, g, h] => u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        [_, _, _, _, ..] => four(0) | four(bytes.len() - 4) << (8 * (bytes.len() - 4)),
        [a, .., c] => u64::from(a) | u64::from(bytes[bytes.len() / 2]) << (8 * (bytes.len() / 2)) | u64::from(c) << (8 * (bytes.len() - 1)),
        [a] => a.into(),
        [] => 0,
    }
}

/// Where the first byte stands that JSON writes in another way: a mark, a backslash, a control.
#[inline]
pub fn escaped(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 32;
    // All bytes of a block at once; only what is left behind the last clear one is looked at more closely.
    let special = |b: u8| (b < b' ') | (b == b'"') | (b == b'\\');
    let blocks = bytes.as_chunks::<BLOCK>().0.iter();
    let from = blocks.take_while(|block| !block.iter().fold(false, |any, &b| any | special(b))).count() * BLOCK;
    // Right up to the first hit, which is what counts.
    let zero = |x: u64| x.wrapping_sub(ONES) & !x;
    let below = |x: u64| x.wrapping_sub(ONES * u64::from(b' ')) & !x;
    let hits = |x: u64| (below(x) | zero(x ^ (ONES * u64::from(b'"'))) | zero(x ^ (ONES * u64::from(b'\\')))) & TOP;
    let at = |hits: u64| hits.trailing_zeros() as usize / 8;
    let (eights, rest) = bytes[from..].as_chunks::<8>();
    for (n, &eight) in eights.iter().enumerate() {
        let hits = hits(u64::from_le_bytes(eight));
        if hits != 0 {
            return Some(from + n * 8 + at(hits));
        }
    }
    let last = at(hits(word(rest)));
    (last < rest.len()).then_some(bytes.len() - rest.len() + last)
}

/// Whether a text is visible ASCII with single blanks between: nothing to tidy.
#[inline]
pub fn tidy(bytes: &[u8]) -> bool {
    if bytes.first().is_none_or(|&b| b == b' ') || bytes.last() == Some(&b' ') {
        return false;
    }
    let clean = |x: u64| {
        let low = x & !TOP;
        let blank = !((x ^ (ONES * u64::from(b' '))).wrapping_add(!TOP)) & TOP;
        let visible = low.wrapping_add(ONES * 0x60) & !low.wrapping_add(ONES) & !x & TOP;
        (visible == TOP) & (blank & blank >> 8 == 0)
    };
    let Some(&last) = bytes.last_chunk() else {
        return clean(word(bytes) | (ONES * u64::from(b'x')) << (8 * bytes.len()));
    };
    // Each part begins with the last byte of the one before, so that every two neighbours are seen together.
    let parts = bytes.windows(8).step_by(7).all(|part| clean(word(part)));
    parts && clean(u64::from_le_bytes(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_lie_in_order(bytes in proptest::collection::vec(any::<u8>(), 0..=8)) {
            let mut all = [0; 8];
            all[..bytes.len()].copy_from_slice(&bytes);
            prop_assert_eq!(word(&bytes), u64::from_le_bytes(all));
        }

        #[test]
        fn the_first_to_escape_is_found(bytes in proptest::collection::vec(prop_oneof![8 => Just(b'a'), 1 => any::<u8>(), 1 => Just(b'"'), 1 => Just(b'\\')], 0..90)) {
            prop_assert_eq!(escaped(&bytes), bytes.iter().position(|&b| b < b' ' || b == b'"' || b == b'\\'));
        }

        #[test]
        fn tidy_words_have_one_blank_between(bytes in proptest::collection::vec(prop_oneof![12 => Just(b'a'), 2 => Just(b' '), 1 => any::<u8>()], 0..40)) {
            let one_by_one = bytes.iter().all(|&b| b == b' ' || b.is_ascii_graphic())
                && !bytes.windows(2).any(|w| w == b"  ")
                && bytes.first().is_some_and(|&b| b != b' ')
                && bytes.last() != Some(&b' ');
            prop_assert_eq!(tidy(&bytes), one_by_one);
        }
    }
}
