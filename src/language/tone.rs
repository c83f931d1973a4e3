//! The words of `lexicons/` that the tone stage asks for, compiled into one pattern tree. Decides nothing.
//!
//! A pattern is words parted by blanks; a word may be `a|b|c` (alternatives; of a verb the two forms that may be nouns first), `stem*`,
//! `<class>` (a row of `tone_classes.tsv`), `_` (any one word), and may end in `?` (may be absent). Hyphens part words. A pattern that
//! begins with `^` matches only where a clause begins (at the start of a sentence, behind a mark, behind "but").

use super::{
    Tables,
    table::{Row, Table},
    vocab::{Vocab, WordId, fold},
};
use crate::error::{Error, Result};
use hashbrown::HashMap;

/// The table that a user's own terms are kept in.
pub const ADDED: &str = "added_terms.tsv";

/// What a shifter does to the words round it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// Turns what follows in its clause round ("not", "without").
    Negator,
    /// The same, but with a comparative it says the most ("never been better").
    Absolute,
    /// A negator whose scope is its verb's complement too ("think", "believe").
    Raising,
    /// "stop", "don't" as a command: a blow that is forbidden is an accusation, a kindness that is forbidden a refusal.
    Prohibition,
    /// "more", "closer": see [`Shift::Absolute`].
    Comparative,
    /// Strengthens or weakens the next word by its factor.
    Degree,
    /// Begins a clause.
    Boundary,
    /// "but": what stands before it counts less.
    Adversative,
    /// "although", "despite", "after": its own clause is background and counts less.
    Concessive,
    /// "if", "unless": its own clause is not asserted.
    Conditional,
    /// "what a", "does he really": praise beside blame is meant the other way round.
    Irony,
    /// "so-called": the next praise is meant the other way round.
    Scare,
    /// A form of "be" that makes a passive.
    Auxiliary,
    /// "and", "or".
    Conjunction,
    /// "by": the doer of a passive follows.
    Agent,
    /// Stands for nothing; keeps its words from being read as something else ("not only").
    Plain,
}

/// On which side a reverser looks for what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Its object; its subject only in the passive.
    After,
    /// Its object, else its subject.
    Both,
    /// Its subject.
    Before,
}

/// The outcome of a reverser for one class of object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// The object keeps its own weight (`=`).
    Keep,
    /// This weight for an object of usual strength.
    Weight(f64),
}

/// What a matched pattern is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sense {
    /// A noun, adjective or phrase with a weight.
    Term(f64),
    /// A graded verb of reporting or action (Goldstein 1992).
    Verb(f64),
    /// An idiom or veiled threat.
    Idiom(f64),
    /// A topic: no tone by itself.
    Topic,
    /// A topic that is an ill: whoever spreads it is accused, whoever fights it is not.
    Ill,
    /// Decides what its object counts for.
    Reverser {
        /// Without an object.
        alone: f64,
        /// With a cordial one.
        good: Outcome,
        /// With a confrontational one.
        bad: Outcome,
        /// With an ill.
        ill: Outcome,
        /// Where the object stands.
        reach: Reach,
    },
    /// Changes the weight of others, by its factor.
    Shifter(Shift, f64),
}

/// One row of a tone table.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The pattern as the lexicon has it.
    pub pattern: String,
    /// What it is.
    pub sense: Sense,
    /// Category, such as `threat`; empty for shifters.
    pub category: String,
}

/// A match in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index into [`ToneWords::entries`].
    pub entry: u32,
    /// Words matched.
    pub len: u32,
    /// Whether the first word stands in one of the first two forms, which may be nouns too.
    pub base: bool,
}

const STEM: u32 = 1 << 30;
const CLASS: u32 = 2 << 30;
const ANY: u32 = 3 << 30;
const START: u32 = ANY | 1;
const LONGEST: usize = 12;

#[derive(Clone, Copy, Debug)]
struct End {
    entry: u32,
    base: bool,
}

/// Compiled tables of this stage.
#[derive(Debug, Default)]
pub struct ToneWords {
    /// Every row of every table of this stage.
    pub entries: Vec<Entry>,
    edges: HashMap<(u32, u32), u32, foldhash::fast::FixedState>,
    ends: Vec<Option<End>>,
    stems: Vec<(Box<str>, Option<u32>)>,
    classes: HashMap<WordId, Vec<u32>, foldhash::fast::FixedState>,
    /// By known word: its longest stem, and whether a pattern begins with it.
    known: Vec<(Option<u32>, bool)>,
}

impl ToneWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(tables: &Tables, vocab: &mut Vocab) -> Result<Self> {
        let mut build =
            Builder { words: ToneWords { ends: vec![None], ..ToneWords::default() }, vocab, class_ids: HashMap::default(), places: Vec::new() };
        let classes = tables.get("tone_classes.tsv")?;
        for row in &classes.rows {
            build.class(row);
        }
        let tone = tables.get("tone_terms.tsv")?;
        let verbs = tables.get("tone_verbs.tsv")?;
        let idioms = tables.get("tone_idioms.tsv")?;
        let topics = tables.get("topics.tsv")?;
        let reversers = tables.get("reversers.tsv")?;
        let shifters = tables.get("shifters.tsv")?;
        let added = tables.0.get(ADDED);
        for table in [tone, verbs, idioms, topics, reversers, shifters].into_iter().chain(added) {
            for row in &table.rows {
                build.stems_of(&row.cells[0]);
            }
        }
        build.sort_stems();
        for row in &tone.rows {
            build.entry(tone, row, Sense::Term(weight(tone, row)?), &row.cells[2], false)?;
        }
        for row in &verbs.rows {
            build.entry(verbs, row, Sense::Verb(weight(verbs, row)?), &row.cells[2], false)?;
        }
        for row in &idioms.rows {
            build.entry(idioms, row, Sense::Idiom(weight(idioms, row)?), &row.cells[2], false)?;
        }
        for row in &topics.rows {
            let sense = match row.cells[1].as_str() {
                "topic" => Sense::Topic,
                "ill" => Sense::Ill,
                other => return Err(Error::data(topics.place(row), format!("expected `topic` or `ill`, found `{other}`"))),
            };
            build.entry(topics, row, sense, &row.cells[1], false)?;
        }
        for row in &reversers.rows {
            build.entry(reversers, row, reverser(reversers, row)?, &row.cells[6], false)?;
        }
        for row in &shifters.rows {
            let sense = Sense::Shifter(shift(shifters, row)?, shifters.number(row, 2)?);
            build.entry(shifters, row, sense, "", false)?;
        }
        if let Some(added) = added {
            for row in &added.rows {
                build.entry(added, row, Sense::Term(weight(added, row)?), &row.cells[2], true)?;
            }
        }
        Ok(build.words)
    }

    /// Note what every word of the finished `vocab` can begin.
    pub fn seal(&mut self, vocab: &Vocab) {
        let start = self.edges.get(&(0, START)).copied();
        let begins = |symbol: u32| self.edges.contains_key(&(0, symbol)) || start.is_some_and(|s| self.edges.contains_key(&(s, symbol)));
        let any = begins(ANY);
        let known = (0..vocab.len() as u32).map(WordId).map(|id| {
            let longest = self.stem_of(vocab.word(id));
            let stems = std::iter::successors(longest, |&s| self.stems[s as usize].1);
            let classes = self.classes.get(&id).into_iter().flatten();
            let symbols = classes.copied().chain(stems.map(|s| STEM | s)).chain([id.0]);
            (longest, any || symbols.into_iter().any(begins))
        });
        self.known = known.collect();
    }

    /// The longest pattern that starts at word `at` of a run of `n` words. `word` gives a word's id and
    /// writes its folded form; of two equally long patterns the more exact one wins. `opens`: a clause begins at `at`.
    pub fn longest<'w>(&self, at: usize, n: usize, opens: bool, word: impl Fn(usize) -> (WordId, &'w str)) -> Option<Match> {
        let (id, _) = word(at);
        if id.known() && self.known.get(id.index()).is_some_and(|known| !known.1) {
            return None;
        }
        let mut best: Option<Match> = None;
        if let Some(&start) = self.edges.get(&(0, START)).filter(|_| opens) {
            self.walk(start, at, at, n, &word, &mut best);
        }
        self.walk(0, at, at, n, &word, &mut best);
        best
    }

    fn walk<'w>(&self, node: u32, start: usize, at: usize, n: usize, word: &impl Fn(usize) -> (WordId, &'w str), best: &mut Option<Match>) {
        if let Some(end) = self.ends[node as usize]
            && at > start
            && best.is_none_or(|b| (b.len as usize) < at - start)
        {
            *best = Some(Match { entry: end.entry, len: (at - start) as u32, base: end.base });
        }
        if at >= n || at - start >= LONGEST {
            return;
        }
        let (id, text) = word(at);
        if id.known() {
            self.step(node, id.0, start, at, n, word, best);
            if let Some(classes) = self.classes.get(&id) {
                for &class in classes {
                    self.step(node, class, start, at, n, word, best);
                }
            }
        }
        let mut stem = match self.known.get(id.index()).filter(|_| id.known()) {
            Some(&(stem, _)) => stem,
            None => self.stem_of(text),
        };
        while let Some(s) = stem {
            self.step(node, STEM | s, start, at, n, word, best);
            stem = self.stems[s as usize].1;
        }
        self.step(node, ANY, start, at, n, word, best);
    }

    #[expect(clippy::too_many_arguments, reason = "one step of a recursive walk")]
    fn step<'w>(&self, node: u32, sym: u32, start: usize, at: usize, n: usize, word: &impl Fn(usize) -> (WordId, &'w str), best: &mut Option<Match>) {
        if let Some(&next) = self.edges.get(&(node, sym)) {
            self.walk(next, start, at + 1, n, word, best);
        }
    }

    /// The longest stem that `text` (folded) starts with.
    fn stem_of(&self, text: &str) -> Option<u32> {
        let i = self.stems.partition_point(|(s, _)| **s <= *text);
        let mut stem = (i as u32).checked_sub(1);
        while let Some(s) = stem {
            let (prefix, parent) = &self.stems[s as usize];
            if text.starts_with(&**prefix) {
                return Some(s);
            }
            stem = *parent;
        }
        None
    }
}

fn weight(table: &Table, row: &Row) -> Result<f64> {
    let w = table.number(row, 1)?;
    if w.abs() > 4.0 {
        return Err(Error::data(table.place(row), format!("`{}`: expected a weight from -4 to 4, found `{}`", row.cells[0], row.cells[1])));
    }
    Ok(w)
}

fn reverser(table: &Table, row: &Row) -> Result<Sense> {
    let outcome = |column: usize| -> Result<Outcome> {
        if row.cells[column] == "=" { Ok(Outcome::Keep) } else { Ok(Outcome::Weight(table.number(row, column)?)) }
    };
    let reach = match row.cells[5].as_str() {
        "after" => Reach::After,
        "both" => Reach::Both,
        "before" => Reach::Before,
        other => return Err(Error::data(table.place(row), format!("expected `after`, `both` or `before`, found `{other}`"))),
    };
    Ok(Sense::Reverser { alone: table.number(row, 1)?, good: outcome(2)?, bad: outcome(3)?, ill: outcome(4)?, reach })
}

fn shift(table: &Table, row: &Row) -> Result<Shift> {
    Ok(match row.cells[1].as_str() {
        "negator" => Shift::Negator,
        "absolute" => Shift::Absolute,
        "prohibition" => Shift::Prohibition,
        "raising" => Shift::Raising,
        "comparative" => Shift::Comparative,
        "degree" => Shift::Degree,
        "boundary" => Shift::Boundary,
        "adversative" => Shift::Adversative,
        "concessive" => Shift::Concessive,
        "conditional" => Shift::Conditional,
        "irony" => Shift::Irony,
        "scare" => Shift::Scare,
        "auxiliary" => Shift::Auxiliary,
        "conjunction" => Shift::Conjunction,
        "agent" => Shift::Agent,
        "plain" => Shift::Plain,
        other => {
            return Err(Error::data(
                table.place(row),
                format!(
                    "expected absolute, adversative, agent, auxiliary, boundary, comparative, concessive, conditional, conjunction, degree, irony, negator, plain, prohibition, raising or scare, found `{other}`"
                ),
            ));
        }
    })
}

struct Builder<'v> {
    words: ToneWords,
    vocab: &'v mut Vocab,
    class_ids: HashMap<String, u32>,
    places: Vec<String>,
}

impl Builder<'_> {
    fn class(&mut self, row: &Row) {
        let id = CLASS | self.class_ids.len() as u32;
        self.class_ids.insert(row.cells[0].clone(), id);
        for word in row.cells[1].split('|') {
            let word = self.vocab.intern(word);
            self.words.classes.entry(word).or_default().push(id);
        }
    }
    fn stems_of(&mut self, pattern: &str) {
        for alternative in elements(pattern).flat_map(|e| e.trim_end_matches('?').split('|')) {
            if let Some(stem) = alternative.strip_suffix('*') {
                self.words.stems.push((fold(stem).into(), None));
            }
        }
    }
    fn sort_stems(&mut self) {
        let stems = &mut self.words.stems;
        stems.sort();
        stems.dedup();
        let mut open: Vec<u32> = Vec::new();
        for i in 0..stems.len() {
            while open.last().is_some_and(|&p| !stems[i].0.starts_with(&*stems[p as usize].0)) {
                open.pop();
            }
            stems[i].1 = open.last().copied();
            open.push(i as u32);
        }
    }
    fn entry(&mut self, table: &Table, row: &Row, sense: Sense, category: &str, replace: bool) -> Result<()> {
        let pattern = &row.cells[0];
        let entry = self.words.entries.len() as u32;
        self.words.entries.push(Entry { pattern: pattern.clone(), sense, category: category.to_owned() });
        self.places.push(format!("{}", table.place(row)));
        // (node, whether the first word stands in its base form, words so far)
        let mut heads: Vec<(u32, bool, usize)> = vec![(0, true, 0)];
        for element in elements(pattern) {
            if element == "^" {
                let start = self.child(0, START);
                heads = vec![(start, true, 0)];
                continue;
            }
            let (element, optional) = element.strip_suffix('?').map_or((element, false), |e| (e, true));
            let mut next = if optional { heads.clone() } else { Vec::new() };
            for (form, alternative) in element.split('|').enumerate() {
                let sym = self.symbol(table, row, alternative)?;
                for &(node, base, n) in &heads {
                    let node = self.child(node, sym);
                    next.push((node, if n == 0 { form <= 1 } else { base }, n + 1));
                }
            }
            heads = next;
        }
        for (node, base, n) in heads {
            if n == 0 || n > LONGEST {
                return Err(Error::data(table.place(row), format!("expected a pattern of 1 to {LONGEST} words, found `{pattern}`")));
            }
            let slot = &mut self.words.ends[node as usize];
            match slot {
                Some(end) if end.entry != entry && !replace => {
                    return Err(Error::data(
                        table.place(row),
                        format!(
                            "`{pattern}` matches the same words as `{}` ({})",
                            self.words.entries[end.entry as usize].pattern, self.places[end.entry as usize]
                        ),
                    ));
                }
                Some(end) if end.entry == entry => end.base |= base,
                _ => *slot = Some(End { entry, base }),
            }
        }
        Ok(())
    }
    fn symbol(&mut self, table: &Table, row: &Row, alternative: &str) -> Result<u32> {
        if alternative == "_" {
            return Ok(ANY);
        }
        if let Some(class) = alternative.strip_prefix('<').and_then(|a| a.strip_suffix('>')) {
            return self.class_ids.get(class).copied().ok_or_else(|| {
                Error::data(table.place(row), format!("`{}`: expected a class of tone_classes.tsv, found `<{class}>`", row.cells[0]))
            });
        }
        if let Some(stem) = alternative.strip_suffix('*') {
            let stem = fold(stem);
            if let Ok(i) = self.words.stems.binary_search_by(|(s, _)| (**s).cmp(&stem)) {
                return Ok(STEM | i as u32);
            }
        }
        if alternative.is_empty() || alternative.contains(['*', '<', '>']) {
            return Err(Error::data(table.place(row), format!("expected words, found `{}`", row.cells[0])));
        }
        Ok(self.vocab.intern(alternative).0)
    }
    fn child(&mut self, node: u32, sym: u32) -> u32 {
        let ends = &mut self.words.ends;
        *self.words.edges.entry((node, sym)).or_insert_with(|| {
            ends.push(None);
            ends.len() as u32 - 1
        })
    }
}

/// The words of a pattern; hyphens part words as they do in a text.
fn elements(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split([' ', '-']).filter(|e| !e.is_empty())
}
