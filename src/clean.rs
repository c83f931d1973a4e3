//! Text → stretches that are not the article (captions, promotion, comments, footers) and those that
//! are not its running text (subheadings, standfirsts, pull quotes): marked sentence by sentence,
//! never cut, in text order. The cues are data; the rules look at lines, their length, their place
//! and whether they end with a stop. Does not look for dates or names.

use crate::annotation::{Boilerplate, Sentence};
use crate::article::Article;
use crate::language::Language;
use crate::language::clean::{AGENCY, BYLINE, CREDIT, CleanWords, DATE, DATE_PART, FIRST_PERSON, OFFICE, Rule};
use crate::token::{Shape, Signs, Token, TokenKind, Tokens};

/// Mark what is not the article.
pub fn mark(article: &Article, tokens: &Tokens, sentences: &[Sentence], lang: &Language) -> Vec<Boilerplate> {
    let mut marker = Marker::new(article, tokens, sentences, &lang.clean);
    marker.patterns();
    marker.head();
    marker.readers();
    marker.blocks();
    marker.tail();
    marker.author();
    marker.captions();
    marker.headlines();
    marker.remains();
    marker.pulls();
    marker.subheadings();
    marker.merge()
}

/// What a short line between paragraphs is marked as.
pub const SUBHEADING: &str = "subheading";
/// What a quotation set apart is marked as, and the line that names its source.
pub const PULL: &str = "pull quote";
/// See [`PULL`].
pub const PULL_SOURCE: &str = "pull quote source";

/// Least words of a line that is prose beyond doubt, and of one that ends a list of links.
const PROSE: usize = 25;
const SENTENCE: usize = 6;
/// Most words of a line that is a heading or a link.
const SHORT: usize = 14;
/// Readers' comments begin past this part of the text.
const COMMENTS_FROM: f64 = 0.3;
/// The author's note stands past this part of the article.
const AUTHOR_FROM: f64 = 0.8;
/// Most lines that introduce an article.
const STANDFIRST: usize = 3;
/// Most words of a caption that fills its line.
const CAPTION: usize = 60;
/// Lines that are a day alone by which a text is a timeline, and most words of one ("Sunday, March 8, 2024").
const TIMELINE: usize = 3;
const ENTRY: usize = 4;
/// A headline in capitals has at least this many words and letters.
const HEADLINE_WORDS: usize = 4;
const HEADLINE_LETTERS: usize = 18;

/// One non-empty line.
#[derive(Debug)]
struct Line {
    /// Tokens `first..last`, sentences `from..to`.
    first: usize,
    last: usize,
    from: usize,
    to: usize,
    words: usize,
    /// Ends with a stop, closing marks aside; `…` is none.
    stop: bool,
}

/// A token with which a pattern can begin.
struct Start {
    line: usize,
    sentence: usize,
    token: usize,
}

struct Marker<'a> {
    article: &'a Article,
    text: &'a str,
    tokens: &'a [Token],
    sentences: &'a [Sentence],
    words: &'a CleanWords,
    lines: Vec<Line>,
    /// What each sentence is, and whether it is left out.
    marks: Vec<Option<(&'a str, bool)>>,
    /// Sentences that start inside a quotation, sentences that hold a double mark, words of each.
    quoted: Vec<bool>,
    quotation: Vec<bool>,
    words_in: Vec<usize>,
    /// Where patterns can begin, in text order.
    begins: Vec<Start>,
    /// Lines that open a block, the readers' part, or a line with a tail pattern; sentences on an author.
    blocks: Vec<(usize, &'a str)>,
    comments: Option<usize>,
    authors: Vec<usize>,
    follows: Vec<usize>,
}

impl<'a> Marker<'a> {
    fn new(article: &'a Article, tokens: &'a Tokens, sentences: &'a [Sentence], words: &'a CleanWords) -> Self {
        let text = article.text.as_str();
        let mut lines: Vec<Line> = Vec::with_capacity(sentences.len());
        let mut quoted = vec![false; sentences.len()];
        let mut quotation = vec![false; sentences.len()];
        let mut words_in = vec![0; sentences.len()];
        let mut begins = Vec::with_capacity(tokens.len() / 8);
        for (i, s) in sentences.iter().enumerate() {
            let (first, last) = (s.first as usize, s.last as usize);
            match lines.last_mut() {
                Some(line) if sentences[line.from].paragraph == s.paragraph => {
                    line.to = i + 1;
                    line.last = last;
                }
                _ => lines.push(Line { first, last, from: i, to: i + 1, words: 0, stop: false }),
            }
        }
        for (l, line) in lines.iter_mut().enumerate() {
            let mut open = false;
            for i in line.from..line.to {
                quoted[i] = open;
                let first = sentences[i].first as usize;
                let last = sentences[i].last as usize;
                words_in[i] = tokens.signs.words(first..last);
                let mut at = tokens.signs.next(first, last, Signs::CLEAN | Signs::QUOTE);
                while at < last {
                    let (token, next) = (&tokens[at], tokens.get(at + 1));
                    if tokens.signs.has(at, Signs::CLEAN) {
                        begins.push(Start { line: l, sentence: i, token: at });
                    }
                    let mark = token.mark(text);
                    quotation[i] |= matches!(mark, '“' | '”' | '"');
                    match mark {
                        // An opening mark after a comma or a stop, with white space behind it, is a closing one.
                        '“' => open = !(open && !token.spaced && next.is_none_or(|t| t.spaced)),
                        '”' => open = !open && next.is_some_and(|t| !t.spaced && t.kind != TokenKind::Mark),
                        '"' => open = !open,
                        _ => {}
                    }
                    at = tokens.signs.next(at + 1, last, Signs::CLEAN | Signs::QUOTE);
                }
            }
            line.words = words_in[line.from..line.to].iter().sum();
            let end = tokens[line.first..line.last].iter().rev().find(|t| !is_closer(t.mark(text)));
            line.stop = end.is_some_and(|t| matches!(t.mark(text), '.' | '!' | '?' | '。') || text.as_bytes()[t.span.end as usize - 1] == b'.')
                && !trails_off(text, &tokens[line.first..line.last]);
        }
        let marks = vec![None; sentences.len()];
        Marker {
            article,
            text,
            tokens,
            sentences,
            words,
            lines,
            marks,
            quoted,
            quotation,
            words_in,
            begins,
            blocks: Vec::new(),
            comments: None,
            authors: Vec::new(),
            follows: Vec::new(),
        }
    }
    /// Look every pattern up; lines and sentences that one covers as its rule demands are marked or noted.
    fn patterns(&mut self) {
        for Start { line: l, sentence: s, token: at } in std::mem::take(&mut self.begins) {
            let (start, last) = (self.sentences[s].first as usize, self.sentences[s].last as usize);
            for (pattern, len) in self.words.at(&self.tokens[at..last]) {
                let why = pattern.why.as_str();
                // Few sentences hold a pattern: only these are looked at.
                let leads = || at == self.core(l).0;
                let whole = || (at, at + len) == self.core(l);
                let opens = || at == start || at == self.core_of(start, last).0;
                let line = &self.lines[l];
                match pattern.rule {
                    Rule::Line if whole() => self.mark_line(l, why, true),
                    Rule::Block if whole() => self.blocks.push((l, why)),
                    Rule::Comments if self.comments.is_none() && self.past(s, COMMENTS_FROM) && whole() => self.comments = Some(l),
                    Rule::Start if self.lone(s, PROSE) && opens() => self.mark_sentence(s, why, true),
                    Rule::Has if self.lone(s, PROSE + 10) => self.mark_sentence(s, why, true),
                    Rule::Lead if line.words <= CAPTION && self.lone(s, CAPTION) && (at == line.first || leads()) => self.mark_line(l, why, true),
                    Rule::Link if line.words <= CAPTION && leads() => self.mark_line(l, why, true),
                    Rule::Link if self.lone(s, PROSE) && opens() => self.mark_sentence(s, why, true),
                    Rule::Author if at > start && at - start <= 8 && self.named(start, at) => self.authors.push(s),
                    Rule::Follow if opens() => self.follows.push(s),
                    _ => {}
                }
            }
        }
    }
    /// Whether sentence `s` holds no quotation, stands in none and has at most `most` words.
    fn lone(&self, s: usize, most: usize) -> bool {
        self.plain(s) && self.words_in[s] <= most
    }
    /// Title, its repetitions, what stands above it, byline and date.
    fn head(&mut self) {
        let body = self.lines.iter().position(|l| l.stop && l.words >= PROSE).unwrap_or(self.lines.len());
        let outlet = self.article.outlet.as_str();
        for l in (0..self.lines.len()).filter(|_| !outlet.is_empty()) {
            if self.open(l) && self.lines[l].words <= SHORT && same_words(self.line_text(l), outlet) {
                self.mark_line(l, "section", true);
            }
        }
        let near = self.lines.len().min(16);
        let title = self.title(near);
        if let Some(title) = title {
            for l in 0..title {
                let line = &self.lines[l];
                if self.open(l) && line.words <= 8 && !line.stop {
                    let why = if self.is_name(line.first, line.last) { "byline" } else { "section" };
                    self.mark_line(l, why, true);
                }
            }
            self.mark_line(title, "title", false);
            for l in title + 1..near {
                if self.open(l) && same_words(self.line_text(l), self.line_text(title)) {
                    self.mark_line(l, "repeated title", true);
                }
            }
        } else if body > 0
            && let Some(l) = (0..body).find(|&l| self.open(l) && !self.lines[l].stop && self.lines[l].words > 2 && self.lines[l].words <= PROSE)
        {
            self.mark_line(l, "title", false);
        }
        let timeline = self.lines.windows(2).filter(|two| self.is_entry(&two[0]) && two[1].stop).count() >= TIMELINE;
        for l in 0..self.lines.len() {
            if !self.open(l) || self.lines[l].stop {
                continue;
            }
            let line = &self.lines[l];
            if timeline && self.is_entry(line) {
                self.mark_line(l, SUBHEADING, false);
                continue;
            }
            let edge = l < near || l + 8 > self.lines.len();
            if edge && self.is_byline(line) {
                self.mark_line(l, "byline", true);
            } else if edge && self.is_date(line) {
                self.mark_line(l, "date", true);
            } else if self.is_player(line) {
                self.mark_line(l, "player", true);
            } else if l < body && title.is_some_and(|t| t < l) && self.is_name(line.first, line.last) {
                self.mark_line(l, "byline", true);
            }
        }
        // A label in capitals glued to its line (`NEWListen …`) announces something of the site.
        for l in 0..near {
            let first = &self.tokens[self.lines[l].first];
            if self.open(l)
                && self.lines[l].words <= PROSE
                && self.share(l) < COMMENTS_FROM
                && first.shape == Shape::Title
                && is_labelled(first.of(self.text))
            {
                self.mark_line(l, "promotion", true);
            }
        }
        // The few lines between the title and the last of these introduce the article.
        let Some(title) = title else { return };
        let body = self.lines.iter().rposition(|l| l.stop && l.words >= PROSE).unwrap_or(0);
        let set_apart =
            |l: &usize| self.marks[self.lines[*l].from].is_some_and(|m| matches!(m.0, "repeated title" | "byline" | "date" | "share" | "player"));
        let end = (title + 1..near.min(body)).rev().find(set_apart).unwrap_or(title);
        let between: Vec<usize> = (title + 1..end).filter(|&l| self.open(l) && self.lines[l].words >= SENTENCE).collect();
        if between.len() <= STANDFIRST {
            for l in between {
                self.mark_line(l, "standfirst", false);
            }
        }
    }
    /// The line that holds the title: the one the article names, else one that is repeated.
    fn title(&self, near: usize) -> Option<usize> {
        let title = self.article.title.as_str();
        if !title.is_empty()
            && let Some(l) = (0..near).find(|&l| same_words(self.line_text(l), title))
        {
            return Some(l);
        }
        let open = |l: usize| self.open(l) && !self.lines[l].stop && self.lines[l].words >= 4;
        (0..near).find(|&l| open(l) && (l + 1..near).any(|k| open(k) && same_words(self.line_text(l), self.line_text(k))))
    }
    /// Readers' comments: all from their heading on.
    fn readers(&mut self) {
        if let Some(from) = self.comments {
            for l in from..self.lines.len() {
                self.mark_line(l, "comments", true);
            }
        }
    }
    /// Lists of links from their heading until prose resumes; at the end of the text, to the end.
    fn blocks(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        let last_prose = self.lines.iter().rposition(|l| l.stop && l.words >= PROSE && self.marks[l.from].is_none());
        for (at, why) in blocks {
            if self.marks[self.lines[at].from].is_some_and(|m| m.1) {
                continue;
            }
            if last_prose.is_none_or(|p| p < at) && self.share(at) > COMMENTS_FROM {
                for l in at..self.lines.len() {
                    if self.open(l) {
                        self.mark_line(l, why, true);
                    }
                }
                continue;
            }
            let end = (at + 1..self.lines.len().min(at + 12)).find(|&l| self.lines[l].stop && self.lines[l].words >= SENTENCE);
            let end = end.unwrap_or(self.lines.len().min(at + 12));
            if end > at + 1 || why != "footer" {
                // The last short line before prose may be a subheading when links stand before it.
                for l in at..end.max(at + 1) {
                    if self.open(l) {
                        self.mark_line(l, why, true);
                    }
                }
            }
        }
    }
    /// Behind the last paragraph: short lines beside lines known as footers; tags.
    fn tail(&mut self) {
        let Some(body) = self.lines.iter().enumerate().rposition(|(l, line)| line.stop && line.words >= 12 && self.open(l)) else { return };
        let end = self.lines.len();
        for l in body.saturating_sub(1)..end {
            if self.open(l) && self.is_tags(&self.lines[l]) && self.share(l) > 0.5 {
                self.mark_line(l, "tags", true);
            }
        }
        for l in body + 1..end {
            let apart = self.lines[l - 1].stop || !self.open(l - 1);
            if self.open(l) && apart && self.is_list(&self.lines[l]) {
                self.mark_line(l, "tags", true);
            }
        }
        let Some(known) = (body + 1..end).find(|&l| self.marks[self.lines[l].from].is_some_and(|m| m.1)) else { return };
        let heading = known > body + 1 && self.lines[known - 1].words <= 4 && !self.lines[known - 1].stop;
        for l in known - usize::from(heading)..end {
            if self.open(l) && self.lines[l].words <= PROSE && (!self.lines[l].stop || l > known) {
                self.mark_line(l, "footer", true);
            }
        }
    }
    /// A line of few words in which every other sentence is left out is left out as a whole.
    fn remains(&mut self) {
        for l in 0..self.lines.len() {
            let (from, to) = (self.lines[l].from, self.lines[l].to);
            let marked = (from..to).filter(|&s| self.marks[s].is_some_and(|m| m.1)).count();
            if marked > 0 && marked < to - from && self.lines[l].words <= SHORT && (from..to).all(|s| self.plain(s)) {
                let why = (from..to).find_map(|s| self.marks[s]).map_or("footer", |m| m.0);
                self.mark_line(l, why, true);
            }
        }
    }
    /// The note on the author near the end of the article, and what follows from it.
    fn author(&mut self) {
        let end = self.lines.iter().enumerate().rposition(|(l, _)| self.open(l)).map_or(0, |l| self.tokens[self.lines[l].last - 1].span.end);
        let near = |s: &Sentence| f64::from(s.span.start) >= AUTHOR_FROM * f64::from(end);
        let authors = std::mem::take(&mut self.authors);
        let follows = std::mem::take(&mut self.follows);
        for s in authors {
            if near(&self.sentences[s]) && self.lone(s, CAPTION) && self.marks[s].is_none() {
                self.mark_sentence(s, "author note", true);
            }
        }
        for s in follows {
            let after = s > 0 && self.marks[s - 1].is_some_and(|m| m.0 == "author note");
            let handle = self.tokens_of(s).iter().any(|t| t.mark(self.text) == '@');
            if near(&self.sentences[s]) && self.lone(s, PROSE) && self.marks[s].is_none() && (after || handle) {
                self.mark_sentence(s, "author note", true);
            }
        }
    }
    /// Captions: a credit in brackets with the sentence before it, or a line that ends with a credit.
    fn captions(&mut self) {
        for l in 0..self.lines.len() {
            let (from, to) = (self.lines[l].from, self.lines[l].to);
            for s in from..to {
                if self.marks[s].is_some() || !self.is_credit(s) {
                    continue;
                }
                let alone = self.tokens_of(s)[0].mark(self.text) == '(';
                let fills = s + 1 == to && self.lines[l].words <= CAPTION && (from..to).all(|k| self.plain(k));
                let mut start = s;
                if fills && (s > from || !alone) {
                    start = from;
                } else if !(alone || self.plain(s) && self.has_year(s)) {
                    continue;
                } else if alone && s > from && self.plain(s - 1) {
                    if self.has_year(s - 1) {
                        start = s - 1;
                    } else if s > from + 1 && self.plain(s - 2) && self.has_year(s - 2) && is_dash(self.tokens_of(s - 1)[0].mark(self.text)) {
                        start = s - 2;
                    }
                }
                for k in start..=s {
                    self.mark_sentence(k, "caption", true);
                }
            }
        }
    }
    /// Headlines of other articles in capitals, pasted between two sentences.
    fn headlines(&mut self) {
        let in_capitals: Vec<usize> = (0..self.sentences.len()).filter(|&s| self.in_capitals(s)).collect();
        let words: usize = in_capitals.iter().map(|&s| self.words_in[s]).sum();
        if in_capitals.is_empty() || words * 5 > self.words_in.iter().sum() {
            return;
        }
        for l in 0..self.lines.len() {
            let (from, to) = (self.lines[l].from, self.lines[l].to);
            for s in from..to {
                if self.marks[s].is_some() || self.quoted[s] || in_capitals.binary_search(&s).is_err() {
                    continue;
                }
                if to - from == 1 && self.lines[l].words < SENTENCE {
                    self.mark_sentence(s, SUBHEADING, false);
                    continue;
                }
                let next = (s + 1 < to).then(|| self.tokens_of(s + 1)[0].mark(self.text));
                if !next.is_some_and(is_dash) {
                    self.mark_sentence(s, "related headline", true);
                    if s > from + 1 && self.plain(s - 1) && self.capitals(s - 1).is_some() {
                        self.mark_sentence(s - 1, "related headline", true);
                    }
                }
            }
        }
    }
    /// A short paragraph without marks that sounds like speech, and the line under it that names
    /// its speaker.
    fn pulls(&mut self) {
        for l in 1..self.lines.len() {
            let (pull, source) = (&self.lines[l - 1], &self.lines[l]);
            if !self.open(l) || !self.open(l - 1) || source.stop || !pull.stop || pull.words < 4 || pull.words > 45 {
                continue;
            }
            if (pull.from..pull.to).any(|s| !self.plain(s)) {
                continue;
            }
            let spoken = self.tokens[pull.first..pull.last].iter().any(|t| self.words.is(t.word, FIRST_PERSON));
            if self.is_source(source, spoken) {
                self.mark_line(l - 1, PULL, false);
                self.mark_line(l, PULL_SOURCE, false);
            }
        }
    }
    /// Short lines without a stop between prose.
    fn subheadings(&mut self) {
        for l in 1..self.lines.len().saturating_sub(1) {
            let (line, next) = (&self.lines[l], &self.lines[l + 1]);
            let opens = self.tokens[line.first].kind != TokenKind::Mark || matches!(self.tokens[line.first].mark(self.text), '“' | '‘' | '"' | '\'');
            if self.open(l) && opens && !line.stop && line.words <= SHORT && next.words > SHORT && self.tokens[line.first].shape != Shape::Lower {
                self.mark_line(l, SUBHEADING, false);
            }
        }
    }
    /// Marked sentences side by side that are the same become one stretch.
    fn merge(self) -> Vec<Boilerplate> {
        let mut out: Vec<Boilerplate> = Vec::new();
        let mut open: Option<(&str, bool)> = None;
        for (sentence, mark) in self.sentences.iter().zip(&self.marks) {
            match (mark, out.last_mut()) {
                (Some(_), Some(last)) if *mark == open => last.span.end = sentence.span.end,
                (Some((why, skip)), _) => out.push(Boilerplate { span: sentence.span, why: (*why).to_owned(), skip: *skip }),
                _ => {}
            }
            open = *mark;
        }
        out
    }

    fn mark_sentence(&mut self, s: usize, why: &'a str, skip: bool) {
        if self.marks[s].is_none() {
            self.marks[s] = Some((why, skip));
        }
    }
    fn mark_line(&mut self, l: usize, why: &'a str, skip: bool) {
        for s in self.lines[l].from..self.lines[l].to {
            self.marks[s] = Some((why, skip));
        }
    }
    /// Whether no sentence of line `l` is marked yet.
    fn open(&self, l: usize) -> bool {
        self.marks[self.lines[l].from..self.lines[l].to].iter().all(Option::is_none)
    }
    fn tokens_of(&self, s: usize) -> &'a [Token] {
        &self.tokens[self.sentences[s].first as usize..self.sentences[s].last as usize]
    }
    fn line_text(&self, l: usize) -> &'a str {
        let (first, last) = (&self.tokens[self.lines[l].first], &self.tokens[self.lines[l].last - 1]);
        &self.text[first.span.start as usize..last.span.end as usize]
    }
    /// The line's tokens without the marks at its edges.
    fn core(&self, l: usize) -> (usize, usize) {
        self.core_of(self.lines[l].first, self.lines[l].last)
    }
    fn core_of(&self, mut first: usize, mut last: usize) -> (usize, usize) {
        let edge = |i: usize| self.tokens[i].kind == TokenKind::Mark && !matches!(self.tokens[i].mark(self.text), '(' | ')' | '@' | '©');
        while first < last && edge(first) && !is_quote(self.tokens[first].mark(self.text)) {
            first += 1;
        }
        while first < last && edge(last - 1) {
            last -= 1;
        }
        (first, last)
    }
    /// How much of the text stands before line `l`.
    fn share(&self, l: usize) -> f64 {
        f64::from(self.tokens[self.lines[l].first].span.start) / (self.text.len().max(1) as f64)
    }
    fn past(&self, s: usize, share: f64) -> bool {
        f64::from(self.sentences[s].span.start) >= share * self.text.len() as f64
    }
    /// Whether sentence `s` is of the reporter alone.
    fn plain(&self, s: usize) -> bool {
        !self.quoted[s] && !self.quotation[s]
    }
    fn has_year(&self, s: usize) -> bool {
        self.tokens_of(s).iter().any(|t| {
            let digits = t.of(self.text).as_bytes();
            t.kind == TokenKind::Number && digits.len() == 4 && matches!(&digits[..2], b"19" | b"20") && digits.iter().all(u8::is_ascii_digit)
        })
    }
    /// Whether tokens `first..last` are words with capitals (a name before a verb).
    fn named(&self, first: usize, last: usize) -> bool {
        self.tokens[first].capital() && self.tokens[first..last].iter().all(|t| t.kind == TokenKind::Mark || t.capital())
    }
    /// Two to five words, each with a capital and small letters, no digit: a person's name.
    fn is_name(&self, first: usize, last: usize) -> bool {
        let words = self.tokens[first..last].iter().filter(|t| t.kind != TokenKind::Mark);
        let marks = self.tokens[first..last].iter().filter(|t| t.kind == TokenKind::Mark);
        (2..=5).contains(&words.clone().count())
            && words.clone().all(|t| t.shape == Shape::Title)
            && marks.into_iter().all(|t| matches!(t.mark(self.text), '.' | '-' | '’' | '\''))
    }
    fn is_byline(&self, line: &Line) -> bool {
        let opener = &self.tokens[line.first];
        let words = line.words;
        self.words.is(opener.word, BYLINE)
            && (2..=SHORT).contains(&words)
            && self.tokens.get(line.first + 1).is_some_and(Token::capital)
            && self.tokens[line.first + 1..line.last].iter().filter(|t| t.is_word() && !t.capital()).count() * 3 <= words
    }
    /// Only a date and the words beside one.
    fn is_date(&self, line: &Line) -> bool {
        let tokens = &self.tokens[line.first..line.last];
        let known = |t: &Token| t.kind != TokenKind::Word || self.words.is(t.word, DATE | DATE_PART);
        let numbers = tokens.iter().filter(|t| t.kind == TokenKind::Number).count();
        let named = tokens.iter().any(|t| self.words.is(t.word, DATE));
        line.words <= SHORT + 6 && numbers > 0 && (named || numbers >= 3) && line.words > 1 && tokens.iter().all(known)
    }
    /// Only days or months, with or without their year and without an hour, as the entries of a timeline are headed.
    fn is_entry(&self, line: &Line) -> bool {
        let tokens = &self.tokens[line.first..line.last];
        let day = |t: &Token| match t.kind {
            TokenKind::Number => t.span.len() <= 4 && !t.of(self.text).contains([':', '.', ',']),
            TokenKind::Word => self.words.is(t.word, DATE),
            TokenKind::Mark => !matches!(t.mark(self.text), '/' | ':'),
        };
        line.words <= ENTRY && self.is_date(line) && tokens.iter().all(day)
    }
    /// Only times such as `0:00 / 3:45`.
    fn is_player(&self, line: &Line) -> bool {
        let tokens = &self.tokens[line.first..line.last];
        tokens.len() <= 4
            && tokens.iter().any(|t| t.kind == TokenKind::Number && t.of(self.text).contains(':'))
            && tokens.iter().all(|t| t.kind == TokenKind::Number && t.of(self.text).contains(':') || t.mark(self.text) == '/')
    }
    /// Words glued to each other where links stood: `Ana RuizTrade talksPort`.
    fn is_tags(&self, line: &Line) -> bool {
        let glued = || self.tokens[line.first..line.last].iter().filter(|t| t.is_word()).map(|t| glued_capitals(t.of(self.text))).sum::<usize>();
        !line.stop && line.words <= 40 && glued() >= 2
    }
    /// Three or more short items with commas between them and no stop.
    fn is_list(&self, line: &Line) -> bool {
        let commas = self.tokens[line.first..line.last].iter().filter(|t| matches!(t.mark(self.text), ',' | '|' | '·' | '#')).count();
        !line.stop && commas >= 2 && line.words <= (commas + 1) * 3 && self.tokens[line.last - 1].kind != TokenKind::Mark
    }
    /// Whether sentence `s` is a picture's credit in brackets, or ends with one.
    fn is_credit(&self, s: usize) -> bool {
        let tokens = self.tokens_of(s);
        let end = tokens.iter().rposition(|t| t.mark(self.text) != '.').unwrap_or(0);
        if tokens.is_empty() || tokens[end].mark(self.text) != ')' {
            return false;
        }
        let Some(start) = tokens[..end].iter().rposition(|t| t.mark(self.text) == '(') else { return false };
        let inside = &tokens[start + 1..end];
        let agency = inside.iter().any(|t| (t.capital() && self.words.is(t.word, AGENCY)) || self.words.is(t.word, CREDIT));
        let joined = inside.iter().any(|t| matches!(t.mark(self.text), '/' | ':')) || start == 0;
        agency && joined && (2..=24).contains(&inside.len()) && inside[inside.len() - 1].mark(self.text) != '.' && inside[0].capital()
    }
    /// Words in capitals without a stop at the end and without a mark at the start.
    fn in_capitals(&self, s: usize) -> bool {
        let tokens = self.tokens_of(s);
        self.capitals(s).is_some_and(|(words, letters)| words >= HEADLINE_WORDS && letters >= HEADLINE_LETTERS)
            && tokens.last().is_some_and(|t| t.mark(self.text) != '.')
    }
    /// Words and letters of a sentence that is all in capitals and does not open with a mark.
    fn capitals(&self, s: usize) -> Option<(usize, usize)> {
        let tokens = self.tokens_of(s);
        let (mut words, mut letters) = (0, 0);
        for t in tokens.iter().filter(|t| t.is_word()) {
            match t.shape {
                Shape::Upper => {
                    words += 1;
                    letters += t.span.len();
                }
                Shape::Title if !has_small(t.of(self.text)) => {}
                _ => return None,
            }
        }
        (words > 1 && tokens[0].kind != TokenKind::Mark).then_some((words, letters))
    }
    /// A line that names a speaker: a title and a name, a name and what he is, or, under words in
    /// the first person, a name alone.
    fn is_source(&self, line: &Line, spoken: bool) -> bool {
        let mut first = line.first;
        let dash = is_dash(self.tokens[first].mark(self.text));
        first += usize::from(dash);
        let run = self.tokens[first..line.last]
            .iter()
            .take_while(|t| t.shape == Shape::Title || t.shape == Shape::Upper || matches!(t.mark(self.text), '.' | '-' | '’' | '\''))
            .count();
        let names = self.tokens[first..first + run].iter().filter(|t| t.capital()).count();
        let ends = first + run == line.last;
        let described = !ends && matches!(self.tokens[first + run].mark(self.text), ',' | '(');
        let office = names >= 2 && self.words.is(self.tokens[first].word, OFFICE);
        line.words <= SHORT + 4 && (2..=6).contains(&names) && (ends || described) && (dash || office || described || spoken)
    }
}

/// Whether a line ends with an ellipsis, as the teaser of another article does.
fn trails_off(text: &str, tokens: &[Token]) -> bool {
    match tokens {
        [.., a, b] => b.mark(text) == '…' || (a.mark(text) == '.' && b.mark(text) == '.'),
        [a] => a.mark(text) == '…',
        [] => false,
    }
}

fn is_closer(c: char) -> bool {
    matches!(c, '”' | '"' | '’' | '\'' | ')' | ']' | '»')
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'' | '«' | '»')
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '-')
}

/// How often a capital is glued to a word's small letters (`TalksPort` once); `McKay` never.
fn glued_capitals(word: &str) -> usize {
    let mut count = 0;
    let mut small = 0;
    for c in word.chars() {
        if c.is_uppercase() && small >= 2 {
            count += 1;
        }
        small = if c.is_lowercase() { small + 1 } else { 0 };
    }
    count
}

/// Whether a word has a small letter, nearly always its second.
fn has_small(word: &str) -> bool {
    word.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase) || word.contains(char::is_lowercase)
}

/// Whether at least three capitals stand glued before a capitalised word: `NEWListen`.
fn is_labelled(word: &str) -> bool {
    let capitals = word.chars().take_while(|c| c.is_uppercase()).count();
    capitals >= 4 && word.chars().skip(capitals).filter(|c| c.is_lowercase()).count() >= 2
}

/// Whether two lines hold the same letters and digits in the same order.
fn same_words(a: &str, b: &str) -> bool {
    fn letters(s: &str) -> impl Iterator<Item = char> {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(a).next().is_some() && letters(a).eq(letters(b))
}
