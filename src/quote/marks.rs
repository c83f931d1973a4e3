//! Quotation marks → marked stretches, by an automaton over all mark styles, one paragraph at a time: straight,
//! curly, wrongly curled, doubled single marks and backticks, British single marks with apostrophes inside, « », „ “.
//! A stretch left open ends at a reporting clause, at its sentence or at its paragraph, never later.
//! Does not judge whether the words are speech.

use crate::doc::Doc;
use crate::language::quote::{Form, Role, VerbUse};
use crate::token::{Signs, Token, TokenKind};

/// A stretch between quotation marks, by token index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The opening mark's first token; equal to `first` where the mark is missing.
    pub open: usize,
    /// First token inside.
    pub first: usize,
    /// One past the last token inside.
    pub last: usize,
    /// One past the closing mark's last token; equal to `last` where it is missing.
    pub close: usize,
    /// Whether the marks are single ones.
    pub single: bool,
    /// Whether it runs on in the next paragraph, which opens with a mark again.
    pub runs_on: bool,
}

/// A paragraph, by token index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Where those of its tokens that may be quotation marks begin in [`Layout::marks`].
    marks: usize,
}

/// What one pass over a document tells before any words are weighed.
#[derive(Debug, Default)]
pub struct Layout {
    /// The paragraphs: lines, but a line break inside a sentence (hard-wrapped text) ends none.
    pub paragraphs: Vec<Paragraph>,
    /// Tokens by which words without marks may be reported ([`crate::language::quote::QuoteWords::speaks`]).
    pub speaks: Vec<usize>,
    /// Tokens that may be quotation marks.
    marks: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Glyph {
    /// " and other marks without a direction, '' among them
    Straight,
    /// “ `` ‘‘ «
    Open,
    /// ” ’’ »
    Close,
    /// „
    Low,
    /// '
    Single,
    /// ‘ `
    SingleOpen,
    /// ’
    SingleClose,
}

/// Most tokens of a paragraph: text without line breaks is read piece by piece, in linear time.
const LONGEST: usize = 4096;

/// The layout of a document.
pub fn layout(doc: &Doc) -> Layout {
    let (tokens, signs) = (doc.tokens, doc.signs);
    let mut out = Layout { speaks: Vec::with_capacity(tokens.len() / 8), marks: Vec::with_capacity(tokens.len() / 16), ..Layout::default() };
    let mut paragraph = Paragraph { first: 0, last: 0, marks: 0 };
    let mut from = 0;
    while paragraph.first < tokens.len() {
        let limit = tokens.len().min(paragraph.first + LONGEST);
        let i = signs.next(from, limit, Signs::BREAK | Signs::SPEAKS | Signs::QUOTE);
        if i == limit || tokens[i].newline && i > paragraph.first && !wrapped(doc, i) {
            out.paragraphs.push(Paragraph { last: i, ..paragraph });
            paragraph = Paragraph { first: i, last: i, marks: out.marks.len() };
        }
        from = i;
        if i < limit {
            if signs.has(i, Signs::SPEAKS) {
                out.speaks.push(i);
            }
            if signs.has(i, Signs::QUOTE) {
                out.marks.push(i);
            }
            from = i + 1;
        }
    }
    out
}

/// Whether the line break before token `i` only wraps a long line.
fn wrapped(doc: &Doc, i: usize) -> bool {
    let (before, after) = (&doc.tokens[i - 1], &doc.tokens[i]);
    let gap = &doc.text.as_bytes()[before.span.end as usize..after.span.start as usize];
    let goes_on = before.is_word() || before.is_mark(doc.text, b',');
    goes_on && after.is_word() && !after.capital() && gap.iter().filter(|b| **b == b'\n').count() == 1
}

/// Every marked stretch of a paragraph, in order, none overlapping, appended to `out`. `carried` tells that the
/// paragraph before left a quotation open that runs on here.
pub fn find(walk: &mut Walk, paragraph: Paragraph, next: Option<Paragraph>, out: &mut Vec<Marked>) {
    if !walk.enter(paragraph) {
        return;
    }
    let (doc, walk) = (walk.doc, &*walk);
    let before = out.len();
    let mut open: Option<(usize, usize, Glyph)> = None;
    let mut left: Option<usize> = None;
    let mut unclosable = false;
    let mut i = paragraph.first;
    for &(at, glyph, width) in &walk.glyphs {
        // Inside what has been read already.
        if at < i {
            continue;
        }
        i = at;
        let (opens, closes) = walk.sides(i, width);
        let after = i + width;
        if i > paragraph.first && doc.tokens[i - 1].is_mark(doc.text, b'=') && !doc.tokens[i].spaced {
            // An attribute of markup that was left in the text.
            i = walk.next_double(after).map_or(after, |n| n + 1);
            left = None;
            continue;
        }
        match glyph {
            Glyph::Single | Glyph::SingleOpen | Glyph::SingleClose => {
                if open.is_none() && opens && !unclosable {
                    match walk.single_close(i, glyph) {
                        Single::Closes(close) => {
                            out.push(Marked { open: i, first: after, last: close, close: close + 1, single: true, runs_on: false });
                            left = None;
                            i = close + 1;
                            continue;
                        }
                        Single::Apostrophe => {}
                        // ‘… to the paragraph's end, and the next one opens with ‘ again.
                        Single::Open if glyph == Glyph::SingleOpen && next.is_some_and(|n| walk.reopens(n)) => {
                            out.push(Marked { open: i, first: after, last: paragraph.last, close: paragraph.last, single: true, runs_on: true });
                            return;
                        }
                        Single::Open => unclosable = true,
                    }
                }
            }
            _ => {
                // Marks from here to the paragraph's end, this one included.
                let remaining = left.unwrap_or_else(|| walk.marks_left(i));
                left = Some(remaining.saturating_sub(1));
                match open {
                    Some((at, first, style)) => {
                        let nested = match glyph {
                            Glyph::Straight => opens && remaining % 2 == 1,
                            // “She calls it “hell” and …”: two closing marks follow before another opens.
                            Glyph::Open => opens && (style == Glyph::Low || style == Glyph::Straight || walk.closes_twice(after)),
                            Glyph::Close => style == Glyph::Straight && walk.straight_follows(after),
                            Glyph::Low => true,
                            _ => false,
                        };
                        let another = opens && !closes && matches!(glyph, Glyph::Open | Glyph::Straight) && style != Glyph::Low;
                        if nested {
                            // Skip the inner pair.
                            left = None;
                            i = if glyph == Glyph::Close { after } else { walk.next_double(after).map_or(after, |n| n + 1) };
                            continue;
                        } else if another {
                            if first < i {
                                let last = walk.unclosed(at, first, i);
                                out.push(Marked { open: at, first, last, close: last, single: false, runs_on: false });
                            }
                            open = Some((i, after, glyph));
                        } else if i > first {
                            out.push(Marked { open: at, first, last: i, close: after, single: false, runs_on: false });
                            open = None;
                        } else {
                            open = None;
                        }
                    }
                    None if closes && !opens => {
                        let inches = i > paragraph.first && doc.tokens[i - 1].kind == TokenKind::Number && !walk.stop(i - 1);
                        if out.len() == before && !inches && i > paragraph.first && walk.cue_near(after) {
                            let first = paragraph.first;
                            out.push(Marked { open: first, first, last: i, close: after, single: false, runs_on: false });
                        }
                    }
                    None => open = Some((i, after, glyph)),
                }
            }
        }
        i = after;
    }
    if let Some((at, first, _)) = open
        && first < paragraph.last
    {
        let runs_on = next.is_some_and(|n| {
            let walk = walk.elsewhere(n);
            matches!(walk.glyph(n.first), Some((Glyph::Open | Glyph::Straight | Glyph::Low, _)))
        });
        let cue = walk.cue_at_end(first);
        let last = match cue {
            Some(last) => last,
            None if runs_on => paragraph.last,
            None => walk.unclosed(at, first, paragraph.last),
        };
        out.push(Marked { open: at, first, last, close: last, single: false, runs_on: runs_on && cue.is_none() });
    }
}

enum Single {
    /// Opens a stretch that closes at this token.
    Closes(usize),
    /// Opens none.
    Apostrophe,
    /// Nothing that follows in the paragraph closes.
    Open,
}

/// The quotation marks of a paragraph.
pub struct Walk<'a> {
    doc: &'a Doc<'a>,
    layout: &'a Layout,
    end: usize,
    /// Every mark of any style, with the number of its tokens.
    glyphs: Vec<(usize, Glyph, usize)>,
    /// Where double marks of any style stand, in order.
    doubles: Vec<usize>,
}

impl<'a> Walk<'a> {
    /// Through a document, paragraph by paragraph.
    pub fn new(doc: &'a Doc<'a>, layout: &'a Layout) -> Self {
        Walk { doc, layout, end: 0, glyphs: Vec::new(), doubles: Vec::new() }
    }
    /// Read the marks of a paragraph; whether it has any.
    fn enter(&mut self, paragraph: Paragraph) -> bool {
        self.end = paragraph.last;
        self.glyphs.clear();
        self.doubles.clear();
        let layout = self.layout;
        let mut past = 0;
        for &i in layout.marks[paragraph.marks..].iter().take_while(|&&i| i < paragraph.last) {
            let Some((glyph, width)) = self.glyph(i) else { continue };
            self.glyphs.push((i, glyph, width));
            if i >= past {
                past = i + width;
                if matches!(glyph, Glyph::Straight | Glyph::Open | Glyph::Close | Glyph::Low) {
                    self.doubles.push(i);
                }
            }
        }
        !self.glyphs.is_empty()
    }
    /// Another paragraph, of which only single tokens are asked for.
    fn elsewhere(&self, paragraph: Paragraph) -> Walk<'a> {
        Walk { end: paragraph.last, ..Walk::new(self.doc, self.layout) }
    }
    fn tokens(&self) -> &[Token] {
        self.doc.tokens
    }
    /// Whether a paragraph opens with a curly single mark.
    fn reopens(&self, next: Paragraph) -> bool {
        let walk = self.elsewhere(next);
        next.first < next.last && matches!(walk.glyph(next.first), Some((Glyph::SingleOpen, 1))) && walk.sides(next.first, 1).0
    }
    /// The mark at token `i` and how many tokens it takes.
    fn glyph(&self, i: usize) -> Option<(Glyph, usize)> {
        let text = self.doc.text.as_bytes();
        let at = self.tokens().get(i)?.span.start as usize;
        let twin = || {
            self.tokens().get(i + 1).is_some_and(|t| {
                let b = t.span.start as usize;
                !t.spaced
                    && i + 1 < self.end
                    && t.kind == TokenKind::Mark
                    && t.span.len() == self.tokens()[i].span.len()
                    && text[b] == text[at]
                    && text[t.span.end as usize - 1] == text[self.tokens()[i].span.end as usize - 1]
            })
        };
        match text[at] {
            b'"' => Some((Glyph::Straight, 1)),
            b'\'' => Some(if twin() { (Glyph::Straight, 2) } else { (Glyph::Single, 1) }),
            b'`' => Some(if twin() { (Glyph::Open, 2) } else { (Glyph::SingleOpen, 1) }),
            0xC2 => match text[at + 1] {
                0xAB => Some((Glyph::Open, 1)),
                0xBB => Some((Glyph::Close, 1)),
                _ => None,
            },
            0xE2 if text[at + 1] == 0x80 => match text[at + 2] {
                0x98 | 0x9B => Some(if twin() { (Glyph::Open, 2) } else { (Glyph::SingleOpen, 1) }),
                0x99 => Some(if twin() { (Glyph::Close, 2) } else { (Glyph::SingleClose, 1) }),
                0x9C | 0x9F => Some((Glyph::Open, 1)),
                0x9D => Some((Glyph::Close, 1)),
                0x9E => Some((Glyph::Low, 1)),
                _ => None,
            },
            _ => None,
        }
    }
    /// Whether the mark at `i` stands where one opens, and where one closes.
    fn sides(&self, i: usize, width: usize) -> (bool, bool) {
        let tokens = self.tokens();
        let text = self.doc.text;
        let before = tokens[i].spaced
            || i == 0
            || (tokens[i - 1].kind == TokenKind::Mark
                && matches!(tokens[i - 1].of(text), "(" | "[" | "—" | "–" | "―" | "-" | "/" | "…" | "“" | "‘" | "\"" | "'"));
        let after = i + width >= self.end
            || tokens[i + width].spaced
            || (tokens[i + width].kind == TokenKind::Mark
                && matches!(
                    tokens[i + width].of(text),
                    "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "—" | "–" | "―" | "-" | "/" | "”" | "’" | "\"" | "'"
                ));
        (before && !after, !before && after)
    }
    /// Whether a sentence mark or comma stands at token `i`.
    fn stop(&self, i: usize) -> bool {
        let t = &self.tokens()[i];
        t.kind == TokenKind::Mark && matches!(t.of(self.doc.text), "." | "," | "!" | "?" | "…" | "—" | "–")
    }
    /// Where the single mark that opens at `open` closes: a strong place first (beside punctuation or before a
    /// capital), and a possessive (`the voters’ call`) only where nothing better follows.
    fn single_close(&self, open: usize, glyph: Glyph) -> Single {
        let tokens = self.tokens();
        if glyph == Glyph::SingleClose
            && tokens[open + 1..self.end].first().is_none_or(|t| t.kind == TokenKind::Number || t.shape == crate::token::Shape::Lower)
        {
            // ’90s, ’em
            return Single::Apostrophe;
        }
        if tokens.get(open + 1).is_none_or(|t| t.kind == TokenKind::Mark && !matches!(t.of(self.doc.text), "[" | "…" | "(" | "$" | "." | "@" | "#"))
        {
            return Single::Apostrophe;
        }
        let mut weak = None;
        let from = self.glyphs.partition_point(|g| g.0 < open + 2);
        for &(i, g, width) in &self.glyphs[from..] {
            if tokens[i].spaced && weak.is_none() {
                continue;
            }
            // ‘… votes’ and ‘…’: where the next one opens, what looked like a possessive has closed.
            if width == 1
                && let Some(at) = weak
                && (g == Glyph::SingleOpen || g == Glyph::Single && glyph == Glyph::Single)
                && self.sides(i, 1).0
            {
                return Single::Closes(at);
            }
            if tokens[i].spaced || width != 1 || !matches!(g, Glyph::Single | Glyph::SingleClose) {
                continue;
            }
            let (_, closes) = self.sides(i, 1);
            if !closes {
                continue;
            }
            let word = &tokens[i - 1];
            let possessive = word.is_word() && self.doc.text.as_bytes()[word.span.end as usize - 1].eq_ignore_ascii_case(&b's');
            let lower = tokens[i + 1..self.end].first().is_some_and(|t| t.is_word() && !t.capital());
            if possessive && lower {
                weak = weak.or(Some(i));
                continue;
            }
            return Single::Closes(i);
        }
        match weak {
            Some(i) if glyph != Glyph::Single => Single::Closes(i),
            _ => Single::Open,
        }
    }
    /// How many double marks stand from `i` to the paragraph's end.
    fn marks_left(&self, from: usize) -> usize {
        self.doubles.len() - self.doubles.partition_point(|&i| i < from)
    }
    /// Whether the next two double marks from `i` both close.
    fn closes_twice(&self, from: usize) -> bool {
        let closing = |at: Option<usize>| at.filter(|&i| matches!(self.glyph(i), Some((Glyph::Close, _))));
        closing(self.next_double(from)).is_some_and(|i| closing(self.next_double(i + 1)).is_some())
    }
    /// Whether the next double mark from `i` is a straight one.
    fn straight_follows(&self, from: usize) -> bool {
        self.next_double(from).is_some_and(|i| matches!(self.glyph(i), Some((Glyph::Straight, _))))
    }
    fn next_double(&self, from: usize) -> Option<usize> {
        self.doubles.get(self.doubles.partition_point(|&i| i < from)).copied()
    }
    /// Where a stretch that was never closed ends: before its reporting clause, else with its paragraph when it is
    /// speech set off by a comma or colon, else with its sentence.
    fn unclosed(&self, open: usize, first: usize, limit: usize) -> usize {
        if let Some(at) = (first + 1..limit).find(|&i| self.tokens()[i].is_mark(self.doc.text, b',') && self.clause_at(i + 1, limit).is_some()) {
            return at + 1;
        }
        let set_off = open == 0 || self.tokens()[open].newline || matches!(self.tokens()[open - 1].of(self.doc.text), "," | ":");
        if set_off {
            return limit;
        }
        let sentence = self.doc.sentence_at(self.tokens()[first].span.start);
        self.doc.sentences.get(sentence).map_or(limit, |s| (s.last as usize).max(first + 1).min(limit))
    }
    /// Whether a reporting clause (`Vega said`, `said Vega`) begins at `i`; then one past its verb and subject.
    fn clause_at(&self, i: usize, limit: usize) -> Option<usize> {
        let tokens = self.tokens();
        let words = &self.doc.lang.quote;
        let tokens = &tokens[..limit.min(tokens.len())];
        for j in i..tokens.len().min(i + 5) {
            let t = &tokens[j];
            if let Some(v) = words.verb_at(tokens, j)
                && v.form.any(Form::Past | Form::Third)
                && v.takes.any(VerbUse::Quote)
            {
                if j > i {
                    return Some((j + v.len as usize).min(tokens.len()));
                }
                let subject = tokens.get(j + v.len as usize)?;
                return (subject.capital() || words.role(subject.word).any(Role::Pronoun | Role::Determiner)).then_some(j + v.len as usize + 1);
            }
            let role = words.role(t.word);
            let fits = if j == i { t.capital() || role.any(Role::Pronoun | Role::Determiner) } else { t.is_word() || t.is_mark(self.doc.text, b'.') };
            if !fits {
                return None;
            }
        }
        None
    }
    /// A reporting clause with which the paragraph ends, inside a stretch that was never closed: the token after the comma before it.
    fn cue_at_end(&self, first: usize) -> Option<usize> {
        let from = self.end.saturating_sub(9).max(first + 1);
        (from..self.end).find_map(|i| {
            let end = self.tokens()[i].is_mark(self.doc.text, b',').then(|| self.clause_at(i + 1, self.end)).flatten()?;
            (self.end - end <= 1).then_some(i + 1)
        })
    }
    /// Whether a reporting verb stands within a few words after `from`.
    fn cue_near(&self, from: usize) -> bool {
        self.clause_at(from, self.end).is_some()
    }
}
