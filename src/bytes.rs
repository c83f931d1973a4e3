//! Text many bytes at a time: tests that need no branch for each byte. Knows nothing of what the text says.

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

/// Where the ASCII letters and digits of a text stand: a bit for each byte, so that one look tells where a word ends. Behind the last
/// one there is always enough to read.
#[derive(Debug)]
pub struct Alphanumeric(Vec<u8>);

impl Alphanumeric {
    /// Of a text.
    pub fn of(text: &[u8]) -> Alphanumeric {
        let (blocks, rest) = text.as_chunks();
        let mut bits = vec![0; (blocks.len() + 2) * 4];
        let mut places = bits.as_chunks_mut().0.iter_mut();
        for (block, place) in blocks.iter().zip(&mut places) {
            *place = Self::block(block);
        }
        let mut last = [0; 32];
        last[..rest.len()].copy_from_slice(rest);
        if let Some(place) = places.next() {
            *place = Self::block(&last);
        }
        Alphanumeric(bits)
    }
    #[inline(always)]
    fn block(block: &[u8; 32]) -> [u8; 4] {
        let mut found = [0; 32];
        for n in 0..block.len() {
            found[n] = u8::from(block[n].is_ascii_alphanumeric());
        }
        let mut bits = [0; 4];
        for (bits, eight) in bits.iter_mut().zip(found.as_chunks().0) {
            // The lowest bit of each byte, side by side.
            *bits = (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u8;
        }
        bits
    }
    /// How many stand together from byte `at` of the text on. Of many no more than 25 are told.
    #[inline]
    pub fn run(&self, at: usize) -> usize {
        let bits = self.0.get(at / 8..at / 8 + 4).and_then(|bits| bits.try_into().ok()).map_or(0, u32::from_le_bytes);
        (bits >> (at % 8)).trailing_ones() as usize
    }
}

/// Where the first byte stands that JSON writes in another way: a mark, a backslash, a control.
#[inline]
pub fn escaped(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 16;
    let special = |b: u8| (b < b' ') | (b == b'"') | (b == b'\\');
    // All bytes of a block at once, the last ones with some before them; only what is not clear is looked at more closely.
    let clear = |block: &[u8; BLOCK]| !block.iter().fold(false, |any, &b| any | special(b));
    let from = match bytes.last_chunk() {
        Some(last) => {
            let blocks = bytes.as_chunks().0;
            let before = blocks.iter().take_while(|block| clear(block)).count();
            if before == blocks.len() && clear(last) {
                return None;
            }
            before * BLOCK
        }
        None if short_clear(bytes) => return None,
        None => 0,
    };
    bytes[from..].iter().position(|&b| special(b)).map(|at| from + at)
}

/// Whether JSON writes less than sixteen bytes as they are.
#[inline]
fn short_clear(bytes: &[u8]) -> bool {
    let zero = |x: u64| x.wrapping_sub(ONES) & !x;
    let below = |x: u64| x.wrapping_sub(ONES * u64::from(b' ')) & !x;
    let hits = |x: u64| below(x) | zero(x ^ (ONES * u64::from(b'"'))) | zero(x ^ (ONES * u64::from(b'\\')));
    let all = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => hits(u64::from_le_bytes(*first)) | hits(u64::from_le_bytes(*last)),
        // Blanks stand for what is missing.
        _ => hits(word(bytes) | (ONES * u64::from(b' ')) << (8 * bytes.len())),
    };
    all & TOP == 0
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
        fn runs_of_letters_and_digits_are_told(text in "[a-z0-9A-Z]{0,40}[ é@\\[`{/:-]{0,2}[a-zQ7]{0,70} ?") {
            let found = Alphanumeric::of(text.as_bytes());
            for at in 0..text.len() {
                let run = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                prop_assert!(found.run(at) == run || run > 25 && found.run(at) >= 25, "{} at {}", text, at);
            }
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
