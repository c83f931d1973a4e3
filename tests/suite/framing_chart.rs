//! The framing pictures: titles that the intervals bear out, the same bytes each time, and room for any
//! number of outlets, utterances and long names.

use detente::framing::outlet::OutletRow;
use detente::framing::version::VersionRow;
use detente::framing::{Framing, WordRow};
use detente::report::chart::canvas::{Sheet, Stamp};
use detente::report::chart::font::Fonts;
use detente::report::chart::palette::Theme;
use detente::report::chart::{Size, Style, framing_outlets, framing_quotes, framing_words};

fn outlet(name: &str, selection: (f64, f64, f64), gap: (f64, f64, f64)) -> OutletRow {
    OutletRow {
        outlet: name.into(),
        leader_a: "Novak".into(),
        leader_b: "Lind".into(),
        n_articles: 6,
        narration_tone: Some(0.1),
        narration_tone_low: Some(0.0),
        narration_tone_high: Some(0.2),
        quoted_tone: Some(0.1 - gap.0),
        tone_gap: Some(gap.0),
        tone_gap_low: Some(gap.1),
        tone_gap_high: Some(gap.2),
        selection_effect: Some(selection.0),
        selection_effect_low: Some(selection.1),
        selection_effect_high: Some(selection.2),
        coverage: Some(0.5),
        voice_share_a: Some(0.4),
        voice_share_b: Some(0.3),
        verb_distance: Some(0.1),
        verb_hostile: Some(0.1),
        verb_endorse: Some(0.2),
        verb_warm: Some(0.0),
        ..OutletRow::default()
    }
}

fn version(echo: &str, outlet: &str, status: &'static str, kept: f64, tone: Option<f64>) -> VersionRow {
    VersionRow {
        echo_id: echo.into(),
        speaker: "Ada Novak".into(),
        target: "Boris Lind".into(),
        direction: "Novak>Lind".into(),
        said_from: "2025-03-01".parse().ok(),
        said_to: "2025-03-01".parse().ok(),
        utterance: format!("Words of {echo} that several outlets ran, each in its way,"),
        outlet: outlet.into(),
        status,
        kept: Some(kept),
        cut: String::new(),
        tone,
        tone_shift: None,
        cue: "claimed".into(),
        cue_class: "distance".into(),
        doc_id: "d".into(),
        start: Some(0),
        end: Some(9),
    }
}

fn word(outlet: &str, word: &str, z: f64, q: f64) -> WordRow {
    WordRow {
        outlet: outlet.into(),
        against: "rest".into(),
        word: word.into(),
        n: 9,
        n_against: 2,
        articles: 4,
        articles_against: 2,
        log_odds: z / 3.0,
        z,
        z_full: z,
        p: q,
        q,
    }
}

fn two() -> Framing {
    let status = ["whole", "cut", "edited", "paraphrased", "absent"];
    Framing {
        outlets: vec![outlet("Gazette", (-0.3, -0.5, -0.1), (0.2, 0.1, 0.3)), outlet("Post", (0.2, 0.1, 0.4), (0.0, -0.1, 0.1))],
        versions: (0..5)
            .flat_map(|i| {
                [version(&format!("e{i}"), "Gazette", "whole", 1.0, Some(-0.5)), version(&format!("e{i}"), "Post", status[i], 0.4, Some(0.4))]
            })
            .collect(),
        words: vec![word("Gazette", "regime", 4.2, 0.001), word("Gazette", "talks", -2.0, 0.2), word("Post", "talks", 2.0, 0.2)],
    }
}

fn each(framing: &Framing, style: &Style, mut see: impl FnMut(&Sheet)) {
    let fonts = Fonts::new(None).expect("the built-in fonts");
    for draw in [framing_quotes, framing_outlets, framing_words] {
        see(&draw(framing, style, &fonts));
    }
}

#[test]
fn titles_state_what_the_intervals_bear_out() {
    let mut titles = Vec::new();
    each(&two(), &Style::default(), |sheet| titles.push(sheet.title.clone()));
    assert!(titles[0].starts_with("Gazette ran the harsher words, Post the friendlier ones."), "{}", titles[0]);
    assert!(titles[1].starts_with("Gazette sounds warmer than the words it quotes."), "{}", titles[1]);
    assert!(titles[2].starts_with("The word that stands out most: “regime” in Gazette."), "{}", titles[2]);
}

#[test]
fn titles_claim_nothing_that_chance_could_do() {
    let mut framing = two();
    framing.outlets = vec![outlet("Gazette", (-0.3, -0.7, 0.1), (0.2, -0.1, 0.5)), outlet("Post", (0.2, -0.1, 0.4), (0.0, -0.1, 0.1))];
    framing.words[0].q = 0.06;
    let mut titles = Vec::new();
    each(&framing, &Style::default(), |sheet| titles.push(sheet.title.clone()));
    assert!(titles[0].starts_with("Gazette ran 50% of the shared statements, Post 50%."), "{}", titles[0]);
    assert!(titles[1].starts_with("No outlet’s own voice differs clearly"), "{}", titles[1]);
    assert!(titles[2].starts_with("No single word sets an outlet apart"), "{}", titles[2]);
}

#[test]
fn the_same_picture_each_time_in_both_sizes_and_themes() {
    for (size, theme, width) in [(Size::Print, Theme::Light, 1200.0), (Size::Social, Theme::Dark, 540.0)] {
        let style = Style { size, theme, ..Style::default() };
        let (mut first, mut again) = (Vec::new(), Vec::new());
        let stamp = Stamp { scale: 1.0, hash: "x".into() };
        each(&two(), &style, |sheet| first.push((sheet.width, sheet.png(&stamp).expect("a picture"), sheet.svg())));
        each(&two(), &style, |sheet| again.push((sheet.width, sheet.png(&stamp).expect("a picture"), sheet.svg())));
        assert!(first == again);
        assert!(first.iter().all(|(w, ..)| *w == width));
    }
}

#[test]
fn nothing_and_very_much_are_drawn_too() {
    let mut much = Framing::default();
    for o in 0..30 {
        let name = format!("{o} The Very Long Name of a Provincial Newspaper and Advertiser");
        much.outlets.push(outlet(&name, (0.0, -0.1, 0.1), (0.9, 0.8, 1.0)));
        much.words.extend((0..40).map(|w| word(&name, &format!("unpronounceablyoverlongword{w}"), f64::from(w), 0.01)));
    }
    for e in 0..40 {
        much.versions.extend((0..30).map(|o| version(&format!("e{e:02}"), &much.outlets[o].outlet, "cut", 0.0, None)));
    }
    for size in [Size::Print, Size::Social] {
        let style = Style { size, ..Style::default() };
        each(&Framing::default(), &style, |sheet| assert!(sheet.height > 60.0 && sheet.height < 400.0, "{}", sheet.height));
        each(&much, &style, |sheet| {
            assert!(sheet.height < 2600.0, "{}", sheet.height);
            assert!(sheet.missing().is_empty());
        });
    }
}
