//! The same utterance across articles: rows → echo ids, kinds and borrowed dates. Tokens are matched as in
//! text-reuse detection (longest common subsequence over the shorter, and a common run). Never merges two speakers.
//!
//! Versions are taken from the longest to the shortest, and each joins the best earlier one, so that a
//! fragment cannot chain two long utterances together. Candidates come from rare shingles; the cost of
//! a row does not grow with the number of rows.

use crate::language::Language;
use crate::record::QuoteRecord;
use crate::run;
use crate::trend::series::{Day, date, day};
use hashbrown::HashMap;

/// Least share of the shorter version's words that the longer has in order.
const KEPT: f64 = 0.8;
/// Least run of words in common.
const RUN: usize = 3;
/// A version shorter than this says little by itself: it joins only what can have been said on the same days.
const LONG: usize = 8;
/// A version of up to this many words may join by its content words alone.
const FRAGMENT: usize = 5;
/// Days between two intervals that still count as the same.
const DAYS: i32 = 3;
/// Candidates read from one list, and verified for one version.
const READ: usize = 64;
const VERIFIED: usize = 8;

type Map<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// One distinct text of one speaker, with all rows that hold it.
struct Version {
    rows: Vec<u32>,
    speaker: u32,
    text: String,
    words: Vec<u32>,
    content: Vec<u32>,
    said: Option<(Day, Day)>,
}

/// Fill in `echo_id`, `echo_kind`, `echo_said_from`, `echo_said_to` of every row.
pub fn join(rows: &mut [QuoteRecord], lang: &Language) {
    for row in rows.iter_mut() {
        row.echo_id.clear();
        row.echo_kind.clear();
        (row.echo_said_from, row.echo_said_to) = (None, None);
    }
    let versions = versions(rows, lang);
    let groups = group(rows, &versions);
    write(rows, &versions, &groups);
}

/// The days on which a row says that it was said.
fn said(row: &QuoteRecord) -> Option<(Day, Day)> {
    match (row.said_from, row.said_to) {
        (Some(from), Some(to)) if from <= to && row.said_granularity != "unknown-past" => Some((day(from), day(to))),
        _ => None,
    }
}

/// Days between two intervals; 0 where they meet, `None` where one is unknown.
fn gap(a: Option<(Day, Day)>, b: Option<(Day, Day)>) -> Option<i32> {
    let (a, b) = (a?, b?);
    Some((a.0.max(b.0) - a.1.min(b.1)).max(0))
}

/// Distinct texts by speaker, from the longest to the shortest, then by date and text: an order that the rows' order does not change.
fn versions(rows: &[QuoteRecord], lang: &Language) -> Vec<Version> {
    let mut words: Map<String, (u32, bool)> = Map::default();
    let mut speakers: Map<&str, u32> = Map::default();
    let mut texts: Map<(u32, Vec<u32>), Vec<u32>> = Map::default();
    let mut contents: Vec<bool> = Vec::new();
    let mut spelled: Vec<String> = Vec::new();
    let mut word = String::new();
    for (n, row) in rows.iter().enumerate() {
        if row.speaker.is_empty() {
            continue;
        }
        let next = speakers.len() as u32;
        let speaker = *speakers.entry(row.speaker.as_str()).or_insert(next);
        let mut ids = Vec::new();
        let mut add = |word: &mut String| {
            if word.is_empty() {
                return;
            }
            let next = words.len() as u32;
            let (id, _) = *words.entry_ref(word.as_str()).or_insert_with(|| {
                let content = !lang.framing.is_function(lang.vocab.get(word));
                contents.push(content);
                spelled.push(word.replace('\'', ""));
                (next, content)
            });
            ids.push(id);
            word.clear();
        };
        let mut characters = row.quote.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '\'' | '\u{2019}' | '\u{02bc}' if !word.is_empty() && characters.peek().is_some_and(|c| c.is_alphanumeric()) => word.push('\''),
                c if c.is_alphanumeric() => word.extend(c.to_lowercase()),
                // Editors' brackets stand inside words: `[t]he`.
                '[' | ']' | '\u{00ad}' => {}
                _ => add(&mut word),
            }
        }
        add(&mut word);
        if !ids.is_empty() {
            texts.entry((speaker, ids)).or_default().push(n as u32);
        }
    }
    // Numbers by spelling, not by first appearance, so that no choice below depends on the rows' order.
    let mut order: Vec<u32> = (0..spelled.len() as u32).collect();
    order.sort_by(|&a, &b| spelled[a as usize].cmp(&spelled[b as usize]).then(contents[a as usize].cmp(&contents[b as usize])));
    let mut rank = vec![0u32; spelled.len()];
    for (n, &old) in order.iter().enumerate() {
        rank[old as usize] = n as u32;
    }
    let mut out = Vec::with_capacity(texts.len());
    let texts: Vec<((u32, Vec<u32>), Vec<u32>)> = texts.into_iter().collect();
    for ((speaker, ids), members) in texts {
        let text = ids.iter().map(|&i| spelled[i as usize].as_str()).collect::<Vec<_>>().join(" ");
        let content: Vec<u32> = ids.iter().filter(|&&i| contents[i as usize]).map(|&i| rank[i as usize]).collect();
        let ids: Vec<u32> = ids.iter().map(|&i| rank[i as usize]).collect();
        for (members, said) in occasions(rows, members, ids.len()) {
            out.push(Version { rows: members, speaker, text: text.clone(), words: ids.clone(), content: content.clone(), said });
        }
    }
    let first = |v: &Version| {
        let row = &rows[v.rows[0] as usize];
        (row.speaker.as_str(), row.doc_id.as_str(), row.start)
    };
    out.sort_by(|a, b| {
        let said = |v: &Version| v.said.unwrap_or((Day::MAX, Day::MAX));
        (b.words.len(), said(a), a.text.as_str()).cmp(&(a.words.len(), said(b), b.text.as_str())).then_with(|| first(a).cmp(&first(b)))
    });
    out
}

/// Rows of one text, parted into the occasions on which it can have been said: a long text has one, a short one may be said again.
fn occasions(rows: &[QuoteRecord], mut members: Vec<u32>, words: usize) -> Vec<(Vec<u32>, Option<(Day, Day)>)> {
    let key = |n: &u32| {
        let row = &rows[*n as usize];
        (said(row).map_or((Day::MAX, Day::MAX), |s| s), row.doc_id.as_str(), row.start)
    };
    members.sort_by(|a, b| key(a).cmp(&key(b)));
    let narrowest = |members: &[u32]| members.iter().filter_map(|&n| said(&rows[n as usize])).min_by_key(|s| (s.1 - s.0, s.0));
    if words >= LONG {
        let said = narrowest(&members);
        return vec![(members, said)];
    }
    let mut out: Vec<(Vec<u32>, Day)> = Vec::new();
    let mut undated = Vec::new();
    for n in members {
        match (said(&rows[n as usize]), out.last_mut()) {
            (None, _) => undated.push(n),
            (Some((from, to)), Some((list, end))) if from <= *end + DAYS => {
                list.push(n);
                *end = (*end).max(to);
            }
            (Some((_, to)), _) => out.push((vec![n], to)),
        }
    }
    // What is undated joins the only dated occasion; where there are several, nobody knows which.
    if let [(only, _)] = out.as_mut_slice() {
        only.append(&mut undated);
    }
    if !undated.is_empty() {
        out.push((undated, Day::MIN));
    }
    out.into_iter()
        .map(|(members, _)| {
            let said = narrowest(&members);
            (members, said)
        })
        .collect()
}

/// A version's place in a group.
#[derive(Clone, Copy)]
struct Place {
    /// Index of the group's first, fullest version.
    leader: u32,
    /// Only possibly the same.
    possible: bool,
}

/// 64 bits for a speaker and some words.
fn key(speaker: u32, words: &[u32]) -> u64 {
    let mut h = 0x9e37_79b9_7f4a_7c15u64;
    for w in std::iter::once(&speaker).chain(words) {
        h = (h ^ u64::from(*w)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 32;
    }
    h
}

/// Lists of versions by key: one sorted vector, and where the keys of each leading bit pattern begin in it.
struct Index {
    entries: Vec<(u64, u32)>,
    /// First entry of each bucket, and the end.
    starts: Vec<u32>,
    /// What a key is shifted by to give its bucket.
    shift: u32,
}

impl Index {
    fn new(mut entries: Vec<(u64, u32)>) -> Index {
        entries.sort_unstable();
        entries.dedup();
        // About as many buckets as entries: a look-up then reads one stretch of memory instead of searching all of it.
        let bits = entries.len().max(2).ilog2();
        let shift = 64 - bits;
        let mut starts = Vec::with_capacity((1 << bits) + 1);
        for (n, (key, _)) in entries.iter().enumerate() {
            while starts.len() as u64 <= key >> shift {
                starts.push(n as u32);
            }
        }
        starts.resize((1 << bits) + 1, entries.len() as u32);
        Index { entries, starts, shift }
    }
    fn list(&self, key: u64) -> &[(u64, u32)] {
        let bucket = (key >> self.shift) as usize;
        let near = &self.entries[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        let from = near.partition_point(|e| e.0 < key);
        let to = from + near[from..].partition_point(|e| e.0 == key);
        &near[from..to]
    }
}

fn group(rows: &[QuoteRecord], versions: &[Version]) -> Vec<Place> {
    let mut content = vec![false; versions.iter().flat_map(|v| &v.words).max().map_or(0, |m| *m as usize + 1)];
    for v in versions {
        for &w in &v.content {
            content[w as usize] = true;
        }
    }
    let shingles = |v: &Version| -> Vec<u64> {
        // A shingle without a content word finds everything and tells nothing.
        v.words.windows(RUN).filter(|w| w.iter().any(|&x| content[x as usize])).map(|w| key(v.speaker, w)).collect()
    };
    let index = Index::new(versions.iter().enumerate().flat_map(|(i, v)| shingles(v).into_iter().map(move |k| (k, i as u32))).collect());
    let pairs = |v: &Version| -> Vec<u64> { v.content.windows(2).map(|w| key(v.speaker, w)).collect() };
    let fragment = |v: &Version| v.words.len() <= FRAGMENT && v.content.len() >= 2;
    // Pairs of content words are looked up for fragments only, so only their pairs need lists.
    let mut wanted: Vec<u64> = versions.iter().filter(|v| fragment(v)).flat_map(&pairs).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let pair_index = Index::new(
        versions
            .iter()
            .enumerate()
            .flat_map(|(i, v)| pairs(v).into_iter().filter(|k| wanted.binary_search(k).is_ok()).map(move |k| (k, i as u32)).collect::<Vec<_>>())
            .collect(),
    );

    // What each joins depends on the words alone, so all can be looked up at once; who leads a group follows in order.
    let joined: Vec<Option<u32>> = run::map(versions.len(), |i| {
        let v = &versions[i];
        let mut offers: Vec<(f64, u32)> = Vec::new();
        let mut lists: Vec<&[(u64, u32)]> = shingles(v).into_iter().map(|k| index.list(k)).collect();
        lists.sort_by_key(|l| l.len());
        let mut hits: Vec<u32> = Vec::new();
        for list in lists.iter().take(VERIFIED) {
            // Only longer versions, which come first; of a long list the fullest and those of about the same length.
            let before = &list[..list.partition_point(|e| (e.1 as usize) < i)];
            let head = before.len().min(READ / 2);
            let tail = before.len().saturating_sub(READ / 2).max(head);
            hits.extend(before[..head].iter().chain(&before[tail..]).map(|e| e.1));
        }
        hits.sort_unstable();
        let mut counted: Vec<(std::cmp::Reverse<usize>, u32)> = hits.chunk_by(|a, b| a == b).map(|c| (std::cmp::Reverse(c.len()), c[0])).collect();
        counted.sort_unstable();
        for &(_, j) in counted.iter().take(VERIFIED) {
            if let Some(share) = same(v, &versions[j as usize], &content) {
                offers.push((share, j));
            }
        }
        if offers.is_empty() && fragment(v) {
            let lists = pairs(v);
            let shortest = lists.iter().map(|k| pair_index.list(*k)).min_by_key(|l| l.len()).unwrap_or_default();
            let before = &shortest[..shortest.partition_point(|e| (e.1 as usize) < i)];
            for &(_, j) in before.iter().take(READ).chain(before.iter().skip(READ).rev().take(READ)) {
                let other = &versions[j as usize];
                let near = gap(v.said, other.said).is_none_or(|g| g <= DAYS);
                if near && other.speaker == v.speaker && other.content.windows(v.content.len()).any(|w| w == v.content) {
                    offers.push((KEPT, j));
                }
            }
        }
        let apart = |j: u32| gap(v.said, versions[j as usize].said).unwrap_or(DAYS + 1);
        offers.iter().min_by(|a, b| b.0.total_cmp(&a.0).then((apart(a.1), a.1).cmp(&(apart(b.1), b.1)))).map(|&(_, j)| j)
    });
    let mut places: Vec<Place> = (0..versions.len() as u32).map(|leader| Place { leader, possible: false }).collect();
    for (i, j) in joined.into_iter().enumerate() {
        if let Some(j) = j {
            places[i].leader = places[j as usize].leader;
        }
    }
    possible(rows, versions, &mut places);
    places
}

/// The share of the shorter version `a` that the longer `b` keeps, where the two are one utterance.
fn same(a: &Version, b: &Version, content: &[bool]) -> Option<f64> {
    // Two keys may fall together; two speakers never.
    if a.speaker != b.speaker || a.words.len() < LONG && gap(a.said, b.said).is_some_and(|g| g > DAYS) {
        return None;
    }
    let common = subsequence(&a.words, &b.words);
    let share = common as f64 / a.words.len() as f64;
    if share < KEPT {
        return None;
    }
    let (start, run) = longest_run(&a.words, &b.words);
    let words = &a.words[start..start + run];
    let telling = words.iter().filter(|&&w| content[w as usize]).count();
    // In a much longer text the words of a short one turn up in order by chance: a third must stand together.
    let enough = if b.words.len() > 2 * a.words.len() { RUN.max(a.words.len() / 3) } else { RUN };
    (run >= enough && (telling >= 2 || run == b.words.len())).then_some(share)
}

/// Length of the longest common subsequence, 64 words of `a` at a time (Crochemore et al. 2001).
fn subsequence(a: &[u32], b: &[u32]) -> usize {
    let blocks = a.len().div_ceil(64);
    let mut masks: Map<u32, Vec<u64>> = Map::default();
    for (i, &w) in a.iter().enumerate() {
        masks.entry(w).or_insert_with(|| vec![0; blocks])[i / 64] |= 1 << (i % 64);
    }
    let mut v = vec![u64::MAX; blocks];
    for w in b {
        let Some(mask) = masks.get(w) else { continue };
        let mut carry = false;
        for (v, m) in v.iter_mut().zip(mask) {
            let u = *v & m;
            let (sum, c1) = v.overflowing_add(u);
            let (sum, c2) = sum.overflowing_add(u64::from(carry));
            carry = c1 || c2;
            *v = sum | (*v & !m);
        }
    }
    let mut zeros = 0;
    for (n, v) in v.iter().enumerate() {
        let bits = (a.len() - n * 64).min(64);
        let used = if bits == 64 { u64::MAX } else { (1 << bits) - 1 };
        zeros += (!v & used).count_ones() as usize;
    }
    zeros
}

/// Start in `a` and length of the longest run of words that `b` has too.
fn longest_run(a: &[u32], b: &[u32]) -> (usize, usize) {
    let mut ends = vec![0usize; b.len() + 1];
    let mut best = (0, 0);
    for i in 0..a.len() {
        let mut diagonal = 0;
        for j in 0..b.len() {
            let above = ends[j + 1];
            ends[j + 1] = if a[i] == b[j] { diagonal + 1 } else { 0 };
            if ends[j + 1] > best.1 {
                best = (i + 1 - ends[j + 1], ends[j + 1]);
            }
            diagonal = above;
        }
    }
    best
}

/// Paraphrase and back-translation: versions that stand alone, said within three days of one that shares
/// at least three content words and two fifths of those of the shorter. Linked, never merged.
fn possible(rows: &[QuoteRecord], versions: &[Version], places: &mut [Place]) {
    let mut sizes = vec![0u32; versions.len()];
    for (v, p) in versions.iter().zip(places.iter()) {
        sizes[p.leader as usize] += v.rows.len() as u32;
    }
    let sets: Vec<Vec<u32>> = versions
        .iter()
        .map(|v| {
            let mut set = v.content.clone();
            set.sort_unstable();
            set.dedup();
            set
        })
        .collect();
    let dated = |v: &Version| v.said.filter(|s| s.1 - s.0 <= 62);
    // By speaker, word and month, so that a list is as short as a speaker's month.
    let month = |d: Day| d.div_euclid(31) as u32;
    let mut entries = Vec::new();
    for (i, v) in versions.iter().enumerate() {
        let Some((from, to)) = dated(v).filter(|_| sets[i].len() >= 4) else { continue };
        for &w in &sets[i] {
            for m in month(from)..=month(to) {
                entries.push((key(v.speaker, &[w, m]), i as u32));
            }
        }
    }
    let index = Index::new(entries);
    // Most candidates fall out by their days, so those stand side by side in memory.
    let days: Vec<(Day, Day)> = versions.iter().map(|v| v.said.unwrap_or((Day::MAX, Day::MIN))).collect();
    let links = run::map(versions.len(), |i| {
        let v = &versions[i];
        let (from, to) = dated(v)?;
        if sizes[places[i].leader as usize] != 1 || sets[i].len() < 4 {
            return None;
        }
        let mut lists: Vec<&[(u64, u32)]> = Vec::new();
        for &w in &sets[i] {
            for m in month(from - DAYS)..=month(to + DAYS) {
                lists.push(index.list(key(v.speaker, &[w, m])));
            }
        }
        lists.retain(|l| !l.is_empty());
        lists.sort_by_key(|l| l.len());
        let mut hits: Vec<u32> =
            lists.iter().take(2 * VERIFIED).flat_map(|l| l.iter().take(READ)).map(|e| e.1).filter(|&j| j as usize != i).collect();
        hits.sort_unstable();
        hits.dedup();
        let mut best: Option<(f64, u32)> = None;
        for &j in &hits {
            if gap(v.said, Some(days[j as usize])).is_none_or(|g| g > DAYS) {
                continue;
            }
            let other = &versions[j as usize];
            if other.speaker != v.speaker {
                continue;
            }
            // What one article runs twice in other words is two statements of that article.
            if other.rows.iter().all(|&n| rows[n as usize].doc_id == rows[v.rows[0] as usize].doc_id) {
                continue;
            }
            let shared = sets[i].iter().filter(|w| sets[j as usize].binary_search(w).is_ok()).count();
            let share = shared as f64 / sets[i].len().min(sets[j as usize].len()) as f64;
            if shared >= 3 && share >= 0.4 && best.is_none_or(|b| share > b.0 + 1e-9) {
                best = Some((share, j));
            }
        }
        best.map(|(_, j)| (i as u32, j))
    });
    for (i, j) in links.into_iter().flatten() {
        // Of two that stand alone, the shorter becomes the other's; one that is itself only possible leads nobody.
        let alone = sizes[places[j as usize].leader as usize] == 1;
        let (who, whom) = if alone && j > i { (j, i) } else { (i, j) };
        if places[who as usize].possible || places[whom as usize].possible || sizes[places[who as usize].leader as usize] != 1 {
            continue;
        }
        places[who as usize] = Place { leader: places[whom as usize].leader, possible: true };
        sizes[places[whom as usize].leader as usize] += 1;
    }
}

/// Ids, kinds and lent dates of every group of two or more rows.
fn write(rows: &mut [QuoteRecord], versions: &[Version], places: &[Place]) {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); versions.len()];
    for (i, p) in places.iter().enumerate() {
        members[p.leader as usize].push(i as u32);
    }
    let mut taken: Map<u64, u32> = Map::default();
    for (leader, members) in members.iter().enumerate() {
        let all: Vec<u32> = members.iter().flat_map(|&m| versions[m as usize].rows.iter().copied()).collect();
        // Pieces of one utterance are no echoes of each other.
        let Some(&first) = all.first() else { continue };
        let own = |n: u32| (&rows[n as usize].doc_id, &rows[n as usize].utterance_id);
        if all.iter().all(|&n| own(n) == own(first) && !rows[n as usize].utterance_id.is_empty()) || all.len() < 2 {
            continue;
        }
        let full = &versions[leader];
        let hash = crate::language::table::fnv(format!("{}\n{}", rows[full.rows[0] as usize].speaker, full.text).as_bytes());
        let again = taken.entry(hash).or_insert(0);
        *again += 1;
        let id = if *again == 1 { format!("e{:012x}", hash >> 16) } else { format!("e{:012x}.{again}", hash >> 16) };
        let printed = all.iter().filter_map(|&n| rows[n as usize].published).min().map(day);
        // The best-dated version lends its days; what was in print cannot have been said later.
        let best = members
            .iter()
            .filter(|&&m| !places[m as usize].possible)
            .flat_map(|&m| &versions[m as usize].rows)
            .filter_map(|&n| said(&rows[n as usize]))
            .filter(|s| printed.is_none_or(|p| s.0 <= p))
            .min_by_key(|s| (s.1 - s.0, s.0));
        for &m in members {
            let version = &versions[m as usize];
            let kind = if places[m as usize].possible {
                "possible"
            } else if version.words == full.words {
                "whole"
            } else if subsequence(&version.words, &full.words) == version.words.len() {
                "cut"
            } else {
                "edited"
            };
            for &n in &version.rows {
                let row = &mut rows[n as usize];
                row.echo_id.clone_from(&id);
                kind.clone_into(&mut row.echo_kind);
                let (Some((from, to)), false) = (best, places[m as usize].possible) else { continue };
                let narrower = match said(row) {
                    Some((a, b)) => to - from < b - a && from <= b && a <= to,
                    None => row.published.is_none_or(|p| from <= day(p)) && row.said_to.is_none_or(|t| from <= day(t)),
                };
                if narrower {
                    (row.echo_said_from, row.echo_said_to) = (Some(date(from)), Some(date(to)));
                }
            }
        }
    }
}
