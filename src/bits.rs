//! Sets of positions as bits of words of 64: the next one, how many there are. Knows nothing of what stands there.

use std::ops::Range;

/// The first position of `from..to` that is set, else `to`.
#[inline]
pub fn next(bits: &[u64], from: usize, to: usize) -> usize {
    let mut block = from / 64;
    let mut rest = bits.get(block).map_or(0, |word| word & (u64::MAX << (from % 64)));
    while rest == 0 && (block + 1) * 64 < to {
        block += 1;
        rest = bits[block];
    }
    if rest == 0 { to } else { to.min(block * 64 + rest.trailing_zeros() as usize) }
}

/// How many of the positions `range` are set.
pub fn count(bits: &[u64], range: Range<usize>) -> usize {
    let (first, last) = (range.start / 64, range.end / 64);
    let (head, tail) = (u64::MAX << (range.start % 64), !(u64::MAX << (range.end % 64)));
    if first == last {
        return (bits[first] & head & tail).count_ones() as usize;
    }
    let ends = (bits[first] & head).count_ones() + (bits[last] & tail).count_ones();
    ends as usize + bits[first + 1..last].iter().map(|b| b.count_ones() as usize).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_are_found_and_counted(set in proptest::collection::vec(proptest::bool::weighted(0.02), 0..300), from in 0usize..310, to in 0usize..300) {
            let to = to.min(set.len());
            let mut bits = vec![0; set.len() / 64 + 1];
            set.iter().enumerate().for_each(|(n, on)| bits[n / 64] |= u64::from(*on) << (n % 64));
            let from = from.min(to);
            prop_assert_eq!(next(&bits, from, to), (from..to).find(|&n| set[n]).unwrap_or(to));
            prop_assert_eq!(count(&bits, from..to), (from..to).filter(|&n| set[n]).count());
        }
    }
}
