//! The actors of a run, compiled for look-up by name, alias and country. Reads no text.

use super::Actors;
use crate::annotation::{ActorId, Gender};
use crate::language::Language;
use crate::language::name::{CountryId, NOWHERE, PhraseKind, Title, flag};
use crate::language::vocab::{fold, key, name_key};
use crate::span::Span;
use crate::token;
use hashbrown::HashMap;

/// A term of a country that the general table lacks.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its words after the first, as [`name_key`]s.
    pub rest: Vec<u64>,
    /// Country, demonym or capital.
    pub kind: PhraseKind,
    /// Whose.
    pub country: CountryId,
}

/// Compiled [`Actors`].
#[derive(Debug, Default)]
pub struct Index {
    names: HashMap<u64, ActorId>,
    surnames: HashMap<u64, Vec<ActorId>>,
    /// Aliases with an article, by their first word behind it: the others and whose.
    epithets: HashMap<u64, Vec<(Vec<u64>, ActorId)>>,
    terms: HashMap<u64, Vec<Term>>,
    leader_of: Vec<Option<ActorId>>,
    country_of: Vec<CountryId>,
    profiles: Vec<Profile>,
    sides: Sides,
}

/// What the name of a body or a group tells its side by: the words for each leader's country, and his short name.
#[derive(Debug, Default)]
struct Sides {
    words: [Vec<String>; 2],
    /// A bit for each byte with which those begin.
    initials: [u64; 4],
}

impl Sides {
    fn of(actors: &Actors) -> Sides {
        let mut sides = Sides::default();
        let leaders = actors.leaders().into_iter().flatten().enumerate();
        for (word, side) in leaders.flat_map(|(l, leader)| leader.country_words().chain([actors.short(l as ActorId)]).map(move |word| (word, l))) {
            if let Some(&first) = word.as_bytes().first() {
                sides.initials[first as usize / 64] |= 1 << (first % 64);
                sides.words[side].push(word.to_owned());
            }
        }
        sides
    }
    fn begins(&self, byte: u8) -> bool {
        self.initials[byte as usize / 64] >> (byte % 64) & 1 != 0
    }
}

/// What an actor's entry tells of him.
#[derive(Debug)]
pub struct Profile {
    /// The keys of his name's words, without titles and suffixes.
    pub keys: Vec<u64>,
    /// The gender that his pronouns tell.
    pub called: Gender,
    /// That, or the one that his first name or a title tells.
    pub gender: Gender,
    /// The titles in his title and before his name.
    pub titles: Vec<Title>,
}

/// One key for a sequence of word keys.
pub fn sequence(words: &[u64]) -> u64 {
    words.iter().fold(0x9e37_79b9_7f4a_7c15, |h, w| (h.rotate_left(23) ^ w).wrapping_mul(0x2545_f491_4f6c_dd1d))
}

/// The keys of a term's words; marks and clitics are left out.
pub fn keys(term: &str) -> Vec<u64> {
    words(term).map(|span| key(span.of(term))).collect()
}

/// The same, as names are looked up in a text.
fn name_keys(term: &str) -> Vec<u64> {
    words(term).map(|span| name_key(term, span)).collect()
}

fn words(term: &str) -> impl Iterator<Item = Span> {
    let vocab = crate::language::vocab::Vocab::default();
    token::split_with(term, &vocab).into_iter().filter(|t| t.kind != token::TokenKind::Mark).map(|t| t.span)
}

/// A full name in two: the titles before it, and the name without the number or suffix behind it ("King", "Charles" of
/// "King Charles III"). A title that nothing follows is a name.
fn called<'n>(name: &'n str, lang: &Language) -> (&'n str, &'n str) {
    let tokens = token::split_with(name, &lang.vocab);
    let words: Vec<&token::Token> = tokens.iter().filter(|t| t.kind != token::TokenKind::Mark).collect();
    let is_title = |t: &&&token::Token| lang.name.title(t.word).is_some();
    // "Norwegian Prime Minister"
    let leads = |t: &&&token::Token| is_title(t) || lang.name.flags(t.word) & flag::PHRASE != 0;
    let leading = words.iter().take(words.len().saturating_sub(1)).take_while(leads).count();
    let titled = words[..leading].iter().rposition(|t| is_title(&t)).map_or(0, |last| last + 1);
    let is_suffix = |t: &&&token::Token| lang.name.flags(t.word) & flag::SUFFIX != 0;
    let suffixed = words[titled..].iter().skip(1).rev().take_while(is_suffix).count();
    match (words.get(titled), words.len().checked_sub(suffixed + 1).and_then(|l| words.get(l))) {
        (Some(first), Some(last)) => (name[..first.span.start as usize].trim(), &name[first.span.start as usize..last.span.end as usize]),
        _ => ("", name),
    }
}

impl Index {
    /// Compile.
    pub fn new(actors: &Actors, lang: &Language) -> Index {
        let known = lang.name.countries.len();
        let mut index = Index { leader_of: vec![None; known], ..Index::default() };
        let mut shared = vec![false; known];
        for (id, actor) in actors.list.iter().enumerate() {
            let id = id as ActorId;
            let (before, alone) = called(&actor.name, lang);
            let name = name_keys(alone);
            index.names.entry(sequence(&name)).or_insert(id);
            let called = actors.gender(id, lang);
            let titles: Vec<Title> = [&actor.title, before].into_iter().flat_map(|t| lang.name.titles_in(&lang.vocab, t)).collect();
            let first = alone.split_whitespace().next().filter(|_| name.len() > 1).map(|first| lang.name.first_name(lang.vocab.get(&fold(first))));
            let told = [Some(called), first].into_iter().flatten().chain(titles.iter().map(|t| t.gender));
            let gender = told.into_iter().find(|g| *g != Gender::Unknown).unwrap_or_default();
            index.profiles.push(Profile { keys: name.clone(), called, gender, titles });
            for form in std::iter::once(&actor.name).chain(&actor.aliases) {
                let words = name_keys(strip_article(form, lang));
                index.names.entry(sequence(&words)).or_insert(id);
                if strip_article(form, lang) != form.trim()
                    && let Some((&first, rest)) = words.split_first()
                {
                    let list = index.epithets.entry(first).or_default();
                    list.push((rest.to_vec(), id));
                    list.sort_by_key(|e| std::cmp::Reverse(e.0.len()));
                }
                // A single word that is no full name: the surname, however the user wrote it.
                if let [word] = words[..] {
                    add(&mut index.surnames, word, id);
                }
            }
            if let Some(&last) = name.last() {
                add(&mut index.surnames, last, id);
            }
            // "Ana Ruiz Soto" is "Ruiz" in the news.
            if actors.is_leader(id) && name.len() > 2 {
                let words: Vec<&str> = alone.split_whitespace().collect();
                // "Ana Maria Ruiz Soto": of four words, the last but one is no given name.
                let paternal = |n: usize| n + 2 == words.len() && n > 1;
                let given = |w: &str| lang.name.flags(lang.vocab.get(&fold(w))) & flag::FIRST_NAME != 0;
                let surname = |n: &usize| words[*n].len() > 3 && words[*n].starts_with(char::is_uppercase) && (paternal(*n) || !given(words[*n]));
                for word in (1..words.len() - 1).filter(surname).map(|n| words[n]) {
                    add(&mut index.surnames, name_key(word, Span::new(0, word.len())), id);
                }
            }
            let country = index.country(actor, lang);
            index.country_of.push(country);
            if actors.is_leader(id) && country != NOWHERE {
                let at = country as usize;
                if index.leader_of.len() <= at {
                    index.leader_of.resize(at + 1, None);
                    shared.resize(at + 1, false);
                }
                // Two leaders of one country: its name tells neither.
                shared[at] |= index.leader_of[at].is_some();
                index.leader_of[at] = if shared[at] { None } else { Some(id) };
            }
        }
        index.sides = Sides::of(actors);
        index
    }
    fn country(&mut self, actor: &super::Actor, lang: &Language) -> CountryId {
        let named = std::iter::once(&actor.country).chain(&actor.demonyms).chain(std::iter::once(&actor.capital)).filter(|s| !s.is_empty());
        let Some(name) = named.clone().next() else { return NOWHERE };
        let id = lang.name.country(name).or_else(|| self.own(name));
        let id = id.unwrap_or_else(|| {
            let used = self.terms.values().flatten().map(|t| t.country as usize + 1).max().unwrap_or(0);
            used.max(lang.name.countries.len()) as CountryId
        });
        let kinds = std::iter::once((&actor.country, PhraseKind::Country))
            .chain(actor.demonyms.iter().map(|d| (d, PhraseKind::Demonym)))
            .chain(std::iter::once((&actor.capital, PhraseKind::Capital)));
        for (term, kind) in kinds {
            if term.is_empty() || lang.name.country(term).is_some() {
                continue;
            }
            let words = name_keys(term);
            if let Some((&first, rest)) = words.split_first() {
                let terms = self.terms.entry(first).or_default();
                if !terms.iter().any(|t| t.rest == rest) {
                    terms.push(Term { rest: rest.to_vec(), kind, country: id });
                    terms.sort_by_key(|t| std::cmp::Reverse(t.rest.len()));
                }
            }
        }
        id
    }
    fn own(&self, name: &str) -> Option<CountryId> {
        let words = name_keys(name);
        let (first, rest) = words.split_first()?;
        self.terms.get(first)?.iter().find(|t| t.rest == rest).map(|t| t.country)
    }
    /// The actor of that full name or alias (a [`sequence`] of keys, without an article).
    pub fn named(&self, sequence: u64) -> Option<ActorId> {
        self.names.get(&sequence).copied()
    }
    /// Actors whose last name, or alias of one word, has that key.
    pub fn by_surname(&self, key: u64) -> &[ActorId] {
        self.surnames.get(&key).map_or(&[], Vec::as_slice)
    }
    /// Aliases that were given with an article and begin with this key, the longest first: their further words and whose they are.
    pub fn epithets_at(&self, key: u64) -> &[(Vec<u64>, ActorId)] {
        self.epithets.get(&key).map_or(&[], Vec::as_slice)
    }
    /// Whether any alias was given with an article.
    pub fn has_epithets(&self) -> bool {
        !self.epithets.is_empty()
    }
    /// Key of an actor's first name; 0 where only one word is known.
    pub fn first_name(&self, id: ActorId) -> u64 {
        match self.profiles[id as usize].keys[..] {
            [first, _, ..] => first,
            _ => 0,
        }
    }
    /// The leaders whose country or name stands in a name as a whole word.
    pub fn sides_in(&self, name: &str) -> [bool; 2] {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let whole = |at: usize, word: &str| name.as_bytes()[at..].starts_with(word.as_bytes()) && !letter(name[at + word.len()..].chars().next());
        let mut found = [false; 2];
        for (at, _) in name.bytes().enumerate().filter(|(_, byte)| self.sides.begins(*byte)) {
            if !letter(name[..at].chars().next_back()) {
                for (found, words) in found.iter_mut().zip(&self.sides.words) {
                    *found |= words.iter().any(|word| whole(at, word));
                }
            }
        }
        found
    }
    /// Whether any actor's country has a term that the general table lacks.
    pub fn has_terms(&self) -> bool {
        !self.terms.is_empty()
    }
    /// Terms of the actors' own countries that begin with this key.
    pub fn terms_at(&self, key: u64) -> &[Term] {
        self.terms.get(&key).map_or(&[], Vec::as_slice)
    }
    /// The one leader of a country.
    pub fn leader_of(&self, country: CountryId) -> Option<ActorId> {
        self.leader_of.get(country as usize).copied().flatten()
    }
    /// What an actor's entry tells.
    pub fn profile(&self, id: ActorId) -> &Profile {
        &self.profiles[id as usize]
    }
    /// An actor's country.
    pub fn country_of(&self, id: ActorId) -> CountryId {
        self.country_of.get(id as usize).copied().unwrap_or(NOWHERE)
    }
}

fn add(map: &mut HashMap<u64, Vec<ActorId>>, key: u64, id: ActorId) {
    let ids = map.entry(key).or_default();
    if !ids.contains(&id) {
        ids.push(id);
    }
}

/// `the Polish leader` → `Polish leader`.
fn strip_article<'a>(form: &'a str, lang: &Language) -> &'a str {
    match form.trim().split_once(' ') {
        Some((first, rest)) if lang.name.flags(lang.vocab.get(&fold(first))) & flag::DETERMINER != 0 => rest,
        _ => form.trim(),
    }
}
