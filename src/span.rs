//! Half-open byte ranges into an article's frozen text, and the conversion to
//! Unicode scalar offsets at the program's border. Never changes the text.

use crate::bytes;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A half-open byte range `[start, end)` into [`crate::article::Article::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "{start} > {end}");
        Span { start: start as u32, end: end as u32 }
    }
    /// The words at this range.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }
    /// The words at this range on one line, with one blank between them.
    pub fn on_one_line(self, text: &str) -> Cow<'_, str> {
        let words = self.of(text);
        if bytes::tidy(words.as_bytes()) {
            return Cow::Borrowed(words);
        }
        let mut out = String::with_capacity(words.len());
        for word in words.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        Cow::Owned(out)
    }
    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }
    /// Whether no byte lies inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
    /// Whether `other` lies wholly inside this range.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether byte `at` lies inside.
    pub fn holds(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }
    /// Whether the two ranges share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// The smallest range that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
    /// The same range without white space at its edges.
    pub fn trim(self, text: &str) -> Span {
        let s = self.of(text);
        let lead = s.len() - s.trim_start().len();
        let kept = s.trim().len();
        Span { start: self.start + lead as u32, end: self.start + (lead + kept) as u32 }
    }
}

/// Byte offsets → Unicode scalar offsets, by a table of checkpoints: building is one pass, a
/// look-up reads at most 64 bytes.
#[derive(Debug)]
pub struct CharIndex<'a> {
    text: &'a str,
    marks: Vec<u32>,
    ascii: bool,
}

const STEP: usize = 64;

impl<'a> CharIndex<'a> {
    /// Index `text`.
    pub fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return CharIndex { text, marks: Vec::new(), ascii: true };
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0u32;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(count);
            count += u32::from(starts(chunk));
        }
        CharIndex { text, marks, ascii: false }
    }
    /// How many Unicode scalars stand before byte `at` (clamped to the text's end).
    pub fn chars(&self, at: u32) -> usize {
        let at = (at as usize).min(self.text.len());
        if self.ascii {
            return at;
        }
        let block = at / STEP;
        let Some(&base) = self.marks.get(block) else {
            return self.text.chars().count();
        };
        let (from, len) = (&self.text.as_bytes()[block * STEP..], at % STEP);
        // A whole block at once, whatever part of it is asked for, needs no loop.
        let before = match from.first_chunk::<STEP>() {
            Some(block) => block.iter().zip(0..).map(|(b, n)| u8::from(n < len as u8) & u8::from(!is_continuation(*b))).sum(),
            None => starts(&from[..len]),
        };
        base as usize + usize::from(before)
    }
    /// The byte that Unicode scalar number `n` starts at (the text's length when past the end).
    pub fn byte(&self, n: usize) -> usize {
        if self.ascii {
            return n.min(self.text.len());
        }
        let block = self.marks.partition_point(|&m| m as usize <= n).saturating_sub(1);
        let mut left = n - self.marks.get(block).map_or(0, |&m| m as usize);
        let mut at = block * STEP;
        let bytes = self.text.as_bytes();
        while at < bytes.len() && is_continuation(bytes[at]) {
            at += 1;
        }
        while at < bytes.len() && left > 0 {
            at += 1;
            while at < bytes.len() && is_continuation(bytes[at]) {
                at += 1;
            }
            left -= 1;
        }
        at
    }
}

/// How many Unicode scalars begin in at most [`STEP`] bytes: a byte holds the sum, so that many are added at once.
fn starts(block: &[u8]) -> u8 {
    block.iter().map(|b| u8::from(!is_continuation(*b))).sum()
}

fn is_continuation(b: u8) -> bool {
    b & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_come_on_one_line(words in prop_oneof!["[ a-c]{0,8}", "[ \n\ta\u{a0}\u{2003}é]{0,8}"]) {
            prop_assert_eq!(Span::new(0, words.len()).on_one_line(&words), words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    #[test]
    fn offsets_go_both_ways() {
        let text = "é“a”".repeat(60) + "zz";
        let index = CharIndex::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.chars(byte as u32), n);
            assert_eq!(index.byte(n), byte);
        }
        assert_eq!(index.chars(text.len() as u32), text.chars().count());
        assert_eq!(index.byte(9999), text.len());
    }
}
