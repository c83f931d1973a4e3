//! One row of `quotes.csv`: an annotation flattened at the program's border, offsets in Unicode
//! scalars. What `echo`, `trend`, `framing` and `report` read; saved rows come back unchanged.

use crate::actor::Actors;
use crate::annotation::{ActorId, Annotation, CueClass, Hit, MentionKind, QuoteKind, ToneLabel};
use crate::article::Article;
use crate::span::{CharIndex, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::Write;

/// Who a speaker is to the two leaders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// One of the two.
    Leader,
    /// Speaks for one's government.
    Side,
    /// Anyone else.
    #[default]
    Other,
}

impl Role {
    /// As rows tell it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Leader => "leader",
            Role::Side => "side",
            Role::Other => "other",
        }
    }
}

/// One contiguous marked stretch, with everything the program knows of it. Field order = column order. Its words are
/// its own, or (see [`Row`]) those of the article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteRecord<S = String> {
    /// The article's id.
    pub doc_id: S,
    /// Who printed it.
    #[serde(default)]
    pub outlet: S,
    /// Publication date.
    #[serde(default, deserialize_with = "cell::day", serialize_with = "cell::iso")]
    pub published: Option<Date>,
    /// Headline.
    #[serde(default)]
    pub title: S,
    /// Address.
    #[serde(default)]
    pub url: S,
    /// `doc_id#n`.
    #[serde(default)]
    pub quote_id: S,
    /// First Unicode scalar of the words.
    #[serde(default, deserialize_with = "cell::or_default")]
    pub start: usize,
    /// One past the last.
    #[serde(default, deserialize_with = "cell::or_default")]
    pub end: usize,
    /// The words.
    #[serde(default)]
    pub quote: S,
    /// Kind.
    #[serde(default = "direct", deserialize_with = "cell::kind")]
    pub kind: QuoteKind,
    /// Canonical name; empty = unknown.
    #[serde(default)]
    pub speaker: S,
    /// Leader, side, other.
    #[serde(default, deserialize_with = "cell::choice")]
    pub speaker_role: Role,
    /// The words that name the speaker.
    #[serde(default)]
    pub speaker_mention: S,
    /// First Unicode scalar of those.
    #[serde(default, deserialize_with = "cell::number")]
    pub speaker_start: Option<usize>,
    /// One past the last.
    #[serde(default, deserialize_with = "cell::number")]
    pub speaker_end: Option<usize>,
    /// Reporting verb or phrase.
    #[serde(default)]
    pub cue: S,
    /// Its class.
    #[serde(default, deserialize_with = "cell::choice")]
    pub cue_class: CueClass,
    /// The rule that decided.
    #[serde(default)]
    pub attribution: S,
    /// 0 … 1.
    #[serde(default, deserialize_with = "cell::or_default")]
    pub speaker_confidence: f64,
    /// Who reports the speaker.
    #[serde(default)]
    pub reported_by: S,
    /// Whom the words are aimed at.
    #[serde(default)]
    pub target: S,
    /// The rule.
    #[serde(default)]
    pub target_basis: S,
    /// `A>B` by short names.
    #[serde(default)]
    pub direction: S,
    /// First day.
    #[serde(default, deserialize_with = "cell::day", serialize_with = "cell::iso")]
    pub said_from: Option<Date>,
    /// Last day.
    #[serde(default, deserialize_with = "cell::day", serialize_with = "cell::iso")]
    pub said_to: Option<Date>,
    /// Granularity.
    #[serde(default)]
    pub said_granularity: S,
    /// Rule and words.
    #[serde(default)]
    pub said_basis: S,
    /// −1 … +1.
    #[serde(default, deserialize_with = "cell::number")]
    pub tone: Option<f64>,
    /// Label.
    #[serde(default, deserialize_with = "cell::choice")]
    pub tone_label: Option<ToneLabel>,
    /// VADER compound.
    #[serde(default, deserialize_with = "cell::number")]
    pub valence: Option<f64>,
    /// `term:weight` pairs.
    #[serde(default)]
    pub tone_hits: S,
    /// `doc_id#uN`.
    #[serde(default)]
    pub utterance_id: S,
    /// First Unicode scalar of the reported clause.
    #[serde(default, deserialize_with = "cell::number")]
    pub content_start: Option<usize>,
    /// One past its last.
    #[serde(default, deserialize_with = "cell::number")]
    pub content_end: Option<usize>,
    /// Lent by an echo.
    #[serde(default, deserialize_with = "cell::day", serialize_with = "cell::iso")]
    pub echo_said_from: Option<Date>,
    /// Lent by an echo.
    #[serde(default, deserialize_with = "cell::day", serialize_with = "cell::iso")]
    pub echo_said_to: Option<Date>,
    /// Tone × 10⁴.
    #[serde(default, deserialize_with = "cell::number")]
    pub tone_e4: Option<i32>,
    /// Valence × 10⁴.
    #[serde(default, deserialize_with = "cell::number")]
    pub valence_e4: Option<i32>,
    /// Same utterance in other articles.
    #[serde(default)]
    pub echo_id: S,
    /// `whole`, `cut`, `edited`, `possible`.
    #[serde(default)]
    pub echo_kind: S,
    /// Short name of the leader that the speaker is or speaks for; empty = neither.
    #[serde(default)]
    pub speaker_side: S,
    /// Short name of the leader that the target is, or whose government or country it is; empty = neither.
    #[serde(default)]
    pub target_side: S,
    /// Whether the target is that leader in person.
    #[serde(default, deserialize_with = "cell::truth")]
    pub target_person: bool,
}

/// A row that borrows its words.
pub type Row<'a> = QuoteRecord<Cow<'a, str>>;

fn direct() -> QuoteKind {
    QuoteKind::Direct
}

/// A score as an integer × 10⁴, rounded half away from zero.
pub fn e4(x: f64) -> i32 {
    let x = x * 1e4;
    // The rest is exact. Rounding by the library is a call.
    let whole = x as i32;
    let rest = x - f64::from(whole);
    whole.saturating_add(i32::from(rest >= 0.5)).saturating_sub(i32::from(rest <= -0.5))
}

/// What decides the `direction` column.
#[derive(Clone, Copy, Debug, Default)]
pub struct DirectionRule {
    /// Those who speak for a leader count as the leader.
    pub sides: bool,
    /// Only the other leader in person is a target, not his government or country.
    pub strict: bool,
}

/// Whether the words at `span` are a pronoun: no name for a speaker that nobody could be found for.
fn is_pronoun(a: &Annotation, span: Span) -> bool {
    let at = a.mentions.partition_point(|m| m.span.start < span.start);
    a.mentions[at..].iter().take_while(|m| m.span.start == span.start).any(|m| m.span == span && m.kind == MentionKind::Pronoun)
}

/// A day as ISO 8601 writes it, for the years of four digits.
fn iso(day: Date) -> Option<[u8; 10]> {
    let year = u16::try_from(day.year()).ok()?;
    let [century, year] = [year / 100, year % 100].map(|n| two(n as u8));
    let [month, day] = [day.month(), day.day()].map(|n| two(n as u8));
    Some([century[0], century[1], year[0], year[1], b'-', month[0], month[1], b'-', day[0], day[1]])
}

/// Two digits.
fn two(n: u8) -> [u8; 2] {
    [b'0' + n / 10, b'0' + n % 10]
}

/// Append a number as `{:+.2}` writes it.
fn push_signed(x: f64, out: &mut Vec<u8>) {
    let size = x.abs();
    if size >= 9.0 || size.is_nan() {
        let _ = write!(out, "{x:+.2}");
        return;
    }
    let hundredfold = size * 100.0;
    let mut whole = hundredfold as u16;
    let rest = hundredfold - f64::from(whole);
    // What the product was rounded by: both parts of the number are short enough to be multiplied exactly.
    let part = f64::from_bits(size.to_bits() & !0xff);
    let lost = (part * 100.0 - hundredfold) + (size - part) * 100.0;
    // The number itself is rounded, a tie to the even neighbour.
    let half = rest - 0.5 + lost;
    whole += u16::from(half > 0.0 || half == 0.0 && whole % 2 == 1);
    let cents = two((whole % 100) as u8);
    out.extend_from_slice(&[if x.is_sign_negative() { b'-' } else { b'+' }, b'0' + (whole / 100) as u8, b'.', cents[0], cents[1]]);
}

/// The digits of a whole number, two at a time.
fn digits(mut n: usize, room: &mut [u8; 20]) -> &[u8] {
    let mut at = room.len();
    while n >= 10 {
        at -= 2;
        room[at..at + 2].copy_from_slice(&two((n % 100) as u8));
        n /= 100;
    }
    if n > 0 || at == room.len() {
        at -= 1;
        room[at] = b'0' + n as u8;
    }
    &room[at..]
}

/// Append a whole number.
fn push_number(n: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(digits(n, &mut [0; 20]));
}

/// Text of bytes that were put together from whole words.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

/// What made up a tone: `term:weight` pairs.
fn told(hits: &[Hit]) -> String {
    let mut out = Vec::with_capacity(hits.iter().map(|h| h.term.len() + 8).sum());
    for (n, hit) in hits.iter().enumerate() {
        if n > 0 {
            out.push(b';');
        }
        out.extend_from_slice(hit.term.as_bytes());
        out.push(b':');
        push_signed(hit.weight, &mut out);
    }
    if out.iter().filter(|b| **b == b';').count() < hits.len() {
        return text(out);
    }
    // A term holds the sign that parts the pairs.
    let pairs = hits.iter().map(|hit| told(&[Hit { term: hit.term.replace(';', ","), ..hit.clone() }]));
    pairs.collect::<Vec<_>>().join(";")
}

/// `id`, a sign and a number.
fn numbered(id: &str, sign: &str, n: usize) -> String {
    let mut out = String::with_capacity(id.len() + sign.len() + 4);
    out.push_str(id);
    out.push_str(sign);
    out.push_str(std::str::from_utf8(digits(n, &mut [0; 20])).unwrap_or_default());
    out
}

/// The rows of one article, which borrow their words from it.
pub fn rows<'a>(article: &'a Article, a: &'a Annotation, actors: &'a Actors, rule: DirectionRule) -> impl ExactSizeIterator<Item = Row<'a>> {
    made(article, a, actors, rule)
}

/// The rows of one article to keep longer than it.
pub fn kept(article: &Article, a: &Annotation, actors: &Actors, rule: DirectionRule) -> Vec<QuoteRecord> {
    made(article, a, actors, rule).collect()
}

/// Bytes of a row's JSON, but for a long quotation.
const ROW: usize = 1200;

/// The quotations of one document, as the line of JSON that `inspect quotes` writes: its id, and [`QuoteRecord::json`] of each.
pub fn line(article: &Article, a: &Annotation, actors: &Actors, rule: DirectionRule) -> Vec<u8> {
    let rows = rows(article, a, actors, rule);
    let mut line = Vec::with_capacity(64 + ROW * rows.len());
    line.extend_from_slice(b"{\"id\":");
    json::text(&article.id, &mut line);
    line.extend_from_slice(b",\"quotes\":[");
    for (n, row) in rows.enumerate() {
        line.extend_from_slice(if n > 0 { b"," } else { b"" });
        row.json(&mut line);
    }
    line.extend_from_slice(b"]}\n");
    line
}

fn made<'a, S: From<Cow<'a, str>>>(
    article: &'a Article,
    a: &'a Annotation,
    actors: &'a Actors,
    rule: DirectionRule,
) -> impl ExactSizeIterator<Item = QuoteRecord<S>> {
    let index = CharIndex::new(&article.text);
    let leaders = actors.leaders().map(|_| [0, 1].map(|id| actors.short(id)));
    a.quotes.iter().enumerate().map(move |(n, quote)| {
        let at = |s: Span| (index.chars(s.start), index.chars(s.end));
        let words = |s: Span| s.on_one_line(&article.text);
        let short = |id: ActorId| leaders.map_or("", |names| names[id as usize]);
        let borrowed = |text: &'a str| S::from(Cow::Borrowed(text));
        let own_words = |text: String| S::from(Cow::Owned(text));
        let (attribution, said, target, tone) = (&a.attributions[n], &a.said[n], &a.targets[n], &a.tones[n]);
        let speaker = attribution.speaker.map(|e| &a.entities[e as usize]);
        let actor = speaker.and_then(|e| e.actor);
        let own = actor.and_then(|id| actors.leader_of(id));
        let role = match actor {
            Some(id) if actors.is_leader(id) => Role::Leader,
            _ if own.is_some() => Role::Side,
            _ => Role::Other,
        };
        let direction = match (own, target.leader) {
            (Some(from), Some(to)) if from != to && (role == Role::Leader || rule.sides) && (target.person || !rule.strict) => {
                own_words([short(from), ">", short(to)].concat())
            }
            _ => borrowed(""),
        };
        let (start, end) = at(quote.span);
        let named = attribution.mention.map(at);
        let content = quote.content.map(at);
        let mention = attribution.mention.map(words).unwrap_or_default();
        let basis = match said.words {
            Some(span) => own_words([&*said.basis, ": ", &words(span)].concat()),
            None => borrowed(&said.basis),
        };
        let tone_e4 = tone.tone.map(e4);
        let valence_e4 = e4(tone.valence);
        QuoteRecord {
            doc_id: borrowed(&article.id),
            outlet: borrowed(&article.outlet),
            published: article.published,
            title: borrowed(&article.title),
            url: borrowed(&article.url),
            quote_id: own_words(numbered(&article.id, "#", n + 1)),
            start,
            end,
            quote: borrowed(quote.span.of(&article.text)),
            kind: quote.kind,
            speaker: match (speaker, attribution.mention) {
                (Some(entity), _) => borrowed(&entity.name),
                (None, Some(span)) if !is_pronoun(a, span) => S::from(mention.clone()),
                _ => borrowed(""),
            },
            speaker_role: role,
            speaker_mention: S::from(mention),
            speaker_start: named.map(|s| s.0),
            speaker_end: named.map(|s| s.1),
            cue: S::from(attribution.cue.map(words).unwrap_or_default()),
            cue_class: attribution.cue_class,
            attribution: borrowed(&attribution.rule),
            speaker_confidence: (attribution.confidence * 100.0).round() / 100.0,
            reported_by: borrowed(attribution.reported_by.map_or("", |e| &a.entities[e as usize].name)),
            target: borrowed(&target.name),
            target_basis: borrowed(&target.basis),
            direction,
            said_from: said.from,
            said_to: said.to,
            said_granularity: borrowed(&said.granularity),
            said_basis: basis,
            tone: tone_e4.map(|t| f64::from(t) / 1e4),
            tone_label: tone.label,
            valence: Some(f64::from(valence_e4) / 1e4),
            tone_hits: if tone.hits.is_empty() { borrowed("") } else { own_words(told(&tone.hits)) },
            utterance_id: own_words(numbered(&article.id, "#u", quote.utterance as usize)),
            content_start: content.map(|s| s.0),
            content_end: content.map(|s| s.1),
            echo_said_from: None,
            echo_said_to: None,
            tone_e4,
            valence_e4: Some(valence_e4),
            echo_id: borrowed(""),
            echo_kind: borrowed(""),
            speaker_side: borrowed(own.map_or("", short)),
            target_side: borrowed(target.leader.map_or("", short)),
            target_person: target.person,
        }
    })
}

impl<S: AsRef<str>> QuoteRecord<S> {
    /// Append the row as one JSON object without the article's own columns; the words go by `text`. The bytes are those of
    /// `serde_json`, but the keys are written as they stand and no word is looked through byte by byte.
    pub fn json(&self, out: &mut Vec<u8>) {
        macro_rules! entries {
            ($($write:ident: $($field:ident)*;)*) => { $($(
                out.extend_from_slice(concat!(",\"", stringify!($field), "\":").as_bytes());
                json::$write(&self.$field, out);
            )*)* };
        }
        out.extend_from_slice(b"{\"quote_id\":");
        json::text(&self.quote_id, out);
        entries!(number: start end;);
        out.extend_from_slice(b",\"text\":");
        json::text(&self.quote, out);
        out.extend_from_slice(b",\"kind\":");
        json::name(Some(self.kind.name()), out);
        entries!(text: speaker;);
        out.extend_from_slice(b",\"speaker_role\":");
        json::name(Some(self.speaker_role.name()), out);
        entries!(text: speaker_mention; place: speaker_start speaker_end; text: cue;);
        out.extend_from_slice(b",\"cue_class\":");
        json::name(Some(self.cue_class.name()), out);
        entries!(
            text: attribution;
            score: speaker_confidence;
            text: reported_by target target_basis direction;
            day: said_from said_to;
            text: said_granularity said_basis;
            some_score: tone;
        );
        out.extend_from_slice(b",\"tone_label\":");
        json::name(self.tone_label.map(ToneLabel::name), out);
        entries!(
            some_score: valence;
            text: tone_hits utterance_id;
            place: content_start content_end;
            day: echo_said_from echo_said_to;
            whole: tone_e4 valence_e4;
            text: echo_id echo_kind speaker_side target_side;
            truth: target_person;
        );
        out.push(b'}');
    }
}

/// Values as `serde_json` writes them.
mod json {
    use crate::bytes;
    use jiff::civil::Date;
    use serde::Serialize;

    const NULL: &[u8] = b"null";

    /// Any value, by the library.
    fn value(value: &impl Serialize, out: &mut Vec<u8>) {
        // Memory is never full of bytes, and no value here is a map with keys that are no text.
        let _ = serde_json::to_writer(out, value);
    }
    #[inline(always)]
    pub fn text(text: &impl AsRef<str>, out: &mut Vec<u8>) {
        // Many are empty.
        match text.as_ref().as_bytes() {
            [] => out.extend_from_slice(b"\"\""),
            text => words(text, out),
        }
    }
    fn words(text: &[u8], out: &mut Vec<u8>) {
        let mut rest = text;
        out.reserve(rest.len() + 2);
        out.push(b'"');
        while let Some(at) = bytes::escaped(rest) {
            out.extend_from_slice(&rest[..at]);
            escape(rest[at], out);
            rest = &rest[at + 1..];
        }
        out.extend_from_slice(rest);
        out.push(b'"');
    }
    fn escape(b: u8, out: &mut Vec<u8>) {
        let short = match b {
            b'"' | b'\\' => b,
            b'\n' => b'n',
            b'\t' => b't',
            b'\r' => b'r',
            0x08 => b'b',
            0x0c => b'f',
            _ => {
                let digit = |n: u8| b"0123456789abcdef"[usize::from(n)];
                return out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(b >> 4), digit(b & 15)]);
            }
        };
        out.extend_from_slice(&[b'\\', short]);
    }
    /// A word that needs no care.
    pub fn name(name: Option<&'static str>, out: &mut Vec<u8>) {
        let Some(name) = name else { return out.extend_from_slice(NULL) };
        out.push(b'"');
        out.extend_from_slice(name.as_bytes());
        out.push(b'"');
    }
    pub fn number(n: &usize, out: &mut Vec<u8>) {
        super::push_number(*n, out);
    }
    pub fn place(n: &Option<usize>, out: &mut Vec<u8>) {
        match n {
            Some(n) => super::push_number(*n, out),
            None => out.extend_from_slice(NULL),
        }
    }
    pub fn whole(n: &Option<i32>, out: &mut Vec<u8>) {
        let Some(n) = *n else { return out.extend_from_slice(NULL) };
        if n < 0 {
            out.push(b'-');
        }
        super::push_number(n.unsigned_abs() as usize, out);
    }
    /// Scores have four decimals at most: so few digits are the shortest that tell the number.
    pub fn score(x: &f64, out: &mut Vec<u8>) {
        let e4 = super::e4(*x);
        let n = e4.unsigned_abs();
        if f64::from(e4) / 1e4 != *x || n >= 100_000 || n == 0 && x.is_sign_negative() {
            return value(x, out);
        }
        if e4 < 0 {
            out.push(b'-');
        }
        let ([a, b], [c, d]) = (super::two((n / 100 % 100) as u8), super::two((n % 100) as u8));
        let digits = [b'0' + (n / 10_000) as u8, b'.', a, b, c, d];
        let len = match n {
            _ if n.is_multiple_of(1000) => 3,
            _ if n.is_multiple_of(100) => 4,
            _ if n.is_multiple_of(10) => 5,
            _ => 6,
        };
        out.extend_from_slice(&digits[..len]);
    }
    pub fn some_score(x: &Option<f64>, out: &mut Vec<u8>) {
        match x {
            Some(x) => score(x, out),
            None => out.extend_from_slice(NULL),
        }
    }
    pub fn truth(truth: &bool, out: &mut Vec<u8>) {
        out.extend_from_slice(if *truth { b"true" } else { b"false" });
    }
    pub fn day(day: &Option<Date>, out: &mut Vec<u8>) {
        match day.map(super::iso) {
            Some(Some([a, b, c, d, e, f, g, h, i, j])) => out.extend_from_slice(&[b'"', a, b, c, d, e, f, g, h, i, j, b'"']),
            Some(None) => value(day, out),
            None => out.extend_from_slice(NULL),
        }
    }
}

/// Cells as other programs leave them when they save a table again: whole numbers with a `.0`, `NA` for
/// nothing, dates with a midnight, `TRUE`.
mod cell {
    use super::{Date, QuoteKind};
    use serde::de::{Error, Unexpected, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::fmt;
    use std::marker::PhantomData;

    fn nothing(text: &str) -> bool {
        matches!(text.trim(), "" | "NA" | "NaN" | "null")
    }

    /// A number that a cell can hold.
    pub trait Number: Sized {
        /// From what was read; `None` where it does not fit.
        fn from_cell(x: f64) -> Option<Self>;
    }
    impl Number for f64 {
        fn from_cell(x: f64) -> Option<f64> {
            x.is_finite().then_some(x)
        }
    }
    impl Number for i32 {
        fn from_cell(x: f64) -> Option<i32> {
            (x.fract() == 0.0 && x.abs() < 2e9).then_some(x as i32)
        }
    }
    impl Number for usize {
        fn from_cell(x: f64) -> Option<usize> {
            (x.fract() == 0.0 && (0.0..9e15).contains(&x)).then_some(x as usize)
        }
    }

    struct NumberVisitor<T>(PhantomData<T>);
    impl<'de, T: Number> Visitor<'de> for NumberVisitor<T> {
        type Value = Option<T>;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a number")
        }
        fn visit_f64<E: Error>(self, x: f64) -> Result<Self::Value, E> {
            if x.is_nan() {
                return Ok(None);
            }
            T::from_cell(x).map(Some).ok_or_else(|| E::invalid_value(Unexpected::Float(x), &self))
        }
        fn visit_i64<E: Error>(self, x: i64) -> Result<Self::Value, E> {
            self.visit_f64(x as f64)
        }
        fn visit_u64<E: Error>(self, x: u64) -> Result<Self::Value, E> {
            self.visit_f64(x as f64)
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            if nothing(text) {
                return Ok(None);
            }
            match text.trim().parse::<f64>() {
                Ok(x) => self.visit_f64(x),
                Err(_) => Err(E::invalid_value(Unexpected::Str(text), &self)),
            }
        }
        fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }
    pub fn number<'de, D: Deserializer<'de>, T: Number>(d: D) -> Result<Option<T>, D::Error> {
        d.deserialize_any(NumberVisitor(PhantomData))
    }
    pub fn or_default<'de, D: Deserializer<'de>, T: Number + Default>(d: D) -> Result<T, D::Error> {
        number(d).map(Option::unwrap_or_default)
    }

    pub fn day<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Date>, D::Error> {
        let text = Option::<std::borrow::Cow<'de, str>>::deserialize(d)?.unwrap_or_default();
        if nothing(&text) {
            return Ok(None);
        }
        let day = text.trim().get(..10).unwrap_or(text.trim());
        day.parse().map(Some).map_err(|_| D::Error::invalid_value(Unexpected::Str(&text), &"a date like 2026-01-03"))
    }

    struct Iso(Date);
    impl Serialize for Iso {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match super::iso(self.0) {
                Some(day) => serializer.serialize_str(std::str::from_utf8(&day).unwrap_or_default()),
                None => self.0.serialize(serializer),
            }
        }
    }
    /// A day as the calendar's own `serialize` writes it, without the formatter's cost.
    pub fn iso<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(Iso).serialize(serializer)
    }

    struct Truth;
    impl Visitor<'_> for Truth {
        type Value = bool;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("true or false")
        }
        fn visit_bool<E: Error>(self, x: bool) -> Result<bool, E> {
            Ok(x)
        }
        fn visit_u64<E: Error>(self, x: u64) -> Result<bool, E> {
            Ok(x != 0)
        }
        fn visit_f64<E: Error>(self, x: f64) -> Result<bool, E> {
            Ok(x != 0.0 && !x.is_nan())
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<bool, E> {
            match text.trim().to_ascii_lowercase().as_str() {
                "true" | "t" | "yes" | "1" => Ok(true),
                "false" | "f" | "no" | "0" | "" | "na" => Ok(false),
                _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
            }
        }
        fn visit_unit<E: Error>(self) -> Result<bool, E> {
            Ok(false)
        }
        fn visit_none<E: Error>(self) -> Result<bool, E> {
            Ok(false)
        }
    }
    pub fn truth<'de, D: Deserializer<'de>>(d: D) -> Result<bool, D::Error> {
        d.deserialize_any(Truth)
    }

    /// A word of a closed set; nothing = its default.
    pub fn choice<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(d: D) -> Result<T, D::Error> {
        Option::<T>::deserialize(d).map(Option::unwrap_or_default)
    }
    pub fn kind<'de, D: Deserializer<'de>>(d: D) -> Result<QuoteKind, D::Error> {
        Option::<QuoteKind>::deserialize(d).map(|k| k.unwrap_or(QuoteKind::Direct))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A row that can be anything within its types.
    fn row(words: [String; 3], n: Option<usize>, x: f64, day: Option<Date>, truth: bool) -> QuoteRecord {
        let [a, b, c] = words;
        let number = n.unwrap_or_default();
        QuoteRecord {
            doc_id: String::new(),
            outlet: String::new(),
            published: None,
            title: String::new(),
            url: String::new(),
            quote_id: format!("{a}#1"),
            start: number,
            end: number + 7,
            quote: b.clone(),
            kind: QuoteKind::Mixed,
            speaker: c.clone(),
            speaker_role: Role::Side,
            speaker_mention: a.clone(),
            speaker_start: n,
            speaker_end: n,
            cue: b.clone(),
            cue_class: CueClass::Hostile,
            attribution: c.clone(),
            speaker_confidence: x,
            reported_by: a.clone(),
            target: b.clone(),
            target_basis: c.clone(),
            direction: a.clone(),
            said_from: day,
            said_to: day,
            said_granularity: b.clone(),
            said_basis: c.clone(),
            tone: n.map(|_| x),
            tone_label: n.map(|_| ToneLabel::Cordial),
            valence: Some(x),
            tone_hits: a.clone(),
            utterance_id: b.clone(),
            content_start: n,
            content_end: n,
            echo_said_from: day,
            echo_said_to: None,
            tone_e4: n.map(|_| -5),
            valence_e4: Some(12),
            echo_id: c.clone(),
            echo_kind: a.clone(),
            speaker_side: b,
            target_side: c,
            target_person: truth,
        }
    }

    #[test]
    fn pairs_are_parted_by_their_sign_alone() {
        let hit = |term: &str, weight: f64| Hit { term: term.to_owned(), weight, span: None, role: "term".into() };
        assert_eq!(told(&[]), "");
        assert_eq!(told(&[hit("peace", 1.0), hit("war", -2.0)]), "peace:+1.00;war:-2.00");
        assert_eq!(told(&[hit("peace", 1.0), hit("a;b", -2.0), hit(";", 0.5)]), "peace:+1.00;a,b:-2.00;,:+0.50");
    }

    #[test]
    fn scores_are_written_as_serde_writes_them() {
        for e4 in (-150_000..=150_000).chain([i32::MIN, i32::MAX]) {
            for x in [f64::from(e4) / 1e4, f64::from(e4) / 1e5] {
                let mut out = Vec::new();
                json::score(&x, &mut out);
                assert_eq!(String::from_utf8_lossy(&out), serde_json::to_string(&x).expect("a number"));
            }
        }
    }

    #[test]
    fn names_are_those_of_serde() {
        use CueClass::{Distance, Endorse, Hostile, Neutral, Warm};
        use QuoteKind::{Direct, Indirect, Mixed, Pull};
        let same = |ours: &str, theirs: serde_json::Result<serde_json::Value>| assert_eq!(theirs.expect("a name"), ours);
        [Direct, Mixed, Pull, Indirect].into_iter().for_each(|x| same(x.name(), serde_json::to_value(x)));
        [Neutral, Endorse, Distance, Hostile, Warm].into_iter().for_each(|x| same(x.name(), serde_json::to_value(x)));
        [Role::Leader, Role::Side, Role::Other].into_iter().for_each(|x| same(x.name(), serde_json::to_value(x)));
        [ToneLabel::Confrontational, ToneLabel::Neutral, ToneLabel::Cordial].into_iter().for_each(|x| same(x.name(), serde_json::to_value(x)));
    }

    proptest! {
        #[test]
        fn scores_are_rounded_half_away_from_zero(x in prop_oneof![-2.0..2.0f64, any::<f64>(), (-40_000i32..40_000).prop_map(|n| f64::from(n) / 2e4)]) {
            prop_assert_eq!(e4(x), (x * 1e4).round() as i32);
        }

        #[test]
        fn json_is_that_of_serde(
            words in [".{0,9}", "[\"\\\\\\x00-\\x7f]{0,9}", "[a-z ]{0,40}"],
            n in any::<Option<usize>>().prop_map(|n| n.map(|n| n / 2)),
            x in any::<f64>(),
            day in proptest::option::of((-99i16..3000, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d))),
            truth: bool,
        ) {
            let row = row(words, n, x, day, truth);
            let whole = serde_json::to_string(&row).expect("plain data");
            let at = whole.find("\"quote_id\"").expect("a column");
            let expected = format!("{{{}", &whole[at..]).replacen("\"quote\":", "\"text\":", 1);
            let mut out = Vec::new();
            row.json(&mut out);
            prop_assert_eq!(String::from_utf8_lossy(&out), expected);
        }

        #[test]
        fn weights_are_written_as_the_formatter_writes_them(x in prop_oneof![-12.0..12.0f64, any::<f64>(), (-2400i32..2400).prop_map(|n| f64::from(n) / 200.0), (-4000i32..4000).prop_map(|n| f64::from(n) * 0.005 * 0.8)]) {
            let mut out = Vec::new();
            push_signed(x, &mut out);
            prop_assert_eq!(String::from_utf8_lossy(&out), format!("{x:+.2}"));
        }

        #[test]
        fn numbers_stand_behind_ids(n in prop_oneof![0usize..1200, any::<usize>()]) {
            prop_assert_eq!(numbered("id", "#", n), format!("id#{n}"));
        }

        #[test]
        fn days_are_written_as_the_calendar_writes_them(year in -9999i16..=9999, month in 1i8..=12, day in 1i8..=28) {
            let date = Date::constant(year, month, day);
            let ours = iso(date).map(|day| String::from_utf8_lossy(&day).into_owned());
            prop_assert_eq!(ours, (year >= 0).then(|| date.to_string()));
        }
    }
}
