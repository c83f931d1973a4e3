//! Sentences without marks round the reported words → reported clauses: "X said (that) …", "…, X said", "X vowed to …",
//! "according to X, …", "X condemned the …". Leaves out what is denied, asked, supposed or merely thought.
//! Does not say whom the subject names.

use crate::doc::Doc;
use crate::language::quote::{Form, Role, VerbAt, VerbUse};
use crate::quote::cue::{Cue, El, Grammar, Rule};
use crate::token::Signs;

/// A reported clause: its elements and the reporting clause.
#[derive(Clone, Copy, Debug)]
pub struct Reported {
    /// First element.
    pub from: usize,
    /// One past the last element.
    pub to: usize,
    /// What reports it.
    pub cue: Cue,
    /// The second piece of a clause that its reporting clause splits.
    pub joined: bool,
}

/// Fewest elements of a reported clause.
const SHORT: usize = 3;

/// Whether a sentence without marks, the tokens `[first, last)`, can hold a reported clause; `speaks` are those of them that
/// [`crate::language::quote::QuoteWords::speaks`] tells of. Sees what follows a verb, not what stands before it.
pub fn likely(doc: &Doc, first: usize, last: usize, speaks: &[usize]) -> bool {
    speaks.iter().any(|&i| {
        let el = El::of(doc, i);
        let said = el.verb.is_some_and(|v| {
            let end = (i + v.len as usize).min(last);
            let comma = || marks(doc, first, i).any(|mark| doc.tokens[mark].is_mark(doc.text, b','));
            end < last && may_open(v.takes, end, last, |i| El::of(doc, i)) || v.closes() && comma()
        });
        said || el.role.any(Role::According)
    })
}

/// The marks among the tokens `[first, last)`.
fn marks(doc: &Doc, first: usize, last: usize) -> impl Iterator<Item = usize> {
    let next = move |from: usize| Some(doc.signs.next(from, last, Signs::MARK)).filter(|&mark| mark < last);
    std::iter::successors(next(first), move |mark| next(mark + 1))
}

/// The reported clauses of a frame that hold no marked words, in order, none overlapping.
/// `closes` tells whether some word of it can close it with a reporting clause.
pub fn find(grammar: &Grammar, frame: (usize, usize), closes: bool, out: &mut Vec<Reported>) {
    let els = grammar.els;
    let begin = out.len();
    // A verb that reports what stands before it reports nothing behind it.
    let mut closed = None;
    // The whole sentence before its reporting clause: "…, Vega said."
    if closes && let Some(cue) = grammar.closing(frame, frame.0 + SHORT) {
        let end = cue.subject.map_or(cue.at, |s| s.0.min(cue.at));
        let comma = (frame.0..end).rev().find(|&i| els[i].mark == b',');
        if let Some(to) = comma {
            let mut least = SHORT;
            // "Prices, Vega said, fell": the words go on after the clause.
            let on = cue.end;
            let goes_on = cue.rule == Rule::VerbAfter
                && frame.1 > on + SHORT
                && els[on].mark == b','
                && els[on + 1].word
                && !els[on + 1].role.any(Role::Conjunction | Role::Relative | Role::According | Role::Subordinator)
                && els[on + 1].verb.is_none_or(|v| v.form != Form::Ing);
            if goes_on && push(grammar, out, begin, Reported { from: on + 1, to: frame.1, cue, joined: true }, 2) {
                least = 1;
            }
            if push(grammar, out, begin, Reported { from: frame.0, to, cue, joined: false }, least) && cue.rule == Rule::InvertedAfter {
                closed = Some(cue.at);
            }
        }
    }
    // "According to Vega, …"
    if els[frame.0].role.any(Role::According)
        && frame.1 - frame.0 > 4
        && els[frame.0 + 1].role.any(Role::To)
        && let Some(cue) = grammar.according(frame, frame.0)
        && let Some(comma) = (cue.end..frame.1).find(|&i| els[i].mark == b',')
    {
        push(grammar, out, begin, Reported { from: comma + 1, to: frame.1, cue, joined: false }, SHORT);
    }
    let mut v = frame.0;
    while let Some((n, at)) = els[v..frame.1].iter().enumerate().find_map(|(n, e)| e.verb.map(|at| (n, at))) {
        v += n;
        let end = (v + at.len as usize).min(frame.1);
        if closed != Some(v)
            && let Some(found) = clause(grammar, frame, v, at, end)
        {
            let to = found.to;
            if push(grammar, out, begin, found, SHORT) {
                v = to.max(end);
                continue;
            }
        }
        v = end;
    }
}

/// Add a clause unless it has fewer than `least` elements, holds marked words or overlaps one of this frame's.
fn push(grammar: &Grammar, out: &mut Vec<Reported>, begin: usize, mut found: Reported, least: usize) -> bool {
    let els = grammar.els;
    while found.to > found.from && !els[found.to - 1].word && els[found.to - 1].quote.is_none() {
        found.to -= 1;
    }
    let free = out[begin..].iter().all(|r| found.to <= r.from || r.to <= found.from);
    let fits = found.to >= found.from + least && free && found.cue.subject.is_some() && !found.cue.unreal;
    if fits && !(found.from..found.to).any(|i| els[i].quote.is_some()) {
        out.push(found);
        return true;
    }
    false
}

/// What the verb at `v` reports, if it is a clause or phrase of its own.
fn clause(grammar: &Grammar, frame: (usize, usize), v: usize, at: VerbAt, end: usize) -> Option<Reported> {
    let els = grammar.els;
    if end >= frame.1 {
        return None;
    }
    let from = opens(at.takes, end, frame.1, |i| els[i])?;
    // "quoted her as saying": a clause round marked words.
    if els[v].role.any(Role::Quoted) && (end..frame.1).any(|i| els[i].role.any(Role::Saying)) {
        return None;
    }
    let finite = grammar.finite(frame, v);
    let gerund = !finite && at.form.any(Form::Ing) && v > frame.0 && (els[v - 1].mark == b',' || els[v - 1].role.any(Role::Conjunction | Role::By));
    if !finite && !gerund || grammar.passive(frame, v) {
        return None;
    }
    // Marked words are a quotation of their own, and what was not said is none.
    let to = grammar.clause_end(frame, from + 1);
    if els[from..to].iter().any(|e| e.quote.is_some()) || grammar.unreal(frame, v) {
        return None;
    }
    let (subject, rule) =
        if finite { (grammar.subject_before(frame, v, frame.0), Rule::Clause) } else { (grammar.participle_subject(frame, v), Rule::Participle) };
    if let Some((a, b)) = subject
        && (a..b).any(|i| els[i].role.any(Role::Evidence))
        && !(a..b).any(|i| els[i].capital && i > frame.0)
    {
        return None;
    }
    let cue = Cue { at: v, end, verb: Some(at), subject, rule, reporter: None, unreal: false };
    Some(Reported { from, to, cue, joined: false })
}

/// Where the words begin that a verb can report, if it `takes` what stands behind it: of the elements `[end, last)`.
fn opens(takes: VerbUse, end: usize, last: usize, el: impl Fn(usize) -> El) -> Option<usize> {
    if takes.any(VerbUse::Attitude | VerbUse::Manner) {
        return None;
    }
    opens_behind(takes, end, last, &el).or_else(|| opens_at(takes, end, last, &el).then_some(end))
}

/// Whether there are such words: the cheaper question first.
fn may_open(takes: VerbUse, end: usize, last: usize, el: impl Fn(usize) -> El) -> bool {
    !takes.any(VerbUse::Attitude | VerbUse::Manner) && (opens_at(takes, end, last, &el) || opens_behind(takes, end, last, &el).is_some())
}

/// The same, of words that begin with "that" or "to", or behind the hearer.
fn opens_behind(takes: VerbUse, end: usize, last: usize, el: &impl Fn(usize) -> El) -> Option<usize> {
    let word = |&i: &usize| el(i).word;
    // Past the hearer, time and place to "that" or "to".
    if takes.any(VerbUse::That) {
        let plain = |e: &El| e.quote.is_none() && e.mark == 0;
        let that = (end..last.min(end + 9)).map(el).take_while(plain).position(|e| e.role.any(Role::That));
        if let Some(n) = that.filter(|&n| n == 0 || end + n + 1 < last && el(end + n + 1).verb.is_none()) {
            return Some(end + n);
        }
    }
    // "invited her to sign", not "invited her to the feast"
    let noun = Role::Determiner | Role::Possessive;
    let infinitive = |&i: &usize| el(i).role.any(Role::To) && !(i + 1 < last && el(i + 1).role.any(noun));
    if takes.any(VerbUse::Infinitive) && infinitive(&end) {
        return Some(end);
    }
    if takes.any(VerbUse::Infinitive)
        && takes.any(VerbUse::Hearer)
        && let Some(to) = (end + 1..last.min(end + 7)).take_while(word).find(infinitive)
    {
        return Some(to);
    }
    if takes.any(VerbUse::Hearer) && takes.any(VerbUse::Bare) {
        // "told reporters he …": the clause begins behind the hearer, with a pronoun or article.
        let begins = |e: El| e.role.any(Role::Pronoun | Role::Article) && !e.role.any(Role::Relative);
        return (end + 1..last.min(end + 6)).take_while(word).find(|&i| begins(el(i)));
    }
    None
}

/// Whether they begin right behind the verb.
fn opens_at(takes: VerbUse, end: usize, last: usize, el: &impl Fn(usize) -> El) -> bool {
    if takes.any(VerbUse::Hearer) && takes.any(VerbUse::Bare) {
        return false;
    }
    let (next, long) = (el(end), last - end >= SHORT);
    let fits = long && (takes.any(VerbUse::Bare) && begins_clause(&next) || takes.any(VerbUse::Object) && begins_noun(&next));
    fits || takes.any(VerbUse::Whether) && next.role.any(Role::Condition)
}

/// Whether a clause with a subject of its own can begin with an element.
fn begins_clause(e: &El) -> bool {
    let noun = e.word
        && !e.role.any(Role::Preposition | Role::Time | Role::Subordinator | Role::Conjunction | Role::Object | Role::Relative | Role::Be)
        || e.role.any(Role::Determiner | Role::Pronoun);
    noun && e.verb.is_none_or(|v| !v.form.any(Form::Ing))
}

/// Whether an object can begin with an element.
fn begins_noun(e: &El) -> bool {
    e.word && (e.role.any(Role::Determiner | Role::Possessive) || e.capital) && !e.role.any(Role::Pronoun)
}
