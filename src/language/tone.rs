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
use hashbrown::{HashMap, HashSet};

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

impl Shift {
    /// A bit of its own among those of [`Sense::bit`].
    pub const fn bit(self) -> u32 {
        1 << (6 + self as u32)
    }
}

impl Sense {
    /// The bits of all that carry tone by themselves.
    pub const CARRIES: u32 = 0b1111;
    /// The bit of [`Sense::Verb`].
    pub const VERB: u32 = 1 << 1;
    /// The bit of [`Sense::Idiom`].
    pub const IDIOM: u32 = 1 << 2;
    /// The bit of [`Sense::Reverser`].
    pub const REVERSER: u32 = 1 << 3;
    /// What it is as a bit: what a run of words holds is told by all of theirs.
    pub fn bit(&self) -> u32 {
        match self {
            Sense::Term(_) => 1,
            Sense::Verb(_) => Self::VERB,
            Sense::Idiom(_) => Self::IDIOM,
            Sense::Reverser { .. } => Self::REVERSER,
            Sense::Topic => 1 << 4,
            Sense::Ill => 1 << 5,
            Sense::Shifter(shift, _) => shift.bit(),
        }
    }
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

/// A node of the finished tree.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// A bit for every symbol that leads on, see [`bit`]: most words are turned away by it alone.
    mask: u64,
    /// Where its steps begin in [`ToneWords::steps`], and how many they are.
    first: u32,
    count: u32,
    end: Option<End>,
}

/// What a known word is to the tree. Its symbols lie in [`ToneWords::lists`], its roots in [`ToneWords::roots`].
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// The bits of its symbols, and that of [`ANY`].
    bits: u64,
    /// The bits of all that can follow it where it begins a pattern.
    ahead: u64,
    /// Its symbols that some pattern holds, in the order of trial, [`ANY`] last.
    symbols: Stretch,
    /// Nodes to which it leads from the root.
    roots: Stretch,
    /// Nodes to which it leads where a clause begins: so many behind those.
    opens: u16,
    /// The pattern that it is by itself.
    alone: Option<End>,
}

/// A part of a list: where it begins, and how long it is.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    at: u32,
    len: u16,
}

impl Stretch {
    #[inline]
    fn of<T>(self, list: &[T]) -> &[T] {
        &list[self.at as usize..][..self.len as usize]
    }
}

/// A node to which a first word leads, with its mask.
#[derive(Clone, Copy, Debug)]
struct Root {
    mask: u64,
    node: u32,
}

/// A word of a text as the tree sees it.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// The word, where a lexicon holds it.
    id: WordId,
    /// Else the longest stem that it begins with.
    stem: Option<u32>,
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
    nodes: Vec<Node>,
    /// Symbol and node it leads to; those of one node together, by symbol.
    steps: Vec<(u32, u32)>,
    /// The node of patterns that ask for the beginning of a clause.
    start: Option<u32>,
    known: Vec<Known>,
    /// A bit for each known word: whether some pattern may begin with it. So few are soon asked.
    begins: Vec<u64>,
    /// Whether some pattern may begin with any word.
    any_begins: bool,
    lists: Vec<u32>,
    roots: Vec<Root>,
    /// Where the stems begin that begin with each byte; one more tells where the last ones end.
    initials: Vec<u32>,
    /// A bit for the first letters of each stem, see [`head`].
    heads: Vec<u64>,
}

/// The bit of a symbol in [`Node::mask`].
fn bit(symbol: u32) -> u64 {
    1 << ((symbol ^ symbol >> 24) & 63)
}

/// Letters of which [`ToneWords::heads`] tells.
const HEAD: usize = 4;
/// Bits of [`ToneWords::heads`].
const HEADS: u32 = 1 << 15;

/// A word's first letters, small and capital ones alike, five bits each; `None` beyond ASCII.
#[inline]
fn letters(word: &[u8]) -> Option<u32> {
    let letters: [u8; HEAD] = std::array::from_fn(|n| word.get(n).copied().unwrap_or(0));
    letters.is_ascii().then(|| letters.iter().fold(0, |all, b| all << 5 | u32::from(b & 31)))
}

/// The bit of [`letters`] in [`ToneWords::heads`].
#[inline]
fn head(letters: u32) -> usize {
    (letters.wrapping_mul(0x9e37_79b1) / (u32::MAX / HEADS + 1)) as usize
}

impl ToneWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load<'t>(tables: &'t Tables, vocab: &'t mut Vocab) -> Result<Self> {
        let words = ToneWords { ends: vec![None], ..ToneWords::default() };
        let mut build = Builder { words, vocab, class_ids: HashMap::default(), places: Vec::new(), heads: Vec::new(), next: Vec::new() };
        let classes = tables.get("tone_classes.tsv")?;
        for row in classes.rows() {
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
            for row in table.rows() {
                build.stems_of(&row.cells[0]);
            }
        }
        build.sort_stems();
        for row in tone.rows() {
            build.entry(tone, row, Sense::Term(weight(tone, row)?), &row.cells[2], false)?;
        }
        for row in verbs.rows() {
            build.entry(verbs, row, Sense::Verb(weight(verbs, row)?), &row.cells[2], false)?;
        }
        for row in idioms.rows() {
            build.entry(idioms, row, Sense::Idiom(weight(idioms, row)?), &row.cells[2], false)?;
        }
        for row in topics.rows() {
            let sense = match &row.cells[1] {
                "topic" => Sense::Topic,
                "ill" => Sense::Ill,
                other => return Err(Error::data(topics.place(row), format!("expected `topic` or `ill`, found `{other}`"))),
            };
            build.entry(topics, row, sense, &row.cells[1], false)?;
        }
        for row in reversers.rows() {
            build.entry(reversers, row, reverser(reversers, row)?, &row.cells[6], false)?;
        }
        for row in shifters.rows() {
            let sense = Sense::Shifter(shift(shifters, row)?, shifters.number(row, 2)?);
            build.entry(shifters, row, sense, "", false)?;
        }
        if let Some(added) = added {
            for row in added.rows() {
                build.entry(added, row, Sense::Term(weight(added, row)?), &row.cells[2], true)?;
            }
        }
        Ok(build.words)
    }

    /// Lay the tree out for look-up.
    pub fn lay_out(&mut self) {
        self.nodes = self.ends.iter().map(|&end| Node { end, ..Node::default() }).collect();
        for &(node, symbol) in self.edges.keys() {
            let node = &mut self.nodes[node as usize];
            node.count += 1;
            node.mask |= bit(symbol);
        }
        let mut first = 0;
        for node in &mut self.nodes {
            node.first = first;
            first += std::mem::take(&mut node.count);
        }
        self.steps = vec![(0, 0); self.edges.len()];
        for ((node, symbol), next) in std::mem::take(&mut self.edges) {
            let node = &mut self.nodes[node as usize];
            self.steps[(node.first + node.count) as usize] = (symbol, next);
            node.count += 1;
        }
        for node in self.nodes.iter().filter(|n| n.count > 1) {
            self.steps[node.first as usize..][..node.count as usize].sort_unstable();
        }
        self.start = self.child(0, START);
        self.initials = (0..=256).map(|b| self.stems.partition_point(|(s, _)| s.bytes().next().map_or(0, u32::from) < b) as u32).collect();
        self.heads = vec![0; HEADS as usize / 64];
        for (stem, _) in &self.stems {
            // One beyond ASCII is begun by no word that has such letters. A shorter one leaves the letters behind it open.
            let Some(first) = letters(stem.as_bytes()) else { continue };
            let free = 5 * HEAD.saturating_sub(stem.len());
            for head in (first..first + (1 << free)).map(head) {
                self.heads[head / 64] |= 1 << (head % 64);
            }
        }
        let roots = self.roots();
        self.any_begins = roots.into_iter().flatten().any(|root| self.child(root, ANY).is_some());
    }

    /// The nodes with which patterns begin: at the beginning of a clause, anywhere.
    fn roots(&self) -> [Option<u32>; 2] {
        [self.start, Some(0)]
    }

    /// Note what every word of the finished `vocab` can begin.
    pub fn seal(&mut self, vocab: &Vocab) {
        let held: HashSet<u32, foldhash::fast::FixedState> = self.steps.iter().map(|s| s.0).collect();
        let mut symbols: Vec<u32> = Vec::new();
        self.known.reserve_exact(vocab.len());
        self.begins = vec![0; vocab.len().div_ceil(64)];
        for id in (0..vocab.len() as u32).map(WordId) {
            let word = vocab.word(id);
            let stem = if self.begins_stem(word) { self.stem_of(word) } else { None };
            let classes = self.classes.get(&id).into_iter().flatten().copied();
            symbols.clear();
            symbols.extend(std::iter::once(id.0).chain(classes).chain(self.stems_from(stem).map(|s| STEM | s)).filter(|s| held.contains(s)));
            symbols.push(ANY);
            let from = |tree: &Self, node: u32| -> Vec<Root> {
                let nodes = symbols.iter().filter_map(|&s| tree.child(node, s));
                nodes.map(|node| Root { mask: tree.nodes[node as usize].mask, node }).collect()
            };
            let (roots, opens) = (from(self, 0), self.start.map_or_else(Vec::new, |start| from(self, start)));
            self.begins[id.index() / 64] |= u64::from(!roots.is_empty() || !opens.is_empty()) << (id.index() % 64);
            self.known.push(Known {
                bits: symbols.iter().fold(0, |all, &s| all | bit(s)),
                ahead: roots.iter().fold(0, |all, root| all | root.mask),
                symbols: Stretch { at: self.lists.len() as u32, len: symbols.len() as u16 },
                roots: Stretch { at: self.roots.len() as u32, len: roots.len() as u16 },
                opens: opens.len() as u16,
                alone: roots.iter().find_map(|root| self.nodes[root.node as usize].end),
            });
            self.lists.extend(&symbols);
            self.roots.extend(roots.into_iter().chain(opens));
        }
    }

    /// The word `id`, and whether some pattern may begin with it; how it is `written` is asked where no lexicon holds it.
    #[inline]
    pub fn piece<'w>(&self, id: WordId, written: impl FnOnce() -> &'w str) -> (Piece, bool) {
        if id.known() {
            let begins = self.begins.get(id.index() / 64).is_some_and(|bits| bits >> (id.index() % 64) & 1 != 0);
            return (Piece { id, stem: None }, begins);
        }
        self.unknown(written())
    }

    fn unknown(&self, written: &str) -> (Piece, bool) {
        let stem = self.stem_of_written(written);
        let leads_on = |s: u32| self.roots().into_iter().flatten().any(|root| self.child(root, STEM | s).is_some());
        (Piece { id: WordId::NONE, stem }, self.any_begins || self.stems_from(stem).any(leads_on))
    }

    /// The bits of a word's symbols, see [`bit`].
    #[inline]
    fn bits(&self, word: Piece) -> u64 {
        match self.known_of(word.id) {
            Some(known) => known.bits,
            None => self.stems_from(word.stem).fold(bit(ANY), |all, s| all | bit(STEM | s)),
        }
    }

    /// Whether a pattern that begins with `known` may go on with the second of `words`.
    #[inline]
    fn goes_on(&self, known: &Known, words: &[Piece]) -> bool {
        known.ahead != 0 && words.get(1).is_some_and(|&next| self.bits(next) & known.ahead != 0)
    }

    /// The longest pattern that starts at word `at` of `words`; of two equally long patterns the more exact one wins.
    /// `opens`: a clause begins at `at`.
    #[inline]
    pub fn longest(&self, words: &[Piece], at: usize, opens: bool) -> Option<Match> {
        let words = &words[at..];
        let known = self.known_of(words[0].id);
        match known {
            Some(known) if !(opens && known.opens != 0) && !self.goes_on(known, words) => {
                known.alone.map(|end| Match { entry: end.entry, len: 1, base: end.base })
            }
            Some(known) => self.search(known, words, opens),
            None => {
                let mut best = None;
                let [start, root] = self.roots();
                for node in start.filter(|_| opens).into_iter().chain(root) {
                    self.walk(node, words, 0, &mut best);
                }
                best
            }
        }
    }

    /// The longest pattern that the first of `words` begins, which is `known`.
    fn search(&self, known: &Known, words: &[Piece], opens: bool) -> Option<Match> {
        let mut best = None;
        if opens {
            let behind = Stretch { at: known.roots.at + u32::from(known.roots.len), len: known.opens };
            for root in behind.of(&self.roots) {
                self.end(root.node, 1, &mut best);
                self.walk(root.node, words, 1, &mut best);
            }
        }
        if best.is_none() {
            best = known.alone.map(|end| Match { entry: end.entry, len: 1, base: end.base });
        }
        let Some(&next) = words.get(1) else { return best };
        let next = self.bits(next);
        for root in known.roots.of(&self.roots).iter().filter(|root| root.mask & next != 0) {
            self.walk(root.node, words, 1, &mut best);
        }
        best
    }

    #[inline]
    fn known_of(&self, id: WordId) -> Option<&Known> {
        if id.known() { self.known.get(id.index()) } else { None }
    }

    /// Follow from `node`, which stands behind `read` of the words.
    fn walk(&self, node: u32, words: &[Piece], read: usize, best: &mut Option<Match>) {
        let Some(word) = words.get(read) else { return };
        let mask = self.nodes[node as usize].mask;
        let mut step = |symbol: u32| {
            if mask & bit(symbol) == 0 {
                return;
            }
            let Some(next) = self.child(node, symbol) else { return };
            self.end(next, read + 1, best);
            if words.get(read + 1).is_some_and(|&word| self.bits(word) & self.nodes[next as usize].mask != 0) {
                self.walk(next, words, read + 1, best);
            }
        };
        match self.known_of(word.id) {
            Some(known) => known.symbols.of(&self.lists).iter().for_each(|&symbol| step(symbol)),
            None => self.stems_from(word.stem).map(|s| STEM | s).chain([ANY]).for_each(step),
        }
    }

    /// Note the pattern that ends at `node`, behind `read` of the words, where it is longer than the best so far.
    #[inline]
    fn end(&self, node: u32, read: usize, best: &mut Option<Match>) {
        if let Some(end) = self.nodes[node as usize].end
            && best.is_none_or(|b| (b.len as usize) < read)
        {
            *best = Some(Match { entry: end.entry, len: read as u32, base: end.base });
        }
    }

    /// A stem and all shorter ones of the same words.
    fn stems_from(&self, longest: Option<u32>) -> impl Iterator<Item = u32> {
        std::iter::successors(longest, |&s| self.stems[s as usize].1)
    }

    /// The node to which `symbol` leads from `node`.
    #[inline]
    fn child(&self, node: u32, symbol: u32) -> Option<u32> {
        let node = &self.nodes[node as usize];
        if node.mask & bit(symbol) == 0 {
            return None;
        }
        let steps = &self.steps[node.first as usize..][..node.count as usize];
        steps.binary_search_by_key(&symbol, |s| s.0).ok().map(|i| steps[i].1)
    }

    /// The longest stem of a word as it is written. Most words no lexicon holds are names, and their first letters
    /// already tell that there is none.
    fn stem_of_written(&self, word: &str) -> Option<u32> {
        if self.begins_stem(word) { self.stem_of(&fold(word)) } else { None }
    }

    /// Whether some stem may begin a word, as far as its first letters tell.
    fn begins_stem(&self, word: &str) -> bool {
        letters(word.as_bytes()).map(head).is_none_or(|head| self.heads[head / 64] & 1 << (head % 64) != 0)
    }

    /// The longest stem that `text` (folded) starts with.
    fn stem_of(&self, text: &str) -> Option<u32> {
        let initial = text.bytes().next().map_or(0, usize::from);
        let (first, end) = (self.initials[initial] as usize, self.initials[initial + 1] as usize);
        let i = first + self.stems[first..end].partition_point(|(s, _)| **s <= *text);
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

fn weight(table: &Table, row: Row) -> Result<f64> {
    let w = table.number(row, 1)?;
    if w.abs() > 4.0 {
        return Err(Error::data(table.place(row), format!("`{}`: expected a weight from -4 to 4, found `{}`", &row.cells[0], &row.cells[1])));
    }
    Ok(w)
}

fn reverser(table: &Table, row: Row) -> Result<Sense> {
    let outcome = |column: usize| -> Result<Outcome> {
        if &row.cells[column] == "=" { Ok(Outcome::Keep) } else { Ok(Outcome::Weight(table.number(row, column)?)) }
    };
    let reach = match &row.cells[5] {
        "after" => Reach::After,
        "both" => Reach::Both,
        "before" => Reach::Before,
        other => return Err(Error::data(table.place(row), format!("expected `after`, `both` or `before`, found `{other}`"))),
    };
    Ok(Sense::Reverser { alone: table.number(row, 1)?, good: outcome(2)?, bad: outcome(3)?, ill: outcome(4)?, reach })
}

fn shift(table: &Table, row: Row) -> Result<Shift> {
    Ok(match &row.cells[1] {
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
    /// Of each entry its table and its row.
    places: Vec<(&'v Table, Row<'v>)>,
    heads: Vec<Head>,
    next: Vec<Head>,
}

/// Where a pattern that is being read stands in the tree.
#[derive(Clone, Copy)]
struct Head {
    node: u32,
    /// Whether the first word stands in its base form.
    base: bool,
    /// Words so far.
    words: usize,
}

impl<'v> Builder<'v> {
    fn class(&mut self, row: Row) {
        let id = CLASS | self.class_ids.len() as u32;
        self.class_ids.insert(row.cells[0].to_owned(), id);
        for word in row.cells[1].split('|') {
            let word = self.vocab.intern(word);
            self.words.classes.entry(word).or_default().push(id);
        }
    }
    fn stems_of(&mut self, pattern: &str) {
        for alternative in elements(pattern).filter(|e| e.contains('*')).flat_map(|e| e.trim_end_matches('?').split('|')) {
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
    fn entry(&mut self, table: &'v Table, row: Row<'v>, sense: Sense, category: &str, replace: bool) -> Result<()> {
        let pattern = &row.cells[0];
        let entry = self.words.entries.len() as u32;
        self.words.entries.push(Entry { pattern: pattern.to_owned(), sense, category: category.to_owned() });
        self.places.push((table, row));
        let (mut heads, mut next) = (std::mem::take(&mut self.heads), std::mem::take(&mut self.next));
        let root = |node: u32| Head { node, base: true, words: 0 };
        heads.clear();
        heads.push(root(0));
        for element in elements(pattern) {
            if element == "^" {
                heads.clear();
                heads.push(root(self.child(0, START)));
                continue;
            }
            let (element, optional) = element.strip_suffix('?').map_or((element, false), |e| (e, true));
            next.clear();
            if optional {
                next.extend(&heads);
            }
            for (form, alternative) in element.split('|').enumerate() {
                let sym = self.symbol(table, row, alternative)?;
                for head in &heads {
                    let base = if head.words == 0 { form <= 1 } else { head.base };
                    next.push(Head { node: self.child(head.node, sym), base, words: head.words + 1 });
                }
            }
            std::mem::swap(&mut heads, &mut next);
        }
        for &Head { node, base, words } in &heads {
            if words == 0 || words > LONGEST {
                return Err(Error::data(table.place(row), format!("expected a pattern of 1 to {LONGEST} words, found `{pattern}`")));
            }
            let slot = &mut self.words.ends[node as usize];
            match slot {
                Some(end) if end.entry != entry && !replace => {
                    let (other, its) = self.places[end.entry as usize];
                    let message = format!("`{pattern}` matches the same words as `{}` ({})", &its.cells[0], other.place(its));
                    return Err(Error::data(table.place(row), message));
                }
                Some(end) if end.entry == entry => end.base |= base,
                _ => *slot = Some(End { entry, base }),
            }
        }
        (self.heads, self.next) = (heads, next);
        Ok(())
    }
    fn symbol(&mut self, table: &Table, row: Row, alternative: &str) -> Result<u32> {
        if alternative == "_" {
            return Ok(ANY);
        }
        if let Some(class) = alternative.strip_prefix('<').and_then(|a| a.strip_suffix('>')) {
            return self.class_ids.get(class).copied().ok_or_else(|| {
                Error::data(table.place(row), format!("`{}`: expected a class of tone_classes.tsv, found `<{class}>`", &row.cells[0]))
            });
        }
        if let Some(stem) = alternative.strip_suffix('*') {
            let stem = fold(stem);
            if let Ok(i) = self.words.stems.binary_search_by(|(s, _)| (**s).cmp(&stem)) {
                return Ok(STEM | i as u32);
            }
        }
        if alternative.is_empty() || alternative.contains(['*', '<', '>']) {
            return Err(Error::data(table.place(row), format!("expected words, found `{}`", &row.cells[0])));
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
