//! Sentences without marks round the reported words → reported clauses: "X said (that) …", "…, X said", "X vowed to …",
//! "according to X, …", "X condemned the …". Leaves out what is denied, asked, supposed or merely thought.
//! Does not say whom the subject names.

use crate::doc::Doc;
use crate::language::quote::{Form, Role, VerbUse};
use crate::quote::cue::{Cue, Grammar, Rule};

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

/// The reported clauses of a frame that hold no marked words, in order, none overlapping.
pub fn find(doc: &Doc, grammar: &Grammar, frame: (usize, usize), out: &mut Vec<Reported>) {
    let els = &grammar.page.els;
    let begin = out.len();
    // The whole sentence before its reporting clause: "…, Vega said."
    if let Some(cue) = grammar.closing(frame, frame.0 + SHORT) {
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
            push(grammar, out, begin, Reported { from: frame.0, to, cue, joined: false }, least);
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
    while v < frame.1 {
        let Some(at) = els[v].verb else {
            v += 1;
            continue;
        };
        let end = (v + at.len as usize).min(frame.1);
        if let Some(found) = clause(doc, grammar, frame, v, end) {
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
    let els = &grammar.page.els;
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
fn clause(doc: &Doc, grammar: &Grammar, frame: (usize, usize), v: usize, end: usize) -> Option<Reported> {
    let els = &grammar.page.els;
    let at = els[v].verb?;
    let takes = at.takes;
    if takes.any(VerbUse::Attitude | VerbUse::Manner) || end >= frame.1 || grammar.passive(frame, v) {
        return None;
    }
    // "quoted her as saying": a clause round marked words.
    if els[v].role.any(Role::Quoted) && (end..frame.1).any(|i| els[i].role.any(Role::Saying)) {
        return None;
    }
    let finite = grammar.finite(frame, v);
    let gerund = !finite && at.form.any(Form::Ing) && v > frame.0 && (els[v - 1].mark == b',' || els[v - 1].role.any(Role::Conjunction | Role::By));
    if !finite && !gerund {
        return None;
    }
    // Past the hearer, time and place to "that" or "to".
    let that = (end..frame.1.min(end + 9)).take_while(|&i| els[i].quote.is_none() && els[i].mark == 0).find(|&i| els[i].role.any(Role::That));
    let from = if takes.any(VerbUse::That)
        && let Some(that) = that.filter(|&t| t == end || !els[t + 1..frame.1].first().is_none_or(|n| n.verb.is_some()))
    {
        that
    } else if takes.any(VerbUse::Infinitive) && els[end].role.any(Role::To) {
        end
    } else if takes.any(VerbUse::Infinitive)
        && takes.any(VerbUse::Hearer)
        && let Some(to) = (end + 1..frame.1.min(end + 7)).take_while(|&i| els[i].word).find(|&i| els[i].role.any(Role::To))
    {
        to
    } else if takes.any(VerbUse::Hearer) && takes.any(VerbUse::Bare) {
        // "told reporters he …": the clause begins behind the hearer, with a pronoun or article.
        (end + 1..frame.1.min(end + 6))
            .take_while(|&i| els[i].word)
            .find(|&i| els[i].role.any(Role::Pronoun | Role::Article) && !els[i].role.any(Role::Relative))?
    } else if takes.any(VerbUse::Bare) && begins_clause(grammar, frame, end) {
        end
    } else if takes.any(VerbUse::Whether) && els[end].role.any(Role::Condition) {
        end
    } else if takes.any(VerbUse::Object) && begins_noun(grammar, frame, end) {
        end
    } else {
        return None;
    };
    let unreal = grammar.unreal(frame, v);
    let (subject, rule) =
        if finite { (grammar.subject_before(frame, v, frame.0), Rule::Clause) } else { (grammar.participle_subject(frame, v), Rule::Participle) };
    if let Some((a, b)) = subject
        && (a..b).any(|i| els[i].role.any(Role::Evidence))
        && !(a..b).any(|i| els[i].capital && i > frame.0)
    {
        return None;
    }
    let to = grammar.clause_end(frame, from + 1);
    let cue = Cue { at: v, end, verb: Some(at), subject, rule, reporter: None, unreal };
    Some(Reported { from, to, cue, joined: false })
}

/// Whether a clause with a subject of its own begins at `i`.
fn begins_clause(grammar: &Grammar, frame: (usize, usize), i: usize) -> bool {
    let e = &grammar.page.els[i];
    let noun = e.word
        && !e.role.any(Role::Preposition | Role::Time | Role::Subordinator | Role::Conjunction | Role::Object | Role::Relative | Role::Be)
        || e.role.any(Role::Determiner | Role::Pronoun);
    noun && frame.1 - i >= SHORT && e.verb.is_none_or(|v| !v.form.any(Form::Ing))
}

/// Whether an object begins at `i`.
fn begins_noun(grammar: &Grammar, frame: (usize, usize), i: usize) -> bool {
    let e = &grammar.page.els[i];
    e.word && frame.1 - i >= SHORT && (e.role.any(Role::Determiner | Role::Possessive) || e.capital) && !e.role.any(Role::Pronoun)
}
