//! Every table's columns, once: `datapackage.json` and `CODEBOOK.md` are written from here, and a test
//! holds that each CSV has exactly these columns in this order.

use serde_json::{Value, json};
use std::fmt::Write;

/// A column's type, in Frictionless terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole number.
    Integer,
    /// Decimal number.
    Number,
    /// ISO 8601 civil date.
    Date,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Date => "date",
        }
    }
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Header.
    pub name: &'static str,
    /// Type.
    pub kind: Kind,
    /// Meaning, with unit or range.
    pub about: &'static str,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// File name.
    pub file: &'static str,
    /// One row is what.
    pub about: &'static str,
    /// Columns in order.
    pub columns: &'static [Column],
}

impl Table {
    /// The header row.
    pub fn header(&self) -> Vec<&'static str> {
        self.columns.iter().map(|c| c.name).collect()
    }
}

/// The table written to `file`.
pub fn table(file: &str) -> Option<&'static Table> {
    TABLES.iter().find(|t| t.file == file)
}

macro_rules! columns {
    ($($name:literal $kind:ident $about:literal;)*) => { &[$(Column { name: $name, kind: Kind::$kind, about: $about }),*] };
}

/// All tables, in the order of the codebook.
pub const TABLES: &[Table] = &[
    Table {
        file: "quotes.csv",
        about: "One row for each contiguous stretch of reported words. A quotation split by its reporting clause is several rows with one utterance_id.",
        columns: columns! {
            "doc_id" Text "The article: the input's own id, else the file name.";
            "outlet" Text "Who printed it.";
            "published" Date "Publication date.";
            "title" Text "Headline.";
            "url" Text "Address.";
            "quote_id" Text "doc_id#n, n from 1 in text order.";
            "start" Integer "First Unicode scalar of the words in the article's text as read, from 0, marks left out.";
            "end" Integer "One past the last.";
            "quote" Text "The words.";
            "kind" Text "direct (a sentence or more between marks), mixed (a fragment inside the reporter's sentence), pull (set apart, no marks), indirect (reported clause, no marks).";
            "speaker" Text "Canonical name, or the surface form where nobody known fits; empty = unknown.";
            "speaker_role" Text "leader, side (speaks for a leader's government), other.";
            "speaker_mention" Text "The words that name the speaker.";
            "speaker_start" Integer "First Unicode scalar of those.";
            "speaker_end" Integer "One past the last.";
            "cue" Text "The reporting verb or phrase.";
            "cue_class" Text "neutral, endorse, distance, hostile or warm: how the outlet's verb stands to what is said.";
            "attribution" Text "The rule that decided who speaks.";
            "speaker_confidence" Number "0 to 1: the share of quotations decided by this rule that were right on annotated text.";
            "reported_by" Text "Who says that the speaker said so, where it is not the outlet.";
            "target" Text "Whom the words are aimed at: a person, country or body; empty = nobody in particular.";
            "target_basis" Text "The rule that decided whom they are aimed at.";
            "direction" Text "A>B or B>A by the leaders' short names: speaker is one leader, target the other, his government or his country; else empty.";
            "said_from" Date "First day on which it can have been said, from the article alone; empty = open.";
            "said_to" Date "Last day; empty = open.";
            "said_granularity" Text "day, week, part-of-month, month … year, unknown-past.";
            "said_basis" Text "The rule that dated it, and the words used.";
            "tone" Number "-1 confrontation … +1 cordiality, toward the target; empty where there is no target.";
            "tone_label" Text "confrontational, neutral or cordial; the thresholds are in run.json.";
            "valence" Number "VADER compound of the words, -1 … +1, by the reference rules with curly marks folded.";
            "tone_hits" Text "term:weight pairs that made up the tone, ; between them.";
            "utterance_id" Text "Pieces of one utterance in one article share it.";
            "content_start" Integer "First Unicode scalar of the whole reported clause round marked words.";
            "content_end" Integer "One past its last.";
            "echo_said_from" Date "A narrower first day lent by an echo in another article.";
            "echo_said_to" Date "A narrower last day lent by an echo.";
            "tone_e4" Integer "tone × 10⁴, so that sums merge exactly.";
            "valence_e4" Integer "valence × 10⁴.";
            "echo_id" Text "The same utterance in other articles has the same id.";
            "echo_kind" Text "whole, cut, edited or possible: how this version stands to the fullest one.";
            "speaker_side" Text "Short name of the leader that the speaker is or speaks for; empty = neither.";
            "target_side" Text "Short name of the leader that the target is, or whose government or country it is; empty = neither.";
            "target_person" Text "true where the target is that leader in person, else false.";
        },
    },
    Table {
        file: "sentences.csv",
        about: "One row for each sentence (with --sentences).",
        columns: columns! {
            "doc_id" Text "The article.";
            "outlet" Text "Who printed it.";
            "published" Date "Publication date.";
            "sentence_id" Text "doc_id#sN, N from 1.";
            "paragraph" Integer "Paragraph (non-empty line), from 1.";
            "start" Integer "First Unicode scalar.";
            "end" Integer "One past the last.";
            "sentence" Text "The words.";
            "voice" Text "outlet, quotation, both, or none (boilerplate).";
            "kind" Text "text, or what boilerplate it is.";
            "valence" Number "VADER compound, -1 … +1.";
            "tone_a" Number "Tone of the outlet's own words toward the first leader of run.json, -1 … +1; empty where the sentence is not about him or her.";
            "tone_b" Number "The same toward the second leader.";
        },
    },
    Table {
        file: "review.csv",
        about: "Rows of quotes.csv that a person should check, least certain first.",
        columns: columns! {
            "doc_id" Text "The article.";
            "start" Integer "First Unicode scalar of the quotation.";
            "end" Integer "One past the last.";
            "doubt" Text "What is in doubt, ; between reasons.";
            "certainty" Number "How certain the least certain part is, 0 to 1.";
            "quote" Text "The words.";
            "speaker" Text "As attributed.";
            "attribution" Text "The rule.";
            "target" Text "As found.";
            "said_from" Date "First day.";
            "said_to" Date "Last day.";
            "said_basis" Text "Rule and words that dated it.";
            "tone" Number "-1 … +1.";
            "context" Text "The paragraph round the quotation, at most 400 characters either side.";
            "outlet" Text "Who printed it.";
            "quote_id" Text "The row in quotes.csv.";
        },
    },
];

/// `datapackage.json` (Frictionless Data Package) for the tables among `files`.
pub fn datapackage(files: &[String]) -> Value {
    let resources: Vec<Value> = TABLES
        .iter()
        .filter(|t| files.iter().any(|f| f == t.file))
        .map(|t| {
            let fields: Vec<Value> = t.columns.iter().map(|c| json!({"name": c.name, "type": c.kind.name(), "description": c.about})).collect();
            json!({
                "name": t.file.trim_end_matches(".csv").replace('_', "-"), "path": t.file, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
                "description": t.about, "schema": {"fields": fields, "missingValues": [""]},
            })
        })
        .collect();
    json!({"name": "detente", "profile": "tabular-data-package", "version": env!("CARGO_PKG_VERSION"), "resources": resources})
}

/// `CODEBOOK.md` for all tables.
pub fn codebook() -> String {
    let mut out = String::from(
        "# Codebook\n\nOffsets are Unicode scalar offsets (what Python slices and R `substring` count), half-open, into the article's text as read.\nDates are ISO 8601 civil dates. Missing = empty cell.\n",
    );
    for table in TABLES {
        let _ = write!(out, "\n## {}\n\n{}\n\n| column | type | meaning |\n|---|---|---|\n", table.file, table.about);
        for c in table.columns {
            let _ = writeln!(out, "| {} | {} | {} |", c.name, c.kind.name(), c.about.replace('|', "\\|"));
        }
    }
    out
}
