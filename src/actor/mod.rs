//! The people a run is about: names, aliases, sides, from `actors.toml` or learned from a corpus.
//! Reads no article by itself.

pub mod discover;
pub mod index;

use crate::annotation::{ActorId, Gender};
use crate::error::{Error, Place, Result};
use crate::language::Language;
use index::Index;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::OnceLock;

/// One known person or body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Canonical name.
    pub name: String,
    /// Other forms that name the same actor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Title or office.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Pronouns, nominative first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pronouns: Vec<String>,
    /// Country spoken for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Adjectives and nouns of that country.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demonyms: Vec<String>,
    /// Its capital, by metonymy its government.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub capital: String,
    /// Name of the leader whose government the actor speaks for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub side: String,
}

impl Actor {
    /// By what words the country is called.
    pub fn country_words(&self) -> impl Iterator<Item = &str> {
        [&self.country, &self.capital].into_iter().chain(&self.demonyms).map(String::as_str)
    }
    /// Fill in what is generally known of a head of state or government of that name, where the entry is silent.
    pub fn recognise(&mut self, lang: &Language) {
        let own = index::keys(&self.name);
        let same = |name: &String| {
            let keys = index::keys(name);
            keys == own || own.len() > 1 && keys.len() > 1 && keys.first() == own.first() && keys.last() == own.last()
        };
        let Some(known) = lang.name.statesmen.iter().find(|s| s.names.iter().any(same)) else { return };
        if self.country.is_empty() && self.demonyms.is_empty() {
            self.country.clone_from(&known.country);
        }
        if self.title.is_empty() {
            self.title.clone_from(&known.title);
        }
        for name in known.names.iter().filter(|name| **name != self.name) {
            if !self.aliases.contains(name) {
                self.aliases.push(name.clone());
            }
        }
        if self.pronouns.is_empty() && known.gender != Gender::Unknown {
            self.pronouns = lang.name.pronouns_of(&lang.vocab, known.gender);
        }
        self.complete_country(lang);
    }
    /// Fill in the adjectives and the capital of a country of the table, where the entry is silent.
    fn complete_country(&mut self, lang: &Language) {
        let Some(country) = lang.name.country(&self.country).and_then(|id| lang.name.countries.get(id as usize)) else { return };
        if self.demonyms.is_empty() {
            self.demonyms.clone_from(&country.demonyms);
        }
        if self.capital.is_empty() {
            self.capital = country.capitals.first().cloned().unwrap_or_default();
        }
    }
}

/// The actors of a run. The first two are the leaders, where `dyad` is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actors {
    /// All actors; the two leaders first.
    pub list: Vec<Actor>,
    /// Whether the first two are leaders.
    pub dyad: bool,
    /// Built on first use; never copied, as the list may change.
    index: Lazy,
}

#[derive(Debug, Default)]
struct Lazy(OnceLock<Index>);

impl Clone for Lazy {
    fn clone(&self) -> Self {
        Lazy::default()
    }
}

impl PartialEq for Lazy {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    leader: Vec<Actor>,
    #[serde(default)]
    actor: Vec<Actor>,
}

impl Actors {
    /// From a list; with `dyad` its first two are the leaders.
    pub fn new(list: Vec<Actor>, dyad: bool) -> Actors {
        let dyad = dyad && list.len() >= 2;
        Actors { list, dyad, index: Lazy::default() }
    }
    /// Their names and countries for look-up. The list must not change after the first call.
    pub fn index(&self, lang: &Language) -> &Index {
        self.index.0.get_or_init(|| Index::new(self, lang))
    }
    /// Read `actors.toml`.
    ///
    /// # Errors
    /// The file cannot be read, does not parse, or does not hold exactly two leaders.
    pub fn read(path: &Path) -> Result<Actors> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        Actors::parse(path, &text)
    }
    /// Parse the text of an `actors.toml`; `path` is for messages.
    ///
    /// # Errors
    /// It does not parse, or does not hold exactly two leaders.
    pub fn parse(path: &Path, text: &str) -> Result<Actors> {
        let file: File = toml::from_str(text).map_err(|e| {
            let line = e.span().map(|s| text[..s.start.min(text.len())].matches('\n').count() as u64 + 1);
            Error::data(Place { path: path.to_owned(), line }, e.message().to_owned())
        })?;
        if file.leader.len() != 2 {
            return Err(Error::data(Place::file(path), format!("expected exactly two [[leader]] tables, found {}", file.leader.len())));
        }
        let mut list = file.leader;
        list.extend(file.actor);
        for actor in &list {
            if actor.name.trim().is_empty() {
                return Err(Error::data(Place::file(path), "expected a `name` in every table, found an empty one"));
            }
            if !actor.side.is_empty() && !list[..2].iter().any(|l| l.name == actor.side) {
                return Err(Error::data(
                    Place::file(path),
                    format!(
                        "`{}`: side: expected the name of a leader (`{}` or `{}`), found `{}`",
                        actor.name, list[0].name, list[1].name, actor.side
                    ),
                ));
            }
        }
        Ok(Actors::new(list, true))
    }
    /// Two leaders by name alone.
    pub fn between(a: &str, b: &str) -> Actors {
        let named = |name: &str| Actor { name: name.trim().to_owned(), ..Actor::default() };
        Actors::new(vec![named(a), named(b)], true)
    }
    /// Fill in what the entries leave open and everybody knows: the country, title and pronouns of well-known leaders.
    pub fn recognise(mut self, lang: &Language) -> Actors {
        for actor in &mut self.list {
            actor.recognise(lang);
        }
        Actors::new(self.list, self.dyad)
    }
    /// As an `actors.toml` to edit.
    pub fn to_toml(&self) -> String {
        let leaders = if self.dyad { 2 } else { 0 };
        let file = File { leader: self.list[..leaders].to_vec(), actor: self.list[leaders..].to_vec() };
        toml::to_string_pretty(&file).unwrap_or_default()
    }
    /// The two leaders.
    pub fn leaders(&self) -> Option<[&Actor; 2]> {
        if self.dyad { Some([&self.list[0], &self.list[1]]) } else { None }
    }
    /// Whether `id` is a leader.
    pub fn is_leader(&self, id: ActorId) -> bool {
        self.dyad && id < 2
    }
    /// The leader that `id` is or speaks for.
    pub fn leader_of(&self, id: ActorId) -> Option<ActorId> {
        if !self.dyad {
            return None;
        }
        if id < 2 {
            return Some(id);
        }
        let side = &self.list.get(id as usize)?.side;
        (0..2).find(|&l| !side.is_empty() && self.list[l as usize].name == *side)
    }
    /// The short name used in directions: the last word of the name before any number, the whole name where both leaders share it.
    pub fn short(&self, id: ActorId) -> &str {
        let number = |word: &str| word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let last = |i: u32| {
            let name = self.list[i as usize].name.as_str();
            name.rsplit(' ').find(|word| !number(word)).unwrap_or(name)
        };
        if self.dyad && last(0) == last(1) { &self.list[id as usize].name } else { last(id) }
    }
    /// The gender that an actor's pronouns tell.
    pub fn gender(&self, id: ActorId, lang: &Language) -> Gender {
        self.list[id as usize].pronouns.first().map_or(Gender::Unknown, |p| lang.name.pronoun_gender(&lang.vocab, p))
    }
}
