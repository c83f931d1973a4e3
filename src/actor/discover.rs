//! A corpus → its actors: full names, titles, countries and pronouns of the leaders, who speaks for
//! whose government, and, where nobody is given, the pair who speak most about each other. One pass
//! over the tokens; what the user gave is completed, never overruled, and what the texts do not tell
//! stays empty.

use super::{Actor, Actors};
use crate::annotation::Gender;
use crate::article::Article;
use crate::language::Language;
use crate::language::name::{CountryId, NOWHERE, NounKind, Office, PhraseKind, Title, flag};
use crate::language::quote::Role;
use crate::language::vocab::{WordId, key, name_key};
use crate::run;
use crate::span::Span;
use crate::token::{self, Shape, Token, TokenKind};
use hashbrown::HashSet;
use std::collections::BTreeMap;
use std::ops::Range;

/// Articles read for learning, at most.
pub const SAMPLE: usize = 20_000;
/// Articles that are counted together, alone on a thread.
const PART: usize = 64;
/// Further actors kept, the most frequent first.
const OFFICIALS: usize = 200;
/// Tokens between a title and the country before it, at most.
const REACH: usize = 6;
/// Tokens between a name and a pronoun that tells its gender, at most.
const NEAR: usize = 25;
/// Tokens from the comma behind a name to a title in apposition, at most.
const APPOSED: usize = 6;
/// Tokens between an article and the title behind it, at most.
const ADJECTIVES: usize = 4;
/// Points from which on a word is a land's though names end in it.
const TOLD: u32 = 4;
/// A country is named at least so often that is a leader's for no better reason, and twice as often as any other.
const OFTEN: u32 = 5;
/// Letters of an abbreviated title ("Gov."), at most.
const ABBREVIATED: usize = 5;
/// Letters of each half of a first name with a hyphen, at most.
const SYLLABLE: usize = 6;
/// Letters by which an adjective is longer than its country's name, at most, where both are read as names.
const DEMONYM: usize = 2;
/// The same, where the adjective is read as one.
const SUFFIX: usize = 4;
/// Letters from which on an ending has three, else two.
const LONG: usize = 9;
/// Words in a name, at most.
const WORDS: usize = 5;

/// Counts by surface form; ordered, so that ties fall to the same form every time.
type Forms = BTreeMap<String, u32>;

fn top(forms: &Forms) -> Option<&str> {
    forms.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(form, _)| form.as_str())
}

fn bump(forms: &mut Forms, form: &str) {
    match forms.get_mut(form) {
        Some(n) => *n += 1,
        None => {
            forms.insert(form.to_owned(), 1);
        }
    }
}

/// The part of a country's name or adjective that both share: all but an ending.
fn stem(word: &str) -> &str {
    let letters = word.chars().count();
    let ending = if letters < LONG { 2 } else { 3 };
    word.char_indices().nth(letters.saturating_sub(ending).max(4)).map_or(word, |(end, _)| &word[..end])
}

/// Whether two words may be the name and the adjective of one country.
fn akin(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && (a.starts_with(stem(b)) || b.starts_with(stem(a)))
}

/// Whether a word may be the name or the adjective of an actor's country.
fn akin_to(actor: &Actor, word: &str) -> bool {
    akin(word, &actor.country) || actor.demonyms.iter().any(|d| akin(word, d))
}

/// What was counted often, and far oftener than all else.
fn foremost(mut counted: Vec<(u32, Land)>) -> Option<(u32, Land)> {
    counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let runner = counted.get(1).map_or(0, |c| c.0);
    counted.into_iter().next().filter(|(n, _)| *n >= OFTEN && *n > 2 * runner)
}

/// The words of some tokens, one space between them.
fn words(text: &str, tokens: &[Token], at: Range<usize>) -> String {
    let words = &text[tokens[at.start].span.start as usize..tokens[at.end - 1].span.end as usize];
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the corpus tells of one name.
#[derive(Debug, Default)]
struct Found {
    forms: Forms,
    /// First and last word.
    ends: (u64, u64),
    first: Option<WordId>,
    count: u32,
    titles: Forms,
    /// Kinds of office without "former", by canonical title.
    offices: BTreeMap<(Office, WordId), u32>,
    countries: BTreeMap<CountryId, u32>,
    /// Words in the place of a country that no table holds.
    unknown: Forms,
    male: u32,
    female: u32,
}

impl Found {
    /// Told that he rules a land.
    fn rules(&mut self, land: Land) {
        match land {
            Land::Known(country) => *self.countries.entry(country).or_default() += 1,
            Land::Own(word) => *self.unknown.entry(word).or_default() += 2,
        }
    }
    fn join(&mut self, later: Found) {
        fn add<K: Ord>(counts: &mut BTreeMap<K, u32>, later: BTreeMap<K, u32>) {
            for (key, n) in later {
                *counts.entry(key).or_default() += n;
            }
        }
        add(&mut self.forms, later.forms);
        add(&mut self.titles, later.titles);
        add(&mut self.offices, later.offices);
        add(&mut self.countries, later.countries);
        add(&mut self.unknown, later.unknown);
        self.ends = later.ends;
        self.first = later.first.or(self.first);
        self.count += later.count;
        self.male += later.male;
        self.female += later.female;
    }
}

/// Somebody named at one place; what pairs are counted from.
#[derive(Clone, Copy, Debug)]
struct Event {
    paragraph: u32,
    surname: u64,
    speaks: bool,
}

/// Where a land's name was read: a country of the table, or a word that no table holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Land {
    Known(CountryId),
    Own(String),
}

/// What the corpus tells of those who rule by one title, without their names ("the Polish president").
#[derive(Debug, Default)]
struct Rule {
    /// Whose, with points: two where the words tell of a land ("of Ostland"), one for a word before the title.
    lands: BTreeMap<Land, u32>,
    forms: Forms,
    /// A state's or government's; else only a "leader".
    head: bool,
    male: u32,
    female: u32,
}

/// What ties a leader to a land whose ruler the text does not name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    Title,
    Gender,
    /// Sentences that tell the other leader beside the land's ruler.
    Apart,
    /// No other land and no other leader is left.
    Rest,
}

impl Rule {
    fn join(&mut self, later: Rule) {
        for (land, n) in later.lands {
            *self.lands.entry(land).or_default() += n;
        }
        for (form, n) in later.forms {
            *self.forms.entry(form).or_default() += n;
        }
        self.head |= later.head;
        self.male += later.male;
        self.female += later.female;
    }
}

/// Who is named in the sentence at hand, in the narrator's words.
#[derive(Debug, Default)]
struct Named {
    people: Vec<u64>,
    /// Lands whose rulers are named without their names.
    rulers: Vec<Land>,
    /// The token behind the last name.
    end: Option<usize>,
}

#[derive(Debug)]
struct Tally<'l> {
    lang: &'l Language,
    /// Full names by first and last word.
    full: BTreeMap<(u64, u64), Found>,
    /// What stands round a bare surname.
    bare: BTreeMap<u64, Found>,
    /// Heads of state or government by their title.
    rules: BTreeMap<WordId, Rule>,
    /// How often each country of the table is named.
    countries: BTreeMap<CountryId, u32>,
    /// How often a sentence names somebody beside a land's ruler, who so is somebody else.
    apart: BTreeMap<(Land, u64), u32>,
    events: Vec<Event>,
    paragraph: u32,
}

/// Learn actors from `articles`; `given` is kept and completed.
pub fn learn(articles: &[&Article], given: &Actors, lang: &Language) -> Actors {
    let parts = run::map(articles.len().div_ceil(PART), |n| {
        let mut tally = Tally::new(lang);
        for article in articles[n * PART..].iter().take(PART) {
            tally.read(&article.text);
            tally.paragraph += 1;
        }
        tally
    });
    let tally = parts.into_iter().fold(Tally::new(lang), Tally::join);
    let mut list = given.list.clone();
    let mut dyad = given.dyad;
    if !dyad && let Some(pair) = tally.pair() {
        list.splice(0..0, pair.map(|name| Actor { name, ..Actor::default() }));
        dyad = true;
    }
    for actor in &mut list {
        tally.complete(actor, articles);
    }
    if dyad {
        tally.realms(&mut list, articles);
        tally.officials(&mut list);
    }
    Actors::new(list, dyad)
}

impl<'l> Tally<'l> {
    fn new(lang: &'l Language) -> Self {
        Tally {
            lang,
            full: BTreeMap::new(),
            bare: BTreeMap::new(),
            rules: BTreeMap::new(),
            countries: BTreeMap::new(),
            apart: BTreeMap::new(),
            events: Vec::new(),
            paragraph: 0,
        }
    }
    /// With what the articles after these tell.
    fn join(mut self, later: Tally<'l>) -> Self {
        for (name, found) in later.full {
            self.full.entry(name).or_default().join(found);
        }
        for (name, found) in later.bare {
            self.bare.entry(name).or_default().join(found);
        }
        for (title, rule) in later.rules {
            self.rules.entry(title).or_default().join(rule);
        }
        for (country, n) in later.countries {
            *self.countries.entry(country).or_default() += n;
        }
        for (pair, n) in later.apart {
            *self.apart.entry(pair).or_default() += n;
        }
        self.events.extend(later.events.into_iter().map(|e| Event { paragraph: e.paragraph + self.paragraph, ..e }));
        self.paragraph += later.paragraph;
        self
    }
    fn read(&mut self, text: &str) {
        let tokens = token::split(text, self.lang);
        let mut at = 0;
        // The last name that can be the antecedent of a pronoun: its surname, and where it stood.
        let mut last: Option<(u64, usize)> = None;
        // The same of a title without a name.
        let mut ruler: Option<(WordId, usize)> = None;
        // Inside marks: who is spoken of there need not be whom the narrator named last.
        let mut quoted = false;
        // Tokens of the narrator so far: distances are in these.
        let mut told = 0;
        let mut sentence = Named::default();
        while at < tokens.len() {
            if tokens[at].newline && at > 0 {
                self.paragraph += 1;
                (last, ruler, quoted) = (None, None, false);
                self.part(&mut sentence);
            }
            told += usize::from(!quoted);
            if tokens[at].kind == TokenKind::Mark {
                quoted = match tokens[at].of(text) {
                    "“" | "‘" => true,
                    "”" | "’" => false,
                    "\"" | "«" | "»" => !quoted,
                    _ => quoted,
                };
                if !quoted && matches!(tokens[at].of(text), "." | "?" | "!") {
                    self.part(&mut sentence);
                }
                at += 1;
                continue;
            }
            let flags = self.flags(&tokens, at);
            if flags & (flag::PHRASE | flag::TITLE | flag::PRONOUN) == 0 && !tokens[at].capital() {
                at += 1;
                continue;
            }
            if let Some((title, end)) = self.head(&tokens, at) {
                let rule = self.rule(text, &tokens, title, at..end);
                ruler = rule.as_ref().map(|rule| (rule.0, told));
                if let Some((_, land)) = rule {
                    if !quoted && let Some(land) = land {
                        // "Olimov, the Ostlandish president,": the same man.
                        let same = sentence.end.is_some_and(|name| tokens[name].is_mark(text, b',') && name + APPOSED > at);
                        match sentence.people.last() {
                            Some(&surname) if self.becomes(&tokens, at) => self.bare.entry(surname).or_default().rules(land),
                            _ if !same => sentence.rulers.push(land),
                            _ => {}
                        }
                    }
                    at = end;
                    continue;
                }
            }
            if tokens[at].is_word() && flags & flag::PRONOUN != 0 {
                if let Some(p) = self.lang.name.pronoun(tokens[at].word).filter(|p| !quoted && matches!(p.gender, Gender::Male | Gender::Female)) {
                    let (male, female) = (u32::from(p.gender == Gender::Male), u32::from(p.gender == Gender::Female));
                    if let Some((title, _)) = ruler.take().filter(|r| told - r.1 < NEAR) {
                        let rule = self.rules.entry(title).or_default();
                        rule.male += male;
                        rule.female += female;
                    }
                    if let Some((surname, _)) = last.take().filter(|l| told - l.1 < NEAR) {
                        let found = self.bare.entry(surname).or_default();
                        found.male += male;
                        found.female += female;
                    }
                }
                at += 1;
                continue;
            }
            if let Some((_, country, _)) = self.geo(&tokens, at).filter(|g| g.1 != NOWHERE) {
                *self.countries.entry(country).or_default() += 1;
            }
            if !tokens[at].capital() || !self.begins_name(&tokens, at) {
                at += 1;
                continue;
            }
            let end = self.name_end(&tokens, at);
            let surname = self.name(text, &tokens, at, end);
            if !quoted {
                // Who only stands beside the one who acts is not the next "he".
                last = surname.filter(|_| self.acts(text, &tokens, at, end)).map(|surname| (surname, told));
                ruler = None;
                sentence.people.extend(surname);
                sentence.end = (end < tokens.len()).then_some(end);
            }
            at = end;
        }
        self.part(&mut sentence);
    }
    /// Count who stood in a sentence beside a land's ruler.
    fn part(&mut self, sentence: &mut Named) {
        for land in sentence.rulers.drain(..) {
            for &surname in &sentence.people {
                *self.apart.entry((land.clone(), surname)).or_default() += 1;
            }
        }
        sentence.people.clear();
        sentence.end = None;
    }
    /// Whether a title is what somebody is or becomes: "was elected president of Ostland", "is the Ostlandish president".
    fn becomes(&self, tokens: &[Token], at: usize) -> bool {
        let is = |k: usize| self.lang.quote.role(tokens[k].word).any(Role::Be | Role::As);
        let article = (at.saturating_sub(ADJECTIVES)..at).rev().find(|&k| self.flags(tokens, k) & flag::DETERMINER != 0);
        let land = at > 0 && (tokens[at - 1].capital() || !tokens[at - 1].spaced);
        match article {
            Some(k) => k > 0 && is(k - 1),
            None => !land || at > 1 && is(at - 2),
        }
    }
    /// Whether a name is the subject of a verb right behind it, or right before it ("said Vega").
    fn acts(&self, text: &str, tokens: &[Token], at: usize, end: usize) -> bool {
        let verb = |k: usize| self.flags(tokens, k) & (flag::VERB | flag::AUXILIARY) != 0;
        let past = |k: usize| {
            let plain = flag::NOUN | flag::ADJECTIVE | flag::STOP;
            tokens.get(k).is_some_and(|t| !t.capital() && self.flags(tokens, k) & plain == 0 && self.lang.quote.ends_as(t.of(text), Role::Ended))
        };
        verb(end) || past(end) || at > 0 && self.flags(tokens, at - 1) & flag::VERB != 0
    }
    /// The title that begins at `at`, and where it ends.
    fn title(&self, tokens: &[Token], at: usize) -> Option<(Title, usize)> {
        let word = tokens[at].word;
        let phrase = self.lang.name.phrases_at(word).iter().find(|p| {
            let rest = tokens.get(at..at + p.words.len());
            p.kind == PhraseKind::Title && rest.is_some_and(|r| p.words.iter().zip(r).all(|(w, t)| *w == t.word))
        });
        match phrase {
            Some(p) => Some((self.lang.name.title_entry(p), at + p.words.len())),
            None => Some((self.lang.name.title(word).filter(|_| self.flags(tokens, at) & flag::TITLE != 0)?, at + 1)),
        }
    }
    /// The title of one who rules that begins at `at`, and where it ends.
    fn head(&self, tokens: &[Token], at: usize) -> Option<(Title, usize)> {
        let (title, end) = self.title(tokens, at)?;
        let before = at.checked_sub(1).filter(|_| !tokens[at].newline);
        // "the former president", "the vice-president": another.
        let other = before.is_some_and(|b| {
            self.flags(tokens, b) & (flag::PAST | flag::TITLE) != 0
                || self.title(tokens, b).is_some_and(|(_, end)| end > at)
                || tokens[b].kind == TokenKind::Mark && !tokens[at].spaced
        });
        (matches!(title.office, Office::Head | Office::Leader) && !other).then_some((title, end))
    }
    /// A head of state or government without a name: the title, and the land beside it. `None` where a name stands
    /// beside it.
    fn rule(&mut self, text: &str, tokens: &[Token], title: Title, at: Range<usize>) -> Option<(WordId, Option<Land>)> {
        let named =
            |k: usize| tokens.get(k).is_some_and(|t| t.capital() && !t.newline && self.geo(tokens, k).is_none() && self.begins_name(tokens, k));
        let comma = tokens.get(at.end).is_some_and(|t| t.is_mark(text, b','));
        if named(at.end) || comma && named(at.end + 1) {
            return None;
        }
        let of = tokens.get(at.end).filter(|t| self.lang.quote.role(t.word).any(Role::Of)).map(|_| {
            let article = self.flags(tokens, at.end + 1) & flag::DETERMINER != 0;
            at.end + 1 + usize::from(article)
        });
        let mut points = 2;
        let land = match of {
            Some(k) => {
                let land = self.land(text, tokens, k);
                // "the president of Kessaly, Ana Ruiz,", "the president of Kessaly National Bank"
                let end = self.geo(tokens, k).map_or(k + 1, |g| g.2);
                let comma = tokens.get(end).is_some_and(|t| t.is_mark(text, b','));
                if comma && named(end + 1) {
                    return None;
                }
                land.filter(|_| !tokens.get(end).is_some_and(|t| t.is_word() && t.capital() && t.spaced))
            }
            None => {
                let clitic = |k: usize| tokens[k].is_word() && !tokens[k].spaced && tokens[k].span.len() <= 4;
                let k = at.start.checked_sub(1).filter(|_| !tokens[at.start].newline);
                points = if k.is_some_and(clitic) { 2 } else { 1 };
                let k = k.map(|k| if clitic(k) { k.saturating_sub(1) } else { k });
                k.and_then(|k| match self.geo_ending(tokens, k) {
                    Some((PhraseKind::Place, _)) | None => self.land(text, tokens, k),
                    Some((_, country)) => (country != NOWHERE).then_some(Land::Known(country)),
                })
            }
        };
        let rule = self.rules.entry(title.canon).or_default();
        if let Some(land) = &land {
            *rule.lands.entry(land.clone()).or_default() += points;
            let form = &text[tokens[at.start].span.start as usize..tokens[at.end - 1].span.end as usize];
            bump(&mut rule.forms, &form.to_lowercase());
        }
        rule.head |= title.office == Office::Head;
        rule.male += u32::from(title.gender == Gender::Male);
        rule.female += u32::from(title.gender == Gender::Female);
        Some((title.canon, land))
    }
    /// The country whose name or adjective begins at `at`, or a word of the text's own that may be one.
    fn land(&self, text: &str, tokens: &[Token], at: usize) -> Option<Land> {
        let token = tokens.get(at).filter(|t| t.is_word() && t.capital())?;
        if let Some((kind, country, _)) = self.geo(tokens, at) {
            return (country != NOWHERE && kind != PhraseKind::Place).then_some(Land::Known(country));
        }
        let known = flag::FIRST_NAME | flag::COMMON | flag::PARTY | flag::CALENDAR | flag::TAIL | flag::TITLE | flag::NOUN | flag::MUTE | flag::STOP;
        let own = self.flags(tokens, at) & known == 0 && token.shape == Shape::Title && token.span.len() > 3;
        own.then(|| Land::Own(token.of(text).to_owned()))
    }
    fn flags(&self, tokens: &[Token], at: usize) -> u32 {
        tokens.get(at).map_or(0, |t| self.lang.name.flags(t.word))
    }
    fn begins_name(&self, tokens: &[Token], at: usize) -> bool {
        let flags = self.flags(tokens, at);
        let plain = flags
            & (flag::TITLE | flag::NOUN | flag::PARTY | flag::CALENDAR | flag::TAIL | flag::MUTE | flag::STOP | flag::ADJECTIVE | flag::COMMON)
            == 0;
        (plain || flags & flag::FIRST_NAME != 0 && flags & (flag::STOP | flag::CALENDAR) == 0)
            && tokens[at].is_word()
            && (self.geo(tokens, at).is_none() || flags & flag::FIRST_NAME != 0 && self.continues(tokens, at + 1))
    }
    fn continues(&self, tokens: &[Token], at: usize) -> bool {
        let Some(token) = tokens.get(at) else { return false };
        let flags = self.lang.name.flags(token.word);
        token.is_word()
            && token.capital()
            && !token.newline
            && token.spaced
            && flags & (flag::PARTY | flag::CALENDAR | flag::MUTE | flag::STOP) == 0
            && (flags & (flag::TITLE | flag::NOUN) == 0 || flags & flag::SUFFIX != 0)
    }
    fn name_end(&self, tokens: &[Token], at: usize) -> usize {
        let mut end = at + 1;
        for _ in 1..WORDS {
            let glued = |k: usize| tokens.get(k).is_some_and(|t| t.kind == TokenKind::Mark && !t.spaced);
            if self.continues(tokens, end) {
                end += 1;
            } else if tokens[end - 1].span.len() == 1 && glued(end) && self.continues(tokens, end + 1) {
                end += 2;
            } else if glued(end)
                && tokens[end].span.len() == 1
                && tokens.get(end + 1).is_some_and(|t| t.is_word() && !t.spaced && t.capital())
                && self.geo(tokens, end + 1).is_none()
            {
                end += 2;
            } else if glued(end)
                && tokens.get(end + 1).is_some_and(|t| t.is_word() && !t.spaced && self.flags(tokens, end + 1) & (flag::NOUN | flag::TITLE) == 0)
                && tokens[end - 1].shape == Shape::Title
                && tokens[end - 1].span.len().max(tokens[end + 1].span.len()) <= SYLLABLE
                && self.continues(tokens, end + 2)
            {
                // "Ji-won Baek"
                end += 3;
            } else if self.particle(tokens, end) && self.continues(tokens, end + 1) {
                end += 2;
            } else if self.particle(tokens, end) && glued(end + 1) && tokens.get(end + 2).is_some_and(|t| t.is_word() && !t.spaced && t.capital()) {
                // "Nasser al-Khouri"
                end += 3;
            } else {
                break;
            }
        }
        end
    }
    fn particle(&self, tokens: &[Token], at: usize) -> bool {
        self.flags(tokens, at) & flag::PARTICLE != 0 && tokens[at].shape == Shape::Lower
    }
    /// A country, demonym, capital or seat of a state at `at`.
    fn geo(&self, tokens: &[Token], at: usize) -> Option<(PhraseKind, CountryId, usize)> {
        let token = tokens.get(at).filter(|t| t.capital())?;
        self.lang.name.phrases_at(token.word).iter().find_map(|p| {
            let end = at + p.words.len();
            let fits = p.capital
                && (!p.upper || token.shape == Shape::Upper)
                && end <= tokens.len()
                && p.words.iter().zip(&tokens[at..end]).all(|(w, t)| *w == t.word);
            fits.then_some((p.kind, p.country, end))
        })
    }
    /// Count one name with what stands round it; its surname.
    fn name(&mut self, text: &str, tokens: &[Token], at: usize, end: usize) -> Option<u64> {
        let words: Vec<usize> = (at..end).filter(|&k| tokens[k].is_word()).collect();
        let (&first, &final_) = (words.first()?, words.last()?);
        let surname_at = if self.flags(tokens, final_) & flag::SUFFIX != 0 && words.len() > 1 { words[words.len() - 2] } else { final_ };
        let surname = key(tokens[surname_at].of(text));
        let verb = |k: usize| self.flags(tokens, k) & flag::VERB != 0;
        let speaks = verb(end) || at > 0 && verb(at - 1);
        if self.flags(tokens, final_) & flag::TAIL != 0 && self.flags(tokens, first) & flag::FIRST_NAME == 0 {
            return None;
        }
        self.events.push(Event { paragraph: self.paragraph, surname, speaks });
        let mut before = self.before(text, tokens, at);
        // "the ruler of Ostland, Boris Lind,", "the ruler of Ostland, Colonel Boris Lind,"
        let titled = (1..=at).rev().find(|&k| tokens[k].newline || self.flags(tokens, k - 1) & flag::TITLE == 0).unwrap_or(at);
        let apposed = titled > 1 && !tokens[titled].newline && tokens[titled - 1].is_mark(text, b',');
        let stateless = |c: &Context| titled < at && c.country == NOWHERE && c.unknown.is_none() && !c.past;
        if apposed && tokens.get(end).is_none_or(|t| t.kind == TokenKind::Mark) && before.as_ref().is_none_or(stateless) {
            before = self.introduced(text, tokens, titled - 1).or(before);
        }
        // "King Ansgar of Norrhavn"
        let of = tokens.get(end).is_some_and(|t| self.lang.quote.role(t.word).any(Role::Of));
        if let Some(context) = before.as_mut().filter(|c| of && c.country == NOWHERE && c.unknown.is_none())
            && let Some(land) = self.land(text, tokens, end + 1)
        {
            match land {
                Land::Known(country) => context.country = country,
                Land::Own(word) => (context.unknown, context.land) = (Some(word), true),
            }
        }
        if before.is_none() && words.len() > 1 {
            before = self.owned(text, tokens, at);
        }
        let behind = self.behind(text, tokens, end);
        let found = if words.len() > 1 {
            let found = self.full.entry((key(tokens[first].of(text)), surname)).or_default();
            found.ends = (key(tokens[first].of(text)), surname);
            found.first = Some(tokens[first].word);
            let form = &text[tokens[at].span.start as usize..tokens[end - 1].span.end as usize];
            bump(&mut found.forms, form);
            found
        } else {
            self.bare.entry(surname).or_default()
        };
        found.count += 1;
        for context in [before, behind].into_iter().flatten() {
            if !context.past {
                if let Some(title) = context.title {
                    *found.offices.entry((title.office, title.canon)).or_default() += 1;
                    if title.office != Office::Honorific {
                        bump(&mut found.titles, &context.words);
                    }
                }
            }
            if context.country != NOWHERE {
                *found.countries.entry(context.country).or_default() += 1;
            } else if let Some(word) = &context.unknown {
                bump(&mut found.unknown, word);
                if context.land {
                    bump(&mut found.unknown, word);
                }
            }
            if let Some(title) = context.title {
                found.male += 5 * u32::from(title.gender == Gender::Male);
                found.female += 5 * u32::from(title.gender == Gender::Female);
            }
        }
        Some(surname)
    }
    /// "Ostlandish Foreign Minister" before a name.
    fn before(&self, text: &str, tokens: &[Token], at: usize) -> Option<Context> {
        let mut context = Context::default();
        let mut title_from = at;
        // Where the title begins, with an adjective before it.
        let mut edge = at;
        let floor = at.saturating_sub(REACH);
        // "her Kenyan counterpart, Boris Lind"
        let comma = at > floor + 2 && !tokens[at].newline && tokens[at - 1].of(text) == ",";
        let opposite = |k: usize| self.flags(tokens, k) & flag::OPPOSITE != 0;
        let mut k = if comma && opposite(at - 2) { at - 1 } else { at };
        let counterpart = k > 0 && opposite(k - 1);
        k -= usize::from(counterpart);
        while k > floor {
            k -= 1;
            let token = tokens[k];
            if tokens[k + 1].newline {
                break;
            }
            let flags = self.lang.name.flags(token.word);
            if token.kind == TokenKind::Mark {
                let inside =
                    token.of(text) == "." && self.flags(tokens, k.wrapping_sub(1)) & flag::TITLE != 0 && tokens[k - 1].span.len() <= ABBREVIATED
                        || token.of(text) == "-" && !token.spaced;
                if inside {
                    continue;
                }
                break;
            }
            if let Some((kind, country)) = self.geo_ending(tokens, k) {
                if country != NOWHERE && !matches!(kind, PhraseKind::Place) {
                    context.country = country;
                }
                // "former German minister"
                let from = (k.saturating_sub(3)..=k).find(|&f| self.geo(tokens, f).is_some_and(|g| g.2 == k + 1)).unwrap_or(k);
                context.past |= from > 0 && !tokens[from].newline && self.flags(tokens, from - 1) & flag::PAST != 0;
                break;
            }
            if flags & flag::PAST != 0 {
                context.past = true;
                continue;
            }
            if flags & flag::TITLE != 0 {
                if context.title.is_none_or(|t| t.office == Office::Honorific) {
                    context.title = self.lang.name.title(token.word);
                }
                (title_from, edge) = (k, k);
                continue;
            }
            if flags & flag::NOUN != 0 && self.lang.name.noun(token.word).is_some_and(|n| n.kind == NounKind::Person && !n.plural)
                || flags & flag::ADJECTIVE != 0
            {
                if context.title.is_some() && token.capital() {
                    (title_from, edge) = (k, k);
                }
                continue;
            }
            // `'s` ties a country to its office.
            if !token.spaced && token.span.len() <= 4 && token.is_word() {
                continue;
            }
            if flags & flag::LINK != 0 && context.title.is_none() {
                continue;
            }
            // "his Ostlandish colleague, Boris Lind"
            if counterpart
                && context.title.is_none()
                && let Some(Land::Own(word)) = self.land(text, tokens, k)
            {
                context.unknown = Some(word);
                break;
            }
            if token.capital() && flags & flag::STOP == 0 {
                if context.title.is_some() {
                    // A word in the place of a country: "Novarian President".
                    if k + 1 == edge && flags & (flag::FIRST_NAME | flag::COMMON | flag::PARTY | flag::CALENDAR | flag::TAIL) == 0 {
                        context.unknown = Some(token.of(text).to_owned());
                    } else if k + 2 == edge && !tokens[k + 1].spaced {
                        context.unknown = Some(token.of(text).to_owned());
                        context.land = true;
                    }
                    (title_from, edge) = (k, k);
                    continue;
                }
                continue;
            }
            // "Ostland's frosty premier Ana Ruiz"
            let owned = k > floor && !tokens[k - 1].spaced && tokens[k - 1].is_word() && tokens[k].spaced;
            if owned && flags == 0 && k + 1 == edge && context.title.is_some() {
                edge = k;
                continue;
            }
            break;
        }
        if counterpart && context.title.is_none() && (context.country != NOWHERE || context.unknown.is_some()) {
            return Some(context);
        }
        context.title?;
        if context.unknown.is_some() {
            // Without the word that may be a country's.
            title_from = (title_from + 1..at).find(|&k| self.flags(tokens, k) & flag::TITLE != 0).unwrap_or(title_from);
        }
        context.words = words(text, tokens, title_from..at);
        Some(context)
    }
    /// "Ostland's Boris Lind"
    fn owned(&self, text: &str, tokens: &[Token], at: usize) -> Option<Context> {
        let clitic =
            at.checked_sub(1).filter(|&k| k > 0 && !tokens[at].newline && tokens[k].is_word() && !tokens[k].spaced && tokens[k].span.len() <= 4)?;
        match (self.geo_ending(tokens, clitic - 1), self.land(text, tokens, clitic - 1)?) {
            (Some((PhraseKind::Country, country)), _) => Some(Context { country, ..Context::default() }),
            (None, Land::Own(word)) => Some(Context { unknown: Some(word), land: true, ..Context::default() }),
            _ => None,
        }
    }
    /// "the president of Ostland" or "Ostland's president" before the comma at `comma` that a name follows.
    fn introduced(&self, text: &str, tokens: &[Token], comma: usize) -> Option<Context> {
        if self.flags(tokens, comma - 1) & flag::TITLE != 0 {
            return self.before(text, tokens, comma).filter(|c| c.country != NOWHERE || c.unknown.is_some());
        }
        let of = (comma.saturating_sub(4)..comma).rev().find(|&k| self.lang.quote.role(tokens[k].word).any(Role::Of))?;
        let from = of + 1 + usize::from(self.flags(tokens, of + 1) & flag::DETERMINER != 0);
        let end = self.geo(tokens, from).map_or(from + 1, |g| g.2);
        let land = self.land(text, tokens, from).filter(|_| end == comma)?;
        let (first, title) = (of.saturating_sub(3)..of).find_map(|k| self.title(tokens, k).filter(|(_, end)| *end == of).map(|(t, _)| (k, t)))?;
        let past = first > 0 && self.flags(tokens, first - 1) & flag::PAST != 0;
        let words = words(text, tokens, first..of);
        Some(match land {
            Land::Known(country) => Context { title: Some(title), words, country, past, ..Context::default() },
            Land::Own(word) => Context { title: Some(title), words, past, unknown: Some(word), land: true, ..Context::default() },
        })
    }
    fn geo_ending(&self, tokens: &[Token], at: usize) -> Option<(PhraseKind, CountryId)> {
        (at.saturating_sub(3)..=at).find_map(|from| self.geo(tokens, from).filter(|g| g.2 == at + 1).map(|(kind, country, _)| (kind, country)))
    }
    /// ", president of Ostland," or ", the Ostlandish president," behind a name.
    fn behind(&self, text: &str, tokens: &[Token], end: usize) -> Option<Context> {
        tokens.get(end).filter(|t| t.is_mark(text, b',') && !t.spaced)?;
        let own = |k: usize| match self.land(text, tokens, k) {
            Some(Land::Own(word)) => Some(word),
            _ => None,
        };
        let title = |k: usize| k < tokens.len() && self.title(tokens, k).is_some();
        let mut context = Context::default();
        let mut k = end + 1;
        let mut titled = k;
        while k < tokens.len() && k < end + 1 + 2 * REACH && tokens[k].is_word() && !tokens[k].newline {
            let flags = self.lang.name.flags(tokens[k].word);
            if let Some((kind, country, to)) = self.geo(tokens, k) {
                if !matches!(kind, PhraseKind::Place) && context.country == NOWHERE {
                    context.country = country;
                }
                k = to;
                if context.title.is_some() {
                    break;
                }
                continue;
            }
            if context.title.is_some() && self.lang.quote.role(tokens[k].word).any(Role::Of) {
                let from = k + 1 + usize::from(self.flags(tokens, k + 1) & flag::DETERMINER != 0);
                // "of coastal Ostland"
                let adjective = tokens.get(from).is_some_and(|t| t.is_word() && !t.capital() && t.spaced);
                if let Some(word) = own(from + usize::from(adjective)) {
                    context = Context { unknown: Some(word), land: true, words: words(text, tokens, titled..k), ..context };
                    break;
                }
            } else if context.title.is_none()
                && title(k + 1)
                && let Some(word) = own(k)
            {
                context.unknown = Some(word);
            }
            if let Some((title, to)) = self.title(tokens, k) {
                if context.title.is_none() {
                    titled = k;
                    context.title = Some(title);
                    if context.unknown.is_some() {
                        context.words = words(text, tokens, k..to);
                    }
                }
                k = to;
                continue;
            }
            if flags & flag::PAST != 0 {
                context.past = true;
            } else if flags & flag::VERB != 0 && self.flags(tokens, k - 1) & flag::DETERMINER != 0 {
                // "the elected president"
            } else if flags & (flag::VERB | flag::AUXILIARY | flag::PRONOUN | flag::CONJUNCTION) != 0
                || flags & flag::PREPOSITION != 0 && flags & flag::LINK == 0
                || tokens[k].capital() && context.title.is_none() && context.unknown.is_none() && flags == 0
            {
                break;
            }
            k += 1;
        }
        context.title.filter(|t| t.office != Office::Honorific)?;
        Some(context)
    }
    /// The two who speak most where the other is named: heads of state or government if there are such.
    fn pair(&self) -> Option<[String; 2]> {
        let head = |f: &Found| f.offices.iter().filter(|((office, _), _)| *office == Office::Head).map(|(_, n)| *n).sum::<u32>();
        let mut candidates: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
        for (surname, found) in self.full.iter().map(|((_, s), f)| (*s, f)).chain(self.bare.iter().map(|(s, f)| (*s, f))) {
            let entry = candidates.entry(surname).or_default();
            entry.0 += found.count;
            entry.1 += head(found);
        }
        // Only surnames that some full name explains.
        let explained: HashSet<u64> = self.full.values().filter(|f| self.person(f)).map(|f| f.ends.1).collect();
        let leaders: Vec<u64> = candidates.iter().filter(|(s, (n, h))| explained.contains(*s) && h * 10 >= *n && *h >= 2).map(|(s, _)| *s).collect();
        let pool: HashSet<u64> = if leaders.len() >= 2 { leaders.into_iter().collect() } else { explained };
        let mut pairs: BTreeMap<(u64, u64), (u32, u32)> = BTreeMap::new();
        let mut from = 0;
        while from < self.events.len() {
            let paragraph = self.events[from].paragraph;
            let to = from + self.events[from..].iter().take_while(|e| e.paragraph == paragraph).count();
            let mut here: Vec<(u64, bool)> = Vec::new();
            for e in &self.events[from..to] {
                if !pool.contains(&e.surname) {
                    continue;
                }
                match here.iter().position(|h| h.0 == e.surname) {
                    Some(h) => here[h].1 |= e.speaks,
                    // A paragraph that names many is a list.
                    None if here.len() < 8 => here.push((e.surname, e.speaks)),
                    None => {}
                }
            }
            for (i, a) in here.iter().enumerate() {
                for b in &here[i + 1..] {
                    let (low, high) = if a.0 < b.0 { (a, b) } else { (b, a) };
                    let entry = pairs.entry((low.0, high.0)).or_default();
                    entry.0 += u32::from(low.1);
                    entry.1 += u32::from(high.1);
                }
            }
            from = to;
        }
        // Both must speak: the smaller side counts double.
        let best = pairs.iter().max_by_key(|(names, (a, b))| (3 * a.min(b) + a.max(b), std::cmp::Reverse(**names)))?;
        let ((a, b), (x, y)) = best;
        if x + y == 0 {
            return None;
        }
        let count = |s: &u64| candidates.get(s).map_or(0, |c| c.0);
        let (first, second) = if count(a) >= count(b) { (a, b) } else { (b, a) };
        Some([self.full_name(*first)?, self.full_name(*second)?])
    }
    fn person(&self, found: &Found) -> bool {
        let given = found.first.is_some_and(|w| self.lang.name.flags(w) & flag::FIRST_NAME != 0);
        given || !found.offices.is_empty()
    }
    /// The commonest full form with that surname.
    fn full_name(&self, surname: u64) -> Option<String> {
        self.fullest(surname).and_then(|f| top(&f.forms)).map(str::to_owned)
    }
    fn fullest(&self, surname: u64) -> Option<&Found> {
        let with = self.full.iter().filter(|((_, s), f)| *s == surname && self.person(f));
        with.max_by(|a, b| a.1.count.cmp(&b.1.count).then(b.1.forms.cmp(&a.1.forms))).map(|(_, f)| f)
    }
    /// Fill in what a given or found leader's entry leaves open.
    fn complete(&self, actor: &mut Actor, articles: &[&Article]) {
        let words = super::index::keys(&actor.name);
        let Some(&surname) = words.last() else { return };
        if let [_] = words[..]
            && let Some(full) = self.full_name(surname)
        {
            let short = std::mem::replace(&mut actor.name, full);
            if !actor.aliases.contains(&short) {
                actor.aliases.push(short);
            }
        }
        let mut words = super::index::keys(&actor.name);
        // "King Ansgar": the name is without the title.
        let first = actor.name.split_whitespace().next().map_or(WordId::NONE, |w| self.lang.vocab.get(&crate::language::vocab::fold(w)));
        let titled = words.len() > 1 && self.lang.name.flags(first) & (flag::TITLE | flag::FIRST_NAME) == flag::TITLE;
        if titled {
            words.remove(0);
        }
        let full = words.first().and_then(|first| self.full.get(&(*first, surname)));
        // Who else bears the surname would lend a bare one the wrong office.
        let alone = full.is_some_and(|f| self.full.values().filter(|o| o.ends.1 == surname).all(|o| o.count <= f.count));
        let alone = alone || titled && words.len() == 1 && self.full.values().all(|o| o.ends.1 != surname);
        let bare = self.bare.get(&surname).filter(|_| alone);
        // "Ms Rohana" of Rohana Idris: where it is the first name that goes with a title.
        let given = words.first().filter(|first| **first != surname && bare.is_none_or(|b| b.offices.is_empty()));
        let given = given.and_then(|first| self.bare.get(first)).filter(|g| alone && !g.offices.is_empty());
        let found: Vec<&Found> = full.into_iter().chain(bare).chain(given).collect();
        let mut countries: BTreeMap<CountryId, u32> = BTreeMap::new();
        let (mut titles, mut unknown) = (Forms::new(), Forms::new());
        let (mut male, mut female) = (0, 0);
        for f in &found {
            for (country, n) in &f.countries {
                *countries.entry(*country).or_default() += n;
            }
            for (form, n) in &f.titles {
                *titles.entry(form.clone()).or_default() += n;
            }
            for (form, n) in &f.unknown {
                *unknown.entry(form.clone()).or_default() += n;
            }
            male += f.male;
            female += f.female;
        }
        titles.remove("");
        if actor.title.is_empty() {
            actor.title = top(&titles).unwrap_or_default().to_owned();
        }
        if actor.pronouns.is_empty() {
            let table = actor
                .name
                .split_whitespace()
                .next()
                .map_or(Gender::Unknown, |first| self.lang.name.first_name(self.lang.vocab.get(&crate::language::vocab::fold(first))));
            let gender = match (table, male, female) {
                (Gender::Unknown, m, f) if m > 2 * f => Gender::Male,
                (Gender::Unknown, m, f) if f > 2 * m => Gender::Female,
                (known, ..) => known,
            };
            if gender != Gender::Unknown {
                actor.pronouns = self.lang.name.pronouns_of(&self.lang.vocab, gender);
            }
        }
        if actor.country.is_empty() && actor.demonyms.is_empty() {
            let best = countries.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            unknown.retain(|word, _| !self.is_surname(word));
            let own = top(&unknown).map(|w| (w, unknown[w]));
            match (best, own) {
                (Some((country, n)), own) if own.is_none_or(|(_, m)| m <= 2 * n) => {
                    actor.country = self.lang.name.countries[*country as usize].name.clone();
                }
                (_, Some((word, m))) => self.own_country(actor, word, m, articles),
                _ => {}
            }
        }
        actor.recognise(self.lang);
        actor.complete_country(self.lang);
    }
    /// The countries of leaders whom no text names together with one: of those that are ruled by somebody without a name here, the one
    /// whose ruler has the leader's title, else the one whose ruler has the leader's gender, and not the other leader's.
    fn realms(&self, list: &mut [Actor], articles: &[&Article]) {
        for tie in [Tie::Title, Tie::Gender, Tie::Apart, Tie::Rest] {
            for leader in 0..2 {
                if !list[leader].country.is_empty() || !list[leader].demonyms.is_empty() {
                    continue;
                }
                if let Some((title, land, times)) = self.realm(&list[leader], &list[1 - leader], tie) {
                    self.settle(&mut list[leader], land, times, articles);
                    if list[leader].title.is_empty() && !list[leader].country.is_empty() {
                        list[leader].title = title;
                    }
                }
            }
        }
        for leader in 0..2 {
            let known = &list[1 - leader];
            if !list[leader].country.is_empty() || !list[leader].demonyms.is_empty() || known.country.is_empty() {
                continue;
            }
            let land = match self.lang.name.country(&known.country) {
                Some(other) => self.other_country(other),
                None => self.other_land(known, articles),
            };
            if let Some((times, land)) = land {
                self.settle(&mut list[leader], land, times, articles);
            }
        }
    }
    /// Give a leader the land that he rules, read so often.
    fn settle(&self, leader: &mut Actor, land: Land, times: u32, articles: &[&Article]) {
        match land {
            Land::Known(country) => leader.country.clone_from(&self.lang.name.countries[country as usize].name),
            Land::Own(word) => self.own_country(leader, &word, times, articles),
        }
        leader.complete_country(self.lang);
    }
    /// How often and which land of the text's own is named far oftener than all but that of `known`: a word that stands where a place does,
    /// with an adjective that begins like it.
    fn other_land(&self, known: &Actor, articles: &[&Article]) -> Option<(u32, Land)> {
        let (mut places, mut adjectives) = (Forms::new(), Forms::new());
        for article in articles {
            let text = article.text.as_str();
            let tokens = token::split(text, self.lang);
            for (k, token) in tokens.iter().enumerate().filter(|(_, t)| t.capital()) {
                let Some(Land::Own(word)) = self.land(text, &tokens, k) else { continue };
                let preposition = k > 0 && self.flags(&tokens, k - 1) & flag::PREPOSITION != 0;
                let next = tokens.get(k + 1).filter(|t| t.is_word() && !t.newline);
                if next.is_some_and(|n| !n.spaced) || preposition && next.is_none_or(|n| !n.capital()) {
                    bump(&mut places, &word);
                } else if !token.newline && next.is_some_and(|n| !n.capital() && self.flags(&tokens, k + 1) & (flag::NOUN | flag::TITLE) != 0) {
                    bump(&mut adjectives, &word);
                }
            }
        }
        let times = |(place, n): (&String, &u32)| {
            let derived = |a: &String| a.len() > place.len() && a.len() <= place.len() + SUFFIX && akin(a, place);
            let adjective: u32 = adjectives.iter().filter(|(a, _)| derived(a)).map(|(_, n)| *n).sum();
            (adjective > 0).then(|| (n + adjective, Land::Own(place.clone())))
        };
        foremost(places.iter().filter(|(place, _)| !akin_to(known, place) && !self.is_surname(place)).filter_map(times).collect())
    }
    /// How often and which country is named far oftener than all but `known`.
    fn other_country(&self, known: CountryId) -> Option<(u32, Land)> {
        foremost(self.countries.iter().filter(|(c, _)| **c != known).map(|(c, n)| (*n, Land::Known(*c))).collect())
    }
    /// The land that a leader rules, with the title and how often it was read.
    fn realm(&self, leader: &Actor, other: &Actor, tie: Tie) -> Option<(String, Land, u32)> {
        let titles = |text: &str| self.lang.name.titles_in(&self.lang.vocab, text).into_iter().filter(|t| t.office == Office::Head);
        let canon = |actor: &Actor| titles(&actor.title).chain(titles(&actor.name)).map(|t| t.canon).collect::<Vec<_>>();
        let (own, others) = (canon(leader), canon(other));
        let gender = |actor: &Actor| actor.pronouns.first().map_or(Gender::Unknown, |p| self.lang.name.pronoun_gender(&self.lang.vocab, p));
        let theirs = |land: &Land| match land {
            Land::Known(country) => self.lang.name.countries[*country as usize].name == other.country,
            Land::Own(word) => akin_to(other, word),
        };
        // Somebody else rules it under a name.
        let ruled = |country: CountryId| {
            self.full.values().any(|f| {
                let head = f.offices.keys().any(|(office, _)| *office == Office::Head);
                let form = top(&f.forms).unwrap_or_default();
                head && f.countries.contains_key(&country)
                    && form != leader.name
                    && f.ends.1 != super::index::keys(&leader.name).last().copied().unwrap_or(0)
            })
        };
        // How often a sentence tells a leader beside the ruler of a land.
        let apart = |land: &Land, leader: &Actor| -> u32 {
            let surname = super::index::keys(&leader.name).last().copied().unwrap_or(0);
            let same = |other: &Land| matches!((land, other), (Land::Own(a), Land::Own(b)) if akin(a, b)) || land == other;
            self.apart.iter().filter(|((l, name), _)| *name == surname && same(l)).map(|(_, n)| *n).sum()
        };
        let mut found: Vec<(u32, WordId, Land)> = Vec::new();
        for (&title, rule) in &self.rules {
            let fits = match tie {
                Tie::Title => own.contains(&title) && !others.contains(&title),
                Tie::Apart => own.is_empty() || own.contains(&title) || !rule.head,
                Tie::Rest => {
                    // Where neither is called a ruler, a "leader" of some land need be neither, and of two rulers either may be.
                    let rulers = !own.is_empty() || !others.is_empty() || rule.head && !other.country.is_empty();
                    rulers && (own.is_empty() || own.contains(&title) || !rule.head) && (!others.contains(&title) || !other.country.is_empty())
                }
                Tie::Gender => {
                    let male = gender(leader) == Gender::Male && rule.male > 2 * rule.female;
                    let female = gender(leader) == Gender::Female && rule.female > 2 * rule.male;
                    own.is_empty() && rule.head && !others.contains(&title) && (male || female) && gender(other) != gender(leader)
                }
            };
            if !fits {
                continue;
            }
            for (land, &n) in &rule.lands {
                let clear = match land {
                    Land::Known(country) => !ruled(*country),
                    // "Dar al-Murjan" is no person where the emir is Murjan's.
                    Land::Own(word) if n >= TOLD => !self.bearers(word).any(|f| self.person(f)),
                    Land::Own(word) => !self.is_surname(word),
                };
                let (against, for_) = (apart(land, leader), apart(land, other));
                // A title that only this one has tells more; who has none yet may have any.
                let sure = tie == Tie::Title && !others.is_empty();
                let told = tie != Tie::Apart || for_ > against;
                let vague = tie == Tie::Rest && !rule.head && matches!(land, Land::Own(_)) && other.country.is_empty() && other.demonyms.is_empty();
                if clear && told && (sure || against <= for_) && !vague && !theirs(land) {
                    // The adjective and the name of one country are one land.
                    match (found.iter_mut().find(|f| matches!((&f.2, land), (Land::Own(a), Land::Own(b)) if akin(a, b))), land) {
                        (Some(known), _) => known.0 += n,
                        (None, _) => found.push((n, title, land.clone())),
                    }
                }
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
        let runner = found.get(1).map_or(0, |f| f.0);
        let (n, title, land) = found.into_iter().next()?;
        (if tie == Tie::Rest { n > 2 * runner } else { n > runner }).then(|| (top(&self.rules[&title].forms).unwrap_or_default().to_owned(), land, n))
    }
    /// Whether somebody's name ends in that word.
    fn is_surname(&self, word: &str) -> bool {
        // "Greater Ostland" is nobody.
        self.bearers(word).any(|f| self.person(f) || f.count > 1)
    }
    /// The names that end in that word.
    fn bearers(&self, word: &str) -> impl Iterator<Item = &Found> {
        let surname = key(word);
        self.full.values().filter(move |f| f.ends.1 == surname)
    }
    /// A country that no table holds, from the word before its leader's title: its name begins like its adjective.
    fn own_country(&self, actor: &mut Actor, word: &str, times: u32, articles: &[&Article]) {
        let stem = stem(word);
        let (mut nouns, mut adjectives) = (Forms::new(), Forms::new());
        for article in articles {
            let tokens = token::split(&article.text, self.lang);
            for (k, t) in tokens.iter().enumerate() {
                if !t.capital() || t.shape == Shape::Upper || !t.of(&article.text).starts_with(stem) {
                    continue;
                }
                let preposition = k > 0 && self.flags(&tokens, k - 1) & flag::PREPOSITION != 0;
                let clitic = tokens.get(k + 1).is_some_and(|n| n.is_word() && !n.spaced);
                let noun_behind =
                    tokens.get(k + 1).is_some_and(|n| n.spaced && (n.capital() || self.flags(&tokens, k + 1) & (flag::NOUN | flag::TITLE) != 0));
                if clitic || preposition && !noun_behind {
                    bump(&mut nouns, t.of(&article.text));
                } else if noun_behind {
                    bump(&mut adjectives, t.of(&article.text));
                }
            }
        }
        // "Ostlandia" and "Ostlandian": the longer one is the adjective.
        let (own, derived): (Vec<String>, Vec<String>) = nouns.keys().cloned().partition(|form| {
            let shorter = |other: &String| other != form && form.strip_prefix(other.as_str()).is_some_and(|end| end.len() <= DEMONYM);
            !nouns.keys().any(shorter)
        });
        for form in derived.iter().filter(|_| !own.is_empty()) {
            let n = nouns.remove(form).unwrap_or_default();
            *adjectives.entry(form.clone()).or_default() += n;
        }
        // "Ostmark" may stand before nouns oftener than alone.
        let alone = |form: &String, n: &u32| *n > adjectives.get(form).copied().unwrap_or(0);
        let country = nouns.iter().max_by(|a, b| alone(a.0, a.1).cmp(&alone(b.0, b.1)).then(a.1.cmp(b.1)).then(b.0.cmp(a.0)));
        // A word that stood there only once is a country's where the text also says "in" or "of" it, or owns by it.
        if times < 2 && country.is_none_or(|(_, n)| *n < 2) {
            return;
        }
        actor.country = country.map_or_else(String::new, |(form, _)| form.clone());
        actor.demonyms = adjectives
            .iter()
            .filter(|(form, n)| **form != actor.country && **n > nouns.get(*form).copied().unwrap_or(0))
            .map(|(form, _)| form.clone())
            .collect();
        if actor.country.is_empty() && actor.demonyms.is_empty() {
            actor.demonyms.push(word.to_owned());
        }
    }
    /// Who speaks for a leader's government: by the country before his office, else by an office that only one country's officials hold here.
    fn officials(&self, list: &mut Vec<Actor>) {
        let index = Actors::new(list.clone(), true);
        let index = index.index(self.lang);
        let government =
            |office: Office| matches!(office, Office::Minister | Office::Official | Office::Spokesperson | Office::Diplomat | Office::Deputy);
        let mut rows: Vec<(u32, String, String, Option<u32>, WordId)> = Vec::new();
        let mut holders: BTreeMap<WordId, [u32; 3]> = BTreeMap::new();
        for found in self.full.values() {
            let Some(((_, canon), held)) =
                found.offices.iter().filter(|((o, _), _)| government(*o)).max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k)))
            else {
                continue;
            };
            let other: u32 = found.offices.iter().filter(|((o, _), _)| matches!(o, Office::Head)).map(|(_, n)| *n).sum();
            if other > *held {
                continue;
            }
            let Some(name) = top(&found.forms) else { continue };
            let country = found.countries.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(c, _)| *c);
            // A country that only the actors know stands among the unknown words.
            let own = || {
                found
                    .unknown
                    .keys()
                    .find_map(|w| index.terms_at(name_key(w, Span::new(0, w.len()))).iter().find(|t| t.rest.is_empty()).map(|t| t.country))
            };
            let country = country.or_else(own);
            let side = country.and_then(|c| index.leader_of(c));
            let entry = holders.entry(*canon).or_default();
            match (side, country) {
                (Some(a), _) => entry[a as usize] += 1,
                (None, Some(_)) => entry[2] += 1,
                _ => {}
            }
            let title = top(&found.titles).unwrap_or_default().to_owned();
            if side.is_some() || country.is_none() {
                rows.push((found.count, name.to_owned(), title, side, *canon));
            }
        }
        rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let leaders = [list[0].name.clone(), list[1].name.clone()];
        let mut kept = 0;
        for (_, name, title, side, canon) in rows {
            let side = side.or_else(|| match holders.get(&canon) {
                Some([a, 0, 0]) if *a > 0 => Some(0),
                Some([0, b, 0]) if *b > 0 => Some(1),
                _ => None,
            });
            let Some(side) = side else { continue };
            let keys = super::index::keys(&name);
            if let Some(known) = list.iter_mut().find(|a| super::index::keys(&a.name) == keys) {
                if known.title.is_empty() {
                    known.title = title;
                }
                continue;
            }
            if kept == OFFICIALS {
                break;
            }
            kept += 1;
            list.push(Actor { name, title, side: leaders[side as usize].clone(), ..Actor::default() });
        }
    }
}

/// What stands round one name.
#[derive(Debug)]
struct Context {
    title: Option<Title>,
    words: String,
    country: CountryId,
    unknown: Option<String>,
    /// The unknown word stands where only a land can: behind "of", or before a clitic.
    land: bool,
    past: bool,
}

impl Default for Context {
    fn default() -> Self {
        Context { title: None, words: String::new(), country: NOWHERE, unknown: None, land: false, past: false }
    }
}
