//! Texts that nobody would write, on every built-in template: nothing panics, nothing is lost,
//! nothing leaves the artboard, and what does not fit is said and truly does not.
//!
//! `TEXTS=2000 cargo test --release --test generated` is the long run; a short one is part of
//! `cargo test`.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use pullquote::Studio;
use pullquote::compose::Composition;
use pullquote::deck::{Card, ChartKind, Deck, Field, Kind, Slide, Value};
use pullquote::geometry::{Em, Px, Rect};
use pullquote::plan::{self, Options};
use pullquote::text::{
    self, Align, FaceRequest, Fonts, Frame, Hang, Paragraph, StyledRange, TextStyle, Valign,
};
use rayon::prelude::*;

/// How many texts unless `TEXTS` says otherwise.
const FEW: usize = 8;

/// What diagnostics may say about texts like these.
const EXPECTED: &[&str] = &[
    "text-overflow",
    "glyph-missing",
    "text-left-out",
    "word-cut",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z]{1,12}[.,;:!?]?",
        2 => "[äöüßéèçñåøłđżğ]{1,14}",
        2 => "[а-яА-Я]{1,12}[.,]?",
        2 => "[α-ωΑ-Ω]{1,12}",
        2 => "[ا-ي]{1,10}[،.]?",
        2 => "[א-ת]{1,9}[.,]?",
        1 => "[क-ह]{1,2}[ािीुूेैो]?[क-ह]्[क-ह]{1,3}",
        1 => "[ก-ฮ][ัิีึืุู]?[่้]?[ก-ฮ]{1,12}",
        1 => "[一-龥]{1,8}[。、]?",
        1 => "[ぁ-んァ-ン]{1,8}",
        1 => "[가-힣]{1,6}",
        1 => Just("👩‍👩‍👧‍👦".to_owned()),
        1 => Just("🇩🇪🇫🇷".to_owned()),
        1 => Just("🙏🏽".to_owned()),
        1 => "[0-9]{1,3}([,. ][0-9]{3}){0,3} ?%?",
        1 => "[a-z]{20,90}",
        1 => "e[\u{301}\u{308}\u{323}\u{30a}]{1,9}",
        1 => "[«“„\"'(\\[]{1,2}[a-z]{1,8}[»”“\"')\\]]{1,2}",
        1 => "[—–…·•†‡§¶©®™€£¥]{1,3}",
        1 => "[\u{0}-\u{1f}\u{7f}-\u{9f}]{1,3}",
        1 => "[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}\u{fffe}]{1,4}",
        1 => "[<&>\"'{}]{1,6}",
    ]
}

fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        14 => Just(" "), 1 => Just(""), 1 => Just("  "), 1 => Just("\u{a0}"), 1 => Just("\n"),
        1 => Just("\t"), 1 => Just("\r\n"), 1 => Just("\u{2009}"), 1 => Just("\u{200b}"),
        1 => Just("\u{ad}"), 1 => Just("-"), 1 => Just("/"), 1 => Just("\u{2028}"), 1 => Just("\u{3000}"),
    ]
}

/// The same texts in every run.
fn texts() -> Vec<String> {
    let count = std::env::var("TEXTS")
        .ok()
        .and_then(|text| text.parse().ok());
    let mut runner = TestRunner::deterministic();
    let text = prop::collection::vec((word(), gap()), 1..=80);
    let mut next = || {
        let parts = text
            .new_tree(&mut runner)
            .expect("it is generated")
            .current();
        parts.into_iter().map(|(word, gap)| word + gap).collect()
    };
    (0..count.unwrap_or(FEW)).map(|_| next()).collect()
}

fn card(id: &str, kind: Kind, fields: Vec<(Field, String)>) -> Card {
    Card {
        fields: fields.into_iter().collect(),
        ..Card::new(id, kind)
    }
}

/// The text in every place that a card of each family has, long and short.
fn cards(index: usize, text: &str) -> Vec<Card> {
    let start = |words: usize| {
        let words: Vec<&str> = text
            .split_inclusive(char::is_whitespace)
            .take(words)
            .collect();
        words.concat()
    };
    let quote = vec![
        (Field::Quote, text.to_owned()),
        (Field::Speaker, start(5)),
        (Field::Role, start(9)),
        (Field::Brand, start(2)),
        (Field::Title, start(7)),
    ];
    let statistic = vec![
        (Field::Figure, start(2)),
        (Field::Label, start(14)),
        (Field::Context, text.to_owned()),
        (Field::Source, start(6)),
        (Field::Qualifier, start(1)),
        (Field::Brand, start(1)),
    ];
    let title = vec![
        (Field::Title, text.to_owned()),
        (Field::Kicker, start(4)),
        (Field::Byline, start(5)),
        (Field::Date, start(3)),
        (Field::Brand, start(2)),
        (Field::Call, start(8)),
        (Field::Link, start(2)),
    ];
    // A chart needs a figure that it can draw; the words around it may be any.
    let charted = |figure: &str| {
        let own = statistic
            .iter()
            .filter(|(field, _)| *field != Field::Figure);
        let figure = [(Field::Figure, figure.to_owned())];
        own.cloned().chain(figure).collect::<Vec<_>>()
    };
    let value = |number: usize, words: usize| Value {
        figure: format!("{number}%"),
        label: start(words),
    };
    let values: Vec<Value> = [
        value(1 + index % 99, 3),
        value(50, 12),
        value(7, 1),
        value(100, 30),
    ]
    .into_iter()
    .take(2 + index % 3)
    .collect();
    let (of, n) = (2 + index % 9, 1 + index % 2);
    let with = |card: Card, chart| Card {
        chart: Some(chart),
        values: if chart == ChartKind::Bars {
            values.clone()
        } else {
            Vec::new()
        },
        ..card
    };
    let name = |family: &str| format!("{family}{index}");
    let ratio = card(
        &name("ratio"),
        Kind::Statistic,
        charted(&format!("{n} in {of}")),
    );
    let ring = card(
        &name("ring"),
        Kind::Statistic,
        charted(&format!("{}%", 3 + index % 94)),
    );
    let bars = card(&name("bars"), Kind::Statistic, charted("50%"));
    let list = Card {
        values: values.clone(),
        ..card(&name("list"), Kind::List, title.clone())
    };
    let plain = [
        card(&name("quote"), Kind::Quote, quote),
        card(&name("statistic"), Kind::Statistic, statistic),
        card(&name("title"), Kind::Title, title),
    ];
    let slides =
        [("quote", 0), ("statistic", 1), ("cover", 2), ("end", 2)].map(|(step, of)| Card {
            template: Some(format!("carousel-{step}")),
            slide: Some(Slide {
                number: 1 + (index % 12) as u32,
                of: 12,
            }),
            id: name(step) + "-slide",
            ..plain[of].clone()
        });
    let charts = [
        with(ratio, ChartKind::Ratio),
        with(ring, ChartKind::Ring),
        with(bars, ChartKind::Bars),
        list,
    ];
    plain.into_iter().chain(charts).chain(slides).collect()
}

fn faults_of(composition: &Composition) -> Vec<String> {
    let (width, height) = (composition.width, composition.height);
    let artboard = Rect::from_xywh(0.0, 0.0, f64::from(width), f64::from(height));
    let outside = composition
        .texts
        .iter()
        .filter(|text| text.lines.iter().any(|line| !line.trim().is_empty()))
        .filter(|text| !artboard.contains(&text.ink, Px(0.5)));
    outside
        .map(|text| format!("{:?} leaves the artboard: {:?}", text.fields, text.ink))
        .collect()
}

#[test]
fn nothing_leaves_the_artboard_whatever_is_written() {
    let studio = Studio::new().expect("the built-in library loads");
    let texts = texts();
    let cards = texts
        .iter()
        .enumerate()
        .flat_map(|(index, text)| cards(index, text));
    let deck = Deck {
        cards: cards.collect(),
        ..Deck::default()
    };
    let decks = [deck];
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for theme in studio.library().theme_names() {
        let options = Options {
            theme: Some(theme.to_owned()),
            ..Options::default()
        };
        let plan = plan::plan(&decks, studio.library(), &options).expect("the names are known");
        seen.extend(plan.jobs.iter().map(|job| job.family.clone()));
        let found = plan.jobs.par_iter().flat_map_iter(|job| {
            let composed = studio.compose(job);
            let mut faults: Vec<String> = composed
                .diagnostics
                .iter()
                .filter(|diagnostic| !EXPECTED.contains(&diagnostic.code))
                .map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.message))
                .collect();
            match &composed.composition {
                Some(composition) => faults.extend(faults_of(composition)),
                None if composed.diagnostics.is_empty() => faults.push("no word why".to_owned()),
                None => {}
            }
            let name = job.name.display().to_string();
            faults
                .into_iter()
                .map(move |fault| format!("{theme} {name}: {fault}"))
        });
        faults.extend(found.collect::<Vec<_>>());
    }
    let families = studio.library().families();
    let families: BTreeSet<_> = families.iter().map(|family| family.name.clone()).collect();
    assert_eq!(seen, families, "every family is tried");
    let shown: Vec<_> = faults.iter().take(20).cloned().collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        shown.join("\n")
    );
}

/// Lines by first fit at a size, words cut where one is wider than the box: no more than a setter
/// in a hurry would need.
fn lines_in_a_hurry(fonts: &Fonts, text: &str, style: &TextStyle, size: f64, width: f64) -> usize {
    let measure = |words: &str| text::measure(fonts, words, style).advance.0 * size;
    let mut lines = 0;
    for paragraph in text
        .split('\n')
        .filter(|paragraph| !paragraph.trim().is_empty())
    {
        let mut line = String::new();
        lines += 1;
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if measure(&longer) <= width {
                line = longer;
                continue;
            }
            lines += usize::from(!line.is_empty());
            line = word.to_owned();
        }
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_not_to_fit_does_not(
        text in "([a-zA-Z]{1,11}[,.]? ){1,60}", width in 180.0..900.0f64, height in 60.0..600.0f64,
    ) {
        let fonts = Fonts::bundled();
        let request = FaceRequest { families: vec!["Commissioner".to_owned()], weight: 500, ..FaceRequest::default() };
        let face = fonts.face(&request).expect("it is bundled");
        let style = TextStyle { face, scale: 1.0, tracking: Em(0.0), padding: Em(0.0), is_apart: false };
        let text = text.trim().to_owned();
        let paragraph = Paragraph {
            styles: vec![StyledRange { range: 0..text.len(), style: style.clone() }],
            text: text.clone(),
            direction: text::Direction::Auto,
        };
        let frame = Frame {
            rect: Rect::from_xywh(0.0, 0.0, width, height),
            min_size: Px(34.0),
            max_size: Px(90.0),
            min_leading: 1.2,
            max_leading: 1.2,
            max_lines: None,
            give: 0.0,
            align: Align::Start,
            valign: Valign::Bottom,
            hang: Hang::default(),
            mark: None,
            hyphens: None,
        };
        let cap = fonts.metrics(face).cap_height.0 * 34.0;
        let held = ((height - cap) / (34.0 * 1.2)).floor() as i64 + 1;
        let needed = lines_in_a_hurry(&fonts, &text, &style, 34.0, width) as i64;
        match text::fit(&fonts, &paragraph, &frame) {
            Err(overflow) => prop_assert!(needed > held, "{overflow:?}, but {needed} lines in {held}"),
            Ok(fitted) => prop_assert!(fitted.lines.len() as i64 <= held.max(1), "{fitted:?}"),
        }
    }
}
