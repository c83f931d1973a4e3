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
            "speaker_confidence" Number "0 to 1: how often a speaker found by this rule, and so named, was right on annotated text.";
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
    Table {
        file: "framing.csv",
        about: "One row for each outlet. _a is the first leader, _b the second; _low and _high bound the 95 % percentile interval of a bootstrap over articles, empty under 5 articles.",
        columns: columns! {
            "outlet" Text "The outlet.";
            "leader_a" Text "Short name of the first leader.";
            "leader_b" Text "Short name of the second leader.";
            "n_articles" Integer "Articles.";
            "n_words" Integer "Words of running text, boilerplate left out.";
            "n_quotes" Integer "Marked or pull quotations.";
            "n_wire" Integer "Articles of which at least half of the runs of eight words had stood in an earlier article of another outlet.";
            "wire_share" Number "n_wire over n_articles.";
            "narration_tone" Number "Mean tone of the outlet's own sentences about either leader, quotations masked, -1 … +1.";
            "narration_tone_low" Number "Lower bound.";
            "narration_tone_high" Number "Upper bound.";
            "quoted_tone" Number "Mean tone of the quotations between the leaders that it ran.";
            "quoted_tone_low" Number "Lower bound.";
            "quoted_tone_high" Number "Upper bound.";
            "tone_gap" Number "narration_tone minus quoted_tone.";
            "tone_gap_low" Number "Lower bound.";
            "tone_gap_high" Number "Upper bound.";
            "selection_effect" Number "Mean tone of the shared utterances it ran minus the mean of all shared utterances that it could have run (run by two outlets or more, said before its last article).";
            "selection_effect_low" Number "Lower bound.";
            "selection_effect_high" Number "Upper bound.";
            "coverage" Number "Share of the shared utterances within reach that it ran.";
            "n_pool" Integer "Shared utterances within reach.";
            "mean_kept" Number "Mean length of its versions over the fullest version's.";
            "cut_tone_shift" Number "Mean tone of its shortened versions minus that of the fullest.";
            "voice_share_a" Number "Share of quoted words that the first leader speaks.";
            "voice_share_b" Number "Share of quoted words that the second leader speaks.";
            "lead_speaker" Text "Who is quoted first most often.";
            "first_quote_pos" Number "Mean place of an article's first quotation, as a share of its words.";
            "verb_distance" Number "Share of distancing reporting verbs (claimed, alleged).";
            "verb_distance_low" Number "Lower bound.";
            "verb_distance_high" Number "Upper bound.";
            "verb_neutral" Number "Share of neutral ones (said).";
            "verb_endorse" Number "Share of endorsing ones (noted, pointed out).";
            "verb_hostile" Number "Share of hostile ones (threatened, blasted).";
            "verb_warm" Number "Share of warm ones (praised, thanked).";
            "verb_asymmetry" Number "Share of distancing and hostile verbs when the first leader speaks minus the same when the second does.";
            "verb_asymmetry_low" Number "Lower bound.";
            "verb_asymmetry_high" Number "Upper bound.";
            "narration_tone_a" Number "Mean tone of its own sentences toward the first leader.";
            "narration_tone_a_low" Number "Lower bound.";
            "narration_tone_a_high" Number "Upper bound.";
            "narration_tone_b" Number "The same toward the second leader.";
            "narration_tone_b_low" Number "Lower bound.";
            "narration_tone_b_high" Number "Upper bound.";
            "title_name_a" Number "Share of namings of the first leader with a title.";
            "full_name_a" Number "With the full name alone.";
            "surname_a" Number "With the surname alone.";
            "epithet_a" Number "By a description.";
            "epithet_a_low" Number "Lower bound.";
            "epithet_a_high" Number "Upper bound.";
            "title_name_b" Number "Share of namings of the second leader with a title.";
            "full_name_b" Number "With the full name alone.";
            "surname_b" Number "With the surname alone.";
            "epithet_b" Number "By a description.";
            "epithet_b_low" Number "Lower bound.";
            "epithet_b_high" Number "Upper bound.";
            "epithets_a" Text "The five commonest descriptions of the first leader, description:count, ; between them.";
            "epithets_b" Text "The same for the second leader.";
            "hedges_per_1000" Number "Hedges for each 1,000 of its own words.";
            "scare_per_1000" Number "Marked stretches that are nobody's speech, for each 1,000 of its own words.";
            "voice_share_a_low" Number "Lower bound of `voice_share_a`.";
            "voice_share_a_high" Number "Upper bound.";
            "voice_share_b_low" Number "Lower bound of `voice_share_b`.";
            "voice_share_b_high" Number "Upper bound.";
            "title_name_a_low" Number "Lower bound of `title_name_a`.";
            "title_name_a_high" Number "Upper bound.";
            "title_name_b_low" Number "Lower bound of `title_name_b`.";
            "title_name_b_high" Number "Upper bound.";
            "scare_per_1000_low" Number "Lower bound of `scare_per_1000`.";
            "scare_per_1000_high" Number "Upper bound.";
        },
    },
    Table {
        file: "framing_quotes.csv",
        about: "One row for each shared utterance and outlet that ran it or could have.",
        columns: columns! {
            "echo_id" Text "The utterance.";
            "speaker" Text "Who said it.";
            "target" Text "Whom it is aimed at.";
            "direction" Text "A>B by the leaders' short names.";
            "said_from" Date "First day, the narrowest that any version tells.";
            "said_to" Date "Last day.";
            "utterance" Text "The fullest version.";
            "outlet" Text "The outlet.";
            "status" Text "whole, cut, edited, paraphrased (without marks or translated back) or absent.";
            "kept" Number "Share of the fullest version's words kept, in order, 0 to 1.";
            "cut" Text "The words that were cut.";
            "tone" Number "Tone of this version, -1 … +1.";
            "tone_shift" Number "Tone of this version minus that of the fullest.";
            "cue" Text "The outlet's reporting verb.";
            "cue_class" Text "Its class.";
            "doc_id" Text "The article.";
            "start" Integer "First Unicode scalar of the version.";
            "end" Integer "One past the last of its last piece.";
        },
    },
    Table {
        file: "framing_words.csv",
        about: "Words that set an outlet's own voice apart from the others' (quotations masked, wire copy left out): log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008).",
        columns: columns! {
            "outlet" Text "The outlet.";
            "against" Text "rest: all other outlets together.";
            "word" Text "The word in lower case.";
            "n" Integer "Times in the outlet's own voice.";
            "n_against" Integer "Times in the others'.";
            "articles" Integer "Articles of the outlet that use it.";
            "articles_against" Integer "Other articles that use it.";
            "log_odds" Number "Positive where the outlet uses it more.";
            "z" Number "log_odds over its standard error by the approximate variance of Monroe et al.";
            "z_full" Number "The same by the full variance of four terms.";
            "p" Number "Two-sided, from z.";
            "q" Number "Benjamini–Hochberg, over all words tested for the outlet.";
        },
    },
    Table {
        file: "trend.csv",
        about: "How the tone of each direction moved: the means of periods, and the fitted line day by day.",
        columns: columns! {
            "direction" Text "A>B: who speaks about whom.";
            "series" Text "day, week or month: the mean of a period; fit: the fitted line at a day.";
            "date" Date "The day, or the period's first.";
            "to" Date "The period's last day.";
            "n" Integer "Utterances that can have been said then; the same utterance in several articles counts once.";
            "articles" Integer "Articles that count for them: of each utterance the first printed.";
            "weight" Number "Their weight: an utterance known to an interval gives each period the share of its days.";
            "n_eff" Number "Kish's effective number of utterances under the kernel.";
            "fit" Number "Local-linear fit with a Gaussian kernel, -1 … +1; empty where fewer than 3 effective utterances or articles speak, in silences of over 60 days, and where its interval spans more than 1.";
            "low" Number "Lower end of the 95 % percentile bootstrap interval over articles; of a mean, empty with fewer than 5 articles.";
            "high" Number "Upper end.";
            "mean" Number "Mean tone of the period, -1 … +1.";
        },
    },
    Table {
        file: "shifts.csv",
        about: "Turning points of each direction, with intervals and tests.",
        columns: columns! {
            "direction" Text "A>B: who speaks about whom.";
            "kind" Text "step (the greatest single one), several (one of several by PELT), given (a day that was asked for), none (too few).";
            "date" Date "First day of the new level.";
            "low" Date "First day of the interval.";
            "high" Date "Last day of the interval.";
            "level" Number "Nominal level of the interval: the likelihood-ratio test inverted, scaled over articles (Hansen 2000; Eo & Morley 2015).";
            "n_before" Integer "Utterances before.";
            "n_after" Integer "Utterances from the day on.";
            "mean_before" Number "Mean tone before.";
            "mean_after" Number "Mean tone from the day on.";
            "difference" Number "After less before.";
            "hedges_g" Number "Hedges' g: the difference in pooled standard deviations, corrected for small samples.";
            "cliffs_delta" Number "Cliff's δ: P(after > before) - P(after < before).";
            "p" Number "p of the test.";
            "test" Text "max-statistic permutation over dates (searched), exact permutation or permutation (given day); articles are permuted, not quotations.";
            "clear" Text "true where p is at most 0.05.";
            "bandwidth" Text "Kernel bandwidth of the direction's line in days, and how it was chosen.";
            "note" Text "What to know before it is cited.";
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
