//! One article → what framing needs of it: counts and sums that add up, its own words with quotations
//! masked, and the shingles that tell wire copy. Compares nothing.

use crate::actor::Actors;
use crate::annotation::{Annotation, MentionKind, QuoteKind};
use crate::article::Article;
use crate::language::Language;
use crate::language::name::flag;
use crate::language::vocab::fold;
use crate::span::Span;
use crate::token::{self, Token, TokenKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How a leader is named, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Naming {
    /// "President Ada Novak", "President Novak", "the president".
    pub title: f64,
    /// "Ada Novak".
    pub full: f64,
    /// "Novak".
    pub surname: f64,
    /// "the Ostlandish leader".
    pub epithet: f64,
}

impl Naming {
    /// All namings.
    pub fn total(&self) -> f64 {
        self.title + self.full + self.surname + self.epithet
    }
}

/// What framing needs of one article.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The article's id.
    pub doc_id: String,
    /// Who printed it.
    pub outlet: String,
    /// When.
    pub published: Option<Date>,
    /// Words of running text, boilerplate left out.
    pub words: f64,
    /// Words of the outlet's own voice.
    pub own_words: f64,
    /// Content words of the outlet's own voice with their counts.
    pub counts: BTreeMap<String, u32>,
    /// Hashes of all runs of eight words of the running text, sorted.
    pub shingles: Vec<u64>,
    /// Sum and number of sentence tones toward each leader, in the outlet's own voice.
    pub narration: [(f64, f64); 2],
    /// How each leader is named in the outlet's own voice.
    pub naming: [Naming; 2],
    /// Descriptions used for each leader, folded, with counts.
    pub epithets: [BTreeMap<String, u32>; 2],
    /// Hedges in the outlet's own voice.
    pub hedges: f64,
    /// Marked stretches that are nobody's speech.
    pub scare: f64,
    /// Where the first quotation starts, as a share of the running text, 0 … 1.
    pub first_quote: Option<f64>,
}

/// Words in a shingle.
const SHINGLE: usize = 8;

/// Tally one article.
pub fn told(article: &Article, a: &Annotation, actors: &Actors, lang: &Language) -> Told {
    let text = article.text.as_str();
    let tokens = token::split(text, lang);
    let quotes: Vec<Span> = a.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect).map(|q| q.outer).collect();
    let skipped: Vec<Span> = a.boilerplate.iter().filter(|b| b.skip).map(|b| b.span).collect();
    let mut out = Told { doc_id: article.id.clone(), outlet: article.outlet.clone(), published: article.published, ..Told::default() };
    let (mut quoted_at, mut skipped_at) = (Cursor::new(&quotes), Cursor::new(&skipped));
    let mut window = [0u64; SHINGLE];
    let mut seen = 0usize;
    let mut folded = String::new();
    let mut first_quote = None;
    let mut open: Option<char> = None;
    let mut hedge_until = 0;
    for (i, t) in tokens.iter().enumerate() {
        if skipped_at.holds(t.span.start) {
            continue;
        }
        let quoted = quoted_at.holds(t.span.start);
        if quoted && first_quote.is_none() {
            first_quote = Some(out.words);
        }
        if t.kind == TokenKind::Mark {
            if !quoted {
                out.scare += f64::from(scare(t.of(text), &mut open, t.newline));
            }
            continue;
        }
        folded.clear();
        crate::language::vocab::fold_into(t.of(text), &mut folded);
        out.words += 1.0;
        window[seen % SHINGLE] = crate::language::table::fnv(folded.as_bytes());
        seen += 1;
        if seen >= SHINGLE {
            let hash = (0..SHINGLE)
                .fold(0xcbf2_9ce4_8422_2325_u64, |h, k| (h ^ window[(seen + k) % SHINGLE]).wrapping_mul(0x0100_0000_01b3).rotate_left(17));
            out.shingles.push(hash);
        }
        if quoted {
            continue;
        }
        out.own_words += 1.0;
        if i >= hedge_until {
            let n = lang.framing.hedge(&tokens[i..]);
            if n > 0 {
                out.hedges += 1.0;
                hedge_until = i + n;
            }
        }
        if t.is_word() && folded.chars().count() > 2 && !lang.framing.is_function(t.word) {
            match out.counts.get_mut(&folded) {
                Some(n) => *n += 1,
                None => {
                    out.counts.insert(folded.clone(), 1);
                }
            }
        }
    }
    out.shingles.sort_unstable();
    out.shingles.dedup();
    out.first_quote = first_quote.map(|at| at / out.words.max(1.0));
    for (sentence, tones) in a.sentences.iter().zip(&a.narration) {
        if skipped.iter().any(|b| b.overlaps(sentence.span)) {
            continue;
        }
        for (sum, tone) in out.narration.iter_mut().zip(tones) {
            if let Some(tone) = tone {
                sum.0 += tone;
                sum.1 += 1.0;
            }
        }
    }
    name(&mut out, text, a, &quotes, &skipped, actors, lang, &tokens);
    out
}

/// A stretch between double marks outside every quotation counts once, when it closes.
fn scare(mark: &str, open: &mut Option<char>, newline: bool) -> u8 {
    if newline {
        *open = None;
    }
    match (mark, &open) {
        ("\u{201c}" | "\u{ab}", None) => *open = Some('c'),
        ("\"", None) => *open = Some('s'),
        ("\u{201d}" | "\u{bb}", Some('c')) | ("\"", Some('s')) => {
            *open = None;
            return 1;
        }
        _ => {}
    }
    0
}

#[allow(clippy::too_many_arguments)]
fn name(out: &mut Told, text: &str, a: &Annotation, quotes: &[Span], skipped: &[Span], actors: &Actors, lang: &Language, tokens: &[Token]) {
    let Some(leaders) = actors.leaders() else { return };
    let words = |s: &str| s.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|w| !w.is_empty()).map(fold).collect::<Vec<String>>();
    let names = leaders.map(|l| words(&l.name));
    let (mut quoted, mut left_out) = (Cursor::new(quotes), Cursor::new(skipped));
    for mention in &a.mentions {
        let at = mention.span.start;
        if quoted.holds(at) || left_out.holds(at) {
            continue;
        }
        let Some(id) = mention.entity.and_then(|e| a.entities[e as usize].actor).filter(|&id| actors.is_leader(id)) else { continue };
        let id = id as usize;
        match mention.kind {
            MentionKind::Pronoun => {}
            MentionKind::Description if bare_title(text, mention.span, lang, tokens) => out.naming[id].title += 1.0,
            MentionKind::Description => {
                out.naming[id].epithet += 1.0;
                *out.epithets[id].entry(fold(mention.span.of(text))).or_default() += 1;
            }
            MentionKind::Name => {
                let used = words(mention.span.of(text));
                let naming = &mut out.naming[id];
                if used.iter().any(|w| !names[id].contains(w)) {
                    naming.title += 1.0;
                } else if used.len() == 1 {
                    naming.surname += 1.0;
                } else {
                    naming.full += 1.0;
                }
            }
        }
    }
}

/// "the president", "the Ostlandish president": an office and a country, no epithet.
fn bare_title(text: &str, span: Span, lang: &Language, tokens: &[Token]) -> bool {
    let first = tokens.partition_point(|t| t.span.start < span.start);
    let words = tokens[first..].iter().take_while(|t| t.span.end <= span.end);
    let mut any = false;
    for t in words {
        let flags = lang.name.flags(t.word);
        any |= flags & flag::TITLE != 0;
        if flags & (flag::TITLE | flag::DETERMINER) == 0 && lang.name.country(t.of(text)).is_none() {
            return false;
        }
    }
    any
}

/// Asks, for rising positions, whether one of the sorted spans holds them.
struct Cursor<'a> {
    spans: &'a [Span],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(spans: &'a [Span]) -> Self {
        Cursor { spans, at: 0 }
    }
    fn holds(&mut self, byte: u32) -> bool {
        while self.at < self.spans.len() && self.spans[self.at].end <= byte {
            self.at += 1;
        }
        self.spans.get(self.at).is_some_and(|s| s.holds(byte))
    }
}
